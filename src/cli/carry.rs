//! `carry`: begins a form with what a document of another form says already.

use std::path::Path;

use crate::model::disclosure::carry_over;
use crate::model::failure::Failure;
use crate::paperwork::Office;
use crate::store::atomic::Disk;
use crate::store::case_file::{CaseFile, real_path};
use crate::store::lock::Lock;

use super::address::{self, document_of, nearest};
use super::paperwork::tell_notes;
use super::report::say;
use super::{Context, library};

/// Adds the document, and says the keys of the fields that are filled in it.
pub(super) fn carry(context: &mut Context, file: &Path, from: &str, to: &str) -> Result<(), Failure> {
    let library = library()?;
    let _lock = if file.exists() { Some(Lock::take(&real_path(file)?)?) } else { None };
    let mut case_file = CaseFile::read(file)?;
    if !library.forms.contains_key(to) {
        return Err(Failure::UnknownForm { key: to.to_owned(), nearest: nearest(to, library.forms.keys().cloned()) });
    }
    let from = document_of(from, &case_file, &library)?;
    let at = carry_over(&mut case_file.case, &library.rules(), from, to)?;
    let office = Office { library: &library, medium: &Disk, now: context.now.clone() };
    let notes = office.save(&mut case_file)?;
    for key in case_file.case.documents[at].values.keys() {
        say(&address::typed_field(&case_file.case, at, key));
    }
    tell_notes(context, file, &notes);
    Ok(())
}
