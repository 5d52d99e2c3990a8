//! How inputs look: what stands in them, ticks, circles.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document as File, Object, ObjectId, Stream, dictionary};

use crate::fonts::FaceId;
use crate::layout::document::{Area, PlacedGlyph, Run};
use crate::layout::input::{CheckMark, Input, InputSort};
use crate::model::failure::Failure;

use super::super::draw::{MARK_RULE, QUARTER, STRENGTHENED, TICK};
use super::super::faces::{Subsets, font_id, typed};
use super::super::finish::fault;
use super::super::metadata::ascii;
use super::{font, up};

/// How an input looks, and the rectangle that this takes.
pub(super) struct Looks {
    pub area: Area,
    pub normal: Object,
}

/// Room around a box for the end of its tick, in pt.
const AROUND: f32 = 1.5;

/// With which font viewers write: in black, as large as there is room for.
pub(super) fn default() -> Object {
    ascii(&format!("/{} 0 Tf 0 g", font::NAME))
}

/// How an input looks as it is.
pub(super) fn of(
    file: &mut File,
    input: &Input,
    (page, typing): (ObjectId, ObjectId),
    subsets: &Subsets,
) -> Result<Looks, Failure> {
    match &input.sort {
        InputSort::Text { shown, .. } => {
            let mut fonts = page_fonts(file, page)?;
            fonts.set(font::NAME, typing);
            let content = written(shown, &input.area, subsets);
            let normal = form(file, &input.area, content, dictionary! { "Font" => fonts }).into();
            Ok(Looks { area: input.area, normal })
        }
        InputSort::Check { state, mark, .. } => {
            let Area { x, y, width, height } = input.area;
            let area = match mark {
                CheckMark::Tick => {
                    Area { x: x - AROUND, y: y - AROUND, width: width + 2.0 * AROUND, height: height + 2.0 * AROUND }
                }
                CheckMark::Circle => input.area,
            };
            let drawn = match mark {
                CheckMark::Tick => tick(&input.area),
                CheckMark::Circle => circle(&input.area),
            };
            let on = form(file, &area, drawn, Dictionary::new());
            let off = form(file, &area, String::new(), Dictionary::new());
            let mut states = Dictionary::new();
            states.set(state.as_bytes().to_vec(), on);
            states.set("Off", off);
            Ok(Looks { area, normal: states.into() })
        }
    }
}

/// The fonts of a page: what stands in an input is drawn with them.
fn page_fonts(file: &File, page: ObjectId) -> Result<Dictionary, Failure> {
    let page = file.get_dictionary(page).map_err(fault)?;
    let resources = file.get_dict_in_dict(page, b"Resources").map_err(fault)?;
    file.get_dict_in_dict(resources, b"Font").cloned().map_err(fault)
}

/// A drawing over an area, in the places of the page.
fn form(file: &mut File, area: &Area, content: String, resources: Dictionary) -> ObjectId {
    let (left, bottom) = (area.x, up(area.bottom()));
    let bounds = [left, bottom, left + area.width, bottom + area.height].map(Object::from);
    let dictionary = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => bounds.to_vec(),
        "Matrix" => [1.0, 0.0, 0.0, 1.0, -left, -bottom].map(Object::from).to_vec(),
        "Resources" => resources,
    };
    file.add_object(Stream::new(dictionary, content.into_bytes()))
}

/// What stands in a text, between the marks by which viewers know it.
fn written(shown: &[Run], area: &Area, subsets: &Subsets) -> String {
    let mut content = String::from("/Tx BMC\n");
    if !shown.is_empty() {
        let (left, bottom) = (area.x, up(area.bottom()));
        let _ = writeln!(content, "q {left:.2} {bottom:.2} {:.2} {:.2} re W n BT 0 g", area.width, area.height);
        for run in shown {
            let mut x = run.x;
            for part in
                run.glyphs.chunk_by(|one, next| typed(run.face, one).is_some() == typed(run.face, next).is_some())
            {
                show(&mut content, run, part, x, subsets);
                x += part.iter().map(|glyph| glyph.advance).sum::<f32>() * run.size;
            }
        }
        content.push_str("ET Q\n");
    }
    content.push_str("EMC\n");
    content
}

/// Shows some glyphs of a run: with the font for typing, or with the face that alone has them.
fn show(content: &mut String, run: &Run, glyphs: &[PlacedGlyph], x: f32, subsets: &Subsets) {
    let Some(first) = glyphs.first() else { return };
    let is_typed = typed(run.face, first).is_some();
    let font = if is_typed { font::NAME.to_owned() } else { font_id(run.face).0 };
    // The thin lines of IPAmj Mincho are strengthened as on the page.
    let mode = if run.face == FaceId::IpaMincho {
        format!("2 Tr {:.3} w", run.size * STRENGTHENED)
    } else {
        "0 Tr".to_owned()
    };
    let subset = subsets.get(&run.face);
    let code = |glyph: &PlacedGlyph| {
        let code = typed(run.face, glyph).or_else(|| subset.map(|subset| subset.glyph(glyph.id)));
        format!("{:04X}", code.unwrap_or(0))
    };
    let codes: String = glyphs.iter().map(code).collect();
    // Writing to a text cannot fail.
    let _ = writeln!(content, "/{font} {} Tf {mode} 1 0 0 1 {x:.2} {:.2} Tm <{codes}> Tj", run.size, up(run.baseline));
}

fn tick(area: &Area) -> String {
    let at = |(x, y): (f32, f32)| format!("{:.2} {:.2}", area.x + area.width * x, up(area.y + area.height * y));
    let [from, over, to] = TICK.map(at);
    format!("q {:.2} w 2 J 0 j 0 G {from} m {over} l {to} l S Q\n", MARK_RULE + 0.3)
}

fn circle(area: &Area) -> String {
    // The line stands inside of the area, as nothing is drawn outside.
    let half = |length: f32| (length - MARK_RULE) / 2.0;
    let (wide, high) = (half(area.width), half(area.height));
    let (x, y) = (area.x + area.width / 2.0, up(area.y + area.height / 2.0));
    let at = |dx: f32, dy: f32| format!("{:.2} {:.2}", x + dx * wide, y + dy * high);
    let q = QUARTER;
    let quarter = |[a, b, c]: [(f32, f32); 3]| format!("{} {} {} c ", at(a.0, a.1), at(b.0, b.1), at(c.0, c.1));
    let quarters = [
        [(1.0, q), (q, 1.0), (0.0, 1.0)],
        [(-q, 1.0), (-1.0, q), (-1.0, 0.0)],
        [(-1.0, -q), (-q, -1.0), (0.0, -1.0)],
        [(q, -1.0), (1.0, -q), (1.0, 0.0)],
    ];
    let curves: String = quarters.map(quarter).concat();
    format!("q {MARK_RULE:.2} w 0 G {} m {curves}h S Q\n", at(1.0, 0.0))
}
