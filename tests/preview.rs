//! The drawn page: exactly as large as asked for, nothing but what changed changes, and the
//! thread that draws never works on what nobody wants to see any more.

mod common;

use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use common::{case_with, example, examples, lay_out, library, print, text, today};
use ryoritsu::layout::document::{Area, Document};
use ryoritsu::model::case::Case;
use ryoritsu::model::check::What;
use ryoritsu::preview::draw::{WIDEST, draw};
use ryoritsu::preview::{Picture, Pixels, Request, Worker};

/// The width of A4 in pt.
const A4: f32 = 595.276;

fn first(case: &Case, width: u32) -> (Document, Pixels) {
    let document = lay_out(case, 0);
    let drawn = draw(&print(&document), width, &(0..1)).expect("a PDF").remove(0).expect("the first page");
    (document, drawn)
}

fn is_white(pixel: &[u8]) -> bool {
    pixel == [255, 255, 255, 255]
}

#[test]
fn a_page_is_as_wide_as_asked_for_and_of_a4() {
    let bytes = print(&lay_out(&example("c7"), 0));
    for width in [1, 7, 120, 595, 794, 1191, 1489, 1490] {
        let page = draw(&bytes, width, &(0..1)).expect("a PDF").remove(0).expect("drawn");
        assert_eq!(page.width, width as usize);
        assert_eq!(page.rgba.len(), page.width * page.height * 4);
        let exact = f64::from(width) * 841.89 / 595.276;
        #[expect(clippy::cast_precision_loss, reason = "a page has some thousand pixels")]
        let height = page.height as f64;
        assert!((height - exact).abs() <= 1.0, "{width} × {height}");
    }
}

#[test]
fn a_width_beyond_all_measure_is_kept_within_bounds() {
    let bytes = print(&lay_out(&case_with("return_opinion", &[]), 0));
    for (asked, width) in [(0, 1), (u32::MAX, WIDEST as usize)] {
        let drawn = draw(&bytes, asked, &(0..1)).expect("a PDF");
        assert_eq!(drawn[0].as_ref().expect("drawn").width, width);
    }
}

#[test]
fn what_is_no_pdf_is_refused() {
    assert!(draw(b"Case(format: 1)", 100, &(0..1)).is_err());
    assert!(draw(b"", 100, &(0..1)).is_err());
}

#[test]
fn only_the_pages_asked_for_are_drawn() {
    let long = "長い文章です。".repeat(400);
    let bytes = print(&lay_out(&case_with("physician_opinion", &[("current_symptoms", text(&long))]), 0));
    let count = draw(&bytes, 60, &(0..0)).expect("a PDF").len();
    assert!(count > 2, "{count} pages");
    let drawn = draw(&bytes, 60, &(1..2)).expect("a PDF");
    let which: Vec<usize> = (0..count).filter(|at| drawn[*at].is_some()).collect();
    assert_eq!(which, [1]);
}

/// Whether a pixel lies within an area, give or take two for soft edges.
fn is_in(area: &Area, scale: f32, x: usize, y: usize) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "a page has some thousand pixels")]
    let (x, y) = (x as f32, y as f32);
    let near = 2.0;
    let left_right = area.x * scale - near <= x && x <= area.right() * scale + near;
    left_right && area.y * scale - near <= y && y <= area.bottom() * scale + near
}

#[test]
fn a_typed_character_changes_its_field_and_nothing_else() {
    let width = 794;
    let mut case = example("c7");
    let (document, before) = first(&case, width);
    let symptoms = case.documents[0].values.get_mut("current_symptoms").expect("filled");
    *symptoms = text(&format!("{}ん", symptoms.as_text().expect("text")));
    let (_, after) = first(&case, width);
    let fields = document.pages[0].fields.iter();
    let areas: Vec<Area> =
        fields.filter(|field| field.field.key == "current_symptoms").map(|field| field.area).collect();
    #[expect(clippy::cast_precision_loss, reason = "a page has some thousand pixels")]
    let scale = width as f32 / A4;
    let (mut within, mut elsewhere) = (0, 0);
    for (at, (old, new)) in before.rgba.chunks(4).zip(after.rgba.chunks(4)).enumerate() {
        if old != new {
            let (x, y) = (at % before.width, at / before.width);
            // The fingerprint of the content stands in the footer.
            let is_footer = y > before.height * 94 / 100;
            match areas.iter().any(|area| is_in(area, scale, x, y)) {
                true => within += 1,
                false if is_footer => {}
                false => elsewhere += 1,
            }
        }
    }
    assert!(within > 10, "{within} pixels of the field changed");
    assert_eq!(elsewhere, 0, "pixels elsewhere changed");
}

#[test]
fn every_form_of_every_example_and_every_empty_form_is_drawn() {
    let mut cases: Vec<(String, Case)> = examples().into_iter().map(|(name, case)| (name.to_owned(), case)).collect();
    let empty = library().forms.into_keys().map(|form| (form.clone(), Case::new(String::new(), String::new(), [form])));
    cases.extend(empty);
    for (name, case) in cases {
        for at in 0..case.documents.len() {
            let drawn = draw(&print(&lay_out(&case, at)), 200, &(0..99)).expect("a PDF");
            for page in drawn {
                let page = page.expect("drawn");
                let dark = page.rgba.chunks(4).filter(|pixel| !is_white(pixel)).count();
                assert!(dark > page.width, "{name} {at}: {dark} pixels are not white");
                assert!(is_white(&page.rgba[..4]), "{name} {at}: the corner of the paper");
            }
        }
    }
}

fn request(case: &Case, revision: u64, at: usize, width: u32, pages: Range<usize>) -> Request {
    let library = Arc::new(library());
    Request { library, case: Arc::new(case.clone()), opening: 1, revision, at, today: today(), width, pages }
}

fn worker() -> Worker {
    Worker::start(|| {}).expect("a thread")
}

fn next(worker: &Worker) -> Picture {
    let since = Instant::now();
    loop {
        if let Some(picture) = worker.poll() {
            return picture;
        }
        assert!(since.elapsed() < Duration::from_secs(20), "no picture came");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn the_worker_draws_what_was_asked_for_last() {
    let worker = worker();
    let mut case = example("c7");
    for revision in 1..=40 {
        case.people.insert("patient.name".to_owned(), text(&format!("早坂　{revision}")));
        worker.request(request(&case, revision, 0, 100, 0..1));
    }
    let mut pictures = Vec::new();
    while pictures.last() != Some(&40) {
        pictures.push(next(&worker).request.revision);
    }
    assert!(pictures.is_sorted(), "{pictures:?}");
    assert!(pictures.len() < 20, "most of them are passed over: {pictures:?}");
}

#[test]
fn a_picture_knows_its_fields_and_all_problems_of_the_case() {
    let worker = worker();
    let mut case = example("c7");
    case.people.insert("patient.name".to_owned(), text("早坂\u{E000}"));
    worker.request(request(&case, 1, 0, 100, 0..1));
    let picture = next(&worker);
    assert_eq!(picture.failure, None);
    let document = picture.document.expect("laid out");
    assert!(document.pages[0].fields.iter().any(|field| field.field.key == "patient.name"));
    let documents: Vec<_> = picture.problems.iter().filter(|problem| is_missing(&problem.what)).collect();
    assert!(!documents.is_empty(), "{:?}", picture.problems);
    assert_eq!(picture.pages[0].as_ref().expect("drawn").width, 100);
}

fn is_missing(what: &What) -> bool {
    matches!(what, What::MissingGlyph { character } if character == "\u{E000}")
}

#[test]
fn the_same_document_is_drawn_again_at_another_size() {
    let worker = worker();
    let case = example("c7");
    for width in [100, 200, 150] {
        worker.request(request(&case, 1, 2, width, 0..1));
        let picture = next(&worker);
        assert_eq!(picture.pages[0].as_ref().expect("drawn").width, width as usize);
    }
    worker.request(request(&case, 1, 0, 150, 0..1));
    let picture = next(&worker);
    assert_eq!(picture.document.expect("laid out").title, lay_out(&case, 0).title, "another document of it");
}

#[test]
fn an_unknown_form_and_a_missing_document_give_no_picture() {
    let worker = worker();
    let case = Case::new("R8-0001".to_owned(), String::new(), ["no_such_form".to_owned()]);
    for at in [0, 9] {
        worker.request(request(&case, 1, at, 100, 0..1));
        let picture = next(&worker);
        assert!(picture.pages.is_empty() && picture.document.is_none() && picture.failure.is_none());
        assert!(picture.problems.iter().any(|problem| matches!(problem.what, What::UnknownForm { .. })));
    }
    worker.request(request(&example("c7"), 2, 0, 100, 0..1));
    assert!(next(&worker).document.is_some(), "the thread goes on");
}
