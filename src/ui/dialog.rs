//! Questions to the user, and sheets to read: one at a time, in front of everything.

use std::path::PathBuf;

use eframe::egui;
use eframe::egui::{Align, Button, Context, Frame, Grid, Id, Layout, Modal, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::assets;
use crate::messages::{self, command as words, questions as texts, window};
use crate::model::entry::{self, EntryError};
use crate::model::failure::Failure;
use crate::model::form::{Field, Kind, Meaning};
use crate::model::people::People;
use crate::model::value::{Value, Values};
use crate::store::backup::Backup;
use crate::store::directory::Directory;

use super::field::{LABEL_WIDTH, trouble_ui};
use super::start::primary_ui;
use super::{Command, look};

/// What is asked or shown.
pub enum Dialog {
    /// Who the new case is about.
    NewCase(NewCase),
    /// There are changes that are in no file.
    Unsaved,
    /// Something is still being written, and the user asked twice to go on.
    StillSaving,
    /// Somebody else changed the file meanwhile.
    Conflict(Conflict),
    /// A draft was found: when it was written, and whether somebody saved the case since.
    Draft {
        /// When it was written.
        saved_at: String,
        /// The case was saved by somebody since then.
        is_outdated: bool,
    },
    /// The backups of the case, the newest first.
    Backups(Vec<Backup>),
    /// A document with entries is to be removed.
    RemoveDocument {
        /// Which one.
        at: usize,
        /// Its title.
        title: String,
    },
    /// A draft is to be thrown away.
    DiscardDraft(PathBuf),
    /// A calendar is to be written: with the names or without?
    Calendar,
    /// The hospital's own list.
    Directory,
    /// The help sheet.
    Help,
    /// The licences.
    Licenses,
}

impl Dialog {
    /// Whether closing it would throw away what was typed into it.
    #[must_use]
    fn holds_typing(&self) -> bool {
        matches!(self, Self::NewCase(new) if new.fields.iter().any(|(_, typed)| !typed.trim().is_empty()))
    }
}

/// What was chosen.
#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    /// Nothing is done.
    Cancel,
    /// The case is begun with what was entered.
    CreateCase,
    /// This case is opened instead.
    OpenExisting(PathBuf),
    /// Saves first.
    Save,
    /// Goes on without saving.
    Discard,
    /// Saves over what somebody else saved; a backup of it is kept.
    SaveOver,
    /// Takes what somebody else saved.
    TakeTheirs,
    /// Saves under another name.
    SaveAs,
    /// Goes on from the draft.
    Restore,
    /// Goes back to this backup.
    RestoreBackup(usize),
    /// Removes the document.
    RemoveDocument(usize),
    /// Throws the draft away.
    DiscardDraft(PathBuf),
    /// Writes a calendar.
    WriteCalendar {
        /// Its titles say the patients' names.
        has_names: bool,
    },
    /// Takes this entry out of the hospital's own list.
    RemoveEntry(Values),
}

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

/// What differs between what is open and what somebody else saved.
pub struct Conflict {
    /// The file is gone.
    pub is_removed: bool,
    /// Place, what is open, what is in the file.
    pub rows: Vec<(String, String, String)>,
}

/// What a dialog needs to know beside its own state.
pub struct Surroundings<'a> {
    /// The shared fields.
    pub people: &'a People,
    /// The hospital's own list.
    pub directory: &'a Directory,
}

/// Draws a dialog.
pub fn dialog_ui(ctx: &Context, dialog: &mut Dialog, around: &Surroundings<'_>) -> Option<Choice> {
    let mut choice = None;
    let size = ctx.content_rect().size();
    let response = Modal::new(Id::unique("dialog")).show(ctx, |ui| {
        ui.set_max_width((size.x - 80.0).min(width(dialog)));
        ui.set_max_height(size.y - 80.0);
        Frame::new().inner_margin(8.0).show(ui, |ui| {
            choice = content_ui(ui, dialog, around);
        });
    });
    // A click beside it closes nothing: somebody may have typed into it.
    let may_escape = response.is_top_modal && !response.any_popup_open && !dialog.holds_typing();
    if may_escape
        && !super::composition::Composition::is_active(ctx)
        && ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
    {
        choice = choice.or(Some(Choice::Cancel));
    }
    choice
}

fn width(dialog: &Dialog) -> f32 {
    match dialog {
        Dialog::Conflict(_) | Dialog::Licenses | Dialog::Help | Dialog::Directory => 680.0,
        _ => 480.0,
    }
}

fn content_ui(ui: &mut Ui, dialog: &mut Dialog, around: &Surroundings<'_>) -> Option<Choice> {
    match dialog {
        Dialog::NewCase(new) => new_case_ui(ui, new),
        Dialog::Unsaved => question_ui(
            ui,
            texts::UNSAVED,
            texts::UNSAVED_DETAIL,
            &[(words::SAVE, Choice::Save), (texts::DISCARD, Choice::Discard), (texts::GO_BACK, Choice::Cancel)],
        ),
        Dialog::StillSaving => question_ui(
            ui,
            texts::STILL_SAVING,
            texts::STILL_SAVING_DETAIL,
            &[(texts::WAIT, Choice::Cancel), (texts::DO_NOT_WAIT, Choice::Discard)],
        ),
        Dialog::Conflict(conflict) => conflict_ui(ui, conflict),
        Dialog::Draft { saved_at, is_outdated } => question_ui(
            ui,
            texts::DRAFT,
            &texts::draft(saved_at, *is_outdated),
            &[(texts::RESTORE, Choice::Restore), (texts::DRAFT_DISCARD, Choice::Discard)],
        ),
        Dialog::Backups(backups) => backups_ui(ui, backups),
        Dialog::RemoveDocument { at, title } => question_ui(
            ui,
            &texts::remove_document(title),
            texts::REMOVE_DETAIL,
            &[(texts::REMOVE, Choice::RemoveDocument(*at)), (texts::GO_BACK, Choice::Cancel)],
        ),
        Dialog::DiscardDraft(path) => question_ui(
            ui,
            texts::DISCARD_DRAFT,
            texts::DISCARD_DRAFT_DETAIL,
            &[(texts::DISCARD_IT, Choice::DiscardDraft(path.clone())), (texts::GO_BACK, Choice::Cancel)],
        ),
        Dialog::Calendar => question_ui(
            ui,
            words::CALENDAR.trim_end_matches('…'),
            texts::CALENDAR_DETAIL,
            &[
                (texts::WITHOUT_NAMES, Choice::WriteCalendar { has_names: false }),
                (texts::WITH_NAMES, Choice::WriteCalendar { has_names: true }),
                (texts::GO_BACK, Choice::Cancel),
            ],
        ),
        Dialog::Directory => directory_ui(ui, around),
        Dialog::Help => help_ui(ui),
        Dialog::Licenses => licenses_ui(ui),
    }
}

fn title_ui(ui: &mut Ui, title: &str) {
    ui.label(RichText::new(title).text_style(egui::TextStyle::Heading));
    ui.add_space(8.0);
}

/// A question with its answers, the likeliest first; it has the keyboard.
fn question_ui(ui: &mut Ui, title: &str, detail: &str, answers: &[(&str, Choice)]) -> Option<Choice> {
    title_ui(ui, title);
    ui.label(detail);
    ui.add_space(14.0);
    answers_ui(ui, answers)
}

fn answers_ui(ui: &mut Ui, answers: &[(&str, Choice)]) -> Option<Choice> {
    let mut choice = None;
    ui.horizontal_wrapped(|ui| {
        for (at, (label, answer)) in answers.iter().enumerate() {
            let response = if at == 0 { primary_ui(ui, label) } else { ui.button(*label) };
            if at == 0 && ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            if response.clicked() {
                choice = Some(answer.clone());
            }
        }
    });
    choice
}

fn new_case_ui(ui: &mut Ui, new: &mut NewCase) -> Option<Choice> {
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
    if super::composition::Composition::is_active(ui.ctx()) {
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

fn conflict_ui(ui: &mut Ui, conflict: &Conflict) -> Option<Choice> {
    title_ui(ui, if conflict.is_removed { texts::REMOVED } else { texts::CONFLICT });
    ui.label(if conflict.is_removed { texts::REMOVED_DETAIL } else { texts::CONFLICT_DETAIL });
    ui.add_space(8.0);
    if !conflict.rows.is_empty() {
        ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
            Grid::new("conflict").striped(true).num_columns(3).spacing(vec2(12.0, 6.0)).show(ui, |ui| {
                for heading in [texts::PLACE, texts::MINE, texts::THEIRS] {
                    ui.label(RichText::new(heading).size(look::SMALL).color(look::WEAK));
                }
                ui.end_row();
                for (place, mine, theirs) in &conflict.rows {
                    for text in [place, mine, theirs] {
                        ui.vertical(|ui| {
                            ui.set_width(190.0);
                            ui.label(text);
                        });
                    }
                    ui.end_row();
                }
            });
        });
        ui.add_space(8.0);
    }
    let mut answers = vec![(texts::SAVE_OVER, Choice::SaveOver)];
    if !conflict.is_removed {
        answers.push((texts::TAKE_THEIRS, Choice::TakeTheirs));
    }
    answers.extend([(words::SAVE_AS, Choice::SaveAs), (texts::GO_BACK, Choice::Cancel)]);
    answers_ui(ui, &answers)
}

fn backups_ui(ui: &mut Ui, backups: &[Backup]) -> Option<Choice> {
    title_ui(ui, texts::BACKUPS);
    let mut choice = None;
    if backups.is_empty() {
        ui.label(texts::NO_BACKUPS);
    } else {
        ui.label(texts::BACKUPS_DETAIL);
        ui.add_space(8.0);
        ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
            for (at, backup) in backups.iter().enumerate() {
                ui.horizontal(|ui| {
                    let name = texts::backup(backup.changed);
                    if ui
                        .button(texts::BACKUP_RESTORE)
                        .accessible_name(format!("{name} {}", texts::BACKUP_RESTORE))
                        .clicked()
                    {
                        choice = Some(Choice::RestoreBackup(at));
                    }
                    ui.label(name);
                });
            }
        });
    }
    ui.add_space(14.0);
    choice.or(answers_ui(ui, &[(window::CLOSE, Choice::Cancel)]))
}

fn directory_ui(ui: &mut Ui, around: &Surroundings<'_>) -> Option<Choice> {
    title_ui(ui, texts::DIRECTORY);
    ui.label(texts::DIRECTORY_DETAIL);
    ui.add_space(8.0);
    let mut choice = None;
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        let keys: Vec<&str> = around.people.fields.iter().map(|field| field.key.as_str()).collect();
        for values in around.directory.entries_for(&keys) {
            let words: Vec<String> =
                values.iter().map(|(key, value)| entry::display(around.people.field(key), value)).collect();
            let words = words.join("　");
            ui.horizontal_wrapped(|ui| {
                let remove = ui.add_enabled(around.directory.is_own(values), Button::new(texts::REMOVE));
                if remove.accessible_name(format!("{words} {}", texts::REMOVE)).clicked() {
                    choice = Some(Choice::RemoveEntry(values.clone()));
                }
                ui.label(words);
            });
        }
    });
    ui.add_space(14.0);
    choice.or(answers_ui(ui, &[(window::CLOSE, Choice::Cancel)]))
}

fn help_ui(ui: &mut Ui) -> Option<Choice> {
    title_ui(ui, words::HELP);
    ScrollArea::vertical().max_height((ui.available_height() - 60.0).max(200.0)).show(ui, |ui| {
        for line in texts::HELP_LINES {
            ui.label(format!("・{line}"));
        }
        ui.add_space(10.0);
        Grid::new("keys").striped(true).num_columns(2).spacing(vec2(24.0, 4.0)).show(ui, |ui| {
            for (keys, meaning) in texts::KEYS {
                ui.label(RichText::new(*keys).family(look::bold()));
                ui.label(*meaning);
                ui.end_row();
            }
            for command in Command::ALL {
                if let Some(shortcut) = command.shortcut() {
                    ui.label(RichText::new(ui.ctx().format_shortcut(&shortcut)).family(look::bold()));
                    ui.label(command.label().trim_end_matches('…'));
                    ui.end_row();
                }
            }
        });
        ui.add_space(10.0);
        ui.label(RichText::new(texts::version()).size(look::SMALL).color(look::WEAK));
    });
    ui.add_space(10.0);
    answers_ui(ui, &[(window::CLOSE, Choice::Cancel)])
}

fn licenses_ui(ui: &mut Ui) -> Option<Choice> {
    title_ui(ui, words::LICENSES);
    ScrollArea::vertical().max_height((ui.available_height() - 60.0).max(200.0)).show(ui, |ui| {
        for (heading, text) in assets::LICENSES {
            egui::CollapsingHeader::new(heading).show(ui, |ui| {
                ui.label(RichText::new(text).size(look::SMALL));
            });
        }
    });
    ui.add_space(10.0);
    answers_ui(ui, &[(window::CLOSE, Choice::Cancel)])
}
