-- Times are whole seconds since 1970 in UTC (_at), dates are days since 1970 (_on), months are year * 12 + month from 0.
-- Ids are 16 random bytes, digests are 32 bytes.

-- What an install must remember about itself: the check value of its keys, whether it is a demo.
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value BYTEA NOT NULL
);

CREATE TABLE members (
    id BYTEA NOT NULL PRIMARY KEY,
    first_name TEXT NOT NULL,
    address BYTEA NOT NULL,             -- sealed to the mailer
    address_index BYTEA NOT NULL UNIQUE,
    memory_hash BYTEA NOT NULL,         -- outlives the member in pair_memory only
    check_word TEXT NOT NULL,
    language TEXT NOT NULL,
    utc_offset_min INTEGER NOT NULL,
    made_month INTEGER NOT NULL,
    active_month INTEGER NOT NULL,
    terms_version INTEGER NOT NULL,
    terms_month INTEGER NOT NULL
);

-- An address being proven: one row for each mailed code. What was asked for waits here, sealed, until the code is typed.
CREATE TABLE joins (
    id BYTEA NOT NULL PRIMARY KEY,
    door TEXT NOT NULL,                -- ask, raise, in, leave, desk
    browser BYTEA NOT NULL,             -- digest of the secret in the browser that asked
    address BYTEA NOT NULL,             -- sealed to the mailer
    address_index BYTEA NOT NULL,
    memory_hash BYTEA NOT NULL,
    check_word TEXT NOT NULL,
    language TEXT NOT NULL,
    utc_offset_min INTEGER NOT NULL,
    code_mac BYTEA NOT NULL,
    tries_left INTEGER NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    draft BYTEA                         -- sealed with the data key
);
CREATE INDEX joins_by_browser ON joins (browser, made_at);
CREATE INDEX joins_by_address ON joins (address_index, made_at);

CREATE TABLE sessions (
    token BYTEA NOT NULL PRIMARY KEY,
    member BYTEA NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    door TEXT NOT NULL,                -- member, desk
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_member ON sessions (member);

CREATE TABLE coordinators (
    member BYTEA NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    passphrase TEXT NOT NULL,          -- argon2id, PHC string
    totp BYTEA NOT NULL,                -- sealed with the data key
    totp_step BIGINT,                 -- the last step used
    made_month INTEGER NOT NULL
);

CREATE TABLE invitations (
    token BYTEA NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,                -- sponsor, coordinator
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    made_by BYTEA REFERENCES members (id) ON DELETE SET NULL -- none: the operator
);

CREATE TABLE hands (
    member BYTEA NOT NULL PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
    state TEXT NOT NULL,               -- pending, up, paused, lapsed, suspended, down
    capacity INTEGER NOT NULL,
    weekly_limit INTEGER NOT NULL,
    rhythm TEXT NOT NULL,
    ask_at_night BOOLEAN NOT NULL,
    languages BIGINT NOT NULL,            -- masks over the lists of the policy
    describes BIGINT NOT NULL,
    accepts BIGINT NOT NULL,
    parts INTEGER NOT NULL,                -- the day parts as ticked
    hours BIGINT NOT NULL,            -- the same as 42 blocks of the week in UTC
    paused_until BIGINT,
    lease_ends_at BIGINT NOT NULL,
    tie BIGINT NOT NULL,              -- random: breaks ties so that no id does
    promise_version INTEGER NOT NULL,
    promise_month INTEGER NOT NULL,
    vouched_by BYTEA REFERENCES members (id) ON DELETE SET NULL
);
CREATE INDEX hands_up ON hands (state) WHERE state = 'up';

CREATE TABLE requests (
    id BYTEA NOT NULL PRIMARY KEY,
    member BYTEA NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    state TEXT NOT NULL,               -- waiting, matched, withdrawn
    short TEXT NOT NULL,               -- the random case reference the desk shows
    placed_at BIGINT NOT NULL,
    waiting_since BIGINT NOT NULL,    -- carried over by "someone new"
    languages BIGINT NOT NULL,
    first_language BIGINT NOT NULL,     -- ranks, never excludes
    accepts BIGINT NOT NULL,              -- who would be OK
    accepts_must BOOLEAN NOT NULL,
    describes BIGINT NOT NULL,
    parts INTEGER NOT NULL,
    hours BIGINT NOT NULL,
    note BYTEA,                         -- sealed with the data key
    next_look_at BIGINT NOT NULL,
    closed_at BIGINT
);
CREATE UNIQUE INDEX requests_one_waiting ON requests (member) WHERE state = 'waiting';
CREATE INDEX requests_waiting_short ON requests (short) WHERE state = 'waiting';
CREATE INDEX requests_due ON requests (next_look_at) WHERE state = 'waiting';

CREATE TABLE offers (
    id BYTEA NOT NULL PRIMARY KEY,
    request BYTEA NOT NULL REFERENCES requests (id) ON DELETE CASCADE,
    hand BYTEA NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    state TEXT NOT NULL,               -- open, accepted, declined, lapsed, withdrawn
    token BYTEA NOT NULL UNIQUE,        -- digest of the link
    made_at BIGINT NOT NULL,
    lapses_at BIGINT NOT NULL,
    answered_at BIGINT,
    suggested BOOLEAN NOT NULL         -- put by the desk
);
CREATE UNIQUE INDEX offers_once ON offers (request, hand);
CREATE INDEX offers_by_hand ON offers (hand, made_at);

CREATE TABLE sponsorships (
    id BYTEA NOT NULL PRIMARY KEY,
    request BYTEA REFERENCES requests (id) ON DELETE SET NULL,
    sponsor BYTEA NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    sponsee BYTEA NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    state TEXT NOT NULL,               -- introduced, live, ended
    reference TEXT NOT NULL UNIQUE,    -- random, in the path of the pair's page
    introduced_at BIGINT NOT NULL,
    reminded_at BIGINT,               -- "a hello is due" went out
    choice_at BIGINT,                 -- "a choice for you" went out
    last_letter_on INTEGER,
    last_writer TEXT,                  -- sponsor, sponsee
    ended_at BIGINT,
    ended_by TEXT                      -- sponsor, sponsee
);
CREATE INDEX sponsorships_by_sponsor ON sponsorships (sponsor, state);
CREATE INDEX sponsorships_by_sponsee ON sponsorships (sponsee, state);

-- Two for each sponsorship. The hash finds the address, the sealed form writes it.
CREATE TABLE aliases (
    hash BYTEA NOT NULL PRIMARY KEY,
    sponsorship BYTEA REFERENCES sponsorships (id) ON DELETE SET NULL,
    writer BYTEA REFERENCES members (id) ON DELETE CASCADE,  -- who may write to it
    reader BYTEA REFERENCES members (id) ON DELETE SET NULL, -- whom it reaches
    sealed BYTEA,                       -- to the mailer; gone once a side is erased
    ended_at BIGINT,
    told_ended BOOLEAN NOT NULL,       -- the writer has read that this contact has ended
    other_mailbox_on INTEGER               -- the day a letter came from another mailbox
);
CREATE INDEX aliases_by_sponsorship ON aliases (sponsorship);

-- Two who were a pair and of whom one is gone: keyed hashes, so that they are not offered again.
CREATE TABLE pair_memory (
    one BYTEA NOT NULL,
    other BYTEA NOT NULL,
    made_month INTEGER NOT NULL,
    PRIMARY KEY (one, other)
);

-- One mailed question, one answer. The link opens nothing else.
CREATE TABLE questions (
    token BYTEA NOT NULL PRIMARY KEY,
    member BYTEA NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    sponsorship BYTEA REFERENCES sponsorships (id) ON DELETE SET NULL, -- the question outlives an erasure
    kind TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    answered_at BIGINT
);

CREATE TABLE outbox (
    id BYTEA NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,                -- notice, letter (bare text of a page), finished (the bytes that leave)
    reason TEXT NOT NULL,              -- which notice, or letter
    member BYTEA REFERENCES members (id) ON DELETE CASCADE,      -- the reader
    join_id BYTEA REFERENCES joins (id) ON DELETE CASCADE,       -- or the address being proven
    sponsorship BYTEA REFERENCES sponsorships (id) ON DELETE CASCADE,
    writer BYTEA REFERENCES members (id) ON DELETE CASCADE,      -- of a letter
    offer BYTEA REFERENCES offers (id) ON DELETE CASCADE,
    payload BYTEA NOT NULL,             -- sealed to the key of a day
    due_at BIGINT NOT NULL,
    lease_until BIGINT,
    attempts INTEGER NOT NULL,
    made_at BIGINT NOT NULL,
    gives_up_at BIGINT NOT NULL
);
CREATE INDEX outbox_due ON outbox (due_at);
CREATE INDEX outbox_by_sponsorship ON outbox (sponsorship);
CREATE INDEX outbox_by_offer ON outbox (offer);

CREATE TABLE bounces (
    token BYTEA NOT NULL PRIMARY KEY,   -- keyed hash of the local part
    member BYTEA REFERENCES members (id) ON DELETE CASCADE,
    made_at BIGINT NOT NULL
);

CREATE TABLE letters_seen (
    hash BYTEA NOT NULL PRIMARY KEY,
    seen_at BIGINT NOT NULL
);

CREATE TABLE day_keys (
    day INTEGER NOT NULL PRIMARY KEY,
    public BYTEA NOT NULL,
    mac BYTEA NOT NULL
);
