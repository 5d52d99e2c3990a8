//! 版の一覧: what was handed out of a document, to whom, and who signed it.

use std::collections::BTreeSet;

use eframe::egui::{Frame, Id, Margin, RichText, Stroke, Ui};

use crate::messages::{giving, log, record as words, sheets, state, window};
use crate::model::check::CASE_NUMBER;
use crate::model::date;
use crate::model::disclosure::left_out_name;
use crate::model::form::Form;
use crate::model::revision::{Revision, Signature};
use crate::ui::{Action, look};

use super::parts::{close_ui, hint_ui, prose, scroll_ui, title_ui};
use super::sign::signature_words;
use super::{Choice, Surroundings};

pub(super) fn revisions_ui(ui: &mut Ui, around: &Surroundings<'_>, document: usize) -> Option<Choice> {
    let mut choice = None;
    let title = around.titles().into_iter().nth(document).unwrap_or_default();
    title_ui(ui, &sheets::revisions_of(&title));
    let document_of = around.case.and_then(|case| case.documents.get(document));
    let revisions = document_of.map_or(&[][..], |document| &document.revisions);
    let form = document_of.and_then(|document| around.forms.get(&document.form));
    if revisions.is_empty() {
        ui.label(sheets::NO_REVISIONS);
    } else {
        hint_ui(ui, sheets::REVISIONS_HINT);
        ui.add_space(6.0);
    }
    scroll_ui(ui, 230.0, |ui| {
        for revision in revisions.iter().rev() {
            let is_newest = revisions.last().is_some_and(|last| last.number == revision.number);
            let one = One { document, revision, form, is_newest, around };
            choice = one.ui(ui).or(choice.take());
        }
    });
    ui.add_space(12.0);
    let numbers: Vec<u32> = revisions.iter().map(|revision| revision.number).collect();
    ui.horizontal(|ui| {
        choice = close_ui(ui).or(choice.take());
        if numbers.len() > 1 {
            ui.add_space(16.0);
            choice = compare_ui(ui, document, &numbers).or(choice.take());
        }
    });
    choice
}

/// Which two revisions are compared: the two newest to begin with.
fn compare_ui(ui: &mut Ui, document: usize, numbers: &[u32]) -> Option<Choice> {
    let id = Id::unique(("compared revisions", document, numbers.len()));
    let newest = (numbers.len() - 2, numbers.len() - 1);
    let (mut left, mut right) = ui.data(|data| data.get_temp(id)).unwrap_or(newest);
    for (name, at) in [(sheets::OLDER, &mut left), (sheets::NEWER, &mut right)] {
        let list = eframe::egui::ComboBox::from_id_salt(name).width(90.0).selected_text(words::revision(numbers[*at]));
        let response = list.show_ui(ui, |ui| {
            for (other, number) in numbers.iter().enumerate() {
                ui.selectable_value(at, other, words::revision(*number));
            }
        });
        response.response.accessible_name(name);
    }
    ui.data_mut(|data| data.insert_temp(id, (left, right)));
    let button = ui.add_enabled_ui(left != right, |ui| ui.button(sheets::COMPARE)).inner;
    button.clicked().then(|| Choice::Compare { document, revisions: (numbers[left], numbers[right]) })
}

/// A revision in the list.
struct One<'a> {
    document: usize,
    revision: &'a Revision,
    form: Option<&'a Form>,
    is_newest: bool,
    around: &'a Surroundings<'a>,
}

impl One<'_> {
    fn ui(&self, ui: &mut Ui) -> Option<Choice> {
        let mut choice = None;
        let stroke = Stroke::new(1.0, if self.is_newest { look::ACCENT } else { look::LINE_PALE });
        Frame::new().stroke(stroke).corner_radius(6.0).inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            self.head_ui(ui);
            for handout in &self.revision.handouts {
                ui.label(prose(&state::handout(handout)));
                if let Some(package) = &handout.package {
                    hint_ui(ui, &sheets::in_package(package));
                }
            }
            self.left_out_ui(ui);
            for signature in &self.revision.signatures {
                choice = self.signature_ui(ui, signature).or(choice.take());
            }
            if self.revision.signatures.is_empty() {
                hint_ui(ui, sheets::NO_SIGNATURES);
            }
            ui.add_space(2.0);
            choice = look::small(ui, |ui| self.buttons_ui(ui)).or(choice.take());
        });
        ui.add_space(4.0);
        choice
    }

    fn head_ui(&self, ui: &mut Ui) {
        ui.horizontal_wrapped(|ui| {
            let number = RichText::new(words::revision(self.revision.number)).family(look::bold());
            ui.label(if self.is_newest { number.color(look::ACCENT) } else { number });
            ui.label(date::format(self.revision.fixed_on));
            if self.is_newest {
                hint_ui(ui, sheets::NEWEST);
            }
            hint_ui(ui, &sheets::fingerprint(&self.revision.fingerprint));
        });
    }

    /// What was left out of any copy of it.
    fn left_out_ui(&self, ui: &mut Ui) {
        let left_out = self.revision.copies.iter().filter_map(|copy| copy.left_out.as_ref());
        let keys: BTreeSet<&str> = left_out.flat_map(|one| &one.fields).map(String::as_str).collect();
        if !keys.is_empty() {
            let labels: Vec<String> = keys.into_iter().map(|key| self.label(key)).collect();
            hint_ui(ui, &sheets::left_out(&labels));
        }
    }

    /// What something that was left out is called.
    fn label(&self, key: &str) -> String {
        if key == CASE_NUMBER {
            return window::CASE_NUMBER.to_owned();
        }
        let name = left_out_name(key, self.form, self.around.forms, self.around.people);
        let label = name.column.map_or(name.field.clone(), |column| giving::column(&name.field, &column));
        name.form.map_or(label.clone(), |form| log::field_of(&form, &label))
    }

    fn name(&self, label: &str) -> String {
        format!("{} {label}", words::revision(self.revision.number))
    }

    fn signature_ui(&self, ui: &mut Ui, signature: &Signature) -> Option<Choice> {
        let mut choice = None;
        let words_of = signature_words(self.form, signature);
        look::small(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                match &signature.corrected {
                    Some(correction) => {
                        ui.label(RichText::new(&words_of).strikethrough().color(look::WEAK));
                        ui.label(RichText::new(sheets::corrected(correction.on, &correction.why)).color(look::CAUTION));
                    }
                    None => drop(ui.label(&words_of)),
                }
                let name = |label: &str| format!("{} {words_of}", self.name(label));
                if let Some(scan) = &signature.scan
                    && ui.button(sheets::VIEW_SCAN).accessible_name(name(sheets::VIEW_SCAN)).clicked()
                {
                    choice = Some(Choice::View(scan.name.clone()));
                }
                let may_correct = signature.corrected.is_none() && self.around.is_editable;
                if may_correct && ui.button(sheets::CORRECT_IT).accessible_name(name(sheets::CORRECT_IT)).clicked() {
                    let (document, revision, line) = (self.document, self.revision.number, signature.line.clone());
                    choice = Some(Choice::Open(Box::new(Action::CorrectSignature { document, revision, line })));
                }
            });
        });
        choice
    }

    fn buttons_ui(&self, ui: &mut Ui) -> Option<Choice> {
        let (document, revision) = (self.document, self.revision.number);
        let mut choice = None;
        ui.horizontal_wrapped(|ui| {
            for copy in &self.revision.copies {
                let label = sheets::view_copy(copy.mark);
                if ui.button(&label).accessible_name(self.name(&label)).clicked() {
                    choice = Some(Choice::View(copy.file.name.clone()));
                }
            }
            let again = [
                (sheets::WRITE_AGAIN, Choice::WriteAgain { document, revision }),
                (sheets::PRINT_AGAIN, Choice::PrintAgain { document, revision }),
                (sheets::WRITE_OLD, Choice::WriteOld { document, revision }),
            ];
            for (label, what) in again {
                // The newest one is no old one.
                let is_there = label != sheets::WRITE_OLD || !self.is_newest;
                if is_there && ui.button(label).accessible_name(self.name(label)).clicked() {
                    choice = Some(what);
                }
            }
        });
        choice
    }
}
