//! Problems of a case as data: how grave, where, what. All of them, never only the first.
//!
//! What can only be known by laying out (a character that no font has) is found by
//! [`crate::layout`] and reported in the same shape.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::case::{Case, Document, is_shared};
use super::characters::is_invisible;
use super::date;
use super::entry::{LARGEST_NUMBER, parse_case_number, parse_substitute};
use super::failure::Step;
use super::form::{Field, Form, Kind, Meaning, Needed};
use super::people::People;
use super::value::{Key, Value, Values};

/// The youngest age at work that is not asked about （労働基準法 第56条）.
const YOUNGEST: i32 = 15;
/// The oldest age at work that is not asked about.
const OLDEST: i32 = 90;

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The page would be wrong: no PDF is written.
    Error,
    /// Worth a look.
    Suggestion,
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Place {
    /// The document in the case, counted from 0; none for shared data.
    pub document: Option<usize>,
    /// The field; empty for the whole document.
    pub field: Key,
    /// Row, counted from 0, and column in a table. What is written beside an option of a choice is
    /// addressed like row 0 of it, and what is written beside a tick has no column key.
    pub cell: Option<(usize, Key)>,
}

/// The key by which the case number is named where a field is.
pub const CASE_NUMBER: &str = "case.number";
/// The key by which the substitutes for print are named where a field is.
pub const SUBSTITUTES: &str = "case.substitute";

impl Place {
    /// A field of the shared data, or of the case itself.
    #[must_use]
    pub fn field(key: &str) -> Self {
        Self { field: key.to_owned(), ..Self::default() }
    }

    /// The way to this place in the case file.
    #[must_use]
    pub fn path(&self) -> Vec<Step> {
        let mut path: Vec<Step> = match self.document {
            None if self.field == CASE_NUMBER => return vec!["number".into()],
            None if self.field == SUBSTITUTES => return vec!["print_substitutes".into()],
            None => vec!["people".into()],
            Some(at) => vec!["documents".into(), at.into(), "values".into()],
        };
        if self.field.is_empty() {
            path.pop();
            path.extend(self.document.map(|_| "form".into()));
            return path;
        }
        path.push(self.field.as_str().into());
        if let Some((row, column)) = &self.cell {
            path.extend([(*row).into(), column.as_str().into()]);
        }
        path
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// No template has this key.
    UnknownForm {
        /// The key of the form.
        key: Key,
    },
    /// The form has no field for this value (any more).
    UnusedValue,
    /// The value is of another sort than the field takes.
    WrongKind,
    /// The field has no such option (any more).
    UnknownOption {
        /// As in the case.
        option: Key,
        /// The labels of those that it has.
        known: Vec<Key>,
    },
    /// A character that no font of the program has.
    MissingGlyph {
        /// The character with its variation selector.
        character: String,
    },
    /// A control character or one that turns the direction of writing.
    Invisible {
        /// The character.
        character: char,
    },
    /// A line break in a field of one line.
    LineBreak,
    /// Needed before the form is handed out, and still empty.
    Needed,
    /// An age that is unlikely for somebody at work.
    UnlikelyAge {
        /// The age today, in years.
        years: i32,
    },
    /// The case number is empty, too long, or holds what cannot be seen.
    BadCaseNumber,
    /// A substitute for print is empty or holds what cannot be printed.
    BadSubstitute {
        /// The character it stands for.
        character: String,
    },
}

/// A problem of a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// How grave.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What.
    pub what: What,
}

impl Problem {
    /// A problem that keeps the PDF from being written.
    #[must_use]
    pub fn error(place: Place, what: What) -> Self {
        Self { severity: Severity::Error, place, what }
    }

    /// A problem that is only pointed out.
    #[must_use]
    pub fn suggestion(place: Place, what: What) -> Self {
        Self { severity: Severity::Suggestion, place, what }
    }
}

impl Problem {
    /// What identifies a suggestion for setting it aside: the rule, the place by the identity of its
    /// document, and the texts it is about. None for what cannot be set aside.
    #[must_use]
    pub fn identity(&self, _case: &Case) -> Option<String> {
        None
    }
}

/// All problems of a case that can be seen without laying it out.
#[must_use]
pub fn check(case: &Case, forms: &BTreeMap<Key, Form>, people: &People, today: NaiveDate) -> Vec<Problem> {
    let mut problems = Vec::new();
    check_values(&case.people, None, |key| people.field(key), &mut problems);
    check_age(case, people, today, &mut problems);
    if parse_case_number(&case.number).is_err() {
        problems.push(Problem::error(Place::field(CASE_NUMBER), What::BadCaseNumber));
    }
    for (character, substitute) in &case.print_substitutes {
        if parse_substitute(character, substitute).is_err() {
            let what = What::BadSubstitute { character: character.clone() };
            problems.push(Problem::error(Place::field(SUBSTITUTES), what));
        }
    }
    for (at, document) in case.documents.iter().enumerate() {
        let Some(form) = forms.get(&document.form) else {
            let place = Place { document: Some(at), ..Place::default() };
            problems.push(Problem::error(place, What::UnknownForm { key: document.form.clone() }));
            continue;
        };
        let own_field = |key: &str| form.field(key).filter(|field| !is_shared(&field.key));
        check_values(&document.values, Some(at), own_field, &mut problems);
        check_needed(case, document, at, form, &mut problems);
    }
    problems
}

fn check_values<'a>(
    values: &Values,
    document: Option<usize>,
    field_of: impl Fn(&str) -> Option<&'a Field>,
    problems: &mut Vec<Problem>,
) {
    for (key, value) in values {
        let place = Place { document, field: key.clone(), cell: None };
        match field_of(key) {
            None => problems.push(Problem::suggestion(place, What::UnusedValue)),
            Some(field) => check_value(field, value, &place, problems),
        }
    }
}

fn check_value(field: &Field, value: &Value, place: &Place, problems: &mut Vec<Problem>) {
    if !field.kind.takes(value) {
        problems.push(Problem::error(place.clone(), What::WrongKind));
        return;
    }
    match value {
        Value::Text(text) if field.kind == Kind::Text && text.contains(['\n', '\r']) => {
            problems.push(Problem::error(place.clone(), What::LineBreak));
        }
        Value::Text(text) => check_text(text, place, problems),
        Value::Tick(detail) => {
            if let Value::Text(text) = detail.as_ref() {
                check_text(text, place, problems);
            }
        }
        Value::Choice(chosen) => check_choice(field, chosen, place, problems),
        Value::Rows(rows) => check_rows(field, rows, place, problems),
        Value::Number(number) if !(0.0..=LARGEST_NUMBER).contains(&number.get()) => {
            problems.push(Problem::error(place.clone(), What::WrongKind));
        }
        Value::Blank | Value::Number(_) | Value::Date(_) => {}
    }
}

fn check_text(text: &str, place: &Place, problems: &mut Vec<Problem>) {
    if let Some(character) = text.chars().find(|c| is_invisible(*c) && *c != '\r') {
        problems.push(Problem::error(place.clone(), What::Invisible { character }));
    }
}

fn check_choice(field: &Field, chosen: &Values, place: &Place, problems: &mut Vec<Problem>) {
    for (key, detail) in chosen {
        match field.options().iter().find(|option| option.key == *key) {
            None => {
                let known = field.options().iter().map(|option| option.label.clone()).collect();
                let what = What::UnknownOption { option: key.clone(), known };
                problems.push(Problem::error(place.clone(), what));
            }
            Some(option) if !option.detail.takes(detail) => {
                problems.push(Problem::error(place.clone(), What::WrongKind));
            }
            Some(_) => {
                if let Value::Text(text) = detail {
                    check_text(text, place, problems);
                }
            }
        }
    }
}

fn check_rows(field: &Field, rows: &[Values], place: &Place, problems: &mut Vec<Problem>) {
    for (at, row) in rows.iter().enumerate() {
        for (key, value) in row {
            let place = Place { cell: Some((at, key.clone())), ..place.clone() };
            match field.column(key) {
                None => problems.push(Problem::suggestion(place, What::UnusedValue)),
                Some(column) => check_value(column, value, &place, problems),
            }
        }
    }
}

fn check_age(case: &Case, people: &People, today: NaiveDate, problems: &mut Vec<Problem>) {
    let Some(field) = people.field_meaning(Meaning::BirthDate) else { return };
    let Some(birth) = case.people.get(&field.key).and_then(Value::as_date) else { return };
    let years = date::age(birth, today);
    if !(YOUNGEST..=OLDEST).contains(&years) {
        let place = Place { field: field.key.clone(), ..Place::default() };
        problems.push(Problem::suggestion(place, What::UnlikelyAge { years }));
    }
}

fn check_needed(case: &Case, document: &Document, at: usize, form: &Form, problems: &mut Vec<Problem>) {
    for field in missing(case, document, form) {
        let document = (!is_shared(&field.key)).then_some(at);
        let problem = Problem::suggestion(Place { document, field: field.key.clone(), cell: None }, What::Needed);
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
}

/// The fields of a document that have to be filled before it is handed out, and are not.
pub fn missing<'a>(case: &'a Case, document: &'a Document, form: &'a Form) -> impl Iterator<Item = &'a Field> {
    form.fields.iter().filter(move |field| {
        let is_filled = case.value(document, &field.key).is_some_and(|value| !value.is_empty());
        !is_filled && is_needed(case, document, field)
    })
}

fn is_needed(case: &Case, document: &Document, field: &Field) -> bool {
    match (&field.needed, &field.kind) {
        (_, Kind::Shared) | (Needed::Never, _) => false,
        (Needed::Always, _) => true,
        (Needed::When { field, option }, _) => {
            matches!(case.value(document, field), Some(Value::Choice(chosen)) if chosen.contains_key(option))
        }
    }
}
