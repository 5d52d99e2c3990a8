//! A day: typed in any habit, read back in both calendars, or chosen from a Japanese month grid.

use chrono::{Datelike, Days, Months, NaiveDate};
use eframe::egui;
use eframe::egui::{Button, Popup, PopupCloseBehavior, Rect, RichText, Stroke, StrokeKind, Ui, vec2};

use crate::messages::window;
use crate::model::check::Place;
use crate::model::form::Field;
use crate::model::value::Value;

use super::field::{Entry, TextLook, text_ui};
use super::look;

/// The width of the input, in pt: 令和8年11月22日 and some room.
const WIDTH: f32 = 150.0;
/// The size of a day in the grid, in pt.
const DAY: f32 = 30.0;

/// A day with its grid and both calendars.
pub fn date_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, field: &Field, name: &str) {
    ui.horizontal_wrapped(|ui| {
        text_ui(ui, entry, place, field, name, TextLook::line(WIDTH));
        grid_button_ui(ui, entry, place, name);
        let is_read = !entry.open.pending().contains_key(place);
        if let Some(day) = entry.open.value(place).and_then(Value::as_date).filter(|_| is_read) {
            let is_typing = entry.typing.is_typing(place);
            let words = if is_typing { window::both_calendars(day) } else { window::western(day) };
            ui.label(RichText::new(words).size(look::SMALL).color(look::WEAK));
        }
    });
}

/// The button that opens the month grid.
pub fn grid_button_ui(ui: &mut Ui, entry: &mut Entry<'_>, place: &Place, name: &str) {
    let chosen = entry.open.value(place).and_then(Value::as_date);
    let picked = ui.add_enabled_ui(entry.open.is_editable(), |ui| calendar_ui(ui, name, chosen, entry.today)).inner;
    if let Some(day) = picked {
        entry.open.set(place, Some(Value::Date(day)), entry.now);
        entry.typing.focus(place.clone());
    }
}

/// A button that opens the month grid. Returns the day that was picked there.
pub fn calendar_ui(ui: &mut Ui, name: &str, chosen: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
    let button = ui.add(Button::new("").min_size(vec2(30.0, 28.0)));
    calendar_icon(ui, &button);
    let button = button.on_hover_text(window::CALENDAR).accessible_name(window::option(name, window::CALENDAR));
    let month_id = button.id.with("month");
    if button.clicked() {
        let shown = chosen.unwrap_or(today);
        ui.data_mut(|data| data.insert_temp(month_id, shown));
    }
    let mut day = None;
    Popup::from_toggle_button_response(&button).close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        let shown = ui.data(|data| data.get_temp(month_id)).unwrap_or(today);
        match month_ui(ui, shown, chosen, today) {
            Some(Picked::Month(month)) => drop(ui.data_mut(|data| data.insert_temp(month_id, month))),
            Some(Picked::Day(picked)) => {
                day = Some(picked);
                ui.close();
            }
            None => {}
        }
    });
    day
}

/// A sheet of a wall calendar: no font of the program has one.
fn calendar_icon(ui: &Ui, button: &egui::Response) {
    let sheet = Rect::from_center_size(button.rect.center(), vec2(13.0, 12.0));
    let stroke = Stroke::new(1.2, look::ACCENT);
    let painter = ui.painter();
    painter.rect_stroke(sheet, 1.5, stroke, StrokeKind::Middle);
    painter.hline(sheet.x_range(), sheet.top() + 3.5, stroke);
    for (column, row) in [(0.25, 0.55), (0.5, 0.55), (0.75, 0.55), (0.25, 0.82), (0.5, 0.82)] {
        painter.circle_filled(sheet.lerp_inside(vec2(column, row)), 0.9, look::ACCENT);
    }
}

enum Picked {
    Month(NaiveDate),
    Day(NaiveDate),
}

/// A month, Sunday first as on Japanese wall calendars.
fn month_ui(ui: &mut Ui, shown: NaiveDate, chosen: Option<NaiveDate>, today: NaiveDate) -> Option<Picked> {
    let first = shown.with_day(1)?;
    let mut picked = None;
    ui.horizontal(|ui| {
        let steps = [("≪", first - Months::new(12)), ("＜", first - Months::new(1))];
        for (arrow, month) in steps {
            if ui.add(Button::new(arrow).min_size(vec2(DAY, 0.0))).clicked() {
                picked = Some(Picked::Month(month));
            }
        }
        ui.add_sized(vec2(DAY * 5.0, 24.0), egui::Label::new(window::month(first)));
        let steps = [("＞", first + Months::new(1)), ("≫", first + Months::new(12))];
        for (arrow, month) in steps {
            if ui.add(Button::new(arrow).min_size(vec2(DAY, 0.0))).clicked() {
                picked = Some(Picked::Month(month));
            }
        }
    });
    let start = first - Days::new(u64::from(first.weekday().num_days_from_sunday()));
    egui::Grid::new("month").spacing(vec2(4.0, 4.0)).show(ui, |ui| {
        for day in start.iter_days().take(7) {
            ui.vertical_centered(|ui| ui.label(RichText::new(window::weekday(day.weekday())).color(day_colour(day))));
        }
        ui.end_row();
        for (at, day) in start.iter_days().take(42).enumerate() {
            if day.month() == first.month() {
                let text = RichText::new(day.day().to_string()).color(day_colour(day));
                let mut button = Button::new(text).min_size(vec2(DAY, DAY)).selected(chosen == Some(day));
                if day == today {
                    button = button.stroke(egui::Stroke::new(1.5, look::ACCENT));
                }
                if ui.add(button).accessible_name(window::both_calendars(day)).clicked() {
                    picked = Some(Picked::Day(day));
                }
            } else {
                ui.allocate_space(vec2(DAY, 1.0));
            }
            if at % 7 == 6 {
                ui.end_row();
            }
        }
    });
    picked
}

fn day_colour(day: NaiveDate) -> egui::Color32 {
    match day.weekday() {
        chrono::Weekday::Sun => look::ERROR,
        chrono::Weekday::Sat => look::ACCENT,
        _ => look::TEXT,
    }
}
