//! The start page: the cases of a folder, what was left unsaved, and how to begin.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use eframe::egui;
use eframe::egui::{
    Align, Button, Color32, Frame, Key, Layout, Margin, Modifiers, RichText, Sense, TextEdit, Ui, vec2,
};
use egui_extras::{Column, TableBuilder};

use crate::assets;
use crate::messages::{self, command as words, start as texts};
use crate::model::failure::Failure;
use crate::model::form::Form;
use crate::model::search::{Query, fold};
use crate::model::value::Key as FormKey;
use crate::store::folder::{Listed, Summary};

use super::{Action, Command, look};

/// Below this width what stands at the side is left out, in pt.
const NARROW: f32 = 700.0;
/// The width of the side, in pt.
const SIDE: f32 = 230.0;

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// フリガナ, or the name where there is none.
    Name,
    /// ケース番号.
    Number,
    /// The employer.
    Company,
    /// The last change, the newest first.
    Changed,
}

/// A case that was never saved and that a draft was kept of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// The draft.
    pub path: PathBuf,
    /// The patient's name, or the case number.
    pub name: String,
    /// When it was written.
    pub saved_at: String,
}

/// The start page with what it keeps from frame to frame.
pub struct StartPage {
    /// The folder.
    pub folder: Option<PathBuf>,
    /// How much of it is read, of how much; none when all is.
    pub loading: Option<(usize, usize)>,
    /// Why the folder cannot be read.
    pub trouble: Option<Failure>,
    /// Cases that were never saved.
    pub unsaved: Vec<Unsaved>,
    /// The search has to get the keyboard.
    pub wants_search: bool,
    listed: Vec<Listed>,
    /// The whole folder was read.
    is_complete: bool,
    search: String,
    sort: SortBy,
    shown: Vec<usize>,
    selected: Option<usize>,
}

impl Default for StartPage {
    fn default() -> Self {
        Self {
            folder: None,
            loading: None,
            trouble: None,
            unsaved: Vec::new(),
            wants_search: false,
            listed: Vec::new(),
            is_complete: true,
            search: String::new(),
            sort: SortBy::Changed,
            shown: Vec::new(),
            selected: None,
        }
    }
}

impl StartPage {
    /// The files of the folder.
    #[must_use]
    pub fn listed(&self) -> &[Listed] {
        &self.listed
    }

    /// Takes over what was found in the folder.
    pub fn take(&mut self, listed: Vec<Listed>, is_complete: bool) {
        self.listed = listed;
        self.is_complete = is_complete;
        self.arrange();
    }

    /// One file was written: its line is brought up to date.
    pub fn update(&mut self, one: Listed) {
        if one.path.parent() != self.folder.as_deref() {
            return;
        }
        match self.listed.iter_mut().find(|other| other.path == one.path) {
            Some(other) => *other = one,
            None => self.listed.push(one),
        }
        self.arrange();
    }

    /// Looks for something else.
    pub fn set_search(&mut self, search: String) {
        self.search = search;
        self.arrange();
    }

    fn arrange(&mut self) {
        let query = Query::new(&self.search);
        let is_found = |listed: &Listed| {
            let folded = listed.what.as_ref().map(|summary| summary.folded.as_str()).unwrap_or_default();
            query.is_in(&[folded]) || query.is_in(&[folded, &fold(&file_name(&listed.path))])
        };
        self.shown = (0..self.listed.len()).filter(|at| is_found(&self.listed[*at])).collect();
        let listed = &self.listed;
        let text = |at: &usize, of: fn(&Summary) -> String| listed[*at].what.as_ref().map(of).unwrap_or_default();
        match self.sort {
            SortBy::Name => self.shown.sort_by_cached_key(|at| text(at, sort_name)),
            SortBy::Number => self.shown.sort_by_cached_key(|at| text(at, |summary| summary.number.clone())),
            SortBy::Company => self.shown.sort_by_cached_key(|at| text(at, |summary| summary.company.clone())),
            SortBy::Changed => self.shown.sort_by_key(|at| std::cmp::Reverse(listed[*at].changed)),
        }
        self.selected = None;
    }
}

fn sort_name(summary: &Summary) -> String {
    fold(if summary.kana.is_empty() { &summary.name } else { &summary.kana })
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Draws the start page.
pub fn start_ui(
    ui: &mut Ui,
    page: &mut StartPage,
    forms: &BTreeMap<FormKey, Form>,
    recent: &[PathBuf],
) -> Option<Action> {
    let mut action = None;
    let is_wide = ui.available_width() >= NARROW;
    egui::Panel::top("start head")
        .frame(Frame::new().fill(Color32::WHITE).inner_margin(Margin::symmetric(20, 14)))
        .show(ui, |ui| action = head_ui(ui, page));
    if is_wide {
        egui::Panel::right("start side")
            .exact_size(SIDE)
            .resizable(false)
            .frame(Frame::new().fill(look::PANEL).inner_margin(Margin::symmetric(14, 12)))
            .show(ui, |ui| action = side_ui(ui, recent).or(action.take()));
    }
    egui::CentralPanel::default().frame(Frame::new().fill(look::PANEL).inner_margin(Margin::symmetric(20, 12))).show(
        ui,
        |ui| {
            action = unsaved_ui(ui, &page.unsaved).or(action.take());
            action = body_ui(ui, page, forms, is_wide).or(action.take());
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
        for command in [Command::Open, Command::ChooseFolder] {
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

fn side_ui(ui: &mut Ui, recent: &[PathBuf]) -> Option<Action> {
    let mut action = None;
    egui::ScrollArea::vertical().id_salt("start side").show(ui, |ui| {
        if !recent.is_empty() {
            ui.label(RichText::new(texts::RECENT).family(look::bold()).color(look::ACCENT));
            for path in recent.iter().take(6) {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                let button = Button::new(name).frame_when_inactive(false).truncate();
                if ui.add(button).on_hover_text(path.display().to_string()).clicked() {
                    action = Some(Action::OpenFile(path.clone()));
                }
            }
            ui.add_space(16.0);
        }
        ui.label(RichText::new(texts::EXAMPLES).family(look::bold()).color(look::ACCENT));
        ui.label(RichText::new(texts::EXAMPLES_HINT).size(look::SMALL).color(look::WEAK));
        for (file, text) in assets::EXAMPLES {
            let name = assets::example_name(file);
            let about = format!("{}（{}）", assets::example_about(text), name.to_uppercase());
            let button = Button::new(about).frame_when_inactive(false).wrap();
            if ui.add(button).accessible_name(texts::example(name)).clicked() {
                action = Some(Action::OpenExample(name));
            }
        }
    });
    action
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

fn body_ui(ui: &mut Ui, page: &mut StartPage, forms: &BTreeMap<FormKey, Form>, is_wide: bool) -> Option<Action> {
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
    folder_ui(ui, page);
    if page.shown.is_empty() {
        ui.add_space(24.0);
        ui.label(texts::NOTHING_FOUND);
        return None;
    }
    keys(ui, page).or_else(|| list_ui(ui, page, forms))
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

fn folder_ui(ui: &mut Ui, page: &StartPage) {
    ui.horizontal(|ui| {
        if let Some(folder) = &page.folder {
            let text = RichText::new(folder.display().to_string()).size(look::SMALL).color(look::WEAK);
            ui.add(egui::Label::new(text).truncate());
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let text = texts::count(page.shown.len(), page.listed.len());
            ui.label(RichText::new(text).size(look::SMALL).color(look::WEAK));
            if !page.is_complete {
                ui.label(RichText::new(texts::INCOMPLETE).size(look::SMALL).color(look::CAUTION));
            }
        });
    });
    ui.add_space(4.0);
}

/// Up, down and Enter work in the list while the search has the keyboard.
fn keys(ui: &Ui, page: &mut StartPage) -> Option<Action> {
    let focused = ui.memory(egui::Memory::focused);
    let in_list = focused.is_none_or(|id| id == egui::Id::unique("search"));
    if !in_list || super::composition::Composition::is_active(ui.ctx()) || page.shown.is_empty() {
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

fn list_ui(ui: &mut Ui, page: &mut StartPage, forms: &BTreeMap<FormKey, Form>) -> Option<Action> {
    let mut action = None;
    let mut sort = page.sort;
    let width = ui.available_width();
    let (number, changed) = (92.0, 130.0);
    let rest = (width - number - changed - 40.0).max(240.0);
    let has_forms = width > 560.0;
    let mut table = TableBuilder::new(ui)
        .striped(true)
        .sense(Sense::click())
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(rest * if has_forms { 0.42 } else { 0.55 }).clip(true))
        .column(Column::exact(number).clip(true))
        .column(Column::exact(rest * if has_forms { 0.34 } else { 0.45 }).clip(true));
    if has_forms {
        table = table.column(Column::exact(rest * 0.24).clip(true));
    }
    if let Some(selected) = page.selected {
        table = table.scroll_to_row(selected, None);
    }
    let table = table.column(Column::exact(changed)).header(30.0, |mut header| {
        let mut title = |text: &str, by: Option<SortBy>| {
            header.col(|ui| {
                let mark = if by == Some(sort) { " ▼" } else { "" };
                let label = RichText::new(format!("{text}{mark}")).size(look::SMALL).color(look::WEAK);
                match by {
                    Some(by) => {
                        if ui.add(Button::new(label).frame_when_inactive(false)).clicked() {
                            sort = by;
                        }
                    }
                    None => drop(ui.label(label)),
                }
            });
        };
        title(texts::NAME, Some(SortBy::Name));
        title(texts::NUMBER, Some(SortBy::Number));
        title(texts::COMPANY, Some(SortBy::Company));
        if has_forms {
            title(texts::FORMS, None);
        }
        title(texts::CHANGED, Some(SortBy::Changed));
    });
    let (listed, shown, selected) = (&page.listed, &page.shown, page.selected);
    let mut clicked = None;
    table.body(|body| {
        body.rows(44.0, shown.len(), |mut row| {
            let at = row.index();
            let one = &listed[shown[at]];
            row.set_selected(selected == Some(at));
            match &one.what {
                Ok(summary) => {
                    row.col(|ui| name_ui(ui, summary));
                    row.col(|ui| drop(ui.label(&summary.number)));
                    row.col(|ui| drop(ui.add(egui::Label::new(&summary.company).truncate().selectable(false))));
                    if has_forms {
                        row.col(|ui| forms_ui(ui, summary, forms));
                    }
                }
                Err(failure) => {
                    row.col(|ui| broken_ui(ui, &one.path, failure));
                    for _ in 0..2 + usize::from(has_forms) {
                        row.col(|_| {});
                    }
                }
            }
            row.col(|ui| {
                drop(ui.label(RichText::new(texts::changed(one.changed)).size(look::SMALL).color(look::WEAK)));
            });
            let response = row.response();
            if response.clicked() {
                clicked = Some(at);
            }
            if response.double_clicked() {
                action = Some(Action::OpenFile(one.path.clone()));
            }
        });
    });
    if clicked.is_some() {
        page.selected = clicked;
    }
    if sort != page.sort {
        page.sort = sort;
        page.arrange();
    }
    action
}

fn name_ui(ui: &mut Ui, summary: &Summary) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.add_space(3.0);
        let name = if summary.name.is_empty() { texts::NAMELESS } else { &summary.name };
        ui.add(egui::Label::new(RichText::new(name).color(look::TEXT)).truncate().selectable(false));
        let kana = RichText::new(&summary.kana).size(look::SMALL - 1.0).color(look::WEAK);
        ui.add(egui::Label::new(kana).truncate().selectable(false));
    });
}

/// A mark for each document: filled or still empty.
fn forms_ui(ui: &mut Ui, summary: &Summary, forms: &BTreeMap<FormKey, Form>) {
    let marks: String = summary.documents.iter().map(|one| if one.is_filled { '●' } else { '○' }).collect();
    let names: Vec<String> = summary
        .documents
        .iter()
        .map(|one| texts::form(forms.get(&one.form).map_or(&*one.form, |form| &form.short_title), one.is_filled))
        .collect();
    ui.add(egui::Label::new(RichText::new(marks).color(look::ACCENT)).selectable(false))
        .on_hover_text(names.join("\n"));
}

fn broken_ui(ui: &mut Ui, path: &Path, failure: &Failure) {
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.add_space(3.0);
        ui.add(egui::Label::new(RichText::new(file_name(path)).color(look::ERROR)).truncate().selectable(false));
        let message = messages::failure(failure);
        let text = RichText::new(&message.what).size(look::SMALL - 1.0).color(look::ERROR);
        ui.add(egui::Label::new(text).truncate().selectable(false)).on_hover_text(message.sentences());
    });
}
