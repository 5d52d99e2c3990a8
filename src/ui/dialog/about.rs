//! Sheets to read: help, licences.

use eframe::egui;
use eframe::egui::{Grid, RichText, ScrollArea, Ui, vec2};

use crate::assets;
use crate::messages::{command as words, questions as texts, window};
use crate::ui::{Command, look};

use super::Choice;
use super::parts::{answers_ui, title_ui};

pub(super) fn help_ui(ui: &mut Ui) -> Option<Choice> {
    title_ui(ui, words::HELP);
    ScrollArea::vertical().max_height((ui.available_height() - 60.0).max(200.0)).show(ui, |ui| {
        for line in texts::HELP_LINES {
            ui.label(format!("・{line}"));
        }
        ui.add_space(10.0);
        Grid::new("keys").striped(true).num_columns(2).spacing(vec2(24.0, 4.0)).show(ui, |ui| {
            for (keys, meaning) in texts::KEYS {
                ui.label(RichText::new(*keys).family(look::bold()));
                ui.label(*meaning);
                ui.end_row();
            }
            for command in Command::ALL {
                if let Some(shortcut) = command.shortcut() {
                    ui.label(RichText::new(ui.ctx().format_shortcut(&shortcut)).family(look::bold()));
                    ui.label(command.label().trim_end_matches('…'));
                    ui.end_row();
                }
            }
        });
        ui.add_space(10.0);
        ui.label(RichText::new(texts::version()).size(look::SMALL).color(look::WEAK));
    });
    ui.add_space(10.0);
    answers_ui(ui, &[(window::CLOSE, Choice::Cancel)])
}

pub(super) fn licenses_ui(ui: &mut Ui) -> Option<Choice> {
    title_ui(ui, words::LICENSES);
    ScrollArea::vertical().max_height((ui.available_height() - 60.0).max(200.0)).show(ui, |ui| {
        for (heading, text) in assets::LICENSES {
            egui::CollapsingHeader::new(heading).show(ui, |ui| {
                ui.label(RichText::new(text).size(look::SMALL));
            });
        }
    });
    ui.add_space(10.0);
    answers_ui(ui, &[(window::CLOSE, Choice::Cancel)])
}
