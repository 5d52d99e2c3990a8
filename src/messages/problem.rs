//! Problems of a case, in words.

use crate::model::check::{Place, Problem, Severity, What};

use super::{Message, character};

/// How grave a problem is.
#[must_use]
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "エラー",
        Severity::Suggestion => "確認",
    }
}

/// The message for a problem; `place` says in which field it is.
#[must_use]
pub fn problem(problem: &Problem, place: &str) -> Message {
    match &problem.what {
        What::UnknownForm { key } => Message::new(
            format!("様式「{key}」のひな形がありません"),
            "この様式のひな形を、ひな形のフォルダーに入れてください",
        ),
        What::UnusedValue => Message::new(
            format!("{place}は、今のひな形にないため、印刷されません。内容は残してあります"),
            "必要な内容であれば、ほかの項目に入力し直してください",
        ),
        What::WrongKind => Message::new(format!("{place}の内容が、項目の種類に合っていません"), "入力し直してください"),
        What::UnknownOption { option, known } => Message::new(
            format!("{place}に、選択肢にない「{option}」が入っています"),
            format!("次から選んでください：{}", known.join("、")),
        ),
        What::MissingGlyph { character: missing } => Message::new(
            format!("{place}の文字{}は、どのフォントにもないため印刷できません", character(missing)),
            "代わりに印刷する文字（代替文字）を入力してください",
        ),
        What::Invisible { character: found } => Message::new(
            format!("{place}に、目に見えない文字 {} が入っています", character(&found.to_string())),
            "その前後を消して、入力し直してください",
        ),
        What::LineBreak => {
            Message::new(format!("{place}は1行の項目ですが、改行が入っています"), "改行を消してください")
        }
        What::Needed => Message::new(format!("{place}が未入力です"), "書類を渡す前に入力してください"),
        What::UnlikelyAge { years } if *years < 0 => {
            Message::new(format!("{place}が、今日より後の日付です"), "生年月日が正しいかどうかを確かめてください")
        }
        What::UnlikelyAge { years } => Message::new(
            format!("{place}から計算すると、今日の時点で{years}歳です"),
            "生年月日が正しいかどうかを確かめてください",
        ),
        What::BadCaseNumber => Message::new(
            format!("{place}が空欄か、長すぎるか、使えない文字を含んでいます"),
            "ケース番号を入力し直してください",
        ),
        What::BadSubstitute { character: missing } => Message::new(
            format!("文字{}の印刷用の代替文字が、空欄か、使えない内容になっています", character(missing)),
            "代替文字を入力し直すか、空欄にしてください",
        ),
    }
}

/// 主治医意見書の「現在の症状」, 復職計画の2行目の「期間（開始）」.
///
/// `form` and `label` are as in the template, or the key where that has none; `column` is that
/// of a table.
#[must_use]
pub fn place(place: &Place, form: Option<&str>, label: &str, column: Option<&str>) -> String {
    let form = form.map(|form| format!("{form}の")).unwrap_or_default();
    match (&place.cell, column) {
        (Some((row, key)), column) => format!("{form}「{label}」の{}行目の「{}」", row + 1, column.unwrap_or(key)),
        (None, _) if label.is_empty() => format!("{form}紙面"),
        (None, _) => format!("{form}「{label}」"),
    }
}
