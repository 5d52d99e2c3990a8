//! What a text says about work and treatment: an opinion forbids driving, a plan has deliveries, a
//! treatment takes place during a stay.
//!
//! This is no understanding of Japanese. It cuts sentences into the words that
//! `templates/rules/topics.ron` knows and goes by their order: the verb stands at the end, so that
//! what is said of a word is said by the next verb after it. What is measured of that stands in
//! `docs/checks.md`.

mod stance;
mod tokens;
mod topics;
mod treatment;
mod until;

use std::ops::Range;

pub use stance::{Reading, Stance, Statement, statements};
pub(super) use tokens::{fold, has_any};
pub use topics::{Topic, Topics, Treatment};
pub use treatment::{CareStatement, Daily, Setting, daily, settings};
pub use until::Until;

/// The most characters of a text that are quoted.
const LONGEST_SNIPPET: usize = 20;

/// The part of a text around a place, as it is quoted: its own clause, cut where it is long.
fn snippet(text: &str, folded: &[char], sentence: &Range<usize>, at: &Range<usize>) -> String {
    let is_break = |c: &char| matches!(c, '、' | ',' | '(' | ')' | '「' | '」');
    let before = folded[sentence.start..at.start].iter().rposition(is_break).map_or(0, |found| found + 1);
    let mut start = sentence.start + before;
    let mut end = folded[at.end..sentence.end].iter().position(is_break).map_or(sentence.end, |found| at.end + found);
    let (is_cut_before, is_cut_after);
    if at.start > start + LONGEST_SNIPPET / 2 {
        (start, is_cut_before) = (at.start - LONGEST_SNIPPET / 4, true);
    } else {
        is_cut_before = false;
    }
    if end > start + LONGEST_SNIPPET {
        (end, is_cut_after) = (start + LONGEST_SNIPPET, true);
    } else {
        is_cut_after = false;
    }
    let quoted: String = text.chars().skip(start).take(end - start).collect();
    let mark = |is_cut: bool| if is_cut { "…" } else { "" };
    format!("{}{}{}", mark(is_cut_before), quoted.trim(), mark(is_cut_after))
}

/// The bytes that a part of the folded text takes in the text itself.
fn bytes(text: &str, part: &Range<usize>) -> Range<usize> {
    let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]).skip(part.start);
    let start = places.next().unwrap_or(text.len());
    let end = places.nth(part.len().saturating_sub(1)).unwrap_or(text.len());
    start..end
}
