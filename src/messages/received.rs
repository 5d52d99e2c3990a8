//! The words for what was received: opening it, filling it in, writing the reply.

use chrono::NaiveDate;

use super::Message;
use crate::model::date;

/// Opens a file that somebody sent.
pub const OPEN: &str = "受け取ったファイルを開く…";
/// What such files are called in a dialog.
pub const FILES: &str = "受け渡しファイル";
/// What case files and such files together are called in a dialog.
pub const CASES_AND_FILES: &str = "ケースと受け渡しファイル";
/// Who is asked for the passphrase, and where it comes from.
pub const PASSPHRASE_DETAIL: &str = "送ってくれた方から電話などで聞いた合言葉を入力してください。";
/// The passphrase.
pub const PASSPHRASE: &str = "合言葉";
/// How it may be typed.
pub const PASSPHRASE_HINT: &str = "ひらがなは変換しないで入力してください。空白は、あってもなくてもかまいません。";
/// Opens it.
pub const UNSEAL: &str = "開く";
/// It is being opened.
pub const UNSEALING: &str = "開いています…";
/// Writes the reply.
pub const WRITE_REPLY: &str = "返信ファイルを書き出す";
/// The same with a question that follows.
pub const WRITE_REPLY_COMMAND: &str = "返信ファイルを書き出す…";
/// What reply files are called in a dialog.
pub const REPLY_FILES: &str = "返信ファイル";
/// Saves the received PDFs.
pub const EXPORT_PDFS: &str = "受け取ったPDFを書き出す…";
/// There is an earlier reply beside the package.
pub const CONTINUE: &str = "前回の返信ファイルがあります";
/// Goes on from it.
pub const CONTINUE_IT: &str = "前回の入力の続きから始める";
/// Begins with the papers as they came.
pub const BEGIN_ANEW: &str = "届いたときの内容から始める";
/// What was typed is in no reply yet.
pub const UNSENT: &str = "返信ファイルに書き出していない入力があります";
/// What to do about it.
pub const UNSENT_DETAIL: &str =
    "このまま閉じると、この入力は失われます。書き出しておくと、次に開いたときに続きから始められます。";
/// Writes it first.
pub const UNSENT_WRITE: &str = "書き出す";
/// Gives it up.
pub const UNSENT_DISCARD: &str = "破棄する";
/// Nothing was typed so far.
pub const NOTHING_YET: &str = "受け取った書類";
/// What was typed is in no reply yet, beside the menu.
pub const NOT_WRITTEN: &str = "返信は未書き出し";
/// All that was typed is in the reply.
pub const WRITTEN: &str = "返信を書き出し済み";
/// A file with a reply in it.
pub const IS_REPLY: &str = "これは、渡した書類への返信ファイルです";
/// What to do with it.
pub const IS_REPLY_DETAIL: &str = "返信ファイルは、書類を渡したケースに取り込みます。そのケースを開いてから、返信を取り込んでください。\
     返信の続きを入力するときは、病院から届いたファイルを開いてください。";
/// The same where a case is open.
pub const TAKE_REPLY_DETAIL: &str = "開いているケースに取り込みますか。取り込む前に、内容を確かめられます。";
/// Takes it in.
pub const TAKE_REPLY: &str = "返信を取り込む";
/// Takes a whole case over.
pub const TAKE_OVER: &str = "引き継いだケースの保存先";

/// How what was typed stands to the reply.
#[must_use]
pub fn state(has_reply: bool, is_changed: bool) -> &'static str {
    match (has_reply, is_changed) {
        (_, true) => NOT_WRITTEN,
        (true, false) => WRITTEN,
        (false, false) => NOTHING_YET,
    }
}

/// What is opened: the name of the file.
#[must_use]
pub fn opening(name: &str) -> String {
    format!("「{name}」を開きます。")
}

/// From whom the papers came; the papers say so where there is no name.
#[must_use]
pub fn sender(from: &str) -> String {
    if from.trim().is_empty() { "病院".to_owned() } else { from.trim().to_owned() }
}

/// What the name of every reply has.
pub const REPLY_MARK: &str = "返信";

/// The suggested name of a reply.
#[must_use]
pub fn reply_name(number: &str) -> String {
    format!("{number}_{REPLY_MARK}.age")
}

/// What was received, and what may be done with it.
#[must_use]
pub fn banner(from: &str, has_fields: bool) -> String {
    let from = sender(from);
    if has_fields {
        format!("{from}から届いた書類です。色の付いた項目だけ入力できます。")
    } else {
        format!("{from}から届いた書類です。入力する項目はありません。")
    }
}

/// When it was made, for whom, and what to do.
#[must_use]
pub fn banner_detail(on: NaiveDate, to: &str, has_fields: bool) -> String {
    let made = format!("{}に、{to}宛てに作られました。", date::format(on));
    if has_fields {
        format!("{made}入力が終わったら、返信ファイルを書き出して、送り返してください。")
    } else {
        format!("{made}内容を確かめてください。")
    }
}

/// The reply was written.
pub const REPLY_WRITTEN: &str = "返信ファイルを書き出しました。";

/// What to do with the reply.
#[must_use]
pub fn send_back(name: &str, from: &str) -> String {
    format!("「{name}」を、{}に送り返してください。合言葉は、受け取ったときと同じです。", sender(from))
}

/// The reply was written before all was filled in that the papers need.
#[must_use]
pub fn written_so_far(name: &str, missing: usize) -> String {
    format!(
        "ここまでの入力は「{name}」にあります。未入力の項目があと{missing}件あります。入力が終わったら、もう一度書き出してください。"
    )
}

/// How many fields are still empty that have to be filled in.
#[must_use]
pub fn still_needed(missing: usize) -> String {
    format!("入力が必要な項目：あと{missing}件")
}

/// The reply was written, with where it is.
#[must_use]
pub fn reply_written(path: &str) -> String {
    format!("{REPLY_WRITTEN}\n{path}")
}

/// An earlier reply.
#[must_use]
pub fn continue_detail(name: &str) -> String {
    format!("受け取ったファイルと同じ場所に、この書類への返信ファイル「{name}」があります。")
}

/// Typed text that is no value keeps the reply from being written.
#[must_use]
pub fn unread(count: usize) -> Message {
    Message::new(
        format!("読み取れない入力が{count}件あるため、返信ファイルを書き出しませんでした"),
        "赤い枠の項目を直してから、もう一度書き出してください",
    )
}

/// The reply would take the place of what was received.
#[must_use]
pub fn over_package() -> Message {
    Message::new("受け取ったファイルの上には書き出せません", "別の名前を付けて書き出してください")
}

/// A whole case was taken over.
#[must_use]
pub fn taken_over(path: &str) -> String {
    format!("ケースを引き継ぎました：{path}")
}
