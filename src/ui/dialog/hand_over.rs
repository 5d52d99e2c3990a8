//! ケースを引き継ぐ: the whole case goes to another coordinator in one encrypted file, and ends here.

use std::path::PathBuf;

use eframe::egui::Ui;

use crate::messages::{Message, giving as words, record, sheets};
use crate::model::consent::needs_consent;
use crate::model::form::Party;
use crate::model::revision::Recipient;
use crate::paperwork::{Act, permit_hand_over};
use crate::ui::{Action, look};

use super::parts::{fact_ui, notice_ui, prose};
use super::passphrase::NewPassphrase;
use super::recipient::{recipient_ui, trimmed};
use super::share::{consents_ui, file_ui};
use super::{Choice, Surroundings};

/// Whoever may go on with a case.
const PARTIES: [Party; 2] = [Party::OutsideCoordinator, Party::Coordinator];

/// The whole case, as it was entered so far.
pub struct HandOver {
    /// To whom.
    pub to: Recipient,
    /// What encrypts it.
    pub passphrase: NewPassphrase,
    /// The file.
    pub path: Option<PathBuf>,
}

impl HandOver {
    /// To a coordinator outside.
    #[must_use]
    pub fn new(passphrase: NewPassphrase, path: Option<PathBuf>) -> Self {
        Self { to: Recipient { party: Party::OutsideCoordinator, name: String::new() }, passphrase, path }
    }

    pub(super) fn act(&self) -> Result<Act, Message> {
        Ok(Act::HandOver {
            to: trimmed(&self.to),
            passphrase: self.passphrase.read()?,
            path: self.path.clone().ok_or_else(words::no_file)?,
        })
    }

    /// What is still to be done before it can be made.
    pub(super) fn keeps_off(&self) -> Option<Message> {
        self.passphrase.read().err().or_else(|| self.path.is_none().then(words::no_file))
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, begins: bool) -> Option<Choice> {
        recipient_ui(ui, around, &mut self.to, &PARTIES, begins);
        fact_ui(ui, words::WHOLE, words::WHOLE_CASE);
        fact_ui(ui, words::AFTERWARDS, words::CLOSES);
        ui.add_space(8.0);
        self.passphrase.ui(ui).or(file_ui(ui, self.path.as_deref()))
    }
}
