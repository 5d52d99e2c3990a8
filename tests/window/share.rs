//! Papers in one encrypted file: who may have them, what exactly goes, what is held back and decided.

use std::path::PathBuf;

use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::NodeT;
use ryoritsu::model::case::Case;
use ryoritsu::model::consent::Consent;
use ryoritsu::model::record::Record;
use ryoritsu::model::value::Value;
use ryoritsu::share::package::unseal;
use ryoritsu::share::passphrase::prepared;
use ryoritsu::ui::Command;

use crate::common::replies::{CONSULTATION, PLAN, consented};
use crate::common::{example, text, today};
use crate::home::{Home, Window};

const MAKE: &str = "受け渡しファイルを作る";

/// A case with one of its documents shown.
fn open(home: &Home, case: &Case, document: usize) -> Window {
    show(home.open(&home.put("c1.ron", case)), document)
}

fn show(mut window: Window, document: usize) -> Window {
    window.press(["①主治医意見書", "②協議書", "③職場復帰支援プラン"][document]);
    window
}

/// C1 with a word in the plan that tells the diagnosis.
fn telling() -> Case {
    let mut case = consented(false);
    let diagnosis = case.people["patient.diagnosis"].as_text().expect("typed").to_owned();
    let Some(Value::Rows(rows)) = case.documents[PLAN].values.get_mut("periods") else { panic!("a plan") };
    rows[0].insert("measures".to_owned(), text(&format!("残業はしない。{diagnosis}の治療を続ける。")));
    case
}

fn may_press(window: &Window, name: &str) -> bool {
    window.query_clickable(name).is_some_and(|node| !node.accesskit_node().is_disabled())
}

#[test]
fn nothing_goes_without_a_consent_and_another_form_is_offered_where_it_tells_too_much() {
    let home = Home::settled();
    let mut window = open(&home, &example("c1"), 0);
    window.give(Command::Share);
    assert_eq!(window.text("相手の氏名"), "今野　智子");
    assert!(window.shows("本人の同意の記録がありません") && !may_press(&window, MAKE));
    window.press("同意を記録…");
    window.press("病名：伝えない");
    window.press("記録する");
    assert!(window.shows("病名を伝えない同意では渡せません") && !may_press(&window, MAKE), "back on the sheet");
    window.press_like("代わりに「");
    let case = window.case().case();
    let added = case.documents.last().expect("added");
    assert_eq!((case.documents.len(), added.form.as_str()), (4, "return_opinion"));
    assert!(added.has_content(), "it begins with what carries over");
    assert_eq!(window.app().opened().and_then(ryoritsu::app::opened::Opened::document), Some(3), "and is shown");
    window.give(Command::Undo);
    assert_eq!(window.case().case().documents.len(), 3);
}

#[test]
fn a_withdrawn_consent_is_told_with_its_day() {
    let home = Home::settled();
    let mut case = consented(true);
    let withdrawal = ryoritsu::model::revision::Correction { on: today(), why: String::new() };
    case.enter(&Record::Withdraw { consent: 1, withdrawal }).expect("withdrawn");
    let mut window = open(&home, &case, PLAN);
    window.give(Command::Share);
    assert!(window.shows("令和8年11月22日に同意を撤回したため") && !may_press(&window, MAKE));
}

#[test]
fn what_is_held_back_is_told_by_reason_beside_the_pages_that_go() {
    let home = Home::settled();
    let mut window = open(&home, &consented(false), PLAN);
    window.give(Command::Share);
    window.wait("the pages", |window| window.shows("1 / 2 ページ"));
    for part in [
        "渡さない内容",
        "病名が分かる項目を除きます",
        "復職計画の「治療等の予定」",
        "院外に出さない項目です",
        "患者番号",
    ] {
        assert!(window.shows(part), "{part}");
    }
    assert!(window.shows("同意1（令和8年11月22日）に基づいて渡します。") && may_press(&window, MAKE));
    window.key(Key::PageDown);
    assert!(window.shows("2 / 2 ページ"));
    window.press("前のページ");
    assert!(window.shows("1 / 2 ページ"));
    window.press("渡す書類：③職場復帰支援プラン");
    assert!(!window.shows("1 / 2 ページ") && !may_press(&window, MAKE), "nothing is chosen");
    assert!(window.shows("渡す書類が選ばれていません"));
}

#[test]
fn a_word_that_tells_the_diagnosis_is_decided_before_anything_goes() {
    for (answer, is_told) in [("そのまま渡す", true), ("この項目を除く", false)] {
        let home = Home::settled();
        let mut window = open(&home, &telling(), PLAN);
        window.give(Command::Share);
        assert!(window.shows("決めていない項目が1件あります") && !may_press(&window, MAKE), "nothing is chosen");
        window.press_only_like(answer);
        window.settle();
        assert!(may_press(&window, MAKE), "{answer}");
        assert_eq!(window.shows("除くことにした項目です"), !is_told, "{answer}");
        window.press("渡す相手：産業医");
        assert!(!may_press(&window, MAKE), "what one may read is not decided for another");
    }
}

#[test]
fn nothing_goes_before_its_pages_are_to_be_seen() {
    let home = Home::settled();
    let mut window = open(&home, &consented(true), PLAN);
    window.give(Command::Share);
    assert!(may_press(&window, MAKE));
    window.query_clickable("渡す書類：②協議書").expect("a paper").click_accesskit();
    window.harness.step();
    assert!(!may_press(&window, MAKE) && window.shows("相手に渡る紙面を表示しています"), "other pages than were seen");
    window.settle();
    assert!(may_press(&window, MAKE));
}

#[test]
fn a_sheet_begins_at_its_top_wherever_the_last_one_was_left() {
    let home = Home::settled();
    let path = home.put("c1.ron", &consented(true));
    let mut window = home.look().at(&path).with_size(vec2(1280.0, 720.0), 1.5).open();
    window.wait("the case", |window| window.app().opened().is_some());
    window.give(Command::Share);
    let at = window.input("相手の氏名").rect();
    reach(&mut window, "保存先を選ぶ…");
    assert_ne!(window.input("相手の氏名").rect(), at, "it was scrolled");
    window.press("キャンセル");
    window.give(Command::Share);
    assert_eq!(window.input("相手の氏名").rect(), at);
}

#[test]
fn escape_throws_no_decision_away() {
    let home = Home::settled();
    let mut window = open(&home, &telling(), PLAN);
    window.give(Command::Share);
    window.press_only_like("この項目を除く");
    window.key(Key::Escape);
    assert!(window.shows("渡す書類"), "the sheet stays");
    window.press("キャンセル");
    assert!(!window.shows("渡す書類"));
}

#[test]
fn a_word_that_tells_the_diagnosis_is_rewritten_in_its_field() {
    let home = Home::settled();
    let mut window = open(&home, &telling(), PLAN);
    window.give(Command::Share);
    window.press_only_like("書き直す");
    window.settle();
    assert!(!window.shows("渡す書類"), "the sheet is gone");
    assert!(window.focused().is_some_and(|name| name.contains('1')), "{:?}", window.focused());
}

#[test]
fn a_passphrase_is_made_up_or_typed_and_a_weak_one_refused() {
    let home = Home::settled();
    let mut window = open(&home, &consented(true), PLAN);
    window.give(Command::Share);
    assert!(may_press(&window, MAKE), "one is there");
    window.press("合言葉の決め方：自分で決める");
    assert!(window.shows("合言葉が未入力です") && !may_press(&window, MAKE));
    window.enter("合言葉", "さくら");
    assert!(window.shows("弱い") && !may_press(&window, MAKE));
    assert!(window.shows("言葉を五つ以上つなげると"), "what to do stays in sight");
    window.enter("合言葉", "あさひ ゆうがお つりばし はちみつ とうだい かざぐるま");
    assert!(may_press(&window, MAKE));
    window.press("キャンセル");
    window.give(Command::Share);
    window.press("合言葉の決め方：自分で決める");
    assert_eq!(window.text("合言葉"), "", "it is kept nowhere");
}

#[test]
fn the_sheet_is_filled_with_the_keyboard_alone() {
    let home = Home::settled();
    let mut window = open(&home, &consented(false), CONSULTATION);
    window.give(Command::Share);
    assert_eq!(window.focused().as_deref(), Some("相手の氏名"));
    reach(&mut window, "渡す書類：③職場復帰支援プラン");
    window.key(Key::Space);
    window.settle();
    assert!(window.shows("復職計画の「治療等の予定」"));
    for name in ["作り直す", "入力用PDF：相手の記入欄に入力できるPDFも入れる", "保存先を選ぶ…", MAKE, "キャンセル"]
    {
        reach(&mut window, name);
        let screen = window.harness.ctx.content_rect();
        let place = window.query_clickable(name).expect("a button").rect();
        assert!(screen.contains_rect(place), "{name} at {place:?}");
    }
    window.key(Key::Escape);
    assert!(!window.shows("渡す書類"));
}

/// Presses Tab until something has the keyboard.
fn reach(window: &mut Window, name: &str) {
    for _ in 0..60 {
        if window.focused().as_deref() == Some(name) {
            return;
        }
        window.keys(Modifiers::NONE, Key::Tab);
    }
    panic!("{name} is not reached; at {:?}", window.focused());
}

#[test]
fn all_sheets_that_give_something_away_fit_into_a_small_window() {
    let home = Home::settled();
    let path = home.put("c1.ron", &telling());
    for (size, density) in [(vec2(1280.0, 720.0), 1.0), (vec2(1280.0, 720.0), 1.5), (vec2(640.0, 480.0), 1.0)] {
        for (command, button) in
            [(Command::Share, MAKE), (Command::HandOut, "渡す"), (Command::TakeReply, "返信を開く")]
        {
            let mut window = home.look().at(&path).with_size(size, density).open();
            window.wait("the case", |window| window.app().opened().is_some());
            let mut window = show(window, PLAN);
            window.give(command);
            let screen = window.harness.ctx.content_rect();
            for name in [button, "キャンセル"] {
                let place = window.query_clickable(name).expect("a button").rect();
                assert!(screen.contains_rect(place), "{command:?} in {size:?}: {name} at {place:?}");
            }
        }
    }
}

#[test]
fn the_file_is_where_the_user_says() {
    let home = Home::settled();
    let mut window = open(&home, &consented(true), PLAN);
    window.give(Command::Share);
    assert!(window.shows("R8-0001_受け渡し.age"), "a name without anything of the patient");
    let path: PathBuf = home.out().join("elsewhere.age");
    window.will_choose(&path);
    window.press("保存先を選ぶ…");
    assert_eq!(window.asked().last().expect("asked").name, "R8-0001_受け渡し.age");
    assert!(window.shows("elsewhere.age"));
}

#[test]
fn no_consent_is_taken_for_granted() {
    let home = Home::settled();
    let mut case = example("c1");
    let consent = Consent { number: 0, ..crate::common::consent(today()) };
    case.enter(&Record::Consent(consent)).expect("consented");
    let mut window = open(&home, &case, PLAN);
    window.give(Command::Share);
    assert!(may_press(&window, MAKE), "the company is consented to");
    window.press("渡す相手：産業医");
    assert!(window.shows("本人の同意の記録がありません") && !may_press(&window, MAKE));
    window.press("渡す相手：本人");
    assert!(may_press(&window, MAKE), "the patient may always have it");
}

#[test]
fn the_file_is_made_recorded_and_opens_with_its_passphrase() {
    let home = Home::settled();
    let mut window = open(&home, &consented(false), PLAN);
    window.give(Command::Share);
    window.press("合言葉の決め方：自分で決める");
    window.enter("合言葉", "あさひ ゆうがお つりばし はちみつ とうだい かざぐるま");
    let path = home.out().join("R8-0001_受け渡し.age");
    window.will_choose(&path);
    window.press("保存先を選ぶ…");
    window.press(MAKE);
    assert!(window.has_told("受け渡しファイルを作り、渡した書類として記録しました"), "{:?}", window.told());
    let bytes = std::fs::read(&path).expect("written");
    let package = unseal(&bytes, &prepared("あさひゆうがおつりばしはちみつとうだいかざぐるま")).expect("opened");
    assert_eq!(package.manifest.papers.len(), 1);
    let revision = window.case().case().documents[PLAN].latest().expect("fixed").clone();
    assert_eq!(revision.handouts[0].package.as_ref(), Some(&package.manifest.id));
    window.give(Command::Revisions);
    assert!(window.shows("受け渡しファイルに入れて渡しました") && window.shows("除いた項目："));
    window.press("閉じる");
    window.give(Command::Share);
    assert!(window.shows("R8-0001_受け渡し_2.age"), "where the last one went, under a name of its own");
    window.will_choose(&path);
    window.press("保存先を選ぶ…");
    window.press(MAKE);
    assert!(window.query_clickable(MAKE).is_some(), "no file is written over: {:?}", window.told());
    assert_eq!(std::fs::read(&path).expect("there"), bytes);
}
