//! The list of problems of the open case, and the suggestions that were set aside.

use chrono::NaiveDate;
use eframe::egui::Ui;

use crate::messages;
use crate::model::case::Case;
use crate::model::check::{self, Problem, Severity};
use crate::model::record::SetAside;
use crate::store::template_file::Library;
use crate::ui::Action;
use crate::ui::problem_list::{Aside, Problems, Row, problem_list_ui};

use super::opened::Opened;

impl Opened {
    /// The problems that nobody has set aside.
    pub(super) fn problems(&self) -> impl Iterator<Item = &Problem> {
        let case = self.open.case();
        self.page.problems().iter().filter(|problem| set_aside_as(problem, case).is_none())
    }

    /// Draws the list.
    pub(super) fn problems_ui(&mut self, ui: &mut Ui, library: &Library, today: NaiveDate) -> Option<Action> {
        let unread = self.open.pending().keys().filter(|place| !self.typing.is_typing(place));
        let unread = unread.map(|_| Severity::Error);
        let severities: Vec<Severity> = unread.chain(self.problems().map(|problem| problem.severity)).collect();
        let mut list = std::mem::take(&mut self.problem_list);
        let problems = Problems {
            severities: &severities,
            rows: &|| self.rows(library),
            aside_count: self.open.case().set_aside.len(),
            aside: &|| self.aside(library, today),
            is_editable: self.open.is_editable(),
        };
        let action = problem_list_ui(ui, &problems, &mut list);
        self.problem_list = list;
        action
    }

    /// The list of problems: typed text that is no value first, since it is in no paper.
    fn rows(&self, library: &Library) -> Vec<Row> {
        let unread = self.open.pending().keys().filter(|place| !self.typing.is_typing(place)).map(|place| Row {
            severity: Severity::Error,
            text: messages::done::unread(&self.place_name(place, library), self.open.value(place).is_some())
                .sentences(),
            place: place.clone(),
            can_forget: true,
            identity: None,
        });
        let problems = self.problems().map(|problem| Row {
            severity: problem.severity,
            text: self.problem_text(problem, library),
            place: problem.place.clone(),
            can_forget: false,
            identity: problem.identity(self.open.case()),
        });
        unread.chain(problems).collect()
    }

    /// What was set aside, with what it is about as far as that is there still.
    fn aside(&self, library: &Library, today: NaiveDate) -> Vec<Aside> {
        let case = self.open.case();
        let known = check::set_aside(case, &library.rules(), today);
        let text = |aside: &SetAside| {
            let problem = known.iter().find(|(_, other)| *other == aside).map(|(problem, _)| problem);
            let problem = problem.map(|problem| self.problem_text(problem, library));
            messages::progress::set_aside(problem.as_deref(), &aside.note, aside.on)
        };
        case.set_aside.iter().map(|aside| Aside { problem: aside.problem.clone(), text: text(aside) }).collect()
    }

    fn problem_text(&self, problem: &Problem, library: &Library) -> String {
        messages::problem(problem, &self.place_name(&problem.place, library)).sentences()
    }
}

/// How a suggestion was set aside, if it was.
fn set_aside_as<'a>(problem: &Problem, case: &'a Case) -> Option<&'a SetAside> {
    if case.set_aside.is_empty() {
        return None;
    }
    let identity = problem.identity(case)?;
    case.set_aside.iter().find(|aside| aside.problem == identity)
}
