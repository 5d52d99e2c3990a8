//! Laid out pages to the bytes of a PDF: ready to print, to read aloud, to keep, to sign.
//!
//! `draw` puts the items on pages with printpdf; `finish` makes the result PDF/A-3b and
//! PDF/UA-1 with lopdf; `fillable` opens fields to be filled in; `inspect` reads what comes back. Neither knows cases or templates, reads a clock, or does IO: the same
//! pages and metadata give the same bytes.

mod across;
mod certificate;
mod cross_reference;
mod draw;
mod faces;
pub mod fillable;
mod finish;
mod imprint;
mod inspect;
mod locked;
mod metadata;
mod old_version;
mod structure;

use chrono::NaiveDate;

pub use finish::hex;
pub use imprint::{Imprint, digest};
pub use inspect::{DigitalSignature, InspectTrouble, Inspection, inspect};
pub use locked::locked;
pub use old_version::old_version;

use crate::fonts::Fonts;
use crate::layout::document::Document;
use crate::model::failure::Failure;

/// What a PDF says about itself. Holds no patient data.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// The title of the form.
    pub title: String,
    /// The hospital.
    pub author: String,
    /// The day of the document, where it has one; never today by itself.
    pub date: Option<NaiveDate>,
    /// What stays the same for all versions of the document; only its hash is written.
    pub identity: String,
    /// Which paper it is.
    pub imprint: Option<Imprint>,
}

/// Whether these are the very bytes that [`write()`] made for some version of the document of this
/// identity: nothing was signed, noted or added since.
#[must_use]
pub fn is_untouched(bytes: &[u8], identity: &str) -> bool {
    finish::is_untouched(bytes, identity)
}

/// Writes the PDF of a laid out document.
///
/// # Errors
/// A font that cannot be cut down to the used glyphs, or a fault of the PDF libraries.
pub fn write(document: &Document, metadata: &Metadata, fonts: &Fonts<'_>) -> Result<Vec<u8>, Failure> {
    let subsets = faces::subsets(document, fonts)?;
    let (mut drawn, marks) = draw::draw(document, &subsets)?;
    if let Some(word) = &document.across {
        across::stamp(&mut drawn, word, fonts)?;
    }
    finish::finish(drawn, document, &marks, (&subsets, fonts), metadata)
}
