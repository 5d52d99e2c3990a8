//! The words for what is coming up.

use chrono::{Datelike, NaiveDate};

use crate::model::date;
use crate::model::follow_up::{Occasion, Urgency};

/// The days of the week, from Monday on.
const WEEKDAYS: [char; 7] = ['月', '火', '水', '木', '金', '土', '日'];

/// What is to be looked at.
#[must_use]
pub fn occasion(what: &Occasion) -> String {
    match what {
        Occasion::PlanBegins => "復職計画の開始".to_owned(),
        Occasion::Review { number } => format!("計画の見直し（{number}回目）"),
        Occasion::MeasuresEnd => "措置期間の終了".to_owned(),
        Occasion::ConsentEnds { number } => format!("同意{number}の期限"),
        Occasion::SignaturesAwaited { parties } => {
            let parties: Vec<&str> = parties.iter().map(|party| super::party(*party)).collect();
            format!("署名の確認（{}）", parties.join("・"))
        }
        Occasion::RetentionLook => "保管期間の見直し".to_owned(),
    }
}

/// How soon something is, as the heading of what is.
#[must_use]
pub fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Due => "今日・期限切れ",
        Urgency::Week => "7日以内",
        Urgency::Fortnight => "14日以内",
        Urgency::Month => "30日以内",
        Urgency::Later => "30日より先",
    }
}

/// A day in a list: `R8.12.1（火）`.
#[must_use]
pub fn day(on: NaiveDate) -> String {
    let weekday = WEEKDAYS[on.weekday().num_days_from_monday() as usize % WEEKDAYS.len()];
    format!("{}（{weekday}）", date::short(on))
}

/// How far off a day is.
#[must_use]
pub fn distance(on: NaiveDate, today: NaiveDate) -> String {
    match (on - today).num_days() {
        0 => "今日".to_owned(),
        1 => "明日".to_owned(),
        days @ 2.. => format!("あと{days}日"),
        days => format!("{}日過ぎています", -days),
    }
}
