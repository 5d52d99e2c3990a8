//! A problem as data: how grave, where, what; and what tells it from every other one.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::model::case::Case;
use crate::model::failure::Step;
use crate::model::value::{Key, Value};
use crate::model::wording::{Setting, Stance};

/// How grave a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The page would be wrong: no PDF is written.
    Error,
    /// Worth a look.
    Suggestion,
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Place {
    /// The document in the case, counted from 0; none for shared data.
    pub document: Option<usize>,
    /// The field; empty for the whole document.
    pub field: Key,
    /// Row, counted from 0, and column in a table. What is written beside an option of a choice is
    /// addressed like row 0 of it, and what is written beside a tick has no column key.
    pub cell: Option<(usize, Key)>,
}

/// The key by which the case number is named where a field is.
pub const CASE_NUMBER: &str = "case.number";
/// The key by which the consents are named where a field is; the row is the place of one.
pub const CONSENTS: &str = "case.consents";
/// The key by which the substitutes for print are named where a field is.
pub const SUBSTITUTES: &str = "case.substitute";

impl Place {
    /// A field of the shared data, or of the case itself.
    #[must_use]
    pub fn field(key: &str) -> Self {
        Self { field: key.to_owned(), ..Self::default() }
    }

    /// The way to this place in the case file.
    #[must_use]
    pub fn path(&self) -> Vec<Step> {
        let mut path: Vec<Step> = match self.document {
            None if self.field == CASE_NUMBER => return vec!["number".into()],
            None if self.field == SUBSTITUTES => return vec!["print_substitutes".into()],
            None if self.field == CONSENTS => {
                let row = self.cell.iter().map(|(row, _)| Step::from(*row));
                return [Step::from("consents")].into_iter().chain(row).collect();
            }
            None => vec!["people".into()],
            Some(at) => vec!["documents".into(), at.into(), "values".into()],
        };
        if self.field.is_empty() {
            path.pop();
            path.extend(self.document.map(|_| "form".into()));
            return path;
        }
        path.push(self.field.as_str().into());
        if let Some((row, column)) = &self.cell {
            path.extend([(*row).into(), column.as_str().into()]);
        }
        path
    }
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// No template has this key.
    UnknownForm {
        /// The key of the form.
        key: Key,
    },
    /// The form has no field for this value (any more).
    UnusedValue,
    /// The value is of another sort than the field takes.
    WrongKind,
    /// The field has no such option (any more).
    UnknownOption {
        /// As in the case.
        option: Key,
        /// The labels of those that it has.
        known: Vec<Key>,
    },
    /// A character that no font of the program has.
    MissingGlyph {
        /// The character with its variation selector.
        character: String,
    },
    /// A control character or one that turns the direction of writing.
    Invisible {
        /// The character.
        character: char,
    },
    /// A line break in a field of one line.
    LineBreak,
    /// Needed before the form is handed out, and still empty.
    Needed,
    /// An age that is unlikely for somebody at work.
    UnlikelyAge {
        /// The age today, in years.
        years: i32,
    },
    /// The case number is empty, too long, or holds what cannot be seen.
    BadCaseNumber,
    /// A substitute for print is empty or holds what cannot be printed.
    BadSubstitute {
        /// The character it stands for.
        character: String,
    },
    /// One treatment takes place in visits here and during stays there, or the other way round.
    TwoSettings {
        /// What the treatment is called.
        treatment: String,
        /// Where it takes place here.
        setting: Setting,
        /// The words here.
        snippet: String,
        /// The other place.
        other: Quote,
    },
    /// Work is planned here that an opinion, or the row itself, forbids or limits.
    Restricted {
        /// What the sort of work is called.
        topic: String,
        /// Whether it is forbidden or limited.
        stance: Stance,
        /// The words here, or the hours that are it by themselves.
        snippet: String,
        /// Where it is restricted.
        other: Quote,
    },
    /// The job has work that an opinion restricts, and the plan says nothing of it.
    Unanswered {
        /// What the sort of work is called.
        topic: String,
        /// Whether it is forbidden or limited.
        stance: Stance,
        /// Where the job has it.
        work: Quote,
        /// Where it is restricted.
        other: Quote,
    },
    /// A row of full days in a time in which a treatment takes a visit every day.
    NoTimeForVisits {
        /// The hours of the row.
        hours: String,
        /// Where the daily visits stand.
        other: Quote,
    },
    /// The opinion is that work is not possible yet, and the plan begins in that time.
    BeginsUnfit {
        /// The last day of that time, if it is told.
        until: Option<NaiveDate>,
        /// Where the verdict stands.
        other: Quote,
    },
    /// A period ends before it begins.
    PeriodReversed,
    /// A row begins before the row above it.
    RowsBackwards,
    /// A row begins before the row above it has ended.
    RowsOverlap {
        /// The last day of the row above.
        end: NaiveDate,
    },
    /// Between two rows there are working days that no row is about.
    RowsGap {
        /// The first day that is left out.
        from: NaiveDate,
        /// The last one.
        to: NaiveDate,
    },
    /// The hours of a row end before they begin.
    HoursReversed {
        /// The hours as they are typed.
        hours: String,
    },
    /// The hours of a row are longer than those of the job, or than a working day.
    LongHours {
        /// The hours as they are typed.
        hours: String,
        /// The usual ones of the job, in minutes from their start to their end, if they are told.
        usual: Option<u16>,
    },
    /// The plan begins before the time for which the opinion asks for measures.
    BeginsBeforeMeasures {
        /// The first day of the measures.
        start: NaiveDate,
    },
    /// The plan ends before the time for which the opinion asks for measures.
    EndsBeforeMeasures {
        /// The last day of the measures.
        end: NaiveDate,
    },
    /// The day beside a signature lies before the paper was handed out, or before its own date.
    SignedBeforePaper {
        /// The caption of the line.
        line: String,
        /// The number of the revision.
        revision: u32,
        /// The day beside the signature.
        signed_on: NaiveDate,
        /// The day of the paper.
        paper: NaiveDate,
    },
    /// The day beside a signature is still to come.
    SignedInFuture {
        /// The caption of the line.
        line: String,
        /// The number of the revision.
        revision: u32,
        /// The day beside the signature.
        signed_on: NaiveDate,
    },
    /// Two parties' lines of one paper are signed by one name.
    SameSigner {
        /// The captions of both lines.
        lines: [String; 2],
        /// The number of the revision.
        revision: u32,
        /// The name.
        name: String,
    },
    /// A document rests on another one that was changed or replaced since.
    RestsOnSuperseded {
        /// The short title of the other one.
        form: String,
        /// The number of its revision.
        revision: u32,
    },
    /// A document was changed since it was signed.
    ChangedSinceSigned {
        /// The number of the signed revision.
        revision: u32,
    },
    /// A paper was handed out under a consent that did not hold on that day.
    HandedWithoutConsent {
        /// The number of the consent.
        consent: u32,
        /// The number of the revision.
        revision: u32,
        /// The day on which it was handed out.
        on: NaiveDate,
    },
    /// A consent ends before it begins.
    ConsentReversed {
        /// The number of the consent.
        consent: u32,
    },
}

/// Another place of the case, in the words of its form, that a problem speaks of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// The short title of the form.
    pub form: String,
    /// The label of the field, or of the column.
    pub label: String,
    /// The row, counted from 0, of a table.
    pub row: Option<usize>,
    /// The words there.
    pub text: String,
}

/// A problem of a case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// How grave.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What.
    pub what: What,
}

impl Problem {
    /// A problem that keeps the PDF from being written.
    #[must_use]
    pub fn error(place: Place, what: What) -> Self {
        Self { severity: Severity::Error, place, what }
    }

    /// A problem that is only pointed out.
    #[must_use]
    pub fn suggestion(place: Place, what: What) -> Self {
        Self { severity: Severity::Suggestion, place, what }
    }
}

impl Problem {
    /// What identifies a suggestion for setting it aside: the rule, the place by the identity of its
    /// document, and the texts it is about, so that it comes back when one of them changes. None for
    /// what cannot be set aside.
    #[must_use]
    pub fn identity(&self, case: &Case) -> Option<String> {
        let document = match self.place.document {
            None => None,
            Some(at) => Some(case.documents.get(at)?),
        };
        let value = document.map_or(&case.people, |document| &document.values).get(&self.place.field);
        let (rule, about) = self.what.about(|| self.days(value))?;
        let document = document.map_or(0, |document| document.id);
        let cell = self.place.cell.as_ref().map(|(row, column)| format!("/{row}/{column}")).unwrap_or_default();
        Some(format!("{rule}:{document}/{}{cell}:{}", self.place.field, short_hash(&about)))
    }
}

impl Problem {
    /// The days that stand in the field: of a table only those of the row that it is about.
    fn days(&self, value: Option<&Value>) -> Vec<String> {
        let row = self.place.cell.as_ref().map(|(row, _)| *row);
        let days: Vec<NaiveDate> = match (value, row) {
            (Some(Value::Rows(rows)), Some(row)) => {
                rows.get(row).into_iter().flatten().filter_map(|(_, cell)| cell.as_date()).collect()
            }
            (value, _) => value.and_then(Value::as_date).into_iter().collect(),
        };
        days.iter().map(NaiveDate::to_string).collect()
    }
}

/// The first hexadecimal digits of the SHA-256 of texts: enough to tell two states of one place.
fn short_hash(texts: &[String]) -> String {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.len().to_le_bytes());
        hash.update(text);
    }
    let first = hash.finalize().iter().take(6).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{first:012x}")
}

impl What {
    /// The key of the rule and the texts and days that the suggestion is about; none for what
    /// cannot be set aside. `days` are those of the field.
    fn about(&self, days: impl Fn() -> Vec<String>) -> Option<(&'static str, Vec<String>)> {
        let quoted = |snippet: &str, other: &Quote| vec![snippet.to_owned(), other.text.clone()];
        let day = |day: &NaiveDate| day.to_string();
        Some(match self {
            Self::UnknownForm { .. }
            | Self::UnusedValue
            | Self::WrongKind
            | Self::UnknownOption { .. }
            | Self::MissingGlyph { .. }
            | Self::Invisible { .. }
            | Self::LineBreak
            | Self::Needed
            | Self::BadCaseNumber
            | Self::BadSubstitute { .. } => return None,
            Self::UnlikelyAge { .. } => ("age", days()),
            Self::TwoSettings { treatment, snippet, other, .. } => {
                ("two_settings", [quoted(snippet, other), vec![treatment.clone()]].concat())
            }
            Self::Restricted { topic, snippet, other, .. } => {
                ("restricted", [quoted(snippet, other), vec![topic.clone()]].concat())
            }
            Self::Unanswered { topic, work, other, .. } => {
                ("unanswered", [quoted(&work.text, other), vec![topic.clone()]].concat())
            }
            Self::NoTimeForVisits { hours, other } => ("no_time_for_visits", quoted(hours, other)),
            Self::BeginsUnfit { until, other } => {
                ("begins_unfit", [vec![format!("{until:?}"), other.text.clone()], days()].concat())
            }
            Self::PeriodReversed => ("period_reversed", days()),
            Self::RowsBackwards => ("rows_backwards", days()),
            Self::RowsOverlap { end } => ("rows_overlap", [vec![day(end)], days()].concat()),
            Self::RowsGap { from, to } => ("rows_gap", vec![day(from), day(to)]),
            Self::HoursReversed { hours } => ("hours_reversed", vec![hours.clone()]),
            Self::LongHours { hours, usual } => ("long_hours", vec![hours.clone(), format!("{usual:?}")]),
            Self::BeginsBeforeMeasures { start } => ("begins_before_measures", [vec![day(start)], days()].concat()),
            Self::EndsBeforeMeasures { end } => ("ends_before_measures", [vec![day(end)], days()].concat()),
            Self::SignedBeforePaper { line, revision, signed_on, paper } => {
                ("signed_before_paper", vec![line.clone(), revision.to_string(), day(signed_on), day(paper)])
            }
            Self::SignedInFuture { line, revision, signed_on } => {
                ("signed_in_future", vec![line.clone(), revision.to_string(), day(signed_on)])
            }
            Self::SameSigner { lines, revision, name } => {
                ("same_signer", [&lines[..], &[revision.to_string(), name.clone()]].concat())
            }
            Self::RestsOnSuperseded { form, revision } => {
                ("rests_on_superseded", vec![form.clone(), revision.to_string()])
            }
            Self::ChangedSinceSigned { revision } => ("changed_since_signed", vec![revision.to_string()]),
            Self::HandedWithoutConsent { consent, revision, on } => {
                ("handed_without_consent", vec![consent.to_string(), revision.to_string(), day(on)])
            }
            Self::ConsentReversed { consent } => ("consent_reversed", vec![consent.to_string()]),
        })
    }
}
