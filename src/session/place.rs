//! What stands at a place of a case, and where a place goes when rows and documents move.

use std::collections::BTreeMap;

use crate::model::case::Case;
use crate::model::check::Place;
use crate::model::value::Value;

use super::rows::{RowEdit, set_cell};

/// Puts a value into a place, or takes it out.
pub fn set_value(case: &mut Case, place: &Place, value: Option<Value>) {
    let values = match place.document {
        None => &mut case.people,
        Some(at) => match case.documents.get_mut(at) {
            Some(document) => &mut document.values,
            None => return,
        },
    };
    match (&place.cell, value) {
        (None, None) => drop(values.remove(&place.field)),
        (None, Some(value)) => drop(values.insert(place.field.clone(), value)),
        (Some((row, column)), value) => {
            if let Some(chosen @ (Value::Choice(_) | Value::Tick(_))) = values.get_mut(&place.field) {
                set_detail(chosen, column, value.unwrap_or(Value::Blank));
                return;
            }
            let rows = values.entry(place.field.clone()).or_insert_with(|| Value::Rows(Vec::new()));
            if value.is_some() && !matches!(rows, Value::Rows(_)) {
                // Whatever stood there was no table; undoing brings it back.
                *rows = Value::Rows(Vec::new());
            }
            if let Value::Rows(rows) = rows {
                set_cell(rows, *row, column, value);
            }
            if matches!(values.get(&place.field), Some(Value::Rows(rows)) if rows.is_empty()) {
                values.remove(&place.field);
            }
        }
    }
}

/// Writes beside a chosen option or a tick; beside what is not chosen nothing is written.
fn set_detail(value: &mut Value, option: &str, detail: Value) {
    match value {
        Value::Choice(chosen) => {
            if let Some(place) = chosen.get_mut(option) {
                *place = detail;
            }
        }
        Value::Tick(place) => **place = detail,
        _ => {}
    }
}

/// Typed text follows its row.
pub fn moved(pending: BTreeMap<Place, String>, table: &Place, edit: &RowEdit) -> BTreeMap<Place, String> {
    let row_after = |row: usize| match *edit {
        RowEdit::Insert(at) if row >= at => Some(row + 1),
        RowEdit::Remove(at) if row == at => None,
        RowEdit::Remove(at) if row > at => Some(row - 1),
        RowEdit::Up(at) if row == at => Some(row - 1),
        RowEdit::Up(at) if row + 1 == at => Some(at),
        RowEdit::Down(at) if row == at => Some(row + 1),
        RowEdit::Down(at) if row == at + 1 => Some(at),
        _ => Some(row),
    };
    let follow = |(place, text): (Place, String)| {
        let is_here = place.document == table.document && place.field == table.field;
        let cell = match place.cell {
            Some((row, column)) if is_here => {
                let is_filled = matches!(edit, RowEdit::FillDown(at, filled) if *at == row && *filled == column);
                Some((row_after(row).filter(|_| !is_filled)?, column))
            }
            cell => cell,
        };
        Some((Place { cell, ..place }, text))
    };
    pending.into_iter().filter_map(follow).collect()
}

/// A place after a document was removed; none if it was in that document.
pub fn without(place: Place, removed: usize) -> Option<Place> {
    let document = match place.document {
        Some(at) if at == removed => return None,
        Some(at) if at > removed => Some(at - 1),
        document => document,
    };
    Some(Place { document, ..place })
}
