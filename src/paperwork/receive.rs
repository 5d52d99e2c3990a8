//! What somebody else sent, written to where it is wanted: all of it or nothing, and nothing over a
//! file that is there.

use std::path::{Path, PathBuf};

use crate::model::failure::Failure;
use crate::model::log::Event;
use crate::model::package::{PackageSort, PackageTrouble};
use crate::share::names::is_plain;
use crate::share::package::Package;
use crate::share::received::{self, CASE, LOG, kept_file};
use crate::store::atomic::{fingerprint, hexadecimal};
use crate::store::case_file::CaseFile;
use crate::store::together::Together;
use crate::store::{kept, log};

use super::Office;

impl Office<'_> {
    /// Takes a case over that somebody handed over: writes the case, its kept files and its log, and
    /// notes in the log that it was received.
    ///
    /// # Errors
    /// It is no case that was handed over, or one that does not fit itself; something of the names is
    /// taken; the disk refuses. Nothing is there then that was not there before.
    pub fn take_over(&self, package: &Package, path: &Path) -> Result<CaseFile, Failure> {
        let in_package = |trouble| Failure::Package { path: path.to_owned(), trouble };
        let manifest = &package.manifest;
        if manifest.sort != PackageSort::HandOver {
            return Err(in_package(PackageTrouble::OtherSort { found: manifest.sort }));
        }
        let mut files = kept_files(package, path).map_err(in_package)?;
        // Without a log of its own the case begins one here; one that is there is another's.
        let log = log::brought(path, package.files.get(LOG).cloned().unwrap_or_default())?;
        files.extend(log.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice())));
        // The case last: it never names a file that is not there.
        files.extend(package.files.get(CASE).map(|case| (path.to_owned(), case.as_slice())));
        let written = Together::create(self.medium, &files)?;
        let (package, from) = (manifest.id.clone(), manifest.from.clone());
        let received =
            CaseFile::read(path).and_then(|file| self.note(&file, &Event::Received { package, from }).map(|()| file));
        received.inspect_err(|_| written.undo())
    }

    /// Writes the papers of a package into a folder, under their names in it. Returns their paths.
    ///
    /// # Errors
    /// Something of the names is taken, or the disk refuses; nothing is written then.
    pub fn unpack(&self, package: &Package, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
        let files: Vec<(PathBuf, &[u8])> =
            papers(package).map(|(name, bytes)| (folder.join(name), bytes.as_slice())).collect();
        Together::create(self.medium, &files)?;
        Ok(files.into_iter().map(|(path, _)| path).collect())
    }
}

/// The files of a package that people read: its PDFs.
pub fn papers(package: &Package) -> impl Iterator<Item = (&String, &Vec<u8>)> {
    package.files.iter().filter(|(name, _)| name.to_lowercase().ends_with(".pdf"))
}

/// The files that the case of a package keeps, with where they are to be; the case knows the hash of
/// each.
fn kept_files<'a>(package: &'a Package, path: &Path) -> Result<Vec<(PathBuf, &'a [u8])>, PackageTrouble> {
    let case = received::read(package)?.case;
    let folder = kept::folder(path);
    let mut files: Vec<(PathBuf, &[u8])> = Vec::new();
    for file in case.kept_files() {
        let name = kept_file(&file.name);
        let Some(bytes) = package.files.get(&name) else { return Err(PackageTrouble::Missing { name }) };
        if !is_plain(&file.name) {
            return Err(PackageTrouble::BadName);
        }
        if bytes.len() as u64 != file.size || hexadecimal(&fingerprint(bytes)) != file.sha256 {
            return Err(PackageTrouble::Differs { name });
        }
        let place = folder.join(&file.name);
        if files.iter().all(|(known, _)| *known != place) {
            files.push((place, bytes));
        }
    }
    Ok(files)
}
