//! A folder of cases as a list, and the backups of a case.

mod common;

use std::cell::{Cell, RefCell};
use std::fs;

use common::{example, library};
use ryoritsu::model::case::{Case, FORMAT};
use ryoritsu::model::failure::{Failure, FileTrouble, TextTrouble};
use ryoritsu::model::search::Query;
use ryoritsu::model::value::Value;
use ryoritsu::store::atomic::{BACKUPS, Disk};
use ryoritsu::store::backup;
use ryoritsu::store::case_file::{self, CaseFile};
use ryoritsu::store::folder::{Summary, list_one, summaries};
use tempfile::TempDir;

/// The first line of a case of that format.
fn format(format: u32) -> String {
    format!("format: {format},")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

#[test]
fn a_summary_says_by_meaning_what_is_in_a_case() {
    let people = library().people;
    let mut case = example("c7");
    case.add_document("empty".to_owned());
    let summary = Summary::new(&case, false, &people);
    let text = |key: &str| case.people.get(key).and_then(Value::as_text).unwrap_or_default();
    assert_eq!((&*summary.number, &*summary.name), (&*case.number, text("patient.name")));
    assert_eq!((&*summary.company, &*summary.kana), (text("employer.name"), text("patient.kana")));
    assert_eq!(summary.birth_date, case.people["patient.birth_date"].as_date());
    assert!(!summary.name.is_empty() && !summary.company.is_empty() && summary.birth_date.is_some());
    assert_eq!(summary.filled[0], (case.documents[0].form.clone(), true));
    assert_eq!(summary.filled.last(), Some(&("empty".to_owned(), false)));
    assert!(Query::new(&format!("{} {}", summary.company, summary.number)).is_in(&[&summary.folded]));
    // Found by the name that the templates give a field now, not by one in Rust.
    let mut renamed = people.clone();
    for field in &mut renamed.fields {
        if field.key == "patient.name" {
            field.key = "person.full_name".to_owned();
        }
    }
    assert_eq!(Summary::new(&case, false, &renamed).name, "");
    let empty = Summary::new(&Case::new("R8-1".to_owned(), String::new(), []), true, &people);
    assert_eq!((empty.name.as_str(), empty.birth_date, empty.is_newer), ("", None, true));
}

#[test]
fn every_case_is_listed_and_a_broken_one_hides_none() {
    let folder = folder();
    let people = library().people;
    for n in 0..40 {
        let case = Case { number: format!("R8-{n:04}"), ..example("c2") };
        case_file::create(&Disk, &folder.path().join(format!("{n:04}.ron")), &case).expect("created");
    }
    fs::write(folder.path().join("0007.ron"), "Case(format: 1, ").expect("written");
    let newer = fs::read_to_string(folder.path().join("0008.ron")).expect("text");
    fs::write(
        folder.path().join("0008.ron"),
        newer.replacen(&format(FORMAT), &(format(FORMAT + 1) + "\n    more: 1,"), 1),
    )
    .expect("text");
    for other in [".0009.ron.draft", ".hidden.ron", "0009.ron.lock", "note.txt"] {
        fs::write(folder.path().join(other), "x").expect("written");
    }
    fs::create_dir(folder.path().join("folder.ron")).expect("made");
    let told = RefCell::new(Vec::new());
    let progress = |done, total| told.borrow_mut().push((done, total));
    let listed = summaries(folder.path(), &people, &progress, &|| false).expect("listed");
    assert_eq!(*told.borrow(), (0..=40).map(|done| (done, 40)).collect::<Vec<_>>());
    assert_eq!(listed.len(), 40);
    for (n, one) in listed.iter().enumerate() {
        assert_eq!(one.path, folder.path().join(format!("{n:04}.ron")), "in the order of their names");
        assert!(one.changed.is_some());
        match &one.what {
            Ok(summary) => assert_eq!((&*summary.number, summary.is_newer), (&*format!("R8-{n:04}"), n == 8)),
            Err(failure) => {
                assert!(matches!(failure, Failure::Text { trouble: TextTrouble::CutOff, .. }), "{failure:?}");
                assert_eq!(n, 7);
            }
        }
        assert_eq!(list_one(&one.path, &people), *one);
    }
}

#[test]
fn a_cancelled_list_stops_early() {
    let folder = folder();
    for n in 0..200 {
        case_file::create(&Disk, &folder.path().join(format!("{n:04}.ron")), &example("c2")).expect("created");
    }
    let done = Cell::new(0);
    let people = library().people;
    let listed = summaries(folder.path(), &people, &|now, _| done.set(now), &|| done.get() >= 3).expect("listed");
    assert!((3..200).contains(&listed.len()), "{} were read", listed.len());
    assert!(listed.iter().all(|one| one.what.is_ok()));
}

#[test]
fn a_folder_that_is_not_there_is_told_and_an_empty_one_is_empty() {
    let folder = folder();
    let people = library().people;
    assert_eq!(summaries(folder.path(), &people, &|_, _| {}, &|| false), Ok(Vec::new()));
    let missing = summaries(&folder.path().join("x"), &people, &|_, _| {}, &|| false);
    assert!(matches!(missing, Err(Failure::File { trouble: FileTrouble::NotFound, .. })));
}

#[test]
fn backups_are_listed_newest_first_and_restored_by_a_save() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    assert_eq!(backup::list(&path), Ok(Vec::new()));
    case_file::create(&Disk, &path, &example("c2")).expect("created");
    // Another case whose name begins the same has backups of its own.
    case_file::create(&Disk, &folder.path().join("a.b.ron"), &example("c7")).expect("created");
    let mut other = CaseFile::read(&folder.path().join("a.b.ron")).expect("a case");
    let mut file = CaseFile::read(&path).expect("a case");
    for n in 0..12 {
        file.case.number = format!("R8-{n:04}");
        file.save(&Disk).expect("saved");
        other.case.number = format!("R9-{n:04}");
        other.save(&Disk).expect("saved");
    }
    let found = backup::list(&path).expect("listed");
    assert_eq!(found.len(), BACKUPS);
    assert!(found.iter().all(|one| one.changed.is_some()));
    let number = |at: usize| backup::read(&found[at]).expect("a case").number;
    assert_eq!((number(0), number(9)), ("R8-0010".to_owned(), "R8-0001".to_owned()));
    assert!(found[0].number > found[9].number);
    file.case = backup::read(&found[9]).expect("a case");
    file.save(&Disk).expect("saved");
    assert_eq!(CaseFile::read(&path).expect("a case").case.number, "R8-0001");
    let newest = backup::list(&path).expect("listed").remove(0);
    assert_eq!(backup::read(&newest).expect("a case").number, "R8-0011", "what was replaced is kept");
    fs::remove_file(&path).expect("removed");
    assert_eq!(backup::list(&path).expect("still there").len(), BACKUPS);
}

#[test]
fn a_broken_backup_and_one_of_a_newer_format_are_told() {
    let folder = folder();
    let path = folder.path().join("a.ron");
    fs::create_dir(folder.path().join(".backup")).expect("made");
    let text = ryoritsu::store::ron_text::write(&example("c2")).expect("text");
    fs::write(folder.path().join(".backup/a.000001.ron"), "Case(").expect("written");
    fs::write(folder.path().join(".backup/a.000002.ron"), text.replacen(&format(FORMAT), &format(FORMAT + 1), 1))
        .expect("text");
    let found = backup::list(&path).expect("listed");
    assert!(matches!(backup::read(&found[0]), Err(Failure::ReadOnlyFormat { .. })));
    assert!(matches!(backup::read(&found[1]), Err(Failure::Text { .. })));
}
