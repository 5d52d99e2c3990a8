//! The start page: the cases of a folder, what is coming up in them, what was left unsaved, and how
//! to begin.
//!
//! - [`page`]: what is kept from frame to frame.
//! - `list`: the cases.
//! - `follow_up`: what is coming up.
//! - `side`: what stands beside the list.

mod follow_up;
mod list;
pub mod page;
mod side;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use eframe::egui;
use eframe::egui::{Align, Button, Color32, ComboBox, Frame, Layout, Margin, RichText, TextEdit, Ui, vec2};

use crate::messages::{self, command as words, start as texts};
use crate::store::template_file::Library;

use super::{Action, Command, look};
use list::{keys, list_ui};
use side::side_ui;

pub use page::{Shelf, SortBy, StartPage, Unsaved};

/// Below this width what stands at the side is left out, in pt.
const NARROW: f32 = 700.0;
/// The width of the side, in pt; the smaller one where the list needs the room.
const SIDE: (f32, f32) = (230.0, 270.0);
/// From this width on the side may be wide, in pt.
const WIDE: f32 = 1000.0;

/// Draws the start page.
pub fn start_ui(
    ui: &mut Ui,
    page: &mut StartPage,
    library: &Library,
    recent: &[PathBuf],
    today: NaiveDate,
) -> Option<Action> {
    let mut action = None;
    page.set_today(today);
    let side = if ui.available_width() >= WIDE { SIDE.1 } else { SIDE.0 };
    let is_wide = ui.available_width() >= NARROW;
    egui::Panel::top("start head")
        .frame(Frame::new().fill(Color32::WHITE).inner_margin(Margin::symmetric(20, 14)))
        .show(ui, |ui| action = head_ui(ui, page));
    if is_wide {
        egui::Panel::right("start side")
            .exact_size(side)
            .resizable(false)
            .frame(Frame::new().fill(look::PANEL).inner_margin(Margin::symmetric(14, 12)))
            .show(ui, |ui| action = side_ui(ui, page, library, recent, today).or(action.take()));
    }
    egui::CentralPanel::default().frame(Frame::new().fill(look::PANEL).inner_margin(Margin::symmetric(20, 12))).show(
        ui,
        |ui| {
            action = unsaved_ui(ui, &page.unsaved).or(action.take());
            action = body_ui(ui, page, library, today, is_wide).or(action.take());
        },
    );
    action
}

fn head_ui(ui: &mut Ui, page: &mut StartPage) -> Option<Action> {
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        if primary_ui(ui, &format!("＋ {}", words::NEW_CASE.trim_end_matches('…'))).clicked() {
            action = Some(Command::NewCase.into());
        }
        for command in [Command::Open, Command::OpenReceived, Command::ChooseFolder] {
            if ui.button(command.label()).clicked() {
                action = Some(command.into());
            }
        }
        ui.add_space(12.0);
        let width = ui.available_width().clamp(160.0, 340.0);
        let edit = TextEdit::singleline(&mut page.search)
            .id(egui::Id::unique("search"))
            .hint_text(texts::SEARCH_HINT)
            .desired_width(width)
            .margin(vec2(8.0, 6.0));
        let response = ui.add(edit).accessible_name(texts::SEARCH);
        if std::mem::take(&mut page.wants_search) {
            response.request_focus();
        }
        if response.changed() && !super::composition::Composition::is_active(ui.ctx()) {
            action = Some(Action::Search(page.search.clone()));
        }
    });
    action
}

/// The one button of a page that is most likely wanted.
pub fn primary_ui(ui: &mut Ui, text: &str) -> egui::Response {
    ui.add(Button::new(RichText::new(text).color(Color32::WHITE)).fill(look::ACCENT).stroke(egui::Stroke::NONE))
}

/// What was typed into cases that were never saved.
fn unsaved_ui(ui: &mut Ui, unsaved: &[Unsaved]) -> Option<Action> {
    let mut action = None;
    for one in unsaved {
        Frame::new().fill(look::CAUTION_PALE).corner_radius(6.0).inner_margin(Margin::symmetric(12, 8)).show(
            ui,
            |ui| {
                ui.horizontal_wrapped(|ui| {
                    ui.label(RichText::new(texts::unsaved(&one.name, &one.saved_at)).color(look::TEXT));
                    if ui
                        .button(texts::UNSAVED_OPEN)
                        .accessible_name(format!("{} {}", texts::UNSAVED_OPEN, one.name))
                        .clicked()
                    {
                        action = Some(Action::OpenDraft(one.path.clone()));
                    }
                    if ui
                        .button(texts::UNSAVED_DISCARD)
                        .accessible_name(format!("{} {}", texts::UNSAVED_DISCARD, one.name))
                        .clicked()
                    {
                        action = Some(Action::DiscardDraft(one.path.clone()));
                    }
                });
            },
        );
        ui.add_space(8.0);
    }
    action
}

fn body_ui(ui: &mut Ui, page: &mut StartPage, library: &Library, today: NaiveDate, is_wide: bool) -> Option<Action> {
    if let Some(failure) = &page.trouble {
        let message = messages::failure(failure);
        if let Some(path) = failure.path() {
            ui.label(RichText::new(path.display().to_string()).size(look::SMALL).color(look::WEAK));
        }
        ui.label(RichText::new(format!("{}。", message.what)).color(look::ERROR));
        ui.label(format!("{}。", message.todo));
        return None;
    }
    if let Some((done, of)) = page.loading {
        return loading_ui(ui, done, of);
    }
    if page.listed.is_empty() {
        return greeting_ui(ui, page.folder.as_deref(), is_wide);
    }
    let mut action = None;
    if !is_wide {
        action = follow_up::folded_ui(ui, page, library, today);
    }
    folder_ui(ui, page);
    if page.shown.is_empty() {
        ui.add_space(24.0);
        ui.label(if page.search.is_empty() { texts::NOTHING_HERE } else { texts::NOTHING_FOUND });
        return action;
    }
    action.or_else(|| keys(ui, page)).or_else(|| list_ui(ui, page, library, today))
}

fn loading_ui(ui: &mut Ui, done: usize, of: usize) -> Option<Action> {
    ui.add_space(40.0);
    ui.vertical_centered(|ui| {
        #[expect(clippy::cast_precision_loss, reason = "a share of a bar")]
        let share = if of == 0 { 0.0 } else { done as f32 / of as f32 };
        ui.add(egui::ProgressBar::new(share).desired_width(320.0).text(texts::loading(done, of)));
        ui.add_space(8.0);
        ui.button(texts::CANCEL).clicked().then_some(Action::CancelListing)
    })
    .inner
}

fn greeting_ui(ui: &mut Ui, folder: Option<&Path>, is_wide: bool) -> Option<Action> {
    let mut action = None;
    ui.add_space(40.0);
    ui.vertical_centered(|ui| {
        ui.set_max_width(520.0);
        ui.label(RichText::new(texts::WELCOME).text_style(egui::TextStyle::Heading));
        ui.add_space(8.0);
        ui.label(
            folder.map_or_else(
                || texts::NO_FOLDER.to_owned(),
                |folder| texts::empty_folder(&folder.display().to_string()),
            ),
        );
        ui.add_space(16.0);
        if folder.is_some() {
            if primary_ui(ui, texts::FIRST_CASE).clicked() {
                action = Some(Command::NewCase.into());
            }
        } else if primary_ui(ui, texts::FIRST_FOLDER).clicked() {
            action = Some(Command::ChooseFolder.into());
        }
        ui.add_space(6.0);
        if ui.button(texts::FIRST_EXAMPLE).clicked() {
            action = Some(Action::OpenExample(texts::EXAMPLE_TO_SEE));
        }
        if !is_wide {
            ui.add_space(6.0);
        }
    });
    action
}

/// Which cases are shown, in which order, and of which folder.
fn folder_ui(ui: &mut Ui, page: &mut StartPage) {
    let (mut sort, mut shelf) = (page.sort, page.shelf);
    ui.horizontal(|ui| {
        for (one, count) in Shelf::ALL.into_iter().zip(page.counts) {
            let label = texts::shelf(one == Shelf::Closed, count);
            if ui.add(Button::selectable(shelf == one, label)).clicked() {
                shelf = one;
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            sort_ui(ui, &mut sort);
            let text = texts::count(page.shown.len(), page.counts[usize::from(page.shelf == Shelf::Closed)]);
            ui.label(RichText::new(text).size(look::SMALL).color(look::WEAK));
            if !page.is_complete {
                let text = RichText::new(texts::INCOMPLETE).size(look::SMALL).color(look::CAUTION);
                ui.add(egui::Label::new(text).truncate());
            } else if let Some(folder) = &page.folder {
                let text = RichText::new(folder.display().to_string()).size(look::SMALL).color(look::WEAK);
                ui.add(egui::Label::new(text).truncate());
            }
        });
    });
    page.set_order(sort, shelf);
    ui.add_space(4.0);
}

fn sort_ui(ui: &mut Ui, sort: &mut SortBy) {
    let word = |by| match by {
        SortBy::Due => texts::DUE,
        SortBy::Name => texts::NAME,
        SortBy::Number => texts::NUMBER,
        SortBy::Company => texts::COMPANY,
        SortBy::Changed => texts::CHANGED,
    };
    let shown = texts::sorted(word(*sort));
    let response = ComboBox::from_id_salt("sort").selected_text(&shown).width(120.0).show_ui(ui, |ui| {
        for by in SortBy::ALL {
            ui.selectable_value(sort, by, word(by));
        }
    });
    response.response.accessible_name(texts::SORT);
}
