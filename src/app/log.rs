//! The log of the open case: noted in it, shown, written as text.

use std::path::Path;
use std::sync::Arc;

use crate::dialogs::Question;
use crate::export::safe_file_name;
use crate::messages::{self, done, log as words, sheets};
use crate::model::failure::Failure;
use crate::model::log::Event;
use crate::model::note::Note;
use crate::paperwork::{Office, name_of};
use crate::session::Access;
use crate::store::atomic::{Disk, overwrite};
use crate::store::log::Entry;
use crate::store::{kept, log};
use crate::ui::Action;
use crate::ui::dialog::log::Row;
use crate::ui::dialog::{Dialog, LogView};

use super::jobs::{Done, ToNote};
use super::{App, Purpose, Then};

/// The job that notes something in a log.
const NOTING: &str = "write log";

impl App {
    /// Notes that the case was opened. Where nothing can be written that is said once, in passing.
    pub(super) fn note_opened(&mut self) {
        let Some(opened) = self.opened.as_ref().filter(|opened| opened.open.path().is_some()) else { return };
        match opened.open.access() {
            Access::SaveElsewhere(_) => self.toasts.done(sheets::NOT_LOGGED_HERE),
            Access::ReadOnly(Failure::ReadOnlyFormat { .. }) => self.toasts.done(sheets::NOT_LOGGED_NEWER),
            Access::Full | Access::ReadOnly(_) => self.note(Event::Opened),
        }
    }

    /// Notes something in the log of the open case, one after the other.
    pub(super) fn note(&mut self, event: Event) {
        let file = self.opened.as_ref().and_then(|opened| opened.open.file()).cloned();
        self.note_all(file.map(|file| (file, event)));
    }

    /// Notes this in the logs of its cases. What a newer program writes is not added to: its log may
    /// be a newer one as well.
    pub(super) fn note_all(&mut self, notes: impl IntoIterator<Item = ToNote>) {
        self.to_note.extend(notes.into_iter().filter(|(file, _)| !file.is_newer));
        self.note_next();
    }

    fn note_next(&mut self) {
        if self.to_note.is_empty() || self.jobs.is_running(NOTING) {
            return;
        }
        let events = std::mem::take(&mut self.to_note);
        let (library, now) = (Arc::clone(&self.library), self.now());
        self.jobs.start(NOTING, move || {
            let office = Office { library: &library, medium: &Disk, now };
            Done::Noted(events.iter().try_for_each(|(file, event)| office.note(file, event)))
        });
    }

    /// Something was noted, or was not.
    pub(super) fn noted(&mut self, result: Result<(), Failure>) {
        if let Err(failure) = result {
            self.toasts.trouble(&messages::paperwork::note(&Note::NotLogged(failure)));
        }
        self.note_next();
    }

    /// Reads the log to show it.
    pub(super) fn read_log(&mut self) {
        let Some(opened) = &self.opened else { return };
        let Some(file) = opened.open.file().cloned() else {
            self.toasts.done(sheets::NO_LOG_YET);
            return;
        };
        let opening = self.openings;
        self.jobs.start("reading the log", move || {
            let mut troubles: Vec<String> =
                log::troubles(&file).iter().map(|trouble| words::trouble(trouble).sentences()).collect();
            let kept = kept::troubles(&Disk, &file.path, &file.case);
            troubles.extend(kept.iter().map(|failure| App::message(failure).sentences()));
            match log::read(&file.path) {
                Ok(entries) => Done::LogRead(opening, entries, troubles),
                // That it cannot be read is among the troubles already.
                Err(_) => Done::LogRead(opening, Vec::new(), troubles),
            }
        });
    }

    /// The log was read.
    pub(super) fn log_read(&mut self, entries: &[Entry], troubles: Vec<String>) {
        let name = |key: &str| name_of(&self.library, key);
        let row = |entry: &Entry| Row {
            number: entry.number,
            at: words::moment(&entry.at),
            user: words::user(&entry.user).to_owned(),
            what: words::event(&entry.event, &name),
        };
        let rows = entries.iter().rev().map(row).collect();
        self.question(Dialog::Log(Box::new(LogView { rows, troubles })), Then::Stay);
    }

    /// Asks for the file of the log as text.
    pub(super) fn ask_log_file(&mut self) {
        let Some(opened) = &self.opened else { return };
        let name = sheets::log_name(&safe_file_name(&opened.open.case().number));
        let question = Question::new_file(sheets::WRITE_LOG_TITLE, &name).of(sheets::TEXT_FILES, &["txt"]);
        let question = self.in_folder(question);
        self.ask(Purpose::LogText, question);
    }

    /// Writes the shown log as text.
    pub(super) fn write_log(&mut self, path: &Path) {
        let Some(Dialog::Log(view)) = &self.dialog else { return };
        match overwrite(&Disk, path, view.text().as_bytes()) {
            Ok(()) => {
                let folder = path.parent().unwrap_or(path).to_owned();
                let text = sheets::log_written(&path.display().to_string());
                self.toasts.done_with(text, done::REVEAL, Action::Reveal(folder));
            }
            Err(failure) => self.tell(&failure),
        }
    }
}
