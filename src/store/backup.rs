//! The backups of a case: what it was before each of the last saves.
//!
//! Nothing is put back here. Whoever restores takes the case of a backup as an edit and saves
//! it, so that what is replaced becomes a backup itself.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::model::case::Case;
use crate::model::failure::Failure;

use super::atomic::{self, BACKUP_FOLDER, Disk};
use super::case_file::{CaseFile, real_path};
use super::file_failure;

/// A backup of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its running number: the higher, the newer.
    pub number: u64,
    /// The file.
    pub path: PathBuf,
    /// When it was written, that is, when its case was replaced.
    pub changed: Option<SystemTime>,
}

/// The backups of a case, the newest first. The case itself need not be there any more.
///
/// # Errors
/// The folder of the backups is there and cannot be listed.
pub fn list(case_path: &Path) -> Result<Vec<Backup>, Failure> {
    let path = match real_path(case_path) {
        Err(Failure::File { .. }) => case_path.to_owned(),
        path => path?,
    };
    let found = match atomic::backups(&Disk, &path) {
        Err(error) if error.kind() == ErrorKind::NotADirectory => Vec::new(),
        found => found.map_err(|error| file_failure(&path.with_file_name(BACKUP_FOLDER), &error))?,
    };
    let backup = |(number, path): (u64, PathBuf)| {
        let changed = std::fs::metadata(&path).and_then(|about| about.modified()).ok();
        Backup { number, path, changed }
    };
    Ok(found.into_iter().rev().map(backup).collect())
}

/// The case of a backup.
///
/// # Errors
/// It cannot be read, or is of a newer format: taken as an edit, it would lose what only that
/// knows.
pub fn read(backup: &Backup) -> Result<Case, Failure> {
    let file = CaseFile::read(&backup.path)?;
    if file.is_newer {
        return Err(Failure::ReadOnlyFormat { path: file.path });
    }
    Ok(file.case)
}
