//! Bringing what happened to the papers of one state of a case into another state of it: what
//! happened on paper cannot be undone by going back to an earlier state.

use std::sync::Arc;

use super::case::{Case, Document};
use super::revision::{Revision, Signature};

impl Case {
    /// Whether another state may be one of this case: a case that was written by hand may be any.
    #[must_use]
    pub fn may_be(&self, other: &Case) -> bool {
        self.id.is_empty() || other.id.is_empty() || self.id == other.id
    }

    /// What was entered, and nothing of what was recorded.
    #[must_use]
    pub fn without_records(mut self) -> Self {
        self.documents.iter_mut().for_each(|document| document.revisions.clear());
        self.consents.clear();
        self.closings.clear();
        self.replies.clear();
        self.hand_overs.clear();
        self
    }

    /// Takes over what was recorded in another state of this case: every revision with its handouts
    /// and signatures, every consent, every closing, every reply and hand-over. What is recorded here stays.
    pub fn take_records(&mut self, other: &Case) {
        for document in other.documents.iter().filter(|document| !document.revisions.is_empty()) {
            match self.document_of_id(document.id) {
                Some(at) if self.documents[at].form == document.form => self.documents[at].take_revisions(document),
                // On paper that is the identity of the other one: mine was never handed out.
                Some(at) if self.documents[at].revisions.is_empty() => {
                    self.documents[at].id = self.free_id().max(other.free_id());
                    self.documents.push(document.clone());
                }
                Some(_) => {}
                None => self.documents.push(document.clone()),
            }
        }
        for consent in &other.consents {
            match self.consents.iter_mut().find(|one| one.number == consent.number) {
                None => self.consents.push(consent.clone()),
                Some(known) if known.withdrawn.is_none() => known.withdrawn.clone_from(&consent.withdrawn),
                Some(_) => {}
            }
        }
        for (at, closing) in other.closings.iter().enumerate() {
            match self.closings.get_mut(at) {
                None => self.closings.push(closing.clone()),
                Some(known) if known.reopened.is_none() => known.reopened.clone_from(&closing.reopened),
                Some(_) => {}
            }
        }
        for reply in &other.replies {
            if self.replies.iter().all(|known| known.sha256 != reply.sha256) {
                self.replies.push(reply.clone());
            }
        }
        add_missing(&mut self.hand_overs, &other.hand_overs);
    }
}

impl Document {
    fn take_revisions(&mut self, other: &Self) {
        for revision in &other.revisions {
            match self.revisions.binary_search_by_key(&revision.number, |one| one.number) {
                Err(at) => self.revisions.insert(at, Arc::clone(revision)),
                Ok(at) => take(&mut self.revisions[at], revision),
            }
        }
    }
}

/// Takes over what was recorded of the same revision. States that know the same share it.
fn take(known: &mut Arc<Revision>, other: &Arc<Revision>) {
    if Arc::ptr_eq(known, other) || known.fingerprint != other.fingerprint {
        return;
    }
    if known != other {
        Arc::make_mut(known).take(other);
    }
    if known == other {
        known.clone_from(other);
    }
}

impl Revision {
    fn take(&mut self, other: &Self) {
        add_missing(&mut self.copies, &other.copies);
        add_missing(&mut self.handouts, &other.handouts);
        let as_recorded = |signature: &Signature| Signature { corrected: None, ..signature.clone() };
        for (at, signature) in other.signatures.iter().enumerate() {
            let wanted = as_recorded(signature);
            let is_it = |known: &Signature| as_recorded(known) == wanted;
            let before = other.signatures[..at].iter().filter(|one| is_it(one)).count();
            match self.signatures.iter_mut().filter(|known| is_it(known)).nth(before) {
                None => self.signatures.push(signature.clone()),
                Some(known) if known.corrected.is_none() => known.corrected.clone_from(&signature.corrected),
                Some(_) => {}
            }
        }
    }
}

/// Adds what is missing; what was recorded twice is there twice.
fn add_missing<T: Clone + PartialEq>(known: &mut Vec<T>, others: &[T]) {
    for (at, other) in others.iter().enumerate() {
        let count = |all: &[T]| all.iter().filter(|one| *one == other).count();
        if count(known) < count(&others[..=at]) {
            known.push(other.clone());
        }
    }
}
