//! `pdf`: the PDFs of cases, one a document.

use std::collections::BTreeSet;
use std::fs::canonicalize;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::assets;
use crate::fonts::Fonts;
use crate::layout::{self, Source};
use crate::model::case::{Case, is_shared};
use crate::model::check::{Severity, check};
use crate::model::failure::Failure;
use crate::model::form::Meaning;
use crate::model::value::Value;
use crate::pdf::{self, Metadata};
use crate::store::atomic::{Disk, Medium, overwrite};
use crate::store::case_file::CaseFile;
use crate::store::file_failure;
use crate::store::template_file::Library;

use super::Context;
use super::address::nearest;
use super::check::report_all;
use super::library;
use super::new::read_example;
use super::report::{say, tell_newer};

/// What one call prints with.
struct Export<'a> {
    library: Library,
    fonts: Fonts<'a>,
    /// The files of this call: none is written twice.
    written: BTreeSet<PathBuf>,
}

impl Export<'_> {
    fn new() -> Result<Self, Failure> {
        let library = library()?;
        Ok(Self { library, fonts: Fonts::new(assets::FONTS)?, written: BTreeSet::new() })
    }

    /// Writes a PDF: over an earlier one of this program, never over one that was signed since,
    /// nor over another one of this call.
    fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        match Disk.read(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(file_failure(path, &error)),
            Ok(_) if self.is_written(path) => return Err(Failure::SameName { path: path.to_owned() }),
            Ok(old) if !is_own(&old) => return Err(Failure::ForeignPdf { path: path.to_owned() }),
            Ok(_) => {}
        }
        overwrite(&Disk, path, bytes)?;
        self.written.extend(canonicalize(path));
        Ok(())
    }

    fn is_written(&self, path: &Path) -> bool {
        canonicalize(path).is_ok_and(|path| self.written.contains(&path))
    }
}

pub(super) fn pdf(
    context: &mut Context,
    files: &[PathBuf],
    forms: &[String],
    out: Option<&Path>,
) -> Result<(), Failure> {
    let mut export = Export::new()?;
    for key in forms {
        if !export.library.forms.contains_key(key) {
            let nearest = nearest(key, export.library.forms.keys().cloned());
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
            print_case(context, &mut export, &case_file, forms, folder)
        });
        if let Err(failure) = done {
            context.refuse(&failure);
        }
    }
    Ok(())
}

/// Without arguments: the built-in example, in the folder `ryoritsu-example`.
pub(super) fn example(context: &mut Context) -> Result<(), Failure> {
    let mut export = Export::new()?;
    let folder = Path::new("ryoritsu-example");
    Disk.make_folder(folder).map_err(|error| file_failure(folder, &error))?;
    let case_file = CaseFile::unsaved(read_example("c7")?);
    print_case(context, &mut export, &case_file, &[], folder)
}

/// Prints the documents of a case; one that cannot be printed does not hold up the others.
fn print_case(
    context: &mut Context,
    export: &mut Export<'_>,
    case_file: &CaseFile,
    forms: &[String],
    folder: &Path,
) -> Result<(), Failure> {
    let case = &case_file.case;
    if case.documents.is_empty() {
        return Err(Failure::NoDocuments { path: case_file.path.clone() });
    }
    let is_wanted = |key: &String| forms.is_empty() || forms.contains(key);
    let wanted: Vec<usize> = (0..case.documents.len()).filter(|at| is_wanted(&case.documents[*at].form)).collect();
    if let Some(key) = forms.iter().find(|key| case.documents_of(key).next().is_none()) {
        let known = case.documents.iter().map(|document| document.form.clone()).collect();
        return Err(Failure::NotInCase { path: case_file.path.clone(), key: key.clone(), known });
    }
    let mut problems = check(case, &export.library.forms, &export.library.people, context.today);
    problems.retain(|problem| problem.severity == Severity::Error);
    let mut refused = false;
    for at in wanted {
        let Some(form) = export.library.forms.get(&case.documents[at].form) else {
            let here: Vec<_> = problems.iter().filter(|problem| problem.place.document == Some(at)).cloned().collect();
            report_all(case_file, &export.library, &here);
            refused = true;
            continue;
        };
        let source = Source { form, case, at, fonts: &export.fonts, today: context.today };
        let document = layout::layout(&source);
        let concerns = |key: &str| form.field(key).is_some() && is_shared(key);
        let mut here: Vec<_> = problems
            .iter()
            .filter(|problem| match problem.place.document {
                Some(document) => document == at,
                None => problem.place.field.is_empty() || concerns(&problem.place.field),
            })
            .cloned()
            .collect();
        here.extend(document.problems.iter().cloned());
        here.sort();
        here.dedup();
        if !here.is_empty() {
            report_all(case_file, &export.library, &here);
            refused = true;
            continue;
        }
        let path = folder.join(file_name(case, at, &form.short_title));
        let bytes = pdf::write(&document, &metadata(&source), &export.fonts)?;
        match export.write(&path, &bytes) {
            Ok(()) => say(&path.display().to_string()),
            Err(failure) => context.refuse(&failure),
        }
    }
    if refused { Err(Failure::Problems { path: case_file.path.clone() }) } else { Ok(()) }
}

/// What the PDF says about itself: the form, the hospital, the day of the document.
fn metadata(source: &Source<'_>) -> Metadata {
    let value = |key: &str| source.case.value(source.document(), key);
    let hospital = source.case.people.iter().find(|(key, _)| key.as_str() == "hospital.name");
    let day = source.form.field_meaning(Meaning::DocumentDate).and_then(|field| value(&field.key));
    Metadata {
        title: source.form.title.clone(),
        author: hospital.and_then(|(_, value)| value.as_text()).unwrap_or_default().to_owned(),
        date: day.and_then(Value::as_date),
    }
}

/// `R8-0007_主治医意見書.pdf`; the second document of a form has `_2`.
fn file_name(case: &Case, at: usize, short_title: &str) -> String {
    let nth = case.documents_of(&case.documents[at].form).take_while(|other| *other < at).count() + 1;
    let number = if nth == 1 { String::new() } else { format!("_{nth}") };
    let safe = |text: &str| -> String {
        let is_safe = |c: char| !c.is_control() && !"<>:\"/\\|?*".contains(c);
        let text: String = text.trim().chars().map(|c| if is_safe(c) { c } else { '-' }).collect();
        // A name that begins with a dot would be hidden.
        text.trim_matches('.').to_owned()
    };
    let name = safe(&case.number);
    let name = if name.is_empty() { "ケース".to_owned() } else { name };
    format!("{name}_{}{number}.pdf", safe(short_title))
}

/// Whether a PDF is as this program wrote it: a signature or a note is added at its end.
fn is_own(bytes: &[u8]) -> bool {
    let count = |wanted: &[u8]| bytes.windows(wanted.len()).filter(|window| *window == wanted).count();
    bytes.trim_ascii_end().ends_with(b"%%EOF") && count(b"%%EOF") == 1 && count(b"<pdf:Producer>ryoritsu ") == 1
}
