//! The page side of an open case: the real page, with the field that is being filled and the
//! problems marked on it. A click on the page goes to the field.

use eframe::egui;
use std::collections::BTreeSet;
use std::ops::Range;

use eframe::egui::emath::GuiRounding as _;
use eframe::egui::{
    Align, Color32, ColorImage, CursorIcon, Frame, Layout, Margin, Rect, RichText, ScrollArea, Sense, Stroke,
    StrokeKind, TextureHandle, TextureOptions, Ui, pos2, vec2,
};

use crate::layout::document::{Area, FieldArea, Page};
use crate::messages::{sheets, window};
use crate::model::case::is_shared;
use crate::model::check::{Place, Problem, What};
use crate::model::value::Key;
use crate::preview::{Picture, Pixels};

use super::field::severity_colour;
use super::{Action, Command, look};

/// The width of A4, in pt.
pub const PAGE_WIDTH: f32 = 595.276;
/// The height of A4, in pt.
const PAGE_HEIGHT: f32 = 841.89;
/// The width of A4 on screen at 100 %, in points of the screen: 96 to the inch.
const FULL_SIZE: f32 = 793.7;
/// The room around a page, in pt.
const AROUND: f32 = 14.0;
/// The steps of the zoom.
const STEPS: [f32; 9] = [0.5, 0.67, 0.8, 0.9, 1.0, 1.25, 1.5, 2.0, 3.0];

/// How large the page is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PageZoom {
    /// As wide as there is room.
    FitWidth,
    /// This many times its real size.
    Factor(f32),
}

/// The page side, with what it keeps from frame to frame.
pub struct PageSide {
    /// How large the page is shown.
    pub zoom: PageZoom,
    /// Where only some fields are to be filled in, these: the document, by its place, and the key;
    /// shared data has no document. They stand out.
    pub to_fill: Option<BTreeSet<(Option<usize>, Key)>>,
    picture: Option<Picture>,
    textures: Vec<Option<TextureHandle>>,
    /// The width of a page, in pixels, and the pages in sight, as they were needed last.
    wanted: (u32, Range<usize>),
    shown_place: Option<Place>,
    /// The width of a page as it was drawn last, in pt.
    width: f32,
}

impl Default for PageSide {
    fn default() -> Self {
        Self {
            zoom: PageZoom::FitWidth,
            to_fill: None,
            picture: None,
            textures: Vec::new(),
            wanted: (0, 0..1),
            shown_place: None,
            width: 0.0,
        }
    }
}

impl PageSide {
    /// A page on which only these fields are to be filled in.
    #[must_use]
    pub fn filling(to_fill: BTreeSet<(Option<usize>, Key)>) -> Self {
        Self { to_fill: Some(to_fill), ..Self::default() }
    }

    /// The width of a page in pixels and the pages in sight; a width of 0 means that none is.
    #[must_use]
    pub fn wanted(&self) -> &(u32, Range<usize>) {
        &self.wanted
    }

    /// The newest picture.
    #[must_use]
    pub fn picture(&self) -> Option<&Picture> {
        self.picture.as_ref()
    }

    /// The problems of the case, as of the newest picture.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        self.picture.as_ref().map_or(&[], |picture| &picture.problems)
    }

    /// Whether the document has more than one page.
    #[must_use]
    pub fn has_grown(&self) -> bool {
        self.pages().len() > 1
    }

    /// The fields that stand beyond the first page.
    #[must_use]
    pub fn grown(&self) -> Vec<Key> {
        let further = self.pages().iter().skip(1).flat_map(|page| &page.fields);
        let mut keys: Vec<Key> = further.map(|field| field.field.key.clone()).collect();
        keys.dedup();
        keys
    }

    /// Takes over a new picture.
    pub fn take(&mut self, ctx: &egui::Context, mut picture: Picture) {
        if picture.failure.is_some()
            && let Some(old) = &self.picture
            && old.request.at == picture.request.at
        {
            // The last page that could be drawn stays, and so do its problems.
            return;
        }
        let is_other = |old: &Picture| old.request.at != picture.request.at;
        if self.picture.as_ref().is_some_and(is_other) {
            self.textures.clear();
        }
        self.textures.resize(picture.pages.len(), None);
        for (texture, pixels) in self.textures.iter_mut().zip(&mut picture.pages) {
            let Some(pixels) = pixels.take() else { continue };
            let image = image(&pixels);
            match texture {
                Some(texture) => texture.set(image, TextureOptions::LINEAR),
                None => *texture = Some(ctx.load_texture("page", image, TextureOptions::LINEAR)),
            }
        }
        self.picture = Some(picture);
    }

    fn pages(&self) -> &[Page] {
        self.picture.as_ref().and_then(|picture| picture.document.as_ref()).map_or(&[], |document| &document.pages)
    }

    /// Draws the page of a document.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        document: Option<usize>,
        focused: Option<&Place>,
        may_hand_out: bool,
        name: &dyn Fn(&Place) -> String,
    ) -> Option<Action> {
        let mut action = None;
        egui::Panel::top("page tools")
            .frame(Frame::new().fill(look::PANEL).inner_margin(Margin::symmetric(10, 5)))
            .show(ui, |ui| action = self.tools_ui(ui, document.filter(|_| may_hand_out)));
        egui::CentralPanel::default().frame(Frame::new().fill(look::DESK)).show(ui, |ui| {
            let Some(document) = document else { return };
            let width = self.page_width(ui);
            ScrollArea::both().id_salt("page").auto_shrink(false).show(ui, |ui| {
                action = self.pages_ui(ui, width, document, focused, name).or(action.take());
            });
        });
        action
    }

    fn page_width(&self, ui: &Ui) -> f32 {
        let pixels = ui.ctx().pixels_per_point();
        let width = match self.zoom {
            PageZoom::FitWidth => {
                (ui.available_width() - 2.0 * AROUND - ui.spacing().scroll.allocated_width()).max(120.0)
            }
            PageZoom::Factor(factor) => FULL_SIZE * factor,
        };
        (width * pixels).round() / pixels
    }

    fn tools_ui(&mut self, ui: &mut Ui, handed_out: Option<usize>) -> Option<Action> {
        let mut action = None;
        ui.horizontal(|ui| {
            let factor = self.width / FULL_SIZE;
            if ui.button("－").accessible_name(window::PAGE_SMALLER).on_hover_text(window::PAGE_SMALLER).clicked() {
                self.zoom =
                    PageZoom::Factor(STEPS.into_iter().rev().find(|step| *step < factor - 0.01).unwrap_or(STEPS[0]));
            }
            ui.label(window::percent(factor));
            if ui.button("＋").accessible_name(window::PAGE_LARGER).on_hover_text(window::PAGE_LARGER).clicked() {
                self.zoom = PageZoom::Factor(
                    STEPS.into_iter().find(|step| *step > factor + 0.01).unwrap_or(STEPS[STEPS.len() - 1]),
                );
            }
            let fits = self.zoom == PageZoom::FitWidth;
            if ui.add(egui::Button::new(window::FIT_WIDTH).selected(fits)).clicked() {
                self.zoom = PageZoom::FitWidth;
            }
            if self.has_grown() {
                ui.label(RichText::new(window::pages(self.pages().len())).color(look::CAUTION));
            }
            if let Some(document) = handed_out {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    // The one that stands out is that of what is next, above both sides.
                    let hand_out = ui.button(Command::HandOut.label()).on_hover_text(sheets::HAND_OUT_HINT);
                    action = hand_out.clicked().then_some(Action::HandOut(document));
                });
            }
        });
        action
    }

    fn pages_ui(
        &mut self,
        ui: &mut Ui,
        width: f32,
        document: usize,
        focused: Option<&Place>,
        name: &dyn Fn(&Place) -> String,
    ) -> Option<Action> {
        let mut action = None;
        let mut in_sight: Option<Range<usize>> = None;
        self.width = width;
        let height = (width * PAGE_HEIGHT / PAGE_WIDTH).round();
        let is_current = self.picture.as_ref().is_some_and(|picture| picture.request.at == document);
        let count = if is_current { self.pages().len().max(1) } else { 1 };
        let has_moved = self.shown_place.as_ref() != focused;
        for at in 0..count {
            ui.add_space(AROUND);
            let (space, _) =
                ui.allocate_exact_size(vec2(ui.available_width().max(width + AROUND), height), Sense::hover());
            let left = space.left() + ((space.width() - width) / 2.0).max(AROUND);
            let min = pos2(left, space.top()).round_to_pixels(ui.pixels_per_point());
            let rect = Rect::from_min_size(min, vec2(width, height));
            if ui.is_rect_visible(rect) {
                in_sight = Some(in_sight.map_or(at..at + 1, |seen| seen.start..at + 1));
            }
            self.paper_ui(ui, at, rect, is_current);
            if is_current {
                let wanted = self.marks_ui(ui, at, rect, document, focused, has_moved, name);
                action = wanted.or(action);
            }
        }
        ui.add_space(AROUND);
        if has_moved && is_current {
            self.shown_place = focused.cloned();
        }
        // No graphics takes textures of any size: beyond that the page is stretched.
        #[expect(clippy::cast_precision_loss, reason = "some thousand pixels")]
        let most = (ui.input(|input| input.max_texture_side) as f32 * PAGE_WIDTH / PAGE_HEIGHT).floor();
        let pixels = (width * ui.ctx().pixels_per_point()).round().min(most - 1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the width is positive and small")]
        let pixels = pixels.max(1.0) as u32;
        self.wanted = (pixels, in_sight.unwrap_or(0..1));
        action
    }

    fn paper_ui(&self, ui: &Ui, at: usize, rect: Rect, is_current: bool) {
        let painter = ui.painter();
        painter.rect_filled(rect.translate(vec2(0.0, 2.0)), 0.0, Color32::from_black_alpha(30));
        painter.rect_filled(rect, 0.0, Color32::WHITE);
        match self.textures.get(at) {
            Some(Some(texture)) if is_current => {
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                painter.image(texture.id(), rect, whole, Color32::WHITE);
            }
            _ => {
                let font = egui::FontId::proportional(look::BODY);
                painter.text(
                    rect.center_top() + vec2(0.0, 60.0),
                    egui::Align2::CENTER_CENTER,
                    window::DRAWING,
                    font,
                    look::WEAK,
                );
            }
        }
    }

    /// The field that has the keyboard, the problems, and where a click leads.
    #[expect(clippy::too_many_arguments, reason = "all of them differ from page to page or frame to frame")]
    fn marks_ui(
        &self,
        ui: &mut Ui,
        at: usize,
        rect: Rect,
        document: usize,
        focused: Option<&Place>,
        has_moved: bool,
        name: &dyn Fn(&Place) -> String,
    ) -> Option<Action> {
        let page = self.pages().get(at)?;
        let on_screen = |area: &Area| {
            let scale = rect.width() / PAGE_WIDTH;
            Rect::from_min_size(rect.min + vec2(area.x, area.y) * scale, vec2(area.width, area.height) * scale)
        };
        for area in outermost(page.fields.iter().filter(|field| self.is_to_fill(field, document)), &on_screen) {
            ui.painter().rect_filled(area, 2.0, look::ACCENT.gamma_multiply(0.12));
        }
        let problems = self.problems().iter().filter(|problem| problem.what != What::Needed);
        for problem in problems {
            for field in page.fields.iter().filter(|field| is_at(field, &problem.place, document)) {
                let colour = severity_colour(problem.severity);
                ui.painter().rect_stroke(on_screen(&field.area), 2.0, Stroke::new(1.5, colour), StrokeKind::Outside);
            }
        }
        if let Some(place) = focused {
            let mut found: Option<Rect> = None;
            let here = page.fields.iter().filter(|field| is_at(field, place, document));
            for area in outermost(here, &on_screen) {
                ui.painter().rect_filled(area, 2.0, look::ACCENT.gamma_multiply(0.07));
                ui.painter().rect_stroke(area, 2.0, Stroke::new(2.0, look::ACCENT), StrokeKind::Outside);
                found = Some(found.map_or(area, |found| found.union(area)));
            }
            if let Some(area) = found.filter(|_| has_moved) {
                ui.scroll_to_rect(area.expand(40.0), None);
            }
        }
        let leads = |field: &FieldArea| self.to_fill.is_none() || self.is_to_fill(field, document);
        let fields: Vec<&FieldArea> = page.fields.iter().filter(|field| leads(field)).collect();
        click_ui(ui, &fields, rect, document, &on_screen, name)
    }

    fn is_to_fill(&self, area: &FieldArea, document: usize) -> bool {
        let place = place_on(area, document);
        self.to_fill.as_ref().is_some_and(|to_fill| to_fill.contains(&(place.document, place.field)))
    }
}

/// The areas on screen, without those that lie within another one: the lines of a text lie within
/// its cell, and one frame is enough.
fn outermost<'a>(fields: impl Iterator<Item = &'a FieldArea>, on_screen: &dyn Fn(&Area) -> Rect) -> Vec<Rect> {
    let areas: Vec<Rect> = fields.map(|field| on_screen(&field.area)).collect();
    let is_within = |area: &Rect| areas.iter().any(|other| other != area && other.expand(2.0).contains_rect(*area));
    areas.iter().copied().filter(|area| !is_within(area)).collect()
}

fn click_ui(
    ui: &mut Ui,
    fields: &[&FieldArea],
    rect: Rect,
    document: usize,
    on_screen: &dyn Fn(&Area) -> Rect,
    name: &dyn Fn(&Place) -> String,
) -> Option<Action> {
    let id = ui.scope_id().with(("paper", rect.min.y.to_bits()));
    // Not in the way of the Tab key: every field has its input on the other side.
    let response = ui.interact(rect, id, Sense::CLICK);
    let pointer = response.hover_pos()?;
    let under = fields.iter().copied().filter(|field| on_screen(&field.area).contains(pointer));
    let size = |field: &FieldArea| field.area.width * field.area.height;
    let field = under.min_by(|a, b| size(a).total_cmp(&size(b)))?;
    let place = place_on(field, document);
    ui.painter().rect_stroke(on_screen(&field.area), 2.0, Stroke::new(1.0, look::ACCENT), StrokeKind::Outside);
    let clicked = response.clicked();
    response.on_hover_cursor(CursorIcon::PointingHand).on_hover_text_at_pointer(name(&place));
    clicked.then_some(Action::GoTo(place))
}

fn image(pixels: &Pixels) -> ColorImage {
    ColorImage::from_rgba_premultiplied([pixels.width, pixels.height], &pixels.rgba)
}

/// The field of an area, as a place in the case.
fn place_on(area: &FieldArea, document: usize) -> Place {
    let key = &area.field.key;
    Place { document: (!is_shared(key)).then_some(document), field: key.clone(), cell: area.field.cell.clone() }
}

fn is_at(area: &FieldArea, place: &Place, document: usize) -> bool {
    let on_page = place_on(area, document);
    // What is written beside an option has no area of its own, nor has a table as a whole.
    let is_same_cell = on_page.cell == place.cell || on_page.cell.is_none() || place.cell.is_none();
    on_page.document == place.document && on_page.field == place.field && is_same_cell
}
