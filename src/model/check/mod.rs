//! Problems of a case as data: how grave, where, what. All of them, never only the first.
//!
//! What can only be known by laying out (a character that no font has) is found by
//! [`crate::layout`] and reported in the same shape.
//!
//! - `values`: each value by itself.
//! - `conflicts`: what the opinion says against itself and against the plan.
//! - `plan`: the rows of a plan among themselves and against the time of the measures.
//! - `papers`: signatures, superseded revisions, consents.
//!
//! All but the values are only suggestions: who knows the case decides, and sets a suggestion aside
//! with a note. What each rule asks for stands in `docs/checks.md`.

mod conflicts;
mod facts;
mod papers;
mod plan;
mod problem;
mod values;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::case::Case;
use super::diagnoses::Diagnoses;
use super::form::Form;
use super::people::People;
use super::record::SetAside;
use super::value::Key;
use super::wording::Topics;

pub use problem::{CASE_NUMBER, CONSENTS, Place, Problem, Quote, SUBSTITUTES, Severity, What};
pub use values::missing;

/// What the checks go by: templates and the data beside them.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// The forms by key.
    pub forms: &'a BTreeMap<Key, Form>,
    /// The description of the shared data.
    pub people: &'a People,
    /// The words that the cross-checks read by.
    pub topics: &'a Topics,
    /// The words that tell a diagnosis.
    pub diagnoses: &'a Diagnoses,
}

/// All problems of a case that can be seen without laying it out, but for the suggestions that
/// were set aside.
#[must_use]
pub fn check(case: &Case, rules: &Rules<'_>, today: NaiveDate) -> Vec<Problem> {
    let mut problems = found(case, rules, today);
    problems.retain(|problem| note(case, problem).is_none());
    problems
}

/// The suggestions that were set aside and would be told otherwise, with what was noted.
#[must_use]
pub fn set_aside<'a>(case: &'a Case, rules: &Rules<'_>, today: NaiveDate) -> Vec<(Problem, &'a SetAside)> {
    if case.set_aside.is_empty() {
        return Vec::new();
    }
    let problems = found(case, rules, today).into_iter();
    problems.filter_map(|problem| note(case, &problem).map(|note| (problem, note))).collect()
}

/// What would make a page wrong, whatever the day is.
#[must_use]
pub fn faults(case: &Case, rules: &Rules<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    values::check_case(case, rules, &mut problems);
    problems.retain(|problem| problem.severity == Severity::Error);
    problems
}

/// The newest note by which a suggestion was set aside.
fn note<'a>(case: &'a Case, problem: &Problem) -> Option<&'a SetAside> {
    if case.set_aside.is_empty() {
        return None;
    }
    let identity = problem.identity(case)?;
    case.set_aside.iter().rev().find(|one| one.problem == identity)
}

fn found(case: &Case, rules: &Rules<'_>, today: NaiveDate) -> Vec<Problem> {
    let mut problems = Vec::new();
    values::check_case(case, rules, &mut problems);
    values::check_age(case, rules.people, today, &mut problems);
    let facts = facts::Facts::new(case, rules);
    conflicts::check(&facts, &mut problems);
    plan::check(&facts, &mut problems);
    papers::check(case, rules, today, &mut problems);
    values::check_all_needed(case, rules, &mut problems);
    problems
}
