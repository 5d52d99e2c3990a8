//! The open case: its content, its file, and every way to change it.
//!
//! - `documents`: a document more or less.

mod documents;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::model::case::Case;
use crate::model::change::Change;
use crate::model::check::{CASE_NUMBER, Place, SUBSTITUTES};
use crate::model::entry::{self, EntryError};
use crate::model::failure::Failure;
use crate::model::form::Field;
use crate::model::record::{Record, Refused, SetAside};
use crate::model::reply::{Settled, apply};
use crate::model::revision::KeptFile;
use crate::model::value::{Key, Value, Values};
use crate::store::case_file::CaseFile;
use crate::store::lock::Lock;

use super::history::{History, State};
use super::place::{moved, set_value};
use super::received::Received;
use super::rows::{RowEdit, edited};

/// What may be done with the case.
#[derive(Clone, Debug, PartialEq)]
pub enum Access {
    /// Everything.
    Full,
    /// It can be looked at; the failure says why.
    ReadOnly(Failure),
    /// It can be changed, and saved elsewhere; the failure says why not in its place.
    SaveElsewhere(Failure),
}

/// An open case.
#[derive(Debug)]
pub struct OpenCase {
    state: State,
    /// The file with what is in it; none for a case that was never saved.
    file: Option<CaseFile>,
    /// What the case was when it was begun, so that an untouched one is closed without a question.
    begun: State,
    history: History,
    access: Access,
    lock: Option<Lock>,
    /// What it came with, if it came in a package.
    received: Option<Received>,
    revision: u64,
}

impl OpenCase {
    /// A case that is in no file yet.
    #[must_use]
    pub fn new(case: Case) -> Self {
        Self::with(case, None, Access::Full, None)
    }

    /// A case that was read from a file. Its lock is held until it is closed.
    #[must_use]
    pub fn from_file(file: CaseFile, access: Access, lock: Option<Lock>) -> Self {
        Self::with(file.case.clone(), Some(file), access, lock)
    }

    /// A case that came in a package, with what was filled in so far. It is in no file.
    #[must_use]
    pub fn received(case: Case, received: Received) -> Self {
        Self { received: Some(received), ..Self::new(case) }
    }

    fn with(case: Case, file: Option<CaseFile>, access: Access, lock: Option<Lock>) -> Self {
        let (state, history) = (State { case, pending: BTreeMap::new() }, History::default());
        Self { begun: state.clone(), state, file, history, access, lock, received: None, revision: 0 }
    }

    /// The case as it stands now.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.state.case
    }

    /// Typed text that cannot be read as a value, by place. It is in the draft, not in the file.
    #[must_use]
    pub fn pending(&self) -> &BTreeMap<Place, String> {
        &self.state.pending
    }

    /// The file; none for a case that was never saved.
    #[must_use]
    pub fn file(&self) -> Option<&CaseFile> {
        self.file.as_ref()
    }

    /// The path of the file; none for a case that was never saved.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|file| file.path.as_path())
    }

    /// What may be done with it.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// The file with the case as it stands now, ready to be saved.
    #[must_use]
    pub fn to_save(&self) -> CaseFile {
        let mut file = self.file.clone().unwrap_or_else(|| CaseFile::unsaved(self.case().clone()));
        file.case = self.case().clone();
        file
    }

    /// Whether it can be changed.
    #[must_use]
    pub fn is_editable(&self) -> bool {
        !matches!(self.access, Access::ReadOnly(_))
    }

    /// What the case came with, if it came in a package.
    #[must_use]
    pub fn package(&self) -> Option<&Received> {
        self.received.as_ref()
    }

    /// Whether the case is one's own: papers can be added to it and removed, handed out and signed.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.received.is_none()
    }

    /// Whether a place is somebody else's to fill in: it is shown, and never typed into.
    #[must_use]
    pub fn is_fixed(&self, place: &Place) -> bool {
        self.received.as_ref().is_some_and(|received| !received.may_edit(place))
    }

    /// Whether rows of a table may come, go and move.
    #[must_use]
    pub fn may_edit_rows(&self, place: &Place) -> bool {
        self.is_editable() && self.received.as_ref().is_none_or(|received| received.may_edit_rows(place))
    }

    /// A reply with this content was written as this file.
    pub fn replied(&mut self, case: Case, path: PathBuf) {
        self.begun = State { case, pending: BTreeMap::new() };
        if let Some(received) = &mut self.received {
            received.reply = Some(path);
        }
    }

    /// Grows with every change.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether something would be lost by closing it now.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        match &self.file {
            Some(file) => file.case != self.state.case || !self.state.pending.is_empty(),
            None => self.state != self.begun,
        }
    }

    /// What a field holds.
    #[must_use]
    pub fn value(&self, place: &Place) -> Option<&Value> {
        let value = self.values(place.document)?.get(&place.field)?;
        match (&place.cell, value) {
            (None, value) => Some(value),
            (Some((row, column)), Value::Rows(rows)) => rows.get(*row)?.get(column),
            (Some((_, option)), Value::Choice(chosen)) => chosen.get(option),
            (Some(_), Value::Tick(detail)) => Some(detail),
            _ => None,
        }
    }

    /// Why the text that was typed into a field is no value; none where it is one.
    #[must_use]
    pub fn unread(&self, place: &Place, field: &Field) -> Option<EntryError> {
        let text = self.state.pending.get(place)?;
        match (place.field.as_str(), &place.cell) {
            (CASE_NUMBER, _) => entry::parse_case_number(text).err(),
            (SUBSTITUTES, Some((_, character))) => entry::parse_substitute(character, text).err(),
            _ => entry::parse(field, text).err(),
        }
    }

    /// What the input of a field shows: what was typed, or the value as a person reads it.
    #[must_use]
    pub fn text(&self, place: &Place, field: &Field) -> String {
        if let Some(typed) = self.state.pending.get(place) {
            return typed.clone();
        }
        let case = self.case();
        match (place.field.as_str(), &place.cell) {
            (CASE_NUMBER, _) => case.number.clone(),
            (SUBSTITUTES, Some((_, character))) => case.print_substitutes.get(character).cloned().unwrap_or_default(),
            _ => self.value(place).map(|value| entry::display(Some(field), value)).unwrap_or_default(),
        }
    }

    /// Takes what was typed into a field; text that is no value is kept as it is.
    ///
    /// # Errors
    /// Why the text is no value. It is kept all the same.
    pub fn type_text(&mut self, place: &Place, field: &Field, text: &str, now: f64) -> Result<(), EntryError> {
        match (place.field.as_str(), &place.cell) {
            (CASE_NUMBER, _) => return self.type_number(place, text, now),
            (SUBSTITUTES, Some((_, character))) => return self.type_substitute(place, character, text, now),
            _ => {}
        }
        let read = entry::parse(field, text);
        let (value, pending) = match &read {
            Ok(value) => (value.clone(), None),
            Err(_) => (self.value(place).cloned(), Some(text.to_owned())),
        };
        self.change(place, Change::Field, now, |state| {
            match pending {
                Some(text) => drop(state.pending.insert(place.clone(), text)),
                None => drop(state.pending.remove(place)),
            }
            set_value(&mut state.case, place, value);
        });
        read.map(drop)
    }

    /// Puts a value into a field, or takes it out.
    pub fn set(&mut self, place: &Place, value: Option<Value>, now: f64) {
        self.change(place, Change::Field, now, |state| {
            state.pending.remove(place);
            // What was typed beside an option goes with the option.
            let keeps = |cell: &(usize, Key)| match &value {
                Some(Value::Choice(chosen)) => chosen.contains_key(&cell.1),
                Some(_) => true,
                None => false,
            };
            let is_beside = |other: &Place| other.document == place.document && other.field == place.field;
            if place.cell.is_none() {
                state.pending.retain(|other, _| !is_beside(other) || other.cell.as_ref().is_some_and(keeps));
            }
            set_value(&mut state.case, place, value);
        });
    }

    /// Forgets typed text that is no value.
    pub fn forget_pending(&mut self, place: &Place, now: f64) {
        self.change(place, Change::Field, now, |state| drop(state.pending.remove(place)));
    }

    /// Changes the rows of a table field.
    pub fn edit_rows(&mut self, place: &Place, edit: &RowEdit, now: f64) {
        let rows = match self.value(place) {
            Some(Value::Rows(rows)) => rows.as_slice(),
            _ => &[],
        };
        let may_edit = match edit {
            RowEdit::FillDown(row, column) => {
                !self.is_fixed(&Place { cell: Some((*row, column.clone())), ..place.clone() })
            }
            _ => self.may_edit_rows(place),
        };
        let Some(rows) = edited(rows, edit).filter(|_| may_edit) else { return };
        let change = match edit {
            RowEdit::Insert(_) => Change::RowAdded,
            RowEdit::Remove(_) => Change::RowRemoved,
            RowEdit::Up(_) | RowEdit::Down(_) => Change::RowMoved,
            RowEdit::FillDown(..) => Change::FilledDown,
        };
        self.change(place, change, now, |state| {
            state.pending = moved(std::mem::take(&mut state.pending), place, edit);
            set_value(&mut state.case, place, Some(Value::Rows(rows)));
        });
    }

    /// The number of the case; one that cannot be taken leaves the case its old one.
    fn type_number(&mut self, place: &Place, typed: &str, now: f64) -> Result<(), EntryError> {
        let read = entry::parse_case_number(typed);
        self.change(place, Change::Field, now, |state| match &read {
            Ok(number) => {
                state.pending.remove(place);
                state.case.number.clone_from(number);
            }
            Err(_) => drop(state.pending.insert(place.clone(), typed.to_owned())),
        });
        read.map(drop)
    }

    /// What is printed instead of a character; empty text takes it away.
    fn type_substitute(&mut self, place: &Place, character: &str, typed: &str, now: f64) -> Result<(), EntryError> {
        let read = match typed {
            "" => Ok(None),
            typed => entry::parse_substitute(character, typed).map(Some),
        };
        self.change(place, Change::Substitute, now, |state| {
            state.pending.remove(place);
            match &read {
                Ok(Some(substitute)) => {
                    state.case.print_substitutes.insert(character.to_owned(), substitute.clone());
                }
                Ok(None) => drop(state.case.print_substitutes.remove(character)),
                Err(_) => drop(state.pending.insert(place.clone(), typed.to_owned())),
            }
        });
        read.map(drop)
    }

    /// Records what happened to a paper. It cannot be undone: every state that one can go back or
    /// forward to knows it too.
    ///
    /// # Errors
    /// Why it cannot be recorded; nothing is then.
    pub fn record(&mut self, record: &Record) -> Result<(), Refused> {
        self.state.case.enter(record)?;
        self.spread_records();
        self.revision += 1;
        Ok(())
    }

    /// What is recorded in the case as it stands is recorded in every state of its history.
    fn spread_records(&mut self) {
        let case = &self.state.case;
        self.begun.case.take_records(case);
        self.history.each_state(|state| state.case.take_records(case));
    }

    /// Changes several shared fields at once.
    pub fn change_people(&mut self, place: &Place, now: f64, change: impl FnOnce(&mut Values)) {
        self.change(place, Change::FromDirectory, now, |state| {
            let before = state.case.people.clone();
            change(&mut state.case.people);
            let people = &state.case.people;
            let is_new = |place: &Place| people.get(&place.field) != before.get(&place.field);
            state.pending.retain(|place, _| place.document.is_some() || !is_new(place));
        });
    }

    /// Sets a suggestion aside; one that is set aside already gets the new note.
    pub fn set_aside(&mut self, aside: SetAside, now: f64) {
        self.change(&Place::default(), Change::SetAside, now, |state| {
            state.case.set_aside.retain(|other| other.problem != aside.problem);
            state.case.set_aside.push(aside);
        });
    }

    /// Takes back that a suggestion was set aside.
    pub fn lift(&mut self, problem: &str, now: f64) {
        self.change(&Place::default(), Change::SetAside, now, |state| {
            state.case.set_aside.retain(|other| other.problem != problem);
        });
    }

    /// Takes over another content as a whole, as from a backup; it can be undone. What is recorded of
    /// papers stays, and what the other content has recorded comes to it, unless it is one of
    /// another case: a backup may be of what was written over.
    pub fn replace(&mut self, case: Case, pending: BTreeMap<Place, String>, now: f64) {
        let case = if self.case().may_be(&case) { case } else { case.without_records() };
        let id = self.state.case.id.clone();
        let mut case = Case { id, ..case };
        // What happened on paper is in no backup from before, and still has happened.
        case.take_records(&self.state.case);
        self.change(&Place::default(), Change::Replaced, now, |state| *state = State { case, pending });
        self.spread_records();
    }

    /// Enters what is settled of a reply; it can be undone, that the reply came cannot.
    pub fn take_reply(&mut self, settled: &Settled, now: f64) {
        self.change(&Place::default(), Change::Reply, now, |state| apply(&mut state.case, settled));
    }

    /// The file was found to hold this by now: what is saved next goes on top of it.
    pub fn rebase(&mut self, file: CaseFile) {
        self.file = Some(file);
        self.revision += 1;
    }

    /// The case was saved as this file, from the content that is in it, with what was recorded in
    /// it meanwhile: that cannot be undone, so every state that one can go back or forward to knows
    /// it too. Another file than before brings its lock and what may be done with it.
    pub fn saved(&mut self, file: CaseFile, place: Option<(Access, Option<Lock>)>) {
        // A copy is a case of its own.
        self.state.case.id.clone_from(&file.case.id);
        if place.is_some() {
            self.take_kept_names(&file.case);
        }
        if let Some((access, lock)) = place {
            self.access = access;
            self.lock = lock;
        }
        let before = self.state.case.clone();
        self.state.case.take_records(&file.case);
        self.spread_records();
        if self.state.case != before {
            self.revision += 1;
        }
        self.file = Some(file);
    }

    /// Where the case is saved now, a kept file may have another name than where it was.
    fn take_kept_names(&mut self, saved: &Case) {
        let case = &self.state.case;
        let is_renamed = |old: &&KeptFile| !saved.kept_files().any(|new| new == *old);
        // One paper may be kept under two names: each goes to one of the new names.
        let is_new = |new: &&KeptFile| !case.kept_files().any(|old| old == *new);
        let mut names: Vec<&KeptFile> = saved.kept_files().filter(is_new).collect();
        let pair = |old: &KeptFile| {
            let at = names.iter().position(|new| new.sha256 == old.sha256)?;
            Some((old.clone(), names.remove(at).clone()))
        };
        let renamed: Vec<_> = case.kept_files().filter(is_renamed).filter_map(pair).collect();
        if !renamed.is_empty() {
            self.state.case.rename_kept(&renamed);
            self.history.each_state(|state| state.case.rename_kept(&renamed));
        }
    }

    /// Goes one step back. Returns where.
    pub fn undo(&mut self) -> Option<Place> {
        let (state, place) = self.history.undo(&self.state)?;
        self.step_to(state);
        Some(place)
    }

    /// Goes one step forward again. Returns where.
    pub fn redo(&mut self) -> Option<Place> {
        let (state, place) = self.history.redo(&self.state)?;
        self.step_to(state);
        Some(place)
    }

    /// Whose case it is does not change with a step: it may have become a copy since.
    fn step_to(&mut self, state: State) {
        let id = std::mem::take(&mut self.state.case.id);
        self.state = state;
        self.state.case.id = id;
        self.revision += 1;
    }

    /// What can be undone and done again.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    fn values(&self, document: Option<usize>) -> Option<&Values> {
        match document {
            None => Some(&self.state.case.people),
            Some(at) => self.state.case.documents.get(at).map(|document| &document.values),
        }
    }

    /// The only way to change the case: what changes nothing leaves no trace.
    fn change(&mut self, place: &Place, change: Change, now: f64, edit: impl FnOnce(&mut State)) {
        // A list fills in more than the one place.
        let is_fixed = self.is_fixed(place) || (change == Change::FromDirectory && !self.is_own());
        if !self.is_editable() || is_fixed {
            return;
        }
        let mut state = self.state.clone();
        edit(&mut state);
        if state == self.state {
            return;
        }
        self.history.record(&self.state, place, change, now);
        self.state = state;
        self.revision += 1;
    }
}
