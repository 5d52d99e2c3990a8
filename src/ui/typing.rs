//! Which field has the keyboard, and what is being typed there.
//!
//! What is typed goes into the case as soon as it can be read, but the input keeps showing it as
//! it was typed until the field is left: `R8.1.1` may become `R8.1.12`.

use eframe::egui::{Context, Id, Rect, Response};

use crate::model::check::Place;
use crate::model::form::Field;
use crate::session::OpenCase;

use super::composition::Composition;

/// The text of the field that has the keyboard.
#[derive(Clone, Debug)]
struct Buffer {
    place: Place,
    field: Field,
    text: String,
    /// The revision of the case that it was taken from or written to; another one means that the
    /// field was changed from elsewhere, as by an undo.
    revision: u64,
    /// It holds characters that are still being composed and have not been written to the case.
    is_composing: bool,
}

/// Which field has the keyboard.
#[derive(Debug, Default)]
pub struct Typing {
    buffer: Option<Buffer>,
    /// The field that has the keyboard, and whether it takes line breaks.
    focused: Option<(Place, bool)>,
    found: Option<(Place, bool)>,
    /// The field that had it last, for going on there after a dialog.
    last: Option<Place>,
    request: Option<Place>,
    /// The field got the keyboard by a click or after a dialog: what is there is not replaced by
    /// typing on.
    keeps_text: bool,
    wants_first: bool,
    /// Where the input is that just got the keyboard.
    reached: Option<Rect>,
    /// The inputs from top to bottom, as they were drawn last.
    order: Vec<Place>,
    drawn: Vec<Place>,
}

/// The identity of the input of a field.
#[must_use]
pub fn input_id(place: &Place) -> Id {
    Id::unique(("field", place))
}

impl Typing {
    /// Begins to draw the inputs anew.
    pub fn begin(&mut self, open: &mut OpenCase, now: f64) {
        if self.buffer.as_ref().is_some_and(|buffer| !self.drawn.contains(&buffer.place)) {
            self.settle(open, now);
        }
        self.order = std::mem::take(&mut self.drawn);
        self.focused = self.found.take();
        if let Some((place, _)) = &self.focused {
            self.last = Some(place.clone());
        }
    }

    /// The field that has the keyboard.
    #[must_use]
    pub fn focused(&self) -> Option<&Place> {
        self.focused.as_ref().map(|(place, _)| place)
    }

    /// Whether Enter is a line break in the field that has the keyboard.
    #[must_use]
    pub fn takes_line_breaks(&self) -> bool {
        self.focused.as_ref().is_some_and(|(_, breaks)| *breaks)
    }

    /// Gives the keyboard to the first field that is drawn.
    pub fn focus_first(&mut self) {
        self.keeps_text = true;
        self.request = None;
        self.wants_first = true;
    }

    /// Gives the keyboard to a field as soon as it is drawn.
    pub fn focus(&mut self, place: Place) {
        self.keeps_text = true;
        self.wants_first = false;
        self.request = Some(place);
    }

    /// Gives the keyboard back to the field that had it before a dialog took it.
    pub fn resume(&mut self) {
        if self.request.is_none() {
            self.keeps_text = true;
            self.request.clone_from(&self.last);
        }
    }

    /// Moves the keyboard to the next field, or back to the one before.
    pub fn move_on(&mut self, forward: bool) {
        let Some(at) = self.focused().and_then(|place| self.order.iter().position(|other| other == place)) else {
            return;
        };
        self.keeps_text = false;
        let next = if forward { at.checked_add(1) } else { at.checked_sub(1) };
        self.request = next.and_then(|next| self.order.get(next)).cloned();
    }

    /// Whether a field that just got the keyboard was reached by Tab or Enter: then typing
    /// replaces what is there.
    pub fn is_reached_by_key(&mut self) -> bool {
        !std::mem::take(&mut self.keeps_text)
    }

    /// Notes an input that was drawn, and gives it the keyboard if it is its turn.
    pub fn note(&mut self, response: &Response, place: &Place, takes_line_breaks: bool) {
        // An option with something to write beside it is drawn before and after that.
        if !self.drawn.contains(place) {
            self.drawn.push(place.clone());
        }
        if self.request.as_ref() == Some(place) || std::mem::take(&mut self.wants_first) {
            self.request = None;
            response.request_focus();
            self.reached = Some(response.rect);
        }
        if response.has_focus() {
            self.found = Some((place.clone(), takes_line_breaks));
        }
        if response.gained_focus() {
            self.reached = Some(response.rect);
        }
    }

    /// Where the input is that just got the keyboard, once: it has to be brought into sight, from
    /// outside of any table, which would keep the request to itself.
    pub fn take_reached(&mut self) -> Option<Rect> {
        self.reached.take()
    }

    /// What the input of a field shows.
    #[must_use]
    pub fn text(&self, open: &OpenCase, place: &Place, field: &Field) -> String {
        match &self.buffer {
            Some(buffer) if buffer.place == *place && buffer.revision == open.revision() => buffer.text.clone(),
            _ => open.text(place, field),
        }
    }

    /// Whether the field is being typed into: its text may stand there half finished.
    #[must_use]
    pub fn is_typing(&self, place: &Place) -> bool {
        self.buffer.as_ref().is_some_and(|buffer| buffer.place == *place)
    }

    /// Takes what was typed; what is being composed waits until it is committed.
    pub fn typed(&mut self, ctx: &Context, open: &mut OpenCase, place: &Place, field: &Field, text: String, now: f64) {
        let is_composing = Composition::is_active(ctx);
        if !is_composing {
            // Text that is no value is kept by the case, and shown as such at the field.
            let _ = open.type_text(place, field, &text, now);
        }
        self.buffer =
            Some(Buffer { place: place.clone(), field: field.clone(), text, revision: open.revision(), is_composing });
    }

    /// The field was left: what was composed there so far counts as typed.
    pub fn left(&mut self, open: &mut OpenCase, place: &Place, now: f64) {
        if self.is_typing(place) {
            self.settle(open, now);
        }
    }

    /// What is being composed counts as typed: the field is gone from sight.
    fn settle(&mut self, open: &mut OpenCase, now: f64) {
        if let Some(buffer) = self.buffer.take().filter(|buffer| buffer.is_composing) {
            let _ = open.type_text(&buffer.place, &buffer.field, &buffer.text, now);
        }
    }
}
