//! What of a case somebody may see: recipient, consent and the audience of each field, put together.
//!
//! A [`DisclosedCase`] is the only thing that leaves the hospital: packages and the PDFs that are
//! handed out are made from it. It holds what its reader may see and nothing else, so that whatever
//! is made from it cannot tell more.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::case::{Case, Document};
use super::check::{Place, Rules};
use super::consent::{Denial, Permission, permission, says};
use super::form::{Field, Form, Meaning};
use super::revision::Recipient;
use super::search::{fold, meant};
use super::value::{Key, Value, Values};

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
    /// The field or cell.
    pub place: Place,
    /// Whether it goes; else it is held back.
    pub goes: bool,
}

/// What somebody would see, with what is still to be decided. Until it is, it is held back.
#[derive(Clone, Debug, PartialEq)]
pub struct Disclosure {
    disclosed: DisclosedCase,
    undecided: Vec<Hit>,
}

/// What somebody may see of a case. Only [`Disclosure::settled`] makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct DisclosedCase {
    case: Case,
    to: Recipient,
    consents: Vec<Option<u32>>,
    held_back: Vec<HeldBack>,
}

/// A field that the recipient does not see. Its place is counted in the whole case.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldBack {
    /// The field; a column of a table has row 0.
    pub place: Place,
    /// Why.
    pub why: Why,
}

/// Why a field is held back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It never leaves the hospital （患者番号）.
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
    /// No form knows it any more.
    Unknown,
}

/// A word that may tell the diagnosis, in something that would go.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Where, counted in the whole case.
    pub place: Place,
    /// The word as it stands there.
    pub word: String,
    /// Whether it is the diagnosis as typed; else one of the words that are listed.
    pub is_typed: bool,
}

/// Why nothing goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Withheld {
    /// The document may not go to the recipient.
    Denied {
        /// The document, by its place in the case.
        document: usize,
        /// Why.
        denial: Denial,
    },
    /// Without the diagnosis the form says nothing; another one may go in its place.
    Instead {
        /// The document, by its place in the case.
        document: usize,
        /// The key of the other form.
        form: Key,
    },
}

impl Disclosure {
    /// What the recipient would see: what is undecided is held back.
    #[must_use]
    pub fn preview(&self) -> &DisclosedCase {
        &self.disclosed
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
    /// identities, nothing that was recorded, no earlier revision.
    #[must_use]
    pub fn case(&self) -> &Case {
        &self.case
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
}

/// What somebody would see of a case.
///
/// # Errors
/// Every document that may not go, and why.
pub fn disclose(request: &Request<'_>) -> Result<Disclosure, Vec<Withheld>> {
    let permitted = permitted(request)?;
    let mut disclosing = Disclosing { request, held_back: Vec::new(), undecided: Vec::new() };
    let case = disclosing.case(&permitted);
    let Disclosing { held_back, undecided, .. } = disclosing;
    let consents = permitted.iter().map(|paper| paper.consent).collect();
    let disclosed = DisclosedCase { case, to: request.to.clone(), consents, held_back };
    Ok(Disclosure { disclosed, undecided })
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
    let mut papers = Vec::new();
    let mut withheld = Vec::new();
    for at in request.documents.iter().copied() {
        let document = &request.case.documents[at];
        let form = &request.rules.forms[&document.form];
        match permission(request.case, form, request.to.party, request.today) {
            Err(denial) => withheld.push(Withheld::Denied { document: at, denial }),
            Ok(permission) => match &form.without_diagnosis {
                Some(instead) if !permission.tells => {
                    withheld.push(Withheld::Instead { document: at, form: instead.clone() });
                }
                _ => {
                    let Permission { consent, tells } = permission;
                    papers.push(Permitted { at, document, form, consent, tells });
                }
            },
        }
    }
    if withheld.is_empty() { Ok(papers) } else { Err(withheld) }
}

/// Fills the case that goes, and notes what does not.
struct Disclosing<'a> {
    request: &'a Request<'a>,
    held_back: Vec<HeldBack>,
    undecided: Vec<Hit>,
}

impl<'a> Disclosing<'a> {
    fn case(&mut self, papers: &[Permitted<'a>]) -> Case {
        let whole = self.request.case;
        // The narrowest consent speaks for all that goes together.
        let tells = papers.iter().all(|paper| paper.tells);
        let mut case = Case::new(whole.number.clone(), whole.id.clone(), []);
        case.people = self.people(papers, tells);
        for paper in papers {
            let mut values = Values::new();
            for (key, value) in &paper.document.values {
                let place = Place { document: Some(paper.at), field: key.clone(), cell: None };
                let kept = match paper.form.field(key) {
                    None => self.hold_back(place, Why::Unknown),
                    Some(field) => self.value(place, field, value, tells),
                };
                values.extend(kept.map(|kept| (key.clone(), kept)));
            }
            let Document { id, form, .. } = paper.document.clone();
            case.documents.push(Document { id, form, values, revisions: Vec::new() });
        }
        case.print_substitutes = substitutes(whole, &case);
        case
    }

    fn people(&mut self, papers: &[Permitted<'a>], tells: bool) -> Values {
        let mut people = Values::new();
        for (key, value) in &self.request.case.people {
            let known = self.request.rules.people.field(key);
            let printed = papers.iter().find_map(|paper| paper.form.field(key));
            let place = Place::field(key);
            let kept = match (known, printed) {
                (Some(field), _) if field.meaning == Some(Meaning::ChartNumber) => self.hold_back(place, Why::Never),
                (None, None) => self.hold_back(place, Why::Unknown),
                (Some(_), None) => self.hold_back(place, Why::NotOnPaper),
                (_, Some(field)) => self.value(place, field, value, tells),
            };
            people.extend(kept.map(|kept| (key.clone(), kept)));
        }
        people
    }

    /// What of a value goes.
    fn value(&mut self, place: Place, field: &Field, value: &Value, tells: bool) -> Option<Value> {
        if let Some(why) = self.withheld(field, tells) {
            return self.hold_back(place, why);
        }
        let Value::Rows(rows) = value else { return self.searched(place, value, tells) };
        let mut kept = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let mut cells = Values::new();
            for (key, cell) in row {
                let place = Place { cell: Some((at, key.clone())), ..place.clone() };
                let cell = match field.column(key).map(|column| self.withheld(column, tells)) {
                    None => self.hold_back(place, Why::Unknown),
                    Some(Some(why)) => self.hold_back(place, why),
                    Some(None) => self.searched(place, cell, tells),
                };
                cells.extend(cell.map(|cell| (key.clone(), cell)));
            }
            kept.push(cells);
        }
        Some(Value::Rows(kept))
    }

    /// Why a field does not go, whatever stands in it.
    fn withheld(&self, field: &Field, tells: bool) -> Option<Why> {
        let is_theirs = field.audience.as_ref().is_none_or(|parties| parties.contains(&self.request.to.party));
        match field.meaning {
            Some(Meaning::ChartNumber) => Some(Why::Never),
            _ if !is_theirs => Some(Why::Audience),
            Some(Meaning::Diagnosis | Meaning::MayRevealDiagnosis) if !tells => Some(Why::Diagnosis),
            _ => None,
        }
    }

    /// A value that goes unless a word in it may tell the diagnosis.
    fn searched(&mut self, place: Place, value: &Value, tells: bool) -> Option<Value> {
        let found = if tells { Vec::new() } else { self.words(&place, value) };
        if found.is_empty() {
            return Some(value.clone());
        }
        match self.request.decisions.iter().find(|decision| decision.place == place) {
            Some(decision) if decision.goes => Some(value.clone()),
            Some(_) => self.hold_back(place, Why::Decided),
            None => {
                self.undecided.extend(found);
                self.hold_back(place, Why::Undecided)
            }
        }
    }

    /// The words in a value that may tell the diagnosis.
    fn words(&self, place: &Place, value: &Value) -> Vec<Hit> {
        let typed = meant(self.request.case, self.request.rules.people, Meaning::Diagnosis);
        let typed = typed.and_then(Value::as_text).unwrap_or_default();
        let folded = fold(typed);
        if folded.is_empty() || !says(value, &folded) {
            return Vec::new();
        }
        vec![Hit { place: place.clone(), word: typed.to_owned(), is_typed: true }]
    }

    fn hold_back(&mut self, place: Place, why: Why) -> Option<Value> {
        self.held_back.push(HeldBack { place, why });
        None
    }
}

/// The substitutes for print that what goes has a use for.
fn substitutes(whole: &Case, disclosed: &Case) -> BTreeMap<String, String> {
    let values = disclosed.documents.iter().flat_map(|document| document.values.values());
    let values: Vec<&Value> = disclosed.people.values().chain(values).collect();
    let is_used = |character: &str| values.iter().any(|value| contains(value, character));
    let used = whole.print_substitutes.iter().filter(|(character, _)| is_used(character));
    used.map(|(character, substitute)| (character.clone(), substitute.clone())).collect()
}

/// Whether a text stands in a value, to the letter.
fn contains(value: &Value, text: &str) -> bool {
    match value {
        Value::Text(typed) => typed.contains(text),
        Value::Tick(detail) => contains(detail, text),
        Value::Choice(chosen) => chosen.values().any(|detail| contains(detail, text)),
        Value::Rows(rows) => rows.iter().flat_map(|row| row.values()).any(|cell| contains(cell, text)),
        Value::Blank | Value::Number(_) | Value::Date(_) => false,
    }
}
