//! What two states of a case differ in, for whoever has to choose between them.

use std::collections::{BTreeMap, BTreeSet};

use super::case::{Case, Document};

use super::check::{CASE_NUMBER, Place, SUBSTITUTES};
use super::revision::Revision;
use super::value::{Key, Value, Values};

/// A field in which two states of a case differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where. A document is counted in my state, one that only the other state has in theirs. A
    /// substitute for print has its character where a table has its column.
    pub place: Place,
    /// The form of the document; none for shared data.
    pub form: Option<Key>,
    /// What I have there. A whole document ([`Place::field`] is empty) is [`Value::Blank`].
    pub mine: Option<Value>,
    /// What the other has there.
    pub theirs: Option<Value>,
}

/// All differences: those of the case, of the shared data, then those of each document. Documents
/// are compared by their identity; those that have none in common, the first one of a form with
/// the first one of that form, and so on.
#[must_use]
pub fn differences(mine: &Case, theirs: &Case) -> Vec<Difference> {
    let mut found = Found::default();
    let number = |case: &Case| Some(Value::Text(case.number.clone()));
    found.compare(&Place::field(CASE_NUMBER), number(mine), number(theirs));
    found.substitutes(&mine.print_substitutes, &theirs.print_substitutes);
    found.values(None, &mine.people, &theirs.people);
    for pair in pairs(mine, theirs) {
        found.documents(mine, theirs, pair);
    }
    found.differences
}

/// What two revisions of a document differ in; the first one is mine.
#[must_use]
pub fn revision_differences(mine: &Revision, theirs: &Revision) -> Vec<Difference> {
    let mut found = Found::default();
    found.values(None, &mine.values, &theirs.values);
    found.substitutes(&mine.print_substitutes, &theirs.print_substitutes);
    // On paper a field that was emptied is one that was never filled.
    let is_empty = |value: &Option<Value>| value.as_ref().is_none_or(Value::is_empty);
    found.differences.retain(|one| !is_empty(&one.mine) || !is_empty(&one.theirs));
    found.differences
}

/// The place of a document in my state and in theirs.
type Pair = (Option<usize>, Option<usize>);

/// The documents that belong together: mine in their order, then those that I do not have.
fn pairs(mine: &Case, theirs: &Case) -> Vec<Pair> {
    let same = |document: &Document, other: &Case| {
        other.documents.iter().position(|one| one.id == document.id && one.form == document.form)
    };
    let partner = |case: &Case, at: usize, other: &Case| {
        let document = &case.documents[at];
        let stray = |in_case: &Case, elsewhere: &Case| -> Vec<usize> {
            let of_form = in_case.documents_of(&document.form);
            of_form.filter(|at| same(&in_case.documents[*at], elsewhere).is_none()).collect()
        };
        same(document, other).or_else(|| {
            let turn = stray(case, other).iter().position(|stray| *stray == at)?;
            stray(other, case).get(turn).copied()
        })
    };
    let mut pairs: Vec<Pair> = (0..mine.documents.len()).map(|at| (Some(at), partner(mine, at, theirs))).collect();
    let alone = (0..theirs.documents.len()).filter(|at| partner(theirs, *at, mine).is_none());
    pairs.extend(alone.map(|at| (None, Some(at))));
    pairs
}

/// The differences found so far, and the form that is looked at.
#[derive(Default)]
struct Found {
    form: Option<Key>,
    differences: Vec<Difference>,
}

impl Found {
    fn compare(&mut self, place: &Place, mine: Option<Value>, theirs: Option<Value>) {
        if mine != theirs {
            self.differences.push(Difference { place: place.clone(), form: self.form.clone(), mine, theirs });
        }
    }

    fn substitutes(&mut self, mine: &BTreeMap<String, String>, theirs: &BTreeMap<String, String>) {
        for character in keys(mine, theirs) {
            let place = Place { cell: Some((0, character.clone())), ..Place::field(SUBSTITUTES) };
            let substitute = |map: &BTreeMap<String, String>| map.get(character).cloned().map(Value::Text);
            self.compare(&place, substitute(mine), substitute(theirs));
        }
    }

    fn documents(&mut self, mine: &Case, theirs: &Case, (my_place, their_place): Pair) {
        let my_document = my_place.map(|at| &mine.documents[at]);
        let their_document = their_place.map(|at| &theirs.documents[at]);
        let place = Place { document: my_place.or(their_place), ..Place::default() };
        let none = Values::new();
        self.form = my_document.or(their_document).map(|document| document.form.clone());
        self.compare(&place, my_document.map(|_| Value::Blank), their_document.map(|_| Value::Blank));
        let my_values = my_document.map_or(&none, |document| &document.values);
        let their_values = their_document.map_or(&none, |document| &document.values);
        self.values(place.document, my_values, their_values);
    }

    fn values(&mut self, document: Option<usize>, mine: &Values, theirs: &Values) {
        for key in keys(mine, theirs) {
            let place = Place { document, field: key.clone(), cell: None };
            match (rows(mine.get(key)), rows(theirs.get(key))) {
                (Some(my_rows), Some(their_rows)) => {
                    let before = self.differences.len();
                    self.rows(&place, my_rows, their_rows);
                    // Nothing but empty rows: that too is told.
                    if self.differences.len() == before {
                        self.compare(&place, mine.get(key).cloned(), theirs.get(key).cloned());
                    }
                }
                _ => self.compare(&place, mine.get(key).cloned(), theirs.get(key).cloned()),
            }
        }
    }

    fn rows(&mut self, place: &Place, mine: &[Values], theirs: &[Values]) {
        let none = Values::new();
        for at in 0..mine.len().max(theirs.len()) {
            let (my_row, their_row) = (mine.get(at).unwrap_or(&none), theirs.get(at).unwrap_or(&none));
            for column in keys(my_row, their_row) {
                let place = Place { cell: Some((at, column.clone())), ..place.clone() };
                self.compare(&place, my_row.get(column).cloned(), their_row.get(column).cloned());
            }
        }
    }
}

/// The rows of a table; where nothing stands, there are none.
fn rows(value: Option<&Value>) -> Option<&[Values]> {
    match value {
        None => Some(&[]),
        Some(Value::Rows(rows)) => Some(rows),
        Some(_) => None,
    }
}

fn keys<'a, V>(mine: &'a BTreeMap<Key, V>, theirs: &'a BTreeMap<Key, V>) -> BTreeSet<&'a Key> {
    mine.keys().chain(theirs.keys()).collect()
}
