//! Japanese input that is not committed yet.
//!
//! egui keeps the composition inside of the text that is edited. Nothing else may react to it: no
//! shortcut, no moving on with Enter, no saving. This plugin knows whether there is one, keeps
//! the keys that belong to it away from everybody else, and drops the commit that some input
//! methods send after the keyboard has already gone to another field.

use eframe::egui::{self, Context, Event, FullOutput, Id, ImeEvent, Key, Plugin, RawInput};

/// For so many seconds after the field was left, a late commit is expected.
const LATE: f64 = 0.5;

/// The state of the composition.
#[derive(Default)]
pub struct Composition {
    /// The field in which characters are being composed.
    owner: Option<Id>,
    /// A composition was left behind in another field, at this time.
    left_at: Option<f64>,
    /// The input method has to be told that its composition is over.
    has_to_interrupt: bool,
    /// Where the text cursor was last, for keeping the input method switched on.
    last_place: Option<egui::output::IMEOutput>,
}

impl Composition {
    /// Whether characters are being composed just now.
    #[must_use]
    pub fn is_active(ctx: &Context) -> bool {
        ctx.plugin_or_default::<Self>().lock().owner.is_some()
    }

    /// Whether Enter belongs to the composition: while there is one, and where an input method sends
    /// it together with what it commits.
    #[must_use]
    pub fn takes_enter(ctx: &Context) -> bool {
        Self::is_active(ctx) || ctx.input(|input| input.events.iter().any(|event| matches!(event, Event::Ime(_))))
    }

    fn follow(&mut self, event: &Event, focused: Option<Id>, time: f64) -> bool {
        match event {
            Event::Ime(ImeEvent::Preedit { text, .. }) => {
                self.owner = focused.filter(|_| !text.is_empty());
                // An empty one comes before every commit, the late one included.
                self.left_at = self.left_at.filter(|_| text.is_empty());
                true
            }
            Event::Ime(ImeEvent::Commit(_)) => {
                self.owner = None;
                // The text stayed in the field that was left: here it would stand twice.
                !self.left_at.take().is_some_and(|left| time - left < LATE)
            }
            Event::Text(_) | Event::Paste(_) => {
                self.left_at = None;
                true
            }
            Event::Key { key, pressed: true, .. } if self.owner.is_some() => !belongs_to_composition(*key),
            _ => true,
        }
    }
}

/// The keys that choose and finish a conversion.
fn belongs_to_composition(key: Key) -> bool {
    matches!(
        key,
        Key::Enter
            | Key::Escape
            | Key::Tab
            | Key::Space
            | Key::Backspace
            | Key::Delete
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::ArrowLeft
            | Key::ArrowRight
    )
}

impl Plugin for Composition {
    fn debug_name(&self) -> &'static str {
        "composition"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        let focused = ctx.memory(egui::Memory::focused);
        let time = input.time.unwrap_or_else(|| ctx.input(|input| input.time));
        if self.owner.is_some() && self.owner != focused {
            self.owner = None;
            self.left_at = Some(time);
            self.has_to_interrupt = true;
        }
        // Enter that finishes a conversion may come in one go with what it commits.
        let was_active = self.owner.is_some();
        input.events.retain(|event| {
            let keep = self.follow(event, focused, time);
            let finishes = matches!(event, Event::Key { key, pressed: true, .. } if belongs_to_composition(*key));
            keep && !(was_active && finishes)
        });
    }

    fn output_hook(&mut self, _ctx: &Context, output: &mut FullOutput) {
        // On X11 every field change would switch the input method off if its context ended.
        if !cfg!(target_os = "linux") {
            return;
        }
        // What egui asks for at every change of the field is needed only while there is something.
        let asked = output.platform_output.ime.is_some_and(|place| place.should_interrupt_composition);
        let is_needed = std::mem::take(&mut self.has_to_interrupt) || (asked && self.owner.is_some());
        self.last_place = output.platform_output.ime.or(self.last_place);
        output.platform_output.ime = self.last_place.map(|mut place| {
            place.should_interrupt_composition = is_needed;
            place
        });
    }
}
