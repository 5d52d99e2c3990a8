//! What can be done with the rows of a table, as in a spreadsheet.

use crate::model::value::{Key, Value, Values};

/// An operation on the rows of a table field; rows are counted from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowEdit {
    /// An empty row is put before this one.
    Insert(usize),
    /// A row is taken out.
    Remove(usize),
    /// A row changes places with the one above it.
    Up(usize),
    /// A row changes places with the one below it.
    Down(usize),
    /// A cell takes over what stands above it.
    FillDown(usize, Key),
}

/// The rows after an edit; none where it changes nothing.
#[must_use]
pub fn edited(rows: &[Values], edit: &RowEdit) -> Option<Vec<Values>> {
    let mut rows = rows.to_vec();
    match edit {
        RowEdit::Insert(at) => {
            // A new row after an empty table's first, still virtual one makes two.
            while rows.len() < *at {
                rows.push(Values::new());
            }
            rows.insert(*at, Values::new());
        }
        RowEdit::Remove(at) => {
            if *at >= rows.len() {
                return None;
            }
            rows.remove(*at);
        }
        RowEdit::Up(at) => {
            if *at == 0 || *at >= rows.len() {
                return None;
            }
            rows.swap(*at, at - 1);
        }
        RowEdit::Down(at) => {
            if at + 1 >= rows.len() {
                return None;
            }
            rows.swap(*at, at + 1);
        }
        RowEdit::FillDown(at, column) => {
            let above: Value = rows.get(at.checked_sub(1)?)?.get(column)?.clone();
            while rows.len() <= *at {
                rows.push(Values::new());
            }
            if rows[*at].insert(column.clone(), above.clone()) == Some(above) {
                return None;
            }
        }
    }
    Some(rows)
}

/// Puts a value into a cell, or takes it out; rows are added as far as needed.
pub fn set_cell(rows: &mut Vec<Values>, row: usize, column: &str, value: Option<Value>) {
    while value.is_some() && rows.len() <= row {
        rows.push(Values::new());
    }
    match (rows.get_mut(row), value) {
        (Some(cells), Some(value)) => drop(cells.insert(column.to_owned(), value)),
        (Some(cells), None) => drop(cells.remove(column)),
        (None, _) => {}
    }
}
