//! The two engines behind one connection type.
pub mod types;
