//! The log of a case, in words.

use super::{Message, failure, record};
use crate::model::log::{Event, LogTrouble, PaperName};

/// What was done. `name` gives the words for the key of a form or a field.
#[must_use]
pub fn event(event: &Event, name: &dyn Fn(&str) -> String) -> String {
    let paper = |paper: &PaperName| format!("{}の{}", name(&paper.form), record::revision(paper.revision));
    match event {
        Event::Created => "ケースを作成".to_owned(),
        Event::Opened => "ケースを開く".to_owned(),
        Event::Changed { fields } if fields.is_empty() => "保存（項目の変更なし）".to_owned(),
        Event::Changed { fields } => {
            let fields: Vec<String> = fields.iter().map(|field| name(field)).collect();
            format!("変更して保存：{}", fields.join("、"))
        }
        Event::SavedAs { from } => format!("「{from}」から名前を付けて保存"),
        Event::HandedOut { paper: handed, to, purpose, marks, consent, told } => {
            let marks = record::copy_marks(marks);
            let consent = consent.map(|number| format!("、同意{number}による")).unwrap_or_default();
            let (paper, to) = (paper(handed), record::recipient(to));
            format!("{paper}を{to}に渡す（{}{marks}{consent}{}）", record::purpose(*purpose), telling(told, name))
        }
        Event::Shared { papers, to, consents, told, .. } => {
            let papers: Vec<String> = papers.iter().map(paper).collect();
            let consents = consents.iter().map(|number| format!("、同意{number}による")).collect::<Vec<_>>().concat();
            let (papers, to, told) = (papers.join("、"), record::recipient(to), telling(told, name));
            format!("{papers}を{to}に渡す受け渡しファイルを作成（暗号化{consents}{told}）")
        }
        Event::Merged { from, taken, refused, .. } => {
            let names = |keys: &[String]| keys.iter().map(|key| name(key)).collect::<Vec<_>>().join("、");
            let taken = if taken.is_empty() { "変更なし".to_owned() } else { names(taken) };
            let left = if refused.is_empty() {
                String::new()
            } else {
                format!("。取り込まなかった項目：{}", names(refused))
            };
            format!("{}からの返信を取り込み：{taken}{left}", record::recipient(from))
        }
        Event::HandedOver { to, consent, .. } => {
            let consent = consent.map(|number| format!("（同意{number}による）")).unwrap_or_default();
            format!("ケースを{}に引き継ぐ{consent}", record::recipient(to))
        }
        Event::Received { from, .. } => format!("{from}からケースを引き継いで受け取る"),
        Event::Signed { paper: signed, line, how, has_scan } => {
            let scan = if *has_scan { "、署名された書類を保管" } else { "" };
            let line = name(&format!("{}:{line}", signed.form));
            format!("{}の署名を記録：{line}（{}{scan}）", paper(signed), record::signing_way(*how))
        }
        Event::SignatureCorrected { paper: signed, line } => {
            format!("{}の署名の記録を訂正：{}", paper(signed), name(&format!("{}:{line}", signed.form)))
        }
        Event::Consented { consent, to, forms, diagnosis } => {
            let to: Vec<&str> = to.iter().map(|party| record::consent_party(*party)).collect();
            let forms = forms.as_ref().map_or("すべての書類".to_owned(), |forms| {
                forms.iter().map(|form| name(form)).collect::<Vec<_>>().join("、")
            });
            let diagnosis = if *diagnosis { "病名を含む" } else { "病名を含まない" };
            format!("同意{consent}を記録：{}に、{forms}（{diagnosis}）", to.join("、"))
        }
        Event::Withdrawn { consent } => format!("同意{consent}の撤回を記録"),
        Event::Closed { outcome } => format!("ケースを終了（{}）", record::outcome(*outcome)),
        Event::Reopened => "ケースを再開".to_owned(),
        Event::Exported { form, draft, revision, is_old } => {
            let mark = mark(*draft, *is_old);
            format!("{}PDFに書き出す{mark}", what_is_given(&all_or(form, name), *revision))
        }
        Event::Printed { form, draft, revision, is_old } => {
            let mark = mark(*draft, *is_old);
            format!("{}印刷{mark}", what_is_given(&all_or(form, name), *revision))
        }
    }
}

/// The fields that went although a word in them may tell the diagnosis.
fn telling(told: &[String], name: &dyn Fn(&str) -> String) -> String {
    let names: Vec<String> = told.iter().map(|key| name(key)).collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("、病名が分かる言葉のある項目も渡す：{}", names.join("、"))
    }
}

fn all_or(form: &str, name: &dyn Fn(&str) -> String) -> String {
    if form.is_empty() { "すべての書類".to_owned() } else { name(form) }
}

/// What was written or printed, with を; a revision that is kept was so before.
fn what_is_given(paper: &str, revision: Option<u32>) -> String {
    match revision {
        Some(number) => format!("{paper}の{}をもう一度", record::revision(number)),
        None => format!("{paper}を"),
    }
}

/// What stands across the pages that were written or printed.
fn mark(is_draft: bool, is_old: bool) -> String {
    match (is_draft, is_old) {
        (_, true) => format!("（「{}」と入れた写し）", record::OLD_VERSION),
        (true, false) => "（下書き）".to_owned(),
        (false, false) => String::new(),
    }
}

/// Who did it; the system of the machine may have named nobody.
#[must_use]
pub fn user(user: &str) -> &str {
    if user.trim().is_empty() { "不明" } else { user }
}

/// What is wrong with a log.
#[must_use]
pub fn trouble(trouble: &LogTrouble) -> Message {
    let keep = "ケースと操作の記録のファイルを両方とも残したまま、管理している方に知らせてください";
    match trouble {
        LogTrouble::Unreadable(reason) => {
            let reason = failure(reason);
            Message::new(format!("操作の記録を読み取れません（{}）", reason.what), reason.todo)
        }
        LogTrouble::Gone => Message::new("操作の記録のファイルがなくなっています", keep),
        LogTrouble::Header => Message::new("操作の記録の1行目が、書かれたときのままではありません", keep),
        LogTrouble::Altered { number, .. } => {
            Message::new(format!("操作の記録の{number}番が、書かれたときのままではありません"), keep)
        }
        LogTrouble::Missing { first, last, .. } if first == last => {
            Message::new(format!("操作の記録の{first}番がなくなっています"), keep)
        }
        LogTrouble::Missing { first, last, .. } => {
            Message::new(format!("操作の記録の{first}番から{last}番までがなくなっています"), keep)
        }
        LogTrouble::Misplaced { number, .. } => {
            Message::new(format!("操作の記録の{number}番が、書かれた順に並んでいません"), keep)
        }
        LogTrouble::HalfLine { .. } => Message::new(
            "操作の記録のこの行は、途中までしか書かれていません",
            "停電などで書き込みが途中で止まったようです。その時の操作が、ケースに残っているかどうかを確かめてください",
        ),
        LogTrouble::ClockBackwards { number, .. } => Message::new(
            format!("操作の記録の{number}番の日時が、その前の記録より前です"),
            "パソコンの時計を確かめてください",
        ),
        LogTrouble::CutOff { entries, were } => {
            Message::new(format!("操作の記録は{were}番まであったはずですが、{entries}番までしかありません"), keep)
        }
        LogTrouble::Beyond { were } => Message::new(
            format!("操作の記録に、{were}番より後の、書き込みを最後まで確かめられない記録があります"),
            "停電などがあったときは、その時の操作が、ケースに残っているかどうかを確かめてください",
        ),
        LogTrouble::CaseDiffers => Message::new(
            "ケースのファイルが、操作の記録に最後に残っている内容と違います",
            "ほかのプログラムで変更したか、別のパソコンの写しに替えた心当たりがないかを確かめてください",
        ),
    }
}

/// The substitutes for print, as a field that was changed.
pub const SUBSTITUTES: &str = "印刷用の代替文字";
/// Suggestions that were set aside, as a field that was changed.
pub const SET_ASIDE: &str = "確認事項の「今回は対応しない」";

/// A field of a paper.
#[must_use]
pub fn field_of(paper: &str, field: &str) -> String {
    format!("{paper}の「{field}」")
}

/// A moment as people read it; one that is none stays as it is.
#[must_use]
pub fn moment(at: &str) -> String {
    let is_usual = at.len() >= 19 && at.is_ascii();
    if is_usual { at[..19].replace('T', " ") } else { at.to_owned() }
}
