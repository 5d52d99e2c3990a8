//! Looks for the words that may tell the diagnosis: the diagnosis as typed, and what is listed in
//! [`crate::model::diagnoses`].
//!
//! Texts are compared as [`fold`] leaves them: full and half width, hiragana and katakana, capitals,
//! spaces and long vowels make no difference. A line break in the middle of a word hides nothing.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use crate::model::case::Case;
use crate::model::characters::{clusters, is_invisible};
use crate::model::check::Rules;
use crate::model::diagnoses::{Diagnoses, Group};
use crate::model::form::{Field, Meaning};
use crate::model::search::fold;
use crate::model::value::Value;

/// The words of one case.
pub(super) struct Words {
    typed: Lexicon<bool>,
    listed: Lexicon<bool>,
}

/// A word that was found.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    /// As it stands in the text.
    pub word: String,
    /// Whether it is the diagnosis as typed, or a part of it.
    pub is_typed: bool,
}

impl Words {
    /// The words that may tell the diagnosis of a case: as it was typed, with the listed words of
    /// the diseases that it belongs to; where it belongs to none, all that are listed.
    pub(super) fn of(case: &Case, rules: &Rules<'_>) -> Self {
        let mut words = BTreeSet::new();
        let mut keys = BTreeSet::new();
        let mut is_any_unlisted = false;
        for text in typed(case, rules) {
            let groups: Vec<&Group> = rules.diagnoses.groups.iter().filter(|group| names(group, text)).collect();
            is_any_unlisted |= groups.is_empty();
            keys.extend(groups.iter().map(|group| group.key.as_str()));
            words.extend(parts(text, rules.diagnoses));
        }
        let groups = if is_any_unlisted || keys.is_empty() {
            rules.diagnoses.groups.iter().collect()
        } else {
            rules.diagnoses.with_others(&keys)
        };
        Self {
            typed: Lexicon::new(words.iter().map(|word| (word.as_str(), true)), 1),
            listed: listed(groups.into_iter()),
        }
    }

    /// The words in a text, each once, in their order.
    pub(super) fn found(&self, text: &str) -> Vec<Found> {
        let folded = Folded::new(text);
        let typed: Vec<Range<usize>> = self.typed.places(&folded).into_iter().map(|(range, _)| range).collect();
        let listed = self.listed.places(&folded).into_iter().filter(|(_, counts)| *counts).map(|(range, _)| range);
        let holds = |outer: &Range<usize>, inner: &Range<usize>| outer.start <= inner.start && inner.end <= outer.end;
        let mut ranges: Vec<Range<usize>> = typed.iter().cloned().chain(listed).collect();
        ranges.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        ranges.dedup();
        let mut found: Vec<Found> = Vec::new();
        for range in &ranges {
            if ranges.iter().any(|other| other != range && holds(other, range)) {
                continue;
            }
            let is_typed = typed.iter().any(|typed| holds(range, typed));
            let word = text[folded.origin(range)].to_owned();
            if !found.iter().any(|known| known.word == word) {
                found.push(Found { word, is_typed });
            }
        }
        found
    }
}

/// Every diagnosis that was typed in a case, wherever a form asks for it, today or in a paper that was
/// handed out.
fn typed<'a>(case: &'a Case, rules: &Rules<'_>) -> Vec<&'a str> {
    let shared = rules.people.fields.iter().flat_map(|field| diagnoses(field, case.people.get(&field.key)));
    let own = case.documents.iter().flat_map(|document| {
        let fields = rules.forms.get(&document.form).into_iter().flat_map(|form| &form.fields);
        fields.flat_map(move |field| {
            let before = document.revisions.iter().map(|revision| revision.values.get(&field.key));
            before.chain([case.value(document, &field.key)]).flat_map(|value| diagnoses(field, value))
        })
    });
    shared.chain(own).filter(|text| !fold(text).is_empty()).collect()
}

/// The diagnoses in what stands in a field, or in the cells of a table.
fn diagnoses<'a>(field: &Field, value: Option<&'a Value>) -> Vec<&'a str> {
    match value {
        Some(Value::Rows(rows)) => {
            let columns = || field.columns().iter();
            rows.iter().flat_map(|row| columns().flat_map(|one| diagnoses(one, row.get(&one.key)))).collect()
        }
        Some(value) if field.meaning == Some(Meaning::Diagnosis) => value.as_text().into_iter().collect(),
        _ => Vec::new(),
    }
}

/// The diagnosis as a whole, its parts, and these without what says nothing by itself: 術後, 疑い.
fn parts(text: &str, diagnoses: &Diagnoses) -> BTreeSet<String> {
    const BREAKS: &str = "、。，．,;；/／・（）()「」『』［］[]【】+＋→\u{3000}";
    let mut modifiers: Vec<String> = diagnoses.modifiers.iter().map(|modifier| fold(modifier)).collect();
    // 「の術後」 before 「術後」.
    modifiers.sort_by_key(|modifier| std::cmp::Reverse(modifier.len()));
    let mut words = BTreeSet::from([fold(text)]);
    for part in text.split(|c: char| c.is_whitespace() || BREAKS.contains(c)) {
        let mut part = fold(part);
        words.extend(is_telling(&part, &modifiers).then(|| part.clone()));
        while let Some(shorter) = modifiers.iter().find_map(|one| part.strip_suffix(one).or(part.strip_prefix(one))) {
            part = shorter.to_owned();
            words.extend(is_telling(&part, &modifiers).then(|| part.clone()));
        }
    }
    words
}

fn is_telling(part: &str, modifiers: &[String]) -> bool {
    part.chars().count() >= 2 && !modifiers.iter().any(|modifier| modifier == part)
}

/// Whether a diagnosis is of a group of diseases.
fn names(group: &Group, diagnosis: &str) -> bool {
    listed([group].into_iter()).places(&Folded::new(diagnosis)).iter().any(|(_, counts)| *counts)
}

/// The words of groups, and beside them, as what does not count, those that mean something else.
fn listed<'a>(groups: impl Iterator<Item = &'a Group> + Clone) -> Lexicon<bool> {
    let words = groups.clone().flat_map(|group| &group.words).map(|word| (word.as_str(), true));
    let except = groups.flat_map(|group| &group.except).map(|word| (word.as_str(), false));
    Lexicon::new(words.chain(except), 3)
}

/// A text as it is compared, with the way back to where each character of it stands.
struct Folded {
    characters: Vec<char>,
    origins: Vec<Range<usize>>,
    /// Whether it is a capital in the text.
    capitals: Vec<bool>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut folded = Self { characters: Vec::new(), origins: Vec::new(), capitals: Vec::new() };
        let mut start = 0;
        for cluster in clusters(text) {
            let origin = start..start + cluster.len();
            start = origin.end;
            if cluster.chars().any(is_invisible) {
                continue;
            }
            let is_capital = cluster.nfkc().any(char::is_uppercase);
            // Taken apart: a voicing mark may stand in a cluster of its own.
            for character in fold(cluster).nfd() {
                folded.characters.push(character);
                folded.origins.push(origin.clone());
                folded.capitals.push(is_capital);
            }
        }
        folded
    }

    /// Where a part of it stands in the text, in bytes, the voicing mark behind it included.
    fn origin(&self, range: &Range<usize>) -> Range<usize> {
        self.origins[range.start].start..self.origins[range.end - 1].end
    }

    /// Whether a word ends at its end, and does not end in the middle of a character.
    fn is_whole(&self, range: &Range<usize>) -> bool {
        !self.characters.get(range.end).is_some_and(|c| matches!(c, '\u{3099}' | '\u{309A}'))
    }

    /// Whether no other letter or digit is joined to a word at its beginning or its end.
    fn stands_alone(&self, range: &Range<usize>) -> bool {
        let joins = |one: usize, other: usize| {
            let is_latin = |at: usize| self.characters[at].is_ascii_alphanumeric();
            let is_next = self.origins[one].end >= self.origins[other].start;
            is_latin(one) && is_latin(other) && is_next
        };
        let begins = range.start == 0 || !joins(range.start - 1, range.start);
        let ends = range.end == self.characters.len() || !joins(range.end - 1, range.end);
        begins && ends
    }

    fn is_capital(&self, range: &Range<usize>) -> bool {
        self.capitals[range.clone()].iter().all(|is_capital| *is_capital)
    }
}

/// Words by their first character, the longest first.
struct Lexicon<S> {
    words: HashMap<char, Vec<(Vec<char>, S)>>,
    /// Latin words that are shorter than so many letters count in capitals only.
    shortest: usize,
}

impl<S: Copy> Lexicon<S> {
    fn new<'a>(list: impl Iterator<Item = (&'a str, S)>, shortest: usize) -> Self {
        let mut words: HashMap<char, Vec<(Vec<char>, S)>> = HashMap::new();
        for (word, sort) in list {
            let folded: Vec<char> = fold(word).nfd().collect();
            if let Some(first) = folded.first() {
                words.entry(*first).or_default().push((folded, sort));
            }
        }
        for same in words.values_mut() {
            same.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        }
        Self { words, shortest }
    }

    /// The words of a text: of those that begin at one place the longest, and none that begins
    /// inside of another.
    fn places(&self, text: &Folded) -> Vec<(Range<usize>, S)> {
        let mut places = Vec::new();
        let mut at = 0;
        while at < text.characters.len() {
            let same = self.words.get(&text.characters[at]);
            let found = same.and_then(|same| same.iter().find(|(word, _)| self.stands(word, text, at)));
            match found {
                Some((word, sort)) => {
                    places.push((at..at + word.len(), *sort));
                    at += word.len();
                }
                None => at += 1,
            }
        }
        places
    }

    fn stands(&self, word: &[char], text: &Folded, at: usize) -> bool {
        let range = at..at + word.len();
        let is_latin = word.iter().all(char::is_ascii_alphanumeric);
        text.characters[at..].starts_with(word)
            && text.is_whole(&range)
            && (!is_latin || text.stands_alone(&range))
            && (!is_latin || word.len() >= self.shortest || text.is_capital(&range))
    }
}
