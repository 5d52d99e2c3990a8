//! What the program keeps for its user: settings, the list of the house, drafts.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::disk::{Action, without};
use common::{example, library, text};
use ryoritsu::model::case::Case;
use ryoritsu::model::check::Place;
use ryoritsu::model::failure::{Failure, FileTrouble, TextTrouble};
use ryoritsu::model::value::{Value, Values};
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::case_file::{self, CaseFile};
use ryoritsu::store::directory::{self, Directory, Paths};
use ryoritsu::store::draft::{self, Draft, Drafts};
use ryoritsu::store::folder;
use ryoritsu::store::settings::{PreviewZoom, RECENT, Settings};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn settings_of(text: &str) -> Settings {
    let folder = folder();
    let path = folder.path().join("settings.ron");
    fs::write(&path, text).expect("written");
    Settings::load(&path)
}

#[test]
fn settings_come_back_as_they_were() {
    let folder = folder();
    let path = folder.path().join("new/settings.ron");
    assert_eq!(Settings::load(&path), Settings::default());
    let mut settings = Settings { zoom: 1.3, preview_zoom: PreviewZoom::Factor(1.5), ..Settings::default() };
    settings.last_folder = Some(folder.path().join("ケース"));
    settings.window.position = Some((-8.0, 12.5));
    settings.window.is_maximised = true;
    settings.note_recent(&folder.path().join("a.ron"));
    for _ in 0..2 {
        settings.save(&Disk, &path).expect("saved");
        assert_eq!(Settings::load(&path), settings);
    }
}

#[test]
fn settings_forgive_damage_and_nonsense() {
    let first = Settings::default();
    for text in ["", "Settings(zoom: 1.", "Case(format: 1)", "Settings(zoom: \"groß\")", "\u{0}"] {
        assert_eq!(settings_of(text), first, "{text}");
    }
    for text in ["zoom: 2.1", "zoom: NaN", "zoom: -inf", "entry_width: 3", "window: (size: (0, 800))"] {
        assert_eq!(settings_of(&format!("Settings({text})")), first, "{text}");
    }
    for text in ["window: (position: Some((1e30, 0)))", "preview_zoom: Factor(0)", "recent: [\"a.ron\"]"] {
        assert_eq!(settings_of(&format!("Settings({text})")), first, "{text}");
    }
    let read = settings_of("Settings(zoom: 1.32, colour: Red, entry_width: 3, window: (is_maximised: true, tiled: 3))");
    assert!((read.zoom - 1.3).abs() < f32::EPSILON && read.window.is_maximised, "{read:?}");
    assert_eq!(read.window.size, first.window.size);
}

#[test]
fn settings_that_cannot_be_saved_are_told_and_kept() {
    let folder = folder();
    let path = folder.path().join("settings.ron");
    Settings::default().save(&Disk, &path).expect("saved");
    let changed = Settings { zoom: 2.0, ..Settings::default() };
    assert!(matches!(changed.save(&without(Action::Write), &path), Err(Failure::File { .. })));
    assert_eq!(Settings::load(&path), Settings::default());
}

#[test]
fn the_newest_recent_case_stands_first_and_once() {
    let folder = folder();
    let path = |n: usize| folder.path().join(format!("{n}.ron"));
    let mut settings = Settings::default();
    for n in (0..15).chain([10]) {
        settings.note_recent(&path(n));
    }
    assert_eq!(settings.recent.len(), RECENT);
    let expected: Vec<PathBuf> = [10, 14, 13, 12, 11, 9, 8, 7, 6, 5].map(path).to_vec();
    assert_eq!(settings.recent, expected);
    settings.forget_recent(&path(10));
    assert_eq!(settings.recent, expected[1..]);
}

fn entry(pairs: &[(&str, &str)]) -> Values {
    pairs.iter().map(|(key, value)| ((*key).to_owned(), text(value))).collect()
}

fn paths(folder: &Path) -> Paths {
    Paths { own: Some(folder.join("settings/directory.ron")), shared: vec![folder.join("ryoritsu-directory.ron")] }
}

#[test]
fn entries_of_both_lists_are_offered_once_and_own_ones_come_back() {
    let folder = folder();
    let paths = paths(folder.path());
    let shared = r#"Directory(format: 1, entries: [
        {"hospital.name": Text("星見市民病院"), "hospital.address": Text("星見市1-2")},
        {"physician.name": Text("青葉 一")},
    ])"#;
    fs::write(&paths.shared[0], shared).expect("written");
    let (mut directory, failures) = Directory::load(&paths);
    assert_eq!(failures, []);
    let physician = entry(&[("physician.name", "白石 二"), ("physician.department", "内科"), ("x", "")]);
    assert!(directory.add(physician.clone()) && !directory.add(physician));
    assert!(!directory.add(entry(&[("physician.name", "青葉 一")])), "it is in the list of the hospital");
    assert!(!directory.add(entry(&[("physician.name", "　")])), "nothing to choose");
    for _ in 0..2 {
        directory.save(&Disk).expect("saved");
    }
    let (mut read, _) = Directory::load(&paths);
    let named =
        |directory: &Directory, keys: &[&str]| -> Vec<Values> { directory.entries_for(keys).cloned().collect() };
    let found = named(&read, &["physician.name", "physician.department"]);
    assert_eq!(
        found,
        [
            entry(&[("physician.name", "白石 二"), ("physician.department", "内科")]),
            entry(&[("physician.name", "青葉 一")])
        ]
    );
    assert!(read.is_own(&found[0]) && !read.is_own(&found[1]));
    assert_eq!(named(&read, &["hospital.address"]).len(), 1);
    assert!(read.remove(&found[0]) && !read.remove(&found[1]));
    read.save(&Disk).expect("saved");
    assert_eq!(named(&Directory::load(&paths).0, &["physician.name"]), found[1..]);
    assert_eq!(fs::read_to_string(&paths.shared[0]).expect("text"), shared);
}

#[test]
fn a_damaged_list_is_told_and_never_written_over() {
    let folder = folder();
    let paths = paths(folder.path());
    let own = paths.own.clone().expect("one");
    fs::create_dir_all(own.parent().expect("a folder")).expect("made");
    for (text, is_newer) in [
        ("Directory(format: 1, entries: [{\"a.b\": Text(\"x\")}", false),
        ("Directory(format: 1, entries: [], other: 1)", false),
        ("Directory(format: 1, entries: [{\"a.b\": Text(\"x\"), \"a.b\": Text(\"y\")}])", false),
        ("Case(format: 1)", false),
        ("Directory(format: 2, entries: [])", true),
    ] {
        fs::write(&own, text).expect("written");
        let (mut directory, failures) = Directory::load(&paths);
        assert_eq!(matches!(failures[..], [Failure::ReadOnlyFormat { .. }]), is_newer, "{failures:?}");
        assert!(directory.add(entry(&[("physician.name", "白石 二")])));
        assert_eq!(directory.save(&Disk), Err(failures[0].clone()));
        assert_eq!(fs::read_to_string(&own).expect("text"), text);
    }
    fs::write(&paths.shared[0], "Directory(").expect("written");
    fs::remove_file(&own).expect("removed");
    let (mut directory, failures) = Directory::load(&paths);
    assert!(matches!(&failures[..], [Failure::Text { path, .. }] if *path == paths.shared[0]));
    directory.save(&Disk).expect("the other list is of no matter");
}

#[test]
fn a_list_that_somebody_else_changed_is_not_written_over() {
    let folder = folder();
    let paths = paths(folder.path());
    let (mut mine, mut theirs) = (Directory::load(&paths).0, Directory::load(&paths).0);
    mine.add(entry(&[("physician.name", "白石 二")]));
    theirs.add(entry(&[("physician.name", "青葉 一")]));
    theirs.save(&Disk).expect("saved");
    assert!(matches!(mine.save(&Disk), Err(Failure::ChangedByOther { .. })));
    let (mut mine, _) = Directory::load(&paths);
    theirs.add(entry(&[("physician.name", "黒田 三")]));
    theirs.save(&Disk).expect("saved");
    assert!(matches!(mine.save(&Disk), Err(Failure::ChangedByOther { .. })));
}

#[test]
fn an_entry_fills_texts_and_adds_rows() {
    let mut values = entry(&[("physician.name", "古い"), ("patient.name", "山田")]);
    let (first, second) = (entry(&[("name", "一")]), entry(&[("name", "二")]));
    let mut chosen = entry(&[("physician.name", "白石")]);
    chosen.insert("coordinators".to_owned(), Value::Rows(vec![second.clone()]));
    values.insert("coordinators".to_owned(), Value::Rows(vec![first.clone(), Values::new()]));
    for _ in 0..2 {
        directory::apply(&chosen, &mut values);
        assert_eq!(values["coordinators"], Value::Rows(vec![first.clone(), second.clone()]));
    }
    assert_eq!((&values["physician.name"], &values["patient.name"]), (&text("白石"), &text("山田")));
    let mut empty = Values::new();
    directory::apply(&chosen, &mut empty);
    assert_eq!(empty, chosen);
}

fn drafts(folder: &TempDir) -> Drafts {
    Drafts::in_folder(folder.path().join("drafts"))
}

/// A case in a file of that name.
fn saved(folder: &TempDir, name: &str) -> CaseFile {
    let path = folder.path().join(name);
    case_file::create(&Disk, &path, &example("c2")).expect("created");
    CaseFile::read(&path).expect("a case")
}

fn pending() -> Vec<(Place, String)> {
    let cell = Place { document: Some(0), field: "periods".to_owned(), cell: Some((1, "hours".to_owned())) };
    vec![(Place::field("patient.birth_date"), "S5".to_owned()), (cell, "7時\n\"間".to_owned())]
}

#[test]
fn a_draft_lies_hidden_beside_its_case_and_comes_back() {
    let folder = folder();
    let drafts = drafts(&folder);
    let mut file = saved(&folder, "a.ron");
    assert!(drafts.for_case(&file.path).is_none());
    file.case.number = "R8-7777".to_owned();
    let draft = Draft::new(&file, pending());
    let path = drafts.write(&Disk, &draft).expect("written");
    assert_eq!(path, folder.path().join(".a.ron.draft"));
    assert_eq!(drafts.for_case(&file.path), Some(Ok(draft.clone())));
    assert_eq!(draft.case.number, "R8-7777");
    let cases = folder::cases(folder.path()).expect("listed");
    assert_eq!(cases.len(), 1, "a draft is no case");
    assert!(drafts.orphans().is_empty());
    drafts.remove(&Disk, Some(&file.path), "").expect("removed");
    drafts.remove(&Disk, Some(&file.path), "").expect("there is none");
    assert!(drafts.for_case(&file.path).is_none());
}

#[test]
fn a_draft_tells_whether_it_is_stale_and_what_it_was_begun_with() {
    let folder = folder();
    let mut file = saved(&folder, "a.ron");
    let before = file.case.clone();
    assert!(Draft::new(&file, Vec::new()).is_stale(&before));
    assert!(!Draft::new(&file, pending()).is_stale(&before));
    file.case.number = "R8-7777".to_owned();
    let draft = Draft::new(&file, Vec::new());
    assert!(!draft.is_stale(&before) && draft.is_based_on(file.fingerprint()));
    file.save(&Disk).expect("saved");
    assert!(draft.is_stale(&file.case) && !draft.is_based_on(file.fingerprint()));
}

#[test]
fn the_draft_of_a_case_that_was_never_saved_is_an_orphan_unless_a_window_has_it() {
    let folder = folder();
    let drafts = drafts(&folder);
    assert!(drafts.orphans().is_empty(), "there is not even a folder");
    let case = Case { id: "00ff".to_owned(), ..example("c7") };
    let draft = Draft::new(&CaseFile::unsaved(case), pending());
    assert_eq!((&draft.path, &draft.read), (&None, &None));
    let path = drafts.write(&Disk, &draft).expect("written");
    assert_eq!(path, folder.path().join("drafts/00ff.draft"));
    fs::write(folder.path().join("drafts/broken.draft"), "Draft(format: 1, ").expect("written");
    let orphans = drafts.orphans();
    assert_eq!(orphans[0], (path, Ok(draft)));
    assert!(matches!(orphans[1].1, Err(Failure::Text { trouble: TextTrouble::CutOff, .. })), "{orphans:?}");
    let held = drafts.lock(&Disk, "00ff").expect("free");
    assert_eq!(drafts.orphans().len(), 1);
    drop(held);
    assert_eq!(drafts.orphans().len(), 2);
    drafts.remove(&Disk, None, "00ff").expect("removed");
    assert_eq!(drafts.orphans().len(), 1);
}

#[test]
fn an_id_from_a_file_leads_out_of_no_folder() {
    let folder = folder();
    let drafts = drafts(&folder);
    for id in ["../a", "..", "", "/etc/a", "a\\b", "CON:"] {
        let path = drafts.paths_for(None, id).pop().expect("a place");
        assert_eq!(path.parent(), Some(folder.path().join("drafts").as_path()), "{id}");
    }
}

#[test]
fn a_draft_that_cannot_lie_beside_its_case_lies_in_the_folder() {
    let folder = folder();
    let drafts = drafts(&folder);
    // So long that the name of a draft is longer than any name may be.
    let mut file = saved(&folder, "a.ron");
    file.path = file.path.with_file_name(format!("{}.ron", "a".repeat(248)));
    let draft = Draft::new(&file, pending());
    let path = drafts.write(&Disk, &draft).expect("written elsewhere");
    assert_eq!(path.parent(), Some(folder.path().join("drafts").as_path()));
    assert_eq!(drafts.for_case(&file.path), Some(Ok(draft.clone())));
    assert_eq!(drafts.orphans(), [(path, Ok(draft))]);
    drafts.remove(&Disk, Some(&file.path), "").expect("removed");
    assert!(drafts.for_case(&file.path).is_none() && drafts.orphans().is_empty());
}

#[test]
fn of_two_drafts_of_one_case_the_newer_counts_and_a_broken_one_hides_none() {
    let folder = folder();
    let drafts = drafts(&folder);
    let file = saved(&folder, "a.ron");
    let places = drafts.paths_for(Some(&file.path), "");
    let mut draft = Draft { saved_at: "2026-11-22T10:00:00".to_owned(), ..Draft::new(&file, pending()) };
    drafts.write(&Disk, &draft).expect("written");
    fs::create_dir_all(places[1].parent().expect("a folder")).expect("made");
    fs::copy(&places[0], &places[1]).expect("copied");
    draft.saved_at = "2026-11-22T10:00:01".to_owned();
    fs::write(&places[0], ryoritsu::store::ron_text::write(&draft).expect("text")).expect("written");
    assert_eq!(drafts.for_case(&file.path), Some(Ok(draft.clone())));
    fs::write(&places[0], "Draft(").expect("written");
    let older = drafts.for_case(&file.path).expect("one").expect("readable");
    assert_eq!(older.saved_at, "2026-11-22T10:00:00");
    drafts.write(&Disk, &draft).expect("written");
    assert!(!places[1].exists(), "the older one is gone");
}

#[test]
fn the_draft_of_another_user_is_neither_written_over_nor_removed() {
    let folder = folder();
    let drafts = drafts(&folder);
    let file = saved(&folder, "a.ron");
    let path = drafts.write(&Disk, &Draft::new(&file, pending())).expect("written");
    let before = fs::read(&path).expect("bytes");
    let unreadable = without(Action::Read);
    let refused = drafts.write(&unreadable, &Draft::new(&file, Vec::new()));
    assert!(matches!(refused, Err(Failure::File { trouble: FileTrouble::NotAllowed, .. })), "{refused:?}");
    drafts.remove(&unreadable, Some(&file.path), "").expect("left alone");
    assert_eq!(fs::read(&path).expect("bytes"), before);
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_a_draft() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let drafts = drafts(&folder);
    let file = saved(&folder, "a.ron");
    let path = drafts.paths_for(Some(&file.path), "").remove(0);
    // Not even where one of wider rights lies in its place.
    let wide = ryoritsu::store::ron_text::write(&Draft::new(&file, pending())).expect("text");
    fs::write(&path, wide).expect("written");
    drafts.write(&Disk, &Draft::new(&file, Vec::new())).expect("written");
    assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_draft_that_cannot_be_read_is_kept_under_another_name() {
    let folder = folder();
    let drafts = drafts(&folder);
    let file = saved(&folder, "a.ron");
    let path = drafts.paths_for(Some(&file.path), "").remove(0);
    let aside = folder.path().join(".a.ron.draft-unread");
    for text in ["Draft(format: 2, colour: Red)", "Draft(format: 1, case"] {
        fs::write(&path, text).expect("written");
        assert!(matches!(drafts.for_case(&file.path), Some(Err(_))));
        drafts.write(&Disk, &Draft::new(&file, pending())).expect("written");
        assert_eq!(fs::read_to_string(&aside).expect("kept"), text);
        fs::write(&path, text).expect("written");
        fs::remove_file(&aside).expect("removed");
        drafts.remove(&Disk, Some(&file.path), "").expect("removed");
        assert_eq!((fs::read_to_string(&aside).expect("kept").as_str(), path.exists()), (text, false));
    }
    assert_eq!(folder::cases(folder.path()).expect("listed").len(), 1);
}

#[test]
fn a_draft_of_another_sort_or_of_a_newer_program_is_told() {
    let folder = folder();
    let path = folder.path().join("a.draft");
    fs::write(&path, "Draft(format: 2, colour: Red)").expect("written");
    assert_eq!(draft::read(&path), Err(Failure::ReadOnlyFormat { path: path.clone() }));
    fs::write(&path, "Case(format: 1)").expect("written");
    assert!(matches!(draft::read(&path), Err(Failure::Text { trouble: TextTrouble::UnknownSort, .. })));
}

#[test]
fn what_the_list_fills_the_templates_know() {
    let people = library().people;
    for key in ["hospital.name", "hospital.address", "physician.name", "physician.department", "coordinators"] {
        assert!(people.field(key).is_some(), "{key}");
    }
}
