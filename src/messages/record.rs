//! The words for what is recorded of the papers: revisions, signatures, consents, outcomes.

use super::Message;
use crate::model::closing::Outcome;
use crate::model::consent::{ConsentWay, Denial};
use crate::model::date;
use crate::model::form::Party;
use crate::model::record::Refused;
use crate::model::revision::{CopyMark, Purpose, Recipient, SigningWay};

/// A revision by its number.
#[must_use]
pub fn revision(number: u32) -> String {
    format!("第{number}版")
}

/// In the name of a PDF whose recipient fills it in.
pub const FILLABLE: &str = "入力用";

/// In the name of a PDF from which something was left out.
pub const LEFT_OUT: &str = "抜粋";

/// In the name of a PDF that has the plan over the months.
pub const WITH_TIMELINE: &str = "図付き";

/// Whose copy it is, as printed on it.
#[must_use]
pub fn copy_mark(mark: CopyMark) -> &'static str {
    match mark {
        CopyMark::Patient => "本人控",
        CopyMark::Company => "会社控",
        CopyMark::Hospital => "病院控",
    }
}

/// What the scan of a consent is called.
#[must_use]
pub fn consent_file(number: u32) -> String {
    format!("同意{number}")
}

/// Copies that went along, each with 、 before it.
#[must_use]
pub fn copy_marks(marks: &[CopyMark]) -> String {
    marks.iter().flat_map(|mark| ["、", copy_mark(*mark)]).collect()
}

/// How a line was signed.
#[must_use]
pub fn signing_way(how: SigningWay) -> &'static str {
    match how {
        SigningWay::Handwritten => "署名",
        SigningWay::Sealed => "記名押印",
        SigningWay::ByProxy => "代筆",
        SigningWay::Digital => "電子",
    }
}

/// How a consent was given.
#[must_use]
pub fn consent_way(how: ConsentWay) -> &'static str {
    match how {
        ConsentWay::Written => "書面",
        ConsentWay::Oral => "口頭",
        ConsentWay::Digital => "電子",
    }
}

/// How a case ended.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Returned => "復職",
        Outcome::KeptWorking => "就労継続",
        Outcome::NewJob => "転職・再就職",
        Outcome::LeftWork => "離職",
        Outcome::BrokenOff => "中断",
        Outcome::HandedOver => "引き継ぎ",
    }
}

/// What a paper is handed out for.
#[must_use]
pub fn purpose(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::ForSignature => "署名してもらうため",
        Purpose::ForGood => "控えとして保管してもらうため",
    }
}

/// What a paper is handed out for, in one word.
#[must_use]
pub fn purpose_word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::ForSignature => "署名",
        Purpose::ForGood => "控え",
    }
}

/// What a copy of an older revision is called.
pub const OLD_VERSION: &str = "旧版";

/// Somebody who gets a paper.
#[must_use]
pub fn recipient(to: &Recipient) -> String {
    let party = super::party(to.party);
    if to.name.is_empty() { party.to_owned() } else { format!("{party} {}", to.name) }
}

/// Whoever a consent speaks of; that with a coordinator outside holds for all of them.
#[must_use]
pub fn consent_party(party: Party) -> &'static str {
    match party {
        Party::OutsideCoordinator => "会社・支援機関・ほかの病院の両立支援コーディネーター",
        other => super::party(other),
    }
}

/// That a consent for a coordinator outside holds for all of them.
pub const EVERY_COORDINATOR: &str = "この同意は、会社・支援機関・ほかの病院のどのコーディネーターに渡すときにも使われます。本人の同意した相手かどうかを確かめてください。";

/// Why something is not recorded.
#[must_use]
pub fn refused(refused: &Refused) -> Message {
    match refused {
        Refused::NoDocument => Message::new("この書類はケースにありません", "書類を確かめてください"),
        Refused::NoRevision => {
            Message::new("この版には、まだ渡した記録がありません", "先に書類を渡してから、署名を記録してください")
        }
        Refused::WrongRevision => {
            Message::new("書類の内容が、渡そうとした版と違います", "ケースを開き直して、もう一度渡してください")
        }
        Refused::AlreadySigned { .. } => Message::new(
            "この欄の署名は、すでに記録されています",
            "誤って記録したときは、その記録を訂正してから記録し直してください",
        ),
        Refused::NotSigned { .. } => {
            Message::new("この欄には、訂正する署名の記録がありません", "版と署名欄を確かめてください")
        }
        Refused::NoReason => Message::new("理由が未入力です", "理由を短く入力してください"),
        Refused::InFuture => Message::new("日付が今日より後になっています", "日付を確かめてください"),
        Refused::WithdrawnBeforeGiven => {
            Message::new("撤回した日が、同意した日より前です", "二つの日付を確かめてください")
        }
        Refused::EndsBeforeBegin => Message::new("終わりの日が、始まりの日より前です", "二つの日付を確かめてください"),
        Refused::NothingConsented => {
            Message::new("渡してよい相手か、渡してよい書類が選ばれていません", "どちらも一つ以上選んでください")
        }
        Refused::NoConsent { number } => {
            Message::new(format!("同意{number}の記録はありません"), "同意の番号を確かめてください")
        }
        Refused::AlreadyWithdrawn => Message::new("この同意は、すでに撤回されています", "同意の番号を確かめてください"),
        Refused::AlreadyClosed => {
            Message::new("このケースは、すでに終了しています", "終了の日や結果を記録し直すときは、先に再開してください")
        }
        Refused::HandedOut => Message::new(
            "渡した記録のある書類のため、削除できません",
            "もう使わない書類でも、そのまま残しておいてください",
        ),
        Refused::AlreadyTaken { on } => Message::new(
            format!("この返信は、{}に取り込み済みです。何も変えませんでした", date::format(*on)),
            "もう一度取り込む必要はありません",
        ),
        Refused::NotClosed => Message::new("このケースは終了していません", "再開しなくても、そのまま入力できます"),
    }
}

/// Why a paper may not go to somebody.
#[must_use]
pub fn denial(denial: &Denial) -> Message {
    let todo = "本人に渡して届けてもらうか、本人の同意を得て、それを記録してください";
    match denial {
        Denial::NoConsent { ended: None } => {
            Message::new("この書類をこの相手に渡すことへの、本人の同意の記録がありません", todo)
        }
        Denial::NoConsent { ended: Some(on) } => {
            let on = date::format(*on);
            Message::new(format!("この相手に渡すことへの本人の同意は、{on}で終わっています"), todo)
        }
        Denial::Withdrawn { on } => {
            Message::new(format!("本人が{}に同意を撤回したため、この相手には渡せません", date::format(*on)), todo)
        }
        Denial::NotWhole => Message::new(
            "ケース全体をこの相手に引き継ぐことへの、本人の同意（すべての書類と、病名を含むもの）の記録がありません",
            "本人の同意を得て、それを記録してください",
        ),
        Denial::NoCoordinator => Message::new(
            "ケース全体は、ほかの両立支援コーディネーターにだけ引き継げます",
            "この相手には、書類を選んで渡してください",
        ),
        Denial::Internal => Message::new(
            "この書類は病院の中だけで使うもので、誰にも渡せません",
            "渡してよい内容は、ほかの書類に書いてください",
        ),
    }
}
