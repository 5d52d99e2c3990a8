//! Texts cut into sentences, and sentences into the words that a list knows.

use std::collections::HashMap;
use std::ops::Range;

/// A text of which full and half width and the case of letters are one, character by character:
/// a place in it is a place in the text itself.
pub(in crate::model) fn fold(text: &str) -> Vec<char> {
    text.chars().map(fold_character).collect()
}

fn fold_character(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c).to_ascii_lowercase(),
        '\u{3000}' => ' ',
        '｡' => '。',
        '､' => '、',
        _ => c.to_ascii_lowercase(),
    }
}

/// The sentences of a folded text, by their places in it.
pub(super) fn sentences(text: &[char]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    std::iter::from_fn(move || {
        (start < text.len()).then(|| {
            let length = text[start..].iter().position(|c| ends_sentence(*c)).unwrap_or(text.len() - start);
            let sentence = start..start + length;
            start += length + 1;
            sentence
        })
    })
    .filter(|sentence| !sentence.is_empty())
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '\n' | '\r' | '!' | '?' | ';')
}

/// Whether a clause ends between two places of a text.
pub(super) fn has_break(text: &[char], between: Range<usize>) -> bool {
    text.get(between).is_some_and(|part| part.contains(&'、') || part.contains(&','))
}

/// Words by their first character, the longest first.
#[derive(Clone, Debug)]
pub(super) struct Lexicon<S> {
    words: HashMap<char, Vec<(Vec<char>, S)>>,
}

/// A known word in a text.
#[derive(Clone, Debug)]
pub(super) struct Token<S> {
    pub at: Range<usize>,
    pub sort: S,
}

impl<S: Copy> Lexicon<S> {
    pub fn new<'a>(list: impl Iterator<Item = (&'a str, S)>) -> Self {
        let mut words: HashMap<char, Vec<(Vec<char>, S)>> = HashMap::new();
        for (word, sort) in list {
            let folded = fold(word);
            if let Some(first) = folded.first() {
                words.entry(*first).or_default().push((folded, sort));
            }
        }
        for same in words.values_mut() {
            same.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        Self { words }
    }

    /// The known words of a part of a text: of those that begin at one place the longest, and none
    /// that begins inside of another.
    pub fn tokens(&self, text: &[char], part: Range<usize>) -> Vec<Token<S>> {
        let mut tokens = Vec::new();
        let mut at = part.start;
        while at < part.end {
            let rest = &text[at..part.end];
            let found = self.words.get(&rest[0]).and_then(|same| same.iter().find(|(word, _)| rest.starts_with(word)));
            match found {
                Some((word, sort)) => {
                    tokens.push(Token { at: at..at + word.len(), sort: *sort });
                    at += word.len();
                }
                None => at += 1,
            }
        }
        tokens
    }
}

/// Whether any of these words stands in a text.
pub(in crate::model) fn has_any(text: &[char], words: &[Vec<char>]) -> bool {
    words.iter().any(|word| text.windows(word.len()).any(|window| window == word.as_slice()))
}
