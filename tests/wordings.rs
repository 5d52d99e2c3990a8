//! How well the cross-checks read Japanese: measured on two tables of wordings, of which one was
//! held out while the words were chosen. The figures in `docs/checks.md` are these.

mod common;

use std::collections::BTreeSet;
use std::fmt;

use common::library;
use ryoritsu::model::wording::{Reading, Setting, Stance, Topics, daily, settings, statements};
use serde::Deserialize;

/// Texts, each with what is to be read in it.
#[derive(Deserialize)]
struct Wordings {
    opinions: Vec<(String, String)>,
    plans: Vec<(String, String)>,
    treatments: Vec<(String, String)>,
}

/// How much of what is to be read was read.
#[derive(Default)]
struct Measure {
    texts: usize,
    expected: usize,
    hits: usize,
    missed: Vec<String>,
    false_alarms: Vec<String>,
}

impl fmt::Display for Measure {
    /// As a row of the table in `docs/checks.md`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { texts, expected, hits, missed, false_alarms } = self;
        write!(out, "{texts} | {expected} | {hits} | {} | {}", missed.len(), false_alarms.len())
    }
}

impl Measure {
    fn add(&mut self, text: &str, expected: &str, found: &BTreeSet<String>) {
        let expected: BTreeSet<String> = expected.split_whitespace().map(ToOwned::to_owned).collect();
        self.texts += 1;
        self.expected += expected.len();
        self.hits += expected.intersection(found).count();
        self.missed.extend(expected.difference(found).map(|what| format!("{what}: {text}")));
        self.false_alarms.extend(found.difference(&expected).map(|what| format!("{what}: {text}")));
    }
}

/// What of a text on work counts: in an opinion only restrictions.
fn read_work(topics: &Topics, text: &str, reading: Reading) -> BTreeSet<String> {
    let name = |stance| match (stance, reading) {
        (Stance::Forbids, _) => Some("forbids"),
        (Stance::Limits | Stance::Little, _) => Some("limits"),
        (_, Reading::Opinion) => None,
        (Stance::Permits | Stance::Plans, Reading::Work) => Some("plans"),
    };
    let found = statements(topics, text, reading);
    found.iter().filter_map(|one| Some(format!("{}:{}", name(one.stance)?, one.topic(topics).key))).collect()
}

fn read_care(topics: &Topics, text: &str) -> BTreeSet<String> {
    let name = |setting| if setting == Setting::Visit { "visit" } else { "admission" };
    let mut found: BTreeSet<String> = settings(topics, text)
        .iter()
        .map(|one| format!("{}:{}", name(one.setting), one.treatment(topics).key))
        .collect();
    found.extend((!daily(topics, text).is_empty()).then(|| "daily".to_owned()));
    found
}

fn measure(wordings: &str) -> [Measure; 3] {
    let wordings: Wordings = ron::from_str(wordings).expect("a table");
    let topics = library().topics;
    let mut measures = [Measure::default(), Measure::default(), Measure::default()];
    for (text, expected) in &wordings.opinions {
        measures[0].add(text, expected, &read_work(&topics, text, Reading::Opinion));
    }
    for (text, expected) in &wordings.plans {
        measures[1].add(text, expected, &read_work(&topics, text, Reading::Work));
    }
    for (text, expected) in &wordings.treatments {
        measures[2].add(text, expected, &read_care(&topics, text));
    }
    measures
}

const TUNED: &str = include_str!("checks/wordings.ron");
const HELD_OUT: &str = include_str!("checks/wordings_held_out.ron");
const FRESH: &str = include_str!("checks/wordings_fresh.ron");

#[test]
fn tuned() {
    for (name, table) in [("tuned", TUNED), ("held", HELD_OUT), ("fresh", FRESH)] {
        for measure in measure(table) {
            println!("{name} {measure}");
            if name == "tuned" {
                println!("missed {:#?}\nfalse {:#?}", measure.missed, measure.false_alarms);
            }
        }
    }
}
