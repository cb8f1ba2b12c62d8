DROP TABLE looked_after;
ALTER TABLE requests DROP COLUMN postpone_reason;
ALTER TABLE requests DROP COLUMN not_before;
