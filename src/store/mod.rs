//! Files: cases, templates, locks. Everything that reads or writes a disk is here.
//!
//! [`atomic`] is the only writer of files, but for the small file that [`lock`] keeps beside an
//! open case. Whatever is damaged is reported and left alone; no default ever takes its place,
//! but for [`settings`], which hold nothing that anybody would miss.

pub mod atomic;
pub mod backup;
pub mod case_file;
pub mod directory;
pub mod draft;
pub mod folder;
pub mod index;
pub mod kept;
pub mod locate;
pub mod lock;
pub mod log;
pub mod new_case;
pub mod package_file;
pub mod places;
pub mod ron_text;
pub mod settings;
pub mod template_file;
pub mod together;

use std::io;
use std::path::{Path, PathBuf};

use crate::model::failure::{Failure, FileTrouble};

/// What belongs to a case and lies beside it under another ending: beside the file itself, where
/// the case is opened by a link to it. A case without the ending of one keeps its whole name:
/// `c7.log` may be a case too.
fn beside(case: &Path, extension: &str) -> PathBuf {
    let path = case_file::real_path(case).unwrap_or_else(|_| case.to_owned());
    if path.extension().is_none_or(|own| own.eq_ignore_ascii_case("ron")) {
        return path.with_extension(extension);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".");
    name.push(extension);
    path.with_file_name(name)
}

/// What the system said about a path, as a failure of the program.
#[must_use]
pub fn file_failure(path: &Path, error: &io::Error) -> Failure {
    use io::ErrorKind;
    let trouble = match error.kind() {
        _ if is_held(error) => FileTrouble::InUse,
        ErrorKind::NotFound => FileTrouble::NotFound,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => FileTrouble::NotAllowed,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => FileTrouble::DiskFull,
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => FileTrouble::InUse,
        ErrorKind::IsADirectory | ErrorKind::NotADirectory | ErrorKind::AlreadyExists => FileTrouble::WrongSort,
        ErrorKind::InvalidFilename => FileTrouble::BadName,
        _ => FileTrouble::Other(error.raw_os_error()),
    };
    Failure::File { path: path.to_owned(), trouble }
}

/// Whether another program holds the file open: on Windows that has numbers of its own.
fn is_held(error: &io::Error) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    const LOCK_VIOLATION: i32 = 33;
    cfg!(windows) && error.raw_os_error().is_some_and(|code| [SHARING_VIOLATION, LOCK_VIOLATION].contains(&code))
}
