//! The first rows of a query, with their number written into the statement. diesel binds a limit, and PostgreSQL, which
//! weighs a plan without the values before it keeps one, takes a bound limit for a tenth of all rows: it would plan such a
//! query again each time, which takes longer than running it. It plans a kept statement anew after its own ANALYZE.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};

pub struct FirstRows<T> {
    query: T,
    at_most: u32,
}

/// `at_most` is one of a few numbers: each makes a statement of its own, and connections keep their statements.
pub fn first_rows<T>(query: T, at_most: u32) -> FirstRows<T> {
    FirstRows { query, at_most }
}

impl<T> QueryId for FirstRows<T> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<T: Query> Query for FirstRows<T> {
    type SqlType = T::SqlType;
}

impl<T, C> RunQueryDsl<C> for FirstRows<T> {}

impl<DB: Backend, T: QueryFragment<DB>> QueryFragment<DB> for FirstRows<T> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.query.walk_ast(out.reborrow())?;
        out.push_sql(" LIMIT ");
        out.push_sql(&self.at_most.to_string());
        Ok(())
    }
}
