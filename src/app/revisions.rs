//! What was handed out, once more: the kept PDFs written and printed unchanged, marked as old ones,
//! or two of them side by side.

use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui::Context;

use crate::dialogs::Question;
use crate::messages::{self, sheets};
use crate::model::check::SUBSTITUTES;
use crate::model::compare::{Difference, revision_differences};
use crate::model::entry::display;
use crate::model::failure::Failure;
use crate::model::form::Form;
use crate::model::log::Event;
use crate::model::people::People;
use crate::model::revision::{KeptFile, Revision};
use crate::model::value::Value;
use crate::paperwork::Office;
use crate::preview::{Pixels, draw};
use crate::print;
use crate::store::atomic::Disk;
use crate::store::kept;
use crate::ui::dialog::compare::Compared;
use crate::ui::dialog::{Compare, Dialog};

use super::hand_out::EXPORTING;
use super::jobs::Done;
use super::{App, Purpose, Then};

/// How wide the pages are drawn that are compared, in pixels.
const COMPARED: u32 = 900;
/// The most pages of a revision that are drawn.
const MOST_PAGES: usize = 8;

/// The kept PDFs of a revision, and where they are.
struct Copies {
    /// The case file.
    path: PathBuf,
    files: Vec<KeptFile>,
}

impl App {
    fn revision(&self, document: usize, number: u32) -> Option<&Revision> {
        let document = self.opened.as_ref()?.open.case().documents.get(document)?;
        document.revisions.iter().map(AsRef::as_ref).find(|revision| revision.number == number)
    }

    fn copies(&self, document: usize, revision: u32) -> Option<Copies> {
        let open = &self.opened.as_ref()?.open;
        let files = self.revision(document, revision)?.newest_copies().map(|copy| copy.file.clone()).collect();
        Some(Copies { path: open.path()?.to_owned(), files })
    }

    /// Asks for the folder of what is written once more, or of copies that say that they are old.
    pub(super) fn ask_again(&mut self, document: usize, revision: u32, is_old: bool) {
        let title = if is_old { sheets::WRITE_OLD } else { sheets::WRITE_AGAIN };
        let question = self.in_folder(Question::folder(title));
        self.ask(Purpose::Again { document, revision, is_old }, question);
    }

    /// Writes the kept PDFs of a revision: unchanged, or with 旧版 across each page.
    pub(super) fn write_again(&mut self, document: usize, revision: u32, folder: PathBuf, is_old: bool) {
        let Some(opened) = &self.opened else { return };
        let (file, library, now) = (opened.open.to_save(), Arc::clone(&self.library), self.now());
        let form = file.case.documents.get(document).map(|document| document.form.clone()).unwrap_or_default();
        let event = Event::Exported { form, draft: false, revision: Some(revision), is_old };
        let notes = vec![(file.clone(), event)];
        self.jobs.start(EXPORTING, move || {
            let office = Office { library: &library, medium: &Disk, now };
            match office.export_revision(&file, document, revision, &folder, is_old) {
                Ok(written) => Done::HandedOut(written, None, notes),
                Err(failure) => Done::HandedOut(Vec::new(), Some(failure.into()), Vec::new()),
            }
        });
    }

    /// Prints the kept PDFs of a revision, unchanged.
    pub(super) fn print_again(&mut self, document: usize, revision: u32) {
        let (Some(copies), Some(opened)) = (self.copies(document, revision), &self.opened) else { return };
        let form = opened.open.case().documents[document].form.clone();
        let event = Event::Printed { form, draft: false, revision: Some(revision), is_old: false };
        let note = Box::new((opened.open.to_save(), event));
        self.jobs.start("write paper and print", move || {
            let print = |file: &KeptFile| {
                kept::read(&Disk, &copies.path, file)?;
                let path = kept::path(&copies.path, file);
                print::print(&path).map(|printed| (path, printed))
            };
            let printed: Result<Vec<_>, Failure> = copies.files.iter().map(print).collect();
            match printed.map(|mut printed| printed.pop()) {
                Ok(Some(last)) => Done::Printed(Ok(last), Some(note)),
                Ok(None) => Done::Nothing,
                Err(failure) => Done::Printed(Err(failure.into()), None),
            }
        });
    }

    /// Shows two revisions side by side.
    pub(super) fn compare_revisions(&mut self, document: usize, revisions: (u32, u32)) {
        let title = self.surroundings().titles().into_iter().nth(document).unwrap_or_default();
        let rows = self.revision_rows(document, revisions);
        let of = Compared { document, revisions };
        self.question(Dialog::Compare(Box::new(Compare::new(title, of, rows))), Then::Stay);
        self.draw_revisions(of);
    }

    fn draw_revisions(&mut self, of: Compared) {
        let Compared { document, revisions } = of;
        let sides = [revisions.0, revisions.1].map(|number| self.copies(document, number));
        let opening = self.openings;
        let draw = move || Done::PagesDrawn(opening, of, sides.map(|side| pages(side.as_ref())));
        self.jobs.start("drawing revisions", draw);
    }

    /// Field by field what differs, in words.
    fn revision_rows(&self, document: usize, (left, right): (u32, u32)) -> Vec<(String, String, String)> {
        let Some(opened) = &self.opened else { return Vec::new() };
        let (Some(left), Some(right)) = (self.revision(document, left), self.revision(document, right)) else {
            return Vec::new();
        };
        let form = opened.open.case().documents.get(document).and_then(|one| self.library.forms.get(&one.form));
        let words = |one: &Difference| difference_words(form, &self.library.people, one);
        revision_differences(left, right).iter().map(words).collect()
    }

    /// Pages to compare were drawn. Other ones may be looked at by now, whose turn it is then.
    pub(super) fn pages_drawn(
        &mut self,
        ctx: &Context,
        (opening, of): (u64, Compared),
        pages: [Result<Vec<Pixels>, String>; 2],
    ) {
        let Some(Dialog::Compare(compare)) = &mut self.dialog else { return };
        if (opening, of) == (self.openings, compare.of) {
            compare.take(ctx, pages);
        } else {
            let of = compare.of;
            self.draw_revisions(of);
        }
    }
}

/// The pages of the first kept PDF of a revision, or why there are none to be seen.
fn pages(copies: Option<&Copies>) -> Result<Vec<Pixels>, String> {
    let words = |failure: &Failure| App::message(failure).sentences();
    let nothing = || sheets::NO_COPY_KEPT.to_owned();
    let copies = copies.ok_or_else(nothing)?;
    let file = copies.files.first().ok_or_else(nothing)?;
    let bytes = kept::read(&Disk, &copies.path, file).map_err(|failure| words(&failure))?;
    let drawn = draw::draw(&bytes, COMPARED, &(0..MOST_PAGES));
    let pages = drawn.map_err(|reason| words(&Failure::Inside { reason }))?;
    Ok(pages.into_iter().flatten().collect())
}

/// The name of a field of a form, and what stood there in each of two revisions.
fn difference_words(form: Option<&Form>, people: &People, difference: &Difference) -> (String, String, String) {
    let place = &difference.place;
    let field = form.and_then(|form| form.field(&place.field)).or_else(|| people.field(&place.field));
    let column = place.cell.as_ref().and_then(|(_, key)| field?.column(key));
    let label = match (field, place.field.as_str()) {
        (Some(field), _) => field.label.as_str(),
        (None, SUBSTITUTES) => messages::window::SUBSTITUTES,
        (None, key) => key,
    };
    let name = match (&place.cell, column) {
        (Some((row, _)), Some(column)) => messages::window::cell(label, *row, &column.label),
        (Some((_, key)), None) => messages::window::option(label, key),
        (None, _) => label.to_owned(),
    };
    let text = |value: &Option<Value>| value.as_ref().map(|value| display(column.or(field), value)).unwrap_or_default();
    (name, text(&difference.mine), text(&difference.theirs))
}
