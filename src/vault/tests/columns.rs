use diesel::deserialize::FromSql;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::serialize::ToSql;
use diesel::sql_types::{Binary, Nullable};
use diesel::sqlite::Sqlite;

use super::*;
use crate::vault::{Place, Sealed, SealedToDay, SealedToMailer};

fn fits<T, DB: diesel::backend::Backend>()
where
    T: ToSql<Binary, DB> + FromSql<Binary, DB>,
{
}

#[test]
fn every_sealed_type_is_a_column_on_both_engines() {
    fits::<Sealed, Sqlite>();
    fits::<Sealed, Pg>();
    fits::<SealedToMailer, Sqlite>();
    fits::<SealedToMailer, Pg>();
    fits::<SealedToDay, Sqlite>();
    fits::<SealedToDay, Pg>();
}

#[test]
fn a_column_gives_back_what_was_put_in_and_shows_nothing_of_it() {
    let Safe { vault, chance, .. } = &Safe::new(1);
    let here = Place { table: "t", column: "c", row: b"1" };
    let sealed = vault.seal(here, b"x", chance).unwrap();
    let mut conn = SqliteConnection::establish(":memory:").unwrap();
    let query = diesel::select((sealed.clone().into_sql::<Binary>(), Some(sealed).into_sql::<Nullable<Binary>>()));
    let shown = diesel::debug_query::<Sqlite, _>(&query).to_string();
    assert!(shown.contains("Sealed, Some(Sealed)"), "{shown}");
    let (back, maybe): (Sealed, Option<Sealed>) = query.get_result(&mut conn).unwrap();
    assert_eq!(vault.open(here, &back).unwrap().expose(), b"x");
    assert_eq!(vault.open(here, &maybe.unwrap()).unwrap().expose(), b"x");
}
