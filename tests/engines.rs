//! What the tests stand on: each has a database of its own, on either engine.
#![expect(clippy::expect_used, reason = "a test stops at the first thing that is not there")]

#[path = "support/engine.rs"]
mod engine;
#[path = "support/skip.rs"]
mod skip;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use engine::{Database, Engine};

on_both_engines!(a_database_is_prepared_and_shared_with_nobody);

async fn a_database_is_prepared_and_shared_with_nobody(engine: Engine) {
    let Some(one) = Database::with_tables(engine) else { return };
    let Some(other) = Database::with_tables(engine) else { return };

    run(one.url(), "CREATE TABLE own (n INTEGER); DELETE FROM letters_seen").expect("both tables");

    assert!(run(other.url(), "INSERT INTO own VALUES (1)").is_err(), "the other database sees the table");
    assert!(run(other.url(), "DELETE FROM letters_seen").is_ok(), "the other database was not prepared");
}

fn run(url: &str, sql: &str) -> diesel::QueryResult<()> {
    match url.strip_prefix("sqlite:") {
        Some(path) => SqliteConnection::establish(path).expect("a file").batch_execute(sql),
        None => PgConnection::establish(url).expect("a server").batch_execute(sql),
    }
}
