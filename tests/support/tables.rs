//! What the engines themselves say of their tables, in one form for both, and every value in them.

use std::collections::{BTreeMap, BTreeSet};

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Bool, Text};
use diesel::{Connection, PgConnection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

/// A connection of the test's own, beside the pool.
pub enum Direct {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

#[derive(PartialEq, Eq, Debug, Clone)]
pub struct Column {
    pub name: String,
    /// In the words of the engine.
    pub kind: String,
    pub nullable: bool,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Debug, Clone)]
pub struct Index {
    pub unique: bool,
    pub columns: String,
    /// Without quotes' types and parentheses.
    pub only_where: String,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Debug, Clone)]
pub struct Key {
    pub column: String,
    pub to: String,
    /// `CASCADE`, `SET NULL`, …
    pub on_delete: String,
}

#[derive(PartialEq, Eq, Debug, Clone)]
pub struct Shape {
    pub columns: Vec<Column>,
    pub primary_key: Vec<String>,
    /// Without the one of the primary key.
    pub indexes: BTreeSet<Index>,
    pub keys: BTreeSet<Key>,
}

pub type Shapes = BTreeMap<String, Shape>;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct ColumnRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

#[derive(QueryableByName)]
struct IndexRow {
    #[diesel(sql_type = Bool)]
    is_unique: bool,
    #[diesel(sql_type = Text)]
    columns: String,
    #[diesel(sql_type = Text)]
    definition: String,
}

#[derive(QueryableByName)]
struct KeyRow {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    target: String,
    #[diesel(sql_type = Text)]
    on_delete: String,
}

macro_rules! load {
    ($direct:expr, $sql:expr) => {
        match $direct {
            Direct::Sqlite(c) => sql_query($sql).load(c),
            Direct::Postgres(c) => sql_query($sql).load(c),
        }
        .expect("an answer of the database")
    };
}

impl Direct {
    pub fn to(url: &str) -> Self {
        match url.strip_prefix("sqlite:") {
            Some(path) => Self::Sqlite(SqliteConnection::establish(path).expect("a file")),
            None => Self::Postgres(PgConnection::establish(url).expect("a server")),
        }
    }

    pub fn run(&mut self, sql: &str) {
        match self {
            Self::Sqlite(c) => c.batch_execute(sql),
            Self::Postgres(c) => c.batch_execute(sql),
        }
        .expect("a statement");
    }

    pub fn lines(&mut self, sql: &str) -> Vec<String> {
        let rows: Vec<Line> = load!(self, sql);
        rows.into_iter().map(|row| row.line).collect()
    }

    /// Every table but the one of the migrations themselves.
    pub fn shapes(&mut self) -> Shapes {
        let list = match self {
            Self::Sqlite(_) => {
                "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            }
            Self::Postgres(_) => "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = 'public'",
        };
        let names = self.lines(list).into_iter().filter(|name| name != "__diesel_schema_migrations");
        names.collect::<Vec<_>>().into_iter().map(|name| (name.clone(), self.shape(&name))).collect()
    }

    fn shape(&mut self, table: &str) -> Shape {
        Shape {
            columns: self.columns(table),
            primary_key: self.primary_key(table),
            indexes: self.indexes(table),
            keys: self.keys(table),
        }
    }

    fn columns(&mut self, table: &str) -> Vec<Column> {
        let sql = match self {
            Self::Sqlite(_) => format!(
                "SELECT name, type AS kind, \"notnull\" = 0 AS nullable FROM pragma_table_info('{table}') ORDER BY cid"
            ),
            Self::Postgres(_) => format!(
                "SELECT column_name::text AS name, data_type::text AS kind, is_nullable = 'YES' AS nullable
                 FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'
                 ORDER BY ordinal_position"
            ),
        };
        let rows: Vec<ColumnRow> = load!(self, sql);
        rows.into_iter().map(|row| Column { name: row.name, kind: row.kind, nullable: row.nullable }).collect()
    }

    fn primary_key(&mut self, table: &str) -> Vec<String> {
        let sql = match self {
            Self::Sqlite(_) => {
                format!("SELECT name AS line FROM pragma_table_info('{table}') WHERE pk > 0 ORDER BY pk")
            }
            Self::Postgres(_) => format!(
                "SELECT a.attname::text AS line FROM pg_index i
                 JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
                 WHERE i.indrelid = '{table}'::regclass AND i.indisprimary
                 ORDER BY array_position(i.indkey::int2[], a.attnum)"
            ),
        };
        self.lines(&sql)
    }

    fn indexes(&mut self, table: &str) -> BTreeSet<Index> {
        let sql = match self {
            Self::Sqlite(_) => format!(
                "SELECT l.\"unique\" = 1 AS is_unique,
                        (SELECT group_concat(name, ', ') FROM
                            (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno)) AS columns,
                        coalesce((SELECT sql FROM sqlite_master WHERE name = l.name), '') AS definition
                 FROM pragma_index_list('{table}') l WHERE l.origin <> 'pk'"
            ),
            Self::Postgres(_) => format!(
                "SELECT i.indisunique AS is_unique,
                        (SELECT string_agg(a.attname::text, ', ' ORDER BY array_position(i.indkey::int2[], a.attnum))
                         FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)) AS columns,
                        pg_get_indexdef(i.indexrelid) AS definition
                 FROM pg_index i WHERE i.indrelid = '{table}'::regclass AND NOT i.indisprimary"
            ),
        };
        let rows: Vec<IndexRow> = load!(self, sql);
        rows.into_iter()
            .map(|row| {
                let only_where = row.definition.split_once(" WHERE ").map_or("", |(_, condition)| condition);
                let only_where = only_where.replace("::text", "").replace(['(', ')'], "");
                Index { unique: row.is_unique, columns: row.columns, only_where }
            })
            .collect()
    }

    fn keys(&mut self, table: &str) -> BTreeSet<Key> {
        let sql = match self {
            Self::Sqlite(_) => format!(
                "SELECT \"from\" AS name, \"table\" || '.' || \"to\" AS target, on_delete
                 FROM pragma_foreign_key_list('{table}')"
            ),
            Self::Postgres(_) => format!(
                "SELECT a.attname::text AS name, c.confrelid::regclass::text || '.' || f.attname AS target,
                        CASE c.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' ELSE 'NO ACTION' END
                            AS on_delete
                 FROM pg_constraint c
                 JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
                 JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1]
                 WHERE c.contype = 'f' AND c.conrelid = '{table}'::regclass"
            ),
        };
        let rows: Vec<KeyRow> = load!(self, sql);
        rows.into_iter().map(|row| Key { column: row.name, to: row.target, on_delete: row.on_delete }).collect()
    }

    /// Every value that is there, by table and column, as bytes.
    pub fn values(&mut self) -> BTreeMap<(String, String), Vec<Vec<u8>>> {
        let mut values = BTreeMap::new();
        for (table, shape) in self.shapes() {
            for column in shape.columns {
                let name = &column.name;
                let hex = match (&self, column.kind.as_str()) {
                    (Self::Sqlite(_), _) => format!("hex(CAST({name} AS BLOB))"),
                    (Self::Postgres(_), "bytea") => format!("encode({name}, 'hex')"),
                    (Self::Postgres(_), _) => format!("encode(convert_to({name}::text, 'UTF8'), 'hex')"),
                };
                let lines = self.lines(&format!("SELECT {hex} AS line FROM {table} WHERE {name} IS NOT NULL"));
                let decode = |line: &String| data_encoding::HEXLOWER_PERMISSIVE.decode(line.as_bytes()).expect("hex");
                values.insert((table.clone(), name.clone()), lines.iter().map(decode).collect());
            }
        }
        values
    }
}
