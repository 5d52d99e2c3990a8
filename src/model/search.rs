//! Finding people and cases however their names are typed.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use super::case::Case;
use super::characters::is_selector;
use super::form::Meaning;
use super::people::People;
use super::value::{Value, Values};

/// Kanji of names that are commonly typed as another one, each before the one it is found by.
/// Finding too much does no harm here; the text itself is never changed.
const VARIANTS: &str = "髙高﨑崎嵜崎邊辺邉辺齋斎齊斉澤沢濵浜濱浜德徳廣広國国櫻桜眞真惠恵瀨瀬嶋島嶌島\
     龍竜學学榮栄靜静冨富峯峰舘館桒桑𠮷吉";

/// A text in the form by which it is found: full and half width, hiragana and katakana, small and
/// large kana, capitals and variants are one; spaces, dots, long vowels and hyphens are gone.
#[must_use]
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        // Most numbers and file names: nothing there to be composed.
        return text.chars().filter(|c| !is_passed_over(*c)).map(|c| c.to_ascii_lowercase()).collect();
    }
    let plain = text.chars().filter(|c| !is_selector(*c)).nfkc();
    // Composed once more: a voicing mark may have stood after what is gone.
    plain.filter(|c| !is_passed_over(*c)).flat_map(char::to_lowercase).map(fold_character).nfc().collect()
}

fn is_passed_over(c: char) -> bool {
    // Hyphens too: what is typed for one depends on the input method, the long vowel included.
    c.is_whitespace() || matches!(c, 'ー' | '・' | '·' | '-' | '‐'..='―' | '−' | '~' | '〜')
}

fn fold_character(c: char) -> char {
    let hiragana = match c {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    };
    match hiragana {
        'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' => {
            char::from_u32(u32::from(hiragana) + 1).unwrap_or(hiragana)
        }
        'ゕ' => 'か',
        'ゖ' => 'け',
        '㐀'.. => variant(hiragana),
        _ => hiragana,
    }
}

fn variant(c: char) -> char {
    let mut variants = VARIANTS.chars();
    while let (Some(from), Some(to)) = (variants.next(), variants.next()) {
        if from == c {
            return to;
        }
    }
    c
}

/// What is looked for: words that all have to be found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Reads what was typed; words are parted by spaces of any width.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        Self { words: typed.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect() }
    }

    /// Whether nothing is looked for: then everything is found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Whether every word is in one of these texts, which are [folded](fold) already.
    #[must_use]
    pub fn is_in(&self, folded: &[&str]) -> bool {
        self.words.iter().all(|word| folded.iter().any(|text| text.contains(word.as_str())))
    }
}

/// Whether every word that was typed is in one of these texts.
#[must_use]
pub fn matches(query: &str, haystacks: &[&str]) -> bool {
    let folded: Vec<String> = haystacks.iter().map(|text| fold(text)).collect();
    let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
    Query::new(query).is_in(&folded)
}

/// What tells one person from another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    name: String,
    chart_number: String,
    birth_date: Option<NaiveDate>,
}

impl Person {
    /// Somebody of this name, 患者番号 and day of birth, as far as they are known.
    #[must_use]
    pub fn new(name: &str, chart_number: &str, birth_date: Option<NaiveDate>) -> Self {
        Self { name: fold(name), chart_number: fold(chart_number), birth_date }
    }

    /// The patient of this shared data.
    #[must_use]
    pub fn of(values: &Values, people: &People) -> Self {
        let value = |meaning| values.get(&people.field_meaning(meaning)?.key);
        let text = |meaning| value(meaning).and_then(Value::as_text).unwrap_or_default();
        let birth_date = value(Meaning::BirthDate).and_then(Value::as_date);
        Self::new(text(Meaning::PatientName), text(Meaning::ChartNumber), birth_date)
    }

    /// Whether both are likely one: the same 患者番号, or the same name and no other day of birth.
    #[must_use]
    pub fn is_likely(&self, other: &Self) -> bool {
        let is_same_birth = match (self.birth_date, other.birth_date) {
            (Some(own), Some(others)) => own == others,
            _ => true,
        };
        (!self.chart_number.is_empty() && self.chart_number == other.chart_number)
            || (!self.name.is_empty() && self.name == other.name && is_same_birth)
    }
}

/// The shared value of a case that means this.
#[must_use]
pub fn meant<'a>(case: &'a Case, people: &People, meaning: Meaning) -> Option<&'a Value> {
    case.people.get(&people.field_meaning(meaning)?.key)
}
