//! What the program itself puts on a page or into a PDF, beside the wording of the form.

use chrono::{Datelike, NaiveDate};

use super::record;
use crate::model::date;
use crate::model::hours::DAY;
use crate::model::revision::Edition;
use crate::model::timeline::{Bar, Care, Timeline};

/// Before the case number.
pub const CASE_NUMBER: &str = "ケース番号";
/// Before the fingerprint.
pub const FINGERPRINT: &str = "照合番号";
/// Below a heading that is said again because its row goes on.
pub const CONTINUED: &str = "（続き）";

/// Across the pages of what is not handed out, and in their footer.
pub const DRAFT: &str = "下書き";
/// Across the pages of what was handed out once and is replaced.
pub const OLD_VERSION: &str = "旧版";

/// What the page is for, its fingerprint, and which page it is.
#[must_use]
pub fn footer(edition: Edition, fingerprint: &str, number: usize, count: usize) -> String {
    let edition = self::edition(edition).map_or(String::new(), |edition| format!("{edition}　"));
    format!("{edition}{FINGERPRINT} {fingerprint}　{number}/{count}")
}

/// What the page is for; an empty form says nothing of it.
#[must_use]
pub fn edition(edition: Edition) -> Option<String> {
    match edition {
        Edition::Draft => Some(DRAFT.to_owned()),
        Edition::Empty => None,
        Edition::Revision { number, .. } => Some(record::revision(number)),
    }
}

/// What the properties of a file say of it: `第2版　本人控　照合番号 1a2b3c4d`.
#[must_use]
pub fn keywords(edition: Edition, is_old: bool, fingerprint: &str) -> String {
    let mark = match edition {
        Edition::Revision { mark, .. } => mark.map(|mark| record::copy_mark(mark).to_owned()),
        Edition::Draft | Edition::Empty => None,
    };
    let old = is_old.then(|| OLD_VERSION.to_owned());
    let parts = [old, self::edition(edition), mark, Some(format!("{FINGERPRINT} {fingerprint}"))];
    parts.into_iter().flatten().collect::<Vec<_>>().join("　")
}

/// The title of a copy of what was replaced.
#[must_use]
pub fn old_title(title: &str) -> String {
    format!("{OLD_VERSION}　{title}")
}

/// Which page it is of how many.
#[must_use]
pub fn page(number: usize, count: usize) -> String {
    format!("{number}/{count} ページ")
}

/// An option with a circle around it, for those who do not see the circle.
#[must_use]
pub fn chosen(option: &str) -> String {
    format!("{option}（選択）")
}

/// A field to sign in, for those who do not see the line.
#[must_use]
pub fn signature_field(name: &str) -> String {
    format!("{name}の署名欄")
}

/// Between two days or hours.
pub const TO: &str = "～";
/// The part of the picture of a plan that shows its periods, where it has no hours.
pub const PERIODS: &str = "期間";
/// The part of it that shows the treatments.
pub const TREATMENT: &str = "治療";
/// The part of it that shows for when the opinions ask for measures.
pub const MEASURES: &str = "措置期間";
/// The part of it that shows when to follow up.
pub const FOLLOW_UP: &str = "確かめる日";
/// How to read it.
pub const HOW_TO_READ: &str = "横は期間、縦は勤務時間です。治療の帯のうち、斜線の所は入院のある期間です。▽は、様子を確かめる日（期間の終わりなど）です。";
/// The headings of the table below it.
pub const KEY: [&str; 4] = ["番号", "期間", "勤務時間", "治療"];

/// From one to the other; either may be left open.
#[must_use]
pub fn from_to(from: &str, to: &str) -> String {
    format!("{from}{TO}{to}")
}

/// The year of a day, in the Japanese calendar.
#[must_use]
pub fn year(day: NaiveDate) -> String {
    let written = date::format(day);
    written.split_once('年').map_or(written.clone(), |(year, _)| format!("{year}年"))
}

/// The month of a day.
#[must_use]
pub fn month(day: NaiveDate) -> String {
    format!("{}月", day.month())
}

/// A day among others of the same year.
#[must_use]
pub fn short_day(day: NaiveDate) -> String {
    format!("{}/{}", day.month(), day.day())
}

/// Today, in the picture of a plan.
#[must_use]
pub fn today(day: NaiveDate) -> String {
    format!("今日 {}", short_day(day))
}

/// An hour of the day; after midnight it is one of the next.
#[must_use]
pub fn hour(hour: u16) -> String {
    time(hour * 60)
}

/// A time of the day, in minutes after midnight.
#[must_use]
pub fn time(minutes: u16) -> String {
    let next = if minutes > DAY { "翌" } else { "" };
    let minutes = if minutes > DAY { minutes - DAY } else { minutes };
    format!("{next}{}:{:02}", minutes / 60, minutes % 60)
}

/// Sorts of treatment.
#[must_use]
pub fn care(care: &[Care]) -> String {
    let name = |care: &Care| match care {
        Care::Visit => "通院",
        Care::Admission => "入院",
        Care::Other => TREATMENT,
    };
    care.iter().map(name).collect::<Vec<_>>().join("・")
}

/// Why a period is not in the picture.
#[must_use]
pub fn period_note(bar: &Bar) -> Option<&'static str> {
    match bar.days() {
        Some(_) => None,
        None if bar.is_backwards() => Some("（終わりが始まりより前です）"),
        None => Some("（始まりの日がありません）"),
    }
}

/// The picture of a plan, for those who do not see it.
#[must_use]
pub fn timeline(timeline: &Timeline) -> String {
    let day = |day: Option<NaiveDate>| day.map(date::format).unwrap_or_default();
    let mut sentences = vec!["期間と勤務時間を、月ごとの目盛りの上に表した図".to_owned()];
    for (nth, bar) in timeline.bars.iter().enumerate() {
        let days = from_to(&day(bar.start), &day(bar.end));
        let care = care(&bar.care);
        let parts = [days.as_str(), bar.written.as_str(), care.as_str(), period_note(bar).unwrap_or_default()];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        sentences.push(format!("{}：{}", nth + 1, parts.join("、")));
    }
    for measures in &timeline.measures {
        sentences.push(format!("{MEASURES}：{}", from_to(&day(measures.start), &day(measures.end))));
    }
    let days: Vec<String> = timeline.follow_ups.iter().map(|day| date::format(*day)).collect();
    if !days.is_empty() {
        sentences.push(format!("{FOLLOW_UP}：{}", days.join("、")));
    }
    sentences.join("。")
}
