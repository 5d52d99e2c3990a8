//! The encrypted file: a container of files in the `age` format, opened with a passphrase.
//!
//! Any `age` tool opens it; so what is encrypted with is the passphrase as
//! [`prepared`](super::passphrase::prepared) leaves it. Everything is checked here before anybody
//! sees any of it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor, scrypt};

use crate::model::failure::Failure;
use crate::model::package::{FORMAT, Manifest, PACKAGE_LIMIT, PackageTrouble, PackedFile, Passphrase};
use crate::store::atomic::{fingerprint, hexadecimal};
use crate::store::{locate, ron_text};

use super::archive::{self, MOST_FILES};
use super::names::{compared, is_plain};

/// How much work opening a package is, as the exponent of scrypt: 2¹⁶ take 64 MiB and a part of a
/// second.
pub const WORK_FACTOR: u8 = 16;

/// The most work that is done for a package: 2¹⁷ take 128 MiB.
pub const MOST_WORK: u8 = 17;

/// What a package says about itself.
pub const MANIFEST: &str = "manifest.ron";

/// The largest [`MANIFEST`], in bytes: a thousand files have room in it.
const LARGEST_MANIFEST: usize = 1_000_000;

/// The most lists, maps, structures and commas in all texts of a package. A row of a table becomes 700
/// bytes when it is read: measured, so many take 70 MB beside a package of the largest size. A case with a
/// thousand revisions has half of them.
const MOST_PARTS: usize = 200_000;

/// How every file in the `age` format begins.
const MAGIC: &[u8] = b"age-encryption.org/v1\n";

/// What stands next in one that opens with a passphrase, and in every one.
const PASSPHRASE: &[u8] = b"-> scrypt ";
const OTHER: &[u8] = b"-> ";

/// What ends the head of such a file.
const HEAD_END: &[u8] = b"\n--- ";

/// The longest head of a file that opens with a passphrase, in bytes; it takes about 150.
const LONGEST_HEAD: usize = 1_000;

/// A package: what it says about itself, and every other file in it by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Package {
    /// What it says about itself.
    pub manifest: Manifest,
    /// The other files.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// The bytes of the file to be sent. What the manifest says about the files is made here.
///
/// # Errors
/// It is too large, has too many files, or one of a name that not every system takes.
pub fn seal(package: &Package, passphrase: &Passphrase, work_factor: u8) -> Result<Vec<u8>, Failure> {
    let trouble = |trouble| Failure::Package { path: PathBuf::new(), trouble };
    check_names(package.files.keys().map(String::as_str)).map_err(trouble)?;
    let files = package.files.iter().map(|(name, bytes)| packed(name, bytes)).collect();
    let manifest = ron_text::write(&Manifest { files, ..package.manifest.clone() })?;
    let mut contents = vec![(MANIFEST, manifest.as_bytes())];
    contents.extend(package.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    if contents.len() > MOST_FILES {
        return Err(trouble(PackageTrouble::TooMany));
    }
    let size: u64 = contents.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    if size > PACKAGE_LIMIT || !has_few_parts(&package.files) {
        return Err(trouble(PackageTrouble::TooLarge));
    }
    let sealed = encrypted(&archive::write(&contents)?, passphrase, work_factor)?;
    if sealed.len() as u64 > PACKAGE_LIMIT { Err(trouble(PackageTrouble::TooLarge)) } else { Ok(sealed) }
}

fn packed(name: &str, bytes: &[u8]) -> PackedFile {
    PackedFile { name: name.to_owned(), size: bytes.len() as u64, sha256: hexadecimal(&fingerprint(bytes)) }
}

fn encrypted(plain: &[u8], passphrase: &Passphrase, work_factor: u8) -> Result<Vec<u8>, Failure> {
    let inside = |reason: String| Failure::Inside { reason };
    let mut recipient = scrypt::Recipient::new(secret(passphrase));
    recipient.set_work_factor(work_factor);
    let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient));
    let encryptor = encryptor.map_err(|error| inside(error.to_string()))?;
    // In each 64 KiB there are 16 bytes more.
    let sealed = Vec::with_capacity(plain.len() + plain.len() / 4_096 + LONGEST_HEAD);
    let write = |sealed| {
        let mut writer = encryptor.wrap_output(sealed)?;
        writer.write_all(plain)?;
        writer.finish()
    };
    write(sealed).map_err(|error: std::io::Error| inside(error.to_string()))
}

fn secret(passphrase: &Passphrase) -> SecretString {
    SecretString::from(passphrase.0.clone())
}

/// Opens a package and checks all of it. Takes the room of the file twice at most, or 128 MiB
/// beside it while the passphrase is tried.
///
/// # Errors
/// What is wrong with it; nothing of it is used then.
pub fn unseal(bytes: &[u8], passphrase: &Passphrase) -> Result<Package, PackageTrouble> {
    if bytes.len() as u64 > PACKAGE_LIMIT {
        return Err(PackageTrouble::TooLarge);
    }
    check_head(bytes)?;
    unpack(decrypted(bytes, passphrase)?, bytes.len() as u64)
}

/// Takes a package out of its container, as it was before it was encrypted, and checks all of it.
/// `whole` is how many bytes there can be at most.
///
/// # Errors
/// As [`unseal`].
pub fn unpack(container: impl Read, whole: u64) -> Result<Package, PackageTrouble> {
    let files = archive::read(container, whole)?;
    check_names(files.iter().map(|(name, _)| name.as_str()))?;
    let mut files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
    let manifest = manifest(&files.remove(MANIFEST).ok_or(PackageTrouble::NoPackage)?)?;
    check_files(&manifest, &files)?;
    if has_few_parts(&files) { Ok(Package { manifest, files }) } else { Err(PackageTrouble::TooLarge) }
}

/// Whether reading all texts takes no more memory than there is room for.
fn has_few_parts(files: &BTreeMap<String, Vec<u8>>) -> bool {
    let texts = files.iter().filter(|(name, _)| Path::new(name).extension().is_some_and(|ending| ending == "ron"));
    let parts = |text: &[u8]| text.iter().filter(|byte| b"([{,".contains(byte)).count();
    texts.map(|(_, text)| parts(text)).sum::<usize>() <= MOST_PARTS
}

/// What can be told before any work is done. The reader of the crate takes a head of any length, and
/// takes long over a long one.
fn check_head(bytes: &[u8]) -> Result<(), PackageTrouble> {
    let begins = |bytes: &[u8], with: &[u8]| bytes.starts_with(with) || (!bytes.is_empty() && with.starts_with(bytes));
    let Some(rest) = bytes.strip_prefix(MAGIC) else {
        let is_cut_off = begins(bytes, MAGIC);
        return Err(if is_cut_off { PackageTrouble::Damaged } else { PackageTrouble::NotEncrypted });
    };
    if !begins(rest, PASSPHRASE) {
        let is_other = rest.starts_with(OTHER);
        return Err(if is_other { PackageTrouble::OtherKey } else { PackageTrouble::Damaged });
    }
    let head = &bytes[..bytes.len().min(LONGEST_HEAD)];
    let ends = head.windows(HEAD_END.len()).any(|part| part == HEAD_END);
    if ends { Ok(()) } else { Err(PackageTrouble::Damaged) }
}

/// What the file holds, as it is decrypted: each part is known to be what was encrypted.
fn decrypted<'a>(bytes: &'a [u8], passphrase: &Passphrase) -> Result<impl Read + 'a, PackageTrouble> {
    let mut identity = scrypt::Identity::new(secret(passphrase));
    identity.set_max_work_factor(MOST_WORK);
    let open = |bytes| Decryptor::new_buffered(bytes)?.decrypt(std::iter::once(&identity as &dyn age::Identity));
    open(bytes).map_err(|error| match error {
        DecryptError::ExcessiveWork { .. } => PackageTrouble::TooCostly,
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => PackageTrouble::WrongPassphrase,
        DecryptError::NoMatchingKeys => PackageTrouble::OtherKey,
        _ => PackageTrouble::Damaged,
    })
}

fn check_names<'a>(names: impl Iterator<Item = &'a str>) -> Result<(), PackageTrouble> {
    let mut known = BTreeSet::new();
    for name in names {
        if !is_plain(name) {
            return Err(PackageTrouble::BadName);
        }
        if !known.insert(compared(name)) {
            return Err(PackageTrouble::SameName);
        }
    }
    Ok(())
}

fn manifest(bytes: &[u8]) -> Result<Manifest, PackageTrouble> {
    if bytes.len() > LARGEST_MANIFEST {
        return Err(PackageTrouble::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| PackageTrouble::NoPackage)?;
    let (name, format) = locate::head(text);
    if name.as_deref() != Some("Package") {
        return Err(PackageTrouble::NoPackage);
    }
    match format {
        Some(newer) if newer > FORMAT => Err(PackageTrouble::Newer),
        Some(FORMAT) => ron_text::parse(Path::new(MANIFEST), text, false).map_err(|_| PackageTrouble::NoPackage),
        _ => Err(PackageTrouble::NoPackage),
    }
}

/// That the files are those that the manifest names, each of them as it says.
fn check_files(manifest: &Manifest, files: &BTreeMap<String, Vec<u8>>) -> Result<(), PackageTrouble> {
    check_names(manifest.files.iter().map(|file| file.name.as_str()))?;
    for named in &manifest.files {
        let name = named.name.clone();
        let Some(bytes) = files.get(&name) else { return Err(PackageTrouble::Missing { name }) };
        if packed(&name, bytes) != *named {
            return Err(PackageTrouble::Differs { name });
        }
    }
    let is_named = |name: &&String| !manifest.files.iter().any(|file| file.name == **name);
    files.keys().find(is_named).map_or(Ok(()), |name| Err(PackageTrouble::Unnamed { name: name.clone() }))
}
