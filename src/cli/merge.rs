//! `merge`: takes in what somebody outside filled in, a line for each field that they changed.

use std::path::Path;

use crate::export::Refusal;
use crate::messages::{merging, reply as words};
use crate::model::case::Case;
use crate::model::check::Place;
use crate::model::entry::{EntryError, display};
use crate::model::failure::Failure;
use crate::model::form::Field;
use crate::model::record::Refused;
use crate::model::reply::{Choice, MergedField, Merging, Outcome, merge as merged, received};
use crate::model::value::Value;
use crate::paperwork::{Act, Office, read_reply};
use crate::store::atomic::Disk;
use crate::store::case_file::{CaseFile, real_path};
use crate::store::lock::Lock;
use crate::store::template_file::Library;

use super::check::place;
use super::options::Options;
use super::paperwork::{password, tell_notes};
use super::report::say;
use super::{Context, library, passphrase};

pub(super) fn merge(context: &mut Context, file: &Path, reply: &Path, options: &Options) -> Result<(), Failure> {
    let theirs = side(options)?;
    let library = library()?;
    let _lock = if file.exists() { Some(Lock::take(&real_path(file)?)?) } else { None };
    let mut case_file = CaseFile::read(file)?;
    let path = reply;
    let reply = read_reply(&case_file.case, &library, path, typed(options)?.as_deref())?;
    if let Some(known) = received(&case_file.case, &reply) {
        return Err(Failure::Record { refused: Refused::AlreadyTaken { on: known.on } });
    }
    let refuse = |trouble| Failure::Reply { path: path.to_owned(), trouble };
    let merging = merged(&case_file.case, &library.rules(), &reply).map_err(refuse)?;
    let lines = lines(&merging, &case_file.case, &library, theirs);
    let choices = theirs.map(|theirs| choices(&merging, theirs)).unwrap_or_default();
    let office = Office { library: &library, medium: &Disk, now: context.now.clone() };
    let acted = office.act(&mut case_file, &Act::Merge { reply, choices });
    if matches!(acted, Ok(_) | Err(Refusal::Failure(Failure::Unchosen { .. }))) {
        for line in &lines {
            say(line);
        }
    }
    match acted {
        Ok(acted) => tell_notes(context, file, &acted.notes),
        Err(Refusal::Failure(failure)) => return Err(failure),
        Err(Refusal::Problems(_)) => return Err(Failure::Problems { path: file.to_owned() }),
    }
    Ok(())
}

/// Whose content stays where both sides changed something; none where it was not said.
fn side(options: &Options) -> Result<Option<bool>, Failure> {
    match options.text("take") {
        None => Ok(None),
        Some("theirs") => Ok(Some(true)),
        Some("mine") => Ok(Some(false)),
        Some(typed) => {
            let known = ["theirs", "mine"].map(str::to_owned).to_vec();
            let trouble = EntryError::Option { typed: typed.to_owned(), known };
            Err(Failure::Entry { key: "--take".to_owned(), trouble })
        }
    }
}

/// What opens the file, if it was given.
fn typed(options: &Options) -> Result<Option<String>, Failure> {
    if let Some(file) = options.path("password-file") {
        return password(&file).map(|password| Some(password.0));
    }
    options.path("passphrase-file").map(|file| passphrase::typed_in(&file)).transpose()
}

fn choices(merging: &Merging, theirs: bool) -> Vec<Choice> {
    merging.conflicts().map(|place| Choice { place: place.clone(), theirs }).collect()
}

/// A line for each field that was changed there.
fn lines(merging: &Merging, case: &Case, library: &Library, theirs: Option<bool>) -> Vec<String> {
    if merging.fields.is_empty() {
        return vec![merging::NOTHING.to_owned()];
    }
    merging.fields.iter().map(|field| line(field, case, library, theirs)).collect()
}

fn line(merged: &MergedField, case: &Case, library: &Library, take_theirs: Option<bool>) -> String {
    let field = field(&merged.place, case, library);
    let text = |value: &Option<Value>| match value {
        None => merging::EMPTY.to_owned(),
        Some(value) => display(field, value).replace('\n', " "),
    };
    let (what, values) = match &merged.outcome {
        Outcome::Taken { base, theirs } => (words::TAKEN, words::from_to(&text(base), &text(theirs))),
        Outcome::Same => (words::SAME, String::new()),
        Outcome::Refused { theirs, objection } => {
            (words::REFUSED, words::refused(&text(theirs), &words::objection(objection)))
        }
        Outcome::Conflict { mine, theirs, .. } => match take_theirs {
            None => (words::CONFLICT, words::both(&text(mine), &text(theirs))),
            Some(true) => (words::TAKEN, words::from_to(&text(mine), &text(theirs))),
            Some(false) => (words::KEPT, words::both(&text(mine), &text(theirs))),
        },
    };
    format!("{}\t{what}\t{values}", place(&merged.place, case, library))
}

/// The field or column at a place.
fn field<'a>(place: &Place, case: &Case, library: &'a Library) -> Option<&'a Field> {
    let document = place.document.and_then(|at| case.documents.get(at));
    let field = match document {
        None => library.people.field(&place.field),
        Some(document) => library.forms.get(&document.form)?.field(&place.field),
    }?;
    match &place.cell {
        None => Some(field),
        Some((_, column)) => field.column(column),
    }
}
