//! The start page, and what the program starts with: settings, templates.

use std::fs;

use eframe::egui::Key;
use ryoritsu::ui::Command;

use crate::common::{example, library};
use crate::home::{Home, Window};

fn search(window: &mut Window, words: &str) {
    window.enter("ケースを探す", words);
}

#[test]
fn cases_are_found_however_they_are_typed() {
    let home = Home::settled();
    for name in ["c1", "c2", "c4", "c7"] {
        home.put(&format!("{name}.ron"), &example(name));
    }
    let mut window = home.start();
    assert!(window.shows("4件"));
    for words in ["早坂", "はやさか", "ハヤサカ", "ﾊﾔｻｶ　ﾕﾐｺ", "R8-0007", "ｒ８－０００７", "0048213", "ほしみ野"]
    {
        search(&mut window, words);
        assert!(window.shows("早坂　由美子") && window.shows("4件中 1件"), "{words}");
    }
    search(&mut window, "いない人");
    assert!(window.shows("見つかりませんでした"));
    search(&mut window, "");
    assert!(window.shows("4件") && !window.shows("4件中"));
}

#[test]
fn the_only_case_that_is_found_opens_with_enter() {
    let home = Home::settled();
    home.put("c1.ron", &example("c1"));
    home.put("c7.ron", &example("c7"));
    let mut window = home.start();
    window.give(Command::Find);
    assert_eq!(window.focused().as_deref(), Some("ケースを探す"));
    window.type_text("はやさか");
    window.key(Key::Enter);
    window.wait("the case", |window| window.app().opened().is_some());
    assert_eq!(*window.case().case(), example("c7"));
}

#[test]
fn the_arrows_choose_from_the_list() {
    let home = Home::settled();
    home.put("c1.ron", &example("c1"));
    home.put("c7.ron", &example("c7"));
    let mut window = home.start();
    window.key(Key::Enter);
    assert!(window.app().opened().is_none(), "nothing is chosen yet");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.wait("the case", |window| window.app().opened().is_some());
}

#[test]
fn a_broken_file_is_listed_with_the_reason() {
    let home = Home::settled();
    home.put("c7.ron", &example("c7"));
    fs::write(home.cases().join("broken.ron"), "Case(format: 1, number: 3").expect("written");
    let window = home.start();
    assert!(window.shows("早坂　由美子"), "one bad file hides no other");
    assert!(window.shows("broken.ron"));
    let failure = ryoritsu::store::case_file::CaseFile::read(&home.cases().join("broken.ron")).expect_err("broken");
    assert!(window.shows(&ryoritsu::messages::failure(&failure).what));
}

#[test]
fn a_folder_that_vanishes_is_told_and_comes_back() {
    let home = Home::settled();
    home.put("c7.ron", &example("c7"));
    let mut window = home.start();
    let aside = home.cases().with_file_name("aside");
    fs::rename(home.cases(), &aside).expect("moved");
    window.give(Command::Refresh);
    assert!(window.shows("ファイルまたはフォルダーが見つかりません"));
    assert!(!window.shows("早坂　由美子"));
    fs::rename(&aside, home.cases()).expect("moved back");
    window.give(Command::Refresh);
    assert!(window.shows("早坂　由美子"));
}

#[test]
fn another_folder_is_chosen_and_remembered() {
    let home = Home::settled();
    home.put("c7.ron", &example("c7"));
    let other = home.out();
    let mut window = home.start();
    window.will_choose(&other);
    window.press("フォルダーを選ぶ…");
    assert!(window.shows("には、まだケースがありません"));
    drop(window);
    assert!(home.start().shows(&other.display().to_string()));
}

#[test]
fn a_recent_case_that_is_gone_is_told_and_forgotten() {
    let home = Home::settled();
    let path = home.put("早坂.ron", &example("c7"));
    let mut window = home.open(&path);
    window.give(Command::CloseCase);
    assert!(window.shows("最近開いたケース"));
    fs::remove_file(&path).expect("removed");
    window.press("早坂");
    assert!(window.has_told("見つかりません"));
    assert!(window.query_clickable("早坂").is_none());
}

#[test]
fn damaged_settings_are_forgiven() {
    for damage in ["", "Settings(zoom: 1.", "\u{0}\u{0}", "Settings(zoom: NaN, recent: 3)"] {
        let home = Home::new();
        fs::write(home.settings(), damage).expect("written");
        let window = home.start();
        assert!(window.shows("治療と仕事の両立支援の書類を作ります"), "{damage:?}");
        assert_eq!(window.told(), Vec::<String>::new(), "{damage:?}");
    }
}

#[test]
fn a_broken_template_is_told_with_its_line() {
    let home = Home::settled();
    let path = home.out().join("own.ron");
    fs::write(&path, "Form(\n    format: 1,\n    key: 3,\n)").expect("written");
    let mut library = library();
    library.add_folder(&home.out());
    assert_eq!(library.troubles.len(), 1);
    let window = home.look().with_library(library).open();
    assert!(window.has_told("own.ron"), "{:?}", window.told());
    assert!(window.has_told("行目") || window.has_told("3:"), "where in the file: {:?}", window.told());
}

#[test]
fn the_window_zooms_and_remembers_it() {
    let home = Home::settled();
    let mut window = home.start();
    window.give(Command::ZoomIn);
    window.give(Command::ZoomIn);
    drop(window);
    let mut window = home.start();
    assert!((window.harness.ctx.zoom_factor() - 1.2).abs() < 0.01);
    window.give(Command::ZoomReset);
    assert!((window.harness.ctx.zoom_factor() - 1.0).abs() < 0.01);
}
