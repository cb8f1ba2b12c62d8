//! What an install remembers about itself.

use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::schema::meta;
use super::types::Digest;
use super::{Conn, Error, Store};
use crate::clock::Timestamp;

const KEYS: &str = "keys";
const DEMO: &str = "demo";
const CLOCK: &str = "clock";
/// So long after the clocks of an install changed, its members are asked whether theirs did.
const CLOCK_ASKED_FOR: TimeDelta = TimeDelta::days(30);

/// How a folder of keys stands to this database.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeysStand {
    /// No key was used here yet.
    New,
    Known,
    Foreign,
}

impl Store {
    /// Whether this database was ever used with keys. Touches nothing, not even missing tables.
    pub fn has_keys(&self) -> Result<bool, Error> {
        self.read(|conn| Ok(has_meta(conn)? && find(conn, KEYS)?.is_some()))
    }

    /// Compares without writing.
    pub fn keys_stand(&self, check: &Digest) -> Result<KeysStand, Error> {
        self.read(|conn| {
            if !has_meta(conn)? {
                return Ok(KeysStand::New);
            }
            Ok(match find(conn, KEYS)? {
                None => KeysStand::New,
                Some(known) if known == check.0 => KeysStand::Known,
                Some(_) => KeysStand::Foreign,
            })
        })
    }

    pub fn remember_keys(&self, check: &Digest) -> Result<(), Error> {
        self.remember(KEYS, &check.0)
    }

    /// A demo marks its database, and opens no other that holds anything.
    pub fn remember_demo(&self) -> Result<(), Error> {
        self.remember(DEMO, b"yes")
    }

    pub fn is_demo(&self) -> Result<bool, Error> {
        self.read(|conn| Ok(has_meta(conn)? && find(conn, DEMO)?.is_some()))
    }

    /// Notes what the clocks here are ahead of UTC, in minutes, and when that changed.
    pub fn note_clock(&self, offset_min: i32, now: Timestamp) -> Result<(), Error> {
        let known = self.read(|conn| Ok::<_, Error>(find(conn, CLOCK)?.as_deref().and_then(Noted::parse)))?;
        let former_min = known.map_or(offset_min, |noted| noted.offset_min);
        if known.is_some() && former_min == offset_min {
            return Ok(());
        }
        self.remember(CLOCK, &Noted { offset_min, former_min, changed_at: now }.bytes())
    }

    /// What clocks here were ahead of UTC until lately.
    pub fn former_clock(&self, now: Timestamp) -> Result<Option<i32>, Error> {
        let noted = self.read(|conn| Ok::<_, Error>(find(conn, CLOCK)?.as_deref().and_then(Noted::parse)))?;
        let is_new =
            |noted: &Noted| noted.former_min != noted.offset_min && now.since(noted.changed_at) < CLOCK_ASKED_FOR;
        Ok(noted.filter(is_new).map(|noted| noted.former_min))
    }

    fn remember(&self, name: &str, value: &[u8]) -> Result<(), Error> {
        self.write_tx(|tx| {
            diesel::delete(meta::table.find(name)).execute(tx.conn())?;
            diesel::insert_into(meta::table).values((meta::name.eq(name), meta::value.eq(value))).execute(tx.conn())?;
            Ok::<_, Error>(())
        })
    }
}

/// Stored big endian: offset, former offset (4 bytes each), seconds since 1970 (8).
#[derive(Clone, Copy)]
struct Noted {
    offset_min: i32,
    former_min: i32,
    changed_at: Timestamp,
}

impl Noted {
    fn bytes(self) -> Vec<u8> {
        let parts =
            [&self.offset_min.to_be_bytes()[..], &self.former_min.to_be_bytes(), &self.changed_at.0.to_be_bytes()];
        parts.concat()
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (offset, rest) = bytes.split_first_chunk()?;
        let (former, rest) = rest.split_first_chunk()?;
        let changed_at = Timestamp(i64::from_be_bytes(rest.try_into().ok()?));
        Some(Self { offset_min: i32::from_be_bytes(*offset), former_min: i32::from_be_bytes(*former), changed_at })
    }
}

fn find(conn: &mut Conn, name: &str) -> Result<Option<Vec<u8>>, Error> {
    Ok(meta::table.find(name).select(meta::value).first(conn).optional()?)
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

#[derive(QueryableByName)]
struct There {
    #[diesel(sql_type = Bool)]
    there: bool,
}

fn has_meta(conn: &mut Conn) -> Result<bool, Error> {
    match conn {
        Conn::Sqlite(c) => {
            let found = diesel::sql_query("SELECT count(*) AS n FROM sqlite_master WHERE name = 'meta'");
            Ok(found.get_result::<Found>(c)?.n > 0)
        }
        Conn::Postgres(c) => {
            let found = diesel::sql_query("SELECT to_regclass('meta') IS NOT NULL AS there");
            Ok(found.get_result::<There>(c)?.there)
        }
    }
}
