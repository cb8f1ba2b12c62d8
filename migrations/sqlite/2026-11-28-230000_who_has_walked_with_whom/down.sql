ALTER TABLE requests DROP COLUMN ok_with_medicine;
ALTER TABLE requests DROP COLUMN walked_with;
ALTER TABLE hands DROP COLUMN ok_with_medicine;
ALTER TABLE hands DROP COLUMN shows_walked_with;
ALTER TABLE hands DROP COLUMN walked_with;
