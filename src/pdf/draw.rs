//! Items of pages to the operations of printpdf, each inside of the mark that its tag gets.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, DictItem, Line, LineCapStyle, LineDashPattern, LineJoinStyle, LinePoint, Mm, Op, PdfDocument,
    PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, TextItem, TextRenderingMode,
};

use crate::fonts::FaceId;
use crate::layout::document::{Area, Document, Item, Page, PlacedGlyph, Run, TagId};
use crate::layout::page::PAGE;
use crate::model::failure::Failure;

use super::faces::{Subset, font_id, untyped};
use super::metadata::utf16;

/// The tag of every mark, by page: the place in the list is the number of the mark (MCID).
pub(super) type Marks = Vec<Vec<TagId>>;

/// Thickness of a tick box, in pt.
const BOX_RULE: f32 = 0.6;
/// Thickness of the tick in it and of the circle around an option, in pt.
pub(super) const MARK_RULE: f32 = 1.1;
/// The stroke around glyphs of IPAmj Mincho, in em: its thin lines would not survive a fax and
/// look faint beside the Gothic.
pub(super) const STRENGTHENED: f32 = 0.009;
/// The dashes of a line and the gaps between them, in pt.
const DASHES: [f32; 2] = [1.5, 2.5];
/// How far a curve's handles stand out to draw a quarter of a circle.
pub(super) const QUARTER: f32 = 0.552_284_8;
/// The three points of a tick, in shares of its box.
pub(super) const TICK: [(f32, f32); 3] = [(0.18, 0.52), (0.42, 0.80), (0.98, -0.06)];

/// Draws all pages.
pub(super) fn draw(
    document: &Document,
    subsets: &BTreeMap<FaceId, Subset>,
) -> Result<(lopdf::Document, Marks), Failure> {
    let mut pdf = PdfDocument::new(&document.title);
    for (face, subset) in subsets {
        pdf.resources.fonts.map.insert(font_id(*face), subset.font.clone());
    }
    let mut marks = Marks::new();
    for page in &document.pages {
        let mut drawing =
            Drawing { subsets, ops: Vec::new(), marks: Vec::new(), open: Open::Nothing, is_incomplete: false };
        drawing.page(page);
        if drawing.is_incomplete {
            return Err(Failure::Inside { reason: "a glyph is missing from its subset".to_owned() });
        }
        pdf.pages.push(PdfPage::new(Mm(210.0), Mm(297.0), drawing.ops));
        marks.push(drawing.marks);
    }
    let extra = untyped_runs(document);
    if !extra.is_empty() {
        pdf.pages.push(PdfPage::new(Mm(210.0), Mm(297.0), ops(&extra, subsets)));
    }
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, ..PdfSaveOptions::default() };
    let mut file = pdf.to_lopdf_document(&options, &mut Vec::new());
    if !extra.is_empty() {
        file.delete_pages(&[u32::try_from(document.pages.len()).unwrap_or(u32::MAX).saturating_add(1)]);
    }
    Ok((file, marks))
}

/// What stands in inputs and the font for typing does not have. printpdf keeps only the faces that
/// stand on a page: these are put on a page of their own, which is taken out again.
fn untyped_runs(document: &Document) -> Vec<Run> {
    let shown = document.pages.iter().flat_map(untyped);
    shown.map(|(run, glyph)| Run { glyphs: vec![glyph.clone()], ..run.clone() }).collect()
}

fn ops(runs: &[Run], subsets: &BTreeMap<FaceId, Subset>) -> Vec<Op> {
    let mut drawing =
        Drawing { subsets, ops: Vec::new(), marks: Vec::new(), open: Open::Nothing, is_incomplete: false };
    for run in runs {
        drawing.run(run);
    }
    drawing.ops
}

/// The mark that is open.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Nothing,
    Artifact,
    Tag(TagId),
}

struct Drawing<'a> {
    subsets: &'a BTreeMap<FaceId, Subset>,
    ops: Vec<Op>,
    marks: Vec<TagId>,
    open: Open,
    /// Something could not be drawn: the page must not be used.
    is_incomplete: bool,
}

impl Drawing<'_> {
    fn page(&mut self, page: &Page) {
        self.ops.push(Op::SetLineCapStyle { cap: LineCapStyle::ProjectingSquare });
        self.ops.push(Op::SetLineJoinStyle { join: LineJoinStyle::Miter });
        for item in &page.items {
            match item {
                Item::Text(run) => {
                    self.mark(run.tag);
                    self.run(run);
                }
                Item::Rule { from, to, thickness } => {
                    self.mark(None);
                    self.stroke(&[*from, *to], false, *thickness);
                }
                Item::Stroke { points, thickness, is_dashed, tag } => {
                    self.mark(*tag);
                    self.dashed(*is_dashed, |drawing| drawing.stroke(points, false, *thickness));
                }
                Item::TickBox { area, ticked, tag } => {
                    self.mark(*tag);
                    self.tick_box(area, *ticked);
                }
                Item::Circle(area) => {
                    self.mark(None);
                    self.ellipse(area);
                }
                Item::Signature { .. } => {}
            }
        }
        self.close();
    }

    /// Opens the mark of a tag, unless it is open already; no tag means decoration.
    fn mark(&mut self, tag: Option<TagId>) {
        let wanted = tag.map_or(Open::Artifact, Open::Tag);
        if self.open == wanted {
            return;
        }
        self.close();
        self.ops.push(match tag {
            None => Op::BeginMarkedContent { tag: "Artifact".to_owned() },
            Some(tag) => {
                let number = i64::try_from(self.marks.len()).unwrap_or(i64::MAX);
                self.marks.push(tag);
                let map = BTreeMap::from([("MCID".to_owned(), DictItem::Int(number))]);
                Op::BeginMarkedContentWithProperties { tag: "P".to_owned(), properties: DictItem::Dict { map } }
            }
        });
        self.open = wanted;
    }

    fn close(&mut self) {
        if self.open != Open::Nothing {
            self.ops.push(Op::EndMarkedContent);
            self.open = Open::Nothing;
        }
    }

    fn run(&mut self, run: &Run) {
        let Some(subset) = self.subsets.get(&run.face) else {
            self.is_incomplete = true;
            return;
        };
        self.is_incomplete |= run.glyphs.iter().any(|glyph| subset.glyph(glyph.id) == 0);
        let font = PdfFontHandle::External(font_id(run.face));
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetFont { font, size: Pt(run.size) });
        self.ops.push(Op::SetTextCursor { pos: point((run.x, run.baseline)) });
        let is_thin = run.face == FaceId::IpaMincho;
        if is_thin {
            self.ops.push(Op::SetOutlineThickness { pt: Pt(run.size * STRENGTHENED) });
            self.ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::FillStroke });
        }
        let is_plain = |glyph: &PlacedGlyph| subset.text(subset.glyph(glyph.id)) == glyph.text;
        for part in run.glyphs.chunk_by(|one, next| is_plain(one) && is_plain(next)) {
            let glyphs = part
                .iter()
                .map(|glyph| {
                    let id = subset.glyph(glyph.id);
                    Codepoint::with_cid(id, 0.0, subset.text(id).to_owned())
                })
                .collect();
            let show = Op::ShowText { items: vec![TextItem::GlyphIds(glyphs)] };
            if is_plain(&part[0]) {
                self.ops.push(show);
            } else {
                self.ops.push(actual_text(&part[0].text));
                self.ops.push(show);
                self.ops.push(Op::EndMarkedContent);
            }
        }
        if is_thin {
            self.ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::Fill });
        }
        self.ops.push(Op::EndTextSection);
    }

    fn stroke(&mut self, points: &[(f32, f32)], is_closed: bool, thickness: f32) {
        let points = points.iter().map(|at| LinePoint { p: point(*at), bezier: false }).collect();
        self.ops.push(Op::SetOutlineThickness { pt: Pt(thickness) });
        self.ops.push(Op::DrawLine { line: Line { points, is_closed } });
    }

    /// Draws with gaps in the lines, or without.
    fn dashed(&mut self, is_dashed: bool, draw: impl FnOnce(&mut Self)) {
        let pattern = |pattern: &[f32]| Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, pattern) };
        if is_dashed {
            self.ops.push(pattern(&DASHES));
        }
        draw(self);
        if is_dashed {
            self.ops.push(pattern(&[]));
        }
    }

    fn tick_box(&mut self, area: &Area, ticked: bool) {
        let (left, top, right, bottom) = (area.x, area.y, area.right(), area.bottom());
        self.stroke(&[(left, top), (right, top), (right, bottom), (left, bottom)], true, BOX_RULE);
        if ticked {
            let at = |(x, y): (f32, f32)| (left + area.width * x, top + area.height * y);
            self.stroke(&TICK.map(at), false, MARK_RULE + 0.3);
        }
    }

    fn ellipse(&mut self, area: &Area) {
        let (half_width, half_height) = (area.width / 2.0, area.height / 2.0);
        let (x, y) = (area.x + half_width, area.y + half_height);
        let at = |dx: f32, dy: f32, bezier: bool| LinePoint {
            p: point((x + dx * half_width, y + dy * half_height)),
            bezier,
        };
        let q = QUARTER;
        let points = vec![
            at(1.0, 0.0, false),
            at(1.0, q, true),
            at(q, 1.0, true),
            at(0.0, 1.0, false),
            at(-q, 1.0, true),
            at(-1.0, q, true),
            at(-1.0, 0.0, false),
            at(-1.0, -q, true),
            at(-q, -1.0, true),
            at(0.0, -1.0, false),
            at(q, -1.0, true),
            at(1.0, -q, true),
            at(1.0, 0.0, false),
        ];
        self.ops.push(Op::SetOutlineThickness { pt: Pt(MARK_RULE) });
        self.ops.push(Op::DrawLine { line: Line { points, is_closed: true } });
    }
}

/// A span that says which text its glyph stands for here.
fn actual_text(text: &str) -> Op {
    let data = utf16(text);
    let map = BTreeMap::from([("ActualText".to_owned(), DictItem::String { data, literal: false })]);
    Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties: DictItem::Dict { map } }
}

/// A place on the page, from the lower left corner as PDF counts.
fn point((x, y): (f32, f32)) -> Point {
    Point { x: Pt(x), y: Pt(PAGE.1 - y) }
}
