//! The log of a case: what was done with it, when, and by which user of the machine.
//!
//! An entry names what was changed and never what stands there. Each one is chained to the one
//! before it, see [`crate::store::log`].

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::case::{Case, is_shared};
use super::check::{CASE_NUMBER, Place};
use super::closing::Outcome;
use super::compare::{Difference, differences};
use super::failure::Failure;
use super::form::Party;
use super::record::Record;
use super::reply::ReplyPlace;
use super::revision::{CopyMark, Purpose, Recipient, Revision, SigningWay};
use super::value::Key;

/// An entry of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Counts from 1 in its log.
    pub number: u64,
    /// The moment on the clock of the machine, as `2026-11-22T10:15:00+09:00`.
    pub at: String,
    /// Who, by the name at the machine.
    pub user: String,
    /// What.
    pub event: Event,
    /// The SHA-256 of the case file as it was left, in hexadecimal digits; none where nothing was
    /// saved.
    pub file: Option<String>,
    /// The hash of the entry before; empty for the first one.
    pub previous: String,
    /// The SHA-256 of all of this, in hexadecimal digits.
    pub hash: String,
}

/// What was done with a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// It was begun.
    Created,
    /// It was opened.
    Opened,
    /// It was changed and saved.
    Changed {
        /// The keys of the fields, as `patient.name` or `opinion#1/verdict`; never what stands there.
        fields: Vec<String>,
    },
    /// It was saved as this file, which had another name before.
    SavedAs {
        /// The name of the file before, without its folder.
        from: String,
    },
    /// A revision was handed out.
    HandedOut {
        /// Which paper.
        paper: PaperName,
        /// To whom.
        to: Recipient,
        /// What for.
        purpose: Purpose,
        /// The copies that went along.
        marks: Vec<CopyMark>,
        /// The consent that it went under.
        consent: Option<u32>,
        /// The keys of the fields that went by decision although a word in them may tell the diagnosis.
        #[serde(default)]
        told: Vec<String>,
    },
    /// Papers went in a package.
    Shared {
        /// The package, by its identity.
        package: String,
        /// Which papers.
        papers: Vec<PaperName>,
        /// To whom.
        to: Recipient,
        /// The consents that they went under.
        consents: Vec<u32>,
        /// The keys of the fields that went by decision although a word in them may tell the diagnosis.
        #[serde(default)]
        told: Vec<String>,
    },
    /// A reply was taken in.
    Merged {
        /// From whom.
        from: Recipient,
        /// The package that it answers; none for a PDF that was filled by itself.
        package: Option<String>,
        /// The keys of the fields that were taken from it.
        taken: Vec<String>,
        /// The keys of the fields that were changed there and left as they are here: the sender may not
        /// supply them, or what stands there does not fit.
        refused: Vec<String>,
    },
    /// The whole case was handed over.
    HandedOver {
        /// The package, by its identity.
        package: String,
        /// To whom.
        to: Recipient,
        /// The consent that it went under.
        consent: Option<u32>,
    },
    /// The case came from somebody who handed it over.
    Received {
        /// The package, by its identity.
        package: String,
        /// From which hospital.
        from: String,
    },
    /// A line was signed.
    Signed {
        /// Which paper.
        paper: PaperName,
        /// The key of the line.
        line: Key,
        /// How.
        how: SigningWay,
        /// Whether the signed paper is kept.
        has_scan: bool,
    },
    /// A signature was recorded by mistake.
    SignatureCorrected {
        /// Which paper.
        paper: PaperName,
        /// The key of the line.
        line: Key,
    },
    /// The patient agreed to something.
    Consented {
        /// The number of the consent.
        consent: u32,
        /// To whom the papers may go.
        to: Vec<Party>,
        /// The forms that may go there; none for all.
        forms: Option<Vec<Key>>,
        /// Whether the diagnosis may be told.
        diagnosis: bool,
    },
    /// The patient withdrew a consent.
    Withdrawn {
        /// The number of the consent.
        consent: u32,
    },
    /// The case ended.
    Closed {
        /// How.
        outcome: Outcome,
    },
    /// The case goes on.
    Reopened,
    /// A PDF was written.
    Exported {
        /// The key of the form; empty for all in one file.
        form: Key,
        /// Whether it is marked as a draft.
        draft: bool,
        /// The number of the revision that was kept; none for what was drawn anew. Logs of older
        /// programs do not tell it.
        #[serde(default)]
        revision: Option<u32>,
        /// Whether each page is marked as an old one.
        #[serde(default)]
        is_old: bool,
    },
    /// A paper was sent to the printer.
    Printed {
        /// The key of the form.
        form: Key,
        /// Whether it is marked as a draft.
        draft: bool,
        /// The number of the revision that was kept; none for what was drawn anew. Logs of older
        /// programs do not tell it.
        #[serde(default)]
        revision: Option<u32>,
        /// Whether each page is marked as an old one.
        #[serde(default)]
        is_old: bool,
    },
}

/// A revision of a document, as the log names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperName {
    /// The identity of the document.
    pub document: u32,
    /// The key of its form.
    pub form: Key,
    /// The number of the revision.
    pub revision: u32,
}

/// What is wrong with a log.
#[derive(Clone, Debug, PartialEq)]
pub enum LogTrouble {
    /// It cannot be read.
    Unreadable(Failure),
    /// It is gone, although something was recorded.
    Gone,
    /// The first line, which names the format, is not as it was written.
    Header,
    /// An entry is not as it was written.
    Altered {
        /// The number of the entry.
        number: u64,
        /// Its line in the file.
        line: usize,
    },
    /// Entries are missing.
    Missing {
        /// The number of the first one.
        first: u64,
        /// The number of the last one.
        last: u64,
        /// The line before which they stood.
        line: usize,
    },
    /// An entry does not stand in its place.
    Misplaced {
        /// The number of the entry.
        number: u64,
        /// Its line in the file.
        line: usize,
    },
    /// A line was not written to its end: the program or the machine broke off.
    HalfLine {
        /// The line.
        line: usize,
    },
    /// An entry is older than the one before it: the clock went backwards.
    ClockBackwards {
        /// The number of the entry.
        number: u64,
        /// Its line in the file.
        line: usize,
    },
    /// The end of the log is missing.
    CutOff {
        /// How many entries there are.
        entries: u64,
        /// How many there were.
        were: u64,
    },
    /// Entries stand at the end that the record of the log does not know.
    Beyond {
        /// How many there were.
        were: u64,
    },
    /// The case is not what was last saved: it was changed outside of the program, or the log lost
    /// its end.
    CaseDiffers,
}

impl LogTrouble {
    /// Whether it may come about without anybody's doing.
    #[must_use]
    pub fn is_harmless(&self) -> bool {
        matches!(self, Self::HalfLine { .. } | Self::ClockBackwards { .. } | Self::Beyond { .. } | Self::CaseDiffers)
    }

    /// The line of the log that it is about, counted from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        match self {
            Self::Header => Some(1),
            Self::Altered { line, .. }
            | Self::Missing { line, .. }
            | Self::Misplaced { line, .. }
            | Self::HalfLine { line }
            | Self::ClockBackwards { line, .. } => Some(*line),
            Self::Unreadable(_) | Self::Gone | Self::CutOff { .. } | Self::Beyond { .. } | Self::CaseDiffers => None,
        }
    }
}

impl Event {
    /// What a record is in the log of the case that it was entered into.
    #[must_use]
    pub fn of(case: &Case, record: &Record) -> Self {
        let paper = |document: u32, revision: u32| {
            let form = case.document_of_id(document).map(|at| case.documents[at].form.clone()).unwrap_or_default();
            PaperName { document, form, revision }
        };
        match record {
            Record::HandOut { document, revision } => {
                let paper = paper(*document, revision.number);
                let last = revision.handouts.last();
                Self::HandedOut {
                    paper,
                    to: last.map_or(Recipient { party: Party::Patient, name: String::new() }, |last| last.to.clone()),
                    purpose: last.map_or(Purpose::ForGood, |last| last.purpose),
                    marks: last.map(|last| last.marks.clone()).unwrap_or_default(),
                    consent: last.and_then(|last| last.consent),
                    told: told_fields(case, [(*document, &**revision)]),
                }
            }
            Record::Share { package, papers } => {
                let last = |revision: &Revision| revision.handouts.last().cloned();
                let handouts: Vec<_> = papers.iter().filter_map(|(_, revision)| last(revision)).collect();
                let consents: BTreeSet<u32> = handouts.iter().filter_map(|handout| handout.consent).collect();
                let to = handouts.into_iter().next().map(|handout| handout.to);
                Self::Shared {
                    package: package.clone(),
                    papers: papers.iter().map(|(document, revision)| paper(*document, revision.number)).collect(),
                    to: to.unwrap_or(Recipient { party: Party::Patient, name: String::new() }),
                    consents: consents.into_iter().collect(),
                    told: told_fields(case, papers.iter().map(|(document, revision)| (*document, revision))),
                }
            }
            Record::TakeReply(reply) => Self::Merged {
                from: reply.from.clone(),
                package: reply.package.clone(),
                taken: reply_fields(case, reply.taken.iter().map(|taken| &taken.place)),
                refused: reply_fields(case, &reply.refused),
            },
            Record::HandOver(hand_over) => Self::HandedOver {
                package: hand_over.package.clone(),
                to: hand_over.to.clone(),
                consent: hand_over.consent,
            },
            Record::Sign { document, revision, signature } => Self::Signed {
                paper: paper(*document, *revision),
                line: signature.line.clone(),
                how: signature.how,
                has_scan: signature.scan.is_some(),
            },
            Record::CorrectSignature { document, revision, line, .. } => {
                Self::SignatureCorrected { paper: paper(*document, *revision), line: line.clone() }
            }
            Record::Consent(consent) => Self::Consented {
                consent: consent.number,
                to: consent.to.clone(),
                forms: consent.forms.clone(),
                diagnosis: consent.diagnosis,
            },
            Record::Withdraw { consent, .. } => Self::Withdrawn { consent: *consent },
            Record::Close(closing) => Self::Closed { outcome: closing.outcome },
            Record::Reopen(_) => Self::Reopened,
        }
    }
}

/// The keys of the fields that went with the newest handouts of these documents although a word in
/// them may tell the diagnosis, each once.
fn told_fields<'a>(case: &Case, papers: impl IntoIterator<Item = (u32, &'a Revision)>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut fields = Vec::new();
    for (document, revision) in papers {
        let document = case.document_of_id(document);
        for key in revision.handouts.last().into_iter().flat_map(|handout| &handout.told) {
            // A column has a dot in its key as shared data has: its table stands on the revision.
            let is_column = key.split_once('.').is_some_and(|(table, _)| revision.values.contains_key(table));
            let is_own = is_column || !(is_shared(key) || key == CASE_NUMBER);
            let place = Place { document: document.filter(|_| is_own), field: key.clone(), cell: None };
            fields.push(field_key(case, &place));
        }
    }
    fields.retain(|field| seen.insert(field.clone()));
    fields
}

/// The keys of the fields in which two states of a case differ, in the order of the case: of a
/// table its columns, without the rows.
#[must_use]
pub fn changed_fields(before: &Case, after: &Case) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut fields: Vec<String> = differences(after, before).iter().map(|one| key(after, before, one)).collect();
    if before.set_aside != after.set_aside {
        fields.push(SET_ASIDE.to_owned());
    }
    fields.retain(|field| seen.insert(field.clone()));
    fields
}

/// The key under which suggestions that are set aside stand among the changed fields.
pub const SET_ASIDE: &str = "case.set_aside";

fn key(after: &Case, before: &Case, difference: &Difference) -> String {
    let place = &difference.place;
    // A document that only the state before has is counted there.
    let is_gone = difference.mine.is_none() && place.field.is_empty();
    field_key(if is_gone { before } else { after }, place)
}

/// The keys of fields of a reply, each once, without their rows.
#[must_use]
pub fn reply_fields<'a>(case: &Case, places: impl IntoIterator<Item = &'a ReplyPlace>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut keys: Vec<String> = places.into_iter().map(|place| field_key(case, &place.in_case(case))).collect();
    keys.retain(|key| seen.insert(key.clone()));
    keys
}

/// The key of a field, without the row of a cell.
fn field_key(case: &Case, place: &Place) -> String {
    let field = match &place.cell {
        Some((_, column)) if place.document.is_some() && !column.is_empty() => format!("{}.{column}", place.field),
        _ => place.field.clone(),
    };
    let Some((at, document)) = place.document.and_then(|at| Some((at, case.documents.get(at)?))) else { return field };
    let nth = case.documents_of(&document.form).take_while(|other| *other <= at).count();
    if field.is_empty() { format!("{}#{nth}", document.form) } else { format!("{}#{nth}/{field}", document.form) }
}
