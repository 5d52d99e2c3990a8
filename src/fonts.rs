//! The faces that pages are set in: which has a character, which glyph it is, how wide.
//!
//! Each face is parsed once per process; parsing reads only the tables of contents, so that the
//! 46 MB of IPAmj Mincho stay on disk until a rare name touches them.

use ttf_parser::{Face as Parsed, GlyphId};

use crate::model::failure::Failure;

/// A face of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaceId {
    /// BIZ UDGothic Regular: wording and values alike. It survives a fax better than a Mincho,
    /// and its outlines take two thirds of the bytes.
    Gothic,
    /// BIZ UDGothic Bold: titles.
    GothicBold,
    /// IPAmj Mincho: the rare characters of names, behind all others.
    IpaMincho,
}

impl FaceId {
    /// All faces, in the order in which [`Fonts::new`] takes them.
    pub const ALL: [Self; 3] = [Self::Gothic, Self::GothicBold, Self::IpaMincho];

    /// The name that a PDF gives to the face.
    #[must_use]
    pub fn postscript_name(self) -> &'static str {
        match self {
            Self::Gothic => "BIZUDGothic-Regular",
            Self::GothicBold => "BIZUDGothic-Bold",
            Self::IpaMincho => "IPAmjMincho",
        }
    }
}

/// A glyph of a face.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    /// The face.
    pub face: FaceId,
    /// The number of the glyph in that face.
    pub id: u16,
    /// The advance width, in em.
    pub advance: f32,
}

/// One parsed face.
pub struct Face<'a> {
    /// The font file.
    pub data: &'a [u8],
    /// The parsed tables.
    pub parsed: Parsed<'a>,
}

/// All faces of the program.
pub struct Fonts<'a> {
    faces: [Face<'a>; 3],
}

impl<'a> Fonts<'a> {
    /// Parses the font files, given in the order of [`FaceId::ALL`].
    ///
    /// # Errors
    /// A file that is no TrueType font.
    pub fn new(files: [&'a [u8]; 3]) -> Result<Self, Failure> {
        let parse = |at: usize| -> Result<Face<'a>, Failure> {
            let data = files[at];
            let broken = |_| Failure::Font { name: FaceId::ALL[at].postscript_name().to_owned() };
            Ok(Face { data, parsed: Parsed::parse(data, 0).map_err(broken)? })
        };
        Ok(Self { faces: [parse(0)?, parse(1)?, parse(2)?] })
    }

    /// The face of that name.
    #[must_use]
    pub fn face(&self, id: FaceId) -> &Face<'a> {
        &self.faces[id as usize]
    }

    /// The glyph of a character, from the first of these faces that has it.
    ///
    /// With a variation selector only a face that knows this very variant counts: another shape
    /// of a name is another name.
    #[must_use]
    pub fn glyph(&self, chain: &[FaceId], base: char, selector: Option<char>) -> Option<Glyph> {
        chain.iter().find_map(|&face| {
            let parsed = &self.face(face).parsed;
            let id = match selector {
                None => parsed.glyph_index(base),
                Some(selector) => parsed.glyph_variation_index(base, selector),
            };
            id.filter(|id| id.0 != 0).map(|id| self.measure(face, id))
        })
    }

    fn measure(&self, face: FaceId, id: GlyphId) -> Glyph {
        let parsed = &self.face(face).parsed;
        let width = f32::from(parsed.glyph_hor_advance(id).unwrap_or(parsed.units_per_em()));
        Glyph { face, id: id.0, advance: width / f32::from(parsed.units_per_em()) }
    }
}
