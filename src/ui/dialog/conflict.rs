//! Somebody else changed the file: which of the two states stays.

use eframe::egui::{Grid, RichText, ScrollArea, Ui, vec2};

use crate::messages::{command as words, questions as texts};
use crate::ui::look;

use super::Choice;
use super::parts::{answers_ui, title_ui};

/// What differs between what is open and what somebody else saved.
pub struct Conflict {
    /// The file is gone.
    pub is_removed: bool,
    /// Place, what is open, what is in the file.
    pub rows: Vec<(String, String, String)>,
}

pub(super) fn conflict_ui(ui: &mut Ui, conflict: &Conflict) -> Option<Choice> {
    title_ui(ui, if conflict.is_removed { texts::REMOVED } else { texts::CONFLICT });
    ui.label(if conflict.is_removed { texts::REMOVED_DETAIL } else { texts::CONFLICT_DETAIL });
    ui.add_space(8.0);
    if !conflict.rows.is_empty() {
        ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
            Grid::new("conflict").striped(true).num_columns(3).spacing(vec2(12.0, 6.0)).show(ui, |ui| {
                for heading in [texts::PLACE, texts::MINE, texts::THEIRS] {
                    ui.label(RichText::new(heading).size(look::SMALL).color(look::WEAK));
                }
                ui.end_row();
                for (place, mine, theirs) in &conflict.rows {
                    for text in [place, mine, theirs] {
                        ui.vertical(|ui| {
                            ui.set_width(190.0);
                            ui.label(text);
                        });
                    }
                    ui.end_row();
                }
            });
        });
        ui.add_space(8.0);
    }
    let mut answers = vec![(texts::SAVE_OVER, Choice::SaveOver)];
    if !conflict.is_removed {
        answers.push((texts::TAKE_THEIRS, Choice::TakeTheirs));
    }
    answers.extend([(words::SAVE_AS, Choice::SaveAs), (texts::GO_BACK, Choice::Cancel)]);
    answers_ui(ui, &answers)
}
