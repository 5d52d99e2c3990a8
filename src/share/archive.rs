//! The container inside a package: a zip in which nothing is compressed.
//!
//! It is written by the `zip` crate, so that every system opens it. It is read here, from its first
//! byte to its last and only as it is written: each file in its place, named the same at its place
//! and in the directory at the end, nothing between them, nothing behind. A reader that goes by the
//! directory alone takes what lies twice, or in each other, or nowhere.

use std::io::{Cursor, Read, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::model::failure::Failure;
use crate::model::package::{PACKAGE_LIMIT, PackageTrouble};

/// The largest number of files in a package.
pub const MOST_FILES: usize = 1_000;

/// What stands before a file, before its entry in the directory, and before the end.
const FILE: u32 = 0x0403_4b50;
const ENTRY: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;

/// The flag that says that a name is UTF-8; no other one is ever set here.
const UTF8: u16 = 1 << 11;

/// The kind of file in the attributes of Unix, and of a plain file.
const KIND: u32 = 0o170_000;
const PLAIN: u32 = 0o100_000;
/// In the attributes of DOS: a label of a disk, a folder.
const NO_FILE: u32 = 0x08 | 0x10;

/// Puts files into a container, in this order.
///
/// # Errors
/// Never with files of a package; the writer's reason is kept all the same.
pub fn write(files: &[(&str, &[u8])]) -> Result<Vec<u8>, Failure> {
    // Beside its bytes a file takes its name twice and less than a hundred bytes.
    let room = files.iter().map(|(name, bytes)| bytes.len() + 2 * name.len() + 100).sum::<usize>() + 100;
    // Every container of the same files is the same: it tells of no clock and no machine.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default())
        .system(zip::System::Unix)
        .unix_permissions(0o644);
    let failed = |reason: String| Failure::Inside { reason };
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(room)));
    for (name, bytes) in files {
        writer.start_file(*name, options).map_err(|error| failed(error.to_string()))?;
        writer.write_all(bytes).map_err(|error| failed(error.to_string()))?;
    }
    Ok(writer.finish().map_err(|error| failed(error.to_string()))?.into_inner())
}

/// What a file says of itself before its bytes.
#[derive(PartialEq, Eq)]
struct Head {
    name: Vec<u8>,
    crc: u32,
    size: u32,
    offset: u32,
}

/// Takes the files out of a container, in their order.
///
/// `whole` is how many bytes there can be at most: nothing that is larger is made room for.
///
/// # Errors
/// It is no container as [`write()`] makes it, has too many or too large files, or reading broke off.
pub fn read(source: impl Read, whole: u64) -> Result<Vec<(String, Vec<u8>)>, PackageTrouble> {
    let mut source = Source { bytes: source, at: 0, whole };
    let mut heads: Vec<Head> = Vec::new();
    let mut files = Vec::new();
    loop {
        let offset = source.at;
        match source.number()? {
            FILE if heads.len() == MOST_FILES => return Err(PackageTrouble::TooMany),
            FILE => {
                let head = source.head(offset)?;
                let name = String::from_utf8(head.name.clone()).map_err(|_| PackageTrouble::BadName)?;
                files.push((name, source.bytes(head.size.into())?));
                heads.push(head);
            }
            ENTRY | END if source.at == 4 => return Err(PackageTrouble::NoPackage),
            signature => {
                source.directory(&heads, offset, signature)?;
                return Ok(files);
            }
        }
    }
}

/// The bytes of a container, one after the other.
struct Source<R> {
    bytes: R,
    at: u64,
    whole: u64,
}

impl<R: Read> Source<R> {
    /// The next bytes.
    fn bytes(&mut self, size: u64) -> Result<Vec<u8>, PackageTrouble> {
        if size > PACKAGE_LIMIT {
            return Err(PackageTrouble::TooLarge);
        }
        if size > self.whole.saturating_sub(self.at) {
            return Err(PackageTrouble::NoPackage);
        }
        let mut bytes = vec![0; usize::try_from(size).map_err(|_| PackageTrouble::TooLarge)?];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), PackageTrouble> {
        let mut filled = 0;
        while filled < bytes.len() {
            match self.bytes.read(&mut bytes[filled..]) {
                Ok(0) => return Err(PackageTrouble::NoPackage),
                Ok(read) => filled += read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return Err(PackageTrouble::Damaged),
            }
        }
        self.at += filled as u64;
        Ok(())
    }

    fn number(&mut self) -> Result<u32, PackageTrouble> {
        let mut bytes = [0; 4];
        self.fill(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn short(&mut self) -> Result<u16, PackageTrouble> {
        let mut bytes = [0; 2];
        self.fill(&mut bytes)?;
        Ok(u16::from_le_bytes(bytes))
    }

    /// What stands before the bytes of a file, behind its signature.
    fn head(&mut self, offset: u64) -> Result<Head, PackageTrouble> {
        let _version = self.short()?;
        let (crc, size, name) = self.described()?;
        let extra = self.short()?;
        is(extra == 0)?;
        let name = self.bytes(name.into())?;
        Ok(Head { name, crc, size, offset: u32::try_from(offset).map_err(|_| PackageTrouble::TooLarge)? })
    }

    /// What stands the same way before a file and in its entry: checksum, size, length of the name.
    fn described(&mut self) -> Result<(u32, u32, u16), PackageTrouble> {
        let (flags, method) = (self.short()?, self.short()?);
        let _moment = self.number()?;
        let (crc, packed, size) = (self.number()?, self.number()?, self.number()?);
        let name = self.short()?;
        // Nothing is compressed, encrypted once more, or said only behind the bytes.
        is(flags & !UTF8 == 0 && method == 0 && packed == size)?;
        Ok((crc, size, name))
    }

    /// The directory and the end: the very files that were there, and nothing behind.
    fn directory(&mut self, heads: &[Head], start: u64, first: u32) -> Result<(), PackageTrouble> {
        let mut signature = first;
        for head in heads {
            is(signature == ENTRY)?;
            is(self.entry()? == *head)?;
            signature = self.number()?;
        }
        let size = self.at - 4 - start;
        is(signature == END)?;
        let (disk, directory_disk) = (self.short()?, self.short()?);
        let (here, all) = (self.short()?, self.short()?);
        let (said_size, said_start) = (self.number()?, self.number()?);
        let comment = self.short()?;
        is(disk == 0 && directory_disk == 0 && comment == 0)?;
        is(usize::from(here) == heads.len() && here == all)?;
        is(u64::from(said_size) == size && u64::from(said_start) == start)?;
        self.ends()
    }

    /// An entry of the directory, behind its signature.
    fn entry(&mut self) -> Result<Head, PackageTrouble> {
        let (_made_by, _needed) = (self.short()?, self.short()?);
        let (crc, size, name) = self.described()?;
        let (extra, comment, disk) = (self.short()?, self.short()?, self.short()?);
        let _inside = self.short()?;
        let attributes = self.number()?;
        let offset = self.number()?;
        let kind = attributes >> 16 & KIND;
        // A link or a folder is no file, whatever its name is.
        is(extra == 0 && comment == 0 && disk == 0)?;
        is((kind == 0 || kind == PLAIN) && attributes & NO_FILE == 0)?;
        Ok(Head { name: self.bytes(name.into())?, crc, size, offset })
    }

    /// That nothing follows; it is only here that the last bytes are known to be the right ones.
    fn ends(&mut self) -> Result<(), PackageTrouble> {
        loop {
            match self.bytes.read(&mut [0]) {
                Ok(0) => return Ok(()),
                Ok(_) => return Err(PackageTrouble::NoPackage),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return Err(PackageTrouble::Damaged),
            }
        }
    }
}

/// What holds of every container of this program.
fn is(holds: bool) -> Result<(), PackageTrouble> {
    if holds { Ok(()) } else { Err(PackageTrouble::NoPackage) }
}
