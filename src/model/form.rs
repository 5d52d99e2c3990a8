//! What a template says about a form: its fields. How they sit on paper is in [`super::form_page`].
//!
//! No form has Rust of its own. What a form needs and this format cannot say, the format learns
//! for all. The file is read by [`crate::store::template_file`]; what it may say wrongly is found
//! by [`super::template_check`].

use serde::{Deserialize, Serialize};

pub use super::form_page::{Block, Cell, Content, GridRow, SignatureLine, TableColumn};
use super::people::People;
use super::value::{Key, Value};

/// The newest template format that this program reads.
pub const FORMAT: u32 = 1;

/// The width of the printed part of a page, in mm: A4 less 22 mm for the punch at the left and
/// 18 mm at the right.
pub const TEXT_WIDTH: f32 = 170.0;

/// The height of the printed part of a page, in mm: A4 less 15 mm above and 20 mm for the footer.
pub const TEXT_HEIGHT: f32 = 262.0;

/// A form as its template describes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Form")]
pub struct Form {
    /// The format of the file; always first.
    pub format: u32,
    /// Unique among all forms, such as `physician_opinion`.
    pub key: Key,
    /// The version of this template. Part of the fingerprint on the page.
    pub version: String,
    /// The title as printed.
    pub title: String,
    /// A short title for lists and file names.
    pub short_title: String,
    /// The step ①–④ that it belongs to; 0 comes before them all.
    pub step: u8,
    /// Whether the wording was compared with the official text.
    #[serde(default)]
    pub wording: Wording,
    /// Whether a new case starts with an empty one of these.
    #[serde(default)]
    pub in_new_case: bool,
    /// Who may see the document. Where the patient may, others may with a recorded consent; what
    /// the patient is not to have (a consultation record) never leaves the hospital.
    pub audience: Vec<Party>,
    /// The form that goes in its place where the diagnosis may not be told: without the fields that
    /// tell it this one says nothing. None where it is worth reading without them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without_diagnosis: Option<Key>,
    /// The fields in the order of the entry screen.
    pub fields: Vec<Field>,
    /// The page from top to bottom.
    pub page: Vec<Block>,
}

/// Whether the wording of a form was compared with the official text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wording {
    /// It was.
    #[default]
    Verified,
    /// Not yet: shown as 文言未照合 until somebody clears the mark in the template.
    Unverified,
}

/// A party to the process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// 患者（本人）
    Patient,
    /// 主治医
    Physician,
    /// 会社担当者
    Company,
    /// 両立支援コーディネーター of the hospital, and whoever signs as coordinator.
    Coordinator,
    /// 両立支援コーディネーター of the company or of a support organisation: outside of the hospital.
    OutsideCoordinator,
    /// 産業医
    OccupationalPhysician,
}

impl Party {
    /// Every party.
    pub const ALL: [Self; 6] = [
        Self::Patient,
        Self::Physician,
        Self::Company,
        Self::Coordinator,
        Self::OutsideCoordinator,
        Self::OccupationalPhysician,
    ];
}

/// What a field means, whatever a form calls it. Rules work on meanings, never on keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// The patient's name: stands in the heading of further pages.
    PatientName,
    /// フリガナ of the patient's name.
    PatientKana,
    /// 患者番号: never printed, never leaves the hospital.
    ChartNumber,
    /// The patient's day of birth.
    BirthDate,
    /// 病名.
    Diagnosis,
    /// Free text in which a diagnosis is likely to be written.
    MayRevealDiagnosis,
    /// The course of treatment to come.
    TreatmentPlan,
    /// Whether the return to work can be considered.
    Verdict,
    /// What the workplace should observe.
    Accommodation,
    /// The first day for which the measures are asked.
    MeasuresStart,
    /// The last day for which the measures are asked.
    MeasuresEnd,
    /// What somebody's work is today.
    WorkDescription,
    /// The hours of work, as today or in a row of a plan.
    WorkingHours,
    /// The rows of a return-to-work plan.
    PlanRows,
    /// The first day of a row of the plan.
    PeriodStart,
    /// The last day of a row of the plan.
    PeriodEnd,
    /// The day on which the plan is to be reviewed: of a row, or of the document.
    ReviewDate,
    /// To whom the patient lets papers go: the options are keys of [`Party`].
    ConsentTo,
    /// Which papers the patient lets go: the options are keys of forms.
    ConsentForms,
    /// Whether the diagnosis may be told: the first option says yes.
    ConsentDiagnosis,
    /// The first day of a consent.
    ConsentFrom,
    /// The last day of a consent; empty where it holds until it is withdrawn.
    ConsentUntil,
    /// The day of the document.
    DocumentDate,
    /// The employer's name.
    EmployerName,
    /// The hospital's name: the author of the printed file.
    HospitalName,
}

/// When a field has to be filled before the form is handed out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Needed {
    /// It may stay empty.
    #[default]
    Never,
    /// Always.
    Always,
    /// When another field has this option chosen.
    When {
        /// The other field.
        field: Key,
        /// The option of it.
        option: Key,
    },
}

/// A field of a form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Unique in the form. With a dot (`patient.name`) it takes the shared data of that key.
    pub key: Key,
    /// As printed and as on the entry screen.
    pub label: String,
    /// The heading under which the entry screen groups it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// How to fill it, shown on screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What is entered. Left out for shared data, which brings its own.
    #[serde(default)]
    pub kind: Kind,
    /// Who supplies it. Left out for shared data.
    #[serde(default)]
    pub by: Vec<Party>,
    /// Who may see it, where that is narrower than the form's audience.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Vec<Party>>,
    /// What it means to the rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<Meaning>,
    /// The sort of work that is done where this is filled, of `templates/rules/topics.ron`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<Key>,
    /// When it has to be filled.
    #[serde(default)]
    pub needed: Needed,
    /// Sentences to choose from.
    #[serde(default)]
    pub stock: Vec<String>,
    /// How it stands in a line of print, see [`super::pattern`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<String>,
}

/// What is entered into a field.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Kind {
    /// Taken from the shared data; stands for the kind given there until [`Form::resolve`].
    #[default]
    Shared,
    /// One line.
    Text,
    /// Any number of lines.
    LongText,
    /// A day.
    Date {
        /// What an empty date prints to be written on.
        #[serde(default)]
        blank: DateBlank,
    },
    /// A number.
    Number,
    /// One of these.
    ChooseOne {
        /// The options in their order.
        options: Vec<Choice>,
        /// How the chosen one is marked on paper.
        #[serde(default)]
        mark: Mark,
    },
    /// Any of these.
    ChooseAny {
        /// The options in their order.
        options: Vec<Choice>,
    },
    /// A box to tick, with something written beside it.
    Tick {
        /// What is written beside it.
        #[serde(default)]
        detail: Detail,
    },
    /// Rows of such columns.
    Table {
        /// The columns in their order.
        columns: Vec<Field>,
    },
}

/// What an empty date prints to be written on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum DateBlank {
    /// `令和　　年　　月　　日`, with the era of today.
    #[default]
    Era,
    /// `　　年　　月　　日`: for a birth date, which has an era of its own.
    NoEra,
    /// Nothing: for a cell that is written in freely.
    Nothing,
}

/// How a chosen option is marked on paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// A box before each option.
    #[default]
    Box,
    /// A circle around the option.
    Circle,
}

/// An option of a choice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Unique in its field.
    pub key: Key,
    /// As printed and as on the entry screen.
    pub label: String,
    /// What is written beside it when chosen.
    #[serde(default)]
    pub detail: Detail,
    /// The sort of work that is done where this is chosen, of `templates/rules/topics.ron`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<Key>,
    /// Whether this option of a verdict is that work is not possible yet. A day beside it is the
    /// last one of that time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unfit: bool,
    /// How it stands in a line of print, where that is not box and label.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub print: Option<String>,
}

/// What is written beside an option or a tick.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Detail {
    /// Nothing.
    #[default]
    Nothing,
    /// A short text.
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
}

impl Form {
    /// The field of that key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The field that means this.
    #[must_use]
    pub fn field_meaning(&self, meaning: Meaning) -> Option<&Field> {
        self.fields.iter().find(|field| field.meaning == Some(meaning))
    }

    /// Whether it can be printed with a plan over the months.
    #[must_use]
    pub fn has_timeline(&self) -> bool {
        self.page.iter().any(|block| matches!(block, Block::Timeline { .. }))
    }

    /// The lines to sign on, each with its statement, in the order of the page.
    pub fn signature_lines(&self) -> impl Iterator<Item = (&str, &SignatureLine)> {
        self.page.iter().flat_map(|block| {
            let (text, lines) = match block {
                Block::Statement { text, lines, .. } => (text.as_str(), lines.as_slice()),
                _ => ("", &[][..]),
            };
            lines.iter().map(move |line| (text, line))
        })
    }

    /// Fills in what the shared fields of the form leave to the shared data: kind, giver, meaning. Who
    /// may see one is said by both.
    ///
    /// A key that is no shared data keeps [`Kind::Shared`]; [`super::template_check`] reports it.
    #[must_use]
    pub fn resolve(mut self, people: &People) -> Self {
        for field in &mut self.fields {
            let Some(shared) = people.field(&field.key) else { continue };
            if field.kind == Kind::Shared {
                field.kind = shared.kind.clone();
            }
            if field.by.is_empty() {
                field.by.clone_from(&shared.by);
            }
            field.meaning = field.meaning.or(shared.meaning);
            field.audience = narrower(field.audience.take(), shared.audience.as_ref());
            field.hint = field.hint.take().or_else(|| shared.hint.clone());
            field.print = field.print.take().or_else(|| shared.print.clone());
        }
        self
    }
}

/// Those of two audiences who are in both; none is everybody.
fn narrower(own: Option<Vec<Party>>, shared: Option<&Vec<Party>>) -> Option<Vec<Party>> {
    match (own, shared) {
        (Some(own), Some(shared)) => Some(own.into_iter().filter(|party| shared.contains(party)).collect()),
        (own, shared) => own.or_else(|| shared.cloned()),
    }
}

impl Field {
    /// The options, if this is a choice.
    #[must_use]
    pub fn options(&self) -> &[Choice] {
        match &self.kind {
            Kind::ChooseOne { options, .. } | Kind::ChooseAny { options } => options,
            _ => &[],
        }
    }

    /// The columns, if this is a table.
    #[must_use]
    pub fn columns(&self) -> &[Field] {
        match &self.kind {
            Kind::Table { columns } => columns,
            _ => &[],
        }
    }

    /// Whether it is for the diagnosis, or for what is likely to tell it; of a table, any column.
    #[must_use]
    pub fn tells_diagnosis(&self) -> bool {
        matches!(self.meaning, Some(Meaning::Diagnosis | Meaning::MayRevealDiagnosis))
            || self.columns().iter().any(Self::tells_diagnosis)
    }

    /// The column of that key, if this is a table.
    #[must_use]
    pub fn column(&self, key: &str) -> Option<&Field> {
        self.columns().iter().find(|column| column.key == key)
    }
}

impl Choice {
    /// The pattern it prints by: its own, or box, label and room for the detail.
    #[must_use]
    pub fn pattern(&self, mark: Mark) -> String {
        let start = if mark == Mark::Box { "□" } else { "" };
        match (&self.print, self.detail) {
            (Some(print), _) => print.clone(),
            (None, Detail::Nothing) => format!("{start}{}", self.label),
            (None, _) => format!("{start}{}（{{}}）", self.label),
        }
    }
}

impl Kind {
    /// Whether a value is of the sort that is entered here; its options are not looked at.
    #[must_use]
    pub fn takes(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Text | Self::LongText, Value::Text(_))
            | (Self::Date { .. }, Value::Date(_))
            | (Self::Number, Value::Number(_))
            | (Self::ChooseAny { .. }, Value::Choice(_))
            | (Self::Table { .. }, Value::Rows(_)) => true,
            (Self::ChooseOne { .. }, Value::Choice(chosen)) => chosen.len() <= 1,
            (Self::Tick { detail }, Value::Tick(value)) => detail.takes(value),
            _ => false,
        }
    }
}

impl Detail {
    /// The field that is entered beside an option or a tick; none where nothing is.
    #[must_use]
    pub fn field(self, label: &str) -> Option<Field> {
        let kind = match self {
            Self::Nothing => return None,
            Self::Text => Kind::Text,
            Self::Number => Kind::Number,
            Self::Date => Kind::Date { blank: DateBlank::Nothing },
        };
        Some(Field { label: label.to_owned(), kind, ..Field::default() })
    }

    /// Whether a value is of the sort that is written here; nothing at all always is.
    #[must_use]
    pub fn takes(self, value: &Value) -> bool {
        matches!(
            (self, value),
            (_, Value::Blank)
                | (Self::Text, Value::Text(_))
                | (Self::Number, Value::Number(_))
                | (Self::Date, Value::Date(_))
        )
    }
}
