//! Keys as they are typed: `patient.name`, `physician_opinion/verdict`,
//! `return_to_work_plan#1/periods[2].hours`, `case.number`, `case.substitute[邊󠄄]`.

use std::collections::BTreeSet;

use crate::model::case::Case;
use crate::model::check::Place;
use crate::model::failure::Failure;
use crate::model::form::Field;
use crate::model::value::{Key, Value, Values};
use crate::store::case_file::CaseFile;
use crate::store::template_file::Library;

/// What a key names.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Address {
    /// ケース番号.
    Number,
    /// What is printed instead of a character.
    Substitute(String),
    /// A field.
    Field(FieldAddress),
}

/// A field, or a cell of a table field.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FieldAddress {
    /// The form and the place of the document in the case, which may be the next new one; none
    /// for shared data.
    pub document: Option<(Key, usize)>,
    /// The key of the field.
    pub field: Key,
    /// Row, counted from 0, and column.
    pub cell: Option<(usize, Key)>,
}

/// Reads a key. Documents are numbered from 1 in the order in which they were begun; without a
/// number it is the newest.
///
/// # Errors
/// Nothing has that key; the nearest ones are suggested.
pub(super) fn parse(typed: &str, case: &Case, library: &Library) -> Result<Address, Failure> {
    if typed == "case.number" {
        return Ok(Address::Number);
    }
    if let Some(character) = typed.strip_prefix("case.substitute[").and_then(|rest| rest.strip_suffix(']')) {
        return Ok(Address::Substitute(character.to_owned()));
    }
    let unknown = || unknown_key(typed, library);
    let (document, rest) = match typed.split_once('/') {
        None => (None, typed),
        Some((form, rest)) => (Some(document(typed, form, case, library)?), rest),
    };
    let (field, cell) = match rest.split_once('[') {
        None => (rest, None),
        Some((field, cell)) => (field, Some(parse_cell(cell).ok_or_else(unknown)?)),
    };
    let address = FieldAddress { document, field: field.to_owned(), cell };
    let found = address.find(library).ok_or_else(unknown)?;
    if address.document.is_some() && crate::model::case::is_shared(&found.key) {
        return Err(unknown());
    }
    Ok(Address::Field(address))
}

fn document(typed: &str, form: &str, case: &Case, library: &Library) -> Result<(Key, usize), Failure> {
    let (key, number) = match form.split_once('#') {
        None => (form, None),
        Some((key, number)) => (key, Some(number)),
    };
    if !library.forms.contains_key(key) {
        return Err(unknown_key(typed, library));
    }
    let begun: Vec<usize> = case.documents_of(key).collect();
    let next = case.documents.len();
    let at = match number.map(str::parse::<usize>) {
        None => begun.last().copied().unwrap_or(next),
        Some(Ok(number)) if (1..=begun.len()).contains(&number) => begun[number - 1],
        Some(Ok(number)) if number == begun.len() + 1 => next,
        Some(_) => return Err(Failure::NoSuchNumber { key: typed.to_owned(), last: begun.len() + 1 }),
    };
    Ok((key.to_owned(), at))
}

/// A place as it is typed.
pub(super) fn typed(place: &Place, case: &Case) -> String {
    let cell = |(row, column): &(usize, Key)| format!("[{}].{column}", row + 1);
    let field = format!("{}{}", place.field, place.cell.as_ref().map(cell).unwrap_or_default());
    place.document.map_or(field.clone(), |at| typed_field(case, at, &field))
}

/// A field of a document as it is typed: `opinion#1/verdict`.
pub(super) fn typed_field(case: &Case, at: usize, field: &str) -> String {
    let form = &case.documents[at].form;
    let number = case.documents_of(form).take_while(|other| *other <= at).count();
    if field.is_empty() { format!("{form}#{number}") } else { format!("{form}#{number}/{field}") }
}

/// The document that `opinion` or `opinion#2` names, by its place in the case.
///
/// # Errors
/// There is no such form, or the case has no such document.
pub(super) fn document_of(typed: &str, case_file: &CaseFile, library: &Library) -> Result<usize, Failure> {
    let case = &case_file.case;
    let key = typed.split('#').next().unwrap_or_default();
    if !library.forms.contains_key(key) {
        return Err(Failure::UnknownForm { key: key.to_owned(), nearest: nearest(key, library.forms.keys().cloned()) });
    }
    let Some(last) = case.documents_of(key).count().checked_sub(1) else {
        let known: BTreeSet<Key> = case.documents.iter().map(|document| document.form.clone()).collect();
        let (path, known) = (case_file.path.clone(), known.into_iter().collect());
        return Err(Failure::NotInCase { path, key: key.to_owned(), known });
    };
    let (_, at) = document(typed, typed, case, library)?;
    if at < case.documents.len() {
        return Ok(at);
    }
    Err(Failure::NoSuchNumber { key: typed.to_owned(), last: last + 1 })
}

/// `2].hours`: row 2, counted from 1, and the column.
fn parse_cell(text: &str) -> Option<(usize, Key)> {
    let (row, column) = text.split_once("].")?;
    Some((row.parse::<usize>().ok()?.checked_sub(1)?, column.to_owned()))
}

impl FieldAddress {
    /// The field of the template, or the column of it.
    pub fn find<'a>(&self, library: &'a Library) -> Option<&'a Field> {
        let field = match &self.document {
            None => library.people.field(&self.field),
            Some((form, _)) => library.forms.get(form)?.field(&self.field),
        }?;
        match &self.cell {
            None => Some(field),
            Some((_, column)) => field.column(column),
        }
    }

    /// What the case holds there.
    pub fn value<'a>(&self, case: &'a Case) -> Option<&'a Value> {
        let values = match &self.document {
            None => &case.people,
            Some((_, at)) => &case.documents.get(*at)?.values,
        };
        match (values.get(&self.field)?, &self.cell) {
            (Value::Rows(rows), Some((row, column))) => rows.get(*row)?.get(column),
            (_, Some(_)) => None,
            (value, None) => Some(value),
        }
    }

    /// Puts a value there; none empties the field. A document or a row that is the next new one
    /// is begun.
    ///
    /// # Errors
    /// The row is neither there nor the next new one.
    pub fn put(&self, case: &mut Case, value: Option<Value>) -> Result<(), Failure> {
        let values = match &self.document {
            None => &mut case.people,
            Some((form, at)) => {
                if *at == case.documents.len() && value.is_none() {
                    return Ok(());
                }
                if *at == case.documents.len() {
                    case.add_document(form.clone());
                }
                &mut case.documents[*at].values
            }
        };
        let Some((row, column)) = &self.cell else {
            put(values, &self.field, value);
            return Ok(());
        };
        let mut rows = match values.remove(&self.field) {
            Some(Value::Rows(rows)) => rows,
            _ => Vec::new(),
        };
        if *row > rows.len() {
            let last = rows.len() + 1;
            return Err(Failure::NoSuchNumber { key: format!("{}[{}]", self.field, row + 1), last });
        }
        if *row == rows.len() {
            rows.push(Values::new());
        }
        put(&mut rows[*row], column, value);
        while rows.last().is_some_and(Values::is_empty) {
            rows.pop();
        }
        let rows = (!rows.is_empty()).then_some(Value::Rows(rows));
        put(values, &self.field, rows);
        Ok(())
    }
}

fn put(values: &mut Values, key: &str, value: Option<Value>) {
    match value {
        None => values.remove(key),
        Some(value) => values.insert(key.to_owned(), value),
    };
}

/// A key that is none, with the nearest ones that are.
fn unknown_key(typed: &str, library: &Library) -> Failure {
    Failure::UnknownKey { key: typed.to_owned(), nearest: nearest(typed, all_keys(library)) }
}

/// The three known words that are most like the typed one, the likest first.
pub(super) fn nearest(typed: &str, known: impl Iterator<Item = String>) -> Vec<String> {
    // A key under the wrong form, or under none, is likely right in its last part.
    fn tail(key: &str) -> &str {
        key.rsplit('/').next().unwrap_or(key)
    }
    let score =
        |known: &str| strsim::jaro_winkler(typed, known).max(strsim::jaro_winkler(tail(typed), tail(known)) - 0.05);
    let mut scored: Vec<(f64, String)> =
        known.map(|known| (score(&known), known)).filter(|(score, _)| *score > 0.8).collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    scored.into_iter().take(3).map(|(_, known)| known).collect()
}

fn all_keys(library: &Library) -> impl Iterator<Item = String> {
    let cells = |prefix: String, field: &Field| -> Vec<String> {
        if field.columns().is_empty() {
            return vec![prefix];
        }
        field.columns().iter().map(|column| format!("{prefix}[1].{}", column.key)).collect()
    };
    let shared = library.people.fields.iter().flat_map(move |field| cells(field.key.clone(), field));
    let own = library.forms.values().flat_map(move |form| {
        let fields = form.fields.iter().filter(|field| !crate::model::case::is_shared(&field.key));
        fields.flat_map(move |field| cells(format!("{}/{}", form.key, field.key), field))
    });
    shared.chain(own).chain(std::iter::once("case.number".to_owned()))
}
