//! What the patient agreed to: which papers may go to whom, with the diagnosis or without it.
//!
//! A sickness is information that needs the person's prior consent before the workplace hears of
//! it （個人情報保護法 第2条第3項・第27条）. A signature under a form confirms its content and is no
//! consent; where several consents speak of one paper, the narrower one wins.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::case::Case;
use super::form::{Form, Party};
use super::revision::{Correction, KeptFile};
use super::value::Key;

/// A consent of the patient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Counts from 1 in its case.
    pub number: u32,
    /// The day on which it was given.
    pub given_on: NaiveDate,
    /// The last day on which it holds; none where it holds until it is withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
    /// To whom the papers may go.
    pub to: Vec<Party>,
    /// The forms that may go there; none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forms: Option<Vec<Key>>,
    /// Whether the diagnosis may be told.
    pub diagnosis: bool,
    /// How it was given.
    pub how: ConsentWay,
    /// The signed paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scan: Option<KeptFile>,
    /// What else was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Since when it does not hold any more, as the patient said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Correction>,
}

/// How a consent was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentWay {
    /// 書面
    Written,
    /// 口頭
    Oral,
    /// 電子
    Digital,
}

impl ConsentWay {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Written, Self::Oral, Self::Digital];
}

impl Consent {
    /// Whether it holds on a day.
    #[must_use]
    pub fn holds(&self, on: NaiveDate) -> bool {
        self.given_on <= on
            && self.until.is_none_or(|until| on <= until)
            && self.withdrawn.as_ref().is_none_or(|withdrawn| on < withdrawn.on)
    }

    /// Whether it speaks of this form going to this party.
    #[must_use]
    pub fn covers(&self, form: &str, to: Party) -> bool {
        self.to.contains(&to) && self.forms.as_ref().is_none_or(|forms| forms.iter().any(|one| one == form))
    }
}

/// Why a paper may not go to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denial {
    /// No consent for this form and party is recorded that holds today.
    NoConsent {
        /// A consent was there and ran out, on this day.
        ended: Option<NaiveDate>,
    },
    /// The patient withdrew the last consent for it, on this day.
    Withdrawn {
        /// The day.
        on: NaiveDate,
    },
    /// It is a paper of the hospital alone, which not even the patient gets.
    Internal,
    /// The whole case goes only to another coordinator.
    NoCoordinator,
    /// No consent holds that speaks of all papers and of the diagnosis, as the whole case has them.
    NotWhole,
}

/// Whether a party stands outside of the hospital, so that a paper may go there only as the
/// patient agreed.
#[must_use]
pub fn needs_consent(to: Party) -> bool {
    matches!(to, Party::Company | Party::OutsideCoordinator | Party::OccupationalPhysician)
}

/// Under which consent a form may go to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Permission {
    /// The number of the consent; none where none is needed: the patient and the hospital may always
    /// have it.
    pub consent: Option<u32>,
    /// Whether the diagnosis may be told.
    pub tells: bool,
}

/// Whether a form may go to somebody today.
///
/// # Errors
/// Why it may not go there.
pub fn permission(case: &Case, form: &Form, to: Party, today: NaiveDate) -> Result<Permission, Denial> {
    if !needs_consent(to) {
        return if form.audience.contains(&to) || form.audience.contains(&Party::Patient) {
            Ok(Permission { consent: None, tells: true })
        } else {
            Err(Denial::Internal)
        };
    }
    if !form.audience.contains(&Party::Patient) {
        return Err(Denial::Internal);
    }
    let covering = || case.consents.iter().filter(|consent| consent.covers(&form.key, to));
    let mut holding: Vec<&Consent> = covering().filter(|consent| consent.holds(today)).collect();
    // The narrower consent wins: one without the diagnosis before one with it.
    holding.sort_by_key(|consent| consent.diagnosis);
    if let Some(narrowest) = holding.first() {
        return Ok(Permission { consent: Some(narrowest.number), tells: narrowest.diagnosis });
    }
    Err(lapsed(covering(), today))
}

/// Why none of these consents holds today.
fn lapsed<'a>(consents: impl Iterator<Item = &'a Consent> + Clone, today: NaiveDate) -> Denial {
    let withdrawn = consents.clone().filter_map(|consent| consent.withdrawn.as_ref().map(|one| one.on)).max();
    let ended = consents.filter_map(|consent| consent.until).filter(|until| *until < today).max();
    match withdrawn.filter(|on| *on <= today && ended.is_none_or(|ended| ended <= *on)) {
        Some(on) => Denial::Withdrawn { on },
        None => Denial::NoConsent { ended },
    }
}

/// Whoever may go on with a whole case; the one outside first, who needs a consent.
pub const SUCCESSORS: [Party; 2] = [Party::OutsideCoordinator, Party::Coordinator];

/// The consent under which the whole case, with all that was recorded, may go to another coordinator
/// today; none where none is needed, within the hospital.
///
/// # Errors
/// Why it may not go there.
pub fn hand_over_permission(case: &Case, to: Party, today: NaiveDate) -> Result<Option<u32>, Denial> {
    match to {
        Party::Coordinator => return Ok(None),
        Party::OutsideCoordinator => {}
        Party::Patient | Party::Company | Party::Physician | Party::OccupationalPhysician => {
            return Err(Denial::NoCoordinator);
        }
    }
    let covering = case.consents.iter().filter(|consent| consent.to.contains(&to));
    let holding: Vec<&Consent> = covering.clone().filter(|consent| consent.holds(today)).collect();
    // The narrower consent wins: none that holds may keep the diagnosis back.
    let is_told = holding.iter().all(|consent| consent.diagnosis);
    let whole = holding.iter().find(|consent| consent.forms.is_none() && is_told);
    match (whole, holding.is_empty()) {
        (Some(whole), _) => Ok(Some(whole.number)),
        (None, false) => Err(Denial::NotWhole),
        (None, true) => Err(match lapsed(covering, today) {
            Denial::NoConsent { ended: None } => Denial::NotWhole,
            lapsed => lapsed,
        }),
    }
}
