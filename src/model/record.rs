//! What happens to the papers of a case outside of the program, as one thing to record: handed
//! out, signed, agreed to, closed. Each is checked here and then stays for good.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::closing::{Closing, Outcome};
use super::consent::Consent;
use super::package::HandOver;
use super::reply::ReceivedReply;
use super::revision::{Correction, Revision, Signature};
use super::value::Key;

/// Something to record.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A document was handed out.
    HandOut {
        /// The identity of the document.
        document: u32,
        /// The revision: a new one, or a known one with what comes to it (handouts, copies).
        revision: Box<Revision>,
    },
    /// Documents went together in a package.
    Share {
        /// The package, by its identity.
        package: String,
        /// The identities of the documents, each with its revision as in [`Self::HandOut`].
        papers: Vec<(u32, Revision)>,
    },
    /// A reply was taken in; what it says is entered apart.
    TakeReply(ReceivedReply),
    /// The whole case was handed over, and ends here.
    HandOver(HandOver),
    /// A line was signed.
    Sign {
        /// The identity of the document.
        document: u32,
        /// The number of its revision.
        revision: u32,
        /// The signature.
        signature: Signature,
    },
    /// A signature was recorded by mistake.
    CorrectSignature {
        /// The identity of the document.
        document: u32,
        /// The number of its revision.
        revision: u32,
        /// The line whose signature it is.
        line: Key,
        /// When and why.
        correction: Correction,
    },
    /// The patient agreed to something.
    Consent(Consent),
    /// The patient withdrew a consent.
    Withdraw {
        /// The number of the consent.
        consent: u32,
        /// From when on, and why.
        withdrawal: Correction,
    },
    /// The case ended.
    Close(Closing),
    /// The case goes on.
    Reopen(Correction),
}

/// A suggestion that somebody looked at and set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// What identifies the suggestion, see [`super::check::Problem::identity`]: it changes with the
    /// texts it is about, so that a new contradiction is told anew.
    pub problem: String,
    /// Why it is set aside.
    pub note: String,
    /// The day.
    pub on: NaiveDate,
}

/// Why something is not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The case has no such document.
    NoDocument,
    /// The document has no such revision: it was not handed out yet.
    NoRevision,
    /// The revision does not follow the newest one, or says something else than that of its number.
    WrongRevision,
    /// The line is signed already.
    AlreadySigned {
        /// The key of the line.
        line: Key,
    },
    /// There is no signature to correct.
    NotSigned {
        /// The key of the line.
        line: Key,
    },
    /// A correction needs a reason.
    NoReason,
    /// A consent ends before it begins.
    EndsBeforeBegin,
    /// A consent was withdrawn before it was given.
    WithdrawnBeforeGiven,
    /// It is said to have happened after today.
    InFuture,
    /// A consent goes to nobody, or speaks of no form.
    NothingConsented,
    /// The case has no such consent.
    NoConsent {
        /// Its number.
        number: u32,
    },
    /// The consent is withdrawn already.
    AlreadyWithdrawn,
    /// The case is closed already.
    AlreadyClosed,
    /// The case is not closed.
    NotClosed,
    /// A document that was handed out stays in the case.
    HandedOut,
    /// The reply was taken in already.
    AlreadyTaken {
        /// On this day.
        on: NaiveDate,
    },
}

impl Case {
    /// Records something; what cannot be is left out as a whole.
    ///
    /// # Errors
    /// Why it is not recorded.
    pub fn enter(&mut self, record: &Record) -> Result<(), Refused> {
        match record {
            Record::HandOut { document, revision } => self.hand_out(*document, revision),
            Record::Share { papers, .. } => self.share(papers),
            Record::TakeReply(reply) => self.take_reply(reply),
            Record::HandOver(_) | Record::Close(_) if self.closing().is_some() => Err(Refused::AlreadyClosed),
            Record::HandOver(hand_over) => {
                self.hand_over(hand_over);
                Ok(())
            }
            Record::Sign { document, revision, signature } => self.sign(*document, *revision, signature),
            Record::CorrectSignature { document, revision, line, correction } => {
                self.correct(*document, *revision, line, correction)
            }
            Record::Consent(consent) => self.consent(consent),
            Record::Withdraw { consent, withdrawal } => self.withdraw(*consent, withdrawal),
            Record::Close(closing) => {
                self.closings.push(closing.clone());
                Ok(())
            }
            Record::Reopen(why) => self.reopen(why),
        }
    }

    fn hand_out(&mut self, document: u32, revision: &Revision) -> Result<(), Refused> {
        let document = self.documents.iter_mut().find(|one| one.id == document).ok_or(Refused::NoDocument)?;
        let next = document.latest().map_or(0, |latest| latest.number) + 1;
        if revision.number == next {
            document.revisions.push(Arc::new(revision.clone()));
            return Ok(());
        }
        let known = document.revisions.last_mut().filter(|known| known.number == revision.number);
        let known = known.filter(|known| known.fingerprint == revision.fingerprint).ok_or(Refused::WrongRevision)?;
        let known = Arc::make_mut(known);
        known.handouts.extend(revision.handouts.iter().cloned());
        let new = revision.copies.iter().filter(|copy| !known.copies.contains(copy)).cloned();
        known.copies.extend(new.collect::<Vec<_>>());
        Ok(())
    }

    fn share(&mut self, papers: &[(u32, Revision)]) -> Result<(), Refused> {
        let mut entered = self.clone();
        for (document, revision) in papers {
            entered.hand_out(*document, revision)?;
        }
        *self = entered;
        Ok(())
    }

    fn take_reply(&mut self, reply: &ReceivedReply) -> Result<(), Refused> {
        if let Some(known) = self.replies.iter().find(|known| known.sha256 == reply.sha256) {
            return Err(Refused::AlreadyTaken { on: known.on });
        }
        self.replies.push(reply.clone());
        Ok(())
    }

    fn hand_over(&mut self, hand_over: &HandOver) {
        self.hand_overs.push(hand_over.clone());
        let (on, outcome) = (hand_over.on, Outcome::HandedOver);
        self.closings.push(Closing { on, outcome, note: String::new(), reopened: None });
    }

    fn sign(&mut self, document: u32, revision: u32, signature: &Signature) -> Result<(), Refused> {
        let revision = self.revision_mut(document, revision)?;
        if revision.signature(&signature.line).is_some() {
            return Err(Refused::AlreadySigned { line: signature.line.clone() });
        }
        revision.signatures.push(signature.clone());
        Ok(())
    }

    fn correct(&mut self, document: u32, revision: u32, line: &str, why: &Correction) -> Result<(), Refused> {
        let revision = self.revision_mut(document, revision)?;
        let counts = |one: &&mut Signature| one.line == line && one.corrected.is_none();
        let not_signed = || Refused::NotSigned { line: line.to_owned() };
        let signature = revision.signatures.iter_mut().find(counts).ok_or_else(not_signed)?;
        signature.corrected = Some(reasoned(why)?);
        Ok(())
    }

    fn consent(&mut self, consent: &Consent) -> Result<(), Refused> {
        if consent.until.is_some_and(|until| until < consent.given_on) {
            return Err(Refused::EndsBeforeBegin);
        }
        if consent.to.is_empty() || consent.forms.as_ref().is_some_and(Vec::is_empty) {
            return Err(Refused::NothingConsented);
        }
        let number = self.consents.iter().map(|one| one.number).max().unwrap_or(0) + 1;
        self.consents.push(Consent { number, ..consent.clone() });
        Ok(())
    }

    fn withdraw(&mut self, number: u32, withdrawal: &Correction) -> Result<(), Refused> {
        let consent = self.consents.iter_mut().find(|one| one.number == number);
        let consent = consent.ok_or(Refused::NoConsent { number })?;
        if consent.withdrawn.is_some() {
            return Err(Refused::AlreadyWithdrawn);
        }
        if withdrawal.on < consent.given_on {
            return Err(Refused::WithdrawnBeforeGiven);
        }
        consent.withdrawn = Some(withdrawal.clone());
        Ok(())
    }

    fn reopen(&mut self, why: &Correction) -> Result<(), Refused> {
        let closing = self.closings.last_mut().filter(|closing| closing.reopened.is_none());
        closing.ok_or(Refused::NotClosed)?.reopened = Some(why.clone());
        Ok(())
    }

    fn revision_mut(&mut self, document: u32, number: u32) -> Result<&mut Revision, Refused> {
        let document = self.documents.iter_mut().find(|one| one.id == document).ok_or(Refused::NoDocument)?;
        let revision = document.revisions.iter_mut().find(|one| one.number == number);
        revision.map(Arc::make_mut).ok_or(Refused::NoRevision)
    }
}

fn reasoned(correction: &Correction) -> Result<Correction, Refused> {
    if correction.why.trim().is_empty() { Err(Refused::NoReason) } else { Ok(correction.clone()) }
}
