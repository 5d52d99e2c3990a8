//! Bringing what happened to the papers of one state of a case into another state of it: what
//! happened on paper cannot be undone by going back to an earlier state.

use std::sync::Arc;

use super::case::{Case, Document};
use super::revision::{Revision, Signature};

impl Case {
    /// Takes over what was recorded in another state of this case: every revision with its handouts
    /// and signatures, every consent, every closing. What is recorded here stays.
    pub fn take_records(&mut self, other: &Case) {
        for document in other.documents.iter().filter(|document| !document.revisions.is_empty()) {
            match self.document_of_id(document.id) {
                Some(at) if self.documents[at].form == document.form => self.documents[at].take_revisions(document),
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
    }
}

impl Document {
    fn take_revisions(&mut self, other: &Self) {
        for revision in &other.revisions {
            match self.revisions.iter_mut().find(|one| one.number == revision.number) {
                None => self.revisions.push(Arc::clone(revision)),
                Some(known) if Arc::ptr_eq(known, revision) || known == revision => {}
                Some(known) if known.fingerprint == revision.fingerprint => Arc::make_mut(known).take(revision),
                Some(_) => {}
            }
        }
        self.revisions.sort_by_key(|revision| revision.number);
    }
}

impl Revision {
    fn take(&mut self, other: &Self) {
        add_missing(&mut self.copies, &other.copies);
        add_missing(&mut self.handouts, &other.handouts);
        let as_recorded = |signature: &Signature| Signature { corrected: None, ..signature.clone() };
        for signature in &other.signatures {
            let wanted = as_recorded(signature);
            match self.signatures.iter_mut().find(|known| as_recorded(known) == wanted) {
                None => self.signatures.push(signature.clone()),
                Some(known) if known.corrected.is_none() => known.corrected.clone_from(&signature.corrected),
                Some(_) => {}
            }
        }
    }
}

fn add_missing<T: Clone + PartialEq>(known: &mut Vec<T>, others: &[T]) {
    for other in others {
        if !known.contains(other) {
            known.push(other.clone());
        }
    }
}
