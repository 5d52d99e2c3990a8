//! The plan over the months: its periods with their working hours, treatments, the measures that
//! the opinions ask for, the days to follow up. Data for the window and for the page.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::case::{Case, Document};
use super::follow_up::review_days;
use super::form::{Field, Form, Meaning};
use super::hours::{self, Hours};
use super::value::{Key, Value, Values};

/// A plan over the months.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// The document with the plan, by its place in the case.
    pub document: usize,
    /// The key of the table of its periods.
    pub field: Key,
    /// The periods, in the order of their rows; rows with nothing in them are left out.
    pub bars: Vec<Bar>,
    /// For which days the opinions ask for measures, the oldest opinion first.
    pub measures: Vec<Measures>,
    /// The days to follow up, whatever day it is; the earliest first.
    pub follow_ups: BTreeSet<NaiveDate>,
    /// Today.
    pub today: NaiveDate,
}

/// A period of the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Its row, counted from 0.
    pub row: usize,
    /// Its first day, as written.
    pub start: Option<NaiveDate>,
    /// Its last day, as written.
    pub end: Option<NaiveDate>,
    /// Its working hours, as written.
    pub written: String,
    /// The same, where they can be read.
    pub hours: Option<Hours>,
    /// The treatments in it.
    pub care: Vec<Care>,
}

/// A sort of treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Care {
    /// 通院
    Visit,
    /// 入院
    Admission,
    /// A treatment that says neither.
    Other,
}

/// For which days an opinion asks for measures.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// The document, by its place in the case.
    pub document: usize,
    /// The first day.
    pub start: Option<NaiveDate>,
    /// The last day.
    pub end: Option<NaiveDate>,
}

impl Timeline {
    /// The first and the last day that anything is known of, today left out; none where no row
    /// has a day that a bar can be drawn from.
    #[must_use]
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        self.bars.iter().find_map(Bar::days)?;
        let bars = self.bars.iter().filter_map(Bar::days).flat_map(|(start, end)| [start, end]);
        let measures = self.measures.iter().flat_map(|measures| [measures.start, measures.end]).flatten();
        let days = || bars.clone().chain(measures.clone()).chain(self.follow_ups.iter().copied());
        Some((days().min()?, days().max()?))
    }
}

impl Bar {
    /// From its first to its last day; a period without an end is drawn as its first day. None
    /// where it has no first day or goes backwards.
    #[must_use]
    pub fn days(&self) -> Option<(NaiveDate, NaiveDate)> {
        let start = self.start?;
        let end = self.end.unwrap_or(start);
        (start <= end).then_some((start, end))
    }

    /// Whether it ends before it begins.
    #[must_use]
    pub fn is_backwards(&self) -> bool {
        matches!((self.start, self.end), (Some(start), Some(end)) if end < start)
    }
}

/// The newest plan of a case over the months; none where no document has a table of periods with
/// anything in it.
#[must_use]
pub fn timeline(case: &Case, forms: &BTreeMap<Key, Form>, today: NaiveDate) -> Option<Timeline> {
    (0..case.documents.len()).rev().find_map(|at| timeline_of(case, forms, at, today))
}

/// The plan in one document over the months; none where it has no table of periods with anything
/// in it.
#[must_use]
pub fn timeline_of(case: &Case, forms: &BTreeMap<Key, Form>, at: usize, today: NaiveDate) -> Option<Timeline> {
    let document = case.documents.get(at)?;
    let form = forms.get(&document.form)?;
    let plan = form.field_meaning(Meaning::PlanRows)?;
    let Some(Value::Rows(rows)) = case.value(document, &plan.key) else { return None };
    let bars: Vec<Bar> = rows.iter().enumerate().filter_map(|(row, values)| bar(plan, row, values)).collect();
    if bars.is_empty() {
        return None;
    }
    let follow_ups = review_days(case, forms, document);
    Some(Timeline { document: at, field: plan.key.clone(), bars, measures: measures(case, forms), follow_ups, today })
}

fn bar(plan: &Field, row: usize, values: &Values) -> Option<Bar> {
    let value = |meaning: Meaning| {
        let column = plan.columns().iter().find(|column| column.meaning == Some(meaning))?;
        values.get(&column.key).filter(|value| !value.is_empty())
    };
    let day = |meaning: Meaning| value(meaning).and_then(Value::as_date);
    let written = value(Meaning::WorkingHours).and_then(Value::as_text).unwrap_or_default().to_owned();
    let bar = Bar {
        row,
        start: day(Meaning::PeriodStart),
        end: day(Meaning::PeriodEnd),
        hours: hours::parse(&written),
        written,
        care: value(Meaning::MayRevealDiagnosis).and_then(Value::as_text).map(care).unwrap_or_default(),
    };
    let is_something = values.values().any(|value| !value.is_empty());
    is_something.then_some(bar)
}

/// Which sorts of treatment a text speaks of. A part of a sentence that says that there is none,
/// or that it is over, does not count.
fn care(text: &str) -> Vec<Care> {
    const WORDS: [(Care, &[&str]); 3] = [
        (Care::Visit, &["通院", "外来"]),
        (Care::Admission, &["入院"]),
        (Care::Other, &["治療", "点滴", "内服", "投薬", "手術"]),
    ];
    const DENIED: [&str; 6] = ["なし", "ない", "無し", "ありません", "終了", "不要"];
    let parts = text.split(['。', '、', '，', '\n', '（', '）', '(', ')']);
    let parts: Vec<&str> = parts.filter(|part| !DENIED.iter().any(|word| part.contains(word))).collect();
    let says = |words: &[&str]| words.iter().any(|word| parts.iter().any(|part| part.contains(word)));
    let mut found: Vec<Care> = WORDS.iter().filter(|(_, words)| says(words)).map(|(care, _)| *care).collect();
    if found.len() > 1 {
        found.retain(|care| *care != Care::Other);
    }
    found
}

fn measures(case: &Case, forms: &BTreeMap<Key, Form>) -> Vec<Measures> {
    let of = |(at, document): (usize, &Document)| {
        let form = forms.get(&document.form)?;
        let day = |meaning: Meaning| {
            form.field_meaning(meaning).and_then(|field| case.value(document, &field.key)?.as_date())
        };
        let measures = Measures { document: at, start: day(Meaning::MeasuresStart), end: day(Meaning::MeasuresEnd) };
        (measures.start.is_some() || measures.end.is_some()).then_some(measures)
    };
    case.documents.iter().enumerate().filter_map(of).collect()
}
