//! What a case is. This model is the file format: serde derives both ways.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::value::{Key, Value, Values, unique};

/// The newest case format that this program writes. Every released one stays readable.
pub const FORMAT: u32 = 1;

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
}

/// One filled or still empty form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The key of its form, such as `physician_opinion`.
    pub form: Key,
    /// What was entered, by field key. A value that the form has no field for any more is kept.
    #[serde(deserialize_with = "unique")]
    pub values: Values,
}

impl Case {
    /// An empty case with one empty document of each of these forms.
    #[must_use]
    pub fn new(number: String, id: String, forms: impl IntoIterator<Item = Key>) -> Self {
        let documents = forms.into_iter().map(Document::new).collect();
        Self { format: FORMAT, number, id, people: Values::new(), print_substitutes: BTreeMap::new(), documents }
    }

    /// Where the documents of one form stand in [`Self::documents`], the oldest first.
    pub fn documents_of(&self, form: &str) -> impl Iterator<Item = usize> {
        self.documents.iter().enumerate().filter(move |(_, document)| document.form == form).map(|(at, _)| at)
    }

    /// What a field of a document holds: shared data where the key has a dot, else its own.
    #[must_use]
    pub fn value<'a>(&'a self, document: &'a Document, key: &str) -> Option<&'a Value> {
        let values = if is_shared(key) { &self.people } else { &document.values };
        values.get(key)
    }
}

impl Document {
    /// An empty document.
    #[must_use]
    pub fn new(form: Key) -> Self {
        Self { form, values: Values::new() }
    }
}

/// Whether a field of a form takes shared data: such keys have a dot, `patient.name`.
#[must_use]
pub fn is_shared(key: &str) -> bool {
    key.contains('.')
}
