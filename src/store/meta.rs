//! What an install remembers about itself.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};

use super::schema::meta;
use super::types::Digest;
use super::{Conn, Error, Store};

const KEYS: &str = "keys";
const DEMO: &str = "demo";

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

    fn remember(&self, name: &str, value: &[u8]) -> Result<(), Error> {
        self.write_tx(|tx| {
            diesel::delete(meta::table.find(name)).execute(tx.conn())?;
            diesel::insert_into(meta::table).values((meta::name.eq(name), meta::value.eq(value))).execute(tx.conn())?;
            Ok::<_, Error>(())
        })
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
