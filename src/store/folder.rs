//! The cases of a folder.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::SystemTime;

use chrono::NaiveDate;

use crate::model::case::Case;
use crate::model::failure::Failure;
use crate::model::form::Meaning;
use crate::model::people::People;
use crate::model::search::{Person, fold, meant};
use crate::model::value::{Key, Value};

use super::atomic::{Disk, Medium};
use super::case_file::{self, CaseFile};
use super::{file_failure, ron_text};

/// The most threads that read one folder.
const MOST_THREADS: usize = 8;

/// A file of a folder with the case in it, or why it cannot be read.
pub type Entry = (PathBuf, Result<CaseFile, Failure>);

/// A file of a folder with what a list shows of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed {
    /// The file.
    pub path: PathBuf,
    /// When it was changed last.
    pub changed: Option<SystemTime>,
    /// What a list shows of it, or why it cannot be read.
    pub what: Result<Summary, Failure>,
}

/// What a list shows of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// ケース番号.
    pub number: String,
    /// The patient's name; empty like all else that is not entered yet.
    pub name: String,
    /// Its フリガナ.
    pub kana: String,
    /// The employer's name.
    pub company: String,
    /// 患者番号.
    pub chart_number: String,
    /// The patient's day of birth.
    pub birth_date: Option<NaiveDate>,
    /// The form of each document, and whether anything is entered there.
    pub filled: Vec<(Key, bool)>,
    /// The case is of a newer format: it may be looked at, never written.
    pub is_newer: bool,
    /// What the case is found by, [folded](fold), a line for each.
    pub folded: String,
}

impl Summary {
    /// Whose case it is.
    #[must_use]
    pub fn person(&self) -> Person {
        Person::new(&self.name, &self.chart_number, self.birth_date)
    }

    /// The summary of a case.
    #[must_use]
    pub fn new(case: &Case, is_newer: bool, people: &People) -> Self {
        let text = |meaning| meant(case, people, meaning).and_then(Value::as_text).unwrap_or_default().to_owned();
        let (name, kana) = (text(Meaning::PatientName), text(Meaning::PatientKana));
        let (company, chart_number) = (text(Meaning::EmployerName), text(Meaning::ChartNumber));
        let folded = [&case.number, &name, &kana, &company, &chart_number].map(|text| fold(text)).join("\n");
        let is_filled = |value: &Value| !value.is_empty();
        let documents = case.documents.iter();
        Self {
            number: case.number.clone(),
            birth_date: meant(case, people, Meaning::BirthDate).and_then(Value::as_date),
            filled: documents.map(|one| (one.form.clone(), one.values.values().any(is_filled))).collect(),
            name,
            kana,
            company,
            chart_number,
            is_newer,
            folded,
        }
    }
}

/// Every case of a folder, or why it cannot be read; sorted by file name. Other `.ron` files
/// are reported too: one bad file never hides the others.
///
/// # Errors
/// The folder itself cannot be read.
pub fn cases(folder: &Path) -> Result<Vec<Entry>, Failure> {
    let files = case_files(folder)?;
    Ok(files.into_iter().map(|file| (file.clone(), CaseFile::read(&file))).collect())
}

/// The same as summaries, read by several threads. `progress` hears how many of how many are
/// read, and `cancelled` is asked whether to stop: then only what was read comes back. Both are
/// called in the thread of the caller.
///
/// # Errors
/// The folder itself cannot be read.
pub fn summaries(
    folder: &Path,
    people: &People,
    progress: &dyn Fn(usize, usize),
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Listed>, Failure> {
    let files = case_files(folder)?;
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS).min(files.len());
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    // Bounded, so that little is read in vain after a cancel.
    let (sender, receiver) = mpsc::sync_channel(MOST_THREADS);
    let mut listed = Vec::with_capacity(files.len());
    progress(0, files.len());
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, files, next, is_over) = (sender.clone(), &files, &next, &is_over);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed)
                    && let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed))
                    && sender.send(list_one(file, people)).is_ok()
                {}
            });
        }
        drop(sender);
        for one in receiver {
            listed.push(one);
            progress(listed.len(), files.len());
            if cancelled() {
                is_over.store(true, Ordering::Relaxed);
            }
        }
    });
    listed.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(listed)
}

/// One file of a folder as a list shows it; to bring a list up to date after a save.
#[must_use]
pub fn list_one(path: &Path, people: &People) -> Listed {
    let changed = std::fs::metadata(path).and_then(|about| about.modified()).ok();
    let case = ron_text::read_file(path).and_then(|(text, _)| case_file::parse(path, &text));
    let what = case.map(|(case, is_newer)| Summary::new(&case, is_newer, people));
    Listed { path: path.to_owned(), changed, what }
}

/// The files of a folder that may be cases, sorted by name.
fn case_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Disk.list(folder).map_err(|error| file_failure(folder, &error))?;
    files.retain(|file| is_case_name(file));
    files.sort();
    Ok(files)
}

fn is_case_name(path: &Path) -> bool {
    let is_hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    !is_hidden && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")) && !path.is_dir()
}
