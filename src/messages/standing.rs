//! Where a case stands, in words.

use super::quoted;
use chrono::NaiveDate;

use crate::model::date;
use crate::model::form::Party;
use crate::model::process::{Action, Process, Standing};

/// A party, as people say it.
#[must_use]
pub fn party(party: Party) -> &'static str {
    match party {
        Party::Patient => "本人",
        Party::Physician => "主治医",
        Party::Company => "会社担当者",
        Party::Coordinator => "両立支援コーディネーター",
        Party::OutsideCoordinator => "会社・支援機関のコーディネーター",
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
        5 => "⑤",
        _ => "開始前",
    }
}

/// What happens in a step.
#[must_use]
pub fn step_title(process: &Process, step: u8) -> &str {
    match process.title(step) {
        "" => "準備",
        title => title,
    }
}

/// What is to be done next with the form of that short title.
#[must_use]
pub fn action(action: &Action, form: Option<&str>) -> String {
    let form = form.unwrap_or("書類");
    match action {
        Action::Begin => "この段階の書類を作ってください".to_owned(),
        Action::Fill { labels } => {
            let labels = quoted(labels);
            format!("{form}の{labels}を入力してください")
        }
        Action::HandOut { revision: 1 } => format!("{form}を渡して、署名をお願いしてください"),
        Action::HandOut { revision } => {
            let changed = super::record::revision(*revision);
            format!("{form}が変更されています。{changed}として渡し、署名をお願いしてください")
        }
        Action::Sign { captions } => {
            let captions: Vec<&str> = captions.iter().map(|one| one.trim_matches(['（', '）'])).collect();
            format!("{form}への署名（{}）を待っています。受け取ったら記録してください", captions.join("・"))
        }
        Action::FollowUp => "計画の期間ごとに、本人の様子を確かめてください".to_owned(),
        Action::Closed { outcome } => format!("終了しています（{}）", super::record::outcome(*outcome)),
    }
}

/// By when it is to be done.
#[must_use]
pub fn due(due: Option<NaiveDate>) -> String {
    due.map_or_else(|| "なし".to_owned(), date::format)
}

/// Step, whose turn, and what to do, on one line.
#[must_use]
pub fn standing(standing: &Standing, form: Option<&str>, process: &Process) -> String {
    if let Action::Closed { .. } = standing.action {
        // It is nobody's turn any more.
        return action(&standing.action, form);
    }
    let (number, name) = (step(standing.step), step_title(process, standing.step));
    format!("{number} {name}　{}の番です：{}", party(standing.turn), action(&standing.action, form))
}
