//! A PDF to the printer or to the viewer, a folder to the file manager.
//!
//! Everything here waits for other programs: it is called on a worker thread, never from what
//! draws the window.

use std::path::{Path, PathBuf};

use crate::model::failure::Failure;
use crate::store::file_failure;

/// What became of a PDF that was to be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The usual printer has it.
    Sent,
    /// This system prints from the viewer only; that has been opened.
    OpenedViewer,
}

/// Sends a PDF to the usual printer, or opens the viewer where that alone can print.
///
/// # Errors
/// There is no such file, no usual printer, or no viewer, or the printing refuses.
pub fn print(pdf: &Path) -> Result<Printed, Failure> {
    let pdf = existing(pdf)?;
    if send(&pdf)? {
        return Ok(Printed::Sent);
    }
    view(&pdf).map(|()| Printed::OpenedViewer)
}

/// Opens a PDF in the viewer that the system uses for it.
///
/// # Errors
/// There is no such file or no viewer.
pub fn view(pdf: &Path) -> Result<(), Failure> {
    let pdf = existing(pdf)?;
    open::that_detached(&pdf).map_err(|_| Failure::NoViewer { path: pdf })
}

/// Shows a folder in the file manager.
///
/// # Errors
/// There is no such folder or no file manager.
pub fn reveal(folder: &Path) -> Result<(), Failure> {
    let folder = existing(folder)?;
    open::that_detached(&folder).map_err(|_| Failure::NoFileManager { path: folder })
}

/// The full path, which no other program takes for one of its options.
fn existing(path: &Path) -> Result<PathBuf, Failure> {
    let failed = |error| file_failure(path, &error);
    path.metadata().map_err(failed)?;
    std::path::absolute(path).map_err(failed)
}

/// Sends a PDF to the usual printer; tells whether this system can.
#[cfg(not(windows))]
fn send(pdf: &Path) -> Result<bool, Failure> {
    use std::process::{Command, Stdio};

    // In the plain locale, since the answer is read below.
    let asked = Command::new("lpstat").arg("-d").env("LC_ALL", "C").stdin(Stdio::null()).output();
    let Ok(answer) = asked else { return Ok(false) };
    if !names_a_printer(&String::from_utf8_lossy(&answer.stdout)) {
        return Err(Failure::NoPrinter { path: pdf.to_owned() });
    }
    let Ok(printing) = Command::new("lp").arg(pdf).stdin(Stdio::null()).output() else { return Ok(false) };
    if !printing.status.success() {
        return Err(Failure::PrintCommand { path: pdf.to_owned(), code: printing.status.code() });
    }
    Ok(true)
}

/// Whether `lpstat -d` says `system default destination: office`.
#[cfg(not(windows))]
fn names_a_printer(answer: &str) -> bool {
    answer.lines().any(|line| line.contains("destination: "))
}

/// Has the program that is registered for printing PDFs print it; tells whether there is one.
#[cfg(windows)]
fn send(pdf: &Path) -> Result<bool, Failure> {
    use winsafe::prelude::Handle as _;
    use winsafe::{HWND, co};

    let bad_name = || file_failure(pdf, &std::io::ErrorKind::InvalidFilename.into());
    let path = pdf.to_str().ok_or_else(bad_name)?;
    // Some programs are started through COM, which every thread has to ask for.
    let _com = winsafe::CoInitializeEx(co::COINIT::APARTMENTTHREADED | co::COINIT::DISABLE_OLE1DDE);
    Ok(HWND::NULL.ShellExecute("print", path, None, None, co::SW::SHOWMINNOACTIVE).is_ok())
}
