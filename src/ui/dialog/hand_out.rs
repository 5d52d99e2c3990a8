//! 渡す: which document goes to whom, what for, and under which consent.

use std::collections::BTreeSet;
use std::path::PathBuf;

use eframe::egui::{Label, Ui};

use crate::messages::{self, Message, record as words, share, sheets};
use crate::model::case::{Case, Document};
use crate::model::check::missing;
use crate::model::consent::{Denial, needs_consent};
use crate::model::disclosure::{Decision, Disclosure, Hit, Request, Withheld, disclose};
use crate::model::form::{Form, Party};
use crate::model::process::lines;
use crate::model::revision::{CopyMark, Paper, Purpose, Recipient};
use crate::paperwork::Act;
use crate::ui::{Action, look};

use super::parts::{
    fact_ui, hint_ui, line_id, list_ui, named_ui, notice_ui, prose, radios_ui, sentence_ui, text_ui, tick_ui,
};
use super::{Choice, Surroundings};

/// The parties in the order in which they are offered.
const PARTIES: [Party; 6] = [
    Party::Patient,
    Party::Company,
    Party::OccupationalPhysician,
    Party::OutsideCoordinator,
    Party::Physician,
    Party::Coordinator,
];
/// The most empty fields that are named.
const MOST: usize = 8;

/// What is handed out, as it was entered so far.
pub struct HandOut {
    /// The document, by its place in the case.
    pub document: usize,
    /// To whom.
    pub party: Party,
    /// By what name.
    pub name: String,
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
    /// What was decided about words that may tell the diagnosis.
    pub decisions: Vec<Decision>,
}

impl HandOut {
    /// Begins with what is likely: the party whose signature is awaited, and its name.
    #[must_use]
    pub fn new(document: usize, folder: Option<PathBuf>, around: &Surroundings<'_>) -> Self {
        let mut sheet = Self {
            document,
            party: Party::Patient,
            name: String::new(),
            purpose: Purpose::ForSignature,
            marks: BTreeSet::new(),
            with_timeline: false,
            folder,
            writes: true,
            prints: false,
            decisions: Vec::new(),
        };
        sheet.begin(around);
        sheet
    }

    /// What it is called on the sheet that asks for the consent: the form and the party.
    #[must_use]
    pub fn subject<'a>(&self, around: &'a Surroundings<'_>) -> Option<(&'a Form, Party)> {
        Some((self.of(around)?.2, self.party))
    }

    pub(super) fn act(&self, around: &Surroundings<'_>) -> Result<Act, Message> {
        if !self.writes && !self.prints {
            return Err(sheets::nowhere());
        }
        if self.purpose == Purpose::ForGood && self.marks.is_empty() {
            return Err(sheets::no_copy());
        }
        let folder = if self.writes { Some(self.folder.clone().ok_or_else(sheets::no_folder)?) } else { None };
        match self.disclosed(around) {
            Some(Err(papers)) => return Err(share::withheld(&papers)),
            Some(Ok(disclosure)) if !disclosure.undecided().is_empty() => {
                return Err(share::undecided(disclosure.undecided()));
            }
            _ => {}
        }
        Ok(Act::HandOut {
            document: self.document,
            to: self.to(),
            purpose: self.purpose,
            marks: self.marks.iter().copied().collect(),
            with_timeline: self.with_timeline,
            fillable: false,
            password: None,
            decisions: self.decisions.clone(),
            folder,
        })
    }

    /// The case, the document and its form.
    fn of<'a>(&self, around: &'a Surroundings<'_>) -> Option<(&'a Case, &'a Document, &'a Form)> {
        let case = around.case?;
        let document = case.documents.get(self.document)?;
        Some((case, document, around.forms.get(&document.form)?))
    }

    fn to(&self) -> Recipient {
        Recipient { party: self.party, name: self.name.trim().to_owned() }
    }

    /// What the recipient would see, or why it may not go there.
    fn disclosed(&self, around: &Surroundings<'_>) -> Option<Result<Disclosure, Vec<Withheld>>> {
        let (case, ..) = self.of(around)?;
        let (documents, to) = ([self.document], self.to());
        let (decisions, rules, today) = (&self.decisions, &around.rules, around.today);
        Some(disclose(&Request { case, documents: &documents, to: &to, decisions, rules, today }))
    }

    /// Whether it may go there as it is.
    pub(super) fn is_permitted(&self, around: &Surroundings<'_>) -> bool {
        matches!(self.disclosed(around), Some(Ok(disclosure)) if disclosure.undecided().is_empty())
    }

    /// Another document was chosen: whose signature it awaits comes first.
    fn begin(&mut self, around: &Surroundings<'_>) {
        let Some(case) = around.case.filter(|case| self.document < case.documents.len()) else { return };
        let lines = lines(case, around.forms, self.document);
        let awaited = lines.iter().find(|line| !line.mark.is_done()).map(|line| line.party);
        self.purpose = if awaited.is_some() { Purpose::ForSignature } else { Purpose::ForGood };
        self.party = awaited.unwrap_or(Party::Patient);
        self.goes_to(around);
    }

    /// Another party was chosen.
    fn goes_to(&mut self, around: &Surroundings<'_>) {
        self.name = name_of(around, self.party);
        // What one may read is not decided for another.
        self.decisions.clear();
        self.marks = usual_marks(self.purpose, self.party);
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
        let (party, purpose) = (self.party, self.purpose);
        let parties: Vec<Party> = PARTIES.into_iter().filter(|party| around.has(*party)).collect();
        radios_ui(ui, sheets::TO, &parties, &mut self.party, |party| messages::party(party).to_owned());
        if self.party != party {
            self.goes_to(around);
        }
        let name = text_ui(ui, sheets::TO_NAME, &mut self.name, 300.0);
        if begins {
            ui.memory_mut(|memory| memory.request_focus(line_id(sheets::TO_NAME)));
        }
        name.on_hover_text(sheets::TO_NAME_HINT);
        let purposes = [Purpose::ForSignature, Purpose::ForGood];
        radios_ui(ui, sheets::PURPOSE, &purposes, &mut self.purpose, |one| words::purpose(one).to_owned());
        if self.purpose != purpose {
            self.marks = usual_marks(self.purpose, self.party);
        }
        self.decisions_ui(ui, around);
        self.marks_ui(ui);
        if self.of(around).is_some_and(|(.., form)| form.has_timeline()) {
            named_ui(ui, sheets::TIMELINE, |ui| {
                tick_ui(ui, sheets::TIMELINE, sheets::WITH_TIMELINE, &mut self.with_timeline)
            });
        }
        self.way_ui(ui)
    }

    /// What has to be seen before it is handed out.
    pub(super) fn notices_ui(&self, ui: &mut Ui, around: &Surroundings<'_>) -> Option<Choice> {
        self.missing_ui(ui, around);
        self.consent_ui(ui, around)
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

    /// Asks about each field in which a word may tell the diagnosis.
    fn decisions_ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>) {
        let Some(Ok(disclosure)) = self.disclosed(around) else { return };
        let mut asked: Vec<&Hit> = Vec::new();
        for hit in disclosure.hits() {
            if asked.iter().any(|known| known.place == hit.place) {
                continue;
            }
            asked.push(hit);
            let mut goes = hit.goes;
            let name = sheets::word_found(&share::place_name(&hit.place, &hit.name), &hit.word);
            radios_ui(ui, &name, &[Some(false), Some(true)], &mut goes, |goes| sheets::decision(goes).to_owned());
            if let Some(goes) = goes.filter(|_| goes != hit.goes) {
                self.decisions.retain(|decision| decision.place != hit.place);
                self.decisions.push(Decision { place: hit.place.clone(), goes });
            }
        }
    }

    /// The consent that it goes under, or why it may not go there.
    fn consent_ui(&self, ui: &mut Ui, around: &Surroundings<'_>) -> Option<Choice> {
        let mut choice = None;
        let consents = around.case.map_or(&[][..], |case| &case.consents);
        let given = |number: u32| consents.iter().find(|one| one.number == number).map(|one| one.given_on);
        let disclosure = match self.disclosed(around)? {
            Ok(disclosure) => disclosure,
            Err(papers) => {
                notice_ui(ui, look::ERROR_PALE, |ui| {
                    ui.label(prose(&share::withheld(&papers).sentences()).color(look::ERROR));
                    if may_be_consented(&papers) && ui.button(sheets::RECORD_CONSENT).clicked() {
                        choice = Some(Choice::Open(Box::new(Action::Consent)));
                    }
                });
                return choice;
            }
        };
        match disclosure.preview().consents().first().copied().flatten() {
            None => sentence_ui(ui, look::QUIET_PALE, look::WEAK, sheets::NEEDS_NO_CONSENT),
            Some(number) => {
                let words = sheets::under(number, given(number).unwrap_or(around.today));
                sentence_ui(ui, look::ACCENT_PALE, look::TEXT, &words);
            }
        }
        self.left_out_ui(ui, around, &disclosure);
        if !disclosure.undecided().is_empty() {
            let words = share::undecided(disclosure.undecided()).sentences();
            sentence_ui(ui, look::CAUTION_PALE, look::CAUTION, &words);
        }
        choice
    }

    /// What the recipient does not see of the page.
    fn left_out_ui(&self, ui: &mut Ui, around: &Surroundings<'_>, disclosure: &Disclosure) {
        let Some((.., form)) = self.of(around).filter(|_| needs_consent(self.party)) else { return };
        let Some(left_out) = disclosure.preview().left_out(0, form) else { return };
        let label = |key: &String| {
            let (table, column) = key.split_once('.').unwrap_or((key, ""));
            let field = form.field(key).or_else(|| form.field(table)?.column(column));
            field.map_or(messages::page::CASE_NUMBER.to_owned(), |field| field.label.clone())
        };
        let labels: Vec<String> = left_out.fields.iter().map(label).collect();
        sentence_ui(ui, look::CAUTION_PALE, look::CAUTION, &sheets::left_out(&labels));
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

/// Whether a consent would let papers go that may not go as it is.
fn may_be_consented(papers: &[Withheld]) -> bool {
    let is_internal = |paper: &Withheld| matches!(paper, Withheld::Denied { denial: Denial::Internal, .. });
    !papers.iter().any(is_internal)
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

/// The name under which somebody of that party signs.
fn name_of(around: &Surroundings<'_>, party: Party) -> String {
    let forms = around.forms.values().flat_map(Form::signature_lines).map(|(_, line)| line);
    let signer = |line: &crate::model::form::SignatureLine| around.shared_text(line.signer.as_deref()?);
    forms.filter(|line| line.by == party).find_map(signer).unwrap_or_default()
}
