//! Where a case stands, computed from it and never typed: the step, whose turn it is, what to do
//! next.
//!
//! Steps ①–④ are those of the templates. Signatures are not recorded yet, so a form whose needed
//! fields are filled counts as ready to be signed, and nothing counts as signed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::case::{Case, is_shared};
use super::check::missing;
use super::form::{Form, Meaning, Party};
use super::value::{Key, Value};

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The case has no document.
    Begin,
    /// Fields are still empty.
    Fill {
        /// The labels of the first few of them.
        labels: Vec<String>,
    },
    /// Everything is filled: collect the signatures.
    Sign,
}

/// Where a case stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The step, 1–4, or 0 before them.
    pub step: u8,
    /// The document it hangs on, by its place in the case.
    pub document: Option<usize>,
    /// Whose turn it is.
    pub turn: Party,
    /// What is to be done.
    pub action: Action,
    /// By when: the day on which the plan begins, unless it has begun.
    pub due: Option<NaiveDate>,
}

/// Where the case stands: at its first document, by step, that still lacks something; else at
/// the first one, to be signed.
#[must_use]
pub fn standing(case: &Case, forms: &BTreeMap<Key, Form>, today: NaiveDate) -> Standing {
    let due = plan_start(case, forms).filter(|start| *start >= today);
    let mut documents: Vec<(usize, &Form)> = case
        .documents
        .iter()
        .enumerate()
        .filter_map(|(at, document)| forms.get(&document.form).map(|form| (at, form)))
        .collect();
    documents.sort_by_key(|(at, form)| (form.step, *at));
    for (at, form) in &documents {
        let empty: Vec<_> = missing(case, &case.documents[*at], form).collect();
        if let Some(first) = empty.first() {
            // Shared data is typed in by the coordinator, whoever it is about.
            let giver = first.by.first().copied().filter(|_| !is_shared(&first.key));
            let turn = giver.unwrap_or(Party::Coordinator);
            let labels = empty.iter().take(3).map(|field| field.label.clone()).collect();
            return Standing { step: form.step, document: Some(*at), turn, action: Action::Fill { labels }, due };
        }
    }
    let to_sign = documents.iter().find_map(|(at, form)| {
        let (_, line) = form.signature_lines().next()?;
        Some(Standing { step: form.step, document: Some(*at), turn: line.by, action: Action::Sign, due })
    });
    to_sign.unwrap_or(Standing { step: 0, document: None, turn: Party::Coordinator, action: Action::Begin, due })
}

/// The first day of the newest plan.
fn plan_start(case: &Case, forms: &BTreeMap<Key, Form>) -> Option<NaiveDate> {
    case.documents.iter().rev().find_map(|document| {
        let plan = forms.get(&document.form)?.field_meaning(Meaning::PlanRows)?;
        let start = plan.columns().iter().find(|column| column.meaning == Some(Meaning::PeriodStart))?;
        let Value::Rows(rows) = case.value(document, &plan.key)? else { return None };
        rows.iter().filter_map(|row| row.get(&start.key)?.as_date()).min()
    })
}
