//! Little room, much text, rare characters.

use eframe::egui::{Event, vec2};
use ryoritsu::ui::Command;

use crate::common::{example, library, text};
use crate::home::{Home, Window};

fn in_sizes(home: &Home, check: impl Fn(&mut Window, &str)) {
    for (size, density, name) in [
        (vec2(640.0, 480.0), 1.0, "640×480"),
        (vec2(1280.0, 720.0), 1.5, "1280×720 at 150 %"),
        (vec2(480.0, 360.0), 1.0, "the smallest"),
        (vec2(3840.0, 2160.0), 1.0, "4K"),
    ] {
        let path = home.cases().join("case.ron");
        if !path.exists() {
            home.put("case.ron", &example("c7"));
        }
        let mut window = home.look().at(&path).with_size(size, density).open();
        window.wait("the case", |window| window.app().opened().is_some());
        check(&mut window, name);
    }
}

#[test]
fn the_main_inputs_are_reached_in_a_small_window() {
    let home = Home::settled();
    in_sizes(&home, |window, size| {
        let screen = window.harness.ctx.content_rect();
        for name in ["氏名", "住所", "会社名", "診療科"] {
            window.focus(name);
            window.run();
            let place = window.input(name).rect();
            assert!(screen.contains_rect(place.shrink(1.0)), "{size}: {name} at {place:?}");
            assert!(place.width() > 60.0, "{size}: {name} is {} wide", place.width());
        }
        window.give(Command::NextTab);
        window.give(Command::SwapSides);
        window.give(Command::SwapSides);
        window.give(Command::Help);
        let close = window.query_clickable("閉じる").expect("a button").rect();
        assert!(screen.contains_rect(close), "{size}: {close:?}");
    });
}

#[test]
fn a_question_can_be_answered_in_a_small_window() {
    let home = Home::settled();
    in_sizes(&home, |window, size| {
        let screen = window.harness.ctx.content_rect();
        window.enter("氏名", "山田");
        window.give(Command::CloseCase);
        for answer in ["保存しないで閉じる", "キャンセル"] {
            let place = window.query_clickable(answer).expect("an answer").rect();
            assert!(screen.contains_rect(place), "{size}: {answer} at {place:?}");
        }
        window.press("保存しないで閉じる");
        window.give(Command::NewCase);
        for button in ["作成", "キャンセル"] {
            let place = window.query_clickable(button).expect("a button").rect();
            assert!(screen.contains_rect(place), "{size}: {button} at {place:?}");
        }
    });
}

#[test]
fn ten_thousand_characters_are_pasted_into_the_name() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    let long = "早坂由美子".repeat(2_000);
    window.focus("氏名");
    window.harness.event(Event::Paste(long.clone()));
    window.run();
    window.wait_for_page();
    assert_eq!(window.shared("patient.name").chars().count(), 10_000);
    window.give(Command::Save);
    window.give(Command::NextTab);
    window.wait_for_page();
    assert_eq!(crate::home::saved(&path).people["patient.name"], text(&long));
    window.give(Command::Undo);
    window.wait_for_page();
    assert_eq!(*window.case().case(), example("c7"));
}

#[test]
fn line_breaks_pasted_into_one_line_do_not_get_lost_in_it() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.focus("住所");
    window.harness.event(Event::Paste("宮城県\n仙台市\r\n青葉区".to_owned()));
    window.run();
    let address = window.shared("patient.address");
    assert!(!address.contains('\n') && address.contains("宮城県") && address.contains("青葉区"), "{address:?}");
}

#[test]
fn a_character_that_cannot_be_printed_gets_a_substitute() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.look().at(&path).with_any_glyph().open();
    window.wait("the case", |window| window.app().opened().is_some());
    window.enter("氏名", "渡\u{E000}");
    window.wait_for_page();
    let name = "「\u{E000}」の代わりに印刷する文字";
    assert!(window.shows("代わりに印刷する文字を入力してください"));
    window.enter(name, "邊");
    window.wait_for_page();
    assert_eq!(window.case().case().print_substitutes["\u{E000}"], "邊");
    assert_eq!(window.shared("patient.name"), "渡\u{E000}", "the name itself stays as it is written");
    assert!(!window.shows("代わりに印刷する文字を入力してください"));
    window.will_choose(&home.out());
    window.give(Command::ExportAll);
    assert!(window.has_told("PDFを3件書き出しました"), "{:?}", window.told());
    window.give(Command::Undo);
    assert!(window.case().case().print_substitutes.is_empty());
}

#[test]
fn a_problem_is_reached_from_the_list() {
    let home = Home::settled();
    let mut case = example("c7");
    case.people.remove("patient.address");
    case.documents[2].values.remove("treatment_outline");
    let path = home.put("case.ron", &case);
    let mut window = home.open(&path);
    window.wait_for_page();
    window.give(Command::NextProblem);
    let first = window.focused();
    assert!(first.is_some());
    window.give(Command::NextProblem);
    assert_ne!(window.focused(), first);
    assert!(!window.case().is_changed());
}

/// They stood in one line that nobody could read to its end.
#[test]
fn every_option_has_room_in_its_side() {
    let home = Home::settled();
    in_sizes(&home, |window, size| {
        window.give(Command::NextTab);
        window.give(Command::NextTab);
        let library = library();
        let form = &library.forms[&window.case().case().documents[1].form];
        let side = window.app().opened().expect("open").entry_width.min(window.harness.ctx.content_rect().width());
        for field in &form.fields {
            for option in field.options() {
                let name = format!("{}：{}", field.label, option.label);
                let place = window.input_or_option(&name).rect();
                assert!(place.right() < side + 1.0, "{size}: {name} at {place:?} of {side}");
                assert!(place.height() < 40.0, "{size}: {name} is broken over lines");
            }
        }
    });
}
