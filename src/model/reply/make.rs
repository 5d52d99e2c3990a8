//! Making a reply, at the side of whoever answers: their fields, and nothing of anybody else's.

use chrono::NaiveDate;

use super::{RepliedDocument, Reply, may_fill};
use crate::model::case::{Case, Document, is_shared};
use crate::model::check::Rules;
use crate::model::form::{Field, Party};
use crate::model::package::{Manifest, PackedPaper};
use crate::model::value::{Value, Values};

/// The reply to a package: `sent` is the case that came in it, `filled` the same case by now.
///
/// Only what the recipient of the package supplies and changed is in it, of the papers that were sent:
/// what stands as it was sent may be less than what stands in the hospital. A field that was emptied
/// is in it as [`Value::Blank`].
#[must_use]
pub fn reply(filled: &Case, sent: &Case, manifest: &Manifest, rules: &Rules<'_>, today: NaiveDate) -> Reply {
    let mut people = Values::new();
    let mut documents = Vec::new();
    for paper in &manifest.papers {
        if let Some(document) = answer(filled, sent, paper, rules, manifest.to.party, &mut people) {
            documents.push(document);
        }
    }
    Reply { package: Some(manifest.id.clone()), from: manifest.to.clone(), on: Some(today), people, documents }
}

/// What stands on one paper; of the shared data what is theirs goes to `people`.
fn answer(
    filled: &Case,
    sent: &Case,
    paper: &PackedPaper,
    rules: &Rules<'_>,
    party: Party,
    people: &mut Values,
) -> Option<RepliedDocument> {
    let form = rules.forms.get(&paper.form)?;
    let now = document(filled, paper)?;
    let before = document(sent, paper);
    let mut values = Values::new();
    for field in &form.fields {
        let was = before.and_then(|before| sent.value(before, &field.key));
        let Some(said) = said(field, party, filled.value(now, &field.key), was) else { continue };
        let values = if is_shared(&field.key) { &mut *people } else { &mut values };
        values.insert(field.key.clone(), said);
    }
    Some(RepliedDocument { id: paper.document, form: paper.form.clone(), revision: paper.revision, values })
}

fn document<'a>(case: &'a Case, paper: &PackedPaper) -> Option<&'a Document> {
    let at = case.document_of_id(paper.document)?;
    Some(&case.documents[at]).filter(|document| document.form == paper.form)
}

/// What is said of a field.
fn said(field: &Field, party: Party, now: Option<&Value>, was: Option<&Value>) -> Option<Value> {
    if !may_fill(field, None, party) {
        return None;
    }
    if field.columns().is_empty() {
        return changed(now, was);
    }
    let (now, was) = (rows(now), rows(was));
    let none = Values::new();
    let row = |at: usize| -> Values {
        let (now, was) = (now.get(at).unwrap_or(&none), was.get(at).unwrap_or(&none));
        let columns = field.columns().iter().filter(|column| may_fill(field, Some(column), party));
        columns.filter_map(|one| Some((one.key.clone(), changed(now.get(&one.key), was.get(&one.key))?))).collect()
    };
    let mut said: Vec<Values> = (0..now.len().max(was.len())).map(row).collect();
    while said.last().is_some_and(Values::is_empty) {
        said.pop();
    }
    (!said.is_empty()).then_some(Value::Rows(said))
}

/// What a value was changed to, emptied included; none where it was not.
#[must_use]
pub fn changed(now: Option<&Value>, was: Option<&Value>) -> Option<Value> {
    let filled = |value: &&Value| !value.is_empty();
    let (now, was) = (now.filter(filled), was.filter(filled));
    (now != was).then(|| now.cloned().unwrap_or(Value::Blank))
}

/// The rows of a table; of anything else there are none.
#[must_use]
pub fn rows(value: Option<&Value>) -> &[Values] {
    match value {
        Some(Value::Rows(rows)) => rows,
        _ => &[],
    }
}
