//! 渡す相手: in what part somebody gets papers, and by what name.

use eframe::egui::Ui;

use crate::messages::sheets;
use crate::model::form::{Form, Party, SignatureLine};
use crate::model::revision::Recipient;

use super::Surroundings;
use super::parts::{line_id, radios_ui, text_ui};

/// The parties in the order in which they are offered.
pub(super) const PARTIES: [Party; 6] = [
    Party::Patient,
    Party::Company,
    Party::OccupationalPhysician,
    Party::OutsideCoordinator,
    Party::Physician,
    Party::Coordinator,
];

/// Draws the parties of these that the case has, as they are called there, and the name. Returns
/// whether another party was chosen, whose usual name stands there then.
pub(super) fn recipient_ui(
    ui: &mut Ui,
    around: &Surroundings<'_>,
    to: &mut Recipient,
    (parties, called): (&[Party], fn(Party) -> &'static str),
    begins: bool,
) -> bool {
    let before = to.party;
    let parties: Vec<Party> = parties.iter().copied().filter(|party| around.has(*party)).collect();
    radios_ui(ui, sheets::TO, &parties, &mut to.party, |party| called(party).to_owned());
    let is_other = to.party != before;
    if is_other {
        to.name = name_of(around, to.party);
    }
    let name = text_ui(ui, sheets::TO_NAME, &mut to.name, 300.0);
    if begins {
        ui.memory_mut(|memory| memory.request_focus(line_id(sheets::TO_NAME)));
    }
    name.on_hover_text(sheets::TO_NAME_HINT);
    is_other
}

/// The name under which somebody of that party signs.
pub(super) fn name_of(around: &Surroundings<'_>, party: Party) -> String {
    let forms = around.forms.values().flat_map(Form::signature_lines).map(|(_, line)| line);
    let signer = |line: &SignatureLine| around.shared_text(line.signer.as_deref()?);
    forms.filter(|line| line.by == party).find_map(signer).unwrap_or_default()
}

/// As it is recorded.
pub(super) fn trimmed(to: &Recipient) -> Recipient {
    Recipient { party: to.party, name: to.name.trim().to_owned() }
}
