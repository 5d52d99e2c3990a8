//! 二つの版を比べる: what differs, as a table and as the pages side by side.

use eframe::egui::{
    Color32, ColorImage, Frame, Grid, Image, RichText, Stroke, TextureHandle, TextureOptions, Ui, vec2,
};

use crate::messages::{record as words, sheets, window};
use crate::preview::Pixels;
use crate::ui::look;

use super::Choice;
use super::parts::{answers_ui, hint_ui, prose, scroll_ui, title_ui};

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The document, by its place in the case.
    pub document: usize,
    /// The numbers of its revisions.
    pub revisions: (u32, u32),
}

/// Two revisions of a document.
pub struct Compare {
    /// The title of the document.
    pub title: String,
    /// Which ones.
    pub of: Compared,
    /// The name of each field that differs, with what stood there.
    pub rows: Vec<(String, String, String)>,
    /// The pages of each; none while they are drawn.
    pages: Option<[Pages; 2]>,
}

/// The pages of one revision, or why there are none to be seen.
enum Pages {
    Drawn(Vec<TextureHandle>),
    Failed(String),
}

impl Compare {
    /// A comparison whose pages are still to be drawn.
    #[must_use]
    pub fn new(title: String, of: Compared, rows: Vec<(String, String, String)>) -> Self {
        Self { title, of, rows, pages: None }
    }

    /// Takes over the pages that were drawn, or why they could not be.
    pub fn take(&mut self, ctx: &eframe::egui::Context, pages: [Result<Vec<Pixels>, String>; 2]) {
        let texture = |pixels: &Pixels| {
            let image = ColorImage::from_rgba_premultiplied([pixels.width, pixels.height], &pixels.rgba);
            ctx.load_texture("revision", image, TextureOptions::LINEAR)
        };
        self.pages = Some(pages.map(|pages| match pages {
            Ok(pages) => Pages::Drawn(pages.iter().map(texture).collect()),
            Err(words) => Pages::Failed(words),
        }));
    }

    pub(super) fn ui(&mut self, ui: &mut Ui) -> Option<Choice> {
        title_ui(ui, &sheets::comparison(&self.title, self.of.revisions));
        scroll_ui(ui, 190.0, |ui| {
            self.table_ui(ui);
            ui.add_space(10.0);
            self.pages_ui(ui);
        });
        ui.add_space(10.0);
        answers_ui(ui, &[(window::CLOSE, Choice::Cancel)])
    }

    fn table_ui(&self, ui: &mut Ui) {
        if self.rows.is_empty() {
            ui.label(sheets::NO_DIFFERENCES);
            return;
        }
        let (name, text) = (170.0, (ui.available_width() - 170.0 - 36.0) / 2.0);
        let heads =
            [sheets::FIELD.to_owned(), words::revision(self.of.revisions.0), words::revision(self.of.revisions.1)];
        Grid::new("compared").striped(true).num_columns(3).spacing(vec2(12.0, 6.0)).show(ui, |ui| {
            for (head, width) in heads.into_iter().zip([name, text, text]) {
                cell_ui(ui, width, RichText::new(head).size(look::SMALL).color(look::WEAK));
            }
            ui.end_row();
            for (field, left, right) in &self.rows {
                cell_ui(ui, name, RichText::new(field).color(look::TEXT));
                for words in [left, right] {
                    let is_empty = words.is_empty();
                    let words = if is_empty { sheets::NOTHING_THERE } else { words };
                    cell_ui(ui, text, prose(words).color(if is_empty { look::WEAK } else { look::TEXT }));
                }
                ui.end_row();
            }
        });
    }

    fn pages_ui(&self, ui: &mut Ui) {
        let Some(pages) = &self.pages else {
            hint_ui(ui, window::DRAWING);
            return;
        };
        let width = (ui.available_width() - 16.0) / 2.0;
        ui.horizontal_top(|ui| {
            for (side, number) in pages.iter().zip([self.of.revisions.0, self.of.revisions.1]) {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.label(RichText::new(words::revision(number)).family(look::bold()));
                    side_ui(ui, side, width);
                });
            }
        });
    }
}

fn side_ui(ui: &mut Ui, side: &Pages, width: f32) {
    match side {
        Pages::Failed(words) => drop(ui.colored_label(look::ERROR, words)),
        Pages::Drawn(pages) => {
            for page in pages {
                let natural = page.size_vec2();
                let image = Image::new(page).fit_to_exact_size(vec2(width, width * natural.y / natural.x));
                Frame::new().stroke(Stroke::new(1.0, look::LINE)).show(ui, |ui| ui.add(image.bg_fill(Color32::WHITE)));
                ui.add_space(8.0);
            }
        }
    }
}

fn cell_ui(ui: &mut Ui, width: f32, text: RichText) {
    ui.vertical(|ui| {
        ui.set_width(width);
        ui.label(text);
    });
}
