//! The content of one cell, as strips from the top down that a page break may fall between.

use crate::model::case::Document;
use crate::model::form::{Cell, Content, Field, Kind, Mark};
use crate::model::value::Value;

use super::document::{Area, FieldArea, Item, Page, Role, TagId};
use super::inline::{FieldRef, Inline, Line, field_inlines, line_inlines, option_inlines, set_lines};
use super::input::{Input, Seed};
use super::text::Style;
use super::{MM, Work};

/// From the rule of a cell to its text, at the sides, in pt.
const SIDE: f32 = 1.8 * MM;
/// The same above and below, in pt.
const ABOVE: f32 = 1.2 * MM;
/// Between two things that stand below one another in a cell, in pt.
const BETWEEN: f32 = 0.7 * MM;
/// Thickness of the rules, in pt: 0.25 pt is the least that a fax keeps.
pub(crate) const RULE: f32 = 0.5;

/// A piece of a cell that is not parted by a page break.
#[derive(Clone, Debug, Default)]
pub(crate) struct Strip {
    pub line: Line,
    pub height: f32,
    /// Empty room that may be left out where the cell goes on on another page.
    pub is_filler: bool,
    /// Goes on the same page as the strip after it.
    pub keeps_next: bool,
}

/// Where the content stands in a cell that is higher.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Stand {
    Top,
    Middle,
}

/// A set cell, from its upper left corner.
#[derive(Clone, Debug)]
pub(crate) struct SetCell {
    pub x: f32,
    pub width: f32,
    pub strips: Vec<Strip>,
    pub stand: Stand,
    /// The field that the whole cell shows.
    pub field: Option<FieldRef>,
    /// What the heading of a row says, to be said again where the row goes on.
    pub heading: Option<String>,
    /// What is filled in in the whole cell. Its strips are the room that it needs.
    pub input: Option<Input>,
}

/// From the rule of a cell to its input, in pt.
const AROUND_INPUT: f32 = 1.0;

impl SetCell {
    /// The least height that holds the content, in pt.
    pub fn height(&self) -> f32 {
        self.strips.iter().map(|strip| strip.height).sum::<f32>() + 2.0 * ABOVE
    }

    /// What fits into `room` pt, and what remains.
    pub fn split(self, room: f32) -> (Self, Self) {
        let mut used = 2.0 * ABOVE;
        let mut fits = 0;
        for (at, strip) in self.strips.iter().enumerate() {
            used += strip.height;
            if used > room {
                break;
            }
            if !strip.keeps_next {
                fits = at + 1;
            }
        }
        let (mut first, mut rest) = (self.clone(), self);
        rest.strips.drain(..fits);
        if rest.strips.iter().all(|strip| strip.is_filler) {
            rest.strips.clear();
        }
        first.strips.truncate(fits);
        // An input is not parted: it stands where its room is.
        if first.strips.is_empty() {
            first.input = None;
        } else {
            rest.input = None;
        }
        (first, rest)
    }

    /// The lines at their places for a cell of this height, and the cell's own field.
    pub fn place(&self, y: f32, height: f32, page: &mut Page) {
        let area = Area { x: self.x, y, width: self.width, height };
        page.fields.extend(self.field.iter().map(|field| FieldArea { field: field.clone(), area }));
        page.inputs.extend(self.input.iter().map(|input| self.placed(input.clone(), &area)));
        let slack = match self.stand {
            Stand::Top => 0.0,
            Stand::Middle => (height - self.height()) / 2.0,
        };
        let mut strip_y = y + ABOVE + slack.max(0.0);
        for strip in &self.strips {
            let mut line = strip.line.clone();
            line.shift(self.x, strip_y);
            page.items.append(&mut line.items);
            page.fields.append(&mut line.fields);
            page.inputs.append(&mut line.inputs);
            strip_y += strip.height;
        }
    }

    /// The input in its cell: over all of it, or a line in its middle.
    fn placed(&self, mut input: Input, cell: &Area) -> Input {
        let height = cell.height - 2.0 * AROUND_INPUT;
        match self.stand {
            Stand::Top => {
                input.shift(cell.x + AROUND_INPUT, cell.y + AROUND_INPUT);
                input.area.height = height;
            }
            Stand::Middle => {
                let slack = (height - input.area.height) / 2.0;
                input.shift(cell.x + AROUND_INPUT, cell.y + AROUND_INPUT + slack);
            }
        }
        input
    }
}

/// Sets a cell of a grid. `row` is the tag of its row.
pub(crate) fn set_cell(work: &mut Work<'_>, cell: &Cell, x: f32, width: f32, row: TagId) -> SetCell {
    match cell {
        Cell::Heading { text, span } => set_heading(work, text, x, width, (row, *span, false)),
        Cell::Label { field, span } => {
            let label = work.source.form.field(field).map_or(field.as_str(), |field| &field.label).to_owned();
            set_heading(work, &label, x, width, (row, *span, false))
        }
        Cell::Value { field, span } => {
            let tag = work.tags.add(row, Role::DataCell { span: *span });
            let at = FieldRef::new(field);
            if let Some(known) = work.source.form.field(field).filter(|known| is_typed(work, known, &at)) {
                let value = work.source.case.value(work.source.document(), field);
                return input_cell(work, (known, value, at), (x, width), tag);
            }
            let kind = work.source.form.field(field).map(|field| &field.kind);
            let is_long = kind == Some(&Kind::LongText);
            let is_choice = matches!(kind, Some(Kind::ChooseOne { .. }));
            let room = width - 2.0 * SIDE;
            let mut strips = value_strips(work, field, room, tag);
            if is_choice {
                centre(&mut strips, room);
            }
            let stand = if is_long { Stand::Top } else { Stand::Middle };
            finish(SetCell { x, width, strips, stand, field: Some(FieldRef::new(field)), heading: None, input: None })
        }
        Cell::Stack { items, span } => {
            let tag = work.tags.add(row, Role::DataCell { span: *span });
            let mut strips = Vec::new();
            let has_room = items.iter().any(|item| matches!(item, Content::Value { .. } | Content::Rule));
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    let keeps_next = matches!(items[at - 1], Content::Label(_));
                    strips.push(Strip { keeps_next, ..filler(BETWEEN) });
                }
                strips.extend(content_strips(work, item, width - 2.0 * SIDE, tag));
            }
            let stand = if has_room { Stand::Top } else { Stand::Middle };
            finish(SetCell { x, width, strips, stand, field: None, heading: None, input: None })
        }
    }
}

/// A cell with a heading in its middle; tagged below `row`, or decoration where there is none.
pub(crate) fn set_heading(
    work: &mut Work<'_>,
    text: &str,
    x: f32,
    width: f32,
    (row, span, column): (TagId, usize, bool),
) -> SetCell {
    let tag = work.tags.add(row, Role::HeaderCell { span, column });
    heading_cell(work, text, x, width, Some(tag))
}

/// The same without a place in the tree: a heading that is only said again.
pub(crate) fn heading_cell(work: &mut Work<'_>, text: &str, x: f32, width: f32, tag: Option<TagId>) -> SetCell {
    let room = width - 2.0 * ABOVE;
    let lines = set_lines(work, &[Inline::text(text, Style::Label)], room, Style::Label.leading(), tag);
    let centred = lines.into_iter().map(|mut line| {
        line.shift(ABOVE + (room - line.width) / 2.0, 0.0);
        strip(line)
    });
    let strips = centred.collect();
    SetCell { x, width, strips, stand: Stand::Middle, field: None, heading: Some(text.to_owned()), input: None }
}

/// Moves the strips in from the rule.
fn finish(mut cell: SetCell) -> SetCell {
    for strip in &mut cell.strips {
        strip.line.shift(SIDE, 0.0);
    }
    cell
}

fn centre(strips: &mut [Strip], room: f32) {
    for strip in strips {
        strip.line.shift((room - strip.line.width).max(0.0) / 2.0, 0.0);
    }
}

fn strip(line: Line) -> Strip {
    Strip { height: line.height, line, ..Strip::default() }
}

fn filler(height: f32) -> Strip {
    Strip { height, is_filler: true, ..Strip::default() }
}

fn content_strips(work: &mut Work<'_>, content: &Content, width: f32, tag: TagId) -> Vec<Strip> {
    match content {
        Content::Text(text) => text_strips(work, text, Style::Label, width, tag),
        Content::Small(text) => text_strips(work, text, Style::Small, width, tag),
        Content::Label(key) => {
            let label = work.source.form.field(key).map_or(key.as_str(), |field| &field.label).to_owned();
            let mut strips = text_strips(work, &label, Style::Small, width, tag);
            if let Some(last) = strips.last_mut() {
                last.keeps_next = true;
            }
            strips
        }
        Content::Value { field, height } => {
            if let Some(strip) = input_strip(work, field, (width, height * MM), tag) {
                return vec![strip];
            }
            let mut strips = value_strips(work, field, width, tag);
            for strip in &mut strips {
                let area = Area { x: 0.0, y: 0.0, width, height: strip.height };
                strip.line.fields = vec![FieldArea { field: FieldRef::new(field), area }];
            }
            let used: f32 = strips.iter().map(|strip| strip.height).sum();
            if height * MM > used {
                let mut room = filler(height * MM - used);
                let area = Area { x: 0.0, y: 0.0, width, height: room.height };
                room.line.fields = vec![FieldArea { field: FieldRef::new(field), area }];
                strips.push(room);
            }
            strips
        }
        Content::Choices { fields, columns } => choice_strips(work, fields, columns, width, tag),
        Content::Line(pattern) => {
            let source = work.source;
            let inlines = line_inlines(work, pattern, Style::Label, |key| {
                let field = source.form.field(key)?;
                Some((field, source.case.value(source.document(), key), FieldRef::new(key)))
            });
            set_lines(work, &inlines, width, Style::Body.leading(), Some(tag)).into_iter().map(strip).collect()
        }
        Content::Rule => {
            let from = (-SIDE, 0.0);
            let to = (width + SIDE, 0.0);
            let line = Line { items: vec![Item::Rule { from, to, thickness: RULE }], ..Line::default() };
            vec![Strip { line, height: BETWEEN, ..Strip::default() }]
        }
    }
}

fn text_strips(work: &mut Work<'_>, text: &str, style: Style, width: f32, tag: TagId) -> Vec<Strip> {
    let lines = set_lines(work, &[Inline::text(text, style)], width, style.leading(), Some(tag));
    lines.into_iter().map(strip).collect()
}

/// What was entered into a field, as lines.
fn value_strips(work: &mut Work<'_>, key: &str, width: f32, tag: TagId) -> Vec<Strip> {
    let source = work.source;
    let Some(field) = source.form.field(key) else { return Vec::new() };
    let value = source.case.value(source.document(), key);
    let inlines = field_inlines(work, field, value, &FieldRef::new(key));
    if inlines.is_empty() {
        return Vec::new();
    }
    set_lines(work, &inlines, width, Style::Body.leading(), Some(tag)).into_iter().map(strip).collect()
}

/// Whether a field is open and typed as a whole, without wording around it.
fn is_typed(work: &Work<'_>, field: &Field, at: &FieldRef) -> bool {
    let is_typed = matches!(field.kind, Kind::Text | Kind::LongText | Kind::Date { .. } | Kind::Number);
    is_typed && field.print.is_none() && work.is_open(at)
}

/// A cell that is filled in as a whole.
fn input_cell(
    work: &mut Work<'_>,
    (field, value, at): (&Field, Option<&Value>, FieldRef),
    (x, width): (f32, f32),
    cell: TagId,
) -> SetCell {
    let seed = Seed::text(work, &at, field, value);
    let room = width - 2.0 * AROUND_INPUT;
    let height = seed.height(work, room);
    let tag = work.tags.add(cell, Role::Input);
    let input = seed.place(work, &at, Area { x: 0.0, y: 0.0, width: room, height }, tag);
    let strips = vec![Strip { height, ..Strip::default() }];
    let stand = if field.kind == Kind::LongText { Stand::Top } else { Stand::Middle };
    SetCell { x, width, strips, stand, field: Some(at), heading: None, input: Some(input) }
}

/// A field that is filled in among other things in a cell, at least so high; none where it is not
/// open.
fn input_strip(work: &mut Work<'_>, key: &str, (width, least): (f32, f32), cell: TagId) -> Option<Strip> {
    let source = work.source;
    let at = FieldRef::new(key);
    let field = source.form.field(key).filter(|field| is_typed(work, field, &at))?;
    let seed = Seed::text(work, &at, field, source.case.value(source.document(), key));
    let height = seed.height(work, width).max(least);
    let area = Area { x: 0.0, y: 0.0, width, height };
    let tag = work.tags.add(cell, Role::Input);
    let input = seed.place(work, &at, area, tag);
    let line =
        Line { fields: vec![FieldArea { field: at, area }], inputs: vec![input], width, height, ..Line::default() };
    Some(strip(line))
}

/// The content of one cell of a table field, by the pattern of its column.
pub(crate) fn table_cell(
    work: &mut Work<'_>,
    (field, row, pattern): (&Field, usize, &str),
    x: f32,
    width: f32,
    parent: TagId,
) -> SetCell {
    let tag = work.tags.add(parent, Role::DataCell { span: 1 });
    let source = work.source;
    let values = match source.case.value(source.document(), &field.key) {
        Some(Value::Rows(rows)) => rows.get(row),
        _ => None,
    };
    let reference = |column: &str| FieldRef { key: field.key.clone(), cell: Some((row, column.to_owned())) };
    let only =
        pattern.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).filter(|key| field.column(key).is_some());
    if let Some(column) =
        only.and_then(|key| field.column(key)).filter(|column| is_typed(work, column, &reference(&column.key)))
    {
        let value = values.and_then(|values| values.get(&column.key));
        return input_cell(work, (column, value, reference(&column.key)), (x, width), tag);
    }
    let inlines = line_inlines(work, pattern, Style::Label, |key| {
        let column = field.column(key)?;
        Some((column, values.and_then(|values| values.get(key)), reference(key)))
    });
    let is_long = |key: &str| field.column(key).is_some_and(|column| column.kind == Kind::LongText);
    let room = width - 2.0 * SIDE;
    let lines = set_lines(work, &inlines, room, Style::Body.leading(), Some(tag));
    let mut strips: Vec<Strip> = lines.into_iter().map(strip).collect();
    if inlines.is_empty() {
        strips.clear();
    }
    // Sentences are read from the left; dates and times are looked up, and stand in the middle.
    let stand = if only.is_some_and(is_long) { Stand::Top } else { Stand::Middle };
    if stand == Stand::Middle {
        centre(&mut strips, room);
    }
    finish(SetCell { x, width, strips, stand, field: only.map(reference), heading: None, input: None })
}

/// A cell with a text of the program in its middle.
pub(crate) fn text_cell(work: &mut Work<'_>, text: &str, x: f32, width: f32, parent: TagId) -> SetCell {
    let tag = work.tags.add(parent, Role::DataCell { span: 1 });
    let room = width - 2.0 * SIDE;
    let mut strips = text_strips(work, text, Style::Body, room, tag);
    centre(&mut strips, room);
    finish(SetCell { x, width, strips, stand: Stand::Middle, field: None, heading: None, input: None })
}

/// Ticks and options side by side: each takes as many of the columns as it needs.
fn choice_strips(work: &mut Work<'_>, keys: &[String], shares: &[f32], width: f32, tag: TagId) -> Vec<Strip> {
    let leading = Style::Label.leading() + 2.0;
    let groups = choice_groups(work, work.source.document(), keys);
    let lefts = column_lefts(shares, width);
    let mut strips: Vec<Strip> = Vec::new();
    // The next free column; none in a row that is not begun yet.
    let mut next = None;
    for inlines in groups {
        let mut lines = set_lines(work, &inlines, width, leading, Some(tag));
        let mut first = lines.remove(0);
        let start = next.filter(|at| *at < shares.len() && lefts[*at] + first.width <= width && lines.is_empty());
        if start.is_none() {
            strips.push(Strip { height: leading, ..Strip::default() });
        }
        let start = start.unwrap_or(0);
        let end = lefts[start] + first.width;
        next = Some((start + 1..shares.len()).find(|at| lefts[*at] >= end).unwrap_or(shares.len()));
        first.shift(lefts[start], 0.0);
        if let Some(last) = strips.last_mut() {
            last.line.items.append(&mut first.items);
            last.line.fields.append(&mut first.fields);
            last.line.inputs.append(&mut first.inputs);
        }
        if !lines.is_empty() {
            strips.extend(lines.into_iter().map(strip));
            next = None;
        }
    }
    strips
}

/// Where columns with these shares of the width begin.
fn column_lefts(shares: &[f32], width: f32) -> Vec<f32> {
    let all: f32 = shares.iter().sum();
    let mut left = 0.0;
    let next = |share: &f32| {
        let this = left;
        left += share / all * width;
        this
    };
    shares.iter().map(next).collect()
}

/// What stands side by side: each option of a choice with boxes, each other field as a whole.
fn choice_groups(work: &Work<'_>, document: &Document, keys: &[String]) -> Vec<Vec<Inline>> {
    let source = work.source;
    let mut groups = Vec::new();
    for field in keys.iter().filter_map(|key| source.form.field(key)) {
        let value = source.case.value(document, &field.key);
        let at = FieldRef::new(&field.key);
        let has_boxes = match field.kind {
            Kind::ChooseAny { .. } => true,
            Kind::ChooseOne { mark, .. } => mark == Mark::Box,
            _ => false,
        };
        if has_boxes && field.print.is_none() {
            for option in field.options() {
                let inlines = option_inlines(work, field, option, value, &at);
                groups.push(inlines.into_iter().map(|inline| inline.of(&at)).collect());
            }
        } else {
            groups.push(field_inlines(work, field, value, &at));
        }
    }
    groups
}
