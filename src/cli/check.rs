//! `check`: the problems of cases and of templates, with their places in the files.

use std::path::{Path, PathBuf};

use crate::export::{Exporter, form_problems};
use crate::messages;
use crate::model::case::Case;
use crate::model::check::{CASE_NUMBER, Place, Problem, Severity, What};
use crate::model::failure::{Failure, Position, Step};
use crate::store::atomic::Disk;
use crate::store::case_file::CaseFile;
use crate::store::template_file::{self, Library};
use crate::store::{kept, locate, log, ron_text};

use super::report::{tell, tell_log, tell_newer, tell_template};
use super::{Context, library};

pub(super) fn check(context: &mut Context, files: &[PathBuf]) -> Result<(), Failure> {
    let library = library()?;
    for file in files {
        if let Err(failure) = check_file(context, file, &library) {
            context.refuse(&failure);
        }
    }
    Ok(())
}

fn check_file(context: &mut Context, file: &Path, library: &Library) -> Result<(), Failure> {
    let (text, _) = ron_text::read_file(file)?;
    if locate::head(&text).0.as_deref() == Some("Form") {
        let (form, mut troubles) = template_file::parse(file, &text, &library.people, &library.topics)?;
        troubles.extend(library.instead_trouble(file, &form));
        if troubles.is_empty() {
            for what in form_problems(&form, context.now.today)? {
                context.refused = true;
                let problem = Problem::error(Place::default(), what);
                let message = messages::problem(&problem, &format!("様式「{}」", form.title));
                tell(file, Some(Position { line: 1, column: 1 }), Severity::Error, &message);
            }
        }
        for trouble in &troubles {
            tell_template(trouble);
        }
        context.refused |= !troubles.is_empty();
        return Ok(());
    }
    let case_file = CaseFile::read(file)?;
    if case_file.is_newer {
        tell_newer(file);
    }
    let problems = Exporter::new(library, context.now.today)?.problems(&case_file.case);
    report_all(&case_file, library, &problems);
    context.refused |= problems.iter().any(|problem| problem.severity == Severity::Error);
    for failure in kept::troubles(&Disk, file, &case_file.case) {
        context.refuse(&failure);
    }
    for trouble in log::troubles(&case_file) {
        tell_log(file, &trouble);
        context.refused |= !trouble.is_harmless();
    }
    Ok(())
}

/// A line for each problem.
pub(super) fn report_all(case_file: &CaseFile, library: &Library, problems: &[Problem]) {
    for problem in problems {
        let path = match &problem.what {
            What::BadSubstitute { character } => {
                vec![Step::from("print_substitutes"), Step::from(character.as_str())]
            }
            _ => problem.place.path(),
        };
        let position = locate::locate(&case_file.text, &path);
        let message = messages::problem(problem, &place(&problem.place, &case_file.case, library));
        tell(&case_file.path, Some(position), problem.severity, &message);
    }
}

/// A place in the words of the form.
pub(super) fn place(place: &Place, case: &Case, library: &Library) -> String {
    let document = place.document.and_then(|at| case.documents.get(at));
    let form = document.and_then(|document| library.forms.get(&document.form));
    let field = match document {
        None => library.people.field(&place.field),
        Some(_) => form.and_then(|form| form.field(&place.field)),
    };
    let column = place.cell.as_ref().and_then(|(_, key)| field?.column(key));
    let own = match place.field.as_str() {
        CASE_NUMBER => messages::page::CASE_NUMBER,
        key => key,
    };
    let label = field.map_or(own, |field| &field.label);
    messages::place(
        place,
        form.map(|form| form.short_title.as_str()),
        label,
        column.map(|column| column.label.as_str()),
    )
}
