//! The command line as it is used: the built program, run in a fresh folder of its own each time.

mod common;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;

use common::program::Desk;
use proptest::prelude::*;

/// `FILE:LINE:COL: 重大度: what — what to do`; the place where there is one.
fn place_of(line: &str, file: &str) -> Option<(usize, usize)> {
    let rest = line.strip_prefix(file)?.strip_prefix(':')?;
    let mut parts = rest.splitn(3, ':');
    let place = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let rest = parts.next()?;
    let is_graded = rest.starts_with(" エラー: ") || rest.starts_with(" 確認: ");
    (is_graded && rest.contains(" — ")).then_some(place)
}

/// Line and column, both from 1, of some words in a text.
fn place_in(text: &str, words: &str) -> (usize, usize) {
    let at = text.find(words).expect("the words are in the text");
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

const SMALL: &str = "Case(
    format: 1,
    number: \"R8-0001\",
    people: {\"patient.name\": Text(\"山田　太郎\"), \"patient.sex\": Choice({\"male\": Blank})},
    documents: [Document(form: \"physician_opinion\", values: {\"verdict\": Choice({\"fit\": Blank})})],
)
";

const INTERVIEW: &str = "Form(
    format: 1,
    key: \"interview\",
    version: \"1\",
    title: \"面談記録\",
    short_title: \"面談記録\",
    step: 2,
    audience: [patient, coordinator],
    fields: [
        Field(key: \"patient.name\", label: \"氏名\"),
        Field(key: \"met_on\", label: \"面談日\", kind: Date(), by: [coordinator], meaning: Some(document_date)),
        Field(key: \"notes\", label: \"内容\", kind: LongText, by: [coordinator]),
    ],
    page: [
        DateLine(\"met_on\"),
        Title,
        Grid(columns: [40, 130], rows: [
            GridRow(height: 9, cells: [Label(field: \"patient.name\"), Value(field: \"patient.name\")]),
            GridRow(height: 60, cells: [Label(field: \"notes\"), Value(field: \"notes\")]),
        ]),
        Statement(text: \"上記のとおり面談しました。\", lines: [
            SignatureLine(key: \"patient\", by: patient, caption: \"（本人署名）\"),
        ]),
    ],
)
";

// new

#[test]
fn new_makes_a_case_with_the_three_forms_and_says_where() {
    let desk = Desk::new();
    assert_eq!(desk.done(&["new", "case.ron"]).out, "case.ron\n");
    let text = desk.text("case.ron");
    for form in ["physician_opinion", "workplace_consultation", "return_to_work_plan"] {
        assert!(text.contains(form), "{form}");
    }
    assert!(!text.contains("interview"));
}

#[test]
fn new_refuses_to_write_over_anything() {
    let desk = Desk::with_example("c7");
    let before = desk.bytes("case.ron");
    desk.refused(&["new", "case.ron"]).tells(&["case.ron", "すでにあります"]);
    desk.refused(&["new", "case.ron", "--example", "c2"]);
    assert_eq!(desk.bytes("case.ron"), before);
    fs::create_dir(desk.path("folder.ron")).expect("the temporary folder can be written to");
    desk.refused(&["new", "folder.ron"]);
    desk.refused(&["new", "nowhere/case.ron"]);
}

#[test]
fn of_two_who_make_the_same_case_at_once_one_is_refused() {
    for _ in 0..10 {
        let desk = Desk::new();
        let statuses = std::thread::scope(|scope| {
            let other = scope.spawn(|| desk.run(&["new", "case.ron", "--example", "c2"]).status);
            [desk.run(&["new", "case.ron", "--example", "c7"]).status, other.join().expect("the other one ends well")]
        });
        assert!(statuses == [0, 1] || statuses == [1, 0], "{statuses:?}");
    }
}

#[test]
fn examples_are_found_in_any_letter_case_and_listed() {
    let desk = Desk::new();
    for name in ["c7", "C7", "c1", "C2", "c4", "t-01", "T-02", "T-06"] {
        let file = format!("{name}-copy.ron");
        desk.done(&["new", &file, "--example", name]);
        desk.done(&["check", &file]);
    }
    let listed = desk.done(&["new", "ignored.ron", "--example", "list"]).out;
    assert_eq!(listed.lines().collect::<Vec<_>>(), ["c1", "c2", "c4", "c7", "t-01", "t-02", "t-06"]);
    assert_eq!(desk.done(&["new", "--example", "list"]).out, listed);
    assert!(!desk.path("ignored.ron").exists());
    desk.refused(&["new", "x.ron", "--example", "c99"]).tells(&["c99", "c7", "t-01"]);
    assert!(!desk.path("x.ron").exists());
}

#[test]
fn the_case_number_follows_the_highest_one_of_the_folder() {
    let desk = Desk::with_new_case();
    let first = desk.shown("case.number");
    let (year, number) = first.split_once('-').expect("year and number");
    assert_eq!(number, "0001");
    assert!(year.starts_with('R') || year.len() == 4, "{year}");
    desk.set(&[&format!("case.number={year}-0041")]);
    desk.write("broken.ron", b"Case(");
    desk.done(&["new", "next.ron"]);
    assert_eq!(desk.done(&["show", "next.ron", "case.number"]).out, format!("{year}-0042\n"));
}

#[test]
fn the_highest_possible_case_number_does_not_break_new() {
    let desk = Desk::with_new_case();
    let year = desk.shown("case.number").split('-').next().expect("a year").to_owned();
    desk.set(&[&format!("case.number={year}-4294967295")]);
    assert!([0, 1].contains(&desk.run(&["new", "next.ron"]).status));
}

// set

#[test]
fn set_fills_every_kind_of_field_and_show_tells_it() {
    let desk = Desk::with_new_case();
    let plan = "return_to_work_plan/periods[1]";
    let cases = [
        ("patient.name", "髙橋　𠮷子", "髙橋　𠮷子"),
        ("patient.sex", "female", "女"),
        ("patient.sex", "男", "男"),
        ("case.number", " R8-0123 ", "R8-0123"),
        ("physician_opinion/verdict", "conditional", "条件付き可"),
        ("physician_opinion/verdict", "復職不可", "復職不可"),
        ("physician_opinion/treatment_status", "一行目\\n二行目", "一行目\n二行目"),
        ("physician_opinion/treatment_policy", "a\r\nb\rc", "a\nb\nc"),
        ("workplace_consultation/pc_hours", "6", "✓（6）"),
        ("workplace_consultation/pc_hours", "７．５", "✓（7.5）"),
        ("workplace_consultation/pc_hours", "true", "✓"),
        ("workplace_consultation/pc_hours", "", ""),
        ("workplace_consultation/pc_hours", "false", ""),
        ("workplace_consultation/business_trips", "有:3", "有（3）"),
        ("workplace_consultation/business_trips", "無", "無"),
        ("workplace_consultation/commute_means", "car,other:自転車", "自動車、その他（自転車）"),
        ("workplace_consultation/commute_means", "公共交通機関、徒歩", "徒歩、公共交通機関"),
        ("workplace_consultation/paid_leave_days", "１２", "12"),
        (&format!("{plan}.hours"), "10:00～15:00", "10:00～15:00"),
        (&format!("{plan}.start"), "R8.12.1", "令和8年12月1日"),
        ("coordinators[1].role", "病院所属", "病院所属"),
        ("patient.name", "", ""),
    ];
    for (key, typed, shown) in cases {
        desk.set(&[&format!("{key}={typed}")]);
        assert_eq!(desk.shown(key), shown, "{key}={typed}");
    }
}

#[test]
fn dates_are_read_in_any_habit() {
    let desk = Desk::with_new_case();
    let cases = [
        ("S55.4.3", "昭和55年4月3日"),
        ("昭和55年4月3日", "昭和55年4月3日"),
        ("Ｓ５５．４．３", "昭和55年4月3日"),
        ("1980/4/3", "昭和55年4月3日"),
        ("19800403", "昭和55年4月3日"),
        ("1980-04-03", "昭和55年4月3日"),
        ("昭和64年1月7日", "昭和64年1月7日"),
        ("1989/1/8", "平成元年1月8日"),
        ("平成31年4月30日", "平成31年4月30日"),
        ("令和元年５月１日", "令和元年5月1日"),
        ("r8.11.22", "令和8年11月22日"),
    ];
    for (typed, shown) in cases {
        desk.set(&[&format!("patient.birth_date={typed}")]);
        assert_eq!(desk.shown("patient.birth_date"), shown, "{typed}");
    }
}

#[test]
fn impossible_dates_are_refused_with_what_is_wrong() {
    let desk = Desk::with_example("c7");
    let cases = [
        ("平成31年5月1日", "令和元年5月1日"),
        ("令和元年4月30日", "平成31年4月30日"),
        ("昭和64年1月8日", "平成元年1月8日"),
        ("2026/2/30", "そのような日はありません"),
        ("2026/13/1", "そのような日はありません"),
        ("8.11.22", "元号"),
        ("3000/1/1", "2200"),
        ("あした", "日付として読み取れません"),
        ("99999999999/1/1", "日付として読み取れません"),
    ];
    for (typed, words) in cases {
        desk.set_refused(&[&format!("patient.birth_date={typed}")]).tells(&["patient.birth_date", words]);
    }
}

#[test]
fn rows_and_documents_are_begun_one_after_the_other() {
    let desk = Desk::with_new_case();
    let hours = |row: usize| format!("return_to_work_plan/periods[{row}].hours");
    desk.set_refused(&[&format!("{}=x", hours(2))]).tells(&["periods[2]"]);
    desk.set_refused(&[&format!("{}=x", hours(0))]);
    desk.set(&[&format!("{}=一", hours(1)), &format!("{}=二", hours(2))]);
    desk.set(&[&format!("{}=三", hours(3))]);
    assert_eq!(desk.done(&["show", "case.ron", &hours(1), &hours(2), &hours(3)]).out, "一\n二\n三\n");
    desk.set_refused(&[&format!("{}=五", hours(5))]).tells(&["1から4まで"]);

    desk.set(&["physician_opinion/verdict=fit", "physician_opinion#2/verdict=unfit"]);
    assert_eq!(desk.shown("physician_opinion#1/verdict"), "復職可");
    assert_eq!(desk.shown("physician_opinion#2/verdict"), "復職不可");
    assert_eq!(desk.shown("physician_opinion/verdict"), "復職不可", "the newest without a number");
    desk.set_refused(&["physician_opinion#4/verdict=fit"]).tells(&["#4"]);
    desk.set_refused(&["physician_opinion#0/verdict=fit"]).tells(&["#0"]);
}

#[test]
fn the_pdfs_of_two_documents_of_one_form_have_names_of_their_own() {
    let desk = Desk::with_example("c2");
    desk.set(&["physician_opinion#2/verdict=fit"]);
    desk.done(&["pdf", "case.ron", "--form", "physician_opinion"]);
    let names = desk.pdfs();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().any(|name| name.ends_with("_2.pdf")), "{names:?}");
}

#[test]
fn a_long_value_is_read_from_a_file() {
    let desk = Desk::with_new_case();
    desk.write("long.txt", "\u{FEFF}一行目\r\n二行目=@\r\n".as_bytes());
    desk.set(&["physician_opinion/treatment_status=@long.txt"]);
    assert_eq!(desk.shown("physician_opinion/treatment_status"), "一行目\n二行目=@");
    desk.set_refused(&["physician_opinion/treatment_status=@missing.txt"]).tells(&["missing.txt"]);
    desk.set_refused(&["patient.name=@long.txt"]).tells(&["改行"]);
}

#[test]
fn unknown_keys_are_refused_with_the_nearest_ones() {
    let desk = Desk::with_new_case();
    let cases = [
        ("patient.nam", "patient.name"),
        ("physician_opinion/verdct", "physician_opinion/verdict"),
        ("physicianopinion/verdict", "physician_opinion/verdict"),
        ("return_to_work_plan/periods[1].hour", "return_to_work_plan/periods[1].hours"),
        ("case.numbr", "case.number"),
    ];
    for (typed, nearest) in cases {
        let answer = desk.set_refused(&[&format!("{typed}=x")]);
        answer.tells(&[&format!("「{typed}」"), nearest]);
        assert!(answer.out.is_empty());
        desk.refused(&["show", "case.ron", typed]).tells(&[nearest]);
    }
}

#[test]
fn values_that_do_not_fit_are_refused() {
    let desk = Desk::with_example("c7");
    let long = format!("patient.name={}", "あ".repeat(20_001));
    let cases = [
        ("physician_opinion/verdict=maybe", "「復職可」「条件付き可」「復職不可」"),
        ("physician_opinion/verdict=fit,unfit", "一つだけ"),
        ("physician_opinion/verdict=fit:x", "復職可"),
        ("workplace_consultation/business_trips=無:3", "無"),
        ("workplace_consultation/pc_hours=many", "数として"),
        ("workplace_consultation/pc_hours=-1", "0より小さい"),
        ("workplace_consultation/pc_hours=NaN", "数として"),
        ("workplace_consultation/pc_hours=inf", "数として"),
        ("workplace_consultation/pc_hours=1e9", "数として"),
        ("return_to_work_plan/periods=x", "periods[1].hours"),
        ("patient.name=一\\n二", "改行"),
        ("patient.name=一\r二", "改行"),
        ("patient.name=a\u{7}b", "U+0007"),
        ("patient.name=a\u{85}b", "U+0085"),
        ("patient.name=a\u{202E}b", "U+202E"),
        ("patient.name=a\u{2066}b", "U+2066"),
        ("patient.name=a\u{200B}b", "U+200B"),
        ("case.number=", "空欄"),
        ("case.number=　", "空欄"),
        ("case.number=a\\nb", "改行"),
        (&long, "20000字"),
    ];
    for (setting, words) in cases {
        desk.set_refused(&[setting]).tells(&[words]);
    }
}

#[test]
fn one_bad_value_among_good_ones_changes_nothing() {
    let desk = Desk::with_example("c7");
    for bad in ["patient.birth_date=2026/2/30", "patient.nam=x", "physician_opinion/verdict=maybe"] {
        desk.set_refused(&["patient.name=別人", bad, "physician_opinion#2/verdict=fit"]);
        desk.set_refused(&[bad, "patient.name=別人"]);
    }
    assert!(!desk.snapshot().keys().any(|name| is_backup(name)));
    assert!(!desk.path("case.ron.lock").exists());
}

#[test]
fn a_key_without_a_value_never_empties_a_field() {
    let desk = Desk::with_example("c7");
    let before = desk.bytes("case.ron");
    let answer = desk.run(&["set", "case.ron", "patient.name"]);
    assert_ne!(answer.status, 0, "{answer:?}");
    assert_eq!(desk.bytes("case.ron"), before);
}

#[test]
fn substitutes_are_checked_like_any_text() {
    let desk = Desk::with_example("c7");
    let long = format!("case.substitute[髙]={}", "あ".repeat(20_001));
    for bad in [
        "case.substitute[]=x",
        "case.substitute[髙]=a\u{202E}b",
        "case.substitute[髙]=a\u{7}b",
        "case.substitute[髙]=a\\nb",
        &long,
    ] {
        desk.set_refused(&[bad]);
    }
}

#[test]
fn set_keeps_the_rights_of_the_file() {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let desk = Desk::with_example("c7");
        let private = fs::Permissions::from_mode(0o600);
        fs::set_permissions(desk.path("case.ron"), private).expect("the rights of an own file can be changed");
        desk.set(&["patient.name=別人"]);
        let mode = |name: &str| fs::metadata(desk.path(name)).expect("the file is there").permissions().mode() & 0o777;
        assert_eq!(mode("case.ron"), 0o600);
        assert_eq!(mode(".backup/case.000001.ron"), 0o600);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_is_kept_as_typed_or_refused_with_nothing_changed(typed in "\\PC{1,40}") {
        let desk = Desk::with_new_case();
        desk.write("typed.txt", typed.as_bytes());
        let before = desk.bytes("case.ron");
        let key = "physician_opinion/treatment_status";
        let answer = desk.run(&["set", "case.ron", &format!("{key}=@typed.txt")]);
        match answer.status {
            0 if typed.trim().is_empty() => prop_assert_eq!(desk.shown(key), ""),
            0 => prop_assert_eq!(desk.shown(key), typed),
            1 => prop_assert_eq!(desk.bytes("case.ron"), before),
            status => prop_assert!(false, "status {status}: {}", answer.err),
        }
    }
}

// show and check

#[test]
fn show_tells_where_the_case_stands() {
    let out = Desk::with_example("c7").done(&["show", "case.ron"]).out;
    for words in ["R8-0007", "①", "②", "③", "（本人署名）", "（産業医署名）", "次にすること"] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let desk = Desk::with_new_case();
    let answer = desk.done(&["show", "case.ron"]);
    assert!(answer.out.contains("該当者なし"), "a company without 産業医: {}", answer.out);
    answer.tells(&["確認: "]);
}

#[test]
fn show_prints_one_value_a_line_and_none_when_a_key_is_wrong() {
    let desk = Desk::with_example("c2");
    let out = desk.done(&["show", "case.ron", "patient.sex", "case.number", "patient.birth_date"]).out;
    assert_eq!(out.lines().count(), 3, "{out}");
    assert!(out.starts_with("男\n"), "{out}");
    assert_eq!(desk.refused(&["show", "case.ron", "patient.sex", "nonsense"]).out, "");
}

#[test]
fn check_exits_0_for_suggestions_and_1_for_errors() {
    let desk = Desk::with_text(SMALL);
    let answer = desk.done(&["check", "case.ron"]);
    assert!(answer.err.lines().count() > 3, "{}", answer.err);
    for line in answer.err.lines() {
        assert!(place_of(line, "case.ron").is_some(), "{line}");
        assert!(line.contains(" 確認: "), "{line}");
    }
    desk.edit("\"fit\"", "\"maybe\"");
    let answer = desk.refused(&["check", "case.ron"]);
    assert!(answer.err.lines().all(|line| place_of(line, "case.ron").is_some()), "{}", answer.err);
    assert!(answer.err.starts_with("case.ron:5:"), "the grave ones first: {}", answer.err);
}

#[test]
fn one_bad_file_does_not_keep_check_from_the_others() {
    let desk = Desk::with_text(SMALL);
    desk.write("bad.ron", b"Case(");
    let answer = desk.refused(&["check", "bad.ron", "missing.ron", "case.ron"]);
    answer.tells(&["bad.ron:1:", "missing.ron: エラー", "case.ron:4:5: 確認"]);
}

#[test]
fn check_names_line_and_column_of_what_was_edited_by_hand() {
    let cases = [
        ("\"male\"", "\"neither\"", "\"patient.sex\"", "neither", 1),
        ("\"fit\"", "\"maybe\"", "\"verdict\"", "maybe", 1),
        ("\"verdict\": Choice({\"fit\": Blank})", "\"verdict\": Text(\"fit\")", "\"verdict\"", "種類", 1),
        ("Text(\"山田　太郎\")", "Text(\"山\u{202E}田\")", "\"patient.name\"", "U+202E", 1),
        ("\"male\": Blank})", "\"male\": Blank}), \"patient.shoe\": Blank", "\"patient.shoe\"", "patient.shoe", 0),
        ("physician_opinion", "nonsense", "form:", "nonsense", 1),
        ("    people:", "    colour: 3,\n    people:", "colour", "colour", 1),
        ("values: {\"verdict", "colour: 3, values: {\"verdict", "colour", "colour", 1),
    ];
    for (from, to, place, words, status) in cases {
        let desk = Desk::with_text(SMALL);
        desk.edit(from, to);
        let answer = desk.answers(status, &["check", "case.ron"]);
        let line = answer.err.lines().find(|line| line.contains(words)).expect("the problem is told");
        assert_eq!(place_of(line, "case.ron"), Some(place_in(&desk.text("case.ron"), place)), "{to}: {line}");
    }
}

#[test]
fn what_the_parser_refuses_is_told_at_its_own_place_and_not_at_the_gap_before_it() {
    let desk = Desk::with_text(SMALL);
    desk.edit("\"R8-0001\"", "8");
    desk.refused(&["check", "case.ron"]).tells(&["case.ron:3:13: エラー: ここには引用符"]);
    let desk = Desk::with_text(&format!("{SMALL}\n  x"));
    desk.refused(&["check", "case.ron"]).tells(&["case.ron:8:3: エラー"]);
}

#[test]
fn a_key_that_stands_twice_in_a_file_is_told_and_neither_value_is_lost() {
    for (from, to) in [
        ("\"patient.sex\"", "\"patient.name\": Text(\"別人\"), \"patient.sex\""),
        ("\"verdict\"", "\"verdict\": Choice({\"unfit\": Blank}), \"verdict\""),
    ] {
        let desk = Desk::with_text(SMALL);
        desk.edit(from, to);
        desk.refused(&["check", "case.ron"]);
        desk.set_refused(&["patient.address=仙台市"]);
    }
}

#[test]
fn a_case_number_that_cannot_be_set_is_told_when_it_stands_in_a_file() {
    for number in ["", "a\u{202E}b", "a\\u{7}b"] {
        let desk = Desk::with_text(SMALL);
        desk.edit("R8-0001", number);
        desk.refused(&["check", "case.ron"]);
    }
}

// pdf

const C7_PDFS: [&str; 3] = ["R8-0007_主治医意見書.pdf", "R8-0007_協議書.pdf", "R8-0007_職場復帰支援プラン.pdf"];

#[test]
fn pdf_writes_the_three_forms_of_the_example() {
    let desk = Desk::with_example("c7");
    let out = desk.done(&["pdf", "case.ron"]).out;
    assert_eq!(out.lines().collect::<Vec<_>>(), C7_PDFS);
    assert_eq!(desk.pdfs().len(), 3);
    for pdf in C7_PDFS {
        assert!(desk.bytes(pdf).starts_with(b"%PDF-"));
        assert!(desk.pages(pdf) >= 1);
    }
}

#[test]
fn pdf_writes_the_form_that_is_asked_for_to_the_folder_that_is_asked_for() {
    let desk = Desk::with_example("c7");
    let out = desk.done(&["pdf", "case.ron", "--form", "return_to_work_plan", "--out", "one/two"]).out;
    assert_eq!(out.trim_end(), Path::new("one/two").join(C7_PDFS[2]).display().to_string());
    assert!(desk.path("one/two").join(C7_PDFS[2]).exists());
    assert_eq!(desk.pdfs().len(), 1);
    let both = ["pdf", "case.ron", "--form", "physician_opinion", "--form", "workplace_consultation"];
    assert_eq!(desk.done(&both).out.lines().count(), 2);
}

#[test]
fn pdf_refuses_a_form_that_is_unknown_or_not_in_the_case() {
    let desk = Desk::with_text(SMALL);
    desk.refused(&["pdf", "case.ron", "--form", "physician_opinon"]).tells(&["physician_opinon", "physician_opinion"]);
    desk.refused(&["pdf", "case.ron", "--form", "return_to_work_plan"]).tells(&["case.ron", "physician_opinion"]);
    assert!(desk.pdfs().is_empty());
}

#[test]
fn pdf_refuses_a_name_that_no_font_has_until_a_substitute_is_given() {
    let desk = Desk::with_example("t-02");
    desk.set(&["patient.name=渡邊\u{E0104}　一郎"]);
    desk.refused(&["pdf", "case.ron"]).tells(&["「氏名」", "邊\u{E0104}", "U+908A U+E0104", "case.ron:"]);
    desk.refused(&["check", "case.ron"]).tells(&["U+E0104"]);
    assert!(desk.pdfs().is_empty());
    desk.set(&["case.substitute[邊\u{E0104}]=邊"]);
    desk.done(&["check", "case.ron"]);
    desk.done(&["pdf", "case.ron"]);
    assert_eq!(desk.pdfs().len(), 3);
    assert_eq!(desk.shown("patient.name"), "渡邊\u{E0104}　一郎", "the name itself stays as typed");
}

#[test]
fn pdf_refuses_what_no_font_has_and_prints_the_other_documents() {
    let desk = Desk::with_example("c7");
    desk.set(&["physician_opinion/other_considerations=よろしく😀"]);
    let answer = desk.refused(&["pdf", "case.ron"]);
    answer.tells(&["主治医意見書の「その他配慮事項」", "😀", "U+1F600"]);
    assert_eq!(answer.out.lines().collect::<Vec<_>>(), C7_PDFS[1..]);
    assert_eq!(desk.pdfs().len(), 2);
}

#[test]
fn a_substitute_or_a_case_number_that_no_font_has_is_never_printed_and_named_as_such() {
    let desk = Desk::with_example("c7");
    desk.set(&["patient.name=山田😀", "case.substitute[😀]=😁"]);
    desk.refused(&["pdf", "case.ron"]).tells(&["「氏名」"]);
    let desk = Desk::with_example("c7");
    if desk.run(&["set", "case.ron", "case.number=R8-😀"]).status == 0 {
        desk.refused(&["pdf", "case.ron"]).tells(&["😀", "ケース番号"]);
    }
}

#[test]
fn pdf_writes_over_its_own_file_and_never_over_one_that_was_added_to() {
    let desk = Desk::with_example("c7");
    desk.done(&["pdf", "case.ron"]);
    desk.set(&["patient.name=別人"]);
    let old = desk.bytes(C7_PDFS[0]);
    desk.done(&["pdf", "case.ron"]);
    assert_ne!(desk.bytes(C7_PDFS[0]), old);

    let mut signed = desk.bytes(C7_PDFS[0]);
    signed.extend_from_slice(b"\n9 0 obj\n<</Type/Sig>>\nendobj\nstartxref\n0\n%%EOF\n");
    desk.write(C7_PDFS[0], &signed);
    desk.write(C7_PDFS[1], b"a file of somebody else");
    let answer = desk.refused(&["pdf", "case.ron", "--form", "physician_opinion"]);
    answer.tells(&[C7_PDFS[0], "上書きしません"]);
    desk.refused(&["pdf", "case.ron", "--form", "workplace_consultation"]);
    desk.refused(&["pdf", "case.ron"]);
    assert_eq!(desk.bytes(C7_PDFS[0]), signed);
    assert_eq!(desk.bytes(C7_PDFS[1]), b"a file of somebody else");
}

#[test]
fn a_signed_pdf_does_not_hold_up_the_other_documents() {
    let desk = Desk::with_example("c7");
    desk.write(C7_PDFS[0], b"a file of somebody else");
    assert_eq!(desk.refused(&["pdf", "case.ron"]).out.lines().collect::<Vec<_>>(), C7_PDFS[1..]);
}

#[test]
fn two_cases_of_one_number_never_write_over_one_another() {
    for other in ["other.ron", "./other.ron"] {
        let desk = Desk::with_example("c7");
        desk.done(&["new", "other.ron", "--example", "c2"]);
        desk.done(&["set", "other.ron", "case.number=R8-0007"]);
        desk.done(&["pdf", "case.ron"]);
        let first = desk.bytes(C7_PDFS[0]);
        desk.refused(&["pdf", "case.ron", other]).tells(&["同じ名前のPDF"]);
        assert_eq!(desk.bytes(C7_PDFS[0]), first, "{other}");
    }
}

#[test]
fn a_broken_case_does_not_keep_the_others_from_being_printed() {
    let desk = Desk::with_example("c7");
    desk.write("broken.ron", b"Case(");
    let answer = desk.refused(&["pdf", "broken.ron", "case.ron"]);
    answer.tells(&["broken.ron:1:"]);
    assert_eq!(answer.out.lines().count(), 3);
}

#[test]
fn a_case_number_never_leads_out_of_the_folder() {
    for number in ["../../outside", "a/b", "..", "C:\\x", "a|b?c*"] {
        let desk = Desk::with_example("c2");
        desk.set(&[&format!("case.number={number}")]);
        desk.done(&["pdf", "case.ron", "--form", "physician_opinion"]);
        assert_eq!(desk.pdfs().len(), 1, "{number}");
    }
}

#[test]
fn the_same_case_gives_the_same_bytes() {
    let desk = Desk::with_example("t-01");
    desk.done(&["pdf", "case.ron", "--out", "first"]);
    desk.done(&["pdf", "case.ron", "--out", "second"]);
    let names = desk.pdfs();
    assert_eq!(names.len(), 6);
    for first in names.iter().filter(|name| name.starts_with("first")) {
        assert_eq!(desk.bytes(first), desk.bytes(&first.replacen("first", "second", 1)), "{first}");
    }
}

#[test]
fn a_text_of_2000_characters_flows_to_a_second_page() {
    let desk = Desk::with_example("c7");
    assert_eq!(desk.done(&["pdf", "case.ron", "--form", "physician_opinion"]).out.trim_end(), C7_PDFS[0]);
    assert_eq!(desk.pages(C7_PDFS[0]), 1);
    let text = "体調に合わせて休めるようにする。".repeat(125);
    assert_eq!(text.chars().count(), 2000);
    desk.set(&[&format!("physician_opinion/other_considerations={text}")]);
    desk.done(&["pdf", "case.ron", "--form", "physician_opinion"]);
    assert_eq!(desk.pages(C7_PDFS[0]), 2);
}

#[test]
fn odd_texts_print() {
    let texts = ["a".repeat(10_000), "、".repeat(2_000), "（".repeat(500), "x\\n".repeat(500), "\tx".repeat(300)];
    for text in texts {
        let desk = Desk::with_example("c7");
        desk.set(&[&format!("physician_opinion/other_considerations={text}")]);
        desk.done(&["pdf", "case.ron", "--form", "physician_opinion"]);
        assert!(desk.pages(C7_PDFS[0]) > 1);
    }
}

#[test]
fn a_plan_of_60_rows_prints() {
    let desk = Desk::with_new_case();
    let setting = |row| format!("return_to_work_plan/periods[{row}].measures={row}番目の時期。残業なし。");
    let settings: Vec<String> = (1..=60).map(setting).collect();
    let settings: Vec<&str> = settings.iter().map(String::as_str).collect();
    desk.set(&[&settings[..], &["case.number=P"]].concat());
    desk.done(&["pdf", "case.ron", "--form", "return_to_work_plan"]);
    assert!(desk.pages("P_職場復帰支援プラン.pdf") > 3);
}

#[test]
fn reading_leaves_everything_as_it_was() {
    let desk = Desk::with_example("c7");
    desk.write("broken.ron", b"Case(");
    let before = desk.snapshot();
    desk.done(&["show", "case.ron"]);
    desk.done(&["show", "case.ron", "patient.name"]);
    desk.done(&["check", "case.ron"]);
    desk.done(&["list", "."]);
    desk.done(&["forms"]);
    desk.refused(&["check", "broken.ron"]);
    desk.refused(&["set", "broken.ron", "patient.name=x"]);
    assert_eq!(desk.snapshot(), before);
    desk.done(&["pdf", "case.ron"]);
    for pdf in C7_PDFS {
        fs::remove_file(desk.path(pdf)).expect("the PDF was written");
    }
    assert_eq!(desk.snapshot(), before);
}

// list, forms, licenses, usage

#[test]
fn list_tells_the_good_cases_and_the_broken_ones() {
    let desk = Desk::with_example("c7");
    desk.done(&["new", "other.ron", "--example", "c2"]);
    desk.write("broken.ron", b"Case(\n");
    desk.write("note.txt", b"no case");
    desk.set(&["patient.name=別人"]);
    let answer = desk.done(&["list", "."]);
    assert_eq!(answer.out.lines().filter(|line| !line.contains("broken")).count(), 2, "{}", answer.out);
    assert!(answer.out.contains("case.ron\tR8-0007\t"), "{}", answer.out);
    assert!((answer.out.clone() + &answer.err).contains("broken.ron"), "{answer:?}");
    assert!(!answer.out.contains("別人") && !answer.out.contains("note.txt"), "{}", answer.out);
    desk.refused(&["list", "nowhere"]);
    desk.refused(&["list", "case.ron"]);
}

/// Whether a file is a backup of a case, and not the head of its log.
#[expect(clippy::case_sensitive_file_extension_comparisons, reason = "the program writes it so")]
fn is_backup(name: &str) -> bool {
    name.starts_with(".backup") && name.ends_with(".ron")
}

/// Each template is one form; one more file describes the shared data.
fn built_in_forms() -> usize {
    ryoritsu::assets::TEMPLATES.len() - 1
}

#[test]
fn forms_are_listed_with_key_title_step_version_and_source() {
    let out = Desk::new().done(&["forms"]).out;
    assert_eq!(out.lines().count(), built_in_forms());
    let listed: Vec<Vec<&str>> = out.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(listed[0], ["physician_opinion", "職場復帰について主治医の意見書", "①", "版1", "標準"]);
    assert!(listed.contains(&vec!["consent", "診療情報などの提供に関する同意書", "開始前", "版1", "標準"]));
}

#[test]
fn licenses_are_printed_in_full() {
    let out = Desk::new().done(&["licenses"]).out;
    let start = "The Licensor provides the Licensed Program";
    assert!(out.contains("IPA Font License Agreement v1.0") && out.contains(start));
    assert!(out.contains("SIL OPEN FONT LICENSE") && out.contains("MIT License"));
}

#[test]
fn wrong_usage_exits_2_with_the_usage() {
    let desk = Desk::with_example("c7");
    let cases: [&[&str]; 14] = [
        &["nonsense"],
        &["--nonsense"],
        &["new"],
        &["new", "a.ron", "b.ron"],
        &["new", "a.ron", "--example"],
        &["set"],
        &["set", "case.ron"],
        &["show"],
        &["check"],
        &["pdf"],
        &["pdf", "case.ron", "--out"],
        &["pdf", "case.ron", "--example", "c7"],
        &["list"],
        &["forms", "more", "still"],
    ];
    for arguments in cases {
        let answer = desk.answers(2, arguments);
        answer.tells(&["使い方"]);
        assert!(answer.out.is_empty());
    }
    assert!(desk.done(&["--help"]).out.contains("使い方"));
    assert!(desk.done(&["--version"]).out.starts_with("ryoritsu "));
}

// damaged files

#[test]
fn a_case_cut_at_any_byte_is_refused_and_stays_as_it_is() {
    let whole = SMALL.trim_end().len();
    let cut = |ends: Vec<usize>| {
        let desk = Desk::new();
        for end in ends {
            desk.write("case.ron", &SMALL.as_bytes()[..end]);
            let status = desk.run(&["check", "case.ron"]).status;
            assert_eq!(status, i32::from(end < whole), "cut at {end}");
            assert_eq!(desk.bytes("case.ron"), &SMALL.as_bytes()[..end]);
        }
    };
    let (even, odd) = (0..=SMALL.len()).partition(|end| end % 2 == 0);
    std::thread::scope(|scope| {
        scope.spawn(|| cut(even));
        cut(odd);
    });
}

#[test]
fn damaged_files_are_refused_by_every_command_and_left_alone() {
    let nested = |depth| format!("Case(format: 1, number: \"x\", people: {{\"a\": {}", "Tick(".repeat(depth));
    let (shift_jis, large) = (b"Case(format: 1, number: \"\x8e\x52\x93\x63\")".to_vec(), vec![b' '; 21_000_000]);
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("empty", Vec::new(), "case.ron:1:1: エラー"),
        ("wrong type", SMALL.replace("Text(\"山田　太郎\")", "Text(5)").into_bytes(), "case.ron:4:"),
        ("wrong word", SMALL.replace("Blank})}", "Nothing})}").into_bytes(), "Nothing"),
        ("too large", large, "20MB"),
        ("nested", nested(10_000).into_bytes(), "重なりすぎ"),
        ("Shift_JIS", shift_jis, "case.ron:1:26: エラー: 文字コード"),
        ("null bytes", vec![0; 4096], "case.ron:1:1: エラー"),
        ("a template", INTERVIEW.replace("Form(", "People(").into_bytes(), "case.ron:1:1: エラー"),
        ("trailing", format!("{SMALL}x").into_bytes(), "ファイルの終わり"),
    ];
    for (name, bytes, words) in cases {
        let desk = Desk::new();
        desk.write("case.ron", &bytes);
        for command in [&["check", "case.ron"][..], &["show", "case.ron"], &["pdf", "case.ron"]] {
            desk.refused(command).tells(&["case.ron"]);
        }
        let answer = desk.set_refused(&["patient.name=x"]);
        assert!(answer.err.contains(words), "{name}: {}", answer.err);
        assert_eq!(desk.snapshot().len(), 1, "{name}");
    }
}

#[test]
fn a_folder_or_nothing_in_place_of_a_case_is_refused() {
    let desk = Desk::new();
    fs::create_dir(desk.path("folder.ron")).expect("the temporary folder can be written to");
    for file in ["folder.ron", "missing.ron"] {
        for command in [&["check", file][..], &["show", file], &["pdf", file], &["set", file, "patient.name=x"]] {
            desk.refused(command).tells(&[file, " — "]);
        }
    }
    assert!(desk.snapshot().is_empty());
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_do_no_harm() {
    let desk = Desk::with_text(&format!("\u{FEFF}{}", SMALL.replace('\n', "\r\n")));
    assert_eq!(desk.shown("patient.name"), "山田　太郎");
    desk.edit("\"male\"", "\"neither\"");
    desk.refused(&["check", "case.ron"]).tells(&["case.ron:4:"]);
    desk.set(&["patient.sex=女"]);
    assert_eq!(desk.shown("patient.sex"), "女");
}

#[test]
fn a_case_of_a_newer_format_can_be_read_and_not_written() {
    let newer = SMALL.replace("format: 1,", "format: 999,").replace("    people", "    colour: 3,\n    people");
    let desk = Desk::with_text(&newer);
    let answer = desk.done(&["show", "case.ron"]);
    answer.tells(&["新しい版"]);
    assert!(answer.out.contains("R8-0001"));
    assert_eq!(desk.shown("patient.name"), "山田　太郎");
    desk.set_refused(&["patient.name=別人"]).tells(&["新しい版"]);
    desk.done(&["pdf", "case.ron"]);
}

#[test]
fn a_newer_format_is_seen_wherever_it_stands_in_the_file() {
    let newer = SMALL.replace("    format: 1,\n", "").replace("    people", "    format: 999,\n    people");
    let desk = Desk::with_text(&newer);
    desk.set_refused(&["patient.name=別人"]);
}

// templates

#[test]
fn a_template_of_ones_own_is_listed_filled_and_printed() {
    let desk = Desk::with_example("c2");
    let path = desk.write_template("interview.ron", INTERVIEW);
    let path = path.to_string_lossy();
    desk.done(&["check", &path]);
    let out = desk.done(&["forms"]).out;
    assert_eq!(out.lines().count(), built_in_forms() + 1);
    assert!(out.contains("interview\t面談記録\t②\t版1\t") && out.contains(&*path), "{out}");
    desk.set(&["case.number=M", "interview/notes=よく眠れている。", "interview/met_on=R8.11.22"]);
    assert_eq!(desk.shown("interview/met_on"), "令和8年11月22日");
    desk.done(&["pdf", "case.ron", "--form", "interview"]);
    assert_eq!(desk.pages("M_面談記録.pdf"), 1);
    fs::remove_file(&*path).expect("the template is there");
    desk.refused(&["check", "case.ron"]).tells(&["interview"]);
    desk.set(&["patient.name=別人"]);
    assert!(desk.text("case.ron").contains("よく眠れている。"), "what no template knows is kept");
}

#[test]
fn check_names_line_and_column_of_what_is_wrong_in_a_template() {
    let cases = [
        ("    key: \"interview\",\n", "", None, "「key」"),
        ("key: \"met_on\"", "key: \"notes\"", Some("key: \"notes\", label: \"内容\""), "「notes」が二つ"),
        ("columns: [40, 130]", "columns: [40, 131]", Some("columns: [40, 131]"), "171mm"),
        ("Some(document_date)", "Some(nonsense)", Some("nonsense"), "nonsense"),
        ("DateLine(\"met_on\")", "DateLine(\"nonsense\")", Some("DateLine"), "nonsense"),
        ("\"patient.name\", label", "\"patient.shoe\", label", Some("key: \"patient.shoe\""), "patient.shoe"),
        ("kind: LongText", "kind: ChooseOne(options: [])", Some("kind: ChooseOne"), "選択肢"),
    ];
    for (from, to, place, words) in cases {
        let desk = Desk::new();
        let text = INTERVIEW.replacen(from, to, 1);
        assert_ne!(text, INTERVIEW, "{from}");
        let path = desk.write_template("bad.ron", &text);
        let path = path.to_string_lossy();
        let answer = desk.refused(&["check", &path]);
        // `check` of the file comes after the complaint about the same file in the folder.
        let line =
            answer.err.lines().rfind(|line| line.contains(words)).unwrap_or_else(|| panic!("{words}: {answer:?}"));
        let found = place_of(line, &path);
        assert!(found.is_some(), "{line}");
        if let Some(place) = place {
            assert_eq!(found, Some(place_in(&text, place)), "{line}");
        }
        let forms = desk.done(&["forms"]);
        assert_eq!(forms.out.lines().count(), built_in_forms(), "a wrong template is not used");
        forms.tells(&["bad.ron"]);
    }
}

#[test]
fn a_form_that_goes_in_the_place_of_another_is_known_and_tells_no_diagnosis() {
    let cases = [
        ("nonsense", Some("「nonsense」はありません")),
        ("physician_opinion", Some("様式「physician_opinion」にも")),
        ("interview", Some("様式「interview」にも")),
        ("return_opinion", None),
    ];
    for (instead, words) in cases {
        let desk = Desk::new();
        let named = format!("    step: 2,\n    without_diagnosis: Some(\"{instead}\"),\n");
        let text = INTERVIEW.replacen("    step: 2,\n", &named, 1);
        assert_ne!(text, INTERVIEW);
        let path = desk.write_template("mine.ron", &text);
        let path = path.to_string_lossy();
        let Some(words) = words else {
            desk.done(&["check", &path]);
            assert_eq!(desk.done(&["forms"]).out.lines().count(), built_in_forms() + 1);
            continue;
        };
        let answer = desk.refused(&["check", &path]);
        answer.tells(&[words, "without_diagnosis"]);
        let line = answer.err.lines().rfind(|line| line.contains(words)).expect("told");
        assert_eq!(place_of(line, &path), Some(place_in(&text, "without_diagnosis")), "{line}");
        let forms = desk.done(&["forms"]);
        assert_eq!(forms.out.lines().count(), built_in_forms(), "a wrong template is not used");
        forms.tells(&["mine.ron"]);
    }
}

#[test]
fn a_wrong_template_of_a_built_in_form_gives_way_to_it() {
    let desk = Desk::with_example("c2");
    let built_in = include_str!("../templates/physician_opinion.ron");
    desk.write_template("opinion.ron", &built_in.replacen("Some(\"return_opinion\")", "Some(\"gone\")", 1));
    let forms = desk.done(&["forms"]);
    assert_eq!(forms.out.lines().count(), built_in_forms());
    forms.tells(&["opinion.ron", "「gone」はありません"]);
    assert!(!forms.out.contains("opinion.ron"));
    desk.done(&["pdf", "case.ron"]);
}

#[test]
fn absurd_numbers_in_a_template_are_told() {
    let cases = [
        ("Value(field: \"notes\")", "Value(field: \"notes\", span: 18446744073709551615)"),
        ("height: 60", "height: NaN"),
        ("height: 60", "height: -1"),
        ("height: 60", "height: 1e30"),
        ("[40, 130]", "[]"),
        ("[40, 130]", "[40, inf]"),
        ("step: 2", "step: 99"),
        ("step: 2", "step: 256"),
    ];
    for (from, to) in cases {
        let desk = Desk::new();
        assert!(INTERVIEW.contains(from), "{from}");
        let path = desk.write_template("bad.ron", &INTERVIEW.replacen(from, to, 1));
        let answer = desk.run(&["check", &path.to_string_lossy()]);
        assert_eq!(answer.status, 1, "{to}: {answer:?}");
    }
}

// locks, backups, rights

#[test]
fn a_case_that_somebody_has_open_is_read_and_not_written() {
    let desk = Desk::with_example("c7");
    desk.write("case.ron.lock", b"someone@somewhere\n");
    let lock = File::open(desk.path("case.ron.lock")).expect("the lock was just written");
    lock.lock_shared().expect("nobody else has the lock");
    desk.set_refused(&["patient.name=別人"]).tells(&["case.ron", "someone@somewhere"]);
    assert_eq!(desk.bytes("case.ron.lock"), b"someone@somewhere\n");
    desk.done(&["show", "case.ron"]);
    desk.done(&["check", "case.ron"]);
    desk.done(&["list", "."]);
    desk.done(&["pdf", "case.ron"]);
    drop(lock);
    desk.set(&["patient.name=別人"]);
}

#[test]
fn a_lock_that_was_left_behind_is_taken_over() {
    let desk = Desk::with_example("c7");
    desk.write("case.ron.lock", b"someone@somewhere\n");
    desk.set(&["patient.name=別人"]);
    assert_eq!(desk.shown("patient.name"), "別人");
    assert!(!desk.path("case.ron.lock").exists());
}

#[test]
fn two_who_write_at_once_lose_nothing_that_was_accepted() {
    let desk = Desk::with_new_case();
    let write = |key: &str| {
        let mut last = String::new();
        for round in 0..40 {
            let value = format!("{key}{round}");
            if desk.run(&["set", "case.ron", &format!("physician_opinion/{key}={value}")]).status == 0 {
                last = value;
            }
        }
        last
    };
    let (one, other) = std::thread::scope(|scope| {
        let other = scope.spawn(|| write("treatment_policy"));
        (write("treatment_status"), other.join().expect("the other writer ends well"))
    });
    assert_eq!(desk.shown("physician_opinion/treatment_status"), one);
    assert_eq!(desk.shown("physician_opinion/treatment_policy"), other);
}

#[test]
fn the_last_ten_backups_are_kept() {
    let desk = Desk::with_example("c7");
    let mut before_last = Vec::new();
    for round in 1..=12 {
        before_last = desk.bytes("case.ron");
        desk.set(&[&format!("patient.name={round}")]);
    }
    let backups: Vec<String> = desk.snapshot().into_keys().filter(|name| is_backup(name)).collect();
    assert_eq!(backups.len(), 10, "{backups:?}");
    assert_eq!(desk.bytes(backups.last().expect("a backup")), before_last);
    let mut expected = String::new();
    for number in 3..=12 {
        writeln!(expected, ".backup/case.{number:06}.ron").expect("a text takes more text");
    }
    assert_eq!(backups.join("\n") + "\n", expected.replace('/', std::path::MAIN_SEPARATOR_STR));
}

#[test]
fn a_backup_of_the_highest_number_does_not_break_set() {
    let desk = Desk::with_example("c7");
    desk.write(".backup/case.4294967295.ron", b"old");
    assert!([0, 1].contains(&desk.run(&["set", "case.ron", "patient.name=別人"]).status));
}

#[test]
fn a_folder_without_the_right_to_write_is_told_and_the_case_stays() {
    let desk = Desk::with_example("c7");
    let folder = desk.path("");
    let rights = fs::metadata(&folder).expect("the folder is there").permissions();
    let mut read_only = rights.clone();
    read_only.set_readonly(true);
    fs::set_permissions(&folder, read_only).expect("the rights of an own folder can be changed");
    let is_locked = File::create(desk.path("probe")).is_err();
    let answers = is_locked.then(|| {
        let set = desk.set_refused(&["patient.name=別人"]);
        (set, desk.refused(&["new", "new.ron"]), desk.refused(&["pdf", "case.ron"]), desk.done(&["show", "case.ron"]))
    });
    fs::set_permissions(&folder, rights).expect("the rights of an own folder can be changed");
    // Somebody who may write everywhere, such as root in a container, has nothing to see here.
    if let Some((set, new, pdf, _)) = answers {
        for answer in [set, new, pdf] {
            answer.tells(&["権限がありません"]);
        }
    }
}

#[test]
fn the_pdf_of_another_case_of_the_same_number_is_not_written_over() {
    let desk = Desk::new();
    for name in ["one", "other"] {
        desk.done(&["new", &format!("{name}.ron"), "--example", "c2"]);
    }
    desk.done(&["pdf", "one.ron", "--out", "out"]);
    desk.done(&["pdf", "one.ron", "--out", "out"]);
    let before = desk.snapshot();
    desk.refused(&["pdf", "other.ron", "--out", "out"]).tells(&["同じ名前のPDF"]);
    assert_eq!(desk.snapshot(), before);
}

#[test]
fn a_value_with_a_bracket_and_an_equals_sign_is_a_value() {
    let desk = Desk::with_example("c2");
    desk.set(&["physician_opinion/treatment_status=検査[1]=陽性"]);
    assert_eq!(desk.shown("physician_opinion/treatment_status"), "検査[1]=陽性");
}

#[test]
fn a_comma_in_what_is_written_beside_an_option_belongs_to_it() {
    let desk = Desk::with_example("c2");
    desk.set(&["workplace_consultation/commute_means=徒歩,その他:自転車、雨の日はバス,自動車"]);
    assert_eq!(desk.shown("workplace_consultation/commute_means"), "徒歩、自動車、その他（自転車、雨の日はバス）");
}

#[test]
fn an_error_of_the_case_itself_holds_up_every_pdf() {
    let desk = Desk::with_example("c2");
    let bytes = desk.snapshot().remove("case.ron").expect("it is there");
    let text = String::from_utf8(bytes).expect("UTF-8").replacen("R8-0002", "", 1);
    desk.write("case.ron", text.as_bytes());
    desk.refused(&["pdf", "case.ron"]).tells(&["ケース番号"]);
    assert!(desk.pdfs().is_empty(), "no PDF was written");
}
