//! The words of the sheets on which is recorded what happens to the papers.

use super::{Message, record};
use crate::model::date;
use crate::model::record::Record;
use crate::model::revision::CopyMark;
use chrono::NaiveDate;

/// What handing out is for.
pub const HAND_OUT_HINT: &str = "今の内容を第1版・第2版…として残し、相手に渡すPDFを作ったり印刷したりします。";
/// The titles of the sheets.
pub const HAND_OUT: &str = "書類を渡す";
/// A signature.
pub const SIGN: &str = "署名を記録";
/// A signature recorded by mistake.
pub const CORRECT: &str = "署名の記録を訂正";
/// A consent.
pub const CONSENT: &str = "本人の同意を記録";
/// The end of a consent.
pub const WITHDRAW: &str = "同意の撤回を記録";
/// The end of a case.
pub const END: &str = "ケースを終了";
/// A closed case goes on.
pub const REOPEN: &str = "ケースを再開";
/// Hands it out.
pub const DO_HAND_OUT: &str = "渡す";
/// Closes the case.
pub const DO_END: &str = "終了する";
/// Opens it again.
pub const DO_REOPEN: &str = "再開する";
/// Corrects it.
pub const DO_CORRECT: &str = "訂正する";
/// Records it.
pub const DO_RECORD: &str = "記録する";

/// The document.
pub const DOCUMENT: &str = "書類";
/// Which revision it will be.
pub const BECOMES: &str = "版";
/// To whom.
pub const TO: &str = "渡す相手";
/// By what name.
pub const TO_NAME: &str = "相手の氏名";
/// What the name is for.
pub const TO_NAME_HINT: &str = "記録に残ります。分からないときは空欄のままでかまいません。";
/// What for.
pub const PURPOSE: &str = "目的";
/// The copies that go along.
pub const COPIES: &str = "控え";
/// What copies are, beside a paper to sign.
pub const COPIES_TO_SIGN: &str = "署名してもらう1部のほかに渡す控えです。選ばなくてもかまいません。";
/// What copies are, where only they are handed out.
pub const COPIES_FOR_GOOD: &str = "渡す控えを選びます。誰の控えかを、紙面の右上に印刷します。";
/// The plan over the months.
pub const TIMELINE: &str = "計画の図";
/// It goes along.
pub const WITH_TIMELINE: &str = "期間を表す図のページを最後に付ける";
/// How it is handed out.
pub const WAY: &str = "渡し方";
/// On paper.
pub const PRINTS: &str = "印刷する";
/// As a file.
pub const WRITES: &str = "フォルダーに書き出す";
/// Another folder.
pub const CHOOSE_FOLDER: &str = "書き出すフォルダー…";
/// The PDF can be filled in.
pub const FILLABLE: &str = "相手の記入欄に入力できるPDFにする";
/// What opens the PDF.
pub const PASSWORD: &str = "パスワード";
/// It has one.
pub const WITH_PASSWORD: &str = "PDFを開くパスワードを付ける（AES-256）";
/// How it is told.
pub const PASSWORD_HINT: &str =
    "PDFと同じメールには書かず、電話などで伝えてください。どこにも保存しません。院内に保管するPDFには付きません。";
/// No consent is needed.
pub const NEEDS_NO_CONSENT: &str = "本人と、病院の職員に渡すときは、同意の記録は要りません。";
/// Records a consent.
pub const RECORD_CONSENT: &str = "同意を記録…";

/// The revision.
pub const REVISION: &str = "版";
/// The document says something else by now.
pub const REVISION_IS_OLD: &str =
    "この版を渡したあとに、書類の内容が変わっています。署名は、この版への署名として残ります。";
/// The line.
pub const LINE: &str = "署名欄";
/// The day beside the signature.
pub const SIGNED_ON: &str = "署名の日付";
/// Who signed.
pub const SIGNER: &str = "署名した方";
/// How it was signed.
pub const HOW: &str = "署名の方法";
/// The signed paper.
pub const SCAN: &str = "スキャン";
/// Chooses its file.
pub const CHOOSE_SCAN: &str = "ファイルを選ぶ…";
/// None was chosen.
pub const NO_SCAN: &str = "なし（PDF・JPEG・PNGを保管できます）";
/// Takes it back.
pub const WITHOUT_SCAN: &str = "スキャンなしにする";
/// What scans are called in a dialog for files.
pub const SCAN_FILES: &str = "スキャン";
/// The reason.
pub const WHY: &str = "理由";
/// What a correction does.
pub const CORRECT_HINT: &str =
    "誤って記録した署名は消えず、訂正の理由とともに残ります。正しい署名は、改めて記録してください。";

/// To whom the papers may go.
pub const CONSENT_TO: &str = "渡してよい相手";
/// Which papers.
pub const FORMS: &str = "渡してよい書類";
/// Whether with the diagnosis.
pub const DIAGNOSIS: &str = "病名";
/// From when on.
pub const GIVEN_ON: &str = "同意した日";
/// Until when.
pub const UNTIL: &str = "期限";
/// An empty end.
pub const UNTIL_HINT: &str = "空欄のときは、撤回されるまで有効です。";
/// How it was given.
pub const CONSENT_HOW: &str = "同意の方法";
/// What else there is to say.
pub const NOTE: &str = "備考";
/// From when on it does not hold.
pub const WITHDRAWN_ON: &str = "撤回した日";
/// What that means.
pub const WITHDRAW_HINT: &str = "この日から、この同意では書類を渡せなくなります。すでに渡した書類の記録は残ります。渡した書類を返してもらうかどうかは、本人に確かめてください。";
/// The consents.
pub const CONSENTS: &str = "本人の同意";
/// What they are for.
pub const CONSENTS_HINT: &str =
    "会社や産業医に書類を渡すには、本人の同意の記録が要ります。書類に署名があっても、渡すことへの同意にはなりません。";
/// There are none.
pub const NO_CONSENTS: &str = "同意はまだ記録されていません。";
/// Shows a scan.
pub const VIEW_SCAN: &str = "スキャンを見る";
/// Withdraws it.
pub const WITHDRAW_IT: &str = "撤回…";
/// It holds.
pub const HOLDS: &str = "有効";

/// How it ended.
pub const OUTCOME: &str = "結果";
/// When.
pub const ENDED_ON: &str = "終了日";
/// What reopening does.
pub const REOPEN_HINT: &str = "終了の記録は、再開した理由とともに残ります。";

/// What revisions are.
pub const REVISIONS_HINT: &str = "渡した書類は、そのときのPDFのまま保管しています。";
/// There are none.
pub const NO_REVISIONS: &str = "まだ渡していない書類です。渡すと、ここに第1版として残ります。";
/// The newest one.
pub const NEWEST: &str = "最新";
/// Nobody signed.
pub const NO_SIGNATURES: &str = "署名の記録はありません。";
/// Writes it once more.
pub const WRITE_AGAIN: &str = "もう一度書き出す…";
/// Prints it once more.
pub const PRINT_AGAIN: &str = "もう一度印刷する";
/// A copy that says that it is an old one.
pub const WRITE_OLD: &str = "「旧版」と入れた写しを書き出す…";
/// Corrects a signature.
pub const CORRECT_IT: &str = "訂正…";
/// Compares two revisions.
pub const COMPARE: &str = "二つの版を比べる";
/// The first of two revisions.
pub const OLDER: &str = "比べる版（左）";
/// The second of two revisions.
pub const NEWER: &str = "比べる版（右）";
/// What differs.
pub const FIELD: &str = "項目";
/// Nothing stood there.
pub const NOTHING_THERE: &str = "（空欄）";
/// Nothing differs.
pub const NO_DIFFERENCES: &str = "二つの版の内容は同じです。";

/// The log.
pub const LOG: &str = "操作の記録";
/// Its columns.
pub const LOG_NUMBER: &str = "番号";
/// When.
pub const LOG_AT: &str = "日時";
/// By whom.
pub const LOG_USER: &str = "操作した人";
/// What was done.
pub const LOG_WHAT: &str = "内容";
/// Writes it as text.
pub const WRITE_LOG: &str = "書き出す…";
/// What text files are called in a dialog for files.
pub const TEXT_FILES: &str = "テキスト";

/// A day cannot be read, as it was typed.
#[must_use]
pub fn unread(name: &str, typed: &str, why: Message) -> Message {
    Message { what: format!("{name}「{}」は、{}", typed.trim(), why.what), todo: why.todo }
}

/// Something needed is empty.
#[must_use]
pub fn empty(name: &str) -> Message {
    Message::new(format!("{name}が未入力です"), "日付を入力してください")
}

/// A day lies in the future.
#[must_use]
pub fn in_future(name: &str) -> Message {
    Message::new(format!("{name}が、今日より後になっています"), "日付を確かめてください")
}

/// It is neither printed nor written.
#[must_use]
pub fn nowhere() -> Message {
    Message::new("渡し方が選ばれていません", "「印刷する」か「フォルダーに書き出す」を選んでください")
}

/// No password was typed.
#[must_use]
pub fn no_password() -> Message {
    Message::new("パスワードが未入力です", "パスワードを入力するか、「パスワードを付ける」を外してください")
}

/// No copy was chosen.
#[must_use]
pub fn no_copy() -> Message {
    Message::new("渡す控えが選ばれていません", "誰の控えかを一つ以上選んでください")
}

/// No folder was chosen.
#[must_use]
pub fn no_folder() -> Message {
    Message::new("書き出すフォルダーが選ばれていません", "フォルダーを選んでください")
}

/// No line was chosen.
#[must_use]
pub fn no_line() -> Message {
    Message::new("署名欄が選ばれていません", "署名された欄を選んでください")
}

/// Whether with the diagnosis was not chosen.
#[must_use]
pub fn no_diagnosis_choice() -> Message {
    Message::new("病名を伝えてよいかどうかが選ばれていません", "本人の同意のとおりに、どちらかを選んでください")
}

/// How it ended was not chosen.
#[must_use]
pub fn no_outcome() -> Message {
    Message::new("結果が選ばれていません", "どのように終わったかを選んでください")
}

/// It was never handed out.
#[must_use]
pub fn becomes_first() -> String {
    format!("{}になります。", record::revision(1))
}

/// It was handed out as it is.
#[must_use]
pub fn becomes_again(number: u32) -> String {
    format!("{}をもう一度渡します（内容は変わっていません）。", record::revision(number))
}

/// It was changed since.
#[must_use]
pub fn becomes_next(last: u32, is_signed: bool) -> String {
    let (next, last) = (record::revision(last + 1), record::revision(last));
    if is_signed {
        format!("{next}になります。これまでの署名は{last}への署名として残りますので、改めて署名をお願いしてください。")
    } else {
        format!("{next}になります。{last}もそのまま残ります。")
    }
}

/// The package that it went in, by its identity.
#[must_use]
pub fn in_package(package: &str) -> String {
    format!("受け渡しファイルに入れて渡しました（ファイルの番号 {}）", package.chars().take(8).collect::<String>())
}

/// What was left out.
#[must_use]
pub fn left_out(labels: &[String]) -> String {
    format!("除いた項目：{}", labels.join("、"))
}

/// The consent that it goes under.
#[must_use]
pub fn under(number: u32, given_on: NaiveDate) -> String {
    format!("{}（{}）に基づいて渡します。", consent(number), date::format(given_on))
}

/// Fields that are empty.
#[must_use]
pub fn missing(labels: &[&str], count: usize) -> String {
    let rest = if count > labels.len() { format!(" ほか{}件", count - labels.len()) } else { String::new() };
    format!("次の項目が未入力です：{}{rest}。このまま渡し、紙に書いてもらうこともできます。", labels.join("、"))
}

/// A revision with its day.
#[must_use]
pub fn revision_of(number: u32, on: NaiveDate) -> String {
    format!("{}（{}）", record::revision(number), date::format(on))
}

/// A line, and when it was signed.
#[must_use]
pub fn line(caption: &str, signed: Option<NaiveDate>) -> String {
    match signed {
        Some(on) => format!("{caption}　{}に署名済み", date::format(on)),
        None => caption.to_owned(),
    }
}

/// A signature in one line.
#[must_use]
pub fn signature(caption: &str, name: &str, how: &str, on: NaiveDate) -> String {
    let name = if name.is_empty() { "氏名の記録なし" } else { name };
    format!("{caption}{name}　{}（{how}）", date::format(on))
}

/// A document and its revision.
#[must_use]
pub fn document_revision(title: &str, number: u32) -> String {
    format!("{title} {}", record::revision(number))
}

/// Whether of all forms.
#[must_use]
pub fn scope(is_of_all: bool) -> &'static str {
    if is_of_all { "すべての書類" } else { "選んだ書類だけ" }
}

/// Whether with the diagnosis.
#[must_use]
pub fn diagnosis(may: bool) -> &'static str {
    if may { "伝えてよい" } else { "伝えない" }
}

/// A consent by its number.
#[must_use]
pub fn consent(number: u32) -> String {
    format!("同意{number}")
}

/// A consent in one sentence.
#[must_use]
pub fn consent_sentence(
    to: &[&str],
    forms: Option<&[String]>,
    diagnosis: bool,
    from: &str,
    until: Option<&str>,
    how: &str,
) -> String {
    let forms = forms.map_or_else(|| "すべての書類".to_owned(), |forms| forms.join("・"));
    let diagnosis = if diagnosis { "病名を含む" } else { "病名を含まない" };
    let until = until.map_or_else(|| "撤回されるまで".to_owned(), |until| format!("{until}まで"));
    format!("{}へ、{forms}（{diagnosis}）。{from}から{until}、{how}による同意。", to.join("・"))
}

/// It was withdrawn.
#[must_use]
pub fn withdrawn(on: NaiveDate, why: &str) -> String {
    let why = if why.is_empty() { String::new() } else { format!("（{why}）") };
    format!("{}に撤回{why}", date::format(on))
}

/// It ran out.
#[must_use]
pub fn ran_out(on: NaiveDate) -> String {
    format!("{}で期限切れ", date::format(on))
}

/// It does not hold yet.
#[must_use]
pub fn not_yet(from: NaiveDate) -> String {
    format!("{}から有効", date::format(from))
}

/// When to look whether the case still has to be kept.
#[must_use]
pub fn retention(due: NaiveDate) -> String {
    format!(
        "保管期間の見直しは{}（5年後）です。ケースの一覧でお知らせし、自動で削除することはありません。",
        date::format(due)
    )
}

/// The revisions of a document.
#[must_use]
pub fn revisions_of(title: &str) -> String {
    format!("版の一覧：{title}")
}

/// The fingerprint on the page.
#[must_use]
pub fn fingerprint(fingerprint: &str) -> String {
    format!("照合番号 {fingerprint}")
}

/// A signature recorded by mistake.
#[must_use]
pub fn corrected(on: NaiveDate, why: &str) -> String {
    format!("{}に訂正：{why}", date::format(on))
}

/// Shows the PDF of a copy.
#[must_use]
pub fn view_copy(mark: Option<CopyMark>) -> String {
    match mark {
        Some(mark) => format!("{}を見る", record::copy_mark(mark)),
        None => "PDFを見る".to_owned(),
    }
}

/// Two revisions.
#[must_use]
pub fn comparison(title: &str, revisions: (u32, u32)) -> String {
    format!("{title}：{}と{}の違い", record::revision(revisions.0), record::revision(revisions.1))
}

/// How many entries the log has.
#[must_use]
pub fn log_count(count: usize) -> String {
    format!("{count}件の記録を、新しい順に並べています。")
}

/// Further troubles.
#[must_use]
pub fn further(count: usize) -> String {
    format!("ほかに{count}件あります。")
}

/// Something was recorded. `title` is the short title of its document.
#[must_use]
pub fn recorded(what: &Record, title: &str) -> String {
    match what {
        Record::HandOut { revision, .. } => {
            format!("{title}の{}を、渡した書類として記録しました", record::revision(revision.number))
        }
        Record::Share { .. } => "受け渡しファイルを作り、渡した書類として記録しました".to_owned(),
        Record::TakeReply(_) => "返信を取り込みました".to_owned(),
        Record::HandOver(_) => "引き継ぎファイルを作り、ケースを終了しました".to_owned(),
        Record::Sign { revision, .. } => format!("{title}の{}の署名を記録しました", record::revision(*revision)),
        Record::CorrectSignature { .. } => format!("{title}の署名の記録を訂正しました"),
        Record::Consent(_) => "本人の同意を記録しました".to_owned(),
        Record::Withdraw { consent: number, .. } => format!("{}の撤回を記録しました", consent(*number)),
        Record::Close(_) => "ケースを終了しました".to_owned(),
        Record::Reopen(_) => "ケースを再開しました".to_owned(),
    }
}

/// What was done, and with which file.
#[must_use]
pub fn with_path(text: &str, path: &str) -> String {
    format!("{text}：{path}")
}

/// No PDF of a revision is kept.
pub const NO_COPY_KEPT: &str = "この版のPDFは保管されていません。";
/// Nothing can be noted in a log.
pub const NOT_LOGGED_HERE: &str = "このフォルダーには書き込めないため、操作の記録は残りません。";
/// A case of a newer program, once it is opened.
pub const NOT_LOGGED_NEWER: &str = "新しいバージョンで作られたケースなので、操作の記録は残りません。";
/// A case without a file has no log.
pub const NO_LOG_YET: &str = "操作の記録は、ケースを一度保存すると残るようになります。";
/// Asks for the file of the log.
pub const WRITE_LOG_TITLE: &str = "操作の記録を書き出す";

/// The name of the log as text.
#[must_use]
pub fn log_name(number: &str) -> String {
    format!("{number}_操作の記録.txt")
}

/// The log was written as text.
#[must_use]
pub fn log_written(path: &str) -> String {
    format!("操作の記録を書き出しました：{path}")
}
