//! The bar above a received case: from whom it is, what is still to be filled in, and the one button that
//! writes the reply.

use eframe::egui::{self, Align, Button, Color32, Frame, Layout, Margin, RichText, Ui, vec2};

use crate::messages::received as words;
use crate::session::Received;

use super::start::primary_ui;
use super::{Action, Command, look};

/// The width of what stands on the right: what is still needed, the button, the room between them, in pt.
const RIGHT: f32 = 350.0;
/// Below this width of the window the sentences stand above the button, in pt.
const NARROW: f32 = 780.0;

/// What the bar says.
pub struct Banner<'a> {
    /// What the case came with.
    pub received: &'a Received,
    /// How many fields are empty that have to be filled in.
    pub missing: usize,
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
            ui.add_space(4.0);
            return ui
                .horizontal(|ui| {
                    let action = button_ui(ui, banner);
                    progress_ui(ui, banner);
                    action
                })
                .inner;
        }
        ui.horizontal_top(|ui| {
            // First what is as high as it needs to be: the others stand in its middle.
            let room = (ui.available_width() - RIGHT).max(0.0);
            let left = ui.allocate_ui_with_layout(vec2(room, 0.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(room);
                sentences_ui(ui, banner);
            });
            let size = vec2(ui.available_width(), left.response.rect.height());
            let right = |ui: &mut Ui| {
                let action = button_ui(ui, banner);
                ui.add_space(10.0);
                progress_ui(ui, banner);
                action
            };
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), right).inner
        })
        .inner
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
            let detail = match banner.missing {
                0 => words::send_back(&name, &manifest.from),
                missing => words::written_so_far(&name, missing),
            };
            (words::REPLY_WRITTEN.to_owned(), detail)
        }
        None => (words::banner(&manifest.from, has_fields), words::banner_detail(manifest.on, &banner.to, has_fields)),
    };
    ui.add(egui::Label::new(RichText::new(title).family(look::bold()).color(look::ACCENT)).wrap());
    let detail = RichText::new(detail).size(look::SMALL).line_height(Some(17.0)).color(look::TEXT);
    ui.add(egui::Label::new(detail).wrap());
}

/// What is still to be filled in; nothing where nothing is. What came filled in is no work of theirs.
fn progress_ui(ui: &mut Ui, banner: &Banner<'_>) {
    if banner.missing > 0 {
        let words = words::still_needed(banner.missing);
        ui.add(egui::Label::new(RichText::new(words).size(look::SMALL).color(look::WEAK)).extend());
    }
}

/// The one thing to do; once it is done it stands out no more.
fn button_ui(ui: &mut Ui, banner: &Banner<'_>) -> Option<Action> {
    let button =
        if is_done(banner) { ui.add(Button::new(words::WRITE_REPLY)) } else { primary_ui(ui, words::WRITE_REPLY) };
    button.clicked().then_some(Action::Run(Command::Save))
}
