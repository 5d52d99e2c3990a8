//! What undoing and redoing would do, in words.

use crate::model::change::Change;

/// 「氏名」の変更を元に戻す.
#[must_use]
pub fn name(change: Change, place: &str, is_redo: bool) -> String {
    let what = match change {
        Change::Field => format!("{place}の変更"),
        Change::RowAdded => format!("{place}の行の追加"),
        Change::RowRemoved => format!("{place}の行の削除"),
        Change::RowMoved => format!("{place}の行の移動"),
        Change::FilledDown => format!("{place}への上の行のコピー"),
        Change::FromDirectory => "院内リストからの入力".to_owned(),
        Change::Substitute => "代替文字の指定".to_owned(),
        Change::DocumentAdded => "書類の追加".to_owned(),
        Change::DocumentRemoved => "書類の削除".to_owned(),
        Change::SetAside => "「今回は対応しない」の記録".to_owned(),
        Change::Reply => "返信の取り込み".to_owned(),
        Change::Replaced => "内容の入れ替え".to_owned(),
    };
    format!("{what}を{}", if is_redo { "やり直す" } else { "元に戻す" })
}
