//! The list of the cases: who, where it stands, what to do next and whose turn it is, by when.

use chrono::NaiveDate;
use eframe::egui::{self, Align, Button, Color32, Key, Label, Layout, Modifiers, RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder, TableRow};

use crate::messages::{self, follow_up, start as texts};
use crate::model::failure::Failure;
use crate::model::follow_up::Urgency;
use crate::store::folder::{Listed, Summary};
use crate::store::template_file::Library;
use crate::ui::composition::Composition;
use crate::ui::{Action, look};

use super::follow_up::colour;
use super::page::{SortBy, StartPage, file_name};

/// The height of a line, in pt.
const ROW: f32 = 48.0;
/// What is left free before the text of a cell, in pt.
const PADDING: f32 = 6.0;

/// Which columns there is room for, and how wide they are, in pt.
struct Columns {
    name: f32,
    step: f32,
    next: f32,
    due: f32,
    number: f32,
    /// The step has its title under its number.
    has_titles: bool,
}

impl Columns {
    fn of(width: f32) -> Self {
        let has_titles = width >= 820.0;
        let (step, due) = if has_titles { (116.0, 146.0) } else { (44.0, 120.0) };
        let number = if width >= 660.0 { 136.0 } else { 0.0 };
        let gaps = if number > 0.0 { 56.0 } else { 46.0 };
        let rest = (width - step - due - number - gaps).max(240.0);
        let name = (rest * 0.32).clamp(100.0, 160.0);
        Self { name, step, next: rest - name, due, number, has_titles }
    }
}

/// Up, down and Enter work in the list while the search has the keyboard.
pub(super) fn keys(ui: &Ui, page: &mut StartPage) -> Option<Action> {
    let focused = ui.memory(egui::Memory::focused);
    let in_list = focused.is_none_or(|id| id == egui::Id::unique("search"));
    if !in_list || Composition::is_active(ui.ctx()) || page.shown.is_empty() {
        return None;
    }
    let last = page.shown.len() - 1;
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        page.selected = Some(page.selected.map_or(0, |at| (at + 1).min(last)));
    }
    if pressed(Key::ArrowUp) {
        page.selected = page.selected.map(|at| at.saturating_sub(1));
    }
    let chosen = page.selected.or((page.shown.len() == 1).then_some(0));
    if let Some(chosen) = chosen.filter(|_| pressed(Key::Enter)) {
        return Some(Action::OpenFile(page.listed[page.shown[chosen]].path.clone()));
    }
    None
}

/// Draws the list.
pub(super) fn list_ui(ui: &mut Ui, page: &mut StartPage, library: &Library, today: NaiveDate) -> Option<Action> {
    let mut action = None;
    let columns = Columns::of(ui.available_width());
    let mut sort = page.sort;
    let mut table =
        TableBuilder::new(ui).striped(true).sense(Sense::click()).cell_layout(Layout::left_to_right(Align::Center));
    for width in [columns.name, columns.step, columns.next, columns.due, columns.number] {
        if width > 0.0 {
            table = table.column(Column::exact(width).clip(true));
        }
    }
    if let Some(selected) = page.selected {
        table = table.scroll_to_row(selected, None);
    }
    let table = table.header(30.0, |mut header| sort = header_ui(&mut header, &columns, page.sort));
    let (listed, shown, selected) = (&page.listed, &page.shown, page.selected);
    let mut clicked = None;
    table.body(|body| {
        body.rows(ROW, shown.len(), |mut row| {
            let at = row.index();
            let one = &listed[shown[at]];
            row.set_selected(selected == Some(at));
            row_ui(&mut row, one, &columns, library, today);
            let response = row.response();
            if response.clicked() {
                clicked = Some(at);
            }
            if response.double_clicked() {
                action = Some(Action::OpenFile(one.path.clone()));
            }
        });
    });
    page.selected = clicked.or(page.selected);
    page.set_order(sort, page.shelf);
    action
}

/// The headings; a click on one sorts by it.
fn header_ui(header: &mut TableRow<'_, '_>, columns: &Columns, sort: SortBy) -> SortBy {
    let mut chosen = sort;
    let mut title = |text: &str, by: Option<SortBy>| {
        header.col(|ui| {
            ui.spacing_mut().button_padding.x = PADDING;
            let mark = if by == Some(sort) { " ▼" } else { "" };
            let label = RichText::new(format!("{text}{mark}")).size(look::SMALL).color(look::WEAK);
            let Some(by) = by else {
                ui.add_space(PADDING);
                ui.label(label);
                return;
            };
            if ui.add(Button::new(label).frame_when_inactive(false)).clicked() {
                chosen = by;
            }
        });
    };
    title(texts::NAME, Some(SortBy::Name));
    title(texts::STEP, None);
    title(texts::NEXT, None);
    title(texts::DUE, Some(SortBy::Due));
    if columns.number > 0.0 {
        title(texts::NUMBER_AND_COMPANY, Some(SortBy::Number));
    }
    chosen
}

fn row_ui(row: &mut TableRow<'_, '_>, one: &Listed, columns: &Columns, library: &Library, today: NaiveDate) {
    match &one.what {
        Ok(summary) => {
            row.col(|ui| name_ui(ui, summary));
            row.col(|ui| step_ui(ui, summary, library, columns.has_titles));
            row.col(|ui| next_ui(ui, summary, library));
            row.col(|ui| due_ui(ui, summary, today));
            if columns.number > 0.0 {
                row.col(|ui| lines_ui(ui, (&summary.number, look::TEXT), &summary.company));
            }
        }
        Err(failure) => {
            row.col(|ui| lines_ui(ui, (&file_name(&one.path), look::ERROR), ""));
            row.col(|_| {});
            row.col(|ui| broken_ui(ui, failure));
            for _ in 0..=usize::from(columns.number > 0.0) {
                row.col(|_| {});
            }
        }
    }
}

/// A line of text and a smaller one under it.
fn lines_ui(ui: &mut Ui, (first, colour): (&str, Color32), second: &str) {
    ui.add_space(PADDING);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        ui.add_space(6.0);
        ui.add(Label::new(RichText::new(first).color(colour)).truncate().selectable(false));
        let second = RichText::new(second).size(look::SMALL).color(look::WEAK);
        ui.add(Label::new(second).truncate().selectable(false));
    });
}

fn name_ui(ui: &mut Ui, summary: &Summary) {
    let name = if summary.name.is_empty() { texts::NAMELESS } else { &summary.name };
    lines_ui(ui, (name, look::TEXT), &summary.kana);
}

fn step_ui(ui: &mut Ui, summary: &Summary, library: &Library, has_title: bool) {
    let step = summary.standing.step;
    let (number, title) = match summary.outcome() {
        Some(outcome) => (texts::CLOSED, messages::record::outcome(outcome)),
        None => (messages::step(step), messages::step_title(&library.process, step)),
    };
    if has_title {
        lines_ui(ui, (number, look::ACCENT), title);
    } else {
        ui.add_space(PADDING);
        let size = if summary.outcome().is_some() { look::SMALL } else { look::HEADING };
        ui.label(RichText::new(number).size(size).color(look::ACCENT)).on_hover_text(title);
    }
}

fn next_ui(ui: &mut Ui, summary: &Summary, library: &Library) {
    let standing = &summary.standing;
    let form = summary.form().and_then(|form| library.forms.get(form)).map(|form| form.short_title.as_str());
    let action = messages::action(&standing.action, form);
    let second = match (summary.outcome(), standing.since) {
        (Some(_), since) => texts::closed(since),
        (None, since) => texts::turn(messages::party(standing.turn), since),
    };
    lines_ui(ui, (&action, look::TEXT), &second);
}

fn due_ui(ui: &mut Ui, summary: &Summary, today: NaiveDate) {
    let Some(next) = summary.next(today) else { return };
    let colour = colour(Urgency::of(next.on, today));
    let occasion = follow_up::occasion(&next.what);
    lines_ui(ui, (&follow_up::day(next.on), colour), &occasion);
}

fn broken_ui(ui: &mut Ui, failure: &Failure) {
    let message = messages::failure(failure);
    lines_ui(ui, (&message.what, look::ERROR), &message.todo);
}
