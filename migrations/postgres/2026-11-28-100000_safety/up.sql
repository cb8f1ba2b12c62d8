-- Who gave their word for a sponsor. Two sponsors, or one coordinator, are enough.
CREATE TABLE vouches (
    hand BYTEA NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    voucher BYTEA NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    made_on INTEGER NOT NULL,
    PRIMARY KEY (hand, voucher)
);
-- The day somebody's word put the hand up: the first months count from it. None: nobody has vouched yet.
ALTER TABLE hands ADD COLUMN vouched_on INTEGER;
UPDATE hands SET vouched_on = extract(epoch FROM now())::bigint / 86400 WHERE state <> 'pending';
ALTER TABLE hands ADD COLUMN raised_on INTEGER; -- the day it was raised, for the desk while it waits; none: before this was kept
ALTER TABLE hands ADD COLUMN suspended_until INTEGER; -- the day a suspension ends unless it is confirmed; none: only the desk lifts it

-- Something is not right: what one member said of another, sealed, for one coordinator.
CREATE TABLE reports (
    id BYTEA NOT NULL PRIMARY KEY,
    short TEXT NOT NULL,               -- random, in the path of the case
    sponsorship BYTEA REFERENCES sponsorships (id) ON DELETE SET NULL,
    reporter BYTEA REFERENCES members (id) ON DELETE SET NULL,
    accused BYTEA REFERENCES members (id) ON DELETE SET NULL,
    reporter_hash BYTEA NOT NULL,       -- keyed hashes of the two addresses: the case and a ban outlive an erasure
    accused_hash BYTEA NOT NULL,
    category TEXT NOT NULL,
    words BYTEA,                        -- sealed: own words and what was pasted; gone when it has had its time
    named BYTEA REFERENCES members (id) ON DELETE SET NULL,    -- a coordinator who is involved
    assigned BYTEA REFERENCES members (id) ON DELETE SET NULL, -- none: nobody is left who may, the operator is mailed
    made_at BIGINT NOT NULL,
    closed_at BIGINT,
    decision TEXT                      -- goes-on, ended, banned
);
CREATE UNIQUE INDEX reports_by_short ON reports (short);
CREATE INDEX reports_by_accused ON reports (accused_hash);
CREATE INDEX reports_by_sponsorship ON reports (sponsorship);

-- Who may not come back for a while: a keyed hash of the canonical address. One coordinator proposes, another confirms.
CREATE TABLE bans (
    hash BYTEA NOT NULL PRIMARY KEY,
    report BYTEA REFERENCES reports (id) ON DELETE SET NULL,
    proposed_by BYTEA REFERENCES members (id) ON DELETE SET NULL,
    confirmed_by BYTEA REFERENCES members (id) ON DELETE SET NULL,
    made_month INTEGER NOT NULL,
    confirmed_month INTEGER,               -- none: proposed, and nothing follows from it yet
    ends_on INTEGER NOT NULL
);

-- The desk's people: the last day of a term, eight codes for a lost authenticator, who is on duty in which week.
ALTER TABLE coordinators ADD COLUMN term_ends_on INTEGER;
-- When a coordinator was last told by mail of each kind of thing, and the day of the last weekly mark.
ALTER TABLE coordinators ADD COLUMN told_waiting_at BIGINT;
ALTER TABLE coordinators ADD COLUMN told_letters_at BIGINT;
ALTER TABLE coordinators ADD COLUMN told_reports_at BIGINT;
ALTER TABLE coordinators ADD COLUMN marked_on INTEGER;
CREATE TABLE recovery_codes (
    hash BYTEA NOT NULL PRIMARY KEY,
    member BYTEA NOT NULL REFERENCES members (id) ON DELETE CASCADE
);
CREATE INDEX recovery_codes_by_member ON recovery_codes (member);
CREATE TABLE rota (
    week INTEGER NOT NULL PRIMARY KEY,     -- day number of its Monday
    member BYTEA NOT NULL REFERENCES members (id) ON DELETE CASCADE
);

-- What the desk did. Each mac holds the one before it; nothing here names anybody but by random id.
CREATE TABLE audit (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,               -- to the minute
    what TEXT NOT NULL,
    actor BYTEA,                        -- who did it; none: the operator, or a rule
    subject BYTEA,                      -- what it was done to
    mac BYTEA NOT NULL
);
CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit only grows';
END
$$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();
