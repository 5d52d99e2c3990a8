//! The only writer of files: the old file or the new one, never something in between.
//!
//! Check that the file is still what was read, keep a backup, write a temporary file in the same
//! folder, bring it to the disk, put it in the place of the old one. After any failure the old
//! file is there and whole.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::model::failure::Failure;

use super::{file_failure, is_held};

/// How many backups of a file are kept.
pub const BACKUPS: usize = 10;

/// The folder of the backups, beside the file.
pub const BACKUP_FOLDER: &str = ".backup";

/// What a file was when it was read: the SHA-256 of its bytes.
pub type Fingerprint = [u8; 32];

/// The fingerprint of these bytes.
#[must_use]
pub fn fingerprint(bytes: &[u8]) -> Fingerprint {
    Sha256::digest(bytes).into()
}

/// A fingerprint in hexadecimal digits.
#[must_use]
pub fn hexadecimal(fingerprint: &Fingerprint) -> String {
    crate::model::fingerprint::hexadecimal(fingerprint)
}

/// Who may read a file that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights<'a> {
    /// As for every new file of this user.
    Usual,
    /// As for another file, where that is there: nobody reads who could not read the old one.
    Like(&'a Path),
    /// The user alone. On Windows the folder has the say.
    Owner,
}

/// What writing needs of a disk. Tests put one here that fails.
pub trait Medium {
    /// Reads a whole file.
    ///
    /// # Errors
    /// As the system says.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Writes a new file and brings it to the disk. What is left of an earlier one is removed.
    ///
    /// # Errors
    /// The file whose rights are wanted may only be read, or as the system says.
    fn write(&self, path: &Path, bytes: &[u8], rights: Rights<'_>) -> io::Result<()>;
    /// Gives a file a second name that nothing has yet.
    ///
    /// # Errors
    /// Something has the name, the disk knows no second names, or as the system says.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a name that nothing has yet, with an empty file.
    ///
    /// # Errors
    /// Something has the name, or as the system says.
    fn claim(&self, path: &Path) -> io::Result<()>;
    /// Puts a file in the place of another.
    ///
    /// # Errors
    /// As the system says.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file.
    ///
    /// # Errors
    /// As the system says.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Removes a folder in which nothing is.
    ///
    /// # Errors
    /// Something is in it, or as the system says.
    fn remove_folder(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir(path)
    }
    /// Makes a folder unless it is there.
    ///
    /// # Errors
    /// As the system says.
    fn make_folder(&self, path: &Path) -> io::Result<()>;
    /// The files of a folder.
    ///
    /// # Errors
    /// As the system says.
    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>>;
    /// Adds bytes to the end of a file, which is begun where it is not there, and brings them to
    /// the disk. What is added is made from what is in the file; what is to be done then is done
    /// before anybody else adds to it.
    ///
    /// # Errors
    /// As the system says; half of what was to be added may then be there.
    fn append(
        &self,
        path: &Path,
        rights: Rights<'_>,
        make: &mut dyn FnMut(&[u8]) -> Vec<u8>,
        then: &mut dyn FnMut(),
    ) -> io::Result<()>;
}

/// The real disk.
pub struct Disk;

impl Medium for Disk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn write(&self, path: &Path, bytes: &[u8], rights: Rights<'_>) -> io::Result<()> {
        let _ = fs::remove_file(path);
        // The rights come before anything is in the file.
        let mut file = new_file(path, rights)?;
        if let Rights::Like(like) = rights
            && let Ok(old) = fs::metadata(like)
        {
            if old.permissions().readonly() {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            file.set_permissions(old.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)?;
        sync_folder(to);
        Ok(())
    }

    fn claim(&self, path: &Path) -> io::Result<()> {
        File::create_new(path).map(drop)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        retry(|| fs::rename(from, to))?;
        sync_folder(to);
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect()
    }

    fn append(
        &self,
        path: &Path,
        rights: Rights<'_>,
        make: &mut dyn FnMut(&[u8]) -> Vec<u8>,
        then: &mut dyn FnMut(),
    ) -> io::Result<()> {
        let mut file = File::options().read(true).append(true).create(true).open(path)?;
        match file.lock() {
            // Some shares know no locks; there people have to ask each other, as for a case.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            locked => locked?,
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        if bytes.is_empty()
            && let Rights::Like(like) = rights
            && let Ok(old) = fs::metadata(like)
            && !old.permissions().readonly()
        {
            file.set_permissions(old.permissions())?;
            sync_folder(path);
        }
        file.write_all(&make(&bytes))?;
        file.sync_all()?;
        then();
        Ok(())
    }
}

/// Makes a new file; where only its owner may read it, nobody else can open it even before it is
/// filled.
fn new_file(path: &Path, rights: Rights<'_>) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if rights == Rights::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    #[cfg(not(unix))]
    let _ = rights;
    options.open(path)
}

/// The new name of a file has to reach the disk too; not every system can do that.
fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// On Windows a virus scanner may hold a fresh file for a moment: try again before giving up.
fn retry(mut action: impl FnMut() -> io::Result<()>) -> io::Result<()> {
    let patience = if cfg!(windows) { 10 } else { 0 };
    for _ in 0..patience {
        match action() {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied || is_held(&error) => {
                std::thread::sleep(std::time::Duration::from_millis(50));
            }
            done => return done,
        }
    }
    action()
}

/// Writes a new file. It has its name only when it is whole.
///
/// # Errors
/// There is such a file already, or the disk refuses.
pub fn create(medium: &dyn Medium, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    create_with(medium, path, bytes, Rights::Usual)
}

/// Writes a new file that these may read. It has its name only when it is whole.
///
/// # Errors
/// As [`create`].
pub fn create_with(medium: &dyn Medium, path: &Path, bytes: &[u8], rights: Rights<'_>) -> Result<(), Failure> {
    let named = write_beside(medium, path, bytes, rights, &|temporary| name_new(medium, temporary, path));
    named.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Exists { path: path.to_owned() },
        _ => file_failure(path, &error),
    })
}

/// Gives the written file its name, which nothing else may have.
fn name_new(medium: &dyn Medium, temporary: &Path, path: &Path) -> io::Result<()> {
    match medium.link(temporary, path) {
        Ok(()) => {
            let _ = medium.remove(temporary);
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // FAT and some shares know no second names: there an empty file holds the place.
        Err(_) => {
            medium.claim(path)?;
            medium.rename(temporary, path).inspect_err(|_| {
                let _ = medium.remove(path);
            })
        }
    }
}

/// Writes over a file that was read before, keeping a backup of it.
///
/// # Errors
/// The file is not what was read any more, or the disk refuses; the file is then untouched.
pub fn replace(medium: &dyn Medium, path: &Path, bytes: &[u8], read: Fingerprint) -> Result<(), Failure> {
    let old = match medium.read(path) {
        Ok(old) if fingerprint(&old) == read => old,
        Ok(_) => return Err(Failure::ChangedByOther { path: path.to_owned() }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Failure::ChangedByOther { path: path.to_owned() });
        }
        Err(error) => return Err(file_failure(path, &error)),
    };
    back_up(medium, path, &old)?;
    put(medium, path, bytes, Rights::Like(path))?;
    prune(medium, path);
    Ok(())
}

/// Writes a file whatever stands there: for what can be made again.
///
/// # Errors
/// The disk refuses; what stood there is then untouched.
pub fn overwrite(medium: &dyn Medium, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    put(medium, path, bytes, Rights::Like(path))
}

/// The same, for the eyes of this user alone.
///
/// # Errors
/// The disk refuses; what stood there is then untouched.
pub fn overwrite_private(medium: &dyn Medium, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    put(medium, path, bytes, Rights::Owner)
}

/// The same, for the eyes of those who are named.
///
/// # Errors
/// The disk refuses; what stood there is then untouched.
pub fn overwrite_as(medium: &dyn Medium, path: &Path, bytes: &[u8], rights: Rights<'_>) -> Result<(), Failure> {
    put(medium, path, bytes, rights)
}

fn put(medium: &dyn Medium, path: &Path, bytes: &[u8], rights: Rights<'_>) -> Result<(), Failure> {
    write_beside(medium, path, bytes, rights, &|temporary| medium.rename(temporary, path))
        .map_err(|error| file_failure(path, &error))
}

/// Writes a temporary file beside the one that is meant, and gives it its name.
fn write_beside(
    medium: &dyn Medium,
    path: &Path,
    bytes: &[u8],
    rights: Rights<'_>,
    name: &dyn Fn(&Path) -> io::Result<()>,
) -> io::Result<()> {
    let temporary = beside(path, &format!(".{}.tmp-{}", file_name(path), std::process::id()));
    medium.write(&temporary, bytes, rights).and_then(|()| name(&temporary)).inspect_err(|_| {
        // Nothing of a case is left behind; where even this fails the disk is gone anyway.
        let _ = medium.remove(&temporary);
    })
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn beside(path: &Path, name: &str) -> PathBuf {
    path.with_file_name(name)
}

/// Keeps the old content as `.backup/NAME.000123.ron`, unless the newest backup is the same.
fn back_up(medium: &dyn Medium, path: &Path, old: &[u8]) -> Result<(), Failure> {
    let folder = beside(path, BACKUP_FOLDER);
    medium.make_folder(&folder).map_err(|error| file_failure(&folder, &error))?;
    let last = backups(medium, path).map_err(|error| file_failure(&folder, &error))?.pop();
    if let Some((_, newest)) = &last
        && medium.read(newest).is_ok_and(|bytes| bytes == old)
    {
        return Ok(());
    }
    let number = last.map_or(1, |(number, _)| number + 1);
    put(medium, &folder.join(format!("{}.{number:06}.ron", stem(path))), old, Rights::Like(path))
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The backups of a file with their numbers, the oldest first; none where there is no folder.
///
/// # Errors
/// The folder is there and cannot be listed.
pub fn backups(medium: &dyn Medium, path: &Path) -> io::Result<Vec<(u64, PathBuf)>> {
    let stem = stem(path);
    let number = |backup: &PathBuf| -> Option<u64> {
        let name = file_name(backup);
        let number = name.strip_prefix(&stem)?.strip_prefix('.')?.strip_suffix(".ron")?;
        (6..=18).contains(&number.len()).then(|| number.parse().ok()).flatten()
    };
    let files = match medium.list(&beside(path, BACKUP_FOLDER)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
        listed => listed?,
    };
    let mut found: Vec<_> = files.into_iter().filter_map(|file| Some((number(&file)?, file))).collect();
    found.sort();
    Ok(found)
}

/// Removes the oldest backups. A backup too many does no harm: failures are not told.
fn prune(medium: &dyn Medium, path: &Path) {
    let found = backups(medium, path).unwrap_or_default();
    for (_, backup) in found.iter().take(found.len().saturating_sub(BACKUPS)) {
        let _ = medium.remove(backup);
    }
}
