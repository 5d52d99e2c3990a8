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

/// The tables by the names that `docs/checks.md` gives them.
const TABLES: [(&str, &str); 3] = [
    ("調整用", include_str!("checks/wordings.ron")),
    ("取り置き", include_str!("checks/wordings_held_out.ron")),
    ("最後に作成", include_str!("checks/wordings_fresh.ron")),
];

/// The parts of a table in their order.
const PARTS: [&str; 3] = ["意見書の制限", "計画の作業", "治療の場所と毎日の通院"];

#[test]
fn the_figures_in_the_guide_are_those_measured() {
    let guide = include_str!("../docs/checks.md");
    let mut expected = Vec::new();
    for (table, wordings) in TABLES {
        for (part, measure) in PARTS.iter().zip(measure(wordings)) {
            expected.push(format!("| {table} | {part} | {measure} |"));
            expected.extend(measure.missed.iter().map(|missed| format!("- 見落とし（{table}） {missed}")));
            expected.extend(measure.false_alarms.iter().map(|wrong| format!("- 誤り（{table}） {wrong}")));
        }
    }
    let lines: BTreeSet<&str> = guide.lines().collect();
    let lacking: Vec<_> = expected.iter().filter(|line| !lines.contains(line.as_str())).collect();
    assert!(lacking.is_empty(), "docs/checks.md lacks:\n{}", expected.join("\n"));
    let told = lines.iter().filter(|line| line.starts_with("- 見落とし（") || line.starts_with("- 誤り（")).count();
    assert_eq!(told, expected.iter().filter(|line| line.starts_with("- ")).count(), "of what is not so any more");
}

#[test]
fn the_tables_have_enough_of_every_topic_both_ways() {
    let topics = library().topics;
    let tables = TABLES.map(|(_, wordings)| ron::from_str::<Wordings>(wordings).expect("a table"));
    let texts = || tables.iter().flat_map(|table| table.opinions.iter().chain(&table.plans));
    let count = tables.iter().map(|one| one.opinions.len() + one.plans.len() + one.treatments.len()).sum::<usize>();
    assert!(count >= 200, "{count} texts");
    for key in topics.keys() {
        let restricts = |expected: &str| expected.split_whitespace().any(|one| one == format!("forbids:{key}"));
        let positive = texts().filter(|(_, expected)| restricts(expected)).count();
        let negative = texts().filter(|(text, expected)| topics.mentions(text, key) && !restricts(expected)).count();
        assert!(positive >= 3 && negative >= 3, "{key}: {positive} forbid, {negative} do not");
    }
}
