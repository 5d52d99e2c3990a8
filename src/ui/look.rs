//! Colours, fonts and distances: calm, one accent, readable from a distance.

use std::sync::Arc;

use eframe::egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Painter, Pos2, Shadow,
    Shape, Stroke, Style, TextStyle, Theme, Ui, Visuals, style::ScrollStyle, vec2,
};

use crate::assets;

/// The one accent colour.
pub const ACCENT: Color32 = Color32::from_rgb(0x1F, 0x6F, 0x8B);
/// Behind what the accent marks.
pub const ACCENT_PALE: Color32 = Color32::from_rgb(0xDC, 0xEC, 0xF1);
/// Behind what is to be filled in, between all that is only read.
pub const TO_FILL: Color32 = Color32::from_rgb(0xE3, 0xF1, 0xF6);
/// The background of the window.
pub const PANEL: Color32 = Color32::from_rgb(0xF4, 0xF6, 0xF7);
/// Behind the page.
pub const DESK: Color32 = Color32::from_rgb(0xDD, 0xE2, 0xE5);
/// Text.
pub const TEXT: Color32 = Color32::from_rgb(0x1C, 0x28, 0x2E);
/// Less important text; 4.5 to 1 against the panel.
pub const WEAK: Color32 = Color32::from_rgb(0x55, 0x65, 0x6D);
/// Lines around inputs.
pub const LINE: Color32 = Color32::from_rgb(0xB4, 0xC0, 0xC6);
/// Lines between parts.
pub const LINE_PALE: Color32 = Color32::from_rgb(0xD8, 0xDF, 0xE3);
/// What keeps a page from being printed.
pub const ERROR: Color32 = Color32::from_rgb(0xB3, 0x26, 0x1E);
/// Behind what went wrong.
pub const ERROR_PALE: Color32 = Color32::from_rgb(0xFB, 0xE9, 0xE7);
/// Behind what is only said.
pub const QUIET_PALE: Color32 = Color32::from_rgb(0xF0, 0xF3, 0xF5);
/// What is worth a look.
pub const CAUTION: Color32 = Color32::from_rgb(0x8A, 0x5A, 0x00);
/// Behind what is worth a look.
pub const CAUTION_PALE: Color32 = Color32::from_rgb(0xFF, 0xF3, 0xD9);

/// Small text, in pt.
pub const SMALL: f32 = 12.0;
/// Text, in pt.
pub const BODY: f32 = 14.0;
/// Headings, in pt.
pub const HEADING: f32 = 17.0;

const BODY_FACE: &str = "BIZ UDGothic";
const BOLD_FACE: &str = "BIZ UDGothic Bold";
const RARE_FACE: &str = "IPAmj Mincho";

/// The family of headings.
#[must_use]
pub fn bold() -> FontFamily {
    FontFamily::Name("bold".into())
}

/// Draws buttons that take no more room than the label that they stand beside.
pub fn small<R>(ui: &mut Ui, draw: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().button_padding = vec2(8.0, 3.0);
        ui.spacing_mut().interact_size.y = 20.0;
        draw(ui)
    })
    .inner
}

/// Draws a tick, as large as a circle of this radius: no font here has one.
pub fn tick(painter: &Painter, centre: Pos2, radius: f32, stroke: Stroke) {
    let points = [vec2(-0.8, 0.05), vec2(-0.2, 0.65), vec2(0.85, -0.65)];
    painter.add(Shape::line(points.map(|point| centre + point * radius).to_vec(), stroke));
}

/// Sets the look of the whole window. The same faces are used on every machine: none of the
/// system's is asked for.
pub fn set(ctx: &Context) {
    ctx.set_fonts(fonts());
    ctx.set_theme(Theme::Light);
    ctx.all_styles_mut(style);
    ctx.options_mut(|options| {
        options.zoom_with_keyboard = false;
    });
}

fn fonts() -> FontDefinitions {
    let [regular, bold_face, rare] = assets::FONTS;
    let mut fonts = FontDefinitions::empty();
    for (name, data) in [(BODY_FACE, regular), (BOLD_FACE, bold_face), (RARE_FACE, rare)] {
        let mut face = FontData::from_static(data);
        // Hinted, BIZ UDGothic loses its hyphens at 12.5 and 13 px.
        face.tweak.hinting = Some(false);
        fonts.font_data.insert(name.to_owned(), Arc::new(face));
    }
    let families = [(FontFamily::Proportional, BODY_FACE), (FontFamily::Monospace, BODY_FACE), (bold(), BOLD_FACE)];
    for (family, first) in families {
        fonts.families.insert(family, vec![first.to_owned(), RARE_FACE.to_owned()]);
    }
    fonts
}

fn style(style: &mut Style) {
    style.text_styles = [
        (TextStyle::Small, FontId::proportional(SMALL)),
        (TextStyle::Body, FontId::proportional(BODY)),
        (TextStyle::Button, FontId::proportional(BODY)),
        (TextStyle::Monospace, FontId::monospace(BODY)),
        (TextStyle::Heading, FontId::new(HEADING, bold())),
    ]
    .into();
    style.visuals = visuals();
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(10.0, 5.0);
    spacing.interact_size.y = 28.0;
    spacing.icon_width = 18.0;
    spacing.icon_width_inner = 10.0;
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    spacing.extra_text_line_spacing = 4.0;
    spacing.scroll = scroll();
    spacing.tooltip_width = 420.0;
    style.interaction.tooltip_delay = 0.4;
    style.animation_time = 0.0;
}

/// Bars that are always there, a grey that is seen on white too.
fn scroll() -> ScrollStyle {
    ScrollStyle {
        floating: true,
        foreground_color: true,
        bar_width: 10.0,
        floating_width: 8.0,
        floating_allocated_width: 12.0,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: 0.3,
        active_handle_opacity: 0.4,
        interact_handle_opacity: 0.6,
        ..ScrollStyle::thin()
    }
}

fn visuals() -> Visuals {
    let mut visuals = Visuals::light();
    let round = CornerRadius::same(4);
    visuals.override_text_color = Some(TEXT);
    visuals.weak_text_color = Some(WEAK);
    visuals.panel_fill = PANEL;
    visuals.window_fill = Color32::WHITE;
    visuals.window_stroke = Stroke::new(1.0, LINE);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(6);
    visuals.window_shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: Color32::from_black_alpha(40) };
    visuals.popup_shadow = visuals.window_shadow;
    visuals.extreme_bg_color = Color32::WHITE;
    visuals.faint_bg_color = Color32::from_rgb(0xF8, 0xFA, 0xFB);
    visuals.hyperlink_color = ACCENT;
    visuals.error_fg_color = ERROR;
    visuals.warn_fg_color = CAUTION;
    visuals.selection.bg_fill = Color32::from_rgb(0xBF, 0xDD, 0xE7);
    visuals.selection.stroke = Stroke::new(2.0, ACCENT);
    // A caret that blinks would draw the window anew twice a second, all day long.
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = Stroke::new(2.0, ACCENT);
    let widgets = &mut visuals.widgets;
    for widget in [
        &mut widgets.noninteractive,
        &mut widgets.inactive,
        &mut widgets.hovered,
        &mut widgets.active,
        &mut widgets.open,
    ] {
        widget.corner_radius = round;
        widget.expansion = 0.0;
        widget.fg_stroke = Stroke::new(1.2, TEXT);
    }
    widgets.noninteractive.bg_stroke = Stroke::new(1.0, LINE_PALE);
    widgets.inactive.bg_fill = Color32::WHITE;
    widgets.inactive.weak_bg_fill = Color32::WHITE;
    widgets.inactive.bg_stroke = Stroke::new(1.0, LINE);
    widgets.hovered.bg_fill = Color32::WHITE;
    widgets.hovered.weak_bg_fill = ACCENT_PALE;
    widgets.hovered.bg_stroke = Stroke::new(1.0, WEAK);
    widgets.active.bg_fill = Color32::WHITE;
    widgets.active.weak_bg_fill = ACCENT_PALE;
    widgets.active.bg_stroke = Stroke::new(2.0, ACCENT);
    widgets.open.bg_fill = ACCENT_PALE;
    widgets.open.weak_bg_fill = ACCENT_PALE;
    widgets.open.bg_stroke = Stroke::new(1.0, ACCENT);
    visuals
}
