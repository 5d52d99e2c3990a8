//! `set`: fills fields. All settings or none.

use std::path::Path;

use crate::model::entry;
use crate::model::failure::Failure;
use crate::store::atomic::Disk;
use crate::store::case_file::CaseFile;
use crate::store::lock::Lock;
use crate::store::ron_text;
use crate::store::template_file::Library;

use super::address::{self, Address};
use super::library;

pub(super) fn set(file: &Path, settings: &[String]) -> Result<(), Failure> {
    let library = library()?;
    let _lock = if file.exists() { Some(Lock::take(file)?) } else { None };
    let mut case_file = CaseFile::read(file)?;
    for setting in settings {
        apply(&mut case_file, &library, setting)?;
    }
    case_file.save(&Disk)
}

fn apply(case_file: &mut CaseFile, library: &Library, setting: &str) -> Result<(), Failure> {
    let (key, typed) = setting.split_once('=').unwrap_or((setting, ""));
    let typed = long_value(typed)?;
    let case = &mut case_file.case;
    let refuse = |trouble| Failure::Entry { key: key.to_owned(), trouble };
    match address::parse(key, case, library)? {
        Address::Number => {
            let number = entry::parse_case_number(&typed).map_err(refuse)?;
            case.number = number;
        }
        Address::Substitute(character) => {
            match typed.as_str() {
                "" => case.print_substitutes.remove(&character),
                _ => case.print_substitutes.insert(character, typed),
            };
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

/// `\n` is a line break, `@FILE` reads the value from a file.
fn long_value(typed: &str) -> Result<String, Failure> {
    match typed.strip_prefix('@') {
        Some(file) => {
            ron_text::read_file(Path::new(file)).map(|(text, _)| text.trim_end_matches(['\r', '\n']).to_owned())
        }
        None => Ok(typed.replace("\\n", "\n")),
    }
}
