//! Japanese input: what is being composed concerns nobody else until it is committed.

use eframe::egui::{Event, ImeEvent, Key, Modifiers};
use ryoritsu::model::case::Case;
use ryoritsu::model::check::Place;
use ryoritsu::model::value::Values;
use ryoritsu::ui::Command;

use crate::common::example;
use crate::home::{Home, Window, saved};

/// The example without the people in it.
fn nameless() -> Case {
    Case { people: Values::new(), ..example("c7") }
}

fn open(home: &Home) -> Window {
    let path = home.put("case.ron", &nameless());
    home.open(&path)
}

#[test]
fn a_composition_is_in_the_input_and_nowhere_else() {
    let home = Home::settled();
    let mut window = open(&home);
    window.wait_for_page();
    window.focus("氏名");
    window.compose("はやさか");
    window.advance(5.0);
    assert_eq!(window.text("氏名"), "はやさか");
    assert_eq!(*window.case().case(), nameless());
    assert_eq!((window.case().revision(), window.case().history().next_undo()), (0, None));
    assert_eq!(home.kept_drafts(), Vec::<std::path::PathBuf>::new());
    let shown = window.app().opened().expect("open").page.picture().expect("drawn");
    assert_eq!(*shown.request.case, nameless());

    window.commit("早坂");
    assert_eq!((window.shared("patient.name").as_str(), window.text("氏名").as_str()), ("早坂", "早坂"));
    window.advance(5.0);
    assert_eq!(home.kept_drafts().len(), 1);
    window.give(Command::Undo);
    assert_eq!(*window.case().case(), nameless());
}

#[test]
fn a_composition_is_put_between_what_stands_there() {
    let home = Home::settled();
    let mut window = open(&home);
    window.enter("住所", "宮城県市");
    window.key(Key::ArrowLeft);
    window.compose("ほしみ");
    assert_eq!(window.shared("patient.address"), "宮城県市");
    window.commit("星見");
    assert_eq!(window.shared("patient.address"), "宮城県星見市");
}

#[test]
fn enter_and_escape_belong_to_the_composition() {
    let home = Home::settled();
    let mut window = open(&home);
    for key in [Key::Enter, Key::Escape, Key::Tab] {
        window.enter("氏名", "");
        window.compose("やまだ");
        window.key(key);
        assert_eq!(window.focused().as_deref(), Some("氏名"), "{key:?}");
        assert_eq!(window.shared("patient.name"), "", "{key:?}");
        window.commit("山田");
        assert_eq!(window.shared("patient.name"), "山田", "{key:?}");
    }
    window.key(Key::Enter);
    assert_eq!(window.focused().as_deref(), Some("フリガナ"), "after it Enter moves on again");
}

#[test]
fn a_dialog_stays_open_while_composing() {
    let home = Home::settled();
    let mut window = home.start();
    window.give(Command::NewCase);
    window.focus("氏名");
    window.compose("やまだ");
    window.key(Key::Escape);
    window.key(Key::Enter);
    window.keys(Modifiers::COMMAND, Key::Enter);
    assert!(window.query_input("氏名").is_some(), "the dialog is still there");
    assert!(window.app().opened().is_none());
    window.commit("山田");
    assert_eq!(window.text("氏名"), "山田");
    window.key(Key::Escape);
    assert_eq!(window.text("氏名"), "山田", "what was typed is not thrown away by a key");
    window.press("キャンセル");
    assert!(window.query_input("氏名").is_none());
}

#[test]
fn no_shortcut_fires_while_composing() {
    let home = Home::settled();
    let mut window = open(&home);
    let path = home.cases().join("case.ron");
    window.enter("住所", "宮城県");
    window.focus("氏名");
    window.compose("やまだ");
    for command in [Command::Save, Command::Undo, Command::NextTab, Command::CloseCase, Command::Help] {
        window.give(command);
    }
    assert_eq!(saved(&path), nameless(), "nothing was saved");
    assert_eq!(window.shared("patient.address"), "宮城県", "nothing was undone");
    assert_eq!(window.focused().as_deref(), Some("氏名"));
    window.commit("山田");
    window.give(Command::Save);
    assert_eq!(saved(&path), *window.case().case());
    assert_eq!(window.shared("patient.name"), "山田");
}

#[test]
fn a_late_commit_is_not_written_into_the_next_field() {
    let home = Home::settled();
    let mut window = open(&home);
    window.focus("氏名");
    window.compose("やまだ");
    window.focus("フリガナ");
    window.commit("やまだ");
    assert_eq!(window.shared("patient.name"), "やまだ", "it stays where it was composed");
    assert_eq!(window.shared("patient.kana"), "");
    assert_eq!((window.text("氏名").as_str(), window.text("フリガナ").as_str()), ("やまだ", ""));
    window.type_text("ヤマダ");
    window.compose("たろう");
    window.commit("タロウ");
    assert_eq!(window.shared("patient.kana"), "ヤマダタロウ", "the next one is taken again");
}

#[test]
fn a_composition_that_is_given_up_leaves_nothing() {
    let home = Home::settled();
    let mut window = open(&home);
    window.enter("氏名", "早坂");
    window.compose("ゆみこ");
    window.compose("");
    assert_eq!(window.text("氏名"), "早坂");
    window.focus("フリガナ");
    assert_eq!(window.shared("patient.name"), "早坂");
    assert_eq!(window.case().history().next_undo().map(|(_, place)| place.clone()), Some(Place::field("patient.name")));
    window.give(Command::Undo);
    assert_eq!(*window.case().case(), nameless());
}

#[test]
fn the_case_number_takes_a_composition_too() {
    let home = Home::settled();
    let mut window = open(&home);
    window.enter("ケース番号", "R8-");
    window.compose("に");
    window.advance(1.0);
    assert_eq!(window.case().case().number, "R8-");
    window.commit("2");
    assert_eq!(window.case().case().number, "R8-2");
}

#[test]
fn the_search_waits_for_the_commit() {
    let home = Home::settled();
    home.put("a.ron", &example("c1"));
    home.put("b.ron", &example("c7"));
    let mut window = home.start();
    window.focus("ケースを探す");
    window.compose("はやさか");
    assert!(window.shows("2件"));
    window.key(Key::Enter);
    assert!(window.app().opened().is_none());
    window.commit("早坂");
    assert!(window.shows("2件中 1件"));
}

#[test]
fn a_late_commit_after_a_click_is_not_written_twice_either() {
    let home = Home::settled();
    let mut window = open(&home);
    window.focus("氏名");
    window.compose("やまだ");
    window.input("フリガナ").click();
    // Not every system takes the composition back before it commits.
    window.harness.event(Event::Ime(ImeEvent::Commit("やまだ".to_owned())));
    window.run();
    assert_eq!(window.focused().as_deref(), Some("フリガナ"));
    assert_eq!((window.shared("patient.name").as_str(), window.shared("patient.kana").as_str()), ("やまだ", ""));
}

#[test]
fn a_composition_in_a_cell_and_in_long_text_waits_too() {
    let home = Home::settled();
    let mut window = open(&home);
    for _ in 0..3 {
        window.give(Command::NextTab);
    }
    let before = window.case().revision();
    for name in ["復職計画 1行目 勤務時間", "治療・投薬等の状況、今後の治療予定"] {
        window.focus(name);
        // Else the composition would take the place of what is there.
        window.key(Key::End);
        window.compose("ごぜん");
        window.advance(1.0);
        window.keys(Modifiers::COMMAND, Key::Enter);
        assert_eq!(window.focused().as_deref(), Some(name));
        assert_eq!(window.case().revision(), before, "{name}");
        window.compose("");
    }
    assert_eq!(*window.case().case(), nameless());
}
