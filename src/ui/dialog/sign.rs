//! 署名を記録・訂正: which line of which revision was signed, by whom, how and when.

use eframe::egui::Ui;

use crate::messages::{Message, record as words, sheets, window};
use crate::model::case::{Case, Document};
use crate::model::fingerprint::fingerprint;
use crate::model::form::{Form, SignatureLine};
use crate::model::process::lines;
use crate::model::record::Refused;
use crate::model::revision::{Revision, Signature, SigningWay};
use crate::model::value::Key;
use crate::paperwork::Act;
use crate::ui::look;

use super::day::Day;
use super::parts::{hint_ui, line_id, list_ui, named_ui, radios_ui, sentence_ui, text_ui};
use super::scan::Scan;
use super::{Choice, Surroundings};

/// A signature, as it was entered so far.
pub struct Signing {
    /// The document, by its place in the case.
    pub document: usize,
    /// The number of the revision; 0 where none was handed out.
    pub revision: u32,
    /// The key of the line.
    pub line: Key,
    /// The day beside the signature.
    pub day: Day,
    /// Who signed.
    pub name: String,
    /// How.
    pub how: SigningWay,
    /// The signed paper.
    pub scan: Scan,
}

impl Signing {
    /// Begins with the newest revision and, where no line is named, the next one to be signed.
    #[must_use]
    pub fn new(document: usize, line: Option<Key>, around: &Surroundings<'_>) -> Self {
        let (day, how) = (Day::of(around.today), SigningWay::default());
        let mut sheet =
            Self { document, revision: 0, line: Key::new(), day, name: String::new(), how, scan: Scan::default() };
        sheet.begin(around);
        if let Some(line) = line {
            sheet.line = line;
            sheet.name = sheet.signer(around);
        }
        sheet
    }

    pub(super) fn act(&self, around: &Surroundings<'_>) -> Result<Act, Message> {
        if self.revision == 0 {
            return Err(words::refused(&Refused::NoRevision));
        }
        if self.line.is_empty() {
            return Err(sheets::no_line());
        }
        let signed_on = self.day.needed(sheets::SIGNED_ON)?;
        if signed_on > around.today {
            return Err(sheets::in_future(sheets::SIGNED_ON));
        }
        Ok(Act::Sign {
            document: self.document,
            revision: Some(self.revision),
            line: self.line.clone(),
            signed_on,
            name: self.name.trim().to_owned(),
            how: self.how,
            scan: self.scan.read()?,
        })
    }

    fn of<'a>(&self, around: &'a Surroundings<'_>) -> Option<(&'a Case, &'a Document, &'a Form)> {
        let case = around.case?;
        let document = case.documents.get(self.document)?;
        Some((case, document, around.forms.get(&document.form)?))
    }

    /// Another document was chosen: its newest revision and next line come first.
    fn begin(&mut self, around: &Surroundings<'_>) {
        let Some((case, document, _)) = self.of(around) else { return };
        self.revision = document.latest().map_or(0, |latest| latest.number);
        let lines = lines(case, around.forms, self.document);
        let next = lines.iter().find(|line| !line.mark.is_done()).or(lines.first());
        self.line = next.map(|line| line.line.clone()).unwrap_or_default();
        self.name = self.signer(around);
    }

    /// Whether the chosen line of the chosen revision can still be signed.
    pub(super) fn is_open(&self, around: &Surroundings<'_>) -> bool {
        let document = self.of(around).map(|(_, document, _)| document);
        let revision = document.and_then(|one| one.revisions.iter().find(|one| one.number == self.revision));
        revision.is_some_and(|revision| revision.signature(&self.line).is_none())
    }

    /// The name of who is likely to sign.
    fn signer(&self, around: &Surroundings<'_>) -> String {
        let line = self.of(around).and_then(|(_, _, form)| line_of(form, &self.line));
        line.and_then(|line| around.shared_text(line.signer.as_deref()?)).unwrap_or_default()
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, begins: bool) -> Option<Choice> {
        if let Some(document) = list_ui(ui, sheets::DOCUMENT, &around.titles(), self.document) {
            self.document = document;
            self.begin(around);
        }
        let (_, document, form) = self.of(around)?;
        if document.revisions.is_empty() {
            ui.add_space(4.0);
            let refused = words::refused(&Refused::NoRevision);
            sentence_ui(ui, look::CAUTION_PALE, look::CAUTION, &refused.sentences());
            return None;
        }
        self.revision_ui(ui, document, form, around);
        self.lines_ui(ui, document, form, around);
        self.day.ui(ui, sheets::SIGNED_ON, around.today);
        if begins {
            ui.memory_mut(|memory| memory.request_focus(line_id(sheets::SIGNED_ON)));
        }
        text_ui(ui, sheets::SIGNER, &mut self.name, 300.0);
        radios_ui(ui, sheets::HOW, &SigningWay::ALL, &mut self.how, |how| words::signing_way(how).to_owned());
        self.scan.ui(ui)
    }

    fn revision_ui(&mut self, ui: &mut Ui, document: &Document, form: &Form, around: &Surroundings<'_>) {
        let newest: Vec<&Revision> = document.revisions.iter().rev().map(AsRef::as_ref).collect();
        let labels: Vec<String> = newest.iter().map(|one| sheets::revision_of(one.number, one.fixed_on)).collect();
        let chosen = newest.iter().position(|one| one.number == self.revision).unwrap_or(0);
        if let Some(picked) = list_ui(ui, sheets::REVISION, &labels, chosen) {
            self.revision = newest[picked].number;
        }
        let case = around.case.map(|case| fingerprint(case, document, form));
        let is_changed = newest.get(chosen).is_some_and(|one| case.as_ref() != Some(&one.fingerprint));
        if is_changed {
            named_ui(ui, "", |ui| hint_ui(ui, sheets::REVISION_IS_OLD));
        }
    }

    fn lines_ui(&mut self, ui: &mut Ui, document: &Document, form: &Form, around: &Surroundings<'_>) {
        let revision = document.revisions.iter().find(|one| one.number == self.revision);
        let before = self.line.clone();
        named_ui(ui, sheets::LINE, |ui| {
            for (_, line) in form.signature_lines() {
                let signature = revision.and_then(|revision| revision.signature(&line.key));
                let is_chosen = self.line == line.key;
                let response = ui.add_enabled_ui(signature.is_none(), |ui| {
                    ui.radio(is_chosen, sheets::line(&line.caption, signature.map(|signature| signature.signed_on)))
                });
                let name = window::option(sheets::LINE, &line.caption);
                if response.inner.accessible_name(name).clicked() {
                    self.line.clone_from(&line.key);
                }
            }
        });
        if self.line != before {
            self.name = self.signer(around);
        }
    }
}

fn line_of<'a>(form: &'a Form, key: &str) -> Option<&'a SignatureLine> {
    form.signature_lines().map(|(_, line)| line).find(|line| line.key == key)
}

/// What a signature line is called; its key where the form has none of that key any more.
#[must_use]
pub fn caption<'a>(form: Option<&'a Form>, key: &'a str) -> &'a str {
    form.and_then(|form| line_of(form, key)).map_or(key, |line| line.caption.as_str())
}

/// A signature on one line: who, how, when.
#[must_use]
pub fn signature_words(form: Option<&Form>, signature: &Signature) -> String {
    let caption = caption(form, &signature.line);
    sheets::signature(caption, &signature.name, words::signing_way(signature.how), signature.signed_on)
}

/// That a signature was recorded by mistake.
pub struct Correcting {
    /// The document, by its place in the case.
    pub document: usize,
    /// The number of the revision.
    pub revision: u32,
    /// The key of the line.
    pub line: Key,
    /// The reason.
    pub why: String,
}

impl Correcting {
    pub(super) fn act(&self) -> Result<Act, Message> {
        if self.why.trim().is_empty() {
            return Err(words::refused(&Refused::NoReason));
        }
        let (line, why) = (self.line.clone(), self.why.trim().to_owned());
        Ok(Act::CorrectSignature { document: self.document, revision: self.revision, line, why })
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, begins: bool) -> Option<Choice> {
        let case = around.case?;
        let document = case.documents.get(self.document)?;
        let form = around.forms.get(&document.form);
        let revision = document.revisions.iter().find(|one| one.number == self.revision)?;
        let title = around.titles().into_iter().nth(self.document).unwrap_or_default();
        ui.label(sheets::document_revision(&title, self.revision));
        if let Some(signature) = revision.signature(&self.line) {
            sentence_ui(ui, look::QUIET_PALE, look::TEXT, &signature_words(form, signature));
        }
        ui.add_space(4.0);
        text_ui(ui, sheets::WHY, &mut self.why, 420.0);
        if begins {
            ui.memory_mut(|memory| memory.request_focus(line_id(sheets::WHY)));
        }
        named_ui(ui, "", |ui| hint_ui(ui, sheets::CORRECT_HINT));
        None
    }
}
