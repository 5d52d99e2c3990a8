//! The pages that somebody will get, one at a time, drawn from the PDFs that are made of what goes.

use eframe::egui::{
    Align, Color32, ColorImage, Context, Frame, Key, Layout, Modifiers, Rect, RichText, ScrollArea, Sense, Stroke,
    StrokeKind, TextureHandle, TextureOptions, Ui, pos2, vec2,
};

use crate::messages::{giving as words, window};
use crate::preview::Pixels;
use crate::ui::look;

/// The height of A4 to its width.
const A4: f32 = 841.89 / 595.276;
/// The room around a page, in pt.
const AROUND: f32 = 10.0;

/// Which pages: of what, and how wide in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// What stands on them: another number is another content; 0 is nothing.
    pub content: u64,
    /// The width of a page, in pixels; 0 while no page was in sight yet.
    pub width: u32,
}

/// The pages of one paper after the other, or why there are none to be seen.
pub type Drawn = Result<Vec<Pixels>, String>;

/// The pages, with what is kept of them from frame to frame.
#[derive(Default)]
pub struct PageView {
    shown: usize,
    wanted: Wanted,
    drawn: Wanted,
    pages: Vec<TextureHandle>,
    failure: Option<String>,
}

impl PageView {
    /// Says what stands on the pages by now; 0 where there are none.
    pub fn set_content(&mut self, content: u64) {
        self.wanted.content = content;
        if content == 0 {
            (self.shown, self.drawn) = (0, Wanted::default());
            self.pages.clear();
        }
    }

    /// Whether what stands on the pages by now was shown, or why it cannot be.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.drawn.content == self.wanted.content
    }

    /// The pages that are still to be drawn.
    #[must_use]
    pub fn wanted(&self) -> Option<Wanted> {
        let is_there = self.wanted.content != 0 && self.wanted.width != 0;
        (is_there && self.wanted != self.drawn).then_some(self.wanted)
    }

    /// Takes over what was drawn.
    pub fn take(&mut self, ctx: &Context, of: Wanted, drawn: Drawn) {
        self.drawn = of;
        let texture = |pixels: &Pixels| {
            let image = ColorImage::from_rgba_premultiplied([pixels.width, pixels.height], &pixels.rgba);
            ctx.load_texture("disclosed", image, TextureOptions::LINEAR)
        };
        match drawn {
            Ok(pages) => (self.pages, self.failure) = (pages.iter().map(texture).collect(), None),
            Err(words) => (self.pages, self.failure) = (Vec::new(), Some(words)),
        }
        self.shown = self.shown.min(self.pages.len().saturating_sub(1));
    }

    /// Draws the page, as high as there is room.
    pub fn ui(&mut self, ui: &mut Ui, height: f32) {
        let top = ui.cursor().top();
        self.head_ui(ui);
        let height = (height - (ui.cursor().top() - top)).max(120.0);
        Frame::new().fill(look::DESK).corner_radius(6.0).show(ui, |ui| {
            ui.set_min_size(vec2(ui.available_width(), height));
            let area = ScrollArea::vertical().id_salt(("disclosed page", self.shown)).max_height(height);
            area.auto_shrink(false).show(ui, |ui| self.page_ui(ui));
        });
    }

    fn head_ui(&mut self, ui: &mut Ui) {
        let last = self.pages.len().saturating_sub(1);
        // Without the keyboard in a text: there these keys are of no use.
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let (before, after) = (pressed(Key::PageUp), pressed(Key::PageDown));
        if before {
            self.shown = self.shown.saturating_sub(1);
        }
        if after {
            self.shown = (self.shown + 1).min(last);
        }
        ui.horizontal(|ui| {
            ui.label(RichText::new(words::SEEN).family(look::bold()).color(look::ACCENT));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if self.pages.len() > 1 {
                    self.turn_ui(ui, last);
                }
            });
        });
    }

    fn turn_ui(&mut self, ui: &mut Ui, last: usize) {
        look::small(ui, |ui| {
            if ui.add_enabled_ui(self.shown < last, |ui| ui.button(words::PAGE_AFTER)).inner.clicked() {
                self.shown += 1;
            }
            if ui.add_enabled_ui(self.shown > 0, |ui| ui.button(words::PAGE_BEFORE)).inner.clicked() {
                self.shown -= 1;
            }
            ui.label(RichText::new(words::page(self.shown + 1, last + 1)).color(look::WEAK));
        });
    }

    fn page_ui(&mut self, ui: &mut Ui) {
        let density = ui.pixels_per_point();
        let room = (ui.available_width() - 2.0 * AROUND - ui.spacing().scroll.allocated_width()).max(80.0);
        let pixels = (room * density).floor();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the width is positive and small")]
        let pixels_wide = pixels as u32;
        self.wanted.width = pixels_wide;
        let said = match (&self.failure, self.wanted.content) {
            (_, 0) => Some(words::NOTHING_SEEN),
            (Some(failure), _) => Some(failure.as_str()),
            (None, _) => None,
        };
        if let Some(said) = said {
            Frame::new().inner_margin(16.0).show(ui, |ui| ui.label(RichText::new(said).color(look::WEAK)));
            return;
        }
        let width = pixels / density;
        let texture = self.pages.get(self.shown);
        let height = texture.map_or(width * A4, |page| width * page.size_vec2().y / page.size_vec2().x);
        let (space, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), height + 2.0 * AROUND), Sense::hover());
        let paper = Rect::from_min_size(space.min + vec2(AROUND, AROUND), vec2(width, height));
        ui.painter().rect_filled(paper.translate(vec2(0.0, 2.0)), 0.0, Color32::from_black_alpha(30));
        ui.painter().rect_filled(paper, 0.0, Color32::WHITE);
        match texture {
            Some(texture) => {
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter().image(texture.id(), paper, whole, Color32::WHITE);
            }
            None => drawing_ui(ui, paper),
        }
        if self.wanted != self.drawn && texture.is_some() {
            // What is shown is not yet what was chosen.
            ui.painter().rect_filled(paper, 0.0, Color32::from_white_alpha(120));
            drawing_ui(ui, paper);
        }
        ui.painter().rect_stroke(paper, 0.0, Stroke::new(1.0, look::LINE_PALE), StrokeKind::Outside);
        response.widget_info(|| eframe::egui::WidgetInfo::labeled(eframe::egui::Role::Image, true, words::SEEN));
    }
}

fn drawing_ui(ui: &Ui, paper: Rect) {
    let font = eframe::egui::FontId::proportional(look::BODY);
    let (middle, centre) = (paper.center_top() + vec2(0.0, 60.0), eframe::egui::Align2::CENTER_CENTER);
    ui.painter().text(middle, centre, window::DRAWING, font, look::WEAK);
}
