//! What is coming up in a case: the days to keep in view once papers are on their way.
//!
//! The days themselves do not depend on today, so a list of many cases can keep them; which of
//! them still matter, and how soon, is asked with today's date.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::case::{Case, Document};
use super::consent::Consent;
use super::form::{Field, Form, Meaning, Party};
use super::process::{LineMark, current_documents, lines};
use super::value::{Key, Value, Values};

/// After how many days without a signature one asks how it stands. No rule says so: our own
/// figure, about the time in which a patient comes to the hospital again.
const PATIENCE: Days = Days::new(14);

/// For how many days a thing that passed is still shown where the papers say themselves how it
/// goes on, such as a review in the middle of a plan. Our own figure.
const LINGERING: Days = Days::new(14);

/// A day to keep in view.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FollowUp {
    /// The day.
    pub on: NaiveDate,
    /// What is to be looked at.
    pub what: Occasion,
    /// The document that says so, by its identity; none where it is about the case.
    pub document: Option<u32>,
    /// The last day on which it matters; none where it does until something is done about it.
    pub until: Option<NaiveDate>,
}

/// What is to be looked at on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Occasion {
    /// The plan begins.
    PlanBegins,
    /// The plan is to be reviewed: a period of it ends, or it names the day.
    Review {
        /// Counts the reviews of the document from 1.
        number: u32,
    },
    /// The measures that a physician asks for end.
    MeasuresEnd,
    /// A consent runs out.
    ConsentEnds {
        /// The number of the consent.
        number: u32,
    },
    /// A paper is out for long, and not signed.
    SignaturesAwaited {
        /// Who has not signed.
        parties: Vec<Party>,
    },
    /// The case is closed: does it still have to be kept?
    RetentionLook,
}

impl Occasion {
    /// How many days before it one is reminded, the earliest first.
    #[must_use]
    pub fn reminders(&self) -> &'static [i64] {
        match self {
            // To get another opinion takes a visit: that has to be booked in time.
            Self::MeasuresEnd => &[30, 14, 7],
            Self::ConsentEnds { .. } => &[14],
            Self::PlanBegins | Self::Review { .. } => &[7],
            Self::SignaturesAwaited { .. } | Self::RetentionLook => &[],
        }
    }
}

/// How soon something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// Today, or it was to be done before.
    Due,
    /// Within 7 days.
    Week,
    /// Within 14 days.
    Fortnight,
    /// Within 30 days.
    Month,
    /// After that.
    Later,
}

impl Urgency {
    /// How soon a day is.
    #[must_use]
    pub fn of(on: NaiveDate, today: NaiveDate) -> Self {
        match (on - today).num_days() {
            ..=0 => Self::Due,
            1..=7 => Self::Week,
            8..=14 => Self::Fortnight,
            15..=30 => Self::Month,
            _ => Self::Later,
        }
    }
}

impl FollowUp {
    /// Whether it still matters.
    #[must_use]
    pub fn matters(&self, today: NaiveDate) -> bool {
        self.until.is_none_or(|until| today <= until)
    }
}

/// What still matters today, the earliest first. Of a closed case that is only the look whether it
/// still has to be kept.
#[must_use]
pub fn follow_ups(case: &Case, forms: &BTreeMap<Key, Form>, today: NaiveDate) -> Vec<FollowUp> {
    let mut days = days(case, forms);
    days.retain(|one| one.matters(today));
    days
}

/// Every day to keep in view, whatever day it is today; the earliest first.
#[must_use]
pub fn days(case: &Case, forms: &BTreeMap<Key, Form>) -> Vec<FollowUp> {
    if let Some(closing) = case.closing() {
        let (on, what) = (closing.retention_due(), Occasion::RetentionLook);
        return vec![FollowUp { on, what, document: None, until: None }];
    }
    let mut days = Vec::new();
    let plan = plan(case, forms);
    days.extend(plan.and_then(|at| begin(case, forms, at)));
    days.extend(reviewed(case, forms, plan).into_iter().flat_map(|at| reviews(case, forms, at)));
    days.extend(measures_end(case, forms));
    days.extend(case.consents.iter().filter_map(|consent| consent_end(case, consent)));
    days.extend(current_documents(case, forms).into_iter().filter_map(|at| awaited(case, forms, at)));
    days.sort();
    days
}

/// The newest document with a plan in it.
fn plan(case: &Case, forms: &BTreeMap<Key, Form>) -> Option<usize> {
    (0..case.documents.len()).rev().find(|at| !rows(case, forms, &case.documents[*at]).0.is_empty())
}

/// The rows of the plan in a document, and their columns.
fn rows<'a>(case: &'a Case, forms: &'a BTreeMap<Key, Form>, document: &'a Document) -> (&'a [Values], &'a [Field]) {
    let field = forms.get(&document.form).and_then(|form| form.field_meaning(Meaning::PlanRows));
    match field.map(|field| (case.value(document, &field.key), field)) {
        Some((Some(Value::Rows(rows)), field)) => (rows, field.columns()),
        _ => (&[], &[]),
    }
}

/// The day of a row that means this.
fn day(row: &Values, columns: &[Field], meaning: Meaning) -> Option<NaiveDate> {
    row.get(&columns.iter().find(|column| column.meaning == Some(meaning))?.key)?.as_date()
}

fn begin(case: &Case, forms: &BTreeMap<Key, Form>, at: usize) -> Option<FollowUp> {
    let document = &case.documents[at];
    let (rows, columns) = rows(case, forms, document);
    let on = rows.iter().filter_map(|row| day(row, columns, Meaning::PeriodStart)).min()?;
    Some(FollowUp { on, what: Occasion::PlanBegins, document: Some(document.id), until: Some(on) })
}

/// The documents whose reviews count: the plan, and what else is current and is no plan.
fn reviewed(case: &Case, forms: &BTreeMap<Key, Form>, plan: Option<usize>) -> Vec<usize> {
    let is_plan = |at: &usize| !rows(case, forms, &case.documents[*at]).0.is_empty();
    plan.into_iter().chain(current_documents(case, forms).into_iter().filter(|at| !is_plan(at))).collect()
}

/// The reviews of a document. One took place where the document was handed out anew on its day or
/// later. The last one stays until then; one before it needs nothing more once the next period runs.
fn reviews(case: &Case, forms: &BTreeMap<Key, Form>, at: usize) -> Vec<FollowUp> {
    let document = &case.documents[at];
    let on: Vec<NaiveDate> = review_days(case, forms, document).into_iter().collect();
    let handed_out = document.latest().map(|latest| latest.fixed_on);
    let until = |n: usize| on.get(n + 1).map(|next| lingering(on[n]).min(*next));
    let review = |n: usize| FollowUp {
        on: on[n],
        what: Occasion::Review { number: u32::try_from(n + 1).unwrap_or(u32::MAX) },
        document: Some(document.id),
        until: until(n),
    };
    (0..on.len()).filter(|n| handed_out.is_none_or(|day| day < on[*n])).map(review).collect()
}

/// The days that a document names for a review, and the last days of the rows of a plan that name
/// none; a row that ends before it begins has no last day.
#[must_use]
pub fn review_days(case: &Case, forms: &BTreeMap<Key, Form>, document: &Document) -> BTreeSet<NaiveDate> {
    let (rows, columns) = rows(case, forms, document);
    let last = |row| {
        let start = day(row, columns, Meaning::PeriodStart);
        day(row, columns, Meaning::PeriodEnd).filter(|end| start.is_none_or(|start| start <= *end))
    };
    let of_row = |row| day(row, columns, Meaning::ReviewDate).or_else(|| last(row));
    let named = meant_day(case, forms, document, Meaning::ReviewDate);
    rows.iter().filter_map(of_row).chain(named).collect()
}

/// The day in the field of a document that means this.
fn meant_day(case: &Case, forms: &BTreeMap<Key, Form>, document: &Document, meaning: Meaning) -> Option<NaiveDate> {
    let field = forms.get(&document.form)?.field_meaning(meaning)?;
    case.value(document, &field.key)?.as_date()
}

/// The end of the measures that the newest opinion with such an end asks for, unless a later
/// document of the same step was handed out.
fn measures_end(case: &Case, forms: &BTreeMap<Key, Form>) -> Option<FollowUp> {
    let documents = &case.documents;
    let end = |at: usize| Some((at, meant_day(case, forms, &documents[at], Meaning::MeasuresEnd)?));
    let (at, on) = (0..documents.len()).rev().find_map(end)?;
    let step = |document: &Document| forms.get(&document.form).map(|form| form.step);
    let replaces = |later: &Document| later.latest().is_some() && step(later) == step(&documents[at]);
    let is_replaced = documents[at + 1..].iter().any(replaces);
    let document = Some(documents[at].id);
    (!is_replaced).then_some(FollowUp { on, what: Occasion::MeasuresEnd, document, until: None })
}

/// The end of a consent, unless it was withdrawn or another one holds on.
fn consent_end(case: &Case, consent: &Consent) -> Option<FollowUp> {
    let on = consent.until.filter(|_| consent.withdrawn.is_none())?;
    let holds_on = |other: &Consent| {
        other.withdrawn.is_none() && other.until.is_none_or(|until| until > on) && covers(other, consent)
    };
    let what = Occasion::ConsentEnds { number: consent.number };
    let is_renewed = case.consents.iter().any(holds_on);
    (!is_renewed).then_some(FollowUp { on, what, document: None, until: Some(lingering(on)) })
}

/// Whether a consent allows all that another one does.
fn covers(consent: &Consent, other: &Consent) -> bool {
    let has_forms = match (&consent.forms, &other.forms) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(own), Some(others)) => others.iter().all(|form| own.contains(form)),
    };
    has_forms && other.to.iter().all(|to| consent.to.contains(to)) && (consent.diagnosis || !other.diagnosis)
}

/// The signatures that a document waits for, of the step that comes first.
fn awaited(case: &Case, forms: &BTreeMap<Key, Form>, at: usize) -> Option<FollowUp> {
    let document = &case.documents[at];
    let lines = lines(case, forms, at);
    let awaited = || {
        lines.iter().filter_map(|line| match line.mark {
            LineMark::Awaited { since } => Some((line.step, line.party, since)),
            _ => None,
        })
    };
    let (step, _, handed_out) = awaited().min_by_key(|(step, ..)| *step)?;
    let signatures = document.latest()?.signatures.iter().filter(|signature| signature.corrected.is_none());
    // Whoever signs last in a row waits for the others first.
    let since = signatures.map(|signature| signature.signed_on).fold(handed_out, NaiveDate::max);
    let parties = awaited().filter(|(of, ..)| *of == step).map(|(_, party, _)| party).collect();
    let on = since.checked_add_days(PATIENCE).unwrap_or(since);
    Some(FollowUp { on, what: Occasion::SignaturesAwaited { parties }, document: Some(document.id), until: None })
}

fn lingering(on: NaiveDate) -> NaiveDate {
    on.checked_add_days(LINGERING).unwrap_or(on)
}
