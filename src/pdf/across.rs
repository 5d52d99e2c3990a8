//! A word across every page in hollow letters: 下書き, 旧版.
//!
//! The letters are outlines with nothing in them, so that what stands below stays readable, on a
//! fax too. They are decoration to a screen reader: the footer and the metadata say the same.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document as File, Object, Stream};
use ttf_parser::{GlyphId, OutlineBuilder};

use crate::fonts::{FaceId, Fonts};
use crate::layout::page::PAGE;
use crate::model::failure::Failure;

/// Thickness of the outlines, in pt.
const THICKNESS: f32 = 0.4;
/// How long the word is, at the most, in pt: it stays off the corners of the page.
const LENGTH: f32 = 640.0;
/// How high a letter is, at the most, in pt.
const HEIGHT: f32 = 210.0;
/// Between two letters, in em.
const APART: f32 = 0.15;
/// The middle of a letter above the line that it stands on, in em.
const MIDDLE: f32 = 0.38;

/// Puts the word across every page, from the lower left to the upper right.
pub(super) fn stamp(file: &mut File, word: &str, fonts: &Fonts<'_>) -> Result<(), Failure> {
    let content = file.add_object(Stream::new(Dictionary::new(), content(word, fonts)?.into_bytes()));
    let fault = |error: lopdf::Error| Failure::Inside { reason: error.to_string() };
    for page in file.get_pages().into_values() {
        let page = file.get_object_mut(page).and_then(Object::as_dict_mut).map_err(fault)?;
        let mut contents = match page.remove(b"Contents") {
            Some(Object::Array(contents)) => contents,
            Some(only) => vec![only],
            None => Vec::new(),
        };
        contents.push(content.into());
        page.set("Contents", contents);
    }
    Ok(())
}

/// The operators that draw the word.
fn content(word: &str, fonts: &Fonts<'_>) -> Result<String, Failure> {
    let face = &fonts.face(FaceId::GothicBold).parsed;
    let em = f32::from(face.units_per_em());
    let glyphs: Vec<GlyphId> = word.chars().filter_map(|c| face.glyph_index(c)).collect();
    if glyphs.is_empty() || glyphs.len() != word.chars().count() {
        return Err(Failure::Inside { reason: "a word across the page has no glyphs".to_owned() });
    }
    let advance = |glyph: &GlyphId| f32::from(face.glyph_hor_advance(*glyph).unwrap_or(0)) / em;
    let between = |count: usize| glyphs.iter().take(count).map(|glyph| advance(glyph) + APART).sum::<f32>();
    let width = between(glyphs.len()) - APART;
    let size = HEIGHT.min(LENGTH / width);
    let mut outline = Outline { text: String::new(), scale: size / em, origin: (0.0, -MIDDLE * size), at: (0.0, 0.0) };
    for (nth, glyph) in glyphs.iter().enumerate() {
        outline.origin.0 = (between(nth) - width / 2.0) * size;
        face.outline_glyph(*glyph, &mut outline);
    }
    // Along the diagonal of the page.
    let diagonal = PAGE.0.hypot(PAGE.1);
    let (along, up) = (PAGE.0 / diagonal, PAGE.1 / diagonal);
    let (x, y) = (PAGE.0 / 2.0, PAGE.1 / 2.0);
    Ok(format!(
        "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC\nq\n\
         {THICKNESS} w 1 J 1 j 0 G\n{along:.5} {up:.5} {:.5} {along:.5} {x:.2} {y:.2} cm\n{}S\nQ\nEMC\n",
        -up, outline.text
    ))
}

/// Takes the outline of a glyph down as the operators that draw it.
struct Outline {
    text: String,
    scale: f32,
    /// Where the glyph stands, in pt from the middle of the page.
    origin: (f32, f32),
    /// Where the pen is, in units of the face.
    at: (f32, f32),
}

impl Outline {
    fn put(&mut self, points: &[(f32, f32)], operator: &str) {
        for (x, y) in points {
            let (x, y) = (self.origin.0 + x * self.scale, self.origin.1 + y * self.scale);
            // Writing to a text cannot fail.
            let _ = write!(self.text, "{x:.2} {y:.2} ");
        }
        let _ = writeln!(self.text, "{operator}");
        self.at = points.last().copied().unwrap_or(self.at);
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.put(&[(x, y)], "m");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.put(&[(x, y)], "l");
    }

    /// PDF has no quadratic curves: the handles of the cubic one are two thirds of the way.
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let toward = |from: f32, handle: f32| from + (handle - from) * 2.0 / 3.0;
        let first = (toward(self.at.0, x1), toward(self.at.1, y1));
        let second = (toward(x, x1), toward(y, y1));
        self.put(&[first, second, (x, y)], "c");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.put(&[(x1, y1), (x2, y2), (x, y)], "c");
    }

    fn close(&mut self) {
        self.text.push_str("h\n");
    }
}
