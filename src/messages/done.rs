//! What was done, and what is left to do.

use super::Message;

/// What case files are called in a dialog.
pub const CASE_FILES: &str = "ケースのファイル";
/// What PDFs are called in a dialog.
pub const PDF_FILES: &str = "PDF";
/// What calendars are called in a dialog.
pub const CALENDAR_FILES: &str = "カレンダー（iCalendar）";
/// The suggested name of a calendar.
pub const CALENDAR_NAME: &str = "両立支援の予定.ics";
/// A backup was taken.
pub const RESTORED: &str = "控えの内容に戻しました。保存するまで、ファイルは変わりません。";
/// Saved first, then printed.
pub const NO_DOCUMENT: &str = "このケースには書類がありません。書類の名前の横の「＋」で追加してください。";

/// The case was saved.
#[must_use]
pub fn saved(path: &str) -> String {
    format!("保存しました：{path}")
}

/// Typed text that is no value was not saved.
#[must_use]
pub fn pending(count: usize) -> Message {
    Message::new(
        format!("読み取れない入力が{count}件あり、その内容は保存されていません"),
        "赤い枠の項目を直してから、もう一度保存してください",
    )
}

/// Typed text is no value.
#[must_use]
pub fn unread(place: &str, has_value: bool) -> Message {
    let instead = if has_value { "前の内容のままです" } else { "空欄のままです" };
    Message::new(format!("{place}の入力を読み取れません。書類は{instead}"), "入力し直してください")
}

/// Typed text that is no value keeps the papers from being handed out.
#[must_use]
pub fn unread_papers(count: usize) -> Message {
    Message::new(
        format!("読み取れない入力が{count}件あるため、先に進めません"),
        "赤い枠の項目を直してから、もう一度お試しください",
    )
}

/// Whether somebody else has the case open cannot be told.
#[must_use]
pub fn no_lock() -> Message {
    Message::new(
        "このフォルダーでは、ほかの人が同じケースを開いているかどうかを確かめられません",
        "同じケースを二人で同時に開かないよう、声をかけ合ってください",
    )
}

/// What was asked for waits for the save.
pub const WAITING: &str = "保存が終わるのを待っています…";
/// Shows the folder of what was written.
pub const REVEAL: &str = "フォルダーを開く";

/// A save takes long.
#[must_use]
pub fn still_saving() -> Message {
    Message::new(
        "前の保存がまだ終わっていないため、保存を始められませんでした",
        "少し待ってから、もう一度保存してください。入力した内容は、下書きとして残ります",
    )
}

/// The file of a draft is gone.
#[must_use]
pub fn lost_file(path: &str) -> Message {
    Message::new(
        format!("元のファイル（{path}）が見つからないため、保存していないケースとして開きました"),
        "保存する場所を選んで、保存してください",
    )
}

/// Somebody else changed the file.
#[must_use]
pub fn changed_by_other() -> Message {
    Message::new(
        "ほかの人が、このケースを変更して保存しました",
        "「保存」を押すと、違いを確かめてから、どちらを残すかを選べます",
    )
}

/// A job broke off.
#[must_use]
pub fn broken() -> Message {
    Message::new(
        "プログラムの内部で問題が起き、操作を最後まで行えませんでした。入力した内容は、この画面に残っています",
        "保存してから、プログラムを開き直してください",
    )
}

/// PDFs were written.
#[must_use]
pub fn exported(count: usize, path: &str) -> String {
    if count == 1 {
        format!("PDFを書き出しました：{path}")
    } else {
        format!("PDFを{count}件書き出しました：{path}")
    }
}

/// A PDF was sent to the printer.
#[must_use]
pub fn printed(path: &str) -> String {
    format!("書類をプリンターに送りました。同じ内容のPDFも残しました：{path}")
}

/// The viewer was opened for printing.
#[must_use]
pub fn viewer(path: &str) -> String {
    format!("PDFを開きました。開いた閲覧ソフトから印刷してください：{path}")
}

/// Nothing was written because the page would be wrong.
#[must_use]
pub fn problems(count: usize) -> Message {
    Message::new(
        format!("正しく印刷できない内容が{count}件あるため、PDFの書き出しも印刷も行いませんでした"),
        "下の確認事項の一覧で、エラーの項目を直してください",
    )
}

/// The name of an empty form.
#[must_use]
pub fn empty_form(title: &str) -> String {
    format!("{title}（手書き用）")
}

/// A calendar was written.
#[must_use]
pub fn calendar(events: usize, path: &str) -> String {
    format!("予定{events}件をカレンダーに書き出しました：{path}")
}

/// Files that cannot be read have no events.
#[must_use]
pub fn not_in_calendar(count: usize) -> Message {
    Message::new(
        format!("読み取れないファイルが{count}件あり、その予定はカレンダーに入っていません"),
        "一覧で赤く表示されたファイルを確かめてください",
    )
}
