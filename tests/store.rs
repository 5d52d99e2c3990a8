//! Files: what is written is read back, what is damaged is told, and an interrupted save leaves
//! the old or the new file whole.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::any::any_case;
use common::disk::{Action, full_after, without};
use common::{example, examples, text};
use proptest::prelude::*;
use ryoritsu::assets;
use ryoritsu::model::case::FORMAT;
use ryoritsu::model::failure::{Failure, FileTrouble, Position, Step, TextTrouble};
use ryoritsu::store::atomic::{self, BACKUPS, Disk};
use ryoritsu::store::case_file::{self, CaseFile, Existing};
use ryoritsu::store::lock::Lock;
use ryoritsu::store::{locate, ron_text};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn a_save_interrupted_anywhere_leaves_the_old_or_the_new_file_whole() {
    let mut saved_at = None;
    for actions in 0..20 {
        for leaves_half in [false, true] {
            let folder = folder();
            let path = folder.path().join("a.ron");
            case_file::create(&Disk, &path, &example("c2")).expect("created");
            let old = fs::read(&path).expect("readable");
            let mut file = CaseFile::read(&path).expect("a case");
            file.case.number = "R8-9999".to_owned();
            let saved = file.save(&full_after(actions, leaves_half));
            let now = fs::read(&path).expect("still there");
            let is_new = CaseFile::read(&path).expect("whole").case.number == "R8-9999";
            match saved {
                Ok(()) => {
                    assert!(is_new);
                    saved_at.get_or_insert(actions);
                }
                Err(failure) => {
                    assert!(!is_new && now == old, "after {actions} actions");
                    assert!(matches!(failure, Failure::File { trouble: FileTrouble::DiskFull, .. }), "{failure:?}");
                }
            }
        }
    }
    assert!(saved_at.is_some_and(|actions| actions > 3), "it was interrupted at several places");
}

#[test]
fn a_failed_save_leaves_nothing_of_the_case_behind() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    case_file::create(&Disk, &path, &example("c2")).expect("created");
    let mut file = CaseFile::read(&path).expect("a case");
    file.case.number = "R8-9999".to_owned();
    assert!(file.save(&without(Action::Rename)).is_err());
    let left: Vec<_> =
        fs::read_dir(folder.path()).expect("listed").map(|entry| entry.expect("read").file_name()).collect();
    assert_eq!(left.iter().filter(|name| name.to_string_lossy().contains("tmp")).count(), 0, "{left:?}");
}

#[test]
fn a_file_that_was_changed_since_is_not_overwritten() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    case_file::create(&Disk, &path, &example("c2")).expect("created");
    let mut file = CaseFile::read(&path).expect("a case");
    let mut other = fs::read_to_string(&path).expect("text");
    other.push_str("// もう一人が書いた\n");
    fs::write(&path, &other).expect("written");
    assert_eq!(file.save(&Disk), Err(Failure::ChangedByOther { path: path.clone() }));
    assert_eq!(fs::read_to_string(&path).expect("text"), other);
    fs::remove_file(&path).expect("removed");
    assert_eq!(file.save(&Disk), Err(Failure::ChangedByOther { path }));
}

#[test]
fn the_last_ten_backups_are_kept_and_can_be_read() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    case_file::create(&Disk, &path, &example("c2")).expect("created");
    let mut file = CaseFile::read(&path).expect("a case");
    for n in 0..15 {
        file.case.number = format!("R8-{n:04}");
        file.save(&Disk).expect("saved");
    }
    let backups = atomic::backups(&Disk, &path).expect("listed");
    assert_eq!(backups.len(), BACKUPS);
    let numbers: Vec<String> =
        backups.iter().map(|(_, path)| CaseFile::read(path).expect("a case").case.number).collect();
    let expected: Vec<String> = (4..14).map(|n| format!("R8-{n:04}")).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn backups_that_cannot_be_listed_are_never_written_over() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    case_file::create(&Disk, &path, &example("c2")).expect("created");
    let mut file = CaseFile::read(&path).expect("a case");
    file.case.number = "R8-0001".to_owned();
    file.save(&Disk).expect("saved");
    let kept = fs::read(folder.path().join(".backup/a.000001.ron")).expect("a backup");
    file.case.number = "R8-0002".to_owned();
    assert!(file.save(&without(Action::List)).is_err());
    assert_eq!(fs::read(folder.path().join(".backup/a.000001.ron")).expect("a backup"), kept);
    assert_eq!(CaseFile::read(&path).expect("whole").case.number, "R8-0001");
}

#[test]
fn a_new_file_never_takes_the_place_of_another() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    fs::write(&path, "大事なもの").expect("written");
    assert_eq!(case_file::create(&Disk, &path, &example("c2")), Err(Failure::Exists { path: path.clone() }));
    assert_eq!(fs::read_to_string(path).expect("text"), "大事なもの");
}

#[test]
fn a_new_file_interrupted_anywhere_is_whole_or_not_there() {
    let mut created_at = None;
    for actions in 0..10 {
        for leaves_half in [false, true] {
            let folder = folder();
            let path = folder.path().join("a.ron");
            match case_file::create(&full_after(actions, leaves_half), &path, &example("c2")) {
                Ok(()) => {
                    assert_eq!(CaseFile::read(&path).expect("whole").case, example("c2"));
                    created_at.get_or_insert(actions);
                }
                // A program that is killed removes nothing: not even then the name may be taken.
                Err(_) => assert!(!path.exists(), "after {actions} actions"),
            }
        }
    }
    assert_eq!(created_at, Some(2), "a write and a link");
}

#[test]
fn a_new_file_needs_no_second_names() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    case_file::create(&without(Action::Link), &path, &example("c2")).expect("created");
    assert_eq!(CaseFile::read(&path).expect("whole").case, example("c2"));
    let failure = case_file::create(&without(Action::Link), &path, &example("c7")).expect_err("it is there");
    assert_eq!(failure, Failure::Exists { path });
    assert_eq!(names(folder.path()), ["a.ron"], "no temporary file is left");
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("listed");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("read").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn saved_as_another_file_the_case_belongs_to_that() {
    let folder = folder();
    let (first, second) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
    let mut file = CaseFile::unsaved(example("c2"));
    file.save_as(&Disk, &first, Existing::Keep).expect("created");
    file.case.number = "R8-0002".to_owned();
    file.save_as(&Disk, &second, Existing::Keep).expect("created");
    assert_eq!(file.path, second);
    file.case.number = "R8-0003".to_owned();
    file.save(&Disk).expect("saved");
    let number = |path| CaseFile::read(path).expect("a case").case.number;
    assert_eq!(number(&first), example("c2").number);
    assert_eq!(number(&second), "R8-0003");
}

#[test]
fn saved_as_a_file_that_is_there_the_old_one_stays_or_becomes_a_backup() {
    let folder = folder();
    let (first, second) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
    case_file::create(&Disk, &first, &example("c2")).expect("created");
    case_file::create(&Disk, &second, &example("c7")).expect("created");
    let mut file = CaseFile::read(&first).expect("a case");
    let refused = file.save_as(&Disk, &second, Existing::Keep);
    assert_eq!(refused, Err(Failure::Exists { path: second.clone() }));
    assert_eq!((&file.path, CaseFile::read(&second).expect("a case").case), (&first, example("c7")));
    file.save_as(&Disk, &second, Existing::Overwrite).expect("confirmed");
    assert_eq!(CaseFile::read(&second).expect("a case").case, example("c2"));
    let (_, backup) = atomic::backups(&Disk, &second).expect("listed").pop().expect("one");
    assert_eq!(CaseFile::read(&backup).expect("a case").case, example("c7"));
}

#[test]
fn what_somebody_else_wrote_is_noticed_and_only_written_over_on_purpose() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    case_file::create(&Disk, &path, &example("c2")).expect("created");
    let mut mine = CaseFile::read(&path).expect("a case");
    let mut theirs = CaseFile::read(&path).expect("a case");
    assert_eq!(mine.changed_on_disk(), Ok(false));
    theirs.case.number = "R8-0007".to_owned();
    theirs.save(&Disk).expect("saved");
    assert_eq!((mine.changed_on_disk(), theirs.changed_on_disk()), (Ok(true), Ok(false)));
    mine.case.number = "R8-0008".to_owned();
    assert!(mine.save(&Disk).is_err());
    mine.save_over(&Disk).expect("decided");
    assert_eq!(mine.changed_on_disk(), Ok(false));
    let (_, backup) = atomic::backups(&Disk, &path).expect("listed").pop().expect("one");
    assert_eq!(CaseFile::read(&backup).expect("a case").case.number, "R8-0007");
    fs::remove_file(&path).expect("removed");
    assert_eq!(mine.changed_on_disk(), Ok(true));
    mine.save_over(&Disk).expect("decided");
    assert_eq!(CaseFile::read(&path).expect("a case").case.number, "R8-0008");
}

#[test]
fn a_case_of_a_newer_format_is_not_even_written_over_on_purpose() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    case_file::create(&Disk, &path, &example("c2")).expect("created");
    let mut mine = CaseFile::read(&path).expect("a case");
    let newer = fs::read_to_string(&path).expect("text").replacen(
        &format!("format: {FORMAT},"),
        &format!("format: {},", FORMAT + 1),
        1,
    );
    fs::write(&path, &newer).expect("written");
    assert_eq!(mine.save_over(&Disk), Err(Failure::ReadOnlyFormat { path: path.clone() }));
    let copy = CaseFile::read(&path).expect("a case").save_as(&Disk, &folder.path().join("b.ron"), Existing::Keep);
    assert!(matches!(copy, Err(Failure::ReadOnlyFormat { .. })), "{copy:?}");
    assert_eq!(fs::read_to_string(&path).expect("text"), newer);
}

#[test]
fn two_cannot_hold_one_case_and_a_left_lock_is_taken_over() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    let held = Lock::take(&path).expect("free");
    assert!(matches!(Lock::take(&path), Err(Failure::Locked { by, .. }) if by.contains('@')));
    drop(held);
    assert!(!folder.path().join("a.ron.lock").exists());
    fs::write(folder.path().join("a.ron.lock"), "gone@elsewhere\n").expect("written");
    drop(Lock::take(&path).expect("nobody holds it"));
}

#[test]
fn the_examples_are_of_the_first_format_unless_they_need_more_and_else_as_the_program_writes_them() {
    // What the first format does not have: the identity of a document.
    let is_of_first = |line: &&str| !line.starts_with("            id: ");
    for (name, case) in examples() {
        let text = assets::EXAMPLES.iter().find(|(file, _)| *file == name).expect("listed").1;
        let (about, text) = text.split_once('\n').expect("lines");
        assert!(about.starts_with("// ") && about.chars().count() > 5, "{name} says what it is about");
        let written = ron_text::write(&case).expect("written");
        if !case.consents.is_empty() {
            assert_eq!(written, text, "{name}");
            continue;
        }
        let written = written.replacen(&format!("format: {FORMAT},"), "format: 1,", 1);
        let written: Vec<&str> = written.lines().filter(is_of_first).collect();
        assert_eq!(written.join("\n") + "\n", text, "{name}");
        assert!(text.starts_with("Case(\n    format: 1,"), "the format comes first");
    }
}

proptest! {
    #[test]
    fn nothing_is_lost_by_a_save_and_a_load(case in any_case()) {
        let text = ron_text::write(&case).expect("written");
        let (read, is_newer) = case_file::parse(Path::new("a.ron"), &text).expect("read");
        prop_assert!(!is_newer);
        prop_assert_eq!(&read, &case);
        prop_assert_eq!(ron_text::write(&read).expect("written"), text);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in ".{0,200}") {
        let _ = case_file::parse(Path::new("a.ron"), &text);
        let _ = locate::head(&text);
        let _ = locate::locate(&text, &["documents".into(), 0.into(), "values".into()]);
    }

    #[test]
    fn no_damage_makes_the_reader_panic(at in 0_usize..5000, with in "[(){}\\[\\]\",:a-z/*\\\\]{0,4}") {
        let mut text = assets::example("c2").expect("built in").to_owned();
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.insert_str(at, &with);
        let _ = case_file::parse(Path::new("a.ron"), &text);
        let _ = locate::locate(&text, &["documents".into(), 2.into(), "values".into(), "periods".into()]);
    }
}

#[test]
fn an_unknown_field_is_told_with_line_and_column() {
    let text = ron_text::write(&example("c2")).expect("written").replacen(
        "            form:",
        "            frm: 1,\n            form:",
        1,
    );
    let line = text.lines().position(|line| line.contains("frm")).expect("there") + 1;
    let failure = case_file::parse(Path::new("a.ron"), &text).expect_err("refused");
    let expected = Position { line, column: 13 };
    assert!(
        matches!(&failure, Failure::Text { position, trouble: TextTrouble::UnknownField { found }, .. } if *position == expected && found == "frm"),
        "{failure:?}"
    );
}

#[test]
fn a_case_whose_numbers_name_no_one_thing_is_told_with_line_and_column() {
    let revision = |number: u32| {
        format!(
            "Revision(number: {number}, fixed_on: \"2026-11-22\", fingerprint: \"\", template: \"1\", values: {{}})"
        )
    };
    let document = |id: u32, numbers: &[u32]| {
        let revisions: Vec<String> = numbers.iter().map(|number| revision(*number)).collect();
        format!("Document(id: {id}, form: \"a\", values: {{}}, revisions: [{}])", revisions.join(", "))
    };
    let consent = |number: u32| {
        format!("Consent(number: {number}, given_on: \"2026-11-22\", to: [company], diagnosis: false, how: oral)")
    };
    let case = |documents: &[String], consents: &[String]| {
        format!(
            "Case(format: 2, number: \"R8-0001\", people: {{}}, documents: [\n{}],\nconsents: [\n{}])",
            documents.join(",\n"),
            consents.join(",\n")
        )
    };
    let right = case(&[document(3, &[1, 2, 5]), document(1, &[]), document(0, &[1])], &[consent(2), consent(1)]);
    let (read, _) = case_file::parse(Path::new("a.ron"), &right).expect("gaps do no harm");
    assert_eq!(read.documents.iter().map(|one| one.id).collect::<Vec<_>>(), [3, 1, 4]);
    let table = [
        ("two documents of one identity", case(&[document(1, &[]), document(1, &[])], &[]), 3),
        ("an identity beyond all counting", case(&[document(u32::MAX, &[])], &[]), 2),
        ("a revision twice", case(&[document(1, &[1, 1])], &[]), 2),
        ("revisions in another order", case(&[document(1, &[]), document(2, &[2, 1])], &[]), 3),
        ("a revision before the first", case(&[document(1, &[0])], &[]), 2),
        ("a revision beyond all counting", case(&[document(1, &[u32::MAX])], &[]), 2),
        ("two consents of one number", case(&[], &[consent(1), consent(1)]), 5),
        ("a consent beyond all counting", case(&[], &[consent(u32::MAX)]), 4),
    ];
    for (what, text, line) in table {
        let read = case_file::parse(Path::new("a.ron"), &text);
        let Err(Failure::Text { position, trouble: TextTrouble::Numbers, .. }) = read else {
            panic!("{what}: {read:?}")
        };
        assert_eq!(position.line, line, "{what}");
    }
}

#[test]
fn a_case_that_could_not_be_read_again_is_not_written() {
    let folder = folder();
    let (path, other) = (folder.path().join("a.ron"), folder.path().join("b.ron"));
    case_file::create(&Disk, &path, &example("c2")).expect("created");
    let before = fs::read(&path).expect("bytes");
    let mut file = CaseFile::read(&path).expect("a case");
    let long = "長".repeat(usize::try_from(ron_text::LARGEST).expect("a size") / 3);
    file.case.documents[0].values.insert("current_symptoms".to_owned(), text(&long));
    let refused = |result: Result<(), Failure>| assert!(matches!(result, Err(Failure::TooLarge { .. })), "{result:?}");
    refused(file.save(&Disk));
    refused(file.save_over(&Disk));
    refused(file.save_as(&Disk, &other, Existing::Keep));
    refused(case_file::create(&Disk, &other, &file.case));
    assert_eq!((fs::read(&path).expect("bytes"), other.exists()), (before, false));
}

#[test]
fn a_newer_format_is_read_with_what_is_unknown_in_it_and_never_written() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    let text = ron_text::write(&example("c2")).expect("written");
    let text = text.replacen(
        &format!("format: {FORMAT},"),
        &format!("format: {},\n    remarks: [Remark(given: \"2030-01-01\", scope: {{\"all\": true}})],", FORMAT + 1),
        1,
    );
    fs::write(&path, &text).expect("written");
    let mut file = CaseFile::read(&path).expect("readable");
    assert!(file.is_newer);
    assert_eq!(file.case.people, example("c2").people);
    assert_eq!(file.save(&Disk), Err(Failure::ReadOnlyFormat { path: path.clone() }));
    assert_eq!(fs::read_to_string(path).expect("text"), text);
}

#[test]
fn places_in_a_file_are_found() {
    let text = r#"Case( // comment with "quotes" and (brackets
    format: 1,
    people: {
        "a.b": Text("x: \" ) ] }"),
        "c.d": Text(r"raw "),
    },
    documents: [
        Document(form: "f", values: {"k": Choice({"o": Blank})}),
        Document(
            form: "f",
            values: {
                "rows": Rows([{"x": Text("1")}, {"y": Tick(Number(3))}]),
            },
        ),
    ],
)"#;
    let find = |path: &[Step]| {
        let Position { line, column } = locate::locate(text, path);
        text.lines().nth(line - 1).expect("a line")[column - 1..].to_owned()
    };
    let table: BTreeMap<&str, Vec<Step>> = BTreeMap::from([
        ("format: 1,", vec!["format".into()]),
        ("\"c.d\": Text(r\"raw \"),", vec!["people".into(), "c.d".into()]),
        ("\"o\": Blank})}),", vec!["documents".into(), 0.into(), "values".into(), "k".into(), "o".into()]),
        (
            "\"y\": Tick(Number(3))}]),",
            vec!["documents".into(), 1.into(), "values".into(), "rows".into(), 1.into(), "y".into()],
        ),
        // What is not there is shown at the nearest thing above it.
        (
            "values: {\"k\": Choice({\"o\": Blank})}),",
            vec!["documents".into(), 0.into(), "values".into(), "nothing".into()],
        ),
    ]);
    for (expected, path) in table {
        assert_eq!(find(&path), expected);
    }
    assert_eq!(locate::head(text), (Some("Case".to_owned()), Some(1)));
}
