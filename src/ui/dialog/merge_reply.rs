//! 返信を取り込む: a reply is opened, its differences are shown, and what both sides changed is
//! decided. Nothing in the case is changed before that.

use std::path::{Path, PathBuf};

use eframe::egui::{Frame, Grid, Label, Margin, RichText, Stroke, Ui, vec2};

use crate::messages::{Message, merging as words, paperwork, record, reply, share, window};
use crate::model::check::Place;
use crate::model::entry::display;
use crate::model::package::Passphrase;
use crate::model::record::Refused;
use crate::model::reply::{Choice as Chosen, MergedField, Merging, Outcome, Reply, Settled, merge, received};
use crate::model::value::Value;
use crate::paperwork::Act;
use crate::share::passphrase::prepared;
use crate::ui::look;

use super::known_passphrase::KnownPassphrase;
use super::parts::{fact_ui, hint_ui, named_ui, prose, sentence_ui};
use super::{Choice, Surroundings};

/// The width of the names of the fields in a table, in pt.
const NAMES: f32 = 190.0;
/// The room between columns, in pt.
const GAP: f32 = 14.0;

/// A reply that is to be taken in, as far as it was opened and decided.
#[derive(Default)]
pub struct MergeReply {
    /// The file.
    pub path: Option<PathBuf>,
    /// It is being opened.
    pub is_reading: bool,
    passphrase: KnownPassphrase,
    opened: Option<Opened>,
}

/// A reply that was opened.
struct Opened {
    reply: Reply,
    choices: Vec<Chosen>,
    /// What it would do to the case of this revision, or why it is none to it.
    known: Option<(u64, Result<Merging, Obstacle>)>,
}

/// Why a reply does not come into the case.
enum Obstacle {
    /// It did before: all is well.
    TakenBefore(Message),
    /// It is none to this case, or damaged.
    Trouble(Message),
}

impl MergeReply {
    /// Another file: what was opened before goes.
    pub fn set_path(&mut self, path: PathBuf) {
        *self = Self { path: Some(path), ..Self::default() };
    }

    /// A file that opens with this.
    pub fn set_key(&mut self, path: PathBuf, passphrase: Passphrase) {
        self.set_path(path);
        self.passphrase.typed = passphrase;
    }

    /// Takes a reply that was opened; what opened it is kept no longer.
    pub fn take(&mut self, reply: Reply) {
        self.is_reading = false;
        self.passphrase = KnownPassphrase::default();
        self.opened = Some(Opened { reply, choices: Vec::new(), known: None });
    }

    /// Everything is to be chosen anew.
    pub(super) fn forget_choices(&mut self) {
        if let Some(opened) = &mut self.opened {
            opened.choices.clear();
        }
    }

    /// Whether the reply is still to be opened.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.opened.is_none()
    }

    /// Whether it is in the case already: then there is nothing to do.
    pub(super) fn is_taken_before(&self) -> bool {
        let known = self.opened.as_ref().and_then(|opened| opened.known.as_ref());
        matches!(known, Some((_, Err(Obstacle::TakenBefore(_)))))
    }

    /// The file and what opens it; none where nothing was typed.
    ///
    /// # Errors
    /// What is still missing.
    pub fn key(&self) -> Result<(PathBuf, Option<Passphrase>), Message> {
        let path = self.path.clone().ok_or_else(words::no_file)?;
        let passphrase = (!self.passphrase.is_empty()).then(|| self.read_typed(&path));
        if passphrase.is_none() && !is_pdf(&path) {
            return Err(words::no_passphrase());
        }
        Ok((path, passphrase))
    }

    /// The password of a PDF is taken to the letter.
    fn read_typed(&self, path: &Path) -> Passphrase {
        if is_pdf(path) { self.passphrase.typed.clone() } else { prepared(&self.passphrase.typed.0) }
    }

    pub(super) fn holds_typing(&self) -> bool {
        !self.passphrase.is_empty() || self.opened.as_ref().is_some_and(|opened| !opened.choices.is_empty())
    }

    /// What is entered, once all is decided.
    #[must_use]
    pub fn settled(&self) -> Option<Settled> {
        let opened = self.opened.as_ref()?;
        let (_, merging) = opened.known.as_ref()?;
        merging.as_ref().ok()?.settled(&opened.choices).ok()
    }

    pub(super) fn act(&self) -> Result<Act, Message> {
        if let Some(trouble) = self.keeps_off() {
            return Err(trouble);
        }
        let opened = self.opened.as_ref().ok_or_else(words::no_file)?;
        Ok(Act::Merge { reply: opened.reply.clone(), choices: opened.choices.clone() })
    }

    /// What is still to be done before it can be taken in; before it is opened, to open it.
    pub(super) fn keeps_off(&self) -> Option<Message> {
        let Some(opened) = &self.opened else { return self.key().err() };
        match &opened.known {
            None => None,
            Some((_, Err(Obstacle::TakenBefore(words) | Obstacle::Trouble(words)))) => Some(words.clone()),
            Some((_, Ok(merging))) => {
                let open = merging.settled(&opened.choices).err().map_or(0, |open| open.len());
                (open > 0).then(|| words::undecided(open))
            }
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, begins: bool) -> Option<Choice> {
        let mut choice = None;
        if self.opened.is_none() {
            hint_ui(ui, words::MERGE_HINT);
            ui.add_space(4.0);
        }
        named_ui(ui, words::FILE, |ui| {
            ui.horizontal(|ui| {
                let button = ui.button(words::CHOOSE_FILE);
                if begins {
                    button.request_focus();
                }
                if button.clicked() {
                    choice = Some(Choice::AskFile);
                }
                match &self.path {
                    Some(path) => {
                        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                        ui.add(Label::new(name).truncate()).on_hover_text(path.display().to_string());
                    }
                    None => hint_ui(ui, words::NO_FILE),
                }
            });
        });
        match &mut self.opened {
            Some(opened) => opened.ui(ui, around),
            None => self.key_ui(ui),
        }
        choice
    }

    fn key_ui(&mut self, ui: &mut Ui) {
        let Some(path) = &self.path else { return };
        let is_pdf = is_pdf(path);
        let name = if is_pdf { words::PASSWORD } else { words::PASSPHRASE };
        let hint = if is_pdf { words::PASSWORD_HINT } else { words::PASSPHRASE_HINT };
        self.passphrase.ui(ui, name, hint, !self.is_reading);
        if self.is_reading {
            hint_ui(ui, words::READING);
        }
    }
}

fn is_pdf(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf"))
}

impl Opened {
    fn update(&mut self, around: &Surroundings<'_>) {
        let Some(case) = around.case else { return };
        if self.known.as_ref().is_none_or(|(revision, _)| *revision != around.revision) {
            let merging = match received(case, &self.reply) {
                Some(known) => Err(Obstacle::TakenBefore(record::refused(&Refused::AlreadyTaken { on: known.on }))),
                None => merge(case, &around.rules, &self.reply).map_err(|why| Obstacle::Trouble(share::reply(why))),
            };
            self.known = Some((around.revision, merging));
        }
    }

    fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>) {
        self.update(around);
        fact_ui(ui, words::FROM, &words::from(&self.reply.from, self.reply.on));
        let Some((_, known)) = &self.known else { return };
        let merging = match known {
            Ok(merging) => merging,
            Err(Obstacle::TakenBefore(words)) => {
                ui.add_space(6.0);
                return sentence_ui(ui, look::QUIET_PALE, look::TEXT, &words.sentences());
            }
            Err(Obstacle::Trouble(trouble)) => {
                ui.add_space(6.0);
                return sentence_ui(ui, look::ERROR_PALE, look::ERROR, &trouble.sentences());
            }
        };
        for note in &merging.notes {
            ui.add_space(4.0);
            sentence_ui(ui, look::CAUTION_PALE, look::CAUTION, &paperwork::note(note).sentences());
        }
        if merging.fields.is_empty() {
            ui.add_space(8.0);
            ui.label(prose(words::NOTHING));
        }
        let rows: Vec<Row> = merging.fields.iter().map(|field| Row::of(around, field)).collect();
        conflicts_ui(ui, &rows, &mut self.choices);
        taken_ui(ui, &rows);
        refused_ui(ui, &rows);
        same_ui(ui, &rows);
    }
}

/// A field that was changed there, in words.
struct Row {
    place: Place,
    label: String,
    sort: Sort,
    base: String,
    mine: String,
    theirs: String,
    why: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Conflict,
    Taken,
    Same,
    Refused,
}

impl Row {
    fn of(around: &Surroundings<'_>, field: &MergedField) -> Self {
        let (whole, column) = around.fields_at(&field.place);
        let text = |value: &Option<Value>| match value {
            Some(value) => display(column.or(whole), value),
            None => words::EMPTY.to_owned(),
        };
        let (place, label) = (field.place.clone(), around.place_name(&field.place));
        let row = |sort, base, mine, theirs, why| Self { place, label, sort, base, mine, theirs, why };
        match &field.outcome {
            Outcome::Taken { base, theirs } => row(Sort::Taken, text(base), text(base), text(theirs), String::new()),
            Outcome::Same => row(Sort::Same, String::new(), String::new(), String::new(), String::new()),
            Outcome::Conflict { base, mine, theirs } => {
                row(Sort::Conflict, text(base), text(mine), text(theirs), String::new())
            }
            Outcome::Refused { theirs, objection } => {
                row(Sort::Refused, String::new(), String::new(), text(theirs), reply::objection(objection))
            }
        }
    }
}

fn of(rows: &[Row], sort: Sort) -> Vec<&Row> {
    rows.iter().filter(|row| row.sort == sort).collect()
}

fn heading_ui(ui: &mut Ui, words_of: &str, count: usize) {
    ui.add_space(14.0);
    let heading = RichText::new(words::counted(words_of, count));
    ui.label(heading.family(look::bold()).color(look::ACCENT));
    ui.add_space(2.0);
}

/// What both sides changed, each beside the other, with what is chosen.
fn conflicts_ui(ui: &mut Ui, rows: &[Row], choices: &mut Vec<Chosen>) {
    let rows = of(rows, Sort::Conflict);
    if rows.is_empty() {
        return;
    }
    heading_ui(ui, words::CONFLICTS, rows.len());
    hint_ui(ui, words::CONFLICTS_HINT);
    for row in rows {
        let chosen = choices.iter().find(|choice| choice.place == row.place).map(|choice| choice.theirs);
        let colour = if chosen.is_none() { look::CAUTION } else { look::LINE_PALE };
        let frame = Frame::new().stroke(Stroke::new(1.0, colour)).corner_radius(6.0);
        frame.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            if let Some(theirs) = conflict_ui(ui, row, chosen) {
                choices.retain(|choice| choice.place != row.place);
                choices.push(Chosen { place: row.place.clone(), theirs });
            }
        });
        ui.add_space(4.0);
    }
}

fn conflict_ui(ui: &mut Ui, row: &Row, chosen: Option<bool>) -> Option<bool> {
    let mut picked = None;
    ui.label(prose(&row.label).family(look::bold()));
    ui.add_space(2.0);
    let width = column_width(ui.available_width(), 3);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for (head, text, theirs) in [
            (words::BASE, &row.base, None),
            (words::MINE, &row.mine, Some(false)),
            (words::THEIRS, &row.theirs, Some(true)),
        ] {
            ui.vertical(|ui| {
                ui.set_width(width);
                hint_ui(ui, head);
                let is_left = theirs.is_some() && chosen.is_some() && chosen != theirs;
                ui.label(prose(text).color(if is_left || theirs.is_none() { look::WEAK } else { look::TEXT }));
                if let Some(theirs) = theirs {
                    let label = words::side(theirs);
                    let radio = ui.radio(chosen == Some(theirs), label);
                    if radio.accessible_name(window::option(&row.label, label)).clicked() {
                        picked = Some(theirs);
                    }
                }
            });
        }
    });
    picked
}

fn taken_ui(ui: &mut Ui, rows: &[Row]) {
    let rows = of(rows, Sort::Taken);
    if rows.is_empty() {
        return;
    }
    heading_ui(ui, words::TAKEN, rows.len());
    let rows: Vec<[&str; 3]> = rows.iter().map(|row| [&*row.label, &*row.mine, &*row.theirs]).collect();
    table_ui(ui, words::TAKEN, [words::FIELD, words::MINE, words::THEIRS], &rows);
}

fn refused_ui(ui: &mut Ui, rows: &[Row]) {
    let rows = of(rows, Sort::Refused);
    if rows.is_empty() {
        return;
    }
    heading_ui(ui, words::REFUSED, rows.len());
    let rows: Vec<[&str; 3]> = rows.iter().map(|row| [&*row.label, &*row.theirs, &*row.why]).collect();
    table_ui(ui, words::REFUSED, [words::FIELD, words::THEIRS, words::WHY], &rows);
}

fn same_ui(ui: &mut Ui, rows: &[Row]) {
    let rows = of(rows, Sort::Same);
    if !rows.is_empty() {
        heading_ui(ui, words::SAME, rows.len());
        let labels: Vec<&str> = rows.iter().map(|row| &*row.label).collect();
        ui.label(prose(&labels.join("、")).color(look::WEAK));
    }
}

fn table_ui(ui: &mut Ui, name: &str, heads: [&str; 3], rows: &[[&str; 3]]) {
    let rest = ((ui.available_width() - NAMES - 2.0 * GAP) / 2.0).max(80.0);
    let widths = [NAMES, rest, rest];
    Grid::new(name).striped(true).num_columns(3).spacing(vec2(GAP, 6.0)).show(ui, |ui| {
        for (head, width) in heads.into_iter().zip(widths) {
            cell_ui(ui, width, RichText::new(head).size(look::SMALL).color(look::WEAK));
        }
        ui.end_row();
        for row in rows {
            for (text, width) in row.iter().zip(widths) {
                cell_ui(ui, width, prose(text));
            }
            ui.end_row();
        }
    });
}

fn cell_ui(ui: &mut Ui, width: f32, text: RichText) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.label(text);
    });
}

/// The width of one of so many columns.
fn column_width(width: f32, count: u8) -> f32 {
    ((width - f32::from(count - 1) * GAP) / f32::from(count)).max(60.0)
}
