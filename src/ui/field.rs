//! The input of one field, whatever is entered into it.

use eframe::egui;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use eframe::egui::{Align, Layout, Response, RichText, TextEdit, Ui, UiBuilder, vec2};

use crate::messages::{self, window};
use crate::model::case::is_shared;
use crate::model::characters::clusters;
use crate::model::check::{Place, Problem, SUBSTITUTES, Severity, What};
use crate::model::date;
use crate::model::entry;
use crate::model::failure::Failure;
use crate::model::form::{Choice, Detail, Field, Kind};
use crate::model::value::{Key, Value, Values};
use crate::session::OpenCase;

use super::field_label::label_ui;
use super::typing::{Typing, input_id};
use super::{date_field, fixed_field, look, table_field};

/// The width of the labels, in pt.
pub const LABEL_WIDTH: f32 = 148.0;
/// Below this width labels stand above their inputs, in pt.
pub(super) const NARROW: f32 = 380.0;
/// The width of a short input such as a number, in pt.
const SHORT: f32 = 72.0;

/// The width of a text beside an option, in pt.
const DETAIL: f32 = 180.0;
/// The width that is kept for a unit, in pt.
const UNIT: f32 = 60.0;
/// The room between options, in pt.
const OPTION_GAP: f32 = 14.0;

/// What the inputs work on.
pub struct Entry<'a> {
    /// The case.
    pub open: &'a mut OpenCase,
    /// Which field has the keyboard.
    pub typing: &'a mut Typing,
    /// The problems of the case, as far as they are known.
    pub problems: &'a [Problem],
    /// Whether a shared field is on one of the papers of the case.
    pub is_printed: &'a dyn Fn(&str) -> bool,
    /// The fields that stand beyond the first page of the document.
    pub grown: &'a [Key],
    /// Today.
    pub today: NaiveDate,
    /// The time, in seconds.
    pub now: f64,
}

/// How an input of text looks.
#[derive(Clone, Copy, Debug)]
pub struct TextLook {
    /// The width, in pt.
    pub width: f32,
    /// The height in lines; more than one takes line breaks.
    pub rows: usize,
    /// A day is shown as `R8.11.22`: there is no room for more.
    pub short: bool,
}

impl TextLook {
    /// One line.
    #[must_use]
    pub fn line(width: f32) -> Self {
        Self { width, rows: 1, short: false }
    }
}

/// The place of a field of a document: shared data has the same in all of them.
#[must_use]
pub fn place_of(document: Option<usize>, field: &Field) -> Place {
    Place { document: document.filter(|_| !is_shared(&field.key)), field: field.key.clone(), cell: None }
}

/// A field with its label, its input and what is wrong with it.
pub fn field_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field) {
    stable(ui, ("field scope", place), |ui| {
        if entry.open.is_fixed(place) {
            fixed_field::fixed_ui(ui, entry, place, field);
        } else if entry.open.is_own() {
            whole_field_ui(ui, entry, place, field);
        } else {
            fixed_field::to_fill_ui(ui, |ui| whole_field_ui(ui, entry, place, field));
        }
    });
    ui.add_space(2.0);
}

fn whole_field_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field) {
    let is_wide = matches!(field.kind, Kind::LongText | Kind::Table { .. });
    if matches!(field.kind, Kind::Tick { .. }) {
        // A box to tick has its label beside it.
        input_ui(ui, entry, place, field);
    } else if is_wide || ui.available_width() < NARROW {
        label_ui(ui, entry, place, field);
        input_ui(ui, entry, place, field);
    } else {
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(LABEL_WIDTH, 28.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(LABEL_WIDTH);
                label_ui(ui, entry, place, field);
            });
            ui.vertical(|ui| input_ui(ui, entry, place, field));
        });
    }
}

/// What is in here keeps its identity, and so the keyboard or its open menu, whatever comes and
/// goes before it while the page is drawn anew.
pub(super) fn stable<T>(
    ui: &mut Ui,
    name: impl std::hash::Hash + std::fmt::Debug,
    add: impl FnOnce(&mut Ui) -> T,
) -> T {
    ui.scope_builder(UiBuilder::new().scope_id(egui::Id::unique(name)), add).inner
}

fn input_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field) {
    let name = field.label.as_str();
    let width = ui.available_width();
    match &field.kind {
        Kind::Shared | Kind::Text => drop(text_ui(ui, entry, place, field, name, TextLook::line(width))),
        Kind::LongText => long_text_ui(ui, entry, place, field, width),
        Kind::Number => {
            ui.horizontal(|ui| {
                text_ui(ui, entry, place, field, name, TextLook::line(SHORT));
                unit_ui(ui, field.print.as_deref(), Detail::Number);
            });
        }
        Kind::Date { .. } => date_field::date_ui(ui, entry, place, field, name),
        Kind::ChooseOne { options, .. } => choice_ui(ui, entry, place, field, options, true),
        Kind::ChooseAny { options } => choice_ui(ui, entry, place, field, options, false),
        Kind::Tick { detail } => tick_ui(ui, entry, place, field, *detail),
        Kind::Table { columns } => table_field::table_ui(ui, entry, place, field, columns),
    }
    troubles_ui(ui, entry, place, field);
}

fn long_text_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field, width: f32) {
    text_ui(ui, entry, place, field, &field.label, TextLook { rows: 3, ..TextLook::line(width) });
    let written = entry.open.value(place).and_then(Value::as_text).map_or(0, |text| text.chars().count());
    if written > 0 && entry.grown.contains(&place.field) {
        ui.label(RichText::new(window::count(written)).size(look::SMALL).color(look::WEAK));
    }
}

/// An input of text, for every kind that is typed.
pub fn text_ui(
    ui: &mut Ui,
    entry: &mut Entry<'_>,
    place: &Place,
    field: &Field,
    name: &str,
    text_look: TextLook,
) -> Response {
    let mut text = match entry.open.value(place) {
        Some(Value::Date(day)) if text_look.short && is_at_rest(entry, place) => date::short(*day),
        _ => entry.typing.text(entry.open, place, field),
    };
    let is_multiline = text_look.rows > 1;
    let id = input_id(place);
    let edit = if is_multiline { TextEdit::multiline(&mut text) } else { TextEdit::singleline(&mut text) };
    let edit = edit
        .id(id)
        .desired_width(text_look.width - 14.0)
        .desired_rows(text_look.rows)
        .margin(vec2(6.0, 5.0))
        .interactive(entry.open.is_editable());
    let edit = match trouble_colour(entry, place) {
        Some(colour) => {
            ui.scope(|ui| {
                let widgets = &mut ui.visuals_mut().widgets;
                widgets.inactive.bg_stroke.color = colour;
                widgets.hovered.bg_stroke.color = colour;
                edit.show(ui)
            })
            .inner
        }
        None => edit.show(ui),
    };
    let response = edit.response.response.accessible_name(name);
    // First whether it is its turn: then the keyboard has just come here.
    entry.typing.note(&response, place, is_multiline);
    if response.gained_focus() && entry.typing.is_reached_by_key() {
        select_all(ui, &response, is_multiline, &text);
    }
    if response.changed() {
        entry.typing.typed(ui.ctx(), entry.open, place, field, text, entry.now);
    } else if !response.has_focus() {
        entry.typing.left(entry.open, place, entry.now);
    }
    response
}

/// Whether the field shows its value, and nothing else that was typed.
fn is_at_rest(entry: &Entry<'_>, place: &Place) -> bool {
    !entry.typing.is_typing(place) && !entry.open.pending().contains_key(place)
}

/// As in every form of Windows: typing after Tab or Enter replaces what is there.
fn select_all(ui: &Ui, response: &Response, is_multiline: bool, text: &str) {
    use eframe::egui::text::{CCursor, CCursorRange};
    if is_multiline || ui.input(|input| input.pointer.any_down()) {
        return;
    }
    if let Some(mut state) = TextEdit::load_state(ui.ctx(), response.id) {
        let end = CCursor::new(text.chars().count());
        state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), end)));
        TextEdit::store_state(ui.ctx(), response.id, state);
    }
}

fn trouble_colour(entry: &Entry<'_>, place: &Place) -> Option<egui::Color32> {
    if entry.open.pending().contains_key(place) && !entry.typing.is_typing(place) {
        return Some(look::ERROR);
    }
    let here = entry.problems.iter().filter(|problem| problem.place == *place && problem.what != What::Needed);
    here.map(|problem| problem.severity).min().map(severity_colour)
}

/// The colour of a problem.
#[must_use]
pub fn severity_colour(severity: Severity) -> egui::Color32 {
    match severity {
        Severity::Error => look::ERROR,
        Severity::Suggestion => look::CAUTION,
    }
}

/// What is wrong with a field, below its input.
fn troubles_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field) {
    unread_ui(ui, entry, place, field);
    let whole_table = matches!(field.kind, Kind::Table { .. });
    let problems = entry.problems.iter().filter(|problem| problem.what != What::Needed);
    for problem in problems.filter(|problem| {
        let other = &problem.place;
        other.field == place.field && other.document == place.document && (whole_table || other.cell == place.cell)
    }) {
        if matches!(problem.what, What::MissingGlyph { .. }) {
            continue;
        }
        let column = problem.place.cell.as_ref().and_then(|(_, key)| field.column(key)).map(|c| c.label.as_str());
        let words = messages::place(&problem.place, None, &field.label, column);
        trouble_ui(ui, &messages::problem(problem, &words).sentences(), severity_colour(problem.severity));
    }
    substitutes_ui(ui, entry, place);
}

/// Typed text that is no value, with what to do.
pub fn unread_ui(ui: &mut Ui, entry: &Entry<'_>, place: &Place, field: &Field) {
    if let Some(trouble) = entry.open.unread(place, field).filter(|_| !entry.typing.is_typing(place)) {
        let failure = Failure::Entry { key: field.key.clone(), trouble };
        trouble_ui(ui, &messages::failure(&failure).sentences(), look::ERROR);
    }
}

/// A sentence about what is wrong.
pub fn trouble_ui(ui: &mut Ui, words: &str, colour: egui::Color32) {
    ui.label(RichText::new(words).size(look::SMALL).line_height(Some(17.0)).color(colour));
}

/// For each character of a field that no font has: what is printed in its place.
fn substitutes_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place) {
    let mut characters: Vec<String> = Vec::new();
    for problem in entry.problems {
        if let What::MissingGlyph { character } = &problem.what
            && problem.place.field == place.field
            && problem.place.document == place.document
        {
            characters.push(character.clone());
        }
    }
    if let Some(value) = entry.open.value(place) {
        let known = &entry.open.case().print_substitutes;
        let written = entry::display(None, value);
        characters.extend(clusters(&written).filter(|cluster| known.contains_key(*cluster)).map(str::to_owned));
    }
    characters.sort();
    characters.dedup();
    for character in characters {
        substitute_ui(ui, entry, &character);
    }
}

fn substitute_ui(ui: &mut Ui, entry: &mut Entry<'_>, character: &str) {
    let place = Place { cell: Some((0, character.to_owned())), ..Place::field(SUBSTITUTES) };
    let name = window::substitute(character);
    let field = Field { key: SUBSTITUTES.to_owned(), label: name.clone(), kind: Kind::Text, ..Field::default() };
    if entry.open.text(&place, &field).is_empty() {
        trouble_ui(ui, &window::missing_glyph(character), look::ERROR);
    }
    ui.horizontal(|ui| {
        ui.label(RichText::new(&name).size(look::SMALL));
        text_ui(ui, entry, &place, &field, &name, TextLook::line(SHORT));
    });
    unread_ui(ui, entry, &place, &field);
}

fn choice_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field, options: &[Choice], exclusive: bool) {
    let empty = Values::new();
    let chosen = match entry.open.value(place) {
        Some(Value::Choice(chosen)) => chosen.clone(),
        _ => empty,
    };
    for row in rows_of(ui, options, &chosen) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = OPTION_GAP;
            for option in row {
                option_ui(ui, entry, place, field, option, &chosen, exclusive);
            }
        });
    }
}

/// The options in rows that have room for them. What keeps its identity cannot be wrapped by egui.
fn rows_of<'a>(ui: &Ui, options: &'a [Choice], chosen: &Values) -> Vec<Vec<&'a Choice>> {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let beside = |option: &Choice| match option.detail {
        Detail::Nothing => 0.0,
        _ if !chosen.contains_key(&option.key) => 0.0,
        Detail::Text => DETAIL + OPTION_GAP,
        Detail::Number | Detail::Date => SHORT + UNIT + OPTION_GAP,
    };
    let width = |option: &Choice| {
        let label = ui.painter().layout_no_wrap(option.label.clone(), font.clone(), look::TEXT).size().x;
        ui.spacing().icon_width + ui.spacing().icon_spacing + label + beside(option)
    };
    let mut rows: Vec<Vec<&Choice>> = Vec::new();
    let mut left = 0.0;
    for option in options {
        let needed = width(option) + OPTION_GAP;
        match rows.last_mut() {
            Some(row) if needed <= left => row.push(option),
            _ => {
                rows.push(vec![option]);
                left = ui.available_width();
            }
        }
        left -= needed;
    }
    rows
}

fn option_ui(
    ui: &mut Ui,
    entry: &mut Entry<'_>,
    place: &Place,
    field: &Field,
    option: &Choice,
    chosen: &Values,
    exclusive: bool,
) {
    let is_chosen = chosen.contains_key(&option.key);
    let response = stable(ui, ("option", place, &option.key), |ui| {
        let option_ui = |ui: &mut Ui| {
            if exclusive {
                ui.radio(is_chosen, &option.label)
            } else {
                ui.checkbox(&mut is_chosen.clone(), &option.label)
            }
        };
        ui.add_enabled_ui(entry.open.is_editable(), option_ui).inner
    });
    let response = response.accessible_name(window::option(&field.label, &option.label));
    entry.typing.note(&response, place, false);
    if response.clicked() {
        toggle(entry, place, chosen, option, exclusive);
    }
    if is_chosen {
        detail_ui(ui, entry, place, field, &option.key, &option.label, option.detail);
        unit_ui(ui, option.print.as_deref(), option.detail);
    }
}

/// Chooses an option or takes it back; of some only one can be chosen.
fn toggle(entry: &mut Entry<'_>, place: &Place, chosen: &Values, option: &Choice, exclusive: bool) {
    let mut chosen = chosen.clone();
    let was_chosen = chosen.remove(&option.key).is_some();
    if exclusive {
        chosen = BTreeMap::new();
    }
    if !was_chosen {
        chosen.insert(option.key.clone(), Value::Blank);
    }
    entry.open.set(place, (!chosen.is_empty()).then_some(Value::Choice(chosen)), entry.now);
}

fn tick_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field, detail: Detail) {
    ui.horizontal(|ui| {
        let mut is_ticked = matches!(entry.open.value(place), Some(Value::Tick(_)));
        let response = ui.add_enabled(entry.open.is_editable(), egui::Checkbox::new(&mut is_ticked, &field.label));
        entry.typing.note(&response, place, false);
        if response.clicked() {
            entry.open.set(place, is_ticked.then(|| Value::Tick(Box::new(Value::Blank))), entry.now);
        }
        if is_ticked {
            detail_ui(ui, entry, place, field, "", &field.label, detail);
            unit_ui(ui, field.print.as_deref(), detail);
        }
    });
}

/// The unit of a number, as it is printed after it.
fn unit_ui(ui: &mut Ui, print: Option<&str>, detail: Detail) {
    let after = print.and_then(|print| print.rsplit_once('}')).map_or("", |(_, after)| after);
    let unit = after.trim_matches(|c: char| c == '）' || c == '（' || c.is_whitespace());
    if detail == Detail::Number && !unit.is_empty() {
        ui.label(RichText::new(unit).color(look::WEAK));
    }
}

/// What is written beside a chosen option or a tick.
fn detail_ui(
    ui: &mut Ui,
    entry: &mut Entry<'_>,
    place: &Place,
    field: &Field,
    option: &str,
    label: &str,
    detail: Detail,
) {
    let name = if option.is_empty() { label.to_owned() } else { window::option(&field.label, label) };
    let Some(beside) = detail.field(&name) else { return };
    let place = Place { cell: Some((0, option.to_owned())), ..place.clone() };
    let width = if detail == Detail::Text { DETAIL } else { SHORT };
    ui.vertical(|ui| {
        ui.set_width(width);
        text_ui(ui, entry, &place, &beside, &window::detail(&name), TextLook::line(width));
        unread_ui(ui, entry, &place, &beside);
    });
}
