//! The font that viewers write with: BIZ UDGothic with every character that somebody types.
//!
//! The codes are those of Unicode, so that a viewer finds the code of what is typed, and so that the
//! unified ideographs stand for themselves and never for a radical that looks the same.
//! `characters.txt` holds what the face has of JIS X 0208, of what Windows-31J adds to it （①、㈱、髙、
//! 﨑）, and of the kanji of level 3 （JIS X 0213: 剝、塡、頰、鷗）, as Python's codecs `euc_jp`, `cp932`
//! and `euc_jis_2004` know them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use lopdf::{Document as File, Object, ObjectId, Stream, dictionary};
use subsetter::GlyphRemapper;

use crate::fonts::{FaceId, Fonts};
use crate::layout::input::{Input, InputSort};
use crate::model::failure::Failure;

use super::super::metadata::ascii;

/// The name of the font as viewers find it. `PDFium` writes kanji with the font of a field only
/// where it takes it for one of symbols, by this name.
pub(super) const NAME: &str = "Wingdings";

/// The characters that a font for typing has.
const CHARACTERS: &str = include_str!("characters.txt");
/// The name of the subset, beside those of `faces`.
const SUBSET: &str = "RYORAF";
/// The most entries of a block in a table of characters （Adobe Technical Note 5014）.
const BLOCK: usize = 100;

/// How high a line is above and below what stands on it, in the thousandth of an em. `PDFium` sets lines
/// by what the font says of itself: the em box alone would let them touch, and the farther apart they are
/// the smaller it writes what is long.
const ASCENT: i64 = 930;
/// See [`ASCENT`].
const DESCENT: i64 = -170;

/// The characters of the font, by their code: their glyph in the subset, and their width in the
/// thousandth of an em.
type Codes = BTreeMap<u16, (u16, u16)>;

/// Adds the font.
pub(super) fn add<'a>(
    file: &mut File,
    inputs: impl Iterator<Item = &'a Input>,
    fonts: &Fonts<'_>,
) -> Result<ObjectId, Failure> {
    let face = fonts.face(FaceId::Gothic);
    let parsed = &face.parsed;
    let em = u32::from(parsed.units_per_em());
    let thousandth = |units: i32| units * 1000 / em.cast_signed();
    let mut remapper = GlyphRemapper::new();
    let mut codes = Codes::new();
    for character in characters(inputs) {
        let (Ok(code), Some(glyph)) = (u16::try_from(u32::from(character)), parsed.glyph_index(character)) else {
            continue;
        };
        let width = u32::from(parsed.glyph_hor_advance(glyph).unwrap_or(parsed.units_per_em())) * 1000 / em;
        codes.insert(code, (remapper.remap(glyph.0), u16::try_from(width).unwrap_or(1000)));
    }
    let broken = |_| Failure::Font { name: FaceId::Gothic.postscript_name().to_owned() };
    let data = subsetter::subset(face.data, 0, &remapper).map_err(broken)?;
    let length = i64::try_from(data.len()).unwrap_or(i64::MAX);
    let data = file.add_object(Stream::new(dictionary! { "Length1" => length }, data));
    let name = format!("{SUBSET}+{}", FaceId::Gothic.postscript_name());
    let bounds = parsed.global_bounding_box();
    let bounds = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max];
    let descriptor = file.add_object(dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => Object::Name(name.clone().into_bytes()),
        "Flags" => 4,
        "FontBBox" => bounds.map(|length| Object::from(thousandth(i32::from(length)))).to_vec(),
        "ItalicAngle" => 0,
        "Ascent" => ASCENT,
        "Descent" => DESCENT,
        "CapHeight" => thousandth(parsed.capital_height().map_or(0, i32::from)),
        "StemV" => 80,
        "FontFile2" => data,
    });
    let glyphs = file.add_object(Stream::new(dictionary! {}, glyph_map(&codes)));
    let descendant = file.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType2",
        "BaseFont" => Object::Name(name.clone().into_bytes()),
        "CIDSystemInfo" => dictionary! { "Registry" => ascii("Adobe"), "Ordering" => ascii("Identity"), "Supplement" => 0 },
        "FontDescriptor" => descriptor,
        "DW" => 1000,
        "W" => widths(&codes),
        "CIDToGIDMap" => glyphs,
    });
    let unicode = file.add_object(Stream::new(dictionary! {}, to_unicode(&codes).into_bytes()));
    Ok(file.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => Object::Name(name.into_bytes()),
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![descendant.into()],
        "ToUnicode" => unicode,
    }))
}

/// What people type, and what stands there already.
fn characters<'a>(inputs: impl Iterator<Item = &'a Input>) -> BTreeSet<char> {
    let typed = CHARACTERS.chars().filter(|c| !c.is_control());
    let mut all: BTreeSet<char> = typed.chain(' '..='~').collect();
    for input in inputs {
        if let InputSort::Text { value, .. } = &input.sort {
            all.extend(value.chars().filter(|c| !c.is_control()));
        }
    }
    all
}

/// The glyph of every code, two bytes each.
fn glyph_map(codes: &Codes) -> Vec<u8> {
    let last = codes.last_key_value().map_or(0, |(code, _)| *code);
    (0..=last).flat_map(|code| codes.get(&code).map_or(0, |(glyph, _)| *glyph).to_be_bytes()).collect()
}

/// The codes that follow one another and agree in something, as first and last.
fn ranges<T: PartialEq>(codes: &Codes, of: impl Fn(u16, u16) -> T) -> Vec<(u16, u16, T)> {
    let mut ranges: Vec<(u16, u16, T)> = Vec::new();
    for (code, (_, width)) in codes {
        let of = of(*code, *width);
        match ranges.last_mut() {
            Some((_, last, same)) if *last + 1 == *code && *same == of => *last = *code,
            _ => ranges.push((*code, *code, of)),
        }
    }
    ranges
}

/// The widths that are not those of a whole em.
fn widths(codes: &Codes) -> Vec<Object> {
    let narrow = ranges(codes, |_, width| width).into_iter().filter(|(.., width)| *width != 1000);
    narrow.flat_map(|(first, last, width)| [first, last, width].map(|number| Object::from(i64::from(number)))).collect()
}

/// The character of every code.
fn to_unicode(codes: &Codes) -> String {
    let mut text = String::from(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
         /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
         /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
         1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    );
    // Only the last byte may differ within a range.
    let ranges = ranges(codes, |code, _| code >> 8);
    for block in ranges.chunks(BLOCK) {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{} beginbfrange", block.len());
        for (first, last, _) in block {
            let _ = writeln!(text, "<{first:04X}> <{last:04X}> <{first:04X}>");
        }
        text.push_str("endbfrange\n");
    }
    text.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    text
}
