//! The words of the questions and sheets.

use std::time::SystemTime;

/// Goes back to where one was.
pub const GO_BACK: &str = "キャンセル";
/// There are changes that are in no file.
pub const UNSAVED: &str = "保存していない変更があります";
/// What to do about it.
pub const UNSAVED_DETAIL: &str = "このまま閉じると、この変更は失われます。保存しますか。";
/// Closes without saving.
pub const DISCARD: &str = "保存しないで閉じる";
/// Something is still being written.
pub const STILL_SAVING: &str = "まだ書き込みが終わっていません";
/// What to do about it.
pub const STILL_SAVING_DETAIL: &str = "保存や書き出しが続いています。ネットワークの調子が悪いと、時間がかかることがあります。待たずに進むと、書き込みが途中で終わることがあります。";
/// Waits.
pub const WAIT: &str = "待つ";
/// Does not wait.
pub const DO_NOT_WAIT: &str = "待たずに進む";
/// A draft was found.
pub const DRAFT: &str = "前回の下書きが残っています";
/// Goes on from the draft.
pub const RESTORE: &str = "下書きの続きから始める";
/// Opens the case as it was saved.
pub const DRAFT_DISCARD: &str = "下書きを破棄して、保存されている内容で開く";
/// Removes something.
pub const REMOVE: &str = "削除";
/// What removing a document means.
pub const REMOVE_DETAIL: &str =
    "この書類に入力した内容も一緒に削除します。「共通の項目」の内容は残ります。「元に戻す」で取り消せます。";
/// Throws a draft away.
pub const DISCARD_DRAFT: &str = "下書きを破棄しますか";
/// What that means.
pub const DISCARD_DRAFT_DETAIL: &str =
    "このケースは、まだ一度も保存されていません。下書きを破棄すると、入力した内容は元に戻せません。";
/// Throws it away.
pub const DISCARD_IT: &str = "破棄する";
/// What a calendar is, and who may read it.
pub const CALENDAR_DETAIL: &str = "進行中のケースの予定を、カレンダーのソフトで読み込めるファイルにします。件名には、ケース番号と用件が入ります。氏名も入れると、カレンダーを見る人には、誰の予定かが分かります。";
/// The case number is enough.
pub const WITHOUT_NAMES: &str = "氏名を入れずに書き出す";
/// The names too.
pub const WITH_NAMES: &str = "氏名も入れて書き出す";
/// What the new case is asked for.
pub const NEW_CASE_DETAIL: &str = "どの項目も、あとから入力や変更ができます。";
/// Begins the case.
pub const CREATE: &str = "作成";
/// Begins the case although there seems to be one.
pub const CREATE_ANYWAY: &str = "それでも新しく作成";
/// There seems to be a case about the same person.
pub const EXISTING: &str = "同じ方のケースが、すでにあるようです。";
/// The file was changed by somebody else.
pub const CONFLICT: &str = "ほかの人が、このケースを変更して保存しました";
/// What to do about it.
pub const CONFLICT_DETAIL: &str = "この画面の内容は、まだ保存していません。違いを確かめて、どちらの内容を残すかを選んでください。この画面の内容で保存しても、ほかの人が保存した内容は控えに残ります。";
/// The file is gone.
pub const REMOVED: &str = "ケースのファイルがなくなっています";
/// What to do about it.
pub const REMOVED_DETAIL: &str = "ほかの人が移動したか、削除したようです。入力した内容は、この画面に残っています。この画面の内容で保存すると、同じ場所にファイルを作り直します。";
/// The place of a difference.
pub const PLACE: &str = "項目";
/// What is open here.
pub const MINE: &str = "この画面の内容";
/// What is in the file.
pub const THEIRS: &str = "保存されている内容";
/// Saves over it.
pub const SAVE_OVER: &str = "この画面の内容で保存する";
/// Takes the other one.
pub const TAKE_THEIRS: &str = "保存されている内容に替える";
/// The backups.
pub const BACKUPS: &str = "控えの内容に戻す";
/// What they are.
pub const BACKUPS_DETAIL: &str =
    "保存するたびに、直前の内容を控えとして10回分まで残しています。戻したあとでも「元に戻す」で取り消せます。";
/// There are none.
pub const NO_BACKUPS: &str = "控えはまだありません。2回目に保存したときから残ります。";
/// Goes back to a backup.
pub const BACKUP_RESTORE: &str = "この内容に戻す";
/// The hospital's own list.
pub const DIRECTORY: &str = "院内リスト";
/// How it is filled.
pub const DIRECTORY_DETAIL: &str = "病院・主治医・コーディネーターなどを登録しておくと、「共通の項目」で選ぶだけで入力できます。登録するには、「共通の項目」に入力してから、見出しの横の「院内リストに登録する」を押してください。";
/// How the program is used, in a few lines.
pub const HELP_LINES: [&str; 6] = [
    "氏名や会社名などは一度だけ入力します。どの書類にも同じ内容が入ります。",
    "右側の紙面は、印刷されるPDFそのものです。クリックすると、その項目に移ります。",
    "日付は「R8.11.22」「令和8年11月22日」「2026/11/22」のどの書き方でも入力できます。",
    "入力した内容は数秒ごとに下書きとして残ります。停電などで終了しても、次に開いたときに続きから始められます。",
    "職場や主治医などに渡す書類は「渡す…」で作ります。渡した内容は、第1版・第2版…としてそのまま残ります。",
    "くわしい説明は、プログラムの公開ページの「使い方」にあります。",
];
/// Keys that are no commands.
pub const KEYS: &[(&str, &str)] = &[
    ("Enter", "次の項目へ進む（何行も書く項目では改行）"),
    ("Shift+Enter", "前の項目へ戻る（何行も書く項目では改行）"),
    ("Ctrl+Enter", "何行も書く項目から次の項目へ進む"),
    ("Tab / Shift+Tab", "次の欄へ進む・前の欄へ戻る"),
    ("Space", "選択肢を選ぶ、チェックを付ける・外す"),
    ("Ctrl+D", "表の欄を上の行と同じ内容にする"),
    ("F10", "メニューに移る"),
];

/// A draft that was found.
#[must_use]
pub fn draft(saved_at: &str, is_outdated: bool) -> String {
    let saved_at = super::start::moment(saved_at);
    let newer = if is_outdated {
        "そのあとに、ほかの人がこのケースを保存しています。下書きの続きから始めても、保存するときに違いを確かめられます。"
    } else {
        ""
    };
    format!("前回、保存しないまま終了したときの内容です（{saved_at}）。{newer}")
}

/// A document that is to be removed.
#[must_use]
pub fn remove_document(title: &str) -> String {
    format!("「{title}」を削除しますか")
}

/// A case that seems to be about the same person.
#[must_use]
pub fn open_existing(name: &str) -> String {
    format!("「{name}」を開く")
}

/// A backup by its time.
#[must_use]
pub fn backup(time: Option<SystemTime>) -> String {
    match time {
        Some(_) => format!("{}の内容", super::start::changed(time)),
        None => "日時の分からない内容".to_owned(),
    }
}

/// The version of the program.
#[must_use]
pub fn version() -> String {
    format!("両立（ryoritsu） {}版", env!("CARGO_PKG_VERSION"))
}
