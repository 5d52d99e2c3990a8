//! Packages, what is held back from them, and replies, in words.

use super::Message;
use crate::model::check::{CASE_NUMBER, Place};
use crate::model::date;
use crate::model::disclosure::{Hit, PlaceName, Why, Withheld};
use crate::model::package::{Manifest, PackageSort, PackageTrouble, PassphraseTrouble};
use crate::model::reply::ReplyTrouble;

/// What a package says to whoever opens it with another program.
pub const READ_ME: &str = "はじめにお読みください.txt";

/// The text of [`READ_ME`]; where PDFs to fill in lie beside it, with what to do with them.
#[must_use]
pub fn read_me(has_fillable: bool) -> String {
    format!("{READ_ME_BEGIN}{}{READ_ME_END}", if has_fillable { READ_ME_FILLABLE } else { "" })
}

/// With the ends of line that every editor shows, as all of it.
const READ_ME_BEGIN: &str = "\
これは、治療と仕事の両立支援のプログラム「両立（ryoritsu）」で作られた受け渡しファイルの中身です。\r
\r
PDFが、お渡しする書類です。このまま読んだり、印刷したりできます。\r
名前が「.ron」で終わるファイルは、プログラムで開くためのものです。\r
\r
同じプログラムがあれば、この中身を取り出さずに、受け取った受け渡しファイルをそのまま開き、\r
ご記入いただく欄に入力して、返信ファイルを作れます。\r
\r
";

/// How PDFs are filled in by whoever has another program.
const READ_ME_FILLABLE: &str = "\
このプログラムがないときは、名前に「入力用」と付いたPDFを取り出して使えます。\r
１．PDFを表示するプログラムで開き、ご記入いただく欄に入力します。\r
２．入力したPDFを保存します。印刷やPDFへの変換ではなく、「保存」を選んでください。\r
３．保存したPDFを、この受け渡しファイルの送り主に送り返します。送り方は、送り主に確かめてください。\r
\r
";

/// What there is to take care of.
const READ_ME_END: &str = "\
本人の健康に関する情報が入っています。取り出したファイルは、ほかの人の目に触れない場所に置いてください。\r
";

/// Why papers do not go.
#[must_use]
pub fn withheld(papers: &[Withheld]) -> Message {
    match papers {
        [] => Message::new("渡す書類が選ばれていません", "渡す書類を一つ以上選んでください"),
        [only] => withheld_paper(only),
        several => {
            let mut todo: Vec<String> = several.iter().map(|paper| withheld_paper(paper).todo).collect();
            todo.dedup();
            let what: Vec<String> = several.iter().map(named).collect();
            Message::new(what.join("。"), todo.join("。"))
        }
    }
}

fn withheld_paper(paper: &Withheld) -> Message {
    match paper {
        Withheld::Denied { denial, .. } => super::record::denial(denial),
        Withheld::Instead { title, instead, .. } => Message::new(
            format!("「{title}」は、病名や病状の欄を除くと意味が伝わらないため、病名を伝えない同意では渡せません"),
            format!("代わりに「{instead}」を渡してください。病名が分からない項目は、「{title}」から引き継いで作れます"),
        ),
        Withheld::Telling { title, .. } => Message::new(
            format!("「{title}」は、様式の文面そのものから病名が分かるため、病名を伝えない同意では渡せません"),
            "病名が分からない様式の書類を渡してください",
        ),
        Withheld::Unknown { form, .. } if form.is_empty() => {
            Message::new("渡そうとした書類が、ケースにありません", "書類を選び直してください")
        }
        Withheld::Unknown { form, .. } => Message::new(
            format!("様式「{form}」のひな形がないため、渡せません"),
            "この様式のひな形を、ひな形のフォルダーに入れてください",
        ),
    }
}

/// Why one of several papers does not go, with its title.
fn named(paper: &Withheld) -> String {
    let what = withheld_paper(paper).what;
    match paper {
        Withheld::Denied { title, .. } => format!("「{title}」：{what}"),
        Withheld::Instead { .. } | Withheld::Telling { .. } | Withheld::Unknown { .. } => what,
    }
}

/// Words that may tell the diagnosis, and nobody decided about them.
#[must_use]
pub fn undecided(hits: &[Hit]) -> Message {
    let mut places: Vec<(String, Vec<String>)> = Vec::new();
    for hit in hits {
        let place = place_name(&hit.place, &hit.name);
        match places.iter_mut().find(|(known, _)| *known == place) {
            Some((_, words)) => words.push(hit.word.clone()),
            None => places.push((place, vec![hit.word.clone()])),
        }
    }
    let places: Vec<String> =
        places.iter().map(|(place, words)| format!("{place}に{}", super::quoted(words))).collect();
    Message::new(
        format!("渡す内容に、病名が分かる言葉があります（{}）", places.join("、")),
        "項目ごとに、そのまま渡すか、除くかを決めてください",
    )
}

/// A word that may tell the diagnosis, and what to type on the command line for its field.
#[must_use]
pub fn hit(hit: &Hit, key: &str) -> Message {
    let place = place_name(&hit.place, &hit.name);
    Message::new(
        format!("{place}に、病名が分かる言葉「{}」があります", hit.word.replace('\n', "")),
        format!("除くときは --hold-back {key}、そのまま渡すときは --tell {key} を付けてください"),
    )
}

/// What a place is called: 協議書の「協議した内容」.
#[must_use]
pub fn place_name(place: &Place, name: &PlaceName) -> String {
    if *place == Place::field(CASE_NUMBER) {
        return format!("「{}」", super::page::CASE_NUMBER);
    }
    if place.field.is_empty() {
        return format!("「{}」の様式の文面", name.form.as_deref().unwrap_or_default());
    }
    super::place(place, name.form.as_deref(), &name.field, name.column.as_deref())
}

/// Why a field is held back.
#[must_use]
pub fn why(why: Why) -> &'static str {
    match why {
        Why::Never => "院外に出さない項目です",
        Why::Audience => "この相手には見せない項目です",
        Why::Diagnosis => "病名を伝えない同意のため、病名が分かる項目を除きます",
        Why::Decided => "除くことにした項目です",
        Why::Undecided => "病名が分かる言葉があり、渡すか除くかをまだ決めていません",
        Why::NotOnPaper => "渡す書類に欄がありません",
        Why::Unknown => "今のひな形にない内容です",
    }
}

/// A paper that goes.
#[must_use]
pub fn went(title: &str) -> String {
    format!("渡す書類：{title}")
}

/// A paper that does not go, and why.
#[must_use]
pub fn stayed(title: &str, why: &Message) -> String {
    format!("渡さない書類：{title} — {}", why.what)
}

/// A field that does not go, and why.
#[must_use]
pub fn held(place: &str, held: Why) -> String {
    format!("渡さない内容：{place} — {}", why(held))
}

/// What a package says of itself: 受け渡しファイル R8-0001（星見市民病院から会社担当者へ、令和8年11月22日）
#[must_use]
pub fn described(manifest: &Manifest) -> String {
    let (from, to) = (&manifest.from, super::record::recipient(&manifest.to));
    let from = if from.is_empty() { String::new() } else { format!("{from}から") };
    let (sort, number, on) = (sort(manifest.sort), &manifest.number, date::format(manifest.on));
    format!("{sort} {number}（{from}{to}へ、{on}）")
}

/// What a package is called, by what it is for.
#[must_use]
pub fn sort(sort: PackageSort) -> &'static str {
    match sort {
        PackageSort::Share => "受け渡しファイル",
        PackageSort::Reply => "返信ファイル",
        PackageSort::HandOver => "引き継ぎファイル",
    }
}

/// A paper in a package.
#[must_use]
pub fn paper(title: &str, revision: u32) -> String {
    format!("{title} {}", super::record::revision(revision))
}

/// Why a passphrase is not taken.
#[must_use]
pub fn passphrase(trouble: PassphraseTrouble) -> Message {
    match trouble {
        PassphraseTrouble::Empty => Message::new("合言葉がありません", "合言葉を入力してください"),
        PassphraseTrouble::Weak => Message::new(
            "合言葉が短いか単純すぎて、他人に見つけられるおそれがあります",
            "もっと長くするか、自動で作った合言葉を使ってください",
        ),
    }
}

/// A package was written, and that could not be recorded.
#[must_use]
pub fn unrecorded(reason: &Message) -> Message {
    Message::new(
        format!("このファイルは書き出しましたが、ケースに記録できませんでした（{}）", reason.what),
        format!("このファイルは渡さずに削除してください。{}", reason.todo),
    )
}

/// What is wrong with a package.
#[must_use]
pub fn package(trouble: &PackageTrouble) -> Message {
    let again = "送ってくれた方に、もう一度送ってもらってください";
    let smaller = "書類やスキャンを減らして作り直してください。受け取ったファイルなら、送ってくれた方に頼んでください";
    match trouble {
        PackageTrouble::NotEncrypted => Message::new(
            "このファイルは、暗号化された受け渡しファイルではありません",
            "受け取ったファイルかどうかを確かめてください",
        ),
        PackageTrouble::OtherKey => Message::new("合言葉ではなく、別の鍵で暗号化されているため、開けません", again),
        PackageTrouble::TooCostly => {
            Message::new("開くのに必要な計算がこのプログラムの上限を超えるため、開けません", again)
        }
        PackageTrouble::WrongPassphrase => Message::new(
            "合言葉が違います",
            "合言葉を確かめて、もう一度入力してください。間違いないときは、ファイルを送り直してもらってください",
        ),
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
        PackageTrouble::TooMany => Message::new("受け渡しファイルの中のファイルが多すぎます（1,000個まで）", smaller),
        PackageTrouble::TooLarge => Message::new("受け渡しファイルが大きすぎます（100MBまで）", smaller),
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
        PackageTrouble::OtherSort { found } => {
            let todo = match found {
                PackageSort::Share => "受け渡しファイルは、開いて記入し、返信してください",
                PackageSort::Reply => "返信ファイルは、渡したケースに取り込んでください",
                PackageSort::HandOver => "引き継ぎファイルは、ケースとして受け取ってください",
            };
            Message::new(format!("これは{}です", sort(*found)), todo)
        }
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
        ReplyTrouble::Locked => Message::new("パスワードの付いたPDFです", "渡したときのパスワードを指定してください"),
        ReplyTrouble::WrongPassword => {
            Message::new("このパスワードでは、PDFが開きません", "渡したときのパスワードを確かめてください")
        }
        ReplyTrouble::Encoding => Message::new(
            "記入された文字の中に、読み取れない文字コードのものがあります",
            "別のPDFビューアーで記入し直してもらうか、PDFを見ながら入力してください",
        ),
    }
}
