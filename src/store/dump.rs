//! One hash over everything that is stored, to show that something changed nothing. For the demo's scanner and for tests:
//! it reads every row, so no page of the service calls it.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use sha2::{Digest, Sha256};

use super::{Conn, Error, Store};

/// Says only which mailer holds a row for the moment; it comes and goes without anything having happened.
const LEASE: &str = "lease_until";

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Store {
    /// SHA-256 over every column of every row of every table, except who holds a row of the outbox for the moment.
    pub fn dump_digest(&self) -> Result<[u8; 32], Error> {
        self.read(|conn| {
            let mut hash = Sha256::new();
            for table in tables(conn)? {
                for line in std::iter::once(table.clone()).chain(rows(conn, &table)?) {
                    hash.update(line.as_bytes());
                    hash.update(b"\n");
                }
            }
            Ok(hash.finalize().into())
        })
    }
}

fn tables(conn: &mut Conn) -> Result<Vec<String>, Error> {
    match conn {
        Conn::Sqlite(c) => lines(
            c,
            "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        ),
        Conn::Postgres(c) => {
            lines(c, "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
        }
    }
}

/// The rows of a table as text, in an order that depends on nothing but their content.
fn rows(conn: &mut Conn, table: &str) -> Result<Vec<String>, Error> {
    match conn {
        Conn::Sqlite(c) => {
            let names =
                lines(c, &format!("SELECT name AS line FROM pragma_table_info('{table}') WHERE name <> '{LEASE}'"))?;
            let columns: Vec<String> = names.iter().map(|name| format!("quote(\"{name}\")")).collect();
            lines(c, &format!("SELECT {} AS line FROM \"{table}\" ORDER BY 1", columns.join(" || '|' || ")))
        }
        Conn::Postgres(c) => {
            lines(c, &format!("SELECT (to_jsonb(t) - '{LEASE}')::text AS line FROM \"{table}\" t ORDER BY 1"))
        }
    }
}

fn lines<C>(conn: &mut C, query: &str) -> Result<Vec<String>, Error>
where
    C: Connection,
    diesel::query_builder::SqlQuery: for<'q> diesel::query_dsl::methods::LoadQuery<'q, C, Line>,
{
    Ok(sql_query(query).load::<Line>(conn)?.into_iter().map(|found| found.line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::DatabaseUrl;

    #[test]
    fn the_digest_changes_with_a_row_and_with_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::parse(&format!("sqlite:{}", folder.path().join("t.db").display()), false).unwrap();
        let store = Store::open(&url).unwrap();
        store.migrate().unwrap();
        let before = store.dump_digest().unwrap();
        assert_eq!(store.dump_digest().unwrap(), before);
        store.remember_demo().unwrap();
        assert_ne!(store.dump_digest().unwrap(), before);
    }
}
