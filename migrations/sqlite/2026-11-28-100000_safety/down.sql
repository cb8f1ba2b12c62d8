DROP TABLE audit;
DROP TABLE rota;
DROP TABLE recovery_codes;
ALTER TABLE coordinators DROP COLUMN term_ends_on;
DROP TABLE bans;
DROP TABLE reports;
ALTER TABLE hands DROP COLUMN suspended_until;
ALTER TABLE hands DROP COLUMN vouched_on;
DROP TABLE vouches;
