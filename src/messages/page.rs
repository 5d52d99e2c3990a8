//! What the program itself puts on a page or into a PDF, beside the wording of the form.

/// Before the case number.
pub const CASE_NUMBER: &str = "ケース番号";
/// Before the fingerprint.
pub const FINGERPRINT: &str = "照合番号";
/// Below a heading that is said again because its row goes on.
pub const CONTINUED: &str = "（続き）";

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
