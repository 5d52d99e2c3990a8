//! Folders, cases that are opened and begun, backups, and what the jobs have done.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui::Context;

use crate::messages::{done, start as start_words};
use crate::model::failure::{Failure, FileTrouble};
use crate::model::search::Person;
use crate::model::value::{Value, Values};
use crate::session::{Access, OpenCase};
use crate::store::atomic::Disk;
use crate::store::case_file::CaseFile;
use crate::store::draft;
use crate::store::lock::Lock;
use crate::store::{backup, folder, new_case};
use crate::ui::dialog::{Dialog, NewCase};

use super::jobs::{Done, Progress, Read};
use super::opened::Opened;
use super::{AfterSave, App, Then};

/// The job that reads the folder.
pub(super) const LISTING: &str = "listing";
/// How often the folder is told of while it is read.
const BEAT: Duration = Duration::from_millis(100);

impl App {
    /// Reads the folder of the start page.
    pub(super) fn list_folder(&mut self) {
        self.find_unsaved();
        let Some(folder) = self.start.folder.clone() else { return };
        let (library, progress) = (std::sync::Arc::clone(&self.library), Progress::default());
        let own = progress.clone();
        let wake = self.wake.clone();
        let started = self.jobs.start(LISTING, move || {
            let last = std::cell::Cell::new(Instant::now());
            let tell = |done, all| {
                progress.set(done, all);
                if last.get().elapsed() > BEAT {
                    last.set(Instant::now());
                    wake();
                }
            };
            let listed = folder::summaries(&folder, &library, &tell, &|| progress.is_cancelled());
            Done::Listed(folder, listed, !progress.is_cancelled())
        });
        if started {
            self.listing = own;
            self.start.loading = Some((0, 0));
        }
    }

    /// Shows the cases of another folder.
    pub(super) fn show_folder(&mut self, folder: PathBuf) {
        if self.jobs.is_running(LISTING) && self.start.folder.as_ref() == Some(&folder) {
            return;
        }
        self.listing.cancel();
        self.settings.last_folder = Some(folder.clone());
        self.start.folder = Some(folder);
        self.start.take(Vec::new(), true);
        self.start.trouble = None;
        self.list_folder();
        self.save_settings();
    }

    /// Goes on to something else, asking first if something would be lost.
    pub(super) fn leave(&mut self, then: Then) {
        if then == Then::Stay {
            return;
        }
        if self.opened.is_some() && self.is_saving() {
            // The second time somebody may have good reason not to wait.
            if self.after_save.is_some() {
                self.question(Dialog::StillSaving, then);
            } else {
                self.toasts.done(done::WAITING);
                self.after_save = Some(AfterSave::Leave(then));
            }
            return;
        }
        if self.opened.as_mut().is_some_and(Opened::is_changed) {
            let is_own = self.opened.as_ref().is_none_or(|opened| opened.open.is_own());
            self.question(if is_own { Dialog::Unsaved } else { Dialog::Unsent }, then);
        } else {
            self.go_on(then);
        }
    }

    /// Goes on to something else; what was open is saved or given up.
    pub(super) fn go_on(&mut self, then: Then) {
        match then {
            Then::Stay => {}
            Then::Print => self.print(),
            Then::Paper(action) => self.open_sheet(*action),
            Then::Close => {
                self.close();
                self.list_folder();
            }
            Then::Quit => {
                self.close();
                self.may_close = true;
            }
            Then::Open(path) => self.open_file(path),
            Then::Received => self.open_received(),
            Then::OpenDraft(path) => self.open_draft(&path),
            Then::Example(name) => match new_case::example(name) {
                Ok(case) => self.show_case(OpenCase::new(case), None),
                Err(failure) => self.tell(&failure),
            },
            Then::New => {
                let taken = self.start.listed().iter().filter_map(|one| Some(one.what.as_ref().ok()?.number.as_str()));
                let number = new_case::next_number(taken, (self.today)());
                self.question(Dialog::NewCase(NewCase::new(number, &self.library.people)), Then::Stay);
            }
        }
    }

    /// Closes the case; its draft is not needed any more.
    pub(super) fn close(&mut self) {
        self.note_view();
        self.after_save = None;
        self.drop_dialogs();
        let Some(opened) = self.opened.take() else { return };
        self.library = Arc::clone(&self.own_library);
        if std::mem::take(&mut self.tells_unread) {
            self.toasts.clear_troubles();
        }
        if opened.draft.exists {
            let removed = self.drafts.remove(&Disk, opened.open.path(), &opened.open.case().id);
            if let Err(failure) = removed {
                self.tell(&failure);
            }
        }
    }

    pub(super) fn show_case(&mut self, open: OpenCase, draft_lock: Option<Lock>) {
        self.close();
        self.openings += 1;
        let mut opened = Opened::new(open, self.settings.entry_width, self.openings);
        opened.page.zoom = super::window::page_zoom(self.settings.preview_zoom);
        if opened.open.path().is_none() && opened.open.is_own() {
            // Without a lock another window could offer the draft as left behind.
            let own = || self.drafts.lock(&Disk, &opened.open.case().id).ok();
            opened.draft.lock = draft_lock.or_else(own);
        }
        self.opened = Some(opened);
        self.note_opened();
    }

    /// Reads a case.
    pub(super) fn open_file(&mut self, path: PathBuf) {
        let is_same = |open: &Path| same_file(open, &path);
        if self.opened.as_ref().and_then(|opened| opened.open.path()).is_some_and(is_same) {
            return;
        }
        let drafts = self.drafts.clone();
        self.jobs.start("opening", move || {
            let read = read(&path, &drafts);
            Done::Opened(path, Box::new(read))
        });
    }

    fn opened_file(&mut self, path: &Path, read: Result<Read, Failure>) {
        // The save of a case that was left already is not waited for.
        let is_saving = self.is_saving();
        if self.opened.as_mut().is_some_and(|opened| is_saving || opened.is_changed()) {
            // Somebody typed on while it was being read.
            self.leave(Then::Open(path.to_owned()));
            return;
        }
        match read {
            Err(failure) => {
                if matches!(failure, Failure::File { trouble: FileTrouble::NotFound, .. }) {
                    self.settings.forget_recent(path);
                }
                self.tell(&failure);
            }
            Ok(read) => {
                self.settings.note_recent(path);
                self.save_settings();
                let dialog = match (&read.draft, &read.access) {
                    (Some(Ok(draft)), Access::Full | Access::SaveElsewhere(_)) => Some(Dialog::Draft {
                        saved_at: draft.saved_at.clone(),
                        is_outdated: !draft.is_based_on(read.file.fingerprint()),
                    }),
                    _ => None,
                };
                if let Some(Err(failure)) = &read.draft {
                    self.tell(&failure.clone());
                }
                if read.lock.is_none() && read.access == Access::Full {
                    self.toasts.trouble(&done::no_lock());
                }
                if let Some(dialog) = dialog {
                    self.waiting = Some(Box::new(read));
                    self.question(dialog, Then::Stay);
                } else {
                    self.show_case(OpenCase::from_file(read.file, read.access, read.lock), None);
                }
            }
        }
    }

    /// Looks whether somebody else changed the file, whenever one comes back to the window.
    pub(super) fn watch(&mut self, ctx: &Context) {
        let is_in_front = ctx.input(|input| input.focused);
        let was_in_front = std::mem::replace(&mut self.had_focus, is_in_front);
        let came_back = is_in_front && !was_in_front;
        let file = self.opened.as_ref().and_then(|opened| opened.open.file());
        let Some(file) = file.filter(|_| came_back && !self.is_saving()).cloned() else { return };
        let opening = self.openings;
        self.jobs.start("watching", move || Done::Watched(opening, file.changed_on_disk().unwrap_or(false)));
    }

    /// Lists the backups of the open case.
    pub(super) fn list_backups(&mut self) {
        let Some(path) = self.opened.as_ref().and_then(|opened| opened.open.path()).map(Path::to_owned) else { return };
        let opening = self.openings;
        self.jobs.start("backups", move || Done::Backups(opening, backup::list(&path)));
    }

    /// Goes back to a backup; it can be undone.
    pub(super) fn restore(&mut self, backup: &backup::Backup, now: f64) {
        match backup::read(backup) {
            Ok(case) => {
                if let Some(opened) = &mut self.opened {
                    opened.open.replace(case, std::collections::BTreeMap::new(), now);
                    opened.show_tab(opened.tab);
                    self.toasts.done(done::RESTORED);
                }
            }
            Err(failure) => self.tell(&failure),
        }
    }

    /// Begins a case with what the dialog asked for, unless there seems to be one already.
    pub(super) fn create_case(&mut self, mut new: NewCase) {
        let Ok(values) = new.values() else {
            // What cannot be read stays where it can be mended.
            self.question(Dialog::NewCase(new), Then::Stay);
            return;
        };
        if new.existing.is_empty() {
            new.existing = self.existing(&values);
            if !new.existing.is_empty() {
                self.question(Dialog::NewCase(new), Then::Stay);
                return;
            }
        }
        match new_case::empty(&self.library, new.number.trim().to_owned()) {
            Ok(case) => {
                // What was typed into the dialog counts as typed into the case.
                let mut open = OpenCase::new(case.clone());
                let mut filled = case;
                filled.people = values;
                open.replace(filled, std::collections::BTreeMap::new(), 0.0);
                self.show_case(open, None);
                if let Some(opened) = &mut self.opened {
                    let first = self
                        .library
                        .people
                        .fields
                        .iter()
                        .find(|field| opened.open.case().people.get(&field.key).is_none_or(Value::is_empty));
                    if let Some(field) = first {
                        opened.typing.focus(crate::model::check::Place::field(&field.key));
                    }
                }
            }
            Err(failure) => self.tell(&failure),
        }
    }

    /// The cases of the folder that are likely about the person with this data.
    fn existing(&self, values: &Values) -> Vec<(PathBuf, String)> {
        let person = Person::of(values, &self.library.people);
        let found = self.start.listed().iter().filter_map(|one| {
            let summary = one.what.as_ref().ok().filter(|summary| person.is_likely(&summary.person()))?;
            let name = if summary.name.is_empty() { start_words::NAMELESS } else { &summary.name };
            Some((one.path.clone(), format!("{name}（{}）", summary.number)))
        });
        found.take(5).collect()
    }

    /// Takes in what a job has done.
    pub(super) fn take(&mut self, ctx: &Context, done: Done) {
        match done {
            Done::Listed(folder, listed, is_complete) if Some(&folder) == self.start.folder.as_ref() => match listed {
                Ok(listed) => {
                    self.start.trouble = None;
                    self.start.take(listed, is_complete);
                }
                Err(failure) => self.start.trouble = Some(failure),
            },
            // Another folder was chosen meanwhile.
            Done::Listed(..) => self.list_folder(),
            Done::Opened(path, read) => self.opened_file(&path, *read),
            Done::Saved(save, result) => self.saved(save, *result),
            Done::Drafted(opening, of, result) => self.drafted(opening, of.as_deref(), result),
            Done::Compared(opening, theirs, then) if opening == self.openings => self.compared(*theirs, then),
            Done::Recorded(save, result) => self.recorded(ctx, &save, *result),
            Done::Scanned(opening, path, found) => self.scanned(opening, path, found),
            Done::LogRead(opening, entries, troubles) if opening == self.openings => self.log_read(&entries, troubles),
            Done::Noted(result) => self.noted(result),
            Done::Unsealed(path, result) => self.unsealed(&path, *result),
            Done::Replied { opening, path, case, then, result } => self.replied(opening, path, *case, then, result),
            Done::TakenOver(path, result) => self.taken_over(path, result),
            Done::PagesDrawn(opening, of, pages) => self.pages_drawn(ctx, (opening, of), pages),
            Done::ReplyRead(opening, path, result) => self.reply_read(opening, &path, *result),
            Done::DisclosedDrawn(opening, of, drawn) => self.disclosed_drawn(ctx, opening, of, drawn),
            Done::HandedOut(paths, refusal, notes) => self.handed_out(&paths, refusal, notes),
            Done::Printed(result, note) => self.printed(result, note),
            Done::Calendar(path, result) => self.calendar_written(&path, result),
            Done::Backups(opening, Ok(backups)) if opening == self.openings => {
                self.question(Dialog::Backups(backups), Then::Stay);
            }
            Done::Backups(_, Err(failure)) | Done::Revealed(Err(failure)) => self.tell(&failure),
            Done::Watched(opening, true) if opening == self.openings => self.toasts.trouble(&done::changed_by_other()),
            // About a case that is not open any more, or nothing to tell.
            Done::LogRead(..)
            | Done::Compared(..)
            | Done::Backups(..)
            | Done::Watched(..)
            | Done::Revealed(Ok(()))
            | Done::Nothing => {}
            Done::Broken(job) => {
                self.toasts.trouble(&done::broken());
                self.not_acting();
                self.broken_off(ctx, job);
            }
        }
    }
}

/// Whether two paths lead to one file.
pub(super) fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((std::fs::canonicalize(a), std::fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// Takes the lock of a case; says what may be done with it.
pub(super) fn take_lock(path: &Path) -> (Access, Option<Lock>) {
    match Lock::take(path) {
        Ok(lock) => (Access::Full, Some(lock)),
        Err(failure @ Failure::Locked { .. }) => (Access::ReadOnly(failure), None),
        Err(failure @ Failure::File { trouble: FileTrouble::NotAllowed | FileTrouble::NotFound, .. }) => {
            (Access::SaveElsewhere(failure), None)
        }
        // Not every network drive has locks: there the case is opened all the same.
        Err(_) => (Access::Full, None),
    }
}

/// Reads a case, takes its lock and looks for a draft.
fn read(path: &Path, drafts: &draft::Drafts) -> Result<Read, Failure> {
    let file = CaseFile::read(path)?;
    let (access, lock) = take_lock(path);
    let access =
        if file.is_newer { Access::ReadOnly(Failure::ReadOnlyFormat { path: path.to_owned() }) } else { access };
    let draft = drafts.for_case(path).filter(|draft| draft.as_ref().map_or(true, |draft| !draft.is_stale(&file.case)));
    Ok(Read { file, access, lock, draft })
}
