//! What happens to the papers, recorded by the sheets: handed out, signed, agreed to, ended.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::NodeT;
use ryoritsu::model::process::{LineMark, lines};
use ryoritsu::model::revision::CopyMark;
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::case_file::CaseFile;
use ryoritsu::store::log;
use ryoritsu::ui::Command;

use crate::common::{example, library, text};
use crate::home::{Home, Window, saved};

/// Case C1 with its opinion shown.
fn open(home: &Home) -> (Window, PathBuf) {
    let path = home.put("c1.ron", &example("c1"));
    let mut window = home.open(&path);
    window.give(Command::NextTab);
    // A tab may stand between the shared fields and the first paper.
    while window.app().opened().and_then(ryoritsu::app::opened::Opened::document) != Some(0)
        || window.query_input("現在の症状").is_none()
    {
        window.give(Command::NextTab);
    }
    (window, path)
}

fn hand_out_to_patient(window: &mut Window, home: &Home) {
    window.give(Command::HandOut);
    window.will_choose(&home.out());
    window.press("書き出すフォルダー…");
    window.press("渡す");
}

fn sign(window: &mut Window) {
    window.give(Command::Sign);
    window.press("記録する");
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).map(|all| all.map(|one| one.expect("readable").path()).collect()).unwrap_or_default();
    files.sort();
    files
}

fn marks(window: &Window) -> Vec<LineMark> {
    lines(window.case().case(), &library().forms, 0).into_iter().map(|line| line.mark).collect()
}

fn consent(window: &mut Window, diagnosis: &str) {
    window.press("同意を記録…");
    window.press(&format!("病名：{diagnosis}"));
    window.press("記録する");
}

#[test]
fn an_opinion_is_handed_out_and_its_pdf_is_kept_and_written() {
    let home = Home::settled();
    let (mut window, path) = open(&home);
    window.give(Command::HandOut);
    assert!(window.shows("第1版になります。"));
    assert_eq!(window.text("相手の氏名"), "佐久間　浩二", "the next to sign is offered");
    assert!(window.shows("同意の記録は要りません"));
    window.will_choose(&home.out());
    window.press("書き出すフォルダー…");
    window.press("渡す");
    assert!(window.has_told("主治医意見書の第1版を、渡した書類として記録しました"), "{:?}", window.told());
    let (written, kept) = (files(&home.out()), files(&home.cases().join("c1.files")));
    assert_eq!((written.len(), kept.len()), (1, 1), "{written:?} {kept:?}");
    assert_eq!(fs::read(&written[0]).expect("there"), fs::read(&kept[0]).expect("there"));
    assert_eq!(saved(&path), *window.case().case(), "it is in the file as well");
    assert!(!window.case().is_changed());
    assert!(marks(&window).iter().all(|mark| matches!(mark, LineMark::Awaited { .. })));
}

#[test]
fn copies_go_along_with_their_marks() {
    let home = Home::settled();
    let (mut window, _) = open(&home);
    window.give(Command::HandOut);
    window.press("控え：本人控");
    window.press("控え：病院控");
    window.will_choose(&home.out());
    window.press("書き出すフォルダー…");
    window.press("渡す");
    let revision = window.case().case().documents[0].latest().expect("handed out").clone();
    let copies: Vec<_> = revision.copies.iter().map(|copy| copy.mark).collect();
    assert_eq!(copies, [None, Some(CopyMark::Patient), Some(CopyMark::Hospital)]);
    assert_eq!(files(&home.out()).len(), 3);
}

#[test]
fn both_lines_are_signed_and_one_changed_character_makes_them_outdated() {
    let home = Home::settled();
    let (mut window, path) = open(&home);
    hand_out_to_patient(&mut window, &home);
    window.give(Command::Sign);
    assert_eq!(window.text("署名した方"), "佐久間　浩二");
    window.press("記録する");
    window.give(Command::Sign);
    assert_eq!(window.text("署名した方"), "及川　誠", "the next line is offered");
    window.press("記録する");
    assert!(marks(&window).iter().all(|mark| matches!(mark, LineMark::Signed { .. })), "{:?}", marks(&window));
    assert_eq!(saved(&path).documents[0].latest().expect("there").signatures.len(), 2);
    window.enter("現在の症状", "だるさがある。");
    assert!(marks(&window).iter().all(|mark| matches!(mark, LineMark::Outdated { revision: 1, .. })));
    window.give(Command::HandOut);
    assert!(window.shows("第2版になります。これまでの署名は第1版への署名として残ります"));
}

#[test]
fn undoing_does_not_take_back_what_happened_on_paper() {
    let home = Home::settled();
    let (mut window, _) = open(&home);
    window.enter("現在の症状", "だるさがある。");
    hand_out_to_patient(&mut window, &home);
    sign(&mut window);
    window.give(Command::Undo);
    let document = &window.case().case().documents[0];
    assert!(document.latest().expect("there").is_signed());
    assert_ne!(document.values["current_symptoms"], text("だるさがある。"));
}

#[test]
fn a_company_gets_a_paper_only_as_the_patient_agreed() {
    let home = Home::settled();
    let (mut window, _) = open(&home);
    window.give(Command::HandOut);
    window.press("渡す相手：会社担当者");
    assert_eq!(window.text("相手の氏名"), "今野　智子");
    assert!(window.shows("本人の同意の記録がありません"));
    window.press("渡す");
    assert!(window.case().case().documents[0].revisions.is_empty(), "refused");
    consent(&mut window, "伝えない");
    assert!(window.shows("病名を伝えない同意では渡せません"), "back on the sheet, and still refused");
    assert!(window.query_clickable("渡す相手：会社担当者").is_some_and(|node| is_checked(&node)), "all is as it was");
    window.press("キャンセル");
    window.choose("手続き", Command::Consents);
    assert!(window.shows("同意1"));
    window.press("同意1 撤回…");
    window.key(Key::Enter);
    assert_eq!(window.focused().as_deref(), Some("備考"), "Enter in the day withdraws nothing yet");
    assert!(window.case().case().consents[0].withdrawn.is_none());
    window.key(Key::Enter);
    window.settle();
    assert!(window.shows("に撤回"), "the list is back");
    consent_from_list(&mut window);
    window.press("閉じる");
    window.give(Command::HandOut);
    window.press("渡す相手：会社担当者");
    assert!(window.shows("同意2（令和8年11月22日）に基づいて渡します。"));
    window.will_choose(&home.out());
    window.press("書き出すフォルダー…");
    window.press("渡す");
    let handout = &window.case().case().documents[0].latest().expect("handed out").handouts[0];
    assert_eq!(handout.consent, Some(2));
}

#[test]
fn a_company_gets_a_paper_without_what_tells_the_diagnosis_once_each_word_is_decided() {
    let home = Home::settled();
    let mut case = example("t-06");
    case.documents[1].values.insert("wishes".to_owned(), text("白血病のことは伏せたい。"));
    let path = home.put("t06.ron", &case);
    let mut window = home.open(&path);
    window.give(Command::NextTab);
    window.give(Command::NextTab);
    window.give(Command::HandOut);
    window.press("渡す相手：会社担当者");
    assert!(window.shows("同意1（令和8年11月12日）に基づいて渡します。"));
    assert!(window.shows("決めていない項目が1件あります"));
    window.will_choose(&home.out());
    window.press("書き出すフォルダー…");
    window.press("渡す");
    assert!(window.case().case().documents[1].revisions.is_empty(), "nothing goes before it is decided");
    window.press_only_like("この項目を除く");
    window.settle();
    assert!(window.shows("除くことにした項目です"));
    window.press("渡す");
    let copy = &window.case().case().documents[1].latest().expect("handed out").copies[0];
    assert_eq!(copy.left_out.as_ref().expect("something is left out").fields, ["wishes"]);
    assert!(home.out().join("R8-0106_協議書_第1版_抜粋.pdf").exists());
}

fn consent_from_list(window: &mut Window) {
    window.press("同意を記録…");
    window.press("渡してよい相手：会社担当者");
    window.press("病名：伝えてよい");
    window.press("記録する");
}

fn is_checked(node: &egui_kittest::Node<'_>) -> bool {
    node.accesskit_node().toggled() == Some(eframe::egui::accesskit::Toggled::True)
}

#[test]
fn a_mistaken_signature_is_corrected_and_stays_to_be_seen() {
    let home = Home::settled();
    let (mut window, _) = open(&home);
    hand_out_to_patient(&mut window, &home);
    sign(&mut window);
    window.give(Command::Revisions);
    window.press_like("訂正…");
    window.press("訂正する");
    assert!(window.shows("理由が未入力です"), "a reason is needed");
    window.enter("理由", "別の方の署名でした");
    window.press("訂正する");
    let revision = window.case().case().documents[0].latest().expect("there").clone();
    assert!(revision.signature("patient").is_none() && revision.signatures.len() == 1);
    assert!(window.shows("訂正：別の方の署名でした"), "the list of revisions is back, with it");
}

#[test]
fn a_case_is_closed_and_opened_again() {
    let home = Home::settled();
    let (mut window, path) = open(&home);
    window.choose("手続き", Command::EndCase);
    window.press("終了する");
    assert!(window.shows("結果が選ばれていません"));
    window.press("結果：復職");
    window.press("終了する");
    assert!(saved(&path).closing().is_some());
    window.choose("手続き", Command::Reopen);
    window.enter("理由", "計画を見直すため");
    window.key(Key::Enter);
    window.settle();
    assert!(saved(&path).closing().is_none(), "Enter confirms");
}

#[test]
fn the_log_tells_what_was_done() {
    let home = Home::settled();
    let (mut window, path) = open(&home);
    window.enter("現在の症状", "だるさがある。");
    window.give(Command::Save);
    hand_out_to_patient(&mut window, &home);
    sign(&mut window);
    window.will_choose(&home.out());
    window.give(Command::ExportDocument);
    window.choose("手続き", Command::Log);
    for part in
        ["ケースを開く", "変更して保存：", "現在の症状", "第1版を本人 佐久間　浩二に渡す", "署名を記録", "（下書き）"]
    {
        assert!(window.shows(part), "{part}");
    }
    let text = home.out().join("log.txt");
    window.will_choose(&text);
    window.press("書き出す…");
    let text = fs::read_to_string(&text).expect("written");
    assert!(text.contains("ケースを開く") && !text.contains("だるさがある。"), "never what stands in a field: {text}");
    assert!(log::troubles(&CaseFile::read(&path).expect("a case")).is_empty());
}

#[test]
fn an_altered_log_is_told_on_top() {
    let home = Home::settled();
    let (mut window, path) = open(&home);
    hand_out_to_patient(&mut window, &home);
    let log = log::path(&path);
    let written = fs::read_to_string(&log).expect("there").replace("Opened", "Reopened");
    fs::write(&log, written).expect("written");
    window.choose("手続き", Command::Log);
    assert!(window.shows("書かれたときのままではありません"));
}

#[test]
fn ten_thousand_entries_are_drawn_as_far_as_they_are_in_sight() {
    let home = Home::settled();
    let (mut window, path) = open(&home);
    let stamp = log::Stamp { at: "2026-11-22T10:15:00+09:00".to_owned(), user: "tester".to_owned() };
    let first = log::append(&Disk, &path, &stamp, &log::Event::Opened, None).expect("added");
    // The chain is not what this is about: the same entry over and over.
    let file = log::path(&path);
    let text = fs::read_to_string(&file).expect("there");
    let line = text.lines().last().expect("an entry").to_owned();
    assert!(first.number > 0);
    fs::write(&file, format!("{text}{}\n", vec![line; 10_000].join("\n"))).expect("written");
    window.choose("手続き", Command::Log);
    assert!(window.shows("10002件") || window.shows("10001件"), "all are counted");
    let rows = window
        .harness
        .root()
        .children_recursive()
        .filter(|node| node.accesskit_node().value().is_some_and(|value| value.contains("ケースを開く")));
    assert!(rows.count() < 100, "only those in sight are drawn");
}

#[test]
fn what_cannot_be_read_stays_and_says_why() {
    let home = Home::settled();
    let (mut window, _) = open(&home);
    hand_out_to_patient(&mut window, &home);
    window.give(Command::Sign);
    window.enter("署名した方", "佐久間");
    for (typed, why) in [
        ("きのう", "署名の日付「きのう」は、日付として読み取れません"),
        ("8.11.20", "元号がない"),
        ("2027/1/1", "今日より後"),
        ("", "署名の日付が未入力です"),
    ] {
        window.enter("署名の日付", typed);
        window.press("記録する");
        assert!(window.shows(why), "{typed}: {why}");
        assert_eq!((window.text("署名の日付").as_str(), window.text("署名した方").as_str()), (typed, "佐久間"));
    }
    window.enter("署名の日付", "R8.11.20");
    window.press("記録する");
    let revision = window.case().case().documents[0].latest().expect("there").clone();
    assert_eq!(revision.signatures[0].signed_on.to_string(), "2026-11-20");
    assert_eq!(revision.signatures[0].name, "佐久間");
}

#[test]
fn a_consent_that_ends_before_it_begins_is_refused() {
    let home = Home::settled();
    let (mut window, _) = open(&home);
    window.choose("手続き", Command::Consents);
    window.press("同意を記録…");
    window.press("記録する");
    assert!(window.shows("渡してよい相手か、渡してよい書類が選ばれていません"));
    window.press("渡してよい相手：会社担当者");
    window.press("記録する");
    assert!(window.shows("病名を伝えてよいかどうかが選ばれていません"), "nothing is taken for agreed");
    window.press("病名：伝えない");
    window.enter("期限", "R8.11.1");
    window.enter("備考", "電話で確認");
    window.press("記録する");
    assert!(window.shows("終わりの日が、始まりの日より前です"));
    assert_eq!(window.text("備考"), "電話で確認");
    assert!(window.case().case().consents.is_empty());
}

#[test]
fn a_scan_is_looked_at_before_it_is_kept() {
    let home = Home::settled();
    let (mut window, path) = open(&home);
    hand_out_to_patient(&mut window, &home);
    let (no_scan, gone, scan) = (home.out().join("a.txt"), home.out().join("gone.pdf"), home.out().join("scan.png"));
    fs::write(&no_scan, "no picture").expect("written");
    fs::write(&scan, ryoritsu::assets::ICON).expect("written");
    window.give(Command::Sign);
    for (file, why) in [(&no_scan, "a.txt"), (&gone, "見つかりません")] {
        window.will_choose(file);
        window.press("ファイルを選ぶ…");
        assert!(window.shows(why));
        window.press("記録する");
        assert!(!window.case().case().documents[0].latest().expect("there").is_signed(), "{file:?}");
        assert_eq!(window.text("署名した方"), "佐久間　浩二", "all that was entered is there");
    }
    window.will_choose(&scan);
    window.press("ファイルを選ぶ…");
    window.press("記録する");
    let signature = window.case().case().documents[0].latest().expect("there").signatures[0].clone();
    let kept = home.cases().join("c1.files").join(signature.scan.expect("kept").name);
    assert_eq!(fs::read(kept).expect("there"), fs::read(&scan).expect("there"));
    assert_eq!(saved(&path), *window.case().case());
}

#[test]
fn a_scan_that_goes_before_it_is_recorded_is_told_on_the_sheet() {
    let home = Home::settled();
    let (mut window, _) = open(&home);
    hand_out_to_patient(&mut window, &home);
    let scan = home.out().join("scan.png");
    fs::write(&scan, ryoritsu::assets::ICON).expect("written");
    window.give(Command::Sign);
    window.will_choose(&scan);
    window.press("ファイルを選ぶ…");
    fs::remove_file(&scan).expect("removed");
    window.enter("署名した方", "佐久間");
    window.press("記録する");
    assert!(window.shows("scan.png") && window.shows("見つかりません"));
    assert_eq!(window.text("署名した方"), "佐久間");
}

#[test]
fn a_folder_that_is_gone_keeps_the_sheet() {
    let home = Home::settled();
    let (mut window, _) = open(&home);
    window.give(Command::HandOut);
    window.enter("相手の氏名", "代理の方");
    window.will_choose(&home.out().join("gone"));
    window.press("書き出すフォルダー…");
    window.press("渡す");
    assert!(window.shows("見つかりません"));
    assert_eq!(window.text("相手の氏名"), "代理の方");
    assert!(window.case().case().documents[0].revisions.is_empty());
}

#[test]
fn a_case_that_may_only_be_read_records_nothing() {
    let home = Home::settled();
    let (window, path) = open(&home);
    let mut second = home.open(&path);
    for command in [Command::HandOut, Command::Sign] {
        second.give(command);
        assert!(second.query_clickable("キャンセル").is_none(), "{command:?}");
    }
    assert!(second.query_clickable("渡す…").is_none(), "nor is it offered beside the page");
    second.choose("手続き", Command::Consents);
    assert!(second.query_clickable("同意を記録…").is_some_and(|node| node.accesskit_node().is_disabled()));
    drop(window);
}

#[test]
fn a_case_that_was_never_saved_is_saved_first() {
    let home = Home::settled();
    let mut window = home.start();
    window.press("記入例 C1");
    window.give(Command::HandOut);
    assert!(window.shows("書類を渡す"), "saved, and then the sheet; told: {:?}", window.told());
    assert!(window.case().path().is_some());
}

#[test]
fn typed_text_that_is_no_value_keeps_a_paper_from_being_handed_out() {
    let home = Home::settled();
    let (mut window, _) = open(&home);
    window.press("共通の項目");
    window.enter("生年月日", "きのう");
    window.key(Key::Enter);
    window.give(Command::HandOut);
    assert!(window.has_told("読み取れない入力が1件ある"), "{:?}", window.told());
    assert!(!window.shows("渡す相手"));
}

#[test]
fn a_change_by_somebody_else_is_decided_before_it_is_recorded() {
    let home = Home::settled();
    let (mut window, path) = open(&home);
    window.give(Command::HandOut);
    window.enter("相手の氏名", "代理の方");
    let mut other = CaseFile::read(&path).expect("a case");
    other.case.people.insert("employer.department".to_owned(), text("総務部"));
    other.save(&Disk).expect("saved");
    window.press("渡す");
    assert!(window.shows("ほかの人が、このケースを変更して保存しました"));
    window.press("保存されている内容に替える");
    assert_eq!(window.text("相手の氏名"), "代理の方", "the sheet is back");
    window.press("渡す");
    assert_eq!(saved(&path).documents[0].revisions.len(), 1);
    assert_eq!(saved(&path).people["employer.department"], text("総務部"));
}

#[test]
fn a_paper_that_was_handed_out_is_not_removed() {
    let home = Home::settled();
    let (mut window, _) = open(&home);
    hand_out_to_patient(&mut window, &home);
    let count = window.case().case().documents.len();
    window.press("この書類を削除");
    assert_eq!(window.case().case().documents.len(), count);
    assert!(window.told().iter().any(|told| told.contains("削除")), "{:?}", window.told());
}

#[test]
fn a_new_paper_begins_with_what_the_last_one_says() {
    let home = Home::settled();
    let (mut window, _) = open(&home);
    window.press("書類を追加");
    window.press_like("（前回の内容から）");
    let documents = &window.case().case().documents;
    let last = documents.last().expect("there");
    assert_eq!((&last.form, &last.values), (&documents[0].form, &documents[0].values));
    assert!(last.revisions.is_empty() && last.id != documents[0].id);
}

#[test]
fn two_revisions_are_compared() {
    let home = Home::settled();
    let (mut window, _) = open(&home);
    hand_out_to_patient(&mut window, &home);
    window.enter("現在の症状", "だるさがある。");
    hand_out_to_patient(&mut window, &home);
    window.give(Command::Revisions);
    window.press("二つの版を比べる");
    assert!(window.shows("第1版と第2版の違い") && window.shows("現在の症状") && window.shows("だるさがある。"));
    window.press("閉じる");
    assert!(window.shows("版の一覧"), "the list is back");
    window.will_choose(&home.out());
    let before = files(&home.out());
    window.press("第1版 もう一度書き出す…");
    assert_eq!(files(&home.out()), before, "the very same bytes are there already");
    window.press("閉じる");
    window.choose("手続き", Command::Log);
    window.wait("the log", |window| window.shows("の第1版をもう一度PDFに書き出す"));
}

#[test]
fn escape_leaves_everything_as_it_was() {
    let home = Home::settled();
    let (mut window, path) = open(&home);
    let before = saved(&path);
    window.give(Command::HandOut);
    window.key(Key::Escape);
    assert!(!window.shows("渡す相手"));
    window.choose("手続き", Command::EndCase);
    window.key(Key::Escape);
    assert_eq!(saved(&path), before);
}

#[test]
fn every_sheet_can_be_left_by_a_button_in_a_small_window() {
    let home = Home::settled();
    let path = home.put("c1.ron", &example("c1"));
    for (size, density) in [(vec2(1280.0, 720.0), 1.0), (vec2(1280.0, 720.0), 1.5)] {
        let mut window = home.look().at(&path).with_size(size, density).open();
        window.wait("the case", |window| window.app().opened().is_some());
        for command in [Command::HandOut, Command::Sign] {
            window.give(command);
            let rect = window.query_clickable("キャンセル").expect("a way out").rect();
            assert!(rect.bottom() < size.y / density && rect.right() < size.x / density, "{command:?}: {rect:?}");
            window.keys(Modifiers::NONE, Key::Escape);
        }
    }
}
