-- A letter taken in waits for the pages it writes. A table found by its key alone needs no second tree.
CREATE TABLE seen (
    hash BLOB NOT NULL PRIMARY KEY,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO seen SELECT hash, seen_at FROM letters_seen;
DROP TABLE letters_seen;
ALTER TABLE seen RENAME TO letters_seen;

CREATE TABLE sent (
    token BLOB NOT NULL PRIMARY KEY,   -- keyed hash of the local part
    member BLOB REFERENCES members (id) ON DELETE CASCADE,
    made_at INTEGER NOT NULL,
    reason TEXT NOT NULL DEFAULT 'letter',
    sponsorship BLOB REFERENCES sponsorships (id) ON DELETE CASCADE,
    message BLOB,                      -- keyed hash of the local part of its Message-ID
    reported INTEGER NOT NULL DEFAULT 0 -- flag: a report said that it came back for good
) STRICT, WITHOUT ROWID;
INSERT INTO sent SELECT token, member, made_at, reason, sponsorship, message, reported FROM bounces;
DROP TABLE bounces;
ALTER TABLE sent RENAME TO bounces;
CREATE INDEX bounces_by_message ON bounces (message);

-- No letter is about an offer.
DROP INDEX outbox_by_offer;
CREATE INDEX outbox_by_offer ON outbox (offer) WHERE offer IS NOT NULL;
