//! A lock beside an open case says who has it.
//!
//! The system holds the lock and lets go of it when the program ends, however it ends: a lock
//! of a dead process needs no cleaning up. The case itself is never locked, so that it can be
//! read and backed up at any time.

use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::model::failure::Failure;

use super::file_failure;

/// A case that this process has open. Dropping it lets the case go.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// The lock lasts for as long as this is open.
    _held: File,
}

impl Lock {
    /// Takes the lock of a case.
    ///
    /// # Errors
    /// Somebody else has it, or the folder cannot be written to.
    pub fn take(case: &Path) -> Result<Self, Failure> {
        let path = lock_path(case);
        let failed = |error| file_failure(&path, &error);
        let taken = || Failure::Locked { path: case.to_owned(), by: owner(&path) };
        // Held for writing, the name of the owner is put in; held for reading, on Windows too
        // others can read it and none can take it.
        let refused = |error| match error {
            TryLockError::WouldBlock => taken(),
            TryLockError::Error(error) => file_failure(&path, &error),
        };
        let me = me();
        let mut writing =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        writing.try_lock().map_err(refused)?;
        writing.set_len(0).and_then(|()| writing.write_all(me.as_bytes())).map_err(failed)?;
        drop(writing);
        let reading = File::open(&path).map_err(failed)?;
        reading.try_lock_shared().map_err(refused)?;
        // Between the two locks somebody else may have been faster: the name tells who.
        if fs::read_to_string(&path).map_err(failed)? != me {
            return Err(taken());
        }
        Ok(Self { path, _held: reading })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is held: whoever waits for it finds it gone and makes a new one.
        let _ = fs::remove_file(&self.path);
    }
}

/// The lock file of a case: `c7.ron.lock`.
fn lock_path(case: &Path) -> PathBuf {
    let mut name = case.file_name().unwrap_or_default().to_owned();
    name.push(".lock");
    case.with_file_name(name)
}

/// Who holds a lock, as they wrote it; empty where that cannot be read.
fn owner(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default().lines().next().unwrap_or_default().chars().take(100).collect()
}

/// This user on this machine, and on a second line this process.
fn me() -> String {
    let first = |names: [&str; 2]| names.into_iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default();
    let machine = first(["COMPUTERNAME", "HOSTNAME"]);
    let machine = if machine.is_empty() { fs::read_to_string("/etc/hostname").unwrap_or_default() } else { machine };
    format!("{}@{}\n{}\n", first(["USERNAME", "USER"]), machine.trim(), std::process::id())
}
