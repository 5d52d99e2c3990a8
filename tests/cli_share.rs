//! `share`, `open`, `handover`, `passphrase`: papers as one encrypted file on the command line.

mod common;

use std::fs;

use common::program::Desk;

const STRONG: &str = "かぼちゃ てがみ ひこうき さんぽ どんぐり みずうみ\n";
const SHARE: [&str; 6] = ["share", "case.ron", "--to", "会社担当者:佐藤", "--passphrase-file", "pass.txt"];
const CONSULTATION: [&str; 4] = ["--out", "p.age", "--form", "workplace_consultation"];

/// A desk with T-06, whose patient lets papers go to the company without the diagnosis.
fn desk() -> Desk {
    let desk = Desk::with_example("t-06");
    desk.write("pass.txt", STRONG.as_bytes());
    desk
}

fn share(more: &[&'static str]) -> Vec<&'static str> {
    [&SHARE[..], more].concat()
}

#[test]
fn papers_go_and_are_taken_out_again() {
    let desk = desk();
    let answer = desk.done(&share(&CONSULTATION));
    let lines: Vec<&str> = answer.out.lines().collect();
    assert_eq!(lines[..2], ["p.age", "渡す書類：協議書"]);
    assert!(lines[2..].iter().all(|line| line.starts_with("渡さない内容：")), "{lines:?}");
    assert!(answer.err.contains("電話"), "{}", answer.err);
    let answer = desk.done(&["open", "p.age", "--passphrase-file", "pass.txt"]);
    assert!(answer.out.starts_with("受け渡しファイル R8-0106（星見市民病院から会社担当者 佐藤へ、"), "{}", answer.out);
    assert!(answer.out.contains("\n協議書 第1版\n"), "{}", answer.out);
    let out = ["open", "p.age", "--passphrase-file", "pass.txt", "--out", "out"];
    let answer = desk.done(&out);
    assert!(answer.out.ends_with("R8-0106_協議書_第1版.pdf\n"), "{}", answer.out);
    let before = desk.bytes("out/R8-0106_協議書_第1版.pdf");
    assert!(before.starts_with(b"%PDF"));
    let answer = desk.refused(&out);
    assert!(answer.err.contains("同じ名前のファイル"), "{}", answer.err);
    assert_eq!(fs::read_dir(desk.path("out")).expect("there").count(), 1);
    let answer = desk.done(&["log", "case.ron"]);
    assert!(answer.out.contains("協議書の第1版を会社担当者 佐藤に渡す受け渡しファイルを作成"), "{}", answer.out);
}

#[test]
fn without_a_form_the_papers_of_the_step_go() {
    let desk = desk();
    // The opinion tells the diagnosis all over; another form goes in its place.
    let answer = desk.refused(&share(&["--out", "p.age"]));
    assert!(answer.err.contains("「主治医意見書（様式49）」"), "{}", answer.err);
    desk.done(&["carry", "case.ron", "physician_opinion", "return_opinion"]);
    let answer = desk.done(&share(&["--out", "p.age"]));
    assert!(answer.out.contains("渡す書類：主治医意見書（様式49）\n"), "{}", answer.out);
    assert!(answer.out.contains("渡さない書類：主治医意見書 — "), "{}", answer.out);
}

#[test]
fn a_word_that_tells_the_diagnosis_is_decided_about() {
    let desk = desk();
    desk.set(&["workplace_consultation/discussion=白血病の治療中です"]);
    let answer = desk.refused(&share(&CONSULTATION));
    assert!(answer.err.contains("--hold-back workplace_consultation"), "{}", answer.err);
    assert!(!desk.path("p.age").exists());
    let key =
        answer.err.split("--hold-back ").nth(1).and_then(|rest| rest.split('、').next()).expect("a key").to_owned();
    let arguments = share(&CONSULTATION);
    desk.done(&[arguments.as_slice(), &["--hold-back", key.as_str()]].concat());
}

#[test]
fn passphrases_are_read_from_the_first_line_and_weak_ones_are_refused() {
    let desk = desk();
    for (text, said) in [
        ("", "合言葉がありません"),
        ("\n\nかぼちゃ", "合言葉がありません"),
        (" \u{3000}\r\n", "合言葉がありません"),
        ("12345678\n", "短いか単純すぎて"),
        ("さくら\n", "短いか単純すぎて"),
    ] {
        desk.write("pass.txt", text.as_bytes());
        let answer = desk.refused(&share(&CONSULTATION));
        assert!(answer.err.contains(said), "{text:?}: {}", answer.err);
    }
    fs::remove_file(desk.path("pass.txt")).expect("there");
    assert!(desk.refused(&share(&CONSULTATION)).err.contains("見つかりません"));
    assert!(!desk.path("pass.txt").exists() && !desk.path("p.age").exists());
    desk.write("pass.txt", &[b"\xEF\xBB\xBF", STRONG.trim_end().as_bytes(), b"\r\nsomething else\r\n"].concat());
    desk.done(&share(&CONSULTATION));
    // As somebody writes it down who hears it: without spaces.
    desk.write("pass.txt", STRONG.replace(' ', "").as_bytes());
    desk.done(&["open", "p.age", "--passphrase-file", "pass.txt"]);
    desk.write("pass.txt", "かぼちゃ\n".as_bytes());
    assert!(desk.refused(&["open", "p.age", "--passphrase-file", "pass.txt"]).err.contains("合言葉が違います"));
}

#[test]
fn a_made_passphrase_can_be_used_and_is_another_one_each_time() {
    let desk = desk();
    let made: Vec<String> = (0..3).map(|_| desk.done(&["passphrase"]).out).collect();
    assert!(made[0] != made[1] && made[1] != made[2]);
    for words in &made {
        assert_eq!(words.trim_end().split(' ').count(), 6, "{words}");
    }
    desk.write("pass.txt", made[0].as_bytes());
    desk.done(&share(&CONSULTATION));
}

#[test]
fn what_is_no_package_is_named_so_and_nothing_is_written() {
    let desk = desk();
    for (bytes, said) in [
        (b"".as_slice(), "受け渡しファイルではありません"),
        (b"%PDF-1.7", "受け渡しファイルではありません"),
        (b"age-encryption.org/v1\n-> X25519 abc\n", "別の鍵"),
        (b"age-encryption.org/v1\n-> scrypt AAAA", "壊れています"),
    ] {
        desk.write("p.age", bytes);
        let answer = desk.refused(&["open", "p.age", "--passphrase-file", "pass.txt", "--out", "out"]);
        assert!(answer.err.starts_with("p.age: ") && answer.err.contains(said), "{}", answer.err);
        assert!(!desk.path("out").exists());
    }
    desk.done(&share(&["--out", "real.age", "--form", "workplace_consultation"]));
    let mut bytes = desk.bytes("real.age");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    desk.write("p.age", &bytes);
    let answer = desk.refused(&["open", "p.age", "--passphrase-file", "pass.txt", "--out", "out"]);
    assert!(answer.err.contains("壊れています") && !desk.path("out").exists(), "{}", answer.err);
}

#[test]
fn a_case_is_handed_over_and_taken_over() {
    let desk = desk();
    let hand_over =
        |to: &'static str| ["handover", "case.ron", "--to", to, "--out", "h.age", "--passphrase-file", "pass.txt"];
    let answer = desk.refused(&hand_over("outside_coordinator"));
    assert!(answer.err.contains("すべての書類"), "{}", answer.err);
    assert!(!desk.path("h.age").exists());
    desk.done(
        &["consent", "case.ron", "--to", "outside_coordinator", "--diagnosis", "--date", "today"]
            .map(|word| if word == "today" { "2026-11-01" } else { word }),
    );
    desk.done(&share(&CONSULTATION));
    let answer = desk.done(&hand_over("ほかの病院・会社・支援機関のコーディネーター"));
    assert!(!answer.err.contains("この病院の中での引き継ぎ"), "{}", answer.err);
    assert!(desk.done(&["show", "case.ron"]).out.contains("引き継ぎ"));
    let answer = desk.done(&["open", "h.age", "--passphrase-file", "pass.txt", "--out", "there"]);
    assert!(answer.out.starts_with("引き継ぎファイル R8-0106"), "{}", answer.out);
    assert!(answer.out.ends_with("R8-0106.ron\n"), "{}", answer.out);
    let checked = desk.run(&["check", "there/R8-0106.ron"]);
    assert!(!checked.err.contains("操作の記録") && !checked.err.contains("保管"), "{}", checked.err);
    let log = desk.done(&["log", "there/R8-0106.ron"]).out;
    assert!(log.ends_with("星見市民病院からケースを引き継いで受け取る\n"), "{log}");
    assert!(!desk.text("there/R8-0106.ron").contains("0051846"));
    let answer = desk.refused(&["open", "h.age", "--passphrase-file", "pass.txt", "--out", "there"]);
    assert!(answer.err.contains("同じ名前のファイル"), "{}", answer.err);
}

#[test]
fn a_case_is_taken_over_under_a_name_that_every_system_takes() {
    let desk = desk();
    let case = desk.text("case.ron").replacen("R8-0106", "CON", 1);
    std::fs::write(desk.path("case.ron"), case).expect("written");
    let to = "両立支援コーディネーター";
    let answer = desk.done(&["handover", "case.ron", "--to", to, "--out", "h.age", "--passphrase-file", "pass.txt"]);
    assert!(answer.err.contains("この病院の中での引き継ぎとして"), "{}", answer.err);
    let answer = desk.done(&["open", "h.age", "--passphrase-file", "pass.txt", "--out", "there"]);
    assert!(answer.out.ends_with("_CON.ron\n"), "{}", answer.out);
}

#[test]
fn what_is_missing_in_the_command_is_said() {
    let desk = desk();
    for arguments in [
        &["share", "case.ron"][..],
        &["share", "case.ron", "--to", "company", "--out", "p.age"],
        &["handover", "case.ron", "--to", "company", "--passphrase-file", "pass.txt"],
        &["open", "p.age"],
        &["open"],
        &["passphrase", "more"],
    ] {
        desk.answers(2, arguments);
    }
}
