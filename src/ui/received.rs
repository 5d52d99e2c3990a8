//! The bar above a received case: from whom it is, how much is filled in, and the one button that
//! writes the reply.

use eframe::egui::{self, Align, Button, Color32, Frame, Layout, Margin, ProgressBar, RichText, Ui, vec2};

use crate::messages::received as words;
use crate::session::Received;

use super::start::primary_ui;
use super::{Action, Command, look};

/// The width of the bar that shows how much is filled in, in pt.
const BAR: f32 = 120.0;
/// Below this width of the window the sentences stand above the button, in pt.
const NARROW: f32 = 780.0;

/// What the bar says.
pub struct Banner<'a> {
    /// What the case came with.
    pub received: &'a Received,
    /// How many of the fields to fill are filled, and how many there are.
    pub filled: (usize, usize),
    /// Something was typed since the reply was written.
    pub is_changed: bool,
    /// For whom it is, in words.
    pub to: String,
}

/// Draws the bar.
pub fn received_ui(ui: &mut Ui, banner: &Banner<'_>) -> Option<Action> {
    let frame = Frame::new().fill(Color32::WHITE).inner_margin(Margin::symmetric(14, 9));
    let panel = egui::Panel::top("received").frame(frame).show(ui, |ui| {
        if banner.received.to_fill().is_empty() {
            sentences_ui(ui, banner);
            return None;
        }
        if ui.available_width() < NARROW {
            sentences_ui(ui, banner);
            return ui
                .horizontal(|ui| {
                    let action = button_ui(ui, banner);
                    progress_ui(ui, banner);
                    action
                })
                .inner;
        }
        let mut action = None;
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                action = button_ui(ui, banner);
                ui.add_space(8.0);
                progress_ui(ui, banner);
                ui.add_space(8.0);
                ui.with_layout(Layout::top_down(Align::Min), |ui| sentences_ui(ui, banner));
            });
        });
        action
    });
    panel.inner
}

fn is_done(banner: &Banner<'_>) -> bool {
    banner.received.reply.is_some() && !banner.is_changed
}

fn sentences_ui(ui: &mut Ui, banner: &Banner<'_>) {
    ui.spacing_mut().item_spacing.y = 3.0;
    let manifest = &banner.received.manifest;
    let has_fields = !banner.received.to_fill().is_empty();
    let (title, detail) = match banner.received.reply.as_ref().filter(|_| is_done(banner)) {
        Some(path) => {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            (words::REPLY_WRITTEN.to_owned(), words::send_back(&name, &manifest.from))
        }
        None => (words::banner(&manifest.from, has_fields), words::banner_detail(manifest.on, &banner.to, has_fields)),
    };
    ui.add(egui::Label::new(RichText::new(title).family(look::bold()).color(look::ACCENT)).wrap());
    let detail = RichText::new(detail).size(look::SMALL).line_height(Some(17.0)).color(look::TEXT);
    ui.add(egui::Label::new(detail).wrap());
}

fn progress_ui(ui: &mut Ui, banner: &Banner<'_>) {
    let (done, of) = banner.filled;
    if of == 0 {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "a share of a bar")]
    let share = done as f32 / of as f32;
    ui.allocate_ui_with_layout(vec2(BAR, 36.0), Layout::top_down(Align::Min), |ui| {
        ui.set_width(BAR);
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.label(RichText::new(words::filled(done, of)).size(look::SMALL).color(look::WEAK));
        ui.add(ProgressBar::new(share).desired_width(BAR).desired_height(6.0).fill(look::ACCENT));
    });
}

/// The one thing to do; once it is done it stands out no more.
fn button_ui(ui: &mut Ui, banner: &Banner<'_>) -> Option<Action> {
    let button =
        if is_done(banner) { ui.add(Button::new(words::WRITE_REPLY)) } else { primary_ui(ui, words::WRITE_REPLY) };
    button.clicked().then_some(Action::Run(Command::Save))
}
