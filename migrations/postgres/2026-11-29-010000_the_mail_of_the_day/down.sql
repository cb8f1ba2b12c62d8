ALTER TABLE coordinators DROP COLUMN counted_on;
