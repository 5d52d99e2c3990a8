//! Characters to glyphs, and glyphs to lines by the Japanese rules （禁則処理）.
//!
//! Where a line may end is decided by ICU4X (UAX 14, strict, for Japanese) and a few rules of
//! Japanese practice on top. Every glyph comes from a face that really has it; what none has is
//! told to the caller.

use std::collections::BTreeMap;
use std::ops::Range;

use icu_segmenter::options::LineBreakOptions;
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use unicode_normalization::char::compose;

use crate::fonts::{FaceId, Fonts, Glyph};
use crate::model::characters::{clusters, is_kanji, is_selector};

/// How text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// The title of a form.
    Title,
    /// The heading of a part.
    Heading,
    /// The wording of a form.
    Label,
    /// What was entered.
    Body,
    /// Hints and notes.
    Small,
    /// The footer and the heading of further pages.
    Margin,
}

impl Style {
    /// The size in pt. Nothing but the footer is below 9 pt, so that a fax stays readable.
    #[must_use]
    pub fn size(self) -> f32 {
        match self {
            Self::Title => 16.0,
            Self::Heading => 12.0,
            Self::Label => 10.0,
            Self::Body => 10.5,
            Self::Small => 9.0,
            Self::Margin => 8.0,
        }
    }

    /// From one line to the next, in pt.
    #[must_use]
    pub fn leading(self) -> f32 {
        match self {
            Self::Title => 24.0,
            Self::Heading => 16.0,
            Self::Label => 14.0,
            Self::Body => 14.4,
            Self::Small => 12.0,
            Self::Margin => 11.0,
        }
    }

    /// The face of this style; behind it stands IPAmj Mincho for the characters that it lacks.
    #[must_use]
    pub fn face(self) -> FaceId {
        if matches!(self, Self::Title | Self::Heading) { FaceId::GothicBold } else { FaceId::Gothic }
    }

    /// From the upper edge of a line of this leading to the line that characters stand on, in
    /// pt. The em box of all faces reaches 0.88 em up （ascent 1802 of 2048）.
    #[must_use]
    pub fn baseline(self, leading: f32) -> f32 {
        (leading - self.size()) / 2.0 + self.size() * 0.88
    }
}

/// What a line is made of, before it is set.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Characters.
    Text(String, Style),
    /// A box to tick, in the size of this style.
    TickBox(Style),
    /// A gap that nothing is broken at, in pt.
    Gap(f32),
}

/// The smallest thing on a line: a character with its selector or mark, a box, a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Atom {
    /// Which piece it belongs to, by its place.
    pub piece: usize,
    /// The characters that it stands for.
    pub text: String,
    /// What is drawn.
    pub ink: Ink,
    /// The width, in pt.
    pub width: f32,
    /// Whether a line may end before it.
    pub may_break_before: bool,
}

/// What an atom draws.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ink {
    /// Nothing.
    Nothing,
    /// A glyph.
    Glyph(Glyph),
    /// A box to tick.
    TickBox,
    /// Nothing, because no font has the character.
    Missing,
}

impl Atom {
    fn ends_line(&self) -> bool {
        self.text == "\n"
    }

    /// Whether it may hang over the end of a line, because it has no ink.
    fn is_space(&self) -> bool {
        !self.text.is_empty() && self.text.chars().all(char::is_whitespace)
    }
}

/// Sets text.
pub struct Setter<'a> {
    fonts: &'a Fonts<'a>,
    substitutes: &'a BTreeMap<String, String>,
    segmenter: LineSegmenterBorrowed<'static>,
}

/// No line starts with these, beyond what UAX 14 says （行頭禁則）.
const NEVER_FIRST: &str = "～〜・：；／＝…‥％℃";

/// Stands for a box when places for line breaks are looked for: like a kanji.
const BOX_STANDIN: char = '一';
/// Stands for a gap: a line is broken neither before nor after it.
const GAP_STANDIN: char = '\u{2060}';

impl<'a> Setter<'a> {
    /// Sets with these faces, and these texts instead of characters that none has.
    #[must_use]
    pub fn new(fonts: &'a Fonts<'a>, substitutes: &'a BTreeMap<String, String>) -> Self {
        let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
        Self { fonts, substitutes, segmenter }
    }

    /// What the pieces are made of, with the places where a line may end.
    #[must_use]
    pub fn atoms(&self, pieces: &[Piece]) -> Vec<Atom> {
        let mut flat = String::new();
        let mut atoms = Vec::new();
        let mut starts = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            let atom =
                |text: String, ink: Ink, width: f32| Atom { piece: at, text, ink, width, may_break_before: false };
            match piece {
                Piece::TickBox(style) => {
                    starts.push(flat.len());
                    flat.push(BOX_STANDIN);
                    atoms.push(atom(String::new(), Ink::TickBox, style.size() * 1.15));
                }
                Piece::Gap(width) => {
                    starts.push(flat.len());
                    flat.push(GAP_STANDIN);
                    atoms.push(atom(String::new(), Ink::Nothing, *width));
                }
                Piece::Text(text, style) => {
                    let text = text.replace("\r\n", "\n").replace('\r', "\n");
                    let mut inks: Vec<_> =
                        clusters(&text).flat_map(|cluster| self.ink(cluster, style.face())).collect();
                    self.set_names_in_one_face(&mut inks);
                    for (text, ink, advance) in inks {
                        starts.push(flat.len());
                        flat.push_str(&text);
                        atoms.push(atom(text, ink, advance * style.size()));
                    }
                }
            }
        }
        let breaks: Vec<usize> = self.segmenter.segment_str(&flat).collect();
        for at in 1..atoms.len() {
            let is_allowed = breaks.binary_search(&starts[at]).is_ok();
            let follows_box = atoms[at - 1].ink == Ink::TickBox;
            let never_first = atoms[at].text.starts_with(|c| NEVER_FIRST.contains(c));
            atoms[at].may_break_before = is_allowed && !follows_box && !never_first;
        }
        atoms
    }

    /// What stands for a character: its glyph, or that of its substitutes, and the widths in em.
    fn ink(&self, cluster: &str, face: FaceId) -> Vec<(String, Ink, f32)> {
        let found = |cluster: &str| {
            let glyph = self.glyph(cluster, &[face, FaceId::IpaMincho])?;
            Some((cluster.to_owned(), Ink::Glyph(glyph), glyph.advance))
        };
        match cluster {
            "\n" => return vec![(cluster.to_owned(), Ink::Nothing, 0.0)],
            "\t" => return vec![(cluster.to_owned(), Ink::Nothing, 2.0)],
            _ => {}
        }
        if let Some(found) = found(cluster) {
            return vec![found];
        }
        let substitute = self.substitutes.get(cluster).filter(|substitute| !substitute.is_empty());
        clusters(substitute.map_or(cluster, String::as_str))
            .map(|part| found(part).unwrap_or_else(|| (part.to_owned(), Ink::Missing, 1.0)))
            .collect()
    }

    /// Where a name has a character that only IPAmj Mincho has, the kanji around it are set in
    /// that face too: 𠮷田 is one name and looks like one.
    fn set_names_in_one_face(&self, inks: &mut [(String, Ink, f32)]) {
        let is_rare = |ink: &(String, Ink, f32)| matches!(ink.1, Ink::Glyph(glyph) if glyph.face == FaceId::IpaMincho);
        let belongs = |ink: &(String, Ink, f32)| ink.0.starts_with(|c: char| c == '\u{3000}' || is_kanji(c));
        for name in inks.chunk_by_mut(|one, next| belongs(one) && belongs(next)) {
            if !name.iter().any(is_rare) {
                continue;
            }
            for (text, ink, advance) in name {
                if let Some(glyph) = self.glyph(text, &[FaceId::IpaMincho]) {
                    (*ink, *advance) = (Ink::Glyph(glyph), glyph.advance);
                }
            }
        }
    }

    /// The glyph of a base character with its selector or mark.
    fn glyph(&self, cluster: &str, faces: &[FaceId]) -> Option<Glyph> {
        let mut characters = cluster.chars();
        let base = characters.next()?;
        match (characters.next(), characters.next()) {
            (None, _) => self.fonts.glyph(faces, base, None),
            (Some(selector), None) if is_selector(selector) => self.fonts.glyph(faces, base, Some(selector)),
            (Some(mark), None) => self.fonts.glyph(faces, compose(base, mark)?, None),
            _ => None,
        }
    }

    /// The width of a text on one line, in pt.
    #[must_use]
    pub fn width(&self, text: &str, style: Style) -> f32 {
        self.atoms(&[Piece::Text(text.to_owned(), style)]).iter().map(|atom| atom.width).sum()
    }
}

/// Where each line of at most `width` pt begins and ends. Line breaks and the spaces at the end
/// of a line belong to no line: they have no ink and would stand in the next cell.
///
/// A line ends at the last allowed place; a word longer than a line is cut anywhere.
#[must_use]
pub fn break_lines(atoms: &[Atom], width: f32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut used, mut allowed) = (0, 0.0, None);
    let mut at = 0;
    while at < atoms.len() {
        let atom = &atoms[at];
        if atom.ends_line() {
            lines.push(start..trimmed(atoms, start, at));
            at += 1;
            (start, used, allowed) = (at, 0.0, None);
            continue;
        }
        if at > start && atom.may_break_before {
            allowed = Some(at);
        }
        if used + atom.width > width + 0.01 && at > start && !atom.is_space() {
            let end = allowed.unwrap_or(at);
            lines.push(start..trimmed(atoms, start, end));
            at = end;
            (start, used, allowed) = (at, 0.0, None);
            continue;
        }
        used += atom.width;
        at += 1;
    }
    lines.push(start..trimmed(atoms, start, atoms.len()));
    lines
}

/// The end of a line without the spaces there.
fn trimmed(atoms: &[Atom], start: usize, end: usize) -> usize {
    let spaces = atoms[start..end].iter().rev().take_while(|atom| atom.is_space()).count();
    end - spaces
}
