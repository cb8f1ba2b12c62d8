//! Every table, and what erasing a member, the export and time do with it. The tests compare it with what the migrations
//! make on each engine: a table, or a column that names a member, is missing here until somebody decided.

/// What becomes of a row when the member that a column names is erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OnErase {
    /// The row goes too (ON DELETE CASCADE).
    RowGoes,
    /// The row stays and names nobody (ON DELETE SET NULL).
    NameGoes,
}

/// What erasing a member leaves in a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Erase {
    /// Nothing, or nothing that names them: foreign keys see to it.
    ByKey,
    /// Nothing: the room deletes by the blind index, since no foreign key leads there.
    ByIndex,
    /// Keyed hashes of the address, and what names nobody.
    HashStays,
    /// It never names anybody.
    Nobody,
}

/// Whether a member's own copy of the data tells it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Export {
    InWords,
    /// Not in it, for this reason.
    Not(&'static str),
}

/// How long a row lives by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Retention {
    /// As long as the member is here.
    Member,
    /// Until this; the room's own `forget_*` ends it.
    Until(&'static str),
    /// Until this, and the mailer ends it.
    ByMailer(&'static str),
    Stays(&'static str),
}

#[derive(Clone, Copy, Debug)]
pub struct Table {
    pub name: &'static str,
    /// Every column that references `members`.
    pub names: &'static [(&'static str, OnErase)],
    pub erase: Erase,
    pub export: Export,
    pub retention: Retention,
}

use OnErase::{NameGoes, RowGoes};

pub const TABLES: &[Table] = &[
    Table {
        name: "meta",
        names: &[],
        erase: Erase::Nobody,
        export: Export::Not("about the install"),
        retention: Retention::Stays("about the install"),
    },
    Table { name: "members", names: &[], erase: Erase::ByKey, export: Export::InWords, retention: Retention::Member },
    Table {
        name: "joins",
        names: &[],
        erase: Erase::ByIndex,
        export: Export::Not("a code on its way; its owner is not proven yet"),
        retention: Retention::Until("24 h after the code was made"),
    },
    Table {
        name: "sessions",
        names: &[("member", RowGoes)],
        erase: Erase::ByKey,
        export: Export::InWords,
        retention: Retention::Until("the end of the session"),
    },
    Table {
        name: "coordinators",
        names: &[("member", RowGoes)],
        erase: Erase::ByKey,
        export: Export::InWords,
        retention: Retention::Member,
    },
    Table {
        name: "invitations",
        names: &[("made_by", NameGoes)],
        erase: Erase::ByKey,
        export: Export::InWords,
        retention: Retention::Until("30 days after it expired"),
    },
    Table {
        name: "hands",
        names: &[("member", RowGoes), ("vouched_by", NameGoes)],
        erase: Erase::ByKey,
        export: Export::InWords,
        retention: Retention::Member,
    },
    Table {
        name: "requests",
        names: &[("member", RowGoes)],
        erase: Erase::ByKey,
        export: Export::InWords,
        retention: Retention::Until("30 days after it closed, or after its pair ended"),
    },
    Table {
        name: "looked_after",
        names: &[("member", RowGoes)],
        erase: Erase::ByKey,
        export: Export::Not("which request a coordinator looks after: it is somebody else's"),
        retention: Retention::Until("its request does not wait any more"),
    },
    Table {
        name: "offers",
        names: &[("hand", RowGoes)],
        erase: Erase::ByKey,
        export: Export::InWords,
        retention: Retention::Until("30 days, once its request is closed"),
    },
    Table {
        // Its hand goes with the member, and the row with the hand.
        name: "places",
        names: &[],
        erase: Erase::ByKey,
        export: Export::Not("counts of what the hand, its offers and its pairs tell"),
        retention: Retention::Member,
    },
    Table {
        name: "sponsorships",
        names: &[("sponsor", RowGoes), ("sponsee", RowGoes)],
        erase: Erase::ByKey,
        export: Export::InWords,
        retention: Retention::Stays("as long as both are here: it is what they remember of each other"),
    },
    Table {
        name: "aliases",
        names: &[("writer", RowGoes), ("reader", NameGoes)],
        erase: Erase::ByKey,
        export: Export::Not("relay addresses; each is the other's too"),
        retention: Retention::Until("30 days after the end"),
    },
    Table {
        name: "pair_memory",
        names: &[],
        erase: Erase::HashStays,
        export: Export::Not("keyed hashes of those who left; nothing in them can be said in words"),
        retention: Retention::Stays("so that two are not offered to each other again"),
    },
    Table {
        name: "questions",
        names: &[("member", RowGoes)],
        erase: Erase::ByKey,
        export: Export::InWords,
        retention: Retention::Until("90 days after it was asked"),
    },
    Table {
        name: "outbox",
        names: &[("member", RowGoes), ("writer", RowGoes)],
        erase: Erase::ByKey,
        export: Export::Not("mail on its way to the member's own mailbox, sealed to the mailer"),
        retention: Retention::ByMailer("delivered, or given up after 72 h"),
    },
    Table {
        name: "bounces",
        names: &[("member", RowGoes)],
        erase: Erase::ByKey,
        export: Export::Not("marks by which a report about a mail, or an answer to it, is understood for a week"),
        retention: Retention::ByMailer("8 days"),
    },
    Table {
        name: "former_addresses",
        names: &[("member", RowGoes)],
        erase: Erase::ByKey,
        export: Export::InWords,
        retention: Retention::Until("the end of the member's last contact"),
    },
    Table {
        name: "letters_seen",
        names: &[],
        erase: Erase::Nobody,
        export: Export::Not("keyed hashes of letters, which name nobody"),
        retention: Retention::ByMailer("7 days"),
    },
    Table {
        name: "day_keys",
        names: &[],
        erase: Erase::Nobody,
        export: Export::Not("public halves of keys"),
        retention: Retention::ByMailer("15 days"),
    },
    Table {
        name: "meeting_feeds",
        names: &[],
        erase: Erase::Nobody,
        export: Export::Not("a public list of meetings"),
        retention: Retention::Stays("until the next one is read"),
    },
    Table {
        name: "vouches",
        names: &[("hand", RowGoes), ("voucher", RowGoes)],
        erase: Erase::ByKey,
        export: Export::InWords,
        retention: Retention::Member,
    },
    Table {
        name: "reports",
        names: &[("reporter", NameGoes), ("accused", NameGoes), ("named", NameGoes), ("assigned", NameGoes)],
        erase: Erase::HashStays,
        export: Export::InWords,
        retention: Retention::Until("12 months after it was closed; 30 days where somebody may be under 18"),
    },
    Table {
        name: "bans",
        names: &[("proposed_by", NameGoes), ("confirmed_by", NameGoes)],
        erase: Erase::HashStays,
        export: Export::Not("keyed hashes; nothing in them can be said in words"),
        retention: Retention::Until("the end of the ban"),
    },
    Table {
        name: "recovery_codes",
        names: &[("member", RowGoes)],
        erase: Erase::ByKey,
        export: Export::Not("hashes of codes that open the desk"),
        retention: Retention::Member,
    },
    Table {
        name: "rota",
        names: &[("member", RowGoes)],
        erase: Erase::ByKey,
        export: Export::InWords,
        retention: Retention::Until("8 weeks after the week"),
    },
    Table {
        name: "counts",
        names: &[],
        erase: Erase::Nobody,
        export: Export::Not("how many people, never who"),
        retention: Retention::Until("two years; how things stood, one day"),
    },
    Table {
        name: "first_steps",
        names: &[],
        erase: Erase::Nobody,
        export: Export::Not("what the desk did once, without a name"),
        retention: Retention::Stays("one row a step"),
    },
    Table {
        name: "audit",
        names: &[],
        erase: Erase::Nobody,
        export: Export::Not("what the desk did, with random ids alone"),
        retention: Retention::Stays("a record that only grows"),
    },
];
