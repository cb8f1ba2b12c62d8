-- The public list of meetings as it was last read: one row, by the address it came from.
CREATE TABLE meeting_feeds (
    address TEXT NOT NULL PRIMARY KEY,
    kept TEXT,                         -- JSON of what the page shows; none before the first reading
    read_at INTEGER,
    tried_at INTEGER NOT NULL,
    etag TEXT,                         -- what the next reading says, so that an unchanged list is not sent again
    last_modified TEXT
) STRICT;
