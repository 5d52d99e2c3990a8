//! The cases of a folder.

use std::path::{Path, PathBuf};

use crate::model::failure::Failure;

use super::atomic::{Disk, Medium};
use super::case_file::CaseFile;
use super::file_failure;

/// A file of a folder with the case in it, or why it cannot be read.
pub type Entry = (PathBuf, Result<CaseFile, Failure>);

/// Every case of a folder, or why it cannot be read; sorted by file name. Other `.ron` files
/// are reported too: one bad file never hides the others.
///
/// # Errors
/// The folder itself cannot be read.
pub fn cases(folder: &Path) -> Result<Vec<Entry>, Failure> {
    let mut files = Disk.list(folder).map_err(|error| file_failure(folder, &error))?;
    files.retain(|file| is_case_name(file));
    files.sort();
    Ok(files.into_iter().map(|file| (file.clone(), CaseFile::read(&file))).collect())
}

fn is_case_name(path: &Path) -> bool {
    let is_hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    !is_hidden && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")) && !path.is_dir()
}
