-- What a mail of ours was, so that a report or an answer about it is understood: which notice, or letter, and of which pair.
ALTER TABLE bounces ADD COLUMN reason TEXT NOT NULL DEFAULT 'letter';
ALTER TABLE bounces ADD COLUMN sponsorship BYTEA REFERENCES sponsorships (id) ON DELETE CASCADE;
ALTER TABLE bounces ADD COLUMN message BYTEA; -- keyed hash of the local part of its Message-ID
ALTER TABLE bounces ADD COLUMN reported BOOLEAN NOT NULL DEFAULT FALSE; -- a report said that it came back for good
CREATE INDEX bounces_by_message ON bounces (message);
-- The day a mail came back for good, and why no more mail goes until the member signs in: bounced, complained.
ALTER TABLE members ADD COLUMN bounced_on INTEGER;
ALTER TABLE members ADD COLUMN mail_stopped TEXT;
-- What a writer is told once in the life of a contact.
ALTER TABLE aliases ADD COLUMN told_left_out BOOLEAN NOT NULL DEFAULT FALSE; -- something in a letter was left out
ALTER TABLE aliases ADD COLUMN told_others BOOLEAN NOT NULL DEFAULT FALSE;   -- others in To or Cc got a letter directly
-- Addresses a member had before: an old quote may still hold one, and the gate looks for it.
CREATE TABLE former_addresses (
    member BYTEA NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    address_index BYTEA NOT NULL,
    address BYTEA NOT NULL, -- sealed to the mailer
    left_month INTEGER NOT NULL,
    PRIMARY KEY (member, address_index)
);
