-- A mail that a clock sends: at most one a day to a person.
ALTER TABLE members ADD COLUMN last_timer_at INTEGER;
-- How many reminders went since the last letter of a pair, since a lease began, since a request was placed.
ALTER TABLE sponsorships ADD COLUMN nudges INT NOT NULL DEFAULT 0;
ALTER TABLE sponsorships ADD COLUMN nudged_on INT;
ALTER TABLE hands ADD COLUMN reminders INT NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN updates INT NOT NULL DEFAULT 0;
