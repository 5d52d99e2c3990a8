//! What becomes of a reply, on one line; the words of the sheet are in [`super::merging`].

use super::{Message, merging, record};
use crate::model::date;
use crate::model::reply::{Objection, ReceivedReply};

/// Fields that were changed on both sides, and nobody chose.
#[must_use]
pub fn unchosen(count: usize) -> Message {
    Message::new(
        format!("渡したあとに、こちらと返信の両方で変わった項目が{count}件あるため、まだ何も取り込んでいません"),
        "項目ごとに、どちらの内容にするかを選んでください。コマンドでは --take theirs（返信の内容にする）か \
         --take mine（今の内容を残す）を付けます",
    )
}

/// Why something in a reply is not taken.
#[must_use]
pub fn objection(objection: &Objection) -> String {
    match objection {
        Objection::NotTheirs => merging::NOT_THEIRS.to_owned(),
        Objection::NotSent => merging::NOT_SENT.to_owned(),
        Objection::Unfit(trouble) => super::entry(trouble).what,
        Objection::TooManyRows => merging::TOO_MANY_ROWS.to_owned(),
    }
}

/// What becomes of a field, on one line.
pub const TAKEN: &str = "取り込む";
/// Both sides say the same by now.
pub const SAME: &str = "同じ内容";
/// What stands here stays.
pub const KEPT: &str = "今の内容を残す";
/// It is not taken.
pub const REFUSED: &str = "取り込まない";
/// Both sides changed it.
pub const CONFLICT: &str = "両方で変更";

/// What stands here, and what they say.
#[must_use]
pub fn from_to(mine: &str, theirs: &str) -> String {
    format!("{mine} → {theirs}")
}

/// Both values of a conflict.
#[must_use]
pub fn both(mine: &str, theirs: &str) -> String {
    format!("今の内容：{mine}　返信：{theirs}")
}

/// What is not taken, and why.
#[must_use]
pub fn refused(theirs: &str, why: &str) -> String {
    format!("返信：{theirs}（{why}）")
}

/// A reply that was taken in, on one line; `taken` and `refused` are the names of fields.
#[must_use]
pub fn received(reply: &ReceivedReply, taken: &[String], refused: &[String]) -> String {
    let taken = if taken.is_empty() { "変更なし".to_owned() } else { taken.join("、") };
    let left = if refused.is_empty() {
        String::new()
    } else {
        format!("　取り込まなかった項目：{}", refused.join("、"))
    };
    format!("返信　{}　{}から　{taken}{left}", date::format(reply.on), record::recipient(&reply.from))
}
