//! The words of the sheet on which a reply is taken in.

use chrono::NaiveDate;

use super::{Message, record};
use crate::model::date;
use crate::model::reply::ReceivedReply;
use crate::model::revision::Recipient;

/// The title of the sheet.
pub const MERGE: &str = "返信を取り込む";
/// Opens the reply.
pub const OPEN: &str = "返信を開く";
/// Takes it in.
pub const DO_MERGE: &str = "取り込む";
/// What can be taken in.
pub const MERGE_HINT: &str =
    "届いた返信ファイルか、記入された入力用PDFを選んでください。ケースを変える前に、内容の違いを表示します。";
/// The file.
pub const FILE: &str = "返信";
/// Asks for it.
pub const CHOOSE_FILE: &str = "ファイルを選ぶ…";
/// None was chosen.
pub const NO_FILE: &str = "選ばれていません";
/// What replies are called in a dialog for files.
pub const FILES: &str = "返信ファイル・PDF";
/// The passphrase of a reply.
pub const PASSPHRASE: &str = "合言葉";
/// What opens a PDF.
pub const PASSWORD: &str = "パスワード";
/// Where a passphrase comes from.
pub const PASSPHRASE_HINT: &str = "受け渡しファイルを渡したときの合言葉です。ひらがなは変換しないで入力してください。空白は、あってもなくてもかまいません。";
/// A PDF may have none.
pub const PASSWORD_HINT: &str = "開くときにパスワードが要るPDFのときだけ入力してください。";
/// It is being read.
pub const READING: &str = "返信を開いています…";

/// Who answers.
pub const FROM: &str = "差出人";
/// Both sides changed these.
pub const CONFLICTS: &str = "どちらの内容にするかを選んでください";
/// Why they are asked about.
pub const CONFLICTS_HINT: &str = "渡したあとに、こちらでも変更した項目です。選んだほうがケースに入ります。";
/// These are taken.
pub const TAKEN: &str = "取り込む内容";
/// These say the same.
pub const SAME: &str = "こちらでも同じ内容になっている項目";
/// These are not taken.
pub const REFUSED: &str = "取り込まない項目";
/// Nothing was changed.
pub const NOTHING: &str = "返信に、渡したときから変わった項目はありません。";
/// The field.
pub const FIELD: &str = "項目";
/// What was sent.
pub const BASE: &str = "渡したとき";
/// What stands here.
pub const MINE: &str = "今の内容";
/// What stands there.
pub const THEIRS: &str = "返信の内容";
/// Why it is not taken.
pub const WHY: &str = "理由";
/// Nothing stands there.
pub const EMPTY: &str = "（空欄）";
/// Somebody else supplies it.
pub const NOT_THEIRS: &str = "差出人が記入する項目ではありません";
/// It was not sent.
pub const NOT_SENT: &str = "渡した書類にない項目です";
/// It has too many rows.
pub const TOO_MANY_ROWS: &str = "表の行が多すぎます";

/// What the mark beside a field says.
pub const SUPPLIED_HINT: &str = "返信から取り込んだままの内容です。書き直すと、この印は消えます。";

/// Mine or theirs.
#[must_use]
pub fn side(theirs: bool) -> &'static str {
    if theirs { "返信の内容にする" } else { "今の内容を残す" }
}

/// Who answers, and when.
#[must_use]
pub fn from(from: &Recipient, on: Option<NaiveDate>) -> String {
    match on {
        Some(on) => format!("{}（{}）", record::recipient(from), date::format(on)),
        None => record::recipient(from),
    }
}

/// How many are of a sort.
#[must_use]
pub fn counted(heading: &str, count: usize) -> String {
    format!("{heading}（{count}件）")
}

/// No file was chosen.
#[must_use]
pub fn no_file() -> Message {
    Message::new("返信ファイルが選ばれていません", "届いた返信ファイルか、記入された入力用PDFを選んでください")
}

/// No passphrase was typed.
#[must_use]
pub fn no_passphrase() -> Message {
    Message::new("合言葉が未入力です", "受け渡しファイルを渡したときの合言葉を入力してください")
}

/// Conflicts are still to be decided.
#[must_use]
pub fn undecided(count: usize) -> Message {
    Message::new(
        format!("どちらの内容にするかを選んでいない項目が{count}件あります"),
        "項目ごとに、どちらかを選んでください",
    )
}

/// The mark beside the label of a field that stands as somebody sent it.
#[must_use]
pub fn supplied(reply: &ReceivedReply) -> String {
    let from = if reply.from.name.is_empty() {
        super::party(reply.from.party).to_owned()
    } else {
        format!("{}さん", reply.from.name)
    };
    format!("{from}の返信（{}）", date::format(reply.on))
}

/// What was taken in, and how much of it.
#[must_use]
pub fn merged(from: &Recipient, count: usize) -> String {
    let from = record::recipient(from);
    if count == 0 {
        format!("{from}の返信を取り込みました。変わった項目はありません")
    } else {
        format!("{from}の返信から{count}件の内容を取り込みました")
    }
}
