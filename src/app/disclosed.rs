//! The pages of what somebody will get, drawn from the very PDFs that are made of it.

use std::sync::Arc;

use eframe::egui::Context;

use crate::export::Exporter;
use crate::model::disclosure::DisclosedCase;
use crate::model::failure::Failure;
use crate::preview::{Pixels, draw};
use crate::store::template_file::Library;
use crate::ui::dialog::Dialog;
use crate::ui::dialog::disclosed::Disclosed;
use crate::ui::dialog::page_view::{Drawn, Wanted};

use super::App;
use super::jobs::Done;

/// The job that draws them.
const DRAWING: &str = "drawing what goes";
/// The most pages of a paper that are drawn.
const MOST_PAGES: usize = 20;

impl App {
    /// What the shown sheet gives away, if it is one that does.
    fn disclosed(&mut self) -> Option<&mut Disclosed> {
        match &mut self.dialog {
            Some(Dialog::Sheet(sheet)) => sheet.disclosed(),
            _ => None,
        }
    }

    /// Has the pages drawn that the shown sheet needs. While others are being drawn, they wait.
    pub(super) fn draw_disclosed(&mut self) {
        if self.jobs.is_running(DRAWING) {
            return;
        }
        let Some((wanted, disclosed)) = self.disclosed().and_then(|disclosed| disclosed.to_draw()) else { return };
        let (opening, library, today) = (self.openings, Arc::clone(&self.library), (self.today)());
        self.jobs.start(DRAWING, move || {
            let drawn = pages(&library, today, &disclosed, wanted.width);
            Done::DisclosedDrawn(opening, wanted, drawn.map_err(|failure| Self::message(&failure).sentences()))
        });
    }

    /// Pages were drawn. Other ones may be needed by now: then those are drawn next.
    pub(super) fn disclosed_drawn(&mut self, ctx: &Context, opening: u64, of: Wanted, drawn: Drawn) {
        if opening == self.openings
            && let Some(disclosed) = self.disclosed()
            && disclosed.to_draw().is_some_and(|(wanted, _)| wanted == of)
        {
            disclosed.pages.take(ctx, of, drawn);
        }
    }
}

fn pages(
    library: &Library,
    today: chrono::NaiveDate,
    disclosed: &DisclosedCase,
    width: u32,
) -> Result<Vec<Pixels>, Failure> {
    let exporter = Exporter::new(library, today)?;
    let mut pages = Vec::new();
    for at in 0..disclosed.case().documents.len() {
        let Some((_, bytes)) = exporter.page(disclosed.case(), at)? else { continue };
        let drawn = draw::draw(&bytes, width, &(0..MOST_PAGES)).map_err(|reason| Failure::Inside { reason })?;
        pages.extend(drawn.into_iter().flatten());
    }
    Ok(pages)
}
