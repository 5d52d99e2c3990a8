//! Looks for the chart number （患者番号） in what would go: it never leaves the hospital, wherever
//! somebody wrote it.

use unicode_normalization::UnicodeNormalization;

use crate::model::case::Case;
use crate::model::check::Rules;
use crate::model::form::Meaning;
use crate::model::value::Value;

/// The fewest characters of a chart number that is looked for: a shorter one cannot be told from a part
/// of a telephone number or a sum.
const SHORTEST: usize = 5;

/// The chart number of a case; none where there is none that could be looked for.
pub(super) struct ChartNumber(Option<String>);

impl ChartNumber {
    pub(super) fn of(case: &Case, rules: &Rules<'_>) -> Self {
        let value = rules.people.field_meaning(Meaning::ChartNumber).and_then(|field| case.people.get(&field.key));
        let number = value.and_then(Value::as_text).map(|typed| plain(typed.trim()));
        Self(number.filter(|number| number.chars().count() >= SHORTEST))
    }

    /// Whether a text has it: full and half width make no difference, and a longer number is another one.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let Some(number) = &self.0 else { return false };
        let text = plain(text);
        text.match_indices(number).any(|(start, _)| {
            let before = text[..start].chars().next_back();
            let after = text[start + number.len()..].chars().next();
            !before.into_iter().chain(after).any(|c| c.is_ascii_digit())
        })
    }

    /// Whether it stands in a value; a table is looked into cell by cell.
    pub(super) fn is_said_by(&self, value: &Value) -> bool {
        match value {
            Value::Text(text) => self.is_in(text),
            Value::Tick(detail) => self.is_said_by(detail),
            Value::Choice(chosen) => chosen.values().any(|detail| self.is_said_by(detail)),
            Value::Rows(_) | Value::Blank | Value::Number(_) | Value::Date(_) => false,
        }
    }
}

fn plain(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).collect()
}
