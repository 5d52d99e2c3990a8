//! ケースを引き継ぐ: the whole case goes to another coordinator in one encrypted file, and ends here.

use std::path::PathBuf;

use eframe::egui::Ui;

use crate::messages::{Message, giving as words, record, sheets};
use crate::model::consent::{Denial, SUCCESSORS, hand_over_permission};
use crate::model::form::Party;
use crate::model::revision::Recipient;
use crate::paperwork::Act;
use crate::ui::{Action, look};

use super::disclosed::heading_ui;
use super::parts::{fact_ui, notice_ui, prose};
use super::passphrase::NewPassphrase;
use super::recipient::{recipient_ui, trimmed};
use super::share::{consents_ui, file_ui};
use super::{Choice, Surroundings};

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
    pub(super) fn keeps_off(&self, around: &Surroundings<'_>) -> Option<Message> {
        if let Some(Err(denial)) = self.permission(around) {
            return Some(record::denial(&denial));
        }
        self.passphrase.read().err().or_else(|| self.path.is_none().then(words::no_file))
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, begins: bool) -> Option<Choice> {
        if recipient_ui(ui, around, &mut self.to, (&SUCCESSORS, words::successor), begins) {
            // It is somebody else than who signs in this case.
            self.to.name.clear();
        }
        fact_ui(ui, words::WHOLE, words::WHOLE_CASE);
        fact_ui(ui, words::AFTERWARDS, words::CLOSES);
        heading_ui(ui, words::SEALED);
        self.passphrase.ui(ui).or(file_ui(ui, self.path.as_deref()))
    }

    /// Whether the patient agreed to all of it.
    pub(super) fn is_allowed(&self, around: &Surroundings<'_>) -> bool {
        matches!(self.permission(around), Some(Ok(_)))
    }

    fn permission(&self, around: &Surroundings<'_>) -> Option<Result<Option<u32>, Denial>> {
        Some(hand_over_permission(around.case?, self.to.party, around.today))
    }

    /// The consent that it goes under, or that there is none.
    pub(super) fn notices_ui(&self, ui: &mut Ui, around: &Surroundings<'_>) -> Option<Choice> {
        let denial = match self.permission(around)? {
            Ok(consent) => {
                consents_ui(ui, around, self.to.party, consent.as_slice());
                return None;
            }
            Err(denial) => denial,
        };
        let mut choice = None;
        notice_ui(ui, look::ERROR_PALE, |ui| {
            ui.label(prose(&record::denial(&denial).sentences()).color(look::ERROR));
            if ui.button(sheets::RECORD_CONSENT).clicked() {
                choice = Some(Choice::Open(Box::new(Action::Consent)));
            }
        });
        choice
    }
}
