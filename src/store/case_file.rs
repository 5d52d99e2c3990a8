//! A case and its file.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::model::case::{Case, FORMAT};
use crate::model::failure::{Failure, Position, Step, TextTrouble};

use super::atomic::{self, Fingerprint, Medium};
use super::{file_failure, kept, locate, log, ron_text};

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

/// What to do where there is such a file already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Leave it and write nothing.
    Keep,
    /// Write over it, as the user decided; a backup of it is kept.
    Overwrite,
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
        let text = self.written(&self.case)?;
        atomic::replace(medium, &real_path(&self.path)?, text.as_bytes(), self.read)?;
        self.is_saved(text);
        Ok(())
    }

    /// Writes the case into another file, which is its file from then on. The files that are kept
    /// of it and its log are copied along.
    ///
    /// # Errors
    /// The case is of a newer format, or what stands there already is; there is such a file and
    /// it is to be kept; the disk refuses. The case then belongs to the file it belonged to.
    pub fn save_as(&mut self, medium: &dyn Medium, path: &Path, existing: Existing) -> Result<(), Failure> {
        if existing == Existing::Keep && path.exists() {
            return Err(Failure::Exists { path: path.to_owned() });
        }
        let mut case = self.case.clone();
        // The files first: a case never names a file that is not there.
        if self.has_file() {
            kept::carry(medium, &self.path, path, &mut case)?;
        }
        let text = self.written(&case)?;
        match existing {
            Existing::Keep => atomic::create(medium, path, text.as_bytes())?,
            Existing::Overwrite => write_over(medium, path, &text)?,
        }
        if self.has_file() {
            log::carry(medium, &self.path, path)?;
        }
        self.case = case;
        path.clone_into(&mut self.path);
        self.is_saved(text);
        Ok(())
    }

    /// Writes the case over its file although somebody else changed or removed that, as the user
    /// decided who saw the differences. A backup of what stands there is kept.
    ///
    /// # Errors
    /// As [`Self::save`], but for the change by somebody else.
    pub fn save_over(&mut self, medium: &dyn Medium) -> Result<(), Failure> {
        let text = self.written(&self.case)?;
        write_over(medium, &self.path, &text)?;
        self.is_saved(text);
        Ok(())
    }

    /// Whether somebody else changed or removed the file since it was read. A case that is in no
    /// file has none to be changed.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn changed_on_disk(&self) -> Result<bool, Failure> {
        if !self.has_file() {
            return Ok(false);
        }
        match std::fs::read(&self.path) {
            Ok(bytes) => Ok(atomic::fingerprint(&bytes) != self.read),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
            Err(error) => Err(file_failure(&self.path, &error)),
        }
    }

    /// The fingerprint of the file as it was read or last written.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.read
    }

    /// The text of the case, unless it may not be written.
    fn written(&self, case: &Case) -> Result<String, Failure> {
        if self.is_newer {
            return Err(Failure::ReadOnlyFormat { path: self.path.clone() });
        }
        written(&self.path, case)
    }

    /// Whether the case was ever in a file.
    fn has_file(&self) -> bool {
        !self.path.as_os_str().is_empty()
    }

    fn is_saved(&mut self, text: String) {
        self.read = atomic::fingerprint(text.as_bytes());
        self.text = text;
    }
}

/// The text of a case that can be read again.
fn written(path: &Path, case: &Case) -> Result<String, Failure> {
    let text = ron_text::write(case)?;
    if text.len() as u64 > ron_text::LARGEST {
        return Err(Failure::TooLarge { path: path.to_owned(), limit: ron_text::LARGEST });
    }
    Ok(text)
}

/// Writes over what stands there now, keeping a backup, or anew where nothing stands there. A
/// case of a newer format is spared: what only that knows would be lost.
fn write_over(medium: &dyn Medium, path: &Path, text: &str) -> Result<(), Failure> {
    let path = real_path(path)?;
    match medium.read(&path) {
        Ok(old) if is_newer_format(&old) => Err(Failure::ReadOnlyFormat { path }),
        Ok(old) => atomic::replace(medium, &path, text.as_bytes(), atomic::fingerprint(&old)),
        Err(error) if error.kind() == ErrorKind::NotFound => atomic::create(medium, &path, text.as_bytes()),
        Err(error) => Err(file_failure(&path, &error)),
    }
}

fn is_newer_format(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let (name, format) = locate::head(text.trim_start_matches('\u{FEFF}'));
    name.as_deref() == Some("Case") && format.is_some_and(|format| format > FORMAT)
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
    atomic::create(medium, path, written(path, case)?.as_bytes())
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
        Ok(case) if is_newer => Ok((case, true)),
        read => Ok((todays(path, text, read?, &[])?, false)),
    }
}

/// A case of a format that is known, in today's. `above` is where it stands in the text.
///
/// # Errors
/// Its numbers do not tell one thing from another, and where.
pub(super) fn todays(path: &Path, text: &str, case: Case, above: &[Step]) -> Result<Case, Failure> {
    let Some(place) = case.misnumbered() else { return Ok(case.upgraded()) };
    let position = locate::locate(text, &[above, &place].concat());
    Err(Failure::Text { path: path.to_owned(), position, trouble: TextTrouble::Numbers })
}
