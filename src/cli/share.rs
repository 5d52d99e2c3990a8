//! `share`, `handover`, `open`: papers as one encrypted file, and back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::messages::giving;
use crate::messages::share as words;
use crate::model::case::Case;
use crate::model::consent::SUCCESSORS;
use crate::model::disclosure::{Request, Why, disclose};
use crate::model::failure::Failure;
use crate::model::form::Form;
use crate::model::package::{Manifest, PackageSort, PackageTrouble};
use crate::model::process::standing;
use crate::model::revision::Recipient;
use crate::model::value::Key;
use crate::paperwork::{Act, Office, papers};
use crate::share::names::made_plain;
use crate::share::package::{Package, unseal};
use crate::share::{received, reply};
use crate::store::atomic::Disk;
use crate::store::case_file::CaseFile;
use crate::store::package_file;
use crate::store::template_file::Library;

use super::address::document_of;
use super::decisions::decisions;
use super::options::Options;
use super::paperwork::{act, recipient};
use super::report::say;
use super::{Context, library, passphrase};

/// The last step that papers are filled in.
const LAST_STEP: u8 = 4;

/// Writes papers for somebody else, and says which of them went and what was held back.
pub(super) fn share(context: &mut Context, file: &Path, options: &Options) -> Result<(), Failure> {
    let to = recipient(options.text("to").unwrap_or_default())?;
    let passphrase = passphrase::read_strong(&passphrase_file(options))?;
    let path = options.path("out").unwrap_or_default();
    let fillable = options.is_given("fillable");
    let today = context.now.today;
    let mut told = Vec::new();
    act(context, file, |case_file, library| {
        let decisions = decisions(options, case_file, library)?;
        let rules = library.rules();
        let request =
            Request { case: &case_file.case, documents: &[], to: &to, decisions: &decisions, rules: &rules, today };
        let (documents, stayed) = chosen(case_file, library, options, &request)?;
        told = went(&Request { documents: &documents, ..request });
        told.extend(stayed);
        Ok(Act::Share { documents, to: to.clone(), decisions, passphrase, path, fillable })
    })?;
    for line in &told {
        say(line);
    }
    Ok(())
}

/// The documents that were asked for; without any those of the step where the case stands, as far
/// as they may go there, and a line for each of the others.
fn chosen(
    case_file: &CaseFile,
    library: &Library,
    options: &Options,
    request: &Request<'_>,
) -> Result<(Vec<usize>, Vec<String>), Failure> {
    let forms = options.texts("form");
    if !forms.is_empty() {
        let documents: Result<_, _> = forms.iter().map(|form| document_of(form, case_file, library)).collect();
        return Ok((documents?, Vec::new()));
    }
    let step = standing(request.case, &library.forms, request.today).step.min(LAST_STEP);
    let all = of_step(request.case, library, step);
    let (mut documents, mut stayed) = (Vec::new(), Vec::new());
    for (at, form) in &all {
        match disclose(&Request { documents: &[*at], ..*request }) {
            Ok(_) => documents.push(*at),
            Err(papers) => stayed.push(words::stayed(&form.short_title, &words::withheld(&papers))),
        }
    }
    // Where none may go, asking for all of them tells why.
    let documents = if documents.is_empty() { all.into_iter().map(|(at, _)| at).collect() } else { documents };
    Ok((documents, stayed))
}

/// The newest document of each form of a step.
fn of_step<'a>(case: &Case, library: &'a Library, step: u8) -> Vec<(usize, &'a Form)> {
    let of_form = |at: usize| library.forms.get(&case.documents[at].form).map(|form| (at, form));
    let is_newest = |at: usize| case.documents_of(&case.documents[at].form).last() == Some(at);
    (0..case.documents.len())
        .filter(|at| is_newest(*at))
        .filter_map(of_form)
        .filter(|(_, form)| form.step == step)
        .collect()
}

/// A line for each paper that goes and for each field that is held back from it.
fn went(request: &Request<'_>) -> Vec<String> {
    let Ok(disclosure) = disclose(request) else { return Vec::new() };
    let disclosed = disclosure.preview();
    let mut lines: Vec<String> = disclosed
        .case()
        .documents
        .iter()
        .map(|document| words::went(title(request.rules.forms, &document.form)))
        .collect();
    let held = disclosed.held_back().iter().filter(|one| one.why != Why::NotOnPaper);
    lines.extend(held.map(|one| words::held(&words::place_name(&one.place, &one.name), one.why)));
    lines
}

/// Writes the whole case for another coordinator, and closes it.
pub(super) fn hand_over(context: &mut Context, file: &Path, options: &Options) -> Result<(), Failure> {
    let to = successor(options.text("to").unwrap_or_default())?;
    let passphrase = passphrase::read_strong(&passphrase_file(options))?;
    let path = options.path("out").unwrap_or_default();
    act(context, file, |_, _| Ok(Act::HandOver { to, passphrase, path }))
}

/// Somebody who goes on with a case, also as they are called on the sheet for it.
fn successor(typed: &str) -> Result<Recipient, Failure> {
    let (called, name) = typed.split_once([':', '：']).unwrap_or((typed, ""));
    match SUCCESSORS.into_iter().find(|party| giving::successor(*party) == called) {
        Some(party) => Ok(Recipient { party, name: name.trim().to_owned() }),
        None => recipient(typed),
    }
}

/// Says what is in a package, and writes it to a folder where that is asked for.
pub(super) fn open(context: &Context, file: &Path, options: &Options) -> Result<(), Failure> {
    let passphrase = passphrase::read(&passphrase_file(options))?;
    let in_file = |trouble| Failure::Package { path: file.to_owned(), trouble };
    let package = unseal(&package_file::read(file)?, &passphrase).map_err(in_file)?;
    let library = library()?;
    let known = match package.manifest.sort {
        PackageSort::Reply => {
            reply::read(&package).map_err(in_file)?;
            library.clone()
        }
        PackageSort::Share | PackageSort::HandOver => received::read(&package).map_err(in_file)?.library,
    };
    describe(&package, &known);
    let Some(folder) = options.path("out") else { return Ok(()) };
    let office = Office { library: &library, medium: &Disk, now: context.now.clone() };
    for path in put(&office, &package, &folder).map_err(|failure| in_place(failure, file))? {
        say(&path.display().to_string());
    }
    Ok(())
}

/// What is wrong with a package is told of its own file.
fn in_place(failure: Failure, file: &Path) -> Failure {
    match failure {
        Failure::Package { trouble, .. } => Failure::Package { path: file.to_owned(), trouble },
        other => other,
    }
}

/// Writes what is in a package: its papers, or the case that was handed over.
fn put(office: &Office<'_>, package: &Package, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let Manifest { sort, number, .. } = &package.manifest;
    match sort {
        PackageSort::Share => office.unpack(package, folder),
        PackageSort::HandOver => {
            let path = folder.join(made_plain(&format!("{number}.ron")));
            Ok(vec![office.take_over(package, &path)?.path])
        }
        PackageSort::Reply => {
            Err(Failure::Package { path: folder.to_owned(), trouble: PackageTrouble::OtherSort { found: *sort } })
        }
    }
}

fn describe(package: &Package, library: &Library) {
    let manifest = &package.manifest;
    say(&words::described(manifest));
    for paper in &manifest.papers {
        say(&words::paper(title(&library.forms, &paper.form), paper.revision));
    }
    for (name, bytes) in papers(package).filter(|_| manifest.sort == PackageSort::Share) {
        say(&format!("{name}\t{}", bytes.len()));
    }
}

fn passphrase_file(options: &Options) -> PathBuf {
    options.path("passphrase-file").unwrap_or_default()
}

/// The short title of a form; its key where there is no template of it.
fn title<'a>(forms: &'a BTreeMap<Key, Form>, key: &'a Key) -> &'a str {
    forms.get(key).map_or(key, |form| &form.short_title)
}
