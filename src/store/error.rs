//! What can go wrong with the database, in kinds a caller can act on.

use diesel::result::{DatabaseErrorKind, Error as Diesel};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the database URL must begin with sqlite: or postgres://")]
    Scheme,
    #[error(
        "a PostgreSQL on another machine needs TLS: build with the feature postgres-tls, or pass --allow-plain-postgres"
    )]
    NotLocal,
    #[error("the database cannot be reached")]
    Connect(#[source] diesel::ConnectionError),
    /// No connection was free in time.
    #[error("the database is busy")]
    Pool(#[source] diesel::r2d2::PoolError),
    #[error("a setting of the database connection does not hold: {0}")]
    Setting(&'static str),
    #[error("the tables could not be brought up to date")]
    Migrate(#[source] Box<dyn std::error::Error + Send + Sync>),
    #[error("the database refused a statement")]
    Query(#[source] Diesel),
    /// The commit that several writers share failed, which one of them was told in full.
    #[error("what several wrote together could not be committed")]
    NotCommitted { is_conflict: bool },
    #[error("this cannot happen: {0}")]
    Bug(&'static str),
}

impl From<Diesel> for Error {
    fn from(error: Diesel) -> Self {
        Self::Query(error)
    }
}

impl Error {
    /// Two transactions met; the same work may succeed when tried again.
    pub fn is_conflict(&self) -> bool {
        match self {
            Self::NotCommitted { is_conflict } => *is_conflict,
            Self::Query(Diesel::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
            // Diesel has no kind for a deadlock.
            Self::Query(Diesel::DatabaseError(DatabaseErrorKind::Unknown, info)) => {
                info.message().contains("deadlock detected")
            }
            // Rolling back after a conflict wraps it.
            Self::Query(Diesel::RollbackErrorOnCommit { commit_error, .. }) => {
                matches!(**commit_error, Diesel::DatabaseError(DatabaseErrorKind::SerializationFailure, _))
            }
            _ => false,
        }
    }
}

/// Lets `write_tx` see, inside a room's error, the trouble of the database that it may try again.
pub trait Cause {
    fn store_error(&self) -> Option<&Error>;
}

impl Cause for Error {
    fn store_error(&self) -> Option<&Error> {
        Some(self)
    }
}

/// For a room's error with a kind `Store(store::Error)`: [`Cause`], and `?` on diesel's own errors.
#[macro_export]
macro_rules! store_cause {
    ($error:ty) => {
        impl $crate::store::Cause for $error {
            fn store_error(&self) -> Option<&$crate::store::Error> {
                match self {
                    Self::Store(error) => Some(error),
                    _ => None,
                }
            }
        }

        impl From<diesel::result::Error> for $error {
            fn from(error: diesel::result::Error) -> Self {
                Self::Store(error.into())
            }
        }
    };
}
