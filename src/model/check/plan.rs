//! The rows of a plan: among themselves, by their hours, and against the time for which an opinion
//! asks for measures.

use chrono::{Datelike, NaiveDate, Weekday};

use super::facts::{Facts, Opinion, Plan, Row};
use super::{Place, Problem, What};
use crate::model::hours;

/// The longest day of work without overtime, in minutes （労働基準法 第32条第2項）.
const LONGEST_DAY: u16 = 8 * 60;
/// The break that such a day has at least where none is told, in minutes: an hour, as is common;
/// 45 minutes would do up to eight hours （労働基準法 第34条第1項）.
const BREAK: u16 = 60;

pub(super) fn check(facts: &Facts<'_>, problems: &mut Vec<Problem>) {
    for opinion in &facts.opinions {
        check_measures(opinion, problems);
    }
    for plan in &facts.plans {
        for row in &plan.rows {
            check_period(row, problems);
            check_hours(facts, row, problems);
        }
        for pair in plan.rows.windows(2) {
            check_neighbours(&pair[0], &pair[1], problems);
        }
        // The newest opinion that tells a time of measures is the one to keep to.
        if let Some(opinion) = facts.opinions.iter().rev().find(|one| one.measures_end.is_some()) {
            check_against_measures(opinion, plan, problems);
        }
    }
}

fn tell(place: &Place, what: What, problems: &mut Vec<Problem>) {
    problems.push(Problem::suggestion(place.clone(), what));
}

fn check_measures(opinion: &Opinion<'_>, problems: &mut Vec<Problem>) {
    if let (Some((_, start)), Some((place, end))) = (&opinion.measures_start, &opinion.measures_end)
        && end < start
    {
        tell(place, What::PeriodReversed, problems);
    }
}

fn check_period(row: &Row<'_>, problems: &mut Vec<Problem>) {
    if row.start.zip(row.end).is_some_and(|(start, end)| end < start) {
        tell(&row.end_place, What::PeriodReversed, problems);
    }
}

fn check_neighbours(above: &Row<'_>, row: &Row<'_>, problems: &mut Vec<Problem>) {
    let Some(start) = row.start else { return };
    if above.start.is_some_and(|above| start < above) {
        tell(&row.start_place, What::RowsBackwards, problems);
        return;
    }
    let Some(end) = above.end.filter(|end| above.start.is_none_or(|start| start <= *end)) else { return };
    if start <= end {
        tell(&row.start_place, What::RowsOverlap { end }, problems);
    } else if let Some((from, to)) = gap(end, start) {
        tell(&row.start_place, What::RowsGap { from, to }, problems);
    }
}

/// The days between the end of a row and the start of the next one, if any is a weekday.
fn gap(end: NaiveDate, start: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let (from, to) = (end.succ_opt()?, start.pred_opt()?);
    let is_weekday = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    // A week always has one: no more needs to be looked at.
    from.iter_days().take(7).take_while(|day| *day <= to).any(|day| is_weekday(&day)).then_some((from, to))
}

fn check_hours(facts: &Facts<'_>, row: &Row<'_>, problems: &mut Vec<Problem>) {
    for passage in &row.hours {
        let times = hours::all(passage.text);
        let hours = passage.text.to_owned();
        let rest = facts.topics.rest(passage.text);
        let longest = facts.usual.unwrap_or(LONGEST_DAY + rest.unwrap_or(BREAK));
        if times.iter().any(|one| one.is_reversed()) {
            tell(&passage.place, What::HoursReversed { hours }, problems);
        } else if times.iter().any(|one| one.span() > longest) {
            tell(&passage.place, What::LongHours { hours, usual: facts.usual }, problems);
        }
    }
}

fn check_against_measures(opinion: &Opinion<'_>, plan: &Plan<'_>, problems: &mut Vec<Problem>) {
    let first = plan.rows.iter().filter(|row| row.start.is_some()).min_by_key(|row| row.start);
    let last = plan.rows.iter().filter(|row| row.end.is_some()).max_by_key(|row| row.end);
    if let (Some((_, start)), Some(row)) = (&opinion.measures_start, first)
        && row.start.is_some_and(|day| day < *start)
    {
        tell(&row.start_place, What::BeginsBeforeMeasures { start: *start }, problems);
    }
    if let (Some((_, end)), Some(row)) = (&opinion.measures_end, last)
        && row.end.is_some_and(|day| day < *end)
    {
        tell(&row.end_place, What::EndsBeforeMeasures { end: *end }, problems);
    }
}
