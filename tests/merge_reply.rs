//! Taking in a reply: from the file that came back to the saved case and its log, and whatever is
//! wrong with the file.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::disk::full_after;
use common::replies::{CONSULTATION, PLAN, Shared, consented, passphrase};
use common::{library, text, today};
use ryoritsu::export::Refusal;
use ryoritsu::model::case::Case;
use ryoritsu::model::check::{Place, What, check};
use ryoritsu::model::failure::{Failure, TextTrouble};
use ryoritsu::model::form::Party;
use ryoritsu::model::log::Event;
use ryoritsu::model::note::Note;
use ryoritsu::model::package::{PackageSort, PackageTrouble};
use ryoritsu::model::record::{Record, Refused};
use ryoritsu::model::reply::{Choice, Reply, ReplyTrouble, supplied_by};
use ryoritsu::model::value::{Number, Value};
use ryoritsu::paperwork::{Act, Acted, Now, Office};
use ryoritsu::session::{Access, OpenCase};
use ryoritsu::share::package::{Package, seal, unseal};
use ryoritsu::share::passphrase::prepared;
use ryoritsu::share::reply::open;
use ryoritsu::store::atomic::{Disk, Medium};
use ryoritsu::store::case_file::CaseFile;
use ryoritsu::store::log;
use ryoritsu::store::template_file::Library;
use tempfile::TempDir;

/// A case in a folder, from which papers went out.
struct Desk {
    folder: TempDir,
    library: Library,
    file: CaseFile,
}

impl Desk {
    fn new(case: &Case) -> Self {
        let (folder, file) = common::in_folder(case);
        Self { folder, library: library(), file }
    }

    fn try_on(&mut self, medium: &dyn Medium, act: &Act) -> Result<Acted, Refusal> {
        let now = Now { today: today(), moment: "2026-11-22T10:00:00+09:00".to_owned(), user: "田中".to_owned() };
        Office { library: &self.library, medium, now }.act(&mut self.file, act)
    }

    fn merge(&mut self, reply: &Reply, choices: &[Choice]) -> Result<Acted, Failure> {
        let act = Act::Merge { reply: reply.clone(), choices: choices.to_vec() };
        self.try_on(&Disk, &act).map_err(|refusal| match refusal {
            Refusal::Failure(failure) => failure,
            Refusal::Problems(problems) => panic!("{problems:?}"),
        })
    }

    /// Every file of the folder with its bytes.
    fn files(&self) -> BTreeMap<std::path::PathBuf, Vec<u8>> {
        let entries = fs::read_dir(self.folder.path()).expect("readable").map(|entry| entry.expect("readable").path());
        entries.filter(|path| path.is_file()).map(|path| (path.clone(), fs::read(&path).expect("bytes"))).collect()
    }

    fn events(&self) -> Vec<Event> {
        log::read(&self.file.path).expect("a log").into_iter().map(|entry| entry.event).collect()
    }
}

fn own(key: &str) -> Place {
    Place { document: Some(CONSULTATION), ..Place::field(key) }
}

fn days(days: f64) -> Value {
    Value::Number(Number::new(days).expect("finite"))
}

fn put(case: &mut Case, key: &str, value: Value) {
    let at = case.documents_of("workplace_consultation").next().expect("a consultation");
    case.documents[at].values.insert(key.to_owned(), value);
}

#[test]
fn a_reply_is_entered_recorded_saved_and_logged() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let mut desk = Desk::new(&shared.case);
    let mut reply = shared.reply(|case| {
        put(case, "paid_leave_days", days(9.0));
        case.people.insert("employer.job_title".to_owned(), text("営業部長"));
    });
    reply.documents[0].values.insert("discussion".to_owned(), text("会社が書いた"));
    desk.merge(&reply, &[]).expect("merged");
    let case = CaseFile::read(&desk.file.path).expect("a case").case;
    assert_eq!(case, desk.file.case);
    assert_eq!(case.documents[CONSULTATION].values["paid_leave_days"], days(9.0));
    assert_eq!(case.people["employer.job_title"], text("営業部長"));
    assert_eq!(supplied_by(&case, &own("paid_leave_days")), Some(&case.replies[0]));
    assert_eq!(supplied_by(&case, &own("discussion")), None);
    let merged = Event::Merged {
        from: reply.from.clone(),
        package: Some("package-1".to_owned()),
        taken: vec!["employer.job_title".to_owned(), "workplace_consultation#1/paid_leave_days".to_owned()],
        refused: vec!["workplace_consultation#1/discussion".to_owned()],
    };
    assert_eq!(desk.events(), [merged], "what came in a reply is no change by somebody here");
    assert_eq!(log::troubles(&desk.file), []);
}

#[test]
fn what_else_was_changed_is_saved_along_and_logged_apart() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let mut desk = Desk::new(&shared.case);
    put(&mut desk.file.case, "discussion", text("こちらで変えた"));
    desk.merge(&shared.reply(|case| put(case, "paid_leave_days", days(9.0))), &[]).expect("merged");
    let events = desk.events();
    assert_eq!(events[0], Event::Changed { fields: vec!["workplace_consultation#1/discussion".to_owned()] });
    assert!(matches!(&events[1], Event::Merged { .. }) && events.len() == 2);
}

#[test]
fn nothing_is_written_before_every_conflict_is_decided() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let mut desk = Desk::new(&shared.case);
    let reply = shared.reply(|case| {
        put(case, "paid_leave_days", days(9.0));
        put(case, "daily_work", text("会社の記入"));
    });
    put(&mut desk.file.case, "paid_leave_days", days(7.0));
    let (before, files) = (desk.file.case.clone(), desk.files());
    let unchosen = Failure::Unchosen { places: vec![own("paid_leave_days")] };
    assert_eq!(desk.merge(&reply, &[]).map(drop), Err(unchosen));
    // A choice about what is in no conflict decides nothing.
    let elsewhere = Choice { place: own("daily_work"), theirs: false };
    assert!(desk.merge(&reply, &[elsewhere]).is_err());
    assert_eq!((&desk.file.case, desk.files()), (&before, files));
    desk.merge(&reply, &[Choice { place: own("paid_leave_days"), theirs: false }]).expect("merged");
    let values = &desk.file.case.documents[CONSULTATION].values;
    assert_eq!((&values["paid_leave_days"], &values["daily_work"]), (&days(7.0), &text("会社の記入")));
}

#[test]
fn the_same_reply_again_writes_nothing_and_says_when_it_was_taken_in() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let mut desk = Desk::new(&shared.case);
    let reply = shared.reply(|case| put(case, "paid_leave_days", days(9.0)));
    desk.merge(&reply, &[]).expect("merged");
    // Even where it would be a conflict by now.
    put(&mut desk.file.case, "paid_leave_days", days(3.0));
    let (before, files) = (desk.file.case.clone(), desk.files());
    let refused = Refused::AlreadyTaken { on: today() };
    let failure = Failure::Record { refused };
    let words = ryoritsu::messages::failure(&failure).to_string();
    assert!(words.contains("令和8年11月22日"), "{words}");
    assert_eq!(desk.merge(&reply, &[]).map(drop), Err(failure));
    assert_eq!((&desk.file.case, desk.files()), (&before, files));
}

#[test]
fn a_full_disk_leaves_the_case_as_it_was() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let mut desk = Desk::new(&shared.case);
    let reply = shared.reply(|case| put(case, "paid_leave_days", days(9.0)));
    let (before, files) = (desk.file.case.clone(), desk.files());
    let act = Act::Merge { reply, choices: Vec::new() };
    assert!(desk.try_on(&full_after(0, true), &act).is_err());
    assert_eq!((&desk.file.case, desk.files()), (&before, files));
}

#[test]
fn an_older_revision_is_told() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let reply = shared.reply(|case| put(case, "paid_leave_days", days(9.0)));
    let mut case = shared.case.clone();
    put(&mut case, "discussion", text("変えた"));
    let newer = Shared::of(case, &[CONSULTATION], Party::Company, "package-2");
    let acted = Desk::new(&newer.case).merge(&reply, &[]).expect("merged");
    let note = Note::RepliedToOlder { form: "協議書".to_owned(), revision: 1, newest: 2 };
    let words = ryoritsu::messages::paperwork::note(&note).to_string();
    assert!(words.contains("第1版") && words.contains("第2版"), "{words}");
    assert_eq!(acted.notes, [note]);
}

#[test]
fn going_back_takes_the_values_away_and_leaves_that_the_reply_came() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let mut desk = Desk::new(&shared.case);
    let mut open = OpenCase::from_file(desk.file.clone(), Access::Full, None);
    let reply = shared.reply(|case| put(case, "paid_leave_days", days(9.0)));
    let acted = desk.merge(&reply, &[]).expect("merged");
    let Record::TakeReply(record) = &acted.record else { panic!("{:?}", acted.record) };
    open.record(&acted.record).expect("recorded");
    assert_eq!(open.case().replies, std::slice::from_ref(record));
    assert_eq!(supplied_by(open.case(), &own("paid_leave_days")), None, "its value does not stand here");
}

// The file that comes back

fn opened(bytes: &[u8], case: &Case) -> Result<Reply, Failure> {
    open(Path::new("reply.age"), bytes, &passphrase(), case)
}

fn in_package(trouble: PackageTrouble) -> Failure {
    Failure::Package { path: "reply.age".into(), trouble }
}

fn in_reply(trouble: ReplyTrouble) -> Failure {
    Failure::Reply { path: "reply.age".into(), trouble }
}

#[test]
fn a_reply_comes_back_as_it_was_made() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let reply = shared.reply(|case| put(case, "daily_work", text("検品\n「梱包」、\\ と # \u{20BB7}")));
    let bytes = shared.sealed(&reply);
    assert_eq!(opened(&bytes, &shared.case), Ok(reply.clone()));
    assert_eq!(opened(&shared.sealed(&reply), &shared.case).expect("opened").sha256(), reply.sha256());
    let package = unseal(&bytes, &passphrase()).expect("a package");
    assert_eq!((package.manifest.sort, package.manifest.answers.as_deref()), (PackageSort::Reply, Some("package-1")));
    let wrong = open(Path::new("reply.age"), &bytes, &prepared("ちがう"), &shared.case);
    assert_eq!(wrong, Err(in_package(PackageTrouble::WrongPassphrase)));
    assert_eq!(
        opened(&shared.package(), &shared.case),
        Err(in_package(PackageTrouble::OtherSort { found: PackageSort::Share }))
    );
}

#[test]
fn a_reply_to_another_case_is_named_as_such() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let bytes = shared.sealed(&shared.reply(|_| {}));
    let with_id = |id: &str, number: &str| Case { id: id.to_owned(), number: number.to_owned(), ..shared.case.clone() };
    let other = Err(in_reply(ReplyTrouble::OtherCase));
    assert_eq!(opened(&bytes, &with_id("fedcba9876543210", "R8-0001")), other);
    assert!(opened(&bytes, &with_id(&shared.case.id, "R8-9999")).is_ok(), "the number of a case may change");
    // A case that was written by hand has no identity.
    assert!(opened(&bytes, &with_id("", "R8-0001")).is_ok());
}

#[test]
fn what_was_altered_after_it_was_made_is_named_as_such() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let good = unseal(&shared.sealed(&shared.reply(|_| {})), &passphrase()).expect("a package");
    let text_of = |package: &Package| String::from_utf8(package.files["reply.ron"].clone()).expect("text");
    let with = |change: &dyn Fn(&mut Package)| {
        let mut package = good.clone();
        change(&mut package);
        opened(&seal(&package, &passphrase(), 2).expect("sealed"), &shared.case)
    };
    let with_text = |change: &dyn Fn(String) -> String| {
        with(&|package| {
            let text = change(text_of(package));
            package.files.insert("reply.ron".to_owned(), text.into_bytes());
        })
    };
    assert!(with(&|_| {}).is_ok());
    let tampered = Err(in_reply(ReplyTrouble::Tampered));
    assert_eq!(with(&|package| package.manifest.answers = Some("package-7".to_owned())), tampered);
    assert_eq!(with(&|package| package.manifest.answers = None), tampered);
    assert_eq!(with(&|package| package.manifest.papers.clear()), tampered);
    assert_eq!(with_text(&|text| text.replace("revision: 1", "revision: 2")), tampered);
    assert_eq!(with_text(&|text| text.replace("package-1", "package-7")), tampered);
    let missing = PackageTrouble::Missing { name: "reply.ron".to_owned() };
    assert_eq!(with(&|package| drop(package.files.remove("reply.ron"))), Err(in_package(missing)));
    let name = || "reply.ron".to_owned();
    let trouble = |result: Result<Reply, Failure>| match result {
        Err(Failure::Package { trouble: PackageTrouble::Text { name: found, trouble, .. }, .. }) if found == name() => {
            trouble
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(trouble(with_text(&|text| text.trim_end_matches([')', '\n']).to_owned())), TextTrouble::CutOff);
    assert_eq!(
        trouble(with_text(&|text| text.replacen("Reply(", "Reply(spy: 1,", 1))),
        TextTrouble::UnknownField { found: "spy".to_owned() }
    );
    let deep = format!("{}Blank{}", "Tick(".repeat(5_000), ")".repeat(5_000));
    let nested = with_text(&|text| text.replacen("people: {", &format!("people: {{\"employer.name\": {deep},"), 1));
    assert!(matches!(trouble(nested), TextTrouble::TooDeep));
    // Shift_JIS and UTF-16 are no UTF-8.
    for bytes in [b"Reply(\x95\xBC\x89\xBC)".to_vec(), "Reply(".encode_utf16().flat_map(u16::to_le_bytes).collect()] {
        let result = with(&|package| drop(package.files.insert("reply.ron".to_owned(), bytes.clone())));
        assert!(result.is_err(), "{result:?}");
    }
}

#[test]
fn a_cut_or_altered_file_is_refused() {
    let shared = Shared::new(&[PLAN], Party::Company);
    let bytes = shared.sealed(&shared.reply(|_| {}));
    for at in (0..bytes.len()).step_by(23) {
        assert!(opened(&bytes[..at], &shared.case).is_err(), "cut at {at}");
        let mut altered = bytes.clone();
        altered[at] ^= 1 << (at % 8);
        assert!(opened(&altered, &shared.case).is_err(), "altered at {at}");
    }
}

// C1

#[test]
fn the_plan_of_c1_starts_from_what_the_company_filled_in() {
    // The hospital knows only what the patient says; the company has not been asked yet.
    let mut case = consented(true);
    let company = ["daily_work", "monthly_work", "work_pattern", "paid_leave_days", "driving_hours"];
    for key in company {
        case.documents[CONSULTATION].values.remove(key);
    }
    let shared = Shared::of(case, &[CONSULTATION], Party::Company, "package-1");
    let mut desk = Desk::new(&shared.case);
    let shift = Value::Choice([("three_shift".to_owned(), Value::Blank)].into());
    let reply = shared.reply(|case| {
        put(case, "daily_work", text("営業課長。勤務は9:00～16:00。"));
        put(case, "work_pattern", shift.clone());
        put(case, "paid_leave_days", days(12.0));
        put(case, "other_work", Value::Tick(Box::new(text("得意先への送迎"))));
    });
    // Meanwhile somebody typed what the patient told.
    put(&mut desk.file.case, "paid_leave_days", days(10.0));
    let failure = desk.merge(&reply, &[]).map(drop);
    assert_eq!(failure, Err(Failure::Unchosen { places: vec![own("paid_leave_days")] }));
    desk.merge(&reply, &[Choice { place: own("paid_leave_days"), theirs: true }]).expect("merged");
    let case = &desk.file.case;
    let values = &case.documents[CONSULTATION].values;
    assert_eq!((&values["work_pattern"], &values["paid_leave_days"]), (&shift, &days(12.0)));
    assert_eq!(desk.file.case.replies[0].taken.len(), 4);
    // The plan is checked against what the company said: its last row is longer than a usual day.
    let is_long = |case: &Case| {
        let problems = check(case, &desk.library.rules(), today());
        problems.iter().any(|problem| matches!(problem.what, What::LongHours { .. }))
    };
    assert!(is_long(case) && !is_long(&shared.case));
    assert_eq!(supplied_by(case, &own("work_pattern")), Some(&case.replies[0]));
}
