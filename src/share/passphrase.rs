//! Passphrases （合言葉）: made of words, or typed and looked at.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::model::package::Passphrase;

/// How many words a made passphrase has. Of 1,024 words or more, six are one of 2⁶⁰ or more: at a
/// million guesses a second, which the work of opening a package does not allow by far, that takes
/// thirty thousand years.
pub const WORDS: usize = 6;

/// How many random bytes [`generate`] takes: four for each word, so that no word is likelier than
/// another by more than a millionth.
pub const RANDOM: usize = 4 * WORDS;

/// How well a typed passphrase keeps a package shut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// Found out within weeks by who has some machines: not taken. Less than 36 bits.
    Weak,
    /// Not found out by somebody who tries. Less than 48 bits.
    Fair,
    /// Not found out.
    Strong,
}

/// What encrypts: the passphrase without any white space, in the composed form of Unicode (NFC). Who
/// opens the file with another program types it so, without spaces.
#[must_use]
pub fn prepared(typed: &str) -> Passphrase {
    Passphrase(typed.nfc().filter(|c| !c.is_whitespace()).collect())
}

/// A passphrase of words out of a list, a space between them as it is shown and read out.
#[must_use]
pub fn generate(words: &[&str], random: &[u8; RANDOM]) -> String {
    let numbers =
        random.chunks_exact(4).map(|bytes| bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte)));
    let chosen: Vec<&str> = numbers.filter_map(|number| words.get(number % words.len().max(1)).copied()).collect();
    chosen.join(" ")
}

/// How well a typed passphrase keeps a package shut, by what it is made of.
///
/// It is an estimate of what somebody has to try who knows how people choose: words, names, dates,
/// telephone numbers. So a letter counts as in a word (2.5 bits), a kana too (3), a digit as in a date (2),
/// a capital or a sign a little more (3.5), a kanji as one of the usual ones (4); and whatever goes on
/// as it did before — the same again, one further, the same pair as before — next to nothing (0.5).
#[must_use]
pub fn strength(typed: &str) -> Strength {
    let characters: Vec<char> = prepared(typed).0.chars().collect();
    let mut pairs = BTreeSet::new();
    let mut halves = characters.first().copied().map_or(0, halves_of_bits);
    for pair in characters.windows(2) {
        let (before, this) = (pair[0], pair[1]);
        let is_next = u32::from(before).abs_diff(u32::from(this)) <= 1;
        let is_new = pairs.insert((before, this)) && !is_next;
        halves += if is_new { halves_of_bits(this) } else { 1 };
    }
    match halves {
        0..72 => Strength::Weak,
        72..96 => Strength::Fair,
        _ => Strength::Strong,
    }
}

/// What a character adds, in halves of bits.
fn halves_of_bits(character: char) -> u32 {
    match character {
        '0'..='9' | '０'..='９' => 4,
        'a'..='z' | 'ａ'..='ｚ' => 5,
        'ぁ'..='ヿ' => 6,
        '\u{4E00}'..='\u{9FFF}' => 8,
        _ => 7,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets;

    #[test]
    fn white_space_and_the_way_of_writing_a_kana_do_not_count() {
        for typed in
            ["さくら がっき", "さくら\u{3000}がっき", " さくらがっき\n", "さくらか\u{3099}っき", "さ く\tら がっき"]
        {
            assert_eq!(prepared(typed).0, "さくらがっき");
        }
    }

    #[test]
    fn a_made_passphrase_is_strong_and_of_words_that_the_random_numbers_name() {
        let words: Vec<&str> = assets::WORDS.lines().collect();
        for start in 0..50_u8 {
            let mut number = start.wrapping_mul(37);
            let random = std::array::from_fn(|_| {
                number = number.wrapping_add(59);
                number
            });
            let made = generate(&words, &random);
            assert_eq!(made.split(' ').count(), WORDS);
            assert!(made.split(' ').all(|word| words.contains(&word)));
            assert!(strength(&made) > Strength::Weak, "{made}");
        }
        assert_eq!(generate(&words, &[0; RANDOM]), [words[0]; WORDS].join(" "));
    }

    #[test]
    fn what_people_type_first_is_weak() {
        for typed in [
            "",
            "password",
            "12345678",
            "20261122",
            "令和8年11月22日",
            "さくら",
            "さくらさくらさくらさくら",
            "0312345678",
            "aaaaaaaaaaaaaaaaaaaaaaaa",
            "abcdefghijklmnopqrstuvwxyz",
            "123123123123123123123123",
            "tokyo2026",
            "あいうえおかきくけこ",
        ] {
            assert_eq!(strength(typed), Strength::Weak, "{typed}");
        }
    }

    #[test]
    fn longer_and_more_various_ones_are_fair_or_strong() {
        for (typed, expected) in [
            ("かぼちゃ てがみ ひこうき さんぽ", Strength::Fair),
            ("kabocha-tegami-HIKOUKI", Strength::Strong),
            ("かぼちゃ てがみ ひこうき さんぽ どんぐり みずうみ", Strength::Strong),
            ("Kx7#mP2qVt9wZ!r", Strength::Fair),
        ] {
            assert_eq!(strength(typed), expected, "{typed}");
        }
    }
}
