//! Passphrases （合言葉）: made of words, or typed and looked at.

use unicode_normalization::UnicodeNormalization;

use crate::model::package::Passphrase;

/// What encrypts: the passphrase without any white space, in the composed form of Unicode (NFC). Who
/// opens the file with another program types it so, without spaces.
#[must_use]
pub fn prepared(typed: &str) -> Passphrase {
    Passphrase(typed.nfc().filter(|c| !c.is_whitespace()).collect())
}
