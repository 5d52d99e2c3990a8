//! What of a case somebody may see: recipient, consent and the audience of each field, put together.
//!
//! A [`DisclosedCase`] is the only thing that leaves the hospital: packages and the PDFs that are
//! handed out are made from it. It holds what its reader may see and nothing else, so that whatever
//! is made from it cannot tell more: no consent, no note, no earlier revision, no reply.
//!
//! - `fill`: goes through the fields, one by one.
//! - `words`: looks for the diagnosis in what remains.
//! - `chart`: looks for the chart number, which never goes.
//! - `carry`: begins the form that goes in the place of another one.

mod carry;
mod chart;
mod fill;
mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::case::{Case, Document};
use super::check::{Place, Rules};
use super::consent::{Denial, Permission, permission};
use super::form::Form;
use super::people::People;
use super::revision::{LeftOut, Recipient};
use super::value::Key;

pub use carry::{carried, carry_over};

/// The case number where the real one may tell the diagnosis: the same for every case, so that
/// nothing can be guessed from it.
pub const NEUTRAL_NUMBER: &str = "R0-0000";

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The case.
    pub case: &'a Case,
    /// The documents, by their places in the case.
    pub documents: &'a [usize],
    /// To whom.
    pub to: &'a Recipient,
    /// What somebody decided about the words found in what remains.
    pub decisions: &'a [Decision],
    /// The forms, the shared data and the words to look for.
    pub rules: &'a Rules<'a>,
    /// Today: the consents that hold.
    pub today: NaiveDate,
}

/// What somebody decided about a field in which a word may tell the diagnosis.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// The field or cell; a table without a cell stands for all of its cells.
    pub place: Place,
    /// Whether it goes; else it is held back.
    pub goes: bool,
}

/// What somebody would see, with what is still to be decided. Until it is, it is held back.
#[derive(Clone, Debug, PartialEq)]
pub struct Disclosure {
    disclosed: DisclosedCase,
    hits: Vec<Hit>,
    undecided: Vec<Hit>,
}

/// What somebody may see of a case. Only [`Disclosure::settled`] makes one that may go.
#[derive(Clone, Debug, PartialEq)]
pub struct DisclosedCase {
    case: Case,
    drawn: Case,
    places: Vec<usize>,
    to: Recipient,
    consents: Vec<Option<u32>>,
    held_back: Vec<HeldBack>,
    /// Where a word may tell the diagnosis, and it was decided that it goes.
    told: Vec<Place>,
    /// What no form prints and every PDF says of itself: the name of the hospital.
    said: Option<Key>,
    /// The days of measures that the picture of a plan lacks, as `opinion/measures_end`.
    not_drawn: Vec<Key>,
}

/// A place in the words of the templates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceName {
    /// The short title of the form; none for shared data and the case number.
    pub form: Option<String>,
    /// The label of the field; the key where no form knows it any more.
    pub field: String,
    /// The label of the column.
    pub column: Option<String>,
}

/// A field that the recipient does not see. Its place is counted in the whole case.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldBack {
    /// The field or cell. Of a choice or a tick [`Why::Decided`] and [`Why::Undecided`] hold back
    /// what is written beside it, and not the choice itself.
    pub place: Place,
    /// What it is called.
    pub name: PlaceName,
    /// Why.
    pub why: Why,
}

/// Why a field is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It never leaves the hospital （患者番号）, or that stands in it.
    Never,
    /// It is not for this recipient, as the template says.
    Audience,
    /// The consent does not speak of the diagnosis, and the field tells it or may tell it.
    Diagnosis,
    /// A word that may tell the diagnosis stands in it, and it was decided that it does not go.
    Decided,
    /// A word that may tell the diagnosis stands in it, and nothing was decided yet.
    Undecided,
    /// None of the papers that go has it.
    NotOnPaper,
    /// No form knows it any more, or it is not of the sort that the form knows.
    Unknown,
}

/// A word that may tell the diagnosis, in something that would go.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Where, counted in the whole case: the field or cell to decide about, the case number, or a
    /// document as a whole where the word stands in its form.
    pub place: Place,
    /// What that is called.
    pub name: PlaceName,
    /// The word as it stands there.
    pub word: String,
    /// Whether it is the diagnosis as typed or a part of it; else one of the words that are listed.
    pub is_typed: bool,
    /// What was decided; none where it is still to be decided.
    pub goes: Option<bool>,
}

/// Why nothing goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Withheld {
    /// The document may not go to the recipient.
    Denied {
        /// The document, by its place in the case.
        document: usize,
        /// The short title of its form.
        title: String,
        /// Why.
        denial: Denial,
    },
    /// Without the diagnosis the form says nothing; another one may go in its place.
    Instead {
        /// The document, by its place in the case.
        document: usize,
        /// The short title of its form.
        title: String,
        /// The key of the other form.
        form: Key,
        /// The short title of the other form.
        instead: String,
    },
    /// The form itself has a word that tells the diagnosis, in its title or in its wording, and it was
    /// decided that it does not go.
    Telling {
        /// The document, by its place in the case.
        document: usize,
        /// The short title of its form.
        title: String,
    },
    /// There is no such document, or no template of its form.
    Unknown {
        /// The document, by its place in the case.
        document: usize,
        /// The key of its form; empty where there is no such document.
        form: Key,
    },
}

impl Disclosure {
    /// What the recipient would see: what is undecided is held back.
    #[must_use]
    pub fn preview(&self) -> &DisclosedCase {
        &self.disclosed
    }

    /// Every word found, decided or not.
    #[must_use]
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// What is still to be decided.
    #[must_use]
    pub fn undecided(&self) -> &[Hit] {
        &self.undecided
    }

    /// What goes.
    ///
    /// # Errors
    /// What is still to be decided.
    pub fn settled(self) -> Result<DisclosedCase, Vec<Hit>> {
        if self.undecided.is_empty() { Ok(self.disclosed) } else { Err(self.undecided) }
    }
}

impl DisclosedCase {
    /// The case as the recipient sees it: the documents that go, in their order and with their
    /// identities, nothing that was recorded, no earlier revision. The case number is
    /// [`NEUTRAL_NUMBER`] where the real one is held back.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.case
    }

    /// The same with what the picture of a plan is drawn from besides: of the other documents that
    /// may go to the recipient, the days for which they ask for measures.
    #[must_use]
    pub fn drawn(&self) -> &Case {
        &self.drawn
    }

    /// For each document of [`Self::case`] its place in the whole case.
    #[must_use]
    pub fn places(&self) -> &[usize] {
        &self.places
    }

    /// To whom.
    #[must_use]
    pub fn to(&self) -> &Recipient {
        &self.to
    }

    /// The consent that each document of [`Self::case`] goes under; none where none is needed.
    #[must_use]
    pub fn consents(&self) -> &[Option<u32>] {
        &self.consents
    }

    /// What the recipient does not see, and why.
    #[must_use]
    pub fn held_back(&self) -> &[HeldBack] {
        &self.held_back
    }

    /// What was left out of the page of a document of [`Self::case`]; none where all that stands on
    /// it goes.
    #[must_use]
    pub fn left_out(&self, at: usize, form: &Form) -> Option<LeftOut> {
        let (whole, document) = (self.places.get(at)?, self.case.documents.get(at)?);
        let is_said = |key: &Key| self.said.as_ref() == Some(key);
        let printed = |one: &HeldBack| one.printed_as(*whole, |key| form.field(key).is_some() || is_said(key));
        let mut fields: Vec<Key> = self.held_back.iter().filter_map(printed).collect();
        fields.sort();
        fields.dedup();
        let fingerprint = super::fingerprint::fingerprint(&self.case, document, form);
        (!fields.is_empty()).then_some(LeftOut { fields, fingerprint })
    }

    /// The keys of the fields on the page of a document of [`Self::case`] that go by decision although
    /// a word in them may tell the diagnosis; empty for the wording of the form.
    #[must_use]
    pub fn told(&self, at: usize, form: &Form) -> Vec<Key> {
        let Some(whole) = self.places.get(at) else { return Vec::new() };
        let is_shared = |key: &Key| {
            key == super::check::CASE_NUMBER || form.field(key).is_some() || self.said.as_ref() == Some(key)
        };
        let is_on_page =
            |place: &&Place| place.document.map_or_else(|| is_shared(&place.field), |document| document == *whole);
        let mut fields: Vec<Key> = self.told.iter().filter(is_on_page).map(key_of).collect();
        fields.sort();
        fields.dedup();
        fields
    }

    /// The same of a copy that has the picture of its plan.
    #[must_use]
    pub fn left_out_with_picture(&self, at: usize, form: &Form) -> Option<LeftOut> {
        let left_out = self.left_out(at, form);
        if self.not_drawn.is_empty() {
            return left_out;
        }
        let fingerprint = super::fingerprint::fingerprint(&self.case, self.case.documents.get(at)?, form);
        let mut left_out = left_out.unwrap_or(LeftOut { fields: Vec::new(), fingerprint });
        left_out.fields.extend(self.not_drawn.iter().cloned());
        Some(left_out)
    }
}

/// What a key among those that were left out of a paper ([`LeftOut::fields`]) is called; the key
/// itself where no form knows it any more.
#[must_use]
pub fn left_out_name(key: &str, form: Option<&Form>, forms: &BTreeMap<Key, Form>, people: &People) -> PlaceName {
    let other = key.split_once('/').and_then(|(other, field)| Some((forms.get(other)?, field)));
    let title = other.map(|(form, _)| form.short_title.clone());
    let (form, key) = other.map_or((form, key), |(form, field)| (Some(form), field));
    let known = |key: &str| form.and_then(|form| form.field(key)).or_else(|| people.field(key));
    let table = key.split_once('.').and_then(|(table, column)| Some((known(table)?, column)));
    match (known(key), table.and_then(|(table, column)| Some((table, table.column(column)?)))) {
        (Some(field), _) => PlaceName { form: title, field: field.label.clone(), column: None },
        (None, Some((table, column))) => {
            PlaceName { form: title, field: table.label.clone(), column: Some(column.label.clone()) }
        }
        (None, None) => PlaceName { form: title, field: key.to_owned(), column: None },
    }
}

impl HeldBack {
    /// The key by which it is missing in a PDF of a document, such as `periods.treatment`.
    fn printed_as(&self, document: usize, is_printed: impl Fn(&Key) -> bool) -> Option<Key> {
        let place = &self.place;
        let is_number = *place == Place::field(super::check::CASE_NUMBER);
        let is_elsewhere = place.document.is_some_and(|at| at != document);
        if self.why == Why::Unknown || is_elsewhere || !(is_number || is_printed(&place.field)) {
            return None;
        }
        Some(key_of(place))
    }
}

/// The key of a field, or of the column of a cell, within its document.
fn key_of(place: &Place) -> Key {
    match &place.cell {
        Some((_, column)) => format!("{}.{column}", place.field),
        None => place.field.clone(),
    }
}

/// What somebody would see of a case.
///
/// # Errors
/// Every document that may not go, and why; nothing where none is asked for.
pub fn disclose(request: &Request<'_>) -> Result<Disclosure, Vec<Withheld>> {
    let permitted = permitted(request)?;
    let disclosure = fill::filled(request, &permitted);
    // What its own form tells cannot be left out of a paper.
    let refused = |paper: &&Permitted<'_>| {
        let place = Place { document: Some(paper.at), ..Place::default() };
        disclosure.hits.iter().any(|hit| hit.place == place && hit.goes == Some(false))
    };
    let telling =
        |paper: &Permitted<'_>| Withheld::Telling { document: paper.at, title: paper.form.short_title.clone() };
    let withheld: Vec<Withheld> = permitted.iter().filter(refused).map(telling).collect();
    if withheld.is_empty() { Ok(disclosure) } else { Err(withheld) }
}

/// A document that may go.
struct Permitted<'a> {
    at: usize,
    document: &'a Document,
    form: &'a Form,
    consent: Option<u32>,
    /// Whether the fields that tell the diagnosis go.
    tells: bool,
}

fn permitted<'a>(request: &Request<'a>) -> Result<Vec<Permitted<'a>>, Vec<Withheld>> {
    let mut papers: Vec<Permitted<'a>> = Vec::new();
    let mut withheld = Vec::new();
    for at in request.documents.iter().copied() {
        match paper(request, at) {
            Err(why) => withheld.push(why),
            Ok(paper) if papers.iter().any(|known| known.at == paper.at) => {}
            Ok(paper) => papers.push(paper),
        }
    }
    // The narrowest consent speaks for all that goes together: they share the patient's data.
    let tells = papers.iter().all(|paper| paper.tells);
    for paper in &mut papers {
        paper.tells = tells;
        withheld.extend(instead(request, paper));
    }
    if withheld.is_empty() && !papers.is_empty() { Ok(papers) } else { Err(withheld) }
}

fn paper<'a>(request: &Request<'a>, at: usize) -> Result<Permitted<'a>, Withheld> {
    let unknown = |form: &str| Withheld::Unknown { document: at, form: form.to_owned() };
    let document = request.case.documents.get(at).ok_or_else(|| unknown(""))?;
    let form = request.rules.forms.get(&document.form).ok_or_else(|| unknown(&document.form))?;
    let denied = |denial| Withheld::Denied { document: at, title: form.short_title.clone(), denial };
    let permission = permission(request.case, form, request.to.party, request.today);
    let Permission { consent, tells } = permission.map_err(denied)?;
    Ok(Permitted { at, document, form, consent, tells })
}

/// The form that has to go in the place of a paper.
fn instead(request: &Request<'_>, paper: &Permitted<'_>) -> Option<Withheld> {
    let form = paper.form.without_diagnosis.as_ref().filter(|_| !paper.tells)?;
    let other = request.rules.forms.get(form);
    Some(Withheld::Instead {
        document: paper.at,
        title: paper.form.short_title.clone(),
        form: form.clone(),
        instead: other.map_or_else(|| form.clone(), |other| other.short_title.clone()),
    })
}
