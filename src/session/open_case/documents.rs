//! A document more in an open case, or one less.

use crate::model::change::Change;
use crate::model::check::{Place, Rules};
use crate::model::disclosure::carried;
use crate::model::form::Form;
use crate::model::record::Refused;
use crate::model::value::{Key, Values};
use crate::session::place::without;

use super::OpenCase;

impl OpenCase {
    /// Adds an empty document. Returns its place in the case.
    pub fn add_document(&mut self, form: Key, now: f64) -> usize {
        self.add_document_with(form, Values::new(), now)
    }

    /// Adds a document that begins with what the last one of its form says. Returns its place.
    pub fn add_document_from_last(&mut self, form: Key, now: f64) -> usize {
        let last = self.case().documents_of(&form).last();
        let values = last.map(|last| self.case().documents[last].values.clone()).unwrap_or_default();
        self.add_document_with(form, values, now)
    }

    /// Adds a document that begins with what one of another form says, as far as it fits and tells
    /// no diagnosis. Returns its place.
    pub fn add_document_carried(&mut self, rules: &Rules<'_>, from: usize, form: &Form, now: f64) -> usize {
        let values = carried(self.case(), rules, from, form);
        self.add_document_with(form.key.clone(), values, now)
    }

    /// Adds a document that begins with these values. Returns its place.
    fn add_document_with(&mut self, form: Key, values: Values, now: f64) -> usize {
        let at = self.state.case.documents.len();
        let place = Place { document: Some(at), ..Place::default() };
        // One that was removed may come back with an undo: no other one gets its identity.
        let known = self.history.states().flat_map(|state| &state.case.documents).map(|document| document.id).max();
        self.change(&place, Change::DocumentAdded, now, |state| {
            let at = state.case.add_document(form);
            let document = &mut state.case.documents[at];
            document.id = document.id.max(known.unwrap_or(0).saturating_add(1));
            document.values = values;
        });
        at
    }

    /// Removes a document.
    ///
    /// # Errors
    /// It was handed out: what is on paper stays in the case.
    pub fn remove_document(&mut self, at: usize, now: f64) -> Result<(), Refused> {
        let Some(document) = self.state.case.documents.get(at) else { return Err(Refused::NoDocument) };
        if !document.revisions.is_empty() {
            return Err(Refused::HandedOut);
        }
        let place = Place { document: Some(at), ..Place::default() };
        self.change(&place, Change::DocumentRemoved, now, |state| {
            state.case.documents.remove(at);
            let pending = std::mem::take(&mut state.pending);
            state.pending = pending.into_iter().filter_map(|(place, text)| Some((without(place, at)?, text))).collect();
        });
        Ok(())
    }
}
