//! A case that came in a package: whoever received it fills in what is theirs to fill in, and
//! nothing else. It is in no file here, and neither is the passphrase that opened it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::model::case::{Case, is_shared};
use crate::model::check::{Place, SUBSTITUTES};
use crate::model::form::Form;
use crate::model::package::{Manifest, Passphrase};
use crate::model::people::People;
use crate::model::reply::{Reply, supplies};
use crate::model::revision::Recipient;
use crate::model::value::{Key, Value, Values};

/// A field of the case: the document, by its place, and the key; shared data has no document.
pub type FieldOf = (Option<usize>, Key);

/// What a received case came with.
#[derive(Clone, Debug)]
pub struct Received {
    /// The file of the package.
    pub path: PathBuf,
    /// What the package says of itself.
    pub manifest: Manifest,
    /// What opened it, and encrypts the reply.
    pub passphrase: Passphrase,
    /// The case as it was sent.
    pub sent: Case,
    /// The PDFs of the papers, by their names.
    pub pdfs: BTreeMap<String, Vec<u8>>,
    /// The reply that was written last.
    pub reply: Option<PathBuf>,
    to_fill: BTreeSet<FieldOf>,
}

impl Received {
    /// A case that was read from a package.
    #[must_use]
    pub fn new(
        path: PathBuf,
        manifest: Manifest,
        passphrase: Passphrase,
        sent: Case,
        pdfs: BTreeMap<String, Vec<u8>>,
        (forms, people): (&BTreeMap<Key, Form>, &People),
    ) -> Self {
        let to_fill = to_fill(&sent, forms, people, &manifest.to);
        Self { path, manifest, passphrase, sent, pdfs, reply: None, to_fill }
    }

    /// The fields that the recipient supplies.
    #[must_use]
    pub fn to_fill(&self) -> &BTreeSet<FieldOf> {
        &self.to_fill
    }

    /// Whether the recipient may type into a place. What is printed instead of a character that no
    /// font has is needed for the page only, and stays here.
    #[must_use]
    pub fn may_edit(&self, place: &Place) -> bool {
        place.field == SUBSTITUTES || self.to_fill.contains(&(place.document, place.field.clone()))
    }

    /// How many of the fields to fill hold something, and how many there are.
    #[must_use]
    pub fn filled(&self, case: &Case) -> (usize, usize) {
        let is_filled = |(document, key): &&FieldOf| {
            let values = values_of(case, *document);
            values.and_then(|values| values.get(key)).is_some_and(|value| !value.is_empty())
        };
        (self.to_fill.iter().filter(is_filled).count(), self.to_fill.len())
    }

    /// The case as it was sent, with what an earlier reply to it says.
    #[must_use]
    pub fn continued(&self, reply: &Reply) -> Case {
        let mut case = self.sent.clone();
        for (document, key) in &self.to_fill {
            let replied = match document {
                None => Some(&reply.people),
                Some(at) => {
                    let id = self.sent.documents[*at].id;
                    reply.documents.iter().find(|document| document.id == id).map(|document| &document.values)
                }
            };
            let values = match document {
                None => &mut case.people,
                Some(at) => &mut case.documents[*at].values,
            };
            // A paper that the reply does not speak of stays as it was sent.
            let Some(replied) = replied else { continue };
            put(values, key, replied.get(key));
        }
        case
    }
}

fn put(values: &mut Values, key: &Key, value: Option<&Value>) {
    match value {
        Some(value) => drop(values.insert(key.clone(), value.clone())),
        None => drop(values.remove(key)),
    }
}

fn values_of(case: &Case, document: Option<usize>) -> Option<&Values> {
    match document {
        None => Some(&case.people),
        Some(at) => case.documents.get(at).map(|document| &document.values),
    }
}

/// The fields of the papers that somebody supplies.
fn to_fill(case: &Case, forms: &BTreeMap<Key, Form>, people: &People, to: &Recipient) -> BTreeSet<FieldOf> {
    let mut found = BTreeSet::new();
    for (at, document) in case.documents.iter().enumerate() {
        for field in forms.get(&document.form).into_iter().flat_map(|form| &form.fields) {
            let shared = people.field(&field.key).filter(|_| is_shared(&field.key));
            if supplies(to.party, shared.unwrap_or(field), shared.is_some()) {
                found.insert((shared.is_none().then_some(at), field.key.clone()));
            }
        }
    }
    found
}
