//! The words for how far a case has come: steps, whose turn it is, signatures, consents, the plan.

use chrono::{Datelike, NaiveDate};

use super::{party, record};
use crate::model::closing::Closing;
use crate::model::consent::Consent;
use crate::model::date;
use crate::model::form::Party;
use crate::model::process::{Action, LineMark, Standing};
use crate::model::revision::{Handout, Paper, Purpose, Recipient};

/// Before the sentence that says what to do.
pub const NEXT: &str = "次にすること";
/// Hands a paper out.
pub const HAND_OUT: &str = "渡す…";
/// Papers in one encrypted file, while somebody outside is awaited.
pub const SHARE: &str = "受け渡しファイルを作る…";
/// What came back from there.
pub const TAKE_REPLY: &str = "返信を取り込む…";
/// Records a signature.
pub const SIGN: &str = "署名を記録…";
/// Corrects a signature that was recorded by mistake.
pub const CORRECT: &str = "訂正…";
/// Goes to the first empty field.
pub const FILL: &str = "入力する";
/// Lists the revisions of a document.
pub const REVISIONS: &str = "版の一覧…";
/// Records a consent.
pub const CONSENT: &str = "同意を記録…";
/// Records that a consent was withdrawn.
pub const WITHDRAW: &str = "撤回…";
/// Closes the case.
pub const END: &str = "ケースを終了…";
/// Opens it again.
pub const REOPEN: &str = "ケースを再開…";
/// The record of what was done.
pub const LOG: &str = "操作の記録…";
/// Papers and who signs them.
pub const PAPERS: &str = "書類と署名";
/// What the patient agreed to.
pub const CONSENTS: &str = "本人の同意";
/// None was recorded.
pub const NO_CONSENT: &str =
    "まだ記録がありません。会社や産業医に書類を渡すときは、先に本人の同意を得て、記録してください。";
/// The plan, drawn.
pub const PLAN: &str = "復職計画の図";
/// The end of the case.
pub const ENDING: &str = "ケースの終了と記録";
/// The line of today.
pub const TODAY: &str = "今日";
/// How to read the plan as it is drawn.
pub const HOW_TO_READ: &str = "◇は様子を確かめる日、斜線の帯は入院のある期間です。";
/// The plan has no period yet.
pub const NO_PLAN: &str = "復職計画の期間を入力すると、ここに図で表示します。";
/// The case has no paper.
pub const NO_PAPERS: &str = "まだ書類がありません。書類の名前の横の「＋」で追加してください。";
/// A newer document of the same form has taken its place.
pub const REPLACED: &str = "同じ様式の新しい書類があります";
/// The patient in the middle.
pub const PATIENT: &str = "患者（本人）";
/// It is their turn, without anything to sign.
pub const TURN: &str = "今の番です";

/// How far a step has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepMark {
    /// Nothing is to be done in it any more.
    Done,
    /// The case stands there.
    Now,
    /// It is still to come.
    ToCome,
}

/// A step with its mark, for the screen reader: ① 主治医の意見 済み.
#[must_use]
pub fn step(number: u8, title: &str, mark: StepMark) -> String {
    let state = match mark {
        StepMark::Done => "済み",
        StepMark::Now => "今ここ",
        StepMark::ToCome => "これから",
    };
    format!("{} {title} {state}", super::step(number))
}

/// What to do next, as a sentence.
#[must_use]
pub fn next(standing: &Standing, form: Option<&str>) -> String {
    match standing.action {
        Action::Closed { .. } => format!("このケースは{}", super::action(&standing.action, form)),
        _ => super::action(&standing.action, form),
    }
}

/// Whose turn it is, since when, and by when it matters.
#[must_use]
pub fn turn(standing: &Standing) -> String {
    let since = standing.since.map(date::format);
    if let Action::Closed { .. } = standing.action {
        let due = standing.due.map(|due| format!("保管期間の見直しは{}です", date::format(due)));
        return [since.map(|on| format!("終了日は{on}")), due].into_iter().flatten().collect::<Vec<_>>().join("、");
    }
    let turn = match since {
        Some(since) => format!("{}の番です（{since}から）", party(standing.turn)),
        None => format!("{}の番です", party(standing.turn)),
    };
    match standing.due {
        Some(due) => format!("{turn}。計画は{}に始まります", date::format(due)),
        None => turn,
    }
}

/// Whose turn it is, where there is little room.
#[must_use]
pub fn short_turn(turn: Party) -> String {
    format!("（{}）", party(turn))
}

/// Begins a document of that short title.
#[must_use]
pub fn begin(form: &str) -> String {
    format!("{form}を作る")
}

/// How a line to sign stands.
#[must_use]
pub fn line(mark: &LineMark) -> String {
    match mark {
        LineMark::NotAsked => "該当する方がいないため、署名は要りません".to_owned(),
        LineMark::NotHandedOut => "まだ渡していません".to_owned(),
        LineMark::Awaited { .. } => "署名を待っています".to_owned(),
        LineMark::Signed { .. } => "署名済み".to_owned(),
        LineMark::Outdated { revision, .. } => {
            format!("{}への署名（その後、書類が変更されています）", record::revision(*revision))
        }
    }
}

/// Since when it is awaited; when it was signed, by whom, how, and on which revision.
#[must_use]
pub fn line_details(mark: &LineMark, revision: Option<u32>) -> String {
    match mark {
        LineMark::Signed { on, name, how } => {
            let (on, revision) = (date::format(*on), revision.map(record::revision).unwrap_or_default());
            let parts = [on.as_str(), name, record::signing_way(*how), &revision];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("・")
        }
        LineMark::Outdated { on, .. } => format!("{}の署名", date::format(*on)),
        LineMark::Awaited { since } => format!("{}から", date::format(*since)),
        LineMark::NotAsked | LineMark::NotHandedOut => String::new(),
    }
}

/// How a document stands to what was handed out of it.
#[must_use]
pub fn paper(paper: &Paper) -> String {
    match paper {
        Paper::Draft => "下書き（まだ渡していません）".to_owned(),
        Paper::Current(revision) => record::revision(revision.number),
        Paper::Changed(revision) => format!("{}を渡したあとに変更があります", record::revision(revision.number)),
    }
}

/// That a revision was handed out.
#[must_use]
pub fn handout(revision: u32, handout: &Handout) -> String {
    let (revision, on, to) = (record::revision(revision), date::format(handout.on), record::recipient(&handout.to));
    let purpose = match handout.purpose {
        Purpose::ForSignature => "署名用",
        Purpose::ForGood => "控え",
    };
    format!("{revision}：{on}に、{to}へ（{purpose}）")
}

/// That a document rests on a revision that says something else by now.
#[must_use]
pub fn superseded(form: &str, revision: u32) -> String {
    format!(
        "{form}の{}をもとにしていますが、その内容はその後変わっています。この書類も見直してください。",
        record::revision(revision)
    )
}

/// To whom papers may go.
#[must_use]
pub fn consent(consent: &Consent, forms: Option<&[String]>) -> String {
    let to: Vec<&str> = consent.to.iter().map(|to| party(*to)).collect();
    let forms = forms.map_or_else(|| "すべての書類".to_owned(), |forms| forms.join("・"));
    let diagnosis = if consent.diagnosis { "病名を含む" } else { "病名を含まない" };
    format!("同意{}　{}に、{forms}（{diagnosis}）", consent.number, to.join("・"))
}

/// From when to when a consent holds, and how it was given.
#[must_use]
pub fn consent_time(consent: &Consent, today: NaiveDate) -> String {
    let given = format!("{}から（{}）", date::format(consent.given_on), record::consent_way(consent.how));
    let until = consent.until.map(date::format);
    match (&consent.withdrawn, until) {
        (Some(withdrawn), _) => format!("{given}。{}", super::sheets::withdrawn(withdrawn.on, &withdrawn.why)),
        (None, Some(until)) if !consent.holds(today) => format!("{given}。{until}で終わりました"),
        (None, Some(until)) => format!("{given}、{until}まで"),
        (None, None) => format!("{given}、撤回されるまで"),
    }
}

/// How the case ended.
#[must_use]
pub fn closing(closing: &Closing) -> String {
    let note = if closing.note.is_empty() { String::new() } else { format!("　{}", closing.note) };
    let on = date::format(closing.on);
    let ended = format!("{on}に終了：{}{note}", record::outcome(closing.outcome));
    match &closing.reopened {
        Some(reopened) if reopened.why.is_empty() => format!("{ended}（{}に再開）", date::format(reopened.on)),
        Some(reopened) => format!("{ended}（{}に再開：{}）", date::format(reopened.on), reopened.why),
        None => ended,
    }
}

/// The same of a case that was handed over.
#[must_use]
pub fn handed_over(closing: &Closing, to: &Recipient) -> String {
    let note = format!("{}へ引き継ぎ済み", record::recipient(to));
    let note = if closing.note.is_empty() { note } else { format!("{note}　{}", closing.note) };
    self::closing(&Closing { note, ..closing.clone() })
}

/// A party in the picture, for the screen reader.
#[must_use]
pub fn node(label: &str, name: &str, state: &str) -> String {
    let parts = [label, name, state];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
}

/// What a node says of a signature: short, for there is little room.
#[must_use]
pub fn node_line(mark: &LineMark) -> String {
    match mark {
        LineMark::NotAsked => String::new(),
        LineMark::NotHandedOut => "署名はこれから".to_owned(),
        LineMark::Awaited { since } => format!("署名待ち {}から", date::short(*since)),
        LineMark::Signed { on, .. } => format!("{} 署名済み", date::short(*on)),
        LineMark::Outdated { .. } => "旧版への署名".to_owned(),
    }
}

/// A button that stands once for each of several things: its name for the screen reader.
#[must_use]
pub fn button(of: &str, label: &str) -> String {
    format!("{of}：{label}")
}

/// A line to sign of a document.
#[must_use]
pub fn line_of(form: &str, caption: &str) -> String {
    format!("{form}{caption}")
}

/// A consent by its number.
#[must_use]
pub fn consent_number(number: u32) -> String {
    format!("同意{number}")
}

/// A period of the plan: from, to, hours.
#[must_use]
pub fn period(start: NaiveDate, end: NaiveDate, hours: &str) -> String {
    let period = format!("{}～{}", date::format(start), date::format(end));
    if hours.is_empty() { period } else { format!("{period}　{hours}") }
}

/// The same where the first or the last day may be left open.
#[must_use]
pub fn open_period(start: Option<NaiveDate>, end: Option<NaiveDate>, what: &str) -> String {
    let day = |day: Option<NaiveDate>| day.map(date::format).unwrap_or_default();
    format!("{}～{}　{what}", day(start), day(end))
}

/// A period of the plan that has no bar, by its row counted from 0, and why.
#[must_use]
pub fn not_drawn(row: usize, why: &str) -> String {
    format!("計画の{}行目は図にできません{why}", row + 1)
}

/// A month on the axis, and the year above the first one of it.
#[must_use]
pub fn month(first: NaiveDate) -> (String, String) {
    let year = date::format(first);
    let year = year.split_inclusive('年').next().unwrap_or_default().to_owned();
    (format!("{}月", first.month()), year)
}

/// The day of a look at how it goes.
#[must_use]
pub fn follow_up(on: NaiveDate) -> String {
    format!("{}：様子を確かめる日", date::format(on))
}

/// Sets a suggestion aside.
pub const SET_ASIDE: &str = "今回は対応しない…";
/// Why it is set aside.
pub const SET_ASIDE_NOTE: &str = "今回は対応しない理由（短く）";
/// Records that it is.
pub const SET_ASIDE_DONE: &str = "記録する";
/// Leaves it as it is.
pub const SET_ASIDE_NOT: &str = "キャンセル";
/// Takes it back.
pub const LIFT: &str = "確認事項に戻す";

/// How many were set aside.
#[must_use]
pub fn set_aside_count(count: usize) -> String {
    format!("「今回は対応しない」とした確認 {count}件")
}

/// A suggestion that was set aside; what it was about may be gone.
#[must_use]
pub fn set_aside(problem: Option<&str>, note: &str, on: NaiveDate) -> String {
    let problem = problem.map(|problem| format!("{problem} ")).unwrap_or_default();
    format!("{problem}{}に「今回は対応しない」としました：{note}", date::format(on))
}

/// Whose turn it is, in the picture.
#[must_use]
pub fn pair(one: &str, other: &str) -> String {
    format!("今は{one}と{other}のやりとりです")
}
