//! What was found out about the cases of a folder, kept beside them so that a long list is there
//! at once. It can be thrown away at any time: whatever is damaged, old or of other templates is
//! passed over and made anew, and a folder that cannot be written has none.
//!
//! An entry counts only while its file has the same size and the same time of change. That time
//! has ticks, up to two seconds long: a file that was changed as late as the list was made may be
//! changed once more without showing it, and is read again (as git does with its index).

use std::collections::HashMap;
use std::fs::{File, Metadata, Permissions};
use std::io::Read;
use std::path::Path;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};

use super::atomic::{self, Disk, Fingerprint, Rights};
use super::folder::Summary;
use super::template_file::Library;

/// Its name: hidden, and none that a case can have.
pub const FILE: &str = ".ryoritsu-index";

/// Counts the changes of what is kept: an index of another layout is made anew.
const LAYOUT: u32 = 1;

/// The largest index that is read, in bytes; that of 10,000 cases has about 5 million.
const LARGEST: u64 = 200_000_000;

/// The longest tick of a file system (FAT), and as much again for the writing of the index.
const TICK: Duration = Duration::from_secs(4);

/// What shows that a file was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// In bytes.
    size: u64,
    /// When it was changed last.
    changed: SystemTime,
}

impl Stamp {
    /// The stamp of a file; none where the system does not tell the time of a change.
    #[must_use]
    pub fn of(about: &Metadata) -> Option<Self> {
        let changed = about.modified().ok().filter(|changed| *changed >= SystemTime::UNIX_EPOCH)?;
        Some(Self { size: about.len(), changed })
    }
}

/// A file name with what is known of the file.
type Entry = (String, (Stamp, Summary));

/// What the entries rest on besides the files.
#[derive(PartialEq, Serialize, Deserialize)]
struct Basis {
    layout: u32,
    program: String,
    templates: Fingerprint,
}

impl Basis {
    /// That of this program with these templates; none should they not be writable.
    fn of(library: &Library) -> Option<Self> {
        let templates = postcard::to_stdvec(&(&library.people, &library.process, &library.forms)).ok()?;
        let program = env!("CARGO_PKG_VERSION").to_owned();
        Some(Self { layout: LAYOUT, program, templates: atomic::fingerprint(&templates) })
    }
}

/// The entries that were kept.
#[derive(Default)]
pub struct Index {
    entries: HashMap<String, (Stamp, Summary)>,
    /// Files that were changed before this are seen to be changed again. By the clock of the disk,
    /// which on a network drive is not ours.
    settled: Option<SystemTime>,
}

impl Index {
    /// The index of a folder; an empty one where there is none that can be used.
    #[must_use]
    pub fn read(folder: &Path, library: &Library) -> Self {
        Self::try_read(folder, library).unwrap_or_default()
    }

    fn try_read(folder: &Path, library: &Library) -> Option<Self> {
        let mut file = File::open(folder.join(FILE)).ok()?;
        let about = file.metadata().ok().filter(|about| about.is_file() && about.len() <= LARGEST)?;
        let mut bytes = Vec::new();
        file.by_ref().take(LARGEST).read_to_end(&mut bytes).ok()?;
        let (fingerprint, rest) = bytes.split_first_chunk()?;
        if atomic::fingerprint(rest) != *fingerprint {
            return None;
        }
        let (basis, rest): (Basis, _) = postcard::take_from_bytes(rest).ok()?;
        if basis != Basis::of(library)? {
            return None;
        }
        let (took, entries): (Duration, Vec<Entry>) = postcard::from_bytes(rest).ok()?;
        let settled = about.modified().ok().and_then(|written| written.checked_sub(took)?.checked_sub(TICK));
        Some(Self { entries: entries.into_iter().collect(), settled })
    }

    /// Takes the entry of a file out, if the file is still what it was.
    pub fn take(&mut self, name: &str, stamp: Stamp) -> Option<Summary> {
        let (kept, summary) = self.entries.remove(name)?;
        let is_settled = self.settled.is_some_and(|settled| stamp.changed < settled);
        (kept == stamp && is_settled).then_some(summary)
    }

    /// Whether every entry was taken out: otherwise files are gone.
    #[must_use]
    pub fn is_used_up(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Keeps what was found out; `took` is how long ago the files were looked at first. Where it
/// cannot be written there is none: that costs nothing but time.
pub fn write(
    folder: &Path,
    library: &Library,
    took: Duration,
    entries: &[(&str, (Stamp, &Summary))],
    rights: Rights<'_>,
) {
    let Some(basis) = Basis::of(library) else { return };
    let Ok(content) = postcard::to_stdvec(&(basis, took, entries)) else { return };
    let bytes = [atomic::fingerprint(&content).as_slice(), &content].concat();
    let _ = atomic::overwrite_as(&Disk, &folder.join(FILE), &bytes, rights);
}

/// Who may read the index: whoever may read each of these cases, or else this user alone.
#[must_use]
pub fn rights<'a>(cases: &'a [(&'a Path, Permissions)]) -> Rights<'a> {
    match cases.first() {
        Some((path, first)) if !first.readonly() && cases.iter().all(|(_, other)| other == first) => Rights::Like(path),
        _ => Rights::Owner,
    }
}
