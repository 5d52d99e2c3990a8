//! The problems of a case, each with a jump to its field.

use eframe::egui;
use eframe::egui::{Frame, Margin, RichText, ScrollArea, Ui};

use crate::messages::window;
use crate::model::check::{Place, Severity};

use super::field::severity_colour;
use super::{Action, look};

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
}

/// The line that counts the problems, and the list below it once it is opened.
pub fn problem_list_ui(
    ui: &mut Ui,
    severities: impl Iterator<Item = Severity>,
    rows: &dyn Fn() -> Vec<Row>,
    is_open: &mut bool,
) -> Option<Action> {
    let severities: Vec<Severity> = severities.collect();
    let mut action = None;
    Frame::new().fill(look::PANEL).inner_margin(Margin::symmetric(14, 4)).show(ui, |ui| {
        ui.horizontal(|ui| {
            let count = window::problem_count(severities.iter().copied());
            if severities.is_empty() {
                ui.label(RichText::new(count).size(look::SMALL).color(look::WEAK));
                return;
            }
            let arrow = if *is_open { "▼" } else { "▶" };
            let worst = severities.iter().copied().min();
            let colour = worst.map_or(look::WEAK, severity_colour);
            let button = egui::Button::new(RichText::new(format!("{arrow} {count}")).color(colour)).frame(false);
            let response = ui.add(button).accessible_name(format!("{}：{count}", window::PROBLEMS));
            if response.clicked() {
                *is_open = !*is_open;
            }
        });
        if *is_open {
            ScrollArea::vertical().id_salt("problems").max_height(150.0).auto_shrink([false, true]).show(ui, |ui| {
                for problem in rows() {
                    let text = RichText::new(&problem.text).size(look::SMALL).color(severity_colour(problem.severity));
                    if problem.can_forget {
                        let name = format!("{} {}", problem.text, window::FORGET);
                        if look::small(ui, |ui| ui.button(window::FORGET)).accessible_name(name).clicked() {
                            action = Some(Action::Forget(problem.place.clone()));
                        }
                    }
                    let button = egui::Button::new(text).frame_when_inactive(false).wrap();
                    if ui.add(button).clicked() {
                        action = Some(Action::GoTo(problem.place.clone()));
                    }
                }
            });
        }
    });
    action
}
