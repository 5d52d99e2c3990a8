//! What somebody outside filled in and sent back, and how it comes into the case: field by field,
//! three ways, against what was sent.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::form::{Field, Party};
use super::revision::Recipient;
use super::value::{Key, Values, unique};

/// What somebody filled in.
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
    /// The shared data, as it stands there.
    #[serde(deserialize_with = "unique")]
    pub people: Values,
    /// The papers, as they stand there.
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
    /// What stands there, by field key; shared data stands apart.
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
    /// The fields that were taken from it, as the log names them: `workplace_consultation#1/daily_work`.
    pub taken: Vec<String>,
}

/// Whether somebody supplies a field. In a paper the coordinator outside supplies what a
/// coordinator does; of the shared data only what is said to be theirs.
#[must_use]
pub fn supplies(party: Party, field: &Field, is_shared: bool) -> bool {
    let acts_for =
        |by: &Party| *by == party || (!is_shared && party == Party::OutsideCoordinator && *by == Party::Coordinator);
    field.by.iter().any(acts_for)
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
}
