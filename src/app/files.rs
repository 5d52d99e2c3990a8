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

use super::jobs::{Done, Progress, Read};
use super::opened::{DraftState, Opened};
use super::{App, Purpose, Then};

/// The job that reads the folder.
pub(super) const LISTING: &str = "listing";
/// The job that saves.
pub(super) const SAVING: &str = "saving";
/// How often the folder is told of while it is read.
const BEAT: Duration = Duration::from_millis(100);

impl App {
    /// Reads the folder of the start page.
    pub(super) fn list_folder(&mut self) {
        self.find_unsaved();
        let Some(folder) = self.start.folder.clone() else { return };
        let (people, progress) = (self.library.people.clone(), Progress::default());
        self.listing = progress.clone();
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
            Done::Listed(folder, listed)
        });
        if started {
            self.start.loading = Some((0, 0));
        }
    }

    /// Shows the cases of another folder.
    pub(super) fn show_folder(&mut self, folder: PathBuf) {
        self.listing.cancel();
        self.settings.last_folder = Some(folder.clone());
        self.start.folder = Some(folder);
        self.start.take(Vec::new());
        self.list_folder();
        self.save_settings();
    }

    /// Goes on to something else, asking first if something would be lost.
    pub(super) fn leave(&mut self, then: Then) {
        if self.opened.as_mut().is_some_and(Opened::is_changed) {
            self.then = then;
            self.dialog = Some(Dialog::Unsaved);
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
                self.dialog = Some(Dialog::NewCase(NewCase::new(number, &self.library.people)));
            }
        }
    }

    /// Closes the case; its draft is not needed any more.
    pub(super) fn close(&mut self) {
        self.note_view();
        let Some(opened) = self.opened.take() else { return };
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
        if self.opened.as_mut().is_some_and(Opened::is_changed) {
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
                if dialog.is_some() {
                    self.dialog = dialog;
                    self.waiting = Some(Box::new(read));
                } else {
                    self.show_case(OpenCase::from_file(read.file, read.access, read.lock), None);
                }
            }
        }
    }

    /// Saves the case where it is, or asks where.
    pub(super) fn save(&mut self, then: Then) {
        let Some(opened) = &self.opened else { return };
        match (opened.open.file(), opened.open.access()) {
            (_, Access::ReadOnly(failure)) => self.tell(&failure.clone()),
            (Some(_), Access::SaveElsewhere(_)) => self.ask_where(then),
            (Some(_), Access::Full) => {
                let mut file = opened.open.to_save();
                self.jobs.start(SAVING, move || {
                    let saved = file.save(&Disk).map(|()| (file, None));
                    Done::Saved(Box::new(saved), then)
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
        self.save_to(path.to_owned(), Existing::Overwrite, then);
    }

    fn save_to(&mut self, path: PathBuf, existing: Existing, then: Then) {
        let Some(opened) = &self.opened else { return };
        let is_same = opened.open.path() == Some(&path);
        let is_copy = opened.open.path().is_some() && !is_same;
        let mut file = opened.open.to_save();
        self.jobs.start(SAVING, move || {
            let saved = (|| {
                if is_copy {
                    file.case.id = new_case::fresh_id()?;
                }
                // The lock first: a case that somebody has open is not written over.
                let lock = if is_same { None } else { Some(Lock::take(&path)?) };
                file.save_as(&Disk, &path, existing)?;
                Ok((file, lock))
            })();
            Done::Saved(Box::new(saved), then)
        });
    }

    /// Saves over what somebody else saved, as the user decided.
    pub(super) fn save_over(&mut self, then: Then) {
        let Some(opened) = self.opened.as_ref().filter(|opened| opened.open.path().is_some()) else { return };
        let mut file = opened.open.to_save();
        self.jobs.start(SAVING, move || {
            let saved = file.save_over(&Disk).map(|()| (file, None));
            Done::Saved(Box::new(saved), then)
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
                opened.forget_changed();
            }
            Err(failure) => self.tell(&failure),
        }
    }

    fn saved(&mut self, result: Result<(CaseFile, Option<Lock>), Failure>, then: Then) {
        match result {
            Ok((file, lock)) => {
                let path = file.path.clone();
                let listed = folder::list_one(&path, &self.library.people);
                self.start.update(listed);
                self.settings.note_recent(&path);
                if self.settings.last_folder.is_none() {
                    self.settings.last_folder = path.parent().map(Path::to_owned);
                    self.start.folder.clone_from(&self.settings.last_folder);
                }
                if let Some(opened) = &mut self.opened {
                    let id = opened.open.case().id.clone();
                    let old = opened.open.path().map(Path::to_owned);
                    opened.open.saved(file, lock);
                    opened.forget_changed();
                    if opened.draft.exists && !opened.is_changed() {
                        opened.draft = DraftState::default();
                        let removed = self.drafts.remove(&Disk, old.as_deref(), &id);
                        if let Err(failure) = removed {
                            self.tell(&failure);
                        }
                    } else if opened.draft.exists {
                        // It is one of the file as it was before: it has to be written anew.
                        opened.draft.seen.0 = u64::MAX;
                    }
                }
                self.toasts.done(done::saved(&path.display().to_string()));
                if let Some(opened) = self.opened.as_ref().filter(|opened| !opened.open.pending().is_empty()) {
                    self.toasts.trouble(&done::pending(opened.open.pending().len()));
                } else if then == Then::Print {
                    self.print();
                } else {
                    // Somebody may have typed on while it was being saved.
                    self.leave(then);
                }
            }
            Err(Failure::ChangedByOther { path }) => self.compare(path, then),
            Err(failure @ Failure::Exists { .. }) => {
                self.tell(&failure);
                self.ask_where(then);
            }
            Err(failure) => self.tell(&failure),
        }
    }

    fn compare(&mut self, path: PathBuf, then: Then) {
        self.jobs.start("comparing", move || {
            let theirs = match CaseFile::read(&path) {
                Ok(file) => Ok(Some(file)),
                Err(Failure::File { trouble: FileTrouble::NotFound, .. }) => Ok(None),
                Err(failure) => Err(failure),
            };
            Done::Compared(Box::new(theirs), then)
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
                self.dialog = Some(Dialog::Conflict(Conflict { is_removed: theirs.is_none(), rows }));
                self.then = then;
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
        let Some(file) = file.filter(|_| came_back && !self.jobs.is_running(SAVING)).cloned() else { return };
        self.jobs.start("watching", move || Done::Watched(file.changed_on_disk().unwrap_or(false)));
    }

    /// Lists the backups of the open case.
    pub(super) fn list_backups(&mut self) {
        let Some(path) = self.opened.as_ref().and_then(|opened| opened.open.path()).map(Path::to_owned) else { return };
        self.jobs.start("backups", move || Done::Backups(backup::list(&path)));
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
                self.dialog = Some(Dialog::NewCase(new));
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
            Done::Listed(folder, listed) if Some(&folder) == self.start.folder.as_ref() => match listed {
                Ok(listed) => {
                    self.start.trouble = None;
                    self.start.take(listed);
                }
                Err(failure) => self.start.trouble = Some(failure),
            },
            // Another folder was chosen meanwhile.
            Done::Listed(..) => self.list_folder(),
            Done::Opened(path, read) => self.opened_file(&path, *read),
            Done::Saved(result, then) => self.saved(*result, then),
            Done::Drafted(of, result) => self.drafted(of.as_deref(), result),
            Done::Compared(theirs, then) => self.compared(*theirs, then),
            Done::HandedOut(paths, refusal) => self.handed_out(&paths, refusal),
            Done::Printed(result) => self.printed(result),
            Done::Backups(Ok(backups)) => self.dialog = Some(Dialog::Backups(backups)),
            Done::Backups(Err(failure)) => self.tell(&failure),
            Done::Watched(true) => self.toasts.trouble(&done::changed_by_other()),
            Done::Watched(false) | Done::Nothing => {}
            Done::Broken => self.toasts.trouble(&done::broken()),
        }
    }
}

/// Whether two paths lead to one file.
fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((std::fs::canonicalize(a), std::fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

/// Reads a case, takes its lock and looks for a draft.
fn read(path: &Path, drafts: &draft::Drafts) -> Result<Read, Failure> {
    let file = CaseFile::read(path)?;
    let (access, lock) = match Lock::take(path) {
        Ok(lock) => (Access::Full, Some(lock)),
        Err(failure @ Failure::Locked { .. }) => (Access::ReadOnly(failure), None),
        Err(failure @ Failure::File { trouble: FileTrouble::NotAllowed, .. }) => (Access::SaveElsewhere(failure), None),
        // Not every network drive has locks: there the case is opened all the same.
        Err(_) => (Access::Full, None),
    };
    let access =
        if file.is_newer { Access::ReadOnly(Failure::ReadOnlyFormat { path: path.to_owned() }) } else { access };
    let draft = drafts.for_case(path).filter(|draft| draft.as_ref().map_or(true, |draft| !draft.is_stale(&file.case)));
    Ok(Read { file, access, lock, draft })
}
