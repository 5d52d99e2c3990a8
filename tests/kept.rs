//! The files that are kept beside a case: readable names, nothing written over, nothing altered
//! without being noticed.

mod common;

use std::fs::{self, File};
use std::path::PathBuf;

use common::disk::full_after;
use common::{example, today};
use ryoritsu::export::returned::scan_file;
use ryoritsu::model::case::Case;
use ryoritsu::model::consent::{Consent, ConsentWay};
use ryoritsu::model::failure::{Failure, FileTrouble, ScanTrouble};
use ryoritsu::model::form::Party;
use ryoritsu::model::record::Record;
use ryoritsu::model::revision::KeptFile;
use ryoritsu::session::{Access, OpenCase};
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::case_file::{self, CaseFile, Existing};
use ryoritsu::store::kept;
use tempfile::TempDir;

const NAME: &str = "1_主治医意見書_第1版.pdf";

/// A case in a folder.
fn desk() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("c7.ron");
    case_file::create(&Disk, &path, &example("c7")).expect("created");
    (folder, path)
}

/// A case that names these kept files.
fn naming(files: &[KeptFile]) -> Case {
    let mut case = example("c7");
    for file in files {
        let consent = Consent {
            number: 0,
            given_on: today(),
            until: None,
            to: vec![Party::Company],
            forms: None,
            diagnosis: false,
            how: ConsentWay::Written,
            scan: Some(file.clone()),
            note: String::new(),
            withdrawn: None,
        };
        case.enter(&Record::Consent(consent)).expect("recorded");
    }
    case
}

#[test]
fn the_same_bytes_are_kept_once_and_others_get_a_number() {
    let (folder, path) = desk();
    let keep = |bytes: &[u8]| kept::keep(&Disk, &path, NAME, bytes).expect("kept");
    let (first, again, other, third) = (keep(b"one"), keep(b"one"), keep(b"two"), keep(b"three"));
    assert_eq!(first, again);
    assert_eq!(other.name, "1_主治医意見書_第1版-2.pdf");
    assert_eq!(third.name, "1_主治医意見書_第1版-3.pdf");
    assert_eq!(keep(b"two"), other);
    assert_eq!(fs::read_dir(folder.path().join("c7.files")).expect("a folder").count(), 3);
    for (file, bytes) in [(&first, "one"), (&other, "two"), (&third, "three")] {
        assert_eq!(kept::read(&Disk, &path, file), Ok(bytes.as_bytes().to_vec()));
    }
}

#[test]
fn what_is_missing_or_altered_is_named() {
    let (_folder, path) = desk();
    let files = [b"one", b"two", b"six"].map(|bytes| kept::keep(&Disk, &path, NAME, bytes).expect("kept"));
    let case = naming(&files);
    assert_eq!(kept::troubles(&Disk, &path, &case), []);
    let places = files.map(|file| kept::path(&path, &file));
    fs::remove_file(&places[0]).expect("removed");
    fs::write(&places[1], b"twO").expect("written");
    fs::write(&places[2], b"longer").expect("written");
    let expected = [
        Failure::File { path: places[0].clone(), trouble: FileTrouble::NotFound },
        Failure::KeptAltered { path: places[1].clone() },
        Failure::KeptAltered { path: places[2].clone() },
    ];
    assert_eq!(kept::troubles(&Disk, &path, &case), expected);
}

#[test]
fn a_name_in_a_case_leads_nowhere_but_into_its_folder() {
    let (folder, path) = desk();
    let kept = kept::keep(&Disk, &path, NAME, b"one").expect("kept");
    fs::write(folder.path().join("one"), b"one").expect("written");
    for name in ["../one", "/etc/hostname", "..", ""] {
        let file = KeptFile { name: name.to_owned(), ..kept.clone() };
        let read = kept::read(&Disk, &path, &file);
        assert!(matches!(read, Err(Failure::File { trouble: FileTrouble::BadName, .. })), "{name}: {read:?}");
    }
}

#[test]
fn a_scan_that_is_too_large_or_no_file_is_not_read() {
    let (folder, _) = desk();
    let large = folder.path().join("large.pdf");
    File::create(&large).and_then(|file| file.set_len(300_000_000)).expect("a sparse file");
    let refused = Failure::Scan { path: Some(large.clone()), trouble: ScanTrouble::TooLarge };
    assert_eq!(scan_file(&large), Err(refused));
    let of_a_folder = scan_file(folder.path());
    assert!(matches!(of_a_folder, Err(Failure::File { trouble: FileTrouble::WrongSort, .. })));
}

#[test]
fn a_disk_that_fails_leaves_no_half_of_a_file() {
    for actions in 0..6 {
        let (folder, path) = desk();
        let kept = kept::keep(&full_after(actions, true), &path, NAME, b"one");
        let there = fs::read(folder.path().join("c7.files").join(NAME)).ok();
        assert!(there.is_none() || there.as_deref() == Some(b"one"), "after {actions}");
        assert!(kept.is_err() || there.is_some(), "after {actions}");
        assert!(kept::keep(&Disk, &path, NAME, b"one").is_ok_and(|kept| kept.name == NAME), "after {actions}");
    }
}

#[test]
fn saving_under_another_name_takes_the_files_along() {
    let (folder, path) = desk();
    let files = [b"one", b"two"].map(|bytes| kept::keep(&Disk, &path, NAME, bytes).expect("kept"));
    let mut file = CaseFile::read(&path).expect("a case");
    file.case = naming(&files);
    file.save(&Disk).expect("saved");
    let mut open = OpenCase::from_file(file.clone(), Access::Full, None);
    // Something else has the name there.
    let copy = folder.path().join("copy.ron");
    kept::keep(&Disk, &copy, NAME, b"of another case").expect("kept");
    file.save_as(&Disk, &copy, Existing::Keep).expect("saved");
    let read = CaseFile::read(&copy).expect("a case");
    assert_eq!(kept::troubles(&Disk, &copy, &read.case), []);
    let names: Vec<&str> = read.case.kept_files().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["1_主治医意見書_第1版-2.pdf", "1_主治医意見書_第1版-2-2.pdf"]);
    assert_eq!(kept::troubles(&Disk, &path, &CaseFile::read(&path).expect("a case").case), []);
    open.saved(file, Some((Access::Full, None)));
    assert!(!open.is_changed(), "the open case names them as the file does");
}

#[test]
fn a_copy_that_cannot_be_made_leaves_the_case_where_it_was() {
    for actions in 0..40 {
        let (folder, path) = desk();
        let kept = kept::keep(&Disk, &path, NAME, b"one").expect("kept");
        let mut file = CaseFile::read(&path).expect("a case");
        file.case = naming(&[kept]);
        file.save(&Disk).expect("saved");
        let copy = folder.path().join("copy.ron");
        let saved = file.save_as(&full_after(actions, true), &copy, Existing::Keep);
        if let Ok(there) = CaseFile::read(&copy) {
            assert_eq!(kept::troubles(&Disk, &copy, &there.case), [], "after {actions}");
        }
        assert_eq!(file.path == copy, saved.is_ok(), "after {actions}");
        if saved.is_ok() {
            return;
        }
    }
    panic!("it is never saved");
}
