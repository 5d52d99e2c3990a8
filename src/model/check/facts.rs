//! What the opinions, the plans and the description of the job say, gathered by meaning: so the
//! rules hold for every template.

use chrono::NaiveDate;

use crate::model::case::{Case, Document, is_shared};
use crate::model::form::{Choice, Field, Form, Meaning};
use crate::model::hours::{self, Hours};
use crate::model::value::{Key, Value, Values};
use crate::model::wording::Topics;

use super::{Place, Quote, Rules};

/// The meanings whose texts tell of treatment.
const TREATMENT: [Meaning; 3] = [Meaning::TreatmentPlan, Meaning::MayRevealDiagnosis, Meaning::Accommodation];

/// What there is to compare in a case: of each form the newest document with content.
pub(super) struct Facts<'a> {
    pub topics: &'a Topics,
    pub opinions: Vec<Opinion<'a>>,
    pub plans: Vec<Plan<'a>>,
    pub work: Vec<Work<'a>>,
    /// The longest usual hours of the job that any document tells, in minutes with the break.
    pub usual: Option<u16>,
}

/// A text with its place.
pub(super) struct Passage<'a> {
    pub place: Place,
    form: &'a Form,
    label: &'a str,
    pub text: &'a str,
}

/// What a physician says of the return to work.
pub(super) struct Opinion<'a> {
    /// What may tell of treatment, in the order of the form.
    pub treatment: Vec<Passage<'a>>,
    /// What the workplace is asked to observe.
    pub accommodations: Vec<Passage<'a>>,
    pub measures_start: Option<(Place, NaiveDate)>,
    pub measures_end: Option<(Place, NaiveDate)>,
    /// The chosen verdict: its option and the day beside it.
    pub verdict: Option<Verdict<'a>>,
}

/// A chosen verdict.
pub(super) struct Verdict<'a> {
    pub quote: Quote,
    pub is_unfit: bool,
    pub until: Option<&'a Value>,
}

/// A return-to-work plan.
pub(super) struct Plan<'a> {
    /// The field of its rows.
    pub place: Place,
    /// What tells of treatment outside of the rows.
    pub treatment: Vec<Passage<'a>>,
    pub rows: Vec<Row<'a>>,
}

/// A row of a plan.
pub(super) struct Row<'a> {
    pub start: Option<NaiveDate>,
    pub end: Option<NaiveDate>,
    /// The cells of both days.
    pub start_place: Place,
    pub end_place: Place,
    pub hours: Vec<Passage<'a>>,
    pub measures: Vec<Passage<'a>>,
    pub treatment: Vec<Passage<'a>>,
}

/// Work that the job has today: ticked, or told in words.
pub(super) enum Work<'a> {
    Ticked { topic: &'a Key, quote: Quote },
    Told(Passage<'a>),
}

impl Passage<'_> {
    /// This place as another one quotes it.
    pub fn quote(&self, text: &str) -> Quote {
        Quote {
            form: self.form.short_title.clone(),
            label: self.label.to_owned(),
            row: self.place.cell.as_ref().map(|(row, _)| *row),
            text: text.to_owned(),
        }
    }
}

impl Plan<'_> {
    /// The first day of the first row.
    pub fn start(&self) -> Option<NaiveDate> {
        self.rows.iter().filter_map(|row| row.start).min()
    }

    /// Every text of its rows.
    pub fn row_texts(&self) -> impl Iterator<Item = &Passage<'_>> {
        self.rows.iter().flat_map(|row| row.measures.iter().chain(&row.treatment).chain(&row.hours))
    }
}

impl Row<'_> {
    /// The hours that can be read.
    pub fn times(&self) -> impl Iterator<Item = (&Passage<'_>, Hours)> {
        self.hours.iter().flat_map(|passage| hours::all(passage.text).into_iter().map(move |hours| (passage, hours)))
    }
}

impl<'a> Facts<'a> {
    pub fn new(case: &'a Case, rules: &Rules<'a>) -> Self {
        let mut facts =
            Self { topics: rules.topics, opinions: Vec::new(), plans: Vec::new(), work: Vec::new(), usual: None };
        for (at, document) in case.documents.iter().enumerate() {
            let is_newest =
                !case.documents_of(&document.form).any(|other| other > at && case.documents[other].has_content());
            let form = rules.forms.get(&document.form).filter(|_| is_newest && document.has_content());
            if let Some(form) = form {
                facts.add(&Source { at, form, document });
            }
        }
        facts
    }

    fn add(&mut self, source: &Source<'a>) {
        if let Some(field) = source.form.field_meaning(Meaning::Verdict) {
            self.opinions.push(source.opinion(field));
        }
        match source.form.fields.iter().find(|field| is_plan(field)) {
            Some(field) => self.plans.push(source.plan(field)),
            None => self.add_job(source),
        }
    }

    fn add_job(&mut self, source: &Source<'a>) {
        let told = || source.passages(&[Meaning::WorkDescription, Meaning::WorkingHours]);
        let usual = told().into_iter().flat_map(|passage| self.topics.usual_hours(passage.text));
        self.usual = usual.map(Hours::span).filter(|span| *span > 0).chain(self.usual).max();
        self.work.extend(source.ticked());
        self.work.extend(source.passages(&[Meaning::WorkDescription]).into_iter().map(Work::Told));
    }
}

/// Whether a table is a plan of work: a list of mere appointments has neither measures nor hours.
fn is_plan(field: &Field) -> bool {
    let means = |column: &Field| matches!(column.meaning, Some(Meaning::Accommodation | Meaning::WorkingHours));
    field.meaning == Some(Meaning::PlanRows) && field.columns().iter().any(means)
}

fn option<'a>(field: &'a Field, key: &str) -> Option<&'a Choice> {
    field.options().iter().find(|option| option.key == key)
}

/// A document with its form.
struct Source<'a> {
    at: usize,
    form: &'a Form,
    document: &'a Document,
}

impl<'a> Source<'a> {
    fn place(&self, field: &Field) -> Place {
        Place { document: Some(self.at), field: field.key.clone(), cell: None }
    }

    fn own_fields(&self) -> impl Iterator<Item = (&'a Field, &'a Value)> {
        let document = self.document;
        let own = self.form.fields.iter().filter(|field| !is_shared(&field.key));
        own.filter_map(|field| Some((field, document.values.get(&field.key)?)))
    }

    /// The texts of the fields that mean one of these, in the order of the form.
    fn passages(&self, meanings: &[Meaning]) -> Vec<Passage<'a>> {
        let means = |field: &&Field| field.meaning.is_some_and(|meaning| meanings.contains(&meaning));
        let fields = self.own_fields().filter(|(field, _)| means(field));
        fields.flat_map(|(field, value)| self.texts(field, value)).collect()
    }

    fn texts(&self, field: &'a Field, value: &'a Value) -> Vec<Passage<'a>> {
        let place = self.place(field);
        let passage = |cell: Option<(usize, Key)>, text: &'a str| Passage {
            place: Place { cell, ..place.clone() },
            form: self.form,
            label: &field.label,
            text,
        };
        match value {
            Value::Text(text) => vec![passage(None, text)],
            Value::Tick(detail) => {
                detail.as_text().map(|text| passage(Some((0, Key::new())), text)).into_iter().collect()
            }
            Value::Choice(chosen) => {
                let detail = |(key, value): (&Key, &'a Value)| Some(passage(Some((0, key.clone())), value.as_text()?));
                chosen.iter().filter_map(detail).collect()
            }
            _ => Vec::new(),
        }
    }

    fn opinion(&self, verdict: &'a Field) -> Opinion<'a> {
        let day = |meaning| {
            let field = self.form.field_meaning(meaning)?;
            Some((self.place(field), self.document.values.get(&field.key)?.as_date()?))
        };
        Opinion {
            treatment: self.passages(&TREATMENT),
            accommodations: self.passages(&[Meaning::Accommodation]),
            measures_start: day(Meaning::MeasuresStart),
            measures_end: day(Meaning::MeasuresEnd),
            verdict: self.verdict(verdict),
        }
    }

    fn verdict(&self, field: &'a Field) -> Option<Verdict<'a>> {
        let Value::Choice(chosen) = self.document.values.get(&field.key)? else { return None };
        let (option, detail) = chosen.iter().find_map(|(key, detail)| Some((option(field, key)?, detail)))?;
        let quote = Quote {
            form: self.form.short_title.clone(),
            label: field.label.clone(),
            row: None,
            text: option.label.clone(),
        };
        Some(Verdict { quote, is_unfit: option.unfit, until: Some(detail) })
    }

    fn plan(&self, field: &'a Field) -> Plan<'a> {
        let rows = match self.document.values.get(&field.key) {
            Some(Value::Rows(rows)) => rows.as_slice(),
            _ => &[],
        };
        let filled = rows.iter().enumerate().filter(|(_, row)| row.values().any(|value| !value.is_empty()));
        Plan {
            place: self.place(field),
            treatment: self.passages(&TREATMENT),
            rows: filled.map(|(at, row)| self.row(field, at, row)).collect(),
        }
    }

    fn row(&self, field: &'a Field, at: usize, row: &'a Values) -> Row<'a> {
        let cell = |column: &Field| Place { cell: Some((at, column.key.clone())), ..self.place(field) };
        let day = |meaning| {
            let column = field.columns().iter().find(|column| column.meaning == Some(meaning));
            let date = column.and_then(|column| row.get(&column.key)?.as_date());
            (column.map_or_else(|| self.place(field), cell), date)
        };
        let passages = |meanings: &[Meaning]| -> Vec<Passage<'a>> {
            let means = |column: &&Field| column.meaning.is_some_and(|meaning| meanings.contains(&meaning));
            let passage = |column: &'a Field| {
                let text = row.get(&column.key)?.as_text()?;
                Some(Passage { place: cell(column), form: self.form, label: &column.label, text })
            };
            field.columns().iter().filter(means).filter_map(passage).collect()
        };
        let ((start_place, start), (end_place, end)) = (day(Meaning::PeriodStart), day(Meaning::PeriodEnd));
        Row {
            start,
            end,
            start_place,
            end_place,
            hours: passages(&[Meaning::WorkingHours]),
            measures: passages(&[Meaning::Accommodation]),
            treatment: passages(&[Meaning::TreatmentPlan, Meaning::MayRevealDiagnosis]),
        }
    }

    /// The sorts of work that are ticked or chosen.
    fn ticked(&self) -> Vec<Work<'a>> {
        let mut found = Vec::new();
        for (field, value) in self.own_fields().filter(|(_, value)| !value.is_empty()) {
            let quote = |text: &str| Quote {
                form: self.form.short_title.clone(),
                label: field.label.clone(),
                row: None,
                text: text.to_owned(),
            };
            let ticked = |topic| Work::Ticked { topic, quote: quote(&field.label) };
            found.extend(field.topic.as_ref().map(ticked));
            if let Value::Choice(chosen) = value {
                let options = chosen.keys().filter_map(|key| option(field, key));
                let chosen = |option: &'a Choice| {
                    Some(Work::Ticked { topic: option.topic.as_ref()?, quote: quote(&option.label) })
                };
                found.extend(options.filter_map(chosen));
            }
        }
        found
    }
}
