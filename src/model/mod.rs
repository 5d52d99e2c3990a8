//! What the program is about: cases, forms, dates, and the rules over them.
//!
//! Everything here is plain data and pure functions. The model knows no file, no clock and no
//! screen: today's date is an argument, and what is wrong is returned as data that
//! [`crate::messages`] puts into words.

pub mod case;
pub mod change;
pub mod characters;
pub mod check;
pub mod closing;
pub mod compare;
pub mod consent;
pub mod date;
pub mod diagnoses;
pub mod disclosure;
pub mod entry;
pub mod failure;
pub mod fingerprint;
pub mod follow_up;
pub mod form;
pub mod form_page;
pub mod hours;
pub mod log;
pub mod merge;
pub mod note;
pub mod package;
pub mod pattern;
pub mod people;
pub mod process;
pub mod record;
pub mod reply;
pub mod revision;
pub mod search;
pub mod template_check;
pub mod template_problem;
pub mod timeline;
pub mod value;
pub mod wording;
