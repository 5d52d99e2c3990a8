//! What is coming up in the cases of the folder, written for a calendar program.

use std::path::{Path, PathBuf};

use chrono::Utc;

use crate::dialogs::Question;
use crate::messages::{command as words, done};
use crate::model::failure::Failure;
use crate::report::calendar::{Options, calendar, write};
use crate::store::atomic::Disk;
use crate::store::folder::Summary;

use super::jobs::{Done, WRITING_CALENDAR};
use super::{App, Purpose};

impl App {
    /// Asks for the file of the calendar. Not suggested among the cases: it is made to leave them.
    pub(super) fn ask_calendar(&mut self, has_names: bool) {
        let question = Question::new_file(words::CALENDAR, done::CALENDAR_NAME).of(done::CALENDAR_FILES, &["ics"]);
        self.ask(Purpose::Calendar { has_names }, question);
    }

    /// Writes the calendar of what the list shows.
    pub(super) fn write_calendar(&mut self, path: PathBuf, has_names: bool) {
        let listed = self.start.listed().iter();
        let cases: Vec<Summary> = listed.filter_map(|one| one.what.as_ref().ok()).cloned().collect();
        let options = Options { made_at: Utc::now().naive_utc(), today: (self.today)(), has_names };
        self.jobs.start(WRITING_CALENDAR, move || {
            let calendar = calendar(&cases, &options);
            let written = write(&Disk, &path, &calendar).map(|()| calendar.events);
            Done::Calendar(path, written)
        });
    }

    pub(super) fn calendar_written(&mut self, path: &Path, result: Result<usize, Failure>) {
        match result {
            Ok(events) => {
                self.toasts.done(done::calendar(events, &path.display().to_string()));
                let broken = self.start.listed().iter().filter(|one| one.what.is_err()).count();
                if broken > 0 {
                    self.toasts.trouble(&done::not_in_calendar(broken));
                }
            }
            Err(failure) => self.tell(&failure),
        }
    }
}
