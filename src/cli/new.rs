//! `new`: a new case, or a copy of a built-in example.

use std::path::Path;

use chrono::NaiveDate;

use crate::assets;
use crate::model::case::Case;
use crate::model::failure::Failure;
use crate::store::atomic::Disk;
use crate::store::case_file;
use crate::store::folder;

use super::report::say;
use super::{Context, library};

pub(super) fn new(context: &Context, file: &Path, example: Option<&str>) -> Result<(), Failure> {
    let mut case = if let Some(name) = example {
        read_example(name)?
    } else {
        let library = library()?;
        let forms = library.forms.values().filter(|form| form.in_new_case);
        let mut forms: Vec<_> = forms.map(|form| (form.step, form.key.clone())).collect();
        forms.sort();
        Case::new(next_number(file, context.today)?, String::new(), forms.into_iter().map(|(_, key)| key))
    };
    case.id = fresh_id()?;
    case_file::create(&Disk, file, &case)?;
    say(&file.display().to_string());
    Ok(())
}

/// A built-in example by its name, in any letter case.
pub(super) fn read_example(name: &str) -> Result<Case, Failure> {
    let text =
        assets::example(name).ok_or_else(|| Failure::UnknownExample { name: name.to_owned(), known: names() })?;
    case_file::parse(Path::new(name), text).map(|(case, _)| case)
}

pub(super) fn list_examples() {
    for name in names() {
        say(&name);
    }
}

fn names() -> Vec<String> {
    assets::EXAMPLES.iter().map(|(file, _)| assets::example_name(file).to_owned()).collect()
}

/// 16 random hexadecimal digits.
fn fresh_id() -> Result<String, Failure> {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|error| Failure::Inside { reason: error.to_string() })?;
    Ok(format!("{:016x}", u64::from_be_bytes(bytes)))
}

/// The year and a running number, after the highest one in the folder: `R8-0001`.
fn next_number(file: &Path, today: NaiveDate) -> Result<String, Failure> {
    let year = crate::model::date::short_year(today);
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let number = |case: &Case| -> Option<u32> {
        let number = case.number.strip_prefix(&format!("{year}-"))?.parse().ok()?;
        (number < 1_000_000).then_some(number)
    };
    let cases = folder::cases(folder)?;
    let highest = cases.iter().filter_map(|(_, read)| number(&read.as_ref().ok()?.case)).max();
    Ok(format!("{year}-{:04}", highest.unwrap_or(0) + 1))
}
