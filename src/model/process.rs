//! Where a case stands, computed from it and never typed: the step, who has signed and who is
//! awaited, whose turn it is, what to do next.
//!
//! Which steps there are and who takes part in them is data (`templates/rules/process.ron`). The
//! steps guide and never lock: whatever is done early counts, and the case stands at the first
//! step that still lacks something.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::case::{Case, Document, is_shared};
use super::check::missing;
use super::closing::Outcome;
use super::form::{Form, Meaning, Party, SignatureLine};
use super::revision::{Paper, Revision, SigningWay};
use super::value::{Key, Value};

/// The step of the follow-up, after the four of the papers.
pub const FOLLOW_UP: u8 = 5;
/// The last step that papers are signed in.
const LAST_STEP: u8 = 4;

/// The steps, as `templates/rules/process.ron` tells them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Process {
    /// The format of the file.
    pub format: u32,
    /// The steps in their order.
    pub steps: Vec<Step>,
}

/// A step and who takes part in it, around the patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// 1–4 for the papers, 5 for the follow-up.
    pub number: u8,
    /// What it is called.
    pub title: String,
    /// What happens in it.
    pub about: String,
    /// The parties around the patient.
    pub corners: Vec<Corner>,
}

/// A party around the patient.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Corner {
    /// Who.
    pub party: Party,
    /// What they are called in this step.
    pub label: String,
    /// The shared field that says whether there is such a person at all.
    #[serde(default)]
    pub asked_when: Option<Key>,
}

impl Process {
    /// The step of that number.
    #[must_use]
    pub fn step(&self, number: u8) -> Option<&Step> {
        self.steps.iter().find(|step| step.number == number)
    }

    /// What the step of that number is called; empty for none.
    #[must_use]
    pub fn title(&self, number: u8) -> &str {
        self.step(number).map_or("", |step| &step.title)
    }
}

impl Step {
    /// The parties that this case has.
    pub fn corners_of<'a>(&'a self, case: &'a Case) -> impl Iterator<Item = &'a Corner> {
        self.corners.iter().filter(move |corner| is_there(case, corner.asked_when.as_ref()))
    }
}

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// The step has no document yet.
    Begin,
    /// Fields are still empty.
    Fill {
        /// The labels of the first few of them.
        labels: Vec<String>,
    },
    /// Everything is filled: hand it out to be signed.
    HandOut {
        /// The number that the revision will have; above 1 where an earlier one was changed.
        revision: u32,
    },
    /// It was handed out: collect the signatures.
    Sign {
        /// The captions of the lines that are still awaited, the next one first.
        captions: Vec<String>,
    },
    /// All papers of the process are signed: keep to the plan.
    FollowUp,
    /// The case is closed.
    Closed {
        /// How it ended.
        outcome: Outcome,
    },
}

/// Where a case stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The step: 1–4, 5 for the follow-up, or 0 before them.
    pub step: u8,
    /// The document it hangs on, by its place in the case.
    pub document: Option<usize>,
    /// Whose turn it is.
    pub turn: Party,
    /// What is to be done.
    pub action: Action,
    /// Since when that is awaited: the day of the last thing that was done. None where nothing was.
    pub since: Option<NaiveDate>,
    /// By when: the day on which the plan begins, unless it has begun; for a closed case the day of
    /// the look whether it still has to be kept.
    pub due: Option<NaiveDate>,
}

/// A line to sign, and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineState {
    /// The document, by its place in the case.
    pub document: usize,
    /// The key of the line.
    pub line: Key,
    /// Who signs it.
    pub party: Party,
    /// As printed.
    pub caption: String,
    /// The step that it ends.
    pub step: u8,
    /// How it stands.
    pub mark: LineMark,
}

/// How a line to sign stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineMark {
    /// There is no such person.
    NotAsked,
    /// The paper was not handed out yet.
    NotHandedOut,
    /// The paper is out, since that day.
    Awaited {
        /// When the revision was handed out last.
        since: NaiveDate,
    },
    /// Signed on the revision that says what the document says now.
    Signed {
        /// The day beside the signature.
        on: NaiveDate,
        /// Who signed; may be empty.
        name: String,
        /// How.
        how: SigningWay,
    },
    /// Signed on an older revision: the document was changed since.
    Outdated {
        /// The number of that revision.
        revision: u32,
        /// The day beside the signature.
        on: NaiveDate,
    },
}

impl LineMark {
    /// Whether nothing is to be done about it any more.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self, Self::NotAsked | Self::Signed { .. })
    }
}

/// How every line of a document stands, in the order of its page.
#[must_use]
pub fn lines(case: &Case, forms: &BTreeMap<Key, Form>, at: usize) -> Vec<LineState> {
    let document = &case.documents[at];
    let Some(form) = forms.get(&document.form) else { return Vec::new() };
    let paper = Paper::of(case, document, form);
    let state = |line: &SignatureLine| LineState {
        document: at,
        line: line.key.clone(),
        party: line.by,
        caption: line.caption.clone(),
        step: line.step.unwrap_or(form.step),
        mark: mark(case, document, &paper, line),
    };
    form.signature_lines().map(|(_, line)| state(line)).collect()
}

fn mark(case: &Case, document: &Document, paper: &Paper, line: &SignatureLine) -> LineMark {
    if let Some(signature) = paper.current().and_then(|revision| revision.signature(&line.key)) {
        let (on, name, how) = (signature.signed_on, signature.name.clone(), signature.how);
        return LineMark::Signed { on, name, how };
    }
    let older = document.revisions.iter().rev().find_map(|one| Some((one.number, one.signature(&line.key)?.signed_on)));
    match (older, paper) {
        _ if !is_there(case, line.asked_when.as_ref()) => LineMark::NotAsked,
        (_, Paper::Current(revision)) => LineMark::Awaited { since: last_handout(revision) },
        (Some((revision, on)), _) => LineMark::Outdated { revision, on },
        (None, _) => LineMark::NotHandedOut,
    }
}

/// Whether there is the person whom a shared field names.
fn is_there(case: &Case, asked_when: Option<&Key>) -> bool {
    asked_when.is_none_or(|key| case.people.get(key).is_some_and(|value| !value.is_empty()))
}

/// The day on which a revision was handed out last.
fn last_handout(revision: &Revision) -> NaiveDate {
    revision.handouts.iter().map(|handout| handout.on).max().unwrap_or(revision.fixed_on)
}

/// The documents that the process looks at: the newest one of each form, and of a step only those
/// that were begun, if any was.
#[must_use]
pub fn current_documents(case: &Case, forms: &BTreeMap<Key, Form>) -> Vec<usize> {
    let step = |at: usize| forms.get(&case.documents[at].form).map_or(0, |form| form.step);
    let is_newest = |at: &usize| case.documents_of(&case.documents[*at].form).last() == Some(*at);
    let is_begun = |at: usize| case.documents[at].has_content() || !case.documents[at].revisions.is_empty();
    let newest: Vec<usize> = (0..case.documents.len()).filter(is_newest).filter(|at| step(*at) > 0).collect();
    let any_begun = |at: &usize| newest.iter().any(|other| step(*other) == step(*at) && is_begun(*other));
    let mut documents: Vec<usize> = newest.iter().copied().filter(|at| is_begun(*at) || !any_begun(at)).collect();
    documents.sort_by_key(|at| (step(*at), *at));
    documents
}

/// Where the case stands: at the first step that still lacks something.
#[must_use]
pub fn standing(case: &Case, forms: &BTreeMap<Key, Form>, today: NaiveDate) -> Standing {
    let documents = current_documents(case, forms);
    let due = plan_start(case, forms).filter(|start| *start >= today);
    if let Some(closing) = case.closing() {
        return Standing {
            step: FOLLOW_UP,
            document: None,
            turn: Party::Coordinator,
            action: Action::Closed { outcome: closing.outcome },
            since: Some(closing.on),
            due: Some(closing.retention_due()),
        };
    }
    let at_step = |step| stands_at(case, forms, &documents, step).map(|standing| Standing { due, ..standing });
    (1..=LAST_STEP).find_map(at_step).unwrap_or_else(|| after_papers(case, forms, &documents, due))
}

/// What a step still lacks; none where it lacks nothing.
fn stands_at(case: &Case, forms: &BTreeMap<Key, Form>, documents: &[usize], step: u8) -> Option<Standing> {
    let stands = |document: usize, turn, action, since| Standing {
        step,
        document: Some(document),
        turn,
        action,
        since,
        due: None,
    };
    for at in documents {
        let document = &case.documents[*at];
        let form = forms.get(&document.form)?;
        if form.step == step {
            // What was handed out with an empty field is out: the signatures are what it waits for.
            let is_out = Paper::of(case, document, form).current().is_some();
            if let Some((turn, labels)) = to_fill(case, document, form).filter(|_| !is_out) {
                return Some(stands(*at, turn, Action::Fill { labels }, last_done(case)));
            }
            let has_lines = form.signature_lines().next().is_some();
            if has_lines && !is_out {
                let revision = document.latest().map_or(0, |latest| latest.number) + 1;
                return Some(stands(*at, Party::Coordinator, Action::HandOut { revision }, last_done(case)));
            }
        }
        let lines = lines(case, forms, *at);
        let mut awaited = lines.iter().filter(|line| line.step == step && !line.mark.is_done()).peekable();
        if let Some(next) = awaited.peek() {
            let (turn, since) = (next.party, document.latest().map(last_touched));
            let captions = awaited.map(|line| line.caption.clone()).collect();
            return Some(stands(*at, turn, Action::Sign { captions }, since));
        }
    }
    None
}

/// Whose turn it is to fill in a document, and the labels of the first fields that lack something.
fn to_fill(case: &Case, document: &Document, form: &Form) -> Option<(Party, Vec<String>)> {
    let empty: Vec<_> = missing(case, document, form).collect();
    let first = empty.first()?;
    // Shared data is typed in by the coordinator, whoever it is about.
    let giver = first.by.first().copied().filter(|_| !is_shared(&first.key));
    let labels = empty.iter().take(3).map(|field| field.label.clone()).collect();
    Some((giver.unwrap_or(Party::Coordinator), labels))
}

/// All documents are signed: the next step has none yet, or the follow-up has begun.
fn after_papers(case: &Case, forms: &BTreeMap<Key, Form>, documents: &[usize], due: Option<NaiveDate>) -> Standing {
    let reached = documents.iter().flat_map(|at| lines(case, forms, *at)).map(|line| line.step).max().unwrap_or(0);
    let (step, action) = if reached >= LAST_STEP {
        (FOLLOW_UP, Action::FollowUp)
    } else {
        (if documents.is_empty() { 0 } else { reached + 1 }, Action::Begin)
    };
    Standing { step, document: None, turn: Party::Coordinator, action, since: last_done(case), due }
}

/// The day on which a revision was last handed out or signed.
fn last_touched(revision: &Revision) -> NaiveDate {
    let signed = revision.signatures.iter().filter(|one| one.corrected.is_none()).map(|one| one.signed_on).max();
    signed.map_or(last_handout(revision), |signed| signed.max(last_handout(revision)))
}

/// The day on which anything of the case was last handed out or signed.
fn last_done(case: &Case) -> Option<NaiveDate> {
    case.documents.iter().filter_map(|document| document.latest().map(last_touched)).max()
}

/// The first day of the newest plan.
#[must_use]
pub fn plan_start(case: &Case, forms: &BTreeMap<Key, Form>) -> Option<NaiveDate> {
    case.documents.iter().rev().find_map(|document| {
        let plan = forms.get(&document.form)?.field_meaning(Meaning::PlanRows)?;
        let start = plan.columns().iter().find(|column| column.meaning == Some(Meaning::PeriodStart))?;
        let Value::Rows(rows) = case.value(document, &plan.key)? else { return None };
        rows.iter().filter_map(|row| row.get(&start.key)?.as_date()).min()
    })
}
