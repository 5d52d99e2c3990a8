//! ケースを終了・再開: how it ended, and why it goes on.

use chrono::NaiveDate;
use eframe::egui::Ui;

use crate::messages::{Message, record as words, sheets};
use crate::model::closing::{Closing, Outcome};
use crate::model::record::Refused;
use crate::paperwork::Act;

use super::day::Day;
use super::parts::{hint_ui, line_id, named_ui, radios_ui, text_ui};
use super::{Choice, Surroundings};

/// The end of a case, as it was entered so far.
pub struct Ending {
    /// How it ended; none while nobody has said.
    pub outcome: Option<Outcome>,
    /// When.
    pub on: Day,
    /// What else there is to say.
    pub note: String,
}

impl Ending {
    /// Today.
    #[must_use]
    pub fn new(around: &Surroundings<'_>) -> Self {
        Self { outcome: None, on: Day::of(around.today), note: String::new() }
    }

    pub(super) fn act(&self) -> Result<Act, Message> {
        let outcome = self.outcome.ok_or_else(sheets::no_outcome)?;
        let on = self.on.needed(sheets::ENDED_ON)?;
        Ok(Act::Close { closing: Closing { on, outcome, note: self.note.trim().to_owned(), reopened: None } })
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, begins: bool) -> Option<Choice> {
        let outcomes = Outcome::ALL.map(Some);
        radios_ui(ui, sheets::OUTCOME, &outcomes, &mut self.outcome, |one| {
            one.map_or(String::new(), |one| words::outcome(one).to_owned())
        });
        let on = self.on.read(sheets::ENDED_ON).ok().flatten();
        let hint = on.map_or(String::new(), |on| sheets::retention(retention_due(on)));
        self.on.ui_with_hint(ui, sheets::ENDED_ON, around.today, &hint);
        if begins {
            ui.memory_mut(|memory| memory.request_focus(line_id(sheets::ENDED_ON)));
        }
        text_ui(ui, sheets::NOTE, &mut self.note, 420.0);
        None
    }
}

/// When to look whether a case that ended on this day still has to be kept.
fn retention_due(on: NaiveDate) -> NaiveDate {
    Closing { on, outcome: Outcome::Returned, note: String::new(), reopened: None }.retention_due()
}

/// That a closed case goes on.
#[derive(Default)]
pub struct Reopening {
    /// Why.
    pub why: String,
}

impl Reopening {
    pub(super) fn act(&self) -> Result<Act, Message> {
        if self.why.trim().is_empty() {
            return Err(words::refused(&Refused::NoReason));
        }
        Ok(Act::Reopen { why: self.why.trim().to_owned() })
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, begins: bool) -> Option<Choice> {
        text_ui(ui, sheets::WHY, &mut self.why, 420.0);
        if begins {
            ui.memory_mut(|memory| memory.request_focus(line_id(sheets::WHY)));
        }
        named_ui(ui, "", |ui| hint_ui(ui, sheets::REOPEN_HINT));
        None
    }
}
