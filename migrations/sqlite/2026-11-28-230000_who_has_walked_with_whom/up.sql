-- "Someone who has walked with …": a set over the policy's list.
ALTER TABLE hands ADD COLUMN walked_with INTEGER NOT NULL DEFAULT 0;
ALTER TABLE hands ADD COLUMN shows_walked_with INTEGER NOT NULL DEFAULT 0; -- flag
-- Whether people on prescribed medicine are OK; none: not said. Asked of sponsors alone, and told to nobody.
ALTER TABLE hands ADD COLUMN ok_with_medicine INTEGER; -- flag
-- What a newcomer wishes of a sponsor; it says nothing of themselves.
ALTER TABLE requests ADD COLUMN walked_with INTEGER NOT NULL DEFAULT 0; -- ranks, never excludes
ALTER TABLE requests ADD COLUMN ok_with_medicine INTEGER NOT NULL DEFAULT 0; -- flag, excludes whoever did not say so
