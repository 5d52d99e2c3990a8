//! Recording a signature or a consent, with the signed paper as it came back.

use std::path::Path;

use crate::export::returned::{Returned, recognise, scan_file};
use crate::export::safe_file_name;
use crate::messages::record as words;
use crate::model::case::Case;
use crate::model::consent::Consent;
use crate::model::failure::Failure;
use crate::model::form::{Form, SignatureLine};
use crate::model::note::Note;
use crate::model::record::{Record, Refused};
use crate::model::revision::{KeptFile, Revision, Signature};
use crate::model::value::{Key, Value};
use crate::pdf::DigitalSignature;
use crate::store::case_file::CaseFile;
use crate::store::kept;
use crate::store::template_file::Library;

use super::{Act, Office, Prepared};

/// The line of a form of that key.
pub(super) fn known_line<'a>(form: &'a Form, key: &str) -> Result<&'a SignatureLine, Failure> {
    let unknown = || {
        let mut known: Vec<Key> = form.signature_lines().map(|(_, line)| line.key.clone()).collect();
        known.sort_by(|one, other| strsim::jaro_winkler(other, key).total_cmp(&strsim::jaro_winkler(one, key)));
        Failure::UnknownLine { key: key.to_owned(), known }
    };
    form.signature_lines().map(|(_, line)| line).find(|line| line.key == key).ok_or_else(unknown)
}

/// Who is likely to sign a line of a form, as the case names them; empty where it does not.
#[must_use]
pub fn likely_signer(case: &Case, form: &Form, line: &str) -> String {
    let line = form.signature_lines().map(|(_, line)| line).find(|one| one.key == line);
    let signer = line.and_then(|line| line.signer.as_ref()).and_then(|key| case.people.get(key));
    signer.and_then(Value::as_text).unwrap_or_default().to_owned()
}

impl Office<'_> {
    pub(super) fn sign(&self, file: &CaseFile, act: &Act) -> Result<Prepared, Failure> {
        let Act::Sign { document: at, revision: number, line, signed_on, name, how, scan } = act else {
            return Err(Failure::Inside { reason: "another act".to_owned() });
        };
        let (document, form) = self.document(&file.case, *at)?;
        known_line(form, line)?;
        let found = match number {
            None => document.revisions.last(),
            Some(number) => document.revisions.iter().find(|revision| revision.number == *number),
        };
        let revision = found.ok_or(Failure::Record { refused: Refused::NoRevision })?;
        if revision.signature(line).is_some() {
            return Err(Failure::Record { refused: Refused::AlreadySigned { line: line.clone() } });
        }
        let mut notes = notes(form, revision, line, name);
        let newest = document.latest().map_or(0, |latest| latest.number);
        if newest > revision.number {
            notes.push(Note::OlderRevision { newest });
        }
        let stem = [&document.id.to_string(), &form.short_title, &words::revision(revision.number), line]
            .map(|part| safe_file_name(part))
            .join("_");
        let scan = scan.as_deref().map(|scan| {
            let (kind, bytes) = scan_file(scan)?;
            notes.extend(look_at_scan(self.library, &file.case, *at, revision.number, &bytes));
            self.keep_scan(file, &format!("{stem}.{}", kind.extension()), &bytes)
        });
        let signature = Signature {
            line: line.clone(),
            signed_on: *signed_on,
            name: name.trim().to_owned(),
            how: *how,
            scan: scan.transpose()?,
            recorded_on: self.now.today,
            corrected: None,
        };
        let record = Record::Sign { document: document.id, revision: revision.number, signature };
        Ok(Prepared { record, settled: None, notes, papers: Vec::new() })
    }

    pub(super) fn consent(&self, file: &CaseFile, consent: &Consent, scan: Option<&Path>) -> Result<Prepared, Failure> {
        let number = file.case.consents.iter().map(|one| one.number).max().unwrap_or(0) + 1;
        let mut consent = Consent { number, ..consent.clone() };
        if let Some(scan) = scan {
            let (kind, bytes) = scan_file(scan)?;
            let name = format!("{}.{}", words::consent_file(number), kind.extension());
            consent.scan = Some(self.keep_scan(file, &name, &bytes)?);
        }
        Ok(Record::Consent(consent).into())
    }

    fn keep_scan(&self, file: &CaseFile, name: &str, bytes: &[u8]) -> Result<KeptFile, Failure> {
        kept::keep(self.medium, &file.path, name, bytes)
    }
}

/// What is worth telling of a new signature beside those that are there.
fn notes(form: &Form, revision: &Revision, line: &str, name: &str) -> Vec<Note> {
    let plain = |name: &str| -> String { name.chars().filter(|c| !c.is_whitespace()).collect() };
    let is_same = |other: &&Signature| {
        other.corrected.is_none() && other.line != line && !plain(name).is_empty() && plain(&other.name) == plain(name)
    };
    let same = revision.signatures.iter().filter(is_same);
    let caption = |key: &str| known_line(form, key).map_or_else(|_| key.to_owned(), |line| line.caption.clone());
    same.map(|other| Note::SameName { name: name.trim().to_owned(), caption: caption(&other.line) }).collect()
}

/// What is worth telling of a scan before it is recorded for a paper: the place of the document and
/// the number of its revision; none for a paper that the program does not make.
///
/// # Errors
/// It cannot be read or kept.
pub fn scan_notes(
    library: &Library,
    case: &Case,
    paper: Option<(usize, u32)>,
    path: &Path,
) -> Result<Vec<Note>, Failure> {
    let (_, bytes) = scan_file(path)?;
    Ok(paper.map(|(at, revision)| look_at_scan(library, case, at, revision, &bytes)).unwrap_or_default())
}

/// What a scan tells of itself, beside being the paper that is recorded: the paper of another case,
/// another revision, digital signatures.
fn look_at_scan(library: &Library, case: &Case, at: usize, recorded: u32, bytes: &[u8]) -> Vec<Note> {
    let title = |document: usize| {
        let form = library.forms.get(&case.documents[document].form);
        form.map_or_else(String::new, |form| form.short_title.clone())
    };
    let other = |document: usize, revision: u32| {
        let is_other = (document, revision) != (at, recorded);
        is_other.then(|| Note::ScanOfOtherPaper { form: title(document), revision })
    };
    let signed = |signatures: Vec<DigitalSignature>| {
        let by: Vec<String> = signatures.into_iter().map(signer).collect();
        (!by.is_empty()).then_some(Note::SignedDigitally { by })
    };
    match recognise(case, bytes) {
        Returned::Unknown => Vec::new(),
        Returned::OtherCase => vec![Note::ScanOfOtherCase],
        Returned::OtherDocument => vec![Note::ScanOfOtherDocument],
        Returned::Draft { document } => vec![Note::ScanOfDraft { form: title(document) }],
        Returned::Exact { document, revision } => {
            other(document, revision).into_iter().chain([Note::ScanUnsigned]).collect()
        }
        Returned::OldVersion { document, revision } | Returned::OtherRevision { document, revision } => {
            vec![Note::ScanOfOtherPaper { form: title(document), revision }]
        }
        Returned::Signed { document, revision, signatures } => {
            other(document, revision).into_iter().chain(signed(signatures)).collect()
        }
        Returned::Altered { document, revision, signatures } => {
            other(document, revision).into_iter().chain([Note::ScanAltered]).chain(signed(signatures)).collect()
        }
    }
}

/// Who signed digitally; by the field where the signature has no name.
fn signer(signature: DigitalSignature) -> String {
    if signature.signer.is_empty() { signature.field } else { signature.signer }
}
