//! The files that are kept beside a case, in `<case>.files/`: the PDFs that were handed out, the
//! signed papers as they came back.
//!
//! A file that is kept is never written over and never removed. The case knows the hash of each,
//! so that an altered one is noticed.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::model::case::Case;
use crate::model::failure::{Failure, FileTrouble};
use crate::model::revision::KeptFile;

use super::atomic::{self, Medium, Rights};
use super::{beside, file_failure};

/// The folder of the files of a case: `c7.ron` has `c7.files`.
#[must_use]
pub fn folder(case: &Path) -> PathBuf {
    beside(case, "files")
}

/// Where a kept file of a case is.
#[must_use]
pub fn path(case: &Path, file: &KeptFile) -> PathBuf {
    folder(case).join(&file.name)
}

/// Keeps bytes under a name like this one: the same bytes are kept once, other ones get a number.
/// Whoever may read the case may read the file.
///
/// # Errors
/// The disk refuses; nothing is kept then.
pub fn keep(medium: &dyn Medium, case: &Path, name: &str, bytes: &[u8]) -> Result<KeptFile, Failure> {
    let folder = folder(case);
    medium.make_folder(&folder).map_err(|error| file_failure(&folder, &error))?;
    let mut number = 1;
    loop {
        let name = numbered(name, number);
        let path = folder.join(&name);
        let is_kept = match medium.read(&path) {
            Ok(there) => there == bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                match atomic::create_with(medium, &path, bytes, Rights::Like(case)) {
                    // Somebody else took the name in the meantime.
                    Err(Failure::Exists { .. }) => continue,
                    created => created?,
                }
                true
            }
            Err(error) => return Err(file_failure(&path, &error)),
        };
        if is_kept {
            return Ok(KeptFile { name, sha256: hash(bytes), size: bytes.len() as u64 });
        }
        number += 1;
    }
}

/// `a.pdf`, `a-2.pdf`, `a-3.pdf`, …
fn numbered(name: &str, number: u32) -> String {
    match (number, name.rsplit_once('.')) {
        (1, _) => name.to_owned(),
        (number, Some((stem, extension))) => format!("{stem}-{number}.{extension}"),
        (number, None) => format!("{name}-{number}"),
    }
}

fn hash(bytes: &[u8]) -> String {
    atomic::hexadecimal(&atomic::fingerprint(bytes))
}

/// The bytes of a kept file.
///
/// # Errors
/// It is gone, cannot be read, or is not what was kept.
pub fn read(medium: &dyn Medium, case: &Path, file: &KeptFile) -> Result<Vec<u8>, Failure> {
    let path = path(case, file);
    // The name comes out of a file that anybody may have written: it must not lead elsewhere.
    if Path::new(&file.name).file_name() != Some(file.name.as_ref()) {
        return Err(Failure::File { path, trouble: FileTrouble::BadName });
    }
    let size = std::fs::metadata(&path).map_err(|error| file_failure(&path, &error))?.len();
    if size != file.size {
        return Err(Failure::KeptAltered { path });
    }
    let bytes = medium.read(&path).map_err(|error| file_failure(&path, &error))?;
    if hash(&bytes) == file.sha256 { Ok(bytes) } else { Err(Failure::KeptAltered { path }) }
}

/// What is wrong with the kept files of a case: each that is gone, altered, or cannot be read.
#[must_use]
pub fn troubles(medium: &dyn Medium, path: &Path, case: &Case) -> Vec<Failure> {
    case.kept_files().filter_map(|file| read(medium, path, file).err()).collect()
}

/// Carries the files that a case names to where it is saved by another name. A file that has
/// another name there is named so in the case.
///
/// # Errors
/// The disk refuses. A file that is gone or altered is left behind: the check names it.
pub fn carry(medium: &dyn Medium, from: &Path, to: &Path, case: &mut Case) -> Result<(), Failure> {
    let mut renamed = Vec::new();
    for file in case.kept_files() {
        let Ok(bytes) = read(medium, from, file) else { continue };
        let kept = keep(medium, to, &file.name, &bytes)?;
        if kept.name != file.name {
            renamed.push((file.clone(), kept));
        }
    }
    case.rename_kept(&renamed);
    Ok(())
}
