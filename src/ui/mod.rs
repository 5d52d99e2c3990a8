//! Views: each draws what it is given and says what the user wants.
//!
//! A view touches no file, starts no thread and opens no dialog of the system: it returns an
//! [`Action`], which [`crate::app`] carries out.
//!
//! - [`look`]: colours, fonts, distances.
//! - [`composition`]: keeps Japanese input that is not committed yet out of everything else.
//! - [`command`]: what a user can do, with its shortcut.
//! - [`typing`]: which field has the keyboard, and what is being typed there.
//! - [`field`], [`date_field`], [`table_field`]: the inputs; `fixed_field`: what is only read.
//! - [`entry_side`], [`page_side`]: the two halves of an open case.
//! - [`received`]: what stands above a case that came in a package.
//! - [`tab`]: what the entry side shows.
//! - [`progress`], [`timeline_view`]: how far an open case has come, and its plan.
//! - [`start`]: the start page.
//! - [`menu`], [`dialog`], [`file_dialog`], [`toast`]: around them.

pub mod command;
pub mod composition;
pub mod date_field;
pub mod dialog;
pub mod entry_side;
pub mod field;
mod field_label;
pub mod file_dialog;
mod fixed_field;
pub mod look;
pub mod menu;
pub mod page_side;
pub mod problem_list;
pub mod progress;
pub mod received;
pub mod start;
pub mod tab;
pub mod table_field;
pub mod timeline_view;
pub mod toast;
pub mod typing;

pub use command::{Action, Command};
pub use tab::Tab;
