//! What the window's own file dialog knows: where it is, what lies there, what was typed.
//!
//! It decides what a choice means; it draws nothing.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Answer, Question, Wanted};
use crate::model::failure::{Failure, FileTrouble};
use crate::store::file_failure;

/// The names in a folder, each sort in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The folders.
    pub folders: Vec<String>,
    /// The files that are offered.
    pub files: Vec<String>,
}

/// A row of a listing: each sort that is there has its heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// The folders follow.
    FoldersBelow,
    /// The name of a folder.
    Folder(String),
    /// The files follow.
    FilesBelow,
    /// The name of a file.
    File(String),
}

impl Listing {
    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        [&self.folders, &self.files].iter().filter(|names| !names.is_empty()).map(|names| names.len() + 1).sum()
    }

    /// A row, counted from 0.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<Row> {
        let folders = if self.folders.is_empty() { 0 } else { self.folders.len() + 1 };
        if at < folders {
            let name = at.checked_sub(1).map(|at| self.folders[at].clone());
            return Some(name.map_or(Row::FoldersBelow, Row::Folder));
        }
        match (at - folders).checked_sub(1) {
            None => (!self.files.is_empty()).then_some(Row::FilesBelow),
            Some(at) => self.files.get(at).cloned().map(Row::File),
        }
    }
}

/// A file dialog without its picture.
#[derive(Clone, Debug)]
pub struct Browser {
    /// What is asked.
    pub question: Question,
    /// The folder that is shown.
    pub folder: PathBuf,
    /// What lies there.
    pub listing: Listing,
    /// The field for the place: the folder, or whatever is being typed.
    pub place: String,
    /// The field for the name of the file.
    pub name: String,
    /// What went wrong last.
    pub trouble: Option<Failure>,
    /// A file that is there already, while it is asked whether to write over it.
    pub overwriting: Option<PathBuf>,
}

impl Browser {
    /// Begins in the folder of the question, or in the user's own.
    #[must_use]
    pub fn new(question: Question) -> Self {
        let folder = question.folder.clone().or_else(home).unwrap_or_else(|| PathBuf::from("/"));
        let mut browser = Self {
            name: question.name.clone(),
            question,
            folder: PathBuf::new(),
            listing: Listing::default(),
            place: String::new(),
            trouble: None,
            overwriting: None,
        };
        browser.go(&folder);
        browser
    }

    /// Shows a folder. One that cannot be read is told about, and the last one stays.
    pub fn go(&mut self, folder: &Path) {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        match list(&folder, &self.question) {
            Ok(listing) => {
                self.place = folder.display().to_string();
                self.folder = folder;
                self.listing = listing;
                self.trouble = None;
                if self.question.wanted == Wanted::File {
                    self.name.clear();
                }
            }
            Err(failure) => self.trouble = Some(failure),
        }
    }

    /// Shows the folder around this one.
    pub fn up(&mut self) {
        if let Some(parent) = self.folder.parent().map(Path::to_owned) {
            self.go(&parent);
        }
    }

    /// What the field for the place means: the folder that is shown, or what was typed there.
    fn typed_place(&self) -> PathBuf {
        let typed = without_quotes(&self.place);
        // A name that is no text is shown as one that does not exist.
        if typed.is_empty() || self.place == self.folder.display().to_string() {
            return self.folder.clone();
        }
        self.folder.join(typed)
    }

    /// Takes what was typed for the place: a folder is shown, a file is meant.
    pub fn go_to_place(&mut self) -> Option<Answer> {
        let typed = self.typed_place();
        let is_new = self.question.wanted == Wanted::NewFile && !typed.exists();
        if typed.is_file() || is_new && typed.parent().is_some_and(Path::is_dir) {
            return self.choose(&typed);
        }
        self.go(&typed);
        None
    }

    /// Takes what stands there now: the folder as shown or typed, or the named file in the one shown.
    pub fn confirm(&mut self) -> Option<Answer> {
        if self.question.wanted == Wanted::Folder {
            return self.choose(&self.typed_place());
        }
        let name = without_quotes(&self.name).to_owned();
        if name.is_empty() {
            return None;
        }
        let path = self.folder.join(name);
        if path.is_dir() {
            self.go(&path);
            return None;
        }
        self.choose(&path)
    }

    /// Takes this path, if it is what was asked for.
    pub fn choose(&mut self, path: &Path) -> Option<Answer> {
        let path = self.question.complete(path.to_owned());
        let wrong = match self.question.wanted {
            Wanted::File => fs::metadata(&path).map(|found| !found.is_file()),
            Wanted::Folder => fs::metadata(&path).map(|found| !found.is_dir()),
            Wanted::NewFile => fs::metadata(path.parent().unwrap_or(&path)).map(|found| !found.is_dir()),
        };
        self.trouble = match wrong {
            Err(error) => Some(file_failure(&path, &error)),
            Ok(true) => Some(Failure::File { path: path.clone(), trouble: FileTrouble::WrongSort }),
            Ok(false) => None,
        };
        if self.trouble.is_some() {
            return None;
        }
        if self.question.wanted == Wanted::NewFile && path.exists() {
            self.overwriting = Some(path);
            return None;
        }
        Some(Answer::Chosen(path))
    }
}

/// The user's own folder.
#[must_use]
pub fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|folder| folder.is_dir())
}

/// A path as it is copied from elsewhere.
fn without_quotes(typed: &str) -> &str {
    typed.trim().trim_matches('"')
}

/// What lies in a folder, without what is hidden.
fn list(folder: &Path, question: &Question) -> Result<Listing, Failure> {
    let failed = |error| file_failure(folder, &error);
    let mut listing = Listing::default();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        // A name that is no text cannot be shown, and could not be chosen by what is shown.
        let Some(name) = path.file_name().and_then(|name| name.to_str()).map(str::to_owned) else { continue };
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            listing.folders.push(name);
        } else if question.wanted != Wanted::Folder && question.filter.as_ref().is_none_or(|sort| sort.takes(&path)) {
            listing.files.push(name);
        }
    }
    listing.folders.sort_by_key(|name| name.to_lowercase());
    listing.files.sort_by_key(|name| name.to_lowercase());
    Ok(listing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sort_that_is_there_has_a_heading() {
        let (folder, file) = (vec!["甲".to_owned()], vec!["乙".to_owned()]);
        let rows = |folders: &[String], files: &[String]| -> Vec<Row> {
            let listing = Listing { folders: folders.to_vec(), files: files.to_vec() };
            assert_eq!(listing.row(listing.rows()), None);
            (0..listing.rows()).map(|at| listing.row(at).expect("a row")).collect()
        };
        let (folders, files) =
            ([Row::FoldersBelow, Row::Folder("甲".into())], [Row::FilesBelow, Row::File("乙".into())]);
        assert_eq!(rows(&folder, &file), [folders.clone(), files.clone()].concat());
        assert_eq!(rows(&folder, &[]), folders);
        assert_eq!(rows(&[], &file), files);
        assert!(rows(&[], &[]).is_empty());
    }
}
