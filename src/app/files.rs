//! Opening, saving, drafts, backups: what the window does with files, each as a job.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use eframe::egui::Context;

use crate::dialogs::Question;
use crate::export::safe_file_name;
use crate::messages::{self, done, start as start_words};
use crate::model::compare::{Difference, differences};
use crate::model::entry::display;
use crate::model::failure::{Failure, FileTrouble};
use crate::model::form::Meaning;
use crate::model::value::Value;
use crate::session::{Access, OpenCase};
use crate::store::atomic::Disk;
use crate::store::case_file::{CaseFile, Existing};
use crate::store::draft;
use crate::store::lock::Lock;
use crate::store::{backup, folder, new_case};
use crate::ui::dialog::{Conflict, Dialog, NewCase};

use super::jobs::{Done, Progress, Read, Save, Saved};
use super::opened::{DraftState, Opened};
use super::{AfterSave, App, Purpose, Then};

/// The job that reads the folder.
pub(super) const LISTING: &str = "listing";
/// The job that saves.
const SAVING: &str = "write case";
/// The job that saves elsewhere: it does not wait for one that hangs.
const SAVING_AS: &str = "write case elsewhere";
/// How often the folder is told of while it is read.
const BEAT: Duration = Duration::from_millis(100);

impl App {
    /// Reads the folder of the start page.
    pub(super) fn list_folder(&mut self) {
        self.find_unsaved();
        let Some(folder) = self.start.folder.clone() else { return };
        let (people, progress) = (self.library.people.clone(), Progress::default());
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
            let listed = folder::summaries(&folder, &people, &tell, &|| progress.is_cancelled());
            Done::Listed(folder, listed, !progress.is_cancelled())
        });
        if started {
            self.listing = own;
            self.start.loading = Some((0, 0));
        }
    }

    /// Shows the cases of another folder.
    pub(super) fn show_folder(&mut self, folder: PathBuf) {
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
            self.question(Dialog::Unsaved, then);
        } else {
            self.go_on(then);
        }
    }

    /// Goes on to something else; what was open is saved or given up.
    pub(super) fn go_on(&mut self, then: Then) {
        match then {
            Then::Stay => {}
            Then::Print => self.print(),
            Then::Close => {
                self.close();
                self.list_folder();
            }
            Then::Quit => {
                self.close();
                self.may_close = true;
            }
            Then::Open(path) => self.open_file(path),
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

    /// Whether a case is being saved just now.
    pub(super) fn is_saving(&self) -> bool {
        self.jobs.is_running(SAVING) || self.jobs.is_running(SAVING_AS)
    }

    /// Closes the case; its draft is not needed any more.
    pub(super) fn close(&mut self) {
        self.note_view();
        self.after_save = None;
        let Some(opened) = self.opened.take() else { return };
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
        if opened.open.path().is_none() {
            // Without a lock another window could offer the draft as left behind.
            let own = || self.drafts.lock(&Disk, &opened.open.case().id).ok();
            opened.draft.lock = draft_lock.or_else(own);
        }
        self.opened = Some(opened);
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

    /// Saves the case where it is, or asks where.
    pub(super) fn save(&mut self, then: Then) {
        if self.is_saving() {
            self.after_save = Some(AfterSave::Save(then));
            return;
        }
        let Some(opened) = &self.opened else { return };
        match (opened.open.path(), opened.open.access()) {
            (_, Access::ReadOnly(failure)) => self.tell(&failure.clone()),
            (Some(_), Access::SaveElsewhere(_)) => self.ask_where(then),
            // What the draft was begun with is not what is in the file now.
            (Some(path), Access::Full) if opened.is_outdated => self.compare(path.to_owned(), then),
            (Some(_), Access::Full) => {
                let mut file = opened.open.to_save();
                self.start_save(SAVING, then, move || {
                    file.save(&Disk)?;
                    Ok(Saved { file, place: None })
                });
            }
            (None, _) => match self.settings.last_folder.clone() {
                Some(folder) => {
                    let name = format!("{}.ron", safe_file_name(&opened.open.case().number));
                    self.save_to(folder.join(name), Existing::Keep, then);
                }
                None => self.ask_where(then),
            },
        }
    }

    fn start_save(
        &mut self,
        name: &'static str,
        then: Then,
        work: impl FnOnce() -> Result<Saved, Failure> + Send + 'static,
    ) {
        let save = Save { opening: self.openings, number: self.saves + 1, then };
        if self.jobs.start(name, move || Done::Saved(save, Box::new(work()))) {
            self.saves += 1;
        } else {
            self.toasts.trouble(&done::still_saving());
        }
    }

    /// Asks where to save.
    pub(super) fn ask_where(&mut self, then: Then) {
        let Some(opened) = &self.opened else { return };
        let name = format!("{}.ron", safe_file_name(&opened.open.case().number));
        let mut question = Question::new_file(messages::command::SAVE_AS, &name).of(done::CASE_FILES, &["ron"]);
        if let Some(folder) = self.folder() {
            question = question.beginning_in(folder);
        }
        self.ask(Purpose::SaveAs(then), question);
    }

    /// Saves as this file; the dialog has asked about one that is there.
    pub(super) fn save_as(&mut self, path: &Path, then: Then) {
        let of_case = self.opened.as_ref().and_then(|opened| opened.open.path());
        if of_case.is_some_and(|of_case| same_file(of_case, path)) {
            self.save(then);
        } else {
            self.save_to(path.to_owned(), Existing::Overwrite, then);
        }
    }

    fn save_to(&mut self, path: PathBuf, existing: Existing, then: Then) {
        let Some(opened) = &self.opened else { return };
        let is_copy = opened.open.path().is_some();
        let mut file = opened.open.to_save();
        self.start_save(SAVING_AS, then, move || {
            if is_copy {
                file.case.id = new_case::fresh_id()?;
            }
            // The lock first: a case that somebody has open is not written over.
            let (access, lock) = match take_lock(&path) {
                (Access::ReadOnly(failure) | Access::SaveElsewhere(failure), _) => return Err(failure),
                place @ (Access::Full, _) => place,
            };
            file.save_as(&Disk, &path, existing)?;
            Ok(Saved { file, place: Some((access, lock)) })
        });
    }

    /// Saves over what somebody else saved, as the user decided.
    pub(super) fn save_over(&mut self, then: Then) {
        let Some(opened) = self.opened.as_ref().filter(|opened| opened.open.path().is_some()) else { return };
        let mut file = opened.open.to_save();
        self.start_save(SAVING, then, move || {
            file.save_over(&Disk)?;
            Ok(Saved { file, place: None })
        });
    }

    /// Takes over what somebody else saved; it can be undone.
    pub(super) fn take_theirs(&mut self, now: f64) {
        let Some(opened) = &mut self.opened else { return };
        let Some(path) = opened.open.path().map(Path::to_owned) else { return };
        match CaseFile::read(&path) {
            Ok(file) => {
                opened.open.replace(file.case.clone(), std::collections::BTreeMap::new(), now);
                opened.open.rebase(file);
                opened.is_outdated = false;
                opened.forget_changed();
            }
            Err(failure) => self.tell(&failure),
        }
    }

    fn saved(&mut self, save: Save, result: Result<Saved, Failure>) {
        let is_current = self.opened.is_some() && (save.opening, save.number) == (self.openings, self.saves);
        let after = if is_current { self.after_save.take() } else { None };
        match result {
            Ok(saved) => {
                let path = saved.file.path.clone();
                self.toasts.done(done::saved(&path.display().to_string()));
                self.note_saved(&path);
                if is_current {
                    self.take_saved(saved);
                    self.go_on_after(save.then, after);
                } else if save.opening != self.openings || self.opened.is_none() {
                    self.drop_behind(&saved.file);
                }
            }
            Err(Failure::ChangedByOther { path }) if is_current => self.compare(path, save.then),
            Err(failure @ Failure::Exists { .. }) if is_current => {
                self.tell(&failure);
                self.ask_where(save.then);
            }
            Err(failure) => self.tell(&failure),
        }
        // What waited for the save of a case that is left: nothing else would set it off.
        if !is_current && !self.is_saving() {
            match self.after_save.take() {
                Some(AfterSave::Save(then)) => self.save(then),
                Some(AfterSave::Leave(then)) => self.leave(then),
                None => {}
            }
        }
    }

    fn note_saved(&mut self, path: &Path) {
        self.start.update(folder::list_one(path, &self.library.people));
        self.settings.note_recent(path);
        if self.settings.last_folder.is_none() {
            self.settings.last_folder = path.parent().map(Path::to_owned);
            self.start.folder.clone_from(&self.settings.last_folder);
        }
    }

    fn take_saved(&mut self, saved: Saved) {
        let Some(opened) = &mut self.opened else { return };
        let id = opened.open.case().id.clone();
        let old = opened.open.path().map(Path::to_owned);
        opened.open.saved(saved.file, saved.place);
        opened.is_outdated = false;
        opened.forget_changed();
        if !opened.draft.exists {
            return;
        }
        if opened.is_changed() {
            // It is one of the file as it was before: it has to be written anew.
            opened.draft.seen.0 = u64::MAX;
            return;
        }
        opened.draft = DraftState::default();
        if let Err(failure) = self.drafts.remove(&Disk, old.as_deref(), &id) {
            self.tell(&failure);
        }
    }

    /// The case is saved: what was to come after it, and what was asked for meanwhile.
    fn go_on_after(&mut self, then: Then, after: Option<AfterSave>) {
        let pending = self.opened.as_ref().map_or(0, |opened| opened.open.pending().len());
        if pending > 0 {
            self.tells_unread = true;
            self.toasts.trouble(&done::pending(pending));
            return;
        }
        match after {
            Some(AfterSave::Save(next)) if self.opened.as_mut().is_some_and(Opened::is_changed) => self.save(next),
            Some(AfterSave::Save(next) | AfterSave::Leave(next)) => self.leave_or_print(next),
            None => self.leave_or_print(then),
        }
    }

    fn leave_or_print(&mut self, then: Then) {
        match then {
            Then::Print => self.print(),
            // Somebody may have typed on while it was being saved.
            then => self.leave(then),
        }
    }

    fn compare(&mut self, path: PathBuf, then: Then) {
        let opening = self.openings;
        self.jobs.start("comparing", move || {
            let theirs = match CaseFile::read(&path) {
                Ok(file) => Ok(Some(file)),
                Err(Failure::File { trouble: FileTrouble::NotFound, .. }) => Ok(None),
                Err(failure) => Err(failure),
            };
            Done::Compared(opening, Box::new(theirs), then)
        });
    }

    fn compared(&mut self, theirs: Result<Option<CaseFile>, Failure>, then: Then) {
        let Some(opened) = &self.opened else { return };
        match theirs {
            Ok(theirs) => {
                let rows = match &theirs {
                    Some(file) => differences(opened.open.case(), &file.case),
                    None => Vec::new(),
                };
                let rows = rows.iter().map(|difference| self.difference(opened, difference)).collect();
                let is_removed = theirs.is_none();
                self.question(Dialog::Conflict(Conflict { is_removed, rows }), then);
            }
            Err(failure) => self.tell(&failure),
        }
    }

    fn difference(&self, opened: &Opened, difference: &Difference) -> (String, String, String) {
        let place = &difference.place;
        let form = difference.form.as_deref().and_then(|key| self.library.forms.get(key));
        let field = match form {
            Some(form) => form.field(&place.field),
            None => self.library.people.field(&place.field),
        };
        let field = match &place.cell {
            Some((_, column)) => field.and_then(|field| field.column(column)),
            None => field,
        };
        let text = |value: &Option<Value>| value.as_ref().map(|value| display(field, value)).unwrap_or_default();
        (opened.place_name(place, &self.library), text(&difference.mine), text(&difference.theirs))
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
        let values = new.values().unwrap_or_default();
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
    fn existing(&self, values: &crate::model::value::Values) -> Vec<(PathBuf, String)> {
        let people = &self.library.people;
        let of = |meaning| people.field_meaning(meaning).and_then(|field| values.get(&field.key));
        let folded =
            |meaning| of(meaning).and_then(Value::as_text).map(crate::model::search::fold).filter(|t| !t.is_empty());
        let (name, chart) = (folded(Meaning::PatientName), folded(Meaning::ChartNumber));
        let birth = of(Meaning::BirthDate).and_then(Value::as_date);
        let is_same = |summary: &folder::Summary| {
            let same_name = name.as_ref().is_some_and(|name| *name == crate::model::search::fold(&summary.name));
            let same_chart =
                chart.as_ref().is_some_and(|chart| *chart == crate::model::search::fold(&summary.chart_number));
            same_chart
                || (same_name && (birth.is_none() || summary.birth_date.is_none() || birth == summary.birth_date))
        };
        let found = self.start.listed().iter().filter_map(|one| {
            let summary = one.what.as_ref().ok().filter(|summary| is_same(summary))?;
            let name = if summary.name.is_empty() { start_words::NAMELESS } else { &summary.name };
            Some((one.path.clone(), format!("{name}（{}）", summary.number)))
        });
        found.take(5).collect()
    }

    /// Takes in what a job has done.
    pub(super) fn take(&mut self, _ctx: &Context, done: Done) {
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
            Done::HandedOut(paths, refusal) => self.handed_out(&paths, refusal),
            Done::Printed(result) => self.printed(result),
            Done::Backups(opening, Ok(backups)) if opening == self.openings => {
                self.question(Dialog::Backups(backups), Then::Stay);
            }
            Done::Backups(_, Err(failure)) | Done::Revealed(Err(failure)) => self.tell(&failure),
            Done::Watched(opening, true) if opening == self.openings => self.toasts.trouble(&done::changed_by_other()),
            // About a case that is not open any more, or nothing to tell.
            Done::Compared(..) | Done::Backups(..) | Done::Watched(..) | Done::Revealed(Ok(())) | Done::Nothing => {}
            Done::Broken => self.toasts.trouble(&done::broken()),
        }
    }
}

/// Whether two paths lead to one file.
fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((std::fs::canonicalize(a), std::fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// Takes the lock of a case; says what may be done with it.
fn take_lock(path: &Path) -> (Access, Option<Lock>) {
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
