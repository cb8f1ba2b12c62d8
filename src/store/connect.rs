//! How a connection is made, set up and checked. The scheme of the URL alone chooses the engine: diesel's own
//! `MultiConnection::establish` would try one after the other and make a file named after a password.

use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::r2d2::{ManageConnection, Pool};
use diesel::sql_types::{BigInt, Integer, Text};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use url::Url;

use super::{Conn, Error};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Where the database is. May hold a password, so it has no `Debug` and no `Display`.
#[derive(Clone)]
pub struct DatabaseUrl {
    engine: Engine,
    /// A path for SQLite, a libpq URL for PostgreSQL.
    target: String,
}

impl DatabaseUrl {
    /// `sqlite:PATH` or `postgres://…`.
    ///
    /// # Errors
    /// `Scheme`; `NotLocal` for a PostgreSQL on another machine, unless `plain_allowed` or the build has TLS.
    pub fn parse(url: &str, plain_allowed: bool) -> Result<Self, Error> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path == ":memory:" {
                return Err(Error::Scheme); // each pooled connection would be a database of its own
            }
            return Ok(Self { engine: Engine::Sqlite, target: path.to_owned() });
        }
        let parsed = Url::parse(url).map_err(|_| Error::Scheme)?;
        if !matches!(parsed.scheme(), "postgres" | "postgresql") {
            return Err(Error::Scheme);
        }
        // libpq without OpenSSL would fall back to clear text without a word.
        if !cfg!(feature = "postgres-tls") && !plain_allowed && !is_local(&parsed) {
            return Err(Error::NotLocal);
        }
        Ok(Self { engine: Engine::Postgres, target: url.to_owned() })
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The file of an SQLite database.
    pub fn path(&self) -> Option<PathBuf> {
        (self.engine == Engine::Sqlite).then(|| Path::new(&self.target).to_owned())
    }
}

fn is_local(url: &Url) -> bool {
    let by_option = url.query_pairs().find(|(key, _)| key == "host").map(|(_, host)| host.into_owned());
    let host = by_option.or_else(|| url.host_str().map(str::to_owned)).unwrap_or_default();
    host.is_empty() || host.starts_with('/') || matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]" | "::1")
}

pub struct Manager(DatabaseUrl);

/// A page waits this long for a connection, then says that the house is busy.
const POOL_WAIT: Duration = Duration::from_secs(5);
const SQLITE_CONNECTIONS: u32 = 6;
const POSTGRES_CONNECTIONS: u32 = 10;
/// A connection is asked whether it lives before it is used, but not more often than this: asked each time, it would be an
/// eighth of the trips that a request makes.
const ASKED_EVERY: Duration = Duration::from_secs(2);

/// A connection of the pool.
pub struct Pooled {
    conn: Conn,
    /// When it last answered.
    alive_at: Instant,
}

impl Deref for Pooled {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        &self.conn
    }
}

impl DerefMut for Pooled {
    fn deref_mut(&mut self) -> &mut Conn {
        &mut self.conn
    }
}

pub fn pool(url: &DatabaseUrl) -> Result<Pool<Manager>, Error> {
    // The first connection tells what is wrong; a pool would only say that none came in time.
    establish(url)?;
    let size = if url.engine == Engine::Sqlite { SQLITE_CONNECTIONS } else { POSTGRES_CONNECTIONS };
    Pool::builder()
        .max_size(size)
        .min_idle(Some(1))
        .connection_timeout(POOL_WAIT)
        .test_on_check_out(url.engine == Engine::Postgres)
        .build(Manager(url.clone()))
        .map_err(Error::Pool)
}

impl ManageConnection for Manager {
    type Connection = Pooled;
    type Error = Error;

    fn connect(&self) -> Result<Pooled, Error> {
        Ok(Pooled { conn: establish(&self.0)?, alive_at: moment() })
    }

    fn is_valid(&self, pooled: &mut Pooled) -> Result<(), Error> {
        if pooled.alive_at.elapsed() >= ASKED_EVERY {
            pooled.conn.batch_execute("SELECT 1")?;
            pooled.alive_at = moment();
        }
        Ok(())
    }

    fn has_broken(&self, pooled: &mut Pooled) -> bool {
        std::thread::panicking()
            || match &mut pooled.conn {
                Conn::Sqlite(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
                Conn::Postgres(c) => AnsiTransactionManager::is_broken_transaction_manager(c),
            }
    }
}

#[expect(clippy::disallowed_methods, reason = "no clock that a test or the demo turns")]
fn moment() -> Instant {
    Instant::now()
}

fn establish(url: &DatabaseUrl) -> Result<Conn, Error> {
    match url.engine {
        Engine::Sqlite => {
            let mut conn = SqliteConnection::establish(&url.target).map_err(Error::Connect)?;
            set_up_sqlite(&mut conn)?;
            Ok(Conn::Sqlite(conn))
        }
        Engine::Postgres => {
            let mut conn = PgConnection::establish(&url.target).map_err(Error::Connect)?;
            // Reading pages at random costs hardly more than in order: tables of this size are in memory.
            conn.batch_execute(
                "SET TIME ZONE 'UTC'; SET synchronous_commit = on; SET statement_timeout = '10s';
                 SET idle_in_transaction_session_timeout = '30s'; SET client_min_messages = warning;
                 SET random_page_cost = 1.1",
            )?;
            Ok(Conn::Postgres(conn))
        }
    }
}

/// Bundled SQLite is not compiled with secure delete, and durability is chosen per connection: both are set on each one
/// and read back, since a pragma that is not understood is silent. A checkpoint every 4000 pages (16 MiB) writes a page that
/// changed often once; what must be gone at once is owed a checkpoint of its own.
fn set_up_sqlite(conn: &mut SqliteConnection) -> Result<(), Error> {
    conn.batch_execute(
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;
         PRAGMA mmap_size = 134217728; PRAGMA wal_autocheckpoint = 4000",
    )?;
    let holds = sql_query(
        "SELECT (SELECT journal_mode FROM pragma_journal_mode) AS journal,
                (SELECT synchronous FROM pragma_synchronous) AS synchronous,
                (SELECT secure_delete FROM pragma_secure_delete) AS secure_delete,
                (SELECT foreign_keys FROM pragma_foreign_keys) AS foreign_keys",
    )
    .get_result::<Pragmas>(conn)?;
    match holds {
        Pragmas { journal, .. } if journal != "wal" => Err(Error::Setting("journal_mode")),
        Pragmas { synchronous, .. } if synchronous != 2 => Err(Error::Setting("synchronous")),
        Pragmas { secure_delete, .. } if secure_delete != 1 => Err(Error::Setting("secure_delete")),
        Pragmas { foreign_keys, .. } if foreign_keys != 1 => Err(Error::Setting("foreign_keys")),
        _ => Ok(()),
    }
}

#[derive(QueryableByName)]
struct Pragmas {
    #[diesel(sql_type = Text)]
    journal: String,
    #[diesel(sql_type = BigInt)]
    synchronous: i64,
    #[diesel(sql_type = BigInt)]
    secure_delete: i64,
    #[diesel(sql_type = BigInt)]
    foreign_keys: i64,
}

/// Begins a write transaction: one writer at a time, on either engine. SQLite has it so; on PostgreSQL rows taken in two
/// orders would make the many who press at once wait a second each for its deadlock check. A fellowship writes a few times a
/// minute. The lock takes no snapshot, so the work sees what the one before wrote, and it goes with the transaction; it holds
/// up no reader, and which table it names does not matter.
pub fn begin(conn: &mut Conn) -> Result<(), Error> {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?,
        Conn::Postgres(c) => {
            // Both in one trip. Where the lock does not come in time, diesel knows of no transaction, and the server does.
            let both = "BEGIN ISOLATION LEVEL SERIALIZABLE; LOCK TABLE meta IN EXCLUSIVE MODE";
            if let Err(error) = AnsiTransactionManager::begin_transaction_sql(c, both) {
                let _ = c.batch_execute("ROLLBACK");
                return Err(error.into());
            }
        }
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Checkpoint {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

pub fn checkpoint(conn: &mut Conn) -> Result<bool, Error> {
    match conn {
        Conn::Sqlite(c) => {
            let done = sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result::<Checkpoint>(c)?;
            Ok(done.busy == 0)
        }
        Conn::Postgres(_) => Ok(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    #[test]
    fn the_scheme_alone_chooses_the_engine() {
        assert_eq!(DatabaseUrl::parse("sqlite:a.db", false).ok().map(|u| u.engine()), Some(Engine::Sqlite));
        for url in ["postgres:///x?host=/tmp", "postgres://u:p@localhost/x", "postgresql://[::1]/x"] {
            assert_eq!(DatabaseUrl::parse(url, false).ok().map(|u| u.engine()), Some(Engine::Postgres), "{url}");
        }
        for url in ["host=/tmp password=secret", "a.db", "mysql://x", "sqlite:", "sqlite::memory:"] {
            assert!(matches!(DatabaseUrl::parse(url, false), Err(Error::Scheme)), "{url}");
        }
    }

    /// Without it each use of a kept statement plans it anew; `.cargo/config.toml` says why.
    #[test]
    fn the_bundled_sqlite_keeps_its_plans() {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        let options = "SELECT count(*) AS count FROM pragma_compile_options WHERE compile_options = 'ENABLE_QPSG'";
        assert_eq!(sql_query(options).get_result::<Count>(&mut conn).unwrap().count, 1);
    }

    #[test]
    fn a_database_elsewhere_is_refused_without_tls() {
        let url = "postgres://db.example/x";
        assert_eq!(DatabaseUrl::parse(url, false).is_err(), !cfg!(feature = "postgres-tls"));
        assert!(DatabaseUrl::parse(url, true).is_ok());
    }

    #[test]
    fn every_pooled_connection_deletes_securely_and_syncs_fully() {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::parse(&format!("sqlite:{}", folder.path().join("a.db").display()), false).unwrap();
        let store = Store::open(&url).unwrap();
        let held: Vec<_> = (0..SQLITE_CONNECTIONS).map(|_| store.conn().unwrap()).collect();
        for mut conn in held {
            let Conn::Sqlite(c) = &mut **conn else { panic!("not SQLite") };
            set_up_sqlite(c).unwrap();
            c.batch_execute("PRAGMA secure_delete = OFF").unwrap();
            let off = sql_query(
                "SELECT '' AS journal, 0 AS synchronous, secure_delete, 0 AS foreign_keys FROM pragma_secure_delete",
            )
            .get_result::<Pragmas>(c)
            .unwrap();
            assert_eq!(off.secure_delete, 0, "the check reads what is set");
        }
    }
}
