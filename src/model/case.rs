//! What a case is. This model is the file format: serde derives both ways.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::closing::Closing;
use super::consent::Consent;
use super::failure::Step;
use super::package::HandOver;
use super::record::SetAside;
use super::reply::ReceivedReply;
use super::revision::{KeptFile, Revision};
use super::value::{Key, Value, Values, unique};

/// The newest case format that this program writes. Every released one stays readable.
///
/// - 1: people and documents.
/// - 2: documents have an identity and revisions; consents, closings, suggestions set aside.
/// - 3: copies from which something was left out, packages, replies, hand-overs.
pub const FORMAT: u32 = 3;

/// The largest number that a document, a revision or a consent may have: one can always be added.
const LARGEST_NUMBER: u32 = 1_000_000_000;

/// One person's way back to work: the people, and the documents about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Case")]
pub struct Case {
    /// The format of the file; always first.
    pub format: u32,
    /// ケース番号, such as `R8-0001`: the only thing that names a file or stands in a footer.
    pub number: String,
    /// What tells this case from every other one, even of the same number: given once, at random.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The shared data by key, such as `patient.name`.
    #[serde(deserialize_with = "unique")]
    pub people: Values,
    /// What is printed instead of a character that no font here has （印刷用の代替文字）.
    #[serde(default, deserialize_with = "unique")]
    pub print_substitutes: BTreeMap<String, String>,
    /// The documents in the order in which they were begun.
    pub documents: Vec<Document>,
    /// What the patient agreed to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consents: Vec<Consent>,
    /// The suggestions that somebody looked at and set aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<SetAside>,
    /// When and how the case ended; a case may be opened again, and end again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closings: Vec<Closing>,
    /// The replies that were taken in, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<ReceivedReply>,
    /// To whom the whole case was handed over.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hand_overs: Vec<HandOver>,
}

/// One filled or still empty form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// What tells it from the other documents of the case, counted from 1; it never changes.
    #[serde(default)]
    pub id: u32,
    /// The key of its form, such as `physician_opinion`.
    pub form: Key,
    /// What was entered, by field key. A value that the form has no field for any more is kept.
    #[serde(deserialize_with = "unique")]
    pub values: Values,
    /// What was handed out of it, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revisions: Vec<Arc<Revision>>,
}

impl Case {
    /// An empty case with one empty document of each of these forms.
    #[must_use]
    pub fn new(number: String, id: String, forms: impl IntoIterator<Item = Key>) -> Self {
        let mut case = Self {
            format: FORMAT,
            number,
            id,
            people: Values::new(),
            print_substitutes: BTreeMap::new(),
            documents: Vec::new(),
            consents: Vec::new(),
            set_aside: Vec::new(),
            closings: Vec::new(),
            replies: Vec::new(),
            hand_overs: Vec::new(),
        };
        for form in forms {
            case.add_document(form);
        }
        case
    }

    /// Adds an empty document. Returns its place.
    pub fn add_document(&mut self, form: Key) -> usize {
        let id = self.free_id();
        self.documents.push(Document { id, form, values: Values::new(), revisions: Vec::new() });
        self.documents.len() - 1
    }

    /// Brings a case that was read to today's format: a document without an identity gets one.
    #[must_use]
    pub fn upgraded(mut self) -> Self {
        let mut free = self.free_id();
        for document in self.documents.iter_mut().filter(|document| document.id == 0) {
            document.id = free;
            free = free.saturating_add(1);
        }
        self.format = self.format.max(FORMAT);
        self
    }

    /// Where a number stands that another one has too, or that is out of order: what is recorded
    /// by it would go to the wrong paper. None in a case that was not written by hand.
    #[must_use]
    pub fn misnumbered(&self) -> Option<Vec<Step>> {
        let mut ids = BTreeSet::new();
        for (at, document) in self.documents.iter().enumerate() {
            // In the first format a document has no identity yet.
            if document.id != 0 && (document.id > LARGEST_NUMBER || !ids.insert(document.id)) {
                return Some(vec!["documents".into(), at.into(), "id".into()]);
            }
            let mut known = 1..=LARGEST_NUMBER;
            for (nth, revision) in document.revisions.iter().enumerate() {
                if !known.contains(&revision.number) {
                    let place = ["documents".into(), at.into(), "revisions".into(), nth.into(), "number".into()];
                    return Some(place.into());
                }
                known = revision.number + 1..=LARGEST_NUMBER;
            }
        }
        let mut numbers = BTreeSet::new();
        let is_one = |number: u32| (1..=LARGEST_NUMBER).contains(&number);
        let wrong = self.consents.iter().position(|one| !is_one(one.number) || !numbers.insert(one.number));
        wrong.map(|at| vec!["consents".into(), at.into(), "number".into()])
    }

    /// An identity that no document has.
    pub(super) fn free_id(&self) -> u32 {
        self.documents.iter().map(|document| document.id).max().unwrap_or(0).saturating_add(1)
    }

    /// The place of the document of that identity.
    #[must_use]
    pub fn document_of_id(&self, id: u32) -> Option<usize> {
        self.documents.iter().position(|document| document.id == id)
    }

    /// Where the documents of one form stand in [`Self::documents`], the oldest first.
    pub fn documents_of(&self, form: &str) -> impl Iterator<Item = usize> {
        self.documents.iter().enumerate().filter(move |(_, document)| document.form == form).map(|(at, _)| at)
    }

    /// Every file that is kept beside the case: handed-out PDFs, scans of signed papers.
    pub fn kept_files(&self) -> impl Iterator<Item = &KeptFile> {
        let revisions = self.documents.iter().flat_map(|document| &document.revisions);
        let papers = revisions.flat_map(|revision| revision.kept_files());
        papers.chain(self.consents.iter().filter_map(|consent| consent.scan.as_ref()))
    }

    /// Gives kept files other names: pairs of a file as it is named here, and as it is named then.
    pub fn rename_kept(&mut self, renamed: &[(KeptFile, KeptFile)]) {
        let rename = |file: &mut KeptFile| {
            if let Some((_, new)) = renamed.iter().find(|(old, _)| old == file) {
                file.clone_from(new);
            }
        };
        for document in &mut self.documents {
            for revision in &mut document.revisions {
                if revision.kept_files().any(|file| renamed.iter().any(|(old, _)| old == file)) {
                    let revision = Arc::make_mut(revision);
                    revision.copies.iter_mut().for_each(|copy| rename(&mut copy.file));
                    revision.signatures.iter_mut().filter_map(|one| one.scan.as_mut()).for_each(rename);
                }
            }
        }
        self.consents.iter_mut().filter_map(|consent| consent.scan.as_mut()).for_each(rename);
    }

    /// What a field of a document holds: shared data where the key has a dot, else its own.
    #[must_use]
    pub fn value<'a>(&'a self, document: &'a Document, key: &str) -> Option<&'a Value> {
        let values = if is_shared(key) { &self.people } else { &document.values };
        values.get(key)
    }
}

impl Document {
    /// The newest revision.
    #[must_use]
    pub fn latest(&self) -> Option<&Revision> {
        self.revisions.last().map(Arc::as_ref)
    }

    /// Whether anything was entered into its own fields.
    #[must_use]
    pub fn has_content(&self) -> bool {
        self.values.values().any(|value| !value.is_empty())
    }
}

/// Whether a field of a form takes shared data: such keys have a dot, `patient.name`.
#[must_use]
pub fn is_shared(key: &str) -> bool {
    key.contains('.')
}
