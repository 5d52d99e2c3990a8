//! The window's own file dialog, for machines on which the system has none to show.

use std::ops::Range;
use std::path::PathBuf;

use eframe::egui::{Button, Context, Frame, Id, Key, Modal, Modifiers, ScrollArea, TextEdit, Ui};

use crate::dialogs::browse::{Browser, Row, home};
use crate::dialogs::{Answer, Question, Wanted};
use crate::messages::dialog as words;

use super::composition::Composition;
use super::start::primary_ui;

/// A file dialog that is open.
pub struct FileDialog {
    browser: Browser,
    home: Option<PathBuf>,
    recent: Vec<PathBuf>,
    /// No field of it has had the focus yet.
    is_new: bool,
}

impl FileDialog {
    /// Opens the dialog; `recent` are the folders that were used lately, the last one first.
    #[must_use]
    pub fn new(question: Question, recent: &[PathBuf]) -> Self {
        let recent = recent.iter().take(5).cloned().collect();
        Self { browser: Browser::new(question), home: home(), recent, is_new: true }
    }

    /// Draws the dialog over everything else; returns the answer in the frame in which it is
    /// given.
    pub fn show(&mut self, context: &Context) -> Option<Answer> {
        let frame = Frame::popup(&context.global_style()).inner_margin(16.0);
        let modal = Modal::new(Id::unique("file dialog")).frame(frame).show(context, |ui| {
            let size = context.content_rect().size();
            ui.set_width((size.x - 60.0).clamp(240.0, 620.0));
            if self.browser.overwriting.is_some() {
                self.overwrite_ui(ui)
            } else {
                self.dialog_ui(ui, (size.y - 320.0).clamp(60.0, 320.0))
            }
        });
        let answer = modal.inner;
        if answer.is_none()
            && modal.is_top_modal
            && !modal.any_popup_open
            && !Composition::is_active(context)
            && took_escape(context)
        {
            return self.escape();
        }
        answer
    }

    fn escape(&mut self) -> Option<Answer> {
        if self.browser.overwriting.is_none() {
            return Some(Answer::Cancelled);
        }
        self.go_back();
        None
    }

    /// Leaves the question about writing over a file: another name may be typed at once.
    fn go_back(&mut self) {
        self.browser.overwriting = None;
        self.is_new = true;
    }

    fn dialog_ui(&mut self, ui: &mut Ui, height: f32) -> Option<Answer> {
        ui.heading(&self.browser.question.title);
        self.shortcuts_ui(ui);
        let mut answer = self.place_ui(ui);
        self.trouble_ui(ui);
        ui.separator();
        answer = answer.or(self.listing_ui(ui, height));
        ui.separator();
        if self.browser.question.wanted != Wanted::Folder {
            answer = answer.or(self.name_ui(ui));
        }
        answer.or(self.buttons_ui(ui))
    }

    fn shortcuts_ui(&mut self, ui: &mut Ui) {
        let mut target = None;
        ui.horizontal_wrapped(|ui| {
            if ui.add_enabled(self.browser.folder.parent().is_some(), Button::new(words::UP)).clicked() {
                self.browser.up();
            }
            if self.home.is_some() && ui.button(words::HOME).clicked() {
                target.clone_from(&self.home);
            }
            if !self.recent.is_empty() {
                ui.menu_button(words::RECENT, |ui| {
                    for folder in &self.recent {
                        if ui.button(folder.display().to_string()).clicked() {
                            target = Some(folder.clone());
                        }
                    }
                });
            }
        });
        if let Some(folder) = target {
            self.browser.go(&folder);
        }
    }

    fn place_ui(&mut self, ui: &mut Ui) -> Option<Answer> {
        ui.horizontal(|ui| {
            let label = ui.label(words::PLACE).id;
            let width = ui.available_width() - 70.0;
            let field = TextEdit::singleline(&mut self.browser.place).id_salt("place").desired_width(width);
            let field = ui.add(field).labelled_by(label);
            if self.is_new && self.browser.question.wanted == Wanted::Folder {
                self.is_new = false;
                field.request_focus();
            }
            let entered = field.lost_focus() && Self::pressed_enter(ui);
            if ui.button(words::GO).clicked() || entered { self.browser.go_to_place() } else { None }
        })
        .inner
    }

    fn trouble_ui(&self, ui: &mut Ui) {
        if let Some(failure) = &self.browser.trouble {
            ui.colored_label(ui.visuals().error_fg_color, words::trouble(failure));
        }
    }

    fn listing_ui(&mut self, ui: &mut Ui, height: f32) -> Option<Answer> {
        if let Some(filter) = &self.browser.question.filter {
            ui.label(words::sort(&filter.name, &filter.extensions));
        }
        if self.browser.listing.rows() == 0 {
            let is_folder = self.browser.question.wanted == Wanted::Folder;
            ui.label(if is_folder { words::NO_FOLDERS } else { words::NOTHING });
            return None;
        }
        let row = ui.spacing().interact_size.y;
        // Another folder begins at its top.
        let area = ScrollArea::vertical().id_salt(&self.browser.folder).max_height(height).auto_shrink([false, true]);
        let rows = self.browser.listing.rows();
        area.show_rows(ui, row, rows, |ui, shown| self.rows_ui(ui, shown)).inner
    }

    fn rows_ui(&mut self, ui: &mut Ui, shown: Range<usize>) -> Option<Answer> {
        let rows: Vec<Row> = shown.filter_map(|at| self.browser.listing.row(at)).collect();
        let mut answer = None;
        for row in rows {
            // A heading is as high as the other rows, or these would not stay where they scroll to.
            match row {
                Row::FoldersBelow => drop(ui.horizontal(|ui| ui.strong(words::FOLDERS))),
                Row::FilesBelow => drop(ui.horizontal(|ui| ui.strong(words::FILES))),
                Row::Folder(name) => self.folder_ui(ui, &name),
                Row::File(name) => answer = answer.or(self.file_ui(ui, &name)),
            }
        }
        answer
    }

    fn folder_ui(&mut self, ui: &mut Ui, name: &str) {
        if ui.push_id(("folder", name), |ui| ui.selectable_label(false, name)).inner.clicked() {
            let folder = self.browser.folder.join(name);
            self.browser.go(&folder);
        }
    }

    fn file_ui(&mut self, ui: &mut Ui, name: &str) -> Option<Answer> {
        let is_chosen = self.browser.name == name;
        let row = ui.push_id(("file", name), |ui| ui.selectable_label(is_chosen, name)).inner;
        if row.clicked() {
            name.clone_into(&mut self.browser.name);
        }
        if row.double_clicked() { self.browser.confirm() } else { None }
    }

    fn name_ui(&mut self, ui: &mut Ui) -> Option<Answer> {
        ui.horizontal(|ui| {
            let label = ui.label(words::NAME).id;
            let field = TextEdit::singleline(&mut self.browser.name).id_salt("name").desired_width(f32::INFINITY);
            let field = ui.add(field).labelled_by(label);
            if self.is_new {
                self.is_new = false;
                field.request_focus();
            }
            if field.lost_focus() && Self::pressed_enter(ui) { self.browser.confirm() } else { None }
        })
        .inner
    }

    fn buttons_ui(&mut self, ui: &mut Ui) -> Option<Answer> {
        let wanted = self.browser.question.wanted;
        let label = match wanted {
            Wanted::File => words::OPEN,
            Wanted::Folder => words::TAKE_FOLDER,
            Wanted::NewFile => words::SAVE,
        };
        let is_ready = wanted == Wanted::Folder || !self.browser.name.trim().is_empty();
        ui.horizontal(|ui| {
            if ui.add_enabled_ui(is_ready, |ui| primary_ui(ui, label)).inner.clicked() {
                return self.browser.confirm();
            }
            ui.button(words::CANCEL).clicked().then_some(Answer::Cancelled)
        })
        .inner
    }

    fn overwrite_ui(&mut self, ui: &mut Ui) -> Option<Answer> {
        let path = self.browser.overwriting.clone()?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        ui.label(words::overwrite(&name));
        ui.horizontal(|ui| {
            let keep = ui.button(words::KEEP);
            // The harmless answer is the one that Enter gives.
            if ui.memory(|memory| memory.focused().is_none()) {
                keep.request_focus();
            }
            if keep.clicked() {
                self.go_back();
            }
            ui.button(words::OVERWRITE).clicked().then_some(Answer::Chosen(path))
        })
        .inner
    }

    fn pressed_enter(ui: &Ui) -> bool {
        !Composition::is_active(ui.ctx()) && ui.input(|input| input.key_pressed(Key::Enter))
    }
}

fn took_escape(context: &Context) -> bool {
    context.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}
