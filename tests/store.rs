//! Files: what is written is read back, what is damaged is told, and an interrupted save leaves
//! the old or the new file whole.

mod common;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use common::{example, examples};
use proptest::prelude::*;
use ryoritsu::assets;
use ryoritsu::model::case::{Case, Document, FORMAT};
use ryoritsu::model::failure::{Failure, FileTrouble, Position, Step, TextTrouble};
use ryoritsu::model::value::{Number, Value, Values};
use ryoritsu::store::atomic::{self, BACKUPS, Disk, Medium};
use ryoritsu::store::case_file::{self, CaseFile};
use ryoritsu::store::lock::Lock;
use ryoritsu::store::{locate, ron_text};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// What a disk is asked to do.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Action {
    Read,
    Write,
    Claim,
    Rename,
    Remove,
    MakeFolder,
    List,
}

/// The real disk, but for the actions that it refuses.
struct FaultyDisk<F: Fn(Action) -> io::Result<()>> {
    allows: F,
    /// Whether a refused write leaves half of the file behind, as a full disk does.
    leaves_half: bool,
}

impl<F: Fn(Action) -> io::Result<()>> Medium for FaultyDisk<F> {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        (self.allows)(Action::Read)?;
        Disk.read(path)
    }

    fn write(&self, path: &Path, bytes: &[u8], like: &Path) -> io::Result<()> {
        if let Err(refused) = (self.allows)(Action::Write) {
            if self.leaves_half {
                fs::write(path, &bytes[..bytes.len() / 2])?;
            }
            return Err(refused);
        }
        Disk.write(path, bytes, like)
    }

    fn claim(&self, path: &Path) -> io::Result<()> {
        (self.allows)(Action::Claim)?;
        Disk.claim(path)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        (self.allows)(Action::Rename)?;
        Disk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        (self.allows)(Action::Remove)?;
        Disk.remove(path)
    }

    fn make_folder(&self, path: &Path) -> io::Result<()> {
        (self.allows)(Action::MakeFolder)?;
        Disk.make_folder(path)
    }

    fn list(&self, path: &Path) -> io::Result<Vec<PathBuf>> {
        (self.allows)(Action::List)?;
        Disk.list(path)
    }
}

/// A disk that does so many things and then no more.
fn full_after(actions: u32, leaves_half: bool) -> impl Medium {
    let left = Cell::new(actions);
    let allows = move |_| match left.get() {
        0 => Err(io::ErrorKind::StorageFull.into()),
        more => {
            left.set(more - 1);
            Ok(())
        }
    };
    FaultyDisk { allows, leaves_half }
}

/// A disk that refuses one sort of action.
fn without(refused: Action) -> impl Medium {
    let allows = move |action| if action == refused { Err(io::ErrorKind::PermissionDenied.into()) } else { Ok(()) };
    FaultyDisk { allows, leaves_half: false }
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
fn the_examples_are_as_the_program_writes_them() {
    for (name, case) in examples() {
        let text = assets::EXAMPLES.iter().find(|(file, _)| *file == name).expect("listed").1;
        assert_eq!(ron_text::write(&case).expect("written"), text, "{name}");
        assert!(text.starts_with("Case(\n    format: 1,"), "the format comes first");
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Blank),
        ".{0,40}".prop_map(Value::Text),
        "[\"#\\\\\r\n\t\u{0}-\u{1F}渡邊\u{E0108}\u{202E}😀]{0,20}".prop_map(Value::Text),
        (-1e9..1e9_f64).prop_filter_map("finite", |n| Number::new(n).map(Value::Number)),
        (0..2000_i32).prop_filter_map("finite", |n| Number::new(f64::from(n) / 4.0).map(Value::Number)),
        (0_i64..200_000).prop_map(|days| {
            let first = chrono::NaiveDate::from_ymd_opt(1700, 1, 1).expect("a day");
            Value::Date(first + chrono::Duration::days(days))
        }),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::btree_map("[a-z_.]{1,8}", inner.clone(), 0..4).prop_map(Value::Choice),
            inner.clone().prop_map(|value| Value::Tick(Box::new(value))),
            proptest::collection::vec(proptest::collection::btree_map("[a-z]{1,5}", inner, 0..3), 0..3)
                .prop_map(Value::Rows),
        ]
    })
}

fn any_values() -> impl Strategy<Value = Values> {
    proptest::collection::btree_map("[a-z_.]{1,12}", any_value(), 0..6)
}

fn any_case() -> impl Strategy<Value = Case> {
    let document = ("[a-z_]{1,12}", any_values()).prop_map(|(form, values)| Document { form, values });
    let documents = proptest::collection::vec(document, 0..4);
    let substitutes = proptest::collection::btree_map(".{1,3}", ".{0,3}", 0..3);
    (".{0,20}", any_values(), substitutes, documents).prop_map(|(number, people, print_substitutes, documents)| Case {
        format: FORMAT,
        number,
        id: "0123456789abcdef".to_owned(),
        people,
        print_substitutes,
        documents,
    })
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
fn a_newer_format_is_read_with_what_is_unknown_in_it_and_never_written() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    let text = ron_text::write(&example("c2")).expect("written");
    let text = text.replacen(
        "format: 1,",
        "format: 2,\n    consents: [Consent(given: \"2030-01-01\", scope: {\"all\": true})],",
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
