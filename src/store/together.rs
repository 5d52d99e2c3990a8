//! Several new files: all of them, or none. What is there already is never touched.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::model::failure::Failure;

use super::atomic::{self, Medium};
use super::file_failure;

/// New files that were written together.
pub struct Together<'a> {
    medium: &'a dyn Medium,
    files: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl<'a> Together<'a> {
    /// Writes new files, and the folders that they are in.
    ///
    /// # Errors
    /// One of them is there already, or the disk refuses; none of them is there then that was not
    /// there before.
    pub fn create(medium: &'a dyn Medium, files: &[(PathBuf, &[u8])]) -> Result<Self, Failure> {
        for (path, _) in files {
            is_free(medium, path)?;
        }
        let mut written = Self { medium, files: Vec::new(), folders: Vec::new() };
        for (path, bytes) in files {
            if let Err(failure) = written.add(path, bytes) {
                written.undo();
                return Err(failure);
            }
        }
        Ok(written)
    }

    fn add(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            let missing = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
            // The outermost first. Noted before it is made: it may break off in between.
            let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
            self.folders.extend(missing.into_iter().rev());
            self.medium.make_folder(folder).map_err(|error| file_failure(folder, &error))?;
        }
        atomic::create(self.medium, path, bytes)?;
        self.files.push(path.to_owned());
        Ok(())
    }

    /// Removes what was written. What cannot be removed stays: the disk is gone anyway.
    pub fn undo(self) {
        for file in self.files.iter().rev() {
            let _ = self.medium.remove(file);
        }
        for folder in self.folders.iter().rev() {
            let _ = self.medium.remove_folder(folder);
        }
    }
}

/// That nothing has this name.
///
/// # Errors
/// Something has it, or that cannot be told.
pub fn is_free(medium: &dyn Medium, path: &Path) -> Result<(), Failure> {
    let exists = || Failure::Exists { path: path.to_owned() };
    if path.is_symlink() || path.exists() {
        return Err(exists());
    }
    match medium.read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(file_failure(path, &error)),
        Ok(_) => Err(exists()),
    }
}
