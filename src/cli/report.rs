//! Messages on standard error and results on standard output, one line each.

use std::io::Write;
use std::path::Path;

use crate::messages;
use crate::model::check::Severity;
use crate::model::failure::{Failure, Position};
use crate::store::template_file::TemplateTrouble;

/// Collects whether anything was refused.
#[derive(Default)]
pub(crate) struct Report {
    refused: bool,
}

/// A line of result. A reader that has gone away is no fault of ours.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

impl Report {
    /// Forgets refusals that came after: what was asked for was done all the same.
    pub fn set_refused(&mut self, refused: bool) {
        self.refused = refused;
    }

    /// Whether something was refused.
    pub fn is_refused(&self) -> bool {
        self.refused
    }

    /// A line about a place in a file: `FILE:LINE:COL: 重大度: what — what to do`.
    pub fn line(&mut self, path: &Path, position: Option<Position>, severity: Severity, message: &messages::Message) {
        let place = position.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        let _ = writeln!(std::io::stderr(), "{}{place}: {}: {message}", path.display(), messages::severity(severity),);
        self.refused |= severity == Severity::Error;
    }

    /// A line about a failure, with its file where it has one.
    pub fn failure(&mut self, failure: &Failure) {
        self.refused = true;
        let message = messages::failure(failure);
        match failure {
            Failure::Text { path, position, .. } => self.line(path, Some(*position), Severity::Error, &message),
            Failure::File { path, .. }
            | Failure::TooLarge { path, .. }
            | Failure::ReadOnlyFormat { path }
            | Failure::ChangedByOther { path }
            | Failure::Locked { path, .. }
            | Failure::Exists { path }
            | Failure::ForeignPdf { path }
            | Failure::SameName { path }
            | Failure::NotInCase { path, .. }
            | Failure::Problems { path } => self.line(path, None, Severity::Error, &message),
            Failure::Entry { key, .. } => self.line(Path::new(key), None, Severity::Error, &message),
            _ => {
                let _ = writeln!(std::io::stderr(), "{}: {message}", messages::severity(Severity::Error));
            }
        }
    }

    /// A notice about a failure that refuses nothing: what was asked for was done.
    pub fn notice(&mut self, failure: &Failure) {
        let refused = self.refused;
        self.failure(failure);
        self.refused = refused;
    }

    /// A line about a template.
    pub fn template(&mut self, trouble: &TemplateTrouble) {
        match trouble {
            TemplateTrouble::Unreadable(failure) => self.failure(failure),
            TemplateTrouble::Wrong { path, position, what } => {
                self.line(path, Some(*position), Severity::Error, &messages::template(what));
            }
        }
    }

    /// The same, where the command goes on without the template.
    pub fn template_notice(&mut self, trouble: &TemplateTrouble) {
        let refused = self.refused;
        self.template(trouble);
        self.refused = refused;
    }
}
