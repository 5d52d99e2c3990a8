//! A form and what was entered into it, as pages of placed glyphs, lines, boxes and fields.
//!
//! One engine for every form. The result is what printing, the preview and the checks share; it
//! knows nothing of PDF. All lengths are pt from the top left corner of the page.
//!
//! - [`document`]: what comes out.
//! - [`text`]: characters to glyphs, and lines by the Japanese rules.
//! - [`inline`]: what stands in a line of print: wording, values, tick boxes, blanks.
//! - [`input`]: what is filled in on a page whose fields are open.
//! - [`cell`]: the content of one cell, as strips that a page break may fall between.
//! - [`block`]: the parts of a page, from the template.
//! - [`timeline`]: a plan as a picture.
//! - [`page`]: which part comes on which page.

pub mod block;
pub mod cell;
pub mod document;
pub mod inline;
pub mod input;
pub mod page;
pub mod text;
pub mod timeline;

use chrono::NaiveDate;

use crate::fonts::Fonts;
use crate::model::case::{Case, Document as CaseDocument};
use crate::model::check::{Place, Problem, What};
use crate::model::form::Form;
use crate::model::timeline::Timeline;
use document::{Document, Tags};

pub use crate::model::revision::Edition;

/// Points in a millimetre.
pub const MM: f32 = 72.0 / 25.4;

/// What a form is laid out from.
pub struct Source<'a> {
    /// The template.
    pub form: &'a Form,
    /// The case, for the shared data and the substitutes for print.
    pub case: &'a Case,
    /// Which document of the case.
    pub at: usize,
    /// The faces.
    pub fonts: &'a Fonts<'a>,
    /// Today: the era of a date that is left to be written.
    pub today: NaiveDate,
    /// What the pages are for.
    pub edition: Edition,
    /// The plan over the months, where it is to be printed as a picture too.
    pub timeline: Option<&'a Timeline>,
}

impl Source<'_> {
    /// The document that is laid out.
    ///
    /// # Panics
    /// Never for a place that came from the same case.
    #[must_use]
    pub fn document(&self) -> &CaseDocument {
        &self.case.documents[self.at]
    }
}

/// What every part of the engine works with.
pub(crate) struct Work<'a> {
    pub source: &'a Source<'a>,
    pub text: text::Setter<'a>,
    pub tags: Tags,
    pub problems: Vec<Problem>,
    /// Which fields and cells are open to be filled in.
    is_open: &'a dyn Fn(&inline::FieldRef) -> bool,
}

impl Work<'_> {
    /// Whether a field or cell is open to be filled in.
    pub fn is_open(&self, at: &inline::FieldRef) -> bool {
        (self.is_open)(at)
    }

    /// Notes a character that no font has, once per field.
    pub fn missing(&mut self, field: Option<&inline::FieldRef>, character: String) {
        let (key, cell) = field.map_or((String::new(), None), |field| (field.key.clone(), field.cell.clone()));
        let document = (!crate::model::case::is_shared(&key)).then_some(self.source.at);
        let problem = Problem::error(Place { document, field: key, cell }, What::MissingGlyph { character });
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

/// Lays a document out.
///
/// Problems do not stop it: a character without a glyph leaves a gap and is reported in
/// [`Document::problems`], for the preview to show and for printing to refuse.
#[must_use]
pub fn layout(source: &Source<'_>) -> Document {
    layout_open(source, &|_| false)
}

/// The same with some fields open: instead of what stands in them they have inputs, wide and high
/// enough to write into. Everything else is printed as ever.
#[must_use]
pub fn layout_open(source: &Source<'_>, is_open: &dyn Fn(&inline::FieldRef) -> bool) -> Document {
    let text = text::Setter::new(source.fonts, &source.case.print_substitutes);
    let mut work = Work { source, text, tags: Tags::new(), problems: Vec::new(), is_open };
    let units = block::units(&mut work);
    let pages = page::paginate(&mut work, units);
    Document { title: source.form.title.clone(), pages, tags: work.tags, problems: work.problems, across: None }
}
