//! 操作の記録: what was done with the case, by whom and when. Only the rows in sight are drawn.

use eframe::egui::{Align, Button, Label, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use crate::messages::sheets;
use crate::ui::look;

use super::Choice;
use super::parts::{close_ui, hint_ui, notice_ui, title_ui};

/// The height of a row, in pt.
const ROW: f32 = 26.0;
/// The most troubles that are told one by one.
const MOST: usize = 4;

/// An entry of the log, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Counts from 1.
    pub number: u64,
    /// When.
    pub at: String,
    /// By whom.
    pub user: String,
    /// What was done.
    pub what: String,
}

/// The log as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogView {
    /// The entries, the newest first.
    pub rows: Vec<Row>,
    /// What is wrong with the log or with the kept files.
    pub troubles: Vec<String>,
}

impl LogView {
    pub(super) fn ui(&mut self, ui: &mut Ui) -> Option<Choice> {
        let mut choice = None;
        title_ui(ui, sheets::LOG);
        self.troubles_ui(ui);
        hint_ui(ui, &sheets::log_count(self.rows.len()));
        ui.add_space(6.0);
        self.table_ui(ui);
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            choice = close_ui(ui);
            if ui.add_enabled(!self.rows.is_empty(), Button::new(sheets::WRITE_LOG)).clicked() {
                choice = Some(Choice::WriteLog);
            }
        });
        choice
    }

    fn troubles_ui(&self, ui: &mut Ui) {
        if self.troubles.is_empty() {
            return;
        }
        notice_ui(ui, look::ERROR_PALE, |ui| {
            for words in self.troubles.iter().take(MOST) {
                ui.colored_label(look::ERROR, words);
            }
            if self.troubles.len() > MOST {
                ui.colored_label(look::ERROR, sheets::further(self.troubles.len() - MOST));
            }
        });
        ui.add_space(6.0);
    }

    fn table_ui(&self, ui: &mut Ui) {
        let room = (ui.ctx().content_rect().height() - 300.0).max(120.0);
        let (number, at, user) = (60.0, 150.0, 120.0);
        let rest = (ui.available_width() - number - at - user - 56.0).max(200.0);
        let table = TableBuilder::new(ui)
            .id_salt("log")
            .striped(true)
            .max_scroll_height(room)
            .cell_layout(Layout::left_to_right(Align::Center))
            .column(Column::exact(number))
            .column(Column::exact(at))
            .column(Column::exact(user).clip(true))
            .column(Column::exact(rest).clip(true));
        let table = table.header(24.0, |mut header| {
            for head in [sheets::LOG_NUMBER, sheets::LOG_AT, sheets::LOG_USER, sheets::LOG_WHAT] {
                header.col(|ui| drop(ui.label(RichText::new(head).size(look::SMALL).color(look::WEAK))));
            }
        });
        table.body(|body| {
            body.rows(ROW, self.rows.len(), |mut row| {
                let one = &self.rows[row.index()];
                for words in [&one.number.to_string(), &one.at, &one.user, &one.what] {
                    row.col(|ui| drop(ui.add(Label::new(words).truncate())));
                }
            });
        });
    }

    /// The whole log as lines of text, the oldest first.
    #[must_use]
    pub fn text(&self) -> String {
        let troubles = self.troubles.iter().map(|words| format!("{words}\r\n"));
        let line = |row: &Row| format!("{}\t{}\t{}\t{}\r\n", row.number, row.at, row.user, row.what);
        troubles.chain(self.rows.iter().rev().map(line)).collect()
    }
}
