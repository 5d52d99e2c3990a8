//! PDFs and paper.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::dialogs::Question;
use crate::export::{Exporter, Refusal, safe_file_name};
use crate::layout::Edition;
use crate::messages::{self, command as words, done};
use crate::print;
use crate::store::template_file::Library;
use crate::ui::Action;

use super::jobs::Done;
use super::{App, Purpose, Then};

/// The job that writes PDFs.
const EXPORTING: &str = "write papers";

impl App {
    /// Whether papers can be made: typed text that is no value would be missing on them.
    fn is_readable(&mut self) -> bool {
        let count = self.opened.as_ref().map_or(0, |opened| opened.open.pending().len());
        if count > 0 {
            self.tells_unread = true;
            self.toasts.trouble(&done::unread_papers(count));
        }
        count == 0
    }

    /// Asks for the folder of a PDF of the shown document.
    pub(super) fn ask_export(&mut self, all: bool) {
        if !self.is_readable() {
            return;
        }
        let Some(at) = self.opened.as_ref().and_then(super::opened::Opened::document) else {
            self.toasts.done(done::NO_DOCUMENT);
            return;
        };
        let (purpose, title) = if all {
            (Purpose::ExportAll, words::EXPORT_ALL)
        } else {
            (Purpose::ExportDocument(at), words::EXPORT_DOCUMENT)
        };
        let question = self.in_folder(Question::folder(title));
        self.ask(purpose, question);
    }

    /// Asks for the file of all documents in one.
    pub(super) fn ask_export_together(&mut self) {
        if !self.is_readable() {
            return;
        }
        let Some(opened) = self.opened.as_ref().filter(|opened| opened.document().is_some()) else {
            self.toasts.done(done::NO_DOCUMENT);
            return;
        };
        let name = format!("{}.pdf", safe_file_name(&opened.open.case().number));
        let question = Question::new_file(words::EXPORT_TOGETHER, &name).of(done::PDF_FILES, &["pdf"]);
        let question = self.in_folder(question);
        self.ask(Purpose::ExportTogether, question);
    }

    /// Asks for the file of an empty form.
    pub(super) fn ask_export_empty(&mut self) {
        let document = self.opened.as_ref().and_then(|opened| opened.open.case().documents.get(opened.document()?));
        let Some(form) = document.and_then(|document| self.library.forms.get(&document.form)) else {
            self.toasts.done(done::NO_DOCUMENT);
            return;
        };
        let name = format!("{}.pdf", safe_file_name(&messages::done::empty_form(&form.short_title)));
        let question = Question::new_file(words::EXPORT_EMPTY, &name).of(done::PDF_FILES, &["pdf"]);
        let purpose = Purpose::ExportEmpty(form.key.clone());
        let question = self.in_folder(question);
        self.ask(purpose, question);
    }

    fn in_folder(&self, question: Question) -> Question {
        match self.folder() {
            Some(folder) => question.beginning_in(folder),
            None => question,
        }
    }

    /// Writes PDFs of these documents into a folder.
    pub(super) fn export(&mut self, documents: Vec<usize>, folder: &Path) {
        let Some(opened) = &self.opened else { return };
        let (library, today) = (Arc::clone(&self.library), (self.today)());
        let (case, folder) = (opened.open.case().clone(), folder.to_owned());
        self.jobs.start(EXPORTING, move || {
            let mut written = Vec::new();
            let refusal = (|| {
                let mut exporter = Exporter::new(&library, today)?;
                // What is wrong on one page keeps all of them back.
                for at in &documents {
                    exporter.pdf(&case, *at, Edition::Draft)?;
                }
                for at in documents {
                    written.push(exporter.write(&case, at, &folder)?);
                }
                Ok(())
            })();
            Done::HandedOut(written, refusal.err())
        });
    }

    /// Writes all documents into one PDF.
    pub(super) fn export_together(&mut self, path: PathBuf) {
        let Some(opened) = &self.opened else { return };
        let (library, today, case) = (Arc::clone(&self.library), (self.today)(), opened.open.case().clone());
        self.jobs.start(EXPORTING, move || {
            let refusal = Exporter::new(&library, today)
                .map_err(Refusal::from)
                .and_then(|exporter| exporter.write_together(&case, &path));
            Done::HandedOut(if refusal.is_ok() { vec![path] } else { Vec::new() }, refusal.err())
        });
    }

    /// Writes an empty form.
    pub(super) fn export_empty(&mut self, form: String, path: PathBuf) {
        let (library, today) = (Arc::clone(&self.library), (self.today)());
        self.jobs.start(EXPORTING, move || {
            let refusal = Exporter::new(&library, today)
                .map_err(Refusal::from)
                .and_then(|exporter| exporter.write_empty(&form, &path));
            Done::HandedOut(if refusal.is_ok() { vec![path] } else { Vec::new() }, refusal.err())
        });
    }

    pub(super) fn handed_out(&mut self, paths: &[PathBuf], refusal: Option<Refusal>) {
        match paths {
            [] => {}
            [path, others @ ..] => {
                let folder = path.parent().unwrap_or(path);
                let shown = if others.is_empty() { path } else { folder };
                let text = done::exported(paths.len(), &shown.display().to_string());
                self.toasts.done_with(text, done::REVEAL, Action::Reveal(folder.to_owned()));
            }
        }
        if let Some(refusal) = refusal {
            self.refused(refusal);
        }
    }

    fn refused(&mut self, refusal: Refusal) {
        match refusal {
            Refusal::Failure(failure) => self.tell(&failure),
            Refusal::Problems(problems) => {
                self.toasts.trouble(&done::problems(problems.len()));
                if let Some(opened) = &mut self.opened {
                    opened.shows_problems = true;
                }
            }
        }
    }

    /// Prints the shown document. Its PDF is kept beside the case, where a printed paper can be
    /// compared with it; so a case that was never saved is saved first.
    pub(super) fn print(&mut self) {
        if !self.is_readable() {
            return;
        }
        let Some(opened) = &self.opened else { return };
        let Some(at) = opened.document() else {
            self.toasts.done(done::NO_DOCUMENT);
            return;
        };
        let Some(folder) = opened.open.path().and_then(Path::parent).map(Path::to_owned) else {
            self.save(Then::Print);
            return;
        };
        let (library, today, case) = (Arc::clone(&self.library), (self.today)(), opened.open.case().clone());
        self.jobs.start("write paper and print", move || {
            let printed = write_one(&library, today, &case, at, &folder).and_then(|path| {
                let printed = print::print(&path)?;
                Ok((path, printed))
            });
            Done::Printed(printed)
        });
    }

    pub(super) fn printed(&mut self, result: Result<(PathBuf, print::Printed), Refusal>) {
        match result {
            Ok((path, print::Printed::Sent)) => self.toasts.done(done::printed(&path.display().to_string())),
            Ok((path, print::Printed::OpenedViewer)) => self.toasts.done(done::viewer(&path.display().to_string())),
            Err(refusal) => self.refused(refusal),
        }
    }
}

fn write_one(
    library: &Library,
    today: chrono::NaiveDate,
    case: &crate::model::case::Case,
    at: usize,
    folder: &Path,
) -> Result<PathBuf, Refusal> {
    Exporter::new(library, today)?.write(case, at, folder)
}
