//! What a PDF can do beside being read: it can be filled in, and it can open with a password.

use eframe::egui::Ui;

use crate::messages::{Message, giving, sheets};
use crate::model::package::Passphrase;

use super::parts::{hint_ui, named_ui, secret_ui, tick_ui};

/// What is chosen of it. The password is kept as long as the sheet is open, and nowhere else.
#[derive(Default)]
pub struct PdfOptions {
    /// It can be filled in.
    pub is_fillable: bool,
    has_password: bool,
    typed: String,
    is_hidden: bool,
}

impl PdfOptions {
    /// What locks it, to the letter.
    ///
    /// # Errors
    /// A password is wanted and none was typed.
    pub(super) fn password(&self) -> Result<Option<Passphrase>, Message> {
        match (self.has_password, self.typed.is_empty()) {
            (false, _) => Ok(None),
            (true, true) => Err(sheets::no_password()),
            (true, false) => Ok(Some(Passphrase(self.typed.clone()))),
        }
    }

    /// Whether something was typed that leaving the sheet would throw away.
    pub(super) fn holds_typing(&self) -> bool {
        self.has_password && !self.typed.is_empty()
    }

    pub(super) fn ui(&mut self, ui: &mut Ui) {
        named_ui(ui, giving::FILLABLE, |ui| {
            tick_ui(ui, giving::FILLABLE, sheets::FILLABLE, &mut self.is_fillable);
        });
        named_ui(ui, sheets::PASSWORD, |ui| {
            tick_ui(ui, sheets::PASSWORD, sheets::WITH_PASSWORD, &mut self.has_password);
            if self.has_password {
                secret_ui(ui, sheets::PASSWORD, &mut self.typed, &mut self.is_hidden);
                hint_ui(ui, sheets::PASSWORD_HINT);
            }
        });
    }
}
