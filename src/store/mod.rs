//! The database, on either engine, behind one connection type.
//!
//! Promises: the scheme of the URL chooses the engine; every pooled connection is set up and checked the same way; a
//! write happens in [`Store::write_tx`] and nowhere else, and what it returned `Ok` for is on the disk. Never does: hold a
//! rule of a room. Every room calls it through its own `queries.rs`.

mod batch;
mod connect;
mod dump;
mod error;
pub mod explain;
mod first_rows;
pub mod ids;
mod meta;
pub mod schema;
pub mod types;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use diesel::connection::SimpleConnection;
use diesel::r2d2::{Pool, PooledConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use tokio::sync::watch;

use batch::Writers;
use connect::Manager;
pub use connect::{DatabaseUrl, Engine};
pub use error::{Cause, Error};
pub use first_rows::first_rows;
pub use meta::KeysStand;

/// One connection, to either engine.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Sqlite(diesel::SqliteConnection),
    Postgres(diesel::PgConnection),
}

/// A statement written once and type-checked against each engine, for what the common connection cannot say.
#[macro_export]
macro_rules! on_each {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::store::Conn::Sqlite($c) => $body,
            $crate::store::Conn::Postgres($c) => $body,
        }
    };
}

/// Inserts rows four at a time, then one by one. Connections keep a statement for four rows and one for a single row, and
/// none for a number of rows that varies; four are asked at once, as a rule.
#[macro_export]
macro_rules! insert_all {
    ($conn:expr, $table:expr, $rows:expr) => {{
        let (fours, rest) = $rows.as_chunks::<4>();
        $crate::on_each!($conn, c => {
            for four in fours {
                diesel::insert_into($table).values(four).execute(c)?;
            }
            for row in rest {
                diesel::insert_into($table).values(row).execute(c)?;
            }
        });
    }};
}

const SQLITE_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES_MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// A transaction that met another program's is tried again this often before the person is asked to press once more.
const TRIES: u32 = 4;

/// The pool and what wakes the tick. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pool: Pool<Manager>,
    engine: Engine,
    commits: Arc<watch::Sender<u64>>,
    /// Something that must leave no trace may still be in the write-ahead log. True at the start: the last process may have
    /// died before its checkpoint.
    owes_checkpoint: Arc<AtomicBool>,
    writers: Arc<Writers>,
}

/// An open write transaction. Only [`Store::write_tx`] makes one, so a function that takes `&mut Tx` cannot be called
/// outside.
pub struct Tx<'a> {
    conn: &'a mut Conn,
}

impl Tx<'_> {
    pub fn conn(&mut self) -> &mut Conn {
        self.conn
    }
}

impl Store {
    /// Connects, without touching the tables.
    ///
    /// # Errors
    /// `Scheme` for a URL of neither engine, `NotLocal` for a PostgreSQL elsewhere without TLS, `Connect`.
    pub fn open(url: &DatabaseUrl) -> Result<Self, Error> {
        let engine = url.engine();
        let pool = connect::pool(url)?;
        let owes_checkpoint = Arc::new(AtomicBool::new(true));
        Ok(Self { pool, engine, commits: Arc::new(watch::Sender::new(0)), owes_checkpoint, writers: Arc::default() })
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Brings the tables to what this version needs.
    pub fn migrate(&self) -> Result<(), Error> {
        let mut conn = self.conn()?;
        let done = match &mut **conn {
            Conn::Sqlite(c) => c.run_pending_migrations(SQLITE_MIGRATIONS).map(|_| ()),
            Conn::Postgres(c) => c.run_pending_migrations(POSTGRES_MIGRATIONS).map(|_| ()),
        };
        done.map_err(Error::Migrate)
    }

    /// Takes back every migration and runs them again. For the test of the down files.
    pub fn migrate_down_and_up(&self) -> Result<(), Error> {
        let mut conn = self.conn()?;
        let done = match &mut **conn {
            Conn::Sqlite(c) => c.revert_all_migrations(SQLITE_MIGRATIONS).map(|_| ()),
            Conn::Postgres(c) => c.revert_all_migrations(POSTGRES_MIGRATIONS).map(|_| ()),
        };
        done.map_err(Error::Migrate)?;
        drop(conn);
        self.migrate()
    }

    /// Reads. Nothing written here would be safe; the rooms' queries that write take a [`Tx`].
    pub fn read<T, E: From<Error>>(&self, work: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut conn = self.conn()?;
        work(&mut conn)
    }

    /// Runs `work` in one write transaction, commits if it returns `Ok`, and wakes the tick.
    ///
    /// One writer at a time; those who wait share a commit. SQLite: BEGIN IMMEDIATE, so that a second process waits instead of
    /// failing half way. PostgreSQL: SERIALIZABLE behind a lock; `work` runs again if it met another program all the same,
    /// so it must have no effect outside the transaction, and read nothing by another connection.
    pub fn write_tx<T, E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<Error> + Cause,
    {
        let value = self.commit(work)?;
        self.wake();
        Ok(value)
    }

    /// Deletes what has had its time, in one write transaction; `work` tells how many rows went. It does not wake the tick
    /// that calls it, since nothing falls due because something was forgotten.
    pub fn sweep<E>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<usize, E>) -> Result<(), E>
    where
        E: From<Error> + Cause,
    {
        if self.commit(work)? > 0 {
            self.owe_checkpoint();
        }
        Ok(())
    }

    fn commit<T, E>(&self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E>
    where
        E: From<Error> + Cause,
    {
        let mut tries_left = TRIES;
        loop {
            let done = self.writers.write(|| self.conn(), &mut work);
            tries_left -= 1;
            match done {
                Err(error) if tries_left > 0 && error.store_error().is_some_and(Error::is_conflict) => {}
                done => return done,
            }
        }
    }

    /// Changes with every commit, for those who do what is due.
    pub fn commits(&self) -> watch::Receiver<u64> {
        self.commits.subscribe()
    }

    /// Wakes them without a commit, for a clock that was turned.
    pub fn wake(&self) {
        self.commits.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Moves what SQLite deleted out of the write-ahead log, where `secure_delete` does not reach. True when nothing is
    /// left there; false while a reader is open: ask again. PostgreSQL has no such step: true.
    pub fn checkpoint(&self) -> Result<bool, Error> {
        let mut conn = self.conn()?;
        connect::checkpoint(&mut conn)
    }

    /// Notes that something was deleted that must not stay in the write-ahead log.
    pub fn owe_checkpoint(&self) {
        self.owes_checkpoint.store(true, Ordering::SeqCst);
    }

    /// Does the checkpoint that is owed, if one is. False while a reader is open: it is owed still.
    pub fn pay_checkpoint(&self) -> Result<bool, Error> {
        if !self.owes_checkpoint.swap(false, Ordering::SeqCst) {
            return Ok(true);
        }
        let done = self.checkpoint();
        if !matches!(done, Ok(true)) {
            self.owe_checkpoint();
        }
        done
    }

    fn conn(&self) -> Result<PooledConnection<Manager>, Error> {
        self.pool.get().map_err(Error::Pool)
    }
}
