//! `new`: a new case, or a copy of a built-in example.

use std::path::Path;

use crate::model::failure::Failure;
use crate::model::log::Event;
use crate::paperwork::Office;
use crate::store::atomic::Disk;
use crate::store::case_file::{self, CaseFile};
use crate::store::{folder, new_case};

use super::report::say;
use super::{Context, library};

pub(super) fn new(context: &mut Context, file: &Path, example: Option<&str>) -> Result<(), Failure> {
    let library = library()?;
    let case = if let Some(name) = example {
        new_case::example(name)?
    } else {
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let cases = folder::cases(folder)?;
        let numbers = cases.iter().filter_map(|(_, read)| Some(read.as_ref().ok()?.case.number.as_str()));
        new_case::empty(&library, new_case::next_number(numbers, context.now.today))?
    };
    case_file::create(&Disk, file, &case)?;
    say(&file.display().to_string());
    let office = Office { library: &library, medium: &Disk, now: context.now.clone() };
    office.note(&CaseFile::read(file)?, &Event::Created)
}

pub(super) fn list_examples() {
    for name in new_case::example_names() {
        say(&name);
    }
}
