//! The plan, drawn along the months: a bar for each period with its hours, the measures, the days
//! of a look, today.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, Days, Months, NaiveDate};
use eframe::egui::{
    Align2, Color32, FontId, Galley, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::messages::progress as words;
use crate::model::case::Case;
use crate::model::entry;
use crate::model::form::{Field, Form, Kind, Meaning};
use crate::model::value::{Key, Value, Values};

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
/// The room beside a text, in pt.
const BESIDE: f32 = 6.0;
/// So many days before or after the plan, today is still in the picture.
const NEAR: u64 = 31;

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// Today.
    pub today: NaiveDate,
    /// From top to bottom.
    pub bars: Vec<Bar>,
    /// Days of a look, with their words.
    pub marks: Vec<(NaiveDate, String)>,
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
    /// A treatment or a stay in hospital.
    Treatment,
    /// Measures that the physician asks for.
    Measures,
}

impl Bars {
    /// What the newest plan and the other documents say.
    #[must_use]
    pub fn of(case: &Case, forms: &BTreeMap<Key, Form>, today: NaiveDate) -> Self {
        let plan = case.documents.iter().rev().find_map(|document| {
            let field = forms.get(&document.form)?.field_meaning(Meaning::PlanRows)?;
            match case.value(document, &field.key)? {
                Value::Rows(rows) if !rows.is_empty() => Some((field, rows)),
                _ => None,
            }
        });
        let Some((field, rows)) = plan else { return Self { today, bars: Vec::new(), marks: Vec::new() } };
        let bars: Vec<Bar> = rows.iter().filter_map(|row| period(field, row)).collect();
        let marks = bars.iter().map(|bar| (bar.end, words::follow_up(bar.end))).collect();
        let measures = case.documents.iter().filter_map(|document| {
            let form = forms.get(&document.form)?;
            let day = |meaning| case.value(document, &form.field_meaning(meaning)?.key)?.as_date();
            let (start, end) = (day(Meaning::MeasuresStart)?, day(Meaning::MeasuresEnd)?);
            let label = words::MEASURES.to_owned();
            let words = words::period(start, end, &label);
            (start <= end).then_some(Bar { kind: BarKind::Measures, start, end, label, words })
        });
        Self { today, bars: measures.chain(bars.iter().cloned()).collect(), marks }
    }

    /// The months that are drawn: the first day of the first, and of the one after the last.
    fn months(&self) -> Option<(NaiveDate, NaiveDate)> {
        let first = self.bars.iter().map(|bar| bar.start).min()?;
        let last = self.bars.iter().map(|bar| bar.end).max()?;
        let near = Days::new(NEAR);
        let is_near = first <= self.today.checked_add_days(near)? && self.today <= last.checked_add_days(near)?;
        let (first, last) = if is_near { (first.min(self.today), last.max(self.today)) } else { (first, last) };
        Some((first.with_day(1)?, last.with_day(1)?.checked_add_months(Months::new(1))?))
    }
}

/// A row of the plan; none where it has no days yet, or ends before it begins.
fn period(plan: &Field, row: &Values) -> Option<Bar> {
    let column = |meaning| plan.columns().iter().find(|column| column.meaning == Some(meaning));
    let day = |meaning| row.get(&column(meaning)?.key)?.as_date();
    let (start, end) = (day(Meaning::PeriodStart)?, day(Meaning::PeriodEnd)?);
    let text = |column: &Field| row.get(&column.key).map(|value| entry::display(Some(column), value));
    let label = column(Meaning::WorkingHours).and_then(text).unwrap_or_default();
    let is_other = |column: &&Field| matches!(column.kind, Kind::LongText);
    let others = plan.columns().iter().filter(is_other).filter_map(text).filter(|text| !text.is_empty());
    let words: Vec<String> = std::iter::once(words::period(start, end, &label)).chain(others).collect();
    (start <= end).then(|| Bar { kind: BarKind::Work, start, end, label, words: words.join("\n") })
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
    let Some((first, after)) = bars.months() else { return };
    let count = f32::from(u16::try_from(bars.bars.len()).unwrap_or(u16::MAX));
    let marks = if bars.marks.is_empty() { 0.0 } else { ROW };
    let has_today = (first..after).contains(&bars.today);
    let height = AXIS + count * ROW + marks + if has_today { TODAY } else { 4.0 };
    let (area, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let lines =
        bars.bars.iter().map(|bar| bar.words.as_str()).chain(bars.marks.iter().map(|(_, words)| words.as_str()));
    let words: Vec<String> = lines.map(|words| words.replace('\n', "　")).collect();
    response.widget_info(|| {
        WidgetInfo::labeled(eframe::egui::Role::Image, true, format!("{}：{}", words::PLAN, words.join("、")))
    });
    if !ui.is_rect_visible(area) {
        return;
    }
    let plain = Scale { left: area.left(), per_day: 1.0, first };
    let scale = Scale { per_day: (area.width() - EDGE) / (plain.x(after) - plain.left), ..plain };
    axis_ui(ui, area, scale, first, after);
    let pointer = response.hover_pos();
    let mut hovered = None;
    let mut top = area.top() + AXIS;
    for bar in &bars.bars {
        let row = Rect::from_min_size(pos2(area.left(), top), vec2(area.width(), ROW));
        let is_hovered = pointer.is_some_and(|pointer| row.contains(pointer));
        bar_ui(ui, bar, row, scale, is_hovered);
        if is_hovered {
            hovered = Some(bar.words.clone());
        }
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

fn bar_ui(ui: &Ui, bar: &Bar, row: Rect, scale: Scale, is_hovered: bool) {
    let painter = ui.painter();
    let end = bar.end.succ_opt().unwrap_or(bar.end);
    let place = Rect::from_x_y_ranges(scale.x(bar.start)..=scale.x(end), row.top()..=row.top() + BAR);
    let place = place.translate(vec2(0.0, (ROW - BAR) / 2.0)).shrink2(vec2(0.5, 0.0));
    let (fill, line, colour) = match bar.kind {
        BarKind::Work => (look::ACCENT, look::ACCENT, Color32::WHITE),
        BarKind::Treatment => (look::LINE_PALE, look::WEAK, look::TEXT),
        BarKind::Measures => (look::ACCENT_PALE, look::ACCENT, look::TEXT),
    };
    if is_hovered {
        painter.rect_filled(row, 4.0, look::PANEL);
    }
    painter.rect(place, 4.0, fill, Stroke::new(1.0, line), StrokeKind::Inside);
    let lay_out =
        |colour: Color32| painter.layout_no_wrap(bar.label.clone(), FontId::proportional(look::SMALL), colour);
    let inside = lay_out(colour);
    let (at, text) = if inside.size().x + 2.0 * BESIDE <= place.width() {
        (place.left() + BESIDE, inside)
    } else {
        let text = lay_out(look::TEXT);
        (beside(&text, place, row), text)
    };
    painter.galley(pos2(at, place.center().y - text.size().y / 2.0), text, look::TEXT);
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
