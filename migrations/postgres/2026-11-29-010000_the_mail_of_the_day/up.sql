-- The local day on which the things that need a coordinator were last counted for the mail of the day; none: not yet.
ALTER TABLE coordinators ADD COLUMN counted_on INTEGER;
