//! Writers that wait for each other share a commit: each does its work in the transaction that is open, the last of them
//! commits for all, and nobody hears `Ok` before that. The disk is asked once for many, as mail servers and PostgreSQL's own
//! log do it.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::r2d2::PooledConnection;

use super::connect::{self, Manager};
use super::{Cause, Error, Tx};
use crate::on_each;

/// The first of a batch waits for the others: no more of them than this.
const MOST: usize = 32;

/// The one writer of this process at a time. Without it writers would keep a connection each while they wait, and readers
/// would find none; SQLite's own way of waiting is to ask again and again, and the unlucky give up.
#[derive(Default)]
pub(super) struct Writers {
    /// Those who are about to take `open`: somebody is there to commit what is left open.
    waiting: AtomicUsize,
    open: Mutex<Option<Batch>>,
}

/// A transaction, and those whose work is in it.
struct Batch {
    conn: PooledConnection<Manager>,
    members: usize,
    end: Arc<End>,
}

/// How the commit went, for those who wait.
#[derive(Default)]
struct End {
    committed: Mutex<Option<Result<(), NotCommitted>>>,
    told: Condvar,
}

#[derive(Clone, Copy)]
struct NotCommitted {
    is_conflict: bool,
}

/// What one writer's work came to.
enum Worked<T, E> {
    Done(T),
    Failed(E),
    Panicked(Box<dyn Any + Send>),
}

impl Writers {
    /// Runs `work` once and returns when it is on the disk, or not in the transaction at all.
    pub(super) fn write<T, E: From<Error> + Cause>(
        &self,
        conn: impl FnOnce() -> Result<PooledConnection<Manager>, Error>,
        work: &mut impl FnMut(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        let mut batch = match open.take() {
            Some(batch) => batch,
            None => Batch::begin(conn()?)?,
        };
        let worked = batch.work(work);
        let end = Arc::clone(&batch.end);
        let met_another =
            matches!(&worked, Worked::Failed(error) if error.store_error().is_some_and(Error::is_conflict));
        let is_next_there = self.waiting.load(Ordering::SeqCst) > 0 && batch.members < MOST && !met_another;
        let committed = match batch.members {
            0 => None, // it failed alone, and all was rolled back
            _ if is_next_there => {
                *open = Some(batch);
                None
            }
            _ => Some(batch.commit()),
        };
        drop(open);
        match worked {
            Worked::Panicked(panic) => panic::resume_unwind(panic),
            Worked::Failed(error) => Err(error),
            Worked::Done(value) => match committed {
                Some(committed) => committed.map(|()| value).map_err(E::from),
                None => end.wait().map(|()| value).map_err(E::from),
            },
        }
    }
}

impl Batch {
    fn begin(mut conn: PooledConnection<Manager>) -> Result<Self, Error> {
        connect::begin(&mut conn)?;
        Ok(Self { conn, members: 0, end: Arc::default() })
    }

    /// What fails leaves the work of those before it as it was: diesel makes a savepoint of a transaction within one. The
    /// first of a batch has nobody before it.
    fn work<T, E: From<Error>>(&mut self, work: &mut impl FnMut(&mut Tx<'_>) -> Result<T, E>) -> Worked<T, E> {
        let is_first = self.members == 0;
        if !is_first && let Err(error) = on_each!(&mut **self.conn, c => AnsiTransactionManager::begin_transaction(c)) {
            return Worked::Failed(E::from(error.into()));
        }
        let worked = match panic::catch_unwind(AssertUnwindSafe(|| work(&mut Tx { conn: &mut self.conn }))) {
            Ok(Ok(value)) => Worked::Done(value),
            Ok(Err(error)) => Worked::Failed(error),
            Err(panic) => Worked::Panicked(panic),
        };
        let Worked::Done(value) = worked else {
            self.roll_back();
            return worked;
        };
        if !is_first && let Err(error) = on_each!(&mut **self.conn, c => AnsiTransactionManager::commit_transaction(c))
        {
            return Worked::Failed(E::from(error.into()));
        }
        self.members += 1;
        Worked::Done(value)
    }

    /// The innermost. A connection that cannot roll back is broken, does not commit and leaves the pool; the first error is
    /// the one to tell.
    fn roll_back(&mut self) {
        let _ = on_each!(&mut **self.conn, c => AnsiTransactionManager::rollback_transaction(c));
    }

    fn commit(mut self) -> Result<(), Error> {
        let done = on_each!(&mut **self.conn, c => AnsiTransactionManager::commit_transaction(c)).map_err(Error::from);
        self.end.tell(done.as_ref().map_err(|error| NotCommitted { is_conflict: error.is_conflict() }).copied());
        done
    }
}

impl End {
    fn tell(&self, committed: Result<(), NotCommitted>) {
        *self.committed.lock().unwrap_or_else(PoisonError::into_inner) = Some(committed);
        self.told.notify_all();
    }

    fn wait(&self) -> Result<(), Error> {
        let mut committed = self.committed.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match *committed {
                Some(Ok(())) => return Ok(()),
                Some(Err(NotCommitted { is_conflict })) => return Err(Error::NotCommitted { is_conflict }),
                None => committed = self.told.wait(committed).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use diesel::sql_types::BigInt;
    use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

    use super::*;
    use crate::store::{DatabaseUrl, Store};

    #[derive(QueryableByName)]
    struct Number {
        #[diesel(sql_type = BigInt)]
        number: i64,
    }

    fn number(conn: &mut SqliteConnection, sql: &str) -> i64 {
        sql_query(sql).get_result::<Number>(conn).unwrap().number
    }

    /// Eight at once, of whom one fails and one panics: one commit, and it has the six.
    #[test]
    fn who_waits_shares_a_commit_and_harms_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.db").display().to_string();
        let store = Store::open(&DatabaseUrl::parse(&format!("sqlite:{file}"), false).unwrap()).unwrap();
        let insert = |tx: &mut Tx<'_>, n: i64| sql_query(format!("INSERT INTO t VALUES ({n})")).execute(tx.conn());
        store
            .write_tx(|tx| Ok::<_, Error>(sql_query("CREATE TABLE t (n INTEGER PRIMARY KEY)").execute(tx.conn())?))
            .unwrap();
        // It sees a new version with each commit of somebody else.
        let mut onlooker = SqliteConnection::establish(&file).unwrap();
        let version = "SELECT data_version AS number FROM pragma_data_version";
        let before = number(&mut onlooker, version);

        let is_open = Barrier::new(8);
        let outcomes: Vec<bool> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|n| {
                    let (store, is_open) = (&store, &is_open);
                    scope.spawn(move || {
                        if n > 0 {
                            is_open.wait();
                        }
                        store.write_tx(|tx| {
                            insert(tx, n)?;
                            match n {
                                0 => {
                                    is_open.wait();
                                    while store.writers.waiting.load(Ordering::SeqCst) < 7 {
                                        std::thread::yield_now();
                                    }
                                }
                                3 => insert(tx, n).map(|_| ())?, // a second row of this key
                                5 => panic!("in the middle of it"),
                                _ => {}
                            }
                            Ok::<_, Error>(())
                        })
                    })
                })
                .collect();
            threads.into_iter().map(|thread| matches!(thread.join(), Ok(Ok(())))).collect()
        });

        assert_eq!(outcomes, [true, true, true, false, true, false, true, true]);
        assert_eq!(number(&mut onlooker, "SELECT count(*) AS number FROM t WHERE n NOT IN (3, 5)"), 6);
        assert_eq!(number(&mut onlooker, "SELECT count(*) AS number FROM t"), 6);
        assert_eq!(number(&mut onlooker, version), before + 1, "one commit");
    }

    #[test]
    fn who_fails_alone_leaves_nothing_open() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("a.db").display());
        let store = Store::open(&DatabaseUrl::parse(&url, false).unwrap()).unwrap();
        let create = "CREATE TABLE t (n INTEGER)";
        let fails = store.write_tx(|tx| {
            sql_query(create).execute(tx.conn())?;
            Err::<(), _>(Error::Bug("on purpose"))
        });
        assert!(fails.is_err());
        assert!(store.writers.open.lock().unwrap().is_none());
        store.write_tx(|tx| Ok::<_, Error>(sql_query(create).execute(tx.conn())?)).unwrap();
    }
}
