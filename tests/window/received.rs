//! At the company: a file that the hospital sent is opened with its passphrase, filled in, answered.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::{Key, Modifiers};
use ryoritsu::model::case::Case;
use ryoritsu::model::check::Place;
use ryoritsu::model::form::Party;
use ryoritsu::model::package::{FORMAT, Manifest, PackageSort, PackedPaper};
use ryoritsu::model::revision::Recipient;
use ryoritsu::share::package::{Package, seal};
use ryoritsu::share::passphrase::prepared;
use ryoritsu::share::received::CASE;
use ryoritsu::share::reply;
use ryoritsu::store::ron_text;
use ryoritsu::ui::Command;

use crate::common::{example, text, today};
use crate::home::{Home, Window, saved};

const PASSPHRASE: &str = "さくら　つき　やま";
const FORM: &str = "workplace_consultation";

/// The form that patient and company fill in together, as a hospital sends it: nothing of the work
/// is known yet.
fn sent() -> Case {
    let mut case = example("c7");
    case.documents.retain(|document| document.form == FORM);
    let document = &mut case.documents[0];
    document.values.retain(|key, _| key == "document_date");
    document.revisions.clear();
    case.consents.clear();
    case.people.retain(|key, _| key != "employer.department" && key != "patient.chart_number");
    case
}

fn package(sort: PackageSort, case: &Case) -> Package {
    let paper = |document: &ryoritsu::model::case::Document| PackedPaper {
        document: document.id,
        form: document.form.clone(),
        revision: 1,
    };
    let manifest = Manifest {
        format: FORMAT,
        sort,
        id: "0123456789abcdef".to_owned(),
        case: case.id.clone(),
        number: case.number.clone(),
        answers: None,
        from: "星見市民病院".to_owned(),
        to: Recipient { party: Party::Company, name: "総務部 高橋".to_owned() },
        on: today(),
        papers: match sort {
            PackageSort::HandOver => Vec::new(),
            PackageSort::Share | PackageSort::Reply => case.documents.iter().map(paper).collect(),
        },
        files: Vec::new(),
    };
    let files = [
        (CASE.to_owned(), ron_text::write(case).expect("text").into_bytes()),
        ("R8-0007_業務内容.pdf".to_owned(), b"%PDF-1.7 of the hospital".to_vec()),
    ];
    Package { manifest, files: files.into() }
}

/// Puts a package where the company keeps what it was sent.
fn put(home: &Home, package: &Package) -> PathBuf {
    let path = home.out().join("R8-0007_受け渡し.age");
    fs::write(&path, seal(package, &prepared(PASSPHRASE), 2).expect("sealed")).expect("written");
    path
}

fn put_sent(home: &Home) -> PathBuf {
    put(home, &package(PackageSort::Share, &sent()))
}

fn unseal(window: &mut Window, passphrase: &str) {
    window.enter("合言葉", passphrase);
    window.key(Key::Enter);
    window.settle();
}

/// The window at what was sent, opened.
fn opened(home: &Home) -> (Window, PathBuf) {
    let path = put_sent(home);
    let mut window = home.look().at(&path).open();
    unseal(&mut window, PASSPHRASE);
    assert!(window.app().opened().is_some(), "{:?}", window.told());
    (window, path)
}

/// Every file under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("readable").path());
    let mut found: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    found.sort();
    found
}

fn everything(home: &Home) -> Vec<PathBuf> {
    let root = home.out().parent().expect("a folder").to_owned();
    files(&root).into_iter().filter(|path| *path != home.settings()).collect()
}

fn place(key: &str) -> Place {
    Place { document: (!key.contains('.')).then_some(0), ..Place::field(key) }
}

#[test]
fn enter_on_the_button_that_leaves_opens_nothing() {
    let home = Home::new();
    let mut window = home.look().at(&put_sent(&home)).open();
    window.enter("合言葉", PASSPHRASE);
    window.query_clickable("キャンセル").expect("a button").focus();
    window.run();
    window.key(Key::Enter);
    window.settle();
    assert!(window.app().opened().is_none() && window.query_input("合言葉").is_none());
}

#[test]
fn a_sent_file_is_opened_with_its_passphrase() {
    let home = Home::new();
    let path = put_sent(&home);
    let mut window = home.start();
    window.will_choose(&path);
    window.press("受け取ったファイルを開く…");
    assert!(window.shows("「R8-0007_受け渡し.age」を開きます"));
    assert_eq!(window.focused().as_deref(), Some("合言葉"));
    unseal(&mut window, "さくら つき うみ");
    assert!(window.shows("合言葉が違います"));
    assert_eq!(window.text("合言葉"), "さくら つき うみ", "what was typed can be mended");
    assert!(window.app().opened().is_none());
    assert_eq!(window.focused().as_deref(), Some("合言葉"));
    unseal(&mut window, "さくらつきやま");
    assert!(window.shows("星見市民病院から届いた書類です。色の付いた項目だけ入力できます。"));
    assert!(window.shows("宛てに作られました") && window.shows("会社担当者 総務部 高橋"));
    assert_eq!(*window.case().case(), sent());
}

#[test]
fn enter_that_ends_a_composition_opens_nothing() {
    let home = Home::new();
    let path = put_sent(&home);
    let mut window = home.look().at(&path).open();
    window.compose("さくらつきやま");
    window.key(Key::Enter);
    assert!(!window.app().is_busy() && window.app().opened().is_none());
    window.commit("さくらつきやま");
    window.key(Key::Enter);
    window.settle();
    assert!(window.app().opened().is_some());
}

#[test]
fn only_ones_own_fields_are_inputs_and_all_others_are_text() {
    let home = Home::new();
    let (mut window, _) = opened(&home);
    for own in ["所属", "平均的な１日の業務", "職種"] {
        assert!(window.query_input(own).is_some(), "{own}");
    }
    for others in ["氏名", "生年月日", "作成日", "病院名", "ケース番号", "通勤時間", "協議した内容"]
    {
        assert!(window.query_input(others).is_none(), "{others}");
    }
    assert!(window.shows("早坂　由美子"), "what others filled in is read");
    for tab in ["進み具合", "共通の項目"] {
        assert!(window.query_clickable(tab).is_none(), "{tab}");
    }
    assert!(window.query_clickable("書類を追加").is_none() && window.query_clickable("この書類を削除").is_none());
    let before = window.case().case().clone();
    let mut open = ryoritsu::session::OpenCase::received(before.clone(), window.case().package().expect("it").clone());
    open.set(&place("patient.name"), Some(text("別人")), 0.0);
    open.set(&place("document_date"), None, 0.0);
    open.add_document(FORM.to_owned(), 0.0);
    assert_eq!(*open.case(), before, "whatever a view does");
    // From field to field the keyboard comes to one's own only.
    window.focus("職種");
    for _ in 0..40 {
        window.keys(Modifiers::COMMAND, Key::Enter);
        let opened = window.app().opened().expect("open");
        if let Some(place) = opened.typing.focused() {
            assert!(!opened.open.is_fixed(place), "{place:?}");
        }
    }
}

#[test]
fn what_makes_no_sense_for_a_sent_paper_cannot_be_given() {
    let home = Home::new();
    let (mut window, _) = opened(&home);
    for command in [Command::HandOut, Command::Sign, Command::Revisions, Command::Print] {
        window.give(command);
        assert!(window.asked().is_empty() && !window.shows("書類を渡す"), "{command:?}");
    }
    for _ in 0..3 {
        window.give(Command::NextTab);
        assert_eq!(window.app().opened().expect("open").tab.document(), Some(0));
    }
}

#[test]
fn the_problems_are_those_of_ones_own_fields() {
    let home = Home::new();
    let (mut window, _) = opened(&home);
    window.wait_for_page();
    let opened = window.app().opened().expect("open");
    let problems = opened.page.problems();
    assert!(!problems.is_empty(), "there is something to fill in");
    assert!(problems.iter().all(|problem| !opened.open.is_fixed(&problem.place)), "{problems:?}");
}

#[test]
fn the_reply_says_what_was_typed_and_nothing_else_is_written() {
    let home = Home::new();
    let (mut window, path) = opened(&home);
    let before = everything(&home);
    window.enter("所属", "総務課");
    window.enter("平均的な１日の業務", "窓口での応対");
    window.advance(30.0);
    assert!(window.shows("返信は未書き出し"));
    window.press("勤務形態：常駐勤務");
    window.wait_for_page();
    let reply_path = home.out().join("R8-0007_返信.age");
    window.will_choose(&reply_path);
    window.give(Command::Save);
    let question = window.asked().pop().expect("asked");
    assert_eq!((question.name.as_str(), question.folder.as_deref()), ("R8-0007_返信.age", path.parent()));
    assert!(window.shows("返信ファイルを書き出しました") && window.shows("星見市民病院に送り返してください"));
    let bytes = fs::read(&reply_path).expect("the reply");
    let reply = reply::open(&reply_path, &bytes, &prepared(PASSPHRASE), &sent()).expect("a reply");
    assert_eq!(reply.people.get("employer.department"), Some(&text("総務課")));
    assert_eq!(reply.documents[0].values.get("daily_work"), Some(&text("窓口での応対")));
    assert!(!reply.people.contains_key("patient.name") && reply.package.as_deref() == Some("0123456789abcdef"));
    assert!(window.close(), "nothing is left to be written");
    let mut after = before;
    after.push(reply_path);
    after.sort();
    assert_eq!(everything(&home), after);
    let settings = fs::read_to_string(home.settings()).unwrap_or_default();
    assert!(!settings.contains("受け渡し") && !settings.contains("さくら"), "{settings}");
}

#[test]
fn a_reply_with_something_missing_says_so() {
    let home = Home::new();
    let (mut window, _) = opened(&home);
    window.enter("平均的な１日の業務", "窓口での応対");
    window.wait_for_page();
    window.will_choose(&home.out().join("R8-0007_返信.age"));
    window.give(Command::Save);
    assert!(window.shows("未入力の項目があと1件あります"), "勤務形態");
}

#[test]
fn the_reply_is_never_written_over_what_was_sent() {
    let home = Home::new();
    let (mut window, path) = opened(&home);
    let before = fs::read(&path).expect("bytes");
    window.enter("職種", "窓口");
    window.will_choose(&path);
    window.press("返信ファイルを書き出す");
    assert!(window.has_told("受け取ったファイルの上には書き出せません"));
    assert_eq!(fs::read(&path).expect("bytes"), before);
}

#[test]
fn closing_with_something_typed_asks_and_each_answer_does_what_it_says() {
    for (answer, closes, writes) in [("書き出す", true, true), ("破棄する", true, false), ("キャンセル", false, false)]
    {
        let home = Home::new();
        let (mut window, _) = opened(&home);
        let reply = home.out().join("R8-0007_返信.age");
        window.enter("職種", "窓口");
        assert!(!window.close(), "{answer}: it asks first");
        assert!(window.shows("返信ファイルに書き出していない入力があります"));
        window.will_choose(&reply);
        assert_eq!(window.press_to_close(answer), closes, "{answer}");
        assert_eq!(reply.exists(), writes, "{answer}");
    }
}

#[test]
fn filling_in_goes_on_from_the_reply_that_lies_beside() {
    let home = Home::new();
    let (mut window, path) = opened(&home);
    window.enter("所属", "総務課");
    window.enter("職種", "");
    window.will_choose(&home.out().join("R8-0007_返信 (2).age"));
    window.give(Command::Save);
    drop(window);
    for (answer, contact, state) in [
        ("前回の入力の続きから始める", "総務課", "返信を書き出し済み"),
        ("届いたときの内容から始める", "", "受け取った書類"),
    ] {
        let mut window = home.look().at(&path).open();
        unseal(&mut window, PASSPHRASE);
        assert!(window.shows("前回の返信ファイルがあります") && window.shows("R8-0007_返信 (2).age"));
        window.press(answer);
        assert_eq!(window.text("所属"), contact);
        assert_eq!(window.shared("employer.job_title").is_empty(), !contact.is_empty(), "what was emptied stays empty");
        assert!(!window.case().is_changed() && window.shows(state), "{answer}");
    }
}

#[test]
fn the_pdfs_that_were_sent_are_written_as_they_are() {
    let home = Home::new();
    let (mut window, _) = opened(&home);
    window.will_choose(&home.cases());
    window.choose("書き出し・印刷", Command::ExportReceived);
    let written = fs::read(home.cases().join("R8-0007_業務内容.pdf")).expect("the PDF");
    assert_eq!(written, b"%PDF-1.7 of the hospital");
    window.will_choose(&home.cases());
    window.choose("書き出し・印刷", Command::ExportReceived);
    assert!(window.has_told("同じ名前のファイルがすでにあります"), "{:?}", window.told());
}

#[test]
fn a_reply_by_itself_belongs_to_its_case() {
    let home = Home::new();
    let (mut window, _) = opened(&home);
    window.enter("職種", "窓口");
    let reply = home.out().join("R8-0007_返信.age");
    window.will_choose(&reply);
    window.give(Command::Save);
    drop(window);
    let mut window = home.look().at(&reply).open();
    unseal(&mut window, PASSPHRASE);
    assert!(window.shows("これは、渡した書類への返信ファイルです"));
    assert!(window.shows("続きを入力するときは、病院から届いたファイルを開いてください"));
    window.press("閉じる");
    assert!(window.app().opened().is_none());
}

#[test]
fn what_is_dropped_on_an_open_case_leaves_it_as_it_is_until_it_is_opened() {
    let home = Home::settled();
    let case = home.put("case.ron", &example("c7"));
    let path = put_sent(&home);
    let mut window = home.open(&case);
    window.drop_file(&path);
    assert!(window.shows("「R8-0007_受け渡し.age」を開きます"));
    window.press("キャンセル");
    assert_eq!(window.case().path(), Some(case.as_path()));
    window.enter("氏名", "早坂");
    window.will_choose(&path);
    window.give(Command::Open);
    unseal(&mut window, PASSPHRASE);
    window.press("保存しないで閉じる");
    assert!(window.case().package().is_some());
    window.give(Command::CloseCase);
    assert!(window.app().opened().is_none());
}

#[test]
fn a_case_that_was_handed_over_becomes_ones_own() {
    let home = Home::settled();
    let case = example("c7");
    let path = put(&home, &package(PackageSort::HandOver, &case));
    let mut window = home.look().at(&path).open();
    let own = home.cases().join("R8-0007.ron");
    window.will_choose(&own);
    unseal(&mut window, PASSPHRASE);
    let question = window.asked().pop().expect("asked where");
    assert_eq!((question.name.as_str(), question.folder), ("R8-0007.ron", Some(home.cases())));
    assert!(window.has_told("ケースを引き継ぎました"), "{:?}", window.told());
    assert_eq!(window.case().path(), Some(own.as_path()));
    assert_eq!((window.case().case(), window.case().package().is_none()), (&case, true));
    window.enter("氏名", "早坂");
    window.give(Command::Save);
    assert_eq!(saved(&own).people["patient.name"], text("早坂"));
    drop(window);

    let mut window = home.look().at(&path).open();
    window.will_choose(&own);
    unseal(&mut window, PASSPHRASE);
    assert!(window.app().opened().is_none() && !window.told().is_empty(), "nothing is written over a case");
    assert_eq!(window.asked().len(), 2, "asked for another place, without the passphrase once more");
    assert_eq!(saved(&own).people["patient.name"], text("早坂"));
}

#[test]
fn a_case_that_nobody_takes_over_is_not_kept() {
    let home = Home::settled();
    let path = put(&home, &package(PackageSort::HandOver, &example("c7")));
    let before = everything(&home);
    let mut window = home.look().at(&path).open();
    unseal(&mut window, PASSPHRASE);
    assert!(window.app().opened().is_none() && window.asked().len() == 1);
    assert_eq!(everything(&home), before);
}
