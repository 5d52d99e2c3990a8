//! The guided process through the command line: the whole way of a case, and whatever is wrong on
//! the way.

mod common;

use std::fs::{self, File};
use std::sync::Arc;

use common::program::{Answer, Desk};
use common::{PNG, example, library, today};
use ryoritsu::model::revision::Revision;
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::case_file;

fn lines_with<'a>(answer: &'a Answer, words: &str) -> Vec<&'a str> {
    answer.out.lines().filter(|line| line.contains(words)).collect()
}

fn hand_out(desk: &Desk, form: &str, to: &str) -> Answer {
    desk.done(&["handout", "case.ron", "--form", form, "--to", to, "--out", "out"])
}

fn sign(desk: &Desk, form: &str, line: &str) -> Answer {
    desk.done(&["sign", "case.ron", form, line, "--date", "R8.11.21"])
}

#[test]
fn the_whole_way_of_a_case_is_told_at_every_step() {
    let desk = Desk::with_example("c1");
    let next = |words: &str| {
        let answer = desk.done(&["show", "case.ron"]);
        let next = lines_with(&answer, "次にすること");
        assert!(next[0].contains(words), "{words}: {}", answer.out);
    };
    next("主治医意見書を渡して");
    let written = hand_out(&desk, "physician_opinion", "本人").out;
    assert_eq!(written.lines().count(), 1);
    next("（本人署名・主治医署名）");
    sign(&desk, "physician_opinion", "patient");
    next("（主治医署名）");
    desk.write("scan.png", PNG);
    let scan = ["--how", "記名押印", "--scan", "scan.png", "--name", "及川　誠"];
    let sign_as = ["sign", "case.ron", "physician_opinion#1", "physician", "--date", "2026/11/21"];
    desk.done(&[&sign_as[..], &scan[..]].concat());
    assert_eq!(desk.bytes("case.files/1_主治医意見書_第1版_physician.png"), PNG);
    next("協議書を渡して");
    desk.done(&["consent", "case.ron", "--to", "会社担当者", "--to", "産業医", "--diagnosis", "--date", "R8.11.1"]);
    hand_out(&desk, "workplace_consultation", "会社担当者:千葉");
    sign(&desk, "workplace_consultation", "patient");
    sign(&desk, "workplace_consultation", "company");
    next("職場復帰支援プランを渡して");
    let copies = ["handout", "case.ron", "--form", "return_to_work_plan", "--to", "company", "--out", "out"];
    let copies = desk.done(&[&copies[..], &["--copy", "本人控", "--copy", "company", "--for", "署名"]].concat());
    assert_eq!(copies.out.lines().count(), 3, "{}", copies.out);
    for line in ["patient", "company", "coordinator", "occupational_physician"] {
        sign(&desk, "return_to_work_plan", line);
    }
    next("職場復帰支援プランへの署名（主治医署名）を待っています。受け取ったら記録してください");
    sign(&desk, "return_to_work_plan", "physician");
    let shown = desk.done(&["show", "case.ron"]);
    assert!(shown.out.contains("今の段階　　　⑤"), "{}", shown.out);
    assert_eq!(lines_with(&shown, "署名済み").len(), 9, "{}", shown.out);
    assert!(shown.out.contains("及川　誠、記名押印、第1版"), "{}", shown.out);
    assert!(shown.out.contains("同意1　令和8年11月1日（書面）"), "{}", shown.out);
    desk.done(&["close", "case.ron", "--outcome", "復職", "--date", "R8.11.20", "--note", "職場に定着"]);
    let shown = desk.done(&["show", "case.ron"]);
    assert!(shown.out.contains("令和8年11月20日に終了（復職）　職場に定着"), "{}", shown.out);
    assert!(shown.out.contains("令和13年11月20日"), "the look five years later: {}", shown.out);
    desk.done(&["close", "case.ron", "--reopen", "再発のため"]);
    desk.done(&["check", "case.ron"]);
    let log = desk.done(&["log", "case.ron"]);
    assert_eq!(log.out.lines().count(), 16, "{}", log.out);
    assert!(log.out.lines().next().is_some_and(|line| line.ends_with("ケースを作成")), "{}", log.out);
    assert!(log.out.contains("協議書の第1版を会社担当者 千葉に渡す"), "{}", log.out);
}

#[test]
fn a_changed_form_keeps_its_signature_on_the_older_revision_and_marks_the_plan() {
    let desk = Desk::with_example("c1");
    let first = hand_out(&desk, "physician_opinion", "patient").out;
    let handed_out = desk.bytes(first.trim_end());
    sign(&desk, "physician_opinion", "patient");
    hand_out(&desk, "return_to_work_plan", "patient");
    desk.set(&["physician_opinion/current_symptoms=だるさがある。"]);
    let shown = desk.done(&["show", "case.ron"]).out;
    assert!(shown.contains("変更前の第1版への署名です（令和8年11月21日）"), "{shown}");
    assert!(shown.contains("変更前の主治医意見書（第1版）をもとにしています"), "{shown}");
    hand_out(&desk, "physician_opinion", "patient");
    let again = desk.done(&["revisions", "case.ron", "physician_opinion", "--export", "1", "--out", "again"]).out;
    assert_eq!(desk.bytes(again.trim_end()), handed_out);
    let compared = desk.done(&["revisions", "case.ron", "physician_opinion", "--compare", "1", "2"]).out;
    assert_eq!(compared.lines().count(), 1, "{compared}");
    assert!(compared.contains("「現在の症状」") && compared.trim_end().ends_with("だるさがある。"), "{compared}");
    let old = ["revisions", "case.ron", "physician_opinion", "--export", "1", "--out", "again", "--old"];
    let old = desk.done(&old).out;
    assert!(old.trim_end().ends_with("第1版_旧版.pdf"), "{old}");
    assert!(desk.pages(old.trim_end()) > 0 && desk.bytes(old.trim_end()) != handed_out);
    let listed = desk.done(&["revisions", "case.ron", "physician_opinion"]).out;
    assert!(listed.contains("第1版") && listed.contains("第2版") && listed.contains("今の内容と同じ"), "{listed}");
    // Somebody else's file is not written over, even under the same name.
    desk.write(again.trim_end(), b"signed");
    let refused = desk.refused(&["revisions", "case.ron", "physician_opinion", "--export", "1", "--out", "again"]);
    refused.tells(&["同じ名前のファイル"]);
}

#[test]
fn a_signature_recorded_by_mistake_is_corrected_and_stays_to_be_seen() {
    let desk = Desk::with_example("c1");
    hand_out(&desk, "physician_opinion", "patient");
    sign(&desk, "physician_opinion", "patient");
    desk.done(&["sign", "case.ron", "physician_opinion", "patient", "--correct", "別の人の署名だった"]);
    let listed = desk.done(&["revisions", "case.ron", "physician_opinion"]).out;
    assert!(listed.contains("訂正：別の人の署名だった"), "{listed}");
    sign(&desk, "physician_opinion", "patient");
    desk.done(&["check", "case.ron"]);
}

#[test]
fn an_altered_log_is_named_by_number_and_line() {
    let desk = Desk::with_example("c1");
    hand_out(&desk, "physician_opinion", "patient");
    sign(&desk, "physician_opinion", "patient");
    let log = desk.text("case.log");
    desk.write("case.log", log.replacen("for_signature", "for_good", 1).as_bytes());
    let told = desk.refused(&["check", "case.ron"]);
    told.tells(&["case.log:3:1: エラー: 操作の記録の2番が"]);
    desk.write("case.log", log.as_bytes());
    desk.done(&["check", "case.ron"]);
    let without: Vec<&str> = log.lines().enumerate().filter(|(at, _)| *at != 2).map(|(_, line)| line).collect();
    desk.write("case.log", (without.join("\n") + "\n").as_bytes());
    desk.refused(&["check", "case.ron"]).tells(&["操作の記録の2番がなくなっています"]);
    fs::remove_file(desk.path("case.log")).expect("removed");
    desk.refused(&["check", "case.ron"]).tells(&["操作の記録のファイルがなくなっています"]);
}

#[test]
fn a_kept_file_that_is_gone_or_altered_is_named() {
    let desk = Desk::with_example("c1");
    hand_out(&desk, "physician_opinion", "patient");
    let name = "case.files/1_主治医意見書_第1版.pdf";
    let whole = desk.bytes(name);
    let mut bytes = whole.clone();
    bytes[100] ^= 1;
    desk.write(name, &bytes);
    desk.refused(&["check", "case.ron"]).tells(&[name, "内容が変わっています"]);
    let out = ["revisions", "case.ron", "physician_opinion", "--export", "1", "--out", "again"];
    desk.refused(&out).tells(&["内容が変わっています"]);
    fs::remove_file(desk.path(name)).expect("removed");
    desk.refused(&["check", "case.ron"]).tells(&[name, "見つかりません"]);
    desk.write(name, &whole);
    desk.done(&["check", "case.ron"]);
}

#[test]
fn what_cannot_be_recorded_is_said_and_changes_nothing() {
    let desk = Desk::with_example("c1");
    let sign = ["sign", "case.ron", "physician_opinion"];
    let dated = ["--date", "R8.11.21"];
    let early = desk.refused(&[&sign[..], &["patient"], &dated].concat());
    early.tells(&["まだ渡した記録がありません", "先に書類を渡してから"]);
    hand_out(&desk, "physician_opinion", "patient");
    desk.write("note.txt", b"no picture");
    File::create(desk.path("large.pdf")).and_then(|file| file.set_len(300_000_000)).expect("a sparse file");
    let table: [(Vec<&str>, &[&str]); 11] = [
        (
            [&sign[..], &["patient", "--scan", "note.txt"], &dated].concat(),
            &["note.txt", "PDF・JPEG・PNGのどれでもありません"],
        ),
        ([&sign[..], &["patient", "--scan", "large.pdf"], &dated].concat(), &["large.pdf", "100MBを超えて"]),
        ([&sign[..], &["patient", "--scan", "gone.pdf"], &dated].concat(), &["gone.pdf", "見つかりません"]),
        ([&sign[..], &["physicain"], &dated].concat(), &["署名欄「physicain」はありません", "physician、patient"]),
        ([&sign[..], &["patient", "--date", "R8.2.30"]].concat(), &["--date: エラー: そのような日はありません"]),
        ([&sign[..], &["patient", "--how", "拇印"], &dated].concat(), &["--how", "「代筆」"]),
        ([&sign[..], &["patient", "--revision", "7"], &dated].concat(), &["まだ渡した記録がありません"]),
        ([&sign[..], &["patient", "--correct", "誤り"]].concat(), &["訂正する署名の記録がありません"]),
        (
            vec!["sign", "case.ron", "return_opinion", "patient", "--date", "R8.11.21"],
            &["return_opinion", "書類はありません"],
        ),
        (vec!["sign", "case.ron", "physician_opinon", "patient", "--date", "R8.11.21"], &["physician_opinion"]),
        (vec!["sign", "case.ron", "physician_opinion#2", "patient", "--date", "R8.11.21"], &["1から1まで"]),
    ];
    for (arguments, words) in table {
        let before = desk.snapshot();
        desk.refused(&arguments).tells(words);
        assert_eq!(desk.snapshot(), before, "{arguments:?}");
    }
}

#[test]
fn a_paper_goes_without_the_diagnosis_once_every_word_is_decided() {
    let desk = Desk::with_example("t-06");
    let opinion = ["handout", "case.ron", "--form", "physician_opinion", "--to", "会社担当者", "--out", "out"];
    desk.refused(&opinion).tells(&["「主治医意見書（様式49）」"]);
    let carried = desk.done(&["carry", "case.ron", "physician_opinion", "return_opinion"]).out;
    assert_eq!(
        carried,
        "return_opinion#1/other_considerations\nreturn_opinion#1/verdict\nreturn_opinion#1/verdict_detail\n"
    );
    assert!(desk.shown("return_opinion/verdict_detail").contains("在宅勤務を組み合わせて"));
    desk.refused(&["carry", "case.ron", "physician_opinion", "return_opinon"]).tells(&["return_opinion"]);
    desk.refused(&["carry", "case.ron", "continuation_opinion", "return_opinion"]).tells(&["書類はありません"]);
    desk.answers(2, &["carry", "case.ron", "physician_opinion"]).tells(&["この順に指定してください"]);
    desk.set(&["return_to_work_plan/periods[1].hours=AMLの後", "workplace_consultation/wishes=白血病は伏せたい"]);
    let plan = ["handout", "case.ron", "--form", "return_to_work_plan", "--to", "会社担当者", "--out", "out"];
    desk.refused(&plan).tells(&[
        "case.ron:",
        "職場復帰支援プランの「復職計画」の1行目の「勤務時間」に、病名が分かる言葉「AML」があります",
        "--hold-back return_to_work_plan#1/periods[1].hours",
    ]);
    assert!(!desk.path("out").join("R8-0106_職場復帰支援プラン_第1版.pdf").exists());
    let wrong = [&plan[..], &["--tell", "return_to_work_plan/period[1].hours"]].concat();
    desk.refused(&wrong).tells(&["return_to_work_plan/periods[1].hours"]);
    let next = [&plan[..], &["--tell", "return_to_work_plan#2/periods[1].hours"]].concat();
    desk.refused(&next).tells(&["1から1まで"]);
    let told = [&plan[..], &["--tell", "return_to_work_plan/periods[1].hours"]].concat();
    assert_eq!(desk.done(&told).out, "out/R8-0106_職場復帰支援プラン_第1版_抜粋.pdf\n");
    let log = desk.done(&["log", "case.ron"]).out;
    let expected = "、病名が分かる言葉のある項目も渡す：職場復帰支援プランの「勤務時間」）";
    assert!(log.contains(expected) && !log.contains("AML"), "{log}");
    let held = ["handout", "case.ron", "--form", "workplace_consultation", "--to", "会社担当者", "--out", "out"];
    let held = [&held[..], &["--hold-back", "workplace_consultation/wishes", "--hold-back", "case.number"]].concat();
    assert_eq!(desk.done(&held).out, "out/R0-0000_協議書_第1版_抜粋.pdf\n");
    let log = desk.done(&["log", "case.ron"]).out;
    assert_eq!(log.matches("病名が分かる言葉のある項目も渡す").count(), 1, "what was held back is not told: {log}");
    desk.done(&["check", "case.ron"]);
}

#[test]
fn a_consent_is_given_used_and_withdrawn() {
    let desk = Desk::with_example("c1");
    let to_company = ["handout", "case.ron", "--form", "physician_opinion", "--to", "会社担当者", "--out", "out"];
    desk.refused(&to_company).tells(&["本人の同意の記録がありません"]);
    let consent = ["consent", "case.ron", "--to", "会社担当者", "--date", "R8.11.1"];
    desk.refused(&[&consent[..], &["--diagnosis", "--until", "R8.10.1"]].concat()).tells(&["始まりの日より前"]);
    desk.refused(&[&consent[..], &["--diagnosis", "--form", "opinion"]].concat()).tells(&["様式「opinion」"]);
    desk.refused(&["consent", "case.ron", "--to", "知人", "--no-diagnosis", "--date", "R8.11.1"]).tells(&["「知人」"]);
    desk.write("scan.png", PNG);
    let form = ["--form", "physician_opinion", "--diagnosis", "--how", "書面", "--scan", "scan.png"];
    desk.done(&[&consent[..], &form].concat());
    assert_eq!(desk.bytes("case.files/同意1.png"), PNG);
    desk.done(&to_company);
    let plan = ["handout", "case.ron", "--form", "return_to_work_plan", "--to", "会社担当者", "--out", "out"];
    desk.refused(&plan).tells(&["本人の同意の記録がありません"]);
    desk.done(&[&consent[..], &["--no-diagnosis"]].concat());
    let instead = desk.refused(&to_company);
    instead.tells(&["病名を伝えない同意では渡せません", "「主治医意見書（様式49）」"]);
    assert!(!instead.err.contains("return_opinion"), "{}", instead.err);
    let listed = desk.done(&["consent", "case.ron"]).out;
    assert_eq!(listed.lines().count(), 2, "{listed}");
    assert!(listed.contains("主治医意見書　病名を含む"), "{listed}");
    desk.done(&["consent", "case.ron", "--withdraw", "1", "--date", "R8.11.10", "--reason", "本人の希望"]);
    let twice = desk.refused(&["consent", "case.ron", "--withdraw", "1", "--date", "R8.11.10"]);
    twice.tells(&["すでに撤回されています"]);
    assert!(desk.done(&["consent", "case.ron"]).out.contains("令和8年11月10日に撤回"));
    desk.done(&["check", "case.ron"]);
}

#[test]
fn what_is_worth_a_look_at_hand_out_is_told_and_does_not_hold_it_up() {
    let desk = Desk::with_example("c1");
    desk.set(&["physician_opinion/current_symptoms="]);
    hand_out(&desk, "physician_opinion", "patient").tells(&["確認: 「現在の症状」が未入力"]);
    for line in ["patient", "physician"] {
        let named = ["--date", "R8.11.21", "--name", "佐藤　花子"];
        desk.done(&[&["sign", "case.ron", "physician_opinion", line], &named[..]].concat());
    }
    let listed = desk.done(&["revisions", "case.ron", "physician_opinion"]).out;
    assert_eq!(listed.matches("佐藤　花子").count(), 2, "{listed}");
}

#[test]
fn reading_commands_leave_the_log_and_every_other_file_alone() {
    let desk = Desk::with_example("c1");
    hand_out(&desk, "physician_opinion", "patient");
    desk.done(&["pdf", "case.ron", "--out", "drafts"]);
    let before = desk.snapshot();
    for command in ["show", "check", "log", "consent"] {
        desk.done(&[command, "case.ron"]);
    }
    desk.done(&["revisions", "case.ron", "physician_opinion"]);
    desk.done(&["list", "."]);
    desk.done(&["pdf", "case.ron", "--out", "drafts"]);
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn a_case_of_500_revisions_is_shown_and_goes_on() {
    let library = library();
    let mut case = example("c1");
    let form = &library.forms["physician_opinion"];
    for at in 1..=500_u32 {
        let detail = common::text(&format!("{at}回目の変更。"));
        case.documents[0].values.insert("current_symptoms".to_owned(), detail);
        let revision = Revision::of(&case, &case.documents[0], form, Vec::new(), today());
        assert_eq!(revision.number, at);
        case.documents[0].revisions.push(Arc::new(revision));
    }
    let desk = Desk::new();
    case_file::create(&Disk, &desk.path("case.ron"), &case).expect("created");
    assert!(desk.done(&["show", "case.ron"]).out.contains("第500版"));
    assert_eq!(desk.done(&["revisions", "case.ron", "physician_opinion"]).out.lines().count(), 500);
    desk.set(&["physician_opinion/current_symptoms=今の症状。"]);
    assert!(hand_out(&desk, "physician_opinion", "patient").out.contains("第501版"));
    sign(&desk, "physician_opinion", "patient");
}

#[test]
fn what_is_missing_in_a_command_is_wrong_usage() {
    let desk = Desk::with_example("c1");
    let table: [(&[&str], &str); 9] = [
        (&["handout", "case.ron", "--to", "本人", "--out", "out"], "--formを指定してください"),
        (&["handout", "case.ron", "--form", "x", "--out", "out"], "--toを指定してください"),
        (&["sign", "case.ron", "physician_opinion", "patient"], "--dateか--correctを指定してください"),
        (&["sign", "case.ron", "physician_opinion", "--date", "R8.1.1"], "様式のキーと署名欄"),
        (&["consent", "case.ron", "--to", "本人", "--date", "R8.1.1"], "--diagnosisか--no-diagnosis"),
        (&["close", "case.ron"], "--outcomeか--reopen"),
        (&["close", "case.ron", "--outcome", "復職", "--reopen", "x"], "どちらか一つだけ"),
        (&["revisions", "case.ron"], "様式のキーを一つ"),
        (&["log", "case.ron", "other.ron"], "余分な指定"),
    ];
    for (arguments, words) in table {
        let before = desk.snapshot();
        desk.answers(2, arguments).tells(&[words]);
        assert_eq!(desk.snapshot(), before, "{arguments:?}");
    }
}
