//! What stands in a line of print: wording, values, tick boxes, circled options, blanks.
//!
//! Patterns of the template and values of the case become inlines here; inlines become lines.

use crate::model::date;
use crate::model::entry;
use crate::model::form::{Choice, DateBlank, Detail, Field, Kind, Mark};
use crate::model::pattern::{self, Piece as Pattern};
use crate::model::value::{Key, Value};

use super::Work;
use super::document::{Area, FieldArea, Item, PlacedGlyph, Role, Run, TagId};
use super::input::{Input, LINE, Seed, day_width};
use super::text::{Atom, Ink, Piece, Style, break_lines};

/// A field, or a cell of a table field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldRef {
    /// The key of the field.
    pub key: Key,
    /// Row, counted from 0, and column.
    pub cell: Option<(usize, Key)>,
}

impl FieldRef {
    /// A field that is no table.
    #[must_use]
    pub fn new(key: &str) -> Self {
        Self { key: key.to_owned(), cell: None }
    }
}

/// A part of a line, with the field that it shows.
#[derive(Clone, Debug)]
pub(crate) struct Inline {
    piece: Piece,
    field: Option<FieldRef>,
    mark: InlineMark,
    /// What is filled in in its place, or over it.
    input: Option<Seed>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum InlineMark {
    None,
    Ticked,
    Circled,
}

impl Inline {
    pub fn text(text: impl Into<String>, style: Style) -> Self {
        Self { piece: Piece::Text(text.into(), style), field: None, mark: InlineMark::None, input: None }
    }

    pub fn gap(width: f32) -> Self {
        Self { piece: Piece::Gap(width), field: None, mark: InlineMark::None, input: None }
    }

    /// Room in which something is typed.
    fn typed(work: &Work<'_>, seed: Seed, width: f32) -> Self {
        let width = seed.width(work, width);
        Self { input: Some(seed), ..Self::gap(width) }
    }

    fn tick_box(ticked: bool) -> Self {
        let mark = if ticked { InlineMark::Ticked } else { InlineMark::None };
        Self { piece: Piece::TickBox(Style::Label), field: None, mark, input: None }
    }

    pub fn of(mut self, field: &FieldRef) -> Self {
        self.field.get_or_insert_with(|| field.clone());
        self
    }
}

/// Room that is left for handwriting beside an option, in em, where the template says nothing.
const BLANK: f32 = 6.0;

/// What a field prints in a line: its value as its kind and pattern want it.
pub(crate) fn field_inlines(work: &Work<'_>, field: &Field, value: Option<&Value>, at: &FieldRef) -> Vec<Inline> {
    let inlines = match (&field.kind, &field.print) {
        (Kind::ChooseOne { .. } | Kind::ChooseAny { .. }, _) => choice_inlines(work, field, value, at),
        (Kind::Tick { detail }, print) => {
            let written = match value {
                Some(Value::Tick(detail)) => Some(detail.as_ref()),
                _ => None,
            };
            let pattern = print.clone().unwrap_or_else(|| match detail {
                Detail::Nothing => format!("□{}", field.label),
                _ => format!("□{}（{{}}）", field.label),
            });
            let shown = written.filter(|written| **written != Value::Blank);
            if work.is_open(at) {
                let tick = Seed::tick(work, at, field, written.is_some());
                let opened = Opened { tick: Some(tick), typed: Seed::detail(work, at, field, *detail, shown) };
                return opened.inlines(work, &pattern, *detail == Detail::Date, at);
            }
            match (detail, shown) {
                (Detail::Date, None) => dated(work, &pattern, written.is_some()),
                (_, shown) => filled(work, &pattern, written.is_some(), shown),
            }
        }
        (kind, print) if work.is_open(at) => {
            let opened = Opened { tick: None, typed: Some(Seed::text(work, at, field, value)) };
            return opened.inlines(work, print.as_deref().unwrap_or("{}"), matches!(kind, Kind::Date { .. }), at);
        }
        (kind, Some(print)) => filled(work, print, value.is_some(), value.filter(|value| kind.takes(value))),
        (kind, None) => value_inlines(work, kind, value.filter(|value| kind.takes(value)), None),
    };
    inlines.into_iter().map(|inline| inline.of(at)).collect()
}

/// What is filled in in a pattern of a field that is open: its box, and its hole.
struct Opened {
    tick: Option<Seed>,
    typed: Option<Seed>,
}

impl Opened {
    fn inlines(self, work: &Work<'_>, pattern: &str, is_day: bool, at: &FieldRef) -> Vec<Inline> {
        let least = if is_day { day_width() } else { 0.0 };
        let mut inlines = Vec::new();
        for piece in pattern::parse(pattern).unwrap_or_default() {
            match (piece, &self.tick, &self.typed) {
                (Pattern::Text(text), ..) => inlines.push(Inline::text(text, Style::Label)),
                (Pattern::Box, tick, _) => inlines.push(Inline { input: tick.clone(), ..Inline::tick_box(false) }),
                (Pattern::Hole(width), _, Some(typed)) => {
                    let width = width.unwrap_or(BLANK) * Style::Label.size();
                    inlines.push(Inline::typed(work, typed.clone(), width.max(least)));
                }
                (Pattern::Hole(_) | Pattern::Field(..), ..) => {}
            }
        }
        inlines.into_iter().map(|inline| inline.of(at)).collect()
    }
}

/// A value itself, or the room to write it by hand.
fn value_inlines(work: &Work<'_>, kind: &Kind, value: Option<&Value>, width: Option<f32>) -> Vec<Inline> {
    let text = match (kind, value) {
        (Kind::Date { blank: DateBlank::Era }, None) => {
            let era = date::era_name(work.source.today);
            return vec![Inline::text(format!("{era}　　年　　月　　日"), Style::Label)];
        }
        (Kind::Date { blank: DateBlank::NoEra }, None) => {
            return vec![Inline::text("　　　年　　月　　日", Style::Label)];
        }
        (_, Some(value)) => entry::display(None, value),
        (_, None) => String::new(),
    };
    padded(work, &text, width.unwrap_or(0.0))
}

/// A text in room that is at least so wide, in em of the wording: numbers in its middle, words
/// at its left.
fn padded(work: &Work<'_>, text: &str, width: f32) -> Vec<Inline> {
    let room = (width * Style::Label.size() - work.text.width(text, Style::Body)).max(0.0);
    let is_number = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let before = if is_number { room / 2.0 } else { 0.0 };
    let inlines = [Inline::gap(before), Inline::text(text, Style::Body), Inline::gap(room - before)];
    let is_something = |inline: &Inline| !matches!(&inline.piece, Piece::Text(text, _) if text.is_empty());
    inlines.into_iter().filter(|inline| is_something(inline) && inline.piece != Piece::Gap(0.0)).collect()
}

/// A pattern with its hole filled, or left blank to be written on.
fn filled(work: &Work<'_>, pattern: &str, ticked: bool, value: Option<&Value>) -> Vec<Inline> {
    let written = value.map(|value| entry::display(None, value)).unwrap_or_default();
    let mut inlines = Vec::new();
    for piece in pattern::parse(pattern).unwrap_or_default() {
        match piece {
            Pattern::Text(text) => inlines.push(Inline::text(text, Style::Label)),
            Pattern::Box => inlines.push(Inline::tick_box(ticked)),
            Pattern::Hole(width) => inlines.extend(padded(work, &written, width.unwrap_or(BLANK))),
            Pattern::Field(..) => {}
        }
    }
    inlines
}

fn choice_inlines(work: &Work<'_>, field: &Field, value: Option<&Value>, at: &FieldRef) -> Vec<Inline> {
    let mark = if let Kind::ChooseOne { mark, .. } = field.kind { mark } else { Mark::Box };
    let Some(print) = &field.print else {
        let options = field.options().iter().enumerate().map(|(nth, option)| {
            let mut inlines = option_inlines(work, field, option, value, at);
            if nth > 0 {
                let between = if mark == Mark::Circle { " ・ " } else { "　" };
                inlines.insert(0, Inline::text(between, Style::Label));
            }
            inlines
        });
        return options.flatten().map(|inline| inline.of(at)).collect();
    };
    let is_answered = value.is_some_and(|value| !value.is_empty());
    let mut inlines = Vec::new();
    for piece in pattern::parse(print).unwrap_or_default() {
        match piece {
            Pattern::Text(text) => inlines.push(Inline::text(text, Style::Label)),
            // It follows from the answer: while that is open nobody can tell.
            Pattern::Box if work.is_open(at) => inlines.push(Inline::text("　", Style::Label)),
            Pattern::Box => inlines.push(Inline::tick_box(is_answered)),
            Pattern::Hole(width) => inlines.push(Inline::gap(width.unwrap_or(BLANK) * Style::Label.size())),
            Pattern::Field(key, _) => {
                if let Some(option) = field.options().iter().find(|option| option.key == key) {
                    inlines.extend(option_inlines(work, field, option, value, at));
                }
            }
        }
    }
    inlines
}

/// One option of a choice: ticked or circled where it is chosen, with what is written beside it.
pub(crate) fn option_inlines(
    work: &Work<'_>,
    field: &Field,
    option: &Choice,
    value: Option<&Value>,
    at: &FieldRef,
) -> Vec<Inline> {
    let mark = if let Kind::ChooseOne { mark, .. } = field.kind { mark } else { Mark::Box };
    let chosen = match value {
        Some(Value::Choice(chosen)) => chosen.get(&option.key),
        _ => None,
    };
    let pattern = option.pattern(mark);
    let detail = chosen.filter(|detail| **detail != Value::Blank);
    if work.is_open(at) {
        return open_option(work, (field, option, mark), &pattern, (chosen.is_some(), detail), at);
    }
    let mut inlines = match (option.detail, detail) {
        (Detail::Date, None) => dated(work, &pattern, chosen.is_some()),
        _ => filled(work, &pattern, chosen.is_some(), detail),
    };
    if mark == Mark::Circle && chosen.is_some() {
        circle(&mut inlines, &option.label);
    }
    inlines
}

/// An option that can be chosen on the page: by its box, or by its name where it is circled.
fn open_option(
    work: &Work<'_>,
    (field, option, mark): (&Field, &Choice, Mark),
    pattern: &str,
    (is_chosen, detail): (bool, Option<&Value>),
    at: &FieldRef,
) -> Vec<Inline> {
    let seed = Seed::option(work, at, field, option, is_chosen);
    let typed = Seed::option_detail(work, at, field, option, detail);
    let (tick, circle) = if mark == Mark::Circle { (None, Some(seed.circled())) } else { (Some(seed), None) };
    let mut inlines = Opened { tick, typed }.inlines(work, pattern, option.detail == Detail::Date, at);
    if let Some(circle) = circle {
        part_label(&mut inlines, &option.label);
        if let Some(first) = inlines.first_mut() {
            first.input = Some(circle);
        }
    }
    inlines
}

/// A pattern whose hole is a day, left to be written.
fn dated(work: &Work<'_>, pattern: &str, ticked: bool) -> Vec<Inline> {
    let blank = value_inlines(work, &Kind::Date { blank: DateBlank::Era }, None, None);
    let pieces = pattern::parse(pattern).unwrap_or_default();
    let inlines = pieces.into_iter().flat_map(|piece| match piece {
        Pattern::Text(text) => vec![Inline::text(text, Style::Label)],
        Pattern::Box => vec![Inline::tick_box(ticked)],
        Pattern::Hole(_) => blank.clone(),
        Pattern::Field(..) => Vec::new(),
    });
    inlines.collect()
}

/// Puts the circle around the option's name alone, not around what follows it.
fn circle(inlines: &mut Vec<Inline>, label: &str) {
    part_label(inlines, label);
    if let Some(first) = inlines.first_mut().filter(|first| matches!(first.piece, Piece::Text(..))) {
        first.mark = InlineMark::Circled;
    }
}

/// Makes the option's name an inline of its own, apart from what follows it.
fn part_label(inlines: &mut Vec<Inline>, label: &str) {
    let Some(first) = inlines.first_mut() else { return };
    let Piece::Text(text, style) = &first.piece else { return };
    if let Some(rest) =
        text.strip_prefix(label).map(|rest| Inline { field: first.field.clone(), ..Inline::text(rest, *style) })
    {
        first.piece = Piece::Text(label.to_owned(), Style::Label);
        inlines.insert(1, rest);
    }
}

/// A line of print with fields in it. `field_of` finds a field with its value.
pub(crate) fn line_inlines<'f>(
    work: &Work<'_>,
    pattern: &str,
    style: Style,
    field_of: impl Fn(&str) -> Option<(&'f Field, Option<&'f Value>, FieldRef)>,
) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for piece in pattern::parse(pattern).unwrap_or_default() {
        match piece {
            Pattern::Text(text) => inlines.push(Inline::text(text, style)),
            Pattern::Box => inlines.push(Inline::tick_box(false)),
            Pattern::Hole(width) => inlines.push(Inline::gap(width.unwrap_or(BLANK) * style.size())),
            Pattern::Field(key, width) => {
                let Some((field, value, at)) = field_of(&key) else { continue };
                let shown = match (&field.kind, width) {
                    (Kind::Text | Kind::LongText | Kind::Number, Some(width)) if field.print.is_none() => {
                        if work.is_open(&at) {
                            let seed = Seed::text(work, &at, field, value);
                            inlines.push(Inline::typed(work, seed, width * Style::Label.size()).of(&at));
                            continue;
                        }
                        let value = value.filter(|value| field.kind.takes(value));
                        value_inlines(work, &field.kind, value, Some(width))
                    }
                    _ => field_inlines(work, field, value, &at),
                };
                inlines.extend(shown.into_iter().map(|inline| inline.of(&at)));
            }
        }
    }
    inlines
}

/// A set line: what is drawn, from its upper left corner, and where its fields are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    pub items: Vec<Item>,
    pub fields: Vec<FieldArea>,
    pub inputs: Vec<Input>,
    pub width: f32,
    pub height: f32,
}

impl Line {
    pub fn shift(&mut self, dx: f32, dy: f32) {
        self.items.iter_mut().for_each(|item| item.shift(dx, dy));
        self.fields.iter_mut().for_each(|field| field.area.shift(dx, dy));
        self.inputs.iter_mut().for_each(|input| input.shift(dx, dy));
    }
}

/// Sets inlines into lines of at most `width` pt. Their paragraph is tagged below `parent`, or
/// not at all where there is none: then they only decorate.
pub(crate) fn set_lines(
    work: &mut Work<'_>,
    inlines: &[Inline],
    width: f32,
    leading: f32,
    parent: Option<TagId>,
) -> Vec<Line> {
    // An input is no wider than its line.
    let piece = |inline: &Inline| match inline.piece {
        Piece::Gap(gap) if inline.input.is_some() => Piece::Gap(gap.min(width)),
        _ => inline.piece.clone(),
    };
    let pieces: Vec<Piece> = inlines.iter().map(piece).collect();
    let atoms = work.text.atoms(&pieces);
    for atom in atoms.iter().filter(|atom| atom.ink == Ink::Missing) {
        work.missing(inlines[atom.piece].field.as_ref(), atom.text.clone());
    }
    let tags = piece_tags(work, inlines, parent);
    break_lines(&atoms, width).into_iter().map(|range| set_line(work, &atoms[range], inlines, &tags, leading)).collect()
}

/// The tags of an inline: of what is printed, and of what is filled in.
#[derive(Clone, Copy, Default)]
struct InlineTags {
    printed: Option<TagId>,
    input: Option<TagId>,
}

/// A tag for each inline: the paragraph itself where there is only one, else a span of its own.
///
/// A box that can be ticked is decoration below its input.
fn piece_tags(work: &mut Work<'_>, inlines: &[Inline], parent: Option<TagId>) -> Vec<InlineTags> {
    let counts = |inline: &&Inline| inline.input.is_some() || !matches!(inline.piece, Piece::Gap(_));
    let inked = inlines.iter().filter(counts).count();
    let (Some(parent), true) = (parent, inked > 0) else { return vec![InlineTags::default(); inlines.len()] };
    let paragraph = work.tags.add(parent, Role::Paragraph);
    let inked = inked + inlines.iter().filter(|inline| inline.input.is_some()).count();
    let mut tags = |inline: &Inline| {
        let input = inline.input.as_ref().map(|_| work.tags.add(paragraph, Role::Input));
        let printed = match (&inline.piece, inline.mark) {
            (Piece::Gap(_), _) => None,
            (Piece::TickBox(_), _) if inline.input.is_some() => None,
            (Piece::TickBox(_), mark) => Some(work.tags.add(paragraph, Role::Tick(mark == InlineMark::Ticked))),
            (Piece::Text(..), InlineMark::Circled) => Some(work.tags.add(paragraph, Role::Circled)),
            (Piece::Text(..), _) if inked == 1 => Some(paragraph),
            (Piece::Text(..), _) => Some(work.tags.add(paragraph, Role::Span)),
        };
        InlineTags { printed, input }
    };
    inlines.iter().map(&mut tags).collect()
}

fn set_line(work: &mut Work<'_>, atoms: &[Atom], inlines: &[Inline], tags: &[InlineTags], leading: f32) -> Line {
    let mut line = Line { height: leading, ..Line::default() };
    let mut x = 0.0;
    for part in atoms.chunk_by(|one, next| one.piece == next.piece) {
        let at = part[0].piece;
        let (inline, tag) = (&inlines[at], tags[at].printed);
        let start = x;
        match inline.piece {
            Piece::Text(_, style) => x = set_runs(part, style, x, leading, tag, &mut line.items),
            Piece::TickBox(style) => {
                line.items.push(tick_box(style, x, leading, inline.mark == InlineMark::Ticked, tag));
                x += part[0].width;
            }
            Piece::Gap(_) => x += part[0].width,
        }
        if let (Some(seed), Some(field), Some(tag)) = (&inline.input, &inline.field, tags[at].input) {
            let area = input_area(&inline.piece, (start, x), leading);
            line.inputs.push(seed.clone().place(work, field, area, tag));
        }
        if inline.mark == InlineMark::Circled {
            line.items.push(Item::Circle(around(start, x, leading)));
        }
        if let Some(field) = &inline.field {
            note_field(&mut line.fields, field, start, x, leading);
        }
    }
    line.width = x;
    line
}

/// The runs of one piece, one for each face in turn. Returns where they end.
pub(crate) fn set_runs(
    atoms: &[Atom],
    style: Style,
    start: f32,
    leading: f32,
    tag: Option<TagId>,
    items: &mut Vec<Item>,
) -> f32 {
    let mut x = start;
    let face = |atom: &Atom| match atom.ink {
        Ink::Glyph(glyph) => Some(glyph.face),
        _ => None,
    };
    for part in atoms.chunk_by(|one, next| face(one) == face(next)) {
        if let Some(face) = face(&part[0]) {
            let glyphs = part.iter().filter_map(placed).collect();
            let baseline = style.baseline(leading);
            items.push(Item::Text(Run { x, baseline, face, size: style.size(), glyphs, tag }));
        }
        x += part.iter().map(|atom| atom.width).sum::<f32>();
    }
    x
}

fn placed(atom: &Atom) -> Option<PlacedGlyph> {
    match atom.ink {
        Ink::Glyph(glyph) => Some(PlacedGlyph { id: glyph.id, advance: glyph.advance, text: atom.text.clone() }),
        _ => None,
    }
}

fn tick_box(style: Style, x: f32, leading: f32, ticked: bool, tag: Option<TagId>) -> Item {
    Item::TickBox { area: tick_area(style, x, leading), ticked, tag }
}

fn tick_area(style: Style, x: f32, leading: f32) -> Area {
    let side = style.size() * 0.86;
    Area { x: x + style.size() * 0.05, y: (leading - side) / 2.0, width: side, height: side }
}

/// Where something on a line is filled in.
fn input_area(piece: &Piece, (start, end): (f32, f32), leading: f32) -> Area {
    match piece {
        Piece::Gap(_) => Area { x: start, y: (leading - LINE) / 2.0, width: end - start, height: LINE },
        Piece::Text(..) => around(start, end, leading),
        Piece::TickBox(style) => tick_area(*style, start, leading),
    }
}

/// The ellipse around a piece from `start` to `end`.
fn around(start: f32, end: f32, leading: f32) -> Area {
    let height = leading.min(Style::Label.size() * 1.6);
    let width = (end - start + 4.0).max(height);
    let middle = f32::midpoint(start, end);
    Area { x: middle - width / 2.0, y: (leading - height) / 2.0, width, height }
}

fn note_field(fields: &mut Vec<FieldArea>, field: &FieldRef, start: f32, end: f32, height: f32) {
    match fields.iter_mut().find(|area| area.field == *field) {
        Some(found) => found.area.width = end - found.area.x,
        None => {
            fields
                .push(FieldArea { field: field.clone(), area: Area { x: start, y: 0.0, width: end - start, height } });
        }
    }
}
