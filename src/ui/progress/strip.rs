//! The bar above both sides: the steps, what to do next, and the one button that does it.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    self, Align, Color32, FontId, Frame, Galley, Layout, Margin, Pos2, Rect, RichText, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use crate::messages::progress::{self as words, StepMark};

use super::{Progress, StepView};
use crate::ui::{Action, look};

/// The height of a step, in pt.
const STEP_HEIGHT: f32 = 28.0;
/// The radius of its number, in pt.
const RADIUS: f32 = 10.0;
/// Between number and title, in pt.
const TITLE_GAP: f32 = 7.0;
/// Around a step, in pt.
const AROUND: f32 = 6.0;
/// The line from one step to the next, in pt: at least, at most.
const JOINT: (f32, f32) = (8.0, 36.0);
/// Below this width of the window the sentence is short, in pt.
const NARROW: f32 = 780.0;
/// Below this height of the window steps and sentence share a line, in pt.
const LOW: f32 = 440.0;

/// Draws the bar. `shown` is the step that is looked at, if one is.
pub fn strip_ui(ui: &mut Ui, progress: &Progress, shown: Option<u8>, is_editable: bool) -> Option<Action> {
    let frame = Frame::new().fill(Color32::WHITE).inner_margin(Margin { left: 10, right: 14, top: 5, bottom: 6 });
    let is_low = ui.available_height() < LOW;
    let panel = egui::Panel::top("progress").frame(frame).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        if is_low {
            return low_ui(ui, progress, is_editable);
        }
        let step = steps_ui(ui, progress, shown);
        next_ui(ui, progress, is_editable).or(step)
    });
    panel.inner
}

/// Where there is little height: the step, and the button; the sentence is cut off at its end, and
/// whole to a screen reader and to the mouse.
fn low_ui(ui: &mut Ui, progress: &Progress, is_editable: bool) -> Option<Action> {
    let mut action = None;
    let words = format!("{}（{}）", progress.next, progress.turn);
    ui.horizontal(|ui| {
        if let Some(step) = progress.step(progress.current_step()) {
            let title = fitting(ui, step, false);
            action = step_ui(ui, step, &title, false);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            action = button_ui(ui, progress, is_editable).or(action.take());
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let label = egui::Label::new(RichText::new(&words).size(look::SMALL)).truncate();
                ui.add(label);
            });
        });
    });
    action
}

/// The sentence, whose turn it is, and the button. What has no room on one line stands on two.
fn next_ui(ui: &mut Ui, progress: &Progress, is_editable: bool) -> Option<Action> {
    let mut action = None;
    ui.horizontal(|ui| {
        ui.add_space(AROUND);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            action = button_ui(ui, progress, is_editable);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                if ui.ctx().content_rect().width() < NARROW {
                    ui.add(egui::Label::new(sentence(progress, true)).wrap()).on_hover_text(&progress.turn);
                    return;
                }
                let (what, turn) = (sentence(progress, false), turn(progress));
                let width = |job: &LayoutJob| ui.painter().layout_job(job.clone()).size().x;
                if width(&what) + 14.0 + width(&turn) <= ui.available_width() {
                    ui.label(what);
                    ui.label(turn);
                } else {
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 1.0;
                        ui.add(egui::Label::new(what).wrap());
                        ui.add(egui::Label::new(turn).wrap());
                    });
                }
            });
        });
    });
    action
}

/// What to do next; where it has to be short, with no more than whose turn it is.
fn sentence(progress: &Progress, is_short: bool) -> LayoutJob {
    let mut job = LayoutJob::default();
    let mut add = |text: &str, font_id: FontId, color: Color32| {
        job.append(text, 0.0, TextFormat { font_id, color, line_height: Some(18.0), ..TextFormat::default() });
    };
    let body = FontId::proportional(look::BODY);
    if !progress.is_closed {
        add(words::NEXT, FontId::new(look::BODY, look::bold()), look::ACCENT);
        add("：", body.clone(), look::ACCENT);
    }
    add(&progress.next, body, look::TEXT);
    if is_short && !progress.is_closed {
        let who = words::short_turn(progress.standing.turn);
        add(&who, FontId::proportional(look::SMALL), look::WEAK);
    }
    job
}

fn turn(progress: &Progress) -> LayoutJob {
    let font_id = FontId::proportional(look::SMALL);
    LayoutJob::single_section(
        progress.turn.clone(),
        TextFormat { font_id, color: look::WEAK, line_height: Some(16.0), ..TextFormat::default() },
    )
}

fn button_ui(ui: &mut Ui, progress: &Progress, is_editable: bool) -> Option<Action> {
    let (label, action) = progress.button.as_ref().filter(|_| is_editable)?;
    let text = RichText::new(label).color(Color32::WHITE);
    let button = ui.add(egui::Button::new(text).fill(look::ACCENT).stroke(Stroke::NONE));
    button.accessible_name(words::button(words::NEXT, label)).clicked().then(|| action.clone())
}

/// The steps in a row, all with their titles, or where there is no room only the shown one.
fn steps_ui(ui: &mut Ui, progress: &Progress, shown: Option<u8>) -> Option<Action> {
    let shown = shown.unwrap_or_else(|| progress.current_step());
    let steps = &progress.steps;
    let count = f32::from(u8::try_from(steps.len()).unwrap_or(u8::MAX)).max(1.0);
    let all: Vec<Arc<Galley>> = steps.iter().map(|step| fitting(ui, step, step.number == shown)).collect();
    let full: f32 = all.iter().map(|title| step_width(title)).sum();
    let has_room = full + (count - 1.0) * JOINT.0 <= ui.available_width();
    let nothing = ui.painter().layout_no_wrap(String::new(), FontId::proportional(look::BODY), look::TEXT);
    let title = |at: usize| {
        let is_needed = has_room || steps[at].number == shown;
        if is_needed { Arc::clone(&all[at]) } else { Arc::clone(&nothing) }
    };
    let used: f32 = (0..steps.len()).map(|at| step_width(&title(at))).sum();
    let joint = ((ui.available_width() - used) / (count - 1.0).max(1.0)).clamp(JOINT.0, JOINT.1);
    let mut action = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (at, step) in steps.iter().enumerate() {
            if at > 0 {
                joint_ui(ui, joint, step.mark);
            }
            action = step_ui(ui, step, &title(at), step.number == shown).or(action.take());
        }
    });
    action
}

fn fitting(ui: &Ui, step: &StepView, is_shown: bool) -> Arc<Galley> {
    let (family, colour) = match step.mark {
        StepMark::Now => (look::bold(), look::ACCENT),
        StepMark::Done => (egui::FontFamily::Proportional, look::TEXT),
        StepMark::ToCome => (egui::FontFamily::Proportional, if is_shown { look::TEXT } else { look::WEAK }),
    };
    ui.painter().layout_no_wrap(step.title.clone(), FontId::new(look::BODY, family), colour)
}

fn step_width(title: &Galley) -> f32 {
    let title = title.size().x;
    2.0 * (AROUND + RADIUS) + if title > 0.0 { TITLE_GAP + title } else { 0.0 }
}

/// The line between two steps: the way that lies behind is in the accent.
fn joint_ui(ui: &mut Ui, width: f32, after: StepMark) {
    let (place, _) = ui.allocate_exact_size(vec2(width, STEP_HEIGHT), Sense::hover());
    let stroke = match after {
        StepMark::ToCome => Stroke::new(1.0, look::LINE),
        StepMark::Done | StepMark::Now => Stroke::new(2.0, look::ACCENT),
    };
    ui.painter().hline(place.x_range(), place.center().y, stroke);
}

fn step_ui(ui: &mut Ui, step: &StepView, title: &Arc<Galley>, is_shown: bool) -> Option<Action> {
    let (place, response) = ui.allocate_exact_size(vec2(step_width(title), STEP_HEIGHT), Sense::click());
    let name = words::step(step.number, &step.title, step.mark);
    response.widget_info(|| WidgetInfo::selected(egui::Role::Button, true, is_shown, &name));
    let painter = ui.painter();
    if response.hovered() || response.has_focus() {
        painter.rect_filled(place, 6.0, look::ACCENT_PALE);
    }
    if response.has_focus() {
        painter.rect_stroke(place, 6.0, Stroke::new(2.0, look::ACCENT), StrokeKind::Inside);
    }
    let centre = pos2(place.left() + AROUND + RADIUS, place.center().y);
    number_ui(ui, centre, step);
    let left = centre.x + RADIUS + TITLE_GAP;
    let top = place.center().y - title.size().y / 2.0 + 2.0;
    painter.galley(pos2(left, top), Arc::clone(title), look::TEXT);
    if is_shown && title.size().x > 0.0 {
        let line = Rect::from_x_y_ranges(left..=left + title.size().x, place.bottom() - 3.0..=place.bottom() - 1.0);
        painter.rect_filled(line, 1.0, look::ACCENT);
    }
    response.on_hover_text(&step.about).clicked().then_some(Action::ShowStep(step.number))
}

/// A tick for what is done, a full circle for where the case stands, an empty one for the rest.
fn number_ui(ui: &Ui, centre: Pos2, step: &StepView) {
    let painter = ui.painter();
    let number = |colour: Color32| {
        let text = painter.layout_no_wrap(step.number.to_string(), FontId::new(look::SMALL, look::bold()), colour);
        painter.galley(centre - text.size() / 2.0 + vec2(0.0, 2.0), text, colour);
    };
    match step.mark {
        StepMark::Done => {
            painter.circle(centre, RADIUS - 0.75, look::ACCENT_PALE, Stroke::new(1.5, look::ACCENT));
            look::tick(painter, centre, 5.0, Stroke::new(2.0, look::ACCENT));
        }
        StepMark::Now => {
            painter.circle_filled(centre, RADIUS, look::ACCENT);
            number(Color32::WHITE);
        }
        StepMark::ToCome => {
            painter.circle(centre, RADIUS - 0.5, Color32::WHITE, Stroke::new(1.0, look::LINE));
            number(look::WEAK);
        }
    }
}
