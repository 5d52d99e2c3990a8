//! What somebody outside filled in, taken into the open case.

use std::fs;
use std::path::PathBuf;

use eframe::egui::Key;
use egui_kittest::kittest::NodeT;
use ryoritsu::model::case::Case;
use ryoritsu::model::check::Place;
use ryoritsu::model::form::Party;
use ryoritsu::model::package::Passphrase;
use ryoritsu::share::reply::seal;
use ryoritsu::ui::Command;

use crate::common::replies::{CONSULTATION, Shared};
use crate::common::text;
use crate::home::{Home, Window, saved};

const WORK: &str = "daily_work";

/// The consultation went to the company, which filled something in.
fn answered(home: &Home, fill: impl FnOnce(&mut Case)) -> (Shared, PathBuf) {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let path = write(home, &shared, fill);
    (shared, path)
}

fn write(home: &Home, shared: &Shared, fill: impl FnOnce(&mut Case)) -> PathBuf {
    let reply = shared.reply(fill);
    let sealed = seal(&reply, &shared.manifest, "reply-1".to_owned(), &Passphrase("ゆうひかもめ".to_owned()), 2);
    let path = home.out().join("R8-0001_返信.age");
    fs::write(&path, sealed.expect("sealed")).expect("written");
    path
}

fn say(case: &mut Case, words: &str) {
    let at = case.documents.iter().position(|one| one.form == "workplace_consultation").expect("sent");
    case.documents[at].values.insert(WORK.to_owned(), text(words));
}

/// Opens the reply on its sheet.
fn read(window: &mut Window, reply: &std::path::Path, passphrase: &str) {
    window.give(Command::TakeReply);
    window.will_choose(reply);
    window.press("ファイルを選ぶ…");
    window.enter("合言葉", passphrase);
    window.press("返信を開く");
}

fn work(window: &Window) -> String {
    let values = &window.case().case().documents[CONSULTATION].values;
    values.get(WORK).and_then(|value| value.as_text()).unwrap_or_default().to_owned()
}

fn may_merge(window: &Window) -> bool {
    window.query_clickable("取り込む").is_some_and(|node| !node.accesskit_node().is_disabled())
}

#[test]
fn what_was_filled_in_comes_into_the_case_and_is_marked() {
    let home = Home::settled();
    let (shared, reply) = answered(&home, |case| say(case, "新しい仕事の内容"));
    let path = home.put("c1.ron", &shared.case);
    let mut window = home.open(&path);
    let before = work(&window);
    read(&mut window, &reply, "ゆうひ　かもめ");
    assert!(window.shows("取り込む内容（1件）") && window.shows("新しい仕事の内容"), "{:?}", window.told());
    assert_eq!(work(&window), before, "only shown so far");
    window.press("取り込む");
    assert!(window.has_told("1件の内容を取り込みました"), "{:?}", window.told());
    assert_eq!(work(&window), "新しい仕事の内容");
    assert_eq!(saved(&path), *window.case().case(), "it is in the file as well");
    window.give(Command::NextTab);
    while !window.shows("今野　智子さんの返信（令和8年11月22日）") {
        window.give(Command::NextTab);
    }
    window.give(Command::Undo);
    assert_eq!(work(&window), before);
    assert_eq!(window.case().case().replies.len(), 1, "that it came cannot be undone");
    assert!(!window.shows("さんの返信（"), "it is not theirs any more");
}

#[test]
fn what_both_sides_changed_is_chosen_side_by_side() {
    for (answer, expected) in [("今の内容を残す", "こちらで直した内容"), ("返信の内容にする", "会社が書いた内容")]
    {
        let home = Home::settled();
        let (mut shared, reply) = answered(&home, |case| say(case, "会社が書いた内容"));
        say(&mut shared.case, "こちらで直した内容");
        let mut window = home.open(&home.put("c1.ron", &shared.case));
        read(&mut window, &reply, "ゆうひかもめ");
        for part in ["渡したとき", "こちらで直した内容", "会社が書いた内容", "選んでいない項目が1件あります"]
        {
            assert!(window.shows(part), "{part}");
        }
        assert!(!may_merge(&window), "nothing is chosen");
        window.press_only_like(answer);
        window.settle();
        assert!(may_merge(&window));
        window.press("取り込む");
        assert_eq!(work(&window), expected, "{:?}", window.told());
    }
}

#[test]
fn what_is_not_theirs_is_left_out_and_told() {
    let home = Home::settled();
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let mut reply = shared.reply(|case| say(case, "新しい仕事の内容"));
    reply.people.insert("patient.name".to_owned(), text("別の名前"));
    let sealed = seal(&reply, &shared.manifest, "reply-1".to_owned(), &Passphrase("ゆうひ".to_owned()), 2);
    let file = home.out().join("reply.age");
    fs::write(&file, sealed.expect("sealed")).expect("written");
    let mut window = home.open(&home.put("c1.ron", &shared.case));
    read(&mut window, &file, "ゆうひ");
    assert!(window.shows("取り込まない項目（1件）") && window.shows("差出人が記入する項目ではありません"));
    window.press("取り込む");
    assert_ne!(window.shared("patient.name"), "別の名前");
    assert_eq!(work(&window), "新しい仕事の内容");
}

#[test]
fn the_same_reply_again_changes_nothing_and_says_so() {
    let home = Home::settled();
    let (shared, reply) = answered(&home, |case| say(case, "新しい仕事の内容"));
    let path = home.put("c1.ron", &shared.case);
    let mut window = home.open(&path);
    read(&mut window, &reply, "ゆうひかもめ");
    window.press("取り込む");
    let once = saved(&path);
    read(&mut window, &reply, "ゆうひかもめ");
    assert!(window.shows("令和8年11月22日に取り込み済みです"));
    assert!(window.query_clickable("取り込む").is_none() && window.query_clickable("キャンセル").is_none());
    window.press("閉じる");
    assert_eq!(saved(&path), once);
}

#[test]
fn a_wrong_passphrase_is_told_and_another_one_may_be_typed() {
    let home = Home::settled();
    let (shared, reply) = answered(&home, |case| say(case, "新しい仕事の内容"));
    let mut window = home.open(&home.put("c1.ron", &shared.case));
    read(&mut window, &reply, "あさひ");
    assert!(window.shows("合言葉が違います"), "{:?}", window.told());
    window.enter("合言葉", "ゆうひかもめ");
    window.press("返信を開く");
    assert!(window.shows("取り込む内容（1件）") && !window.shows("合言葉が違います"));
}

#[test]
fn what_is_typed_while_a_reply_is_taken_in_stays() {
    let home = Home::settled();
    let (shared, reply) = answered(&home, |case| say(case, "会社が書いた内容"));
    let mut window = home.open(&home.put("c1.ron", &shared.case));
    read(&mut window, &reply, "ゆうひかもめ");
    window.query_clickable("取り込む").expect("a button").click_accesskit();
    window.harness.step();
    let place = Place { document: Some(CONSULTATION), ..Place::field(WORK) };
    let opened = window.app_mut().opened_mut().expect("open");
    opened.open.set(&place, Some(text("取り込むあいだに書いた内容")), 1.0);
    window.settle();
    assert_eq!(work(&window), "取り込むあいだに書いた内容", "{:?}", window.told());
    assert_eq!(window.case().case().replies.len(), 1);
}

#[test]
fn escape_throws_no_typed_passphrase_away() {
    let home = Home::settled();
    let (shared, reply) = answered(&home, |case| say(case, "新しい仕事の内容"));
    let mut window = home.open(&home.put("c1.ron", &shared.case));
    window.give(Command::TakeReply);
    window.will_choose(&reply);
    window.press("ファイルを選ぶ…");
    window.enter("合言葉", "ゆうひかもめ");
    window.key(Key::Escape);
    assert_eq!(window.query_input("合言葉").map(|line| line.value()), Some(Some("ゆうひかもめ".to_owned())));
}

#[test]
fn a_reply_to_another_case_is_named_as_such() {
    let home = Home::settled();
    let (shared, reply) = answered(&home, |case| say(case, "新しい仕事の内容"));
    let other = Case { id: "fedcba9876543210".to_owned(), ..shared.case.clone() };
    let mut window = home.open(&home.put("other.ron", &other));
    read(&mut window, &reply, "ゆうひかもめ");
    assert!(window.shows("別のケースへの返信です") && !may_merge(&window));
    let junk = home.out().join("junk.age");
    fs::write(&junk, b"not encrypted").expect("written");
    window.will_choose(&junk);
    window.press("ファイルを選ぶ…");
    window.enter("合言葉", "ゆうひかもめ");
    window.press("返信を開く");
    assert!(window.shows("暗号化された受け渡しファイルではありません"));
}

#[test]
fn a_reply_to_an_older_revision_is_told() {
    let home = Home::settled();
    let (mut shared, reply) = answered(&home, |case| say(case, "新しい仕事の内容"));
    shared.case.documents[CONSULTATION].values.insert("work_notes".to_owned(), text("変更"));
    say(&mut shared.case, "別の内容");
    let newer = Shared::of(shared.case, &[CONSULTATION], Party::Company, "package-2");
    let mut window = home.open(&home.put("c1.ron", &newer.case));
    read(&mut window, &reply, "ゆうひかもめ");
    assert!(window.shows("第1版への返信です"), "{:?}", window.told());
}

#[test]
fn a_long_text_is_scrolled_within_the_sheet() {
    let home = Home::settled();
    let long = "長い文です。".repeat(600);
    let (shared, reply) = answered(&home, |case| say(case, &long));
    let mut window = home.open(&home.put("c1.ron", &shared.case));
    read(&mut window, &reply, "ゆうひかもめ");
    let screen = window.harness.ctx.content_rect();
    let place = window.query_clickable("取り込む").expect("a button").rect();
    assert!(screen.contains_rect(place), "{place:?}");
}

#[test]
fn a_reply_that_is_opened_by_itself_is_offered_to_the_open_case() {
    let home = Home::settled();
    let (shared, reply) = answered(&home, |case| say(case, "新しい仕事の内容"));
    let path = home.put("case.ron", &shared.case);
    let mut window = home.open(&path);
    window.will_choose(&reply);
    window.give(Command::Open);
    window.enter("合言葉", "ゆうひ かもめ");
    window.press("開く");
    assert!(window.shows("開いているケースに取り込みますか"));
    window.press("返信を取り込む");
    assert!(window.shows("新しい仕事の内容"), "it opens without asking for the passphrase again");
    window.press("取り込む");
    assert_eq!(work(&window), "新しい仕事の内容");
}

#[test]
fn a_pdf_that_came_back_needs_no_password_unless_it_has_one() {
    let home = Home::settled();
    let mut window = home.open(&home.put("c1.ron", &crate::common::replies::consented(true)));
    window.press("②協議書");
    window.give(Command::HandOut);
    window.press("渡す相手：会社担当者");
    window.press("入力用PDF：相手の記入欄に入力できるPDFにする");
    window.will_choose(&home.out());
    window.press("書き出すフォルダー…");
    window.press("渡す");
    let pdf = fs::read_dir(home.out()).expect("a folder").next().expect("written").expect("readable").path();
    window.give(Command::TakeReply);
    window.will_choose(&pdf);
    window.press("ファイルを選ぶ…");
    assert!(window.query_input("パスワード").is_some());
    window.press("返信を開く");
    assert!(window.shows("変わった項目はありません"), "{:?}", window.told());
}
