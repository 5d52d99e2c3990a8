//! Messages on standard error and results on standard output, one line each.

use std::path::Path;

use crate::messages::{self, Message};
use crate::model::characters::is_invisible;
use crate::model::check::Severity;
use crate::model::failure::{Failure, Position};
use crate::model::log::LogTrouble;
use crate::model::note::Note;
use crate::store::log;
use crate::store::template_file::TemplateTrouble;

use super::console::{write_message, write_result};

/// A line of result.
pub(super) fn say(line: &str) {
    write_result(&shown(line));
}

/// A line of message, written at once so that those of several programs do not mix.
fn say_error(line: &str) {
    write_message(&shown(&line.replace('\n', " ")));
}

/// A line as a terminal may show it: nothing in it steers the terminal or turns the writing.
fn shown(line: &str) -> String {
    let line: String = line.chars().map(|c| if is_invisible(c) { '\u{FFFD}' } else { c }).collect();
    line + "\n"
}

/// A line about a place in a file: `FILE:LINE:COL: 重大度: what — what to do`.
pub(super) fn tell(path: &Path, position: Option<Position>, severity: Severity, message: &Message) {
    let place = position.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
    let severity = messages::severity(severity);
    say_error(&format!("{}{place}: {severity}: {message}", path.display()));
}

/// A line about a failure, with its file where it has one.
pub(super) fn tell_failure(failure: &Failure) {
    let message = messages::failure(failure);
    match failure {
        Failure::Text { path, position, .. } => tell(path, Some(*position), Severity::Error, &message),
        Failure::Entry { key, .. } => tell(Path::new(key), None, Severity::Error, &message),
        _ => match failure.path() {
            Some(path) => tell(path, None, Severity::Error, &message),
            None => say_error(&format!("{}: {message}", messages::severity(Severity::Error))),
        },
    }
}

/// A line that a newer case is shown as far as this program knows it.
pub(super) fn tell_newer(path: &Path) {
    let message = messages::failure(&Failure::ReadOnlyFormat { path: path.to_owned() });
    tell(path, None, Severity::Suggestion, &message);
}

/// A line about a template.
pub(super) fn tell_template(trouble: &TemplateTrouble) {
    match trouble {
        TemplateTrouble::Unreadable(failure) => tell_failure(failure),
        TemplateTrouble::Wrong { path, position, what } => {
            tell(path, Some(*position), Severity::Error, &messages::template(what));
        }
    }
}

/// A line about something that was done, or was not done with it.
pub(super) fn tell_note(path: &Path, note: &Note) {
    let severity = if note.is_failure() { Severity::Error } else { Severity::Suggestion };
    tell(path, None, severity, &messages::paperwork::note(note));
}

/// A line about the log of a case.
pub(super) fn tell_log(case: &Path, trouble: &LogTrouble) {
    let severity = if trouble.is_harmless() { Severity::Suggestion } else { Severity::Error };
    let position = trouble.line().map(|line| Position { line, column: 1 });
    tell(&log::path(case), position, severity, &messages::log::trouble(trouble));
}
