//! Opening a file that somebody sent: it asks for the passphrase, and stays until that fits. The
//! questions that follow from what was opened.

use std::path::PathBuf;

use eframe::egui::Ui;

use crate::messages::{Message, questions as texts, received as words, window};
use crate::ui::composition::Composition;
use crate::ui::look;
use crate::ui::start::primary_ui;

use super::Choice;
use super::known_passphrase::KnownPassphrase;
use super::parts::{prose, question_ui, sentence_ui, title_ui};
use super::sheet::enter_keys;

/// A file that waits for its passphrase.
#[derive(Debug)]
pub struct Unseal {
    /// The file.
    pub path: PathBuf,
    /// What was typed.
    pub passphrase: KnownPassphrase,
    /// Why it was not opened.
    trouble: Option<Message>,
    /// It is being tried.
    is_working: bool,
}

impl Unseal {
    /// Asks for the passphrase of a file.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path, passphrase: KnownPassphrase::default(), trouble: None, is_working: false }
    }

    /// The passphrase is being tried.
    pub fn begins(&mut self) {
        (self.is_working, self.trouble) = (true, None);
    }

    /// The file was not opened; what was typed stays.
    pub fn failed(&mut self, trouble: Message) {
        (self.is_working, self.trouble) = (false, Some(trouble));
        self.passphrase.begin_anew();
    }

    /// Whether the passphrase is being tried.
    #[must_use]
    pub fn is_working(&self) -> bool {
        self.is_working
    }

    /// Whether closing it would throw away what was typed into it.
    #[must_use]
    pub fn holds_typing(&self) -> bool {
        !self.passphrase.is_empty()
    }

    pub(super) fn ui(&mut self, ui: &mut Ui) -> Option<Choice> {
        // Before the line, which would lose the keyboard by it.
        let is_entered = enter_keys(ui);
        title_ui(ui, words::OPEN.trim_end_matches('…'));
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        ui.label(prose(&words::opening(&name)));
        ui.label(prose(words::PASSPHRASE_DETAIL));
        ui.add_space(8.0);
        self.passphrase.ui(ui, words::PASSPHRASE, words::PASSPHRASE_HINT, !self.is_working);
        if let Some(trouble) = &self.trouble {
            ui.add_space(4.0);
            sentence_ui(ui, look::ERROR_PALE, look::ERROR, &trouble.sentences());
        }
        ui.add_space(12.0);
        self.buttons_ui(ui, is_entered)
    }

    fn buttons_ui(&self, ui: &mut Ui, is_entered: bool) -> Option<Choice> {
        let mut choice = None;
        ui.horizontal(|ui| {
            let is_ready = !self.is_working && !self.passphrase.is_empty() && !Composition::is_active(ui.ctx());
            let label = if self.is_working { words::UNSEALING } else { words::UNSEAL };
            let open = ui.add_enabled_ui(is_ready, |ui| primary_ui(ui, label)).inner;
            if ui.button(texts::GO_BACK).clicked() {
                choice = Some(Choice::Cancel);
            } else if is_ready && (open.clicked() || is_entered) {
                choice = Some(Choice::Unseal);
            }
        });
        choice
    }
}

/// Beside the file lies an earlier reply, of this name.
pub(super) fn continue_ui(ui: &mut Ui, name: &str) -> Option<Choice> {
    let answers = [(words::CONTINUE_IT, Choice::Restore), (words::BEGIN_ANEW, Choice::Discard)];
    question_ui(ui, words::CONTINUE, &words::continue_detail(name), &answers)
}

/// What was typed is in no reply yet.
pub(super) fn unsent_ui(ui: &mut Ui) -> Option<Choice> {
    let answers = [
        (words::UNSENT_WRITE, Choice::Save),
        (words::UNSENT_DISCARD, Choice::Discard),
        (texts::GO_BACK, Choice::Cancel),
    ];
    question_ui(ui, words::UNSENT, words::UNSENT_DETAIL, &answers)
}

/// What was opened is a reply: it belongs to a case.
pub(super) fn is_reply_ui(ui: &mut Ui, may_take: bool) -> Option<Choice> {
    if !may_take {
        return question_ui(ui, words::IS_REPLY, words::IS_REPLY_DETAIL, &[(window::CLOSE, Choice::Cancel)]);
    }
    let answers = [(words::TAKE_REPLY, Choice::TakeReply), (texts::GO_BACK, Choice::Cancel)];
    question_ui(ui, words::IS_REPLY, words::TAKE_REPLY_DETAIL, &answers)
}
