//! Papers, or the whole case, in one encrypted file: the passphrase, the file, the form that goes in
//! place of another one.

use std::path::PathBuf;

use crate::assets;
use crate::dialogs::Question;
use crate::export::safe_file_name;
use crate::messages::giving as words;
use crate::model::failure::Failure;
use crate::share::passphrase::{RANDOM, generate};
use crate::ui::Tab;
use crate::ui::dialog::hand_over::HandOver;
use crate::ui::dialog::passphrase::NewPassphrase;
use crate::ui::dialog::share::Share;
use crate::ui::dialog::{Content, Dialog, Surroundings};

use super::{App, Purpose};

/// So many files of one case a folder has at most.
const MOST: u32 = 1_000;

impl App {
    /// A sheet that begins with this document.
    pub(super) fn new_share(&self, document: usize, around: &Surroundings<'_>) -> Result<Share, Failure> {
        let passphrase = NewPassphrase::new(generated()?);
        Ok(Share::new(document, passphrase, self.share_file(false), around))
    }

    /// A sheet for the whole case.
    pub(super) fn new_hand_over(&self) -> Result<HandOver, Failure> {
        Ok(HandOver::new(NewPassphrase::new(generated()?), self.share_file(true)))
    }

    /// The suggested file, which is not there yet: where papers went last, else beside the case.
    fn share_file(&self, is_whole: bool) -> Option<PathBuf> {
        let folder = self.hand_out_folder()?;
        let number = safe_file_name(&self.opened.as_ref()?.open.case().number);
        let name = |nth| folder.join(words::file_name(&number, is_whole, nth));
        (1..MOST).map(name).find(|path| !path.exists())
    }

    /// Makes another passphrase up for the shown sheet.
    pub(super) fn another_passphrase(&mut self) {
        match (generated(), &mut self.dialog) {
            (Ok(generated), Some(Dialog::Sheet(sheet))) => {
                if let Some(passphrase) = sheet.passphrase() {
                    passphrase.set_generated(generated);
                }
            }
            (Ok(_), _) => {}
            (Err(failure), _) => self.tell(&failure),
        }
    }

    /// Asks for the file of what the shown sheet gives away.
    pub(super) fn ask_share_file(&mut self) {
        let Some(Dialog::Sheet(sheet)) = &mut self.dialog else { return };
        if matches!(sheet.content, Content::Merge(_)) {
            return self.ask_reply_file();
        }
        let Some(path) = sheet.file().map(|path| path.clone()) else { return };
        let name = path.as_ref().and_then(|path| path.file_name()).unwrap_or_default().to_string_lossy().into_owned();
        let question = Question::new_file(words::CHOOSE_FILE, &name).of(words::FILES, &["age"]);
        let question = match path.as_ref().and_then(|path| path.parent()) {
            Some(folder) => question.beginning_in(folder),
            None => self.in_folder(question),
        };
        self.ask(Purpose::ShareFile, question);
    }

    /// The file was chosen, if the sheet is still there.
    pub(super) fn set_share_file(&mut self, path: PathBuf) {
        if let Some(Dialog::Sheet(sheet)) = &mut self.dialog
            && let Some(file) = sheet.file()
        {
            *file = Some(path);
        }
    }

    /// Adds the form that goes in place of a document, with what carries over, and shows it.
    pub(super) fn add_instead(&mut self, document: usize, form: &str, now: f64) {
        let library = std::sync::Arc::clone(&self.library);
        self.with_open(|opened| {
            let Some(form) = library.forms.get(form) else { return };
            let at = opened.open.add_document_carried(&library.rules(), document, form, now);
            opened.show_tab(Tab::Document(at));
        });
        self.toasts.done(words::MADE_INSTEAD);
    }
}

/// A passphrase that nobody had before.
fn generated() -> Result<String, Failure> {
    let mut random = [0; RANDOM];
    getrandom::fill(&mut random).map_err(|error| Failure::Inside { reason: error.to_string() })?;
    let words: Vec<&str> = assets::WORDS.lines().collect();
    Ok(generate(&words, &random))
}
