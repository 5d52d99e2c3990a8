//! What comes back: which paper a PDF is, who signed it digitally, and whether a file can be kept
//! as the scan of a signed paper.
//!
//! Whoever signs a PDF digitally adds to it and changes nothing before: the kept bytes of a
//! revision are the beginning of its signed copy. That, and not what a file says of itself, is
//! how a paper is recognised.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::model::case::Case;
use crate::model::failure::{Failure, ScanTrouble};
use crate::model::revision::{Edition, Revision, SCAN_LIMIT};
use crate::pdf::{self, DigitalSignature, Imprint, InspectTrouble, Inspection, digest};
use crate::store::atomic::{Disk, Medium};
use crate::store::file_failure;

use super::{identity, whose};

/// Which paper came back. `document` is its place in the case.
#[derive(Clone, Debug, PartialEq)]
pub enum Returned {
    /// The very file that was handed out.
    Exact {
        /// Which document.
        document: usize,
        /// Which revision of it.
        revision: u32,
    },
    /// The file that was handed out, with digital signatures added to it.
    Signed {
        /// Which document.
        document: usize,
        /// Which revision of it.
        revision: u32,
        /// The signatures, not verified.
        signatures: Vec<DigitalSignature>,
    },
    /// A file that says to be this revision and is not what was handed out: somebody wrote into
    /// it, or a program saved it anew.
    Altered {
        /// Which document.
        document: usize,
        /// Which revision of it.
        revision: u32,
        /// The signatures, not verified.
        signatures: Vec<DigitalSignature>,
    },
    /// A draft of a document of this case.
    Draft {
        /// Which document.
        document: usize,
    },
    /// A copy of a revision with 旧版 across it.
    OldVersion {
        /// Which document.
        document: usize,
        /// Which revision of it.
        revision: u32,
    },
    /// A revision that the case does not have, of a document that it has.
    OtherRevision {
        /// Which document.
        document: usize,
        /// The number of the revision, as the file says.
        revision: u32,
    },
    /// A document that the case does not have (any more).
    OtherDocument,
    /// A paper of another case.
    OtherCase,
    /// Nothing of this program: a scan, or any other PDF.
    Unknown,
}

/// Tells which paper of a case a file is.
#[must_use]
pub fn recognise(case: &Case, bytes: &[u8]) -> Returned {
    let inspection = pdf::inspect(bytes).ok();
    if let Some((document, revision, size)) = beginning(case, bytes) {
        if size == bytes.len() {
            return Returned::Exact { document, revision };
        }
        let signatures = inspection.map_or_else(Vec::new, |inspection| inspection.signatures);
        return if signatures.is_empty() {
            Returned::Altered { document, revision, signatures }
        } else {
            Returned::Signed { document, revision, signatures }
        };
    }
    match inspection {
        Some(Inspection { imprint: Some(imprint), signatures, .. }) => said(case, &imprint, signatures),
        _ => Returned::Unknown,
    }
}

/// The revision whose kept bytes the file begins with, and how many they are.
fn beginning(case: &Case, bytes: &[u8]) -> Option<(usize, u32, usize)> {
    let documents = case.documents.iter().enumerate();
    let revisions = documents.flat_map(|(at, document)| document.revisions.iter().map(move |one| (at, one)));
    let copies = revisions.flat_map(|(at, revision)| revision.copies.iter().map(move |copy| (at, revision, copy)));
    let sized = copies.filter_map(|(at, revision, copy)| {
        let size = usize::try_from(copy.file.size).ok().filter(|size| (1..=bytes.len()).contains(size))?;
        Some((at, revision.number, size, &copy.file.sha256))
    });
    let sized: Vec<_> = sized.collect();
    let digests = beginnings(bytes, sized.iter().map(|(_, _, size, _)| *size).collect());
    let is_kept = |(_, _, size, sha256): &&(usize, u32, usize, &String)| {
        digests.get(size).is_some_and(|digest| digest.eq_ignore_ascii_case(sha256))
    };
    sized.iter().filter(is_kept).max_by_key(|(.., size, _)| *size).map(|(at, number, size, _)| (*at, *number, *size))
}

/// The SHA-256 of the first bytes, for each of these numbers of them, read once.
fn beginnings(bytes: &[u8], sizes: BTreeSet<usize>) -> BTreeMap<usize, String> {
    let mut hash = Sha256::new();
    let mut done = 0;
    let one = |size: usize| {
        hash.update(&bytes[done..size]);
        done = size;
        (size, pdf::hex(&hash.clone().finalize()))
    };
    sizes.into_iter().map(one).collect()
}

/// Which paper a file says to be that is none of the kept ones.
fn said(case: &Case, imprint: &Imprint, signatures: Vec<DigitalSignature>) -> Returned {
    if imprint.case != digest(whose(case)) {
        return Returned::OtherCase;
    }
    let is_it = |at: &usize| imprint.document == digest(&identity(case, *at));
    let Some(document) = (0..case.documents.len()).find(is_it) else { return Returned::OtherDocument };
    let Edition::Revision { number, .. } = imprint.edition else { return Returned::Draft { document } };
    let is_known = |revision: &Revision| revision.number == number && is_printed_on(revision, &imprint.fingerprint);
    if !case.documents[document].revisions.iter().any(|revision| is_known(revision)) {
        Returned::OtherRevision { document, revision: number }
    } else if imprint.is_old {
        Returned::OldVersion { document, revision: number }
    } else {
        Returned::Altered { document, revision: number, signatures }
    }
}

/// Whether a fingerprint stands on some copy of a revision: one from which something was left out has
/// its own.
pub(super) fn is_printed_on(revision: &Revision, fingerprint: &str) -> bool {
    let mut left_out = revision.copies.iter().filter_map(|copy| copy.left_out.as_ref());
    revision.fingerprint == fingerprint || left_out.any(|left_out| left_out.fingerprint == fingerprint)
}

/// What a scan is kept as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanKind {
    /// PDF
    Pdf,
    /// JPEG
    Jpeg,
    /// PNG
    Png,
}

impl ScanKind {
    /// The ending of its file name, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// Reads a file that is to be kept as a scan. Its length is looked at before it is read.
///
/// # Errors
/// The file cannot be read, or is no scan: see [`scan_kind`].
pub fn scan_file(path: &Path) -> Result<(ScanKind, Vec<u8>), Failure> {
    let named = |trouble| Failure::Scan { path: Some(path.to_owned()), trouble };
    let about = std::fs::metadata(path).map_err(|error| file_failure(path, &error))?;
    // Asked before opening: opening a pipe would wait for somebody to write into it.
    if !about.is_file() {
        return Err(file_failure(path, &ErrorKind::IsADirectory.into()));
    }
    if about.len() > SCAN_LIMIT {
        return Err(named(ScanTrouble::TooLarge));
    }
    let bytes = Disk.read(path).map_err(|error| file_failure(path, &error))?;
    let kind = kind(&bytes).map_err(named)?;
    Ok((kind, bytes))
}

/// What a scan is, by what is in it and not by its name.
///
/// # Errors
/// It is larger than [`SCAN_LIMIT`], empty, none of PDF, JPEG and PNG, damaged, or a PDF that
/// opens with a password only.
pub fn scan_kind(bytes: &[u8]) -> Result<ScanKind, Failure> {
    kind(bytes).map_err(|trouble| Failure::Scan { path: None, trouble })
}

/// Where a PDF may begin, in bytes: some programs write a few lines before it.
const PDF_START: usize = 1024;

fn kind(bytes: &[u8]) -> Result<ScanKind, ScanTrouble> {
    let start = &bytes[..bytes.len().min(PDF_START)];
    let (kind, is_whole) = if bytes.is_empty() {
        return Err(ScanTrouble::Empty);
    } else if bytes.len() as u64 > SCAN_LIMIT {
        return Err(ScanTrouble::TooLarge);
    } else if bytes.starts_with(PNG) {
        (ScanKind::Png, is_whole_png(bytes))
    } else if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        (ScanKind::Jpeg, is_whole_jpeg(bytes))
    } else if start.windows(5).any(|window| window == b"%PDF-") {
        match pdf::inspect(bytes) {
            Err(InspectTrouble::Encrypted) => return Err(ScanTrouble::Encrypted),
            inspected => (ScanKind::Pdf, inspected.is_ok()),
        }
    } else {
        return Err(ScanTrouble::NoPicture);
    };
    if is_whole { Ok(kind) } else { Err(ScanTrouble::Damaged) }
}

/// How every PNG begins （PNG specification, 5.2）.
const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A];

/// Whether the parts of a PNG follow one another from its size to its end.
fn is_whole_png(bytes: &[u8]) -> bool {
    let mut rest = &bytes[PNG.len()..];
    let mut has_size = false;
    let mut has_picture = false;
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = usize::try_from(u32::from_be_bytes(*length)).unwrap_or(usize::MAX);
        // Behind the content stands a checksum of four bytes.
        let Some((name, after)) = after.split_first_chunk::<4>() else { return false };
        let Some((content, after)) = after.split_at_checked(length) else { return false };
        let Some((_, after)) = after.split_first_chunk::<4>() else { return false };
        match name {
            b"IHDR" => has_size = is_size(content.get(..4)) && is_size(content.get(4..8)),
            b"IDAT" => has_picture = true,
            b"IEND" => return has_size && has_picture,
            _ => {}
        }
        if !has_size {
            return false;
        }
        rest = after;
    }
    false
}

fn is_size(digits: Option<&[u8]>) -> bool {
    digits.is_some_and(|digits| digits.iter().any(|digit| *digit != 0))
}

/// Whether the parts of a JPEG follow one another from its size to its picture, and it has an end
/// （ITU T.81, annex B）.
fn is_whole_jpeg(bytes: &[u8]) -> bool {
    const END: [u8; 2] = [0xFF, 0xD9];
    let mut rest = &bytes[2..];
    let mut has_size = false;
    while let Some((&[0xFF, marker], after)) = rest.split_first_chunk::<2>() {
        match marker {
            // Bytes that only fill.
            0xFF => rest = &rest[1..],
            // Parts without content.
            0x01 | 0xD0..=0xD7 => rest = after,
            _ => {
                let Some((length, _)) = after.split_first_chunk::<2>() else { return false };
                let length = usize::from(u16::from_be_bytes(*length));
                let Some((part, after)) = after.split_at_checked(length).filter(|_| length >= 2) else { return false };
                // The sort of frame, without the tables that share its numbers.
                if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
                    has_size = is_size(part.get(3..5)) && is_size(part.get(5..7));
                }
                if marker == 0xDA {
                    return has_size && after.windows(2).rev().any(|window| window == END);
                }
                rest = after;
            }
        }
    }
    false
}
