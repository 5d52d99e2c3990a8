//! What somebody else sealed, read: the case and the forms to read it with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::model::case::Case;
use crate::model::failure::Failure;
use crate::model::form::{self, Form};
use crate::model::package::{Manifest, PackageSort, PackageTrouble, PackedPaper};
use crate::model::people::People;
use crate::model::template_check::{check_form, check_people};
use crate::model::value::Key;
use crate::store::template_file::Library;
use crate::store::{case_file, locate, ron_text};

use super::package::Package;

/// The largest text of what was sent or answered, in bytes: twenty times what papers of today take.
const LARGEST: usize = 2_000_000;

/// The largest case that is handed over, in bytes. What is read of it takes ten times its room.
const LARGEST_WHOLE: usize = 10_000_000;

/// How much the templates of a package take together, in bytes: forty forms as large as those of
/// today. What is read of a template takes ten times its room and more.
const LARGEST_TEMPLATES: usize = 1_000_000;

/// The case in a package.
pub const CASE: &str = "case.ron";

/// The description of the shared data in a package.
pub const PEOPLE: &str = "people.ron";

/// The log of a case that is handed over.
pub const LOG: &str = "case.log";

/// The file of a package that is kept beside its case under this name.
#[must_use]
pub fn kept_file(name: &str) -> String {
    format!("kept_{name}")
}

/// The file of a form in a package.
#[must_use]
pub fn form_file(key: &str) -> String {
    format!("form_{key}.ron")
}

/// What was received.
#[derive(Clone, Debug)]
pub struct Received {
    /// What the package says about itself.
    pub manifest: Manifest,
    /// The case, or what of it was sent.
    pub case: Case,
    /// The forms: those that were sent, over those of the program.
    pub library: Library,
}

/// Reads what was sent or handed over.
///
/// # Errors
/// The package is for something else, a file of it cannot be read, or they do not fit each other.
pub fn read(package: &Package) -> Result<Received, PackageTrouble> {
    let manifest = &package.manifest;
    if manifest.sort == PackageSort::Reply {
        return Err(PackageTrouble::OtherSort { found: manifest.sort });
    }
    let library = library(package)?;
    let case = case(package)?;
    let is_its_own = case.id == manifest.case && case.number == manifest.number;
    // A paper that nobody has the form of any more goes along in a whole case, and in nothing else.
    let is_whole = manifest.sort == PackageSort::HandOver;
    let knows_forms = is_whole || case.documents.iter().all(|document| library.forms.contains_key(&document.form));
    if is_its_own && knows_forms && fits(manifest, &case) {
        Ok(Received { manifest: manifest.clone(), case, library })
    } else {
        Err(PackageTrouble::NoPackage)
    }
}

/// Whether the papers of a package are the documents of its case: all of them where papers were
/// sent, those that were handed out where a whole case is.
fn fits(manifest: &Manifest, case: &Case) -> bool {
    let papers: BTreeSet<(u32, &Key)> = manifest.papers.iter().map(|paper| (paper.document, &paper.form)).collect();
    let is_one = |paper: &PackedPaper| paper.revision > 0;
    let documents = case.documents.iter();
    let documents: BTreeSet<(u32, &Key)> = documents.map(|document| (document.id, &document.form)).collect();
    let is_fitting = match manifest.sort {
        PackageSort::HandOver => papers.is_subset(&documents),
        PackageSort::Share | PackageSort::Reply => papers == documents,
    };
    is_fitting && papers.len() == manifest.papers.len() && manifest.papers.iter().all(is_one)
}

/// The largest text in a package, in bytes.
#[must_use]
pub fn largest(sort: PackageSort) -> usize {
    match sort {
        PackageSort::Share | PackageSort::Reply => LARGEST,
        PackageSort::HandOver => LARGEST_WHOLE,
    }
}

/// The text of a file in a package.
pub(super) fn text<'a>(package: &'a Package, name: &str) -> Result<&'a str, PackageTrouble> {
    let bytes = package.files.get(name).ok_or_else(|| PackageTrouble::Missing { name: name.to_owned() })?;
    if bytes.len() > largest(package.manifest.sort) {
        return Err(PackageTrouble::TooLarge);
    }
    std::str::from_utf8(bytes).map_err(|_| PackageTrouble::NoPackage)
}

fn case(package: &Package) -> Result<Case, PackageTrouble> {
    match case_file::parse(Path::new(CASE), text(package, CASE)?) {
        Ok((case, false)) => Ok(case),
        Ok((_, true)) => Err(PackageTrouble::Newer),
        Err(failure) => Err(unreadable(CASE, &failure)),
    }
}

/// The forms of the program, and those of the package in their place.
fn library(package: &Package) -> Result<Library, PackageTrouble> {
    let templates = package.files.iter().filter(|(name, _)| *name == PEOPLE || is_form(name));
    if templates.map(|(_, bytes)| bytes.len()).sum::<usize>() > LARGEST_TEMPLATES {
        return Err(PackageTrouble::TooLarge);
    }
    let mut library = Library::built_in().map_err(|_| PackageTrouble::NoPackage)?;
    if package.files.contains_key(PEOPLE) {
        library.people = people(text(package, PEOPLE)?)?;
    }
    let forms = package.files.keys().filter(|name| is_form(name));
    let forms: Result<BTreeMap<Key, Form>, _> = forms.map(|name| form(package, name, &library)).collect();
    library.forms.append(&mut forms?);
    Ok(library)
}

fn is_form(name: &str) -> bool {
    name.strip_prefix("form_").is_some_and(|rest| rest.strip_suffix(".ron").is_some())
}

fn people(text: &str) -> Result<People, PackageTrouble> {
    let people: People = template(PEOPLE, "People", text)?;
    if check_people(&people).is_empty() { Ok(people) } else { Err(wrong(PEOPLE)) }
}

/// A form as the user's own templates are read: one that says something wrong is not used.
fn form(package: &Package, name: &str, library: &Library) -> Result<(Key, Form), PackageTrouble> {
    let form: Form = template(name, "Form", text(package, name)?)?;
    let form = form.resolve(&library.people);
    // Only whether: looking for the place of each fault takes long where somebody made many.
    let is_right = check_form(&form, &library.people, &library.topics).is_empty();
    if is_right && form_file(&form.key) == name { Ok((form.key.clone(), form)) } else { Err(wrong(name)) }
}

/// The data of a template, unless it is of another sort or of a newer format.
fn template<T: DeserializeOwned>(name: &str, sort: &str, text: &str) -> Result<T, PackageTrouble> {
    match locate::head(text) {
        (Some(found), Some(format)) if found == sort && format > form::FORMAT => Err(PackageTrouble::Newer),
        (Some(found), Some(form::FORMAT)) if found == sort => {
            ron_text::parse(Path::new(name), text, false).map_err(|failure| unreadable(name, &failure))
        }
        _ => Err(wrong(name)),
    }
}

pub(super) fn unreadable(name: &str, failure: &Failure) -> PackageTrouble {
    match failure {
        Failure::ReadOnlyFormat { .. } => PackageTrouble::Newer,
        Failure::Text { position, trouble, .. } => {
            PackageTrouble::Text { name: name.to_owned(), position: *position, trouble: trouble.clone() }
        }
        _ => wrong(name),
    }
}

fn wrong(name: &str) -> PackageTrouble {
    PackageTrouble::Wrong { name: name.to_owned() }
}
