//! Papers that leave as one encrypted file, a case that is handed over, and both at the other end.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::said::said;
use common::{PNG, example, library, today};
use ryoritsu::export::Refusal;
use ryoritsu::model::case::Case;
use ryoritsu::model::check::Place;
use ryoritsu::model::closing::Outcome;
use ryoritsu::model::consent::{Consent, ConsentWay, Denial};
use ryoritsu::model::disclosure::{Decision, Withheld};
use ryoritsu::model::failure::Failure;
use ryoritsu::model::form::Party;
use ryoritsu::model::note::Note;
use ryoritsu::model::package::{PackageSort, PackageTrouble, Passphrase, PassphraseTrouble};
use ryoritsu::model::record::{Record, SetAside};
use ryoritsu::model::revision::{Purpose, Recipient, SigningWay};
use ryoritsu::model::value::Value;
use ryoritsu::paperwork::{Act, Acted, Now, Office, papers};
use ryoritsu::share::package::{Package, unseal};
use ryoritsu::share::{passphrase, received};
use ryoritsu::store::atomic::{Disk, Medium};
use ryoritsu::store::case_file::CaseFile;
use ryoritsu::store::log::{self, Event};
use ryoritsu::store::template_file::Library;
use ryoritsu::store::{kept, package_file, ron_text};
use tempfile::TempDir;

const CONSULTATION: usize = 1;
const PLAN: usize = 2;

/// A case in a folder, and who deals with it.
struct Desk {
    folder: TempDir,
    library: Library,
    file: CaseFile,
}

fn key() -> Passphrase {
    passphrase::prepared("かぼちゃ てがみ ひこうき さんぽ どんぐり みずうみ")
}

fn to(party: Party) -> Recipient {
    Recipient { party, name: "佐藤".to_owned() }
}

fn consent(to: &[Party], diagnosis: bool) -> Consent {
    Consent {
        number: 0,
        given_on: today(),
        until: None,
        to: to.to_vec(),
        forms: None,
        diagnosis,
        how: ConsentWay::Written,
        scan: None,
        note: "上司には話さないでほしいとのこと".to_owned(),
        withdrawn: None,
    }
}

impl Desk {
    fn new(case: &Case) -> Self {
        let (folder, file) = common::in_folder(&Case { id: "0123456789abcdef".to_owned(), ..case.clone() });
        let desk = Self { file, folder, library: library() };
        desk.office(&Disk).note(&desk.file, &Event::Created).expect("noted");
        desk
    }

    /// C1, and a consent that papers go to the company without the diagnosis.
    fn consented() -> Self {
        let mut desk = Self::new(&example("c1"));
        desk.act(&Act::Consent { consent: consent(&[Party::Company], false), scan: None });
        desk
    }

    fn office<'a>(&'a self, medium: &'a dyn Medium) -> Office<'a> {
        let (moment, user) = ("2026-11-22T10:00:00+09:00".to_owned(), "田中".to_owned());
        Office { library: &self.library, medium, now: Now { today: today(), moment, user } }
    }

    fn try_on(&mut self, medium: &dyn Medium, act: &Act) -> Result<Acted, Refusal> {
        let mut file = self.file.clone();
        let acted = self.office(medium).act(&mut file, act);
        self.file = file;
        acted
    }

    fn act(&mut self, act: &Act) -> Acted {
        self.try_on(&Disk, act).expect("it is done")
    }

    fn refused(&mut self, act: &Act) -> Failure {
        let before = files(self.folder.path());
        let refusal = self.try_on(&Disk, act);
        assert_eq!(files(self.folder.path()), before, "{act:?}");
        match refusal {
            Err(Refusal::Failure(failure)) => failure,
            other => panic!("{other:?}"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn share(&self, documents: &[usize], party: Party) -> Act {
        let (path, documents) = (self.path("p.age"), documents.to_vec());
        Act::Share { documents, to: to(party), decisions: Vec::new(), passphrase: key(), path, fillable: false }
    }

    fn hand_over(&self, party: Party) -> Act {
        Act::HandOver { to: to(party), passphrase: key(), path: self.path("h.age") }
    }

    fn is_proved(&self) {
        let read = CaseFile::read(&self.file.path).expect("a case");
        assert_eq!(read.case, self.file.case);
        assert_eq!(kept::troubles(&Disk, &read.path, &read.case), []);
        assert_eq!(log::troubles(&read), []);
    }
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.clone(), fs::read(&path).expect("bytes"));
            }
        }
    }
    found
}

fn opened(path: &Path) -> Package {
    unseal(&package_file::read(path).expect("there"), &key()).expect("it opens")
}

#[test]
fn papers_go_as_a_revision_that_the_case_and_its_log_know() {
    let mut desk = Desk::consented();
    let acted = desk.act(&desk.share(&[CONSULTATION, PLAN], Party::Company));
    assert_eq!(acted.written, [desk.path("p.age")]);
    assert!(acted.notes.contains(&Note::PassphraseApart));
    let package = opened(&desk.path("p.age"));
    let received = received::read(&package).expect("it can be read");
    assert_eq!(received.manifest.sort, PackageSort::Share);
    assert_eq!(received.manifest.to, to(Party::Company));
    assert_eq!(received.manifest.from, "星見市民病院");
    assert_eq!(received.case.documents.len(), 2);
    for (paper, at) in received.manifest.papers.iter().zip([CONSULTATION, PLAN]) {
        let document = &desk.file.case.documents[at];
        let latest = document.latest().expect("a revision was fixed");
        assert_eq!((paper.document, &paper.form, paper.revision), (document.id, &document.form, latest.number));
        let handout = latest.handouts.last().expect("it went");
        assert_eq!(handout.package.as_ref(), Some(&received.manifest.id));
        assert_eq!((handout.consent, handout.purpose), (Some(1), Purpose::ForSignature));
        let copy = kept::read(&Disk, &desk.file.path, &latest.copies[0].file).expect("kept");
        assert!(package.files.values().any(|bytes| *bytes == copy), "what went is what is kept");
        assert!(received.library.forms.contains_key(&document.form));
    }
    let entries = log::read(&desk.file.path).expect("a log");
    let Event::Shared { papers, consents, .. } = &entries.last().expect("an entry").event else { panic!("not shared") };
    assert_eq!((papers.len(), consents.as_slice()), (2, [1].as_slice()));
    desk.is_proved();
    // The same papers once more are the same revision.
    let path = desk.path("again.age");
    let Act::Share { documents, to, decisions, passphrase, .. } = desk.share(&[PLAN], Party::Company) else { return };
    desk.act(&Act::Share { documents, to, decisions, passphrase, path, fillable: false });
    let plan = &desk.file.case.documents[PLAN];
    assert_eq!((plan.revisions.len(), plan.revisions[0].handouts.len(), plan.revisions[0].copies.len()), (1, 2, 1));
    desk.is_proved();
}

#[test]
fn what_may_tell_the_diagnosis_and_goes_by_decision_is_recorded_by_its_key() {
    let mut desk = Desk::consented();
    let discussion = Value::Text("結腸がんのことは伏せる".to_owned());
    desk.file.case.documents[CONSULTATION].values.insert("discussion".to_owned(), discussion);
    desk.file.save(&Disk).expect("saved");
    let Act::Share { documents, to, passphrase, path, .. } = desk.share(&[CONSULTATION, PLAN], Party::Company) else {
        return;
    };
    let place = Place { document: Some(CONSULTATION), field: "discussion".to_owned(), cell: None };
    let decisions = vec![Decision { place, goes: true }];
    desk.act(&Act::Share { documents, to, decisions, passphrase, path, fillable: false });
    let told = |at: usize| desk.file.case.documents[at].latest().expect("fixed").handouts[0].told.clone();
    assert_eq!((told(CONSULTATION), told(PLAN)), (vec!["discussion".to_owned()], Vec::new()));
    let entries = log::read(&desk.file.path).expect("a log");
    let Event::Shared { told, .. } = &entries.last().expect("an entry").event else { panic!("not shared") };
    assert_eq!(told, &["workplace_consultation#1/discussion"]);
}

#[test]
fn papers_to_be_filled_in_go_along_where_something_is_the_recipients() {
    let mut desk = Desk::consented();
    let Act::Share { documents, to, decisions, passphrase, path, .. } = desk.share(&[CONSULTATION], Party::Company)
    else {
        return;
    };
    desk.act(&Act::Share { documents, to, decisions, passphrase, path, fillable: true });
    let package = opened(&desk.path("p.age"));
    let names: Vec<&String> = papers(&package).map(|(name, _)| name).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert!(names.iter().any(|name| name.ends_with("_入力用.pdf")));
    let read_me = String::from_utf8_lossy(&package.files["はじめにお読みください.txt"]);
    assert!(read_me.contains("「入力用」と付いたPDF") && read_me.contains("送り返します"), "{read_me}");
    assert!(!read_me.replace("\r\n", "").contains('\n'), "every line ends as every editor shows");
}

/// Everything that a package says: the names and bytes of its files, and each PDF unpacked.
fn all_of(package: &Package) -> String {
    let mut all = ron_text::write(&package.manifest).expect("RON");
    for (name, bytes) in &package.files {
        all.push_str(name);
        all.push_str(&String::from_utf8_lossy(bytes));
        if bytes.starts_with(b"%PDF") {
            all.push_str(&said(bytes));
        }
    }
    all
}

#[test]
fn what_is_not_for_the_company_is_nowhere_in_the_package() {
    let mut case = example("t-06");
    case.consents.clear();
    case.set_aside.push(SetAside {
        problem: "x".to_owned(),
        note: "家族にはまだ話していないそうです".to_owned(),
        on: today(),
    });
    let mut desk = Desk::new(&case);
    // A record of what was talked about, for the coordinator alone.
    let mut record = desk.library.forms[&case.documents[PLAN].form].clone();
    "consultation_record".clone_into(&mut record.key);
    record.audience = vec![Party::Coordinator];
    desk.library.forms.insert(record.key.clone(), record.clone());
    let at = desk.file.case.add_document(record.key);
    desk.file.case.documents[at].values = desk.file.case.documents[PLAN].values.clone();
    let sentence = "本人は夜眠れないと話していた";
    desk.file.case.documents[at].values.insert("note".to_owned(), Value::Text(sentence.to_owned()));
    desk.act(&Act::Consent { consent: consent(&[Party::Company], false), scan: None });
    let Failure::Withheld { papers } = desk.refused(&desk.share(&[CONSULTATION, at], Party::Company)) else {
        panic!("a record of the hospital does not go")
    };
    assert!(matches!(&papers[..], [Withheld::Denied { denial: Denial::Internal, .. }]));
    desk.act(&desk.share(&[CONSULTATION, PLAN], Party::Company));
    let all = all_of(&opened(&desk.path("p.age")));
    assert!(all.contains("八重樫"));
    for secret in [
        "白血病",
        "急性骨髄性",
        "骨髄",
        "leukemia",
        "0051846",
        sentence,
        "上司には話さない",
        "家族にはまだ",
        "consultation_record",
        "田中",
    ] {
        assert!(!all.contains(secret), "{secret}");
    }
}

#[test]
fn without_a_consent_nothing_goes_and_after_its_withdrawal_nothing_more() {
    let mut desk = Desk::new(&example("c1"));
    let denied = |failure: Failure| match failure {
        Failure::Withheld { papers } => match papers.into_iter().next() {
            Some(Withheld::Denied { denial, .. }) => denial,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let act = desk.share(&[CONSULTATION], Party::Company);
    assert_eq!(denied(desk.refused(&act)), Denial::NoConsent { ended: None });
    // To the patient it may always go.
    desk.act(&Act::Share {
        documents: vec![CONSULTATION],
        to: to(Party::Patient),
        decisions: Vec::new(),
        passphrase: key(),
        path: desk.path("patient.age"),
        fillable: false,
    });
    desk.act(&Act::Consent { consent: consent(&[Party::Company], false), scan: None });
    desk.act(&act);
    desk.act(&Act::Withdraw { consent: 1, on: today(), why: String::new() });
    fs::remove_file(desk.path("p.age")).expect("there");
    assert_eq!(denied(desk.refused(&act)), Denial::Withdrawn { on: today() });
    let events: Vec<Event> = log::read(&desk.file.path).expect("a log").into_iter().map(|entry| entry.event).collect();
    assert!(events.iter().any(|event| matches!(event, Event::Shared { to, .. } if to.party == Party::Company)));
    desk.is_proved();
}

#[test]
fn a_weak_passphrase_and_a_name_that_is_taken_are_refused() {
    let mut desk = Desk::consented();
    fs::write(desk.path("taken.age"), b"mine").expect("written");
    for (typed, trouble) in [("", PassphraseTrouble::Empty), ("12345678", PassphraseTrouble::Weak)] {
        let mut act = desk.share(&[CONSULTATION], Party::Company);
        if let Act::Share { passphrase, .. } = &mut act {
            *passphrase = passphrase::prepared(typed);
        }
        assert_eq!(desk.refused(&act), Failure::Passphrase { path: None, trouble });
    }
    let mut act = desk.share(&[CONSULTATION], Party::Company);
    if let Act::Share { path, .. } = &mut act {
        *path = desk.path("taken.age");
    }
    assert_eq!(desk.refused(&act), Failure::Exists { path: desk.path("taken.age") });
    let none = desk.share(&[], Party::Company);
    assert!(matches!(desk.refused(&none), Failure::Withheld { .. }));
}

#[test]
fn whatever_breaks_off_leaves_no_record_without_its_file_and_tells_of_a_file_without_its_record() {
    for step in 0..60 {
        let mut desk = Desk::consented();
        let act = desk.share(&[CONSULTATION], Party::Company);
        let before = desk.file.case.clone();
        let acted = desk.try_on(&full_once(step), &act);
        let is_there = desk.path("p.age").exists();
        match &acted {
            Ok(acted) => {
                assert!(is_there);
                assert!(matches!(acted.record, Record::Share { .. }));
                assert_ne!(desk.file.case, before);
                if acted.notes.iter().all(|note| !note.is_failure()) {
                    return;
                }
            }
            Err(Refusal::Failure(failure)) => {
                assert_eq!(desk.file.case, before, "{step}");
                assert_eq!(is_there, matches!(failure, Failure::Unrecorded { .. }), "{step}: {failure:?}");
            }
            other => panic!("{other:?}"),
        }
        assert!(files(desk.folder.path()).keys().all(|path| !path.to_string_lossy().contains(".tmp-")));
    }
    panic!("it was never done");
}

/// A case with everything in it that is kept: copies, a scan, a consent.
fn whole() -> Desk {
    let mut desk = Desk::consented();
    let scan = desk.path("0046127_同意書.png");
    fs::write(&scan, PNG).expect("written");
    let whole = consent(&[Party::OutsideCoordinator], true);
    desk.act(&Act::Consent { consent: whole, scan: Some(scan.clone()) });
    desk.act(&desk.share(&[CONSULTATION, PLAN], Party::Company));
    let line = desk.library.forms[&desk.file.case.documents[PLAN].form].signature_lines().next().expect("a line").1;
    desk.act(&Act::Sign {
        document: PLAN,
        revision: None,
        line: line.key.clone(),
        signed_on: today(),
        name: "一ノ瀬".to_owned(),
        how: SigningWay::Handwritten,
        scan: Some(scan),
    });
    desk
}

#[test]
fn a_case_that_is_handed_over_arrives_whole_but_for_the_chart_number() {
    let mut desk = whole();
    let before = desk.file.case.clone();
    let acted = desk.act(&desk.hand_over(Party::OutsideCoordinator));
    let Record::HandOver(hand_over) = &acted.record else { panic!("{acted:?}") };
    assert_eq!(hand_over.consent, Some(2));
    assert_eq!(desk.file.case.closing().map(|closing| closing.outcome), Some(Outcome::HandedOver));
    desk.is_proved();
    let package = opened(&desk.path("h.age"));
    assert!(!all_of(&package).contains("0046127"));
    let other = tempfile::tempdir().expect("a folder");
    let place = other.path().join("taken.ron");
    let taken = desk.office(&Disk).take_over(&package, &place).expect("taken over");
    // The case goes on there, with all that was recorded before.
    let mut expected = before;
    expected.people.remove("patient.chart_number");
    assert_eq!(taken.case, expected);
    assert!(taken.case.closing().is_none());
    assert_eq!(kept::troubles(&Disk, &place, &taken.case), []);
    assert_eq!(log::troubles(&taken), []);
    let (theirs, ours) = (log::read(&place).expect("a log"), log::read(&desk.file.path).expect("a log"));
    assert_eq!(theirs[..theirs.len() - 1], ours[..ours.len() - 1]);
    assert!(matches!(&theirs.last().expect("one").event, Event::Received { from, .. } if from == "星見市民病院"));
    for file in expected.kept_files() {
        let there = kept::read(&Disk, &place, file).expect("kept");
        assert_eq!(there, kept::read(&Disk, &desk.file.path, file).expect("kept"));
    }
    // Once more, or over anything, it is not written.
    let before = files(other.path());
    assert!(matches!(desk.office(&Disk).take_over(&package, &place), Err(Failure::Exists { .. })));
    fs::remove_file(&place).expect("there");
    assert!(matches!(desk.office(&Disk).take_over(&package, &place), Err(Failure::Exists { .. })));
    fs::write(&place, &before[&place]).expect("written");
    assert_eq!(files(other.path()), before);
    // And what was taken over can be worked with.
    let mut file = CaseFile::read(&place).expect("a case");
    let act = Act::Withdraw { consent: 1, on: today(), why: String::new() };
    desk.office(&Disk).act(&mut file, &act).expect("done");
    assert_eq!(log::troubles(&file), []);
}

#[test]
fn the_chart_number_stands_in_no_name_and_is_told_of_where_somebody_wrote_it() {
    let mut desk = Desk::new(&example("c1"));
    desk.act(&Act::Consent {
        consent: Consent { note: "患者番号0046127の方".to_owned(), ..consent(&[Party::Company], false) },
        scan: None,
    });
    desk.act(&desk.share(&[CONSULTATION], Party::Company));
    // A name as another program may have given it.
    let kept = desk.file.case.kept_files().next().expect("a copy").clone();
    let name = format!("0046127_{}", kept.name);
    fs::rename(kept::path(&desk.file.path, &kept), kept::folder(&desk.file.path).join(&name)).expect("renamed");
    let renamed = ryoritsu::model::revision::KeptFile { name, ..kept.clone() };
    desk.file.case.rename_kept(&[(kept, renamed)]);
    let acted = desk.act(&desk.hand_over(Party::Coordinator));
    assert!(acted.notes.contains(&Note::ChartNumberStands));
    let package = opened(&desk.path("h.age"));
    assert!(package.files.keys().all(|name| !name.contains("0046127")));
    let other = tempfile::tempdir().expect("a folder");
    let taken = desk.office(&Disk).take_over(&package, &other.path().join("a.ron")).expect("taken over");
    assert_eq!(kept::troubles(&Disk, &taken.path, &taken.case), []);
    assert_eq!(log::troubles(&taken), []);
}

#[test]
fn a_whole_case_goes_outside_only_under_a_consent_for_all_of_it() {
    let denied = |desk: &mut Desk, party| match desk.refused(&desk.hand_over(party)) {
        Failure::Denied { denial } => denial,
        other => panic!("{other:?}"),
    };
    let outside = Party::OutsideCoordinator;
    let mut desk = Desk::new(&example("c1"));
    assert_eq!(denied(&mut desk, outside), Denial::NotWhole);
    assert_eq!(denied(&mut desk, Party::Company), Denial::NoCoordinator);
    for other in [Party::Patient, Party::Physician, Party::OccupationalPhysician] {
        assert_eq!(denied(&mut desk, other), Denial::NoCoordinator);
    }
    let some = Consent { forms: Some(vec![desk.file.case.documents[PLAN].form.clone()]), ..consent(&[outside], true) };
    desk.act(&Act::Consent { consent: some, scan: None });
    assert_eq!(denied(&mut desk, outside), Denial::NotWhole);
    desk.act(&Act::Consent { consent: consent(&[outside], false), scan: None });
    assert_eq!(denied(&mut desk, outside), Denial::NotWhole);
    desk.act(&Act::Consent { consent: consent(&[outside], true), scan: None });
    // The narrower one still holds.
    assert_eq!(denied(&mut desk, outside), Denial::NotWhole);
    desk.act(&Act::Withdraw { consent: 2, on: today(), why: String::new() });
    desk.act(&desk.hand_over(outside));
    // It is closed now.
    fs::remove_file(desk.path("h.age")).expect("there");
    assert!(matches!(desk.refused(&desk.hand_over(outside)), Failure::Record { .. }));
    // Within the hospital it needs none.
    let mut desk = Desk::new(&example("c1"));
    assert!(desk.act(&desk.hand_over(Party::Coordinator)).notes.contains(&Note::WithinHospital));
}

#[test]
fn a_full_disk_while_taking_over_leaves_nothing_behind() {
    let mut desk = whole();
    desk.act(&desk.hand_over(Party::OutsideCoordinator));
    let package = opened(&desk.path("h.age"));
    let mut refused = 0;
    for step in 0.. {
        let other = tempfile::tempdir().expect("a folder");
        let place = other.path().join("new/folder/taken.ron");
        // The disk is full once, and then files can still be removed.
        let full = full_once(step);
        if let Ok(taken) = desk.office(&full).take_over(&package, &place) {
            assert_eq!(log::troubles(&taken), []);
            break;
        }
        refused += 1;
        assert_eq!(files(other.path()), BTreeMap::new(), "step {step}");
        assert_eq!(fs::read_dir(other.path()).expect("there").count(), 0, "step {step}");
    }
    assert!(refused > 10, "{refused}");
}

#[test]
fn a_full_disk_while_unpacking_leaves_nothing_behind() {
    let mut desk = Desk::consented();
    desk.act(&desk.share(&[CONSULTATION, PLAN], Party::Company));
    let package = opened(&desk.path("p.age"));
    for step in 0.. {
        let other = tempfile::tempdir().expect("a folder");
        let folder = other.path().join("out");
        match desk.office(&full_once(step)).unpack(&package, &folder) {
            Ok(written) => {
                assert_eq!(written.len(), 2);
                let before = files(other.path());
                assert!(matches!(desk.office(&Disk).unpack(&package, &folder), Err(Failure::Exists { .. })));
                assert_eq!(files(other.path()), before);
                return;
            }
            Err(_) => assert_eq!(fs::read_dir(other.path()).expect("there").count(), 0, "step {step}"),
        }
    }
}

/// A disk that is full at one action, and whenever something is written after that.
fn full_once(step: u32) -> impl Medium {
    use common::disk::{Action, FaultyDisk};
    let left = std::cell::Cell::new(step);
    let is_full = std::cell::Cell::new(false);
    let allows = move |action| {
        if action == Action::Remove {
            return Ok(());
        }
        is_full.set(is_full.get() || left.get() == 0);
        left.set(left.get().saturating_sub(1));
        if is_full.get() { Err(std::io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    };
    FaultyDisk { allows, leaves_half: true }
}

#[test]
fn what_does_not_fit_itself_is_not_read() {
    let mut desk = whole();
    desk.act(&desk.hand_over(Party::OutsideCoordinator));
    let package = opened(&desk.path("p.age"));
    let altered = |change: &dyn Fn(&mut Package)| {
        let mut package = package.clone();
        change(&mut package);
        received::read(&package).map(drop)
    };
    let text = |package: &Package, name: &str| String::from_utf8(package.files[name].clone()).expect("text");
    let with = |name: &str, from: &str, to: &str| {
        altered(&|package| {
            let old = text(package, name);
            assert!(old.contains(from), "{from}");
            package.files.insert(name.to_owned(), old.replacen(from, to, 1).into_bytes());
        })
    };
    assert_eq!(altered(&|_| {}), Ok(()));
    let wrong = Err(PackageTrouble::NoPackage);
    assert_eq!(altered(&|package| package.manifest.case.push('0')), wrong);
    assert_eq!(altered(&|package| package.manifest.number.push('0')), wrong);
    assert_eq!(altered(&|package| package.manifest.papers[0].document = 99), wrong);
    assert_eq!(altered(&|package| package.manifest.papers[0].revision = 0), wrong);
    assert_eq!(altered(&|package| drop(package.manifest.papers.pop())), wrong);
    assert_eq!(altered(&|package| package.manifest.papers.push(package.manifest.papers[0].clone())), wrong);
    assert_eq!(
        altered(&|package| package.manifest.sort = PackageSort::Reply),
        Err(PackageTrouble::OtherSort { found: PackageSort::Reply })
    );
    assert!(matches!(altered(&|package| drop(package.files.remove("case.ron"))), Err(PackageTrouble::Missing { .. })));
    assert!(
        matches!(with("case.ron", "people:", "peopel:"), Err(PackageTrouble::Text { name, .. }) if name == "case.ron")
    );
    assert_eq!(with("case.ron", "format: 3", "format: 99"), Err(PackageTrouble::Newer));
    let form = package.files.keys().find(|name| name.starts_with("form_")).expect("a form").clone();
    assert!(matches!(with(&form, "step: ", "stop: "), Err(PackageTrouble::Text { name, .. }) if name == form));
    assert!(matches!(with(&form, "key: \"", "key: \"x"), Err(PackageTrouble::Wrong { .. })));
    assert_eq!(with(&form, "format: 1", "format: 99"), Err(PackageTrouble::Newer));
    assert!(
        matches!(with("people.ron", "fields:", "felds:"), Err(PackageTrouble::Text { name, .. }) if name == "people.ron")
    );
    for (name, bytes) in [
        ("case.ron", "Case(people: [".repeat(50_000)),
        ("people.ron", format!("People(format: 1, fields: {}", "[".repeat(100_000))),
    ] {
        let deep = altered(&|package| drop(package.files.insert(name.to_owned(), bytes.clone().into_bytes())));
        assert!(matches!(deep, Err(PackageTrouble::Text { .. })), "{deep:?}");
    }
    assert_eq!(altered(&|package| drop(package.files.insert("case.ron".to_owned(), vec![0xFF; 9]))), wrong);
    // Texts that no paper and no template fills.
    for (name, size) in [("case.ron", 2_000_001), ("people.ron", 1_000_001), ("form_x.ron", 1_000_001)] {
        let large = altered(&|package| drop(package.files.insert(name.to_owned(), vec![b' '; size])));
        assert_eq!(large, Err(PackageTrouble::TooLarge), "{name}");
    }
    // A case that was handed over: a kept file that is another one, or by a name that leads elsewhere.
    let whole = opened(&desk.path("h.age"));
    let taken = |change: &dyn Fn(&mut Package)| {
        let mut package = whole.clone();
        change(&mut package);
        let other = tempfile::tempdir().expect("a folder");
        let taken = desk.office(&Disk).take_over(&package, &other.path().join("a.ron"));
        assert_eq!(files(other.path()), BTreeMap::new());
        match taken {
            Err(Failure::Package { trouble, .. }) => trouble,
            other => panic!("{other:?}"),
        }
    };
    let kept = whole.files.keys().find(|name| name.starts_with("kept_")).expect("one").clone();
    let found = taken(&|package| package.files.get_mut(&kept).expect("there").push(0));
    assert!(matches!(found, PackageTrouble::Differs { .. }), "{found:?}");
    let found = taken(&|package| drop(package.files.remove(&kept)));
    assert!(matches!(found, PackageTrouble::Missing { .. }), "{found:?}");
    let found = taken(&|package| {
        let (name, evil) = (kept.strip_prefix("kept_").expect("so named"), "../evil.pdf");
        let case = text(package, "case.ron").replace(&format!("\"{name}\""), &format!("\"{evil}\""));
        package.files.insert("case.ron".to_owned(), case.into_bytes());
        let bytes = package.files[&kept].clone();
        package.files.insert(format!("kept_{evil}"), bytes);
    });
    assert_eq!(found, PackageTrouble::BadName);
    let found = taken(&|package| package.manifest.sort = PackageSort::Share);
    assert_eq!(found, PackageTrouble::OtherSort { found: PackageSort::Share });
}

#[test]
fn the_forms_of_a_package_say_what_those_of_the_hospital_say() {
    let library = library();
    for form in library.forms.values() {
        let text = ron_text::write(form).expect("RON");
        let read = ryoritsu::store::template_file::parse(Path::new("f"), &text, &library.people, &library.topics);
        let (read, troubles) = read.expect("it can be read");
        assert_eq!((&read, troubles), (form, Vec::new()), "{}", form.key);
    }
}
