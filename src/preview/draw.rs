//! PDF to pixels.

use std::ops::Range;
use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// The widest page that is drawn, in pixels: four times A4 at 150 dpi.
pub const WIDEST: u32 = 5_000;

/// A drawn page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// The width, in pixels.
    pub width: usize,
    /// The height, in pixels.
    pub height: usize,
    /// Red, green, blue and opacity of each pixel, row by row.
    pub rgba: Vec<u8>,
}

/// Draws some pages of a PDF at that width in pixels. A page that is not asked for is none.
///
/// # Errors
/// The bytes are no PDF, as hayro says.
pub fn draw(pdf: &[u8], width: u32, wanted: &Range<usize>) -> Result<Vec<Option<Pixels>>, String> {
    let pdf = Pdf::new(Arc::new(pdf.to_vec())).map_err(|error| format!("{error:?}"))?;
    let cache = RenderCache::new();
    let draw = |(at, page)| wanted.contains(&at).then(|| draw_page(page, &cache, width.clamp(1, WIDEST)));
    Ok(pdf.pages().iter().enumerate().map(draw).collect())
}

#[expect(clippy::cast_precision_loss, reason = "a page has some thousand pixels")]
fn draw_page<'a>(page: &'a hayro::hayro_syntax::page::Page<'a>, cache: &RenderCache<'a>, width: u32) -> Pixels {
    let (page_width, page_height) = page.render_dimensions();
    // hayro cuts the size off to whole pixels: a little more keeps the last one.
    let scale = (width as f32 + 0.01) / page_width;
    let height = (page_height * scale).round() + 0.01;
    let settings = PixmapSettings { x_scale: scale, y_scale: height / page_height, bg_color: WHITE };
    let drawn = render(page, cache, &InterpreterSettings::default(), &RenderSettings::default(), &settings);
    Pixels {
        width: usize::from(drawn.width()),
        height: usize::from(drawn.height()),
        rgba: drawn.data_as_u8_slice().to_vec(),
    }
}
