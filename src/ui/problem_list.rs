//! The problems of a case, each with a jump to its field; a suggestion can be set aside.

use eframe::egui;
use eframe::egui::{Align, Frame, Key, Layout, Margin, RichText, ScrollArea, TextEdit, Ui};

use crate::messages::{progress as words, window};
use crate::model::check::{Place, Severity};

use super::composition::Composition;
use super::field::severity_colour;
use super::{Action, look};

/// The height of the list, in pt.
const HEIGHT: f32 = 150.0;

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, and what to do.
    pub text: String,
    /// Where.
    pub place: Place,
    /// It is typed text that can be forgotten.
    pub can_forget: bool,
    /// What identifies it, if it can be set aside.
    pub identity: Option<String>,
}

/// A suggestion that was set aside.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    /// What identifies it.
    pub problem: String,
    /// What it is about, why it was set aside and when.
    pub text: String,
}

/// What is shown of the problems.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProblemList {
    /// The list is open.
    pub is_open: bool,
    /// Those that were set aside are listed.
    pub shows_aside: bool,
    /// The suggestion that is being set aside, and what was typed as the reason so far.
    pub noted: Option<(String, String)>,
}

/// What there is to list. The words are only asked for while the list is open.
pub struct Problems<'a> {
    /// How grave each of them is.
    pub severities: &'a [Severity],
    /// The lines.
    pub rows: &'a dyn Fn() -> Vec<Row>,
    /// How many were set aside.
    pub aside_count: usize,
    /// Those that were set aside.
    pub aside: &'a dyn Fn() -> Vec<Aside>,
    /// The case can be changed.
    pub is_editable: bool,
}

/// The line that counts the problems, and the list below it once it is opened.
pub fn problem_list_ui(ui: &mut Ui, problems: &Problems<'_>, list: &mut ProblemList) -> Option<Action> {
    let mut action = None;
    Frame::new().fill(look::PANEL).inner_margin(Margin::symmetric(14, 4)).show(ui, |ui| {
        ui.horizontal(|ui| {
            count_ui(ui, problems.severities, &mut list.is_open);
            if problems.aside_count > 0 {
                ui.add_space(12.0);
                let count = words::set_aside_count(problems.aside_count);
                toggle_ui(ui, &count, look::WEAK, &mut list.shows_aside);
            }
        });
        let lists_problems = list.is_open && !problems.severities.is_empty();
        let lists_aside = list.shows_aside && problems.aside_count > 0;
        if lists_problems || lists_aside {
            ScrollArea::vertical().id_salt("problems").max_height(HEIGHT).auto_shrink([false, true]).show(ui, |ui| {
                let rows = if lists_problems { (problems.rows)() } else { Vec::new() };
                for row in &rows {
                    action = row_ui(ui, row, problems.is_editable, &mut list.noted).or(action.take());
                }
                let aside = if lists_aside { (problems.aside)() } else { Vec::new() };
                for aside in &aside {
                    action = aside_ui(ui, aside, problems.is_editable).or(action.take());
                }
            });
        }
    });
    action
}

fn count_ui(ui: &mut Ui, severities: &[Severity], is_open: &mut bool) {
    let count = window::problem_count(severities.iter().copied());
    match severities.iter().copied().min() {
        None => drop(ui.label(RichText::new(count).size(look::SMALL).color(look::WEAK))),
        Some(worst) => {
            let response = toggle_ui(ui, &count, severity_colour(worst), is_open);
            response.accessible_name(format!("{}：{count}", window::PROBLEMS));
        }
    }
}

fn toggle_ui(ui: &mut Ui, text: &str, colour: egui::Color32, is_open: &mut bool) -> egui::Response {
    let arrow = if *is_open { "▼" } else { "▶" };
    let response = ui.add(egui::Button::new(RichText::new(format!("{arrow} {text}")).color(colour)).frame(false));
    if response.clicked() {
        *is_open = !*is_open;
    }
    response.accessible_name(text)
}

fn row_ui(ui: &mut Ui, row: &Row, is_editable: bool, noted: &mut Option<(String, String)>) -> Option<Action> {
    let mut action = None;
    if row.can_forget {
        let name = format!("{} {}", row.text, window::FORGET);
        if look::small(ui, |ui| ui.button(window::FORGET)).accessible_name(name).clicked() {
            action = Some(Action::Forget(row.place.clone()));
        }
    }
    let identity = row.identity.as_ref().filter(|_| is_editable);
    let is_noted = identity.is_some_and(|identity| noted.as_ref().is_some_and(|(noted, _)| noted == identity));
    ui.horizontal_top(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if let Some(identity) = identity.filter(|_| !is_noted)
                && small_button_ui(ui, &row.text, words::SET_ASIDE)
            {
                *noted = Some((identity.clone(), String::new()));
            }
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                let text = RichText::new(&row.text).size(look::SMALL).line_height(Some(17.0));
                let text = text.color(severity_colour(row.severity));
                if ui.add(egui::Button::new(text).frame_when_inactive(false).wrap()).clicked() {
                    action = Some(Action::GoTo(row.place.clone()));
                }
            });
        });
    });
    if is_noted { note_ui(ui, noted).or(action) } else { action }
}

/// The reason for setting a suggestion aside, in one line.
fn note_ui(ui: &mut Ui, noted: &mut Option<(String, String)>) -> Option<Action> {
    let mut action = None;
    let mut is_over = false;
    let Some((problem, note)) = noted else { return None };
    ui.horizontal_wrapped(|ui| {
        ui.add_space(10.0);
        let label = ui.label(RichText::new(words::SET_ASIDE_NOTE).size(look::SMALL));
        let id = egui::Id::unique(("set aside", &*problem));
        let is_new = ui.ctx().read_response(id).is_none();
        let edit = TextEdit::singleline(note).id(id).desired_width(300.0);
        let response = ui.add(edit).labelled_by(label.id);
        if is_new {
            response.request_focus();
        }
        // What is still being composed is no reason yet.
        let is_ready = !note.trim().is_empty() && !Composition::is_active(ui.ctx());
        let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let button = ui.add_enabled(is_ready, egui::Button::new(words::SET_ASIDE_DONE));
        if is_ready && (button.clicked() || is_entered) {
            action = Some(Action::SetAside { problem: problem.clone(), note: note.trim().to_owned() });
        }
        is_over = action.is_some() || ui.button(words::SET_ASIDE_NOT).clicked();
    });
    if is_over {
        *noted = None;
    }
    action
}

fn aside_ui(ui: &mut Ui, aside: &Aside, is_editable: bool) -> Option<Action> {
    let mut action = None;
    ui.horizontal_top(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if is_editable && small_button_ui(ui, &aside.text, words::LIFT) {
                action = Some(Action::Lift(aside.problem.clone()));
            }
            ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
                ui.add_space(10.0);
                ui.label(RichText::new(&aside.text).size(look::SMALL).line_height(Some(17.0)).color(look::WEAK));
            });
        });
    });
    action
}

fn small_button_ui(ui: &mut Ui, of: &str, label: &str) -> bool {
    let button = look::small(ui, |ui| ui.button(RichText::new(label).size(look::SMALL)));
    button.accessible_name(words::button(of, label)).clicked()
}
