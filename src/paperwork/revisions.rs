//! What was handed out, once more: the kept bytes unchanged, or a copy that says that it is an old
//! version.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::export::{self, old_version_copy};
use crate::messages::record as words;
use crate::model::failure::Failure;
use crate::model::record::Refused;
use crate::store::case_file::CaseFile;
use crate::store::{atomic, file_failure, kept};

use super::Office;
use super::hand_out::{Sort, copy_name};

impl Office<'_> {
    /// Writes the PDFs of a revision into a folder as they were handed out, or as copies with 旧版
    /// across them. Nothing is written over. Returns their paths.
    ///
    /// # Errors
    /// There is no such revision; what was kept is gone or altered; something else has the name;
    /// the disk refuses.
    pub fn export_revision(
        &self,
        file: &CaseFile,
        at: usize,
        number: u32,
        folder: &Path,
        is_old: bool,
    ) -> Result<Vec<PathBuf>, Failure> {
        let (document, form) = self.document(&file.case, at)?;
        let revision = document.revisions.iter().find(|revision| revision.number == number);
        let revision = revision.ok_or(Failure::Record { refused: Refused::NoRevision })?;
        let mut written = Vec::new();
        let title = export::numbered_title(&file.case, at, &form.short_title);
        for copy in revision.newest_copies() {
            let mut bytes = kept::read(self.medium, &file.path, &copy.file)?;
            let mut name = copy_name(&file.case.number, &title, number, &Sort::of(copy));
            if is_old {
                bytes = old_version_copy(&bytes)?;
                name = name.replace(".pdf", &format!("_{}.pdf", words::OLD_VERSION));
            }
            // Copies for several readers lack different things.
            if let Some(left_out) = copy.left_out.as_ref().filter(|_| written.contains(&folder.join(&name))) {
                name = name.replace(".pdf", &format!("_{}.pdf", left_out.fingerprint));
            }
            let path = folder.join(name);
            match self.medium.read(&path) {
                Ok(there) if there == bytes => {}
                Ok(_) => return Err(Failure::Exists { path }),
                Err(error) if error.kind() == ErrorKind::NotFound => atomic::create(self.medium, &path, &bytes)?,
                Err(error) => return Err(file_failure(&path, &error)),
            }
            written.push(path);
        }
        Ok(written)
    }
}
