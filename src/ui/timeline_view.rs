//! The plan, drawn along the months: a bar for each period with its hours, the treatments, the
//! measures, the days of a look, today.

use std::sync::Arc;

use chrono::{Datelike, Days, Months, NaiveDate};
use eframe::egui::{
    Align2, Color32, FontId, Galley, Pos2, Rect, RichText, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::messages::{page, progress as words};
use crate::model::timeline::{Bar as PlanBar, Care, Measures, Timeline};

use super::look;

/// The height of a bar with the room around it, in pt.
const ROW: f32 = 28.0;
/// The height of a bar, in pt.
const BAR: f32 = 20.0;
/// The height of the axis, in pt: years above months.
const AXIS: f32 = 36.0;
/// The height of the word below the line of today, in pt.
const TODAY: f32 = 18.0;
/// The room for half a mark at the last day, in pt.
const EDGE: f32 = 6.0;
/// The least width between two names of months, in pt.
const MONTH: f32 = 36.0;
/// From one line of a hatching to the next, in pt.
const HATCH: f32 = 6.0;
/// The room beside a text, in pt.
const BESIDE: f32 = 6.0;
/// So many days before or after the plan, today is still in the picture.
const NEAR: u64 = 31;

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// Today.
    pub today: NaiveDate,
    /// From top to bottom; those of one row never lie on one another.
    pub rows: Vec<Vec<Bar>>,
    /// Days of a look, with their words.
    pub marks: Vec<(NaiveDate, String)>,
    /// Periods that have no bar, and why.
    pub notes: Vec<String>,
}

/// A stretch of days.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// What it is.
    pub kind: BarKind,
    /// The first day.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
    /// What stands on it.
    pub label: String,
    /// All that is to be said of it.
    pub words: String,
}

/// What a bar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BarKind {
    /// Work, as the plan has it.
    Work,
    /// A treatment without a stay in hospital.
    Treatment,
    /// A treatment with one.
    Admission,
    /// Measures that the physician asks for.
    Measures,
}

impl Bars {
    /// What is drawn of a plan: the same as on its page in the PDF.
    #[must_use]
    pub fn of(timeline: &Timeline) -> Self {
        let note = |bar: &PlanBar| page::period_note(bar).map(|note| words::not_drawn(bar.row, note));
        let notes = timeline.bars.iter().filter_map(note).collect();
        let Some(span) = timeline.span() else { return Self { notes, ..Self::default() } };
        let measures = timeline.measures.iter().filter_map(|one| measures(one, span));
        let work = timeline.bars.iter().filter_map(work);
        let mut rows: Vec<Vec<Bar>> = measures.chain(work).map(|bar| vec![bar]).collect();
        rows.append(&mut in_rows(treatments(&timeline.bars)));
        let marks = timeline.follow_ups.iter().map(|on| (*on, words::follow_up(*on))).collect();
        Self { today: timeline.today, rows, marks, notes }
    }

    /// Whether there is nothing to show.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.notes.is_empty()
    }

    /// The months that are drawn: the first day of the first, and of the one after the last.
    fn months(&self) -> Option<(NaiveDate, NaiveDate)> {
        let marks = || self.marks.iter().map(|(on, _)| *on);
        let first = self.rows.iter().flatten().map(|bar| bar.start).chain(marks()).min()?;
        let last = self.rows.iter().flatten().map(|bar| bar.end).chain(marks()).max()?;
        let near = Days::new(NEAR);
        let is_near = first <= self.today.checked_add_days(near)? && self.today <= last.checked_add_days(near)?;
        let (first, last) = if is_near { (first.min(self.today), last.max(self.today)) } else { (first, last) };
        Some((first.with_day(1)?, last.with_day(1)?.checked_add_months(Months::new(1))?))
    }

    /// The whole picture in words.
    fn words(&self) -> String {
        let bars = self.rows.iter().flatten().map(|bar| &bar.words);
        let lines = bars.chain(self.marks.iter().map(|(_, words)| words));
        let lines: Vec<String> = lines.map(|words| words.replace('\n', "　")).collect();
        format!("{}：{}", words::PLAN, lines.join("、"))
    }
}

/// The work of a period; none where it cannot be drawn.
fn work(bar: &PlanBar) -> Option<Bar> {
    let (start, end) = bar.days()?;
    let short = bar.hours.map(|hours| page::from_to(&page::time(hours.start), &page::time(hours.end)));
    let label = short.unwrap_or_else(|| bar.written.lines().next().unwrap_or_default().to_owned());
    Some(Bar { kind: BarKind::Work, start, end, label, words: words::period(start, end, &bar.written) })
}

/// The days for which an opinion asks for measures; where it leaves an end open, they reach as far
/// as the plan.
fn measures(measures: &Measures, (first, last): (NaiveDate, NaiveDate)) -> Option<Bar> {
    let (start, end) = (measures.start.unwrap_or(first), measures.end.unwrap_or(last));
    let label = page::MEASURES.to_owned();
    let words = words::open_period(measures.start, measures.end, &label);
    (start <= end).then_some(Bar { kind: BarKind::Measures, start, end, label, words })
}

/// The treatments; one that goes on in the next period is one.
fn treatments(plan: &[PlanBar]) -> Vec<Bar> {
    let mut cared: Vec<(NaiveDate, NaiveDate, &[Care])> = plan
        .iter()
        .filter(|bar| !bar.care.is_empty())
        .filter_map(|bar| bar.days().map(|(start, end)| (start, end, bar.care.as_slice())))
        .collect();
    cared.sort_by_key(|(start, ..)| *start);
    let mut joined: Vec<(NaiveDate, NaiveDate, &[Care])> = Vec::new();
    for (start, end, care) in cared {
        match joined.last_mut() {
            Some((_, last, same)) if *same == care && last.succ_opt().is_some_and(|next| start <= next) => {
                *last = end.max(*last);
            }
            _ => joined.push((start, end, care)),
        }
    }
    let bar = |(start, end, care): (NaiveDate, NaiveDate, &[Care])| {
        let kind = if care.contains(&Care::Admission) { BarKind::Admission } else { BarKind::Treatment };
        let label = page::care(care);
        let words = words::period(start, end, &label);
        Bar { kind, start, end, label, words }
    };
    joined.into_iter().map(bar).collect()
}

/// Puts each bar into the first row where it lies on no other.
fn in_rows(bars: Vec<Bar>) -> Vec<Vec<Bar>> {
    let mut rows: Vec<Vec<Bar>> = Vec::new();
    for bar in bars {
        match rows.iter_mut().find(|row| row.last().is_none_or(|last| last.end < bar.start)) {
            Some(row) => row.push(bar),
            None => rows.push(vec![bar]),
        }
    }
    rows
}

/// The days along a width.
#[derive(Clone, Copy)]
struct Scale {
    left: f32,
    per_day: f32,
    first: NaiveDate,
}

impl Scale {
    /// Where a day begins.
    #[expect(clippy::cast_precision_loss, reason = "a plan has some hundred days")]
    fn x(self, day: NaiveDate) -> f32 {
        self.left + (day - self.first).num_days() as f32 * self.per_day
    }
}

/// Draws the plan.
pub fn timeline_ui(ui: &mut Ui, bars: &Bars) {
    if let Some((first, after)) = bars.months() {
        picture_ui(ui, bars, first, after);
        small_ui(ui, words::HOW_TO_READ);
    }
    bars.notes.iter().for_each(|note| small_ui(ui, note));
}

fn small_ui(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).size(look::SMALL).color(look::WEAK));
}

fn picture_ui(ui: &mut Ui, bars: &Bars, first: NaiveDate, after: NaiveDate) {
    let count = f32::from(u16::try_from(bars.rows.len()).unwrap_or(u16::MAX));
    let marks = if bars.marks.is_empty() { 0.0 } else { ROW };
    let has_today = (first..after).contains(&bars.today);
    let height = AXIS + count * ROW + marks + if has_today { TODAY } else { 4.0 };
    let (area, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(eframe::egui::Role::Image, true, bars.words()));
    if !ui.is_rect_visible(area) {
        return;
    }
    let plain = Scale { left: area.left(), per_day: 1.0, first };
    let scale = Scale { per_day: (area.width() - EDGE) / (plain.x(after) - plain.left), ..plain };
    axis_ui(ui, area, scale, first, after);
    let pointer = response.hover_pos();
    let mut hovered = None;
    let mut top = area.top() + AXIS;
    for bars in &bars.rows {
        let row = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), ROW));
        hovered = row_ui(ui, bars, row, scale, pointer).or(hovered);
        top += ROW;
    }
    if has_today {
        today_ui(ui, bars.today, area, scale);
    }
    let of_mark = marks_ui(ui, bars, top, scale, pointer);
    if let Some(words) = hovered.or(of_mark) {
        response.on_hover_text_at_pointer(words);
    }
}

/// Draws one row. Returns the words of what is under the pointer: the only bar of the row, or the
/// one that is pointed at.
fn row_ui(ui: &Ui, bars: &[Bar], row: Rect, scale: Scale, pointer: Option<Pos2>) -> Option<String> {
    let pointer = pointer.filter(|pointer| row.contains(*pointer));
    if pointer.is_some() {
        ui.painter().rect_filled(row, 4.0, look::PANEL);
    }
    let mut hovered = None;
    for bar in bars {
        let place = place(bar, row, scale);
        let is_alone = bars.len() == 1;
        bar_ui(ui, bar, place, is_alone.then_some(row));
        if pointer.is_some_and(|pointer| is_alone || place.x_range().contains(pointer.x)) {
            hovered = Some(bar.words.clone());
        }
    }
    hovered
}

fn axis_ui(ui: &Ui, area: Rect, scale: Scale, first: NaiveDate, after: NaiveDate) {
    let painter = ui.painter();
    let small = FontId::proportional(look::SMALL - 1.0);
    let months: Vec<NaiveDate> =
        (0..).map_while(|month| first.checked_add_months(Months::new(month)).filter(|day| *day < after)).collect();
    let width = months.get(1).map_or(area.width(), |second| scale.x(*second) - scale.left);
    let every = (1..=12_usize).find(|every| f32::from(u8::try_from(*every).unwrap_or(12)) * width >= MONTH);
    let every = every.unwrap_or(12);
    for (at, month) in months.iter().enumerate() {
        let x = scale.x(*month);
        let (name, year) = words::month(*month);
        let is_year = at == 0 || month.month() == 1;
        let colour = if is_year { look::LINE } else { look::LINE_PALE };
        painter.vline(x, area.top() + AXIS - 4.0..=area.bottom(), Stroke::new(1.0, colour));
        if at % every == 0 {
            painter.text(pos2(x + 3.0, area.top() + 17.0), Align2::LEFT_TOP, name, small.clone(), look::WEAK);
        }
        // The year beside the first month must not run into that of the next one.
        let next_year = months.iter().skip(at + 1).find(|later| later.month() == 1);
        let room = next_year.map_or(area.right(), |next| scale.x(*next)) - x;
        if is_year && room > 56.0 {
            painter.text(pos2(x + 3.0, area.top()), Align2::LEFT_TOP, year, small.clone(), look::WEAK);
        }
    }
    painter.hline(area.x_range(), area.top() + AXIS - 2.0, Stroke::new(1.0, look::LINE));
}

/// Where a bar lies.
fn place(bar: &Bar, row: Rect, scale: Scale) -> Rect {
    let end = bar.end.succ_opt().unwrap_or(bar.end);
    let place = Rect::from_x_y_ranges(scale.x(bar.start)..=scale.x(end), row.top()..=row.top() + BAR);
    place.translate(vec2(0.0, (ROW - BAR) / 2.0)).shrink2(vec2(0.5, 0.0))
}

/// Draws a bar with its label, which may stand beside it where the whole row is its own.
fn bar_ui(ui: &Ui, bar: &Bar, place: Rect, row: Option<Rect>) {
    let painter = ui.painter();
    let (fill, line, colour) = match bar.kind {
        BarKind::Work => (look::ACCENT, look::ACCENT, Color32::WHITE),
        BarKind::Treatment | BarKind::Admission => (look::QUIET_PALE, look::WEAK, look::TEXT),
        BarKind::Measures => (look::ACCENT_PALE, look::ACCENT, look::TEXT),
    };
    painter.rect_filled(place, 4.0, fill);
    if bar.kind == BarKind::Admission {
        hatch_ui(ui, place);
    }
    painter.rect_stroke(place, 4.0, Stroke::new(1.0, line), StrokeKind::Inside);
    let lay_out =
        |colour: Color32| painter.layout_no_wrap(bar.label.clone(), FontId::proportional(look::SMALL), colour);
    let inside = lay_out(colour);
    let (at, text) = if inside.size().x + 2.0 * BESIDE <= place.width() {
        (place.left() + BESIDE, inside)
    } else if let Some(row) = row {
        let text = lay_out(look::TEXT);
        (beside(&text, place, row), text)
    } else {
        return;
    };
    let at = Rect::from_min_size(pos2(at, place.center().y - text.size().y / 2.0), text.size());
    if bar.kind == BarKind::Admission && place.contains_rect(at) {
        painter.rect_filled(at.expand2(vec2(2.0, 0.0)), 2.0, fill);
    }
    painter.galley(at.min, text, look::TEXT);
}

/// Lines that rise to the right: a stay in hospital, as on paper.
fn hatch_ui(ui: &Ui, place: Rect) {
    let painter = ui.painter().with_clip_rect(place.shrink(1.0).intersect(ui.clip_rect()));
    let mut x = place.left() - place.height();
    while x < place.right() {
        let ends = [pos2(x, place.bottom()), pos2(x + place.height(), place.top())];
        painter.line_segment(ends, Stroke::new(1.0, look::LINE));
        x += HATCH;
    }
}

/// Where a text stands that has no room on its bar: right of it, or left where that is the edge.
fn beside(text: &Arc<Galley>, place: Rect, row: Rect) -> f32 {
    let right = place.right() + BESIDE;
    if right + text.size().x <= row.right() { right } else { (place.left() - BESIDE - text.size().x).max(row.left()) }
}

/// A line from the axis to the word below it.
fn today_ui(ui: &Ui, today: NaiveDate, area: Rect, scale: Scale) {
    let painter = ui.painter();
    let x = scale.x(today) + scale.per_day / 2.0;
    let small = FontId::new(look::SMALL - 1.0, look::bold());
    let text = painter.layout_no_wrap(words::TODAY.to_owned(), small, look::TEXT);
    let left = (x - text.size().x / 2.0).clamp(area.left(), area.right() - text.size().x);
    let place = Rect::from_min_size(pos2(left, area.bottom() - text.size().y), text.size());
    painter.vline(x, area.top() + AXIS - 2.0..=place.top() - 2.0, Stroke::new(1.5, look::TEXT));
    painter.rect_filled(place, 0.0, Color32::WHITE);
    painter.galley(place.min, text, look::TEXT);
}

/// A small diamond for each day of a look. Returns the words of the one under the pointer.
fn marks_ui(ui: &Ui, bars: &Bars, top: f32, scale: Scale, pointer: Option<Pos2>) -> Option<String> {
    let mut hovered = None;
    for (day, words) in &bars.marks {
        let centre = pos2(scale.x(*day) + scale.per_day / 2.0, top + ROW / 2.0);
        let corners = [vec2(0.0, -5.0), vec2(5.0, 0.0), vec2(0.0, 5.0), vec2(-5.0, 0.0)];
        let corners = corners.map(|corner| centre + corner).to_vec();
        ui.painter().add(Shape::convex_polygon(corners, Color32::WHITE, Stroke::new(1.5, look::ACCENT)));
        if pointer.is_some_and(|pointer| (pointer - centre).length() < 9.0) {
            hovered = Some(words.clone());
        }
    }
    hovered
}
