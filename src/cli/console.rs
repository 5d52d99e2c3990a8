//! Where lines are written: the console or file that the program was started with.
//!
//! On Windows a program with a window is born without a console. It can join that of whoever
//! started it, but this would also pull its lines out of a file or pipe that they were directed
//! to; so these are kept beforehand.

use std::fs::File;
use std::io::{self, Write};
use std::sync::OnceLock;

/// The files and pipes that lines were directed to before a console was joined.
struct Directed {
    results: Option<File>,
    messages: Option<File>,
}

static DIRECTED: OnceLock<Directed> = OnceLock::new();

/// Joins the console of the program that started this one, if it has one.
#[cfg(windows)]
pub fn join() {
    DIRECTED.get_or_init(|| {
        let directed = Directed { results: directed(&io::stdout()), messages: directed(&io::stderr()) };
        let _ = winsafe::AttachConsole(winsafe::PidParent::Parent);
        directed
    });
}

/// Elsewhere a program always has the console that it was started from.
#[cfg(not(windows))]
pub fn join() {
    DIRECTED.get_or_init(|| Directed { results: None, messages: None });
}

#[cfg(windows)]
fn directed(stream: &(impl std::os::windows::io::AsHandle + io::IsTerminal)) -> Option<File> {
    use std::os::windows::io::AsRawHandle;

    let handle = stream.as_handle();
    if handle.as_raw_handle().is_null() || stream.is_terminal() {
        return None;
    }
    handle.try_clone_to_owned().ok().map(File::from)
}

/// Writes to standard output. A reader that has gone away is no fault of ours.
pub(super) fn write_result(line: &str) {
    let _ = match DIRECTED.get().and_then(|directed| directed.results.as_ref()) {
        Some(mut file) => file.write_all(line.as_bytes()),
        None => io::stdout().write_all(line.as_bytes()),
    };
}

/// Writes to standard error.
pub(super) fn write_message(line: &str) {
    let _ = match DIRECTED.get().and_then(|directed| directed.messages.as_ref()) {
        Some(mut file) => file.write_all(line.as_bytes()),
        None => io::stderr().write_all(line.as_bytes()),
    };
}
