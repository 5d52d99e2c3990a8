//! The scan of a signed paper: asked for, looked at before it is recorded, shown again later.

use std::path::PathBuf;

use crate::dialogs::Question;
use crate::messages::{paperwork, sheets};
use crate::paperwork::scan_notes;
use crate::print;
use crate::store::atomic::Disk;
use crate::store::kept;
use crate::ui::dialog::scan::Found;
use crate::ui::dialog::{Content, Dialog, Scan};

use super::jobs::Done;
use super::{App, Purpose};

/// The job that looks at a scan.
const LOOKING: &str = "looking at a scan";

impl App {
    /// Asks for the file.
    pub(super) fn ask_scan(&mut self) {
        let question = Question::file(sheets::CHOOSE_SCAN).of(sheets::SCAN_FILES, &["pdf", "jpg", "jpeg", "png"]);
        let question = self.in_folder(question);
        self.ask(Purpose::Scan, question);
    }

    /// The file was chosen, if the sheet is still there.
    pub(super) fn set_scan(&mut self, path: PathBuf) {
        if let Some(Dialog::Sheet(sheet)) = &mut self.dialog {
            sheet.set_scan(Scan::of(path.clone()));
            self.look_at(path);
        }
    }

    fn look_at(&mut self, path: PathBuf) {
        let (Some(opened), Some(Dialog::Sheet(sheet))) = (&self.opened, &self.dialog) else { return };
        let (opening, case) = (self.openings, opened.open.case().clone());
        let paper = match &sheet.content {
            Content::Sign(signing) => Some((signing.document, signing.revision)),
            _ => None,
        };
        let library = std::sync::Arc::clone(&self.library);
        self.jobs.start(LOOKING, move || {
            let found = match scan_notes(&library, &case, paper, &path) {
                Ok(notes) => {
                    let words = notes.iter().map(|note| paperwork::note(note).sentences());
                    Found { cautions: words.collect(), failure: None }
                }
                Err(failure) => Found { failure: Some(App::message(&failure)), ..Found::default() },
            };
            Done::Scanned(opening, path, found)
        });
    }

    /// A scan was looked at. Another one may have been chosen meanwhile.
    pub(super) fn scanned(&mut self, opening: u64, path: PathBuf, found: Found) {
        let Some(Dialog::Sheet(sheet)) = self.dialog.as_mut().filter(|_| opening == self.openings) else { return };
        match sheet.scan().and_then(|scan| scan.path.clone()) {
            Some(chosen) if chosen == path => sheet.set_scan(Scan { path: Some(path), found: Some(found) }),
            Some(other) => self.look_at(other),
            None => {}
        }
    }

    /// Shows a kept file of the open case in the viewer.
    pub(super) fn view_kept(&mut self, name: &str) {
        let Some(opened) = &self.opened else { return };
        let Some(path) = opened.open.path().map(std::path::Path::to_owned) else { return };
        let Some(file) = opened.open.case().kept_files().find(|file| file.name == name).cloned() else { return };
        self.jobs.start("showing", move || {
            let shown = kept::read(&Disk, &path, &file).and_then(|_| print::view(&kept::path(&path, &file)));
            Done::Revealed(shown)
        });
    }
}
