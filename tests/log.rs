//! The log of a case: whatever is done to it by another hand is noticed, and what breaks off by
//! itself does no harm.

mod common;

use std::fs;
use std::path::PathBuf;
use std::thread;

use common::disk::{Action, FaultyDisk, without};
use common::example;
use proptest::prelude::*;
use ryoritsu::messages::log as words;
use ryoritsu::model::case::Case;
use ryoritsu::model::closing::{Closing, Outcome};
use ryoritsu::model::failure::{Failure, FileTrouble};
use ryoritsu::model::form::Party;
use ryoritsu::model::log::{PaperName, changed_fields};
use ryoritsu::model::revision::{CopyMark, Purpose, Recipient, SigningWay};
use ryoritsu::model::value::Value;
use ryoritsu::store::atomic::{Disk, Medium};
use ryoritsu::store::case_file::{self, CaseFile, Existing};
use ryoritsu::store::kept;
use ryoritsu::store::log::{self, Entry, Event, LogTrouble, Stamp};
use tempfile::TempDir;

/// A case and its log.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        case_file::create(&Disk, &folder.path().join("c7.ron"), &example("c7")).expect("created");
        Self { folder }
    }

    /// A desk whose log has an entry of several kinds.
    fn with_log() -> Self {
        let desk = Self::new();
        for (minute, event) in events().into_iter().enumerate() {
            desk.append_at(minute, &event);
        }
        assert_eq!(desk.troubles(), []);
        desk
    }

    fn case(&self) -> PathBuf {
        self.folder.path().join("c7.ron")
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("c7.log")
    }

    fn head(&self) -> PathBuf {
        self.folder.path().join(".backup/c7.log.head")
    }

    fn append_at(&self, minute: usize, event: &Event) -> Entry {
        self.append_on(&Disk, minute, event).expect("appended")
    }

    fn append_on(&self, medium: &dyn Medium, minute: usize, event: &Event) -> Result<Entry, Failure> {
        let stamp = Stamp { at: format!("2026-11-22T10:{minute:02}:00+09:00"), user: "田中".to_owned() };
        let file = CaseFile::read(&self.case()).expect("a case");
        log::append(medium, &self.case(), &stamp, event, Some(file.fingerprint()))
    }

    fn troubles(&self) -> Vec<LogTrouble> {
        log::troubles(&CaseFile::read(&self.case()).expect("a case"))
    }

    fn lines(&self) -> Vec<String> {
        fs::read_to_string(self.log()).expect("text").lines().map(str::to_owned).collect()
    }

    fn write_lines(&self, lines: &[String]) {
        fs::write(self.log(), lines.join("\n") + "\n").expect("written");
    }

    fn edit_last(&self, edit: impl Fn(&str) -> String) {
        let mut lines = self.lines();
        let last = lines.len() - 1;
        lines[last] = edit(&lines[last]);
        self.write_lines(&lines);
    }
}

fn events() -> Vec<Event> {
    let paper = PaperName { document: 1, form: "opinion".to_owned(), revision: 1 };
    vec![
        Event::Created,
        Event::Changed { fields: vec!["patient.name".to_owned(), "opinion#1/verdict".to_owned()] },
        Event::HandedOut {
            paper: paper.clone(),
            to: Recipient { party: Party::Company, name: "佐藤".to_owned() },
            purpose: Purpose::ForSignature,
            marks: vec![CopyMark::Patient],
            consent: Some(1),
            told: vec!["opinion#1/verdict".to_owned()],
        },
        Event::Signed { paper, line: "patient".to_owned(), how: SigningWay::Handwritten, has_scan: false },
        Event::Closed { outcome: Outcome::Returned },
    ]
}

/// The hash of an entry as somebody would reckon it who knows how: the entry is made anew with
/// another text in it, by way of a log of its own.
fn forged(line: &str, from: &str, to: &str) -> String {
    let (content, _) = line.rsplit_once(",hash:\"").expect("an entry");
    let content = content.replacen(from, to, 1);
    let hash = ryoritsu::store::atomic::hexadecimal(&ryoritsu::store::atomic::fingerprint(content.as_bytes()));
    format!("{content},hash:\"{hash}\")")
}

#[test]
fn entries_come_back_as_they_were_written() {
    let desk = Desk::with_log();
    let entries = log::read(&desk.case()).expect("read");
    assert_eq!(entries.iter().map(|entry| entry.event.clone()).collect::<Vec<_>>(), events());
    assert_eq!(entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert!(entries.iter().all(|entry| entry.user == "田中" && entry.file.is_some()));
    assert!(entries.windows(2).all(|pair| pair[1].previous == pair[0].hash));
    assert_eq!(desk.lines().len(), 6, "one line for each, under the one that names the format");
}

#[test]
fn every_byte_that_is_altered_is_noticed_and_its_entry_named() {
    let desk = Desk::with_log();
    let whole = fs::read(desk.log()).expect("bytes");
    for at in 0..whole.len() {
        let line = whole[..at].split(|byte| *byte == b'\n').count();
        for flip in [0x01, 0x80] {
            let mut bytes = whole.clone();
            bytes[at] ^= flip;
            fs::write(desk.log(), bytes).expect("written");
            let troubles = desk.troubles();
            let expected = match line {
                1 => LogTrouble::Header,
                line => LogTrouble::Altered { number: line as u64 - 1, line },
            };
            let is_last = at + 1 == whole.len();
            assert!(is_last || troubles.contains(&expected), "byte {at}: {troubles:?}");
            assert!(!troubles.is_empty(), "byte {at}");
        }
    }
}

#[test]
fn what_is_done_to_a_log_by_hand_is_named() {
    type Edit = fn(&mut Vec<String>);
    let table: [(&str, Edit, LogTrouble); 8] = [
        ("an entry removed", |lines| drop(lines.remove(2)), LogTrouble::Missing { first: 2, last: 2, line: 3 }),
        (
            "the first entries removed",
            |lines| drop(lines.drain(1..3)),
            LogTrouble::Missing { first: 1, last: 2, line: 2 },
        ),
        ("the last entry removed", |lines| drop(lines.pop()), LogTrouble::CutOff { entries: 4, were: 5 }),
        ("all entries removed", |lines| lines.truncate(1), LogTrouble::CutOff { entries: 0, were: 5 }),
        ("two swapped", |lines| lines.swap(2, 3), LogTrouble::Misplaced { number: 2, line: 4 }),
        ("one said twice", |lines| lines.insert(3, lines[2].clone()), LogTrouble::Misplaced { number: 2, line: 4 }),
        (
            "one written anew with its hash",
            |lines| lines[2] = forged(&lines[2], "verdict", "verdikt"),
            LogTrouble::Altered { number: 2, line: 3 },
        ),
        (
            "one added with its hash",
            |lines| {
                let last = lines[5].rsplit_once("hash:\"").expect("a hash").1.trim_end_matches("\")").to_owned();
                let before = lines[4].rsplit_once("hash:\"").expect("a hash").1.trim_end_matches("\")").to_owned();
                let added = forged(&lines[5], "number:5", "number:6");
                lines.push(forged(&added, &before, &last));
            },
            LogTrouble::Beyond { were: 5 },
        ),
    ];
    for (what, edit, expected) in table {
        let desk = Desk::with_log();
        let mut lines = desk.lines();
        edit(&mut lines);
        desk.write_lines(&lines);
        let troubles = desk.troubles();
        assert!(troubles.contains(&expected), "{what}: {troubles:?}");
    }
}

#[test]
fn a_line_added_by_hand_without_its_hash_is_named() {
    let desk = Desk::with_log();
    let mut lines = desk.lines();
    lines.push(lines[5].replacen("number:5", "number:6", 1));
    desk.write_lines(&lines);
    assert_eq!(desk.troubles(), [LogTrouble::Altered { number: 6, line: 7 }]);
}

#[test]
fn a_log_from_before_revisions_were_named_is_still_whole() {
    let form = || "opinion".to_owned();
    let given = [
        Event::Exported { form: form(), draft: true, revision: None, is_old: false },
        Event::Printed { form: form(), draft: false, revision: None, is_old: false },
    ];
    for event in given {
        let desk = Desk::new();
        desk.append_at(0, &event);
        desk.edit_last(|line| {
            assert!(line.contains(",revision:None,is_old:false"), "{line}");
            forged(line, ",revision:None,is_old:false", "")
        });
        fs::remove_file(desk.head()).expect("removed");
        assert_eq!(desk.troubles(), []);
        assert_eq!(log::read(&desk.case()).expect("read")[0].event, event);
        desk.append_at(1, &event);
        assert_eq!(desk.troubles(), [], "and it goes on");
    }
}

#[test]
fn what_was_given_out_once_more_is_told_with_its_revision() {
    let form = || "opinion".to_owned();
    let exported = |draft, revision, is_old| Event::Exported { form: form(), draft, revision, is_old };
    let printed = |draft, revision, is_old| Event::Printed { form: form(), draft, revision, is_old };
    let table = [
        (exported(true, None, false), "意見書をPDFに書き出す（下書き）"),
        (exported(false, None, false), "意見書をPDFに書き出す"),
        (exported(false, Some(2), false), "意見書の第2版をもう一度PDFに書き出す"),
        (exported(false, Some(1), true), "意見書の第1版をもう一度PDFに書き出す（「旧版」と入れた写し）"),
        (printed(true, None, false), "意見書を印刷（下書き）"),
        (printed(false, Some(2), false), "意見書の第2版をもう一度印刷"),
    ];
    for (event, told) in table {
        assert_eq!(words::event(&event, &|_| "意見書".to_owned()), told);
    }
}

#[test]
fn a_user_whom_the_machine_does_not_name_is_told_to_be_unknown() {
    for (user, told) in [("田中", "田中"), ("", "不明"), (" ", "不明")] {
        assert_eq!(words::user(user), told);
    }
}

#[test]
fn the_last_entry_written_anew_is_known_by_the_record_beside_the_backups() {
    let desk = Desk::with_log();
    let mut lines = desk.lines();
    lines[5] = forged(&lines[5], "returned", "broken_off");
    desk.write_lines(&lines);
    assert_eq!(desk.troubles(), [LogTrouble::Altered { number: 5, line: 6 }]);
}

#[test]
fn what_was_done_to_a_log_is_still_named_once_more_was_added() {
    type Edit = fn(&Desk);
    let table: [(&str, Edit, LogTrouble); 5] = [
        (
            "the last entries removed",
            |desk| desk.write_lines(&desk.lines()[..4]),
            LogTrouble::Missing { first: 4, last: 5, line: 5 },
        ),
        (
            "all entries removed",
            |desk| desk.write_lines(&desk.lines()[..1]),
            LogTrouble::Missing { first: 1, last: 5, line: 2 },
        ),
        (
            "the log removed",
            |desk| fs::remove_file(desk.log()).expect("removed"),
            LogTrouble::Missing { first: 1, last: 5, line: 2 },
        ),
        (
            "the last entry altered",
            |desk| desk.edit_last(|line| line.replacen("returned", "broken_off", 1)),
            LogTrouble::Altered { number: 5, line: 6 },
        ),
        (
            "the last entry written anew with its hash",
            |desk| desk.edit_last(|line| forged(line, "returned", "broken_off")),
            LogTrouble::Altered { number: 5, line: 6 },
        ),
    ];
    for (what, edit, expected) in table {
        let desk = Desk::with_log();
        edit(&desk);
        for minute in 10..13 {
            desk.append_at(minute, &Event::Opened);
        }
        assert_eq!(desk.troubles(), [expected], "{what}");
    }
}

#[test]
fn a_case_in_the_place_of_another_one_begins_a_log_of_its_own() {
    let desk = Desk::with_log();
    let (path, other) = (desk.case(), desk.folder.path().join("other.ron"));
    case_file::create(&Disk, &other, &example("c1")).expect("created");
    let mut file = CaseFile::read(&other).expect("a case");
    file.save_as(&Disk, &path, Existing::Overwrite).expect("saved");
    assert_eq!(log::troubles(&file), [], "what the one before had is not missed");
    assert_eq!(desk.append_at(10, &Event::Opened).number, 1);
    assert_eq!(log::troubles(&file), []);
}

#[test]
fn a_number_beyond_all_counting_is_named_at_once() {
    for number in ["1000000000000000000", "18446744073709551615"] {
        let desk = Desk::with_log();
        desk.edit_last(|line| forged(line, "number:5", &format!("number:{number}")));
        let last = number.parse::<u64>().expect("a number") - 1;
        let troubles = desk.troubles();
        assert!(troubles.contains(&LogTrouble::Missing { first: 5, last, line: 6 }), "{troubles:?}");
        desk.append_at(10, &Event::Opened);
        assert!(desk.troubles().contains(&LogTrouble::Missing { first: 5, last, line: 6 }));
    }
}

#[test]
fn a_log_that_is_gone_is_missed_only_where_there_was_one() {
    let desk = Desk::new();
    assert_eq!(desk.troubles(), [], "a case of the first format has none");
    let desk = Desk::with_log();
    fs::remove_file(desk.log()).expect("removed");
    assert_eq!(desk.troubles(), [LogTrouble::Gone]);
    fs::remove_file(desk.head()).expect("removed");
    assert_eq!(desk.troubles(), [], "nothing is recorded in the case");
    let closing = Closing { on: common::today(), outcome: Outcome::Returned, note: String::new(), reopened: None };
    let case = Case { closings: vec![closing], ..example("c7") };
    fs::remove_file(desk.case()).expect("removed");
    case_file::create(&Disk, &desk.case(), &case).expect("created");
    assert_eq!(desk.troubles(), [LogTrouble::Gone]);
    let stamp = Stamp { at: "2026-11-22T11:00:00+09:00".to_owned(), user: String::new() };
    log::append(&Disk, &desk.case(), &stamp, &Event::Opened, None).expect("appended");
    assert_eq!(desk.troubles(), [LogTrouble::Gone], "a new one knows nothing of the closing");
}

#[test]
fn a_case_of_any_name_has_a_log_beside_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["case.log", "other.files", "case.txt", "case.ron"] {
        let path = folder.path().join(name);
        case_file::create(&Disk, &path, &example("c7")).expect("created");
        let bytes = fs::read(&path).expect("bytes");
        let stamp = Stamp { at: "2026-11-22T11:00:00+09:00".to_owned(), user: String::new() };
        let entry = log::append(&Disk, &path, &stamp, &Event::Opened, None).expect("appended");
        assert_eq!(entry.number, 1, "{name}: a log of its own");
        kept::keep(&Disk, &path, "1.pdf", b"one").expect("kept");
        assert_eq!(fs::read(&path).expect("bytes"), bytes, "{name}");
    }
}

#[test]
fn a_case_that_was_changed_outside_of_the_program_is_a_thing_to_look_at() {
    let desk = Desk::with_log();
    let text = fs::read_to_string(desk.case()).expect("text").replacen("R8-0007", "R8-0008", 1);
    fs::write(desk.case(), text).expect("written");
    assert_eq!(desk.troubles(), [LogTrouble::CaseDiffers]);
    // Only looking at it does not make it right.
    let stamp = Stamp { at: "2026-11-22T11:00:00+09:00".to_owned(), user: String::new() };
    log::append(&Disk, &desk.case(), &stamp, &Event::Opened, None).expect("appended");
    assert_eq!(desk.troubles(), [LogTrouble::CaseDiffers]);
}

#[test]
fn a_clock_that_went_backwards_is_a_thing_to_look_at() {
    let desk = Desk::new();
    for minute in [5, 3, 4] {
        desk.append_at(minute, &Event::Opened);
    }
    let backwards = LogTrouble::ClockBackwards { number: 2, line: 3 };
    assert!(backwards.is_harmless());
    assert_eq!(desk.troubles(), [backwards]);
}

#[test]
fn a_line_that_was_broken_off_does_no_harm_and_stays() {
    let desk = Desk::with_log();
    let broken = FaultyDisk {
        allows: |action| if action == Action::Append { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(()) },
        leaves_half: true,
    };
    let failed = desk.append_on(&broken, 10, &Event::Reopened);
    assert!(matches!(failed, Err(Failure::File { trouble: FileTrouble::DiskFull, .. })), "{failed:?}");
    assert_eq!(desk.troubles(), [LogTrouble::HalfLine { line: 7 }]);
    let half = fs::read(desk.log()).expect("bytes");
    let next = desk.append_at(11, &Event::Reopened);
    assert_eq!((next.number, log::read(&desk.case()).expect("read").len()), (6, 6));
    assert!(fs::read(desk.log()).expect("bytes").starts_with(&half), "nothing that stood there is changed");
    assert_eq!(desk.troubles(), [LogTrouble::HalfLine { line: 7 }]);
}

#[test]
fn a_log_that_cannot_be_written_is_told_and_left_as_it_was() {
    let desk = Desk::with_log();
    let before = fs::read(desk.log()).expect("bytes");
    let failed = desk.append_on(&without(Action::Append), 10, &Event::Reopened);
    assert!(matches!(failed, Err(Failure::File { trouble: FileTrouble::NotAllowed, .. })), "{failed:?}");
    assert_eq!(fs::read(desk.log()).expect("bytes"), before);
    assert_eq!(desk.troubles(), []);
    // The entry is there, and only the record of how many there are is behind.
    assert!(desk.append_on(&without(Action::Rename), 10, &Event::Reopened).is_err());
    assert_eq!(desk.troubles(), [LogTrouble::Beyond { were: 5 }]);
    desk.append_at(11, &Event::Opened);
    assert_eq!(desk.troubles(), []);
}

#[test]
fn two_at_a_time_make_one_chain() {
    let desk = Desk::new();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..25).for_each(|_| drop(desk.append_at(0, &Event::Opened))));
        }
    });
    let entries = log::read(&desk.case()).expect("read");
    assert_eq!(entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), (1..=100).collect::<Vec<_>>());
    assert_eq!(desk.troubles(), []);
}

#[test]
fn a_copy_of_a_case_has_a_copy_of_its_log() {
    let desk = Desk::with_log();
    let copy = desk.folder.path().join("copy.ron");
    fs::write(desk.folder.path().join("copy.log"), "of a case that was here before").expect("written");
    let mut file = CaseFile::read(&desk.case()).expect("a case");
    file.save_as(&Disk, &copy, Existing::Keep).expect("saved");
    assert_eq!(log::troubles(&file), []);
    assert_eq!(log::read(&copy).expect("read"), log::read(&desk.case()).expect("read"));
    let aside = fs::read_dir(desk.folder.path().join(".backup")).expect("a folder").filter_map(Result::ok);
    let aside: Vec<_> = aside.filter(|file| file.path().extension().is_some_and(|end| end == "log")).collect();
    assert_eq!(fs::read(aside[0].path()).expect("bytes"), b"of a case that was here before");
    let stamp = Stamp { at: "2026-11-22T11:00:00+09:00".to_owned(), user: String::new() };
    let event = Event::SavedAs { from: "c7.ron".to_owned() };
    let entry = log::append(&Disk, &copy, &stamp, &event, Some(file.fingerprint())).expect("appended");
    assert_eq!((entry.number, log::troubles(&file)), (6, Vec::new()));
    assert_eq!(desk.troubles(), [], "the first one is as it was");
}

#[test]
fn what_was_changed_is_named_by_its_key_and_never_by_what_stands_there() {
    let before = example("c7");
    let mut after = before.clone();
    after.number = "R8-9999".to_owned();
    after.people.insert("patient.name".to_owned(), common::text("秘密"));
    after.documents[0].values.insert("current_symptoms".to_owned(), common::text("秘密"));
    if let Some(Value::Rows(rows)) = after.documents[2].values.get_mut("periods") {
        rows[0].insert("hours".to_owned(), common::text("秘密"));
        rows[1].insert("hours".to_owned(), common::text("秘密"));
    }
    after.add_document("return_opinion".to_owned());
    let fields = changed_fields(&before, &after);
    let expected = [
        "case.number",
        "patient.name",
        "physician_opinion#1/current_symptoms",
        "return_to_work_plan#1/periods.hours",
        "return_opinion#1",
    ];
    assert_eq!(fields, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever a user or a recipient is called, an entry is one line and comes back.
    #[test]
    fn any_name_is_one_line(user in ".{0,20}|[\"\\\\\r\n\t\u{0}(),:]{0,12}", name in ".{0,20}|[\"\r\n,hash:)]{0,12}") {
        let desk = Desk::new();
        let to = Recipient { party: Party::Patient, name };
        let paper = PaperName { document: 1, form: "opinion".to_owned(), revision: 1 };
        let event = Event::HandedOut { paper, to, purpose: Purpose::ForGood, marks: Vec::new(), consent: None, told: Vec::new() };
        let stamp = Stamp { at: "2026-11-22T11:00:00+09:00".to_owned(), user };
        for _ in 0..2 {
            log::append(&Disk, &desk.case(), &stamp, &event, None).expect("appended");
        }
        let entries = log::read(&desk.case()).expect("read");
        prop_assert_eq!(entries.len(), 2);
        prop_assert_eq!((&entries[1].user, &entries[1].event), (&stamp.user, &event));
        prop_assert_eq!(desk.troubles(), []);
    }
}
