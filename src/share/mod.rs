//! What leaves the hospital in one encrypted file, and what comes back.

pub mod passphrase;
