//! Asking for files and folders, behind a trait so that tests can answer.
//!
//! One question at a time; the answer is fetched frame by frame with [`Dialogs::poll`], so that
//! the window never waits. [`native`] asks with the dialogs of the system. Where there are none
//! the answer is [`Answer::Unavailable`], and the window asks with its own dialog over
//! [`browse`].

pub mod browse;
pub mod native;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A file that is there.
    File,
    /// A folder that is there.
    Folder,
    /// Where to save a file.
    NewFile,
}

/// The files that are offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// What they are, for people.
    pub name: String,
    /// How their names may end, without the dot; the first is given to a new file without any.
    pub extensions: Vec<String>,
}

impl Filter {
    /// Whether a file is of this sort, in any letter case.
    #[must_use]
    pub fn takes(&self, file: &Path) -> bool {
        let extension = file.extension().and_then(OsStr::to_str);
        extension.is_some_and(|extension| self.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
    }
}

/// A question for a file or a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What is asked for.
    pub wanted: Wanted,
    /// What it is for: the title of the dialog.
    pub title: String,
    /// The files that are offered; all without it.
    pub filter: Option<Filter>,
    /// Where to begin; the system decides without it.
    pub folder: Option<PathBuf>,
    /// The suggested name of a new file.
    pub name: String,
}

impl Question {
    /// Asks for a file.
    #[must_use]
    pub fn file(title: &str) -> Self {
        Self { wanted: Wanted::File, title: title.to_owned(), filter: None, folder: None, name: String::new() }
    }

    /// Asks for a folder.
    #[must_use]
    pub fn folder(title: &str) -> Self {
        Self { wanted: Wanted::Folder, ..Self::file(title) }
    }

    /// Asks where to save, suggesting a name.
    #[must_use]
    pub fn new_file(title: &str, name: &str) -> Self {
        Self { wanted: Wanted::NewFile, name: name.to_owned(), ..Self::file(title) }
    }

    /// Offers only such files.
    #[must_use]
    pub fn of(mut self, name: &str, extensions: &[&str]) -> Self {
        let extensions = extensions.iter().map(|&extension| extension.to_owned()).collect();
        self.filter = Some(Filter { name: name.to_owned(), extensions });
        self
    }

    /// Begins in this folder.
    #[must_use]
    pub fn beginning_in(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// The chosen path; that of a new file gets the extension of its sort.
    #[must_use]
    pub fn complete(&self, path: PathBuf) -> PathBuf {
        let Some(filter) = self.filter.as_ref().filter(|_| self.wanted == Wanted::NewFile) else { return path };
        match filter.extensions.first() {
            Some(extension) if !filter.takes(&path) => {
                let mut name = path.into_os_string();
                name.push(".");
                name.push(extension);
                name.into()
            }
            _ => path,
        }
    }
}

/// What became of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// This one.
    Chosen(PathBuf),
    /// None, after all.
    Cancelled,
    /// The question could not be shown.
    Unavailable,
}

/// Whoever asks the user for files.
pub trait Dialogs {
    /// Asks; while another question is open this does nothing.
    fn ask(&mut self, question: Question);

    /// Whether a question is open.
    fn is_open(&self) -> bool;

    /// The answer, once, as soon as it is there.
    fn poll(&mut self) -> Option<Answer>;
}
