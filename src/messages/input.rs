//! What the inputs of a PDF to be filled in (入力用PDF) are called, for people and screen readers.

/// A field of a group: `職務内容：その他`.
#[must_use]
pub fn grouped(group: &str, label: &str) -> String {
    format!("{group}：{label}")
}

/// An option of a field.
#[must_use]
pub fn option(label: &str, option: &str) -> String {
    format!("{label}：{option}")
}

/// What is written beside a tick or an option.
#[must_use]
pub fn detail(label: &str) -> String {
    format!("{label}（内容）")
}

/// A cell of a table; rows are counted from 1.
#[must_use]
pub fn cell(column: &str, row: usize) -> String {
    format!("{row}行目　{column}")
}

/// A day, and how it is typed.
#[must_use]
pub fn day(label: &str) -> String {
    format!("{label}（例：令和8年4月1日、R8.4.1、2026/4/1）")
}

/// A number, and how it is typed.
#[must_use]
pub fn number(label: &str) -> String {
    format!("{label}（数字）")
}
