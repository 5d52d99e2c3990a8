//! Drafts: what is not saved is kept a moment after it was typed, and offered after a crash.

use std::path::{Path, PathBuf};
use std::time::Duration;

use eframe::egui::Context;

use crate::messages::{self, done};
use crate::model::failure::Failure;
use crate::model::form::Meaning;
use crate::model::search::meant;
use crate::model::value::Value;
use crate::session::OpenCase;
use crate::store::atomic::{Disk, Medium};
use crate::store::case_file::CaseFile;
use crate::store::draft::{self, Draft};
use crate::store::file_failure;
use crate::store::lock::Lock;
use crate::ui::start::Unsaved;

use super::App;
use super::jobs::{Done, Read};

/// The job that keeps the draft.
const DRAFTING: &str = "write draft";
/// The job that keeps it in the user's own folder while the other one hangs.
const DRAFTING_HERE: &str = "write draft here";
/// After a failure so many seconds pass before the next try.
const AFTER_FAILURE: f64 = 15.0;
/// After a pause of so many seconds a draft is kept …
const PAUSE: f64 = 0.7;
/// … and after so many even without one.
const LONGEST: f64 = 3.0;

impl App {
    /// The drafts of cases that were never saved and that no other window has open.
    pub(super) fn find_unsaved(&mut self) {
        let people = &self.library.people;
        let unsaved = self.drafts.orphans().into_iter().filter_map(|(path, draft)| {
            let draft = match draft {
                Ok(draft) => draft,
                Err(failure) => {
                    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    return Some(Unsaved { path, name, saved_at: messages::failure(&failure).what });
                }
            };
            // Somebody has its case open and is typing on.
            let is_in_use = |case: &PathBuf| matches!(Lock::take(case), Err(Failure::Locked { .. }));
            if draft.path.as_ref().is_some_and(is_in_use) {
                return None;
            }
            let name = meant(&draft.case, people, Meaning::PatientName).and_then(Value::as_text);
            let name = name.filter(|name| !name.trim().is_empty()).unwrap_or(&draft.case.number).to_owned();
            Some(Unsaved { path, name, saved_at: draft.saved_at })
        });
        self.start.unsaved = unsaved.collect();
    }

    pub(super) fn open_draft(&mut self, path: &Path) {
        let read = draft::read(path).and_then(|draft| {
            let lock = self.drafts.lock(&Disk, &draft.case.id)?;
            Ok((draft, lock))
        });
        match read {
            Ok((Draft { path: Some(case), .. }, _)) if case.exists() => self.open_file(case),
            Ok((draft, lock)) => {
                self.take_over(path, &draft);
                // An empty case first, so that the whole draft counts as not saved.
                let mut empty = draft.case.clone();
                empty.people.clear();
                empty.documents.iter_mut().for_each(|document| document.values.clear());
                let mut open = OpenCase::new(empty);
                open.replace(draft.case, draft.pending.into_iter().collect(), 0.0);
                self.show_case(open, Some(lock));
                if let Some(opened) = &mut self.opened {
                    opened.draft.exists = true;
                }
            }
            Err(failure) => self.tell(&failure),
        }
    }

    /// The draft of a case whose file is gone becomes that of a case that was never saved.
    fn take_over(&mut self, path: &Path, draft: &Draft) {
        let Some(case) = &draft.path else { return };
        self.toasts.trouble(&done::lost_file(&case.display().to_string()));
        let own = Draft { path: None, read: None, ..draft.clone() };
        let moved = self.drafts.write(&Disk, &own).and_then(|written| {
            if written == path { Ok(()) } else { Disk.remove(path).map_err(|error| file_failure(path, &error)) }
        });
        if let Err(failure) = moved {
            self.tell(&failure);
        }
    }

    /// Throws a draft away, as the user decided.
    pub(super) fn discard_draft(&mut self, path: &Path) {
        // Only this one: a newer one may lie beside the case.
        if let Err(error) = Disk.remove(path) {
            self.tell(&file_failure(path, &error));
        }
        self.find_unsaved();
    }

    /// Opens the case that waits for the answer about its draft.
    pub(super) fn open_waiting(&mut self, restore: bool, now: f64) {
        let Some(read) = self.waiting.take() else { return };
        let Read { file, access, lock, draft } = *read;
        let read = file.fingerprint();
        let is_outdated = matches!(&draft, Some(Ok(draft)) if restore && !draft.is_based_on(read));
        let mut open = OpenCase::from_file(file, access, lock);
        if let Some(Ok(draft)) = draft {
            if restore {
                open.replace(draft.case, draft.pending.into_iter().collect(), now);
            } else if let Err(failure) = self.drafts.remove(&Disk, open.path(), &open.case().id) {
                self.tell(&failure);
            }
        }
        self.show_case(open, None);
        if let Some(opened) = self.opened.as_mut().filter(|_| restore) {
            opened.draft.exists = true;
            opened.is_outdated = is_outdated;
        }
    }

    /// Keeps a draft of what is not saved, a moment after the last change.
    pub(super) fn keep_draft(&mut self, ctx: &Context) {
        // Of what somebody sent nothing is kept.
        let Some(opened) = self.opened.as_mut().filter(|opened| opened.open.is_own()) else { return };
        let now = (self.clock)(ctx);
        let revision = opened.open.revision();
        let draft = &mut opened.draft;
        if draft.seen.0 != revision {
            draft.seen = (revision, now);
            draft.since.get_or_insert(now);
        }
        if draft.since.is_none() {
            return;
        }
        if !opened.is_changed() {
            self.drop_draft();
            return;
        }
        let draft = &mut opened.draft;
        let since = draft.since.unwrap_or(now);
        let due = (draft.seen.1 + PAUSE).min(since + LONGEST).max(draft.not_before);
        if now < due {
            ctx.request_repaint_after(Duration::from_secs_f64(due - now));
            return;
        }
        let file = opened.open.to_save();
        let pending = opened.open.pending().clone().into_iter().collect();
        let drafts = self.drafts.clone();
        let of = opened.open.path().map(Path::to_owned);
        let opening = self.openings;
        // Beside the case it may hang with the network drive: then one is kept here.
        let is_hanging = self.jobs.is_running(DRAFTING) && now > due + LONGEST;
        let name = if is_hanging { DRAFTING_HERE } else { DRAFTING };
        let started = self.jobs.start(name, move || {
            let draft = Draft::new(&file, pending);
            let written = if is_hanging { drafts.write_here(&Disk, &draft) } else { drafts.write(&Disk, &draft) };
            Done::Drafted(opening, of, written.map(drop))
        });
        if !started {
            ctx.request_repaint_after(Duration::from_secs(1));
        }
        if started && let Some(opened) = &mut self.opened {
            opened.draft.since = None;
            opened.draft.exists = true;
        }
    }

    /// The case is left before it is known to be saved: what is in the draft may be needed.
    pub(super) fn keep_behind(&mut self) {
        if let Some(opened) = &mut self.opened {
            opened.draft.exists = false;
        }
    }

    /// A case was saved after it was left: a draft that says nothing else is not needed any more.
    pub(super) fn drop_behind(&mut self, file: &CaseFile) {
        let places = [Some(file.path.as_path()), None];
        for path in places.into_iter().flat_map(|path| self.drafts.paths_for(path, &file.case.id)) {
            if draft::read(&path).is_ok_and(|draft| draft.is_stale(&file.case)) {
                // What stays behind is offered once more, and is then found to say nothing new.
                let _ = Disk.remove(&path);
            }
        }
        self.find_unsaved();
    }

    /// Everything was undone: the draft would offer what nobody wants any more.
    fn drop_draft(&mut self) {
        let Some(opened) = self.opened.as_mut().filter(|opened| opened.draft.exists) else { return };
        let (path, id) = (opened.open.path().map(Path::to_owned), opened.open.case().id.clone());
        let drafts = self.drafts.clone();
        let remove = move || {
            // What stays behind is offered once more, and is then found to say nothing new.
            let _ = drafts.remove(&Disk, path.as_deref(), &id);
            Done::Nothing
        };
        if self.jobs.start(DRAFTING, remove)
            && let Some(opened) = &mut self.opened
        {
            opened.draft.since = None;
            opened.draft.exists = false;
        }
    }

    pub(super) fn drafted(&mut self, opening: u64, of: Option<&Path>, result: Result<(), Failure>) {
        let Some(opened) = self.opened.as_mut().filter(|_| opening == self.openings) else { return };
        match result {
            Ok(()) => opened.draft.told = false,
            Err(failure) => {
                // Tried again, and told once.
                let now = opened.draft.seen.1;
                opened.draft.since.get_or_insert(now);
                opened.draft.not_before = opened.draft.not_before.max(now) + AFTER_FAILURE;
                if !std::mem::replace(&mut opened.draft.told, true) {
                    self.tell(&failure);
                }
            }
        }
        // It was saved while the draft was being written: nobody needs it.
        // One of before the first save lies elsewhere.
        if let Some(opened) = &mut self.opened
            && (!opened.is_changed() || opened.open.path() != of)
            && opened.open.path().is_some()
        {
            opened.draft.exists = false;
            let _ = self.drafts.remove(&Disk, of, &opened.open.case().id);
        }
    }
}
