//! The log of a case, in `<case>.log` beside it: one entry a line, each chained to the one before
//! it by its hash. Nothing is ever changed in it, only added at its end.
//!
//! A tiny record beside the backups holds how many entries there are and the hash of the last one:
//! it tells that the end of a log was cut off, which the chain alone cannot.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::model::case::Case;
use crate::model::failure::Failure;
pub use crate::model::log::{Entry, Event, LogTrouble};

use super::atomic::{self, BACKUP_FOLDER, Disk, Fingerprint, Medium, Rights, hexadecimal};
use super::case_file::CaseFile;
use super::{beside, file_failure};

/// The first line of every log.
const HEADER: &str = "// 両立（ryoritsu）の操作の記録　形式1　書き換えると、check で分かります\n";

/// What stands between an entry and its hash, and after that.
const BEFORE_HASH: &str = ",hash:\"";
const AFTER_HASH: &str = "\")";

/// The largest log that is read, in bytes.
const LARGEST: u64 = 200_000_000;

/// Who does something, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The moment, as `2026-11-22T10:15:00+09:00`.
    pub at: String,
    /// The user of the machine.
    pub user: String,
}

/// How many entries a log has, and the hash of the last one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "Log")]
struct Head {
    count: u64,
    hash: String,
}

/// The log of a case: `c7.ron` has `c7.log`.
#[must_use]
pub fn path(case: &Path) -> PathBuf {
    beside(case, "log")
}

fn head_path(case: &Path) -> PathBuf {
    let head = beside(case, "log.head");
    backup_folder(case).join(head.file_name().unwrap_or_default())
}

fn backup_folder(case: &Path) -> PathBuf {
    beside(case, "log").with_file_name(BACKUP_FOLDER)
}

/// The user of this machine; empty where the system names none.
#[must_use]
pub fn user() -> String {
    ["USERNAME", "USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default()
}

/// Adds an entry. `file` is what the case file is after it, where it was saved.
///
/// # Errors
/// The disk refuses. What was done has happened all the same: whoever calls this tells it.
pub fn append(
    medium: &dyn Medium,
    case: &Path,
    stamp: &Stamp,
    event: &Event,
    file: Option<Fingerprint>,
) -> Result<Entry, Failure> {
    let path = path(case);
    let added = RefCell::new(Err(Failure::Inside { reason: "no entry was made".to_owned() }));
    let mut make = |before: &[u8]| {
        let following = read_head(medium, case).and_then(|head| following(&last(before, head), stamp, event, file));
        let text = following.as_ref().map_or(String::new(), |(_, line)| after(before, line));
        *added.borrow_mut() = following.map(|(entry, _)| entry);
        text.into_bytes()
    };
    let mut head = Ok(());
    let mut then = || {
        if let Ok(entry) = &*added.borrow() {
            head = write_head(medium, case, &Head { count: entry.number, hash: entry.hash.clone() });
        }
    };
    medium.append(&path, Rights::Like(case), &mut make, &mut then).map_err(|error| file_failure(&path, &error))?;
    let entry = added.into_inner()?;
    head.map(|()| entry)
}

/// What is added to a log for a line: a new one begins with its header, and a line that was broken
/// off stays as it is.
fn after(before: &[u8], line: &str) -> String {
    let begin = match before.last() {
        None => HEADER,
        Some(b'\n') => "",
        Some(_) => "\n",
    };
    format!("{begin}{line}\n")
}

/// What the next entry follows: the last one that is whole, or a later one that the record of the
/// log knows. What was cut off or altered is then missed for good, however much is added.
fn last(log: &[u8], head: Option<Head>) -> Head {
    let last = lines(log).iter().rev().find_map(|(_, line)| parse(line).ok());
    let last = last.map(|last| Head { count: last.number, hash: last.hash }).unwrap_or_default();
    head.filter(|head| head.count >= last.count).unwrap_or(last)
}

/// The entry that follows another one, with its line.
fn following(last: &Head, stamp: &Stamp, event: &Event, file: Option<Fingerprint>) -> Result<(Entry, String), Failure> {
    let mut entry = Entry {
        number: last.count.saturating_add(1),
        at: stamp.at.clone(),
        user: stamp.user.clone(),
        event: event.clone(),
        file: file.as_ref().map(hexadecimal),
        previous: last.hash.clone(),
        hash: String::new(),
    };
    let written = ron::to_string(&entry).map_err(|error| Failure::Inside { reason: error.to_string() })?;
    let end = [BEFORE_HASH, AFTER_HASH].concat();
    let content = written.strip_suffix(&end).ok_or_else(|| Failure::Inside { reason: "an entry ends oddly".into() })?;
    entry.hash = hash(content);
    let line = [content, BEFORE_HASH, &entry.hash, AFTER_HASH].concat();
    Ok((entry, line))
}

/// The hash over an entry as it is written, in which the hash of the entry before stands.
fn hash(content: &str) -> String {
    hexadecimal(&atomic::fingerprint(content.as_bytes()))
}

/// The record of a log; none where there is none, or where it is damaged.
fn read_head(medium: &dyn Medium, case: &Path) -> Result<Option<Head>, Failure> {
    let path = head_path(case);
    match medium.read(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(file_failure(&path, &error)),
        Ok(bytes) => Ok(ron::de::from_bytes(&bytes).ok()),
    }
}

fn write_head(medium: &dyn Medium, case: &Path, head: &Head) -> Result<(), Failure> {
    let path = head_path(case);
    let folder = backup_folder(case);
    medium.make_folder(&folder).map_err(|error| file_failure(&folder, &error))?;
    let text = ron::to_string(head).map_err(|error| Failure::Inside { reason: error.to_string() })?;
    atomic::overwrite(medium, &path, text.as_bytes())
}

/// Why a line is no entry.
enum Broken {
    /// It cannot be read.
    Unreadable,
    /// It is the entry of that number, and not as it was written.
    Altered(u64),
}

fn parse(line: &[u8]) -> Result<Entry, Broken> {
    let text = std::str::from_utf8(line).map_err(|_| Broken::Unreadable)?;
    let entry: Entry = ron::from_str(text).map_err(|_| Broken::Unreadable)?;
    let end = [BEFORE_HASH, &entry.hash, AFTER_HASH].concat();
    match text.strip_suffix(&end) {
        Some(content) if hash(content) == entry.hash => Ok(entry),
        _ => Err(Broken::Altered(entry.number)),
    }
}

/// The lines below the header with their numbers in the file; the last one may be without its end.
fn lines(bytes: &[u8]) -> Vec<(usize, &[u8])> {
    let mut lines: Vec<_> = bytes.split(|byte| *byte == b'\n').enumerate().skip(1).collect();
    if lines.last().is_some_and(|(_, last)| last.is_empty()) {
        lines.pop();
    }
    lines.into_iter().map(|(at, line)| (at + 1, line)).collect()
}

/// The entries of a log that are whole, the oldest first; none where there is no log.
///
/// # Errors
/// It is there and cannot be read.
pub fn read(case: &Path) -> Result<Vec<Entry>, Failure> {
    let bytes = bytes(case)?.unwrap_or_default();
    Ok(lines(&bytes).into_iter().filter_map(|(_, line)| parse(line).ok()).collect())
}

/// The bytes of a log as they are when nobody is writing it; none where there is none.
///
/// # Errors
/// It is there and cannot be read.
pub fn bytes(case: &Path) -> Result<Option<Vec<u8>>, Failure> {
    let path = path(case);
    let failed = |error| file_failure(&path, &error);
    let file = match File::open(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened.map_err(failed)?,
    };
    match file.lock_shared() {
        Err(error) if error.kind() == ErrorKind::Unsupported => {}
        locked => locked.map_err(failed)?,
    }
    let mut bytes = Vec::new();
    (&file).take(LARGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::TooLarge { path, limit: LARGEST });
    }
    Ok(Some(bytes))
}

/// What is wrong with the log of a case as it was read.
#[must_use]
pub fn troubles(file: &CaseFile) -> Vec<LogTrouble> {
    // The record first: what is added meanwhile is then more than it knows, and not missed.
    let read = read_head(&Disk, &file.path).and_then(|head| Ok((head, bytes(&file.path)?)));
    let (head, bytes) = match read {
        Err(failure) => return vec![LogTrouble::Unreadable(failure)],
        Ok(read) => read,
    };
    let Some(bytes) = bytes else {
        let is_missed = head.is_some() || is_recorded(&file.case);
        return if is_missed { vec![LogTrouble::Gone] } else { Vec::new() };
    };
    let mut proof = Proof::default();
    proof.read(&bytes);
    proof.compare_head(head.as_ref());
    proof.compare_case(file);
    proof.troubles
}

/// Whether something is in a case that its log must know.
fn is_recorded(case: &Case) -> bool {
    let is_handed_out = case.documents.iter().any(|document| !document.revisions.is_empty());
    is_handed_out || !case.consents.is_empty() || !case.closings.is_empty()
}

/// Going through a log from its first line to its last.
#[derive(Default)]
struct Proof {
    entries: Vec<Entry>,
    /// The highest number of an entry so far.
    seen: u64,
    /// Lines that are no entry; what follows tells what they were.
    broken: Vec<(usize, Broken)>,
    troubles: Vec<LogTrouble>,
}

impl Proof {
    fn read(&mut self, bytes: &[u8]) {
        if !bytes.starts_with(HEADER.as_bytes()) {
            self.troubles.push(LogTrouble::Header);
        }
        let lines = lines(bytes);
        let parsed: Vec<_> = lines.iter().map(|(line, text)| (*line, parse(text))).collect();
        let numbers: BTreeSet<u64> =
            parsed.iter().filter_map(|(_, read)| read.as_ref().ok().map(|entry| entry.number)).collect();
        let is_whole = bytes.last() == Some(&b'\n');
        let last_line = lines.last().map_or(1, |(line, _)| *line);
        for (line, read) in parsed {
            match read {
                Ok(entry) => {
                    self.resolve(entry.number);
                    self.next(line, &entry, &numbers);
                    self.entries.push(entry);
                }
                Err(Broken::Unreadable) if line == last_line && !is_whole => {}
                Err(broken) => self.broken.push((line, broken)),
            }
        }
        self.resolve(u64::MAX);
        if !is_whole {
            self.troubles.push(LogTrouble::HalfLine { line: last_line });
        }
    }

    /// What the broken lines were before the whole entry of this number: entries that were
    /// altered, as far as the numbers have a gap for them, else the rest of a line that was broken
    /// off, or something that was put in.
    fn resolve(&mut self, number: u64) {
        for (line, broken) in std::mem::take(&mut self.broken) {
            self.troubles.push(match broken {
                _ if self.seen.saturating_add(1) < number => {
                    self.seen += 1;
                    LogTrouble::Altered { number: self.seen, line }
                }
                Broken::Altered(number) => LogTrouble::Misplaced { number, line },
                Broken::Unreadable => LogTrouble::HalfLine { line },
            });
        }
    }

    /// An entry that is as it was written: whether it follows the one before.
    fn next(&mut self, line: usize, entry: &Entry, numbers: &BTreeSet<u64>) {
        let number = entry.number;
        // From both ends: what lies between may be more than can be counted.
        let is_missing = |number: &u64| !numbers.contains(number);
        let mut gap = self.seen.saturating_add(1)..number;
        let missing = gap.find(is_missing).map(|first| (first, gap.rfind(is_missing).unwrap_or(first)));
        let before = self.entries.last();
        let is_next = self.seen.checked_add(1) == Some(number);
        let is_chained = match before {
            Some(before) if before.number.checked_add(1) == Some(number) => before.hash == entry.previous,
            _ => number != 1 || entry.previous.is_empty(),
        };
        if before.is_some_and(|before| moment(entry) < moment(before)) {
            self.troubles.push(LogTrouble::ClockBackwards { number, line });
        }
        if let Some((first, last)) = missing {
            self.troubles.push(LogTrouble::Missing { first, last, line });
        } else if !is_next {
            self.troubles.push(LogTrouble::Misplaced { number, line });
        } else if !is_chained {
            // It is right in itself, and so the one before it was written anew.
            self.troubles.push(LogTrouble::Altered { number: number.saturating_sub(1), line: line.saturating_sub(1) });
        }
        self.seen = self.seen.max(number);
    }

    fn compare_head(&mut self, head: Option<&Head>) {
        let Some(head) = head else { return };
        let last = self.entries.last();
        let entries = last.map_or(0, |last| last.number);
        if entries < head.count {
            self.troubles.push(LogTrouble::CutOff { entries, were: head.count });
        } else if entries > head.count {
            self.troubles.push(LogTrouble::Beyond { were: head.count });
        } else if last.is_some_and(|last| last.hash != head.hash) {
            let line = self.entries.len() + 1;
            self.troubles.push(LogTrouble::Altered { number: entries, line });
        }
    }

    fn compare_case(&mut self, file: &CaseFile) {
        let saved = self.entries.iter().rev().find_map(|entry| entry.file.as_ref());
        match saved {
            Some(saved) if *saved != hexadecimal(&file.fingerprint()) => self.troubles.push(LogTrouble::CaseDiffers),
            // The one in which that is noted was another one.
            None if self.troubles.is_empty() && is_recorded(&file.case) => self.troubles.push(LogTrouble::Gone),
            Some(_) | None => {}
        }
    }
}

fn moment(entry: &Entry) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(&entry.at).ok()
}

/// Copies the log of a case to where the case was saved by another name. What is there already,
/// of a case that was replaced, is put aside beside its backups.
///
/// # Errors
/// The disk refuses.
pub fn carry(medium: &dyn Medium, from: &Path, to: &Path) -> Result<(), Failure> {
    if path(from) == path(to) {
        return Ok(());
    }
    put_aside(medium, to)?;
    let log = bytes(from)?;
    let head = last(log.as_deref().unwrap_or_default(), read_head(medium, from)?);
    if let Some(bytes) = log {
        atomic::create_with(medium, &path(to), &bytes, Rights::Like(to))?;
    }
    if head == Head::default() { Ok(()) } else { write_head(medium, to, &head) }
}

/// The files of a log that came with a case from elsewhere: the log itself, and its record.
///
/// # Errors
/// Never for the data of this program; the writer's reason is kept all the same.
pub fn brought(case: &Path, bytes: Vec<u8>) -> Result<[(PathBuf, Vec<u8>); 2], Failure> {
    let head = ron::to_string(&last(&bytes, None)).map_err(|error| Failure::Inside { reason: error.to_string() })?;
    Ok([(path(case), bytes), (head_path(case), head.into_bytes())])
}

/// Puts the log aside that a case of this name had before this one began, beside the backups.
///
/// # Errors
/// The disk refuses.
pub fn put_aside(medium: &dyn Medium, case: &Path) -> Result<(), Failure> {
    // The record last: without it nobody would miss the log.
    [path(case), head_path(case)].iter().try_for_each(|path| move_aside(medium, case, path))
}

fn move_aside(medium: &dyn Medium, case: &Path, path: &Path) -> Result<(), Failure> {
    let failed = |error| file_failure(path, &error);
    let bytes = match medium.read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        read => read.map_err(failed)?,
    };
    let folder = backup_folder(case);
    medium.make_folder(&folder).map_err(|error| file_failure(&folder, &error))?;
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let aside = path.with_extension(format!("{}.{ending}", &hexadecimal(&atomic::fingerprint(&bytes))[..16]));
    medium.rename(path, &folder.join(aside.file_name().unwrap_or_default())).map_err(failed)
}
