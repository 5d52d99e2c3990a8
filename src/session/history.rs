//! Undo and redo, over all fields and forms of a case.
//!
//! A step keeps the whole state before it: a case is some ten kilobytes, and nothing can be
//! forgotten that way.

use std::collections::BTreeMap;

use crate::model::case::Case;
use crate::model::change::Change;
use crate::model::check::Place;

/// How many steps can be undone.
pub const LONGEST: usize = 300;

/// Typing in one field is one step until a pause of so many seconds.
pub const PAUSE: f64 = 1.0;

/// All that can be undone: the case, and what was typed and cannot be read as a value yet.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The case.
    pub case: Case,
    /// Typed text that is no value (yet), by place.
    pub pending: BTreeMap<Place, String>,
}

/// A step that was taken.
#[derive(Clone, Debug)]
struct Step {
    place: Place,
    change: Change,
    other: State,
}

/// The steps taken and undone.
#[derive(Clone, Debug, Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// When the last step was added to, in seconds of the caller's clock; none once it is closed.
    open_since: Option<f64>,
}

impl History {
    /// Notes the state before a change. Typing on in the same field adds to the last step.
    pub fn record(&mut self, before: &State, place: &Place, change: Change, now: f64) {
        self.redo.clear();
        let is_same = |step: &Step| {
            step.place == *place && step.change == change && matches!(change, Change::Field | Change::Substitute)
        };
        let is_soon = self.open_since.is_some_and(|last| now - last < PAUSE);
        self.open_since = Some(now);
        if is_soon && self.undo.last().is_some_and(is_same) {
            return;
        }
        self.undo.push(Step { place: place.clone(), change, other: before.clone() });
        if self.undo.len() > LONGEST {
            self.undo.remove(0);
        }
    }

    /// Goes one step back. Returns the state to take and where it differs.
    pub fn undo(&mut self, current: &State) -> Option<(State, Place)> {
        self.open_since = None;
        swap(&mut self.undo, &mut self.redo, current)
    }

    /// Goes one step forward again.
    pub fn redo(&mut self, current: &State) -> Option<(State, Place)> {
        self.open_since = None;
        swap(&mut self.redo, &mut self.undo, current)
    }

    /// Changes every state that one can go to.
    pub fn each_state(&mut self, mut change: impl FnMut(&mut State)) {
        self.undo.iter_mut().chain(&mut self.redo).for_each(|step| change(&mut step.other));
    }

    /// Every state that one can go to.
    pub fn states(&self) -> impl Iterator<Item = &State> {
        self.undo.iter().chain(&self.redo).map(|step| &step.other)
    }

    /// What would be undone.
    #[must_use]
    pub fn next_undo(&self) -> Option<(Change, &Place)> {
        self.undo.last().map(|step| (step.change, &step.place))
    }

    /// What would be done again.
    #[must_use]
    pub fn next_redo(&self) -> Option<(Change, &Place)> {
        self.redo.last().map(|step| (step.change, &step.place))
    }
}

fn swap(from: &mut Vec<Step>, to: &mut Vec<Step>, current: &State) -> Option<(State, Place)> {
    let Step { place, change, other } = from.pop()?;
    to.push(Step { place: place.clone(), change, other: current.clone() });
    Some((other, place))
}
