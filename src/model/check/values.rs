//! Each value by itself: whether its field takes it, whether it can be printed, whether it is
//! missing, whether it is likely.

use chrono::NaiveDate;

use crate::model::case::{Case, Document, is_shared};
use crate::model::characters::is_invisible;
use crate::model::date;
use crate::model::entry::{LARGEST_NUMBER, parse_case_number, parse_substitute};
use crate::model::form::{Field, Form, Kind, Meaning, Needed};
use crate::model::people::People;
use crate::model::value::{Value, Values};

use super::{CASE_NUMBER, Place, Problem, Rules, SUBSTITUTES, What};

/// The youngest age at work that is not asked about （労働基準法 第56条）.
const YOUNGEST: i32 = 15;
/// The oldest age at work that is not asked about.
const OLDEST: i32 = 90;

/// What is wrong with the values of a case, whatever the day is.
pub(super) fn check_case(case: &Case, rules: &Rules<'_>, problems: &mut Vec<Problem>) {
    check_values(&case.people, None, |key| rules.people.field(key), problems);
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
        let Some(form) = rules.forms.get(&document.form) else {
            let place = Place { document: Some(at), ..Place::default() };
            problems.push(Problem::error(place, What::UnknownForm { key: document.form.clone() }));
            continue;
        };
        let own_field = |key: &str| form.field(key).filter(|field| !is_shared(&field.key));
        check_values(&document.values, Some(at), own_field, problems);
    }
}

/// What has to be filled before it is handed out, and is not.
pub(super) fn check_all_needed(case: &Case, rules: &Rules<'_>, problems: &mut Vec<Problem>) {
    for (at, document) in case.documents.iter().enumerate() {
        if let Some(form) = rules.forms.get(&document.form) {
            check_needed(case, document, at, form, problems);
        }
    }
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

/// An age at work that is not likely.
pub(super) fn check_age(case: &Case, people: &People, today: NaiveDate, problems: &mut Vec<Problem>) {
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
