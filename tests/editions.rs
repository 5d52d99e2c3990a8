//! What tells a draft, an empty form and the copies of a revision apart: footer, mark in the
//! corner, the word across the page, metadata; and that each stays a whole file.

mod common;

use common::{example, examples, lay_out, library};
use lopdf::{Document as File, Object};
use ryoritsu::export::Exporter;
use ryoritsu::fonts::Fonts;
use ryoritsu::layout::document::{Document, Item};
use ryoritsu::layout::{Edition, Source, layout};
use ryoritsu::model::case::Case;
use ryoritsu::model::revision::CopyMark;

/// Every edition that there is.
const EDITIONS: [Edition; 6] = [
    Edition::Draft,
    Edition::Empty,
    Edition::Revision { number: 1, mark: None },
    Edition::Revision { number: 2, mark: Some(CopyMark::Patient) },
    Edition::Revision { number: 12, mark: Some(CopyMark::Company) },
    Edition::Revision { number: 500, mark: Some(CopyMark::Hospital) },
];

fn laid_out(case: &Case, at: usize, edition: Edition, fonts: &Fonts<'_>) -> Document {
    let library = library();
    let form = &library.forms[&case.documents[at].form];
    layout(&Source { form, case, at, fonts, today: common::today(), edition })
}

fn exported(case: &Case, at: usize, edition: Edition) -> Vec<u8> {
    let library = library();
    Exporter::new(&library, common::today()).expect("whole fonts").pdf(case, at, edition).expect("right")
}

/// The texts of a page that only decorate.
fn margin(document: &Document, page: usize) -> Vec<String> {
    let text = |item: &Item| match item {
        Item::Text(run) if run.tag.is_none() => Some(run.text()),
        _ => None,
    };
    document.pages[page].items.iter().filter_map(text).collect()
}

/// A case whose plan takes more than one page.
fn long_case() -> Case {
    let mut case = example("c1");
    let text = "体調を見ながら進める。".repeat(150);
    case.documents[2].values.insert("treatment_outline".to_owned(), common::text(&text));
    case
}

#[test]
fn every_page_says_what_it_is_for() {
    let case = long_case();
    let fonts = common::fonts();
    let expected = [
        "下書き　照合番号 ",
        "照合番号 ",
        "第1版　照合番号 ",
        "第2版　照合番号 ",
        "第12版　照合番号 ",
        "第500版　照合番号 ",
    ];
    for (edition, expected) in EDITIONS.into_iter().zip(expected) {
        let document = laid_out(&case, 2, edition, &fonts);
        let count = document.pages.len();
        assert!(count > 1);
        for page in 0..count {
            let texts = margin(&document, page);
            let is_footer =
                |text: &&String| text.starts_with(expected) && text.ends_with(&format!("　{}/{count}", page + 1));
            assert_eq!(texts.iter().filter(is_footer).count(), 1, "{edition:?}: {texts:?}");
        }
    }
}

#[test]
fn a_copy_says_whose_it_is_above_all_else_on_every_page() {
    let case = long_case();
    let fonts = common::fonts();
    for (mark, label) in CopyMark::ALL.into_iter().zip(["本人控", "会社控", "病院控"]) {
        let marked = laid_out(&case, 2, Edition::Revision { number: 1, mark: Some(mark) }, &fonts);
        let plain = laid_out(&case, 2, Edition::Revision { number: 1, mark: None }, &fonts);
        for (page, (with, without)) in marked.pages.iter().zip(&plain.pages).enumerate() {
            assert_eq!(margin(&marked, page).iter().filter(|text| *text == label).count(), 1);
            let top = |item: &Item| match item {
                Item::Text(run) => run.baseline - run.size * 0.88,
                Item::Rule { from, to, .. } => from.1.min(to.1),
                Item::TickBox { area, .. } | Item::Circle(area) | Item::Signature { area, .. } => area.y,
            };
            let highest = without.items.iter().map(top).fold(f32::INFINITY, f32::min);
            let added: Vec<&Item> = with.items.iter().filter(|item| !without.items.contains(item)).collect();
            assert_eq!(added.len(), 5, "the label and its frame");
            for item in added {
                let bottom = match item {
                    Item::Text(run) => run.baseline + run.size * 0.12,
                    Item::Rule { from, to, .. } => from.1.max(to.1),
                    other => top(other),
                };
                assert!(bottom < highest, "{bottom} {highest}");
            }
        }
    }
}

#[test]
fn an_edition_changes_nothing_but_the_margins() {
    let fonts = common::fonts();
    for (name, case) in examples() {
        for at in 0..case.documents.len() {
            let tagged = |edition: Edition| -> Vec<Item> {
                let pages = laid_out(&case, at, edition, &fonts).pages;
                let items = pages.into_iter().flat_map(|page| page.items);
                items.filter(|item| matches!(item, Item::Text(run) if run.tag.is_some())).collect()
            };
            for edition in EDITIONS {
                assert_eq!(tagged(edition), tagged(Edition::Draft), "{name} {at} {edition:?}");
            }
        }
    }
}

/// The operations of a page between the mark of the word across it and its end.
fn watermark(file: &File, page: lopdf::ObjectId) -> Option<Vec<String>> {
    let operations = file.get_and_decode_page_content(page).expect("content").operations;
    let is_start = |operation: &lopdf::content::Operation| {
        let properties = operation.operands.get(1).and_then(|properties| properties.as_dict().ok());
        operation.operator == "BDC"
            && properties.is_some_and(|all| all.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Watermark"))
    };
    let start = operations.iter().position(is_start)?;
    assert_eq!(operations[start].operands[0].as_name().expect("a sort"), b"Artifact");
    let inside = operations[start..].iter().map(|operation| operation.operator.clone());
    Some(inside.take_while(|operator| operator != "EMC").collect())
}

#[test]
fn a_draft_says_so_across_every_page_in_outlines_and_nothing_else_does() {
    let case = long_case();
    for edition in EDITIONS {
        let file = File::load_mem(&exported(&case, 2, edition)).expect("a PDF");
        for page in file.get_pages().into_values() {
            let watermark = watermark(&file, page);
            assert_eq!(watermark.is_some(), edition == Edition::Draft, "{edition:?}");
            for operator in watermark.into_iter().flatten() {
                assert!(!["f", "F", "f*", "B", "b", "Tj", "TJ", "gs", "sh", "Do"].contains(&operator.as_str()));
            }
        }
    }
}

#[test]
fn the_preview_and_an_empty_form_have_no_word_across_them() {
    let case = example("c7");
    let library = library();
    let exporter = Exporter::new(&library, common::today()).expect("whole fonts");
    let (document, bytes) = exporter.page(&case, 0).expect("a page").expect("there");
    assert!(margin(&document, 0).iter().any(|text| text.starts_with("下書き")));
    let file = File::load_mem(&bytes).expect("a PDF");
    assert!(file.get_pages().into_values().all(|page| watermark(&file, page).is_none()));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("empty.pdf");
    exporter.write_empty("physician_opinion", &path).expect("written");
    let file = File::load(&path).expect("a PDF");
    assert!(file.get_pages().into_values().all(|page| watermark(&file, page).is_none()));
}

#[test]
fn the_same_edition_makes_the_same_bytes_and_another_makes_others() {
    let case = example("c2");
    let all: Vec<Vec<u8>> = EDITIONS.into_iter().map(|edition| exported(&case, 0, edition)).collect();
    for (at, edition) in EDITIONS.into_iter().enumerate() {
        assert_eq!(all[at], exported(&case, 0, edition), "{edition:?}");
        assert!(all[..at].iter().all(|other| *other != all[at]), "{edition:?}");
    }
}

#[test]
fn a_draft_is_never_written_over_what_was_handed_out() {
    let case = example("c2");
    let library = library();
    let mut exporter = Exporter::new(&library, common::today()).expect("whole fonts");
    let folder = tempfile::tempdir().expect("a folder");
    let path = exporter.write(&case, 0, folder.path()).expect("a draft");
    let handed_out = exported(&case, 0, Edition::Revision { number: 1, mark: None });
    std::fs::write(&path, &handed_out).expect("written");
    let mut exporter = Exporter::new(&library, common::today()).expect("whole fonts");
    assert!(exporter.write(&case, 0, folder.path()).is_err());
    assert_eq!(std::fs::read(&path).expect("read"), handed_out);
}

#[test]
fn laying_out_for_the_screen_is_a_draft() {
    assert!(lay_out(&example("c7"), 0).across.is_none());
}
