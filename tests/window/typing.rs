//! Typing, and getting about with the keys: fields, days, rows of a table.

use chrono::NaiveDate;
use eframe::egui::{Key, Modifiers};
use ryoritsu::model::check::Place;
use ryoritsu::model::value::{Value, Values};
use ryoritsu::ui::{Command, Tab};

use crate::common::{example, text};
use crate::home::{Home, Window, saved};

/// The plan in the example c7.
const PLAN: usize = 2;

fn open(home: &Home) -> Window {
    let path = home.put("case.ron", &example("c7"));
    home.open(&path)
}

fn open_plan(home: &Home) -> Window {
    let mut window = open(home);
    for _ in 0..=PLAN {
        window.give(Command::NextTab);
    }
    window
}

fn rows(window: &Window) -> Vec<Values> {
    let place = Place { document: Some(PLAN), ..Place::field("periods") };
    match window.value(&place) {
        Some(Value::Rows(rows)) => rows,
        _ => Vec::new(),
    }
}

fn hours(window: &Window) -> Vec<String> {
    let hours = |row: &Values| row.get("hours").and_then(Value::as_text).unwrap_or_default().to_owned();
    rows(window).iter().map(hours).collect()
}

#[test]
fn enter_goes_to_the_next_field_and_back() {
    let home = Home::settled();
    let mut window = open(&home);
    window.focus("氏名");
    let before = window.case().revision();
    window.key(Key::Enter);
    assert_eq!(window.focused().as_deref(), Some("フリガナ"));
    window.keys(Modifiers::SHIFT, Key::Enter);
    assert_eq!(window.focused().as_deref(), Some("氏名"));
    window.keys(Modifiers::SHIFT, Key::Enter);
    assert_eq!(window.focused().as_deref(), Some("氏名"), "the first field stays");
    assert_eq!(window.case().revision(), before, "moving about changes nothing");
}

#[test]
fn typing_after_a_move_replaces_what_is_there() {
    let home = Home::settled();
    let mut window = open(&home);
    window.focus("氏名");
    window.key(Key::Enter);
    window.type_text("ヤマダ");
    assert_eq!(window.shared("patient.kana"), "ヤマダ");
    window.give(Command::Undo);
    assert_eq!(window.shared("patient.kana"), "ハヤサカ　ユミコ");
    assert_eq!(window.text("フリガナ"), "ハヤサカ　ユミコ");
    window.give(Command::Redo);
    assert_eq!(window.text("フリガナ"), "ヤマダ");
}

#[test]
fn in_long_text_enter_breaks_the_line_and_ctrl_enter_goes_on() {
    let home = Home::settled();
    let mut window = open(&home);
    window.give(Command::NextTab);
    let symptoms = Place { document: Some(0), ..Place::field("current_symptoms") };
    window.enter("現在の症状", "甲");
    window.key(Key::Enter);
    window.type_text("乙");
    assert_eq!(window.value(&symptoms), Some(text("甲\n乙")));
    window.keys(Modifiers::COMMAND, Key::Enter);
    assert_ne!(window.focused().as_deref(), Some("現在の症状"));
    assert_eq!(window.value(&symptoms), Some(text("甲\n乙")), "no line break is left behind");
}

#[test]
fn undo_of_the_program_goes_back_over_fields_and_forms() {
    let home = Home::settled();
    let mut window = open(&home);
    window.enter("氏名", "山田　太郎");
    window.advance(2.0);
    window.give(Command::NextTab);
    window.enter("現在の症状", "なし");
    window.give(Command::PreviousTab);
    window.give(Command::Undo);
    assert_eq!(window.app().opened().expect("open").tab, Tab::Document(0), "it shows what it undoes");
    assert_eq!(window.focused().as_deref(), Some("現在の症状"));
    window.give(Command::Undo);
    assert_eq!(*window.case().case(), example("c7"));
}

#[test]
fn the_name_of_the_next_undo_stands_in_the_menu() {
    let home = Home::settled();
    let mut window = open(&home);
    window.enter("住所", "仙台市");
    window.press("編集");
    assert!(window.shows("「住所」の変更を元に戻す"));
}

#[test]
fn a_day_is_read_back_in_both_calendars() {
    let home = Home::settled();
    let mut window = open(&home);
    window.enter("生年月日", "R8.11.22");
    assert!(window.shows("令和8年11月22日（2026年・日曜日）"));
    assert_eq!(window.text("生年月日"), "R8.11.22", "it stays as typed while it is being typed");
    let day = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    assert_eq!(window.value(&Place::field("patient.birth_date")), Some(Value::Date(day)));
    window.focus("住所");
    assert_eq!(window.text("生年月日"), "令和8年11月22日");
}

#[test]
fn a_day_that_is_none_is_told_kept_and_not_saved() {
    let home = Home::settled();
    let mut window = open(&home);
    window.enter("生年月日", "R8.13.40");
    assert!(!window.shows("そのような日はありません"), "nobody is scolded while typing");
    window.focus("住所");
    assert!(window.shows("そのような日はありません"));
    window.advance(5.0);
    window.give(Command::Save);
    assert!(window.has_told("読み取れない入力が1件"), "{:?}", window.told());
    assert_eq!(saved(&home.cases().join("case.ron")), example("c7"));
    window.advance(5.0);
    drop(window);

    let mut window = home.look().at(&home.cases().join("case.ron")).open();
    window.wait("the question", |window| window.shows("前回の下書きが残っています"));
    assert!(!window.shows("ほかの人"), "nobody else saved it");
    window.press("下書きの続きから始める");
    assert_eq!(window.text("生年月日"), "R8.13.40");
    assert!(window.case().is_changed());
}

#[test]
fn a_day_is_chosen_from_the_month() {
    let home = Home::settled();
    let mut window = open(&home);
    window.press("生年月日：カレンダー");
    window.press("昭和49年6月1日（1974年・土曜日）");
    assert_eq!(window.text("生年月日"), "昭和49年6月1日");
    assert!(window.case().is_changed());
    window.give(Command::Undo);
    assert_eq!(*window.case().case(), example("c7"));
}

#[test]
fn tab_goes_from_cell_to_cell() {
    let home = Home::settled();
    let mut window = open_plan(&home);
    window.focus("復職計画 1行目 期間（開始）");
    for column in ["期間（終了）", "勤務時間", "就業上の措置・治療への配慮など", "治療等の予定"]
    {
        window.key(Key::Tab);
        assert_eq!(window.focused(), Some(format!("復職計画 1行目 {column}")));
    }
    // The number of the row comes first: its menu is there for the keyboard too.
    window.key(Key::Tab);
    window.key(Key::Tab);
    assert_eq!(window.focused().as_deref(), Some("復職計画 2行目 期間（開始）"));
    window.keys(Modifiers::SHIFT, Key::Tab);
    window.keys(Modifiers::SHIFT, Key::Tab);
    assert_eq!(window.focused().as_deref(), Some("復職計画 1行目 治療等の予定"));
    assert!(!window.case().is_changed());
}

#[test]
fn rows_come_go_and_move() {
    let home = Home::settled();
    let mut window = open_plan(&home);
    let begun = hours(&window);
    window.press("復職計画：行を追加");
    assert_eq!(rows(&window).len(), 5);
    assert_eq!(window.focused().as_deref(), Some("復職計画 5行目 期間（開始）"), "the new row is typed into");
    window.type_text("R9.10.1");
    window.give(Command::Undo);
    window.give(Command::Undo);
    assert_eq!(hours(&window), begun);

    let steps = [
        ("復職計画 1行目 行の操作", "この行を削除", vec![1, 2, 3]),
        ("復職計画 1行目 行の操作", "下へ移動", vec![2, 1, 3]),
        ("復職計画 3行目 行の操作", "上へ移動", vec![2, 3, 1]),
    ];
    for (row, choice, order) in steps {
        window.press(row);
        window.press(choice);
        let expected: Vec<&String> = order.into_iter().map(|at| &begun[at]).collect();
        assert_eq!(hours(&window).iter().collect::<Vec<_>>(), expected, "{choice}");
    }
    window.press("復職計画 1行目 行の操作");
    window.press("上に行を挿入");
    assert_eq!(hours(&window)[0], "");
    for _ in 0..4 {
        window.give(Command::Undo);
    }
    assert_eq!(*window.case().case(), example("c7"));
}

#[test]
fn ctrl_d_takes_over_what_stands_above() {
    let home = Home::settled();
    let mut window = open_plan(&home);
    let begun = hours(&window);
    window.focus("復職計画 2行目 勤務時間");
    window.keys(Modifiers::COMMAND, Key::D);
    assert_eq!(hours(&window)[1], begun[0]);
    assert_eq!(window.text("復職計画 2行目 勤務時間"), begun[0]);
    window.focus("復職計画 1行目 勤務時間");
    let before = window.case().revision();
    window.keys(Modifiers::COMMAND, Key::D);
    assert_eq!(window.case().revision(), before, "there is nothing above the first row");
    window.give(Command::Undo);
    assert_eq!(hours(&window), begun);
}

#[test]
fn a_day_in_a_table_that_is_none_follows_its_row() {
    let home = Home::settled();
    let mut window = open_plan(&home);
    window.enter("復職計画 2行目 期間（開始）", "R8.2.30");
    window.focus("復職計画 1行目 勤務時間");
    assert!(window.shows("そのような日はありません"));
    window.press("復職計画 1行目 行の操作");
    window.press("この行を削除");
    assert_eq!(window.text("復職計画 1行目 期間（開始）"), "R8.2.30");
    window.give(Command::Undo);
    assert_eq!(window.text("復職計画 2行目 期間（開始）"), "R8.2.30");
}

#[test]
fn a_document_is_added_and_removed() {
    let home = Home::settled();
    let mut window = open(&home);
    window.press("書類を追加");
    window.press("治療の状況や就業継続の可否等についての主治医意見書");
    assert_eq!(window.case().case().documents.len(), 4);
    assert_eq!(window.app().opened().expect("open").tab, Tab::Document(3), "it is shown at once");
    window.press("この書類を削除");
    assert_eq!(*window.case().case(), example("c7"), "an empty one goes without a question");
    window.give(Command::NextTab);
    window.press("この書類を削除");
    assert_eq!(window.case().case().documents.len(), 3, "it is asked first");
    window.press("削除");
    assert_eq!(window.case().case().documents.len(), 2);
    window.give(Command::Undo);
    assert_eq!(*window.case().case(), example("c7"));
}

#[test]
fn the_keyboard_stays_where_an_option_was_chosen() {
    let home = Home::settled();
    let mut case = example("c7");
    case.documents[0].values.remove("verdict");
    let mut window = home.open(&home.put("case.ron", &case));
    window.give(Command::NextTab);
    window.wait_for_page();
    let library = crate::common::library();
    let field = library.forms["physician_opinion"].field("verdict").expect("a field");
    for option in field.options() {
        let name = ryoritsu::messages::window::option(&field.label, &option.label);
        window.input_or_option(&name).focus();
        window.run();
        window.key(Key::Space);
        window.wait_for_page();
        assert_eq!(window.focused().as_deref(), Some(name.as_str()), "its marks are gone, the keyboard is not");
    }
}

#[test]
fn the_keyboard_stays_when_what_stood_beside_another_option_goes() {
    let home = Home::settled();
    let mut window = open(&home);
    window.give(Command::NextTab);
    window.give(Command::NextTab);
    let library = crate::common::library();
    let field = library.forms["workplace_consultation"].field("business_trips").expect("a field");
    let name = |at: usize| ryoritsu::messages::window::option(&field.label, &field.options()[at].label);
    window.press(&name(0));
    assert!(window.query_input(&ryoritsu::messages::window::detail(&name(0))).is_some());
    window.input_or_option(&name(1)).focus();
    window.run();
    window.key(Key::Space);
    assert!(window.query_input(&ryoritsu::messages::window::detail(&name(0))).is_none());
    assert_eq!(window.focused(), Some(name(1)));
}
