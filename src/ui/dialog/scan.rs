//! The scan of a signed paper: which file, and what was found in it.

use std::path::PathBuf;

use eframe::egui::{Label, RichText, Ui};

use crate::messages::{Message, sheets, window};
use crate::ui::field::trouble_ui;
use crate::ui::look;

use super::Choice;
use super::parts::named_ui;

/// A file that may be kept with what is recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// The file; none where there is none.
    pub path: Option<PathBuf>,
    /// What was found in it; none while it is being looked at.
    pub found: Option<Found>,
}

/// What was found in a scan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// What is odd about it, and does not keep it from being recorded.
    pub cautions: Vec<String>,
    /// Why it cannot be kept.
    pub failure: Option<Message>,
}

impl Scan {
    /// A file that was just chosen.
    #[must_use]
    pub fn of(path: PathBuf) -> Self {
        Self { path: Some(path), found: None }
    }

    /// The file to record.
    ///
    /// # Errors
    /// It cannot be kept.
    pub fn read(&self) -> Result<Option<PathBuf>, Message> {
        match self.found.as_ref().and_then(|found| found.failure.clone()) {
            Some(failure) => Err(failure),
            None => Ok(self.path.clone()),
        }
    }

    /// Draws which file it is, and what was found in it.
    pub(super) fn ui(&mut self, ui: &mut Ui) -> Option<Choice> {
        let mut choice = None;
        named_ui(ui, sheets::SCAN, |ui| {
            ui.horizontal(|ui| {
                if ui.button(sheets::CHOOSE_SCAN).clicked() {
                    choice = Some(Choice::AskScan);
                }
                match &self.path {
                    None => drop(ui.label(RichText::new(sheets::NO_SCAN).size(look::SMALL).color(look::WEAK))),
                    Some(path) => {
                        let without = ui.button("×").accessible_name(sheets::WITHOUT_SCAN);
                        let name = path.file_name().unwrap_or_default().to_string_lossy();
                        ui.add(Label::new(name).truncate()).on_hover_text(path.display().to_string());
                        if without.on_hover_text(sheets::WITHOUT_SCAN).clicked() {
                            *self = Self::default();
                        }
                    }
                }
            });
            self.found_ui(ui);
        });
        choice
    }

    fn found_ui(&self, ui: &mut Ui) {
        let Some(found) = &self.found else {
            if self.path.is_some() {
                trouble_ui(ui, window::READING, look::WEAK);
            }
            return;
        };
        for words in &found.cautions {
            trouble_ui(ui, words, look::CAUTION);
        }
        if let Some(failure) = &found.failure {
            trouble_ui(ui, &failure.sentences(), look::ERROR);
        }
    }
}
