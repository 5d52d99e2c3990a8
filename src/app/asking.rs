//! Questions for files and folders, and where their answers go.

use std::path::PathBuf;

use crate::dialogs::{Answer, Question};
use crate::ui::file_dialog::FileDialog;

use super::{App, Then};

/// What a question for a file is about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Purpose {
    OpenCase,
    ChooseFolder,
    SaveAs(Then),
    ExportDocument(usize),
    ExportAll,
    ExportTogether,
    ExportEmpty(String),
    /// The scan for the shown sheet.
    Scan,
    /// The folder for the shown sheet.
    HandOutFolder,
    /// The file for the shown sheet.
    ShareFile,
    /// The reply for the shown sheet.
    ReplyFile,
    /// The folder for the kept PDFs of a revision.
    Again {
        /// The document, by its place in the case.
        document: usize,
        /// The number of the revision.
        revision: u32,
        /// The copies say that they are of an old version.
        is_old: bool,
    },
    /// The text of the log.
    LogText,
    /// The reply to what was received.
    Reply(Then),
    /// The folder for the PDFs that were received.
    ReceivedPdfs,
    /// The file of a case that was handed over.
    TakeOver,
    /// The calendar of the folder.
    Calendar {
        has_names: bool,
    },
}

impl App {
    /// Asks for a file or folder; the answer comes to [`Self::answered`].
    pub(super) fn ask(&mut self, purpose: Purpose, mut question: Question) {
        // A menu has it where a question follows; this is the question.
        question.title.truncate(question.title.trim_end_matches('…').len());
        if self.dialogs.is_open() || self.own_dialog.is_some() {
            return;
        }
        self.dialogs.ask(question.clone());
        self.purpose = Some((purpose, question, self.openings));
    }

    pub(super) fn answered(&mut self, answer: Answer) {
        let Some((purpose, question, opening)) = self.purpose.take() else { return };
        match answer {
            // It was asked about another case than the one that is open now.
            Answer::Chosen(_) if opening != self.openings => {}
            Answer::Chosen(path) => self.proceed_with(purpose, path),
            // What was handed over is not taken over, and not kept.
            Answer::Cancelled => self.incoming = None,
            Answer::Unavailable => {
                let folders: Vec<PathBuf> = self.settings.last_folder.iter().cloned().collect();
                self.own_dialog = Some(FileDialog::new(question.clone(), &folders));
                self.purpose = Some((purpose, question, opening));
            }
        }
    }

    fn proceed_with(&mut self, purpose: Purpose, path: PathBuf) {
        match purpose {
            Purpose::OpenCase => self.open_path(path),
            Purpose::ChooseFolder => self.show_folder(path),
            Purpose::SaveAs(then) => self.save_as(&path, then),
            Purpose::ExportDocument(at) => self.export(vec![at], &path),
            Purpose::ExportAll => {
                let count = self.opened.as_ref().map_or(0, |opened| opened.open.case().documents.len());
                self.export((0..count).collect(), &path);
            }
            Purpose::ExportTogether => self.export_together(path),
            Purpose::ExportEmpty(form) => self.export_empty(form, path),
            Purpose::Scan => self.set_scan(path),
            Purpose::HandOutFolder => self.set_hand_out_folder(path),
            Purpose::ShareFile => self.set_share_file(path),
            Purpose::ReplyFile => self.set_reply_file(path),
            Purpose::Again { document, revision, is_old } => self.write_again(document, revision, path, is_old),
            Purpose::LogText => self.write_log(&path),
            Purpose::Reply(then) => self.write_reply(path, then),
            Purpose::ReceivedPdfs => self.write_received_pdfs(path),
            Purpose::TakeOver => self.take_over_case(path),
            Purpose::Calendar { has_names } => self.write_calendar(path, has_names),
        }
    }
}
