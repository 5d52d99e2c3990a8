//! How far an open case has come, ready to be drawn: worked out once for each revision of the
//! case, not in every frame.
//!
//! - [`strip`]: the steps and what to do next, above both sides.
//! - [`triangle`]: who takes part in a step, around the patient.
//! - [`tab`]: the tab 進み具合 as a whole.
//! - [`papers`]: documents, their revisions and signatures, as that tab shows them.

pub mod papers;
pub mod strip;
pub mod tab;
pub mod triangle;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::messages::{self, progress as words, progress::StepMark};
use crate::model::case::Case;
use crate::model::check::{Place, missing};
use crate::model::closing::{Closing, Outcome};
use crate::model::consent::needs_consent;
use crate::model::form::{Form, Party};
use crate::model::people::People;
use crate::model::process::{self, LineState, Process, Standing, Step, current_documents, standing};
use crate::model::timeline::timeline;
use crate::model::value::Key;

use super::Action;
use super::field::place_of;
use super::timeline_view::Bars;
use papers::Paper;
use triangle::Picture;

/// What the process of a case is worked out from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    /// The case.
    pub case: &'a Case,
    /// The forms by key.
    pub forms: &'a BTreeMap<Key, Form>,
    /// The shared fields.
    pub people: &'a People,
    /// The steps.
    pub process: &'a Process,
    /// Today.
    pub today: NaiveDate,
}

/// How far a case has come.
#[derive(Clone, Debug)]
pub struct Progress {
    /// Where it stands.
    pub standing: Standing,
    /// What to do next, as a sentence.
    pub next: String,
    /// Whose turn it is, and since when.
    pub turn: String,
    /// What does it, as a button.
    pub button: Option<(String, Action)>,
    /// The steps.
    pub steps: Vec<StepView>,
    /// The documents.
    pub papers: Vec<Paper>,
    /// What the patient agreed to.
    pub consents: Vec<ConsentView>,
    /// The plan.
    pub bars: Bars,
    /// Somebody outside is awaited: the document that may go there in a file.
    pub away: Option<usize>,
    /// When and how it ended, and was opened again.
    pub closings: Vec<String>,
    /// It is closed now.
    pub is_closed: bool,
}

/// A step, as it is drawn.
#[derive(Clone, Debug)]
pub struct StepView {
    /// 1–4 for the papers, 5 for the follow-up.
    pub number: u8,
    /// What it is called.
    pub title: String,
    /// What happens in it.
    pub about: String,
    /// How far it has come.
    pub mark: StepMark,
    /// Its document, by its place in the case.
    pub document: Option<usize>,
    /// Who takes part in it.
    pub picture: Picture,
}

/// A consent, as it is drawn.
#[derive(Clone, Debug)]
pub struct ConsentView {
    /// Counts from 1.
    pub number: u32,
    /// To whom, which papers.
    pub what: String,
    /// From when to when.
    pub time: String,
    /// It holds today.
    pub holds: bool,
    /// It may be withdrawn.
    pub is_open: bool,
}

impl Progress {
    /// Works out how far the case has come.
    #[must_use]
    pub fn of(source: &Source<'_>) -> Self {
        let Source { case, forms, today, .. } = *source;
        let standing = standing(case, forms, today);
        let documents = current_documents(case, forms);
        let lines: Vec<LineState> = documents.iter().flat_map(|at| process::lines(case, forms, *at)).collect();
        let form = standing.document.and_then(|at| forms.get(&case.documents[at].form));
        let reached = reached(source, &standing);
        let is_closed = case.closing().is_some();
        let step = |step: &Step| StepView {
            number: step.number,
            title: step.title.clone(),
            about: step.about.clone(),
            mark: step_mark(step.number, is_closed, reached, &lines),
            document: document_of(source, &documents, &lines, step.number),
            picture: Picture::of(source, step, &lines, &standing),
        };
        Self {
            next: words::next(&standing, form.map(|form| form.short_title.as_str())),
            turn: words::turn(&standing),
            button: button(source, &standing, &lines),
            steps: source.process.steps.iter().map(step).collect(),
            papers: papers::papers(source, &documents, &lines),
            consents: consents(source),
            bars: timeline(case, forms, today).map_or_else(Bars::default, |timeline| Bars::of(&timeline)),
            closings: closings(case),
            away: away(&standing, is_closed),
            is_closed,
            standing,
        }
    }

    /// The step that is shown unless another one is looked at.
    #[must_use]
    pub fn current_step(&self) -> u8 {
        self.standing.step.max(1)
    }

    /// The step of that number.
    #[must_use]
    pub fn step(&self, number: u8) -> Option<&StepView> {
        self.steps.iter().find(|step| step.number == number)
    }
}

/// The step that the case stands at; for a closed one, where it stood when it was closed.
fn reached(source: &Source<'_>, stands: &Standing) -> u8 {
    if source.case.closing().is_none() {
        return stands.step;
    }
    let open = Case { closings: Vec::new(), ..source.case.clone() };
    standing(&open, source.forms, source.today).step
}

fn step_mark(number: u8, is_closed: bool, reached: u8, lines: &[LineState]) -> StepMark {
    let mut own = lines.iter().filter(|line| line.step == number).peekable();
    let is_signed = own.peek().is_some() && own.all(|line| line.mark.is_done());
    match number {
        _ if number < reached || is_signed && number != reached => StepMark::Done,
        process::FOLLOW_UP if is_closed && number == reached => StepMark::Done,
        _ if number == reached.max(1) && !is_closed => StepMark::Now,
        _ => StepMark::ToCome,
    }
}

/// The document of a step: one of its own, or the one that is signed in it.
fn document_of(source: &Source<'_>, documents: &[usize], lines: &[LineState], number: u8) -> Option<usize> {
    let step = |at: &usize| source.forms.get(&source.case.documents[*at].form).map(|form| form.step);
    let own = documents.iter().copied().find(|at| step(at) == Some(number));
    own.or_else(|| lines.iter().find(|line| line.step == number).map(|line| line.document))
}

/// The one button that does what is to be done next.
fn button(source: &Source<'_>, standing: &Standing, lines: &[LineState]) -> Option<(String, Action)> {
    match (&standing.action, standing.document) {
        (process::Action::Fill { .. }, Some(at)) => {
            let document = &source.case.documents[at];
            let field = missing(source.case, document, source.forms.get(&document.form)?).next()?;
            let place: Place = place_of(Some(at), field);
            Some((words::FILL.to_owned(), Action::GoTo(place)))
        }
        (process::Action::HandOut { .. }, Some(at)) => Some((words::HAND_OUT.to_owned(), Action::HandOut(at))),
        (process::Action::Sign { .. }, Some(at)) => {
            let is_next = |line: &&LineState| line.document == at && line.step == standing.step && !line.mark.is_done();
            let line = lines.iter().find(is_next)?.line.clone();
            Some((words::SIGN.to_owned(), Action::Sign { document: at, line }))
        }
        (process::Action::Begin, _) => {
            let step = standing.step.max(1);
            let form = source.forms.values().find(|form| form.step == step && form.in_new_case)?;
            Some((words::begin(&form.short_title), Action::AddDocument(form.key.clone())))
        }
        (process::Action::Closed { .. }, _) => Some((words::REOPEN.to_owned(), Action::Reopen)),
        _ => None,
    }
}

/// The document that somebody outside of the hospital is to fill in or to sign.
fn away(standing: &Standing, is_closed: bool) -> Option<usize> {
    standing.document.filter(|_| !is_closed && needs_consent(standing.turn))
}

/// When and how the case ended, each time; a hand-over with to whom.
fn closings(case: &Case) -> Vec<String> {
    let mut hand_overs = case.hand_overs.iter();
    let words_of = |closing: &Closing| match closing.outcome {
        Outcome::HandedOver => match hand_overs.next() {
            Some(one) => words::handed_over(closing, &one.to),
            None => words::closing(closing),
        },
        _ => words::closing(closing),
    };
    case.closings.iter().map(words_of).collect()
}

fn consents(source: &Source<'_>) -> Vec<ConsentView> {
    let title = |key: &Key| source.forms.get(key).map_or_else(|| key.clone(), |form| form.short_title.clone());
    let view = |consent: &crate::model::consent::Consent| {
        let forms: Option<Vec<String>> = consent.forms.as_ref().map(|forms| forms.iter().map(title).collect());
        ConsentView {
            number: consent.number,
            what: words::consent(consent, forms.as_deref()),
            time: words::consent_time(consent, source.today),
            holds: consent.holds(source.today),
            is_open: consent.withdrawn.is_none(),
        }
    };
    source.case.consents.iter().map(view).collect()
}

/// What a party is called where the process gives it no name of its own.
fn party_label(party: Party) -> &'static str {
    if party == Party::Patient { words::PATIENT } else { messages::party(party) }
}
