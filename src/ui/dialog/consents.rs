//! 同意: what the patient agreed to, and whether it holds.

use eframe::egui::{Frame, Margin, RichText, Stroke, Ui};

use crate::messages::{record as words, sheets, window};
use crate::model::consent::Consent;
use crate::model::date;
use crate::ui::start::primary_ui;
use crate::ui::{Action, look};

use super::parts::{hint_ui, prose, scroll_ui, title_ui};
use super::{Choice, Surroundings};

pub(super) fn consents_ui(ui: &mut Ui, around: &Surroundings<'_>) -> Option<Choice> {
    let mut choice = None;
    title_ui(ui, sheets::CONSENTS);
    hint_ui(ui, sheets::CONSENTS_HINT);
    ui.add_space(6.0);
    let consents = around.case.map_or(&[][..], |case| &case.consents);
    if consents.is_empty() {
        ui.label(sheets::NO_CONSENTS);
    }
    scroll_ui(ui, 240.0, |ui| {
        for consent in consents.iter().rev() {
            choice = one_ui(ui, consent, around).or(choice.take());
        }
    });
    ui.add_space(12.0);
    ui.horizontal(|ui| {
        let record = ui.add_enabled_ui(around.is_editable, |ui| primary_ui(ui, sheets::RECORD_CONSENT)).inner;
        if ui.memory(|memory| memory.focused().is_none()) {
            record.request_focus();
        }
        if record.clicked() {
            choice = Some(Choice::Open(Box::new(Action::Consent)));
        }
        if ui.button(window::CLOSE).clicked() {
            choice = Some(Choice::Cancel);
        }
    });
    choice
}

fn one_ui(ui: &mut Ui, consent: &Consent, around: &Surroundings<'_>) -> Option<Choice> {
    let mut choice = None;
    let holds = consent.holds(around.today);
    Frame::new()
        .stroke(Stroke::new(1.0, look::LINE_PALE))
        .corner_radius(6.0)
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(sheets::consent(consent.number)).family(look::bold()));
                let colour = if holds { look::ACCENT } else { look::CAUTION };
                ui.label(RichText::new(state(consent, around)).color(colour));
            });
            ui.label(prose(&consent_words(consent, around)));
            if !consent.note.is_empty() {
                hint_ui(ui, &consent.note);
            }
            look::small(ui, |ui| {
                ui.horizontal(|ui| {
                    let name = |label: &str| format!("{} {label}", sheets::consent(consent.number));
                    if let Some(scan) = &consent.scan
                        && ui.button(sheets::VIEW_SCAN).accessible_name(name(sheets::VIEW_SCAN)).clicked()
                    {
                        choice = Some(Choice::View(scan.name.clone()));
                    }
                    let may_withdraw = consent.withdrawn.is_none() && around.is_editable;
                    if may_withdraw
                        && ui.button(sheets::WITHDRAW_IT).accessible_name(name(sheets::WITHDRAW_IT)).clicked()
                    {
                        choice = Some(Choice::Open(Box::new(Action::Withdraw(consent.number))));
                    }
                });
            });
        });
    ui.add_space(4.0);
    choice
}

/// Whether it holds, and since when it does not.
fn state(consent: &Consent, around: &Surroundings<'_>) -> String {
    match (&consent.withdrawn, consent.until) {
        (Some(withdrawn), _) => sheets::withdrawn(withdrawn.on, &withdrawn.why),
        (None, Some(until)) if until < around.today => sheets::ran_out(until),
        (None, _) if consent.given_on > around.today => sheets::not_yet(consent.given_on),
        (None, _) => sheets::HOLDS.to_owned(),
    }
}

/// A consent in one sentence.
#[must_use]
pub fn consent_words(consent: &Consent, around: &Surroundings<'_>) -> String {
    let to: Vec<&str> = consent.to.iter().map(|party| words::consent_party(*party)).collect();
    let title = |key: &String| around.forms.get(key).map_or(key.as_str(), |form| form.title.as_str()).to_owned();
    let forms = consent.forms.as_ref().map(|forms| forms.iter().map(title).collect::<Vec<_>>());
    let until = consent.until.map(date::format);
    let how = words::consent_way(consent.how);
    sheets::consent_sentence(
        &to,
        forms.as_deref(),
        consent.diagnosis,
        &date::format(consent.given_on),
        until.as_deref(),
        how,
    )
}
