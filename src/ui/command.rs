//! What a user can do, with its label and shortcut. Doing it is up to [`crate::app`].

use std::path::PathBuf;

use eframe::egui::{Key, KeyboardShortcut, Modifiers};

use crate::messages::{command as words, received};
use crate::model::check::Place;
use crate::model::value::{Key as FieldKey, Values};

use super::Tab;

/// Something to do that has a place in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// A new case.
    NewCase,
    /// Opens a case from a file.
    Open,
    /// Opens an encrypted file that somebody sent.
    OpenReceived,
    /// Shows the cases of another folder.
    ChooseFolder,
    /// Reads the folder anew.
    Refresh,
    /// Saves the case.
    Save,
    /// Saves the case under another name.
    SaveAs,
    /// Lists the backups of the case.
    Backups,
    /// Goes back to the start page.
    CloseCase,
    /// Writes the shown document as PDF.
    ExportDocument,
    /// Writes all documents as PDF, each as a file.
    ExportAll,
    /// Writes all documents into one PDF.
    ExportTogether,
    /// Writes the shown form without any entry, to be filled by hand.
    ExportEmpty,
    /// Writes the PDFs that somebody sent.
    ExportReceived,
    /// Prints the shown document.
    Print,
    /// Writes what is coming up in the cases of the folder, for a calendar.
    Calendar,
    /// Ends the program.
    Quit,
    /// Takes the last change back.
    Undo,
    /// Does it again.
    Redo,
    /// Goes to the search, or to the first field.
    Find,
    /// Shows the next tab.
    NextTab,
    /// Shows the tab before.
    PreviousTab,
    /// Goes to the next problem.
    NextProblem,
    /// Shows the list of problems.
    Problems,
    /// Larger.
    ZoomIn,
    /// Smaller.
    ZoomOut,
    /// As large as at first.
    ZoomReset,
    /// Shows entry or page, where there is no room for both.
    SwapSides,
    /// Hands the shown document out.
    HandOut,
    /// Gives documents away in one encrypted file.
    Share,
    /// Takes in what somebody outside filled in.
    TakeReply,
    /// Gives the whole case to another coordinator.
    HandOver,
    /// Records a signature on the shown document.
    Sign,
    /// What the patient agreed to.
    Consents,
    /// What was handed out of the shown document.
    Revisions,
    /// Closes the case for good.
    EndCase,
    /// Opens a closed case again.
    Reopen,
    /// What was done with the case.
    Log,
    /// The hospital's own list.
    Directory,
    /// The help sheet.
    Help,
    /// The licences.
    Licenses,
}

impl Command {
    /// Every command.
    pub const ALL: [Self; 41] = [
        Self::NewCase,
        Self::Open,
        Self::OpenReceived,
        Self::ChooseFolder,
        Self::Refresh,
        Self::Save,
        Self::SaveAs,
        Self::Backups,
        Self::CloseCase,
        Self::ExportDocument,
        Self::ExportAll,
        Self::ExportTogether,
        Self::ExportEmpty,
        Self::ExportReceived,
        Self::Print,
        Self::Calendar,
        Self::Quit,
        Self::Undo,
        Self::Redo,
        Self::Find,
        Self::NextTab,
        Self::PreviousTab,
        Self::NextProblem,
        Self::Problems,
        Self::ZoomIn,
        Self::ZoomOut,
        Self::ZoomReset,
        Self::SwapSides,
        Self::HandOut,
        Self::Share,
        Self::TakeReply,
        Self::HandOver,
        Self::Sign,
        Self::Consents,
        Self::Revisions,
        Self::EndCase,
        Self::Reopen,
        Self::Log,
        Self::Directory,
        Self::Help,
        Self::Licenses,
    ];

    /// As in the menu.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::NewCase => words::NEW_CASE,
            Self::Open => words::OPEN,
            Self::OpenReceived => received::OPEN,
            Self::ChooseFolder => words::CHOOSE_FOLDER,
            Self::Refresh => words::REFRESH,
            Self::Save => words::SAVE,
            Self::SaveAs => words::SAVE_AS,
            Self::Backups => words::BACKUPS,
            Self::CloseCase => words::CLOSE_CASE,
            Self::ExportDocument => words::EXPORT_DOCUMENT,
            Self::ExportAll => words::EXPORT_ALL,
            Self::ExportTogether => words::EXPORT_TOGETHER,
            Self::ExportEmpty => words::EXPORT_EMPTY,
            Self::ExportReceived => received::EXPORT_PDFS,
            Self::Print => words::PRINT,
            Self::Calendar => words::CALENDAR,
            Self::Quit => words::QUIT,
            Self::Undo => words::UNDO,
            Self::Redo => words::REDO,
            Self::Find => words::FIND,
            Self::NextTab => words::NEXT_TAB,
            Self::PreviousTab => words::PREVIOUS_TAB,
            Self::NextProblem => words::NEXT_PROBLEM,
            Self::Problems => words::PROBLEMS,
            Self::ZoomIn => words::ZOOM_IN,
            Self::ZoomOut => words::ZOOM_OUT,
            Self::ZoomReset => words::ZOOM_RESET,
            Self::SwapSides => words::SWAP_SIDES,
            Self::HandOut => words::HAND_OUT,
            Self::Share => words::SHARE,
            Self::TakeReply => words::TAKE_REPLY,
            Self::HandOver => words::HAND_OVER,
            Self::Sign => words::SIGN,
            Self::Consents => words::CONSENTS,
            Self::Revisions => words::REVISIONS,
            Self::EndCase => words::END_CASE,
            Self::Reopen => words::REOPEN,
            Self::Log => words::LOG,
            Self::Directory => words::DIRECTORY,
            Self::Help => words::HELP,
            Self::Licenses => words::LICENSES,
        }
    }

    /// The keys for it.
    #[must_use]
    pub fn shortcut(self) -> Option<KeyboardShortcut> {
        let command = |key| KeyboardShortcut::new(Modifiers::COMMAND, key);
        let shift = |key| KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key);
        let plain = |key| KeyboardShortcut::new(Modifiers::NONE, key);
        Some(match self {
            Self::NewCase => command(Key::N),
            Self::Open => command(Key::O),
            Self::Save => command(Key::S),
            Self::SaveAs => shift(Key::S),
            Self::CloseCase => command(Key::W),
            Self::ExportDocument => command(Key::E),
            Self::ExportAll => shift(Key::E),
            Self::Print => command(Key::P),
            Self::Quit => command(Key::Q),
            Self::Undo => command(Key::Z),
            Self::Redo => command(Key::Y),
            Self::Find => command(Key::F),
            Self::Refresh => plain(Key::F5),
            Self::NextTab => command(Key::PageDown),
            Self::PreviousTab => command(Key::PageUp),
            Self::NextProblem => plain(Key::F8),
            Self::ZoomIn => command(Key::Plus),
            Self::ZoomOut => command(Key::Minus),
            Self::ZoomReset => command(Key::Num0),
            Self::SwapSides => plain(Key::F6),
            Self::HandOut => command(Key::H),
            Self::Share => shift(Key::H),
            Self::TakeReply => command(Key::M),
            Self::Sign => command(Key::G),
            Self::Revisions => command(Key::R),
            Self::Help => plain(Key::F1),
            _ => return None,
        })
    }

    /// Other keys that people try for the same.
    #[must_use]
    pub fn other_shortcut(self) -> Option<KeyboardShortcut> {
        let command = |key| KeyboardShortcut::new(Modifiers::COMMAND, key);
        match self {
            Self::Redo => Some(KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z)),
            Self::ZoomIn => Some(command(Key::Equals)),
            Self::NextTab => Some(command(Key::Tab)),
            _ => None,
        }
    }
}

/// What the user wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A command of the menu.
    Run(Command),
    /// Opens this file.
    OpenFile(PathBuf),
    /// Opens a copy of the built-in example of this file name.
    OpenExample(&'static str),
    /// Goes to a field, wherever it is.
    GoTo(Place),
    /// Shows a tab.
    ShowTab(Tab),
    /// Adds a document of this form.
    AddDocument(FieldKey),
    /// Adds a document of this form that begins with what the last one of it says.
    AddFromLast(FieldKey),
    /// Removes a document.
    RemoveDocument(usize),
    /// Takes an entry of the hospital's own list.
    TakeEntry(Values),
    /// Adds what stands in these fields to the hospital's own list.
    AddEntry(Vec<FieldKey>),
    /// Stops reading the folder.
    CancelListing,
    /// Shows a folder in the file manager.
    Reveal(PathBuf),
    /// Forgets typed text that is no value.
    Forget(Place),
    /// The search was changed.
    Search(String),
    /// The draft of a case is opened.
    OpenDraft(PathBuf),
    /// The draft of a case is thrown away.
    DiscardDraft(PathBuf),
    /// Shows a step: its document, or in the tab of the progress its picture.
    ShowStep(u8),
    /// Hands a document out.
    HandOut(usize),
    /// Gives this document away in one encrypted file, perhaps with others.
    Share(usize),
    /// Takes in what somebody outside filled in.
    TakeReply,
    /// Gives the whole case to another coordinator.
    HandOver,
    /// Adds the form that goes where the diagnosis may not be told, with what carries over.
    AddInstead {
        /// The document that does not go, by its place in the case.
        document: usize,
        /// The key of the other form.
        form: FieldKey,
    },
    /// Records a signature.
    Sign {
        /// The document, by its place in the case.
        document: usize,
        /// The key of the line.
        line: FieldKey,
    },
    /// Corrects a signature that was recorded by mistake.
    CorrectSignature {
        /// The document, by its place in the case.
        document: usize,
        /// The number of its revision.
        revision: u32,
        /// The key of the line.
        line: FieldKey,
    },
    /// Lists the revisions of a document.
    Revisions(usize),
    /// Records a consent.
    Consent,
    /// Records that the consent of this number was withdrawn.
    Withdraw(u32),
    /// Ends the case.
    EndCase,
    /// Opens it again.
    Reopen,
    /// Shows what was done with the case.
    Log,
    /// Sets a suggestion aside.
    SetAside {
        /// What identifies it.
        problem: String,
        /// Why.
        note: String,
    },
    /// Takes back that a suggestion was set aside.
    Lift(String),
}

/// Commands turn into actions.
impl From<Command> for Action {
    fn from(command: Command) -> Self {
        Self::Run(command)
    }
}
