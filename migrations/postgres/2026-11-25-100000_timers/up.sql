-- A mail that a clock sends: at most one a day to a person.
ALTER TABLE members ADD COLUMN last_timer_at BIGINT;
-- How many reminders went since the last letter of a pair, since a lease began, since a request was placed.
ALTER TABLE sponsorships ADD COLUMN nudges INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sponsorships ADD COLUMN nudged_on INTEGER;
ALTER TABLE hands ADD COLUMN reminders INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN updates INTEGER NOT NULL DEFAULT 0;
