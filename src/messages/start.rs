//! The words of the start page.

use std::time::SystemTime;

use chrono::{DateTime, Local, NaiveDate};

use crate::model::date;

/// The search, for a screen reader.
pub const SEARCH: &str = "ケースを探す";
/// What can be searched for.
pub const SEARCH_HINT: &str = "氏名・フリガナ・会社名・番号で探す";
/// The cases opened last.
pub const RECENT: &str = "最近開いたケース";
/// The built-in examples.
pub const EXAMPLES: &str = "記入例";
/// What opening an example does.
pub const EXAMPLES_HINT: &str = "開くと写しができるので、自由に書き換えて試せます。";
/// The example that shows most.
pub const EXAMPLE_TO_SEE: &str = "c7";
/// Opens a draft.
pub const UNSAVED_OPEN: &str = "下書きの続きから始める";
/// Throws a draft away.
pub const UNSAVED_DISCARD: &str = "下書きを破棄";
/// No case is found.
pub const NOTHING_FOUND: &str = "当てはまるケースは見つかりませんでした。別の言葉で探してください。";
/// Stops what takes long.
pub const CANCEL: &str = "読み込みを中止";
/// The reading of the folder was stopped.
pub const INCOMPLETE: &str = "途中で中止したため、すべては表示していません。F5キーで読み込み直せます。";
/// The greeting.
pub const WELCOME: &str = "治療と仕事の両立支援の書類を作ります";
/// No folder was chosen yet.
pub const NO_FOLDER: &str = "はじめに、ケースを保存するフォルダーを選んでください。";
/// Begins the first case.
pub const FIRST_CASE: &str = "最初のケースを作る";
/// Chooses the first folder.
pub const FIRST_FOLDER: &str = "フォルダーを選ぶ";
/// Looks at an example first.
pub const FIRST_EXAMPLE: &str = "記入例を見てみる";
/// The columns of the list.
pub const NAME: &str = "氏名";
/// The case number.
pub const NUMBER: &str = "ケース番号";
/// The employer.
pub const COMPANY: &str = "会社名";
/// The last change.
pub const CHANGED: &str = "最終更新";
/// The step.
pub const STEP: &str = "段階";
/// What is to be done.
pub const NEXT: &str = "次にすること";
/// By when.
pub const DUE: &str = "期日";
/// Number and employer in one column.
pub const NUMBER_AND_COMPANY: &str = "ケース番号・会社名";
/// The order of the list, for a screen reader.
pub const SORT: &str = "並び順";
/// What is coming up.
pub const COMING: &str = "これからの予定";
/// Nothing is.
pub const NOTHING_COMING: &str = "30日以内の予定はありません。";
/// No case stands on this shelf.
pub const NOTHING_HERE: &str = "ここに表示するケースはありません。";
/// The step of a case that ended.
pub const CLOSED: &str = "終了";
/// A case without a name.
pub const NAMELESS: &str = "（氏名未入力）";

/// A built-in example, as offered.
#[must_use]
pub fn example(name: &str) -> String {
    format!("記入例 {}", name.to_uppercase())
}

/// A folder without a case.
#[must_use]
pub fn empty_folder(folder: &str) -> String {
    format!("フォルダー「{folder}」には、まだケースがありません。")
}

/// How much of a folder is read.
#[must_use]
pub fn loading(done: usize, of: usize) -> String {
    format!("読み込んでいます… {done}／{of}件")
}

/// How many cases are shown of how many.
#[must_use]
pub fn count(shown: usize, all: usize) -> String {
    if shown == all { format!("{all}件") } else { format!("{all}件中 {shown}件") }
}

/// A shelf of the list, and how many cases stand there.
#[must_use]
pub fn shelf(is_closed: bool, count: usize) -> String {
    format!("{}　{count}", if is_closed { "終了（保管）" } else { "進行中" })
}

/// The order of the list.
#[must_use]
pub fn sorted(by: &str) -> String {
    format!("{by}の順")
}

/// Whose turn it is, and since when.
#[must_use]
pub fn turn(party: &str, since: Option<NaiveDate>) -> String {
    let since = since.map(|since| format!("（{}から）", date::short(since))).unwrap_or_default();
    format!("{party}の番です{since}")
}

/// When a case ended.
#[must_use]
pub fn closed(on: Option<NaiveDate>) -> String {
    on.map(|on| format!("{}に終了", date::format(on))).unwrap_or_default()
}

/// How soon something is, and how much.
#[must_use]
pub fn heading(urgency: &str, count: usize) -> String {
    format!("{urgency}（{count}件）")
}

/// What is coming up, in one line: the most urgent of it.
#[must_use]
pub fn coming(urgency: &str, count: usize) -> String {
    format!("{COMING}：{urgency} {count}件")
}

/// A day to keep in view, in full: the form that it is about, what, how far off.
#[must_use]
pub fn day_detail(form: Option<&str>, what: &str, distance: &str) -> String {
    let form = form.map(|form| format!("{form}：")).unwrap_or_default();
    format!("{form}{what}（{distance}）")
}

/// When a file was changed last.
#[must_use]
pub fn changed(time: Option<SystemTime>) -> String {
    time.map(|time| DateTime::<Local>::from(time).format("%Y/%m/%d %H:%M").to_string()).unwrap_or_default()
}

/// When a draft was written, which its file says as `2026-11-22T10:15:00`.
#[must_use]
pub fn moment(written: &str) -> String {
    let read = chrono::NaiveDateTime::parse_from_str(written, "%Y-%m-%dT%H:%M:%S");
    read.map_or_else(|_| written.to_owned(), |moment| moment.format("%Y/%m/%d %H:%M").to_string())
}

/// A case that was never saved.
#[must_use]
pub fn unsaved(name: &str, saved_at: &str) -> String {
    format!("保存していないケースの下書きがあります：{name}（{}）", moment(saved_at))
}
