//! What stands beside the list: what is coming up, the cases opened last, the examples.

use std::path::PathBuf;

use chrono::NaiveDate;
use eframe::egui::{Button, RichText, ScrollArea, Ui};

use crate::assets;
use crate::messages::start as texts;
use crate::store::template_file::Library;

use super::follow_up::coming_ui;
use super::page::StartPage;
use crate::ui::{Action, look};

/// The share of the height that what is coming up may take.
const SHARE: f32 = 0.6;

/// Draws the side.
pub(super) fn side_ui(
    ui: &mut Ui,
    page: &StartPage,
    library: &Library,
    recent: &[PathBuf],
    today: NaiveDate,
) -> Option<Action> {
    let mut action = None;
    if !page.listed.is_empty() && page.trouble.is_none() {
        action = coming_ui(ui, page, library, today, ui.available_height() * SHARE);
        ui.add_space(10.0);
        ui.separator();
        ui.add_space(4.0);
    }
    ScrollArea::vertical().id_salt("start side").show(ui, |ui| {
        action = recent_ui(ui, recent).or(action.take());
        action = examples_ui(ui).or(action.take());
    });
    action
}

fn recent_ui(ui: &mut Ui, recent: &[PathBuf]) -> Option<Action> {
    let mut action = None;
    if recent.is_empty() {
        return None;
    }
    ui.label(RichText::new(texts::RECENT).family(look::bold()).color(look::ACCENT));
    for path in recent.iter().take(6) {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let button = Button::new(name).frame_when_inactive(false).truncate();
        if ui.add(button).on_hover_text(path.display().to_string()).clicked() {
            action = Some(Action::OpenFile(path.clone()));
        }
    }
    ui.add_space(16.0);
    action
}

fn examples_ui(ui: &mut Ui) -> Option<Action> {
    let mut action = None;
    ui.label(RichText::new(texts::EXAMPLES).family(look::bold()).color(look::ACCENT));
    ui.label(RichText::new(texts::EXAMPLES_HINT).line_height(Some(17.0)).size(look::SMALL).color(look::WEAK));
    for (file, text) in assets::EXAMPLES {
        let name = assets::example_name(file);
        let about = format!("{}（{}）", assets::example_about(text), name.to_uppercase());
        let button = Button::new(about).frame_when_inactive(false).wrap();
        if ui.add(button).accessible_name(texts::example(name)).clicked() {
            action = Some(Action::OpenExample(name));
        }
    }
    action
}
