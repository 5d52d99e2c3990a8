//! What is worth telling of something that was done with a paper. [`crate::messages`] words it.

use super::failure::Failure;

/// Something worth telling after a paper was handed out, signed or looked at.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// Fields that are to be filled before the paper is handed out are empty.
    Needed {
        /// Their labels.
        labels: Vec<String>,
    },
    /// The paper rests on a revision of this form that is superseded.
    RestsOnOlder {
        /// The short title of the form.
        form: String,
        /// The number of the revision.
        revision: u32,
    },
    /// Another line of the paper was signed by the same name.
    SameName {
        /// The name.
        name: String,
        /// The caption of the other line.
        caption: String,
    },
    /// The signed revision is not the newest one.
    OlderRevision {
        /// The number of the newest one.
        newest: u32,
    },
    /// The scan is the paper of another case.
    ScanOfOtherCase,
    /// The scan is a paper that the case does not have.
    ScanOfOtherDocument,
    /// The scan is a draft, which nobody signs.
    ScanOfDraft {
        /// The short title of its form.
        form: String,
    },
    /// The scan is the very file that was handed out: nobody signed it.
    ScanUnsigned,
    /// The scan is what was handed out, with something else in it than signatures.
    ScanAltered,
    /// The scan is another paper of this case, or another revision.
    ScanOfOtherPaper {
        /// The short title of its form.
        form: String,
        /// The number of its revision.
        revision: u32,
    },
    /// The scan is a PDF that was signed digitally, by these.
    SignedDigitally {
        /// The names in the signatures.
        by: Vec<String>,
    },
    /// A reply answers an older revision of a paper than the newest one.
    RepliedToOlder {
        /// The short title of its form.
        form: String,
        /// The number of the revision that it answers.
        revision: u32,
        /// The number of the newest one.
        newest: u32,
    },
    /// Fields that were taken from an earlier answer to the same package, and that a later one has as
    /// they were sent: it may be that the first one was a slip.
    RepliedAsSent {
        /// Their labels.
        labels: Vec<String>,
    },
    /// A reply answers a paper that the case does not have any more.
    RepliedToRemoved {
        /// The short title of its form.
        form: String,
    },
    /// A copy that was kept is gone or altered; it was made and kept anew.
    CopyMadeAnew(Failure),
    /// A package was written: its passphrase is told by another way than the file goes.
    PassphraseApart,
    /// The whole case goes to a colleague in the same hospital, and so without a consent.
    WithinHospital,
    /// The case that is handed over says the chart number somewhere else than in its own field.
    ChartNumberStands,
    /// What was done is recorded in the case; a further copy of the paper was not written.
    NotWritten(Failure),
    /// What was done is recorded in the case, and is missing in the log.
    NotLogged(Failure),
}

impl Note {
    /// Whether a part of what was asked for was not done.
    #[must_use]
    pub fn is_failure(&self) -> bool {
        matches!(self, Self::NotWritten(_) | Self::NotLogged(_))
    }
}
