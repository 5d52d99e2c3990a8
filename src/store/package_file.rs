//! The file of a package, as bytes; [`crate::share`] knows what is in them.

use std::path::Path;

use crate::model::failure::Failure;
use crate::model::package::{PACKAGE_LIMIT, PackageTrouble};

use super::ron_text::read_bytes;

/// Reads the file of a package.
///
/// # Errors
/// It cannot be read, or is larger than [`PACKAGE_LIMIT`].
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    read_bytes(path, PACKAGE_LIMIT).map_err(|failure| match failure {
        Failure::TooLarge { path, .. } => Failure::Package { path, trouble: PackageTrouble::TooLarge },
        other => other,
    })
}
