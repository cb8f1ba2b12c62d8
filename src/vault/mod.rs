//! Keys, sealing, keyed hashes, tokens, passphrases and chance.
mod chance;
pub use chance::Chance;
