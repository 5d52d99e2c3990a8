//! What is coming up in all cases under way: overdue first, then by weeks. A click opens the case.

use chrono::NaiveDate;
use eframe::egui::accesskit::Role;
use eframe::egui::{
    Align, CollapsingHeader, Color32, Label, Layout, RichText, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::messages::{follow_up as words, start as texts};
use crate::model::follow_up::Urgency;
use crate::store::template_file::Library;

use super::page::{Coming, StartPage};
use crate::ui::{Action, look};

/// The height of a line, in pt; every line has the same, so that only what is seen is drawn.
const ROW: f32 = 40.0;

/// The colour of a day.
pub(super) fn colour(urgency: Urgency) -> Color32 {
    match urgency {
        Urgency::Due => look::ERROR,
        Urgency::Week => look::CAUTION,
        Urgency::Fortnight | Urgency::Month => look::TEXT,
        Urgency::Later => look::WEAK,
    }
}

/// The list at the side, at most so high.
pub(super) fn coming_ui(
    ui: &mut Ui,
    page: &StartPage,
    library: &Library,
    today: NaiveDate,
    height: f32,
) -> Option<Action> {
    ui.label(RichText::new(texts::COMING).family(look::bold()).color(look::ACCENT));
    if page.coming.is_empty() {
        ui.label(RichText::new(texts::NOTHING_COMING).size(look::SMALL).color(look::WEAK));
        return None;
    }
    lines_ui(ui, page, library, today, height)
}

/// The same where there is no room at the side: folded up above the list.
pub(super) fn folded_ui(ui: &mut Ui, page: &StartPage, library: &Library, today: NaiveDate) -> Option<Action> {
    let Some(Coming::Heading(first, count)) = page.coming.first().copied() else { return None };
    let title = RichText::new(texts::coming(words::urgency(first), count)).color(colour(first));
    let body = |ui: &mut Ui| lines_ui(ui, page, library, today, ROW * 4.0);
    CollapsingHeader::new(title).id_salt("coming").show(ui, body).body_returned.flatten()
}

fn lines_ui(ui: &mut Ui, page: &StartPage, library: &Library, today: NaiveDate, height: f32) -> Option<Action> {
    let mut action = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().id_salt("coming days").max_height(height).auto_shrink([false, true]);
    area.show_rows(ui, ROW, page.coming.len(), |ui, range| {
        for line in &page.coming[range] {
            match line {
                Coming::Heading(urgency, count) => heading_ui(ui, *urgency, *count),
                Coming::Day(at, day) => {
                    if day_ui(ui, page, library, today, (*at, *day)) {
                        action = page.day(*at, *day).map(|(path, ..)| Action::OpenFile(path.to_owned()));
                    }
                }
            }
        }
    });
    action
}

fn heading_ui(ui: &mut Ui, urgency: Urgency, count: usize) {
    ui.allocate_ui_with_layout(vec2(ui.available_width(), ROW), Layout::left_to_right(Align::Max), |ui| {
        ui.set_min_height(ROW - 6.0);
        let title = RichText::new(texts::heading(words::urgency(urgency), count));
        ui.label(title.size(look::SMALL).family(look::bold()).color(colour(urgency)));
    });
    ui.add_space(6.0);
}

/// A day; says whether it was clicked.
fn day_ui(ui: &mut Ui, page: &StartPage, library: &Library, today: NaiveDate, (at, day): (usize, usize)) -> bool {
    let Some((_, summary, day)) = page.day(at, day) else { return false };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = if summary.name.is_empty() { texts::NAMELESS } else { &summary.name };
    let (when, what) = (words::day(day.on), words::occasion(&day.what));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}：{what} {when}")));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, look::ACCENT_PALE);
    }
    let inside = UiBuilder::new().max_rect(rect.shrink2(vec2(6.0, 3.0))).layout(Layout::top_down(Align::Min));
    let mut inside = ui.new_child(inside);
    inside.spacing_mut().item_spacing.y = 2.0;
    inside.spacing_mut().interact_size.y = 0.0;
    let small =
        |text: String, colour| Label::new(RichText::new(text).size(look::SMALL).color(colour)).selectable(false);
    inside.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(small(when, colour(Urgency::of(day.on, today))));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(RichText::new(name).color(look::TEXT)).truncate().selectable(false));
            });
        });
    });
    let form = summary.form_of(day).and_then(|form| library.forms.get(form));
    inside.add(small(what.clone(), look::WEAK).truncate());
    let detail = texts::day_detail(form.map(|form| form.short_title.as_str()), &what, &words::distance(day.on, today));
    response.on_hover_text(detail).clicked()
}
