//! The words of the sheets on which papers are given away: what the recipient will see, what is held
//! back and why, the passphrase, the whole case.

use super::{Message, record};
use crate::model::form::Party;

/// The titles of the sheets.
pub const SHARE: &str = "受け渡しファイルを作る";
/// A whole case.
pub const HAND_OVER: &str = "ケースを引き継ぐ";
/// Makes the file.
pub const DO_SHARE: &str = "受け渡しファイルを作る";
/// Makes the file, and closes the case.
pub const DO_HAND_OVER: &str = "引き継ぎファイルを作り、ケースを終了する";

/// What a package is.
pub const SHARE_HINT: &str = "選んだ書類と、その入力内容を、一つの暗号化したファイルにまとめます。送るのは、メールなどこのプログラムの外で行います。";
/// The papers that go.
pub const PAPERS: &str = "渡す書類";
/// No paper may go to anybody.
pub const NO_PAPERS: &str = "渡せる書類がありません。";
/// The fillable PDF.
pub const FILLABLE: &str = "入力用PDF";
/// It goes along.
pub const WITH_FILLABLE: &str = "相手の記入欄に入力できるPDFも入れる";
/// What it is for.
pub const FILLABLE_HINT: &str = "相手がこのプログラムを使っていないときは、このPDFに記入して返してもらえます。";
/// Where the file goes.
pub const FILE: &str = "保存先";
/// Asks for it.
pub const CHOOSE_FILE: &str = "保存先を選ぶ…";
/// What packages are called in a dialog for files.
pub const FILES: &str = "受け渡しファイル";

/// What the recipient will see.
pub const SEEN: &str = "相手に渡る内容";
/// The page before.
pub const PAGE_BEFORE: &str = "前のページ";
/// The next page.
pub const PAGE_AFTER: &str = "次のページ";
/// Nothing would go.
pub const NOTHING_SEEN: &str = "渡せる内容が決まると、ここに相手に渡る紙面が出ます。";

/// What the recipient will not see.
pub const HELD_BACK: &str = "渡さない内容";
/// There is nothing.
pub const NOTHING_HELD_BACK: &str = "入力した内容は、すべて相手に渡ります。";
/// Words that may tell the diagnosis.
pub const HITS: &str = "病名が分かる言葉";
/// What is to be done about them.
pub const HITS_HINT: &str = "病名を伝えない同意のため、病名が分かる可能性のある言葉を探しました。項目ごとに、そのまま渡すか、除くかを選んでください。";
/// It goes as it stands.
pub const GOES: &str = "そのまま渡す";
/// It is held back.
pub const GOES_NOT: &str = "この項目を除く";
/// Goes to the field.
pub const REWRITE: &str = "書き直す";

/// The file and what opens it.
pub const SEALED: &str = "ファイルと合言葉";
/// The passphrase.
pub const PASSPHRASE: &str = "合言葉";
/// Who makes it up.
pub const PASSPHRASE_WAY: &str = "合言葉の決め方";
/// Another one.
pub const ANOTHER: &str = "作り直す";
/// Into the clipboard.
pub const COPY: &str = "コピー";
/// Shows what is typed.
pub const SHOW_TYPED: &str = "入力した文字を表示する";
/// How it is told.
pub const PASSPHRASE_HINT: &str =
    "ファイルと同じメールには書かず、電話などで伝えてください。合言葉はどこにも保存しません。";
/// The title of what is seen once the file is made.
pub const TELL: &str = "合言葉を相手に伝えてください";
/// How it is told, and that it is gone afterwards.
const TELL_HINT: &str = "ファイルと同じメールには書かず、電話などで伝えてください。合言葉はどこにも保存しません。この画面を閉じると、もう見られません。";
/// What else it is needed for, where somebody answers.
const REPLY_HINT: &str = "返信ファイルも同じ合言葉で開きますので、返信が届くまで、書き留めておいてください。";
/// What is typed by oneself.
pub const OWN_HINT: &str = "空白は無視します。言葉を五つ以上つなげると、推測されにくくなります。";

/// It is easily guessed.
pub const WEAK: &str = "弱い：推測されやすく、使えません";
/// It will do.
pub const FAIR: &str = "まずまずの強さです";
/// It is a good one.
pub const STRONG: &str = "十分な強さです";

/// What goes in a hand-over.
pub const WHOLE: &str = "引き継ぐもの";
/// All of it.
pub const WHOLE_CASE: &str = "ケースのすべて：書類の内容、渡した版、署名と同意の記録、スキャン、操作の記録。病名も含まれます。患者番号は入りません。";
/// What comes of it.
pub const AFTERWARDS: &str = "引き継いだあと";
/// The case is closed.
pub const CLOSES: &str = "このケースは「引き継ぎ」として終了します。ファイルはこの病院にも残り、見ることができます。";

/// The form that goes in place of another one was added.
pub const MADE_INSTEAD: &str = "病名が分からない項目を引き継いだ書類を追加しました。内容を確かめてから渡してください";

/// Who goes on with a whole case: whether in this hospital or in another has to be plain, as only the
/// latter needs a consent.
#[must_use]
pub fn successor(party: Party) -> &'static str {
    match party {
        Party::Coordinator => "この病院の両立支援コーディネーター",
        Party::OutsideCoordinator => "ほかの病院・会社・支援機関のコーディネーター",
        other => super::party(other),
    }
}

/// What is to be known of the passphrase.
#[must_use]
pub fn tell_hint(is_answered: bool) -> String {
    if is_answered { format!("{TELL_HINT}{REPLY_HINT}") } else { TELL_HINT.to_owned() }
}

/// What the passphrase opens: the name of the file.
#[must_use]
pub fn made(name: &str) -> String {
    format!("「{name}」は、次の合言葉で開きます。")
}

/// Who makes the passphrase up.
#[must_use]
pub fn passphrase_way(is_own: bool) -> &'static str {
    if is_own { "自分で決める" } else { "プログラムが作る" }
}

/// Which revision a paper becomes.
#[must_use]
pub fn becomes(number: u32) -> String {
    format!("{}になります", record::revision(number))
}

/// The page that is shown, of how many.
#[must_use]
pub fn page(at: usize, of: usize) -> String {
    format!("{at} / {of} ページ")
}

/// What decides about a hit, for the screen reader.
#[must_use]
pub fn hit(label: &str) -> String {
    format!("{label}の扱い")
}

/// Adds that form.
#[must_use]
pub fn make_instead(other: &str) -> String {
    format!("代わりに「{other}」を作る")
}

/// A column of a table.
#[must_use]
pub fn column(label: &str, column: &str) -> String {
    format!("{label}の「{column}」")
}

/// Words are still to be decided.
#[must_use]
pub fn undecided(count: usize) -> Message {
    Message::new(
        format!("渡すか除くかを決めていない項目が{count}件あります"),
        "項目ごとに、そのまま渡すか、除くかを選んでください",
    )
}

/// The pages are still being drawn.
#[must_use]
pub fn unseen() -> Message {
    Message::new("相手に渡る紙面を表示しています", "表示された内容を確かめてください")
}

/// No paper was ticked.
#[must_use]
pub fn no_paper() -> Message {
    Message::new("渡す書類が選ばれていません", "渡す書類を一つ以上選んでください")
}

/// No passphrase was typed.
#[must_use]
pub fn no_passphrase() -> Message {
    Message::new("合言葉が未入力です", "合言葉を入力するか、「プログラムが作る」を選んでください")
}

/// The passphrase is easily guessed.
#[must_use]
pub fn weak_passphrase() -> Message {
    Message::new("この合言葉は推測されやすいため、使えません", "もっと長くするか、「プログラムが作る」を選んでください")
}

/// No file was chosen.
#[must_use]
pub fn no_file() -> Message {
    Message::new("保存先が選ばれていません", "保存先を選んでください")
}

/// The name that is suggested for the file; a further one of the same case has its number.
#[must_use]
pub fn file_name(number: &str, is_whole: bool, nth: u32) -> String {
    let nth = if nth > 1 { format!("_{nth}") } else { String::new() };
    format!("{number}_{}{nth}.age", if is_whole { "引き継ぎ" } else { "受け渡し" })
}
