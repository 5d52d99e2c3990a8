//! Work off the thread that draws: named threads, one of a name at a time, results polled.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::export::Refusal;
use crate::model::case::Case;
use crate::model::failure::Failure;
use crate::model::log::Event;
use crate::model::note::Note;
use crate::model::reply::Reply;
use crate::preview::Pixels;
use crate::print::Printed;
use crate::session::Access;
use crate::store::backup::Backup;
use crate::store::case_file::CaseFile;
use crate::store::draft::Draft;
use crate::store::folder::Listed;
use crate::store::lock::Lock;
use crate::store::log::Entry;
use crate::ui::dialog::compare::Compared;
use crate::ui::dialog::page_view::{Drawn, Wanted};
use crate::ui::dialog::scan::Found;

use super::Then;
use super::paperwork::Recorded;
use super::received::Unsealed;

/// A case that was read, with everything about its file.
pub struct Read {
    /// The file.
    pub file: CaseFile,
    /// What may be done with it.
    pub access: Access,
    /// The lock, if it could be taken.
    pub lock: Option<Lock>,
    /// A draft that says something else than the file.
    pub draft: Option<Result<Draft, Failure>>,
}

/// Which save it is: a late one must not be taken for that of another case.
pub struct Save {
    /// Of which opening of a case.
    pub opening: u64,
    /// Counts the saves: only the newest one says where the case lies.
    pub number: u64,
    /// What comes after it.
    pub then: Then,
}

/// A case that was saved.
pub struct Saved {
    /// The file with what is in it.
    pub file: CaseFile,
    /// The lock and what may be done, where the file is another one than before.
    pub place: Option<(Access, Option<Lock>)>,
    /// What is worth telling of it.
    pub notes: Vec<Note>,
}

/// Something to note in the log of a case.
pub type ToNote = (CaseFile, Event);

/// What a job has done. What is about a case says of which opening of one.
pub enum Done {
    /// The folder was read, and whether as a whole.
    Listed(PathBuf, Result<Vec<Listed>, Failure>, bool),
    /// A case was read.
    Opened(PathBuf, Box<Result<Read, Failure>>),
    /// The case was saved.
    Saved(Save, Box<Result<Saved, Failure>>),
    /// The draft of this opening of a case, in this file or in none yet, was written.
    Drafted(u64, Option<PathBuf>, Result<(), Failure>),
    /// What somebody else saved over this opening was read; none where the file is gone.
    Compared(u64, Box<Result<Option<CaseFile>, Failure>>, Then),
    /// PDFs were written, or not; what was written before stays. What is to be noted of them.
    HandedOut(Vec<PathBuf>, Option<Refusal>, Vec<ToNote>),
    /// A calendar was written, with so many events.
    Calendar(PathBuf, Result<usize, Failure>),
    /// A PDF was written and printed.
    Printed(Result<(PathBuf, Printed), Refusal>, Option<Box<ToNote>>),
    /// The backups of this opening's file were listed.
    Backups(u64, Result<Vec<Backup>, Failure>),
    /// Whether this opening's file was changed by somebody else.
    Watched(u64, bool),
    /// A folder was shown in the file manager.
    Revealed(Result<(), Failure>),
    /// Something was recorded of the papers, or was not.
    Recorded(Save, Box<Result<Recorded, Refusal>>),
    /// A scan was looked at, for this opening.
    Scanned(u64, PathBuf, Found),
    /// The log of this opening's file was read.
    LogRead(u64, Vec<Entry>, Vec<String>),
    /// Something was noted in a log, or was not.
    Noted(Result<(), Failure>),
    /// The pages of these two revisions, of this opening, were drawn.
    PagesDrawn(u64, Compared, [Result<Vec<Pixels>, String>; 2]),
    /// The pages of what somebody will get, for this opening, were drawn.
    DisclosedDrawn(u64, Wanted, Drawn),
    /// A reply in this file was opened, for this opening, or could not be.
    ReplyRead(u64, PathBuf, Box<Result<Reply, Failure>>),
    /// A file that somebody sent was opened, or could not be.
    Unsealed(PathBuf, Box<Result<Unsealed, Failure>>),
    /// A reply was written, or was not.
    Replied {
        /// For which opening.
        opening: u64,
        /// The file.
        path: PathBuf,
        /// The case as it stands in it.
        case: Box<Case>,
        /// What comes after it.
        then: Then,
        /// Why it was not written.
        result: Result<(), Failure>,
    },
    /// A case was made in this file of what was handed over, or was not.
    TakenOver(PathBuf, Result<(), (Failure, Box<Unsealed>)>),
    /// Nothing is left to be done.
    Nothing,
    /// The job of this name broke off by a mistake of the program.
    Broken(&'static str),
}

/// How the names of the jobs begin that write files.
pub const WRITING: &str = "write ";

/// The job that writes a calendar.
pub const WRITING_CALENDAR: &str = "write calendar";

/// How far a job is, and whether it is to stop.
#[derive(Clone, Default)]
pub struct Progress {
    done: Arc<AtomicUsize>,
    all: Arc<AtomicUsize>,
    cancelled: Arc<AtomicBool>,
}

impl Progress {
    /// Tells how far the job is.
    pub fn set(&self, done: usize, all: usize) {
        self.done.store(done, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
    }

    /// How far the job is, of how much.
    #[must_use]
    pub fn get(&self) -> (usize, usize) {
        (self.done.load(Ordering::Relaxed), self.all.load(Ordering::Relaxed))
    }

    /// Asks the job to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the job is asked to stop.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

/// The jobs that run.
pub struct Jobs {
    sender: Sender<(&'static str, Done)>,
    receiver: Receiver<(&'static str, Done)>,
    wake: Arc<dyn Fn() + Send + Sync>,
    running: BTreeSet<&'static str>,
}

impl Jobs {
    /// `wake` is called whenever a job has ended.
    #[must_use]
    pub fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, wake, running: BTreeSet::new() }
    }

    /// Starts a job, unless one of that name is running. Says whether it was started.
    pub fn start(&mut self, name: &'static str, work: impl FnOnce() -> Done + Send + 'static) -> bool {
        if !self.running.insert(name) {
            return false;
        }
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        let run = move || {
            let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or(Done::Broken(name));
            // Nobody listens any more once the window is gone.
            let _ = sender.send((name, done));
            wake();
        };
        if std::thread::Builder::new().name(name.to_owned()).spawn(run).is_err() {
            self.running.remove(name);
            return false;
        }
        true
    }

    /// Whether a job of that name is running.
    #[must_use]
    pub fn is_running(&self, name: &str) -> bool {
        self.running.contains(name)
    }

    /// Whether a job is running whose end the program has to wait for before it ends itself.
    #[must_use]
    pub fn is_writing(&self) -> bool {
        self.running.iter().any(|name| name.starts_with(WRITING))
    }

    /// Whether any job is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.running.is_empty()
    }

    /// What a job has done since the last call.
    pub fn poll(&mut self) -> Option<Done> {
        let (name, done) = self.receiver.try_recv().ok()?;
        self.running.remove(name);
        Some(done)
    }
}
