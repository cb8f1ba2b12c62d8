//! How an engine means to run a query, line by line. For the tests that say that it looks through an index and not through
//! everybody.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::sql_types::{Text, Untyped};

use super::Error;

struct Explained<T> {
    verb: &'static str,
    query: T,
}

impl<T> QueryId for Explained<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T> Query for Explained<T> {
    type SqlType = Untyped;
}

impl<T, C> RunQueryDsl<C> for Explained<T> {}

impl<DB: Backend, T: QueryFragment<DB>> QueryFragment<DB> for Explained<T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        out.push_sql(self.verb);
        self.query.walk_ast(out)
    }
}

#[derive(QueryableByName)]
struct OnSqlite {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct OnPostgres {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

pub trait Explain<T> {
    fn explain(&mut self, query: T) -> Result<Vec<String>, Error>;
}

impl<T: QueryFragment<diesel::sqlite::Sqlite>> Explain<T> for SqliteConnection {
    fn explain(&mut self, query: T) -> Result<Vec<String>, Error> {
        let rows: Vec<OnSqlite> = Explained { verb: "EXPLAIN QUERY PLAN ", query }.load(self)?;
        Ok(rows.into_iter().map(|row| row.detail).collect())
    }
}

impl<T: QueryFragment<diesel::pg::Pg>> Explain<T> for PgConnection {
    fn explain(&mut self, query: T) -> Result<Vec<String>, Error> {
        let rows: Vec<OnPostgres> = Explained { verb: "EXPLAIN ", query }.load(self)?;
        Ok(rows.into_iter().map(|row| row.line).collect())
    }
}
