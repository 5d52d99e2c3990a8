//! The whole case, given to another coordinator.

use eframe::egui::Key;
use egui_kittest::kittest::NodeT;
use ryoritsu::model::form::Party;
use ryoritsu::model::package::HandOver;
use ryoritsu::model::record::Record;
use ryoritsu::model::revision::Recipient;
use ryoritsu::ui::Command;

use crate::common::replies::consented;
use crate::common::{example, today};
use crate::home::{Home, Window, saved};

const MAKE: &str = "引き継ぎファイルを作り、ケースを終了する";

fn may_make(window: &Window) -> bool {
    window.query_clickable(MAKE).is_some_and(|node| !node.accesskit_node().is_disabled())
}

#[test]
fn a_case_goes_outside_only_with_a_consent_to_all_of_it() {
    for (case, may) in [(example("c1"), false), (consented(false), false), (consented(true), true)] {
        let home = Home::settled();
        let mut window = home.open(&home.put("c1.ron", &case));
        window.choose("手続き", Command::HandOver);
        assert!(window.shows("病名も含まれます") && window.shows("R8-0001_引き継ぎ.age"));
        assert_eq!(may_make(&window), may, "{:?}", case.consents);
        assert_eq!(window.shows("この同意は、会社・支援機関・ほかの病院のどのコーディネーター"), may);
        assert!(window.query_clickable("渡す相手：主治医").is_none(), "a coordinator only");
        assert!(window.query_clickable("渡す相手：ほかの病院・会社・支援機関のコーディネーター").is_some());
        window.press("渡す相手：この病院の両立支援コーディネーター");
        assert!(may_make(&window), "within the hospital none is needed");
        assert!(!window.shows("どのコーディネーター"));
    }
}

#[test]
fn a_case_that_was_handed_over_says_to_whom() {
    let home = Home::settled();
    let mut case = consented(true);
    let to = Recipient { party: Party::OutsideCoordinator, name: "三浦　直樹".to_owned() };
    let hand_over = HandOver { on: today(), to, package: "package-1".to_owned(), consent: Some(1) };
    case.enter(&Record::HandOver(hand_over)).expect("handed over");
    let mut window = home.open(&home.put("c1.ron", &case));
    window.press("進み具合");
    assert!(window.shows("三浦　直樹へ引き継ぎ済み"));
}

#[test]
fn the_file_is_made_and_the_case_closed() {
    let home = Home::settled();
    let path = home.put("c1.ron", &consented(true));
    let mut window = home.open(&path);
    window.choose("手続き", Command::HandOver);
    window.enter("相手の氏名", "三浦　直樹");
    let file = home.out().join("R8-0001_引き継ぎ.age");
    window.will_choose(&file);
    window.press("保存先を選ぶ…");
    window.press(MAKE);
    assert!(window.has_told("引き継ぎファイルを作り、ケースを終了しました") && file.exists(), "{:?}", window.told());
    assert!(saved(&path).closing().is_some());
    assert!(window.shows("「R8-0001_引き継ぎ.age」は、次の合言葉で開きます。"));
    window.key(Key::Escape);
    assert!(window.shows("合言葉を相手に伝えてください"), "it is not thrown away by a key");
    window.press("閉じる");
    assert!(!window.shows("合言葉を相手に伝えてください"));
    window.press("進み具合");
    assert!(window.shows("三浦　直樹へ引き継ぎ済み"));
}

#[test]
fn a_case_with_text_that_is_no_value_is_not_handed_over() {
    let home = Home::settled();
    let mut window = open_with_consent(&home);
    window.press("共通の項目");
    window.enter("生年月日", "いつか");
    window.choose("手続き", Command::HandOver);
    assert!(window.query_clickable(MAKE).is_none(), "what was typed would be missing in it");
    assert!(window.has_told("読み取れない入力が1件"), "{:?}", window.told());
}

fn open_with_consent(home: &Home) -> Window {
    home.open(&home.put("c1.ron", &consented(true)))
}
