-- Times are whole seconds since 1970 in UTC (_at), dates are days since 1970 (_on), months are year * 12 + month from 0.
-- Ids are 16 random bytes, digests are 32 bytes. INTEGER is 64 bits wide, INT 32 and a truth value is an INTEGER called flag.

-- What an install must remember about itself: the check value of its keys, whether it is a demo.
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE members (
    id BLOB NOT NULL PRIMARY KEY,
    first_name TEXT NOT NULL,
    address BLOB NOT NULL,             -- sealed to the mailer
    address_index BLOB NOT NULL UNIQUE,
    memory_hash BLOB NOT NULL,         -- outlives the member in pair_memory only
    check_word TEXT NOT NULL,
    language TEXT NOT NULL,
    utc_offset_min INT NOT NULL,
    made_month INT NOT NULL,
    active_month INT NOT NULL,
    terms_version INT NOT NULL,
    terms_month INT NOT NULL
) STRICT;

-- An address being proven: one row for each mailed code. What was asked for waits here, sealed, until the code is typed.
CREATE TABLE joins (
    id BLOB NOT NULL PRIMARY KEY,
    door TEXT NOT NULL,                -- ask, raise, in, leave, desk
    browser BLOB NOT NULL,             -- digest of the secret in the browser that asked
    address BLOB NOT NULL,             -- sealed to the mailer
    address_index BLOB NOT NULL,
    memory_hash BLOB NOT NULL,
    check_word TEXT NOT NULL,
    language TEXT NOT NULL,
    utc_offset_min INT NOT NULL,
    code_mac BLOB NOT NULL,
    tries_left INT NOT NULL,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    draft BLOB                         -- sealed with the data key
) STRICT;
CREATE INDEX joins_by_browser ON joins (browser, made_at);
CREATE INDEX joins_by_address ON joins (address_index, made_at);

CREATE TABLE sessions (
    token BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    door TEXT NOT NULL,                -- member, desk
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_member ON sessions (member);

CREATE TABLE coordinators (
    member BLOB NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    passphrase TEXT NOT NULL,          -- argon2id, PHC string
    totp BLOB NOT NULL,                -- sealed with the data key
    totp_step INTEGER,                 -- the last step used
    made_month INT NOT NULL
) STRICT;

CREATE TABLE invitations (
    token BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,                -- sponsor, coordinator
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    made_by BLOB REFERENCES members (id) ON DELETE SET NULL -- none: the operator
) STRICT;

CREATE TABLE hands (
    member BLOB NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    state TEXT NOT NULL,               -- pending, up, paused, lapsed, suspended, down
    capacity INT NOT NULL,
    weekly_limit INT NOT NULL,
    rhythm TEXT NOT NULL,
    ask_at_night INTEGER NOT NULL,     -- flag
    languages INTEGER NOT NULL,            -- masks over the lists of the policy
    describes INTEGER NOT NULL,
    accepts INTEGER NOT NULL,
    parts INT NOT NULL,                -- the day parts as ticked
    hours INTEGER NOT NULL,            -- the same as 42 blocks of the week in UTC
    paused_until INTEGER,
    lease_ends_at INTEGER NOT NULL,
    tie INTEGER NOT NULL,              -- random: breaks ties so that no id does
    promise_version INT NOT NULL,
    promise_month INT NOT NULL,
    vouched_by BLOB REFERENCES members (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX hands_up ON hands (state) WHERE state = 'up';

CREATE TABLE requests (
    id BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    state TEXT NOT NULL,               -- waiting, matched, withdrawn
    short TEXT NOT NULL,               -- the random case reference the desk shows
    placed_at INTEGER NOT NULL,
    waiting_since INTEGER NOT NULL,    -- carried over by "someone new"
    languages INTEGER NOT NULL,
    first_language INTEGER NOT NULL,     -- ranks, never excludes
    accepts INTEGER NOT NULL,              -- who would be OK
    accepts_must INTEGER NOT NULL,     -- flag
    describes INTEGER NOT NULL,
    parts INT NOT NULL,
    hours INTEGER NOT NULL,
    note BLOB,                         -- sealed with the data key
    next_look_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX requests_one_waiting ON requests (member) WHERE state = 'waiting';
CREATE INDEX requests_waiting_short ON requests (short) WHERE state = 'waiting';
CREATE INDEX requests_due ON requests (next_look_at) WHERE state = 'waiting';

CREATE TABLE offers (
    id BLOB NOT NULL PRIMARY KEY,
    request BLOB NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    hand BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    state TEXT NOT NULL,               -- open, accepted, declined, lapsed, withdrawn
    token BLOB NOT NULL UNIQUE,        -- digest of the link
    made_at INTEGER NOT NULL,
    lapses_at INTEGER NOT NULL,
    answered_at INTEGER,
    suggested INTEGER NOT NULL         -- flag: put by the desk
) STRICT;
CREATE UNIQUE INDEX offers_once ON offers (request, hand);
CREATE INDEX offers_by_hand ON offers (hand, made_at);

CREATE TABLE sponsorships (
    id BLOB NOT NULL PRIMARY KEY,
    request BLOB REFERENCES requests (id) ON DELETE SET NULL,
    sponsor BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    sponsee BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    state TEXT NOT NULL,               -- introduced, live, ended
    reference TEXT NOT NULL UNIQUE,    -- random, in the path of the pair's page
    introduced_at INTEGER NOT NULL,
    reminded_at INTEGER,               -- "a hello is due" went out
    choice_at INTEGER,                 -- "a choice for you" went out
    last_letter_on INT,
    last_writer TEXT,                  -- sponsor, sponsee
    ended_at INTEGER,
    ended_by TEXT                      -- sponsor, sponsee
) STRICT;
CREATE INDEX sponsorships_by_sponsor ON sponsorships (sponsor, state);
CREATE INDEX sponsorships_by_sponsee ON sponsorships (sponsee, state);

-- Two for each sponsorship. The hash finds the address, the sealed form writes it.
CREATE TABLE aliases (
    hash BLOB NOT NULL PRIMARY KEY,
    sponsorship BLOB REFERENCES sponsorships (id) ON DELETE SET NULL,
    writer BLOB REFERENCES members (id) ON DELETE CASCADE,  -- who may write to it
    reader BLOB REFERENCES members (id) ON DELETE SET NULL, -- whom it reaches
    sealed BLOB,                       -- to the mailer; gone once a side is erased
    ended_at INTEGER,
    told_ended INTEGER NOT NULL,       -- flag: the writer has read that this contact has ended
    other_mailbox_on INT               -- the day a letter came from another mailbox
) STRICT;
CREATE INDEX aliases_by_sponsorship ON aliases (sponsorship);

-- Two who were a pair and of whom one is gone: keyed hashes, so that they are not offered again.
CREATE TABLE pair_memory (
    one BLOB NOT NULL,
    other BLOB NOT NULL,
    made_month INT NOT NULL,
    PRIMARY KEY (one, other)
) STRICT;

-- One mailed question, one answer. The link opens nothing else.
CREATE TABLE questions (
    token BLOB NOT NULL PRIMARY KEY,
    member BLOB NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    sponsorship BLOB REFERENCES sponsorships (id) ON DELETE SET NULL, -- the question outlives an erasure
    kind TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    answered_at INTEGER
) STRICT;

CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,                -- notice, letter (bare text of a page), finished (the bytes that leave)
    reason TEXT NOT NULL,              -- which notice, or letter
    member BLOB REFERENCES members (id) ON DELETE CASCADE,      -- the reader
    join_id BLOB REFERENCES joins (id) ON DELETE CASCADE,       -- or the address being proven
    sponsorship BLOB REFERENCES sponsorships (id) ON DELETE CASCADE,
    writer BLOB REFERENCES members (id) ON DELETE CASCADE,      -- of a letter
    offer BLOB REFERENCES offers (id) ON DELETE CASCADE,
    payload BLOB NOT NULL,             -- sealed to the key of a day
    due_at INTEGER NOT NULL,
    lease_until INTEGER,
    attempts INT NOT NULL,
    made_at INTEGER NOT NULL,
    gives_up_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at);
CREATE INDEX outbox_by_sponsorship ON outbox (sponsorship);
CREATE INDEX outbox_by_offer ON outbox (offer);

CREATE TABLE bounces (
    token BLOB NOT NULL PRIMARY KEY,   -- keyed hash of the local part
    member BLOB REFERENCES members (id) ON DELETE CASCADE,
    made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE letters_seen (
    hash BLOB NOT NULL PRIMARY KEY,
    seen_at INTEGER NOT NULL
) STRICT;

CREATE TABLE day_keys (
    day INT NOT NULL PRIMARY KEY,
    public BLOB NOT NULL,
    mac BLOB NOT NULL
) STRICT;
