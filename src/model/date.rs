//! Days in the Japanese calendar: typed in any habit, printed with the era.
//!
//! The clock is not read here; whoever needs today passes it in.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use icu_calendar::Date;
use icu_calendar::cal::Japanese;

/// An era as it is printed and typed. When each begins is known to `icu_calendar`.
struct Era {
    /// The name in `icu_calendar`.
    code: &'static str,
    /// As printed.
    name: &'static str,
    /// Other ways to type it: the first letter in both scripts and the square character.
    short: [char; 3],
}

/// The eras that people now living write, the newest first.
const ERAS: [Era; 5] = [
    Era { code: "reiwa", name: "令和", short: ['R', '令', '㋿'] },
    Era { code: "heisei", name: "平成", short: ['H', '平', '㍻'] },
    Era { code: "showa", name: "昭和", short: ['S', '昭', '㍼'] },
    Era { code: "taisho", name: "大正", short: ['T', '大', '㍽'] },
    Era { code: "meiji", name: "明治", short: ['M', '明', '㍾'] },
];

/// The years that are read: from the coming of the solar calendar on.
fn years() -> RangeInclusive<i32> {
    1873..=2200
}

/// Whether a day is one that can be typed.
#[must_use]
pub fn is_in_range(day: NaiveDate) -> bool {
    years().contains(&day.year())
}

/// Why a typed date was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// Not written as a date.
    Unreadable,
    /// A year of one or two digits with no era before it.
    EraMissing,
    /// There is no such month, or no such day in that month.
    NoSuchDay,
    /// No era has a year 0.
    NoSuchYear,
    /// The year lies outside of that era; the day meant may be this one.
    OutsideEra(NaiveDate),
    /// Before the solar calendar came in 1873 or after the year 2200: a slip of the finger.
    OutOfRange,
}

/// Reads a date typed in any habit: `R8.11.22`, `令和8年11月22日`, `2026/11/22`, `20261122`,
/// `Ｓ５５．４．３`.
///
/// # Errors
/// Says what is wrong, and which day may have been meant where the era does not fit.
pub fn parse(typed: &str) -> Result<NaiveDate, DateError> {
    let text: String = typed.chars().filter(|c| !c.is_whitespace()).map(plain).collect();
    let (era, rest) = split_era(&text);
    // The first year of an era is 元年.
    let rest = match rest.strip_prefix('元') {
        Some(after) if era.is_some() => format!("1{after}"),
        _ => rest.to_owned(),
    };
    let [year, month, day] = numbers(&rest, era.is_some())?;
    match era {
        Some(era) => day_of_era(era, year, month, day),
        None if rest.starts_with(|c: char| c.is_ascii_digit()) && year < 100 => Err(DateError::EraMissing),
        None => day_of_year(year, month, day),
    }
}

/// Full-width letters, digits and punctuation as the plain ones that are typed for the same.
fn plain(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c).to_ascii_uppercase(),
        '。' | '・' | '、' => '.',
        '−' | 'ー' | '‐' | '―' => '-',
        _ => c.to_ascii_uppercase(),
    }
}

fn split_era(text: &str) -> (Option<&'static Era>, &str) {
    for era in &ERAS {
        if let Some(rest) = text.strip_prefix(era.name) {
            return (Some(era), rest);
        }
        if let Some(rest) = era.short.iter().find_map(|short| text.strip_prefix(*short)) {
            return (Some(era), rest);
        }
    }
    (None, text)
}

/// Year, month and day as written, with separators or as one run of digits.
fn numbers(text: &str, has_era: bool) -> Result<[i32; 3], DateError> {
    let is_run = !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let year_digits = if has_era { 2 } else { 4 };
    let parts: Vec<&str> = if is_run {
        if text.len() != year_digits + 4 {
            return Err(DateError::Unreadable);
        }
        vec![&text[..year_digits], &text[year_digits..year_digits + 2], &text[year_digits + 2..]]
    } else {
        let text = text.strip_suffix('日').unwrap_or(text);
        text.split(['年', '月', '.', '/', '-', ',']).collect()
    };
    let numbers: Result<Vec<i32>, _> = parts
        .iter()
        .map(|part| {
            let is_plain = part.len() <= 4 && part.chars().all(|c| c.is_ascii_digit());
            part.parse().ok().filter(|_| is_plain).ok_or(())
        })
        .collect();
    match numbers.as_deref() {
        Ok(&[year, month, day]) => Ok([year, month, day]),
        _ => Err(DateError::Unreadable),
    }
}

fn day_of_era(era: &Era, year: i32, month: i32, day: i32) -> Result<NaiveDate, DateError> {
    let first_year = years()
        .find(|year| era_of(*year, 12, 31).is_some_and(|(found, _)| found.code == era.code))
        .ok_or(DateError::OutOfRange)?;
    // Meiji counts from its sixth year here: the solar calendar came then.
    let counted = era_of(first_year, 12, 31).map_or(1, |(_, year)| year);
    if year < 1 {
        return Err(DateError::NoSuchYear);
    }
    let date = day_of_year(first_year - counted + year, month, day)?;
    match era_of(date.year(), date.month(), date.day()) {
        Some((found, _)) if found.code == era.code => Ok(date),
        Some(_) => Err(DateError::OutsideEra(date)),
        None => Err(DateError::OutOfRange),
    }
}

fn day_of_year(year: i32, month: i32, day: i32) -> Result<NaiveDate, DateError> {
    if !years().contains(&year) {
        return Err(DateError::OutOfRange);
    }
    let (month, day) = (month.unsigned_abs(), day.unsigned_abs());
    NaiveDate::from_ymd_opt(year, month, day).ok_or(DateError::NoSuchDay)
}

/// The era of a day and the year within it; none where `icu_calendar` knows an era that has no
/// name here yet.
fn era_of(year: i32, month: u32, day: u32) -> Option<(&'static Era, i32)> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let date = Date::try_new_iso(year, month, day).ok()?.to_calendar(Japanese::new());
    let found = date.year().era()?;
    ERAS.iter().find(|era| found.era == era.code).map(|era| (era, found.year))
}

/// As printed on a form: `昭和55年4月3日`, `令和元年5月1日`.
#[must_use]
pub fn format(date: NaiveDate) -> String {
    let (month, day) = (date.month(), date.day());
    match era_of(date.year(), month, day) {
        Some((era, 1)) => format!("{}元年{month}月{day}日", era.name),
        Some((era, year)) => format!("{}{year}年{month}月{day}日", era.name),
        None => format!("{}年{month}月{day}日", date.year()),
    }
}

/// The name of the era that a day belongs to, such as `令和`; empty where it has none.
#[must_use]
pub fn era_name(date: NaiveDate) -> &'static str {
    era_of(date.year(), date.month(), date.day()).map_or("", |(era, _)| era.name)
}

/// The year as it begins a case number: `R8`, or `2040` where the era has no letter yet.
#[must_use]
pub fn short_year(date: NaiveDate) -> String {
    era_of(date.year(), date.month(), date.day())
        .map_or_else(|| date.year().to_string(), |(era, year)| format!("{}{year}", era.short[0]))
}

/// Short, for a narrow cell: `R8.11.22`. What it gives can be typed again.
#[must_use]
pub fn short(date: NaiveDate) -> String {
    format!("{}.{}.{}", short_year(date), date.month(), date.day())
}

/// The age in completed years on a day.
#[must_use]
pub fn age(birth: NaiveDate, on: NaiveDate) -> i32 {
    let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
    on.year() - birth.year() - i32::from(!had_birthday)
}
