//! What was handed out, and who signed it. A revision （版） is a document as it stood when it was
//! handed out; what was signed can always be told from what was changed since.
//!
//! Nothing here is ever taken away: a signature recorded by mistake stays, with its correction.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::case::{Case, Document};
use super::fingerprint::fingerprint;
use super::form::{Field, Form, Party};
use super::value::{Key, Value, Values, unique};

/// A document as it stood when it was handed out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// Counts from 1 in its document.
    pub number: u32,
    /// The day on which it was handed out first.
    pub fixed_on: NaiveDate,
    /// The fingerprint printed on it （照合番号）.
    pub fingerprint: String,
    /// The version of the template.
    pub template: String,
    /// What stood on it, shared data included.
    #[serde(deserialize_with = "unique")]
    pub values: Values,
    /// What was printed instead of characters that no font has.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "unique")]
    pub print_substitutes: BTreeMap<String, String>,
    /// The revisions of earlier documents that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<Basis>,
    /// The very files that were handed out, one for each mark.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub copies: Vec<Copy>,
    /// To whom it went.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handouts: Vec<Handout>,
    /// Who signed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signatures: Vec<Signature>,
}

/// A revision of another document that this one rests on, as a plan on an opinion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// The identity of the document.
    pub document: u32,
    /// The number of its revision.
    pub revision: u32,
}

/// The largest scan that is kept, in bytes: a hundred pages in colour have room in it, and it can be
/// held in memory as a whole.
pub const SCAN_LIMIT: u64 = 100_000_000;

/// A file that is kept in the folder beside the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptFile {
    /// Its name in that folder.
    pub name: String,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Its size, in bytes.
    pub size: u64,
}

/// A PDF that was handed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Copy {
    /// Whose copy it says that it is; none on the one to sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<CopyMark>,
    /// The plan over the months stands on a page of its own at the end.
    #[serde(default, skip_serializing_if = "is_false")]
    pub with_timeline: bool,
    /// What was left out of it, where its reader may not know all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOut>,
    /// The PDF.
    pub file: KeptFile,
}

impl Copy {
    /// Whether another copy shows the same to the same reader.
    #[must_use]
    fn is_same_sort(&self, other: &Self) -> bool {
        (self.mark, self.with_timeline, &self.left_out) == (other.mark, other.with_timeline, &other.left_out)
    }
}

/// What was left out of a copy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The keys of the fields; a column of a table as `periods.treatment`.
    pub fields: Vec<Key>,
    /// The fingerprint printed on it: it is of what stands there, so that nothing can be guessed
    /// from it.
    pub fingerprint: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Whose copy a paper is （控え）.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CopyMark {
    /// 本人控
    Patient,
    /// 会社控
    Company,
    /// 病院控
    Hospital,
}

impl CopyMark {
    /// Every mark.
    pub const ALL: [Self; 3] = [Self::Patient, Self::Company, Self::Hospital];
}

/// What a printed page is for: stands in its footer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// To be looked at （下書き）.
    Draft,
    /// An empty form, to be filled by hand.
    Empty,
    /// Handed out （第1版）.
    Revision {
        /// Its number.
        number: u32,
        /// Whose copy it is; none on the one to sign.
        mark: Option<CopyMark>,
    },
}

/// Somebody who gets a paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// In what part.
    pub party: Party,
    /// By what name; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// What a paper is handed out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To be signed and given back.
    ForSignature,
    /// To be kept.
    ForGood,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 2] = [Self::ForSignature, Self::ForGood];
}

/// That a revision went to somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handout {
    /// The day.
    pub on: NaiveDate,
    /// To whom.
    pub to: Recipient,
    /// What for.
    pub purpose: Purpose,
    /// The copies that went along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<CopyMark>,
    /// The consent that it went under, by its number; none where it needed none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<u32>,
    /// The package that it went in, by its identity; none for a PDF or paper by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// The keys of the fields that went by decision although a word in them may tell the diagnosis: as
    /// `discussion`, `periods.treatment`, `patient.name`, empty for the wording of the form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Key>,
}

/// How a line was signed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SigningWay {
    /// 署名
    #[default]
    Handwritten,
    /// 記名押印
    Sealed,
    /// 代筆
    ByProxy,
    /// 電子
    Digital,
}

impl SigningWay {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Handwritten, Self::Sealed, Self::ByProxy, Self::Digital];
}

/// A signature on a line of a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The key of the line.
    pub line: Key,
    /// The day that stands beside it.
    pub signed_on: NaiveDate,
    /// Who signed; empty where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// How.
    #[serde(default)]
    pub how: SigningWay,
    /// The signed paper as it came back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<KeptFile>,
    /// The day on which it was recorded.
    pub recorded_on: NaiveDate,
    /// Set where it was recorded by mistake: it then counts for nothing and stays to be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<Correction>,
}

/// Why a record does not count any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The day.
    pub on: NaiveDate,
    /// The reason.
    pub why: String,
}

impl Revision {
    /// The revision that handing the document out today would fix.
    #[must_use]
    pub fn of(case: &Case, document: &Document, form: &Form, rests_on: Vec<Basis>, today: NaiveDate) -> Self {
        let printed = |key: &Key| Some((key.clone(), case.value(document, key)?.clone()));
        Self {
            number: document.latest().map_or(0, |latest| latest.number) + 1,
            fixed_on: today,
            fingerprint: fingerprint(case, document, form),
            template: form.version.clone(),
            values: form.fields.iter().filter_map(|field| printed(&field.key)).collect(),
            print_substitutes: case.print_substitutes.clone(),
            rests_on,
            copies: Vec::new(),
            handouts: Vec::new(),
            signatures: Vec::new(),
        }
    }

    /// Whether the document says what stood on this revision. The content counts, to the letter; a
    /// newer template of the same form leaves a signed paper what it is.
    #[must_use]
    pub fn says(&self, case: &Case, document: &Document, form: &Form) -> bool {
        let filled = |value: Option<&'_ Value>| value.filter(|value| !value.is_empty()).cloned();
        let is_same = |field: &Field| filled(self.values.get(&field.key)) == filled(case.value(document, &field.key));
        self.print_substitutes == case.print_substitutes && form.fields.iter().all(is_same)
    }

    /// The signature that counts on a line.
    #[must_use]
    pub fn signature(&self, line: &str) -> Option<&Signature> {
        self.signatures.iter().rev().find(|signature| signature.line == line && signature.corrected.is_none())
    }

    /// The PDF of each sort: the newest one, where one had to be made anew.
    pub fn newest_copies(&self) -> impl Iterator<Item = &Copy> {
        let is_newest =
            move |at: usize| self.copies[at + 1..].iter().all(|later| !later.is_same_sort(&self.copies[at]));
        self.copies.iter().enumerate().filter(move |(at, _)| is_newest(*at)).map(|(_, copy)| copy)
    }

    /// The files that are kept of it: what was handed out, and what came back.
    pub fn kept_files(&self) -> impl Iterator<Item = &KeptFile> {
        let scans = self.signatures.iter().filter_map(|signature| signature.scan.as_ref());
        self.copies.iter().map(|copy| &copy.file).chain(scans)
    }

    /// Whether anybody's signature counts on it.
    #[must_use]
    pub fn is_signed(&self) -> bool {
        self.signatures.iter().any(|signature| signature.corrected.is_none())
    }
}

/// How a document stands to what was handed out of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Paper {
    /// It never was.
    Draft,
    /// The newest revision says just what the document says.
    Current(Arc<Revision>),
    /// The document was changed since the newest revision.
    Changed(Arc<Revision>),
}

impl Paper {
    /// How a document stands to what was handed out of it.
    #[must_use]
    pub fn of(case: &Case, document: &Document, form: &Form) -> Self {
        match document.revisions.last() {
            None => Self::Draft,
            Some(latest) if latest.says(case, document, form) => Self::Current(Arc::clone(latest)),
            Some(latest) => Self::Changed(Arc::clone(latest)),
        }
    }

    /// The newest revision, if it says what the document says.
    #[must_use]
    pub fn current(&self) -> Option<&Revision> {
        match self {
            Self::Current(revision) => Some(revision),
            Self::Draft | Self::Changed(_) => None,
        }
    }
}

/// The revisions that a document rests on: the newest ones of the newest documents of every
/// earlier step.
#[must_use]
pub fn basis(case: &Case, forms: &BTreeMap<Key, Form>, at: usize) -> Vec<Basis> {
    let earlier = earlier_documents(case, forms, at);
    let latest = |at: &usize| Some((case.documents[*at].id, case.documents[*at].latest()?.number));
    earlier.iter().filter_map(latest).map(|(document, revision)| Basis { document, revision }).collect()
}

/// The documents that this one rests on and that say something else by now, with the revision
/// it rests on.
///
/// One that was handed out rests on what it then rested on; one that was not, on the last signed
/// revision of the earlier documents.
#[must_use]
pub fn superseded(case: &Case, forms: &BTreeMap<Key, Form>, at: usize) -> Vec<(usize, u32)> {
    let document = &case.documents[at];
    let bases = match document.latest() {
        Some(latest) => latest.rests_on.clone(),
        None if document.has_content() => signed_basis(case, forms, at),
        None => Vec::new(),
    };
    let is_superseded = |basis: &Basis| {
        let (at, document) = case.documents.iter().enumerate().find(|(_, one)| one.id == basis.document)?;
        let form = forms.get(&document.form)?;
        let stood = document.revisions.iter().find(|revision| revision.number == basis.revision)?;
        let newer = case.documents_of(&document.form).filter(|other| *other > at);
        let is_replaced = newer.into_iter().any(|other| case.documents[other].latest().is_some());
        (is_replaced || !stood.says(case, document, form)).then_some((at, basis.revision))
    };
    bases.iter().filter_map(is_superseded).collect()
}

fn signed_basis(case: &Case, forms: &BTreeMap<Key, Form>, at: usize) -> Vec<Basis> {
    let signed = |at: usize| {
        let document = &case.documents[at];
        let revision = document.revisions.iter().rev().find(|revision| revision.is_signed())?;
        Some(Basis { document: document.id, revision: revision.number })
    };
    earlier_documents(case, forms, at).into_iter().filter_map(signed).collect()
}

/// The newest document of each form of an earlier step; what comes before all steps is no basis.
fn earlier_documents(case: &Case, forms: &BTreeMap<Key, Form>, at: usize) -> Vec<usize> {
    let step = |at: usize| forms.get(&case.documents[at].form).map_or(0, |form| form.step);
    let own = step(at);
    let is_earlier = |other: &usize| (1..own).contains(&step(*other));
    let is_newest = |other: &usize| case.documents_of(&case.documents[*other].form).last() == Some(*other);
    (0..case.documents.len()).filter(|other| is_earlier(other) && is_newest(other)).collect()
}
