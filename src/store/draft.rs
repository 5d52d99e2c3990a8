//! Drafts: what was typed and not saved yet, kept so that nothing is lost when the program or
//! the computer stops.
//!
//! The draft of a case lies beside its file as `.NAME.ron.draft`, or in the user's folder of
//! drafts where it cannot lie there or the case was never saved. A draft never takes the place
//! of a case by itself: whoever opens the case is asked.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize, Serializer};

use crate::model::case::{self, Case};
use crate::model::check::Place;
use crate::model::failure::{Failure, FileTrouble, Position, TextTrouble};

use super::atomic::{self, Disk, Fingerprint, Medium};
use super::case_file::{CaseFile, real_path, todays};
use super::lock::Lock;
use super::{file_failure, locate, places, ron_text};

/// The newest format of a draft that this program reads and writes.
pub const FORMAT: u32 = 1;

/// How the name of every draft ends.
const EXTENSION: &str = "draft";

/// How the name ends of what lay in the place of a draft and could not be read.
const PUT_ASIDE: &str = "draft-unread";

/// What was typed and not saved yet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Draft")]
pub struct Draft {
    /// The format of the file; always first.
    pub format: u32,
    /// When it was written, in local time: `2026-11-22T10:15:00`.
    pub saved_at: String,
    /// The file of the case; none for a case that was never saved.
    #[serde(serialize_with = "as_text")]
    pub path: Option<PathBuf>,
    /// The fingerprint of that file when the case was read from it, in hexadecimal digits.
    pub read: Option<String>,
    /// Typed text that is no value yet, and so is not in the case.
    pub pending: Vec<(Place, String)>,
    /// The case.
    pub case: Case,
}

impl Draft {
    /// A draft of a case as it is now.
    #[must_use]
    pub fn new(file: &CaseFile, pending: Vec<(Place, String)>) -> Self {
        let path = Some(&file.path).filter(|path| !path.as_os_str().is_empty());
        Self {
            format: FORMAT,
            saved_at: chrono::Local::now().format("%Y-%m-%dT%H:%M:%S").to_string(),
            path: path.map(|path| std::path::absolute(path).unwrap_or_else(|_| path.clone())),
            read: path.map(|_| atomic::hexadecimal(&file.fingerprint())),
            pending,
            case: file.case.clone(),
        }
    }

    /// Whether nothing in it is missing from the saved case: it can be removed.
    #[must_use]
    pub fn is_stale(&self, saved: &Case) -> bool {
        self.pending.is_empty() && self.case == *saved
    }

    /// Whether the file is still what the draft was begun with. If not, somebody saved since, and
    /// the differences have to be looked at.
    #[must_use]
    pub fn is_based_on(&self, file: Fingerprint) -> bool {
        self.read.as_deref() == Some(atomic::hexadecimal(&file).as_str())
    }
}

/// A name that is no text is written as near to it as text comes.
#[expect(clippy::ref_option, reason = "serde asks with a reference to the field")]
fn as_text<S: Serializer>(path: &Option<PathBuf>, serializer: S) -> Result<S::Ok, S::Error> {
    path.as_ref().map(|path| path.to_string_lossy()).serialize(serializer)
}

/// Where drafts are kept.
#[derive(Clone, Debug)]
pub struct Drafts {
    /// The folder for those that lie beside no case; none where the system names no such place.
    folder: Option<PathBuf>,
}

impl Drafts {
    /// Those of this user.
    #[must_use]
    pub fn of_user() -> Self {
        Self { folder: places::drafts_folder() }
    }

    /// Those of a folder.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self { folder: Some(folder) }
    }

    /// Where the draft of a case may lie, the best place first.
    #[must_use]
    pub fn paths_for(&self, case_path: Option<&Path>, id: &str) -> Vec<PathBuf> {
        let in_folder = |name: String| Some(self.folder.as_ref()?.join(name));
        let Some(path) = case_path.filter(|path| !path.as_os_str().is_empty()) else {
            return in_folder(format!("{}.{EXTENSION}", safe_name(id))).into_iter().collect();
        };
        // One case has one draft, by whatever name or link it is opened.
        let path = real_path(path).unwrap_or_else(|_| path.to_owned());
        let path = std::path::absolute(&path).unwrap_or(path);
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let beside = path.with_file_name(format!(".{name}.{EXTENSION}"));
        let elsewhere = in_folder(format!("{}.{EXTENSION}", hash(&path.to_string_lossy())));
        [Some(beside), elsewhere].into_iter().flatten().collect()
    }

    /// Writes a draft, for the eyes of this user alone, and says where it is.
    ///
    /// # Errors
    /// It can be written nowhere; what the best place said.
    pub fn write(&self, medium: &dyn Medium, draft: &Draft) -> Result<PathBuf, Failure> {
        let text = ron_text::write(draft)?;
        let paths = self.paths_for(draft.path.as_deref(), &draft.case.id);
        let mut first = None;
        for (at, path) in paths.iter().enumerate() {
            match self.write_at(medium, path, text.as_bytes()) {
                Ok(()) => {
                    // What lies elsewhere is older and would only be chosen after this one.
                    let _ = remove_files(medium, &paths[at + 1..]);
                    return Ok(path.clone());
                }
                Err(failure) => {
                    first.get_or_insert(failure);
                }
            }
        }
        Err(first.unwrap_or_else(|| Failure::File { path: PathBuf::new(), trouble: FileTrouble::NotFound }))
    }

    /// Writes a draft into the user's own folder alone: what lies elsewhere may hang.
    ///
    /// # Errors
    /// There is no such folder, or the disk refuses.
    pub fn write_here(&self, medium: &dyn Medium, draft: &Draft) -> Result<PathBuf, Failure> {
        let text = ron_text::write(draft)?;
        let path = self.paths_for(draft.path.as_deref(), &draft.case.id).pop();
        let path = path.ok_or_else(|| Failure::File { path: PathBuf::new(), trouble: FileTrouble::NotFound })?;
        self.write_at(medium, &path, text.as_bytes())?;
        Ok(path)
    }

    fn write_at(&self, medium: &dyn Medium, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        if let Some(folder) = self.folder.as_ref().filter(|folder| path.parent() == Some(folder)) {
            medium.make_folder(folder).map_err(|error| file_failure(folder, &error))?;
        }
        make_room(medium, path)?;
        atomic::overwrite_private(medium, path, bytes)
    }

    /// Removes the draft of a case, wherever it is: after a save, or when it is not wanted.
    ///
    /// # Errors
    /// It is there and the disk refuses.
    pub fn remove(&self, medium: &dyn Medium, case_path: Option<&Path>, id: &str) -> Result<(), Failure> {
        remove_files(medium, &self.paths_for(case_path, id))
    }

    /// The draft of a case that has a file, or why it cannot be read; none where there is none.
    #[must_use]
    pub fn for_case(&self, case_path: &Path) -> Option<Result<Draft, Failure>> {
        let found = self.paths_for(Some(case_path), "").into_iter().filter_map(|path| match read(&path) {
            Err(Failure::File { trouble: FileTrouble::NotFound | FileTrouble::BadName, .. }) => None,
            read => Some(read),
        });
        // What can be read before what cannot, then the newer one.
        found.max_by_key(|read| read.as_ref().ok().map(|draft| draft.saved_at.clone()))
    }

    /// The drafts that lie beside no case, or why one cannot be read; those that are open in a
    /// window, which holds their [`Lock`], are left out.
    #[must_use]
    pub fn orphans(&self) -> Vec<(PathBuf, Result<Draft, Failure>)> {
        let Some(folder) = &self.folder else { return Vec::new() };
        let mut files = Disk.list(folder).unwrap_or_default();
        files.retain(|file| file.extension().is_some_and(|extension| extension == EXTENSION) && !is_open(file));
        files.sort();
        files.into_iter().map(|file| (file.clone(), read(&file))).collect()
    }

    /// Marks the draft of a case that was never saved as open in this window, so that no other
    /// window offers it.
    ///
    /// # Errors
    /// Another window has it, or there is no place for it.
    pub fn lock(&self, medium: &dyn Medium, id: &str) -> Result<Lock, Failure> {
        let no_place = || Failure::File { path: PathBuf::new(), trouble: FileTrouble::NotFound };
        let path = self.paths_for(None, id).pop().ok_or_else(no_place)?;
        if let Some(folder) = path.parent() {
            medium.make_folder(folder).map_err(|error| file_failure(folder, &error))?;
        }
        Lock::take(&path)
    }
}

/// Makes room for a draft. What lies there and is no draft for this program (damaged, or written
/// by a newer one) is kept under another name; nobody could have taken it up yet.
///
/// # Errors
/// It is another user's, which this one cannot read: it is theirs to take up again, even where
/// the rights of the folder would let this one remove it.
fn make_room(medium: &dyn Medium, path: &Path) -> Result<(), Failure> {
    let bytes = match medium.read(path) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return Err(file_failure(path, &error)),
        Err(_) => return Ok(()),
        Ok(bytes) => bytes,
    };
    if String::from_utf8(bytes).is_ok_and(|text| parse(path, &text).is_ok()) {
        return Ok(());
    }
    medium.rename(path, &path.with_extension(PUT_ASIDE)).map_err(|error| file_failure(path, &error))
}

fn is_open(path: &Path) -> bool {
    matches!(Lock::take(path), Err(Failure::Locked { .. }))
}

/// Reads a draft.
///
/// # Errors
/// The file cannot be read, is no draft, or is one of a newer program.
pub fn read(path: &Path) -> Result<Draft, Failure> {
    let (text, _) = ron_text::read_file(path)?;
    parse(path, &text)
}

fn parse(path: &Path, text: &str) -> Result<Draft, Failure> {
    let (name, format) = locate::head(text);
    if name.as_deref().is_some_and(|name| name != "Draft") {
        let position = Position { line: 1, column: 1 };
        return Err(Failure::Text { path: path.to_owned(), position, trouble: TextTrouble::UnknownSort });
    }
    if format.is_some_and(|format| format > FORMAT) {
        return Err(Failure::ReadOnlyFormat { path: path.to_owned() });
    }
    let draft: Draft = ron_text::parse(path, text, false)?;
    if draft.case.format > case::FORMAT {
        return Err(Failure::ReadOnlyFormat { path: path.to_owned() });
    }
    let case = todays(path, text, draft.case, &["case".into()])?;
    Ok(Draft { case, ..draft })
}

fn remove_files(medium: &dyn Medium, paths: &[PathBuf]) -> Result<(), Failure> {
    for path in paths.iter().filter(|path| make_room(medium, path).is_ok()) {
        match medium.remove(path) {
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidFilename) => {
                return Err(file_failure(path, &error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// An id as the name of a file: it comes out of a file itself and may be anything.
fn safe_name(id: &str) -> String {
    let is_safe = (1..=64).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric());
    if is_safe { id.to_owned() } else { hash(id) }
}

fn hash(text: &str) -> String {
    let mut digits = atomic::hexadecimal(&atomic::fingerprint(text.as_bytes()));
    digits.truncate(32);
    digits
}
