//! What is done about the papers of the open case: looking at a step, setting a suggestion aside.

use crate::model::record::SetAside;
use crate::ui::Action;

use super::App;

impl App {
    /// Does what the view of the process says that the user wants.
    pub(super) fn act_on_process(&mut self, action: Action, now: f64) {
        let today = (self.today)();
        match action {
            Action::ShowStep(step) => {
                let library = std::sync::Arc::clone(&self.library);
                self.with_open(|opened| opened.show_step(step, &library, today));
            }
            Action::SetAside { problem, note } => self.with_open(|opened| {
                opened.open.set_aside(SetAside { problem, note, on: today }, now);
            }),
            Action::Lift(problem) => self.with_open(|opened| opened.open.lift(&problem, now)),
            _ => {}
        }
    }
}
