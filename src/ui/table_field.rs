//! The rows of a table, edited like a spreadsheet: Tab goes from cell to cell, rows are added,
//! removed and moved, a cell takes over what stands above it.

use eframe::egui;
use eframe::egui::{Button, RichText, Ui, vec2};

use crate::messages::window;
use crate::model::check::Place;
use crate::model::form::{Field, Kind};
use crate::model::value::{Value, Values};
use crate::session::rows::RowEdit;

use super::field::{Entry, TextLook, text_ui, unread_ui};
use super::look;

/// The width of the number and the menu of a row, in pt.
const HANDLE: f32 = 34.0;
/// The least width of a column of long text, in pt.
const LONG: f32 = 96.0;
/// The width of a column of days, in pt.
const DAY: f32 = 78.0;
/// The width of a column of short text, in pt.
const TEXT: f32 = 96.0;

/// A table with its rows.
pub fn table_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field, columns: &[Field]) {
    let rows = match entry.open.value(place) {
        Some(Value::Rows(rows)) => rows.len(),
        _ => 0,
    };
    let widths = widths(columns, ui.available_width() - HANDLE - 10.0);
    let mut edit = None;
    egui::ScrollArea::horizontal().id_salt(("table", &place)).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        heading_ui(ui, columns, &widths);
        // An empty table shows a first row to type into.
        for row in 0..rows.max(1) {
            ui.horizontal_top(|ui| {
                edit = handle_ui(ui, entry, field, row, rows).or(edit.take());
                for (column, width) in columns.iter().zip(&widths) {
                    let fill = cell_ui(ui, entry, place, field, row, column, *width);
                    edit = fill.or(edit.take());
                }
            });
        }
    });
    if entry.open.is_editable() {
        let add =
            ui.button(format!("＋ {}", window::ROW_ADD)).accessible_name(window::option(&field.label, window::ROW_ADD));
        if add.clicked() {
            edit = Some(RowEdit::Insert(rows.max(1)));
            if let Some(first) = columns.first() {
                entry.typing.focus(Place { cell: Some((rows.max(1), first.key.clone())), ..place.clone() });
            }
        }
    }
    if let Some(edit) = edit {
        entry.open.edit_rows(place, &edit, entry.now);
    }
}

/// The width of each column: days and short text take what they need, long text the rest.
fn widths(columns: &[Field], available: f32) -> Vec<f32> {
    let fixed = |column: &Field| match column.kind {
        Kind::LongText => None,
        Kind::Date { .. } => Some(DAY),
        _ => Some(TEXT),
    };
    let taken: f32 = columns.iter().filter_map(fixed).map(|width| width + 4.0).sum();
    let long = columns.iter().filter(|column| fixed(column).is_none()).count();
    #[expect(clippy::cast_precision_loss, reason = "a table has a handful of columns")]
    let share = if long == 0 { 0.0 } else { (available - taken) / long as f32 - 4.0 };
    let stretch = if long == 0 && taken < available { available / taken } else { 1.0 };
    columns.iter().map(|column| fixed(column).map_or(share.max(LONG), |width| width * stretch)).collect()
}

fn heading_ui(ui: &mut Ui, columns: &[Field], widths: &[f32]) {
    ui.horizontal(|ui| {
        ui.add_space(HANDLE + 4.0);
        for (column, width) in columns.iter().zip(widths) {
            ui.allocate_ui(vec2(*width, 18.0), |ui| {
                ui.set_width(*width);
                let label = ui.label(RichText::new(&column.label).size(look::SMALL).color(look::WEAK));
                if let Some(hint) = &column.hint {
                    label.on_hover_text(hint);
                }
            });
        }
    });
}

/// The number of a row, with what can be done with it.
fn handle_ui(ui: &mut Ui, entry: &Entry<'_>, field: &Field, row: usize, rows: usize) -> Option<RowEdit> {
    let mut edit = None;
    let button = Button::new((row + 1).to_string()).min_size(vec2(HANDLE, 28.0));
    ui.add_enabled_ui(entry.open.is_editable() && rows > 0, |ui| {
        let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
            let choices = [
                (window::ROW_INSERT, RowEdit::Insert(row), true),
                (window::ROW_UP, RowEdit::Up(row), row > 0),
                (window::ROW_DOWN, RowEdit::Down(row), row + 1 < rows),
                (window::ROW_REMOVE, RowEdit::Remove(row), true),
            ];
            for (label, choice, is_possible) in choices {
                if ui.add_enabled(is_possible, Button::new(label)).clicked() {
                    edit = Some(choice);
                    ui.close();
                }
            }
        });
        response.accessible_name(window::cell(&field.label, row, ""));
    });
    edit
}

fn cell_ui(
    ui: &mut Ui,
    entry: &mut Entry<'_>,
    table: &Place,
    field: &Field,
    row: usize,
    column: &Field,
    width: f32,
) -> Option<RowEdit> {
    let place = Place { cell: Some((row, column.key.clone())), ..table.clone() };
    let name = window::cell(&field.label, row, &column.label);
    let mut edit = None;
    ui.vertical(|ui| {
        ui.set_width(width);
        let response = match &column.kind {
            Kind::ChooseOne { options, .. } => return choose_ui(ui, entry, &place, column, options, &name, width),
            kind => {
                let rows = if *kind == Kind::LongText { 3 } else { 1 };
                text_ui(ui, entry, &place, column, &name, TextLook { width, rows, short: true })
            }
        };
        response.context_menu(|ui| {
            if ui.add_enabled(row > 0, Button::new(window::FILL_DOWN)).clicked() {
                edit = Some(RowEdit::FillDown(row, column.key.clone()));
                ui.close();
            }
        });
        if row > 0
            && response.has_focus()
            && ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::D))
        {
            edit = Some(RowEdit::FillDown(row, column.key.clone()));
        }
        unread_ui(ui, entry, &place, column);
    });
    edit
}

fn choose_ui(
    ui: &mut Ui,
    entry: &mut Entry<'_>,
    place: &Place,
    column: &Field,
    options: &[crate::model::form::Choice],
    name: &str,
    width: f32,
) {
    let chosen = match entry.open.value(place) {
        Some(Value::Choice(chosen)) => chosen.keys().next().cloned(),
        _ => None,
    };
    let label = options.iter().find(|option| Some(&option.key) == chosen.as_ref());
    let label = label.map_or(window::NONE, |option| option.label.as_str());
    let combo = egui::ComboBox::from_id_salt(("cell", place)).width(width).selected_text(label);
    let response = ui.add_enabled_ui(entry.open.is_editable(), |ui| {
        combo.show_ui(ui, |ui| {
            if ui.selectable_label(chosen.is_none(), window::NONE).clicked() {
                entry.open.set(place, None, entry.now);
            }
            for option in options {
                if ui.selectable_label(Some(&option.key) == chosen.as_ref(), &option.label).clicked() {
                    let value = Values::from([(option.key.clone(), Value::Blank)]);
                    entry.open.set(place, Some(Value::Choice(value)), entry.now);
                }
            }
        })
    });
    let response = response.inner.response.accessible_name(name);
    entry.typing.note(&response, place, false);
    let _ = column;
}
