//! The file of a package, as bytes; [`crate::share`] knows what is in them.

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::Path;

use crate::model::failure::Failure;
use crate::model::package::{PACKAGE_LIMIT, PackageTrouble};

use super::file_failure;

/// Reads the file of a package; of one that is too large nothing.
///
/// # Errors
/// It cannot be read, or is larger than [`PACKAGE_LIMIT`].
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error| file_failure(path, &error);
    let too_large = || Failure::Package { path: path.to_owned(), trouble: PackageTrouble::TooLarge };
    // Asked before opening: opening a pipe would wait for somebody to write into it.
    let about = std::fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(failed(ErrorKind::IsADirectory.into()));
    }
    if about.len() > PACKAGE_LIMIT {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
    File::open(path).map_err(failed)?.take(PACKAGE_LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > PACKAGE_LIMIT { Err(too_large()) } else { Ok(bytes) }
}
