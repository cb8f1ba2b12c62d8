DROP INDEX outbox_by_offer;
CREATE INDEX outbox_by_offer ON outbox (offer);

CREATE TABLE sent (
    token BLOB NOT NULL PRIMARY KEY,
    member BLOB REFERENCES members (id) ON DELETE CASCADE,
    made_at INTEGER NOT NULL,
    reason TEXT NOT NULL DEFAULT 'letter',
    sponsorship BLOB REFERENCES sponsorships (id) ON DELETE CASCADE,
    message BLOB,
    reported INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO sent SELECT token, member, made_at, reason, sponsorship, message, reported FROM bounces;
DROP TABLE bounces;
ALTER TABLE sent RENAME TO bounces;
CREATE INDEX bounces_by_message ON bounces (message);

CREATE TABLE seen (
    hash BLOB NOT NULL PRIMARY KEY,
    seen_at INTEGER NOT NULL
) STRICT;
INSERT INTO seen SELECT hash, seen_at FROM letters_seen;
DROP TABLE letters_seen;
ALTER TABLE seen RENAME TO letters_seen;
