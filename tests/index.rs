//! The index of a folder: a list is the same with it and without, whatever happened to the files
//! or to itself.

mod common;

use std::cell::RefCell;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use common::library;
use ryoritsu::model::case::Case;
use ryoritsu::model::value::Value;
use ryoritsu::store::folder::{Listed, peek, summaries};
use ryoritsu::store::index;
use ryoritsu::store::ron_text;
use ryoritsu::store::template_file::Library;
use tempfile::TempDir;

/// A folder of small cases, all of them changed an hour ago.
struct Shelf {
    folder: TempDir,
    library: Library,
}

impl Shelf {
    fn new(names: &[&str]) -> Self {
        let shelf = Self { folder: tempfile::tempdir().expect("a temporary folder"), library: library() };
        for name in names {
            shelf.put(name, name);
        }
        shelf
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn index(&self) -> PathBuf {
        self.path(index::FILE)
    }

    /// Writes a case of somebody, as if an hour ago.
    fn put(&self, name: &str, person: &str) {
        let mut case = Case::new("R8-0001".to_owned(), "1".to_owned(), ["physician_opinion".to_owned()]);
        case.people.insert("patient.name".to_owned(), Value::Text(person.to_owned()));
        fs::write(self.path(name), ron_text::write(&case).expect("text")).expect("written");
        set_age(&self.path(name), 3600);
    }

    /// The list, and how many files were read for it.
    fn list(&self) -> (Vec<Listed>, usize) {
        let told = RefCell::new(Vec::new());
        let progress = |done, all| told.borrow_mut().push((done, all));
        let listed = summaries(self.folder.path(), &self.library, &progress, &|| false).expect("listed");
        let told = told.into_inner();
        let (known, all) = told[0];
        assert_eq!(told.last(), Some(&(all, all)), "as far as it goes");
        assert_eq!(listed.len(), all);
        (listed, all - known)
    }

    /// The list as it is without an index.
    fn list_anew(&self) -> Vec<Listed> {
        let place = tempfile::tempdir().expect("a temporary folder");
        for entry in fs::read_dir(self.folder.path()).expect("the folder").map(|entry| entry.expect("a file")) {
            let copy = place.path().join(entry.file_name());
            if entry.file_name() != index::FILE {
                fs::copy(entry.path(), &copy).expect("copied");
                set_time(&copy, entry.metadata().expect("there").modified().expect("a time"));
            }
        }
        let mut listed = summaries(place.path(), &self.library, &|_, _| {}, &|| false).expect("listed");
        for one in &mut listed {
            one.path = self.folder.path().join(one.path.file_name().expect("a name"));
            if let Err(failure) = &mut one.what {
                *failure = ryoritsu::store::case_file::CaseFile::read(&one.path).expect_err("broken");
            }
        }
        listed
    }

    /// Checks that the list is right; returns how many files were read for it.
    fn check(&self, what: &str) -> usize {
        let expected = self.list_anew();
        let (listed, read) = self.list();
        assert_eq!(listed, expected, "{what}");
        read
    }
}

fn set_time(path: &Path, time: SystemTime) {
    File::options().write(true).open(path).expect("there").set_modified(time).expect("set");
}

fn set_age(path: &Path, seconds: u64) {
    set_time(path, SystemTime::now() - Duration::from_secs(seconds));
}

#[test]
fn what_did_not_change_is_not_read_again() {
    let shelf = Shelf::new(&["a.ron", "b.ron", "c.ron"]);
    assert_eq!(shelf.check("first"), 3);
    assert!(shelf.index().is_file());
    assert_eq!(shelf.check("later"), 0);
    assert_eq!(shelf.check("and later"), 0);
}

#[test]
fn what_cannot_be_read_is_tried_again_and_hides_nothing() {
    let shelf = Shelf::new(&["a.ron", "b.ron"]);
    fs::write(shelf.path("broken.ron"), "Case(format: 1, ").expect("written");
    set_age(&shelf.path("broken.ron"), 3600);
    assert_eq!(shelf.check("first"), 3);
    assert_eq!(shelf.check("later"), 1);
    shelf.put("broken.ron", "mended");
    assert_eq!(shelf.check("mended"), 1);
    assert_eq!(shelf.check("mended, later"), 0);
}

/// What happens to a folder.
type Change = fn(&Shelf);

#[test]
fn files_that_changed_came_or_went_are_seen() {
    let shelf = || {
        let shelf = Shelf::new(&["a.ron", "b.ron", "c.ron"]);
        shelf.list();
        shelf
    };
    let table: [(&str, Change, usize); 9] = [
        ("longer", |shelf| shelf.put("b.ron", "somebody longer"), 1),
        ("of the same size", |shelf| shelf.put("b.ron", "x.ron"), 1),
        ("touched", |shelf| set_age(&shelf.path("b.ron"), 1800), 1),
        ("older", |shelf| set_age(&shelf.path("b.ron"), 7200), 1),
        ("removed", |shelf| fs::remove_file(shelf.path("b.ron")).expect("removed"), 0),
        ("added", |shelf| shelf.put("d.ron", "d"), 1),
        ("renamed", |shelf| fs::rename(shelf.path("b.ron"), shelf.path("z.ron")).expect("renamed"), 1),
        ("broken", |shelf| fs::write(shelf.path("b.ron"), "Case(").expect("written"), 1),
        (
            "changed places",
            |shelf| {
                shelf.put("longer.ron", "somebody");
                shelf.list();
                fs::rename(shelf.path("a.ron"), shelf.path("t")).expect("renamed");
                fs::rename(shelf.path("longer.ron"), shelf.path("a.ron")).expect("renamed");
                fs::rename(shelf.path("t"), shelf.path("longer.ron")).expect("renamed");
            },
            2,
        ),
    ];
    for (what, change, expected) in table {
        let shelf = shelf();
        change(&shelf);
        assert_eq!(shelf.check(what), expected, "{what}");
        shelf.check(what);
    }
}

#[test]
fn a_case_that_is_gone_is_gone_from_the_index_too() {
    let shelf = Shelf::new(&["a.ron", "somebody-to-forget.ron"]);
    shelf.list();
    let holds = |shelf: &Shelf| {
        let bytes = fs::read(shelf.index()).expect("an index");
        bytes.windows(9).any(|part| part == b"to-forget")
    };
    assert!(holds(&shelf));
    fs::remove_file(shelf.path("somebody-to-forget.ron")).expect("removed");
    shelf.list();
    assert!(!holds(&shelf));
}

#[test]
fn a_damaged_index_is_passed_over_wherever_the_damage_is() {
    let shelf = Shelf::new(&["a.ron", "b.ron"]);
    shelf.list();
    let expected = shelf.list_anew();
    let whole = fs::read(shelf.index()).expect("an index");
    let mut damaged: Vec<Vec<u8>> = (0..whole.len()).map(|length| whole[..length].to_vec()).collect();
    for at in 0..whole.len() {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        damaged.push(bytes);
    }
    damaged.push([&whole[..], b"x"].concat());
    damaged.push(vec![0xFF; 4096]);
    for (n, bytes) in damaged.into_iter().enumerate() {
        fs::write(shelf.index(), bytes).expect("written");
        let (listed, read) = shelf.list();
        assert_eq!(read, 2, "damage {n} is noticed");
        assert_eq!(listed, expected, "damage {n}");
    }
    assert_eq!(shelf.check("made anew"), 0);
}

#[test]
fn other_templates_need_another_index() {
    let mut shelf = Shelf::new(&["a.ron"]);
    shelf.list();
    let field = shelf.library.people.fields.iter_mut().find(|field| field.key == "patient.name").expect("there");
    field.key = "patient.full_name".to_owned();
    assert_eq!(shelf.check("people"), 1);
    assert_eq!(shelf.list().0[0].what.as_ref().expect("a case").name, "");
    shelf.library.forms.remove("continuation_opinion");
    assert_eq!(shelf.check("a form less"), 1);
    shelf.library.process.steps[0].title.push('。');
    assert_eq!(shelf.check("the process"), 1);
    assert_eq!(shelf.check("the same"), 0);
}

#[test]
fn a_folder_that_cannot_be_written_has_no_index() {
    let shelf = Shelf::new(&["a.ron", "b.ron"]);
    fs::create_dir(shelf.index()).expect("in the way");
    for _ in 0..2 {
        let (listed, read) = shelf.list();
        assert_eq!((listed.len(), read), (2, 2));
        assert!(listed.iter().all(|one| one.what.is_ok()));
    }
    let left: Vec<_> = fs::read_dir(shelf.folder.path()).expect("the folder").collect();
    assert_eq!(left.len(), 3, "nothing is left behind: {left:?}");
}

#[test]
fn a_file_that_was_changed_as_late_as_the_list_was_made_is_read_again() {
    let shelf = Shelf::new(&["a.ron", "b.ron"]);
    let now = SystemTime::now();
    set_time(&shelf.path("a.ron"), now);
    shelf.list();
    // In the same tick of the clock, and of the same size.
    shelf.put("a.ron", "z.ron");
    set_time(&shelf.path("a.ron"), now);
    assert_eq!(shelf.check("changed once more"), 1);
    assert_eq!(shelf.list().0[0].what.as_ref().expect("a case").name, "z.ron");
    // A clock that is ahead is never trusted.
    set_time(&shelf.path("a.ron"), now + Duration::from_hours(1));
    shelf.list();
    assert_eq!(shelf.check("ahead"), 1);
    set_age(&shelf.path("a.ron"), 60);
    shelf.list();
    assert_eq!(shelf.check("settled"), 0);
}

#[test]
fn a_list_that_was_cancelled_keeps_no_index() {
    let names: Vec<String> = (0..100).map(|n| format!("{n:03}.ron")).collect();
    let shelf = Shelf::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let listed = summaries(shelf.folder.path(), &shelf.library, &|_, _| {}, &|| true).expect("listed");
    assert!(listed.len() < 100);
    assert!(!shelf.index().exists());
}

#[test]
fn who_only_looks_uses_the_index_and_writes_none() {
    let shelf = Shelf::new(&["a.ron", "b.ron"]);
    let look = || peek(shelf.folder.path(), &shelf.library).expect("listed");
    let first = look();
    assert!(!shelf.index().exists());
    shelf.list();
    let index = fs::read(shelf.index()).expect("an index");
    shelf.put("c.ron", "c");
    assert_eq!(look()[..2], first[..]);
    assert_eq!(look().len(), 3);
    assert_eq!(fs::read(shelf.index()).expect("an index"), index);
}

#[test]
fn an_empty_folder_gets_no_index() {
    let shelf = Shelf::new(&[]);
    fs::write(shelf.path("notes.txt"), "x").expect("written");
    assert_eq!(shelf.list(), (Vec::new(), 0));
    assert!(!shelf.index().exists());
}

#[cfg(unix)]
#[test]
fn nobody_reads_the_index_who_could_not_read_the_cases() {
    use std::os::unix::fs::PermissionsExt;
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    for (a, b, expected) in [
        (0o600, 0o600, 0o600),
        (0o640, 0o640, 0o640),
        (0o644, 0o600, 0o600),
        (0o644, 0o640, 0o600),
        (0o444, 0o444, 0o600),
    ] {
        let shelf = Shelf::new(&["a.ron", "b.ron"]);
        set(&shelf.path("a.ron"), a);
        set(&shelf.path("b.ron"), b);
        shelf.list();
        let mode = fs::metadata(shelf.index()).expect("an index").permissions().mode() & 0o777;
        assert_eq!(mode, expected, "{a:o} and {b:o}");
    }
}
