//! The two engines a story runs on, and a database of its own for each test.
//!
//! A story is `async fn story(engine: Engine)`; [`on_both_engines!`] makes the tests `story::sqlite` and
//! `story::postgres` of it. `TEST_POSTGRES` names a cluster the tests may make databases in (`tests/run` starts
//! one); without it the PostgreSQL half says that it was skipped.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, sql_query};
use show_of_hands::store::{DatabaseUrl, Store};
use url::Url;

use crate::skip::skip;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A database that lives as long as this value.
pub struct Database {
    url: String,
    place: Place,
}

enum Place {
    Folder { _removed_on_drop: tempfile::TempDir },
    Cluster { admin_url: String, name: String },
}

/// Held while the template is made; any number that nothing else locks.
const TEMPLATE_LOCK: i64 = 0x7465_6d70;

impl Database {
    /// A fresh database that `prepare` (given its URL) has filled: on SQLite each time, on PostgreSQL once for the
    /// cluster, as a template (it leaves no connection open). `None`, and said so, where the engine is not to be had.
    fn new(engine: Engine, prepare: impl FnOnce(&str)) -> Option<Self> {
        match engine {
            Engine::Sqlite => Some(Self::in_folder(prepare)),
            Engine::Postgres => {
                let Some(admin_url) = cluster_url() else {
                    skip("no TEST_POSTGRES");
                    return None;
                };
                Some(Self::in_cluster(admin_url, prepare))
            }
        }
    }

    /// A fresh database with every table of ours. The template on PostgreSQL is one for all, so all tests prepare alike.
    pub fn with_tables(engine: Engine) -> Option<Self> {
        Self::new(engine, |url| {
            let url = DatabaseUrl::parse(url, true).expect("a URL of either engine");
            Store::open(&url).and_then(|store| store.migrate()).expect("the tables");
        })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    fn in_folder(prepare: impl FnOnce(&str)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        prepare(&url);
        Self { url, place: Place::Folder { _removed_on_drop: folder } }
    }

    fn in_cluster(admin_url: String, prepare: impl FnOnce(&str)) -> Self {
        let mut admin = PgConnection::establish(&admin_url).expect("TEST_POSTGRES answers");
        make_template(&mut admin, &admin_url, prepare);
        let name = format!("test_{}", uuid::Uuid::new_v4().simple());
        admin.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE tests_template")).expect("a database");
        Self { url: url_of(&admin_url, &name), place: Place::Cluster { admin_url, name } }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Place::Cluster { admin_url, name } = &self.place
            && let Ok(mut admin) = PgConnection::establish(admin_url)
        {
            // FORCE: a failed test may leave connections behind. The cluster itself is thrown away, so no answer counts.
            let _ = admin.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

/// Makes the template once per cluster. Tests are processes of their own under nextest, so the lock is the
/// cluster's; the name appears only when the template is whole.
fn make_template(admin: &mut PgConnection, admin_url: &str, prepare: impl FnOnce(&str)) {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        is_there: bool,
    }
    admin.batch_execute(&format!("SELECT pg_advisory_lock({TEMPLATE_LOCK})")).expect("the lock");
    let found: Found =
        sql_query("SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'tests_template') AS is_there")
            .get_result(admin)
            .expect("the list of databases");
    if !found.is_there {
        admin.batch_execute("DROP DATABASE IF EXISTS tests_half_made WITH (FORCE)").expect("no half-made template");
        admin.batch_execute("CREATE DATABASE tests_half_made").expect("a new template");
        prepare(&url_of(admin_url, "tests_half_made"));
        admin.batch_execute("ALTER DATABASE tests_half_made RENAME TO tests_template").expect("a whole template");
    }
    admin.batch_execute(&format!("SELECT pg_advisory_unlock({TEMPLATE_LOCK})")).expect("the lock back");
}

fn url_of(admin_url: &str, database: &str) -> String {
    let mut url = Url::parse(admin_url).expect("TEST_POSTGRES is a URL");
    url.set_path(database);
    url.into()
}

#[expect(clippy::disallowed_methods, reason = "tests/run tells the tests by variables")]
fn cluster_url() -> Option<String> {
    std::env::var("TEST_POSTGRES").ok().filter(|url| !url.is_empty())
}

/// Makes the tests `story::sqlite` and `story::postgres` of each `async fn story(engine: Engine)`.
#[macro_export]
macro_rules! on_both_engines {
    ($($story:ident),+ $(,)?) => {
        $(mod $story {
            use $crate::engine::Engine;

            #[actix_web::test]
            async fn sqlite() {
                super::$story(Engine::Sqlite).await;
            }

            #[actix_web::test]
            async fn postgres() {
                super::$story(Engine::Postgres).await;
            }
        })+
    };
}
