//! A day on a sheet: typed in any habit or picked from the month grid, as in the fields.

use chrono::NaiveDate;
use eframe::egui::{Id, RichText, TextEdit, Ui, vec2};

use crate::messages::{self, Message, sheets, window};
use crate::model::date;
use crate::model::entry::EntryError;
use crate::model::failure::Failure;
use crate::ui::date_field::calendar_ui;
use crate::ui::field::trouble_ui;
use crate::ui::look;

use super::parts::{hint_ui, line_id, named_ui};

/// The width of the input, in pt: 令和8年11月22日 and some room.
const WIDTH: f32 = 150.0;

/// A day as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day(pub String);

impl Day {
    /// That day, to begin with.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self(date::format(day))
    }

    /// The day; none where nothing was typed.
    ///
    /// # Errors
    /// Why what was typed is no day, with the name of the input.
    pub fn read(&self, name: &str) -> Result<Option<NaiveDate>, Message> {
        if self.0.trim().is_empty() {
            return Ok(None);
        }
        date::parse(&self.0).map(Some).map_err(|trouble| {
            let failure = Failure::Entry { key: String::new(), trouble: EntryError::Date(trouble) };
            sheets::unread(name, &self.0, messages::failure(&failure))
        })
    }

    /// The day, where there has to be one.
    ///
    /// # Errors
    /// As [`Self::read`], or nothing was typed.
    pub fn needed(&self, name: &str) -> Result<NaiveDate, Message> {
        self.read(name)?.ok_or_else(|| sheets::empty(name))
    }

    /// Draws the input with its name; says what it was read as.
    pub(super) fn ui(&mut self, ui: &mut Ui, name: &str, today: NaiveDate) {
        self.ui_with_hint(ui, name, today, "");
    }

    /// The same, with something to know about it.
    pub(super) fn ui_with_hint(&mut self, ui: &mut Ui, name: &str, today: NaiveDate, hint: &str) {
        let id = line_id(name);
        named_ui(ui, name, |ui| {
            ui.horizontal(|ui| self.input_ui(ui, name, id, today));
            let is_typing = ui.memory(|memory| memory.has_focus(id));
            if let Err(message) = self.read(name)
                && !is_typing
            {
                trouble_ui(ui, &message.sentences(), look::ERROR);
            }
            if !hint.is_empty() {
                hint_ui(ui, hint);
            }
        });
    }

    fn input_ui(&mut self, ui: &mut Ui, name: &str, id: Id, today: NaiveDate) {
        let edit = TextEdit::singleline(&mut self.0).id(id).desired_width(WIDTH).margin(vec2(6.0, 5.0));
        ui.add(edit).accessible_name(name);
        let chosen = self.read(name).ok().flatten();
        if let Some(picked) = calendar_ui(ui, name, chosen, today) {
            *self = Self::of(picked);
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        if let Some(day) = chosen {
            let words = if self.0 == date::format(day) { window::western(day) } else { window::both_calendars(day) };
            ui.label(RichText::new(words).size(look::SMALL).color(look::WEAK));
        }
    }
}
