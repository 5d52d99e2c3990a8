//! The words of the window.

use crate::model::check::Severity;
use crate::model::date;
use chrono::{Datelike, NaiveDate, Weekday};

/// The name of the program, in the title of the window.
pub const PROGRAM: &str = "両立（ryoritsu）";
/// A case with changes that are in no file.
pub const UNSAVED: &str = "未保存";
/// A case that is being saved just now.
pub const SAVING: &str = "保存しています…";
/// A case as it is in its file.
pub const SAVED: &str = "保存済み";
/// A case that may only be looked at.
pub const READ_ONLY: &str = "閲覧のみ";
/// How far the case has come, as a tab.
pub const PROGRESS: &str = "進み具合";
/// Shared data, as a tab and a heading.
pub const SHARED: &str = "共通の項目";
/// What shared data is.
pub const SHARED_HINT: &str = "ここで入力した内容は、それを使うすべての書類に入ります。";
/// A shared field that none of the papers of the case has.
pub const NOT_PRINTED: &str = "印刷なし";
/// Sentences to choose from.
pub const STOCK: &str = "文例";
/// A needed field that is empty.
pub const EMPTY: &str = "未入力";
/// Entries of the hospital's own list.
pub const DIRECTORY: &str = "院内リストから選ぶ";
/// Adds the shown group to the list.
pub const DIRECTORY_ADD: &str = "院内リストに登録する";
/// What that is good for.
pub const DIRECTORY_ADD_HINT: &str = "ここに入力した内容を登録すると、次のケースからは選ぶだけで入力できます。";
/// Opens the month grid.
pub const CALENDAR: &str = "カレンダー";
/// The row operations.
pub const ROW_ADD: &str = "行を追加";
/// Removes a row.
pub const ROW_REMOVE: &str = "この行を削除";
/// Puts a row before this one.
pub const ROW_INSERT: &str = "上に行を挿入";
/// Moves a row up.
pub const ROW_UP: &str = "上へ移動";
/// Moves a row down.
pub const ROW_DOWN: &str = "下へ移動";
/// Takes a cell over from the row above.
pub const FILL_DOWN: &str = "上の行と同じ内容にする";
/// The case number.
pub const CASE_NUMBER: &str = "ケース番号";
/// What can be done with a row.
pub const ROW_MENU: &str = "行の操作";
/// Adds a document.
pub const ADD_DOCUMENT: &str = "書類を追加";
/// A new document that begins with what the last one of its form says.
#[must_use]
pub fn from_last(title: &str) -> String {
    format!("{title}（前回の内容から）")
}

/// Removes a document.
pub const REMOVE_DOCUMENT: &str = "この書類を削除";
/// Fits the page into the width.
pub const FIT_WIDTH: &str = "幅に合わせる";
/// The page side, by its heading.
pub const PAGE: &str = "紙面";
/// The entry side, by its heading.
pub const ENTRY: &str = "入力";
/// The page is still being drawn.
pub const DRAWING: &str = "紙面を作成しています…";
/// A file is being looked at.
pub const READING: &str = "ファイルを確かめています…";
/// The list of problems.
pub const PROBLEMS: &str = "確認事項";
/// Forgets typed text that is no value.
pub const FORGET: &str = "この入力を消す";
/// There is nothing to point out.
pub const NO_PROBLEMS: &str = "確認事項はありません";
/// No value chosen.
pub const NONE: &str = "（未選択）";

/// 印刷用の代替文字 for one character.
#[must_use]
pub fn substitute(character: &str) -> String {
    format!("「{character}」の代わりに印刷する文字")
}

/// What stands beside a character that cannot be printed.
#[must_use]
pub fn missing_glyph(character: &str) -> String {
    format!("{}は、このままでは印刷できません。代わりに印刷する文字を入力してください。", super::character(character))
}

/// The accessible name of a cell of a table.
#[must_use]
pub fn cell(table: &str, row: usize, column: &str) -> String {
    format!("{table} {}行目 {column}", row + 1)
}

/// The accessible name of an option, or of what is written beside it.
#[must_use]
pub fn option(field: &str, option: &str) -> String {
    format!("{field}：{option}")
}

/// The accessible name of what is written beside an option.
#[must_use]
pub fn detail(label: &str) -> String {
    format!("{label}の内容")
}

/// The number of characters of a long text.
#[must_use]
pub fn count(characters: usize) -> String {
    format!("{characters}字（紙面が2ページ以上になっています）")
}

/// A day in both calendars, for reading back what was typed.
#[must_use]
pub fn both_calendars(day: NaiveDate) -> String {
    format!("{}（{}年・{}曜日）", date::format(day), day.year(), weekday(day.weekday()))
}

/// The western year and the day of the week, beside a day that stands there with its era.
#[must_use]
pub fn western(day: NaiveDate) -> String {
    format!("{}年（{}）", day.year(), weekday(day.weekday()))
}

/// A month in both calendars: 2026年11月（令和8年）.
#[must_use]
pub fn month(first: NaiveDate) -> String {
    let era = date::format(first);
    let era = era.split_inclusive('年').next().unwrap_or_default();
    format!("{}年{}月（{era}）", first.year(), first.month())
}

/// A day of the week in one character.
#[must_use]
pub fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "月",
        Weekday::Tue => "火",
        Weekday::Wed => "水",
        Weekday::Thu => "木",
        Weekday::Fri => "金",
        Weekday::Sat => "土",
        Weekday::Sun => "日",
    }
}

/// How many problems there are: エラー1件・確認3件.
#[must_use]
pub fn problem_count(severities: impl Iterator<Item = Severity>) -> String {
    let (mut errors, mut suggestions) = (0, 0);
    for severity in severities {
        match severity {
            Severity::Error => errors += 1,
            Severity::Suggestion => suggestions += 1,
        }
    }
    match (errors, suggestions) {
        (0, 0) => NO_PROBLEMS.to_owned(),
        (0, suggestions) => format!("確認 {suggestions}件"),
        (errors, 0) => format!("エラー {errors}件"),
        (errors, suggestions) => format!("エラー {errors}件・確認 {suggestions}件"),
    }
}

/// The zoom of the page: 125 %.
#[must_use]
pub fn percent(factor: f32) -> String {
    format!("{:.0}%", factor * 100.0)
}

/// The number of pages.
#[must_use]
pub fn pages(count: usize) -> String {
    format!("全{count}ページ")
}

/// Makes the page smaller.
pub const PAGE_SMALLER: &str = "紙面を小さくする";
/// Makes the page larger.
pub const PAGE_LARGER: &str = "紙面を大きくする";
/// Closes a message or a dialog.
pub const CLOSE: &str = "閉じる";
/// The substitutes for print as a whole.
pub const SUBSTITUTES: &str = "印刷用の代替文字";

/// The case can be changed, and has to be saved elsewhere.
#[must_use]
pub fn save_elsewhere(reason: &str) -> String {
    format!(
        "このフォルダーには保存できません（{reason}）。変更したときは、「名前を付けて保存」で、別の場所に保存してください。"
    )
}
/// The list has it already.
pub const DIRECTORY_KNOWN: &str = "同じ内容が、すでに院内リストに登録されています。";
/// It was taken out of the list.
pub const DIRECTORY_REMOVED: &str = "院内リストから削除しました。";
/// It was added to the list.
pub const DIRECTORY_ADDED: &str = "院内リストに登録しました。";

/// A message about a place in a file.
#[must_use]
pub fn in_file(path: &std::path::Path, position: crate::model::failure::Position, what: &str) -> String {
    format!("{}（{}行目）\n{what}", path.display(), position.line)
}

/// The title of the window, with what is said where something would be lost.
#[must_use]
pub fn title(case: Option<&str>, unsaved: Option<&str>) -> String {
    match (case, unsaved) {
        (None, _) => PROGRAM.to_owned(),
        (Some(case), Some(unsaved)) => format!("{case}（{unsaved}） - {PROGRAM}"),
        (Some(case), None) => format!("{case} - {PROGRAM}"),
    }
}
