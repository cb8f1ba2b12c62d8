DROP TABLE former_addresses;
ALTER TABLE aliases DROP COLUMN told_others;
ALTER TABLE aliases DROP COLUMN told_left_out;
ALTER TABLE members DROP COLUMN mail_stopped;
ALTER TABLE members DROP COLUMN bounced_on;
DROP INDEX bounces_by_message;
ALTER TABLE bounces DROP COLUMN message;
ALTER TABLE bounces DROP COLUMN sponsorship;
ALTER TABLE bounces DROP COLUMN reason;
