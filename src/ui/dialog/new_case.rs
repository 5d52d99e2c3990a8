//! A new case: who it is about.

use std::path::PathBuf;

use eframe::egui;
use eframe::egui::{Align, Frame, Id, Layout, RichText, TextEdit, Ui, vec2};

use crate::messages::{self, command as words, questions as texts, window};
use crate::model::entry::{self, EntryError};
use crate::model::failure::Failure;
use crate::model::form::{Field, Kind, Meaning};
use crate::model::people::People;
use crate::model::value::{Value, Values};
use crate::ui::composition::Composition;
use crate::ui::field::{LABEL_WIDTH, trouble_ui};
use crate::ui::look;
use crate::ui::start::primary_ui;

use super::Choice;
use super::parts::title_ui;

/// A new case before it is begun.
#[derive(Default)]
pub struct NewCase {
    /// The case number.
    pub number: String,
    /// The fields that are asked for, each with what was typed.
    pub fields: Vec<(Field, String)>,
    /// Cases that are likely about the same person: the file, and how it is called.
    pub existing: Vec<(PathBuf, String)>,
    has_begun: bool,
}

impl NewCase {
    /// Asks for the number and for what tells one person from another.
    #[must_use]
    pub fn new(number: String, people: &People) -> Self {
        let asked = [Meaning::PatientName, Meaning::PatientKana, Meaning::BirthDate, Meaning::ChartNumber];
        let fields = asked.into_iter().filter_map(|meaning| people.field_meaning(meaning));
        Self { number, fields: fields.map(|field| (field.clone(), String::new())).collect(), ..Self::default() }
    }

    /// Whether closing it would throw away what was typed into it.
    #[must_use]
    pub fn holds_typing(&self) -> bool {
        self.fields.iter().any(|(_, typed)| !typed.trim().is_empty())
    }

    /// What was typed, as shared data.
    ///
    /// # Errors
    /// Some of it is no value.
    pub fn values(&self) -> Result<Values, EntryError> {
        let mut values = Values::new();
        for (field, typed) in &self.fields {
            if let Some(value) = entry::parse(field, typed)? {
                values.insert(field.key.clone(), value);
            }
        }
        Ok(values)
    }
}

pub(super) fn new_case_ui(ui: &mut Ui, new: &mut NewCase) -> Option<Choice> {
    title_ui(ui, words::NEW_CASE.trim_end_matches('…'));
    ui.label(RichText::new(texts::NEW_CASE_DETAIL).size(look::SMALL).color(look::WEAK));
    ui.add_space(8.0);
    let is_finished = enter_keys(ui, new);
    line_ui(ui, window::CASE_NUMBER, NUMBER_KEY, &mut new.number);
    if let Err(trouble) = entry::parse_case_number(&new.number) {
        entry_trouble_ui(ui, trouble);
    }
    let before: Vec<String> = new.fields.iter().map(|(_, typed)| typed.clone()).collect();
    for (field, typed) in &mut new.fields {
        line_ui(ui, &field.label, &field.key, typed);
        match entry::parse(field, typed) {
            Err(trouble) if ui.memory(|memory| memory.focused() != Some(line_id(&field.key))) => {
                entry_trouble_ui(ui, trouble);
            }
            Ok(Some(Value::Date(day))) if matches!(field.kind, Kind::Date { .. }) => {
                ui.label(RichText::new(window::both_calendars(day)).size(look::SMALL).color(look::WEAK));
            }
            _ => {}
        }
    }
    if new.fields.iter().map(|(_, typed)| typed).ne(&before) {
        // It may be about somebody else now: whether there is a case is looked for anew.
        new.existing.clear();
    }
    if let Some((field, _)) = new.fields.first().filter(|_| !new.has_begun) {
        ui.memory_mut(|memory| memory.request_focus(line_id(&field.key)));
    }
    new.has_begun = true;
    let mut choice = existing_ui(ui, &new.existing);
    ui.add_space(14.0);
    let is_ready = new.values().is_ok() && entry::parse_case_number(&new.number).is_ok();
    ui.horizontal(|ui| {
        let label = if new.existing.is_empty() { texts::CREATE } else { texts::CREATE_ANYWAY };
        let create = ui.add_enabled_ui(is_ready, |ui| primary_ui(ui, label)).inner;
        if create.clicked() || (is_finished && is_ready && new.existing.is_empty()) {
            choice = Some(Choice::CreateCase);
        }
        if ui.button(texts::GO_BACK).clicked() {
            choice = Some(Choice::Cancel);
        }
    });
    choice
}

/// Enter goes to the next line as everywhere; in the last one, and with Ctrl in any, it says that
/// all is typed.
fn enter_keys(ui: &Ui, new: &NewCase) -> bool {
    if Composition::takes_enter(ui.ctx()) {
        return false;
    }
    let keys: Vec<&str> =
        std::iter::once(NUMBER_KEY).chain(new.fields.iter().map(|(field, _)| field.key.as_str())).collect();
    let focused = ui.memory(egui::Memory::focused);
    let Some(at) = keys.iter().position(|key| focused == Some(line_id(key))) else { return false };
    let pressed = |modifiers| ui.input_mut(|input| input.consume_key(modifiers, egui::Key::Enter));
    if pressed(egui::Modifiers::COMMAND) {
        return true;
    }
    let next = if pressed(egui::Modifiers::SHIFT) {
        at.checked_sub(1)
    } else if pressed(egui::Modifiers::NONE) {
        Some(at + 1)
    } else {
        return false;
    };
    match next.map(|next| keys.get(next)) {
        Some(Some(key)) => ui.memory_mut(|memory| memory.request_focus(line_id(key))),
        Some(None) => return true,
        None => {}
    }
    false
}

fn existing_ui(ui: &mut Ui, existing: &[(PathBuf, String)]) -> Option<Choice> {
    let mut choice = None;
    if existing.is_empty() {
        return None;
    }
    ui.add_space(8.0);
    Frame::new().fill(look::CAUTION_PALE).corner_radius(6.0).inner_margin(10.0).show(ui, |ui| {
        ui.label(texts::EXISTING);
        for (path, name) in existing {
            if ui.button(texts::open_existing(name)).clicked() {
                choice = Some(Choice::OpenExisting(path.clone()));
            }
        }
    });
    choice
}

/// The key of the line for the case number.
const NUMBER_KEY: &str = "case number";

fn line_id(key: &str) -> Id {
    Id::unique(("dialog", key))
}

/// A line to type into.
fn line_ui(ui: &mut Ui, name: &str, key: &str, typed: &mut String) {
    ui.horizontal(|ui| {
        ui.allocate_ui_with_layout(vec2(LABEL_WIDTH, 28.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(LABEL_WIDTH);
            ui.label(name);
        });
        let edit = TextEdit::singleline(typed).id(line_id(key)).desired_width(240.0).margin(vec2(6.0, 5.0));
        ui.add(edit).accessible_name(name);
    });
}

fn entry_trouble_ui(ui: &mut Ui, trouble: EntryError) {
    let failure = Failure::Entry { key: String::new(), trouble };
    trouble_ui(ui, &messages::failure(&failure).sentences(), look::ERROR);
}
