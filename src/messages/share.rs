//! Packages, what is held back from them, and replies, in words.

use super::Message;
use crate::model::disclosure::{Hit, Withheld};
use crate::model::package::PackageTrouble;
use crate::model::reply::ReplyTrouble;

/// Why papers do not go.
#[must_use]
pub fn withheld(papers: &[Withheld]) -> Message {
    match papers.first() {
        Some(Withheld::Denied { denial, .. }) => super::record::denial(denial),
        Some(Withheld::Instead { form, .. }) => Message::new(
            "この書類は、病名や病状の欄を除くと意味が伝わらないため、病名を伝えない同意では渡せません",
            format!("代わりに、病名の欄がない様式「{form}」の書類を渡してください"),
        ),
        None => Message::new("渡す書類が選ばれていません", "渡す書類を一つ以上選んでください"),
    }
}

/// Words that may tell the diagnosis, and nobody decided about them.
#[must_use]
pub fn undecided(hits: &[Hit]) -> Message {
    let words: Vec<String> = hits.iter().map(|hit| hit.word.clone()).collect();
    Message::new(
        format!("渡す内容に、病名が分かる可能性のある言葉{}があります", super::quoted(&words)),
        "項目ごとに、そのまま渡すか、除くかを選んでください",
    )
}

/// What is wrong with a package.
#[must_use]
pub fn package(trouble: &PackageTrouble) -> Message {
    let again = "送ってくれた方に、もう一度送ってもらってください";
    match trouble {
        PackageTrouble::NotEncrypted => Message::new(
            "このファイルは、暗号化された受け渡しファイルではありません",
            "受け取ったファイルかどうかを確かめてください",
        ),
        PackageTrouble::OtherKey => Message::new("合言葉ではなく、別の鍵で暗号化されているため、開けません", again),
        PackageTrouble::TooCostly => {
            Message::new("開くのに必要な計算がこのプログラムの上限を超えるため、開けません", again)
        }
        PackageTrouble::WrongPassphrase => {
            Message::new("合言葉が違います", "合言葉を確かめて、もう一度入力してください")
        }
        PackageTrouble::Damaged => Message::new("受け渡しファイルが途中で切れているか、壊れています", again),
        PackageTrouble::NoPackage => {
            Message::new("中身が、このプログラムで作った受け渡しファイルではありません", "ファイルを確かめてください")
        }
        PackageTrouble::Newer => Message::new(
            "新しい版のプログラムで作られた受け渡しファイルのため、開けません",
            "プログラムを新しい版に替えてください",
        ),
        PackageTrouble::BadName => {
            Message::new("受け渡しファイルの中に、使えない名前のファイルがあるため、開きませんでした", again)
        }
        PackageTrouble::SameName => {
            Message::new("受け渡しファイルの中に、同じ名前のファイルが二つあるため、開きませんでした", again)
        }
        PackageTrouble::TooMany => {
            Message::new("受け渡しファイルの中のファイルが多すぎるため、開きませんでした", again)
        }
        PackageTrouble::TooLarge => Message::new("受け渡しファイルが大きすぎるため、開きませんでした", again),
        PackageTrouble::Differs { name } => {
            Message::new(format!("受け渡しファイルの中の「{name}」が、作られたときから変わっています"), again)
        }
        PackageTrouble::Missing { name } => {
            Message::new(format!("受け渡しファイルの中に「{name}」がありません"), again)
        }
        PackageTrouble::Unnamed { name } => {
            Message::new(format!("受け渡しファイルの中に、目録にないファイル「{name}」があります"), again)
        }
        PackageTrouble::Text { name, position, .. } => Message::new(
            format!("受け渡しファイルの中の「{name}」の{}行{}文字目が読み取れません", position.line, position.column),
            again,
        ),
        PackageTrouble::Wrong { name } => {
            Message::new(format!("受け渡しファイルの中の「{name}」の内容が正しくありません"), again)
        }
        PackageTrouble::OtherSort { .. } => Message::new(
            "この受け渡しファイルは、別の用途のものです",
            "受け取った受け渡しファイルかどうかを確かめてください",
        ),
    }
}

/// Why a reply is not taken in.
#[must_use]
pub fn reply(trouble: ReplyTrouble) -> Message {
    match trouble {
        ReplyTrouble::OtherCase => Message::new("別のケースへの返信です", "返信のファイルとケースを確かめてください"),
        ReplyTrouble::UnknownRevision => {
            Message::new("このケースにない版への返信です", "返信のファイルとケースを確かめてください")
        }
        ReplyTrouble::Tampered => Message::new(
            "返信の内容が、渡した受け渡しファイルと合いません。途中で書き換えられた可能性があります",
            "差出人に確かめてください",
        ),
        ReplyTrouble::NothingSent => {
            Message::new("このケースから渡した記録のない書類への返信です", "返信のファイルとケースを確かめてください")
        }
        ReplyTrouble::NoReply => {
            Message::new("返信でも、記入されたPDFでもありません", "受け取ったファイルかどうかを確かめてください")
        }
    }
}
