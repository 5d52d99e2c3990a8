//! The faces of a document, cut down to the glyphs that it uses.
//!
//! printpdf gets ready subsets: parsing a whole face there would cost more than all the rest.

use std::collections::BTreeMap;

use printpdf::{FontId, FontMetrics, ParsedFont, PdfFont, PdfFontMetricsStub};
use subsetter::GlyphRemapper;

use crate::fonts::{FaceId, Fonts};
use crate::layout::document::{Document, Item, Page, PlacedGlyph, Run};
use crate::layout::input::Input;
use crate::model::failure::Failure;

/// A face cut down to the glyphs of one document.
pub(super) struct Subset {
    pub font: PdfFont,
    glyphs: GlyphRemapper,
    /// The text that a glyph stands for, by its number in the subset, where it stands alone.
    texts: BTreeMap<u16, String>,
}

impl Subset {
    /// The number of a glyph in the subset.
    pub fn glyph(&self, id: u16) -> u16 {
        self.glyphs.get(id).unwrap_or(0)
    }

    /// The text that a reader finds for a glyph of the subset.
    pub fn text(&self, glyph: u16) -> &str {
        self.texts.get(&glyph).map_or("", String::as_str)
    }
}

/// The faces of a document, cut down.
pub(super) type Subsets = BTreeMap<FaceId, Subset>;

/// The name of a face inside of the file: fixed, and a valid tag of a subset.
pub(super) fn font_id(face: FaceId) -> FontId {
    let tag = match face {
        FaceId::Gothic => "RYORAA",
        FaceId::GothicBold => "RYORAB",
        FaceId::IpaMincho => "RYORAC",
    };
    FontId(tag.to_owned())
}

/// Cuts down every face that the document uses.
pub(super) fn subsets(document: &Document, fonts: &Fonts<'_>) -> Result<Subsets, Failure> {
    let mut used: BTreeMap<FaceId, BTreeMap<u16, String>> = BTreeMap::new();
    for (run, glyph) in document.pages.iter().flat_map(glyphs) {
        // One glyph may stand for several texts: the plain character is what it means unless a
        // span says otherwise.
        let text = used.entry(run.face).or_default().entry(glyph.id).or_insert_with(|| glyph.text.clone());
        if glyph.text.chars().count() < text.chars().count() {
            text.clone_from(&glyph.text);
        }
    }
    used.into_iter().map(|(face, glyphs)| Ok((face, subset(face, &glyphs, fonts)?))).collect()
}

/// All glyphs of a page: those that are printed, and those that stand in its inputs and that the
/// font for typing does not have.
fn glyphs(page: &Page) -> impl Iterator<Item = (&Run, &PlacedGlyph)> {
    let printed = page.items.iter().filter_map(|item| if let Item::Text(run) = item { Some(run) } else { None });
    printed.flat_map(placed).chain(untyped(page))
}

/// The glyphs that stand in the inputs of a page and that the font for typing does not have.
pub(super) fn untyped(page: &Page) -> impl Iterator<Item = (&Run, &PlacedGlyph)> {
    let shown = page.inputs.iter().flat_map(Input::shown).flat_map(placed);
    shown.filter(|(run, glyph)| typed(run.face, glyph).is_none())
}

fn placed(run: &Run) -> impl Iterator<Item = (&Run, &PlacedGlyph)> {
    run.glyphs.iter().map(move |glyph| (run, glyph))
}

/// The code of a glyph in the font for typing, where that has it.
pub(super) fn typed(face: FaceId, glyph: &PlacedGlyph) -> Option<u16> {
    let mut characters = glyph.text.chars();
    match (face, characters.next(), characters.next()) {
        (FaceId::Gothic, Some(only), None) => u16::try_from(u32::from(only)).ok(),
        _ => None,
    }
}

fn subset(face: FaceId, glyphs: &BTreeMap<u16, String>, fonts: &Fonts<'_>) -> Result<Subset, Failure> {
    let source = fonts.face(face);
    let mut remapper = GlyphRemapper::new();
    for id in glyphs.keys() {
        remapper.remap(*id);
    }
    let broken = |_| Failure::Font { name: face.postscript_name().to_owned() };
    let bytes = subsetter::subset(source.data, 0, &remapper).map_err(broken)?;
    let parsed = &source.parsed;
    let advance = |id: u16| parsed.glyph_hor_advance(ttf_parser::GlyphId(id)).unwrap_or(parsed.units_per_em());
    let mut widths = BTreeMap::from([(0, advance(0))]);
    let mut texts = BTreeMap::new();
    for (id, text) in glyphs {
        if let Some(new) = remapper.get(*id) {
            widths.insert(new, advance(*id));
            texts.insert(new, text.clone());
        }
    }
    let name = format!("{}+{}", font_id(face).0, face.postscript_name());
    let metrics = FontMetrics { ascent: parsed.ascender(), descent: parsed.descender() };
    let mut font =
        ParsedFont::with_glyph_data(bytes, 0, Some(name), BTreeMap::new(), widths, parsed.units_per_em(), metrics);
    let bounds = parsed.global_bounding_box();
    font.pdf_font_metrics = PdfFontMetricsStub {
        units_per_em: parsed.units_per_em(),
        x_min: bounds.x_min,
        y_min: bounds.y_min,
        x_max: bounds.x_max,
        y_max: bounds.y_max,
        caret_slope_rise: 1,
        caret_slope_run: 0,
        us_weight_class: parsed.weight().to_number(),
    };
    Ok(Subset { font: PdfFont::new(font), glyphs: remapper, texts })
}
