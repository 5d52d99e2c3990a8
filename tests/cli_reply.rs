//! `reply` and `merge`: the way out and back through the command line.

mod common;

use std::fs;

use common::program::{Answer, Desk};
use common::replies::{CONSULTATION, PASSPHRASE, PLAN, Shared, consented};
use ryoritsu::model::form::Party;
use ryoritsu::model::value::{Number, Value};
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::case_file;

/// A case from which papers went out, the package, and its passphrase in a file.
fn desk(shared: &Shared) -> Desk {
    let desk = Desk::new();
    case_file::create(&Disk, &desk.path("case.ron"), &shared.case).expect("created");
    desk.write("sent.age", &shared.package());
    desk.write("words.txt", format!("{PASSPHRASE}\r\n").as_bytes());
    desk
}

fn consultation() -> Shared {
    Shared::new(&[CONSULTATION], Party::Company)
}

const REPLY: [&str; 6] = ["reply", "sent.age", "--passphrase-file", "words.txt", "--out", "back.age"];
const MERGE: [&str; 5] = ["merge", "case.ron", "back.age", "--passphrase-file", "words.txt"];

fn fill(desk: &Desk, settings: &[&str]) -> Answer {
    desk.done(&[&REPLY, settings].concat())
}

fn line<'a>(answer: &'a Answer, words: &str) -> Vec<&'a str> {
    let line = answer.out.lines().find(|line| line.contains(words));
    line.unwrap_or_else(|| panic!("{words}: {answer:?}")).split('\t').collect()
}

#[test]
fn the_company_fills_its_fields_and_the_hospital_takes_them_in() {
    let desk = desk(&consultation());
    let leave = "workplace_consultation/paid_leave_days=9";
    let made = fill(&desk, &[leave, "employer.job_title=営業部長", "workplace_consultation/business_trips=有:2"]);
    assert_eq!(made.out, "back.age\n");
    let merged = desk.done(&MERGE);
    assert_eq!(line(&merged, "有給休暇日数")[1..], ["取り込む", "12 → 9"]);
    assert_eq!(line(&merged, "職種")[1..], ["取り込む", "営業課長 → 営業部長"]);
    assert_eq!(line(&merged, "出張の有無")[1..], ["取り込む", "有（4） → 有（2）"]);
    assert_eq!(merged.out.lines().count(), 3);
    assert_eq!(desk.shown("workplace_consultation/paid_leave_days"), "9");
    assert_eq!(desk.shown("employer.job_title"), "営業部長");
    let shown = desk.done(&["show", "case.ron"]).out;
    let reply = shown.lines().find(|line| line.starts_with("返信　")).expect("the reply is listed");
    assert!(reply.contains("今野　智子"), "{reply}");
    assert!(reply.contains("協議書の「有給休暇日数」"), "{reply}");
    assert!(desk.done(&["log", "case.ron"]).out.contains("返信を取り込み"));
    desk.done(&["check", "case.ron"]);
    let before = desk.snapshot();
    desk.refused(&MERGE).tells(&["取り込み済み"]);
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn a_conflict_is_shown_and_nothing_changes_until_a_side_is_taken() {
    let settings = ["workplace_consultation/paid_leave_days=9", "workplace_consultation/monthly_work=棚卸し"];
    for (side, days, word) in [("theirs", "9", "取り込む"), ("mine", "7", "今の内容を残す")] {
        let desk = desk(&consultation());
        fill(&desk, &settings);
        desk.set(&["workplace_consultation/paid_leave_days=7"]);
        let before = desk.snapshot();
        let refused = desk.refused(&MERGE);
        refused.tells(&["1件", "--take"]);
        let shown = line(&refused, "有給休暇日数");
        assert_eq!(shown[1..], ["両方で変更", "今の内容：7　返信：9"]);
        assert_eq!(desk.snapshot(), before);
        let merged = desk.done(&[&MERGE[..], &["--take", side]].concat());
        assert_eq!(line(&merged, "有給休暇日数")[1], word);
        assert_eq!(desk.shown("workplace_consultation/paid_leave_days"), days);
        assert_eq!(desk.shown("workplace_consultation/monthly_work"), "棚卸し");
    }
}

#[test]
fn what_is_not_theirs_is_refused_by_name_and_no_reply_is_written() {
    let desk = desk(&consultation());
    let cases: [(&str, &[&str]); 9] = [
        (
            "workplace_consultation/discussion=書いた",
            &["workplace_consultation/discussion", "会社担当者が記入する項目ではありません"],
        ),
        ("patient.name=別の名前", &["patient.name", "会社担当者"]),
        ("employer.contact=別の人", &["employer.contact"]),
        ("case.number=R8-0099", &["case.number"]),
        ("case.substitute[邊]=辺", &["case.substitute"]),
        ("return_to_work_plan/document_date=R8.4.1", &["return_to_work_plan"]),
        ("workplace_consultation#2/daily_work=検品", &["workplace_consultation"]),
        ("workplace_consultation/daily_wrok=検品", &["daily_work"]),
        ("workplace_consultation/paid_leave_days=多い", &["数として読み取れません"]),
    ];
    for (setting, words) in cases {
        let good = "workplace_consultation/monthly_work=棚卸し";
        let answer = desk.refused(&[&REPLY[..], &[good, setting]].concat());
        answer.tells(words);
        assert!(!desk.path("back.age").exists(), "{setting}");
    }
}

#[test]
fn a_column_of_a_table_is_filled_by_whom_the_template_names() {
    let plan = |party| desk(&Shared::new(&[PLAN], party));
    let setting = "return_to_work_plan/periods[1].hours=10:00～14:00";
    let company = plan(Party::Company);
    company.refused(&[&REPLY[..], &[setting]].concat()).tells(&["periods[1].hours", "会社担当者"]);
    let outside = plan(Party::OutsideCoordinator);
    fill(&outside, &[setting]);
    let merged = outside.done(&MERGE);
    assert_eq!(line(&merged, "10:00～14:00")[1..], ["取り込む", "10:00～15:00 → 10:00～14:00"]);
    assert!(line(&merged, "10:00～14:00")[0].contains("勤務時間"), "{}", merged.out);
}

#[test]
fn a_held_back_column_stays_in_the_case() {
    let shared = Shared::of(consented(false), &[PLAN], Party::OutsideCoordinator, "package-1");
    let desk = desk(&shared);
    let treatment = desk.shown("return_to_work_plan/periods[1].treatment");
    fill(&desk, &["return_to_work_plan/periods[1].hours=10:00～14:00"]);
    desk.done(&MERGE);
    assert_eq!(desk.shown("return_to_work_plan/periods[1].hours"), "10:00～14:00");
    assert_eq!(desk.shown("return_to_work_plan/periods[1].treatment"), treatment);
}

#[test]
fn refused_fields_are_listed_with_the_reason() {
    let shared = consultation();
    let desk = desk(&shared);
    let mut reply = shared.reply(|_| {});
    reply.documents[0].values.insert("discussion".to_owned(), common::text("書き\n換えた\u{1B}[2J"));
    let days = Value::Number(Number::new(-1.0).expect("finite"));
    reply.documents[0].values.insert("paid_leave_days".to_owned(), days);
    desk.write("back.age", &shared.sealed(&reply));
    let before = desk.shown("workplace_consultation/discussion");
    let merged = desk.done(&MERGE);
    assert!(!merged.out.contains('\u{1B}'), "nothing steers the terminal");
    let discussion = line(&merged, "協議した内容");
    assert_eq!(discussion[1], "取り込まない");
    assert!(discussion[2].contains("差出人が記入する項目ではありません"), "{discussion:?}");
    assert!(line(&merged, "有給休暇日数")[2].contains("0より小さい数"), "{}", merged.out);
    assert_eq!(desk.shown("workplace_consultation/discussion"), before);
    let shown = desk.done(&["show", "case.ron"]).out;
    assert!(shown.contains("取り込まなかった項目：協議書の「協議した内容」、協議書の「有給休暇日数」"), "{shown}");
    assert!(desk.done(&["log", "case.ron"]).out.contains("取り込まなかった項目"));
}

#[test]
fn an_unchanged_reply_says_so() {
    let shared = consultation();
    let desk = desk(&shared);
    desk.write("back.age", &shared.sealed(&shared.reply(|_| {})));
    assert!(desk.done(&MERGE).out.contains("変わった項目はありません"));
}

#[test]
fn what_is_no_reply_to_this_case_is_refused_and_changes_nothing() {
    let shared = consultation();
    let desk = desk(&shared);
    fill(&desk, &["workplace_consultation/paid_leave_days=9"]);
    desk.done(&["new", "other.ron", "--example", "c7"]);
    desk.write("wrong.txt", "ちがう　言葉".as_bytes());
    desk.write("empty.age", b"");
    desk.write("draft.pdf", b"%PDF-1.7\nnothing");
    desk.write("sjis.txt", b"\x82\xB3\x82\xAD\x82\xE7");
    fs::create_dir(desk.path("folder.age")).expect("a folder");
    let cut = desk.bytes("back.age");
    desk.write("cut.age", &cut[..cut.len() / 2]);
    let before = desk.snapshot();
    let cases: [(&[&str], &str); 10] = [
        (&["other.ron", "back.age", "--passphrase-file", "words.txt"], "別のケース"),
        (&["case.ron", "back.age", "--passphrase-file", "wrong.txt"], "合言葉が違います"),
        (&["case.ron", "back.age"], "--passphrase-file"),
        (&["case.ron", "back.age", "--passphrase-file", "sjis.txt"], "sjis.txt"),
        (&["case.ron", "sent.age", "--passphrase-file", "words.txt"], "これは受け渡しファイルです"),
        (&["case.ron", "empty.age", "--passphrase-file", "words.txt"], "受け渡しファイル"),
        (&["case.ron", "cut.age", "--passphrase-file", "words.txt"], "壊れています"),
        (&["case.ron", "draft.pdf"], "返信"),
        (&["case.ron", "folder.age", "--passphrase-file", "words.txt"], "folder.age"),
        (&["case.ron", "no_such.age", "--passphrase-file", "words.txt"], "no_such.age"),
    ];
    for (arguments, words) in cases {
        desk.refused(&[&["merge"], arguments].concat()).tells(&[words]);
        assert_eq!(desk.snapshot(), before, "{arguments:?}");
    }
    desk.refused(&[&MERGE[..], &["--take", "ours"]].concat()).tells(&["--take", "theirs"]);
}

#[test]
fn wrong_usage_is_told_with_the_usage() {
    let desk = desk(&consultation());
    for arguments in [
        &["merge", "case.ron"][..],
        &["merge", "case.ron", "a.age", "b.age"],
        &["reply", "sent.age", "--passphrase-file", "words.txt", "a/b=1"],
        &["reply", "sent.age", "--out", "back.age", "a/b=1"],
        &["reply", "sent.age", "--passphrase-file", "words.txt", "--out", "back.age"],
        &["reply", "sent.age", "--passphrase-file", "words.txt", "--out", "back.age", "daily_work"],
    ] {
        assert!(desk.answers(2, arguments).err.contains("使い方"), "{arguments:?}");
    }
}

#[test]
fn a_reply_is_written_into_a_folder_under_its_usual_name_and_never_over_a_file() {
    let desk = desk(&consultation());
    fs::create_dir(desk.path("out")).expect("a folder");
    let mut arguments = REPLY;
    arguments[5] = "out";
    let setting = "workplace_consultation/paid_leave_days=9";
    let made = desk.done(&[&arguments[..], &[setting]].concat());
    assert!(made.out.contains("R8-0001_返信.age"), "{}", made.out);
    let before = desk.snapshot();
    desk.refused(&[&arguments[..], &[setting]].concat());
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn c1_goes_out_is_filled_and_comes_back_by_commands_alone() {
    let desk = Desk::with_example("c1");
    let made = desk.done(&["passphrase"]).out;
    desk.write("words.txt", made.as_bytes());
    // The hospital knows only what the patient told; the company has the rest.
    let company = ["daily_work", "monthly_work", "work_pattern", "paid_leave_days", "driving_hours"];
    let emptied: Vec<String> = company.iter().map(|key| format!("workplace_consultation/{key}=")).collect();
    desk.set(&emptied.iter().map(String::as_str).collect::<Vec<_>>());
    desk.done(&["consent", "case.ron", "--to", "会社担当者", "--no-diagnosis", "--date", "R8.3.1"]);
    let out = ["--passphrase-file", "words.txt", "--out", "sent.age"];
    let share = ["share", "case.ron", "--to", "会社担当者:今野　智子", "--form", "workplace_consultation"];
    desk.done(&[&share[..], &out].concat());
    assert!(!desk.done(&["check", "case.ron"]).err.contains("いつもの勤務時間"));
    let before = desk.text("case.ron");
    let work = "workplace_consultation/daily_work=営業課長。勤務は9:00～16:00。";
    fill(&desk, &[work, "workplace_consultation/work_pattern=三交代勤務", "workplace_consultation/paid_leave_days=12"]);
    assert_eq!(desk.text("case.ron"), before, "the company's side touches nothing of the hospital");
    desk.set(&["workplace_consultation/paid_leave_days=10"]);
    desk.refused(&MERGE);
    let merged = desk.done(&[&MERGE[..], &["--take", "theirs"]].concat());
    assert_eq!(merged.out.lines().count(), 3, "{}", merged.out);
    assert_eq!(desk.shown("workplace_consultation/work_pattern"), "三交代勤務");
    assert_eq!(desk.shown("workplace_consultation/paid_leave_days"), "12");
    // The plan is checked against what the company said: its last row is longer than a usual day.
    desk.done(&["check", "case.ron"]).tells(&["いつもの勤務時間"]);
    assert!(desk.done(&["log", "case.ron"]).out.contains("返信を取り込み"));
}
