//! A line for a passphrase that somebody was told. It is words of Japanese, typed with an input
//! method: so it is shown, unless somebody looks over the shoulder.

use eframe::egui::{Response, TextEdit, Ui, vec2};

use crate::messages::merging as words;
use crate::model::package::Passphrase;

use super::parts::{hint_ui, line_id, named_ui, tick_ui};

/// The width of the line at most, in pt.
const WIDTH: f32 = 420.0;

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
            let width = (ui.available_width() - 12.0).clamp(0.0, WIDTH);
            let edit = TextEdit::singleline(&mut self.typed.0).id(line_id(name)).desired_width(width);
            let edit = edit.margin(vec2(6.0, 5.0)).password(self.is_hidden).interactive(is_enabled);
            let response = ui.add(edit).accessible_name(name);
            hint_ui(ui, hint);
            let mut is_shown = !self.is_hidden;
            tick_ui(ui, name, words::SHOW_TYPED, &mut is_shown);
            self.is_hidden = !is_shown;
            response
        });
        if is_enabled && !std::mem::replace(&mut self.has_begun, true) {
            response.request_focus();
        }
        response
    }
}
