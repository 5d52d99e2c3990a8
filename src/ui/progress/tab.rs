//! The tab 進み具合: the picture of a step, the papers and their signatures, the consents, the plan,
//! the end of the case.

use eframe::egui::{RichText, TextStyle, Ui};

use crate::messages::{self, progress as words};

use super::papers::{button_ui, papers_ui};
use super::triangle::triangle_ui;
use super::{ConsentView, Progress};
use crate::ui::timeline_view::timeline_ui;
use crate::ui::{Action, look};

/// The room before a heading, in pt.
const BEFORE: f32 = 18.0;

/// Draws the tab with the picture of this step.
pub fn progress_ui(ui: &mut Ui, progress: &Progress, step: u8, is_editable: bool) -> Option<Action> {
    step_ui(ui, progress, step);
    let away = progress.away.filter(|_| is_editable).and_then(|document| away_ui(ui, document));
    heading_ui(ui, words::PAPERS);
    let papers = papers_ui(ui, progress, is_editable && !progress.is_closed);
    heading_ui(ui, words::CONSENTS);
    let consents = consents_ui(ui, progress, is_editable);
    heading_ui(ui, words::PLAN);
    if progress.bars.is_empty() {
        ui.label(RichText::new(words::NO_PLAN).color(look::WEAK));
    } else {
        timeline_ui(ui, &progress.bars);
    }
    heading_ui(ui, words::ENDING);
    away.or(papers).or(consents).or(ending_ui(ui, progress, is_editable))
}

fn heading_ui(ui: &mut Ui, text: &str) {
    ui.add_space(BEFORE);
    ui.label(RichText::new(text).family(look::bold()).color(look::ACCENT));
    ui.separator();
    ui.add_space(2.0);
}

fn step_ui(ui: &mut Ui, progress: &Progress, number: u8) {
    let Some(step) = progress.step(number) else { return };
    let title = format!("{} {}", messages::step(number), step.title);
    ui.label(RichText::new(title).text_style(TextStyle::Heading));
    ui.label(RichText::new(&step.about).size(look::SMALL).color(look::WEAK));
    ui.add_space(8.0);
    ui.vertical_centered(|ui| triangle_ui(ui, &step.picture));
}

/// What is done while somebody outside is awaited.
fn away_ui(ui: &mut Ui, document: usize) -> Option<Action> {
    let mut action = None;
    ui.add_space(10.0);
    ui.horizontal_wrapped(|ui| {
        for (label, wanted) in [(words::SHARE, Action::Share(document)), (words::TAKE_REPLY, Action::TakeReply)] {
            if ui.button(label).clicked() {
                action = Some(wanted);
            }
        }
    });
    action
}

fn consents_ui(ui: &mut Ui, progress: &Progress, is_editable: bool) -> Option<Action> {
    let mut action = None;
    if progress.consents.is_empty() {
        ui.label(RichText::new(words::NO_CONSENT).color(look::WEAK));
    }
    for consent in &progress.consents {
        action = consent_ui(ui, consent, is_editable).or(action.take());
    }
    ui.add_space(2.0);
    if is_editable && ui.button(words::CONSENT).clicked() {
        action = Some(Action::Consent);
    }
    action
}

fn consent_ui(ui: &mut Ui, consent: &ConsentView, is_editable: bool) -> Option<Action> {
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        let colour = if consent.holds { look::TEXT } else { look::WEAK };
        ui.label(RichText::new(&consent.what).color(colour));
        let number = words::consent_number(consent.number);
        if is_editable && consent.is_open && look::small(ui, |ui| button_ui(ui, &number, words::WITHDRAW)) {
            action = Some(Action::Withdraw(consent.number));
        }
    });
    ui.label(RichText::new(&consent.time).size(look::SMALL).color(look::WEAK));
    ui.add_space(3.0);
    action
}

fn ending_ui(ui: &mut Ui, progress: &Progress, is_editable: bool) -> Option<Action> {
    let mut action = None;
    for closing in &progress.closings {
        ui.label(closing);
    }
    ui.horizontal_wrapped(|ui| {
        let (label, wanted) =
            if progress.is_closed { (words::REOPEN, Action::Reopen) } else { (words::END, Action::EndCase) };
        if is_editable && ui.button(label).clicked() {
            action = Some(wanted);
        }
        if ui.button(words::LOG).clicked() {
            action = Some(Action::Log);
        }
    });
    action
}
