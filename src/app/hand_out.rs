//! Drafts as PDFs and on paper. What is handed out for good is the matter of `paperwork`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::dialogs::Question;
use crate::export::{Exporter, Refusal, safe_file_name};
use crate::layout::Edition;
use crate::messages::{self, command as words, done};
use crate::model::log::Event;
use crate::print;
use crate::store::template_file::Library;
use crate::ui::Action;

use super::jobs::{Done, ToNote};
use super::{App, Purpose, Then};

/// The job that writes PDFs.
pub(super) const EXPORTING: &str = "write papers";

impl App {
    /// Whether papers can be made: typed text that is no value would be missing on them.
    pub(super) fn is_readable(&mut self) -> bool {
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

    pub(super) fn in_folder(&self, question: Question) -> Question {
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
        let mut notes: Vec<_> = documents.iter().map(|at| self.draft_written(Some(*at))).collect();
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
            notes.truncate(written.len());
            Done::HandedOut(written, refusal.err(), notes.into_iter().flatten().collect())
        });
    }

    /// The entry of the log for a draft of a document, or of all in one file.
    fn draft_written(&self, at: Option<usize>) -> Option<ToNote> {
        let open = &self.opened.as_ref()?.open;
        let document = at.and_then(|at| open.case().documents.get(at));
        let form = document.map(|document| document.form.clone()).unwrap_or_default();
        Some((open.file()?.clone(), Event::Exported { form, draft: true, revision: None, is_old: false }))
    }

    /// Writes all documents into one PDF.
    pub(super) fn export_together(&mut self, path: PathBuf) {
        let Some(opened) = &self.opened else { return };
        let (library, today, case) = (Arc::clone(&self.library), (self.today)(), opened.open.case().clone());
        let note = self.draft_written(None);
        self.jobs.start(EXPORTING, move || {
            let refusal = Exporter::new(&library, today)
                .map_err(Refusal::from)
                .and_then(|exporter| exporter.write_together(&case, &path));
            match refusal {
                Ok(()) => Done::HandedOut(vec![path], None, note.into_iter().collect()),
                Err(refusal) => Done::HandedOut(Vec::new(), Some(refusal), Vec::new()),
            }
        });
    }

    /// Writes an empty form.
    pub(super) fn export_empty(&mut self, form: String, path: PathBuf) {
        let (library, today) = (Arc::clone(&self.library), (self.today)());
        self.jobs.start(EXPORTING, move || {
            let refusal = Exporter::new(&library, today)
                .map_err(Refusal::from)
                .and_then(|exporter| exporter.write_empty(&form, &path));
            match refusal {
                Ok(()) => Done::HandedOut(vec![path], None, Vec::new()),
                Err(refusal) => Done::HandedOut(Vec::new(), Some(refusal), Vec::new()),
            }
        });
    }

    pub(super) fn handed_out(&mut self, paths: &[PathBuf], refusal: Option<Refusal>, notes: Vec<ToNote>) {
        self.note_all(notes);
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

    pub(super) fn refused(&mut self, refusal: Refusal) {
        match refusal {
            Refusal::Failure(failure) => self.tell(&failure),
            Refusal::Problems(problems) => {
                self.toasts.trouble(&done::problems(problems.len()));
                if let Some(opened) = &mut self.opened {
                    opened.problem_list.is_open = true;
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
        let form = case.documents[at].form.clone();
        let note = opened
            .open
            .file()
            .map(|file| (file.clone(), Event::Printed { form, draft: true, revision: None, is_old: false }));
        self.jobs.start("write paper and print", move || {
            let printed = write_one(&library, today, &case, at, &folder).and_then(|path| {
                let printed = print::print(&path)?;
                Ok((path, printed))
            });
            let note = note.filter(|_| printed.is_ok());
            Done::Printed(printed, note.map(Box::new))
        });
    }

    pub(super) fn printed(&mut self, result: Result<(PathBuf, print::Printed), Refusal>, note: Option<Box<ToNote>>) {
        self.note_all(note.map(|note| *note));
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
