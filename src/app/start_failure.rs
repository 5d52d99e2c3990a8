//! Why the window could not be opened: no screen, nothing that draws, a library not installed.
//!
//! What each of them looks like was found by taking them away one by one; see the tests.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};

use crate::messages;
use crate::model::failure::Failure;

/// Runs the window, which returns when it is closed.
///
/// # Errors
/// The window could not be opened.
pub fn run(window: impl FnOnce() -> eframe::Result) -> Result<(), Failure> {
    hush_missing_library();
    match panic::catch_unwind(AssertUnwindSafe(window)) {
        Ok(done) => done.map_err(|error| start_failure(&error)),
        Err(panic) if is_missing_library(&*panic) => Err(Failure::NoWindowLibrary),
        Err(panic) => panic::resume_unwind(panic),
    }
}

/// What an error of the window means to the user.
#[must_use]
pub fn start_failure(error: &eframe::Error) -> Failure {
    use eframe::Error;
    match error {
        Error::WinitEventLoop(error) if is_library(&error.to_string()) => Failure::NoWindowLibrary,
        Error::WinitEventLoop(_) => Failure::NoDisplay,
        Error::Glutin(_) | Error::NoGlutinConfigs(..) | Error::OpenGL(_) => Failure::NoGraphics,
        Error::Winit(_) | Error::AppCreation(_) => Failure::Inside { reason: error.to_string() },
    }
}

/// Shows a failure in a box of its own on Windows, where a program that was started by a double
/// click has no console to say it on.
pub fn show(failure: &Failure) {
    if cfg!(windows) {
        rfd::MessageDialog::new()
            .set_level(rfd::MessageLevel::Error)
            .set_title(messages::PROGRAM)
            .set_description(messages::failure(failure).sentences())
            .show();
    }
}

fn is_library(text: &str) -> bool {
    text.contains("shared librar")
}

/// The keyboard library is the one whose absence is not returned as an error.
fn is_missing_library(panic: &(dyn Any + Send)) -> bool {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.is_some_and(|text| text.contains("libxkbcommon") && text.contains("could not be loaded"))
}

/// Keeps that one panic from being printed: [`run`] has words for it.
fn hush_missing_library() {
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let text = panic.payload_as_str().unwrap_or_default();
        if !(text.contains("libxkbcommon") && text.contains("could not be loaded")) {
            usual(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_panic_over_the_keyboard_library_becomes_a_sentence() {
        let done = run(|| panic!("Library libxkbcommon-x11.so could not be loaded."));
        assert_eq!(done, Err(Failure::NoWindowLibrary));
    }

    #[test]
    fn an_error_of_the_app_keeps_its_reason() {
        let error = eframe::Error::AppCreation("no such thing".into());
        assert!(matches!(start_failure(&error), Failure::Inside { reason } if reason.contains("no such thing")));
    }
}
