//! The fields of papers that somebody sent: what others filled in is text, what is to be filled in
//! stands out.

use eframe::egui;
use eframe::egui::{Align, Layout, RichText, Ui, vec2};

use crate::model::check::Place;
use crate::model::entry;
use crate::model::form::{Field, Kind};

use super::field::{Entry, LABEL_WIDTH, NARROW};
use super::{look, table_field};

/// Around what is to be filled in, in pt.
const FILL_MARGIN: egui::Margin = egui::Margin { left: 8, right: 8, top: 5, bottom: 5 };

/// What is to be filled in stands out in colour between all that is only read.
pub(super) fn to_fill_ui(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let frame = egui::Frame::new().fill(look::TO_FILL).corner_radius(6.0).inner_margin(FILL_MARGIN);
    frame.outer_margin(egui::Margin { left: -FILL_MARGIN.left, ..egui::Margin::ZERO }).show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui);
    });
}

/// What somebody else filled in: text to read and to copy.
pub(super) fn fixed_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field) {
    let words = entry.open.value(place).map(|value| entry::display(Some(field), value)).unwrap_or_default();
    let written = |ui: &mut Ui| {
        let text = RichText::new(&words).line_height(Some(20.0)).color(look::TEXT);
        ui.add(egui::Label::new(text).wrap().selectable(true));
    };
    let label = |ui: &mut Ui| drop(ui.label(RichText::new(&field.label).line_height(Some(20.0)).color(look::WEAK)));
    if let Kind::Table { columns } = &field.kind {
        label(ui);
        table_field::table_ui(ui, entry, place, field, columns);
        return;
    }
    if matches!(field.kind, Kind::LongText) || ui.available_width() < NARROW {
        label(ui);
        written(ui);
        return;
    }
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(vec2(LABEL_WIDTH, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(LABEL_WIDTH);
            label(ui);
        });
        ui.vertical(written);
    });
}
