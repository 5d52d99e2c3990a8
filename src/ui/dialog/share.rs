//! 受け渡しファイルを作る: which papers go to whom in one encrypted file, and what exactly they tell.

use std::collections::BTreeSet;
use std::path::PathBuf;

use eframe::egui::{Label, Ui};

use crate::messages::{self, Message, giving as words, record, sheets};
use crate::model::case::{Case, Document};
use crate::model::consent::needs_consent;
use crate::model::form::{Form, Party};
use crate::model::revision::{Paper, Recipient};
use crate::paperwork::Act;
use crate::ui::look;

use super::disclosed::{Disclosed, Printed, heading_ui};
use super::parts::{hint_ui, named_ui, sentence_ui, tick_ui};
use super::passphrase::NewPassphrase;
use super::recipient::{name_of, recipient_ui, trimmed};
use super::{Choice, Surroundings};

/// The parties in the order in which they are offered: those outside come first.
const PARTIES: [Party; 6] = [
    Party::Company,
    Party::OccupationalPhysician,
    Party::OutsideCoordinator,
    Party::Patient,
    Party::Physician,
    Party::Coordinator,
];

/// What goes in one file, as it was entered so far.
pub struct Share {
    /// To whom.
    pub to: Recipient,
    /// The documents, by their places in the case.
    pub documents: BTreeSet<usize>,
    /// A PDF to be filled goes along.
    pub fillable: bool,
    /// What encrypts it.
    pub passphrase: NewPassphrase,
    /// The file.
    pub path: Option<PathBuf>,
    /// What goes of the documents.
    pub disclosed: Disclosed,
}

impl Share {
    /// Begins with this document for the company.
    #[must_use]
    pub fn new(document: usize, passphrase: NewPassphrase, path: Option<PathBuf>, around: &Surroundings<'_>) -> Self {
        let to = Recipient { party: Party::Company, name: name_of(around, Party::Company) };
        let documents = papers(around).filter(|(at, ..)| *at == document).map(|(at, ..)| at).collect();
        Self { to, documents, fillable: false, passphrase, path, disclosed: Disclosed::default() }
    }

    /// The forms that a consent is asked for, and for whom.
    #[must_use]
    pub fn subject<'a>(&self, around: &'a Surroundings<'_>) -> (Vec<&'a Form>, Party) {
        let chosen = papers(around).filter(|(at, ..)| self.documents.contains(at));
        (chosen.map(|(_, _, form)| form).collect(), self.to.party)
    }

    pub(super) fn act(&self) -> Result<Act, Message> {
        if self.documents.is_empty() {
            return Err(words::no_paper());
        }
        if let Some(trouble) = self.disclosed.trouble() {
            return Err(trouble);
        }
        Ok(Act::Share {
            documents: self.chosen(),
            to: trimmed(&self.to),
            decisions: self.disclosed.decisions(),
            passphrase: self.passphrase.read()?,
            path: self.path.clone().ok_or_else(words::no_file)?,
            fillable: self.fillable,
        })
    }

    fn chosen(&self) -> Vec<usize> {
        self.documents.iter().copied().collect()
    }

    /// Why the file cannot be made yet; none where it can.
    pub(super) fn keeps_off(&self) -> Option<Message> {
        if self.documents.is_empty() {
            return Some(words::no_paper());
        }
        let trouble = self.disclosed.trouble();
        trouble.or_else(|| self.passphrase.read().err()).or_else(|| self.path.is_none().then(words::no_file))
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, begins: bool) -> Option<Choice> {
        hint_ui(ui, words::SHARE_HINT);
        ui.add_space(4.0);
        recipient_ui(ui, around, &mut self.to, (&PARTIES, messages::party), begins);
        self.papers_ui(ui, around);
        self.disclosed.update(around, &self.chosen(), self.to.party, Printed::default());
        let mut decided = None;
        if !self.documents.is_empty() {
            decided = self.disclosed.hits_ui(ui);
            self.disclosed.held_back_ui(ui);
        }
        heading_ui(ui, words::SEALED);
        let passphrase = self.passphrase.ui(ui);
        named_ui(ui, words::FILLABLE, |ui| {
            tick_ui(ui, words::FILLABLE, words::WITH_FILLABLE, &mut self.fillable);
            hint_ui(ui, words::FILLABLE_HINT);
        });
        decided.or(passphrase).or(file_ui(ui, self.path.as_deref()))
    }

    fn papers_ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>) {
        let titles = around.titles();
        named_ui(ui, words::PAPERS, |ui| {
            for (at, document, form) in papers(around) {
                let mut is_ticked = self.documents.contains(&at);
                ui.horizontal(|ui| {
                    if tick_ui(ui, words::PAPERS, &titles[at], &mut is_ticked) {
                        if is_ticked {
                            self.documents.insert(at);
                        } else {
                            self.documents.remove(&at);
                        }
                    }
                    let paper = around.case.map(|case| Paper::of(case, document, form));
                    hint_ui(ui, &paper.as_ref().map(becomes).unwrap_or_default());
                });
            }
            if papers(around).next().is_none() {
                hint_ui(ui, words::NO_PAPERS);
            }
        });
    }

    /// What has to be seen before the file is made.
    pub(super) fn notices_ui(&self, ui: &mut Ui, around: &Surroundings<'_>) -> Option<Choice> {
        if self.documents.is_empty() {
            return None;
        }
        let refusal = self.disclosed.refusal_ui(ui);
        if self.disclosed.is_allowed() {
            consents_ui(ui, around, self.to.party, &self.disclosed.consents());
        }
        refusal
    }
}

/// The consents that something goes under.
pub(super) fn consents_ui(ui: &mut Ui, around: &Surroundings<'_>, to: Party, consents: &[u32]) {
    if !needs_consent(to) {
        sentence_ui(ui, look::QUIET_PALE, look::WEAK, sheets::NEEDS_NO_CONSENT);
        return;
    }
    let all = around.case.map_or(&[][..], |case| &case.consents);
    for consent in all.iter().filter(|one| consents.contains(&one.number)) {
        sentence_ui(ui, look::ACCENT_PALE, look::TEXT, &sheets::under(consent.number, consent.given_on));
    }
    if to == Party::OutsideCoordinator && !consents.is_empty() {
        sentence_ui(ui, look::QUIET_PALE, look::TEXT, record::EVERY_COORDINATOR);
    }
}

/// Where the file goes.
pub(super) fn file_ui(ui: &mut Ui, path: Option<&std::path::Path>) -> Option<Choice> {
    let mut choice = None;
    named_ui(ui, words::FILE, |ui| {
        ui.horizontal(|ui| {
            if ui.button(words::CHOOSE_FILE).clicked() {
                choice = Some(Choice::AskFile);
            }
            if let Some(path) = path {
                let words = path.display().to_string();
                let name = path.file_name().map_or_else(|| words.clone(), |name| name.to_string_lossy().into_owned());
                ui.add(Label::new(name).truncate()).on_hover_text(words);
            }
        });
        if let Some(folder) = path.and_then(std::path::Path::parent) {
            hint_ui(ui, &folder.display().to_string());
        }
    });
    choice
}

/// The documents that anybody outside may have, with their forms.
fn papers<'a>(around: &'a Surroundings<'_>) -> impl Iterator<Item = (usize, &'a Document, &'a Form)> {
    let documents = around.case.map_or(&[][..], |case: &Case| &case.documents);
    let known = |(at, document): (usize, &'a Document)| Some((at, document, around.forms.get(&document.form)?));
    documents.iter().enumerate().filter_map(known).filter(|(.., form)| form.audience.contains(&Party::Patient))
}

/// Which revision it will be, in few words.
fn becomes(paper: &Paper) -> String {
    match paper {
        Paper::Draft => words::becomes(1),
        Paper::Current(revision) => record::revision(revision.number),
        Paper::Changed(revision) => words::becomes(revision.number + 1),
    }
}
