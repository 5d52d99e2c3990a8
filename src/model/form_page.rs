//! What a template says about paper: the parts of its page, from the top down.
//!
//! Re-exported by [`super::form`]; lengths are in mm.

use serde::{Deserialize, Serialize};

use super::form::Party;
use super::value::Key;

/// A part of the page, from the top down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// A line in small type at the left, such as （別紙様式４９）.
    Caption(String),
    /// The form's title.
    Title,
    /// A date at the right.
    DateLine(Key),
    /// Empty space, in mm.
    Gap(f32),
    /// Ruled cells.
    Grid {
        /// The width of each column, in mm.
        columns: Vec<f32>,
        /// The rows from the top down.
        rows: Vec<GridRow>,
    },
    /// The rows of a table field, under a heading row.
    Table {
        /// The table field.
        field: Key,
        /// How the columns sit on paper.
        columns: Vec<TableColumn>,
        /// The least number of rows.
        rows: usize,
        /// The least height of a row, in mm.
        height: f32,
    },
    /// A plan as a picture over the months, on a page of its own; printed only where it is wanted.
    Timeline {
        /// The table of its periods: the field that means `plan_rows`.
        field: Key,
        /// What stands above the picture.
        title: String,
    },
    /// A statement with the lines to sign it on. It is never parted from them.
    Statement {
        /// The statement.
        text: String,
        /// Whether a frame is drawn around it.
        #[serde(default)]
        boxed: bool,
        /// The signature lines.
        lines: Vec<SignatureLine>,
    },
    /// A note in small type.
    Note(String),
}

/// A row of a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GridRow {
    /// The least height, in mm.
    pub height: f32,
    /// The cells from left to right; their spans add up to the columns of the grid.
    pub cells: Vec<Cell>,
}

/// A cell of a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// Fixed wording as a label.
    Heading {
        /// The wording.
        text: String,
        /// How many columns it takes.
        #[serde(default = "one")]
        span: usize,
    },
    /// The label of a field.
    Label {
        /// The field.
        field: Key,
        /// How many columns it takes.
        #[serde(default = "one")]
        span: usize,
    },
    /// What was entered into a field.
    Value {
        /// The field.
        field: Key,
        /// How many columns it takes.
        #[serde(default = "one")]
        span: usize,
    },
    /// Several things below one another.
    Stack {
        /// From the top down.
        items: Vec<Content>,
        /// How many columns it takes.
        #[serde(default = "one")]
        span: usize,
    },
}

fn one() -> usize {
    1
}

/// A thing inside of a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Content {
    /// Fixed wording.
    Text(String),
    /// Fixed wording in small type.
    Small(String),
    /// The label of a field.
    Label(Key),
    /// What was entered, at least this high in mm.
    Value {
        /// The field.
        field: Key,
        /// The least height, in mm.
        #[serde(default)]
        height: f32,
    },
    /// Boxes to tick, side by side in columns.
    Choices {
        /// Fields that are ticks or choices.
        fields: Vec<Key>,
        /// The shares that the columns have of the width, such as `[1, 1, 2]`.
        columns: Vec<f32>,
    },
    /// A line of print with fields in it, see [`super::pattern`].
    Line(String),
    /// A line across the cell.
    Rule,
}

/// A column of a table on paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableColumn {
    /// The width, in mm.
    pub width: f32,
    /// The heading as printed.
    pub heading: String,
    /// What stands in a row, as a pattern over the columns of the field: `{start}～{end}`.
    pub content: String,
}

/// A line to sign on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SignatureLine {
    /// Unique in the form: `patient`, `physician`, `company`, `coordinator`, …
    pub key: Key,
    /// Who signs it.
    pub by: Party,
    /// As printed: （本人署名）.
    pub caption: String,
    /// The shared field that says whether there is such a person at all; the line is printed
    /// always, but only asked for where that field is filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_when: Option<Key>,
    /// The step of the process that it ends, where that is not the step of the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<u8>,
    /// The shared field with the name of who is likely to sign.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signer: Option<Key>,
}

impl Cell {
    /// How many columns it takes.
    #[must_use]
    pub fn span(&self) -> usize {
        match self {
            Self::Heading { span, .. }
            | Self::Label { span, .. }
            | Self::Value { span, .. }
            | Self::Stack { span, .. } => *span,
        }
    }
}
