//! Every fixed Japanese sentence of the program. Rules decide elsewhere; here they get words.
//!
//! A message says what happened and what to do, one word for one thing: ケース, 様式, 書類, 項目,
//! 選択肢, ひな形.

pub mod command;
pub mod dialog;
pub mod done;
mod failure;
pub mod page;
mod problem;
pub mod questions;
mod standing;
pub mod start;
mod template;
pub mod undo;
pub mod window;

use std::fmt;

pub use failure::failure;
pub use problem::{place, problem, severity};
pub use standing::{action, due, party, standing, step, step_name};
pub use template::template;

/// The name of the program, as people say it.
pub const PROGRAM: &str = "両立";

/// A message: what happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What happened.
    pub what: String,
    /// What to do.
    pub todo: String,
}

impl Message {
    fn new(what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { what: what.into(), todo: todo.into() }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} — {}", self.what, self.todo)
    }
}

/// 「甲」「乙」.
fn quoted(words: &[String]) -> String {
    if words.is_empty() { String::new() } else { format!("「{}」", words.join("」「")) }
}

/// A character with its code points, so that it can be named even where it cannot be shown.
#[must_use]
pub fn character(text: &str) -> String {
    let codes: Vec<String> = text.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let is_shown = !text.chars().any(|c| c.is_control() || crate::model::characters::is_invisible(c));
    if is_shown { format!("「{text}」（{}）", codes.join(" ")) } else { codes.join(" ") }
}
