//! A line for a passphrase that somebody was told. It is words of Japanese, typed with an input
//! method: so it is shown, unless somebody looks over the shoulder.

use eframe::egui::{Response, Ui};

use crate::model::package::Passphrase;

use super::parts::{hint_ui, named_ui, secret_ui};

/// A passphrase that is being typed.
#[derive(Debug, Default)]
pub struct KnownPassphrase {
    /// What was typed so far.
    pub typed: Passphrase,
    is_hidden: bool,
    has_begun: bool,
}

impl KnownPassphrase {
    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.typed.0.trim().is_empty()
    }

    /// Gives the keyboard to the line as soon as it is drawn.
    pub fn begin_anew(&mut self) {
        self.has_begun = false;
    }

    /// Draws the line under this name; it takes the keyboard when it comes.
    pub(super) fn ui(&mut self, ui: &mut Ui, name: &str, hint: &str, is_enabled: bool) -> Response {
        let response = named_ui(ui, name, |ui| {
            let line = |ui: &mut Ui| secret_ui(ui, name, &mut self.typed.0, &mut self.is_hidden);
            let response = ui.add_enabled_ui(is_enabled, line).inner;
            hint_ui(ui, hint);
            response
        });
        if is_enabled && !std::mem::replace(&mut self.has_begun, true) {
            response.request_focus();
        }
        response
    }
}
