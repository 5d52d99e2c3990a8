//! Saving: where the case is or elsewhere, one save after the other, never over what somebody else
//! saved without a question.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::dialogs::Question;
use crate::export::safe_file_name;
use crate::messages::{self, done};
use crate::model::case::Case;
use crate::model::compare::{Difference, differences};
use crate::model::entry::display;
use crate::model::failure::{Failure, FileTrouble};
use crate::model::value::Value;
use crate::paperwork::Office;
use crate::session::Access;
use crate::store::atomic::Disk;
use crate::store::case_file::{CaseFile, Existing};
use crate::store::{folder, new_case};
use crate::ui::dialog::{Conflict, Dialog};

use super::files::{same_file, take_lock};
use super::jobs::{Done, Save, Saved};
use super::opened::{DraftState, Opened};
use super::{AfterSave, App, Purpose, Then};

/// The job that saves.
pub(super) const SAVING: &str = "write case";
/// The job that saves elsewhere: it does not wait for one that hangs.
const SAVING_AS: &str = "write case elsewhere";

impl App {
    /// Whether a case is being saved just now.
    pub(super) fn is_saving(&self) -> bool {
        self.jobs.is_running(SAVING) || self.jobs.is_running(SAVING_AS)
    }

    /// Saves the case where it is, or asks where.
    pub(super) fn save(&mut self, then: Then) {
        if self.is_saving() {
            self.after_save = Some(AfterSave::Save(then));
            return;
        }
        let Some(opened) = &self.opened else { return };
        if !opened.open.is_own() {
            self.ask_reply(then);
            return;
        }
        match (opened.open.path(), opened.open.access()) {
            (_, Access::ReadOnly(failure)) => self.tell(&failure.clone()),
            (Some(_), Access::SaveElsewhere(_)) => self.ask_where(then),
            // What the draft was begun with is not what is in the file now.
            (Some(path), Access::Full) if opened.is_outdated => self.compare(path.to_owned(), then),
            (Some(_), Access::Full) => {
                let mut file = opened.open.to_save();
                let (library, now) = (Arc::clone(&self.library), self.now());
                self.start_save(SAVING, then, move || {
                    let notes = Office { library: &library, medium: &Disk, now }.save(&mut file)?;
                    Ok(Saved { file, place: None, notes })
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
        if self.acting.is_some() {
            // What is being recorded would be missing in the other file.
            self.toasts.trouble(&done::still_saving());
            return;
        }
        let Some(opened) = &self.opened else { return };
        let is_copy = opened.open.path().is_some();
        let mut file = opened.open.to_save();
        let (library, now) = (Arc::clone(&self.library), self.now());
        self.start_save(SAVING_AS, then, move || {
            if is_copy {
                file.case.id = new_case::fresh_id()?;
            }
            // The lock first: a case that somebody has open is not written over.
            let (access, lock) = match take_lock(&path) {
                (Access::ReadOnly(failure) | Access::SaveElsewhere(failure), _) => return Err(failure),
                place @ (Access::Full, _) => place,
            };
            let notes = Office { library: &library, medium: &Disk, now }.save_as(&mut file, &path, existing)?;
            Ok(Saved { file, place: Some((access, lock)), notes })
        });
    }

    /// Saves over what somebody else saved, as the user decided.
    pub(super) fn save_over(&mut self, then: Then) {
        let Some(opened) = self.opened.as_ref().filter(|opened| opened.open.path().is_some()) else { return };
        let mut file = opened.open.to_save();
        let (library, now) = (Arc::clone(&self.library), self.now());
        self.start_save(SAVING, then, move || {
            let notes = Office { library: &library, medium: &Disk, now }.save_over(&mut file)?;
            Ok(Saved { file, place: None, notes })
        });
    }

    /// Takes over what somebody else saved; it can be undone.
    pub(super) fn take_theirs(&mut self, now: f64) {
        let Some(opened) = &mut self.opened else { return };
        let Some(path) = opened.open.path().map(Path::to_owned) else { return };
        match CaseFile::read(&path) {
            // What is recorded in one of them has no place in the other.
            Ok(file) if !opened.open.case().may_be(&file.case) => self.tell(&Failure::ChangedByOther { path }),
            Ok(file) => {
                let before = identities(opened.open.case());
                opened.open.replace(file.case.clone(), std::collections::BTreeMap::new(), now);
                opened.open.rebase(file);
                opened.is_outdated = false;
                opened.forget_changed();
                let after = identities(opened.open.case());
                self.questions.retain_mut(|(dialog, _)| follows(dialog, &before, &after));
            }
            Err(failure) => self.tell(&failure),
        }
    }

    pub(super) fn saved(&mut self, save: Save, result: Result<Saved, Failure>) {
        let is_current = self.opened.is_some() && (save.opening, save.number) == (self.openings, self.saves);
        let after = if is_current { self.after_save.take() } else { None };
        if is_current && result.is_err() && self.is_saving() {
            // The one before it is under way still, and is the newest again.
            self.saves = save.number - 1;
        }
        match result {
            Ok(saved) => {
                let path = saved.file.path.clone();
                self.toasts.done(done::saved(&path.display().to_string()));
                self.note_saved(&path);
                self.tell_notes(&saved.notes);
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
        self.go_on_waiting(is_current);
    }

    /// What waited for the save of a case that is left: nothing else would set it off.
    pub(super) fn go_on_waiting(&mut self, is_current: bool) {
        if !is_current && !self.is_saving() {
            match self.after_save.take() {
                Some(AfterSave::Save(then)) => self.save(then),
                Some(AfterSave::Leave(then)) => self.leave(then),
                None => {}
            }
        }
    }

    pub(super) fn note_saved(&mut self, path: &Path) {
        self.start.update(folder::list_one(path, &self.library));
        self.settings.note_recent(path);
        if self.settings.last_folder.is_none() {
            self.settings.last_folder = path.parent().map(Path::to_owned);
            self.start.folder.clone_from(&self.settings.last_folder);
        }
    }

    pub(super) fn take_saved(&mut self, saved: Saved) {
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
    pub(super) fn go_on_after(&mut self, then: Then, after: Option<AfterSave>) {
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
            Then::Paper(action) => self.open_sheet_in_front(*action),
            // Somebody may have typed on while it was being saved.
            then => self.leave(then),
        }
    }

    pub(super) fn compare(&mut self, path: PathBuf, then: Then) {
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

    pub(super) fn compared(&mut self, theirs: Result<Option<CaseFile>, Failure>, then: Then) {
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
            Err(failure) => {
                self.tell(&failure);
                // A sheet may wait for the decision that there is none to make about.
                self.next_question();
            }
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
}

fn identities(case: &Case) -> Vec<u32> {
    case.documents.iter().map(|document| document.id).collect()
}

/// A sheet that waits goes with its document to where that is by now. Says whether it is there.
fn follows(dialog: &mut Dialog, before: &[u32], after: &[u32]) -> bool {
    let Dialog::Sheet(sheet) = dialog else { return true };
    sheet.follow(|document| {
        let own = before.get(document)?;
        after.iter().position(|other| other == own)
    })
}
