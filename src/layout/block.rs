//! The parts of a page from the top down, made from the blocks of the template.

use crate::model::form::{Block, GridRow, SignatureLine, TEXT_WIDTH, TableColumn};
use crate::model::value::Value;

use super::cell::{RULE, SetCell, set_cell, set_heading, table_cell};
use super::document::{Area, FieldArea, Item, Role, Tags};
use super::inline::{FieldRef, Inline, field_inlines, set_lines};
use super::input::Input;
use super::text::Style;
use super::{MM, Work, timeline};

/// A part of a page.
#[derive(Clone, Debug)]
pub(crate) enum Unit {
    /// Empty room, dropped at the top of a page.
    Gap(f32),
    /// Something that is never parted.
    Solid(Solid),
    /// What follows begins a page.
    Turn,
    /// A row of cells, parted between its lines where it is higher than a page has room.
    Row(SetRow),
}

/// Something that is never parted, from its upper left corner.
#[derive(Clone, Debug, Default)]
pub(crate) struct Solid {
    pub height: f32,
    pub items: Vec<Item>,
    pub fields: Vec<FieldArea>,
    pub inputs: Vec<Input>,
}

/// A set row of cells.
#[derive(Clone, Debug)]
pub(crate) struct SetRow {
    /// The least height, in pt.
    pub least: f32,
    pub cells: Vec<SetCell>,
    /// The table that it belongs to; a heading row is said again on the next page of its table.
    pub table: usize,
    pub is_heading: bool,
}

impl SetRow {
    /// The height, in pt.
    pub fn height(&self) -> f32 {
        self.cells.iter().map(SetCell::height).fold(self.least, f32::max)
    }
}

/// Room for a hand that signs, in pt.
const SIGNING_HEIGHT: f32 = 9.0 * MM;
/// From the statement to the date of its signature, in pt.
const SIGNING_INDENT: f32 = 26.0 * MM;

/// All parts of the form, in their order.
pub(crate) fn units(work: &mut Work<'_>) -> Vec<Unit> {
    let form = work.source.form;
    let caption_end = signature_column(work);
    let mut units = Vec::new();
    for (at, block) in form.page.iter().enumerate() {
        match block {
            Block::Caption(text) => units.push(paragraph(work, text, Style::Label)),
            Block::Note(text) => units.push(paragraph(work, text, Style::Small)),
            Block::Title => units.push(title(work, &form.title)),
            Block::DateLine(key) => units.push(date_line(work, key)),
            Block::Gap(height) => units.push(Unit::Gap(height * MM)),
            Block::Grid { columns, rows } => grid(work, at, columns, rows, &mut units),
            Block::Table { field, columns, rows, height } => {
                table(work, (at, field), columns, (*rows, *height), &mut units);
            }
            Block::Timeline { field, title } => timeline::timeline(work, at, (field, title), &mut units),
            Block::Statement { text, boxed, lines } => {
                units.push(statement(work, text, *boxed, lines, caption_end));
            }
        }
    }
    units
}

pub(crate) fn paragraph(work: &mut Work<'_>, text: &str, style: Style) -> Unit {
    let lines = set_lines(work, &[Inline::text(text, style)], TEXT_WIDTH * MM, style.leading(), Some(Tags::ROOT));
    let mut solid = Solid::default();
    for mut line in lines {
        line.shift(0.0, solid.height);
        solid.height += line.height;
        solid.items.append(&mut line.items);
    }
    Unit::Solid(solid)
}

fn title(work: &mut Work<'_>, text: &str) -> Unit {
    const AROUND: f32 = 3.0 * MM;
    let heading = work.tags.add(Tags::ROOT, Role::Heading);
    let leading = Style::Title.leading();
    let lines = set_lines(work, &[Inline::text(text, Style::Title)], TEXT_WIDTH * MM, leading, None);
    let mut solid = Solid { height: AROUND, ..Solid::default() };
    for mut line in lines {
        line.shift((TEXT_WIDTH * MM - line.width) / 2.0, solid.height);
        solid.height += line.height;
        line.items.iter_mut().for_each(|item| item.set_tag(heading));
        solid.items.append(&mut line.items);
    }
    solid.height += AROUND;
    Unit::Solid(solid)
}

fn date_line(work: &mut Work<'_>, key: &str) -> Unit {
    let source = work.source;
    let mut solid = Solid { height: Style::Body.leading() + 1.0 * MM, ..Solid::default() };
    let Some(field) = source.form.field(key) else { return Unit::Solid(solid) };
    let value = source.case.value(source.document(), key);
    let inlines = field_inlines(work, field, value, &FieldRef::new(key));
    for mut line in set_lines(work, &inlines, TEXT_WIDTH * MM, Style::Body.leading(), Some(Tags::ROOT)) {
        line.shift(TEXT_WIDTH * MM - line.width, 0.0);
        solid.items.append(&mut line.items);
        solid.fields.append(&mut line.fields);
        solid.inputs.append(&mut line.inputs);
    }
    Unit::Solid(solid)
}

fn grid(work: &mut Work<'_>, table: usize, columns: &[f32], rows: &[GridRow], units: &mut Vec<Unit>) {
    let tag = work.tags.add(Tags::ROOT, Role::Table);
    for row in rows {
        let row_tag = work.tags.add(tag, Role::Row);
        let mut cells = Vec::new();
        let mut column = 0;
        for cell in &row.cells {
            let span = cell.span();
            let x: f32 = columns.iter().take(column).sum();
            let width: f32 = columns.iter().skip(column).take(span).sum();
            cells.push(set_cell(work, cell, x * MM, width * MM, row_tag));
            column += span;
        }
        units.push(Unit::Row(SetRow { least: row.height * MM, cells, table, is_heading: false }));
    }
}

fn table(
    work: &mut Work<'_>,
    (table, key): (usize, &str),
    columns: &[TableColumn],
    (least_rows, height): (usize, f32),
    units: &mut Vec<Unit>,
) {
    let source = work.source;
    let Some(field) = source.form.field(key) else { return };
    let filled = match source.case.value(source.document(), key) {
        Some(Value::Rows(rows)) => rows.len(),
        _ => 0,
    };
    let tag = work.tags.add(Tags::ROOT, Role::Table);
    let heading_tag = work.tags.add(tag, Role::Row);
    let lefts: Vec<f32> = columns
        .iter()
        .scan(0.0, |x, column| {
            let left = *x;
            *x += column.width * MM;
            Some(left)
        })
        .collect();
    let cells = columns
        .iter()
        .zip(&lefts)
        .map(|(column, x)| set_heading(work, &column.heading, *x, column.width * MM, (heading_tag, 1, true)))
        .collect();
    units.push(Unit::Row(SetRow { least: 8.0 * MM, cells, table, is_heading: true }));
    for row in 0..filled.max(least_rows) {
        let row_tag = work.tags.add(tag, Role::Row);
        let cells = columns
            .iter()
            .zip(&lefts)
            .map(|(column, x)| table_cell(work, (field, row, &column.content), *x, column.width * MM, row_tag))
            .collect();
        units.push(Unit::Row(SetRow { least: height * MM, cells, table, is_heading: false }));
    }
}

/// Where the captions of all signature lines of the form end, so that the lines to sign on begin
/// below one another, in pt.
fn signature_column(work: &Work<'_>) -> f32 {
    let date = work.text.width(&blank_date(work), Style::Label);
    let captions = work.source.form.signature_lines().map(|(_, line)| work.text.width(&line.caption, Style::Label));
    SIGNING_INDENT + date + 5.0 * MM + captions.fold(0.0, f32::max)
}

fn blank_date(work: &Work<'_>) -> String {
    format!("{}　　年　　月　　日", crate::model::date::era_name(work.source.today))
}

fn statement(work: &mut Work<'_>, text: &str, boxed: bool, lines: &[SignatureLine], caption_end: f32) -> Unit {
    let inset = if boxed { 3.0 * MM } else { 0.0 };
    let right = TEXT_WIDTH * MM - inset;
    let mut solid = Solid { height: inset, ..Solid::default() };
    for mut line in
        set_lines(work, &[Inline::text(text, Style::Label)], right - inset, Style::Label.leading(), Some(Tags::ROOT))
    {
        line.shift(inset, solid.height);
        solid.height += line.height;
        solid.items.append(&mut line.items);
    }
    for line in lines {
        signature(work, text, line, (caption_end, right), &mut solid);
    }
    solid.height += inset;
    if boxed {
        let (width, height) = (TEXT_WIDTH * MM, solid.height);
        let corners = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (0.0, 0.0)];
        for pair in corners.windows(2) {
            solid.items.push(Item::Rule { from: pair[0], to: pair[1], thickness: RULE });
        }
    }
    Unit::Solid(solid)
}

/// One line to sign on: date, caption, and a rule with room above it.
fn signature(work: &mut Work<'_>, statement: &str, line: &SignatureLine, (start, end): (f32, f32), solid: &mut Solid) {
    let leading = Style::Label.leading();
    let text_y = solid.height + SIGNING_HEIGHT - leading;
    let caption_x = start - work.text.width(&line.caption, Style::Label);
    let date = blank_date(work);
    for (text, x) in [(date.as_str(), SIGNING_INDENT), (line.caption.as_str(), caption_x)] {
        for mut set in set_lines(work, &[Inline::text(text, Style::Label)], TEXT_WIDTH * MM, leading, Some(Tags::ROOT))
        {
            set.shift(x, text_y);
            solid.items.append(&mut set.items);
        }
    }
    let bottom = solid.height + SIGNING_HEIGHT;
    let tag = work.tags.add(Tags::ROOT, Role::Signature);
    let area = Area {
        x: start + 1.0 * MM,
        y: solid.height + 1.0 * MM,
        width: end - start - 1.0 * MM,
        height: SIGNING_HEIGHT - 1.0 * MM,
    };
    solid.items.push(Item::Rule { from: (start + 1.0 * MM, bottom), to: (end, bottom), thickness: RULE });
    solid.items.push(Item::Signature {
        area,
        key: line.key.clone(),
        name: line.caption.trim_matches(['（', '）']).to_owned(),
        statement: statement.to_owned(),
        tag,
    });
    solid.height = bottom + 1.0 * MM;
}
