//! `pdf`: the PDFs of cases, one a document.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::export::{Exporter, Refusal};
use crate::model::failure::Failure;
use crate::store::atomic::{Disk, Medium};
use crate::store::case_file::CaseFile;
use crate::store::file_failure;
use crate::store::template_file::Library;

use super::Context;
use super::address::nearest;
use super::check::report_all;
use super::library;
use super::report::{say, tell_newer};

pub(super) fn pdf(
    context: &mut Context,
    files: &[PathBuf],
    forms: &[String],
    out: Option<&Path>,
    with_timeline: bool,
) -> Result<(), Failure> {
    let library = library()?;
    let mut exporter = Exporter::new(&library, context.now.today)?.with_timeline(with_timeline);
    for key in forms {
        if !library.forms.contains_key(key) {
            let nearest = nearest(key, library.forms.keys().cloned());
            return Err(Failure::UnknownForm { key: key.clone(), nearest });
        }
    }
    if let Some(out) = out {
        Disk.make_folder(out).map_err(|error| file_failure(out, &error))?;
    }
    for file in files {
        let folder = out.or(file.parent()).unwrap_or(Path::new(""));
        let done = CaseFile::read(file).and_then(|case_file| {
            if case_file.is_newer {
                tell_newer(file);
            }
            print_case(context, &mut exporter, &library, &case_file, forms, folder)
        });
        if let Err(failure) = done {
            context.refuse(&failure);
        }
    }
    Ok(())
}

/// Prints the documents of a case; one that cannot be printed does not hold up the others.
fn print_case(
    context: &mut Context,
    exporter: &mut Exporter<'_>,
    library: &Library,
    case_file: &CaseFile,
    forms: &[String],
    folder: &Path,
) -> Result<(), Failure> {
    let case = &case_file.case;
    if case.documents.is_empty() {
        return Err(Failure::NoDocuments { path: case_file.path.clone() });
    }
    if let Some(key) = forms.iter().find(|key| case.documents_of(key).next().is_none()) {
        let known: BTreeSet<String> = case.documents.iter().map(|document| document.form.clone()).collect();
        let known = known.into_iter().collect();
        return Err(Failure::NotInCase { path: case_file.path.clone(), key: key.clone(), known });
    }
    let is_wanted = |at: &usize| forms.is_empty() || forms.contains(&case.documents[*at].form);
    let mut told = Vec::new();
    for at in (0..case.documents.len()).filter(is_wanted) {
        match exporter.write(case, at, folder) {
            Ok(path) => say(&path.display().to_string()),
            Err(Refusal::Failure(failure)) => context.refuse(&failure),
            Err(Refusal::Problems(problems)) => {
                let new: Vec<_> = problems.into_iter().filter(|problem| !told.contains(problem)).collect();
                report_all(case_file, library, &new);
                told.extend(new);
            }
        }
    }
    if told.is_empty() { Ok(()) } else { Err(Failure::Problems { path: case_file.path.clone() }) }
}
