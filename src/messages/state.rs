//! How papers, signatures, consents and the end of a case stand, in words.

use chrono::NaiveDate;

use super::record;
use crate::model::closing::Closing;
use crate::model::consent::Consent;
use crate::model::date;
use crate::model::process::LineMark;
use crate::model::revision::{Handout, Revision, Signature};

/// How a line to sign stands; `revision` is the number of the newest one.
#[must_use]
pub fn line(mark: &LineMark, revision: u32) -> String {
    match mark {
        LineMark::NotAsked => "該当者なし".to_owned(),
        LineMark::NotHandedOut => "まだ渡していません".to_owned(),
        LineMark::Awaited { since } => format!("署名を待っています（{}から）", date::format(*since)),
        LineMark::Signed { on, name, how } => {
            let revision = record::revision(revision);
            format!("署名済み（{}）", joined(&[&date::format(*on), name, record::signing_way(*how), &revision]))
        }
        LineMark::Outdated { revision, on } => {
            let (revision, on) = (record::revision(*revision), date::format(*on));
            format!("変更前の{revision}への署名です（{on}）")
        }
    }
}

/// What of them says something, with 、 between.
fn joined(parts: &[&str]) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join("、")
}

/// How a paper stands to what was handed out of it.
#[must_use]
pub fn paper(latest: Option<u32>, is_current: bool) -> String {
    match (latest, is_current) {
        (None, _) => "下書き".to_owned(),
        (Some(number), true) => record::revision(number),
        (Some(number), false) => format!("{}を渡したあとに変更があります", record::revision(number)),
    }
}

/// That a paper rests on a superseded revision.
#[must_use]
pub fn superseded(form: &str, revision: u32) -> String {
    format!("変更前の{form}（{}）をもとにしています", record::revision(revision))
}

/// Since when something is awaited.
#[must_use]
pub fn since(since: Option<NaiveDate>) -> String {
    since.map_or_else(|| "なし".to_owned(), |since| format!("{}から", date::format(since)))
}

/// A consent; `forms` are the short titles of the forms that it speaks of, none for all.
#[must_use]
pub fn consent(consent: &Consent, forms: Option<&[String]>, today: NaiveDate) -> String {
    let to: Vec<&str> = consent.to.iter().map(|party| record::consent_party(*party)).collect();
    let forms = forms.map_or_else(|| "すべての書類".to_owned(), |forms| forms.join("、"));
    let diagnosis = if consent.diagnosis { "病名を含む" } else { "病名を含まない" };
    let until = consent.until.map_or_else(String::new, |until| format!("、{}まで", date::format(until)));
    let state = match &consent.withdrawn {
        Some(withdrawn) => format!("　{}に撤回", date::format(withdrawn.on)),
        None if !consent.holds(today) && consent.given_on <= today => "　期限切れ".to_owned(),
        None => String::new(),
    };
    let (on, how) = (date::format(consent.given_on), record::consent_way(consent.how));
    format!("同意{}　{on}（{how}）　{}に{forms}　{diagnosis}{until}{state}", consent.number, to.join("・"))
}

/// The end of a case, or that it goes on again.
#[must_use]
pub fn closing(closing: &Closing) -> String {
    let note = if closing.note.is_empty() { String::new() } else { format!("　{}", closing.note) };
    let ended = format!("{}に終了（{}）{note}", date::format(closing.on), record::outcome(closing.outcome));
    match &closing.reopened {
        None => {
            let due = date::format(closing.retention_due());
            format!("{ended}　保管期間の見直し：{due}")
        }
        Some(why) => format!("{ended}　{}に再開（{}）", date::format(why.on), why.why),
    }
}

/// A revision on one line: when, what it says, whether it is what the paper says now.
#[must_use]
pub fn revision(revision: &Revision, is_current: bool) -> String {
    let now = if is_current { "　今の内容と同じ" } else { "" };
    let (number, on) = (record::revision(revision.number), date::format(revision.fixed_on));
    format!("{number}　{on}　照合番号 {}{now}", revision.fingerprint)
}

/// That a revision went to somebody.
#[must_use]
pub fn handout(handout: &Handout) -> String {
    let marks = record::copy_marks(&handout.marks);
    let consent = handout.consent.map(|number| format!("、同意{number}による")).unwrap_or_default();
    let (on, to) = (date::format(handout.on), record::recipient(&handout.to));
    format!("渡した相手　{on}　{to}（{}{marks}{consent}）", record::purpose(handout.purpose))
}

/// A signature on a revision.
#[must_use]
pub fn signature(signature: &Signature, caption: &str) -> String {
    let scan = signature.scan.as_ref().map(|scan| format!("　{}", scan.name)).unwrap_or_default();
    let corrected = signature.corrected.as_ref();
    let corrected = corrected.map(|why| format!("　訂正：{}", why.why)).unwrap_or_default();
    let how = record::signing_way(signature.how);
    let words = joined(&[&date::format(signature.signed_on), &signature.name, how]);
    format!("署名　{caption}　{words}{scan}{corrected}")
}
