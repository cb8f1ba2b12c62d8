//! Everything the database holds, as text: every table, every column, every row, in an order of its own.

use diesel::connection::LoadConnection;
use diesel::sql_types::Text;
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

use super::app::TestApp;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

pub fn dump(app: &TestApp) -> String {
    match app.database_url().strip_prefix("sqlite:") {
        Some(path) => dump_sqlite(&mut SqliteConnection::establish(path).expect("the database")),
        None => dump_postgres(&mut PgConnection::establish(app.database_url()).expect("the database")),
    }
}

fn dump_sqlite(conn: &mut SqliteConnection) -> String {
    let tables = "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' \
                  ORDER BY name";
    let mut all = Vec::new();
    for table in lines(conn, tables) {
        let columns = lines(conn, &format!("SELECT name AS line FROM pragma_table_info('{table}') ORDER BY cid"));
        let quoted: Vec<String> = columns.iter().map(|column| format!("'{column}=' || quote(\"{column}\")")).collect();
        let rows = format!("SELECT {} AS line FROM \"{table}\" ORDER BY 1", quoted.join(" || ' ' || "));
        all.extend(lines(conn, &rows).into_iter().map(|row| format!("{table}: {row}")));
    }
    all.join("\n")
}

fn dump_postgres(conn: &mut PgConnection) -> String {
    let tables = "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename";
    let mut all = Vec::new();
    for table in lines(conn, tables) {
        let rows = format!("SELECT row_to_json(t)::text AS line FROM \"{table}\" t ORDER BY 1");
        all.extend(lines(conn, &rows).into_iter().map(|row| format!("{table}: {row}")));
    }
    all.join("\n")
}

fn lines<C>(conn: &mut C, query: &str) -> Vec<String>
where
    C: LoadConnection,
    Line: QueryableByName<C::Backend>,
    diesel::query_builder::SqlQuery: diesel::query_dsl::methods::LoadQuery<'static, C, Line>,
{
    let found: Vec<Line> = sql_query(query.to_owned()).load(conn).expect("lines");
    found.into_iter().map(|line| line.line).collect()
}
