//! What somebody sent, in an encrypted file: opened off the thread that draws, looked at and filled
//! in, answered; or a whole case taken over.
//!
//! Nothing of it is written anywhere but where the user says: no draft, no backup, no list of files.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::dialogs::Question;
use crate::export::{Refusal, safe_file_name};
use crate::messages::{done, received as words};
use crate::model::case::Case;
use crate::model::failure::Failure;
use crate::model::package::{PackageSort, Passphrase};
use crate::model::reply::{Reply, reply};
use crate::paperwork::{self, Office};
use crate::session::{OpenCase, Received};
use crate::share;
use crate::share::package::{Package, WORK_FACTOR, unseal};
use crate::share::passphrase::prepared;
use crate::share::received;
use crate::store::atomic::{self, Disk, Medium};
use crate::store::new_case::fresh_id;
use crate::store::package_file;
use crate::store::template_file::Library;
use crate::store::together::Together;
use crate::ui::Action;
use crate::ui::dialog::{Dialog, Unseal};

use super::files::same_file;
use super::hand_out::EXPORTING;
use super::jobs::Done;
use super::{App, Purpose, Then};

/// The job that opens an encrypted file.
pub(super) const UNSEALING: &str = "unsealing";
/// The job that writes a reply.
const REPLYING: &str = "write reply";
/// The job that makes a case of what was handed over.
const TAKING_OVER: &str = "write case taken over";
/// How encrypted files end.
const EXTENSION: &str = "age";
/// So many files beside a package are tried as replies to it: each takes a part of a second.
const MOST_TRIED: usize = 3;

/// An encrypted file that was opened.
pub struct Unsealed {
    path: PathBuf,
    package: Package,
    content: Content,
}

enum Content {
    /// Papers, with the forms to read them by.
    Papers(Box<Papers>),
    /// A reply to such papers, and what opened it.
    Reply(Passphrase),
    /// A whole case.
    Case,
}

struct Papers {
    received: Received,
    library: Library,
    /// A reply that was written before, and lies beside them.
    earlier: Option<(PathBuf, Reply)>,
}

impl App {
    /// Opens a file, whatever it is; asks first if something would be lost.
    pub(super) fn open_path(&mut self, path: PathBuf) {
        if is_sealed(&path) {
            self.question(Dialog::Unseal(Unseal::new(path)), Then::Stay);
        } else {
            self.leave(Then::Open(path));
        }
    }

    /// Asks for a file that somebody sent.
    pub(super) fn ask_received(&mut self) {
        let question = Question::file(words::OPEN).of(words::FILES, &[EXTENSION]);
        let question = self.in_folder(question);
        self.ask(Purpose::OpenCase, question);
    }

    /// Tries the passphrase that was typed into the shown dialog.
    pub(super) fn unseal(&mut self) {
        let Some(Dialog::Unseal(dialog)) = &mut self.dialog else { return };
        let (path, passphrase) = (dialog.path.clone(), prepared(&dialog.passphrase.typed.0));
        let started = self.jobs.start(UNSEALING, move || {
            let unsealed = open(&path, &passphrase);
            Done::Unsealed(path, Box::new(unsealed))
        });
        if started {
            dialog.begins();
        }
    }

    /// A file was opened, or not. Somebody may have turned away from it meanwhile.
    pub(super) fn unsealed(&mut self, path: &Path, result: Result<Unsealed, Failure>) {
        let Some(Dialog::Unseal(dialog)) = &mut self.dialog else { return };
        if dialog.path != path || !dialog.is_working() {
            return;
        }
        match result {
            Err(failure) => dialog.failed(crate::messages::failure(&failure)),
            Ok(unsealed) => {
                self.dialog = None;
                self.show_unsealed(unsealed);
                self.next_question();
                self.resume();
            }
        }
    }

    /// The file could not be opened by a mistake of the program.
    pub(super) fn not_unsealed(&mut self) {
        if let Some(Dialog::Unseal(dialog)) = &mut self.dialog
            && dialog.is_working()
        {
            dialog.failed(done::broken());
        }
    }

    fn show_unsealed(&mut self, unsealed: Unsealed) {
        match &unsealed.content {
            Content::Papers(_) => {
                self.incoming = Some(Box::new(unsealed));
                self.leave(Then::Received);
            }
            Content::Case => {
                self.ask_take_over(&unsealed.package.manifest.number);
                self.incoming = Some(Box::new(unsealed));
            }
            Content::Reply(passphrase) => {
                let dialog = Dialog::IsReply(unsealed.path.clone(), passphrase.clone());
                self.question(dialog, Then::Stay);
            }
        }
    }

    /// Asks for the file of a case that was handed over.
    fn ask_take_over(&mut self, number: &str) {
        let name = format!("{}.ron", safe_file_name(number));
        let question = Question::new_file(words::TAKE_OVER, &name).of(done::CASE_FILES, &["ron"]);
        let question = match &self.settings.last_folder {
            Some(folder) => question.beginning_in(folder),
            None => question,
        };
        self.ask(Purpose::TakeOver, question);
    }

    /// Shows the papers that were opened, or asks first whether an earlier reply is gone on with.
    pub(super) fn open_received(&mut self) {
        let earlier = match self.incoming.as_ref().map(|unsealed| &unsealed.content) {
            Some(Content::Papers(papers)) => papers.earlier.as_ref(),
            _ => return,
        };
        match earlier {
            Some((path, _)) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                self.question(Dialog::ContinueReply(name), Then::Received);
            }
            None => self.show_received(false),
        }
    }

    /// Shows the papers that were opened, as they came or with what was filled in before.
    pub(super) fn show_received(&mut self, continues: bool) {
        let Some(Unsealed { content: Content::Papers(papers), .. }) = self.incoming.take().map(|one| *one) else {
            return;
        };
        let Papers { mut received, library, earlier } = *papers;
        let mut case = received.sent.clone();
        if let Some((path, reply)) = earlier.filter(|_| continues) {
            case = received.continued(&reply);
            received.reply = Some(path);
        }
        self.show_case(OpenCase::received(case, received), None);
        self.library = Arc::new(library);
    }

    /// Asks where the reply is to be written.
    pub(super) fn ask_reply(&mut self, then: Then) {
        let Some(opened) = &self.opened else { return };
        let Some(received) = opened.open.package() else { return };
        let pending = opened.open.pending().len();
        if pending > 0 {
            self.tells_unread = true;
            self.toasts.trouble(&words::unread(pending));
            return;
        }
        let before = received.reply.as_ref();
        let name = before.and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| words::reply_name(&safe_file_name(&received.manifest.number)));
        let mut question = Question::new_file(words::WRITE_REPLY, &name).of(words::REPLY_FILES, &[EXTENSION]);
        if let Some(folder) = before.unwrap_or(&received.path).parent() {
            question = question.beginning_in(folder);
        }
        self.ask(Purpose::Reply(then), question);
    }

    /// Writes the reply.
    pub(super) fn write_reply(&mut self, path: PathBuf, then: Then) {
        let Some((case, received)) =
            self.opened.as_ref().and_then(|opened| Some((opened.open.case().clone(), opened.open.package()?.clone())))
        else {
            return;
        };
        if same_file(&path, &received.path) {
            self.toasts.trouble(&words::over_package());
            return;
        }
        let (library, today, opening) = (Arc::clone(&self.library), (self.today)(), self.openings);
        let started = self.jobs.start(REPLYING, move || {
            let reply = reply(&case, &received.sent, &received.manifest, &library.rules(), today);
            let sealed = fresh_id()
                .and_then(|id| share::reply::seal(&reply, &received.manifest, id, &received.passphrase, WORK_FACTOR));
            let written = sealed.and_then(|bytes| atomic::overwrite(&Disk, &path, &bytes));
            Done::Replied { opening, path, case: Box::new(case), then, result: written }
        });
        if !started {
            self.toasts.trouble(&done::still_saving());
        }
    }

    /// The reply was written, or not.
    pub(super) fn replied(&mut self, opening: u64, path: PathBuf, case: Case, then: Then, result: Result<(), Failure>) {
        if let Err(failure) = result {
            self.tell(&failure);
            return;
        }
        let folder = path.parent().unwrap_or(&path).to_owned();
        let text = words::reply_written(&path.display().to_string());
        self.toasts.done_with(text, done::REVEAL, Action::Reveal(folder));
        if opening == self.openings {
            self.with_open(|opened| {
                opened.open.replied(case, path);
                opened.forget_changed();
            });
            // Somebody may have typed on while it was being written.
            self.leave(then);
        }
    }

    /// Asks for the folder of the PDFs that were received.
    pub(super) fn ask_received_pdfs(&mut self) {
        let question = self.in_folder(Question::folder(words::EXPORT_PDFS));
        self.ask(Purpose::ReceivedPdfs, question);
    }

    /// Writes the PDFs that were received, none over another file.
    pub(super) fn write_received_pdfs(&mut self, folder: PathBuf) {
        let Some(received) = self.opened.as_ref().and_then(|opened| opened.open.package()) else { return };
        let pdfs = received.pdfs.clone();
        self.jobs.start(EXPORTING, move || {
            let files: Vec<(PathBuf, &[u8])> =
                pdfs.iter().map(|(name, bytes)| (folder.join(name), bytes.as_slice())).collect();
            match Together::create(&Disk, &files) {
                Ok(_) => Done::HandedOut(files.into_iter().map(|(path, _)| path).collect(), None, Vec::new()),
                Err(failure) => Done::HandedOut(Vec::new(), Some(Refusal::Failure(failure)), Vec::new()),
            }
        });
    }

    /// Makes a case of what was handed over.
    pub(super) fn take_over_case(&mut self, path: PathBuf) {
        let Some(unsealed) = self.incoming.take() else { return };
        let (library, now) = (Arc::clone(&self.own_library), self.now());
        self.jobs.start(TAKING_OVER, move || {
            let taken = Office { library: &library, medium: &Disk, now }.take_over(&unsealed.package, &path);
            Done::TakenOver(path, taken.map(drop).map_err(|failure| (failure, unsealed)))
        });
    }

    /// A case was made of what was handed over, or was not: then it is asked once more where.
    pub(super) fn taken_over(&mut self, path: PathBuf, result: Result<(), (Failure, Box<Unsealed>)>) {
        match result {
            Ok(()) => {
                self.toasts.done(words::taken_over(&path.display().to_string()));
                self.leave(Then::Open(path));
            }
            Err((failure, unsealed)) => {
                self.tell(&failure);
                if self.incoming.is_none() {
                    self.ask_take_over(&unsealed.package.manifest.number);
                    self.incoming = Some(unsealed);
                }
            }
        }
    }
}

/// Whether a file is an encrypted one that somebody sent, by its name.
pub(super) fn is_sealed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

fn unsealed(path: &Path, passphrase: &Passphrase) -> Result<Package, Failure> {
    let bytes = package_file::read(path)?;
    unseal(&bytes, passphrase).map_err(|trouble| Failure::Package { path: path.to_owned(), trouble })
}

fn open(path: &Path, passphrase: &Passphrase) -> Result<Unsealed, Failure> {
    let package = unsealed(path, passphrase)?;
    let content = match package.manifest.sort {
        PackageSort::Share => Content::Papers(Box::new(papers(path, passphrase, &package)?)),
        PackageSort::Reply => Content::Reply(passphrase.clone()),
        PackageSort::HandOver => Content::Case,
    };
    Ok(Unsealed { path: path.to_owned(), package, content })
}

fn papers(path: &Path, passphrase: &Passphrase, package: &Package) -> Result<Papers, Failure> {
    let wrong = |trouble| Failure::Package { path: path.to_owned(), trouble };
    let received::Received { manifest, case, library } = received::read(package).map_err(wrong)?;
    let pdfs = paperwork::papers(package).map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
    let earlier = earlier(path, &manifest.id, &case, passphrase);
    let received = Received::new(path.to_owned(), manifest, passphrase.clone(), case, pdfs, &library.forms);
    Ok(Papers { received, library, earlier })
}

/// The newest reply to a package that lies beside it. What cannot be read is none.
fn earlier(path: &Path, package: &str, case: &Case, passphrase: &Passphrase) -> Option<(PathBuf, Reply)> {
    let mut beside = Disk.list(path.parent()?).ok()?;
    let is_candidate = |other: &PathBuf| {
        let name = other.file_stem().unwrap_or_default().to_string_lossy();
        is_sealed(other) && other != path && name.contains(words::REPLY_MARK)
    };
    beside.retain(is_candidate);
    beside.sort_by_key(|other| std::cmp::Reverse(std::fs::metadata(other).and_then(|about| about.modified()).ok()));
    beside.into_iter().take(MOST_TRIED).find_map(|other| {
        let bytes = package_file::read(&other).ok()?;
        let reply = share::reply::open(&other, &bytes, passphrase, case).ok()?;
        (reply.package.as_deref() == Some(package)).then_some((other, reply))
    })
}
