//! Which part comes on which page, the heading of further pages, and the footer.
//!
//! Nothing is cut off: what has no room goes to the next page, a row that is higher than a page
//! goes on between two of its lines.

use crate::messages::{page as words, record};
use crate::model::check::CASE_NUMBER;
use crate::model::fingerprint::fingerprint;
use crate::model::form::{Meaning, TEXT_HEIGHT, TEXT_WIDTH};
use crate::model::value::Value;

use super::block::{SetRow, Solid, Unit};
use super::cell::{RULE, SetCell, heading_cell};
use super::document::{Item, Page};
use super::inline::{FieldRef, Inline, set_lines};
use super::text::Style;
use super::{Edition, MM, Work};

/// The size of A4, in pt.
pub const PAGE: (f32, f32) = (210.0 * MM, 297.0 * MM);
/// The left margin, in pt: wide enough for a punch.
pub const LEFT: f32 = 22.0 * MM;
/// The upper margin, in pt.
const TOP: f32 = 15.0 * MM;
/// The line that the footer stands on, in pt from the top.
const FOOTER: f32 = PAGE.1 - 10.0 * MM;
/// A row lower than this is moved to the next page as a whole rather than parted, in pt.
const KEEP_WHOLE: f32 = 80.0 * MM;

/// Puts the parts on pages.
pub(crate) fn paginate(work: &mut Work<'_>, units: Vec<Unit>) -> Vec<Page> {
    let mut pages = Book { work, pages: Vec::new(), y: 0.0, is_fresh: true, heading: None };
    pages.turn();
    let mut units = units.into_iter().peekable();
    while let Some(unit) = units.next() {
        match unit {
            Unit::Gap(height) => pages.gap(height),
            Unit::Turn if pages.is_fresh => {}
            Unit::Turn => pages.turn(),
            Unit::Solid(solid) => pages.solid(solid),
            Unit::Row(row) => {
                let next = match units.peek() {
                    Some(Unit::Row(next)) if row.is_heading => next.height().min(KEEP_WHOLE),
                    _ => 0.0,
                };
                pages.row(row, next);
            }
        }
    }
    pages.finish()
}

struct Book<'w, 'a> {
    work: &'w mut Work<'a>,
    pages: Vec<Page>,
    y: f32,
    is_fresh: bool,
    /// The heading row of the table that is being placed.
    heading: Option<SetRow>,
}

impl Book<'_, '_> {
    fn room(&self) -> f32 {
        TOP + TEXT_HEIGHT * MM - self.y
    }

    fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.pages.push(Page::default());
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Begins a page; every one after the first has a heading of its own.
    fn turn(&mut self) {
        let is_first = self.pages.is_empty();
        self.pages.push(Page::default());
        self.y = TOP;
        if !is_first {
            self.y += heading_height(self.work);
        }
        self.is_fresh = true;
    }

    fn gap(&mut self, height: f32) {
        if !self.is_fresh {
            self.y += height.min(self.room().max(0.0));
        }
    }

    fn solid(&mut self, mut solid: Solid) {
        self.heading = None;
        if solid.height > self.room() && !self.is_fresh {
            self.turn();
        }
        let y = self.y;
        solid.items.iter_mut().for_each(|item| item.shift(LEFT, y));
        solid.fields.iter_mut().for_each(|field| field.area.shift(LEFT, y));
        solid.inputs.iter_mut().for_each(|input| input.shift(LEFT, y));
        let page = self.page();
        page.items.append(&mut solid.items);
        page.fields.append(&mut solid.fields);
        page.inputs.append(&mut solid.inputs);
        self.y += solid.height;
        self.is_fresh = false;
    }

    fn row(&mut self, row: SetRow, next: f32) {
        if row.is_heading {
            self.heading = Some(row.clone());
        } else if self.heading.as_ref().is_some_and(|heading| heading.table != row.table) {
            self.heading = None;
        }
        let mut row = row;
        loop {
            let height = row.height();
            if height + next <= self.room() {
                self.draw_row(&row, height);
                return;
            }
            if height <= KEEP_WHOLE && !self.is_fresh {
                self.turn_within_table(&row);
                continue;
            }
            let room = self.room();
            let headings = row.cells.iter().filter(|cell| cell.heading.is_some());
            if headings.map(SetCell::height).fold(0.0, f32::max) > room && !self.is_fresh {
                self.turn_within_table(&row);
                continue;
            }
            let (first, rest) = split_row(row, room);
            if first.cells.iter().any(|cell| !cell.strips.is_empty() && cell.heading.is_none()) {
                self.draw_row(&first, room);
                row = self.continued(rest);
            } else if self.is_fresh {
                // Not even one line has room on an empty page: no template can ask for that.
                self.draw_row(&rest, rest.height());
                return;
            } else {
                row = rest;
            }
            self.turn_within_table(&row);
        }
    }

    fn turn_within_table(&mut self, row: &SetRow) {
        self.turn();
        if let Some(heading) = self.heading.clone().filter(|_| !row.is_heading) {
            let mut repeated = heading;
            for cell in &mut repeated.cells {
                let text = cell.heading.clone().unwrap_or_default();
                *cell = heading_cell(self.work, &text, cell.x, cell.width, None);
            }
            let height = repeated.height();
            self.draw_row(&repeated, height);
            self.is_fresh = true;
        }
    }

    /// What remains of a row, with its headings said again.
    fn continued(&mut self, mut rest: SetRow) -> SetRow {
        rest.least = 0.0;
        for cell in &mut rest.cells {
            if let Some(heading) = &cell.heading {
                let again = format!("\n{}", words::CONTINUED);
                let text = format!("{}{again}", heading.trim_end_matches(&again));
                *cell = heading_cell(self.work, &text, cell.x, cell.width, None);
            }
        }
        rest
    }

    fn draw_row(&mut self, row: &SetRow, height: f32) {
        let y = self.y;
        let mut drawn = Page::default();
        for cell in &row.cells {
            cell.place(y, height, &mut drawn);
            let (left, right) = (cell.x, cell.x + cell.width);
            let corners = [(left, y), (right, y), (right, y + height), (left, y + height), (left, y)];
            for pair in corners.windows(2) {
                drawn.items.push(Item::Rule { from: pair[0], to: pair[1], thickness: RULE });
            }
        }
        drawn.items.iter_mut().for_each(|item| item.shift(LEFT, 0.0));
        drawn.fields.iter_mut().for_each(|field| field.area.shift(LEFT, 0.0));
        drawn.inputs.iter_mut().for_each(|input| input.shift(LEFT, 0.0));
        let page = self.page();
        page.items.append(&mut drawn.items);
        page.fields.append(&mut drawn.fields);
        page.inputs.append(&mut drawn.inputs);
        self.y += height;
        self.is_fresh = false;
    }

    fn finish(mut self) -> Vec<Page> {
        let count = self.pages.len();
        let mut pages = std::mem::take(&mut self.pages);
        for (at, page) in pages.iter_mut().enumerate() {
            if at > 0 {
                further_heading(self.work, at + 1, count, page);
            }
            footer(self.work, at + 1, count, page);
            copy_mark(self.work, page);
            merge_rules(page);
        }
        pages
    }
}

fn split_row(row: SetRow, room: f32) -> (SetRow, SetRow) {
    let (mut first, mut rest) = (row.clone(), row);
    let split =
        rest.cells.into_iter().map(|cell| if cell.heading.is_some() { (cell.clone(), cell) } else { cell.split(room) });
    (first.cells, rest.cells) = split.unzip();
    first.least = 0.0;
    (first, rest)
}

/// The patient as the heading of further pages names them.
fn patient(work: &Work<'_>, room: f32) -> Vec<Inline> {
    let source = work.source;
    let Some(field) = source.form.field_meaning(Meaning::PatientName) else { return Vec::new() };
    let label = format!("{}　", field.label);
    let name = source.case.value(source.document(), &field.key).and_then(Value::as_text).unwrap_or_default();
    let name = fitted(work, name, Style::Label, room - work.text.width(&label, Style::Label));
    vec![Inline::text(label, Style::Label), Inline::text(name, Style::Label).of(&FieldRef::new(&field.key))]
}

/// Where the patient stands in the heading: between title and page number, from here and so
/// wide; none where that is too narrow for the name, which then has a line of its own.
fn patient_place(work: &Work<'_>) -> Option<(f32, f32)> {
    let source = work.source;
    let around = 8.0 * MM;
    let before = work.text.width(&source.form.title, Style::Label) + around;
    let between = TEXT_WIDTH * MM - before - work.text.width(&words::page(99, 99), Style::Label) - around;
    let field = source.form.field_meaning(Meaning::PatientName)?;
    let name = source.case.value(source.document(), &field.key).and_then(Value::as_text).unwrap_or_default();
    let needed = work.text.width(&format!("{}　{name}", field.label), Style::Label);
    (needed <= between).then_some((before, between))
}

/// From the upper margin to the text below the heading of a further page, in pt.
fn heading_height(work: &Work<'_>) -> f32 {
    let lines = if patient_place(work).is_some() { 1.0 } else { 2.0 };
    lines * Style::Margin.leading() + 6.0 * MM
}

/// The heading of every page after the first: title, patient, page.
fn further_heading(work: &mut Work<'_>, number: usize, count: usize, page: &mut Page) {
    let whole = TEXT_WIDTH * MM;
    let leading = Style::Margin.leading();
    let title = Inline::text(work.source.form.title.as_str(), Style::Label);
    margin_text(work, &[title], (0.0, whole, 0.0), TOP, page);
    margin_text(work, &[Inline::text(words::page(number, count), Style::Label)], (0.0, whole, 1.0), TOP, page);
    let patient = patient(work, whole);
    let rule = if let Some((before, between)) = patient_place(work) {
        margin_text(work, &patient, (before, between, 0.5), TOP, page);
        TOP + leading
    } else {
        margin_text(work, &patient, (0.0, whole, 0.0), TOP + leading, page);
        TOP + 2.0 * leading
    };
    let y = rule + 2.0 * MM;
    page.items.push(Item::Rule { from: (LEFT, y), to: (LEFT + whole, y), thickness: RULE });
}

/// Case number, edition, fingerprint, page: what tells printed pages apart.
fn footer(work: &mut Work<'_>, number: usize, count: usize, page: &mut Page) {
    let source = work.source;
    let print = fingerprint(source.case, source.document(), source.form);
    let said = |text: String| Inline::text(text, Style::Margin);
    let number_inline = said(source.case.number.clone()).of(&FieldRef::new(CASE_NUMBER));
    let left = [said(format!("{}　", words::CASE_NUMBER)), number_inline];
    let right = [said(words::footer(source.edition, &print, number, count))];
    let y = FOOTER - Style::Margin.leading();
    margin_text(work, &left, (0.0, TEXT_WIDTH * MM, 0.0), y, page);
    margin_text(work, &right, (0.0, TEXT_WIDTH * MM, 1.0), y, page);
}

/// Whose copy it is, in a frame in the upper right corner: above everything else on the page, and
/// no higher than printers reach.
fn copy_mark(work: &mut Work<'_>, page: &mut Page) {
    let Edition::Revision { mark: Some(mark), .. } = work.source.edition else { return };
    let (style, height, side) = (Style::Label, 5.0 * MM, 1.6 * MM);
    let text = Inline::text(record::copy_mark(mark), style);
    for mut line in set_lines(work, &[text], TEXT_WIDTH * MM, height, None).into_iter().take(1) {
        let (right, top) = (LEFT + TEXT_WIDTH * MM, TOP - height - 0.7 * MM);
        let left = right - line.width - 2.0 * side;
        line.shift(left + side, top);
        page.items.append(&mut line.items);
        let corners = [(left, top), (right, top), (right, top + height), (left, top + height), (left, top)];
        let rule = |pair: &[(f32, f32)]| Item::Rule { from: pair[0], to: pair[1], thickness: RULE };
        page.items.extend(corners.windows(2).map(rule));
    }
}

/// A line in the margin, which only decorates: between two places, at this share of the slack.
fn margin_text(
    work: &mut Work<'_>,
    inlines: &[Inline],
    (left, width, share): (f32, f32, f32),
    y: f32,
    page: &mut Page,
) {
    for mut line in set_lines(work, inlines, width, Style::Margin.leading(), None).into_iter().take(1) {
        line.shift(LEFT + left + (width - line.width) * share, y);
        page.items.append(&mut line.items);
    }
}

/// A text that says again what stands in full elsewhere, shortened to one line of this width.
fn fitted(work: &Work<'_>, text: &str, style: Style, room: f32) -> String {
    let line: String = text.split(['\r', '\n']).next().unwrap_or_default().to_owned();
    if line == text && work.text.width(&line, style) <= room {
        return line;
    }
    let mut kept: Vec<char> = line.chars().take(60).collect();
    while !kept.is_empty() && work.text.width(&kept.iter().collect::<String>(), style) + style.size() > room {
        kept.pop();
    }
    kept.into_iter().chain(['…']).collect()
}

/// Draws each rule once where cells share it, so that all look equally thick.
fn merge_rules(page: &mut Page) {
    let mut seen = std::collections::BTreeSet::new();
    page.items.retain(|item| match item {
        Item::Rule { from, to, .. } => {
            let mut ends = [key(*from), key(*to)];
            ends.sort_unstable();
            seen.insert(ends)
        }
        _ => true,
    });
}

/// A place to a hundredth of a point.
#[expect(clippy::cast_possible_truncation, reason = "a page is some hundred points")]
fn key((x, y): (f32, f32)) -> (i32, i32) {
    ((x * 100.0).round() as i32, (y * 100.0).round() as i32)
}
