//! What happens to the papers of a case, done and recorded: handing out, sending, signing, consent,
//! the end.
//!
//! An act keeps its files, saves the case, adds to the log, in this order: whatever breaks off in
//! between, the case never names a file that is not there. Whoever asks for it (window or command
//! line) shows what comes back.

mod hand_out;
mod hand_over;
mod merge;
mod names;
mod package;
mod receive;
mod revisions;
mod share;
mod sign;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::export::Refusal;
use crate::model::case::{Case, Document};
use crate::model::closing::Closing;
use crate::model::consent::Consent;
use crate::model::disclosure::{Decision, DisclosedCase, Request, disclose};
use crate::model::failure::Failure;
use crate::model::form::Form;
use crate::model::log::{Event, changed_fields};
use crate::model::note::Note;
use crate::model::package::Passphrase;
use crate::model::record::{Record, Refused};
use crate::model::reply::{Choice, Reply, Settled, apply};
use crate::model::revision::{CopyMark, Correction, Purpose, Recipient, SigningWay};
use crate::model::value::Key;
use crate::store::atomic::Medium;
use crate::store::case_file::{self, CaseFile, Existing};
use crate::store::log::{self, Stamp};
use crate::store::template_file::Library;

pub use merge::read_reply;
pub use names::name_of;
pub use receive::papers;
pub use sign::{likely_signer, scan_notes};

/// The moment, and who is at the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    /// The day.
    pub today: NaiveDate,
    /// The moment, as `2026-11-22T10:15:00+09:00`.
    pub moment: String,
    /// The user of the machine.
    pub user: String,
}

impl Now {
    /// By the clock of this machine.
    #[must_use]
    pub fn of_machine() -> Self {
        let now = chrono::Local::now();
        let moment = now.to_rfc3339_opts(chrono::SecondsFormat::Secs, false);
        Self { today: now.date_naive(), moment, user: log::user() }
    }
}

/// Where papers are dealt with: with which forms, on which disk, when.
pub struct Office<'a> {
    /// The forms.
    pub library: &'a Library,
    /// The disk.
    pub medium: &'a dyn Medium,
    /// The moment.
    pub now: Now,
}

/// Something to do with the papers of a case.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Hands a document out: fixes a revision, unless the newest one says the same.
    HandOut {
        /// The document, by its place in the case.
        document: usize,
        /// To whom.
        to: Recipient,
        /// What for.
        purpose: Purpose,
        /// The copies that go along.
        marks: Vec<CopyMark>,
        /// The plan over the months goes along, where the form has it.
        with_timeline: bool,
        /// What was decided about words that may tell the diagnosis.
        decisions: Vec<Decision>,
        /// The paper to sign is written so that the recipient fills in what is theirs in a PDF viewer.
        /// What is kept is the printed one.
        fillable: bool,
        /// What the PDFs that are written open with; none for anybody. What is kept has none.
        password: Option<Passphrase>,
        /// Where the PDFs are written too, beside being kept.
        folder: Option<PathBuf>,
    },
    /// Sends documents as one encrypted file: fixes a revision of each, unless the newest one says
    /// the same.
    Share {
        /// The documents, by their places in the case.
        documents: Vec<usize>,
        /// To whom.
        to: Recipient,
        /// What was decided about words that may tell the diagnosis.
        decisions: Vec<Decision>,
        /// What the file opens with.
        passphrase: Passphrase,
        /// The file, which is not there yet.
        path: PathBuf,
        /// Whether each paper goes as a PDF to be filled in, too.
        fillable: bool,
    },
    /// Hands the whole case over as one encrypted file, and closes it.
    HandOver {
        /// To whom.
        to: Recipient,
        /// What the file opens with.
        passphrase: Passphrase,
        /// The file, which is not there yet.
        path: PathBuf,
    },
    /// Takes in what somebody outside filled in: it is compared anew with what was sent.
    Merge {
        /// What they filled in.
        reply: Reply,
        /// What was chosen where both sides changed something.
        choices: Vec<Choice>,
    },
    /// Records a signature.
    Sign {
        /// The document, by its place in the case.
        document: usize,
        /// The number of the revision; none for the newest one.
        revision: Option<u32>,
        /// The key of the line.
        line: Key,
        /// The day beside the signature.
        signed_on: NaiveDate,
        /// Who signed; may be empty.
        name: String,
        /// How.
        how: SigningWay,
        /// The signed paper.
        scan: Option<PathBuf>,
    },
    /// Corrects a signature that was recorded by mistake.
    CorrectSignature {
        /// The document, by its place in the case.
        document: usize,
        /// The number of the revision.
        revision: u32,
        /// The key of the line.
        line: Key,
        /// Why.
        why: String,
    },
    /// Records a consent; its number is given here.
    Consent {
        /// The consent.
        consent: Consent,
        /// The signed paper.
        scan: Option<PathBuf>,
    },
    /// Records that a consent was withdrawn.
    Withdraw {
        /// The number of the consent.
        consent: u32,
        /// Since when.
        on: NaiveDate,
        /// Why; may be empty.
        why: String,
    },
    /// Closes the case.
    Close {
        /// How it ended.
        closing: Closing,
    },
    /// Opens the case again.
    Reopen {
        /// Why.
        why: String,
    },
}

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub struct Acted {
    /// What was recorded in the case.
    pub record: Record,
    /// The PDFs that were handed out: in the folder that was asked for, else where they are kept. Of
    /// what was sent the encrypted file.
    pub written: Vec<PathBuf>,
    /// What is worth telling.
    pub notes: Vec<Note>,
}

/// An act that is ready to be recorded: its files are kept already.
struct Prepared {
    record: Record,
    /// What a reply brings into the fields.
    settled: Option<Settled>,
    notes: Vec<Note>,
    /// The PDFs with their names in the folder that was asked for, and where they are kept.
    papers: Vec<hand_out::Paperwork>,
}

impl From<Record> for Prepared {
    fn from(record: Record) -> Self {
        Self { record, settled: None, notes: Vec::new(), papers: Vec::new() }
    }
}

/// What an act does to a case.
#[derive(Clone, Copy)]
struct Deed<'a> {
    record: &'a Record,
    settled: Option<&'a Settled>,
}

impl Deed<'_> {
    fn enter(self, case: &mut Case) -> Result<(), Refused> {
        case.enter(self.record)?;
        if let Some(settled) = self.settled {
            apply(case, settled);
        }
        Ok(())
    }
}

impl Office<'_> {
    /// Does something with the papers of a case and records it: the case is saved, with whatever
    /// else was changed in it, and the log added to.
    ///
    /// # Errors
    /// Why it is not done; the case and its file are then as they were.
    pub fn act(&self, file: &mut CaseFile, act: &Act) -> Result<Acted, Refusal> {
        foresee(file, act)?;
        self.is_past(act)?;
        let Prepared { record, settled, mut notes, papers } = self.prepare(file, act)?;
        let before = file.case.clone();
        let deed = Deed { record: &record, settled: settled.as_ref() };
        let entered = deed.enter(&mut file.case).map_err(|refused| Failure::Record { refused });
        if let Err(failure) = entered.and_then(|()| self.save_and_log(file, Some(deed), &mut notes)) {
            file.case = before;
            return Err(package::unrecorded(act, failure).into());
        }
        let written = match package::path_of(act) {
            Some(path) => vec![path.to_owned()],
            None => self.write_papers(file, act, papers, &mut notes),
        };
        Ok(Acted { record, written, notes })
    }

    /// Saves a case and notes in its log what was changed.
    ///
    /// # Errors
    /// The case was not saved. What is missing in the log comes back as a note.
    pub fn save(&self, file: &mut CaseFile) -> Result<Vec<Note>, Failure> {
        let mut notes = Vec::new();
        self.save_and_log(file, None, &mut notes)?;
        Ok(notes)
    }

    /// The same over what somebody else saved meanwhile, as the user decided.
    ///
    /// # Errors
    /// As [`Self::save`].
    pub fn save_over(&self, file: &mut CaseFile) -> Result<Vec<Note>, Failure> {
        // What they saved is told apart from what I save; a file that is gone says nothing.
        let before = match CaseFile::read(&file.path) {
            Ok(theirs) => {
                // What they recorded has happened, whoever's fields are the right ones.
                if file.case.may_be(&theirs.case) {
                    file.case.take_records(&theirs.case);
                }
                theirs.case
            }
            Err(_) => case_file::parse(&file.path, &file.text)?.0,
        };
        file.save_over(self.medium)?;
        let mut notes = Vec::new();
        self.log_all(file, &[Event::Changed { fields: changed_fields(&before, &file.case) }], &mut notes);
        Ok(notes)
    }

    /// The same as another file; with a case that was in no file before, its log begins.
    ///
    /// # Errors
    /// As [`CaseFile::save_as`].
    pub fn save_as(&self, file: &mut CaseFile, path: &Path, existing: Existing) -> Result<Vec<Note>, Failure> {
        let events = if file.path.as_os_str().is_empty() {
            vec![Event::Created]
        } else {
            let before = case_file::parse(&file.path, &file.text)?.0;
            let from = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            changed(&before, &file.case).into_iter().chain([Event::SavedAs { from }]).collect()
        };
        file.save_as(self.medium, path, existing)?;
        let mut notes = Vec::new();
        self.log_all(file, &events, &mut notes);
        Ok(notes)
    }

    /// Notes something in the log of a case that was saved, or that is only looked at.
    ///
    /// # Errors
    /// The log cannot be written.
    pub fn note(&self, file: &CaseFile, event: &Event) -> Result<(), Failure> {
        let is_saved = !matches!(event, Event::Opened | Event::Exported { .. } | Event::Printed { .. });
        if *event == Event::Created {
            log::put_aside(self.medium, &file.path)?;
        }
        let stamp = Stamp { at: self.now.moment.clone(), user: self.now.user.clone() };
        log::append(self.medium, &file.path, &stamp, event, is_saved.then(|| file.fingerprint())).map(drop)
    }

    fn save_and_log(&self, file: &mut CaseFile, deed: Option<Deed<'_>>, notes: &mut Vec<Note>) -> Result<(), Failure> {
        let mut before = case_file::parse(&file.path, &file.text)?.0;
        let event = deed.map(|deed| Event::of(&file.case, deed.record));
        if let Some(deed) = deed {
            // What the act itself changes has an entry of its own.
            let _ = deed.enter(&mut before);
        }
        let read = file.fingerprint();
        file.save(self.medium)?;
        let mut events: Vec<Event> = changed(&before, &file.case).into_iter().chain(event).collect();
        if events.is_empty() && read != file.fingerprint() {
            // The same in other words, as a case of an older format.
            events.push(Event::Changed { fields: Vec::new() });
        }
        self.log_all(file, &events, notes);
        Ok(())
    }

    /// Adds to the log of a case that is saved by now: what cannot be added is told.
    fn log_all(&self, file: &CaseFile, events: &[Event], notes: &mut Vec<Note>) {
        let failed = events.iter().find_map(|event| self.note(file, event).err());
        notes.extend(failed.map(Note::NotLogged));
    }

    /// That what is recorded has happened: nobody agrees or ends a case in advance.
    fn is_past(&self, act: &Act) -> Result<(), Failure> {
        let on = match act {
            Act::Consent { consent, .. } => consent.given_on,
            Act::Close { closing } => closing.on,
            _ => return Ok(()),
        };
        if on > self.now.today { Err(Failure::Record { refused: Refused::InFuture }) } else { Ok(()) }
    }

    fn prepare(&self, file: &CaseFile, act: &Act) -> Result<Prepared, Refusal> {
        let correction = |why: &str| Correction { on: self.now.today, why: why.trim().to_owned() };
        match act {
            Act::HandOut { .. } => self.hand_out(file, act),
            Act::Share { .. } => self.share(file, act),
            Act::HandOver { to, passphrase, path } => Ok(self.hand_over(file, to, passphrase, path)?),
            Act::Merge { reply, choices } => Ok(self.merge(file, reply, choices)?),
            Act::Sign { .. } => Ok(self.sign(file, act)?),
            Act::CorrectSignature { document, revision, line, why } => {
                let (document, form) = self.document(&file.case, *document)?;
                sign::known_line(form, line)?;
                let (document, revision, line) = (document.id, *revision, line.clone());
                Ok(Record::CorrectSignature { document, revision, line, correction: correction(why) }.into())
            }
            Act::Consent { consent, scan } => Ok(self.consent(file, consent, scan.as_deref())?),
            Act::Withdraw { consent, on, why } => {
                let withdrawal = Correction { on: *on, why: why.trim().to_owned() };
                Ok(Record::Withdraw { consent: *consent, withdrawal }.into())
            }
            Act::Close { closing } => Ok(Record::Close(closing.clone()).into()),
            Act::Reopen { why } => Ok(Record::Reopen(correction(why)).into()),
        }
    }

    /// What somebody may see of documents of a case: whatever leaves the hospital is made from it.
    ///
    /// # Errors
    /// A document may not go there, or something is still to be decided.
    pub fn disclosed(
        &self,
        case: &Case,
        documents: &[usize],
        to: &Recipient,
        decisions: &[Decision],
    ) -> Result<DisclosedCase, Failure> {
        let rules = self.library.rules();
        let request = Request { case, documents, to, decisions, rules: &rules, today: self.now.today };
        let disclosure = disclose(&request).map_err(|papers| Failure::Withheld { papers })?;
        disclosure.settled().map_err(|hits| Failure::Undecided { hits })
    }

    /// A document of the case and its form.
    fn document<'a>(&'a self, case: &'a Case, at: usize) -> Result<(&'a Document, &'a Form), Failure> {
        let document = case.documents.get(at).ok_or(Failure::Record { refused: Refused::NoDocument })?;
        let unknown = || Failure::UnknownForm { key: document.form.clone(), nearest: Vec::new() };
        Ok((document, self.library.forms.get(&document.form).ok_or_else(unknown)?))
    }
}

/// What can be told before a scan is kept: that the case would refuse the record.
fn foresee(file: &CaseFile, act: &Act) -> Result<(), Failure> {
    if file.is_newer {
        return Err(Failure::ReadOnlyFormat { path: file.path.clone() });
    }
    let Act::Consent { consent, .. } = act else { return Ok(()) };
    let entered = file.case.clone().enter(&Record::Consent(consent.clone()));
    entered.map_err(|refused| Failure::Record { refused })
}

/// What of a case was changed, unless nothing was.
fn changed(before: &Case, after: &Case) -> Option<Event> {
    let fields = changed_fields(before, after);
    (!fields.is_empty()).then_some(Event::Changed { fields })
}
