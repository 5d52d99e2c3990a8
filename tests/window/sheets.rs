//! What is asked on a sheet is recorded in its own case, once, and nothing that was typed gets lost.

use std::fs;
use std::path::Path;

use eframe::egui::{Event, ImeEvent, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::case_file::CaseFile;
use ryoritsu::store::log;
use ryoritsu::ui::Command;

use crate::common::{example, text};
use crate::home::{Home, Window, saved};

/// Presses the keys of a command, and draws one frame only.
fn press_once(window: &mut Window, command: Command) {
    let keys = command.shortcut().expect("it has a shortcut");
    window.harness.input_mut().events.push(Event::Key {
        key: keys.logical_key,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: keys.modifiers,
    });
    window.harness.step();
}

/// Whether the folder is named by itself, as on a sheet, and not within a message.
fn offers(window: &Window, folder: &Path) -> bool {
    window.harness.query_all_by_label(&folder.display().to_string()).next().is_some()
}

fn hold_enter(window: &mut Window) {
    for _ in 0..2 {
        window.harness.event(Event::Key {
            key: Key::Enter,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        });
        window.harness.step();
    }
}

fn release_enter(window: &mut Window) {
    window.harness.event(Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: false,
        repeat: false,
        modifiers: Modifiers::NONE,
    });
    window.settle();
}

#[test]
fn a_sheet_goes_with_its_case() {
    let home = Home::settled();
    let other = home.put("c2.ron", &example("c2"));
    for command in [Command::HandOut, Command::Revisions] {
        let mut window = home.open(&home.put(&format!("{command:?}.ron"), &example("c1")));
        window.will_choose(&other);
        press_once(&mut window, Command::Open);
        // In this frame the other case begins to be read.
        press_once(&mut window, command);
        assert_ne!(window.case().path(), Some(&*other), "it is not there yet");
        window.wait("the other case", |window| window.case().path() == Some(&*other));
        window.settle();
        assert!(!window.shows("渡す相手") && !window.shows("版の一覧"), "{command:?} of the case before");
    }
}

#[test]
fn a_sheet_comes_back_where_what_somebody_else_saved_cannot_be_read() {
    let home = Home::settled();
    let path = home.put("c1.ron", &example("c1"));
    let mut window = home.open(&path);
    window.give(Command::HandOut);
    window.enter("相手の氏名", "代理の方");
    fs::write(&path, "(").expect("written");
    window.press("渡す");
    assert_eq!(window.text("相手の氏名"), "代理の方", "{:?}", window.told());
}

#[test]
fn a_sheet_that_waits_for_a_decision_goes_with_its_case() {
    let home = Home::settled();
    let (path, other) = (home.put("c1.ron", &example("c1")), home.put("c2.ron", &example("c2")));
    let mut window = home.open(&path);
    window.give(Command::HandOut);
    let mut theirs = CaseFile::read(&path).expect("a case");
    theirs.case.people.insert("employer.department".to_owned(), text("総務部"));
    theirs.save(&Disk).expect("saved");
    window.press("渡す");
    assert!(window.shows("ほかの人が、このケースを変更して保存しました"));
    window.press("名前を付けて保存…");
    window.will_choose(&other);
    window.give(Command::Open);
    window.give(Command::Help);
    window.key(Key::Escape);
    assert!(window.case().path() != Some(&*other) || !window.shows("渡す相手"));
}

#[test]
fn the_enter_that_opens_a_sheet_does_not_record_it() {
    let home = Home::settled();
    let path = home.put("c1.ron", &example("c1"));
    let mut window = home.open(&path);
    window.give(Command::HandOut);
    hold_enter(&mut window);
    window.settle();
    let revisions = saved(&path).documents[0].revisions.len();
    assert_eq!(revisions, 1, "a new press records");
    window.give(Command::Sign);
    hold_enter(&mut window);
    window.settle();
    assert!(window.shows("署名した方"), "it is the same press still");
    release_enter(&mut window);
    window.key(Key::Enter);
    window.settle();
    assert_eq!(saved(&path).documents[0].revisions[0].signatures.len(), 1);
}

#[test]
fn the_enter_that_commits_what_was_composed_does_not_record_it() {
    let home = Home::settled();
    let path = home.put("c1.ron", &example("c1"));
    let mut window = home.open(&path);
    window.give(Command::HandOut);
    window.focus("相手の氏名");
    window.compose("やまだ");
    window.compose("");
    let enter =
        Event::Key { key: Key::Enter, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE };
    window.harness.input_mut().events.extend([Event::Ime(ImeEvent::Commit("山田".to_owned())), enter]);
    window.harness.step();
    window.settle();
    assert!(window.text("相手の氏名").contains("山田"), "the sheet is still there");
    assert!(saved(&path).documents[0].revisions.is_empty());
}

#[test]
fn escape_does_not_throw_away_what_was_typed_into_a_sheet() {
    let home = Home::settled();
    let mut window = home.open(&home.put("c1.ron", &example("c1")));
    window.choose("手続き", Command::EndCase);
    window.enter("備考", "本人の希望による");
    window.key(Key::Escape);
    window.key(Key::Escape);
    assert_eq!(window.text("備考"), "本人の希望による");
    window.press("キャンセル");
    assert!(!window.shows("備考"));
}

#[test]
fn a_folder_of_one_case_is_not_offered_for_another() {
    let home = Home::settled();
    let (path, other) = (home.put("c1.ron", &example("c1")), home.put("c2.ron", &example("c2")));
    let mut window = home.open(&path);
    window.give(Command::HandOut);
    window.will_choose(&home.out());
    window.press("書き出すフォルダー…");
    window.press("渡す");
    window.give(Command::HandOut);
    assert!(offers(&window, &home.out()), "the same case");
    window.press("キャンセル");
    window.will_choose(&other);
    window.give(Command::Open);
    window.give(Command::HandOut);
    assert!(!offers(&window, &home.out()), "another case");
}

#[test]
fn the_sheet_that_needs_a_file_comes_once_it_is_saved() {
    let home = Home::settled();
    let mut window = home.start();
    window.press_like("例");
    window.wait("the example", |window| window.app().opened().is_some());
    window.choose("手続き", Command::Consents);
    window.press("同意を記録…");
    assert!(window.shows("病名"), "the sheet stands in front of the list: {:?}", window.told());
    window.press("キャンセル");
    assert!(window.shows("同意を記録…"), "the list is back");
    window.press("閉じる");
    assert!(!window.shows("同意を記録…") && !window.shows("病名："), "nothing waits behind it");
}

#[test]
fn the_log_of_a_newer_program_is_left_alone() {
    let home = Home::settled();
    let path = home.put("c1.ron", &example("c1"));
    let newer = fs::read_to_string(&path).expect("text").replacen("format: 3", "format: 99", 1);
    fs::write(&path, newer).expect("written");
    let mut window = home.open(&path);
    window.settle();
    assert!(!window.case().is_editable());
    assert!(window.has_told("操作の記録は残りません"), "{:?}", window.told());
    assert!(!log::path(&path).exists());
}

#[test]
fn a_sheet_keeps_to_its_document_where_somebody_else_removed_another_one() {
    for (removed, is_back) in [(0, true), (1, false)] {
        let home = Home::settled();
        let path = home.put("c1.ron", &example("c1"));
        let mut window = home.open(&path);
        let documents = saved(&path).documents;
        let form = documents[1].form.clone();
        window.give(Command::NextTab);
        while window.app().opened().and_then(ryoritsu::app::opened::Opened::document) != Some(1) {
            window.give(Command::NextTab);
        }
        window.give(Command::HandOut);
        let mut theirs = CaseFile::read(&path).expect("a case");
        theirs.case.documents.remove(removed);
        theirs.save(&Disk).expect("saved");
        window.press("渡す");
        window.press("保存されている内容に替える");
        assert_eq!(window.shows("渡す相手"), is_back, "{removed}");
        if is_back {
            window.press("渡す");
            let out: Vec<String> = saved(&path)
                .documents
                .into_iter()
                .filter_map(|one| one.latest().is_some().then_some(one.form))
                .collect();
            assert_eq!(out, [form], "{:?}", window.told());
        }
    }
}
