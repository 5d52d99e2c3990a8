//! A case and its file.

use std::path::{Path, PathBuf};

use crate::model::case::{Case, FORMAT};
use crate::model::failure::{Failure, Position, TextTrouble};

use super::atomic::{self, Fingerprint, Medium};
use super::{file_failure, locate, ron_text};

/// A case as it was read.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// The file.
    pub path: PathBuf,
    /// What is in it.
    pub case: Case,
    /// The text, for finding places in it.
    pub text: String,
    /// The case is of a newer format: it may be looked at, never written.
    pub is_newer: bool,
    read: Fingerprint,
}

impl CaseFile {
    /// Reads a case.
    ///
    /// # Errors
    /// The file cannot be read or is not a case; it stays as it is.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let (text, bytes) = ron_text::read_file(path)?;
        let (case, is_newer) = parse(path, &text)?;
        Ok(Self { path: path.to_owned(), case, text, is_newer, read: atomic::fingerprint(&bytes) })
    }

    /// A case that is in no file, such as a built-in example.
    #[must_use]
    pub fn unsaved(case: Case) -> Self {
        Self { path: PathBuf::new(), case, text: String::new(), is_newer: false, read: Fingerprint::default() }
    }

    /// Writes the changed case over the one that was read.
    ///
    /// # Errors
    /// The case is of a newer format, the file was changed by somebody else, or the disk
    /// refuses; the file is then untouched.
    pub fn save(&mut self, medium: &dyn Medium) -> Result<(), Failure> {
        if self.is_newer {
            return Err(Failure::ReadOnlyFormat { path: self.path.clone() });
        }
        let text = ron_text::write(&self.case)?;
        atomic::replace(medium, &real_path(&self.path)?, text.as_bytes(), self.read)?;
        self.read = atomic::fingerprint(text.as_bytes());
        self.text = text;
        Ok(())
    }
}

/// The file that a link leads to: it is locked and written, not the link.
///
/// # Errors
/// The link leads nowhere.
pub fn real_path(path: &Path) -> Result<PathBuf, Failure> {
    if path.is_symlink() {
        return std::fs::canonicalize(path).map_err(|error| file_failure(path, &error));
    }
    Ok(path.to_owned())
}

/// Writes a new case.
///
/// # Errors
/// There is such a file already, or the disk refuses.
pub fn create(medium: &dyn Medium, path: &Path, case: &Case) -> Result<(), Failure> {
    atomic::create(medium, path, ron_text::write(case)?.as_bytes())
}

/// Reads a case from its text; says whether it is of a newer format.
///
/// # Errors
/// What is wrong with the text, and where.
pub fn parse(path: &Path, text: &str) -> Result<(Case, bool), Failure> {
    let (name, format) = locate::head(text);
    let is_newer = format.is_some_and(|format| format > FORMAT);
    if name.as_deref().is_some_and(|name| name != "Case") {
        let position = Position { line: 1, column: 1 };
        return Err(Failure::Text { path: path.to_owned(), position, trouble: TextTrouble::UnknownSort });
    }
    match ron_text::parse::<Case>(path, text, is_newer) {
        // Broken is broken in every format; what is only unknown may be right in the newer one.
        Err(Failure::Text { trouble, .. })
            if is_newer
                && matches!(
                    trouble,
                    TextTrouble::UnknownWord { .. } | TextTrouble::MissingField { .. } | TextTrouble::Expected(_)
                ) =>
        {
            Err(Failure::ReadOnlyFormat { path: path.to_owned() })
        }
        Ok(case) if case.format == 0 || (case.format > FORMAT && !is_newer) => {
            // Not the first thing in the file: whoever wrote this is not known here.
            let position = locate::locate(text, &["format".into()]);
            Err(Failure::Text { path: path.to_owned(), position, trouble: TextTrouble::Format })
        }
        read => read.map(|case| (case, is_newer)),
    }
}
