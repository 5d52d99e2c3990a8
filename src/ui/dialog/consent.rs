//! 同意を記録・撤回: what the patient agreed to, and that it holds no more.

use std::collections::BTreeSet;

use eframe::egui::Ui;

use crate::messages::{Message, record as words, sheets, window};
use crate::model::consent::{Consent, ConsentWay, needs_consent};
use crate::model::form::{Form, Party};
use crate::model::record::Refused;
use crate::model::value::Key;
use crate::paperwork::Act;
use crate::ui::look;

use super::consents::consent_words;
use super::day::Day;
use super::parts::{hint_ui, line_id, named_ui, radios_ui, sentence_ui, text_ui, tick_ui};
use super::scan::Scan;
use super::{Choice, Surroundings};

/// Whoever may need a consent.
const PARTIES: [Party; 3] = [Party::Company, Party::OccupationalPhysician, Party::OutsideCoordinator];

/// A consent, as it was entered so far.
pub struct NewConsent {
    /// To whom the papers may go.
    pub to: BTreeSet<Party>,
    /// Whether it speaks of all forms.
    pub is_of_all: bool,
    /// The forms that it speaks of, where not of all.
    pub forms: BTreeSet<Key>,
    /// Whether the diagnosis may be told; none while nobody has said.
    pub diagnosis: Option<bool>,
    /// From when on.
    pub given_on: Day,
    /// Until when.
    pub until: Day,
    /// How it was given.
    pub how: ConsentWay,
    /// The signed paper.
    pub scan: Scan,
    /// What else was said.
    pub note: String,
}

impl NewConsent {
    /// A written consent of today. What it allows has to be chosen: nothing is taken for agreed.
    #[must_use]
    pub fn new(around: &Surroundings<'_>) -> Self {
        Self {
            to: BTreeSet::new(),
            is_of_all: true,
            forms: BTreeSet::new(),
            diagnosis: None,
            given_on: Day::of(around.today),
            until: Day::default(),
            how: ConsentWay::Written,
            scan: Scan::default(),
            note: String::new(),
        }
    }

    /// The same, for handing these forms to that party.
    #[must_use]
    pub fn for_handing(around: &Surroundings<'_>, forms: &[&Form], party: Party) -> Self {
        let (to, forms) = (BTreeSet::from([party]), forms.iter().map(|form| form.key.clone()).collect());
        Self { to, forms, is_of_all: false, ..Self::new(around) }
    }

    /// The same, for giving that party all there is.
    #[must_use]
    pub fn for_all(around: &Surroundings<'_>, party: Party) -> Self {
        Self { to: BTreeSet::from([party]), ..Self::new(around) }
    }

    pub(super) fn holds_typing(&self) -> bool {
        self.diagnosis.is_some() || self.scan.path.is_some() || !self.note.is_empty()
    }

    pub(super) fn act(&self) -> Result<Act, Message> {
        let given_on = self.given_on.needed(sheets::GIVEN_ON)?;
        let until = self.until.read(sheets::UNTIL)?;
        if until.is_some_and(|until| until < given_on) {
            return Err(words::refused(&Refused::EndsBeforeBegin));
        }
        let forms = (!self.is_of_all).then(|| self.forms.iter().cloned().collect::<Vec<_>>());
        if self.to.is_empty() || forms.as_ref().is_some_and(Vec::is_empty) {
            return Err(words::refused(&Refused::NothingConsented));
        }
        let diagnosis = self.diagnosis.ok_or_else(sheets::no_diagnosis_choice)?;
        let consent = Consent {
            number: 0,
            given_on,
            until,
            to: self.to.iter().copied().collect(),
            forms,
            diagnosis,
            how: self.how,
            scan: None,
            note: self.note.trim().to_owned(),
            withdrawn: None,
        };
        Ok(Act::Consent { consent, scan: self.scan.read()? })
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, begins: bool) -> Option<Choice> {
        self.parties_ui(ui, begins);
        let scopes = [true, false];
        radios_ui(ui, sheets::FORMS, &scopes, &mut self.is_of_all, |is_of_all| sheets::scope(is_of_all).to_owned());
        if !self.is_of_all {
            self.forms_ui(ui, around);
        }
        let answers = [Some(true), Some(false)];
        radios_ui(ui, sheets::DIAGNOSIS, &answers, &mut self.diagnosis, |may| {
            sheets::diagnosis(may == Some(true)).to_owned()
        });
        self.given_on.ui(ui, sheets::GIVEN_ON, around.today);
        self.until.ui_with_hint(ui, sheets::UNTIL, around.today, sheets::UNTIL_HINT);
        radios_ui(ui, sheets::CONSENT_HOW, &ConsentWay::ALL, &mut self.how, |how| words::consent_way(how).to_owned());
        let choice = self.scan.ui(ui);
        text_ui(ui, sheets::NOTE, &mut self.note, 420.0);
        choice
    }

    fn parties_ui(&mut self, ui: &mut Ui, begins: bool) {
        named_ui(ui, sheets::CONSENT_TO, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.set_min_height(28.0);
                ui.spacing_mut().item_spacing.x = 14.0;
                for (at, party) in PARTIES.into_iter().filter(|party| needs_consent(*party)).enumerate() {
                    let label = words::consent_party(party);
                    let mut is_chosen = self.to.contains(&party);
                    let response = ui.checkbox(&mut is_chosen, label);
                    let response = response.accessible_name(window::option(sheets::CONSENT_TO, label));
                    if begins && at == 0 {
                        response.request_focus();
                    }
                    if response.clicked() {
                        if is_chosen {
                            self.to.insert(party)
                        } else {
                            self.to.remove(&party)
                        };
                    }
                }
            });
        });
    }

    fn forms_ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>) {
        let mut forms: Vec<&Form> = around.forms.values().filter(|form| form.step > 0).collect();
        forms.sort_by_key(|form| (form.step, &form.title));
        named_ui(ui, "", |ui| {
            for form in forms {
                let mut is_chosen = self.forms.contains(&form.key);
                if tick_ui(ui, sheets::FORMS, &form.title, &mut is_chosen) {
                    if is_chosen {
                        self.forms.insert(form.key.clone())
                    } else {
                        self.forms.remove(&form.key)
                    };
                }
            }
        });
    }
}

/// That a consent is withdrawn.
pub struct Withdrawal {
    /// The number of the consent.
    pub consent: u32,
    /// From when on.
    pub on: Day,
    /// Why.
    pub why: String,
}

impl Withdrawal {
    /// From today on.
    #[must_use]
    pub fn new(consent: u32, around: &Surroundings<'_>) -> Self {
        Self { consent, on: Day::of(around.today), why: String::new() }
    }

    pub(super) fn act(&self) -> Result<Act, Message> {
        let on = self.on.needed(sheets::WITHDRAWN_ON)?;
        Ok(Act::Withdraw { consent: self.consent, on, why: self.why.trim().to_owned() })
    }

    pub(super) fn ui(&mut self, ui: &mut Ui, around: &Surroundings<'_>, begins: bool) -> Option<Choice> {
        let consent = around.case?.consents.iter().find(|one| one.number == self.consent)?;
        sentence_ui(ui, look::QUIET_PALE, look::TEXT, &consent_words(consent, around));
        ui.add_space(4.0);
        self.on.ui(ui, sheets::WITHDRAWN_ON, around.today);
        if begins {
            ui.memory_mut(|memory| memory.request_focus(line_id(sheets::WITHDRAWN_ON)));
        }
        text_ui(ui, sheets::NOTE, &mut self.why, 420.0);
        named_ui(ui, "", |ui| hint_ui(ui, sheets::WITHDRAW_HINT));
        None
    }
}
