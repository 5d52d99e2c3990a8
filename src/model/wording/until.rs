//! Until when something holds, as a text says it: 「6月末まで」「復職後1か月は」.

use chrono::{Datelike, Days, Months, NaiveDate};

/// The end of a restriction, as far as the text tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// A day of a month, of a year if that is told.
    Day {
        /// The year of the Western calendar.
        year: Option<i32>,
        /// 1–12.
        month: u32,
        /// 1–31; above the length of the month it is its last day.
        day: u32,
    },
    /// So many days after the return to work, a month counting as 31.
    AfterReturn(u32),
}

impl Until {
    /// The last day, for a plan that begins on a day. A month without a year is the first one
    /// that is not long past by then.
    #[must_use]
    pub fn resolve(self, plan_start: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::AfterReturn(days) => plan_start.checked_add_days(Days::new(u64::from(days))),
            Self::Day { year: Some(year), month, day } => last_at_most(year, month, day),
            Self::Day { year: None, month, day } => {
                let earliest = plan_start.checked_sub_months(Months::new(1))?;
                let this_year = last_at_most(plan_start.year(), month, day)?;
                let year = plan_start.year() + i32::from(this_year < earliest);
                last_at_most(year, month, day)
            }
        }
    }
}

/// That day of a month, or the last one that the month has.
fn last_at_most(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    (28..=day.clamp(28, 31)).rev().find_map(|last| NaiveDate::from_ymd_opt(year, month, day.min(last)))
}

/// The end that a part of a folded text tells last; none where it tells none.
pub(super) fn until(part: &[char]) -> Option<Until> {
    let text: String = part.iter().collect();
    text.rfind("まで").and_then(|at| day_before(&text[..at])).or_else(|| after_return(&text))
}

/// The first day that a part of a folded text tells with 「から」.
pub(super) fn from(part: &[char]) -> Option<Until> {
    let text: String = part.iter().collect();
    text.match_indices("から").find_map(|(at, _)| day_before(&text[..at]))
}

/// The day that ends a text: 「令和9年3月の診察」「6月末」「11月13日」. Between the month and the end
/// there is room for what happens on it.
fn day_before(text: &str) -> Option<Until> {
    const LONGEST_EVENT: usize = 8;
    let at = text.rfind('月')?;
    let (before, after) = (&text[..at], &text[at + '月'.len_utf8()..]);
    if after.chars().count() > LONGEST_EVENT || after.contains(['、', '。']) {
        return None;
    }
    let (before, month) = number_at_end(before)?;
    let day = match after.chars().next() {
        Some('上') => 10,
        Some('中') => 20,
        Some(digit) if digit.is_ascii_digit() => {
            after.chars().map_while(|c| c.to_digit(10)).fold(0, |day, digit| (day * 10 + digit).min(99))
        }
        _ => 31,
    };
    let year = before.strip_suffix('年').and_then(year_at_end);
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Until::Day { year, month, day })
}

fn year_at_end(text: &str) -> Option<i32> {
    const FIRST_REIWA: i32 = 2018;
    let (before, year) = number_at_end(text)?;
    let year = i32::try_from(year).ok()?;
    if before.ends_with("令和") { Some(FIRST_REIWA + year) } else { (year > 1900).then_some(year) }
}

/// 「復職後1か月」「初めの2週間」.
fn after_return(text: &str) -> Option<Until> {
    const STARTS: [&str; 6] = ["復職後", "復帰後", "初めの", "はじめの", "最初の", "復職から"];
    let start = STARTS.iter().find_map(|start| text.find(start).map(|at| &text[at + start.len()..]))?;
    let digits = start.chars().take_while(char::is_ascii_digit).count();
    let count: u32 = start[..digits].parse().ok().filter(|count| *count <= 60)?;
    let unit = &start[digits..];
    let is_month = ["か月", "ヶ月", "ケ月", "カ月", "ヵ月", "箇月"].iter().any(|month| unit.starts_with(month));
    let days = if is_month { 31 } else { 7 * u32::from(unit.starts_with("週間")) };
    (days > 0).then_some(Until::AfterReturn(count * days))
}

/// The number at the end of a text, with what stands before it.
fn number_at_end(text: &str) -> Option<(&str, u32)> {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit());
    Some((before, text[before.len()..].parse().ok()?))
}
