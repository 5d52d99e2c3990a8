//! Problems of a case, in words.

use chrono::NaiveDate;

use crate::model::check::{Place, Problem, Quote, Severity, What};
use crate::model::date;
use crate::model::wording::{Setting, Stance};

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
#[expect(clippy::too_many_lines, reason = "one arm, and one sentence, for each sort of problem")]
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
        What::TwoSettings { treatment, setting, snippet, other } => {
            let (here, there) = match setting {
                Setting::Visit => ("通院", "入院"),
                Setting::Admission => ("入院", "通院"),
            };
            Message::new(
                format!("{treatment}が、{place}では{here}（「{snippet}」）、{}では{there}となっています", quote(other)),
                "どちらが正しいかを主治医に確かめ、片方を直してください",
            )
        }
        What::Restricted { topic, stance, snippet, other } => Message::new(
            format!("{place}に「{snippet}」とありますが、{topic}は、{}で{}", quote(other), restricted(*stance)),
            "計画を直すか、行ってよいかどうかを主治医に確かめてください",
        ),
        What::Unanswered { topic, stance, work, other } => Message::new(
            format!(
                "{topic}は、{}で{}が、{place}に書かれていません。今の仕事には、{}とあります",
                quote(other),
                restricted(*stance),
                quote(work)
            ),
            "この作業をどうするかを、計画に書いてください",
        ),
        What::NoTimeForVisits { hours, other } => Message::new(
            format!("{place}は「{hours}」で、毎日の通院の時間がありません。治療については、{}とあります", quote(other)),
            "勤務時間を短くするか、通院のための早退や休暇などを計画に書いてください",
        ),
        What::BeginsUnfit { until, other } => {
            let until = until.map(|until| format!("（{}まで）", date::format(until))).unwrap_or_default();
            Message::new(
                format!("主治医の意見は{}{until}ですが、{place}から計画が始まります", quote(other)),
                "計画の始まりを遅らせるか、意見書を見直してよいかを主治医に確かめてください",
            )
        }
        What::PeriodReversed => Message::new(
            format!("{place}が、始まりの日より前になっています"),
            "始まりの日と終わりの日を確かめてください",
        ),
        What::RowsBackwards => {
            Message::new(format!("{place}が、上の行の始まりより前になっています"), "行の順番か日付を直してください")
        }
        What::RowsOverlap { end } => Message::new(
            format!("{place}が、上の行の終わり（{}）と重なっています", date::format(*end)),
            "どちらかの日付を直してください",
        ),
        What::RowsGap { from, to } => Message::new(
            format!("{place}より前の、{}の計画がありません", days(*from, *to)),
            "日付を直すか、その間の計画を行に加えてください",
        ),
        What::HoursReversed { hours } => {
            Message::new(format!("{place}の「{hours}」は、終わりが始まりより前です"), "時刻を確かめてください")
        }
        What::LongHours { hours, usual: Some(usual) } => Message::new(
            format!("{place}の「{hours}」は、いつもの勤務時間（休憩を含めて{}）より長くなっています", length(*usual)),
            "時刻を確かめてください",
        ),
        What::LongHours { hours, usual: None } => Message::new(
            format!("{place}の「{hours}」は、休憩を除いて8時間を超えるようです"),
            "時刻と休憩の長さを確かめてください",
        ),
        What::BeginsBeforeMeasures { start } => Message::new(
            format!("{place}が、主治医の意見書の措置期間の始まり（{}）より前です", date::format(*start)),
            "計画の始まりか、措置期間を確かめてください",
        ),
        What::EndsBeforeMeasures { end } => Message::new(
            format!("{place}が、主治医の意見書の措置期間の終わり（{}）より前です", date::format(*end)),
            "措置期間の終わりまでの計画を加えるか、措置期間を確かめてください",
        ),
        What::SignedBeforePaper { line, revision, signed_on, paper } => Message::new(
            format!(
                "{place}の第{revision}版の署名{line}の日付（{}）が、書類の日付（{}）より前です",
                date::format(*signed_on),
                date::format(*paper)
            ),
            "署名の日付を確かめ、違っていれば署名の記録を訂正してください",
        ),
        What::SignedInFuture { line, revision, signed_on } => Message::new(
            format!("{place}の第{revision}版の署名{line}の日付（{}）が、今日より後です", date::format(*signed_on)),
            "署名の日付を確かめ、違っていれば署名の記録を訂正してください",
        ),
        What::SameSigner { lines: [one, other], revision, name } => Message::new(
            format!("{place}の第{revision}版は、{one}と{other}の署名が、同じ名前（{name}）です"),
            "署名した人を確かめ、違っていれば署名の記録を訂正してください",
        ),
        What::RestsOnSuperseded { form, revision } => Message::new(
            format!("{place}は、{form}の第{revision}版をもとにしていますが、{form}はその後変わっています"),
            "新しい内容に合わせて見直し、必要なら新しい版を渡してください",
        ),
        What::ChangedSinceSigned { revision } => Message::new(
            format!("{place}は、第{revision}版に署名をもらったあとに変わっています"),
            "新しい版を渡して署名をもらうか、内容を元に戻してください",
        ),
        What::HandedWithoutConsent { consent, revision, on } => Message::new(
            format!(
                "{place}の第{revision}版には、同意{consent}が有効でない日（{}）に渡した記録があります",
                date::format(*on)
            ),
            "本人に確かめ、必要なら同意を取り直すか、渡した書類を返してもらってください",
        ),
        What::ConsentReversed { consent } => Message::new(
            format!("同意{consent}の終わりが、始まりより前になっています"),
            "同意書を見て、日付を確かめてください",
        ),
    }
}

fn restricted(stance: Stance) -> &'static str {
    if stance == Stance::Forbids { "避けることになっています" } else { "制限されています" }
}

/// 主治医意見書の「意見の内容」（「運転業務は避けること」）.
fn quote(quote: &Quote) -> String {
    let row = quote.row.map(|row| format!("{}行目の", row + 1)).unwrap_or_default();
    format!("{}の{row}「{}」（「{}」）", quote.form, quote.label, quote.text)
}

fn days(from: NaiveDate, to: NaiveDate) -> String {
    if from == to { date::format(from) } else { format!("{}から{}まで", date::format(from), date::format(to)) }
}

/// 9時間, 8時間30分.
fn length(minutes: u16) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours}時間"),
        (hours, minutes) => format!("{hours}時間{minutes}分"),
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
        (None, _) if label.is_empty() => form.trim_end_matches('の').to_owned(),
        (None, _) => format!("{form}「{label}」"),
    }
}
