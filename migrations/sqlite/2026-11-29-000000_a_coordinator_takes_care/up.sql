-- Postponed by a coordinator: nobody is asked before this moment, for one of a few reasons that say nothing of the person.
ALTER TABLE requests ADD COLUMN not_before INTEGER; -- seconds
ALTER TABLE requests ADD COLUMN postpone_reason TEXT;
-- "Kim looks after this": so that no two do.
CREATE TABLE looked_after (
    request BLOB NOT NULL PRIMARY KEY REFERENCES requests (id) ON DELETE CASCADE,
    member BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX looked_after_by ON looked_after (member);
