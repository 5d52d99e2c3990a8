//! What a reply answers: the papers of the case with their revisions, and what was sent of each field.

use std::collections::BTreeSet;

use super::make::rows;
use super::{RepliedDocument, Reply, ReplyTrouble};
use crate::model::case::Case;
use crate::model::check::Rules;
use crate::model::form::{Field, Form};
use crate::model::note::Note;
use crate::model::revision::{Handout, Revision};
use crate::model::value::{Key, Value, Values};

/// The longest key, in bytes.
const LONGEST_KEY: usize = 100;

/// A paper of the case that the reply answers.
pub(super) struct Answered<'a> {
    pub at: usize,
    /// None where no template knows it any more.
    form: Option<&'a Form>,
    revision: &'a Revision,
    pub replied: &'a RepliedDocument,
}

/// What was sent of a field.
#[derive(Clone, Copy)]
pub(super) struct Sent<'a> {
    pub revision: &'a Revision,
    pub key: &'a str,
}

impl<'a> Answered<'a> {
    pub fn field(&self, key: &str) -> Option<&'a Field> {
        self.form?.field(key)
    }

    pub fn sent(&self, key: &'a str) -> Sent<'a> {
        Sent { revision: self.revision, key }
    }
}

impl<'a> Sent<'a> {
    /// What they had before them, where they say this of it now. What was left out of their copy was
    /// not there for them, but for a choice of which only what stands beside it was.
    pub fn base(&self, theirs: &Value) -> Option<Value> {
        let whole = self.whole();
        if self.is_left_out(self.key) { whole.and_then(|whole| rest(whole, theirs)) } else { plain(whole) }
    }

    /// What the revision says, whatever was left out of a copy.
    pub fn whole(&self) -> Option<&'a Value> {
        self.revision.values.get(self.key)
    }

    /// The same as [`Self::base`] of a cell.
    pub fn base_of_cell(&self, row: usize, column: &str, theirs: &Value) -> Option<Value> {
        let whole = rows(self.rows_sent()).get(row)?.get(column);
        if self.has_left_out(column) { whole.and_then(|whole| rest(whole, theirs)) } else { plain(whole) }
    }

    pub fn rows_sent(&self) -> Option<&'a Value> {
        self.revision.values.get(self.key).filter(|_| !self.is_left_out(self.key))
    }

    /// Whether rows say nothing but what was sent.
    pub fn is_said_by(&self, said: &[Values]) -> bool {
        let cells = said.iter().enumerate().flat_map(|(at, row)| row.iter().map(move |(key, cell)| (at, key, cell)));
        cells.into_iter().all(|(at, key, cell)| plain(Some(cell)) == self.base_of_cell(at, key, cell))
    }

    pub fn has_left_out(&self, column: &str) -> bool {
        self.is_left_out(&format!("{}.{column}", self.key))
    }

    /// A revision goes to several people: what one copy lacks may be a secret to whoever answers.
    fn is_left_out(&self, key: &str) -> bool {
        let left_out = self.revision.copies.iter().filter_map(|copy| copy.left_out.as_ref());
        left_out.flat_map(|left_out| &left_out.fields).any(|field| field == key)
    }
}

/// The papers of the case that the reply answers.
pub(super) fn answered<'a>(
    case: &'a Case,
    rules: &Rules<'a>,
    reply: &'a Reply,
    notes: &mut Vec<Note>,
) -> Result<Vec<Answered<'a>>, ReplyTrouble> {
    is_known_package(case, reply)?;
    is_plausible(reply)?;
    let mut papers = Vec::new();
    let mut seen = BTreeSet::new();
    for replied in &reply.documents {
        if !seen.insert(replied.id) {
            return Err(ReplyTrouble::Tampered);
        }
        let form = rules.forms.get(&replied.form);
        let title = || form.map_or_else(|| replied.form.clone(), |form| form.short_title.clone());
        let Some(at) = case.document_of_id(replied.id) else {
            notes.push(Note::RepliedToRemoved { form: title() });
            continue;
        };
        let document = &case.documents[at];
        if document.form != replied.form {
            return Err(ReplyTrouble::Tampered);
        }
        let revision = document.revisions.iter().find(|revision| revision.number == replied.revision);
        let revision = revision.ok_or(ReplyTrouble::UnknownRevision)?;
        went(revision, reply)?;
        let newest = document.latest().map_or(0, |latest| latest.number);
        if newest > revision.number {
            notes.push(Note::RepliedToOlder { form: title(), revision: revision.number, newest });
        }
        papers.push(Answered { at, form, revision, replied });
    }
    match (papers.is_empty(), notes.is_empty(), &reply.package) {
        (false, ..) | (true, false, Some(_)) => Ok(papers),
        // A package has papers, and so has the answer to it.
        (true, true, Some(_)) => Err(ReplyTrouble::Tampered),
        (true, _, None) => Err(ReplyTrouble::NothingSent),
    }
}

/// That the package which is answered went from here.
fn is_known_package(case: &Case, reply: &Reply) -> Result<(), ReplyTrouble> {
    let Some(package) = &reply.package else { return Ok(()) };
    let revisions = case.documents.iter().flat_map(|document| &document.revisions);
    let mut handouts = revisions.flat_map(|revision| &revision.handouts);
    let is_it = |handout: &Handout| handout.package.as_ref() == Some(package);
    if handouts.any(is_it) { Ok(()) } else { Err(ReplyTrouble::NothingSent) }
}

/// That its keys are keys and no other texts: those of what is refused are recorded.
fn is_plausible(reply: &Reply) -> Result<(), ReplyTrouble> {
    let values = || reply.documents.iter().map(|document| &document.values).chain([&reply.people]);
    let columns = values().flat_map(Values::values).flat_map(|value| rows(Some(value))).flat_map(Values::keys);
    let is_key = |key: &Key| (1..=LONGEST_KEY).contains(&key.len()) && key.chars().all(is_of_key);
    if values().flat_map(Values::keys).chain(columns).all(is_key) { Ok(()) } else { Err(ReplyTrouble::Tampered) }
}

fn is_of_key(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')
}

/// That a revision went to whoever answers, in the package that they answer: else they could say
/// to be somebody who supplies more.
fn went(revision: &Revision, reply: &Reply) -> Result<(), ReplyTrouble> {
    let went_to = |handout: &Handout| handout.to.party == reply.from.party;
    match &reply.package {
        Some(package) => {
            // By the name too: it comes back as it was sent, and is what gets recorded.
            let is_it = |handout: &Handout| handout.package.as_ref() == Some(package) && handout.to == reply.from;
            revision.handouts.iter().any(is_it).then_some(()).ok_or(ReplyTrouble::Tampered)
        }
        None => revision.handouts.iter().any(went_to).then_some(()).ok_or(ReplyTrouble::NothingSent),
    }
}

/// What was left of a choice when what stands beside it was left out, if this may be it.
fn rest(whole: &Value, theirs: &Value) -> Option<Value> {
    let is_rest = |whole: &Value, theirs: &Value| *theirs == Value::Blank || theirs == whole;
    let fits = match (whole, theirs) {
        (Value::Tick(whole), Value::Tick(theirs)) => is_rest(whole, theirs),
        (Value::Choice(whole), Value::Choice(theirs)) => {
            whole.len() == theirs.len()
                && theirs.iter().all(|(key, theirs)| whole.get(key).is_some_and(|whole| is_rest(whole, theirs)))
        }
        _ => false,
    };
    if fits { plain(Some(theirs)) } else { None }
}

/// A value as it is compared and taken: none where nothing stands, line breaks in one form.
pub(super) fn plain(value: Option<&Value>) -> Option<Value> {
    let value = value.filter(|value| !value.is_empty())?;
    let plain_all = |values: &Values| values.iter().map(|(key, value)| (key.clone(), plain_inner(value))).collect();
    Some(match value {
        Value::Choice(chosen) => Value::Choice(plain_all(chosen)),
        Value::Rows(rows) => Value::Rows(rows.iter().map(plain_all).collect()),
        other => plain_inner(other),
    })
}

/// A text without anything but `\n` for a line break; a detail in which nothing stands is none.
fn plain_inner(value: &Value) -> Value {
    match value {
        Value::Text(text) if text.is_empty() => Value::Blank,
        Value::Text(text) if text.contains('\r') => Value::Text(text.replace("\r\n", "\n").replace('\r', "\n")),
        Value::Tick(detail) => Value::Tick(Box::new(plain_inner(detail))),
        other => other.clone(),
    }
}
