//! The window's own file dialog, in words.

use crate::model::failure::Failure;

/// To the folder around this one.
pub const UP: &str = "上のフォルダーへ";
/// To the user's own folder.
pub const HOME: &str = "ホーム";
/// Before the folders that were used lately.
pub const RECENT: &str = "最近使ったフォルダー";
/// The field for the folder.
pub const PLACE: &str = "場所";
/// Goes to the place that was typed.
pub const GO: &str = "移動";
/// The field for the name of the file.
pub const NAME: &str = "ファイル名";
/// Above the folders.
pub const FOLDERS: &str = "フォルダー";
/// Above the files.
pub const FILES: &str = "ファイル";
/// There is no folder in the folder that is shown, which may be the one that is meant.
pub const NO_FOLDERS: &str = "この中に、ほかのフォルダーはありません。";
/// A folder with nothing to choose in it.
pub const NOTHING: &str = "ここには、選べるものがありません。";
/// Takes the file.
pub const OPEN: &str = "開く";
/// Takes the folder that is shown.
pub const TAKE_FOLDER: &str = "このフォルダーにする";
/// Saves there.
pub const SAVE: &str = "保存";
/// Takes nothing.
pub const CANCEL: &str = "キャンセル";
/// Writes over the file.
pub const OVERWRITE: &str = "上書きする";
/// Does not write over the file.
pub const KEEP: &str = "上書きせずに戻る";

/// Asks whether to write over a file.
#[must_use]
pub fn overwrite(name: &str) -> String {
    format!("「{name}」は、すでにあります。上書きすると、前の内容はなくなります。上書きしますか。")
}

/// The files that are offered: what they are, and how their names end.
#[must_use]
pub fn sort(name: &str, extensions: &[String]) -> String {
    format!("表示するファイル：{name}（{}）", extensions.join("、"))
}

/// What went wrong, with the place where it did.
#[must_use]
pub fn trouble(failure: &Failure) -> String {
    let message = super::failure(failure);
    match failure.path() {
        Some(path) => format!("{}\n{}", path.display(), message.sentences()),
        None => message.sentences(),
    }
}
