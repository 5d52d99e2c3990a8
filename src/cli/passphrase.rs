//! Passphrases: made by `passphrase`, read from the file of `--passphrase-file`. They are never an
//! argument, which others at the machine could see.

use std::path::Path;

use crate::assets;
use crate::model::failure::Failure;
use crate::model::package::{Passphrase, PassphraseTrouble};
use crate::share::passphrase::{RANDOM, Strength, generate, prepared, strength};
use crate::store::ron_text;

use super::report::say;

/// Prints a made passphrase.
pub(super) fn make() -> Result<(), Failure> {
    let mut random = [0; RANDOM];
    getrandom::fill(&mut random).map_err(|error| Failure::Inside { reason: error.to_string() })?;
    let words: Vec<&str> = assets::WORDS.lines().collect();
    say(&generate(&words, &random));
    Ok(())
}

/// The first line of a file.
///
/// # Errors
/// The file cannot be read.
pub(super) fn typed_in(file: &Path) -> Result<String, Failure> {
    ron_text::read_file(file).map(|(text, _)| text.lines().next().unwrap_or_default().to_owned())
}

/// The passphrase that a package is opened with: the first line of a file.
///
/// # Errors
/// The file cannot be read, or its first line is empty.
pub(super) fn read(file: &Path) -> Result<Passphrase, Failure> {
    let passphrase = prepared(&typed_in(file)?);
    if passphrase.0.is_empty() { Err(refused(file, PassphraseTrouble::Empty)) } else { Ok(passphrase) }
}

/// The passphrase that a package is sealed with: one that is not found out.
///
/// # Errors
/// As [`read`], or it is too weak.
pub(super) fn read_strong(file: &Path) -> Result<Passphrase, Failure> {
    let passphrase = read(file)?;
    match strength(&passphrase.0) {
        Strength::Weak => Err(refused(file, PassphraseTrouble::Weak)),
        Strength::Fair | Strength::Strong => Ok(passphrase),
    }
}

fn refused(file: &Path, trouble: PassphraseTrouble) -> Failure {
    Failure::Passphrase { path: Some(file.to_owned()), trouble }
}
