//! Where the program keeps what belongs to a user and to no case.

use std::path::{Path, PathBuf};

/// The name of the program's folder in each of the system's places.
const NAME: &str = "ryoritsu";

/// The folder of the user's settings, templates and list; it need not be there yet. None where
/// the system names no such place.
#[must_use]
pub fn settings_folder() -> Option<PathBuf> {
    Some(user_folder("XDG_CONFIG_HOME", ".config")?.join(NAME))
}

/// The folder of drafts that can lie beside no case; it need not be there yet.
///
/// On Windows it goes with the user from one computer to another, so that a draft is not lost
/// where the local disk is emptied at the end of the day.
#[must_use]
pub fn drafts_folder() -> Option<PathBuf> {
    Some(user_folder("XDG_STATE_HOME", ".local/state")?.join(NAME).join("drafts"))
}

/// A file or folder beside the program itself, for a hospital that copies it with its own files.
#[must_use]
pub fn beside_program(name: &str) -> Option<PathBuf> {
    Some(std::env::current_exe().ok()?.parent()?.join(name))
}

/// A place of the user: `APPDATA` on Windows, elsewhere that of the variable or of the home.
fn user_folder(variable: &str, in_home: &str) -> Option<PathBuf> {
    let named = |variable: &str| std::env::var_os(variable).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let windows = if cfg!(windows) { named("APPDATA") } else { None };
    windows.or_else(|| named(variable)).or_else(|| Some(std::env::home_dir()?.join(Path::new(in_home))))
}
