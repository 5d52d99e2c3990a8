//! The papers of the open case: the sheets on which is recorded what happens to them, and the jobs
//! that record it.
//!
//! An act saves the case, so it is one of the saves: none runs beside another one. What a sheet
//! holds stays until it is recorded; whatever keeps it from that comes back on the sheet.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::Context;

use crate::dialogs::Question;
use crate::export::Refusal;
use crate::messages::{Message, done, merging, paperwork as words, sheets};
use crate::model::case::Case;
use crate::model::failure::Failure;
use crate::model::note::Note;
use crate::model::record::Record;
use crate::model::value::Key;
use crate::paperwork::{Act, Acted, Now, Office};
use crate::print;
use crate::session::Access;
use crate::store::atomic::Disk;
use crate::store::case_file::CaseFile;
use crate::ui::dialog::consent::{NewConsent, Withdrawal};
use crate::ui::dialog::ending::{Ending, Reopening};
use crate::ui::dialog::hand_out::HandOut;
use crate::ui::dialog::sign::{Correcting, Signing};
use crate::ui::dialog::{Content, Dialog, Sheet, Surroundings};
use crate::ui::{Action, Command};

use super::jobs::{Done, Save, Saved};
use super::saving::SAVING;
use super::{App, Purpose, Then};

/// What was recorded, and what became of printing it.
pub struct Recorded {
    /// The case as it was before.
    pub before: Case,
    /// The case as it was saved with it.
    pub file: CaseFile,
    /// What was recorded.
    pub acted: Acted,
    /// The encrypted file that was written.
    pub sealed: Option<PathBuf>,
    /// Why a paper was not printed.
    pub not_printed: Option<Failure>,
}

impl App {
    /// What the dialogs know of the open case.
    pub(super) fn surroundings(&self) -> Surroundings<'_> {
        Surroundings {
            people: &self.library.people,
            rules: self.library.rules(),
            directory: &self.directory,
            forms: &self.library.forms,
            case: self.opened.as_ref().map(|opened| opened.open.case()),
            revision: self.opened.as_ref().map_or(0, |opened| opened.open.revision()),
            is_editable: self.opened.as_ref().is_some_and(|opened| opened.open.is_editable()),
            may_take_reply: self.is_possible(Command::TakeReply),
            today: (self.today)(),
        }
    }

    /// The moment, and who is at the machine.
    pub(super) fn now(&self) -> Now {
        Now { today: (self.today)(), ..Now::of_machine() }
    }

    /// Opens the sheet that an action asks for, as far as something can be recorded now.
    pub(super) fn open_sheet(&mut self, action: Action) {
        if !self.may_record(&action) {
            return;
        }
        let around = self.surroundings();
        let Some(case) = around.case else { return };
        let has = |document: usize| document < case.documents.len();
        let content = match action {
            Action::HandOut(document) if has(document) => {
                Content::HandOut(Box::new(HandOut::new(document, self.hand_out_folder(), &around)))
            }
            Action::Share(document) if has(document) => match self.new_share(document, &around) {
                Ok(share) => Content::Share(Box::new(share)),
                Err(failure) => return self.tell(&failure),
            },
            Action::HandOver => match self.new_hand_over() {
                Ok(hand_over) => Content::HandOver(hand_over),
                Err(failure) => return self.tell(&failure),
            },
            Action::TakeReply => Content::Merge(Box::default()),
            Action::Sign { document, line } if has(document) => {
                let line: Option<Key> = (!line.is_empty()).then_some(line);
                Content::Sign(Signing::new(document, line, &around))
            }
            Action::CorrectSignature { document, revision, line } => {
                Content::Correct(Correcting { document, revision, line, why: String::new() })
            }
            Action::Consent => Content::Consent(self.new_consent(&around)),
            Action::Withdraw(consent) => Content::Withdraw(Withdrawal::new(consent, &around)),
            Action::EndCase => Content::End(Ending::new(&around)),
            Action::Reopen => Content::Reopen(Reopening::default()),
            _ => return,
        };
        self.question(Dialog::Sheet(Box::new(Sheet::new(content))), Then::Stay);
    }

    /// The same in front of what is shown meanwhile, which waits.
    pub(super) fn open_sheet_in_front(&mut self, action: Action) {
        let then = std::mem::take(&mut self.then);
        if let Some(shown) = self.dialog.take() {
            self.questions.push_front((shown, then));
        }
        self.open_sheet(action);
        self.next_question();
    }

    /// A consent; where it is for handing something out, the one that is missing for that.
    fn new_consent(&self, around: &Surroundings<'_>) -> NewConsent {
        let waiting = self.questions.front().map(|(dialog, _)| dialog);
        let Some(Dialog::Sheet(sheet)) = waiting else { return NewConsent::new(around) };
        match &sheet.content {
            Content::HandOut(hand_out) => match hand_out.subject(around) {
                Some((form, party)) => NewConsent::for_handing(around, &[form], party),
                None => NewConsent::new(around),
            },
            Content::Share(share) => {
                let (forms, party) = share.subject(around);
                NewConsent::for_handing(around, &forms, party)
            }
            Content::HandOver(hand_over) => NewConsent::for_all(around, hand_over.to.party),
            _ => NewConsent::new(around),
        }
    }

    /// Where papers went last, else beside the case.
    pub(super) fn hand_out_folder(&self) -> Option<PathBuf> {
        self.last_hand_out.clone().or_else(|| self.folder().map(std::path::Path::to_owned))
    }

    /// Whether something can be recorded in the open case; else it says why, or saves it first.
    fn may_record(&mut self, action: &Action) -> bool {
        // What was typed and is no value is not in the case that goes or is merged.
        let needs_all = matches!(action, Action::HandOut(_) | Action::Share(_) | Action::TakeReply | Action::HandOver);
        if needs_all && !self.is_readable() {
            return false;
        }
        let Some(opened) = &self.opened else { return false };
        match opened.open.access() {
            Access::ReadOnly(failure) => {
                let failure = failure.clone();
                self.tell(&failure);
                false
            }
            Access::Full if opened.open.path().is_some() && !opened.is_outdated => true,
            // It is recorded in a file, and on top of what is there.
            Access::Full | Access::SaveElsewhere(_) => {
                self.save(Then::Paper(Box::new(action.clone())));
                false
            }
        }
    }

    /// Records what a sheet says.
    pub(super) fn record(&mut self, mut sheet: Box<Sheet>) {
        match sheet.act(&self.surroundings()) {
            Ok(_) if self.is_saving() => self.put_back(sheet, Some(done::still_saving())),
            Ok(act) => self.start_act(sheet, act),
            Err(trouble) => {
                sheet.trouble = Some(trouble);
                self.put_back(sheet, None);
            }
        }
    }

    fn start_act(&mut self, sheet: Box<Sheet>, act: Act) {
        let Some(opened) = &self.opened else { return };
        let mut file = opened.open.to_save();
        let save = Save { opening: self.openings, number: self.saves + 1, then: Then::Stay };
        let (library, now) = (Arc::clone(&self.library), self.now());
        let sealed = sheet.sealed().map(std::path::Path::to_owned);
        let prints = matches!(&sheet.content, Content::HandOut(hand_out) if hand_out.prints);
        if let Some(folder) = sheet.folder() {
            self.last_hand_out = Some(folder.to_owned());
        }
        let started = self.jobs.start(SAVING, move || {
            let office = Office { library: &library, medium: &Disk, now };
            let before = file.case.clone();
            let recorded = office.act(&mut file, &act).map(|acted| {
                let print = |path: &PathBuf| print::print(path).err();
                let not_printed = if prints { acted.written.iter().find_map(print) } else { None };
                Recorded { before, file, acted, sealed, not_printed }
            });
            Done::Recorded(save, Box::new(recorded))
        });
        if started {
            self.saves += 1;
            self.acting = Some(sheet);
        } else {
            self.put_back(sheet, Some(done::still_saving()));
        }
    }

    /// Shows a sheet again in front of everything, with all that was entered.
    fn put_back(&mut self, mut sheet: Box<Sheet>, trouble: Option<Message>) {
        sheet.trouble = trouble.or(sheet.trouble.take());
        let behind = self.dialog.replace(Dialog::Sheet(sheet));
        let then = std::mem::take(&mut self.then);
        if let Some(behind) = behind {
            self.questions.push_front((behind, then));
        }
    }

    /// A job broke off: where it was one that records something, the sheet comes back.
    pub(super) fn not_acting(&mut self) {
        if !self.jobs.is_running(SAVING)
            && let Some(sheet) = self.acting.take()
        {
            self.put_back(sheet, Some(done::broken()));
        }
    }

    /// Something was recorded, or was not.
    pub(super) fn recorded(&mut self, ctx: &Context, save: &Save, result: Result<Recorded, Refusal>) {
        let is_current = self.opened.is_some() && save.opening == self.openings;
        let sheet = self.acting.take();
        let after = if is_current { self.after_save.take() } else { None };
        if result.is_ok() {
            self.show_passphrase(sheet.as_deref());
        }
        match result {
            Ok(recorded) if is_current => {
                self.enter_reply(ctx, sheet.as_deref(), &recorded.before);
                self.take_recorded(recorded);
                self.go_on_after(Then::Stay, after);
            }
            Ok(recorded) => {
                self.note_saved(&recorded.file.path.clone());
                self.drop_behind(&recorded.file);
                self.tell_failures(&recorded.acted.notes, recorded.not_printed.as_ref());
            }
            Err(refusal) if is_current => self.not_recorded(sheet, refusal),
            Err(Refusal::Failure(failure)) => self.tell(&failure),
            // The case that has them is not open any more.
            Err(Refusal::Problems(problems)) => self.toasts.trouble(&done::problems(problems.len())),
        }
        self.go_on_waiting(is_current);
    }

    /// Shows what opens the file that was made, where it is nowhere else: it may have been out of
    /// sight on the sheet.
    fn show_passphrase(&mut self, sheet: Option<&Sheet>) {
        if let Some(made) = sheet.and_then(Sheet::made) {
            self.question(Dialog::Made(made), Then::Stay);
        }
    }

    fn take_recorded(&mut self, recorded: Recorded) {
        let Recorded { file, acted, sealed, not_printed, .. } = recorded;
        self.note_saved(&file.path.clone());
        self.take_saved(Saved { file, place: None, notes: Vec::new() });
        self.tell_recorded(&acted, sealed.as_deref());
        self.tell_failures(&acted.notes, not_printed.as_ref());
    }

    fn tell_failures(&mut self, notes: &[Note], not_printed: Option<&Failure>) {
        self.tell_notes(notes);
        if let Some(failure) = not_printed {
            self.tell(failure);
        }
    }

    fn not_recorded(&mut self, sheet: Option<Box<Sheet>>, refusal: Refusal) {
        match (refusal, sheet) {
            (Refusal::Failure(Failure::ChangedByOther { path }), Some(sheet)) => {
                // The sheet waits until it is decided which of the two states stays.
                self.questions.push_front((Dialog::Sheet(sheet), Then::Stay));
                self.compare(path, Then::Stay);
            }
            (Refusal::Failure(failure), Some(sheet)) => {
                let message = Self::message(&failure);
                self.put_back(sheet, Some(message));
            }
            // What is wrong on the page is mended in its fields.
            (refusal, _) => self.refused(refusal),
        }
    }

    /// Tells that it is recorded, with the folder where the papers are.
    fn tell_recorded(&mut self, acted: &Acted, sealed: Option<&std::path::Path>) {
        let title = self.record_title(&acted.record);
        let text = match &acted.record {
            Record::TakeReply(reply) => merging::merged(&reply.from, reply.taken.len()),
            record => sheets::recorded(record, &title),
        };
        match sealed.or(acted.written.first().map(PathBuf::as_path)) {
            Some(path) => {
                let folder = path.parent().unwrap_or(path).to_owned();
                let text = sheets::with_path(&text, &path.display().to_string());
                self.toasts.done_with(text, done::REVEAL, Action::Reveal(folder));
            }
            None => self.toasts.done(text),
        }
    }

    /// The short title of the document that a record is about; empty where it is about none.
    fn record_title(&self, record: &Record) -> String {
        let (Record::HandOut { document, .. }
        | Record::Sign { document, .. }
        | Record::CorrectSignature { document, .. }) = record
        else {
            return String::new();
        };
        let case = self.opened.as_ref().map(|opened| opened.open.case());
        let document = case.and_then(|case| case.documents.get(case.document_of_id(*document)?));
        let form = document.and_then(|document| self.library.forms.get(&document.form));
        form.map_or(String::new(), |form| form.short_title.clone())
    }

    /// Tells what is worth telling of what was done. What the sheet said already is left out.
    pub(super) fn tell_notes(&mut self, notes: &[Note]) {
        for note in notes.iter().filter(|note| !matches!(note, Note::Needed { .. } | Note::PassphraseApart)) {
            self.toasts.trouble(&words::note(note));
        }
    }

    /// Asks for the folder of what is handed out.
    pub(super) fn ask_hand_out_folder(&mut self) {
        let question = self.in_folder(Question::folder(sheets::CHOOSE_FOLDER));
        self.ask(Purpose::HandOutFolder, question);
    }

    /// The folder was chosen, if the sheet is still there.
    pub(super) fn set_hand_out_folder(&mut self, path: PathBuf) {
        if let Some(Dialog::Sheet(sheet)) = &mut self.dialog
            && let Content::HandOut(hand_out) = &mut sheet.content
        {
            hand_out.folder = Some(path);
        }
    }
}
