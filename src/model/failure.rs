//! Why something could not be done, as data. [`crate::messages`] makes the sentences.

use std::path::{Path, PathBuf};

use super::check::Place;
use super::consent::Denial;
use super::disclosure::{Hit, Withheld};
use super::form::Party;
use super::package::{PackageTrouble, PassphraseTrouble};
use super::record::Refused;
use super::reply::ReplyTrouble;

/// A place in a text file, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// A step on the way to a place in a file, see [`crate::store::locate`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A field of a structure, or a key of a map.
    Name(String),
    /// An entry of a list, counted from 0.
    Index(usize),
}

impl From<&str> for Step {
    fn from(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// Why something could not be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The opening password of a PDF is empty, or has characters that no password may have.
    Password,
    /// Nothing on a form is for its recipient to fill in.
    NothingToFill {
        /// The short title of the form.
        form: String,
    },
    /// The file system refused, while reading or writing this path.
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        trouble: FileTrouble,
    },
    /// The text of a file cannot be read as what it should be.
    Text {
        /// The file.
        path: PathBuf,
        /// Where.
        position: Position,
        /// What is wrong there.
        trouble: TextTrouble,
    },
    /// A file is larger than this many bytes, which no case or template is.
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit, in bytes.
        limit: u64,
    },
    /// The case is of a newer format; it can be looked at, not changed.
    ReadOnlyFormat {
        /// The file.
        path: PathBuf,
    },
    /// The template is of a newer format; it is not used.
    NewerTemplate {
        /// The file.
        path: PathBuf,
    },
    /// The file is not what was read: somebody else changed it.
    ChangedByOther {
        /// The file.
        path: PathBuf,
    },
    /// Somebody else has the case open.
    Locked {
        /// The file.
        path: PathBuf,
        /// Who, as `user@machine`; empty where it is not known.
        by: String,
    },
    /// There is such a file already.
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// There is such a PDF already, and it is no plain output of this program: it may be signed.
    ForeignPdf {
        /// The file.
        path: PathBuf,
    },
    /// A file is not kept as the scan of a signed paper.
    Scan {
        /// The file; none where only its content is known.
        path: Option<PathBuf>,
        /// Why.
        trouble: ScanTrouble,
    },
    /// The PDF is none of this program.
    NotOwnPdf,
    /// What happened to a paper cannot be recorded.
    Record {
        /// Why.
        refused: Refused,
    },
    /// A paper may not go to somebody.
    Denied {
        /// Why.
        denial: Denial,
    },
    /// Papers may not go to somebody.
    Withheld {
        /// Each of them, and why.
        papers: Vec<Withheld>,
    },
    /// Words that may tell the diagnosis stand in what would go, and nobody decided about them.
    Undecided {
        /// Where.
        hits: Vec<Hit>,
    },
    /// A file is no package that can be used here.
    Package {
        /// The file.
        path: PathBuf,
        /// Why.
        trouble: PackageTrouble,
    },
    /// A passphrase is not taken.
    Passphrase {
        /// The file that it stands in, if it does.
        path: Option<PathBuf>,
        /// Why.
        trouble: PassphraseTrouble,
    },
    /// A package was written, and that could not be recorded.
    Unrecorded {
        /// The package.
        path: PathBuf,
        /// Why.
        reason: Box<Failure>,
    },
    /// A reply is not taken in.
    Reply {
        /// The file.
        path: PathBuf,
        /// Why.
        trouble: ReplyTrouble,
    },
    /// A file opens with a passphrase only, and none was given.
    PassphraseNeeded {
        /// The file.
        path: PathBuf,
    },
    /// Fields were changed here and in a reply, and nobody chose between the two.
    Unchosen {
        /// The fields.
        places: Vec<Place>,
    },
    /// A field is filled by somebody else.
    NotTheirs {
        /// Its key, as typed.
        key: String,
        /// Who wants to fill it.
        party: Party,
        /// Keys that look alike and are theirs.
        nearest: Vec<String>,
    },
    /// A file that is kept beside the case is not what was kept.
    KeptAltered {
        /// The file.
        path: PathBuf,
    },
    /// The form has no such line to sign.
    UnknownLine {
        /// The key asked for.
        key: String,
        /// The keys of its lines, the likest first.
        known: Vec<String>,
    },
    /// Two documents of one call would have the same file name.
    SameName {
        /// The file.
        path: PathBuf,
    },
    /// A font of the program is damaged.
    Font {
        /// Its file name.
        name: String,
    },
    /// Something went wrong for a reason inside of the program.
    Inside {
        /// The reason, for the developers; holds no data of the case.
        reason: String,
    },
    /// No such form among the templates.
    UnknownForm {
        /// The key asked for.
        key: String,
        /// Known keys that look alike.
        nearest: Vec<String>,
    },
    /// The case has no document of that form.
    NotInCase {
        /// The file.
        path: PathBuf,
        /// The key of the form.
        key: String,
        /// The forms of its documents.
        known: Vec<String>,
    },
    /// A key names no field.
    UnknownKey {
        /// The key asked for.
        key: String,
        /// Known keys that look alike.
        nearest: Vec<String>,
    },
    /// No such built-in example.
    UnknownExample {
        /// The name asked for.
        name: String,
        /// All names.
        known: Vec<String>,
    },
    /// A document or row of that number is not there, and it is not the next new one.
    NoSuchNumber {
        /// The key asked for.
        key: String,
        /// The largest number that may be written.
        last: usize,
    },
    /// What was typed does not fit the field.
    Entry {
        /// The key of the field.
        key: String,
        /// What is wrong.
        trouble: super::entry::EntryError,
    },
    /// The case has no document to print.
    NoDocuments {
        /// The file.
        path: PathBuf,
    },
    /// Errors in the case keep its PDF from being written.
    Problems {
        /// The file.
        path: PathBuf,
    },
    /// The system knows no program that shows this file.
    NoViewer {
        /// The file.
        path: PathBuf,
    },
    /// The system knows no program that shows this folder.
    NoFileManager {
        /// The folder.
        path: PathBuf,
    },
    /// No printer is set up to be used when none is named.
    NoPrinter {
        /// The file that was to be printed.
        path: PathBuf,
    },
    /// The printing of the system refused.
    PrintCommand {
        /// The file that was to be printed.
        path: PathBuf,
        /// The exit status, if it ended by itself.
        code: Option<i32>,
    },
    /// There is no screen to open a window on.
    NoDisplay,
    /// There is a screen, but what draws on it cannot be used.
    NoGraphics,
    /// A library that every window needs is not installed.
    NoWindowLibrary,
}

impl Failure {
    /// The file that it is about, if it is about one.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File { path, .. }
            | Self::Text { path, .. }
            | Self::TooLarge { path, .. }
            | Self::ReadOnlyFormat { path }
            | Self::NewerTemplate { path }
            | Self::ChangedByOther { path }
            | Self::Locked { path, .. }
            | Self::Exists { path }
            | Self::ForeignPdf { path }
            | Self::KeptAltered { path }
            | Self::Package { path, .. }
            | Self::Reply { path, .. }
            | Self::Unrecorded { path, .. }
            | Self::PassphraseNeeded { path }
            | Self::SameName { path }
            | Self::NotInCase { path, .. }
            | Self::NoDocuments { path }
            | Self::Problems { path }
            | Self::NoViewer { path }
            | Self::NoFileManager { path }
            | Self::NoPrinter { path }
            | Self::PrintCommand { path, .. } => Some(path),
            Self::Scan { path, .. } | Self::Passphrase { path, .. } => path.as_deref(),
            _ => None,
        }
    }
}

/// What the file system said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileTrouble {
    /// There is no such file or folder.
    NotFound,
    /// Reading or writing is not allowed.
    NotAllowed,
    /// The disk is full.
    DiskFull,
    /// Another program holds it open.
    InUse,
    /// It is a folder where a file should be, or the other way round.
    WrongSort,
    /// The name is too long for the system, or has characters that it does not take.
    BadName,
    /// Anything else, by the system's error number.
    Other(Option<i32>),
}

/// Why a file is not kept as a scan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanTrouble {
    /// There is nothing in it.
    Empty,
    /// It is larger than [`super::revision::SCAN_LIMIT`].
    TooLarge,
    /// It is none of PDF, JPEG and PNG.
    NoPicture,
    /// It begins as one of them, and is cut off or damaged.
    Damaged,
    /// It is a PDF that opens with a password only.
    Encrypted,
}

/// What is wrong in the text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextTrouble {
    /// The file ends in the middle.
    CutOff,
    /// It is not UTF-8.
    NotUtf8,
    /// Nested deeper than any case or template is.
    TooDeep,
    /// A field that this format does not know.
    UnknownField {
        /// As written.
        found: String,
    },
    /// A word where only some others are possible.
    UnknownWord {
        /// As written.
        found: String,
        /// What may stand there.
        expected: Vec<String>,
    },
    /// A field is missing.
    MissingField {
        /// Its name.
        name: String,
    },
    /// A field stands there twice.
    DuplicateField {
        /// Its name.
        name: String,
    },
    /// Something else should stand there.
    Expected(Expected),
    /// `format` is none that was ever released, or does not stand first.
    Format,
    /// A number that another document, revision or consent has too, or that is out of order.
    Numbers,
    /// The file is neither a case nor a template.
    UnknownSort,
    /// Anything else, as the parser words it; without data of the case.
    Syntax,
}

/// What should stand at a place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A text in quotation marks.
    Text,
    /// A number.
    Number,
    /// A list in `[ ]`.
    List,
    /// A map in `{ }`.
    Map,
    /// A structure in `( )`.
    Structure,
    /// `true` or `false`.
    YesOrNo,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// `Some(…)` or `None`.
    Option,
    /// A day such as `"2026-11-22"`.
    Day,
    /// The end of the file.
    End,
}
