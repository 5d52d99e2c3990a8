//! From an empty folder to a saved case and back; closing; whose turn it is; backups.

use eframe::egui::{Key, Modifiers};
use ryoritsu::dialogs::{Answer, Wanted};
use ryoritsu::model::value::Value;
use ryoritsu::ui::Command;

use crate::common::{example, text};
use crate::home::{Home, Window, saved};

fn rename(window: &mut Window, name: &str) {
    window.enter("氏名", name);
    assert_eq!(window.shared("patient.name"), name);
}

#[test]
fn from_an_empty_folder_to_a_saved_case() {
    let home = Home::new();
    let mut window = home.start();
    assert!(window.shows("はじめに、ケースを保存するフォルダーを選んでください"));
    window.will_choose(&home.cases());
    window.press("フォルダーを選ぶ");
    assert_eq!(window.asked()[0].wanted, Wanted::Folder);
    window.press("＋ 新しいケース");
    for (name, typed) in [("氏名", "山田　太郎"), ("フリガナ", "ヤマダ　タロウ"), ("生年月日", "S55.4.3")]
    {
        window.enter(name, typed);
    }
    window.press("作成");
    assert_eq!(window.focused().as_deref(), Some("性別：男"), "the first field that is empty");
    window.press("性別：男");
    window.enter("住所", "仙台市青葉区");
    assert!(window.shows("未保存"));
    window.give(Command::Save);
    assert!(window.shows("保存済み") && window.has_told("保存しました"));
    let case = window.case().case().clone();
    let path = window.case().path().expect("saved").to_owned();
    assert_eq!(path, home.cases().join("R8-0001.ron"));
    assert_eq!(saved(&path), case);
    assert_eq!(case.people["patient.address"], text("仙台市青葉区"));
    window.give(Command::CloseCase);
    assert!(window.app().opened().is_none() && window.shows("山田　太郎"));
    drop(window);

    let mut window = home.open(&path);
    assert_eq!(*window.case().case(), case);
    assert_eq!(window.text("生年月日"), "昭和55年4月3日");
    assert_eq!(window.text("住所"), "仙台市青葉区");
    assert!(!window.case().is_changed());
    window.give(Command::Save);
    assert_eq!(saved(&path), case);
}

#[test]
fn the_number_of_a_new_case_follows_the_last_one() {
    let home = Home::settled();
    home.put("a.ron", &example("c7"));
    let mut window = home.start();
    window.give(Command::NewCase);
    assert_eq!(window.text("ケース番号"), "R8-0008");
    window.enter("ケース番号", "");
    window.enter("氏名", "甲");
    window.keys(Modifiers::COMMAND, Key::Enter);
    assert!(window.app().opened().is_none(), "a case has a number");
    window.enter("ケース番号", "R8-0100");
    window.keys(Modifiers::COMMAND, Key::Enter);
    assert_eq!(window.case().case().number, "R8-0100");
}

#[test]
fn a_case_for_somebody_who_has_one_is_asked_about() {
    let home = Home::settled();
    home.put("a.ron", &example("c7"));
    let mut window = home.start();
    window.give(Command::NewCase);
    window.enter("氏名", "早坂由美子");
    window.press("作成");
    assert!(window.shows("同じ方のケースが、すでにあるようです"));
    assert!(window.app().opened().is_none());
    window.press("「早坂　由美子（R8-0007）」を開く");
    window.wait("the case", |window| window.app().opened().is_some());
    assert_eq!(*window.case().case(), example("c7"));
}

#[test]
fn a_case_for_somebody_who_has_one_is_made_all_the_same() {
    let home = Home::settled();
    home.put("a.ron", &example("c7"));
    let mut window = home.start();
    window.give(Command::NewCase);
    window.enter("患者番号", "0048213");
    window.press("作成");
    window.press("それでも新しく作成");
    assert_eq!(window.case().case().people["patient.chart_number"], text("0048213"));
    assert_eq!(window.case().path(), None);
}

#[test]
fn closing_with_changes_asks_and_each_answer_does_what_it_says() {
    for (answer, closes, keeps) in
        [("保存", true, true), ("保存しないで閉じる", true, false), ("キャンセル", false, false)]
    {
        let home = Home::settled();
        let path = home.put("case.ron", &example("c7"));
        let mut window = home.open(&path);
        rename(&mut window, "山田　太郎");
        window.advance(5.0);
        assert!(!window.close(), "{answer}: it asks first");
        assert!(window.shows("保存していない変更があります"));
        assert_eq!(window.press_to_close(answer), closes, "{answer}");
        let name = &saved(&path).people["patient.name"];
        assert_eq!(*name == text("山田　太郎"), keeps, "{answer}");
        assert_eq!(home.kept_drafts().is_empty(), closes, "{answer}: the draft is of no use any more");
        if !closes {
            assert_eq!(window.shared("patient.name"), "山田　太郎");
        }
    }
}

#[test]
fn closing_without_changes_asks_nothing() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    rename(&mut window, "山田　太郎");
    window.give(Command::Undo);
    assert!(window.close());
    assert_eq!(saved(&path), example("c7"));
}

#[test]
fn escape_in_the_question_goes_back_to_the_case() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    rename(&mut window, "山田　太郎");
    window.give(Command::CloseCase);
    window.key(Key::Escape);
    assert_eq!(window.shared("patient.name"), "山田　太郎");
    window.give(Command::CloseCase);
    window.key(Key::Enter);
    window.settle();
    assert!(window.app().opened().is_none(), "saving is the likeliest answer");
    assert_eq!(saved(&path).people["patient.name"], text("山田　太郎"));
}

#[test]
fn a_new_case_without_a_folder_asks_where_to_be_saved() {
    let home = Home::new();
    let mut window = home.start();
    window.give(Command::NewCase);
    window.enter("氏名", "甲");
    window.press("作成");
    window.will_answer(Answer::Cancelled);
    window.give(Command::Save);
    assert!(window.case().is_changed() && window.case().path().is_none());
    window.will_choose(&home.cases().join("甲.ron"));
    window.give(Command::Save);
    assert_eq!(saved(&home.cases().join("甲.ron")), *window.case().case());
    let question = &window.asked()[0];
    assert_eq!((question.wanted, question.name.as_str()), (Wanted::NewFile, "R8-0001.ron"));
}

#[test]
fn a_copy_is_a_case_of_its_own() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let copy = home.cases().join("copy.ron");
    let mut window = home.open(&path);
    rename(&mut window, "山田　太郎");
    window.will_choose(&copy);
    window.give(Command::SaveAs);
    assert_eq!(window.case().path(), Some(copy.as_path()));
    assert_eq!(saved(&path), example("c7"), "the first one stays as it was");
    assert_eq!(saved(&copy).people["patient.name"], text("山田　太郎"));
    assert!(!window.case().is_changed());
    assert_ne!(saved(&copy).id, saved(&path).id);
}

#[test]
fn an_existing_file_is_never_taken_for_a_new_case() {
    let home = Home::settled();
    let mut window = home.start();
    window.give(Command::NewCase);
    window.enter("氏名", "甲");
    window.press("作成");
    let path = home.put("R8-0001.ron", &example("c7"));
    window.will_choose(&home.cases().join("R8-0002.ron"));
    window.give(Command::Save);
    window.settle();
    assert!(window.has_told("同じ名前のファイルがすでにあります"), "{:?}", window.told());
    assert_eq!(saved(&path), example("c7"));
    assert_eq!(window.case().path(), Some(home.cases().join("R8-0002.ron").as_path()));
}

#[test]
fn the_second_window_may_only_look() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let first = home.open(&path);
    let mut second = home.open(&path);
    assert!(second.shows("閲覧のみ") && second.shows("が開いているため、変更できません"));
    second.focus("氏名");
    second.type_text("山田");
    second.press("性別：男");
    second.give(Command::Save);
    assert_eq!((second.case().revision(), second.case().case()), (0, &example("c7")));
    assert_eq!(saved(&path), example("c7"));
    drop(first);
    second.give(Command::CloseCase);
    drop(second);
    let mut third = home.open(&path);
    rename(&mut third, "山田");
    assert!(!third.shows("閲覧のみ"));
}

#[test]
fn a_case_of_a_newer_format_may_only_be_looked_at() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let newer = std::fs::read_to_string(&path).expect("text").replacen("format: 3", "format: 99", 1);
    std::fs::write(&path, &newer).expect("written");
    let mut window = home.open(&path);
    assert!(window.shows("閲覧のみ") && window.shows("新しい版のプログラムで開いてください"));
    window.focus("氏名");
    window.type_text("山田");
    window.give(Command::Save);
    assert_eq!(std::fs::read_to_string(&path).expect("text"), newer);
}

#[test]
fn a_backup_is_taken_and_undone() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.choose("ファイル", Command::Backups);
    assert!(window.shows("控えはまだありません"));
    window.press("閉じる");
    rename(&mut window, "山田　太郎");
    window.give(Command::Save);
    window.choose("ファイル", Command::Backups);
    window.press_like("この内容に戻す");
    assert_eq!(*window.case().case(), example("c7"));
    assert!(window.case().is_changed() && window.has_told("控えの内容に戻しました"));
    assert_eq!(saved(&path).people["patient.name"], text("山田　太郎"), "until it is saved");
    window.give(Command::Undo);
    assert_eq!(window.shared("patient.name"), "山田　太郎");
}

#[test]
fn an_example_is_opened_as_a_copy() {
    let home = Home::settled();
    let mut window = home.start();
    window.press("記入例 C7");
    assert_eq!(window.case().case().documents, example("c7").documents);
    assert_eq!(window.case().path(), None);
    assert!(!window.case().is_changed());
    rename(&mut window, "山田　太郎");
    window.give(Command::CloseCase);
    window.press("保存しないで閉じる");
    assert_eq!(std::fs::read_dir(home.cases()).expect("a folder").count(), 0);
}

#[test]
fn a_file_that_is_no_case_is_told_and_left_alone() {
    let home = Home::settled();
    let path = home.cases().join("broken.ron");
    std::fs::write(&path, "Case(format: 1, number: ").expect("written");
    let mut window = home.start();
    window.will_choose(&path);
    window.give(Command::Open);
    assert!(window.app().opened().is_none());
    assert!(window.has_told("broken.ron"), "{:?}", window.told());
    assert_eq!(std::fs::read_to_string(&path).expect("text"), "Case(format: 1, number: ");
}

#[test]
fn the_hospital_list_is_filled_and_used() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.press("病院：院内リストに登録する");
    assert!(window.has_told("院内リストに登録しました"));
    window.press("病院：院内リストに登録する");
    assert!(window.has_told("同じ内容が、すでに院内リストに登録されています"));
    drop(window);

    let mut window = home.start();
    window.give(Command::NewCase);
    window.press("作成");
    window.press("病院：院内リストから選ぶ");
    window.press_like("022-000-2501");
    let people = &window.case().case().people;
    assert_eq!(people.get("hospital.name"), Some(&text("星見市民病院")));
    assert_eq!(people.get("patient.name").and_then(Value::as_text), None, "nothing of the patient");
    window.give(Command::Undo);
    assert!(!window.case().case().people.contains_key("hospital.name"));
}
