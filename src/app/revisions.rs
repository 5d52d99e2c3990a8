//! What was handed out, once more: the kept PDFs written and printed unchanged, marked as old ones,
//! or two of them side by side.

use std::path::{Path, PathBuf};

use crate::dialogs::Question;
use crate::export::safe_file_name;
use crate::messages::{self, sheets};
use crate::model::failure::Failure;
use crate::model::revision::{KeptFile, Revision};
use crate::preview::{Pixels, draw};
use crate::print;
use crate::store::atomic::{self, Disk, Medium};
use crate::store::kept;
use crate::ui::dialog::{Compare, Dialog};

use super::hand_out::EXPORTING;
use super::jobs::Done;
use super::{App, Purpose, Then};

/// How wide the pages are drawn that are compared, in pixels.
const COMPARED: u32 = 900;
/// The most pages of a revision that are drawn.
const MOST_PAGES: usize = 8;

/// The kept PDFs of a revision, and where they are.
struct Copies {
    /// The case file.
    path: PathBuf,
    files: Vec<KeptFile>,
    /// What their names begin with elsewhere.
    number: String,
}

impl Copies {
    /// Writes what becomes of each kept PDF into a folder, over nothing but the very same.
    fn write(&self, folder: &Path, make: impl Fn(Vec<u8>) -> Result<Vec<u8>, Failure>, added: &str) -> (Vec<PathBuf>, Option<Failure>) {
        let mut written = Vec::new();
        for file in &self.files {
            let path = folder.join(format!("{}_{added}{}", safe_file_name(&self.number), file.name));
            let made = kept::read(&Disk, &self.path, file).and_then(&make);
            match made.and_then(|bytes| put(&path, &bytes)) {
                Ok(()) => written.push(path),
                Err(failure) => return (written, Some(failure)),
            }
        }
        (written, None)
    }
}

/// Writes a file; one that says the same already is left alone.
fn put(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    match Disk.read(path) {
        Ok(there) if there == bytes => Ok(()),
        _ => atomic::create(&Disk, path, bytes),
    }
}

impl App {
    fn revision(&self, document: usize, number: u32) -> Option<&Revision> {
        let document = self.opened.as_ref()?.open.case().documents.get(document)?;
        document.revisions.iter().map(AsRef::as_ref).find(|revision| revision.number == number)
    }

    fn copies(&self, document: usize, revision: u32) -> Option<Copies> {
        let open = &self.opened.as_ref()?.open;
        let files = self.revision(document, revision)?.copies.iter().map(|copy| copy.file.clone()).collect();
        Some(Copies { path: open.path()?.to_owned(), files, number: open.case().number.clone() })
    }

    /// Asks for the folder of what is written once more.
    pub(super) fn ask_again(&mut self, document: usize, revision: u32) {
        let question = self.in_folder(Question::folder(sheets::WRITE_AGAIN));
        self.ask(Purpose::Again(document, revision), question);
    }

    /// Asks for the folder of copies that say that they are old.
    pub(super) fn ask_old(&mut self, document: usize, revision: u32) {
        let question = self.in_folder(Question::folder(sheets::WRITE_OLD));
        self.ask(Purpose::OldVersion(document, revision), question);
    }

    /// Writes the kept PDFs of a revision, unchanged.
    pub(super) fn write_again(&mut self, document: usize, revision: u32, folder: PathBuf) {
        let Some(copies) = self.copies(document, revision) else { return };
        self.jobs.start(EXPORTING, move || {
            let (written, failure) = copies.write(&folder, Ok, "");
            Done::HandedOut(written, failure.map(Into::into))
        });
    }

    /// Writes the kept PDFs of a revision with 旧版 across each page.
    pub(super) fn write_old(&mut self, document: usize, revision: u32, folder: PathBuf) {
        let Some(copies) = self.copies(document, revision) else { return };
        self.jobs.start(EXPORTING, move || {
            let make = |bytes: Vec<u8>| crate::export::old_version_copy(&bytes);
            let (written, failure) = copies.write(&folder, make, sheets::OLD_NAME);
            Done::HandedOut(written, failure.map(Into::into))
        });
    }

    /// Prints the kept PDFs of a revision, unchanged.
    pub(super) fn print_again(&mut self, document: usize, revision: u32) {
        let Some(copies) = self.copies(document, revision) else { return };
        self.jobs.start("write paper and print", move || {
            let print = |file: &KeptFile| {
                kept::read(&Disk, &copies.path, file)?;
                let path = kept::path(&copies.path, file);
                print::print(&path).map(|printed| (path, printed))
            };
            let printed: Result<Vec<_>, Failure> = copies.files.iter().map(print).collect();
            match printed.map(|mut printed| printed.pop()) {
                Ok(Some(last)) => Done::Printed(Ok(last)),
                Ok(None) => Done::Nothing,
                Err(failure) => Done::Printed(Err(failure.into())),
            }
        });
    }

    /// Shows two revisions side by side.
    pub(super) fn compare_revisions(&mut self, document: usize, revisions: (u32, u32)) {
        let title = self.surroundings().titles().into_iter().nth(document).unwrap_or_default();
        let rows = self.revision_rows(document, revisions);
        self.question(Dialog::Compare(Box::new(Compare::new(title, revisions, rows))), Then::Stay);
        let sides = [revisions.0, revisions.1].map(|number| self.copies(document, number));
        let opening = self.openings;
        self.jobs.start("drawing revisions", move || Done::PagesDrawn(opening, sides.map(|side| pages(side.as_ref()))));
    }

    /// Field by field what differs, in words.
    fn revision_rows(&self, document: usize, (left, right): (u32, u32)) -> Vec<(String, String, String)> {
        let form = self.opened.as_ref().and_then(|opened| opened.open.case().documents.get(document));
        let form = form.and_then(|document| self.library.forms.get(&document.form));
        let (Some(left), Some(right)) = (self.revision(document, left), self.revision(document, right)) else {
            return Vec::new();
        };
        messages::differences(form, &left.values, &right.values)
    }

    /// The pages to compare were drawn.
    pub(super) fn pages_drawn(&mut self, pages: [Result<Vec<Pixels>, String>; 2]) {
        if let Some(Dialog::Compare(compare)) = &mut self.dialog {
            compare.take(pages);
        }
    }
}

/// The pages of the first kept PDF of a revision, or why there are none to be seen.
fn pages(copies: Option<&Copies>) -> Result<Vec<Pixels>, String> {
    let words = |failure: &Failure| App::message(failure).sentences();
    let nothing = || sheets::NO_COPY_KEPT.to_owned();
    let copies = copies.ok_or_else(nothing)?;
    let file = copies.files.first().ok_or_else(nothing)?;
    let bytes = kept::read(&Disk, &copies.path, file).map_err(|failure| words(&failure))?;
    let drawn = draw::draw(&bytes, COMPARED, &(0..MOST_PAGES));
    let pages = drawn.map_err(|reason| words(&Failure::Inside { reason }))?;
    Ok(pages.into_iter().flatten().collect())
}
