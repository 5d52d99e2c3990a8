//! `--hold-back` and `--tell`: what is decided about fields in which a word may tell the diagnosis.

use crate::messages;
use crate::model::check::{CASE_NUMBER, Place, Severity};
use crate::model::disclosure::{Decision, Hit};
use crate::model::failure::Failure;
use crate::store::case_file::CaseFile;
use crate::store::locate;
use crate::store::template_file::Library;

use super::address::{self, Address, document_of};
use super::options::Options;
use super::report::tell;

/// The decisions that were given with a command.
///
/// # Errors
/// A key names nothing that is in the case.
pub(super) fn decisions(options: &Options, case_file: &CaseFile, library: &Library) -> Result<Vec<Decision>, Failure> {
    let mut decisions = Vec::new();
    for (option, goes) in [("hold-back", false), ("tell", true)] {
        for typed in options.texts(option) {
            decisions.push(Decision { place: place(&typed, case_file, library)?, goes });
        }
    }
    Ok(decisions)
}

fn place(typed: &str, case_file: &CaseFile, library: &Library) -> Result<Place, Failure> {
    let case = &case_file.case;
    if library.forms.contains_key(typed.split('#').next().unwrap_or_default()) && !typed.contains('/') {
        let document = Some(document_of(typed, case_file, library)?);
        return Ok(Place { document, ..Place::default() });
    }
    match address::parse(typed, case, library)? {
        Address::Number => Ok(Place::field(CASE_NUMBER)),
        Address::Substitute(_) => Err(Failure::UnknownKey { key: typed.to_owned(), nearest: Vec::new() }),
        Address::Field(address) => {
            if let Some((form, at)) = address.document.as_ref().filter(|(_, at)| *at >= case.documents.len()) {
                let last = case.documents_of(form).take_while(|other| other < at).count();
                return Err(Failure::NoSuchNumber { key: typed.to_owned(), last });
            }
            Ok(Place { document: address.document.map(|(_, at)| at), field: address.field, cell: address.cell })
        }
    }
}

/// Tells each word that somebody has to decide about, with what to type for it.
pub(super) fn tell_undecided(case_file: &CaseFile, hits: &[Hit]) {
    for hit in hits {
        let position = locate::locate(&case_file.text, &hit.place.path());
        let message = messages::share::hit(hit, &address::typed(&hit.place, &case_file.case));
        tell(&case_file.path, Some(position), Severity::Suggestion, &message);
    }
}
