//! The window's own file dialog, used by name as a screen reader does.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::accesskit::Role;
use eframe::egui::{Event, FontData, FontDefinitions, FontFamily, ImeEvent, Key, Ui};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use ryoritsu::assets;
use ryoritsu::dialogs::{Answer, Question};
use ryoritsu::ui::file_dialog::FileDialog;

struct State {
    dialog: FileDialog,
    answers: Vec<Answer>,
}

fn open(question: Question, recent: &[PathBuf]) -> Harness<'static, State> {
    let state = State { dialog: FileDialog::new(question, recent), answers: Vec::new() };
    let draw = |ui: &mut Ui, state: &mut State| {
        let answer = state.dialog.show(ui.ctx());
        state.answers.extend(answer);
    };
    let mut harness = Harness::builder()
        .with_size([900.0, 700.0])
        .with_context_setup(|context| {
            let mut fonts = FontDefinitions::empty();
            fonts.font_data.insert("gothic".to_owned(), FontData::from_static(assets::FONTS[0]).into());
            for family in [FontFamily::Proportional, FontFamily::Monospace] {
                fonts.families.insert(family, vec!["gothic".to_owned()]);
            }
            context.set_fonts(fonts);
        })
        .build_ui_state(draw, state);
    harness.run();
    harness
}

/// Two cases and a note, and a folder with one case in it.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["佐藤.ron", "鈴木.RON", "メモ.txt", ".隠れ.ron"] {
        fs::write(folder.path().join(name), "").expect("written");
    }
    fs::create_dir(folder.path().join("2026年度")).expect("made");
    fs::write(folder.path().join("2026年度/田中.ron"), "").expect("written");
    folder
}

fn case_in(folder: &Path) -> Question {
    Question::file("ケースを開く").of("ケース", &["ron"]).beginning_in(folder)
}

fn click(harness: &mut Harness<State>, label: &str) {
    harness.get_by_role_and_label(Role::Button, label).click();
    harness.run();
}

/// Replaces what stands in a field.
fn fill(harness: &mut Harness<State>, label: &str, text: &str) {
    let field = harness.get_by_role_and_label(Role::TextInput, label);
    field.focus();
    harness.run();
    harness.key_press_modifiers(eframe::egui::Modifiers::COMMAND, Key::A);
    harness.get_by_role_and_label(Role::TextInput, label).type_text(text);
    harness.run();
}

#[test]
fn folders_and_files_of_the_sort_are_offered_and_nothing_hidden() {
    let folder = folder();
    let harness = open(case_in(folder.path()), &[]);
    for shown in ["2026年度", "佐藤.ron", "鈴木.RON"] {
        harness.get_by_label(shown);
    }
    for hidden in ["メモ.txt", ".隠れ.ron"] {
        assert!(harness.query_by_label(hidden).is_none(), "{hidden}");
    }
}

#[test]
fn a_file_is_chosen_and_opened() {
    let folder = folder();
    let mut harness = open(case_in(folder.path()), &[]);
    click(&mut harness, "佐藤.ron");
    click(&mut harness, "開く");
    assert_eq!(harness.state().answers, [Answer::Chosen(folder.path().join("佐藤.ron"))]);
}

#[test]
fn folders_lead_in_and_out() {
    let folder = folder();
    let mut harness = open(case_in(folder.path()), &[]);
    click(&mut harness, "2026年度");
    harness.get_by_label("田中.ron");
    click(&mut harness, "上のフォルダーへ");
    harness.get_by_label("佐藤.ron");
    assert!(harness.state().answers.is_empty());
}

#[test]
fn a_typed_place_is_shown_or_taken() {
    let folder = folder();
    let mut harness = open(case_in(Path::new("/")), &[]);
    fill(&mut harness, "場所", &folder.path().join("2026年度").display().to_string());
    harness.key_press(Key::Enter);
    harness.run();
    harness.get_by_label("田中.ron");
    fill(&mut harness, "場所", "田中.ron");
    click(&mut harness, "移動");
    assert_eq!(harness.state().answers, [Answer::Chosen(folder.path().join("2026年度/田中.ron"))]);
}

#[test]
fn a_new_file_gets_its_extension_and_enter_saves() {
    let folder = folder();
    let question = Question::new_file("ケースを保存", "").of("ケース", &["ron"]).beginning_in(folder.path());
    let mut harness = open(question, &[]);
    fill(&mut harness, "ファイル名", "高橋");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().answers, [Answer::Chosen(folder.path().join("高橋.ron"))]);
}

#[test]
fn a_file_that_is_there_is_written_over_only_after_a_question() {
    let folder = folder();
    let question = Question::new_file("ケースを保存", "佐藤").of("ケース", &["ron"]).beginning_in(folder.path());
    let mut harness = open(question, &[]);
    click(&mut harness, "保存");
    assert!(harness.state().answers.is_empty());
    harness.key_press(Key::Escape);
    harness.run();
    assert!(harness.get_by_role_and_label(Role::TextInput, "ファイル名").is_focused(), "another name can be typed");
    click(&mut harness, "保存");
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.state().answers.is_empty(), "Enter keeps the file");
    click(&mut harness, "保存");
    click(&mut harness, "上書きする");
    assert_eq!(harness.state().answers, [Answer::Chosen(folder.path().join("佐藤.ron"))]);
}

#[test]
fn a_folder_is_chosen_by_going_there() {
    let folder = folder();
    let question = Question::folder("保存先のフォルダー").beginning_in(folder.path());
    let mut harness = open(question, &[]);
    assert!(harness.query_by_label("佐藤.ron").is_none());
    click(&mut harness, "2026年度");
    click(&mut harness, "このフォルダーにする");
    assert_eq!(harness.state().answers, [Answer::Chosen(folder.path().join("2026年度"))]);
}

#[test]
fn a_typed_folder_is_chosen_without_going_there() {
    let folder = folder();
    let inner = folder.path().join("2026年度");
    for typed in ["2026年度".to_owned(), inner.display().to_string(), format!("\"{}\"", inner.display())] {
        let question = Question::folder("保存先のフォルダー").beginning_in(folder.path());
        let mut harness = open(question, &[]);
        fill(&mut harness, "場所", &typed);
        click(&mut harness, "このフォルダーにする");
        assert_eq!(harness.state().answers, [Answer::Chosen(inner.clone())], "{typed}");
    }
}

#[test]
fn a_typed_place_that_is_no_folder_is_told_and_nothing_is_chosen() {
    let folder = folder();
    for (typed, told) in [("2027年度", "見つかりません"), ("佐藤.ron", "フォルダーのはずの場所がファイル")]
    {
        let question = Question::folder("保存先のフォルダー").beginning_in(folder.path());
        let mut harness = open(question, &[]);
        fill(&mut harness, "場所", typed);
        for _ in 0..2 {
            click(&mut harness, "このフォルダーにする");
            assert!(harness.state().answers.is_empty(), "{typed}");
            harness.get_by_label_contains(told);
        }
        fill(&mut harness, "場所", "2026年度");
        click(&mut harness, "このフォルダーにする");
        assert_eq!(harness.state().answers, [Answer::Chosen(folder.path().join("2026年度"))], "{typed}");
    }
}

#[test]
fn escape_and_cancel_choose_nothing() {
    let folder = folder();
    let mut harness = open(case_in(folder.path()), &[]);
    harness.key_press(Key::Escape);
    harness.run();
    click(&mut harness, "キャンセル");
    assert_eq!(harness.state().answers, [Answer::Cancelled, Answer::Cancelled]);
}

#[test]
fn enter_and_escape_in_the_middle_of_a_word_belong_to_the_input_method() {
    let folder = folder();
    let question = Question::new_file("ケースを保存", "a").of("ケース", &["ron"]).beginning_in(folder.path());
    let mut harness = open(question, &[]);
    harness.event(Event::Ime(ImeEvent::Preedit { text: "たかはし".to_owned(), active_range_chars: None }));
    harness.run();
    for key in [Key::Enter, Key::Escape] {
        harness.key_press(key);
        harness.run();
    }
    assert!(harness.state().answers.is_empty());
}

#[test]
fn a_folder_that_has_vanished_is_told_and_the_last_one_stays() {
    let folder = folder();
    let mut harness = open(case_in(folder.path()), &[]);
    fs::remove_dir_all(folder.path().join("2026年度")).expect("removed");
    click(&mut harness, "2026年度");
    harness.get_by_label_contains("見つかりません");
    harness.get_by_label("佐藤.ron");
}

#[test]
fn recent_folders_are_one_click_away() {
    let folder = folder();
    let recent = folder.path().join("2026年度");
    let mut harness = open(case_in(folder.path()), std::slice::from_ref(&recent));
    click(&mut harness, "最近使ったフォルダー");
    click(&mut harness, &recent.display().to_string());
    harness.get_by_label("田中.ron");
}
