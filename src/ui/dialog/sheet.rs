//! Something to record of the papers, asked for on one sheet. This is the frame around all such
//! sheets: the title, room to scroll, why it was not recorded, the buttons.
//!
//! Enter records and Escape leaves; what was typed stays until it is recorded.

use eframe::egui::{Key, Modifiers, ScrollArea, TextEdit, Ui};

use crate::messages::{Message, questions as texts};
use crate::paperwork::Act;
use crate::ui::composition::Composition;
use crate::ui::look;
use crate::ui::start::primary_ui;

use super::consent::{NewConsent, Withdrawal};
use super::ending::{Ending, Reopening};
use super::hand_out::HandOut;
use super::parts::{sentence_ui, title_ui};
use super::scan::Scan;
use super::sign::{Correcting, Signing};
use super::{Choice, Surroundings};

/// The width of a sheet, in pt.
pub(super) const WIDTH: f32 = 700.0;
/// The room that title and buttons take of the height, in pt.
const AROUND: f32 = 150.0;

/// What is asked for.
pub enum Content {
    /// A document is handed out.
    HandOut(HandOut),
    /// A line was signed.
    Sign(Signing),
    /// A signature was recorded by mistake.
    Correct(Correcting),
    /// The patient agreed to something.
    Consent(NewConsent),
    /// A consent is withdrawn.
    Withdraw(Withdrawal),
    /// The case is closed.
    End(Ending),
    /// The case is opened again.
    Reopen(Reopening),
}

/// A sheet.
pub struct Sheet {
    /// What is asked for.
    pub content: Content,
    /// Why it was not recorded.
    pub trouble: Option<Message>,
    has_begun: bool,
}

impl Sheet {
    /// A sheet that was not shown yet.
    #[must_use]
    pub fn new(content: Content) -> Self {
        Self { content, trouble: None, has_begun: false }
    }

    /// What is to be recorded.
    ///
    /// # Errors
    /// What is still missing or cannot be read.
    pub fn act(&self, around: &Surroundings<'_>) -> Result<Act, Message> {
        match &self.content {
            Content::HandOut(content) => content.act(around),
            Content::Sign(content) => content.act(around),
            Content::Correct(content) => content.act(),
            Content::Consent(content) => content.act(),
            Content::Withdraw(content) => content.act(),
            Content::End(content) => content.act(),
            Content::Reopen(content) => content.act(),
        }
    }

    /// The place for a scan, if it has one.
    #[must_use]
    pub fn scan(&self) -> Option<&Scan> {
        match &self.content {
            Content::Sign(content) => Some(&content.scan),
            Content::Consent(content) => Some(&content.scan),
            _ => None,
        }
    }

    /// Puts a scan there.
    pub fn set_scan(&mut self, scan: Scan) {
        match &mut self.content {
            Content::Sign(content) => content.scan = scan,
            Content::Consent(content) => content.scan = scan,
            _ => {}
        }
    }

    fn title(&self) -> &'static str {
        use crate::messages::sheets;
        match self.content {
            Content::HandOut(_) => sheets::HAND_OUT,
            Content::Sign(_) => sheets::SIGN,
            Content::Correct(_) => sheets::CORRECT,
            Content::Consent(_) => sheets::CONSENT,
            Content::Withdraw(_) => sheets::WITHDRAW,
            Content::End(_) => sheets::END,
            Content::Reopen(_) => sheets::REOPEN,
        }
    }

    fn confirmation(&self) -> &'static str {
        use crate::messages::sheets;
        match self.content {
            Content::HandOut(_) => sheets::DO_HAND_OUT,
            Content::End(_) => sheets::DO_END,
            Content::Reopen(_) => sheets::DO_REOPEN,
            Content::Correct(_) => sheets::DO_CORRECT,
            _ => sheets::DO_RECORD,
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>) -> Option<Choice> {
        let mut is_confirmed = enter_keys(ui);
        title_ui(ui, self.title());
        let room = (ui.ctx().content_rect().height() - AROUND - 80.0).max(140.0);
        let mut choice = ScrollArea::vertical()
            .max_height(room)
            .show(ui, |ui| {
                ui.set_width(ui.available_width() - 12.0);
                let begins = !std::mem::replace(&mut self.has_begun, true);
                self.content_ui(ui, around, begins)
            })
            .inner;
        if let Some(trouble) = &self.trouble {
            ui.add_space(8.0);
            sentence_ui(ui, look::ERROR_PALE, look::ERROR, &trouble.sentences());
        }
        ui.add_space(12.0);
        ui.horizontal(|ui| {
            let may_record = self.may_record(around);
            let button = ui.add_enabled_ui(may_record, |ui| primary_ui(ui, self.confirmation())).inner;
            is_confirmed = may_record && (is_confirmed || button.clicked());
            if ui.button(texts::GO_BACK).clicked() {
                choice = Some(Choice::Cancel);
            }
        });
        if is_confirmed && choice.is_none() {
            self.trouble = self.act(around).err();
            choice = self.trouble.is_none().then_some(Choice::Record);
        }
        choice
    }

    /// Whether there is no reason in sight that keeps it from being recorded.
    fn may_record(&self, around: &Surroundings<'_>) -> bool {
        match &self.content {
            Content::HandOut(content) => content.is_permitted(around),
            Content::Sign(content) => content.revision > 0,
            _ => true,
        }
    }

    fn content_ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, begins: bool) -> Option<Choice> {
        match &mut self.content {
            Content::HandOut(content) => content.ui(ui, around, begins),
            Content::Sign(content) => content.ui(ui, around, begins),
            Content::Correct(content) => content.ui(ui, around, begins),
            Content::Consent(content) => content.ui(ui, around, begins),
            Content::Withdraw(content) => content.ui(ui, around, begins),
            Content::End(content) => content.ui(ui, around, begins),
            Content::Reopen(content) => content.ui(ui, begins),
        }
    }
}

/// Enter in a line, and Ctrl+Enter anywhere, say that all is entered. On a button or an option
/// Enter belongs to that.
fn enter_keys(ui: &Ui) -> bool {
    if Composition::is_active(ui.ctx()) {
        return false;
    }
    let pressed = |modifiers| ui.input_mut(|input| input.consume_key(modifiers, Key::Enter));
    let is_line =
        ui.memory(eframe::egui::Memory::focused).is_none_or(|id| TextEdit::load_state(ui.ctx(), id).is_some());
    pressed(Modifiers::COMMAND) || (is_line && pressed(Modifiers::NONE))
}
