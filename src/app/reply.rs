//! What somebody outside filled in and sent back: opened off the thread that draws, and entered into
//! the open case once it is recorded.

use std::path::{Path, PathBuf};

use eframe::egui::Context;

use crate::dialogs::Question;
use crate::messages::{done, merging as words};
use crate::model::case::Case;
use crate::model::failure::Failure;
use crate::model::package::Passphrase;
use crate::model::reply::Reply;
use crate::paperwork::read_reply;
use crate::ui::Action;
use crate::ui::dialog::merge_reply::MergeReply;
use crate::ui::dialog::{Content, Dialog, Sheet};

use super::jobs::Done;
use super::{App, Purpose};

/// The job that opens one.
pub(super) const OPENING: &str = "opening a reply";

impl App {
    /// Asks for the file of a reply.
    pub(super) fn ask_reply_file(&mut self) {
        let question = Question::file(words::CHOOSE_FILE).of(words::FILES, &["age", "pdf"]);
        let question = self.in_folder(question);
        self.ask(Purpose::ReplyFile, question);
    }

    /// The file was chosen, if the sheet is still there. A PDF may need no password.
    pub(super) fn set_reply_file(&mut self, path: PathBuf) {
        if let Some((_, merge)) = self.merge_sheet() {
            merge.set_path(path);
        }
    }

    /// Takes a reply in that was opened by itself: the sheet opens it anew, against the open case.
    pub(super) fn take_reply(&mut self, path: PathBuf, passphrase: Passphrase) {
        self.open_sheet(Action::TakeReply);
        if let Some((_, merge)) = self.merge_sheet() {
            merge.set_key(path, passphrase);
            self.read_reply();
        }
    }

    /// The shown sheet for a reply, and where it says what went wrong.
    fn merge_sheet(&mut self) -> Option<(&mut Option<crate::messages::Message>, &mut MergeReply)> {
        let Some(Dialog::Sheet(sheet)) = &mut self.dialog else { return None };
        match &mut sheet.content {
            Content::Merge(merge) => Some((&mut sheet.trouble, merge)),
            _ => None,
        }
    }

    /// Opens the reply that the shown sheet names.
    pub(super) fn read_reply(&mut self) {
        let opening = self.openings;
        let Some(case) = self.opened.as_ref().map(|opened| opened.open.case().clone()) else { return };
        let library = std::sync::Arc::clone(&self.library);
        let Some(Ok((path, passphrase))) = self.merge_sheet().map(|(_, merge)| merge.key()) else { return };
        let started = self.jobs.start(OPENING, move || {
            let typed = passphrase.as_ref().map(|passphrase| passphrase.0.as_str());
            let read = read_reply(&case, &library, &path, typed);
            Done::ReplyRead(opening, path, Box::new(read))
        });
        if let Some((_, merge)) = self.merge_sheet() {
            merge.is_reading = started;
        }
    }

    /// A reply was opened, or not. Another file may have been chosen meanwhile.
    pub(super) fn reply_read(&mut self, opening: u64, path: &Path, result: Result<Reply, Failure>) {
        let is_current = opening == self.openings;
        let Some((trouble, merge)) = self.merge_sheet().filter(|_| is_current) else { return };
        merge.is_reading = false;
        if merge.path.as_deref() != Some(path) {
            return;
        }
        match result {
            Ok(reply) => merge.take(reply),
            Err(failure) => *trouble = Some(Self::message(&failure)),
        }
    }

    /// The reply could not be opened by a mistake of the program.
    pub(super) fn reply_unread(&mut self) {
        if let Some((trouble, merge)) = self.merge_sheet() {
            merge.is_reading = false;
            *trouble = Some(done::broken());
        }
    }

    /// What was settled on a sheet is entered into the open case too, beside what was typed since
    /// the case looked like `before`.
    pub(super) fn enter_reply(&mut self, ctx: &Context, sheet: Option<&Sheet>, before: &Case) {
        let Some(Content::Merge(merge)) = sheet.map(|sheet| &sheet.content) else { return };
        let (settled, now) = (merge.settled(), (self.clock)(ctx));
        self.with_open(|opened| {
            if let Some(settled) = settled {
                let settled = settled.unless_changed(before, opened.open.case());
                opened.open.take_reply(&settled, now);
            }
        });
    }
}
