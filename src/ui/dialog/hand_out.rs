//! 渡す: which document goes to whom, what for, and under which consent.

use std::collections::BTreeSet;
use std::path::PathBuf;

use eframe::egui::{Label, Ui};

use crate::messages::{self, Message, record as words, sheets};
use crate::model::case::{Case, Document};
use crate::model::check::missing;
use crate::model::form::{Form, Party};
use crate::model::package::Passphrase;
use crate::model::process::lines;
use crate::model::revision::{CopyMark, Paper, Purpose, Recipient};
use crate::paperwork::Act;
use crate::ui::look;

use super::disclosed::{Disclosed, Printed};
use super::parts::{fact_ui, hint_ui, list_ui, named_ui, radios_ui, sentence_ui, tick_ui};
use super::pdf_options::PdfOptions;
use super::recipient::{PARTIES, name_of, recipient_ui, trimmed};
use super::share::consents_ui;
use super::{Choice, Surroundings};

/// The most empty fields that are named.
const MOST: usize = 8;

/// What is handed out, as it was entered so far.
pub struct HandOut {
    /// The document, by its place in the case.
    pub document: usize,
    /// To whom.
    pub to: Recipient,
    /// What for.
    pub purpose: Purpose,
    /// The copies that go along.
    pub marks: BTreeSet<CopyMark>,
    /// The plan over the months goes along.
    pub with_timeline: bool,
    /// The folder in which it is written.
    pub folder: Option<PathBuf>,
    /// It is written there.
    pub writes: bool,
    /// It is printed.
    pub prints: bool,
    /// What the PDF can do beside being read, where it is written and not printed.
    pub options: PdfOptions,
    /// What goes of the document.
    pub disclosed: Disclosed,
}

impl HandOut {
    /// Begins with what is likely: the party whose signature is awaited, and its name.
    #[must_use]
    pub fn new(document: usize, folder: Option<PathBuf>, around: &Surroundings<'_>) -> Self {
        let mut sheet = Self {
            document,
            to: Recipient { party: Party::Patient, name: String::new() },
            purpose: Purpose::ForSignature,
            marks: BTreeSet::new(),
            with_timeline: false,
            folder,
            writes: true,
            prints: false,
            options: PdfOptions::default(),
            disclosed: Disclosed::default(),
        };
        sheet.begin(around);
        sheet
    }

    /// What it is called on the sheet that asks for the consent: the form and the party.
    #[must_use]
    pub fn subject<'a>(&self, around: &'a Surroundings<'_>) -> Option<(&'a Form, Party)> {
        Some((self.of(around)?.2, self.to.party))
    }

    pub(super) fn act(&self) -> Result<Act, Message> {
        if !self.writes && !self.prints {
            return Err(sheets::nowhere());
        }
        if self.purpose == Purpose::ForGood && self.marks.is_empty() {
            return Err(sheets::no_copy());
        }
        let folder = if self.writes { Some(self.folder.clone().ok_or_else(sheets::no_folder)?) } else { None };
        if let Some(trouble) = self.disclosed.trouble() {
            return Err(trouble);
        }
        Ok(Act::HandOut {
            document: self.document,
            to: trimmed(&self.to),
            purpose: self.purpose,
            decisions: self.disclosed.decisions(),
            marks: self.marks.iter().copied().collect(),
            with_timeline: self.with_timeline,
            fillable: self.options.is_fillable && self.is_file_only(),
            password: self.locked()?,
            folder,
        })
    }

    /// Whose copy the first PDF says that it is.
    fn first_mark(&self) -> Option<CopyMark> {
        self.marks.first().copied().filter(|_| self.purpose == Purpose::ForGood)
    }

    /// What is printed cannot be filled in, nor locked.
    fn is_file_only(&self) -> bool {
        self.writes && !self.prints
    }

    /// What locks the PDF.
    fn locked(&self) -> Result<Option<Passphrase>, Message> {
        if self.is_file_only() { self.options.password() } else { Ok(None) }
    }

    /// The case, the document and its form.
    fn of<'a>(&self, around: &'a Surroundings<'_>) -> Option<(&'a Case, &'a Document, &'a Form)> {
        let case = around.case?;
        let document = case.documents.get(self.document)?;
        Some((case, document, around.forms.get(&document.form)?))
    }

    /// Why it cannot be handed out yet; none where it can.
    pub(super) fn keeps_off(&self) -> Option<Message> {
        self.disclosed.trouble().or_else(|| self.locked().err())
    }

    /// Another document was chosen: whose signature it awaits comes first.
    fn begin(&mut self, around: &Surroundings<'_>) {
        let Some(case) = around.case.filter(|case| self.document < case.documents.len()) else { return };
        let lines = lines(case, around.forms, self.document);
        let awaited = lines.iter().find(|line| !line.mark.is_done()).map(|line| line.party);
        self.purpose = if awaited.is_some() { Purpose::ForSignature } else { Purpose::ForGood };
        self.to.party = awaited.unwrap_or(Party::Patient);
        self.to.name = name_of(around, self.to.party);
        self.marks = usual_marks(self.purpose, self.to.party);
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, begins: bool) -> Option<Choice> {
        let titles = around.titles();
        if let Some(document) = list_ui(ui, sheets::DOCUMENT, &titles, self.document) {
            self.document = document;
            self.begin(around);
        }
        if let Some((case, document, form)) = self.of(around) {
            fact_ui(ui, sheets::BECOMES, &becomes(&Paper::of(case, document, form)));
        }
        if recipient_ui(ui, around, &mut self.to, (&PARTIES, messages::party), begins) {
            self.marks = usual_marks(self.purpose, self.to.party);
        }
        if self.of(around).is_some() {
            let printed = Printed { mark: self.first_mark(), with_timeline: self.with_timeline };
            self.disclosed.update(around, &[self.document], self.to.party, printed);
        }
        let decided = self.disclosed.hits_ui(ui);
        let purpose = self.purpose;
        let purposes = [Purpose::ForSignature, Purpose::ForGood];
        radios_ui(ui, sheets::PURPOSE, &purposes, &mut self.purpose, |one| words::purpose(one).to_owned());
        if self.purpose != purpose {
            self.marks = usual_marks(self.purpose, self.to.party);
        }
        self.marks_ui(ui);
        if self.of(around).is_some_and(|(.., form)| form.has_timeline()) {
            named_ui(ui, sheets::TIMELINE, |ui| {
                tick_ui(ui, sheets::TIMELINE, sheets::WITH_TIMELINE, &mut self.with_timeline)
            });
        }
        let way = self.way_ui(ui);
        if self.is_file_only() {
            self.options.ui(ui);
        }
        self.disclosed.held_back_ui(ui);
        decided.or(way)
    }

    /// What has to be seen before it is handed out.
    pub(super) fn notices_ui(&self, ui: &mut Ui, around: &Surroundings<'_>) -> Option<Choice> {
        self.missing_ui(ui, around);
        if self.disclosed.is_allowed() {
            consents_ui(ui, around, self.to.party, &self.disclosed.consents());
        }
        self.disclosed.refusal_ui(ui)
    }

    fn marks_ui(&mut self, ui: &mut Ui) {
        named_ui(ui, sheets::COPIES, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.set_min_height(28.0);
                ui.spacing_mut().item_spacing.x = 14.0;
                for mark in CopyMark::ALL {
                    let mut is_ticked = self.marks.contains(&mark);
                    if tick_ui(ui, sheets::COPIES, words::copy_mark(mark), &mut is_ticked) {
                        if is_ticked {
                            self.marks.insert(mark)
                        } else {
                            self.marks.remove(&mark)
                        };
                    }
                }
            });
            hint_ui(
                ui,
                if self.purpose == Purpose::ForSignature { sheets::COPIES_TO_SIGN } else { sheets::COPIES_FOR_GOOD },
            );
        });
    }

    /// Where it is written, and whether it is printed.
    fn way_ui(&mut self, ui: &mut Ui) -> Option<Choice> {
        let mut choice = None;
        named_ui(ui, sheets::WAY, |ui| {
            tick_ui(ui, sheets::WAY, sheets::PRINTS, &mut self.prints);
            tick_ui(ui, sheets::WAY, sheets::WRITES, &mut self.writes);
            if self.writes {
                ui.horizontal(|ui| {
                    if ui.button(sheets::CHOOSE_FOLDER).clicked() {
                        choice = Some(Choice::AskFolder);
                    }
                    if let Some(folder) = &self.folder {
                        let words = folder.display().to_string();
                        ui.add(Label::new(&words).truncate()).on_hover_text(&words);
                    }
                });
            }
        });
        choice
    }

    fn missing_ui(&self, ui: &mut Ui, around: &Surroundings<'_>) {
        let Some((case, document, form)) = self.of(around) else { return };
        let labels: Vec<&str> = missing(case, document, form).map(|field| field.label.as_str()).collect();
        if !labels.is_empty() {
            let words = sheets::missing(&labels[..labels.len().min(MOST)], labels.len());
            sentence_ui(ui, look::CAUTION_PALE, look::CAUTION, &words);
        }
    }
}

/// Which revision it will be.
fn becomes(paper: &Paper) -> String {
    match paper {
        Paper::Draft => sheets::becomes_first(),
        Paper::Current(revision) => sheets::becomes_again(revision.number),
        Paper::Changed(revision) => sheets::becomes_next(revision.number, revision.is_signed()),
    }
}

/// The copies that usually go along: what is kept says whose it is.
fn usual_marks(purpose: Purpose, party: Party) -> BTreeSet<CopyMark> {
    let own = match party {
        Party::Patient => CopyMark::Patient,
        Party::Company | Party::OutsideCoordinator | Party::OccupationalPhysician => CopyMark::Company,
        Party::Physician | Party::Coordinator => CopyMark::Hospital,
    };
    if purpose == Purpose::ForGood { BTreeSet::from([own]) } else { BTreeSet::new() }
}
