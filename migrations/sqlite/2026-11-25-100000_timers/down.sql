ALTER TABLE requests DROP COLUMN updates;
ALTER TABLE hands DROP COLUMN reminders;
ALTER TABLE sponsorships DROP COLUMN nudged_on;
ALTER TABLE sponsorships DROP COLUMN nudges;
ALTER TABLE members DROP COLUMN last_timer_at;
