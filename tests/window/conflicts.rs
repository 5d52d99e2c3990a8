//! Somebody else changed the file meanwhile: nothing is lost, and everybody is asked.

use std::fs;
use std::path::{Path, PathBuf};

use ryoritsu::store::atomic::Disk;
use ryoritsu::store::case_file::CaseFile;
use ryoritsu::ui::Command;

use crate::common::{example, text};
use crate::home::{Home, Window, saved};

/// Somebody else writes the department, and the file is ready to be saved over.
fn changed_by_other(path: &Path) {
    let mut other = CaseFile::read(path).expect("a case");
    other.case.people.insert("employer.department".to_owned(), text("営業部"));
    other.save(&Disk).expect("saved");
}

/// A case that is changed here and elsewhere, and the question about it.
fn in_conflict(home: &Home) -> (Window, PathBuf) {
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "山田　太郎");
    changed_by_other(&path);
    window.give(Command::Save);
    assert!(window.shows("ほかの人が、このケースを変更して保存しました"));
    (window, path)
}

#[test]
fn the_differences_are_shown() {
    let home = Home::settled();
    let (window, path) = in_conflict(&home);
    for part in ["山田　太郎", "早坂　由美子", "総務部経理課", "営業部", "所属"] {
        assert!(window.shows(part), "{part}");
    }
    assert_eq!(saved(&path).people["patient.name"], text("早坂　由美子"), "nothing is saved yet");
}

#[test]
fn saving_over_it_keeps_a_backup_of_theirs() {
    let home = Home::settled();
    let (mut window, path) = in_conflict(&home);
    window.press("この画面の内容で保存する");
    assert_eq!(saved(&path), *window.case().case());
    assert_eq!(saved(&path).people["patient.name"], text("山田　太郎"));
    assert_eq!(saved(&path).people["employer.department"], text("総務部経理課"));
    let backups = ryoritsu::store::backup::list(&path).expect("listed");
    let theirs = ryoritsu::store::backup::read(&backups[0]).expect("a backup");
    assert_eq!(theirs.people["employer.department"], text("営業部"));
    assert!(!window.case().is_changed());
}

#[test]
fn theirs_is_taken_and_can_be_undone() {
    let home = Home::settled();
    let (mut window, path) = in_conflict(&home);
    window.press("保存されている内容に替える");
    assert_eq!(*window.case().case(), saved(&path));
    assert!(!window.case().is_changed());
    window.give(Command::Undo);
    assert_eq!(window.shared("patient.name"), "山田　太郎");
    assert_eq!(window.shared("employer.department"), "総務部経理課");
    window.give(Command::Save);
    assert_eq!(saved(&path), *window.case().case(), "the differences were seen: it is saved without a question");
}

#[test]
fn it_is_saved_elsewhere() {
    let home = Home::settled();
    let (mut window, path) = in_conflict(&home);
    let elsewhere = home.cases().join("mine.ron");
    window.will_choose(&elsewhere);
    window.press("名前を付けて保存…");
    assert_eq!(saved(&elsewhere).people["patient.name"], text("山田　太郎"));
    assert_eq!(saved(&path).people["employer.department"], text("営業部"));
}

#[test]
fn going_back_leaves_both_as_they_are() {
    let home = Home::settled();
    let (mut window, path) = in_conflict(&home);
    window.press("キャンセル");
    assert_eq!(window.shared("patient.name"), "山田　太郎");
    assert_eq!(saved(&path).people["employer.department"], text("営業部"));
    window.give(Command::Save);
    assert!(window.shows("ほかの人が、このケースを変更して保存しました"), "it is asked again");
}

#[test]
fn saving_on_the_way_out_closes_after_the_conflict_is_solved() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "山田　太郎");
    changed_by_other(&path);
    window.give(Command::CloseCase);
    window.press("保存");
    assert!(window.app().opened().is_some(), "not while there is a question");
    window.press("この画面の内容で保存する");
    assert!(window.app().opened().is_none());
    assert_eq!(saved(&path).people["patient.name"], text("山田　太郎"));
}

#[test]
fn a_file_that_is_gone_is_told_and_written_anew() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "山田　太郎");
    fs::remove_file(&path).expect("removed");
    window.give(Command::Save);
    assert!(window.shows("ケースのファイルがなくなっています"));
    window.press("この画面の内容で保存する");
    assert_eq!(saved(&path), *window.case().case());
}

#[test]
fn coming_back_to_the_window_tells_of_the_change() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.look_away_and_back();
    assert_eq!(window.told(), Vec::<String>::new());
    changed_by_other(&path);
    window.look_away_and_back();
    assert!(window.has_told("ほかの人が、このケースを変更して保存しました"), "{:?}", window.told());
}
