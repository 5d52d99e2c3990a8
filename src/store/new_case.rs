//! Beginning a case: its number, its identity, its empty documents.

use std::path::Path;

use chrono::NaiveDate;

use crate::assets;
use crate::model::case::Case;
use crate::model::date;
use crate::model::failure::Failure;

use super::case_file;
use super::template_file::Library;

/// A case with an empty document of each form that a new case starts with.
///
/// # Errors
/// The system has no random numbers.
pub fn empty(library: &Library, number: String) -> Result<Case, Failure> {
    let mut forms: Vec<_> =
        library.forms.values().filter(|form| form.in_new_case).map(|form| (form.step, form.key.clone())).collect();
    forms.sort();
    Ok(Case::new(number, fresh_id()?, forms.into_iter().map(|(_, key)| key)))
}

/// A copy of a built-in example, by its name in any letter case: `c7`.
///
/// # Errors
/// There is no such example, or the system has no random numbers.
pub fn example(name: &str) -> Result<Case, Failure> {
    let unknown = || Failure::UnknownExample { name: name.to_owned(), known: example_names() };
    let text = assets::example(name).ok_or_else(unknown)?;
    let (mut case, _) = case_file::parse(Path::new(name), text)?;
    case.id = fresh_id()?;
    Ok(case)
}

/// The names of the built-in examples.
#[must_use]
pub fn example_names() -> Vec<String> {
    assets::EXAMPLES.iter().map(|(file, _)| assets::example_name(file).to_owned()).collect()
}

/// 16 random hexadecimal digits: what tells a case from every other one.
///
/// # Errors
/// The system has no random numbers.
pub fn fresh_id() -> Result<String, Failure> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Inside { reason: error.to_string() })?;
    Ok(format!("{:016x}", u64::from_be_bytes(bytes)))
}

/// The year and a running number, after the highest of those that are taken: `R8-0001`.
#[must_use]
pub fn next_number<'a>(taken: impl IntoIterator<Item = &'a str>, today: NaiveDate) -> String {
    let year = date::short_year(today);
    let running = |number: &str| -> Option<u32> {
        let number = number.strip_prefix(&year)?.strip_prefix('-')?.parse().ok()?;
        (number < 1_000_000).then_some(number)
    };
    let highest = taken.into_iter().filter_map(running).max();
    format!("{year}-{:04}", highest.unwrap_or(0) + 1)
}
