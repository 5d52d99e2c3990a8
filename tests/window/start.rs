//! The start page, and what the program starts with: settings, templates.

use std::fs;

use chrono::NaiveDate;
use eframe::egui::{Key, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use ryoritsu::model::case::Case;
use ryoritsu::model::closing::{Closing, Outcome};
use ryoritsu::model::value::Value;
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

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// C7 of somebody else, whose plan has one period.
fn planned(name: &str, start: &str, end: &str) -> Case {
    let mut case = Case { number: format!("R8-{name}"), ..example("c7") };
    case.people.insert("patient.name".to_owned(), Value::Text(name.to_owned()));
    case.people.insert("patient.kana".to_owned(), Value::Text(String::new()));
    let row = [("start", start), ("end", end)].map(|(key, text)| (key.to_owned(), Value::Date(day(text))));
    case.documents[2].values.insert("periods".to_owned(), Value::Rows(vec![row.into()]));
    case
}

fn ended(name: &str, on: &str) -> Case {
    let mut case = planned(name, "2020-01-01", "2020-02-01");
    case.closings.push(Closing { on: day(on), outcome: Outcome::NewJob, note: String::new(), reopened: None });
    case
}

/// The names in the list, from top to bottom.
fn names(window: &Window, names: &[&str]) -> Vec<String> {
    let list = 1280.0 - 270.0;
    let mut found: Vec<(f32, String)> = Vec::new();
    for node in window.harness.root().children_recursive() {
        let told = [node.accesskit_node().label(), node.accesskit_node().value()];
        let name = names.iter().find(|name| told.iter().flatten().any(|text| text == *name));
        if let Some(name) = name.filter(|_| node.rect().left() < list) {
            found.push((node.rect().top(), (*name).to_owned()));
        }
    }
    found.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    found.dedup();
    found.into_iter().map(|(_, name)| name).collect()
}

#[test]
fn what_is_due_first_stands_first_and_what_is_broken_before_it() {
    let home = Home::settled();
    home.put("a.ron", &planned("甲野", "2026-12-20", "2027-01-31"));
    home.put("b.ron", &planned("乙川", "2026-10-01", "2026-11-20"));
    home.put("c.ron", &planned("丙山", "2026-11-25", "2026-12-31"));
    home.put("d.ron", &Case { documents: Vec::new(), ..planned("丁田", "2026-12-20", "2027-01-31") });
    fs::write(home.cases().join("z.ron"), "Case(").expect("written");
    let mut window = home.start();
    let all = ["甲野", "乙川", "丙山", "丁田", "z.ron"];
    assert_eq!(names(&window, &all), ["z.ron", "乙川", "丙山", "甲野", "丁田"]);
    window.press("ケース番号・会社名");
    assert_eq!(names(&window, &all), ["z.ron", "丁田", "丙山", "乙川", "甲野"], "by the number");
    window.press("期日");
    assert_eq!(names(&window, &all), ["z.ron", "乙川", "丙山", "甲野", "丁田"]);
}

#[test]
fn a_line_says_the_step_what_to_do_whose_turn_it_is_and_by_when() {
    let home = Home::settled();
    home.put("c7.ron", &example("c7"));
    let window = home.start();
    for words in [
        "①",
        "主治医の意見",
        "主治医意見書を渡して、署名をお願いしてください",
        "両立支援コーディネーターの番です",
        "R8.12.1（火）",
        "復職計画の開始",
        "R8-0007",
    ] {
        assert!(window.shows(words), "{words}");
    }
}

#[test]
fn cases_that_ended_stand_on_a_shelf_of_their_own() {
    let home = Home::settled();
    home.put("a.ron", &planned("甲野", "2026-12-01", "2027-01-31"));
    home.put("b.ron", &ended("乙川", "2026-10-01"));
    home.put("c.ron", &ended("丙山", "2021-11-10"));
    let mut window = home.start();
    assert!(window.shows("進行中　1") && window.shows("終了（保管）　2"));
    let all = ["甲野", "乙川", "丙山"];
    assert_eq!(names(&window, &all), ["甲野"]);
    window.press("終了（保管）　2");
    assert_eq!(names(&window, &all), ["丙山", "乙川"], "what is to be looked at first");
    assert!(window.shows("転職・再就職") && window.shows("令和8年10月1日に終了"));
    assert!(window.shows("保管期間の見直し") && window.shows("R8.11.10（火）"));
    search(&mut window, "甲野");
    assert!(window.shows("見つかりませんでした"));
    search(&mut window, "");
    window.press("進行中　1");
    assert_eq!(names(&window, &all), ["甲野"]);
}

#[test]
fn what_is_coming_up_is_told_over_all_cases_and_opens_the_case() {
    let home = Home::settled();
    home.put("a.ron", &planned("甲野", "2026-11-29", "2026-12-22"));
    home.put("b.ron", &planned("乙川", "2026-10-01", "2026-11-22"));
    home.put("c.ron", &planned("丙山", "2026-12-06", "2026-12-23"));
    home.put("d.ron", &ended("丁田", "2021-11-10"));
    let mut window = home.start();
    for heading in ["今日・期限切れ（2件）", "7日以内（1件）", "14日以内（1件）", "30日以内（1件）"]
    {
        assert!(window.shows(heading), "{heading}");
    }
    assert!(window.query_clickable("丁田：保管期間の見直し R8.11.10（水）").is_none(), "the day of the look is told");
    assert!(window.query_clickable("丁田：保管期間の見直し R8.11.10（火）").is_some());
    assert!(window.query_clickable("丙山：計画の見直し（1回目） R8.12.23（水）").is_none(), "not within a month");
    window.press("乙川：計画の見直し（1回目） R8.11.22（日）");
    window.wait("the case", |window| window.app().opened().is_some());
    assert_eq!(window.case().case().number, "R8-乙川");
}

#[test]
fn a_narrow_window_keeps_the_list_and_folds_up_what_is_coming() {
    let home = Home::settled();
    home.put("a.ron", &planned("甲野", "2026-11-29", "2026-12-22"));
    let mut window = home.look().with_size(vec2(640.0, 700.0), 1.0).open();
    for words in ["甲野", "①", "R8.11.29（日）", "進行中　1"] {
        assert!(window.shows(words), "{words}");
    }
    let day = "甲野：復職計画の開始 R8.11.29（日）";
    assert!(window.query_clickable(day).is_none());
    window.harness.get_by_label("これからの予定：7日以内 1件").click_accesskit();
    window.settle();
    assert!(window.query_clickable(day).is_some());
}

#[test]
fn a_calendar_is_written_with_the_names_or_without() {
    let home = Home::settled();
    home.put("a.ron", &planned("甲野", "2026-11-29", "2026-12-22"));
    let out = home.out().join("out.ics");
    let mut window = home.start();
    for (answer, has_name) in [("氏名を入れずに書き出す", false), ("氏名も入れて書き出す", true)] {
        window.will_choose(&out);
        window.choose("書き出し・印刷", Command::Calendar);
        window.press(answer);
        assert!(window.has_told("予定2件をカレンダーに書き出しました"), "{:?}", window.told());
        let text = fs::read_to_string(&out).expect("written");
        assert_eq!(text.contains("：甲野"), has_name);
    }
    assert_eq!(window.asked().len(), 2);
}

#[test]
fn a_long_folder_is_there_again_and_what_changed_meanwhile_is_seen() {
    let home = Home::settled();
    home.put("a.ron", &planned("甲野", "2026-11-29", "2026-12-22"));
    let path = home.put("b.ron", &planned("乙川", "2026-11-29", "2026-12-22"));
    drop(home.start());
    assert!(home.cases().join(ryoritsu::store::index::FILE).is_file());
    fs::remove_file(&path).expect("removed");
    home.put("c.ron", &planned("丙山", "2026-11-29", "2026-12-22"));
    let window = home.start();
    assert!(window.shows("甲野") && window.shows("丙山") && !window.shows("乙川"));
}
