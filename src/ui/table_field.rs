//! The rows of a table, edited like a spreadsheet: Tab goes from cell to cell, rows are added,
//! removed and moved, a cell takes over what stands above it.
//!
//! Where the side is too narrow for long text in columns, each row takes two lines: what is short
//! above, what is long below.

use eframe::egui;
use eframe::egui::{Button, Frame, Margin, RichText, Ui, vec2};

use crate::messages::window;
use crate::model::check::Place;
use crate::model::form::{Choice, Field, Kind};
use crate::model::value::{Value, Values};
use crate::model::{date, entry};
use crate::session::rows::RowEdit;

use super::field::{Entry, TextLook, text_ui, unread_ui};
use super::look;

/// The width of the button of a row, in pt.
const HANDLE: f32 = 34.0;
/// The room between cells, in pt.
const GAP: f32 = 6.0;
/// The least width at which long text is put into a column, in pt.
const LONG: f32 = 190.0;
/// The width of a cell for a day, in pt.
const DAY: f32 = 84.0;
/// The width of a cell for short text, in pt.
const TEXT: f32 = 110.0;

/// Cells side by side: each column with its width, in pt.
type Line<'a> = Vec<(&'a Field, f32)>;

/// A table with its rows.
pub fn table_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field, columns: &[Field]) {
    let rows = match entry.open.value(place) {
        Some(Value::Rows(rows)) => rows.len(),
        _ => 0,
    };
    let lines = lines(columns, ui.available_width() - HANDLE - 3.0 * GAP);
    let mut edit = None;
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAP, 4.0);
        if let [line] = lines.as_slice() {
            ui.horizontal(|ui| {
                ui.add_space(HANDLE + GAP);
                for (column, width) in line {
                    heading_ui(ui, column, *width);
                }
            });
        }
        // An empty table shows a first row to type into.
        for row in 0..rows.max(1) {
            edit = row_ui(ui, entry, place, field, row, rows, &lines).or(edit.take());
        }
    });
    if entry.open.may_edit_rows(place) {
        let name = window::option(&field.label, window::ROW_ADD);
        if ui.button(format!("＋ {}", window::ROW_ADD)).accessible_name(name).clicked() {
            let at = rows.max(1);
            edit = Some(RowEdit::Insert(at));
            if let Some(first) = columns.first() {
                entry.typing.focus(Place { cell: Some((at, first.key.clone())), ..place.clone() });
            }
        }
    }
    if let Some(edit) = edit {
        entry.open.edit_rows(place, &edit, entry.now);
    }
}

/// How the columns are spread: in one line if long text has room there, else in two.
fn lines(columns: &[Field], available: f32) -> Vec<Line<'_>> {
    let long = columns.iter().filter(|column| column.kind == Kind::LongText).count();
    let taken: f32 = columns.iter().filter_map(fixed_width).map(|width| width + GAP).sum();
    let short: Vec<&Field> = columns.iter().filter(|column| column.kind != Kind::LongText).collect();
    if long == 0 {
        let stretch = (available / taken.max(1.0)).clamp(0.6, 2.0);
        return vec![short.into_iter().map(|column| (column, fixed_width(column).unwrap_or(TEXT) * stretch)).collect()];
    }
    #[expect(clippy::cast_precision_loss, reason = "a table has a handful of columns")]
    let share = |room: f32| room / long as f32 - GAP;
    let width = |column: &Field, rest: f32| fixed_width(column).unwrap_or(rest);
    if share(available - taken) >= LONG {
        let rest = share(available - taken);
        return vec![columns.iter().map(|column| (column, width(column, rest))).collect()];
    }
    let below = columns.iter().filter(|column| column.kind == Kind::LongText);
    vec![
        short.into_iter().map(|column| (column, width(column, TEXT))).collect(),
        below.map(|column| (column, share(available))).collect(),
    ]
}

fn fixed_width(column: &Field) -> Option<f32> {
    match column.kind {
        Kind::LongText => None,
        Kind::Date { .. } => Some(DAY),
        _ => Some(TEXT),
    }
}

fn heading_ui(ui: &mut Ui, column: &Field, width: f32) {
    ui.allocate_ui(vec2(width, 16.0), |ui| {
        ui.set_width(width);
        let text = RichText::new(&column.label).size(look::SMALL).color(look::WEAK);
        let label = ui.add(egui::Label::new(text).truncate());
        if let Some(hint) = &column.hint {
            label.on_hover_text(hint);
        }
    });
}

fn row_ui(
    ui: &mut Ui,
    entry: &mut Entry<'_>,
    place: &Place,
    field: &Field,
    row: usize,
    rows: usize,
    lines: &[Line<'_>],
) -> Option<RowEdit> {
    let mut edit = None;
    let has_headings = lines.len() > 1;
    let margin = if has_headings { Margin::symmetric(0, 5) } else { Margin::ZERO };
    let fill =
        if has_headings && row.is_multiple_of(2) { ui.visuals().faint_bg_color } else { egui::Color32::TRANSPARENT };
    Frame::new().fill(fill).inner_margin(margin).show(ui, |ui| {
        ui.horizontal_top(|ui| {
            let may_edit = entry.open.may_edit_rows(place);
            if may_edit || entry.open.is_own() {
                edit = handle_ui(ui, may_edit && rows > 0, field, row, rows);
            } else {
                number_ui(ui, row);
            }
            ui.vertical(|ui| {
                for line in lines {
                    ui.horizontal_top(|ui| {
                        for (column, width) in line {
                            ui.vertical(|ui| {
                                ui.set_width(*width);
                                if has_headings {
                                    heading_ui(ui, column, *width);
                                }
                                edit = cell_ui(ui, entry, place, field, row, column, *width).or(edit.take());
                            });
                        }
                    });
                }
            });
        });
    });
    edit
}

/// The number of a row that is only read.
fn number_ui(ui: &mut Ui, row: usize) {
    ui.allocate_ui(vec2(HANDLE, 20.0), |ui| {
        ui.set_width(HANDLE);
        ui.label(RichText::new((row + 1).to_string()).color(look::WEAK));
    });
}

/// The number of a row, with what can be done with it.
fn handle_ui(ui: &mut Ui, is_enabled: bool, field: &Field, row: usize, rows: usize) -> Option<RowEdit> {
    let mut edit = None;
    let button = Button::new((row + 1).to_string()).min_size(vec2(HANDLE, 28.0));
    ui.add_enabled_ui(is_enabled, |ui| {
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
        response.on_hover_text(window::ROW_MENU).accessible_name(window::cell(&field.label, row, window::ROW_MENU));
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
    if entry.open.is_fixed(&place) {
        let words = match entry.open.value(&place) {
            // As it stands in the cell of a table that is typed into: the room is for no more.
            Some(Value::Date(day)) => date::short(*day),
            Some(value) => entry::display(Some(column), value),
            None => String::new(),
        };
        ui.add(egui::Label::new(RichText::new(words).line_height(Some(20.0))).wrap().selectable(true));
        return None;
    }
    if let Kind::ChooseOne { options, .. } = &column.kind {
        choose_ui(ui, entry, &place, options, &name, width);
        return None;
    }
    let rows = if column.kind == Kind::LongText { 3 } else { 1 };
    let response = text_ui(ui, entry, &place, column, &name, TextLook { width, rows, short: true });
    let mut edit = None;
    response.context_menu(|ui| {
        if ui.add_enabled(row > 0, Button::new(window::FILL_DOWN)).clicked() {
            edit = Some(RowEdit::FillDown(row, column.key.clone()));
            ui.close();
        }
    });
    let is_asked = || ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::D));
    if row > 0 && response.has_focus() && is_asked() {
        edit = Some(RowEdit::FillDown(row, column.key.clone()));
    }
    unread_ui(ui, entry, &place, column);
    edit
}

fn choose_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, options: &[Choice], name: &str, width: f32) {
    let chosen = match entry.open.value(place) {
        Some(Value::Choice(chosen)) => chosen.keys().next().cloned(),
        _ => None,
    };
    let label = options.iter().find(|option| Some(&option.key) == chosen.as_ref());
    let label = label.map_or(window::NONE, |option| option.label.as_str());
    let mut picked = None;
    let button = Button::new(format!("{label} ▼")).min_size(vec2(width - 4.0, 28.0)).truncate();
    let response = ui.add_enabled_ui(entry.open.is_editable(), |ui| {
        let (response, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
            if ui.button(window::NONE).clicked() {
                picked = Some(None);
                ui.close();
            }
            for option in options {
                if ui.button(&option.label).clicked() {
                    picked = Some(Some(Value::Choice(Values::from([(option.key.clone(), Value::Blank)]))));
                    ui.close();
                }
            }
        });
        response
    });
    let response = response.inner.accessible_name(name);
    if let Some(value) = picked {
        entry.open.set(place, value, entry.now);
        entry.typing.focus(place.clone());
    }
    entry.typing.note(&response, place, false);
}
