//! `revisions` and `log`: what was handed out of a document, and what was done with a case.

use std::path::Path;

use crate::messages;
use crate::model::compare::{Difference, revision_differences};
use crate::model::entry;
use crate::model::failure::Failure;
use crate::model::form::{Field, Form};
use crate::model::record::Refused;
use crate::model::revision::{Paper, Revision};
use crate::model::value::Value;
use crate::paperwork::{Office, name_of};
use crate::store::atomic::{Disk, Medium};
use crate::store::case_file::CaseFile;
use crate::store::template_file::Library;
use crate::store::{file_failure, log};

use super::address::document_of;
use super::options::Options;
use super::report::{say, tell_log};
use super::{Context, library};

/// The revisions of a document: listed, compared, or written once more.
pub(super) fn revisions(context: &Context, file: &Path, form: &str, options: &Options) -> Result<(), Failure> {
    let library = library()?;
    let case_file = CaseFile::read(file)?;
    let at = document_of(form, &case_file, &library)?;
    match (options.numbers("compare")?.as_slice(), options.numbers("export")?.as_slice()) {
        ([one, other], _) => compare(&case_file, &library, at, *one, *other),
        (_, [number]) => {
            let folder = options.path("out").unwrap_or_default();
            Disk.make_folder(&folder).map_err(|error| file_failure(&folder, &error))?;
            let office = Office { library: &library, medium: &Disk, now: context.now.clone() };
            let written = office.export_revision(&case_file, at, *number, &folder, options.is_given("old"))?;
            for path in written {
                say(&path.display().to_string());
            }
            Ok(())
        }
        _ => {
            list(&case_file, &library, at);
            Ok(())
        }
    }
}

fn list(case_file: &CaseFile, library: &Library, at: usize) {
    let document = &case_file.case.documents[at];
    let Some(form) = library.forms.get(&document.form) else { return };
    let paper = Paper::of(&case_file.case, document, form);
    for revision in &document.revisions {
        let is_current = paper.current().is_some_and(|current| current.number == revision.number);
        say(&messages::state::revision(revision, is_current));
        for copy in &revision.copies {
            say(&format!("　　{}", copy.file.name));
        }
        for handout in &revision.handouts {
            say(&format!("　　{}", messages::state::handout(handout)));
        }
        for signature in &revision.signatures {
            let caption = name_of(library, &format!("{}:{}", form.key, signature.line));
            say(&format!("　　{}", messages::state::signature(signature, &caption)));
        }
    }
}

fn compare(case_file: &CaseFile, library: &Library, at: usize, one: u32, other: u32) -> Result<(), Failure> {
    let document = &case_file.case.documents[at];
    let Some(form) = library.forms.get(&document.form) else { return Ok(()) };
    let find = |number: u32| -> Result<&Revision, Failure> {
        let found = document.revisions.iter().find(|revision| revision.number == number);
        found.map(AsRef::as_ref).ok_or(Failure::Record { refused: Refused::NoRevision })
    };
    for difference in revision_differences(find(one)?, find(other)?) {
        say(&difference_line(form, &difference));
    }
    Ok(())
}

/// The place, what stood there, what stands there in the other revision.
fn difference_line(form: &Form, difference: &Difference) -> String {
    let place = &difference.place;
    let field = form.field(&place.field);
    let column = place.cell.as_ref().and_then(|(_, key)| field?.column(key));
    let label = field.map_or(place.field.as_str(), |field| &field.label);
    let words = messages::place(place, None, label, column.map(|column| column.label.as_str()));
    let text = |value: &Option<Value>, field: Option<&Field>| {
        value.as_ref().map(|value| entry::display(field, value)).unwrap_or_default().replace('\n', " ")
    };
    let shown = column.or(field);
    format!("{words}\t{}\t{}", text(&difference.mine, shown), text(&difference.theirs, shown))
}

/// What was done with a case, the oldest first.
pub(super) fn log(file: &Path) -> Result<(), Failure> {
    let library = library()?;
    let case_file = CaseFile::read(file)?;
    for entry in log::read(file)? {
        let words = messages::log::event(&entry.event, &|key| name_of(&library, key));
        let (at, user) = (messages::log::moment(&entry.at), messages::log::user(&entry.user));
        say(&format!("{}\t{at}\t{user}\t{words}", entry.number));
    }
    for trouble in log::troubles(&case_file) {
        tell_log(file, &trouble);
    }
    Ok(())
}
