//! `set`: fills fields. All settings or none.

use std::path::Path;

use crate::model::case::Case;
use crate::model::entry;
use crate::model::failure::Failure;
use crate::paperwork::Office;
use crate::store::atomic::Disk;
use crate::store::case_file::{CaseFile, real_path};
use crate::store::lock::Lock;
use crate::store::ron_text;
use crate::store::template_file::Library;

use super::address::{self, Address};
use super::paperwork::tell_notes;
use super::{Context, library};

pub(super) fn set(context: &mut Context, file: &Path, settings: &[String]) -> Result<(), Failure> {
    let library = library()?;
    let _lock = if file.exists() { Some(Lock::take(&real_path(file)?)?) } else { None };
    let mut case_file = CaseFile::read(file)?;
    for setting in settings {
        apply(&mut case_file.case, &library, setting, |_, _| Ok(()))?;
    }
    let office = Office { library: &library, medium: &Disk, now: context.now.clone() };
    let notes = office.save(&mut case_file)?;
    tell_notes(context, file, &notes);
    Ok(())
}

/// Fills one field; `may` says whether it may be filled.
///
/// # Errors
/// Nothing has the key, the value does not fit, or the field may not be filled.
pub(super) fn apply(
    case: &mut Case,
    library: &Library,
    setting: &str,
    may: impl FnOnce(&str, &Address) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (key, typed) = split_setting(setting);
    let address = address::parse(key, case, library)?;
    may(key, &address)?;
    let typed = long_value(typed)?;
    let refuse = |trouble| Failure::Entry { key: key.to_owned(), trouble };
    match address {
        Address::Number => {
            let number = entry::parse_case_number(&typed).map_err(refuse)?;
            case.number = number;
        }
        Address::Substitute(character) => {
            if typed.is_empty() {
                case.print_substitutes.remove(&character);
            } else {
                let substitute = entry::parse_substitute(&character, &typed).map_err(refuse)?;
                case.print_substitutes.insert(character, substitute);
            }
        }
        Address::Field(address) => {
            let Some(field) = address.find(library) else {
                return Err(Failure::UnknownKey { key: key.to_owned(), nearest: Vec::new() });
            };
            let value = entry::parse(field, &typed).map_err(refuse)?;
            address.put(case, value)?;
        }
    }
    Ok(())
}

/// Key and value; in a substitute the `=` after the `]` counts, so that one for `=` can be given.
fn split_setting(setting: &str) -> (&str, &str) {
    let skipped = if setting.starts_with("case.substitute[") { setting.find("]=").map_or(0, |at| at + 1) } else { 0 };
    match setting[skipped..].find('=') {
        Some(at) => (&setting[..skipped + at], &setting[skipped + at + 1..]),
        None => (setting, ""),
    }
}

/// `\n` is a line break, `\\` a backslash, `@FILE` reads the value from a file, `\@` is an @.
fn long_value(typed: &str) -> Result<String, Failure> {
    if let Some(file) = typed.strip_prefix('@') {
        return ron_text::read_file(Path::new(file)).map(|(text, _)| text.trim_end_matches(['\r', '\n']).to_owned());
    }
    let mut text = String::new();
    let mut rest = typed;
    while let Some((before, after)) = rest.split_once('\\') {
        text.push_str(before);
        let (meant, length) = match after.chars().next() {
            Some('n') => ('\n', 1),
            Some('\\') => ('\\', 1),
            Some('@') => ('@', 1),
            _ => ('\\', 0),
        };
        text.push(meant);
        rest = &after[length..];
    }
    Ok(text + rest)
}
