//! What every dialog is drawn with.

use eframe::egui;
use eframe::egui::{
    Align, Color32, ComboBox, Frame, Id, Layout, Margin, Response, RichText, ScrollArea, TextEdit, Ui, vec2,
};

use crate::messages::{giving, window};
use crate::ui::look;
use crate::ui::start::primary_ui;

use super::Choice;

/// The width of the names before the inputs, in pt.
pub(super) const NAME_WIDTH: f32 = 132.0;

/// The width of a line for a passphrase at most, in pt.
const SECRET_WIDTH: f32 = 420.0;

/// The button that closes what is only looked at; it has the keyboard unless something else does.
pub(super) fn close_ui(ui: &mut Ui) -> Option<Choice> {
    let close = primary_ui(ui, window::CLOSE);
    if ui.memory(|memory| memory.focused().is_none()) {
        close.request_focus();
    }
    close.clicked().then_some(Choice::Cancel)
}

pub(super) fn title_ui(ui: &mut Ui, title: &str) {
    ui.label(RichText::new(title).text_style(egui::TextStyle::Heading));
    ui.add_space(8.0);
}

/// A question with its answers, the likeliest first; it has the keyboard.
pub(super) fn question_ui(ui: &mut Ui, title: &str, detail: &str, answers: &[(&str, Choice)]) -> Option<Choice> {
    title_ui(ui, title);
    ui.label(detail);
    ui.add_space(14.0);
    answers_ui(ui, answers)
}

pub(super) fn answers_ui(ui: &mut Ui, answers: &[(&str, Choice)]) -> Option<Choice> {
    let mut choice = None;
    ui.horizontal_wrapped(|ui| {
        for (at, (label, answer)) in answers.iter().enumerate() {
            let response = if at == 0 { primary_ui(ui, label) } else { ui.button(*label) };
            if at == 0 && ui.memory(|memory| memory.focused().is_none()) {
                response.request_focus();
            }
            if response.clicked() {
                choice = Some(answer.clone());
            }
        }
    });
    choice
}

/// The identity of the line to type into of that name.
pub(super) fn line_id(name: &str) -> Id {
    Id::unique(("dialog", name))
}

/// An input after its name; what does not fit beside it goes on below it.
pub(super) fn named_ui<R>(ui: &mut Ui, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_top(|ui| {
        // What goes on below another input has no name of its own, and takes no more room than it needs.
        let height = if name.is_empty() { 0.0 } else { 28.0 };
        ui.allocate_ui_with_layout(vec2(NAME_WIDTH, height), Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(NAME_WIDTH);
            ui.label(name);
        });
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
        .inner
    })
    .inner
}

/// A line to type into, after its name.
pub(super) fn text_ui(ui: &mut Ui, name: &str, typed: &mut String, width: f32) -> Response {
    named_ui(ui, name, |ui| {
        let width = width.min(ui.available_width() - 12.0);
        let edit = TextEdit::singleline(typed).id(line_id(name)).desired_width(width).margin(vec2(6.0, 5.0));
        ui.add(edit).accessible_name(name)
    })
}

/// A line for a passphrase or password, with a box to tick that shows it: it is shown unless somebody
/// looks over the shoulder, for no input method composes what is hidden. What was typed before is not
/// kept for undoing.
pub(super) fn secret_ui(ui: &mut Ui, name: &str, typed: &mut String, is_hidden: &mut bool) -> Response {
    let width = (ui.available_width() - 12.0).clamp(0.0, SECRET_WIDTH);
    let edit = TextEdit::singleline(typed).id(line_id(name)).desired_width(width).margin(vec2(6.0, 5.0));
    let response = ui.add(edit.password(*is_hidden)).accessible_name(name);
    if let Some(mut state) = TextEdit::load_state(ui.ctx(), response.id) {
        state.clear_undoer();
        state.store(ui.ctx(), response.id);
    }
    let mut is_shown = !*is_hidden;
    tick_ui(ui, name, giving::SHOW_TYPED, &mut is_shown);
    *is_hidden = !is_shown;
    response
}

/// Options of which one is chosen, after the name of all.
pub(super) fn radios_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    options: &[T],
    chosen: &mut T,
    words: impl Fn(T) -> String,
) {
    named_ui(ui, name, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.set_min_height(28.0);
            ui.spacing_mut().item_spacing.x = 14.0;
            for option in options {
                let label = words(*option);
                let response = ui.radio(*chosen == *option, &label);
                if response.accessible_name(window::option(name, &label)).clicked() {
                    *chosen = *option;
                }
            }
        });
    });
}

/// A box to tick, named after what it belongs to.
pub(super) fn tick_ui(ui: &mut Ui, name: &str, label: &str, is_ticked: &mut bool) -> bool {
    let mut ticked = *is_ticked;
    let clicked = ui.checkbox(&mut ticked, label).accessible_name(window::option(name, label)).clicked();
    *is_ticked = ticked;
    clicked
}

/// One of a list that folds open, after its name. Returns the one that was chosen just now.
pub(super) fn list_ui(ui: &mut Ui, name: &str, labels: &[String], chosen: usize) -> Option<usize> {
    let mut picked = None;
    named_ui(ui, name, |ui| {
        let width = (ui.available_width() - 12.0).min(380.0);
        let shown = labels.get(chosen).map_or("", String::as_str);
        let list = ComboBox::from_id_salt(("dialog list", name)).selected_text(shown).width(width).truncate();
        let response = list.show_ui(ui, |ui| {
            for (at, label) in labels.iter().enumerate() {
                if ui.selectable_label(at == chosen, label).clicked() {
                    picked = Some(at);
                }
            }
        });
        response.response.accessible_name(name);
    });
    picked.filter(|picked| *picked != chosen)
}

/// The height that the window has beside what else the dialog shows.
pub(super) fn room(ui: &Ui, others: f32) -> f32 {
    (ui.ctx().content_rect().height() - others).max(100.0)
}

/// Room to scroll, as high as the window has it beside what else the dialog shows.
pub(super) fn scroll_ui<R>(ui: &mut Ui, others: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let area = ScrollArea::vertical().max_height(room(ui, others)).auto_shrink([false, true]);
    area.show(ui, |ui| {
        ui.set_width(ui.available_width() - 12.0);
        add(ui)
    })
    .inner
}

/// What a part of a sheet says without asking: in a pale field.
pub(super) fn notice_ui(ui: &mut Ui, fill: Color32, add: impl FnOnce(&mut Ui)) {
    Frame::new().fill(fill).corner_radius(6.0).inner_margin(Margin::symmetric(10, 7)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        add(ui);
    });
}

/// A sentence in a pale field.
pub(super) fn sentence_ui(ui: &mut Ui, fill: Color32, colour: Color32, words: &str) {
    notice_ui(ui, fill, |ui| drop(ui.label(prose(words).color(colour))));
}

/// Sentences that may take more than one line.
pub(super) fn prose(words: &str) -> RichText {
    RichText::new(words).line_height(Some(20.0))
}

/// What stands after a name and is only read, in line with it.
pub(super) fn fact_ui(ui: &mut Ui, name: &str, words: &str) {
    named_ui(ui, name, |ui| {
        ui.add_space(4.0);
        ui.label(prose(words));
    });
}

/// A sentence of less weight.
pub(super) fn hint_ui(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).size(look::SMALL).line_height(Some(17.0)).color(look::WEAK));
}
