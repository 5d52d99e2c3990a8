//! What somebody outside filled in and sent back, and how it comes into the case: field by field,
//! three ways, against what was sent.
//!
//! - `make`: at the side of whoever answers, the fields that are theirs as a [`Reply`].
//! - `answered`: in the hospital, what a reply answers, and what was sent.
//! - `merge`: in the hospital, what of a reply is taken, what is in conflict, what is refused.
//! - `settle`: what is entered once every conflict is decided, and how.
//! - `marks`: which replies were taken in, and which field still says what came in one.

mod answered;
mod make;
mod marks;
mod merge;
mod settle;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::check::Place;
use super::form::{Field, Party};
use super::revision::Recipient;
use super::value::{Key, Values, unique};

pub use make::{changed, reply, rows};
pub use marks::{received, supplied_by};
pub use merge::{MOST_ROWS, MergedField, Merging, Objection, Outcome, merge};
pub use settle::{Choice, Settled, apply};

/// What somebody filled in.
///
/// A field that is not in it is one of which nothing is said: it stands as it was sent, was not
/// theirs, or was held back from them. One that they emptied is in it with an empty value
/// ([`super::value::Value::Blank`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Reply")]
pub struct Reply {
    /// The package that it answers, by its identity; none for a PDF that was filled by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// Who answers.
    pub from: Recipient,
    /// The day on which it was made; none where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
    /// The shared data that was filled in.
    #[serde(deserialize_with = "unique")]
    pub people: Values,
    /// The papers that were sent.
    pub documents: Vec<RepliedDocument>,
}

/// A paper as somebody filled it in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RepliedDocument {
    /// The identity of the document in its case.
    pub id: u32,
    /// The key of its form.
    pub form: Key,
    /// The revision that was sent.
    pub revision: u32,
    /// What was filled in, by field key; shared data stands apart.
    #[serde(deserialize_with = "unique")]
    pub values: Values,
}

/// A reply that was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedReply {
    /// The SHA-256 of what the reply says, in hexadecimal digits: the same one is known again.
    pub sha256: String,
    /// The package that it answers; none for a PDF that was filled by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<String>,
    /// From whom.
    pub from: Recipient,
    /// The day on which it was taken in.
    pub on: NaiveDate,
    /// What was taken from it.
    pub taken: Vec<TakenField>,
    /// What was changed in it and not taken, because it was not theirs to change or does not fit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<ReplyPlace>,
}

/// A field or cell that was taken from a reply.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenField {
    /// Where.
    pub place: ReplyPlace,
    /// The SHA-256 of what was taken, in hexadecimal digits: it tells whether that still stands there,
    /// without keeping it a second time. Empty where the field was emptied.
    pub sha256: String,
}

/// A field or cell, told by what never changes about it: a document has its identity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReplyPlace {
    /// The identity of the document; none for shared data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<u32>,
    /// The key of the field.
    pub field: Key,
    /// Row, counted from 0, and column of a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<(usize, Key)>,
}

impl ReplyPlace {
    /// Where it is in the case by now; a document that is gone has no place.
    #[must_use]
    pub fn in_case(&self, case: &Case) -> Place {
        let document = self.document.and_then(|id| case.document_of_id(id));
        Place { document, field: self.field.clone(), cell: self.cell.clone() }
    }
}

/// Whether somebody supplies a field. In a paper the coordinator outside supplies what a
/// coordinator does; of the shared data only what is said to be theirs.
#[must_use]
pub fn supplies(party: Party, field: &Field, is_shared: bool) -> bool {
    by(party, &field.by, is_shared)
}

fn by(party: Party, by: &[Party], is_shared: bool) -> bool {
    let acts_for =
        |by: &Party| *by == party || (!is_shared && party == Party::OutsideCoordinator && *by == Party::Coordinator);
    by.iter().any(acts_for)
}

/// Whether somebody may fill a field of a form, or a column of it. A column says itself who
/// supplies it; where it does not, its table does. A table as a whole may be filled by whoever may
/// fill one of its columns.
#[must_use]
pub fn may_fill(field: &Field, column: Option<&Field>, to: Party) -> bool {
    let is_shared = super::case::is_shared(&field.key);
    let is_theirs = |column: &Field| {
        let givers = if column.by.is_empty() { &field.by } else { &column.by };
        by(to, givers, is_shared)
    };
    match (column, field.columns()) {
        (Some(column), _) => is_theirs(column),
        (None, []) => supplies(to, field, is_shared),
        (None, columns) => columns.iter().any(is_theirs),
    }
}

/// Why a reply is not taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyTrouble {
    /// It is for another case.
    OtherCase,
    /// It answers a revision that the case does not have.
    UnknownRevision,
    /// It does not fit the package that it says to answer: it was altered.
    Tampered,
    /// It answers nothing that was sent from here.
    NothingSent,
    /// It is none, nor a PDF that was filled.
    NoReply,
    /// It is a PDF that opens with a password.
    Locked,
    /// It is a PDF that does not open with this password.
    WrongPassword,
    /// Something in it is written in no encoding of a PDF.
    Encoding,
}
