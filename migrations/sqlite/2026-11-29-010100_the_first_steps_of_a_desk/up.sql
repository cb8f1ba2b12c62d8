-- What a new desk does once, for all coordinators together; it names nobody.
CREATE TABLE first_steps (
    step TEXT NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,               -- begun (the test mail went), done, skipped
    since INT NOT NULL                 -- day number
) STRICT;
