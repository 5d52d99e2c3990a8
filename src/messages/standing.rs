//! Where a case stands, in words.

use super::quoted;
use chrono::NaiveDate;

use crate::model::date;
use crate::model::form::Party;
use crate::model::process::{Action, Standing};

/// A party, as people say it.
#[must_use]
pub fn party(party: Party) -> &'static str {
    match party {
        Party::Patient => "本人",
        Party::Physician => "主治医",
        Party::Company => "会社担当者",
        Party::Coordinator => "両立支援コーディネーター",
        Party::OccupationalPhysician => "産業医",
    }
}

/// The number of a step.
#[must_use]
pub fn step(step: u8) -> &'static str {
    match step {
        1 => "①",
        2 => "②",
        3 => "③",
        4 => "④",
        _ => "開始前",
    }
}

/// What happens in a step.
#[must_use]
pub fn step_name(step: u8) -> &'static str {
    match step {
        1 => "主治医の意見",
        2 => "職場との協議",
        3 => "職場復帰支援プランの作成",
        4 => "主治医の支持",
        _ => "準備",
    }
}

/// What is to be done next with the form of that short title.
#[must_use]
pub fn action(action: &Action, form: Option<&str>) -> String {
    let form = form.unwrap_or("書類");
    match action {
        Action::Begin => "最初の書類を作ってください".to_owned(),
        Action::Fill { labels } => {
            let labels = quoted(labels);
            format!("{form}の{labels}を入力してください")
        }
        Action::Sign => format!("{form}を印刷し、署名をお願いしてください"),
    }
}

/// By when it is to be done.
#[must_use]
pub fn due(due: Option<NaiveDate>) -> String {
    due.map_or_else(|| "なし".to_owned(), date::format)
}

/// Step, whose turn, and what to do, on one line.
#[must_use]
pub fn standing(standing: &Standing, form: Option<&str>) -> String {
    let (number, name) = (step(standing.step), step_name(standing.step));
    format!("{number} {name}　{}の番です：{}", party(standing.turn), action(&standing.action, form))
}
