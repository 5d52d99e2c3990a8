//! Begins a form that goes in the place of another one with what that says already.

use crate::model::case::{Case, is_shared};
use crate::model::check::Rules;
use crate::model::failure::Failure;
use crate::model::form::{Field, Form, Meaning};
use crate::model::record::Refused;
use crate::model::value::{Value, Values};

/// Adds a document that begins with what an earlier one says, as far as it fits. Returns its place.
///
/// # Errors
/// There is no such document or no such form.
pub fn carry_over(case: &mut Case, rules: &Rules<'_>, from: usize, to: &str) -> Result<usize, Failure> {
    let unknown = || Failure::UnknownForm { key: to.to_owned(), nearest: Vec::new() };
    if from >= case.documents.len() {
        return Err(Failure::Record { refused: Refused::NoDocument });
    }
    let values = carried(case, rules, from, rules.forms.get(to).ok_or_else(unknown)?);
    let at = case.add_document(to.to_owned());
    case.documents[at].values = values;
    Ok(at)
}

/// What of a document fits another form: fields of the same key, else of a meaning that each of the
/// two forms has but once. What tells the diagnosis or may tell it stays behind; so does what the
/// other form has no option for.
#[must_use]
pub fn carried(case: &Case, rules: &Rules<'_>, from: usize, to: &Form) -> Values {
    let mut values = Values::new();
    let Some(document) = case.documents.get(from) else { return values };
    let Some(form) = rules.forms.get(&document.form) else { return values };
    for field in to.fields.iter().filter(|field| !is_shared(&field.key) && !tells(field)) {
        let source = form.field(&field.key).or_else(|| same_meaning(form, to, field));
        let source = source.filter(|source| !is_shared(&source.key) && !tells(source));
        let value = source.and_then(|source| fitted(source, field, document.values.get(&source.key)?));
        values.extend(value.filter(|value| !value.is_empty()).map(|value| (field.key.clone(), value)));
    }
    values
}

fn tells(field: &Field) -> bool {
    matches!(field.meaning, Some(Meaning::Diagnosis | Meaning::MayRevealDiagnosis))
}

/// The field of a form that means the same, where each form has one such field only.
fn same_meaning<'a>(form: &'a Form, to: &Form, field: &Field) -> Option<&'a Field> {
    let meaning = field.meaning?;
    let count = |form: &Form| form.fields.iter().filter(|field| field.meaning == Some(meaning)).count();
    if count(form) == 1 && count(to) == 1 { form.field_meaning(meaning) } else { None }
}

/// What of a value of one field another one takes.
fn fitted(source: &Field, field: &Field, value: &Value) -> Option<Value> {
    if !field.kind.takes(value) {
        return None;
    }
    Some(match value {
        Value::Choice(chosen) => {
            let fits = |(key, detail): (&String, &Value)| {
                let option = field.options().iter().find(|option| option.key == *key)?;
                let detail = if option.detail.takes(detail) { detail.clone() } else { Value::Blank };
                Some((key.clone(), detail))
            };
            Value::Choice(chosen.iter().filter_map(fits).collect())
        }
        Value::Rows(rows) => {
            let cell = |(key, cell): (&String, &Value)| {
                let (column, source) = (field.column(key)?, source.column(key)?);
                let value = if column.tells_diagnosis() || source.tells_diagnosis() {
                    None
                } else {
                    fitted(source, column, cell)
                };
                Some((key.clone(), value?))
            };
            Value::Rows(rows.iter().map(|row| row.iter().filter_map(cell).collect()).collect())
        }
        _ => value.clone(),
    })
}
