//! The dialogs of the system, each on a thread of its own.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;

use rfd::FileDialog;

use super::{Answer, Dialogs, Question, Wanted};

/// Asks with the dialogs of the system.
pub struct NativeDialogs {
    /// Called on the thread of the dialog when there is an answer.
    wake: Arc<dyn Fn() + Send + Sync>,
    /// An empty dialog that knows its window.
    blank: FileDialog,
    open: Option<Receiver<Answer>>,
}

impl NativeDialogs {
    /// Dialogs that call `wake` when there is an answer to fetch.
    #[must_use]
    pub fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self::with(wake, FileDialog::new())
    }

    /// The same, in front of a window, which waits for them.
    #[must_use]
    pub fn over(window: &eframe::CreationContext, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self::with(wake, FileDialog::new().set_parent(window))
    }

    fn with(wake: impl Fn() + Send + Sync + 'static, blank: FileDialog) -> Self {
        listen();
        Self { wake: Arc::new(wake), blank, open: None }
    }

    fn dialog(&self, question: &Question) -> FileDialog {
        let mut dialog = self.blank.clone().set_title(&question.title);
        if let Some(filter) = &question.filter {
            dialog = dialog.add_filter(&filter.name, &filter.extensions);
        }
        if let Some(folder) = &question.folder {
            dialog = dialog.set_directory(folder);
        }
        if !question.name.is_empty() {
            dialog = dialog.set_file_name(&question.name);
        }
        dialog
    }
}

impl Dialogs for NativeDialogs {
    fn ask(&mut self, question: Question) {
        if self.open.is_some() {
            return;
        }
        let (sender, receiver) = mpsc::channel();
        let (dialog, wake) = (self.dialog(&question), Arc::clone(&self.wake));
        let asking = thread::Builder::new().name("dialog".to_owned()).spawn(move || {
            // The window may be gone by now.
            let _ = sender.send(answer(dialog, &question));
            wake();
        });
        // Without a thread the sender is gone too, and the answer is that nothing could be shown.
        drop(asking);
        self.open = Some(receiver);
    }

    fn is_open(&self) -> bool {
        self.open.is_some()
    }

    fn poll(&mut self) -> Option<Answer> {
        let answer = match self.open.as_ref()?.try_recv() {
            Ok(answer) => answer,
            Err(TryRecvError::Empty) => return None,
            Err(TryRecvError::Disconnected) => Answer::Unavailable,
        };
        self.open = None;
        Some(answer)
    }
}

/// Shows the dialog and waits for its end.
fn answer(dialog: FileDialog, question: &Question) -> Answer {
    NOTHING_TO_SHOW.store(false, Ordering::SeqCst);
    let chosen = match question.wanted {
        Wanted::File => dialog.pick_file(),
        Wanted::Folder => dialog.pick_folder(),
        Wanted::NewFile => dialog.save_file(),
    };
    match chosen {
        Some(path) => Answer::Chosen(complete(question, path)),
        None if NOTHING_TO_SHOW.load(Ordering::SeqCst) => Answer::Unavailable,
        None => Answer::Cancelled,
    }
}

/// The path with its extension, unless this would name a file that the dialog has not asked
/// about.
fn complete(question: &Question, path: PathBuf) -> PathBuf {
    let whole = question.complete(path.clone());
    if whole != path && whole.exists() { path } else { whole }
}

/// rfd has found neither of the two programs that could show a dialog on Linux.
static NOTHING_TO_SHOW: AtomicBool = AtomicBool::new(false);

/// Listens to what rfd says of its failures: its answer is the same as for a cancelled dialog.
struct Listener;

impl log::Log for Listener {
    fn enabled(&self, metadata: &log::Metadata) -> bool {
        metadata.level() == log::Level::Error && metadata.target().starts_with("rfd")
    }

    fn log(&self, record: &log::Record) {
        // First it asks the desktop, then zenity: only the failure of the second is the end.
        if self.enabled(record.metadata()) && record.args().to_string().contains("with zenity") {
            NOTHING_TO_SHOW.store(true, Ordering::SeqCst);
        }
    }

    fn flush(&self) {}
}

fn listen() {
    // A second time this fails, and the first listener goes on.
    if log::set_logger(&Listener).is_ok() {
        log::set_max_level(log::LevelFilter::Error);
    }
}
