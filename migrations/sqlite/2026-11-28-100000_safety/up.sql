-- Who gave their word for a sponsor. Two sponsors, or one coordinator, are enough.
CREATE TABLE vouches (
    hand BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    voucher BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    made_on INT NOT NULL,
    PRIMARY KEY (hand, voucher)
) STRICT;
-- The day somebody's word put the hand up: the first months count from it. None: nobody has vouched yet.
ALTER TABLE hands ADD COLUMN vouched_on INT;
UPDATE hands SET vouched_on = strftime('%s', 'now') / 86400 WHERE state <> 'pending';
ALTER TABLE hands ADD COLUMN raised_on INT; -- the day it was raised, for the desk while it waits; none: before this was kept
ALTER TABLE hands ADD COLUMN suspended_until INT; -- the day a suspension ends unless it is confirmed; none: only the desk lifts it

-- Something is not right: what one member said of another, sealed, for one coordinator.
CREATE TABLE reports (
    id BLOB NOT NULL PRIMARY KEY,
    short TEXT NOT NULL,               -- random, in the path of the case
    sponsorship BLOB REFERENCES sponsorships (id) ON DELETE SET NULL,
    reporter BLOB REFERENCES members (id) ON DELETE SET NULL,
    accused BLOB REFERENCES members (id) ON DELETE SET NULL,
    reporter_hash BLOB NOT NULL,       -- keyed hashes of the two addresses: the case and a ban outlive an erasure
    accused_hash BLOB NOT NULL,
    category TEXT NOT NULL,
    words BLOB,                        -- sealed: own words and what was pasted; gone when it has had its time
    named BLOB REFERENCES members (id) ON DELETE SET NULL,    -- a coordinator who is involved
    assigned BLOB REFERENCES members (id) ON DELETE SET NULL, -- none: nobody is left who may, the operator is mailed
    made_at INTEGER NOT NULL,
    closed_at INTEGER,
    decision TEXT                      -- goes-on, ended, banned
) STRICT;
CREATE UNIQUE INDEX reports_by_short ON reports (short);
CREATE INDEX reports_by_accused ON reports (accused_hash);
CREATE INDEX reports_by_sponsorship ON reports (sponsorship);

-- Who may not come back for a while: a keyed hash of the canonical address. One coordinator proposes, another confirms.
CREATE TABLE bans (
    hash BLOB NOT NULL PRIMARY KEY,
    report BLOB REFERENCES reports (id) ON DELETE SET NULL,
    proposed_by BLOB REFERENCES members (id) ON DELETE SET NULL,
    confirmed_by BLOB REFERENCES members (id) ON DELETE SET NULL,
    made_month INT NOT NULL,
    confirmed_month INT,               -- none: proposed, and nothing follows from it yet
    ends_on INT NOT NULL
) STRICT;

-- The desk's people: the last day of a term, eight codes for a lost authenticator, who is on duty in which week.
ALTER TABLE coordinators ADD COLUMN term_ends_on INT;
-- When a coordinator was last told by mail of each kind of thing, and the day of the last weekly mark.
ALTER TABLE coordinators ADD COLUMN told_waiting_at INTEGER;
ALTER TABLE coordinators ADD COLUMN told_letters_at INTEGER;
ALTER TABLE coordinators ADD COLUMN told_reports_at INTEGER;
ALTER TABLE coordinators ADD COLUMN marked_on INT;
CREATE TABLE recovery_codes (
    hash BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX recovery_codes_by_member ON recovery_codes (member);
CREATE TABLE rota (
    week INT NOT NULL PRIMARY KEY,     -- day number of its Monday
    member BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE
) STRICT;

-- What the desk did. Each mac holds the one before it; nothing here names anybody but by random id.
CREATE TABLE audit (
    number INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,               -- to the minute
    what TEXT NOT NULL,
    actor BLOB,                        -- who did it; none: the operator, or a rule
    subject BLOB,                      -- what it was done to
    mac BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;
CREATE TRIGGER audit_keeps BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit only grows'); END;
