//! What is typed is never lost: drafts, and what is offered after the program ended badly.

use ryoritsu::store::draft;
use ryoritsu::ui::Command;

use crate::common::{example, text};
use crate::home::{Home, Window, saved};

/// The program ends without a word.
fn crash(window: Window) {
    drop(window);
}

#[test]
fn a_draft_is_kept_after_a_pause() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "山田");
    assert!(home.kept_drafts().is_empty(), "not at every key");
    window.advance(1.0);
    let drafts = home.kept_drafts();
    let kept = draft::read(&drafts[0]).expect("a draft");
    assert_eq!((drafts.len(), &kept.case), (1, window.case().case()));
    assert_eq!(saved(&path), example("c7"));
    window.give(Command::Undo);
    window.advance(5.0);
    window.give(Command::Save);
    window.advance(5.0);
    assert!(home.kept_drafts().is_empty(), "what is saved needs no draft");
}

#[test]
fn whoever_never_pauses_gets_a_draft_all_the_same() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "");
    for _ in 0..12 {
        window.type_text("あ");
        window.advance(0.4);
    }
    assert_eq!(home.kept_drafts().len(), 1);
}

#[test]
fn a_draft_is_offered_and_taken() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "山田　太郎");
    window.advance(1.0);
    let typed = window.case().case().clone();
    crash(window);

    let mut window = home.look().at(&path).open();
    window.wait("the question", |window| window.shows("前回の下書きが残っています"));
    assert!(window.app().opened().is_none());
    window.press("下書きの続きから始める");
    assert_eq!(*window.case().case(), typed);
    assert!(window.case().is_changed());
    window.give(Command::Save);
    assert_eq!(saved(&path), typed);
    assert!(home.kept_drafts().is_empty());
}

#[test]
fn a_draft_is_offered_and_thrown_away() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "山田　太郎");
    window.advance(1.0);
    crash(window);

    let mut window = home.look().at(&path).open();
    window.wait("the question", |window| window.shows("前回の下書きが残っています"));
    window.press("下書きを破棄して、保存されている内容で開く");
    assert_eq!(*window.case().case(), example("c7"));
    assert!(home.kept_drafts().is_empty() && !window.case().is_changed());
}

#[test]
fn a_draft_that_is_not_decided_on_stays() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "山田　太郎");
    window.advance(1.0);
    crash(window);

    let mut window = home.look().at(&path).open();
    window.wait("the question", |window| window.shows("前回の下書きが残っています"));
    window.key(eframe::egui::Key::Escape);
    assert!(window.app().opened().is_none());
    assert_eq!(home.kept_drafts().len(), 1);
}

#[test]
fn a_case_that_was_never_saved_comes_back() {
    let home = Home::settled();
    let mut window = home.start();
    window.give(Command::NewCase);
    window.enter("氏名", "山田　太郎");
    window.press("作成");
    window.enter("生年月日", "R8.2.30");
    window.focus("住所");
    window.advance(1.0);
    let typed = window.case().case().clone();
    let other = home.start();
    assert!(!other.shows("保存していないケースの下書きがあります"), "a window has it open");
    drop(other);
    crash(window);

    let mut window = home.start();
    assert!(window.shows("保存していないケースの下書きがあります：山田　太郎"));
    window.press("下書きの続きから始める 山田　太郎");
    assert_eq!(*window.case().case(), typed);
    assert_eq!(window.text("生年月日"), "R8.2.30");
    window.enter("生年月日", "S55.4.3");
    window.give(Command::Save);
    assert_eq!(saved(&home.cases().join("R8-0001.ron")).people["patient.name"], text("山田　太郎"));
    window.give(Command::CloseCase);
    assert!(!window.shows("保存していないケースの下書きがあります"));
    assert!(home.kept_drafts().is_empty());
}

#[test]
fn a_case_that_was_never_saved_is_thrown_away_only_after_a_question() {
    let home = Home::settled();
    let mut window = home.start();
    window.give(Command::NewCase);
    window.enter("氏名", "山田　太郎");
    window.press("作成");
    window.advance(1.0);
    crash(window);

    let mut window = home.start();
    window.press("下書きを破棄 山田　太郎");
    window.press("キャンセル");
    assert!(window.shows("保存していないケースの下書きがあります：山田　太郎"));
    window.press("下書きを破棄 山田　太郎");
    window.press("破棄する");
    assert!(!window.shows("保存していないケースの下書きがあります"));
    assert!(home.kept_drafts().is_empty());
}

#[test]
fn a_draft_of_what_somebody_saved_since_says_so() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "山田　太郎");
    window.advance(1.0);
    crash(window);
    let mut other = ryoritsu::store::case_file::CaseFile::read(&path).expect("a case");
    other.case.people.insert("employer.department".to_owned(), text("営業部"));
    other.save(&ryoritsu::store::atomic::Disk).expect("saved");

    let mut window = home.look().at(&path).open();
    window.wait("the question", |window| window.shows("そのあとに、ほかの人がこのケースを保存しています"));
    window.press("下書きの続きから始める");
    assert_eq!(window.shared("patient.name"), "山田　太郎");
}

#[test]
fn what_was_typed_on_after_saving_is_a_draft_of_the_saved_file() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "山田");
    window.advance(1.0);
    window.give(Command::Save);
    window.type_text("太郎");
    window.advance(1.0);
    crash(window);

    let mut window = home.look().at(&path).open();
    window.wait("the question", |window| window.shows("前回の下書きが残っています"));
    assert!(!window.shows("ほかの人"));
    window.press("下書きの続きから始める");
    assert_eq!(window.shared("patient.name"), "山田太郎");
}

#[test]
fn what_could_not_be_saved_is_a_draft_of_the_saved_file() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "山田");
    window.enter("生年月日", "R8.2.30");
    window.focus("住所");
    window.advance(1.0);
    window.give(Command::Save);
    assert_eq!(saved(&path).people["patient.name"], text("山田"));
    window.advance(5.0);
    crash(window);

    let mut window = home.look().at(&path).open();
    window.wait("the question", |window| window.shows("前回の下書きが残っています"));
    assert!(!window.shows("ほかの人"), "it was saved here");
}
