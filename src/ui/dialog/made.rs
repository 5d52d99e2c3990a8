//! An encrypted file was made: its passphrase, once more and for the last time, to be told to the
//! recipient.

use std::path::PathBuf;

use eframe::egui::Ui;

use crate::messages::{giving as words, window};

use super::Choice;
use super::parts::{hint_ui, prose, title_ui};
use super::passphrase::{copy_ui, words_ui};

/// A file that was made.
pub struct Made {
    /// The file.
    pub path: PathBuf,
    /// What opens it, as the program made it up.
    pub passphrase: String,
    /// Whoever gets it may answer with the same passphrase.
    is_answered: bool,
    has_begun: bool,
}

impl Made {
    /// A file with what opens it.
    #[must_use]
    pub fn new(path: PathBuf, passphrase: String, is_answered: bool) -> Self {
        Self { path, passphrase, is_answered, has_begun: false }
    }

    /// Enter copies at first: whoever presses it twice has not lost the passphrase.
    pub(super) fn ui(&mut self, ui: &mut Ui) -> Option<Choice> {
        title_ui(ui, words::TELL);
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        ui.label(prose(&words::made(&name)));
        ui.add_space(8.0);
        words_ui(ui, &self.passphrase);
        ui.add_space(4.0);
        hint_ui(ui, &words::tell_hint(self.is_answered));
        ui.add_space(12.0);
        let buttons = ui.horizontal(|ui| {
            let copy = copy_ui(ui, &self.passphrase);
            if !std::mem::replace(&mut self.has_begun, true) {
                copy.request_focus();
            }
            ui.button(window::CLOSE).clicked().then_some(Choice::Cancel)
        });
        buttons.inner
    }
}
