//! What leaves the hospital as one file, and what comes back: bytes in, bytes out, no disk.
//!
//! [`package`] seals and opens the encrypted file, [`archive`] is the container inside of it,
//! [`received`] reads what somebody else sealed, [`reply`] is the answer to it. What a package says about itself is
//! [`crate::model::package`]; what goes into one is a [`crate::model::disclosure::DisclosedCase`].

pub mod archive;
pub mod names;
pub mod package;
pub mod passphrase;
pub mod received;
pub mod reply;
