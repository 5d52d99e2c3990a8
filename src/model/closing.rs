//! The end of a case: its outcome, and when to look whether it still has to be kept.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::revision::Correction;

/// After how many months a closed case is due for a look whether it has to be kept. A reminder,
/// never a deletion: medical records are kept for five years from the end of the treatment
/// （保険医療機関及び保険医療養担当規則 第9条）.
const RETENTION_MONTHS: u32 = 60;

/// How a case ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 復職
    Returned,
    /// 就労継続
    KeptWorking,
    /// 転職・再就職
    NewJob,
    /// 離職
    LeftWork,
    /// 中断
    BrokenOff,
    /// 引き継ぎ: another hospital or support organisation goes on with it.
    HandedOver,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 6] =
        [Self::Returned, Self::KeptWorking, Self::NewJob, Self::LeftWork, Self::BrokenOff, Self::HandedOver];
}

/// That a case was closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The day.
    pub on: NaiveDate,
    /// How it ended.
    pub outcome: Outcome,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Set where it was opened again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopened: Option<Correction>,
}

impl Closing {
    /// The day from which on one should look whether the case still has to be kept.
    #[must_use]
    pub fn retention_due(&self) -> NaiveDate {
        self.on.checked_add_months(Months::new(RETENTION_MONTHS)).unwrap_or(NaiveDate::MAX)
    }
}

impl Case {
    /// How the case ended, unless it is open.
    #[must_use]
    pub fn closing(&self) -> Option<&Closing> {
        self.closings.last().filter(|closing| closing.reopened.is_none())
    }
}
