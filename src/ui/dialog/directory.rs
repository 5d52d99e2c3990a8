//! The hospital's own list.

use eframe::egui::{Button, ScrollArea, Ui};

use crate::messages::{questions as texts, window};
use crate::model::entry;

use super::parts::{answers_ui, title_ui};
use super::{Choice, Surroundings};

pub(super) fn directory_ui(ui: &mut Ui, around: &Surroundings<'_>) -> Option<Choice> {
    title_ui(ui, texts::DIRECTORY);
    ui.label(texts::DIRECTORY_DETAIL);
    ui.add_space(8.0);
    let mut choice = None;
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        let keys: Vec<&str> = around.people.fields.iter().map(|field| field.key.as_str()).collect();
        for values in around.directory.entries_for(&keys) {
            let words: Vec<String> =
                values.iter().map(|(key, value)| entry::display(around.people.field(key), value)).collect();
            let words = words.join("　");
            ui.horizontal_wrapped(|ui| {
                let remove = ui.add_enabled(around.directory.is_own(values), Button::new(texts::REMOVE));
                if remove.accessible_name(format!("{words} {}", texts::REMOVE)).clicked() {
                    choice = Some(Choice::RemoveEntry(values.clone()));
                }
                ui.label(words);
            });
        }
    });
    ui.add_space(14.0);
    choice.or(answers_ui(ui, &[(window::CLOSE, Choice::Cancel)]))
}
