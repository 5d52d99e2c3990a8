//! Handing the whole case over to another coordinator, as one encrypted file: the case with its log
//! and its kept files, without the number that names the patient in this hospital alone.

use std::path::Path;
use std::sync::Arc;

use crate::model::case::Case;
use crate::model::consent::hand_over_permission;
use crate::model::failure::Failure;
use crate::model::form::Meaning;
use crate::model::log::Event;
use crate::model::note::Note;
use crate::model::package::{HandOver, PackageSort, PackedPaper, Passphrase};
use crate::model::record::Record;
use crate::model::revision::{KeptFile, Recipient};
use crate::model::value::{Key, Value};
use crate::share::package::Package;
use crate::share::received::{CASE, LOG, kept_file};
use crate::store::case_file::CaseFile;
use crate::store::{kept, log};

use super::package::Files;
use super::{Office, Prepared};

/// What stands in the name of a file for the chart number.
const INSTEAD: &str = "0000";

impl Office<'_> {
    pub(super) fn hand_over(
        &self,
        file: &CaseFile,
        to: &Recipient,
        passphrase: &Passphrase,
        path: &Path,
    ) -> Result<Prepared, Failure> {
        self.may_pack(file, passphrase, path)?;
        let consent = hand_over_permission(&file.case, to.party, self.now.today);
        let consent = consent.map_err(|denial| Failure::Denied { denial })?;
        let (package, mut notes) = self.whole(file, to)?;
        notes.extend(consent.is_none().then_some(Note::WithinHospital));
        let id = package.manifest.id.clone();
        let record = Record::HandOver(HandOver { on: self.now.today, to: to.clone(), package: id, consent });
        self.write_package(file, &record, &package, passphrase, path)?;
        Ok(Prepared { notes, ..record.into() })
    }

    /// The whole case as a package.
    fn whole(&self, file: &CaseFile, to: &Recipient) -> Result<(Package, Vec<Note>), Failure> {
        let key = self.library.people.field_meaning(Meaning::ChartNumber).map(|field| &field.key);
        let number = key.and_then(|key| file.case.people.get(key)).and_then(Value::as_text).unwrap_or_default().trim();
        let mut case = file.case.clone();
        if let Some(key) = key {
            remove(&mut case, key);
        }
        let renamed = renamed(&case, number);
        case.rename_kept(&renamed);
        let name = |kept: &KeptFile| {
            renamed.iter().find(|(old, _)| old == kept).map_or(&kept.name, |(_, new)| &new.name).clone()
        };
        let manifest = self.manifest(PackageSort::HandOver, &case, to, papers(&case))?;
        let mut files = self.contents(&case)?;
        for kept in file.case.kept_files() {
            files.insert(kept_file(&name(kept)), kept::read(self.medium, &file.path, kept)?);
        }
        files.extend(log::bytes(&file.path)?.map(|log| (LOG.to_owned(), log)));
        let stands = !number.is_empty() && (still_says(&files, number) || log_names(file, number)?);
        let notes = [Note::PassphraseApart].into_iter().chain(stands.then_some(Note::ChartNumberStands)).collect();
        Ok((Package { manifest, files }, notes))
    }
}

/// The newest revision of each document that was handed out.
fn papers(case: &Case) -> Vec<PackedPaper> {
    let papers = case.documents.iter().filter_map(|document| {
        let (form, revision) = (document.form.clone(), document.latest()?.number);
        Some(PackedPaper { document: document.id, form, revision })
    });
    papers.collect()
}

/// Takes a value out of a case, wherever it stands under its key.
fn remove(case: &mut Case, key: &Key) {
    case.people.remove(key);
    for document in &mut case.documents {
        document.values.remove(key);
        for revision in document.revisions.iter_mut().filter(|revision| revision.values.contains_key(key)) {
            Arc::make_mut(revision).values.remove(key);
        }
    }
}

/// The kept files in whose names the number stands, and as they are named without it.
fn renamed(case: &Case, number: &str) -> Vec<(KeptFile, KeptFile)> {
    let mut taken: Vec<String> = case.kept_files().map(|file| file.name.clone()).collect();
    let mut renamed: Vec<(KeptFile, KeptFile)> = Vec::new();
    for file in case.kept_files().filter(|file| !number.is_empty() && file.name.contains(number)) {
        if renamed.iter().any(|(old, _)| old == file) {
            continue;
        }
        let mut name = file.name.replace(number, INSTEAD);
        while taken.contains(&name) {
            name.insert(0, '_');
        }
        taken.push(name.clone());
        renamed.push((file.clone(), KeptFile { name, ..file.clone() }));
    }
    renamed
}

/// Whether the number stands in the case that goes, as a free text may have it.
fn still_says(files: &Files, number: &str) -> bool {
    files.get(CASE).is_some_and(|case| String::from_utf8_lossy(case).contains(number))
}

/// Whether the number stands in the log, where only the name of a file can have it.
fn log_names(file: &CaseFile, number: &str) -> Result<bool, Failure> {
    let names_it = |event: &Event| matches!(event, Event::SavedAs { from } if from.contains(number));
    Ok(log::read(&file.path)?.iter().any(|entry| names_it(&entry.event)))
}
