-- How many, never who: what the pages tell of numbers. Rows name nobody, so that they outlive whom they counted.
CREATE TABLE counts (
    since INT NOT NULL, -- day: the Monday of a week for what is counted as it happens, the day itself for how things stood
    what TEXT NOT NULL,
    of INT NOT NULL, -- hours, or a language and a part of the day; 0 where there is nothing to tell apart
    people INTEGER NOT NULL,
    PRIMARY KEY (since, what, of)
) STRICT;
