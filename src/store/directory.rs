//! 院内リスト: the hospitals, physicians and coordinators that an installation chooses from.
//!
//! An entry is some shared data, whatever fields that may have; the templates say which there
//! are. The user's own list can be changed. One that lies beside the program is only read: a
//! hospital copies it with the program.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::failure::{Failure, FileTrouble, Position, TextTrouble};
use crate::model::value::{Key, Value, Values, unique_rows};

use super::atomic::{self, Fingerprint, Medium};
use super::case_file::real_path;
use super::{file_failure, locate, places, ron_text};

/// The newest format of a list that this program reads and writes.
pub const FORMAT: u32 = 1;

/// The name of the list in the user's settings.
const OWN: &str = "directory.ron";

/// The name of a list beside the program.
const SHARED: &str = "ryoritsu-directory.ron";

/// A list as it is in its file.
#[derive(Serialize, Deserialize)]
#[serde(rename = "Directory")]
struct Content {
    format: u32,
    #[serde(deserialize_with = "unique_rows")]
    entries: Vec<Values>,
}

/// Everything that can be chosen from.
#[derive(Clone, Debug, Default)]
pub struct Directory {
    own: Vec<Values>,
    shared: Vec<Values>,
    path: Option<PathBuf>,
    /// What the user's list was when it was read; none where there was none.
    read: Option<Fingerprint>,
    /// Why the user's list is not written.
    damage: Option<Failure>,
}

/// Where lists are looked for.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// The user's own.
    pub own: Option<PathBuf>,
    /// Those that are only read.
    pub shared: Vec<PathBuf>,
}

/// Where the lists of this user are.
#[must_use]
pub fn paths() -> Paths {
    Paths {
        own: places::settings_folder().map(|folder| folder.join(OWN)),
        shared: places::beside_program(SHARED).into_iter().collect(),
    }
}

impl Directory {
    /// Reads all lists. One that is not there has no entries; one that cannot be read is told and
    /// never written over.
    #[must_use]
    pub fn load(paths: &Paths) -> (Self, Vec<Failure>) {
        let mut directory = Self { path: paths.own.clone(), ..Self::default() };
        let mut failures = Vec::new();
        match paths.own.as_deref().map_or(Ok(None), read) {
            Ok(None) => {}
            Ok(Some((entries, fingerprint))) => (directory.own, directory.read) = (entries, Some(fingerprint)),
            Err(failure) => {
                directory.damage = Some(failure.clone());
                failures.push(failure);
            }
        }
        for path in &paths.shared {
            match read(path) {
                Ok(found) => directory.shared.extend(found.into_iter().flat_map(|(entries, _)| entries)),
                Err(failure) => failures.push(failure),
            }
        }
        (directory, failures)
    }

    /// The entries that say something of one of these keys; the user's own come first.
    pub fn entries_for(&self, keys: &[&str]) -> impl Iterator<Item = &Values> {
        let shared = self.shared.iter().filter(|entry| !self.own.contains(entry));
        self.own.iter().chain(shared).filter(move |entry| keys.iter().any(|key| entry.contains_key(*key)))
    }

    /// Whether the entry is in the user's list, and so can be removed.
    #[must_use]
    pub fn is_own(&self, entry: &Values) -> bool {
        self.own.contains(entry)
    }

    /// Adds an entry to the user's list, without what is empty in it. Says whether it was new.
    pub fn add(&mut self, mut entry: Values) -> bool {
        entry.retain(|_, value| !value.is_empty());
        let is_new = !entry.is_empty() && !self.own.contains(&entry) && !self.shared.contains(&entry);
        if is_new {
            self.own.push(entry);
        }
        is_new
    }

    /// Removes an entry from the user's list. Says whether it was there.
    pub fn remove(&mut self, entry: &Values) -> bool {
        let before = self.own.len();
        self.own.retain(|other| other != entry);
        self.own.len() < before
    }

    /// Writes the user's list.
    ///
    /// # Errors
    /// The list could not be read, somebody else changed it since, or the disk refuses; the file
    /// is then untouched.
    pub fn save(&mut self, medium: &dyn Medium) -> Result<(), Failure> {
        if let Some(failure) = &self.damage {
            return Err(failure.clone());
        }
        let no_place = || Failure::File { path: OWN.into(), trouble: FileTrouble::NotFound };
        let path = real_path(self.path.as_deref().ok_or_else(no_place)?)?;
        let text = ron_text::write(&Content { format: FORMAT, entries: self.own.clone() })?;
        if let Some(read) = self.read {
            atomic::replace(medium, &path, text.as_bytes(), read)?;
        } else {
            let folder = path.parent().unwrap_or(Path::new(""));
            medium.make_folder(folder).map_err(|error| file_failure(folder, &error))?;
            atomic::create(medium, &path, text.as_bytes()).map_err(|failure| match failure {
                // Somebody else began the list in the meantime.
                Failure::Exists { path } => Failure::ChangedByOther { path },
                other => other,
            })?;
        }
        self.read = Some(atomic::fingerprint(text.as_bytes()));
        Ok(())
    }
}

/// Puts an entry into the shared data: rows are added to those there, all else takes the place of
/// what is there.
pub fn apply(entry: &Values, values: &mut Values) {
    for (key, value) in entry {
        match value {
            Value::Rows(rows) => add_rows(values, key, rows),
            _ => {
                values.insert(key.clone(), value.clone());
            }
        }
    }
}

fn add_rows(values: &mut Values, key: &Key, rows: &[Values]) {
    let there = values.entry(key.clone()).or_insert_with(|| Value::Rows(Vec::new()));
    let Value::Rows(there) = there else {
        values.insert(key.clone(), Value::Rows(rows.to_vec()));
        return;
    };
    // A row that was begun and left empty is filled, not left above the new one.
    while there.last().is_some_and(|row| row.values().all(Value::is_empty)) {
        there.pop();
    }
    for row in rows {
        if !there.contains(row) {
            there.push(row.clone());
        }
    }
}

/// The entries of a list; none where there is no such file.
fn read(path: &Path) -> Result<Option<(Vec<Values>, Fingerprint)>, Failure> {
    let (text, bytes) = match ron_text::read_file(path) {
        Err(Failure::File { trouble: FileTrouble::NotFound, .. }) => return Ok(None),
        read => read?,
    };
    let (name, format) = locate::head(&text);
    if name.as_deref().is_some_and(|name| name != "Directory") {
        let position = Position { line: 1, column: 1 };
        return Err(Failure::Text { path: path.to_owned(), position, trouble: TextTrouble::UnknownSort });
    }
    if format.is_some_and(|format| format > FORMAT) {
        return Err(Failure::ReadOnlyFormat { path: path.to_owned() });
    }
    let content: Content = ron_text::parse(path, &text, false)?;
    Ok(Some((content.entries, atomic::fingerprint(&bytes))))
}
