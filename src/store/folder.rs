//! The cases of a folder.

use std::fs::{DirEntry, Metadata};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::{Instant, SystemTime};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::case::{Case, Document};
use crate::model::closing::Outcome;
use crate::model::failure::Failure;
use crate::model::follow_up::{self, FollowUp};
use crate::model::form::Meaning;
use crate::model::process::{Action, Standing, standing};
use crate::model::search::{Person, fold, meant};
use crate::model::value::{Key, Value};

use super::case_file::{self, CaseFile};
use super::index::{self, Index, Stamp};
use super::template_file::Library;
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

/// What a list shows of a case. Nothing of it depends on today but what is asked with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// ケース番号.
    pub number: String,
    /// What tells the case from every other one; empty in a file that is older than that.
    pub id: String,
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
    /// The documents.
    pub documents: Vec<Filled>,
    /// Where the case stands. By when is asked with [`Self::due`], and never kept here.
    pub standing: Standing,
    /// Every day to keep in view, whatever day it is; the earliest first.
    pub days: Vec<FollowUp>,
    /// The case is of a newer format: it may be looked at, never written.
    pub is_newer: bool,
    /// What the case is found by, [folded](fold), a line for each.
    pub folded: String,
}

/// A document of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filled {
    /// Its identity.
    pub id: u32,
    /// Its form.
    pub form: Key,
    /// Whether anything is entered there.
    pub is_filled: bool,
}

impl Summary {
    /// The summary of a case.
    #[must_use]
    pub fn new(case: &Case, is_newer: bool, library: &Library) -> Self {
        let people = &library.people;
        let text = |meaning| meant(case, people, meaning).and_then(Value::as_text).unwrap_or_default().to_owned();
        let (name, kana) = (text(Meaning::PatientName), text(Meaning::PatientKana));
        let (company, chart_number) = (text(Meaning::EmployerName), text(Meaning::ChartNumber));
        let folded = [&case.number, &name, &kana, &company, &chart_number].map(|text| fold(text)).join("\n");
        let filled = |one: &Document| Filled { id: one.id, form: one.form.clone(), is_filled: one.has_content() };
        Self {
            number: case.number.clone(),
            id: case.id.clone(),
            birth_date: meant(case, people, Meaning::BirthDate).and_then(Value::as_date),
            documents: case.documents.iter().map(filled).collect(),
            standing: Standing { due: None, ..standing(case, &library.forms, NaiveDate::MAX) },
            days: follow_up::days(case, &library.forms),
            name,
            kana,
            company,
            chart_number,
            is_newer,
            folded,
        }
    }

    /// Whose case it is.
    #[must_use]
    pub fn person(&self) -> Person {
        Person::new(&self.name, &self.chart_number, self.birth_date)
    }

    /// What it is sorted by among names: フリガナ, or the name where there is none; folded.
    #[must_use]
    pub fn sort_name(&self) -> &str {
        let mut lines = self.folded.split('\n').skip(1);
        let (name, kana) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        if kana.is_empty() { name } else { kana }
    }

    /// The key of the form that the case hangs on.
    #[must_use]
    pub fn form(&self) -> Option<&Key> {
        Some(&self.documents.get(self.standing.document?)?.form)
    }

    /// The key of the form of the document that a day is about.
    #[must_use]
    pub fn form_of(&self, day: &FollowUp) -> Option<&Key> {
        self.documents.iter().find(|one| Some(one.id) == day.document).map(|one| &one.form)
    }

    /// How the case ended, unless it is open.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        match self.standing.action {
            Action::Closed { outcome } => Some(outcome),
            _ => None,
        }
    }

    /// What is coming up, the earliest first.
    pub fn follow_ups(&self, today: NaiveDate) -> impl Iterator<Item = &FollowUp> {
        self.days.iter().filter(move |one| one.matters(today))
    }

    /// What is due first; what is overdue comes before what is still to come.
    #[must_use]
    pub fn next(&self, today: NaiveDate) -> Option<&FollowUp> {
        self.follow_ups(today).next()
    }

    /// The day on which something is due first.
    #[must_use]
    pub fn due(&self, today: NaiveDate) -> Option<NaiveDate> {
        self.next(today).map(|one| one.on)
    }
}

/// Every case of a folder, or why it cannot be read; sorted by file name. Other `.ron` files
/// are reported too: one bad file never hides the others.
///
/// # Errors
/// The folder itself cannot be read.
pub fn cases(folder: &Path) -> Result<Vec<Entry>, Failure> {
    let files = case_files(folder)?;
    Ok(files.into_iter().map(|file| (file.path.clone(), CaseFile::read(&file.path))).collect())
}

/// The same as summaries, read by several threads; what the [`index`] knows is not read again.
/// `progress` hears how many of how many are there, and `cancelled` is asked whether to stop: then
/// only what was read comes back. Both are called in the thread of the caller.
///
/// # Errors
/// The folder itself cannot be read.
pub fn summaries(
    folder: &Path,
    library: &Library,
    progress: &dyn Fn(usize, usize),
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Listed>, Failure> {
    let started = Instant::now();
    let found = find(folder, library, progress, cancelled)?;
    if found.is_new && found.listed.len() == found.files.len() {
        keep(folder, library, started, &found.files, &found.listed);
    }
    Ok(found.listed)
}

/// The same for who only looks: an index that is there is used, and nothing is written.
///
/// # Errors
/// The folder itself cannot be read.
pub fn peek(folder: &Path, library: &Library) -> Result<Vec<Listed>, Failure> {
    Ok(find(folder, library, &|_, _| {}, &|| false)?.listed)
}

/// What was found in a folder.
struct Found {
    files: Vec<CaseName>,
    /// Sorted as the files are.
    listed: Vec<Listed>,
    /// The index says something else.
    is_new: bool,
}

fn find(
    folder: &Path,
    library: &Library,
    progress: &dyn Fn(usize, usize),
    cancelled: &dyn Fn() -> bool,
) -> Result<Found, Failure> {
    let files = case_files(folder)?;
    let mut index = Index::read(folder, library);
    let (mut listed, mut unknown) = (Vec::with_capacity(files.len()), Vec::new());
    for file in &files {
        match file.known(&mut index) {
            Some(known) => listed.push(known),
            None => unknown.push(file),
        }
    }
    let before = listed.len();
    let tell = |read| progress(before + read, files.len());
    let read = read_all(&unknown, library, &tell, cancelled);
    let is_new = read.iter().any(|one| one.what.is_ok()) || !index.is_used_up();
    listed.extend(read);
    listed.sort_by(|a, b| by_name(&a.path, &b.path));
    Ok(Found { files, listed, is_new })
}

/// Reads files by several threads.
fn read_all(
    files: &[&CaseName],
    library: &Library,
    progress: &dyn Fn(usize),
    cancelled: &dyn Fn() -> bool,
) -> Vec<Listed> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS).min(files.len());
    let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
    // Bounded, so that little is read in vain after a cancel.
    let (sender, receiver) = mpsc::sync_channel(MOST_THREADS);
    let mut listed = Vec::with_capacity(files.len());
    progress(0);
    thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next, is_over) = (sender.clone(), &next, &is_over);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed)
                    && let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed))
                    && sender.send(file.read(library)).is_ok()
                {}
            });
        }
        drop(sender);
        for one in receiver {
            listed.push(one);
            progress(listed.len());
            if cancelled() {
                is_over.store(true, Ordering::Relaxed);
            }
        }
    });
    listed
}

/// Writes the index anew. What cannot be read is tried again every time. Both lists are sorted.
fn keep(folder: &Path, library: &Library, started: Instant, files: &[CaseName], listed: &[Listed]) {
    let entries: Vec<_> = files
        .iter()
        .zip(listed)
        .filter_map(|(file, one)| Some((file.name()?, (file.stamp()?, one.what.as_ref().ok()?))))
        .collect();
    let rights: Vec<_> =
        files.iter().filter_map(|file| Some((&*file.path, file.about.as_ref()?.permissions()))).collect();
    index::write(folder, library, started.elapsed(), &entries, index::rights(&rights));
}

/// One file of a folder as a list shows it; to bring a list up to date after a save.
#[must_use]
pub fn list_one(path: &Path, library: &Library) -> Listed {
    CaseName { path: path.to_owned(), about: std::fs::metadata(path).ok() }.read(library)
}

/// A file that may be a case, and what the system says about it.
struct CaseName {
    path: PathBuf,
    about: Option<Metadata>,
}

impl CaseName {
    /// What is found under a name, unless that is a folder, or no name of a case.
    fn new(entry: &DirEntry) -> Option<Self> {
        let path = entry.path();
        let is_link = entry.file_type().is_ok_and(|sort| sort.is_symlink());
        let about = if is_link { std::fs::metadata(&path) } else { entry.metadata() };
        let is_folder = about.as_ref().is_ok_and(Metadata::is_dir);
        (is_case_name(&path) && !is_folder).then_some(Self { path, about: about.ok() })
    }

    fn name(&self) -> Option<&str> {
        self.path.file_name()?.to_str()
    }

    fn stamp(&self) -> Option<Stamp> {
        self.about.as_ref().and_then(Stamp::of)
    }

    fn changed(&self) -> Option<SystemTime> {
        self.about.as_ref().and_then(|about| about.modified().ok())
    }

    /// What the index knows of it.
    fn known(&self, index: &mut Index) -> Option<Listed> {
        let summary = index.take(self.name()?, self.stamp()?)?;
        Some(Listed { path: self.path.clone(), changed: self.changed(), what: Ok(summary) })
    }

    fn read(&self, library: &Library) -> Listed {
        let case = ron_text::read_file(&self.path).and_then(|(text, _)| case_file::parse(&self.path, &text));
        let what = case.map(|(case, is_newer)| Summary::new(&case, is_newer, library));
        Listed { path: self.path.clone(), changed: self.changed(), what }
    }
}

/// The files of a folder that may be cases, sorted by name.
fn case_files(folder: &Path) -> Result<Vec<CaseName>, Failure> {
    let failed = |error| file_failure(folder, &error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        files.extend(CaseName::new(&entry.map_err(failed)?));
    }
    files.sort_by(|a, b| by_name(&a.path, &b.path));
    Ok(files)
}

/// The order of two files of one folder. Comparing paths part by part would take long for many.
fn by_name(a: &Path, b: &Path) -> std::cmp::Ordering {
    a.as_os_str().cmp(b.as_os_str())
}

fn is_case_name(path: &Path) -> bool {
    let is_hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
    !is_hidden && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron"))
}
