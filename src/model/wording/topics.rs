//! The words that the cross-checks read by, as `templates/rules/topics.ron` tells them: topics of
//! work, words that forbid and permit, treatments.

use serde::Deserialize;

use crate::model::value::Key;

use super::tokens::{Lexicon, fold, has_any};
use crate::model::hours::{self, Hours};

/// What a restriction or a plan may speak of, and how it is said in Japanese.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Source")]
pub struct Topics {
    pub(super) sorts: Vec<Topic>,
    pub(super) treatments: Vec<Treatment>,
    pub(super) work: Lexicon<Sort>,
    pub(super) care: Lexicon<Care>,
    instead: Vec<Vec<char>>,
    relief: Vec<Vec<char>>,
    usual: Vec<Vec<char>>,
    rest: Vec<char>,
}

/// The file as it is written; what each list means stands in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename = "Topics")]
struct Source {
    #[serde(rename = "format")]
    _format: u32,
    topics: Vec<Topic>,
    negations: Vec<String>,
    forbids: Vec<String>,
    hindrances: Vec<String>,
    permits: Vec<String>,
    plans: Vec<String>,
    undecided: Vec<String>,
    much: Vec<String>,
    little: Vec<String>,
    bounds: Vec<String>,
    conditions: Vec<String>,
    excepting: Vec<String>,
    headings: Vec<String>,
    neutral: Vec<String>,
    instead: Vec<String>,
    treatments: Vec<Treatment>,
    visits: Vec<String>,
    admissions: Vec<String>,
    daily: Vec<String>,
    routines: Vec<String>,
    past: Vec<String>,
    hedges: Vec<String>,
    relief: Vec<String>,
    usual: Vec<String>,
    rest: String,
}

/// A sort of work that an opinion may restrict.
#[derive(Clone, Debug, Deserialize)]
pub struct Topic {
    /// Unique among the topics, such as `driving`.
    pub key: Key,
    /// As the messages call it.
    pub label: String,
    /// The words that mention it in any text.
    words: Vec<String>,
    /// The words by which only a plan or a description of the work mentions it.
    #[serde(default)]
    work: Vec<String>,
    /// The words beside which it is not meant.
    #[serde(default)]
    except: Vec<String>,
    /// The full hours between which any work is of this sort.
    #[serde(default)]
    pub hours: Option<(u8, u8)>,
}

/// A treatment that may take place in a visit or during a stay.
#[derive(Clone, Debug, Deserialize)]
pub struct Treatment {
    /// Unique among the treatments, such as `radiotherapy`.
    pub key: Key,
    /// As the messages call it.
    pub label: String,
    words: Vec<String>,
    /// Whether it is commonly given on every working day.
    #[serde(default)]
    pub daily: bool,
}

/// What a word does in a sentence about work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Mentions the topic of that place in the list; `in_work` where it does so only in work.
    Topic {
        at: usize,
        in_work: bool,
    },
    /// Beside it this topic is not meant.
    NotTopic(usize),
    Negation,
    Forbid,
    Hindrance,
    Permit,
    Plan,
    Undecided,
    Much,
    Little,
    Bound,
    Condition,
    Excepting,
    Heading,
    Neutral,
}

/// What a word does in a sentence about treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Care {
    /// Names the treatment of that place in the list.
    Treatment(usize),
    Visit,
    Admission,
    Daily,
    Routine,
    Past,
    Hedge,
    Negation,
    /// Something is done: what was named before it is told to its end.
    Done,
}

impl Topics {
    /// The topic of that key.
    #[must_use]
    pub fn topic(&self, key: &str) -> Option<&Topic> {
        self.sorts.iter().find(|topic| topic.key == key)
    }

    /// The keys of all topics.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.sorts.iter().map(|topic| &topic.key)
    }

    /// Whether a text names work that stands in the place of the usual one.
    #[must_use]
    pub fn names_other_work(&self, text: &str) -> bool {
        has_any(&fold(text), &self.instead)
    }

    /// The usual hours of a job, as a text about it tells them.
    #[must_use]
    pub fn usual_hours(&self, text: &str) -> Vec<Hours> {
        hours::all_after(text, &self.usual)
    }

    /// The break that a text tells, in minutes.
    #[must_use]
    pub fn rest(&self, text: &str) -> Option<u16> {
        hours::minutes_after(text, &self.rest)
    }

    /// Whether a text mentions a topic, whatever it says of it.
    #[must_use]
    pub fn mentions(&self, text: &str, topic: &str) -> bool {
        let text = fold(text);
        let part = 0..text.len();
        let is_it = |sort: Sort| matches!(sort, Sort::Topic { at, .. } if self.sorts[at].key == topic);
        self.work.tokens(&text, part).iter().any(|token| is_it(token.sort))
    }

    /// The topics that these hours of work are of by themselves, such as night work.
    pub fn topics_of_hours(&self, hours: Hours) -> impl Iterator<Item = &Topic> {
        self.sorts.iter().filter(move |topic| topic.hours.is_some_and(|between| hours.touch(between)))
    }

    /// Whether a text leaves time for treatment.
    #[must_use]
    pub fn leaves_time(&self, text: &str) -> bool {
        has_any(&fold(text), &self.relief)
    }
}

impl From<Source> for Topics {
    fn from(source: Source) -> Self {
        Self {
            work: Lexicon::new(work_words(&source).into_iter()),
            care: Lexicon::new(care_words(&source).into_iter()),
            instead: source.instead.iter().map(|word| fold(word)).collect(),
            relief: source.relief.iter().map(|word| fold(word)).collect(),
            usual: source.usual.iter().map(|word| fold(word)).collect(),
            rest: fold(&source.rest),
            sorts: source.topics,
            treatments: source.treatments,
        }
    }
}

fn work_words(source: &Source) -> Vec<(&str, Sort)> {
    let lists = [
        (&source.neutral, Sort::Neutral),
        (&source.negations, Sort::Negation),
        (&source.forbids, Sort::Forbid),
        (&source.hindrances, Sort::Hindrance),
        (&source.permits, Sort::Permit),
        (&source.plans, Sort::Plan),
        (&source.undecided, Sort::Undecided),
        (&source.much, Sort::Much),
        (&source.little, Sort::Little),
        (&source.bounds, Sort::Bound),
        (&source.conditions, Sort::Condition),
        (&source.excepting, Sort::Excepting),
        (&source.headings, Sort::Heading),
    ];
    let topics = source.topics.iter().enumerate().flat_map(|(at, topic)| {
        [
            (&topic.words, Sort::Topic { at, in_work: false }),
            (&topic.work, Sort::Topic { at, in_work: true }),
            (&topic.except, Sort::NotTopic(at)),
        ]
    });
    spread(topics.chain(lists))
}

fn care_words(source: &Source) -> Vec<(&str, Care)> {
    let lists = [
        (&source.visits, Care::Visit),
        (&source.admissions, Care::Admission),
        (&source.daily, Care::Daily),
        (&source.routines, Care::Routine),
        (&source.past, Care::Past),
        (&source.hedges, Care::Hedge),
        (&source.negations, Care::Negation),
        (&source.plans, Care::Done),
    ];
    let treatments = source.treatments.iter().enumerate().map(|(at, one)| (&one.words, Care::Treatment(at)));
    spread(treatments.chain(lists))
}

fn spread<'a, S: Copy>(lists: impl Iterator<Item = (&'a Vec<String>, S)>) -> Vec<(&'a str, S)> {
    lists.flat_map(|(list, sort)| list.iter().map(move |word| (word.as_str(), sort))).collect()
}
