//! A disk that fails.

use std::cell::Cell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ryoritsu::store::atomic::{Disk, Medium, Rights};

/// What a disk is asked to do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Action {
    Read,
    Write,
    Link,
    Claim,
    Rename,
    Remove,
    MakeFolder,
    List,
    Append,
}

/// The real disk, but for the actions that it refuses.
pub struct FaultyDisk<F: Fn(Action) -> io::Result<()>> {
    /// Whether it does an action.
    pub allows: F,
    /// Whether a refused write leaves half of the file behind, as a full disk does.
    pub leaves_half: bool,
}

impl<F: Fn(Action) -> io::Result<()>> Medium for FaultyDisk<F> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        (self.allows)(Action::Read)?;
        Disk.read(path)
    }

    fn write(&self, path: &Path, bytes: &[u8], rights: Rights<'_>) -> io::Result<()> {
        if let Err(refused) = (self.allows)(Action::Write) {
            if self.leaves_half {
                fs::write(path, &bytes[..bytes.len() / 2])?;
            }
            return Err(refused);
        }
        Disk.write(path, bytes, rights)
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        (self.allows)(Action::Link)?;
        Disk.link(from, to)
    }

    fn claim(&self, path: &Path) -> io::Result<()> {
        (self.allows)(Action::Claim)?;
        Disk.claim(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        (self.allows)(Action::Rename)?;
        Disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        (self.allows)(Action::Remove)?;
        Disk.remove(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        (self.allows)(Action::MakeFolder)?;
        Disk.make_folder(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        (self.allows)(Action::List)?;
        Disk.list(path)
    }

    fn append(
        &self,
        path: &Path,
        rights: Rights<'_>,
        make: &mut dyn FnMut(&[u8]) -> Vec<u8>,
        then: &mut dyn FnMut(),
    ) -> io::Result<()> {
        if let Err(refused) = (self.allows)(Action::Append) {
            if self.leaves_half {
                let mut half = |before: &[u8]| {
                    let whole = make(before);
                    whole[..whole.len() / 2].to_vec()
                };
                Disk.append(path, rights, &mut half, &mut || ())?;
            }
            return Err(refused);
        }
        Disk.append(path, rights, make, then)
    }
}

/// A disk that does so many things and then no more.
pub fn full_after(actions: u32, leaves_half: bool) -> impl Medium {
    let left = Cell::new(actions);
    let allows = move |_| match left.get() {
        0 => Err(io::ErrorKind::StorageFull.into()),
        more => {
            left.set(more - 1);
            Ok(())
        }
    };
    FaultyDisk { allows, leaves_half }
}

/// A disk that refuses one sort of action.
pub fn without(refused: Action) -> impl Medium {
    let allows = move |action| if action == refused { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(()) };
    FaultyDisk { allows, leaves_half: false }
}
