//! Something to record of the papers, asked for on one sheet. This is the frame around all such
//! sheets: the title, room to scroll, why it was not recorded, the buttons.
//!
//! Enter records and Escape leaves; what was typed stays until it is recorded.

use std::path::{Path, PathBuf};

use eframe::egui::{Align, Event, Id, Key, Layout, Memory, Modifiers, RichText, TextEdit, Ui, vec2};

use crate::messages::{Message, questions as texts, sheets, window};
use crate::paperwork::Act;
use crate::ui::composition::Composition;
use crate::ui::look;
use crate::ui::start::primary_ui;

use super::consent::{NewConsent, Withdrawal};
use super::disclosed::Disclosed;
use super::ending::{Ending, Reopening};
use super::hand_out::HandOut;
use super::hand_over::HandOver;
use super::made::Made;
use super::merge_reply::MergeReply;
use super::parts::{line_id, room, scroll_from_ui, sentence_ui, title_ui};
use super::passphrase::NewPassphrase;
use super::scan::Scan;
use super::share::Share;
use super::sign::{Correcting, Signing};
use super::{Choice, Surroundings};

/// The width of a sheet, in pt.
const WIDTH: f32 = 700.0;
/// The width of one that shows the pages beside what is asked, in pt.
const WIDE: f32 = 1180.0;
/// The width of one that shows tables, in pt.
const TABLES: f32 = 980.0;
/// The width of what is asked beside the pages, in pt.
const ASKED: f32 = 560.0;
/// Below this width the pages stand under what is asked, in pt.
const NARROW: f32 = 960.0;
/// The room between the two, in pt.
const BETWEEN: f32 = 16.0;
/// The room that the title and the edges take of the height, in pt.
const AROUND: f32 = 130.0;

/// What is asked for.
pub enum Content {
    /// A document is handed out.
    HandOut(Box<HandOut>),
    /// Documents are given away in one file.
    Share(Box<Share>),
    /// The whole case is given away.
    HandOver(HandOver),
    /// What somebody filled in is taken in.
    Merge(Box<MergeReply>),
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
    /// The height of what stands below the room to scroll, as it was drawn last, in pt.
    below: f32,
    /// What had the keyboard in the last frame.
    focused: Option<Id>,
    /// The buttons, which are always in sight.
    buttons: [Id; 2],
}

impl Sheet {
    /// A sheet that was not shown yet.
    #[must_use]
    pub fn new(content: Content) -> Self {
        Self { content, trouble: None, has_begun: false, below: 60.0, focused: None, buttons: [Id::NULL; 2] }
    }

    /// What is to be recorded.
    ///
    /// # Errors
    /// What is still missing or cannot be read.
    pub fn act(&self, around: &Surroundings<'_>) -> Result<Act, Message> {
        match &self.content {
            Content::HandOut(content) => content.act(),
            Content::Share(content) => content.act(),
            Content::HandOver(content) => content.act(),
            Content::Merge(content) => content.act(),
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

    /// The case was changed by somebody else: what the sheet is about goes to where it is by now, and
    /// what was decided about its content is asked anew. Says whether it is still there.
    pub fn follow(&mut self, to: impl Fn(usize) -> Option<usize>) -> bool {
        if let Some(disclosed) = self.disclosed() {
            disclosed.forget_decisions();
        }
        let document = match &mut self.content {
            Content::HandOut(content) => &mut content.document,
            Content::Sign(content) => &mut content.document,
            Content::Correct(content) => &mut content.document,
            Content::Share(content) => {
                content.documents = content.documents.iter().copied().filter_map(to).collect();
                return true;
            }
            Content::Merge(content) => {
                content.forget_choices();
                return true;
            }
            Content::HandOver(_)
            | Content::Consent(_)
            | Content::Withdraw(_)
            | Content::End(_)
            | Content::Reopen(_) => return true,
        };
        let now = to(*document);
        *document = now.unwrap_or(*document);
        now.is_some()
    }

    /// What goes to somebody of the documents, where it gives some away.
    pub fn disclosed(&mut self) -> Option<&mut Disclosed> {
        match &mut self.content {
            Content::HandOut(content) => Some(&mut content.disclosed),
            Content::Share(content) => Some(&mut content.disclosed),
            _ => None,
        }
    }

    /// The folder in which it writes something, if it does.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        match &self.content {
            Content::HandOut(content) => content.folder.as_deref().filter(|_| content.writes),
            Content::Share(content) => content.path.as_deref().and_then(Path::parent),
            Content::HandOver(content) => content.path.as_deref().and_then(Path::parent),
            _ => None,
        }
    }

    /// The encrypted file that it makes, if it makes one.
    #[must_use]
    pub fn sealed(&self) -> Option<&Path> {
        match &self.content {
            Content::Share(content) => content.path.as_deref(),
            Content::HandOver(content) => content.path.as_deref(),
            _ => None,
        }
    }

    /// That file with its passphrase, where the program made that up.
    #[must_use]
    pub fn made(&self) -> Option<Made> {
        let passphrase = match &self.content {
            Content::Share(content) => content.passphrase.made_up(),
            Content::HandOver(content) => content.passphrase.made_up(),
            _ => None,
        };
        Some(Made::new(self.sealed()?.to_owned(), passphrase?.to_owned(), matches!(self.content, Content::Share(_))))
    }

    /// The passphrase that it makes up, if it makes one.
    pub fn passphrase(&mut self) -> Option<&mut NewPassphrase> {
        match &mut self.content {
            Content::Share(content) => Some(&mut content.passphrase),
            Content::HandOver(content) => Some(&mut content.passphrase),
            _ => None,
        }
    }

    /// The file in which it gives something away, if it does.
    pub fn file(&mut self) -> Option<&mut Option<PathBuf>> {
        match &mut self.content {
            Content::Share(content) => Some(&mut content.path),
            Content::HandOver(content) => Some(&mut content.path),
            _ => None,
        }
    }

    pub(super) fn width(&self) -> f32 {
        match self.content {
            Content::HandOut(_) | Content::Share(_) => WIDE,
            Content::Merge(_) => TABLES,
            _ => WIDTH,
        }
    }

    /// Whether something was entered that leaving it would throw away.
    #[must_use]
    pub fn holds_typing(&self) -> bool {
        match &self.content {
            Content::HandOut(content) => content.options.holds_typing() || content.disclosed.holds_decisions(),
            Content::Share(content) => content.passphrase.holds_typing() || content.disclosed.holds_decisions(),
            Content::HandOver(content) => content.passphrase.holds_typing(),
            Content::Merge(content) => content.holds_typing(),
            Content::Sign(content) => content.scan.path.is_some(),
            Content::Correct(content) => !content.why.is_empty(),
            Content::Consent(content) => content.holds_typing(),
            Content::Withdraw(content) => !content.why.is_empty(),
            Content::End(content) => !content.note.is_empty(),
            Content::Reopen(content) => !content.why.is_empty(),
        }
    }

    fn title(&self) -> &'static str {
        use crate::messages::{giving, merging};
        match self.content {
            Content::HandOut(_) => sheets::HAND_OUT,
            Content::Share(_) => giving::SHARE,
            Content::HandOver(_) => giving::HAND_OVER,
            Content::Merge(_) => merging::MERGE,
            Content::Sign(_) => sheets::SIGN,
            Content::Correct(_) => sheets::CORRECT,
            Content::Consent(_) => sheets::CONSENT,
            Content::Withdraw(_) => sheets::WITHDRAW,
            Content::End(_) => sheets::END,
            Content::Reopen(_) => sheets::REOPEN,
        }
    }

    fn confirmation(&self) -> &'static str {
        use crate::messages::{giving, merging};
        match self.content {
            Content::HandOut(_) => sheets::DO_HAND_OUT,
            Content::Share(_) => giving::DO_SHARE,
            Content::HandOver(_) => giving::DO_HAND_OVER,
            Content::Merge(ref content) if content.is_closed() => merging::OPEN,
            Content::Merge(_) => merging::DO_MERGE,
            Content::End(_) => sheets::DO_END,
            Content::Reopen(_) => sheets::DO_REOPEN,
            Content::Correct(_) => sheets::DO_CORRECT,
            _ => sheets::DO_RECORD,
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>) -> Option<Choice> {
        let is_entered = self.is_entered(ui);
        title_ui(ui, self.title());
        let focused = ui.memory(Memory::focused);
        let reached = focused.filter(|id| self.focused != Some(*id));
        self.focused = focused;
        let choice = self.middle_ui(ui, around, reached);
        if ui.memory(Memory::focused) != focused {
            // It is known once it is drawn: the next frame brings it into sight.
            ui.ctx().request_repaint();
        }
        let below = ui.scope(|ui| self.below_ui(ui, around, is_entered));
        self.below = below.response.rect.height();
        choice.or(below.inner)
    }

    /// Whether the keys say that all is entered. Nothing undoes that a
    /// consent is withdrawn: there Enter in the day, where the sheet begins, goes on to the note first.
    fn is_entered(&self, ui: &Ui) -> bool {
        let is_entered = enter_keys(ui);
        let on = line_id(sheets::WITHDRAWN_ON);
        let goes_on = is_entered
            && matches!(self.content, Content::Withdraw(_))
            && !ui.input(|input| input.modifiers.command)
            && ui.memory(|memory| memory.has_focus(on));
        if goes_on {
            ui.memory_mut(|memory| memory.request_focus(line_id(sheets::NOTE)));
        }
        is_entered && !goes_on
    }

    /// What is asked, and beside it the pages, where it gives some away.
    fn middle_ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, reached: Option<Id>) -> Option<Choice> {
        let others = AROUND + self.below;
        let width = ui.available_width();
        let begins = !self.has_begun;
        if self.disclosed().is_none() {
            return scroll_from_ui(ui, others, begins, |ui| self.asked_ui(ui, around, reached));
        }
        let height = room(ui, others);
        if width < NARROW {
            return scroll_from_ui(ui, others, begins, |ui| {
                let choice = self.asked_ui(ui, around, reached);
                ui.add_space(BETWEEN);
                self.pages_ui(ui, height);
                choice
            });
        }
        let asked = ui.horizontal_top(|ui| {
            let mut choice = None;
            ui.allocate_ui_with_layout(vec2(ASKED, height), Layout::top_down(Align::Min), |ui| {
                ui.set_width(ASKED);
                choice = scroll_from_ui(ui, others, begins, |ui| self.asked_ui(ui, around, reached));
            });
            ui.add_space(BETWEEN);
            ui.vertical(|ui| self.pages_ui(ui, height));
            choice
        });
        asked.inner
    }

    fn asked_ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, reached: Option<Id>) -> Option<Choice> {
        let begins = !std::mem::replace(&mut self.has_begun, true);
        let choice = self.content_ui(ui, around, begins);
        if begins {
            // Where it begins is in sight as it is.
            self.focused = ui.memory(Memory::focused);
        }
        // What is reached by Tab comes into sight.
        let reached = reached.filter(|id| !self.buttons.contains(id)).and_then(|id| ui.ctx().read_response(id));
        if let Some(reached) = reached {
            ui.scroll_to_rect(reached.rect.expand(10.0), None);
        }
        choice
    }

    fn pages_ui(&mut self, ui: &mut Ui, height: f32) {
        if let Some(disclosed) = self.disclosed() {
            disclosed.pages.ui(ui, height);
        }
    }

    /// What has to be seen before it is recorded, and the buttons: always in sight.
    fn below_ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, is_entered: bool) -> Option<Choice> {
        ui.add_space(6.0);
        let mut choice = match &self.content {
            Content::HandOut(content) => content.notices_ui(ui, around),
            Content::Share(content) => content.notices_ui(ui, around),
            Content::HandOver(content) => content.notices_ui(ui, around),
            _ => None,
        };
        if let Some(trouble) = &self.trouble {
            sentence_ui(ui, look::ERROR_PALE, look::ERROR, &trouble.sentences());
        }
        ui.add_space(6.0);
        if matches!(&self.content, Content::Merge(content) if content.is_taken_before()) {
            let close = primary_ui(ui, window::CLOSE);
            self.buttons = [close.id; 2];
            return (is_entered || close.clicked()).then_some(Choice::Cancel);
        }
        let mut is_confirmed = false;
        ui.horizontal(|ui| {
            let may_record = self.may_record(around);
            let record = ui.add_enabled_ui(may_record, |ui| primary_ui(ui, self.confirmation())).inner;
            let back = ui.button(texts::GO_BACK);
            is_confirmed = may_record && (is_entered || record.clicked());
            if back.clicked() {
                choice = Some(Choice::Cancel);
            }
            self.buttons = [record.id, back.id];
            if let Some(why) = self.keeps_off(around).filter(|_| !self.is_refused(around)) {
                ui.label(RichText::new(format!("{}。", why.what)).size(look::SMALL).color(look::CAUTION));
            }
        });
        if is_confirmed && choice.is_none() && self.is_closed_reply() {
            self.trouble = None;
            choice = Some(Choice::ReadReply);
        } else if is_confirmed && choice.is_none() {
            self.trouble = self.act(around).err();
            choice = self.trouble.is_none().then_some(Choice::Record);
        }
        choice
    }

    /// Whether there is no reason in sight that keeps it from being recorded.
    fn may_record(&self, around: &Surroundings<'_>) -> bool {
        match &self.content {
            Content::Sign(content) => content.is_open(around),
            _ => self.keeps_off(around).is_none(),
        }
    }

    /// What is still to be done before it can be recorded.
    fn keeps_off(&self, around: &Surroundings<'_>) -> Option<Message> {
        match &self.content {
            Content::HandOut(content) => content.keeps_off(),
            Content::Share(content) => content.keeps_off(),
            Content::HandOver(content) => content.keeps_off(around),
            Content::Merge(content) => content.keeps_off(),
            _ => None,
        }
    }

    /// A reply is opened first, and taken in then.
    fn is_closed_reply(&self) -> bool {
        matches!(&self.content, Content::Merge(content) if content.is_closed())
    }

    /// Whether nothing goes, for a reason that is told by itself.
    fn is_refused(&self, around: &Surroundings<'_>) -> bool {
        match &self.content {
            Content::HandOut(content) => !content.disclosed.is_allowed(),
            Content::Share(content) => !content.documents.is_empty() && !content.disclosed.is_allowed(),
            Content::HandOver(content) => !content.is_allowed(around),
            _ => false,
        }
    }

    fn content_ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, begins: bool) -> Option<Choice> {
        match &mut self.content {
            Content::HandOut(content) => content.ui(ui, around, begins),
            Content::Share(content) => content.ui(ui, around, begins),
            Content::HandOver(content) => content.ui(ui, around, begins),
            Content::Merge(content) => content.ui(ui, around, begins),
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
/// Enter belongs to that. One that is held since before the sheet was there says nothing.
pub(super) fn enter_keys(ui: &Ui) -> bool {
    if Composition::takes_enter(ui.ctx()) {
        return false;
    }
    let is_held = ui.input(|input| {
        input.events.iter().any(|event| matches!(event, Event::Key { key: Key::Enter, repeat: true, .. }))
    });
    let pressed = |modifiers| ui.input_mut(|input| input.consume_key(modifiers, Key::Enter)) && !is_held;
    let is_line = ui.memory(Memory::focused).is_none_or(|id| TextEdit::load_state(ui.ctx(), id).is_some());
    pressed(Modifiers::COMMAND) || (is_line && pressed(Modifiers::NONE))
}
