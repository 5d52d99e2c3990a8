//! Fills the case that goes, field by field, and notes what does not go.

use std::collections::BTreeMap;

use super::chart::ChartNumber;
use super::words::Words;
use super::{DisclosedCase, Disclosure, HeldBack, Hit, NEUTRAL_NUMBER, Permitted, PlaceName, Request, Why};
use crate::model::case::{Case, Document, is_shared};
use crate::model::characters::clusters;
use crate::model::check::{CASE_NUMBER, Place};
use crate::model::consent::permission;
use crate::model::form::{Detail, Field, Form, Kind, Meaning};
use crate::model::value::{Key, Value, Values};

/// What goes of the papers that may.
pub(super) fn filled(request: &Request<'_>, papers: &[Permitted<'_>]) -> Disclosure {
    let tells = papers.iter().all(|paper| paper.tells);
    let words = (!tells).then(|| Words::of(request.case, request.rules));
    let chart = ChartNumber::of(request.case, request.rules);
    let mut filling = Filling { request, words, chart, held_back: Vec::new(), hits: Vec::new() };
    let case = filling.case(papers);
    let Filling { held_back, hits, .. } = filling;
    let (drawn, not_drawn) = drawn(request, papers, &case);
    let said = request.rules.people.field_meaning(Meaning::HospitalName).map(|field| field.key.clone());
    // A field with the chart number in it stays here, whatever was decided about it.
    let goes = |hit: &&Hit| hit.goes == Some(true) && held_back.iter().all(|held| held.place != hit.place);
    let told = hits.iter().filter(goes).map(|hit| hit.place.clone()).collect();
    let disclosed = DisclosedCase {
        told,
        drawn,
        not_drawn,
        said,
        case,
        places: papers.iter().map(|paper| paper.at).collect(),
        to: request.to.clone(),
        consents: papers.iter().map(|paper| paper.consent).collect(),
        held_back,
    };
    let undecided = hits.iter().filter(|hit| hit.goes.is_none()).cloned().collect();
    Disclosure { disclosed, hits, undecided }
}

struct Filling<'a> {
    request: &'a Request<'a>,
    /// The words that may tell the diagnosis; none where it may be told.
    words: Option<Words>,
    chart: ChartNumber,
    held_back: Vec<HeldBack>,
    hits: Vec<Hit>,
}

impl Filling<'_> {
    fn case(&mut self, papers: &[Permitted<'_>]) -> Case {
        let whole = self.request.case;
        let mut case = Case::new(self.number(), whole.id.clone(), []);
        case.people = self.people(papers);
        for paper in papers {
            self.form(paper);
            let values = self.document(paper);
            let Document { id, form, .. } = paper.document;
            case.documents.push(Document { id: *id, form: form.clone(), values, revisions: Vec::new() });
        }
        case.print_substitutes = substitutes(whole, &case);
        case
    }

    /// The case number stands on every page and in file names: it is looked into as well.
    fn number(&mut self) -> String {
        let number = &self.request.case.number;
        let (place, name) = (Place::field(CASE_NUMBER), PlaceName::default());
        if self.chart.is_in(number) {
            self.note(&place, &name, Why::Never);
            return NEUTRAL_NUMBER.to_owned();
        }
        let goes = self.goes(&place, &name, number);
        if !goes || decided(self.request, &place) == Some(false) {
            self.held_back_undecided(&place, &name);
            return NEUTRAL_NUMBER.to_owned();
        }
        number.clone()
    }

    fn people(&mut self, papers: &[Permitted<'_>]) -> Values {
        let rules = self.request.rules;
        let mut people = Values::new();
        for (key, value) in &self.request.case.people {
            let known = rules.people.field(key);
            let printed = papers.iter().find_map(|paper| paper.form.field(key));
            let label = printed.or(known).map_or(key, |field| &field.label);
            let name = PlaceName { field: label.clone(), ..PlaceName::default() };
            let place = Place::field(key);
            let is_meant = |meaning| known.is_some_and(|field| field.meaning == Some(meaning));
            let kept = match (known, printed) {
                _ if is_meant(Meaning::ChartNumber) => self.hold_back(&place, &name, value, Why::Never),
                // The hospital stands in what every PDF says about itself.
                (Some(field), None) if is_meant(Meaning::HospitalName) => self.value(&place, &name, field, value),
                // What tells the diagnosis stays for the consent's sake first of all.
                (Some(field), None) => {
                    let why = self.withheld(field).filter(|why| *why == Why::Diagnosis);
                    self.hold_back(&place, &name, value, why.unwrap_or(Why::NotOnPaper))
                }
                (_, Some(field)) => self.value(&place, &name, field, value),
                (None, None) => self.hold_back(&place, &name, value, Why::Unknown),
            };
            people.extend(kept.map(|kept| (key.clone(), kept)));
        }
        people
    }

    /// The wording of a form goes as it is: what it tells is noted with the document as a whole.
    fn form(&mut self, paper: &Permitted<'_>) {
        if self.words.is_none() {
            return;
        }
        let place = Place { document: Some(paper.at), ..Place::default() };
        let name = PlaceName { form: Some(paper.form.short_title.clone()), ..PlaceName::default() };
        // The whole template: a package has it with its hints and stock sentences.
        let text = ron::to_string(paper.form).unwrap_or_else(|_| paper.form.title.clone());
        self.goes(&place, &name, &text);
    }

    fn document(&mut self, paper: &Permitted<'_>) -> Values {
        let mut values = Values::new();
        for (key, value) in &paper.document.values {
            // Shared data that stands in a document by mistake is printed nowhere.
            let field = paper.form.field(key).filter(|_| !is_shared(key));
            let form = Some(paper.form.short_title.clone());
            let label = field.map_or(key, |field| &field.label).clone();
            let name = PlaceName { form, field: label, column: None };
            let place = Place { document: Some(paper.at), field: key.clone(), cell: None };
            let kept = match field {
                None => self.hold_back(&place, &name, value, Why::Unknown),
                Some(field) => self.value(&place, &name, field, value),
            };
            values.extend(kept.map(|kept| (key.clone(), kept)));
        }
        values
    }

    /// What of a value goes.
    fn value(&mut self, place: &Place, name: &PlaceName, field: &Field, value: &Value) -> Option<Value> {
        if let Some(why) = self.withheld(field) {
            return self.hold_back(place, name, value, why);
        }
        match value {
            _ if !field.kind.takes(value) => self.hold_back(place, name, value, Why::Unknown),
            _ if self.chart.is_said_by(value) => self.hold_back(place, name, value, Why::Never),
            _ if self.is_wanted_back(place, value) => self.hold_back(place, name, value, Why::Decided),
            Value::Text(text) => {
                if self.goes(place, name, text) {
                    return Some(value.clone());
                }
                self.held_back_undecided(place, name);
                None
            }
            Value::Tick(detail) => {
                let kind = if let Kind::Tick { detail } = field.kind { detail } else { Detail::Nothing };
                Some(Value::Tick(Box::new(self.detail(place, name, kind, detail))))
            }
            Value::Choice(chosen) => Some(Value::Choice(self.choice(place, name, field, chosen))),
            Value::Rows(rows) => Some(Value::Rows(self.rows(place, name, field, rows))),
            Value::Blank | Value::Number(_) | Value::Date(_) => Some(value.clone()),
        }
    }

    fn choice(&mut self, place: &Place, name: &PlaceName, field: &Field, chosen: &Values) -> Values {
        let mut kept = Values::new();
        for (key, detail) in chosen {
            match field.options().iter().find(|option| option.key == *key) {
                None => self.note(place, name, Why::Unknown),
                Some(option) => {
                    kept.insert(key.clone(), self.detail(place, name, option.detail, detail));
                }
            }
        }
        kept
    }

    /// What stands beside an option or a tick: without it the option still says what it says.
    fn detail(&mut self, place: &Place, name: &PlaceName, kind: Detail, detail: &Value) -> Value {
        let is_known = kind.takes(detail);
        match detail {
            Value::Text(text) if is_known && !self.goes(place, name, text) => {
                self.held_back_undecided(place, name);
                Value::Blank
            }
            _ if is_known => detail.clone(),
            _ => {
                self.note(place, name, Why::Unknown);
                Value::Blank
            }
        }
    }

    fn rows(&mut self, place: &Place, name: &PlaceName, field: &Field, rows: &[Values]) -> Vec<Values> {
        let mut kept = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            let mut cells = Values::new();
            for (key, cell) in row {
                let place = Place { cell: Some((at, key.clone())), ..place.clone() };
                let column = field.column(key);
                let label = column.map_or(key, |column| &column.label).clone();
                let name = PlaceName { column: Some(label), ..name.clone() };
                let cell = match column {
                    None => self.hold_back(&place, &name, cell, Why::Unknown),
                    Some(column) => self.value(&place, &name, column, cell),
                };
                cells.extend(cell.map(|cell| (key.clone(), cell)));
            }
            kept.push(cells);
        }
        kept
    }

    /// Why a field does not go, whatever stands in it.
    fn withheld(&self, field: &Field) -> Option<Why> {
        let is_theirs = field.audience.as_ref().is_none_or(|parties| parties.contains(&self.request.to.party));
        match field.meaning {
            Some(Meaning::ChartNumber) => Some(Why::Never),
            _ if !is_theirs => Some(Why::Audience),
            Some(Meaning::Diagnosis | Meaning::MayRevealDiagnosis) if self.words.is_some() => Some(Why::Diagnosis),
            _ => None,
        }
    }

    /// Whether a text goes; the words in it that may tell the diagnosis are noted.
    fn goes(&mut self, place: &Place, name: &PlaceName, text: &str) -> bool {
        let Some(words) = &self.words else { return true };
        let mut found = words.found(text);
        // What the recipient reads: something else may be printed instead of a character.
        let printed = printed(text, &self.request.case.print_substitutes);
        found.extend(printed.map(|printed| words.found(&printed)).unwrap_or_default());
        let decided = decided(self.request, place);
        let goes = found.is_empty() || decided == Some(true);
        for found in found {
            let hit = Hit {
                place: place.clone(),
                name: name.clone(),
                word: found.word,
                is_typed: found.is_typed,
                goes: decided,
            };
            if !self.hits.contains(&hit) {
                self.hits.push(hit);
            }
        }
        goes
    }

    /// Whether somebody decided to hold back a value in which no word was found.
    fn is_wanted_back(&self, place: &Place, value: &Value) -> bool {
        let substitutes = &self.request.case.print_substitutes;
        let says = |text: &str| {
            let has = |text: &str| self.words.as_ref().is_some_and(|words| !words.found(text).is_empty());
            has(text) || printed(text, substitutes).is_some_and(|printed| has(&printed))
        };
        let has_word = match value {
            Value::Rows(_) => return false,
            Value::Tick(detail) => detail.as_text().is_some_and(says),
            Value::Choice(chosen) => chosen.values().filter_map(Value::as_text).any(says),
            value => value.as_text().is_some_and(says),
        };
        !has_word && decided(self.request, place) == Some(false)
    }

    fn held_back_undecided(&mut self, place: &Place, name: &PlaceName) {
        let why = if decided(self.request, place).is_some() { Why::Decided } else { Why::Undecided };
        self.note(place, name, why);
    }

    /// Holds a value back. Where nothing stands there is nothing to tell of.
    fn hold_back(&mut self, place: &Place, name: &PlaceName, value: &Value, why: Why) -> Option<Value> {
        if !value.is_empty() {
            self.note(place, name, why);
        }
        None
    }

    fn note(&mut self, place: &Place, name: &PlaceName, why: Why) {
        let held_back = HeldBack { place: place.clone(), name: name.clone(), why };
        if !self.held_back.contains(&held_back) {
            self.held_back.push(held_back);
        }
    }
}

/// What was decided about a place: about the cell itself before the table as a whole; what holds
/// back before what lets go.
fn decided(request: &Request<'_>, place: &Place) -> Option<bool> {
    let about = |place: &Place| {
        let decisions = request.decisions.iter().filter(|decision| decision.place == *place);
        decisions.map(|decision| decision.goes).reduce(|one, other| one && other)
    };
    about(place).or_else(|| about(&Place { cell: None, ..place.clone() }))
}

/// A text with what is printed instead of its characters; none where that is the text itself.
fn printed(text: &str, substitutes: &BTreeMap<String, String>) -> Option<String> {
    let is_used = substitutes.keys().any(|character| text.contains(character.as_str()));
    let shown = |cluster| substitutes.get(cluster).map_or(cluster, String::as_str);
    is_used.then(|| clusters(text).map(shown).collect())
}

/// The substitutes for print that what goes has a use for.
fn substitutes(whole: &Case, disclosed: &Case) -> BTreeMap<String, String> {
    let own = disclosed.documents.iter().flat_map(|document| document.values.values());
    let values: Vec<&Value> = disclosed.people.values().chain(own).collect();
    let is_used =
        |character: &str| disclosed.number.contains(character) || values.iter().any(|value| value.contains(character));
    let used = whole.print_substitutes.iter().filter(|(character, _)| is_used(character));
    used.map(|(character, substitute)| (character.clone(), substitute.clone())).collect()
}

/// What goes, with the days of measures of the other documents, where a paper draws them; and those
/// that the recipient may not see.
fn drawn(request: &Request<'_>, papers: &[Permitted<'_>], case: &Case) -> (Case, Vec<Key>) {
    let (mut drawn, mut not_drawn) = (case.clone(), Vec::new());
    if !papers.iter().any(|paper| paper.form.has_timeline()) {
        return (drawn, not_drawn);
    }
    for (at, document) in request.case.documents.iter().enumerate() {
        let Some(form) = request.rules.forms.get(&document.form) else { continue };
        let goes_anyway = papers.iter().any(|paper| paper.at == at);
        let may_go = permission(request.case, form, request.to.party, request.today).is_ok();
        let mut values = Values::new();
        for (field, day) in measures(form, document) {
            let is_theirs = field.audience.as_ref().is_none_or(|parties| parties.contains(&request.to.party));
            if may_go && is_theirs {
                values.insert(field.key.clone(), day.clone());
            } else {
                not_drawn.push(format!("{}/{}", form.key, field.key));
            }
        }
        if !goes_anyway && !values.is_empty() {
            let Document { id, form, .. } = document;
            drawn.documents.push(Document { id: *id, form: form.clone(), values, revisions: Vec::new() });
        }
    }
    (drawn, not_drawn)
}

/// The days for which a document asks for measures.
fn measures<'a>(form: &'a Form, document: &'a Document) -> impl Iterator<Item = (&'a Field, &'a Value)> {
    let fields = [Meaning::MeasuresStart, Meaning::MeasuresEnd].into_iter().filter_map(|one| form.field_meaning(one));
    let days = fields.filter_map(|field| Some((field, document.values.get(&field.key)?)));
    days.filter(|(_, day)| day.as_date().is_some())
}
