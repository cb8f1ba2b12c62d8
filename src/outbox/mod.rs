//! Mail waiting to leave.

pub mod mime;
