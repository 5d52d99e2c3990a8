//! What can be wrong in a template, as data: found by [`super::template_check`], worded by
//! [`crate::messages`].

use super::failure::Step;
use super::pattern::PatternError;
use super::value::Key;

/// A problem of a template.
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateProblem {
    /// The way to the place in the file.
    pub path: Vec<Step>,
    /// What is wrong there.
    pub what: TemplateWhat,
}

/// What is wrong in a template.
#[derive(Clone, Debug, PartialEq)]
pub enum TemplateWhat {
    /// A key, a title or a version is empty.
    Empty,
    /// A key has characters that a key may not have.
    BadKey(Key),
    /// A key stands twice.
    DuplicateKey(Key),
    /// A key with a dot is no shared data.
    UnknownShared(Key),
    /// The page names a field that the form does not have.
    UnknownField(Key),
    /// A pattern cannot be read.
    Pattern(PatternError),
    /// Wider than the printed part of the page; both in mm.
    TooWide {
        /// As the template says.
        width: f32,
        /// What there is.
        limit: f32,
    },
    /// A length that is negative, no number, or higher than a page; in mm.
    BadLength(f32),
    /// The spans of a row do not add up to the columns of its grid.
    Spans {
        /// What they add up to.
        spans: usize,
        /// The columns of the grid.
        columns: usize,
    },
    /// A choice without options, or a table without columns.
    NothingToChoose,
    /// The key of shared data without a dot cannot be that of a field.
    TakenKey(Key),
    /// Shared data has the kind that it has, on every form.
    SharedKind(Key),
    /// More rows than pages of any use would hold.
    TooManyRows(usize),
    /// A text that is longer than the page has room for; in characters.
    TooLong(usize),
    /// A character that cannot be seen, in a text that is printed.
    Invisible(char),
    /// A step that the process does not have.
    BadStep(u8),
    /// A condition names an option that the field does not have.
    UnknownOption(Key),
    /// A sort of work that the rules do not know, and those that they know.
    UnknownTopic {
        /// As in the template.
        topic: Key,
        /// The keys of those that there are.
        known: Vec<Key>,
    },
    /// The form that goes where the diagnosis may not be told is not there, and those that might.
    UnknownInstead {
        /// As in the template.
        form: Key,
        /// The keys of the forms that tell no diagnosis.
        known: Vec<Key>,
    },
    /// The form that goes where the diagnosis may not be told tells it too.
    TellingInstead(Key),
    /// `needed` on the column of a table, where it has no effect.
    NoEffect(Key),
    /// A field of its own without a kind.
    NoKind(Key),
    /// The field does not fit what the page does with it.
    WrongKind(Key),
    /// A field that the page never shows.
    NotOnPage(Key),
    /// No columns side by side, or one without a share of the width.
    BadColumns,
}
