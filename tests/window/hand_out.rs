//! PDFs: where they are written, and what keeps them from it.

use std::fs;
use std::path::PathBuf;

use ryoritsu::model::value::Value;
use ryoritsu::ui::Command;

use crate::common::{example, text};
use crate::home::{Home, Window};

fn open(home: &Home) -> Window {
    let path = home.put("case.ron", &example("c7"));
    home.open(&path)
}

/// The files that were written, by name.
fn written(home: &Home) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(home.out()).expect("a folder").map(|entry| entry.expect("readable").path()).collect();
    files.sort();
    files
}

fn pages(path: &PathBuf) -> usize {
    lopdf::Document::load(path).expect("a PDF").get_pages().len()
}

#[test]
fn the_shown_document_is_written() {
    let home = Home::settled();
    let mut window = open(&home);
    window.give(Command::NextTab);
    window.give(Command::NextTab);
    window.will_choose(&home.out());
    window.give(Command::ExportDocument);
    let files = written(&home);
    assert_eq!(files.len(), 1, "{files:?}");
    let name = files[0].file_name().expect("named").to_string_lossy().into_owned();
    assert!(name.contains("R8-0007") && window.has_told(&name), "{name}: {:?}", window.told());
    window.will_choose(&home.out());
    window.give(Command::ExportDocument);
    assert_eq!(written(&home), files, "its own one is written anew");
}

#[test]
fn all_documents_are_written_each_and_together() {
    let home = Home::settled();
    let mut window = open(&home);
    window.will_choose(&home.out());
    window.give(Command::ExportAll);
    assert_eq!(written(&home).len(), 3);
    assert!(window.has_told("PDFを3件書き出しました"));
    let single: usize = written(&home).iter().map(pages).sum();
    let together = home.out().join("together.pdf");
    window.will_choose(&together);
    window.choose("書き出し・印刷", Command::ExportTogether);
    assert_eq!(pages(&together), single);
}

#[test]
fn an_empty_form_holds_nothing_of_the_case() {
    let home = Home::settled();
    let mut window = open(&home);
    let path = home.out().join("empty.pdf");
    window.will_choose(&path);
    window.choose("書き出し・印刷", Command::ExportEmpty);
    let mut page = lopdf::Document::load(&path).expect("a PDF");
    page.decompress();
    let words = page.extract_text(&[1]).expect("text");
    assert!(!words.contains("早坂") && !words.contains("R8-0007"), "{words}");
    assert!(window.has_told("empty.pdf"));
}

#[test]
fn a_wrong_page_is_not_written_and_the_problems_are_shown() {
    let home = Home::settled();
    let mut case = example("c7");
    case.people.insert("patient.name".to_owned(), text("早坂\u{E000}"));
    let path = home.put("case.ron", &case);
    let mut window = home.look().at(&path).with_any_glyph().open();
    window.wait("the case", |window| window.app().opened().is_some());
    window.will_choose(&home.out());
    window.give(Command::ExportAll);
    assert!(written(&home).is_empty(), "all or nothing");
    assert!(window.has_told("正しく印刷できない内容が"), "{:?}", window.told());
    assert!(window.app().opened().expect("open").problem_list.is_open);
}

#[test]
fn a_pdf_of_somebody_else_is_not_written_over() {
    let home = Home::settled();
    let mut window = open(&home);
    window.will_choose(&home.out());
    window.give(Command::ExportDocument);
    let path = written(&home).remove(0);
    fs::write(&path, b"%PDF-1.7 signed").expect("written");
    window.will_choose(&home.out());
    window.give(Command::ExportDocument);
    assert_eq!(fs::read(&path).expect("there"), b"%PDF-1.7 signed");
    assert!(window.has_told("署名や書き込みが加えられている可能性がある"), "{:?}", window.told());
}

#[test]
fn advice_of_the_window_names_no_option_of_the_command_line() {
    let home = Home::settled();
    let mut window = open(&home);
    window.will_choose(&home.out());
    window.give(Command::ExportDocument);
    fs::write(&written(&home)[0], b"%PDF-1.7 signed").expect("written");
    window.will_choose(&home.out());
    window.give(Command::ExportDocument);
    assert!(!window.has_told("--out"), "{:?}", window.told());
}

#[test]
fn a_case_without_documents_has_nothing_to_write() {
    let home = Home::settled();
    let mut case = example("c7");
    case.documents.clear();
    let path = home.put("case.ron", &case);
    let mut window = home.open(&path);
    window.give(Command::ExportDocument);
    window.give(Command::ExportAll);
    assert!(window.has_told("書類がありません") && window.asked().is_empty());
}

#[test]
fn what_is_not_saved_is_written_as_it_stands() {
    let home = Home::settled();
    let mut window = open(&home);
    window.enter("氏名", "山田　太郎");
    window.will_choose(&home.out());
    window.give(Command::ExportDocument);
    assert_eq!(written(&home).len(), 1);
    assert!(window.case().is_changed(), "handing out is not saving");
    assert_eq!(
        window.value(&ryoritsu::model::check::Place::field("patient.name")).as_ref().and_then(Value::as_text),
        Some("山田　太郎")
    );
}

#[test]
fn a_folder_that_is_gone_is_told() {
    let home = Home::settled();
    let mut window = open(&home);
    window.will_choose(&home.out().join("gone"));
    window.give(Command::ExportDocument);
    assert!(window.has_told("見つかりません"), "{:?}", window.told());
}

#[test]
fn a_pdf_opens_with_a_password_or_can_be_filled_in() {
    let home = Home::settled();
    let mut window = open(&home);
    window.give(Command::NextTab);
    window.give(Command::HandOut);
    window.press("パスワード：PDFを開くパスワードを付ける（AES-256）");
    assert!(window.shows("パスワードが未入力です"));
    window.enter("パスワード", "もみじ2026");
    window.will_choose(&home.out());
    window.press("書き出すフォルダー…");
    window.press("渡す");
    let path = written(&home).remove(0);
    assert!(lopdf::Document::load(&path).is_ok_and(|pdf| pdf.is_encrypted()), "{:?}", window.told());
    fs::remove_file(&path).expect("removed");
    window.give(Command::HandOut);
    assert!(window.query_input("パスワード").is_none(), "it is kept nowhere");
    window.press("入力用PDF：相手の記入欄に入力できるPDFにする");
    window.press("渡す");
    let path = written(&home).remove(0);
    assert!(path.to_string_lossy().contains("入力用"), "{path:?}: {:?}", window.told());
    window.give(Command::HandOut);
    window.press("渡し方：印刷する");
    assert!(!window.shows("AES-256"), "what is printed has no password");
}
