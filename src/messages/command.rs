//! What a user can do, as in the menus.

/// The menus.
pub const FILE: &str = "ファイル";
/// Changes.
pub const EDIT: &str = "編集";
/// What is shown, and how large.
pub const VIEW: &str = "表示";
/// PDFs and paper.
pub const OUTPUT: &str = "書き出し・印刷";
/// What is done with the papers.
pub const PAPERWORK: &str = "手続き";
/// Help and licences.
pub const HELP_MENU: &str = "ヘルプ";
/// A new case.
pub const NEW_CASE: &str = "新しいケース…";
/// Opens a case.
pub const OPEN: &str = "ケースを開く…";
/// Another folder.
pub const CHOOSE_FOLDER: &str = "フォルダーを選ぶ…";
/// Reads the folder anew.
pub const REFRESH: &str = "一覧を読み込み直す";
/// Saves.
pub const SAVE: &str = "保存";
/// Saves elsewhere.
pub const SAVE_AS: &str = "名前を付けて保存…";
/// The backups.
pub const BACKUPS: &str = "控えの内容に戻す…";
/// Back to the start page.
pub const CLOSE_CASE: &str = "ケースを閉じる";
/// One PDF.
pub const EXPORT_DOCUMENT: &str = "この書類の下書きを書き出す…";
/// All PDFs.
pub const EXPORT_ALL: &str = "すべての書類の下書きを書き出す…";
/// All documents in one PDF.
pub const EXPORT_TOGETHER: &str = "すべての下書きを1つのPDFにまとめる…";
/// An empty form.
pub const EXPORT_EMPTY: &str = "手書き用の空の様式をPDFに書き出す…";
/// Paper.
pub const PRINT: &str = "この書類の下書きを印刷する";
/// What is coming up, for a calendar.
pub const CALENDAR: &str = "予定をカレンダーに書き出す…";
/// Ends the program.
pub const QUIT: &str = "終了";
/// One step back.
pub const UNDO: &str = "元に戻す";
/// One step forward.
pub const REDO: &str = "やり直す";
/// The search.
pub const FIND: &str = "ケースを探す";
/// The next tab.
pub const NEXT_TAB: &str = "次の書類";
/// The tab before.
pub const PREVIOUS_TAB: &str = "前の書類";
/// The next problem.
pub const NEXT_PROBLEM: &str = "次の確認事項へ";
/// The list of problems.
pub const PROBLEMS: &str = "確認事項の一覧";
/// Larger.
pub const ZOOM_IN: &str = "画面を大きくする";
/// Smaller.
pub const ZOOM_OUT: &str = "画面を小さくする";
/// As at first.
pub const ZOOM_RESET: &str = "画面を元の大きさにする";
/// Entry or page.
pub const SWAP_SIDES: &str = "入力と紙面を切り替える";
/// Hands a document out.
pub const HAND_OUT: &str = "渡す…";
/// Papers in one encrypted file.
pub const SHARE: &str = "受け渡しファイルを作る…";
/// What came back.
pub const TAKE_REPLY: &str = "返信を取り込む…";
/// The whole case.
pub const HAND_OVER: &str = "ケースを引き継ぐ…";
/// Records a signature.
pub const SIGN: &str = "署名を記録…";
/// What the patient agreed to.
pub const CONSENTS: &str = "同意…";
/// What was handed out.
pub const REVISIONS: &str = "版の一覧…";
/// Closes the case for good.
pub const END_CASE: &str = "ケースを終了…";
/// Opens a closed case again.
pub const REOPEN: &str = "ケースを再開…";
/// What was done with the case.
pub const LOG: &str = "操作の記録…";
/// The hospital's own list.
pub const DIRECTORY: &str = "院内リスト…";
/// The help sheet.
pub const HELP: &str = "使い方とキー操作";
/// The licences.
pub const LICENSES: &str = "ライセンス";
/// What stands in the line of guidance while no field has something to say.
pub const GUIDANCE: &str = "Enterキーで次の項目へ進みます。紙面をクリックすると、その項目に移ります。";
