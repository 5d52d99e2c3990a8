//! The label of a field with the marks beside it.

use eframe::egui;
use eframe::egui::{RichText, Ui};

use crate::messages::{merging, window};
use crate::model::case::Case;
use crate::model::check::{Place, What};
use crate::model::form::Field;
use crate::model::reply::{ReceivedReply, supplied_by};

use super::field::{Entry, stable};
use super::look;

/// The size of a mark beside a label, in pt.
const MARK: f32 = look::SMALL - 1.0;
/// The height of a line of a mark that takes several, in pt.
const MARK_LINE: f32 = 17.0;
/// What is left and right of the words on a chip, in pt.
const CHIP_MARGIN: f32 = 5.0;
/// The label, and what there is to know about the field.
pub(super) fn label_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field) {
    ui.horizontal_wrapped(|ui| {
        // A mark that has no room beside the label stands close below it.
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.spacing_mut().interact_size.y = 22.0;
        let label = ui.label(RichText::new(&field.label).color(look::TEXT));
        if let Some(hint) = &field.hint {
            label.on_hover_text(hint);
        }
        if entry.problems.iter().any(|problem| problem.place == *place && problem.what == What::Needed) {
            make_room(ui, window::EMPTY, CHIP_MARGIN * 2.0);
            chip(ui, window::EMPTY);
        }
        if !(entry.is_printed)(&field.key) {
            make_room(ui, window::NOT_PRINTED, 0.0);
            let text = RichText::new(window::NOT_PRINTED).size(MARK).color(look::WEAK);
            ui.add(egui::Label::new(text).extend());
        }
        if let Some(reply) = supplied(entry.open.case(), place) {
            supplied_ui(ui, &merging::supplied(reply));
        }
        if !field.stock.is_empty() && entry.open.is_editable() {
            stable(ui, ("stock", place), |ui| look::small(ui, |ui| stock_ui(ui, entry, place, field)));
        }
    });
}

/// Goes to the next line where a mark has no room in what is left of this one: egui wraps a label
/// between its words, and a frame not at all.
fn make_room(ui: &mut Ui, mark: &str, around: f32) {
    let needed = mark_width(ui, mark) + around;
    if needed > ui.available_size_before_wrap().x {
        ui.end_row();
    }
}

/// The width of a mark in one line, in pt.
fn mark_width(ui: &Ui, mark: &str) -> f32 {
    let font = egui::FontId::proportional(MARK);
    ui.painter().layout_no_wrap(mark.to_owned(), font, look::TEXT).size().x
}

/// From whose reply a value is. Where it is longer than a line it takes lines of its own.
fn supplied_ui(ui: &mut Ui, words: &str) {
    make_room(ui, words, 0.0);
    let text = RichText::new(words).size(MARK).line_height(Some(MARK_LINE)).color(look::ACCENT);
    ui.label(text).on_hover_text(merging::SUPPLIED_HINT);
}

/// The reply from which a field stands as it is; of a table, from which any cell does.
fn supplied<'a>(case: &'a Case, place: &Place) -> Option<&'a ReceivedReply> {
    let taken = case.replies.iter().rev().flat_map(|reply| &reply.taken).map(|taken| taken.place.in_case(case));
    let mut here = taken.filter(|other| other.document == place.document && other.field == place.field);
    here.find_map(|place| supplied_by(case, &place))
}

/// A small mark beside a label.
fn chip(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).size(MARK).color(look::CAUTION);
    egui::Frame::new()
        .fill(look::CAUTION_PALE)
        .corner_radius(3.0)
        .inner_margin(egui::Margin { top: 1, bottom: 1, ..egui::Margin::from(egui::vec2(CHIP_MARGIN, 0.0)) })
        .show(ui, |ui| ui.add(egui::Label::new(text).extend()));
}

/// The sentences to choose from; a chosen one is added as a line of its own.
fn stock_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field) {
    let name = window::option(&field.label, window::STOCK);
    let button = egui::Button::new(RichText::new(format!("{} ▼", window::STOCK)).size(look::SMALL));
    let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_max_width(420.0);
        for sentence in &field.stock {
            if ui.add(egui::Button::new(sentence).wrap()).clicked() {
                let text = entry.open.text(place, field);
                let break_before = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
                let _ = entry.open.type_text(place, field, &format!("{text}{break_before}{sentence}"), entry.now);
                entry.typing.focus(place.clone());
                ui.close();
            }
        }
    });
    response.accessible_name(name);
}
