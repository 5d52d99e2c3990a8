//! Short messages in a corner: what was done, and what went wrong.

use eframe::egui;
use eframe::egui::{Align2, Area, Context, Frame, Id, Margin, Order, RichText, Stroke, vec2};

use crate::messages::{Message, window};

use super::{Action, look};

/// For so many seconds what was done is shown; what went wrong stays until it is closed.
const SHOWN: f64 = 4.0;
/// The most messages at a time.
const MOST: usize = 4;

struct Toast {
    text: String,
    is_trouble: bool,
    /// What can be done next, as a button.
    next: Option<(&'static str, Action)>,
    /// When it was first shown, in seconds.
    since: Option<f64>,
}

/// The messages that are shown.
#[derive(Default)]
pub struct Toasts {
    shown: Vec<Toast>,
}

impl Toasts {
    /// Tells what was done.
    pub fn done(&mut self, text: impl Into<String>) {
        self.push(text.into(), false, None);
    }

    /// Tells what was done, with a button for what may be done next.
    pub fn done_with(&mut self, text: impl Into<String>, label: &'static str, next: Action) {
        self.push(text.into(), false, Some((label, next)));
    }

    /// Tells what went wrong, and what to do.
    pub fn trouble(&mut self, message: &Message) {
        self.push(format!("{}。\n{}。", message.what, message.todo), true, None);
    }

    fn push(&mut self, text: String, is_trouble: bool, next: Option<(&'static str, Action)>) {
        self.shown.retain(|toast| toast.text != text);
        // What went wrong is never pushed out unread, and what is new is always shown.
        let mut surplus = (self.shown.len() + 1).saturating_sub(MOST);
        self.shown.retain(|toast| {
            let is_kept = toast.is_trouble || surplus == 0;
            surplus -= usize::from(!is_kept);
            is_kept
        });
        self.shown.push(Toast { text, is_trouble, next, since: None });
    }

    /// Takes back what went wrong: it is mended, or about something that is not there any more.
    pub fn clear_troubles(&mut self) {
        self.shown.retain(|toast| !toast.is_trouble);
    }

    /// The texts that are shown.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.shown.iter().map(|toast| toast.text.as_str())
    }

    /// Draws the messages, and takes those away whose time is over.
    pub fn ui(&mut self, ctx: &Context) -> Option<Action> {
        let now = ctx.input(|input| input.time);
        self.shown.retain(|toast| toast.is_trouble || toast.since.is_none_or(|since| now - since < SHOWN));
        if self.shown.is_empty() {
            return None;
        }
        let (mut closed, mut action) = (None, None);
        Area::new(Id::unique("toasts")).order(Order::Foreground).anchor(Align2::RIGHT_BOTTOM, vec2(-16.0, -44.0)).show(
            ctx,
            |ui| {
                for (at, toast) in self.shown.iter_mut().enumerate() {
                    let since = *toast.since.get_or_insert(now);
                    if !toast.is_trouble {
                        let left = SHOWN - (now - since);
                        ctx.request_repaint_after(std::time::Duration::from_secs_f64(left.max(0.05)));
                    }
                    let (is_closed, next) = toast_ui(ui, toast);
                    if is_closed {
                        closed = Some(at);
                    }
                    action = next.or(action.take());
                }
            },
        );
        if let Some(at) = closed {
            self.shown.remove(at);
        }
        action
    }
}

/// Draws a message; says whether it is closed, and what is to be done next.
fn toast_ui(ui: &mut egui::Ui, toast: &Toast) -> (bool, Option<Action>) {
    let colour = if toast.is_trouble { look::ERROR } else { look::ACCENT };
    let (mut closed, mut action) = (false, None);
    Frame::new()
        .fill(egui::Color32::WHITE)
        .stroke(Stroke::new(1.5, colour))
        .corner_radius(6.0)
        .shadow(ui.visuals().popup_shadow)
        .inner_margin(Margin::symmetric(14, 10))
        .show(ui, |ui| {
            ui.set_max_width(420.0);
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_max_width(350.0);
                    let colour = if toast.is_trouble { look::ERROR } else { look::TEXT };
                    ui.label(RichText::new(&toast.text).line_height(Some(20.0)).color(colour));
                    if let Some((label, next)) = &toast.next
                        && ui.button(*label).clicked()
                    {
                        closed = true;
                        action = Some(next.clone());
                    }
                });
                if toast.is_trouble {
                    closed = ui.small_button("×").accessible_name(window::CLOSE).clicked();
                }
            });
        });
    (closed, action)
}
