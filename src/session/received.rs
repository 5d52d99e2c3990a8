//! A case that came in a package: whoever received it fills in what is theirs to fill in, and
//! nothing else. It is in no file here, and neither is the passphrase that opened it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::model::case::{Case, is_shared};
use crate::model::check::{Place, SUBSTITUTES};
use crate::model::form::{Field, Form};
use crate::model::package::{Manifest, Passphrase};
use crate::model::reply::{Reply, may_fill};
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
    /// Of tables that are theirs in part, the columns that are not.
    fixed_columns: BTreeSet<(FieldOf, Key)>,
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
        forms: &BTreeMap<Key, Form>,
    ) -> Self {
        let (mut to_fill, mut fixed_columns) = (BTreeSet::new(), BTreeSet::new());
        for (place, field) in fields(&sent, forms).filter(|(_, field)| may_fill(field, None, manifest.to.party)) {
            let fixed = field.columns().iter().filter(|column| !may_fill(field, Some(column), manifest.to.party));
            fixed_columns.extend(fixed.map(|column| (place.clone(), column.key.clone())));
            to_fill.insert(place);
        }
        Self { path, manifest, passphrase, sent, pdfs, reply: None, to_fill, fixed_columns }
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
        if place.field == SUBSTITUTES {
            return true;
        }
        let field = (place.document, place.field.clone());
        self.to_fill.contains(&field)
            && place.cell.as_ref().is_none_or(|(_, column)| !self.fixed_columns.contains(&(field, column.clone())))
    }

    /// Whether rows of a table may come, go and move: with what others wrote in them they may not.
    #[must_use]
    pub fn may_edit_rows(&self, place: &Place) -> bool {
        let is_here = |(document, key): &FieldOf| *document == place.document && *key == place.field;
        self.may_edit(place) && !self.fixed_columns.iter().any(|(field, _)| is_here(field))
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
            // What the reply does not speak of stays as it was sent.
            let Some(said) = replied.and_then(|replied| replied.get(key)) else { continue };
            put(values, key, said);
        }
        case
    }
}

/// Puts what a reply says into a field; of the columns of others it says nothing.
fn put(values: &mut Values, key: &Key, said: &Value) {
    let said = match (values.get(key), said) {
        (Some(Value::Rows(sent)), Value::Rows(said)) => Value::Rows(rows(sent, said)),
        _ => said.clone(),
    };
    if said.is_empty() { drop(values.remove(key)) } else { drop(values.insert(key.clone(), said)) }
}

fn rows(sent: &[Values], said: &[Values]) -> Vec<Values> {
    let none = Values::new();
    let row = |at: usize| {
        let mut row = sent.get(at).unwrap_or(&none).clone();
        row.extend(said.get(at).unwrap_or(&none).clone());
        row.retain(|_, value| !value.is_empty());
        row
    };
    (0..sent.len().max(said.len())).map(row).collect()
}

/// The fields of the papers, each with its place.
fn fields<'a>(case: &'a Case, forms: &'a BTreeMap<Key, Form>) -> impl Iterator<Item = (FieldOf, &'a Field)> {
    let papers = case.documents.iter().enumerate();
    let papers = papers.filter_map(|(at, document)| Some((at, forms.get(&document.form)?)));
    papers.flat_map(|(at, form)| {
        form.fields.iter().map(move |field| (((!is_shared(&field.key)).then_some(at), field.key.clone()), field))
    })
}
