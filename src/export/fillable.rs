//! A form that is filled in with any PDF viewer （入力用PDF）: the recipient's fields open, everything
//! else printed.

use crate::layout;
use crate::layout::inline::FieldRef;
use crate::model::disclosure::DisclosedCase;
use crate::model::failure::Failure;
use crate::model::form::{Field, Form, Meaning, Party};
use crate::model::reply::may_fill;
use crate::model::revision::{Edition, LeftOut};
use crate::pdf;

use super::{Exporter, Refusal, in_whole_case, metadata};

impl Exporter<'_> {
    /// The bytes of the PDF of a revision whose recipient fills in what is theirs; `at` is the place
    /// of the document in what is disclosed. What was held back from them is not open either.
    ///
    /// # Errors
    /// The problems that would make the page wrong, counted in the whole case, or that nothing on it
    /// is for the recipient to fill in.
    pub fn fillable(&self, disclosed: &DisclosedCase, at: usize, revision: u32) -> Result<Vec<u8>, Refusal> {
        let (case, to) = (disclosed.case(), disclosed.to().party);
        let edition = Edition::Revision { number: revision, mark: None };
        let faults = self.faults(case, at);
        let Some(source) = self.source(case, at, edition).filter(|_| faults.is_empty()) else {
            return Err(in_whole_case(Refusal::Problems(faults), disclosed));
        };
        let left_out = disclosed.left_out(at, source.form);
        let document = layout::layout_open(&source, &|field| is_open(source.form, field, to, left_out.as_ref()));
        if !document.problems.is_empty() {
            return Err(in_whole_case(Refusal::Problems(document.problems), disclosed));
        }
        if document.pages.iter().all(|page| page.inputs.is_empty()) {
            return Err(Failure::NothingToFill { form: source.form.short_title.clone() }.into());
        }
        let mut metadata = metadata(&source, &self.library.people);
        metadata.identity = format!("{}/fillable/{}", metadata.identity, party_key(to));
        if let Some(imprint) = &mut metadata.imprint {
            imprint.open_to = Some(party_key(to));
        }
        Ok(pdf::write(&document, &metadata, &self.fonts)?)
    }
}

/// Whether somebody fills in a field or cell of a form. What was left out from it, for whichever
/// reason, is not theirs to fill: nobody writes over what he cannot see.
fn is_open(form: &Form, at: &FieldRef, to: Party, left_out: Option<&LeftOut>) -> bool {
    let Some(field) = form.field(&at.key) else { return false };
    let column = at.cell.as_ref().map(|(_, column)| field.column(column));
    let (column, key) = match column {
        Some(None) => return false,
        Some(Some(column)) => (Some(column), format!("{}.{}", field.key, column.key)),
        None => (None, field.key.clone()),
    };
    let is_whole_table = column.is_none() && !field.columns().is_empty();
    let is_left_out = left_out.is_some_and(|left_out| left_out.fields.iter().any(|one| *one == key || *one == at.key));
    let may_see = |field: &Field| {
        let is_theirs = field.audience.as_ref().is_none_or(|parties| parties.contains(&to));
        is_theirs && field.meaning != Some(Meaning::ChartNumber)
    };
    !is_whole_table && !is_left_out && may_see(field) && column.is_none_or(may_see) && may_fill(field, column, to)
}

/// The key of a party, as in a template.
pub(super) fn party_key(party: Party) -> String {
    // A name without content is written as it stands.
    ron::to_string(&party).unwrap_or_default()
}
