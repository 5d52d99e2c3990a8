//! The pages of what somebody will get, drawn from the very PDFs that are made of it.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::Context;

use crate::export::{Exporter, Refusal};
use crate::messages::done;
use crate::model::disclosure::DisclosedCase;
use crate::model::failure::Failure;
use crate::model::revision::{Edition, Paper};
use crate::preview::{Pixels, draw};
use crate::store::template_file::Library;
use crate::ui::dialog::Dialog;
use crate::ui::dialog::disclosed::{Disclosed, Printed};
use crate::ui::dialog::page_view::{Drawn, Wanted};

use super::App;
use super::jobs::Done;

/// The job that draws them.
pub(super) const DRAWING: &str = "drawing what goes";
/// So many pages are drawn as sharp as the screen.
const SHARP_PAGES: usize = 40;

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
        let Some((wanted, disclosed, printed)) = self.disclosed().and_then(|disclosed| disclosed.to_draw()) else {
            return;
        };
        let (opening, library, today) = (self.openings, Arc::clone(&self.library), (self.today)());
        let revisions = disclosed.places().iter().map(|at| self.revision_to_be(*at)).collect::<Vec<_>>();
        self.jobs.start(DRAWING, move || {
            let drawn = pages(&Exporting { library: &library, today, printed, revisions }, &disclosed, wanted.width);
            Done::DisclosedDrawn(opening, wanted, drawn.map_err(|failure| Self::message(&failure).sentences()))
        });
    }

    /// The number of the revision that a document becomes when it goes out as it is now.
    fn revision_to_be(&self, at: usize) -> u32 {
        let Some(case) = self.opened.as_ref().map(|opened| opened.open.case()) else { return 1 };
        let Some(document) = case.documents.get(at) else { return 1 };
        let form = self.library.forms.get(&document.form);
        match form.map(|form| Paper::of(case, document, form)) {
            None | Some(Paper::Draft) => 1,
            Some(Paper::Current(revision)) => revision.number,
            Some(Paper::Changed(revision)) => revision.number + 1,
        }
    }

    /// The pages could not be drawn by a mistake of the program: they are not tried for ever.
    pub(super) fn not_drawn(&mut self, ctx: &Context) {
        if let Some(disclosed) = self.disclosed()
            && let Some(wanted) = disclosed.pages.wanted()
        {
            disclosed.pages.take(ctx, wanted, Err(done::broken().sentences()));
        }
    }

    /// Pages were drawn. Other ones may be needed by now: then those are drawn next.
    pub(super) fn disclosed_drawn(&mut self, ctx: &Context, opening: u64, of: Wanted, drawn: Drawn) {
        if opening == self.openings
            && let Some(disclosed) = self.disclosed()
            && disclosed.pages.wanted() == Some(of)
        {
            disclosed.pages.take(ctx, of, drawn);
        }
    }
}

/// What the PDFs are made with.
struct Exporting<'a> {
    library: &'a Library,
    today: NaiveDate,
    printed: Printed,
    /// The number of the revision that each document becomes.
    revisions: Vec<u32>,
}

fn pages(exporting: &Exporting<'_>, disclosed: &DisclosedCase, wide: u32) -> Result<Vec<Pixels>, Failure> {
    let exporter = Exporter::new(exporting.library, exporting.today)?;
    let exporter = exporter.with_timeline(exporting.printed.with_timeline);
    let mark = exporting.printed.mark;
    let mut papers = Vec::new();
    for (at, number) in exporting.revisions.iter().copied().enumerate() {
        let bytes = match exporter.outward(disclosed, at, Edition::Revision { number, mark }) {
            Ok(bytes) => bytes,
            Err(Refusal::Failure(failure)) => return Err(failure),
            // What is wrong on it is told when it is handed out; it can be looked at all the same.
            Err(Refusal::Problems(_)) => match exporter.page(disclosed.case(), at)? {
                Some((_, bytes)) => bytes,
                None => continue,
            },
        };
        papers.push(bytes);
    }
    draw_all(&papers, wide).map_err(|reason| Failure::Inside { reason })
}

/// All pages, since whatever goes is to be seen: very many of them less sharp, so that they take no
/// more memory.
fn draw_all(papers: &[Vec<u8>], wide: u32) -> Result<Vec<Pixels>, String> {
    let mut count = 0;
    for paper in papers {
        count += draw::draw(paper, 1, &(0..0))?.len();
    }
    let wide = if count > SHARP_PAGES { sharpness(wide, count) } else { wide };
    let mut pages = Vec::new();
    for paper in papers {
        pages.extend(draw::draw(paper, wide, &(0..count))?.into_iter().flatten());
    }
    Ok(pages)
}

/// The width at which so many pages have together as many pixels as the sharp ones.
fn sharpness(wide: u32, count: usize) -> u32 {
    #[expect(clippy::cast_precision_loss, reason = "a share of a width")]
    let share = (SHARP_PAGES as f64 / count as f64).sqrt();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is less than the width")]
    let less = (f64::from(wide) * share) as u32;
    less.max(1)
}
