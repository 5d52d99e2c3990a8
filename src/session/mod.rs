//! An open case, without a window: what was typed, what can be undone, what is not saved yet.
//!
//! - [`open_case`]: the case and its file, and every way to change it.
//! - [`history`]: undo and redo.
//! - `place`: what stands at a place of it.
//! - [`received`]: what a case from a package came with.
//! - [`rows`]: what can be done with the rows of a table.

pub mod history;
pub mod open_case;
mod place;
pub mod received;
pub mod rows;

pub use open_case::{Access, OpenCase};
pub use received::Received;
