//! Questions to the user, and sheets to read: one at a time, in front of everything.
//!
//! - [`sheet`]: the frame of all that is recorded, with what goes into it: [`hand_out`], [`share`],
//!   [`hand_over`], [`merge_reply`], [`sign`], [`consent`], [`ending`].
//! - [`disclosed`], [`page_view`]: what exactly goes to somebody, as these show it; [`passphrase`],
//!   [`pdf_options`]: what locks it.
//! - [`consents`], [`revisions`], [`compare`], [`log`]: what was recorded.
//! - [`made`]: the passphrase of what was made. [`unseal`]: what somebody sent, with [`known_passphrase`].
//! - [`new_case`], [`conflict`], `backups`, `directory`, `about`: the others.

mod about;
mod backups;
pub mod compare;
pub mod conflict;
pub mod consent;
pub mod consents;
mod day;
mod directory;
pub mod disclosed;
pub mod ending;
pub mod hand_out;
pub mod hand_over;
pub mod known_passphrase;
pub mod log;
pub mod made;
pub mod merge_reply;
pub mod new_case;
pub mod page_view;
mod parts;
pub mod passphrase;
pub mod pdf_options;
mod recipient;
pub mod revisions;
pub mod scan;
pub mod share;
pub mod sheet;
pub mod sign;
pub mod unseal;

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;
use eframe::egui;
use eframe::egui::{Context, Frame, Id, Modal, Ui};

use crate::messages::{self, command as words, questions as texts};
use crate::model::case::Case;
use crate::model::check::{CASE_NUMBER, Place, Rules};
use crate::model::entry::display;
use crate::model::form::{Field, Form, Party, SignatureLine};
use crate::model::package::Passphrase;
use crate::model::people::People;
use crate::model::value::{Key, Value, Values};
use crate::store::backup::Backup;
use crate::store::directory::Directory;

use super::Action;
use super::composition::Composition;
use conflict::conflict_ui;
use new_case::new_case_ui;
use parts::question_ui;

pub use compare::Compare;
pub use conflict::Conflict;
pub use log::LogView;
pub use made::Made;
pub use new_case::NewCase;
pub use scan::Scan;
pub use sheet::{Content, Sheet};
pub use unseal::Unseal;

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
    /// Something to record of the papers.
    Sheet(Box<Sheet>),
    /// What the patient agreed to.
    Consents,
    /// What was handed out of a document, by its place in the case.
    Revisions(usize),
    /// Two revisions side by side.
    Compare(Box<Compare>),
    /// What was done with the case.
    Log(Box<LogView>),
    /// An encrypted file was made.
    Made(Made),
    /// A file that somebody sent asks for its passphrase.
    Unseal(Unseal),
    /// Beside a file that somebody sent lies an earlier reply, of this name.
    ContinueReply(String),
    /// What was typed into a received case is in no reply yet.
    Unsent,
    /// A reply was opened, of this file and with this passphrase, which belongs to a case.
    IsReply(PathBuf, Passphrase),
}

impl Dialog {
    /// Whether closing it would throw away what was typed into it.
    #[must_use]
    fn holds_typing(&self) -> bool {
        match self {
            Self::NewCase(new) => new.holds_typing(),
            Self::Sheet(sheet) => sheet.holds_typing(),
            Self::Unseal(unseal) => unseal.holds_typing(),
            // The passphrase is nowhere else.
            Self::Made(_) => true,
            _ => false,
        }
    }

    /// Whether what is chosen in it is done to the open case: it goes when the case does.
    #[must_use]
    pub fn is_about_case(&self) -> bool {
        match self {
            Self::Conflict(_)
            | Self::Backups(_)
            | Self::RemoveDocument { .. }
            | Self::Sheet(_)
            | Self::Consents
            | Self::Revisions(_)
            | Self::Compare(_)
            | Self::Log(_) => true,
            Self::NewCase(_)
            | Self::Unsaved
            | Self::StillSaving
            | Self::Draft { .. }
            | Self::DiscardDraft(_)
            | Self::Calendar
            | Self::Directory
            | Self::Help
            | Self::Made(_)
            | Self::Unseal(_)
            | Self::ContinueReply(_)
            | Self::Unsent
            | Self::IsReply(..)
            | Self::Licenses => false,
        }
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
    /// Records what the sheet says.
    Record,
    /// Opens this before the shown dialog, which waits.
    Open(Box<Action>),
    /// Does this in place of what the dialog is about.
    Leave(Box<Action>),
    /// Asks for the file in which something is given away.
    AskFile,
    /// Makes another passphrase up.
    AnotherPassphrase,
    /// Opens the reply that the sheet names.
    ReadReply,
    /// Asks for the scan of a signed paper.
    AskScan,
    /// Asks for the folder of what is handed out.
    AskFolder,
    /// Shows a kept file, of this name, in the viewer.
    View(String),
    /// Writes the kept PDFs of a revision into a folder, unchanged.
    WriteAgain {
        /// The document, by its place in the case.
        document: usize,
        /// The number of its revision.
        revision: u32,
    },
    /// Prints the kept PDFs of a revision, unchanged.
    PrintAgain {
        /// The document, by its place in the case.
        document: usize,
        /// The number of its revision.
        revision: u32,
    },
    /// Writes a copy of a revision that says that it is an old one.
    WriteOld {
        /// The document, by its place in the case.
        document: usize,
        /// The number of its revision.
        revision: u32,
    },
    /// Compares two revisions of a document.
    Compare {
        /// The document, by its place in the case.
        document: usize,
        /// The numbers of the revisions.
        revisions: (u32, u32),
    },
    /// Writes the log as text.
    WriteLog,
    /// Opens the file with the passphrase that was typed.
    Unseal,
    /// Takes the reply that was opened into the open case.
    TakeReply,
}

impl Choice {
    /// Whether the dialog stays where it is.
    #[must_use]
    pub fn stays(&self) -> bool {
        matches!(
            self,
            Self::AskScan
                | Self::AskFolder
                | Self::AskFile
                | Self::AnotherPassphrase
                | Self::ReadReply
                | Self::View(_)
                | Self::WriteAgain { .. }
                | Self::PrintAgain { .. }
                | Self::WriteOld { .. }
                | Self::WriteLog
                | Self::Unseal
        )
    }
}

/// What a dialog needs to know beside its own state.
pub struct Surroundings<'a> {
    /// The shared fields.
    pub people: &'a People,
    /// The hospital's own list.
    pub directory: &'a Directory,
    /// The forms.
    pub forms: &'a BTreeMap<Key, Form>,
    /// What the checks and the search for words go by.
    pub rules: Rules<'a>,
    /// The open case.
    pub case: Option<&'a Case>,
    /// Grows with every change of it.
    pub revision: u64,
    /// Whether it can be changed.
    pub is_editable: bool,
    /// Whether a reply can be taken into it.
    pub may_take_reply: bool,
    /// Today.
    pub today: NaiveDate,
}

impl Surroundings<'_> {
    /// The documents of the case as their tabs call them; a further one of a form has its number.
    #[must_use]
    pub fn titles(&self) -> Vec<String> {
        let Some(case) = self.case else { return Vec::new() };
        (0..case.documents.len()).map(|at| self.title(case, at)).collect()
    }

    fn title(&self, case: &Case, at: usize) -> String {
        let key = &case.documents[at].form;
        let form = self.forms.get(key);
        let step = form.filter(|form| form.step > 0).map_or("", |form| messages::step(form.step));
        let title = form.map_or(key.as_str(), |form| &form.short_title);
        match case.documents_of(key).take_while(|other| *other < at).count() {
            0 => format!("{step}{title}"),
            nth => format!("{step}{title} {}", nth + 1),
        }
    }

    /// The field of a place, and the cell's own where it is one of a table.
    fn fields_at(&self, place: &Place) -> (Option<&Field>, Option<&Field>) {
        let document = place.document.and_then(|at| self.case?.documents.get(at));
        let of_form = document.and_then(|document| self.forms.get(&document.form)?.field(&place.field));
        let field = of_form.or_else(|| self.people.field(&place.field));
        (field, field.zip(place.cell.as_ref()).and_then(|(field, (_, key))| field.column(key)))
    }

    /// How a field or cell is called, with its document.
    fn place_name(&self, place: &Place) -> String {
        let (field, column) = self.fields_at(place);
        let title = place.document.and_then(|at| self.titles().into_iter().nth(at));
        let label = field.map_or(place.field.as_str(), |field| field.label.as_str());
        // What is written beside an option belongs to its field.
        let cell = place.cell.clone().filter(|_| column.is_some());
        let place = Place { cell, ..place.clone() };
        messages::place(&place, title.as_deref(), label, column.map(|column| column.label.as_str()))
    }

    /// What stands in a place.
    fn value_at(&self, place: &Place) -> Option<&Value> {
        let case = self.case?;
        let values = match place.document {
            Some(at) => &case.documents.get(at)?.values,
            None => &case.people,
        };
        let value = values.get(&place.field)?;
        match (&place.cell, value) {
            (Some((row, key)), Value::Rows(rows)) => rows.get(*row)?.get(key),
            (Some((_, option)), Value::Choice(chosen)) => chosen.get(option),
            _ => Some(value),
        }
    }

    /// The same as a person reads it.
    fn text_at(&self, place: &Place) -> String {
        if *place == Place::field(CASE_NUMBER) {
            return self.case.map_or_else(String::new, |case| case.number.clone());
        }
        let (field, column) = self.fields_at(place);
        let is_detail = place.cell.is_some() && column.is_none();
        let field = column.or(field).filter(|_| !is_detail);
        self.value_at(place).map(|value| display(field, value)).unwrap_or_default()
    }

    /// Whether something stands in a place; of a column, in any row.
    fn is_filled(&self, place: &Place) -> bool {
        if *place == Place::field(CASE_NUMBER) {
            return true;
        }
        let whole = Place { cell: None, ..place.clone() };
        match (&place.cell, self.value_at(&whole)) {
            (Some((_, key)), Some(Value::Rows(rows))) => {
                rows.iter().any(|row| row.get(key).is_some_and(|cell| !cell.is_empty()))
            }
            (_, value) => value.is_some_and(|value| !value.is_empty()),
        }
    }

    /// What stands in a shared field of text; none where nothing does.
    fn shared_text(&self, key: &str) -> Option<String> {
        let text = self.case?.people.get(key)?.as_text()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Whether the case has such a party: one that signs only where a shared field names it is
    /// there only then.
    fn has(&self, party: Party) -> bool {
        let lines = self.forms.values().flat_map(Form::signature_lines).map(|(_, line)| line);
        let mut of_party = lines.filter(|line| line.by == party).peekable();
        let is_there =
            |line: &SignatureLine| line.asked_when.as_ref().is_none_or(|key| self.shared_text(key).is_some());
        of_party.peek().is_none() || of_party.any(is_there)
    }
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
        && !Composition::is_active(ctx)
        && ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
    {
        choice = choice.or(Some(Choice::Cancel));
    }
    choice
}

fn width(dialog: &Dialog) -> f32 {
    match dialog {
        Dialog::Sheet(sheet) => sheet.width(),
        Dialog::Compare(_) | Dialog::Log(_) => 1100.0,
        Dialog::Revisions(_) | Dialog::Consents => 800.0,
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
        Dialog::Backups(backups) => backups::backups_ui(ui, backups),
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
        Dialog::Directory => directory::directory_ui(ui, around),
        Dialog::Help => about::help_ui(ui),
        Dialog::Licenses => about::licenses_ui(ui),
        Dialog::Sheet(sheet) => sheet.ui(ui, around),
        Dialog::Consents => consents::consents_ui(ui, around),
        Dialog::Revisions(document) => revisions::revisions_ui(ui, around, *document),
        Dialog::Compare(compare) => compare.ui(ui),
        Dialog::Log(log) => log.ui(ui),
        Dialog::Made(made) => made.ui(ui),
        Dialog::Unseal(unseal) => unseal.ui(ui),
        Dialog::ContinueReply(name) => unseal::continue_ui(ui, name),
        Dialog::Unsent => unseal::unsent_ui(ui),
        Dialog::IsReply(..) => unseal::is_reply_ui(ui, around.may_take_reply),
    }
}
