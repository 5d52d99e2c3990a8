//! A plan as a picture, on a page of its own: the months across, the hours of the day down, each
//! period as an area as wide as its days and as high as its working hours; below it the
//! treatments, the measures that the opinions ask for, and the days to follow up.
//!
//! Black lines on white with nothing grey, so that it survives a fax. To a screen reader it is one
//! figure with its meaning in words; the table below it says the same.

use chrono::{Datelike, Months, NaiveDate};

use crate::messages::page as words;
use crate::model::form::{Field, Meaning, TEXT_WIDTH};
use crate::model::revision::Edition;
use crate::model::timeline::{Bar, Care, Measures, Timeline};

use super::block::{SetRow, Solid, Unit, paragraph};
use super::cell::{set_heading, table_cell, text_cell};
use super::document::{Area, Item, Role, TagId, Tags};
use super::inline::{Inline, set_lines};
use super::text::Style;
use super::{MM, Work};

/// Room for what the parts of the picture are called, at their left, in pt.
const NAMES: f32 = 19.0 * MM;
/// The height of the line of years and of the line of months, in pt.
const AXIS_LINE: f32 = 13.0;
/// The height of the part with the working hours, at the most, in pt.
const HOURS_HEIGHT: f32 = 100.0 * MM;
/// The height of an hour, at the most, in pt: a short day is not drawn larger than life.
const HOUR_HEIGHT: f32 = 12.0 * MM;
/// The height of that part where no period says its hours, in pt.
const NO_HOURS_HEIGHT: f32 = 24.0 * MM;
/// The height of each line below it, in pt.
const LANE: f32 = 8.5 * MM;
/// From the edge of such a line to what is drawn in it, in pt.
const LANE_EDGE: f32 = 1.4 * MM;
/// The outline of what the picture shows, and the lines that only help to read it, in pt.
const STRONG: f32 = 1.0;
const FINE: f32 = 0.35;
/// From one line of the hatching of a stay in hospital to the next, in pt. Nothing else is hatched.
const HATCH: f32 = 3.5;
/// The most opinions whose measures are drawn: the newest.
const MOST_MEASURES: usize = 4;
/// How many months a label of the axis may stand for.
const STEPS: [u32; 10] = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1200];

/// The page with the picture of the plan, if it is wanted and there is anything to draw.
pub(crate) fn timeline(work: &mut Work<'_>, table: usize, (field, title): (&str, &str), units: &mut Vec<Unit>) {
    let source = work.source;
    let Some(timeline) = source.timeline else { return };
    let is_own = timeline.document == source.at && timeline.field == field;
    let Some((span, field)) = timeline.span().zip(source.form.field(field)).filter(|_| is_own) else { return };
    units.push(Unit::Turn);
    units.push(heading(work, title));
    let tag = work.tags.add(Tags::ROOT, Role::Figure { alternative: words::timeline(timeline) });
    let axis = Axis::new(span);
    let mut picture = Picture {
        work,
        timeline,
        axis,
        tag,
        solid: Solid::default(),
        inks: Vec::new(),
        outlined: Vec::new(),
        guides: Vec::new(),
    };
    picture.draw();
    units.push(Unit::Solid(picture.solid));
    units.push(Unit::Gap(2.0 * MM));
    units.push(paragraph(work, words::HOW_TO_READ, Style::Small));
    units.push(Unit::Gap(3.0 * MM));
    key(work, table, field, timeline, units);
}

fn heading(work: &mut Work<'_>, title: &str) -> Unit {
    let tag = work.tags.add(Tags::ROOT, Role::Subheading);
    let style = Style::Heading;
    let mut solid = Solid { height: 2.0 * MM, ..Solid::default() };
    for mut line in set_lines(work, &[Inline::text(title, style)], TEXT_WIDTH * MM, style.leading(), None) {
        line.shift(0.0, solid.height);
        line.items.iter_mut().for_each(|item| item.set_tag(tag));
        solid.height += line.height;
        solid.items.append(&mut line.items);
    }
    solid.height += 2.0 * MM;
    Unit::Solid(solid)
}

/// The months from side to side.
struct Axis {
    /// The first day of the first month.
    start: NaiveDate,
    /// The first day of the month after the last.
    end: NaiveDate,
}

impl Axis {
    fn new((first, last): (NaiveDate, NaiveDate)) -> Self {
        let month = |day: NaiveDate| day.with_day(1).unwrap_or(day);
        let end = month(last).checked_add_months(Months::new(1)).unwrap_or(last);
        Self { start: month(first), end }
    }

    /// Where a day begins, in pt.
    fn x(&self, day: NaiveDate) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "some hundred years at the most")]
        let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days() as f32;
        let share = days(self.start, day) / days(self.start, self.end).max(1.0);
        NAMES + (TEXT_WIDTH * MM - NAMES) * share.clamp(0.0, 1.0)
    }

    /// Where a day ends, in pt.
    fn x_after(&self, day: NaiveDate) -> f32 {
        self.x(day.succ_opt().unwrap_or(day))
    }

    /// The months that have a label, and how many months lie between two of them.
    fn months(&self) -> (Vec<NaiveDate>, u32) {
        let months = (self.end.year() - self.start.year()).unsigned_abs() * 12 + self.end.month() - self.start.month();
        #[expect(clippy::cast_precision_loss, reason = "some thousand months at the most")]
        let width = |step: u32| (TEXT_WIDTH * MM - NAMES) * step as f32 / months.max(1) as f32;
        // A month needs the room of 12月, a year that of 令和18年.
        let has_room = |step: &u32| width(*step) >= if *step < 12 { 24.0 } else { 50.0 };
        let step = STEPS.into_iter().find(has_room).unwrap_or(months.max(1));
        let month = |nth: u32| self.start.checked_add_months(Months::new(nth * step));
        let is_round = |day: &NaiveDate| step < 12 || day.month() == 1;
        let first = if step < 12 { 0 } else { (13 - self.start.month()) % 12 };
        let month = |nth: u32| month(nth)?.checked_add_months(Months::new(first));
        let days = (0..=months / step).filter_map(month).filter(is_round);
        (days.filter(|day| *day < self.end).collect(), step)
    }
}

/// What is being drawn, from the upper left corner of the picture.
struct Picture<'p, 'w, 'a> {
    work: &'p mut Work<'w>,
    timeline: &'a Timeline,
    axis: Axis,
    tag: TagId,
    solid: Solid,
    /// Where texts stand: a label that would lie over another is left out.
    inks: Vec<Area>,
    /// What has an outline.
    outlined: Vec<Area>,
    /// Lines that help to read the picture; they are drawn last, around all else.
    guides: Vec<[(f32, f32); 2]>,
}

impl Picture<'_, '_, '_> {
    fn draw(&mut self) {
        self.solid.height = 2.0 * AXIS_LINE;
        let months = self.months();
        self.hours();
        self.treatments();
        self.measures();
        self.follow_ups();
        let bottom = self.solid.height;
        let right = TEXT_WIDTH * MM;
        self.guides.extend(months.into_iter().map(|x| [(x, AXIS_LINE * 2.0), (x, bottom)]));
        self.today(bottom);
        self.guides();
        self.rectangle(
            Area { x: NAMES, y: 2.0 * AXIS_LINE, width: right - NAMES, height: bottom - 2.0 * AXIS_LINE },
            0.5,
        );
        self.solid.height += 1.0 * MM;
    }

    /// The labels of the axis. Returns where the months with a label begin.
    fn months(&mut self) -> Vec<f32> {
        let (days, step) = self.axis.months();
        for (nth, day) in days.iter().enumerate() {
            let x = self.axis.x(*day);
            if nth == 0 || day.month() == 1 || step >= 12 {
                self.label(&words::year(*day), Style::Small, (x + 1.0, 0.0));
            }
            self.label(&words::month(*day), Style::Small, (x + 1.0, AXIS_LINE));
        }
        days.into_iter().map(|day| self.axis.x(day)).filter(|x| *x > NAMES + 0.5).collect()
    }

    /// The periods, each as wide as its days and as high as its hours.
    fn hours(&mut self) {
        let hours = || self.timeline.bars.iter().filter(|bar| bar.days().is_some()).filter_map(|bar| bar.hours);
        let first = hours().map(|hours| hours.start / 60).min();
        let last = hours().map(|hours| hours.end.div_ceil(60)).max();
        let top = self.solid.height;
        let Some((first, last)) = first.zip(last) else {
            self.solid.height += NO_HOURS_HEIGHT;
            self.name(words::PERIODS, top, NO_HOURS_HEIGHT);
            return self.periods(|_| (top, top + NO_HOURS_HEIGHT));
        };
        let count = f32::from(last - first);
        let hour = (HOURS_HEIGHT / (count + 1.0)).min(HOUR_HEIGHT);
        let y = |minutes: u16| top + hour * (0.5 + f32::from(minutes) / 60.0 - f32::from(first));
        self.solid.height += hour * (count + 1.0);
        let bottom = self.solid.height;
        let between = if hour >= Style::Small.leading() { 1 } else { 3 };
        for at in (first..=last).step_by(between) {
            self.right_label(&words::hour(at), y(at * 60));
            self.guides.push([(NAMES, y(at * 60)), (TEXT_WIDTH * MM, y(at * 60))]);
        }
        self.periods(|bar| bar.hours.map_or((top, bottom), |hours| (y(hours.start), y(hours.end))));
    }

    fn periods(&mut self, height: impl Fn(&Bar) -> (f32, f32)) {
        for (nth, bar) in self.timeline.bars.iter().enumerate() {
            let Some((start, end)) = bar.days() else { continue };
            let (top, bottom) = height(bar);
            let (left, right) = (self.axis.x(start), self.axis.x_after(end));
            let area = Area { x: left, y: top, width: right - left, height: bottom - top };
            self.period_label(nth, bar, &area);
            self.outline(&area, bar.hours.is_none());
        }
    }

    /// The number of a period, and its hours where they have room.
    fn period_label(&mut self, nth: usize, bar: &Bar, area: &Area) {
        let number = (nth + 1).to_string();
        let mut candidates = Vec::new();
        if let Some(hours) = bar.hours {
            let (start, end) = (words::time(hours.start), words::time(hours.end));
            candidates.push(vec![words::from_to(&start, &end)]);
            candidates.push(vec![start, words::TO.to_owned(), end]);
        }
        candidates.push(Vec::new());
        let _ = candidates.iter().any(|lines| self.centred(&number, lines, area));
    }

    /// A number with lines below it in the middle of an area. Returns whether they have room there.
    fn centred(&mut self, number: &str, lines: &[String], area: &Area) -> bool {
        let lines =
            std::iter::once((number, Style::Heading)).chain(lines.iter().map(|line| (line.as_str(), Style::Small)));
        let sized: Vec<_> = lines.map(|(text, style)| (text, style, self.work.text.width(text, style))).collect();
        let width = sized.iter().map(|(.., width)| *width).fold(0.0, f32::max) + 4.0;
        let height = sized.iter().map(|(_, style, _)| style.leading()).sum::<f32>() + 2.0;
        let place =
            Area { x: area.x + (area.width - width) / 2.0, y: area.y + (area.height - height) / 2.0, width, height };
        if width > area.width - 2.0 || height > area.height - 2.0 || self.is_taken(&place) {
            return false;
        }
        let mut y = place.y + 1.0;
        for (text, style, own) in sized {
            self.label(text, style, (place.x + (width - own) / 2.0, y));
            y += style.leading();
        }
        true
    }

    /// When there are treatments: a hatched bar is a stay in hospital.
    fn treatments(&mut self) {
        if self.timeline.bars.iter().all(|bar| bar.care.is_empty() || bar.days().is_none()) {
            return;
        }
        let area = self.lane(words::TREATMENT);
        for bar in &self.timeline.bars {
            let Some((start, end)) = bar.days().filter(|_| !bar.care.is_empty()) else { continue };
            let bar_area = in_lane(&area, self.axis.x(start), self.axis.x_after(end));
            let hole = self.label_within(&words::care(&bar.care), &bar_area);
            if bar.care.contains(&Care::Admission) {
                self.hatch(&bar_area, hole);
            }
            self.outline(&bar_area, bar.care == [Care::Other]);
        }
    }

    /// For when the opinions ask for measures; one that says no end reaches on.
    fn measures(&mut self) {
        let skipped = self.timeline.measures.len().saturating_sub(MOST_MEASURES);
        for measures in self.timeline.measures.iter().skip(skipped) {
            if measures.start.zip(measures.end).is_some_and(|(start, end)| end < start) {
                continue;
            }
            let lane = self.lane(words::MEASURES);
            let left = measures.start.map_or(lane.x, |day| self.axis.x(day));
            let right = measures.end.map_or(lane.right(), |day| self.axis.x_after(day));
            let area = in_lane(&lane, left, right);
            self.label_within(&measured(measures), &area);
            self.outline(&area, false);
        }
    }

    /// The days to follow up: a mark at the end of each, and its date.
    fn follow_ups(&mut self) {
        const HALF: f32 = 3.5;
        if self.timeline.follow_ups.is_empty() {
            return;
        }
        let lane = self.lane(words::FOLLOW_UP);
        let y = lane.y + lane.height / 2.0;
        let x = |day: NaiveDate| self.axis.x_after(day).min(lane.right() - HALF - 1.0);
        let days: Vec<(NaiveDate, f32)> = self.timeline.follow_ups.iter().map(|day| (*day, x(*day))).collect();
        for (_, x) in days.iter().copied() {
            let corners = [(x - HALF, y - HALF), (x + HALF, y - HALF), (x, y + HALF), (x - HALF, y - HALF)];
            self.stroke(&corners, STRONG, false);
            self.inks.push(Area { x: x - HALF, y: y - HALF, width: 2.0 * HALF, height: 2.0 * HALF });
        }
        for (day, x) in days {
            let text = words::short_day(day);
            let width = self.work.text.width(&text, Style::Small);
            let left = x - HALF - 3.0 - width;
            let at = if left > lane.x { left } else { x + HALF + 3.0 };
            self.label(&text, Style::Small, (at, y - Style::Small.leading() / 2.0));
        }
    }

    /// Today, on what is looked at today: a paper that is kept has no today.
    fn today(&mut self, bottom: f32) {
        let today = self.timeline.today;
        if self.work.source.edition != Edition::Draft || !(self.axis.start..self.axis.end).contains(&today) {
            return;
        }
        let x = self.axis.x(today);
        for [from, to] in around([(x, 2.0 * AXIS_LINE - 3.0), (x, bottom + 4.0)], &self.inks) {
            self.stroke(&[from, to], STRONG, false);
        }
        let text = words::today(today);
        let width = self.work.text.width(&text, Style::Small);
        let left = (x - width / 2.0).clamp(NAMES, TEXT_WIDTH * MM - width);
        self.label(&text, Style::Small, (left, bottom + 4.0));
        self.solid.height = bottom + 4.0 + Style::Small.leading();
    }

    fn guides(&mut self) {
        let taken: Vec<Area> = self.inks.iter().chain(&self.outlined).copied().collect();
        for guide in std::mem::take(&mut self.guides) {
            for [from, to] in around(guide, &taken) {
                self.stroke(&[from, to], FINE, true);
            }
        }
    }

    /// A line below the hours, with its name at its left.
    fn lane(&mut self, name: &str) -> Area {
        let y = self.solid.height;
        self.solid.height += LANE;
        self.stroke(&[(NAMES, y), (TEXT_WIDTH * MM, y)], 0.5, false);
        self.name(name, y, LANE);
        Area { x: NAMES, y, width: TEXT_WIDTH * MM - NAMES, height: LANE }
    }

    fn name(&mut self, name: &str, y: f32, height: f32) {
        self.right_label(name, y + height / 2.0);
    }

    /// A text before the picture, its middle at this height.
    fn right_label(&mut self, text: &str, middle: f32) {
        let width = self.work.text.width(text, Style::Small);
        self.label(text, Style::Small, (NAMES - 2.0 * MM - width, middle - Style::Small.leading() / 2.0));
    }

    /// A text in the middle of a bar, if it has room there. Returns where it stands.
    fn label_within(&mut self, text: &str, bar: &Area) -> Option<Area> {
        let style = Style::Small;
        let width = self.work.text.width(text, style);
        let area =
            Area { x: bar.x + (bar.width - width) / 2.0 - 2.0, y: bar.y, width: width + 4.0, height: bar.height };
        if text.is_empty() || area.width > bar.width - 2.0 || self.is_taken(&area) {
            return None;
        }
        self.label(text, style, (area.x + 2.0, bar.y + (bar.height - style.leading()) / 2.0));
        Some(area)
    }

    fn is_taken(&self, area: &Area) -> bool {
        let overlaps =
            |ink: &Area| ink.x < area.right() && area.x < ink.right() && ink.y < area.bottom() && area.y < ink.bottom();
        self.inks.iter().any(overlaps)
    }

    /// A text from its upper left corner, unless it would lie over another or leave the picture.
    fn label(&mut self, text: &str, style: Style, (x, y): (f32, f32)) {
        let lines = set_lines(self.work, &[Inline::text(text, style)], TEXT_WIDTH * MM, style.leading(), None);
        for mut line in lines.into_iter().take(1) {
            let area = Area { x, y, width: line.width + 1.0, height: style.leading() };
            if self.is_taken(&area) || area.right() > TEXT_WIDTH * MM + 1.0 {
                return;
            }
            line.shift(x, y);
            line.items.iter_mut().for_each(|item| item.set_tag(self.tag));
            self.solid.items.append(&mut line.items);
            self.inks.push(area);
        }
    }

    fn stroke(&mut self, points: &[(f32, f32)], thickness: f32, is_dashed: bool) {
        let points = points.to_vec();
        self.solid.items.push(Item::Stroke { points, thickness, is_dashed, tag: Some(self.tag) });
    }

    fn rectangle(&mut self, area: Area, thickness: f32) {
        self.stroke(&corners(&area), thickness, false);
    }

    fn outline(&mut self, area: &Area, is_dashed: bool) {
        self.stroke(&corners(area), STRONG, is_dashed);
        self.outlined.push(*area);
    }

    /// Fills an area with lines that rise to the right, but for the hole in which a text stands.
    fn hatch(&mut self, area: &Area, hole: Option<Area>) {
        let mut sum = ((area.x + area.y) / HATCH).ceil() * HATCH;
        while sum < area.right() + area.bottom() {
            // On such a line x and y always add up to this.
            let within = |area: &Area| (area.x.max(sum - area.bottom()), area.right().min(sum - area.y));
            let (left, right) = within(area);
            let cut = hole.as_ref().map(within).filter(|(from, to)| from < to);
            let parts = match cut {
                None => vec![(left, right)],
                Some((from, to)) => vec![(left, from.max(left)), (to.min(right), right)],
            };
            for (from, to) in parts.into_iter().filter(|(from, to)| to - from > 0.5) {
                self.stroke(&[(from, sum - from), (to, sum - to)], FINE, false);
            }
            sum += HATCH;
        }
    }
}

/// The place of a bar in a line below the hours, from here to there.
fn in_lane(lane: &Area, left: f32, right: f32) -> Area {
    Area { x: left, y: lane.y + LANE_EDGE, width: right - left, height: lane.height - 2.0 * LANE_EDGE }
}

fn corners(area: &Area) -> [(f32, f32); 5] {
    let (left, top, right, bottom) = (area.x, area.y, area.right(), area.bottom());
    [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
}

/// The parts of a line, upright or level, that lie in none of these areas.
fn around(line: [(f32, f32); 2], areas: &[Area]) -> Vec<[(f32, f32); 2]> {
    let [(left, top), (right, bottom)] = line;
    let is_upright = (left - right).abs() < 0.01;
    let (start, end) = if is_upright { (top, bottom) } else { (left, right) };
    let cut = |area: &Area| {
        let (across, along) = if is_upright {
            ((area.x, area.right()), (area.y, area.bottom()))
        } else {
            ((area.y, area.bottom()), (area.x, area.right()))
        };
        let at = if is_upright { left } else { top };
        (across.0 < at && at < across.1).then_some(along)
    };
    let mut cuts: Vec<(f32, f32)> = areas.iter().filter_map(cut).collect();
    cuts.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut parts = Vec::new();
    let mut from = start;
    for (cut_from, cut_to) in cuts.into_iter().chain([(end, end)]) {
        let to = cut_from.min(end);
        if to - from > 1.0 {
            parts.push(if is_upright { [(left, from), (left, to)] } else { [(from, top), (to, top)] });
        }
        from = from.max(cut_to);
    }
    parts
}

fn measured(measures: &Measures) -> String {
    let day = |day: Option<NaiveDate>| day.map(words::short_day).unwrap_or_default();
    words::from_to(&day(measures.start), &day(measures.end))
}

/// The widths of the table below the picture, in mm.
const KEY: [f32; 4] = [14.0, 70.0, 56.0, 30.0];

/// What the numbers in the picture stand for, as a table.
fn key(work: &mut Work<'_>, table: usize, field: &Field, timeline: &Timeline, units: &mut Vec<Unit>) {
    let hole = |meaning: Meaning| {
        let column = field.columns().iter().find(|column| column.meaning == Some(meaning));
        column.map_or(String::new(), |column| format!("{{{}}}", column.key))
    };
    let period = words::from_to(&hole(Meaning::PeriodStart), &hole(Meaning::PeriodEnd));
    let hours = hole(Meaning::WorkingHours);
    let tag = work.tags.add(Tags::ROOT, Role::Table);
    let left = |column: usize| KEY.iter().take(column).sum::<f32>() * MM;
    let heading_tag = work.tags.add(tag, Role::Row);
    let mut cells = Vec::new();
    for (at, text) in words::KEY.iter().enumerate() {
        cells.push(set_heading(work, text, left(at), KEY[at] * MM, (heading_tag, 1, true)));
    }
    units.push(Unit::Row(SetRow { least: 7.0 * MM, cells, table, is_heading: true }));
    for (nth, bar) in timeline.bars.iter().enumerate() {
        let row = work.tags.add(tag, Role::Row);
        let note = words::period_note(bar).map_or(String::new(), |note| format!("\n{note}"));
        let cells = vec![
            text_cell(work, &(nth + 1).to_string(), left(0), KEY[0] * MM, row),
            table_cell(work, (field, bar.row, &format!("{period}{note}")), left(1), KEY[1] * MM, row),
            table_cell(work, (field, bar.row, &hours), left(2), KEY[2] * MM, row),
            text_cell(work, &words::care(&bar.care), left(3), KEY[3] * MM, row),
        ];
        units.push(Unit::Row(SetRow { least: 7.0 * MM, cells, table, is_heading: false }));
    }
}
