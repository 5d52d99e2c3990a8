//! What every package has that is made here, and where it is written.

use std::collections::BTreeMap;
use std::path::Path;

use crate::messages::share as words;
use crate::model::case::Case;
use crate::model::failure::Failure;
use crate::model::form::Meaning;
use crate::model::package::{
    FORMAT, Manifest, PackageSort, PackageTrouble, PackedPaper, Passphrase, PassphraseTrouble,
};
use crate::model::record::Record;
use crate::model::revision::Recipient;
use crate::model::value::{Key, Value};
use crate::share::package::{Package, WORK_FACTOR, seal};
use crate::share::passphrase::{Strength, strength};
use crate::share::received::{CASE, PEOPLE, form_file, largest};
use crate::store::case_file::CaseFile;
use crate::store::new_case::fresh_id;
use crate::store::{atomic, ron_text, together};

use super::{Act, Office};

/// The files of a package by name.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// The file that an act writes for somebody else.
pub(super) fn path_of(act: &Act) -> Option<&Path> {
    match act {
        Act::Share { path, .. } | Act::HandOver { path, .. } => Some(path),
        _ => None,
    }
}

/// Why an act was not recorded; where its file is there by then, that is told.
pub(super) fn unrecorded(act: &Act, failure: Failure) -> Failure {
    match path_of(act) {
        Some(path) => Failure::Unrecorded { path: path.to_owned(), reason: Box::new(failure) },
        None => failure,
    }
}

impl Office<'_> {
    /// What can be told before a package is made: its passphrase is none, its name is taken, or the
    /// case cannot be saved.
    pub(super) fn may_pack(&self, file: &CaseFile, passphrase: &Passphrase, path: &Path) -> Result<(), Failure> {
        let refuse = |trouble| Err(Failure::Passphrase { path: None, trouble });
        if passphrase.0.is_empty() {
            return refuse(PassphraseTrouble::Empty);
        }
        if strength(&passphrase.0) == Strength::Weak {
            return refuse(PassphraseTrouble::Weak);
        }
        if file.changed_on_disk()? {
            return Err(Failure::ChangedByOther { path: file.path.clone() });
        }
        together::is_free(self.medium, path)
    }

    /// What a package says of itself. The name of the hospital is what the case says of it.
    pub(super) fn manifest(
        &self,
        sort: PackageSort,
        case: &Case,
        to: &Recipient,
        papers: Vec<PackedPaper>,
    ) -> Result<Manifest, Failure> {
        let hospital = self.library.people.field_meaning(Meaning::HospitalName);
        let hospital = hospital.and_then(|field| case.people.get(&field.key)).and_then(Value::as_text);
        Ok(Manifest {
            format: FORMAT,
            sort,
            id: fresh_id()?,
            case: case.id.clone(),
            number: case.number.clone(),
            answers: None,
            from: hospital.unwrap_or_default().to_owned(),
            to: to.clone(),
            on: self.now.today,
            papers,
            files: Vec::new(),
        })
    }

    /// The case and the templates that its papers are read with, and a word for who opens the file
    /// with another program.
    pub(super) fn contents(&self, case: &Case) -> Result<Files, Failure> {
        let mut files = Files::new();
        files.insert(words::READ_ME.to_owned(), words::read_me(false).into_bytes());
        files.insert(CASE.to_owned(), ron_text::write(case)?.into_bytes());
        files.insert(PEOPLE.to_owned(), ron_text::write(&self.library.people)?.into_bytes());
        let forms = case.documents.iter().map(|document| &document.form);
        for form in forms.filter_map(|key: &Key| self.library.forms.get(key)) {
            files.insert(form_file(&form.key), ron_text::write(form)?.into_bytes());
        }
        Ok(files)
    }

    /// Seals a package and writes it, unless the case would refuse to record it.
    pub(super) fn write_package(
        &self,
        file: &CaseFile,
        record: &Record,
        package: &Package,
        passphrase: &Passphrase,
        path: &Path,
    ) -> Result<(), Failure> {
        file.case.clone().enter(record).map_err(|refused| Failure::Record { refused })?;
        if package.files.get(CASE).is_some_and(|case| case.len() > largest(package.manifest.sort)) {
            return Err(Failure::Package { path: path.to_owned(), trouble: PackageTrouble::TooLarge });
        }
        let sealed = seal(package, passphrase, WORK_FACTOR).map_err(|failure| match failure {
            Failure::Package { trouble, .. } => Failure::Package { path: path.to_owned(), trouble },
            other => other,
        })?;
        atomic::create(self.medium, path, &sealed)
    }
}
