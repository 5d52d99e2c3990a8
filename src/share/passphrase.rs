//! Passphrases （合言葉）: made of words, or typed and looked at.

use unicode_normalization::UnicodeNormalization;

use crate::model::package::Passphrase;

/// What encrypts: the passphrase without any white space, in the composed form of Unicode (NFC). Who
/// opens the file with another program types it so, without spaces.
#[must_use]
pub fn prepared(typed: &str) -> Passphrase {
    Passphrase(typed.nfc().filter(|c| !c.is_whitespace()).collect())
}

/// How hard a passphrase is to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strength {
    /// It is not taken.
    Weak,
    /// It will do.
    Fair,
    /// It is a good one.
    Strong,
}

/// As many words as there are random bytes.
#[must_use]
pub fn generate(words: &[&str], random: &[u8]) -> String {
    random.iter().map(|byte| words[usize::from(*byte) % words.len()]).collect::<Vec<_>>().join(" ")
}

/// How hard it is to guess.
#[must_use]
pub fn strength(typed: &str) -> Strength {
    match typed.chars().filter(|c| !c.is_whitespace()).count() {
        0..=9 => Strength::Weak,
        10..=15 => Strength::Fair,
        _ => Strength::Strong,
    }
}
