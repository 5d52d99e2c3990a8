//! Every fixed Japanese sentence of the program. Rules decide elsewhere; here they get words.
//!
//! A message says what happened and what to do, in です・ます and without a programmer's word
//! where it is meant for the window. One word for one thing:
//!
//! - ケース; 書類 is one paper of it, 様式 the kind of paper, ひな形 the file that describes it.
//! - 項目 is what is asked for, 欄 the place to type into, 選択肢 what is chosen from;
//!   共通の項目 is typed once for all papers.
//! - 院内リスト: 登録する, 選ぶ. 文例. 記入例 is a built-in example, 写し the copy one works on.
//! - 未保存 and 保存していない変更; 下書き is kept by itself, 控え is what was saved before.
//!   元に戻す is undoing only; for a backup it is 控えの内容に戻す.
//! - 削除 for rows, papers and entries of the list; 破棄 for drafts; キャンセル leaves all as it is.
//! - 書き出す makes PDFs, 印刷する paper; 紙面 is the page on screen.
//! - 確認事項 are エラー and 確認; 未入力 is a needed field that is empty; 代替文字.
//! - 渡す hands a paper out and fixes its 版 （第1版; 第2版として渡す）; people hand it over, the program
//!   writes, prints and records. What is only looked at is a 下書き. 控え also is a copy that somebody
//!   keeps （本人控）; 旧版 a 版 that another one followed. 保管する is to keep a file of the papers.
//! - 署名を記録する, 訂正する what was recorded by mistake; （第1版への）署名 stays with its 版.
//! - 同意を得る is what people do, 同意を記録する what is done here; 渡してよい相手 and 渡してよい書類
//!   （not 提供）; 撤回 by the 本人, who need not say why; 期限 is its last day, 病名を伝える・伝えない.
//! - 終了 and 再開 of a case; 保管期間の見直し comes five years later; 操作の記録 is the log.
//! - 段階 is a step, 番 whose turn it is, 次にすること what to do; 復職計画の図 is the plan drawn, with
//!   措置期間 and 様子を確かめる日.
//! - 今回は対応しない sets a 確認 aside; 確認事項に戻す takes that back.
//! - 誰, 分かる, 改めて, より後 and 前, 始まり and 終わり of periods, …したあとに of what was done.
//! - 受け渡しファイル is what goes out in one encrypted file, 返信ファイル what comes back, 引き継ぎファイル a
//!   whole case; their 合言葉 opens them, a パスワード a PDF. 作る makes such a file, 書き出す a reply.
//! - 相手に渡る内容 is what the recipient will see, 渡さない内容 what is held back, 除く leaves out what
//!   could go; 病名が分かる言葉 is a hit. 抜粋 is a copy from which something is left out, 入力用PDF one
//!   to be filled in: 記入する is what people do in it, 入力する what they do in the window.
//! - 返信 is what a 返信ファイル says; 取り込む takes it into the case, 渡したとき is what was sent, 今の内容
//!   what stands there, 差出人 who answers. 届く is what comes, 受け取る who gets it.
//! - ケースを引き継ぐ is what both sides do, 引き継ぎ as what a case ended.
//! - … stands where a question for more follows; it is no part of the title of that question.
//!
//! `what` and `todo` have no 。 at their end: whoever shows them puts it there.

pub mod command;
pub mod dialog;
pub mod done;
mod failure;
pub mod follow_up;
pub mod giving;
pub mod input;
pub mod log;
pub mod merging;
pub mod page;
pub mod paperwork;
mod problem;
pub mod progress;
pub mod questions;
pub mod received;
pub mod record;
pub mod reply;
pub mod share;
pub mod sheets;
mod standing;
pub mod start;
pub mod state;
mod template;
pub mod undo;
pub mod window;

use std::fmt;

pub use failure::{entry, failure};
pub use problem::{place, problem, severity};
pub use standing::{action, due, party, standing, step, step_title};
pub use template::template;

/// The name of the program, as people say it.
pub const PROGRAM: &str = "両立";

/// A message: what happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What happened.
    pub what: String,
    /// What to do.
    pub todo: String,
}

impl Message {
    fn new(what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { what: what.into(), todo: todo.into() }
    }

    /// Both as sentences, as the window shows them; the command line has a line of its own form.
    #[must_use]
    pub fn sentences(&self) -> String {
        format!("{}。{}。", self.what, self.todo)
    }
}

impl fmt::Display for Message {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} — {}", self.what, self.todo)
    }
}

/// 「甲」「乙」.
fn quoted(words: &[String]) -> String {
    if words.is_empty() { String::new() } else { format!("「{}」", words.join("」「")) }
}

/// A character with its code points, so that it can be named even where it cannot be shown.
#[must_use]
pub fn character(text: &str) -> String {
    let codes: Vec<String> = text.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let is_shown = !text.chars().any(|c| c.is_control() || crate::model::characters::is_invisible(c));
    if is_shown { format!("「{text}」（{}）", codes.join(" ")) } else { codes.join(" ") }
}
