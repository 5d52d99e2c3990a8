//! What is entered of a reply once every conflict is decided, and entering it.

use sha2::{Digest, Sha256};

use super::{ReceivedReply, Reply, ReplyPlace, TakenField};
use crate::model::case::Case;
use crate::model::check::Place;
use crate::model::fingerprint::value_sha256;
use crate::model::value::{Value, Values};

/// What somebody chose for a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The field or cell.
    pub place: Place,
    /// Whether theirs is taken; else mine stays.
    pub theirs: bool,
}

/// What is entered of a reply. Only [`super::Merging::settled`] makes one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settled {
    entered: Vec<(ReplyPlace, Option<Value>)>,
    refused: Vec<ReplyPlace>,
}

impl Settled {
    /// The record of it.
    #[must_use]
    pub fn record(&self, reply: &Reply, on: chrono::NaiveDate) -> ReceivedReply {
        let sha256 = |value: Option<&Value>| value.map(value_sha256).unwrap_or_default();
        let taken = |(place, value): &(ReplyPlace, Option<Value>)| TakenField {
            place: place.clone(),
            sha256: sha256(value.as_ref()),
        };
        ReceivedReply {
            sha256: reply.sha256(),
            package: reply.package.clone(),
            from: reply.from.clone(),
            on,
            taken: self.entered.iter().map(taken).collect(),
            refused: self.refused.clone(),
        }
    }

    /// Leaves out what was changed in the case since it looked like `before`: that was typed later.
    #[must_use]
    pub fn unless_changed(mut self, before: &Case, now: &Case) -> Self {
        self.entered.retain(|(place, _)| value_at(before, place) == value_at(now, place));
        self
    }
}

fn value_at<'a>(case: &'a Case, place: &ReplyPlace) -> Option<&'a Value> {
    let values = match place.document {
        None => &case.people,
        Some(id) => &case.documents.get(case.document_of_id(id)?)?.values,
    };
    match (values.get(&place.field)?, &place.cell) {
        (Value::Rows(rows), Some((row, column))) => rows.get(*row)?.get(column),
        (_, Some(_)) => None,
        (value, None) => Some(value),
    }
}

/// Collects what is settled, and what is not.
#[derive(Default)]
pub(super) struct Settling {
    settled: Settled,
    open: Vec<Place>,
}

impl Settling {
    pub fn enter(&mut self, place: &ReplyPlace, value: Option<&Value>) {
        self.settled.entered.push((place.clone(), value.cloned()));
    }

    pub fn refuse(&mut self, place: &ReplyPlace) {
        self.settled.refused.push(place.clone());
    }

    pub fn ask(&mut self, place: &Place) {
        self.open.push(place.clone());
    }

    pub fn finish(self) -> Result<Settled, Vec<Place>> {
        if self.open.is_empty() { Ok(self.settled) } else { Err(self.open) }
    }
}

/// Enters what is settled. A document that is gone gets nothing.
pub fn apply(case: &mut Case, settled: &Settled) {
    for (place, value) in &settled.entered {
        let values = match place.document {
            None => &mut case.people,
            Some(id) => match case.document_of_id(id) {
                None => continue,
                Some(at) => &mut case.documents[at].values,
            },
        };
        match &place.cell {
            None => put(values, &place.field, value.clone()),
            Some((row, column)) => put_cell(values, &place.field, (*row, column), value.clone()),
        }
    }
}

fn put(values: &mut Values, key: &str, value: Option<Value>) {
    match value {
        None => values.remove(key),
        Some(value) => values.insert(key.to_owned(), value),
    };
}

fn put_cell(values: &mut Values, key: &str, (row, column): (usize, &str), value: Option<Value>) {
    let mut rows = match values.remove(key) {
        Some(Value::Rows(rows)) => rows,
        _ => Vec::new(),
    };
    if row >= rows.len() {
        rows.resize(row + 1, Values::new());
    }
    put(&mut rows[row], column, value);
    while rows.last().is_some_and(Values::is_empty) {
        rows.pop();
    }
    put(values, key, (!rows.is_empty()).then_some(Value::Rows(rows)));
}

impl Reply {
    /// The SHA-256 of what it says, in hexadecimal digits: the same for the same reply, however it was
    /// written and encrypted.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        let mut put = |text: &str| {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        };
        put("reply");
        put(self.package.as_deref().unwrap_or_default());
        put(&format!("{:?}", self.from.party));
        put(&self.from.name);
        put(&self.on.map(|on| on.to_string()).unwrap_or_default());
        put(&value_sha256(&Value::Choice(self.people.clone())));
        for document in &self.documents {
            put(&document.id.to_string());
            put(&document.form);
            put(&document.revision.to_string());
            put(&value_sha256(&Value::Choice(document.values.clone())));
        }
        crate::model::fingerprint::hexadecimal(&hash.finalize())
    }
}
