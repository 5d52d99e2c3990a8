//! What the program itself puts on a page or into a PDF, beside the wording of the form.

use super::record;
use crate::model::revision::Edition;

/// Before the case number.
pub const CASE_NUMBER: &str = "ケース番号";
/// Before the fingerprint.
pub const FINGERPRINT: &str = "照合番号";
/// Below a heading that is said again because its row goes on.
pub const CONTINUED: &str = "（続き）";

/// Across the pages of what is not handed out, and in their footer.
pub const DRAFT: &str = "下書き";
/// Across the pages of what was handed out once and is replaced.
pub const OLD_VERSION: &str = "旧版";

/// What the page is for, its fingerprint, and which page it is.
#[must_use]
pub fn footer(edition: Edition, fingerprint: &str, number: usize, count: usize) -> String {
    let edition = self::edition(edition).map_or(String::new(), |edition| format!("{edition}　"));
    format!("{edition}{FINGERPRINT} {fingerprint}　{number}/{count}")
}

/// What the page is for; an empty form says nothing of it.
#[must_use]
pub fn edition(edition: Edition) -> Option<String> {
    match edition {
        Edition::Draft => Some(DRAFT.to_owned()),
        Edition::Empty => None,
        Edition::Revision { number, .. } => Some(record::revision(number)),
    }
}

/// What the properties of a file say of it: `第2版　本人控　照合番号 1a2b3c4d`.
#[must_use]
pub fn keywords(edition: Edition, is_old: bool, fingerprint: &str) -> String {
    let mark = match edition {
        Edition::Revision { mark, .. } => mark.map(|mark| record::copy_mark(mark).to_owned()),
        Edition::Draft | Edition::Empty => None,
    };
    let old = is_old.then(|| OLD_VERSION.to_owned());
    let parts = [old, self::edition(edition), mark, Some(format!("{FINGERPRINT} {fingerprint}"))];
    parts.into_iter().flatten().collect::<Vec<_>>().join("　")
}

/// The title of a copy of what was replaced.
#[must_use]
pub fn old_title(title: &str) -> String {
    format!("{OLD_VERSION}　{title}")
}

/// Which page it is of how many.
#[must_use]
pub fn page(number: usize, count: usize) -> String {
    format!("{number}/{count} ページ")
}

/// An option with a circle around it, for those who do not see the circle.
#[must_use]
pub fn chosen(option: &str) -> String {
    format!("{option}（選択）")
}

/// A field to sign in, for those who do not see the line.
#[must_use]
pub fn signature_field(name: &str) -> String {
    format!("{name}の署名欄")
}
