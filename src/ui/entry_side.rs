//! The entry side of an open case: tabs, the inputs in the order and groups of the paper, and
//! what to know about the field that has the keyboard.

use eframe::egui;
use std::collections::BTreeMap;

use eframe::egui::{Frame, Margin, RichText, ScrollArea, Stroke, Ui};

use crate::messages::{self, command as words, window};
use crate::model::case::{Case, Document, is_shared};
use crate::model::check::{CASE_NUMBER, Place, Problem, Severity};
use crate::model::form::{Block, Field, Form, Kind, Party};
use crate::model::people::People;
use crate::model::value::{Key, Value, Values};
use crate::store::directory::Directory;

use super::field::{Entry, field_ui, place_of, trouble_ui};
use super::progress::{Progress, tab::progress_ui};
use super::{Action, Tab, look};

/// What the entry side shows besides the case.
pub struct EntrySide<'a> {
    /// The forms by key.
    pub forms: &'a BTreeMap<Key, Form>,
    /// The shared fields.
    pub people: &'a People,
    /// What is shown.
    pub tab: Tab,
    /// The hospital's own list.
    pub directory: &'a Directory,
    /// How far the case has come.
    pub progress: &'a Progress,
    /// The step that is looked at.
    pub step: u8,
}

/// The tabs, the inputs, the line of guidance.
pub fn entry_side_ui(ui: &mut Ui, side: &EntrySide<'_>, entry: &mut Entry<'_>) -> Option<Action> {
    let mut action = None;
    egui::Panel::top("tabs")
        .frame(Frame::new().inner_margin(Margin { left: 14, right: 8, top: 8, bottom: 0 }))
        .show(ui, |ui| action = tabs_ui(ui, side, entry));
    if side.tab != Tab::Progress {
        egui::Panel::bottom("guidance")
            .frame(Frame::new().fill(look::ACCENT_PALE).inner_margin(Margin::symmetric(14, 7)))
            .show(ui, |ui| guidance_ui(ui, side, entry));
    }
    egui::CentralPanel::default()
        .frame(Frame::new().fill(egui::Color32::WHITE).inner_margin(Margin { left: 14, right: 4, top: 10, bottom: 4 }))
        .show(ui, |ui| {
            // Each tab keeps its own place.
            ScrollArea::vertical().id_salt(("entry", side.tab)).auto_shrink(false).show(ui, |ui| {
                ui.set_width(ui.available_width() - 10.0);
                let wanted = match side.tab {
                    Tab::Progress => progress_ui(ui, side.progress, side.step, entry.open.is_editable()),
                    Tab::Shared => shared_ui(ui, side, entry),
                    Tab::Document(at) => document_ui(ui, side, entry, at),
                };
                action = wanted.or(action.take());
                ui.add_space(24.0);
                if let Some(reached) = entry.typing.take_reached() {
                    // With its label above it.
                    ui.scroll_to_rect(reached.expand2(egui::vec2(0.0, 56.0)), None);
                }
            });
        });
    action
}

fn tabs_ui(ui: &mut Ui, side: &EntrySide<'_>, entry: &Entry<'_>) -> Option<Action> {
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding.x = 6.0;
        let is_own = entry.open.is_own();
        if is_own && tab_ui(ui, window::PROGRESS, side.tab == Tab::Progress, None) {
            action = Some(Action::ShowTab(Tab::Progress));
        }
        if is_own && tab_ui(ui, window::SHARED, side.tab == Tab::Shared, worst(entry.problems, None)) {
            action = Some(Action::ShowTab(Tab::Shared));
        }
        for (at, document) in entry.open.case().documents.iter().enumerate() {
            let nth = entry.open.case().documents_of(&document.form).take_while(|other| *other < at).count();
            let title = side.forms.get(&document.form).map_or(document.form.as_str(), |form| &form.short_title);
            let step = side.forms.get(&document.form).map_or("", |form| messages::step(form.step));
            let step = if step.chars().count() == 1 { step } else { "" };
            let number = if nth == 0 { String::new() } else { format!(" {}", nth + 1) };
            let is_shown = side.tab == Tab::Document(at);
            if tab_ui(ui, &format!("{step}{title}{number}"), is_shown, worst(entry.problems, Some(at))) {
                action = Some(Action::ShowTab(Tab::Document(at)));
            }
        }
        if is_own && entry.open.is_editable() {
            action = add_ui(ui, side, entry.open.case()).or(action.take());
        }
    });
    action
}

/// The gravest problem of a tab, of those that are more than an empty field.
fn worst(problems: &[Problem], document: Option<usize>) -> Option<Severity> {
    let here = problems.iter().filter(|problem| problem.place.document == document);
    here.filter(|problem| problem.severity == Severity::Error).map(|problem| problem.severity).min()
}

fn tab_ui(ui: &mut Ui, title: &str, is_shown: bool, worst: Option<Severity>) -> bool {
    let mut text = RichText::new(title);
    text = if is_shown { text.family(look::bold()).color(look::ACCENT) } else { text.color(look::WEAK) };
    let fill = if is_shown { egui::Color32::WHITE } else { egui::Color32::TRANSPARENT };
    let stroke = if is_shown { Stroke::new(1.0, look::LINE_PALE) } else { Stroke::NONE };
    let button = egui::Button::new(text)
        .fill(fill)
        .stroke(stroke)
        .corner_radius(egui::CornerRadius { nw: 6, ne: 6, sw: 0, se: 0 })
        .selected(false);
    let response = ui.add(button);
    if is_shown {
        let line = response.rect.bottom() - 1.0;
        ui.painter().hline(response.rect.x_range(), line, Stroke::new(2.0, look::ACCENT));
    }
    if worst.is_some() {
        ui.painter().circle_filled(response.rect.right_top() + egui::vec2(-7.0, 7.0), 3.5, look::ERROR);
    }
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Tab, true, is_shown, title));
    response.clicked()
}

fn add_ui(ui: &mut Ui, side: &EntrySide<'_>, case: &Case) -> Option<Action> {
    let mut action = None;
    let (button, _) = egui::containers::menu::MenuButton::new("＋").ui(ui, |ui| {
        let mut forms: Vec<&Form> = side.forms.values().collect();
        forms.sort_by_key(|form| (form.step, &form.title));
        for form in forms {
            if ui.button(format!("{}{}", form.title, caption(form))).accessible_name(&form.title).clicked() {
                action = Some(Action::AddDocument(form.key.clone()));
                ui.close();
            }
            let last = case.documents_of(&form.key).last().map(|at| &case.documents[at]);
            if last.is_some_and(Document::has_content) && ui.button(window::from_last(&form.title)).clicked() {
                action = Some(Action::AddFromLast(form.key.clone()));
                ui.close();
            }
        }
    });
    button.on_hover_text(window::ADD_DOCUMENT).accessible_name(window::ADD_DOCUMENT);
    action
}

/// The small line above the title, such as （別紙様式４９）: it tells forms of like titles apart.
fn caption(form: &Form) -> &str {
    let caption = form.page.iter().find_map(|block| match block {
        Block::Caption(caption) => Some(caption.as_str()),
        _ => None,
    });
    caption.unwrap_or_default()
}

/// The shared data, with the case number.
fn shared_ui(ui: &mut Ui, side: &EntrySide<'_>, entry: &mut Entry<'_>) -> Option<Action> {
    ui.label(RichText::new(window::SHARED_HINT).size(look::SMALL).color(look::WEAK));
    ui.add_space(6.0);
    let action = groups_ui(ui, side, entry, None, &side.people.fields.iter().collect::<Vec<_>>());
    ui.add_space(8.0);
    ui.separator();
    number_ui(ui, entry);
    action
}

fn number_ui(ui: &mut Ui, entry: &mut Entry<'_>) {
    let label = window::CASE_NUMBER.to_owned();
    let field = Field { key: CASE_NUMBER.to_owned(), label, kind: Kind::Text, ..Field::default() };
    field_ui(ui, entry, &Place::field(CASE_NUMBER), &field);
}

fn document_ui(ui: &mut Ui, side: &EntrySide<'_>, entry: &mut Entry<'_>, at: usize) -> Option<Action> {
    let document = entry.open.case().documents.get(at)?;
    let Some(form) = side.forms.get(&document.form) else {
        let unknown = entry.problems.iter().filter(|problem| problem.place.document == Some(at));
        for problem in unknown {
            trouble_ui(ui, &messages::problem(problem, &document.form).sentences(), look::ERROR);
        }
        return None;
    };
    ui.label(RichText::new(&form.title).text_style(egui::TextStyle::Heading));
    ui.add_space(4.0);
    // What is not theirs to fill in and says nothing is only in the way.
    let is_empty = |place: &Place| entry.open.value(place).is_none_or(Value::is_empty);
    let is_shown = |field: &&Field| {
        let place = place_of(Some(at), field);
        !entry.open.is_fixed(&place) || !is_empty(&place)
    };
    let shown: Vec<&Field> = form.fields.iter().filter(is_shown).collect();
    let mut action = groups_ui(ui, side, entry, Some(at), &shown);
    unused_ui(ui, form, entry, at);
    if entry.open.is_editable() && entry.open.is_own() {
        ui.add_space(16.0);
        if ui.button(RichText::new(window::REMOVE_DOCUMENT).size(look::SMALL).color(look::WEAK)).clicked() {
            action = Some(Action::RemoveDocument(at));
        }
    }
    action
}

/// What is kept although the template has no field for it any more.
fn unused_ui(ui: &mut Ui, form: &Form, entry: &Entry<'_>, at: usize) {
    let values = &entry.open.case().documents[at].values;
    for (key, value) in values.iter().filter(|(key, _)| form.field(key).is_none()) {
        let words = format!("{key}：{}", crate::model::entry::display(None, value));
        trouble_ui(ui, &words, look::CAUTION);
    }
}

/// The fields under the headings of their groups, in their order.
fn groups_ui(
    ui: &mut Ui,
    side: &EntrySide<'_>,
    entry: &mut Entry<'_>,
    document: Option<usize>,
    fields: &[&Field],
) -> Option<Action> {
    let mut action = None;
    let heading = |field: &Field| match (&field.group, document) {
        (Some(group), _) => Some(group.clone()),
        (None, Some(_)) if is_shared(&field.key) => Some(window::SHARED.to_owned()),
        (None, _) => None,
    };
    let mut fields = fields.iter().peekable();
    let mut last: Option<String> = None;
    while let Some(field) = fields.next() {
        let group = heading(field);
        if group != last {
            let keys: Vec<Key> = std::iter::once(*field)
                .chain(fields.clone().copied().take_while(|other| heading(other) == group))
                .map(|field| field.key.clone())
                .collect();
            if let Some(group) = &group {
                action = heading_ui(ui, side, entry, group, &keys).or(action.take());
            } else {
                ui.add_space(8.0);
                ui.separator();
            }
            last = group;
        }
        field_ui(ui, entry, &place_of(document, field), field);
    }
    action
}

fn heading_ui(ui: &mut Ui, side: &EntrySide<'_>, entry: &Entry<'_>, group: &str, keys: &[Key]) -> Option<Action> {
    let mut action = None;
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(group).family(look::bold()).color(look::ACCENT));
        let offered: Vec<&Values> =
            side.directory.entries_for(&keys.iter().map(String::as_str).collect::<Vec<_>>()).collect();
        let may_choose = entry.open.is_editable() && entry.open.is_own();
        if may_choose && keys.iter().any(|key| is_shared(key)) {
            action = look::small(ui, |ui| directory_ui(ui, side.people, &offered, group, keys));
            if side.tab == Tab::Shared {
                action = look::small(ui, |ui| add_entry_ui(ui, side.people, entry, group, keys)).or(action.take());
            }
        }
    });
    ui.separator();
    action
}

/// The hospital's own list, where it has something for this group.
fn directory_ui(ui: &mut Ui, people: &People, offered: &[&Values], group: &str, keys: &[Key]) -> Option<Action> {
    if offered.is_empty() {
        return None;
    }
    let mut action = None;
    let label = RichText::new(format!("{} ▼", window::DIRECTORY)).size(look::SMALL);
    let (button, _) = egui::containers::menu::MenuButton::from_button(egui::Button::new(label)).ui(ui, |ui| {
        for values in offered {
            let words: Vec<String> = values
                .iter()
                .filter(|(key, _)| keys.contains(key))
                .map(|(key, value)| crate::model::entry::display(people.field(key), value))
                .collect();
            if ui.button(words.join("　")).clicked() {
                action = Some(Action::TakeEntry((*values).clone()));
                ui.close();
            }
        }
    });
    button.accessible_name(window::option(group, window::DIRECTORY));
    action
}

/// Adds what stands in a group to the hospital's own list. What is the patient's own stays out.
fn add_entry_ui(ui: &mut Ui, people_fields: &People, entry: &Entry<'_>, group: &str, keys: &[Key]) -> Option<Action> {
    let people = &entry.open.case().people;
    let is_of_patient = |key: &Key| people_fields.field(key).is_some_and(|field| field.by.contains(&Party::Patient));
    if keys.iter().any(is_of_patient) {
        return None;
    }
    let is_filled = keys.iter().any(|key| people.get(key).is_some_and(|value| !value.is_empty()));
    if !is_filled {
        return None;
    }
    let label = RichText::new(window::DIRECTORY_ADD).size(look::SMALL);
    let button = ui.add(egui::Button::new(label)).on_hover_text(window::DIRECTORY_ADD_HINT);
    let clicked = button.accessible_name(window::option(group, window::DIRECTORY_ADD)).clicked();
    clicked.then(|| Action::AddEntry(keys.to_vec()))
}

/// One line about the field that has the keyboard.
fn guidance_ui(ui: &mut Ui, side: &EntrySide<'_>, entry: &Entry<'_>) {
    let hint = entry.typing.focused().and_then(|place| {
        let form = place.document.or(side.tab.document()).and_then(|at| entry.open.case().documents.get(at));
        let form = form.and_then(|document| side.forms.get(&document.form));
        let field = form.and_then(|form| form.field(&place.field)).or_else(|| side.people.field(&place.field))?;
        let column = place.cell.as_ref().and_then(|(_, key)| field.column(key));
        column.and_then(|column| column.hint.as_deref()).or(field.hint.as_deref())
    });
    let words = hint.unwrap_or(words::GUIDANCE);
    ui.label(RichText::new(words).size(look::SMALL).color(look::TEXT));
}
