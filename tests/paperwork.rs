//! The papers of a case from the first hand-out to the endorsed plan, and whatever goes wrong on
//! the way.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use common::disk::full_after;
use common::{PNG, example, library, text};
use ryoritsu::export::returned::{Returned, recognise};
use ryoritsu::export::{Exporter, Refusal};
use ryoritsu::model::case::Case;
use ryoritsu::model::check::Place;
use ryoritsu::model::closing::{Closing, Outcome};
use ryoritsu::model::compare::revision_differences;
use ryoritsu::model::consent::{Consent, ConsentWay, Denial};
use ryoritsu::model::disclosure::{Decision, Withheld};
use ryoritsu::model::failure::{Failure, FileTrouble, ScanTrouble};
use ryoritsu::model::form::Party;
use ryoritsu::model::note::Note;
use ryoritsu::model::process::{Action, LineMark, lines, standing};
use ryoritsu::model::record::Refused;
use ryoritsu::model::revision::{CopyMark, Edition, Paper, Purpose, Recipient, SigningWay, superseded};
use ryoritsu::model::value::Value;
use ryoritsu::model::value::Values;
use ryoritsu::paperwork::{Act, Acted, Now, Office, likely_signer};
use ryoritsu::session::{Access, OpenCase};
use ryoritsu::store::atomic::{Disk, Medium};
use ryoritsu::store::case_file::{CaseFile, Existing};
use ryoritsu::store::template_file::Library;
use ryoritsu::store::{kept, log, new_case};
use tempfile::TempDir;

/// The documents of a new case.
const OPINION: usize = 0;
const CONSULTATION: usize = 1;
const PLAN: usize = 2;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A case in a folder, and who deals with it.
struct Desk {
    folder: TempDir,
    library: Library,
    file: CaseFile,
    minute: u32,
}

impl Desk {
    fn new(case: &Case) -> Self {
        let (folder, file) = common::in_folder(case);
        Self { folder, library: library(), file, minute: 0 }
    }

    fn office<'a>(&'a self, medium: &'a dyn Medium) -> Office<'a> {
        let moment = format!("2026-11-22T10:{:02}:00+09:00", self.minute);
        Office {
            library: &self.library, medium, now: Now { today: common::today(), moment, user: "田中".to_owned() }
        }
    }

    fn try_on(&mut self, medium: &dyn Medium, act: &Act) -> Result<Acted, Refusal> {
        self.minute += 1;
        let mut file = self.file.clone();
        let acted = self.office(medium).act(&mut file, act);
        self.file = file;
        acted
    }

    fn act(&mut self, act: &Act) -> Acted {
        self.try_on(&Disk, act).expect("it is done")
    }

    fn refused(&mut self, act: &Act) -> Failure {
        let before = (self.file.case.clone(), self.files());
        let refusal = self.try_on(&Disk, act);
        assert_eq!((self.file.case.clone(), self.files()), before, "{act:?}");
        match refusal {
            Err(Refusal::Failure(failure)) => failure,
            other => panic!("{act:?}: {other:?}"),
        }
    }

    /// Every file of the folder, but for the log.
    fn files(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        for folder in ["", "case.files", "out"] {
            let listed = fs::read_dir(self.folder.path().join(folder)).into_iter().flatten();
            let paths = listed.map(|entry| entry.expect("readable").path()).filter(|path| path.is_file());
            found.extend(paths.map(|path| (path.clone(), fs::read(&path).expect("bytes"))));
        }
        found.sort();
        found
    }

    fn case(&self) -> &Case {
        &self.file.case
    }

    /// Nothing is missing, altered or unknown.
    fn is_proved(&self) {
        let read = CaseFile::read(&self.file.path).expect("a case");
        assert_eq!(read.case, self.file.case);
        assert_eq!(kept::troubles(&Disk, &read.path, &read.case), []);
        assert_eq!(log::troubles(&read), []);
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        path
    }
}

fn hand_out(document: usize, party: Party) -> Act {
    let to = Recipient { party, name: String::new() };
    Act::HandOut {
        document,
        to,
        purpose: Purpose::ForSignature,
        marks: Vec::new(),
        with_timeline: false,
        fillable: false,
        password: None,
        decisions: Vec::new(),
        folder: None,
    }
}

fn sign(document: usize, line: &str) -> Act {
    Act::Sign {
        document,
        revision: None,
        line: line.to_owned(),
        signed_on: day("2026-11-21"),
        name: String::new(),
        how: SigningWay::Handwritten,
        scan: None,
    }
}

fn with_scan(act: Act, path: &Path) -> Act {
    match act {
        Act::Sign { document, revision, line, signed_on, name, how, .. } => {
            Act::Sign { document, revision, line, signed_on, name, how, scan: Some(path.to_owned()) }
        }
        other => other,
    }
}

fn consent(to: &[Party], diagnosis: bool) -> Consent {
    Consent {
        number: 0,
        given_on: day("2026-11-01"),
        until: None,
        to: to.to_vec(),
        forms: None,
        diagnosis,
        how: ConsentWay::Written,
        scan: None,
        note: String::new(),
        withdrawn: None,
    }
}

fn given(to: &[Party], diagnosis: bool) -> Act {
    Act::Consent { consent: consent(to, diagnosis), scan: None }
}

/// What a step of the whole way is.
enum Doing {
    People,
    Fill(usize),
    Act(Act),
}

#[test]
fn from_a_new_case_to_the_endorsed_plan_the_step_the_turn_and_the_next_action_are_known() {
    use Doing::{Act as Done, Fill, People};
    use Party::{Company, Coordinator, OccupationalPhysician, Patient, Physician};
    let full = example("c1");
    let company = [Company, OccupationalPhysician];
    // What is done, and then: step, whose turn, what to do with how many (lines, or the revision).
    let table: Vec<(Doing, u8, Party, &str)> = vec![
        (People, 1, Physician, "fill"),
        (Fill(OPINION), 1, Coordinator, "hand out 1"),
        (Done(hand_out(OPINION, Patient)), 1, Patient, "sign 2"),
        (Done(sign(OPINION, "physician")), 1, Patient, "sign 1"),
        (Done(sign(OPINION, "patient")), 2, Company, "fill"),
        (Done(given(&company, true)), 2, Company, "fill"),
        (Fill(CONSULTATION), 2, Coordinator, "hand out 1"),
        (Done(hand_out(CONSULTATION, Company)), 2, Patient, "sign 2"),
        (Done(sign(CONSULTATION, "patient")), 2, Company, "sign 1"),
        (Done(sign(CONSULTATION, "company")), 3, Physician, "fill"),
        (Fill(PLAN), 3, Coordinator, "hand out 1"),
        (Done(hand_out(PLAN, Company)), 3, Patient, "sign 4"),
        // What is signed early counts, and the case stands at what is still awaited.
        (Done(sign(PLAN, "physician")), 3, Patient, "sign 4"),
        (Done(sign(PLAN, "patient")), 3, Company, "sign 3"),
        (Done(sign(PLAN, "company")), 3, Coordinator, "sign 2"),
        (Done(sign(PLAN, "coordinator")), 3, OccupationalPhysician, "sign 1"),
        (Done(sign(PLAN, "occupational_physician")), 5, Coordinator, "follow up"),
        (
            Done(Act::CorrectSignature {
                document: PLAN,
                revision: 1,
                line: "physician".to_owned(),
                why: "別の書類の署名だった".to_owned(),
            }),
            4,
            Physician,
            "sign 1",
        ),
        (Done(sign(PLAN, "physician")), 5, Coordinator, "follow up"),
        (
            Done(Act::Close {
                closing: Closing {
                    on: common::today(),
                    outcome: Outcome::Returned,
                    note: String::new(),
                    reopened: None,
                },
            }),
            5,
            Coordinator,
            "closed",
        ),
        (Done(Act::Reopen { why: "再発のため".to_owned() }), 5, Coordinator, "follow up"),
    ];
    let empty = new_case::empty(&library(), "R8-0001".to_owned()).expect("a case");
    let mut desk = Desk::new(&empty);
    for (at, (doing, step, turn, action)) in table.into_iter().enumerate() {
        match doing {
            People => desk.file.case.people.clone_from(&full.people),
            Fill(document) => desk.file.case.documents[document].values.clone_from(&full.documents[document].values),
            Done(act) => drop(desk.act(&act)),
        }
        let stands = standing(desk.case(), &desk.library.forms, common::today());
        let words = match stands.action {
            Action::Begin => "begin".to_owned(),
            Action::Fill { .. } => "fill".to_owned(),
            Action::HandOut { revision } => format!("hand out {revision}"),
            Action::Sign { captions } => format!("sign {}", captions.len()),
            Action::FollowUp => "follow up".to_owned(),
            Action::Closed { .. } => "closed".to_owned(),
        };
        assert_eq!((stands.step, stands.turn, words.as_str()), (step, turn, action), "line {at}");
    }
    desk.is_proved();
    let entries = log::read(&desk.file.path).expect("read");
    let changed = entries.iter().filter(|entry| matches!(entry.event, log::Event::Changed { .. })).count();
    assert_eq!((entries.len(), changed), (20, 3), "what was typed in between is logged with the next act");
}

#[test]
fn a_signed_form_that_is_changed_keeps_its_signature_on_the_older_revision() {
    let mut desk = Desk::new(&example("c1"));
    desk.act(&hand_out(OPINION, Party::Patient));
    desk.act(&sign(OPINION, "patient"));
    desk.act(&hand_out(PLAN, Party::Patient));
    let copy = desk.case().documents[OPINION].revisions[0].copies[0].file.clone();
    let handed_out = kept::read(&Disk, &desk.file.path, &copy).expect("kept");
    desk.file.case.documents[OPINION].values.insert("current_symptoms".to_owned(), text("少し変わった。"));
    let office = desk.office(&Disk);
    let mut file = desk.file.clone();
    assert_eq!(office.save(&mut file), Ok(Vec::new()));
    desk.file = file;
    let states = lines(desk.case(), &desk.library.forms, OPINION);
    assert_eq!(states[0].mark, LineMark::Outdated { revision: 1, on: day("2026-11-21") });
    assert_eq!(superseded(desk.case(), &desk.library.forms, PLAN), [(OPINION, 1)]);
    // The old revision comes out as it was, the new one is another.
    let out = desk.folder.path().join("out");
    fs::create_dir(&out).expect("made");
    let again = desk.office(&Disk).export_revision(&desk.file, OPINION, 1, &out, false).expect("written");
    assert_eq!(fs::read(&again[0]).expect("bytes"), handed_out);
    let acted = desk.act(&hand_out(OPINION, Party::Patient));
    assert!(acted.notes.is_empty(), "{:?}", acted.notes);
    let document = &desk.case().documents[OPINION];
    assert_eq!(document.revisions.len(), 2);
    assert_eq!(kept::read(&Disk, &desk.file.path, &copy), Ok(handed_out));
    assert!(kept::read(&Disk, &desk.file.path, &document.revisions[1].copies[0].file).is_ok());
    let differences = revision_differences(&document.revisions[0], &document.revisions[1]);
    assert_eq!(differences.iter().map(|one| one.place.field.as_str()).collect::<Vec<_>>(), ["current_symptoms"]);
    let notes = desk.act(&hand_out(PLAN, Party::Patient)).notes;
    assert_eq!(notes, [Note::RestsOnOlder { form: "主治医意見書".to_owned(), revision: 1 }]);
    desk.is_proved();
}

#[test]
fn handing_out_again_what_did_not_change_is_the_same_revision_and_the_same_bytes() {
    let mut desk = Desk::new(&example("c1"));
    let out = desk.folder.path().join("out");
    fs::create_dir(&out).expect("made");
    let marked = |purpose, marks: &[CopyMark]| Act::HandOut {
        document: OPINION,
        to: Recipient { party: Party::Patient, name: "佐久間　浩二".to_owned() },
        purpose,
        marks: marks.to_vec(),
        with_timeline: false,
        fillable: false,
        password: None,
        decisions: Vec::new(),
        folder: Some(out.clone()),
    };
    let first = desk.act(&marked(Purpose::ForSignature, &[CopyMark::Patient, CopyMark::Patient]));
    let names = |acted: &Acted| -> Vec<String> {
        let name = |path: &PathBuf| path.file_name().expect("a name").to_string_lossy().into_owned();
        acted.written.iter().map(name).collect()
    };
    assert_eq!(names(&first), ["R8-0001_主治医意見書_第1版.pdf", "R8-0001_主治医意見書_第1版_本人控.pdf"]);
    let before = desk.files();
    let second = desk.act(&marked(Purpose::ForGood, &[CopyMark::Patient]));
    assert_eq!(names(&second), ["R8-0001_主治医意見書_第1版_本人控.pdf"]);
    let pdfs = |files: Vec<(PathBuf, Vec<u8>)>| -> Vec<_> {
        files.into_iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "pdf")).collect()
    };
    assert_eq!(pdfs(desk.files()), pdfs(before));
    let revision = &desk.case().documents[OPINION].revisions[0];
    assert_eq!((revision.handouts.len(), revision.copies.len()), (2, 2));
    assert_eq!(desk.case().documents[OPINION].revisions.len(), 1);
    desk.is_proved();
}

#[test]
fn a_kept_copy_that_is_gone_is_made_anew_and_told() {
    let mut desk = Desk::new(&example("c1"));
    desk.act(&hand_out(OPINION, Party::Patient));
    let copy = desk.case().documents[OPINION].revisions[0].copies[0].file.clone();
    fs::remove_file(kept::path(&desk.file.path, &copy)).expect("removed");
    let notes = desk.act(&hand_out(OPINION, Party::Patient)).notes;
    assert!(matches!(notes.as_slice(), [Note::CopyMadeAnew(Failure::File { .. })]), "{notes:?}");
    desk.is_proved();
}

#[test]
fn a_kept_copy_that_was_altered_gives_way_to_the_one_made_anew() {
    let mut desk = Desk::new(&example("c1"));
    desk.act(&hand_out(OPINION, Party::Patient));
    let copy = desk.case().documents[OPINION].revisions[0].copies[0].file.clone();
    let path = kept::path(&desk.file.path, &copy);
    let bytes = fs::read(&path).expect("bytes");
    fs::write(&path, b"altered").expect("written");
    desk.act(&hand_out(OPINION, Party::Patient));
    let out = desk.folder.path().join("out");
    fs::create_dir(&out).expect("made");
    let written = desk.office(&Disk).export_revision(&desk.file, OPINION, 1, &out, false).expect("written");
    assert_eq!(written.iter().map(|path| fs::read(path).expect("bytes")).collect::<Vec<_>>(), [bytes]);
    assert_eq!(fs::read(&path).expect("bytes"), b"altered", "it stays to be seen");
}

#[test]
fn two_papers_of_one_form_go_into_one_folder() {
    let mut case = example("c1");
    let second = case.add_document("physician_opinion".to_owned());
    case.documents[second].values = case.documents[OPINION].values.clone();
    let mut desk = Desk::new(&case);
    let out = desk.folder.path().join("out");
    fs::create_dir(&out).expect("made");
    let mut names = Vec::new();
    for document in [OPINION, second] {
        let to = Recipient { party: Party::Patient, name: String::new() };
        let (purpose, folder) = (Purpose::ForSignature, Some(out.clone()));
        let written = desk
            .act(&Act::HandOut {
                document,
                to,
                purpose,
                marks: Vec::new(),
                with_timeline: false,
                fillable: false,
                password: None,
                decisions: Vec::new(),
                folder,
            })
            .written;
        let again = desk.office(&Disk).export_revision(&desk.file, document, 1, &out, false);
        assert_eq!(again.as_ref(), Ok(&written));
        names.extend(written.iter().map(|path| path.file_name().expect("a name").to_string_lossy().into_owned()));
    }
    assert_eq!(names, ["R8-0001_主治医意見書_第1版.pdf", "R8-0001_主治医意見書_2_第1版.pdf"]);
    desk.is_proved();
}

#[test]
fn what_may_not_go_to_somebody_is_refused_and_the_narrower_consent_wins() {
    let mut desk = Desk::new(&example("c1"));
    let withheld = |denial| {
        let title = "職場復帰支援プラン".to_owned();
        Failure::Withheld { papers: vec![Withheld::Denied { document: PLAN, title, denial }] }
    };
    let denied = |ended: Option<&str>| withheld(Denial::NoConsent { ended: ended.map(day) });
    assert_eq!(desk.refused(&hand_out(PLAN, Party::Company)), denied(None));
    desk.act(&given(&[Party::Company], true));
    desk.act(&hand_out(PLAN, Party::Company));
    assert_eq!(desk.case().documents[PLAN].revisions[0].handouts[0].consent, Some(1));
    assert_eq!(desk.refused(&hand_out(PLAN, Party::OccupationalPhysician)), denied(None));
    desk.act(&given(&[Party::Company], false));
    let full = desk.case().documents[PLAN].revisions[0].copies[0].clone();
    desk.act(&hand_out(PLAN, Party::Company));
    let revision = &desk.case().documents[PLAN].revisions[0];
    assert_eq!((revision.handouts.len(), revision.handouts[1].consent), (2, Some(2)));
    assert_eq!(revision.copies.len(), 2, "the narrower one has a copy of its own");
    assert_eq!(revision.copies[0], full);
    let left_out = revision.copies[1].left_out.as_ref().expect("something is left out");
    assert_eq!(left_out.fields, ["periods.treatment", "treatment_outline"]);
    assert_ne!(left_out.fingerprint, revision.fingerprint);
    let narrower = desk.refused(&hand_out(OPINION, Party::Company));
    assert!(
        matches!(&narrower, Failure::Withheld { papers } if matches!(&papers[..], [Withheld::Instead { form, .. }] if form == "return_opinion")),
        "{narrower:?}"
    );
    let withdrawn = |number| Act::Withdraw { consent: number, on: day("2026-11-20"), why: String::new() };
    desk.act(&withdrawn(2));
    desk.act(&hand_out(PLAN, Party::Company));
    desk.act(&withdrawn(1));
    let withdrawn = withheld(Denial::Withdrawn { on: day("2026-11-20") });
    assert_eq!(desk.refused(&hand_out(PLAN, Party::Company)), withdrawn);
    let mut ahead = given(&[Party::Company], true);
    if let Act::Consent { consent, .. } = &mut ahead {
        consent.given_on = day("2099-01-01");
    }
    assert_eq!(desk.refused(&ahead), Failure::Record { refused: Refused::InFuture });
    assert_eq!(desk.case().consents.len(), 2, "nothing is deleted");
    // The patient takes it along whatever was withdrawn.
    desk.act(&hand_out(PLAN, Party::Patient));
    desk.is_proved();
}

/// Hands a document out to the company, into the folder `out`.
fn to_company(desk: &Desk, document: usize, decisions: &[Decision]) -> Act {
    let out = desk.folder.path().join("out");
    fs::create_dir_all(&out).expect("made");
    Act::HandOut {
        document,
        to: Recipient { party: Party::Company, name: String::new() },
        purpose: Purpose::ForSignature,
        marks: vec![CopyMark::Company],
        with_timeline: false,
        decisions: decisions.to_vec(),
        fillable: false,
        password: None,
        folder: Some(out),
    }
}

#[test]
fn an_extract_lies_beside_the_whole_copy_and_is_known_when_it_comes_back() {
    let mut desk = Desk::new(&example("t-06"));
    let names = |acted: &Acted| -> Vec<String> {
        acted.written.iter().map(|path| path.file_name().expect("a name").to_string_lossy().into_owned()).collect()
    };
    let mut whole = to_company(&desk, PLAN, &[]);
    if let Act::HandOut { to, .. } = &mut whole {
        to.party = Party::Patient;
    }
    let whole = desk.act(&whole);
    assert_eq!(names(&whole), ["R8-0106_職場復帰支援プラン_第1版.pdf", "R8-0106_職場復帰支援プラン_第1版_会社控.pdf"]);
    let extract = desk.act(&to_company(&desk, PLAN, &[]));
    let expected = ["R8-0106_職場復帰支援プラン_第1版_抜粋.pdf", "R8-0106_職場復帰支援プラン_第1版_抜粋_会社控.pdf"];
    assert_eq!(names(&extract), expected);
    let revision = desk.case().documents[PLAN].latest().expect("handed out").clone();
    assert_eq!((revision.number, revision.copies.len(), revision.newest_copies().count()), (1, 4, 4));
    assert_eq!(
        revision.values,
        desk.case().documents[PLAN]
            .values
            .iter()
            .chain(&desk.case().people)
            .filter(|(key, _)| revision.values.contains_key(*key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    );
    // The very bytes again, and what a viewer saved anew.
    let again = desk.act(&to_company(&desk, PLAN, &[]));
    assert_eq!((again.written, &again.notes), (extract.written.clone(), &extract.notes));
    assert_eq!(desk.case().documents[PLAN].latest().expect("handed out").copies.len(), 4);
    let bytes = fs::read(&extract.written[0]).expect("bytes");
    assert_eq!(recognise(desk.case(), &bytes), Returned::Exact { document: PLAN, revision: 1 });
    let mut saved = Vec::new();
    lopdf::Document::load_mem(&bytes).expect("a PDF").save_to(&mut saved).expect("saved");
    let altered = Returned::Altered { document: PLAN, revision: 1, signatures: Vec::new() };
    assert_eq!(recognise(desk.case(), &saved), altered);
    let old = ryoritsu::export::old_version_copy(&bytes).expect("stamped");
    assert_eq!(recognise(desk.case(), &old), Returned::OldVersion { document: PLAN, revision: 1 });
    let out = desk.folder.path().join("again");
    fs::create_dir(&out).expect("made");
    let exported = desk.office(&Disk).export_revision(&desk.file, PLAN, 1, &out, false).expect("written");
    assert_eq!(exported.len(), 4);
    desk.is_proved();
}

#[test]
fn a_word_that_tells_the_diagnosis_waits_for_a_decision() {
    let mut case = example("t-06");
    case.number = "AML-6".to_owned();
    case.documents[CONSULTATION].values.insert("wishes".to_owned(), text("白血病のことは伏せたい。"));
    let mut desk = Desk::new(&case);
    let place = |field: &str| Place { document: Some(CONSULTATION), field: field.to_owned(), cell: None };
    let failure = desk.refused(&to_company(&desk, CONSULTATION, &[]));
    let Failure::Undecided { hits } = &failure else { panic!("{failure:?}") };
    assert_eq!(hits.iter().map(|hit| hit.word.as_str()).collect::<Vec<_>>(), ["AML", "白血病"]);
    let said = ryoritsu::messages::failure(&failure).sentences();
    assert!(said.contains("協議書の「復職に対する希望」に「白血病」") && !said.contains("wishes"), "{said}");
    let decide = |place, goes| Decision { place, goes };
    let both = [decide(place("wishes"), false), decide(Place::field("case.number"), false)];
    let acted = desk.act(&to_company(&desk, CONSULTATION, &both));
    let name = acted.written[0].file_name().expect("a name").to_string_lossy().into_owned();
    assert_eq!(name, "R0-0000_協議書_第1版_抜粋.pdf", "the number stands in no name");
    let copy = desk.case().documents[CONSULTATION].revisions[0].copies[0].clone();
    assert_eq!(copy.left_out.expect("something is left out").fields, ["case.number", "wishes"]);
    let told = [decide(place("wishes"), true), decide(Place::field("case.number"), true)];
    desk.act(&to_company(&desk, CONSULTATION, &told));
    let copies = &desk.case().documents[CONSULTATION].revisions[0].copies;
    assert!(copies[2].left_out.is_none() && copies[2].file != copies[0].file);
    desk.is_proved();
}

#[test]
fn what_is_wrong_in_a_field_is_told_in_its_place_in_the_case() {
    let mut case = example("t-06");
    case.documents[PLAN].values.insert("treatment_outline".to_owned(), text("見えない\u{202E}"));
    let mut desk = Desk::new(&case);
    let place = Place { document: Some(PLAN), field: "treatment_outline".to_owned(), cell: None };
    let act = to_company(&desk, PLAN, &[]);
    let refusal = desk.try_on(&Disk, &act);
    assert!(matches!(&refusal, Err(Refusal::Problems(problems)) if problems[0].place == place), "{refusal:?}");
    case.documents[PLAN].values.remove("treatment_outline");
    let Some(Value::Rows(rows)) = case.documents[PLAN].values.get_mut("periods") else { panic!("rows") };
    rows[0].insert("measures".to_owned(), text("外字\u{E000}"));
    let mut desk = Desk::new(&case);
    let refusal = desk.try_on(&Disk, &act);
    let Err(Refusal::Problems(problems)) = refusal else { panic!("{refusal:?}") };
    assert_eq!((problems[0].place.document, problems[0].place.field.as_str()), (Some(PLAN), "periods"));
}

#[test]
fn what_cannot_be_recorded_is_refused_and_nothing_is_written() {
    let mut desk = Desk::new(&example("c1"));
    let text = desk.write("note.txt", b"no picture");
    let png = desk.write("scan.png", PNG);
    let refused = |refused| Failure::Record { refused };
    assert_eq!(desk.refused(&sign(OPINION, "patient")), refused(Refused::NoRevision));
    assert_eq!(desk.refused(&sign(9, "patient")), refused(Refused::NoDocument));
    desk.act(&hand_out(OPINION, Party::Patient));
    let unknown = desk.refused(&sign(OPINION, "physicain"));
    assert!(matches!(&unknown, Failure::UnknownLine { known, .. } if known[0] == "physician"), "{unknown:?}");
    let scan = desk.refused(&with_scan(sign(OPINION, "patient"), &text));
    assert_eq!(scan, Failure::Scan { path: Some(text), trouble: ScanTrouble::NoPicture });
    let gone = desk.refused(&with_scan(sign(OPINION, "patient"), Path::new("/no/such/scan.pdf")));
    assert!(matches!(gone, Failure::File { trouble: FileTrouble::NotFound, .. }), "{gone:?}");
    desk.act(&with_scan(sign(OPINION, "patient"), &png));
    let scan = desk.case().documents[OPINION].revisions[0].signatures[0].scan.clone().expect("a scan");
    assert_eq!(scan.name, "1_主治医意見書_第1版_patient.png");
    let again = desk.refused(&sign(OPINION, "patient"));
    assert_eq!(again, refused(Refused::AlreadySigned { line: "patient".to_owned() }));
    let correct = |line: &str, why: &str| Act::CorrectSignature {
        document: OPINION,
        revision: 1,
        line: line.to_owned(),
        why: why.to_owned(),
    };
    assert_eq!(desk.refused(&correct("patient", " ")), refused(Refused::NoReason));
    let nobody = refused(Refused::NotSigned { line: "physician".to_owned() });
    assert_eq!(desk.refused(&correct("physician", "誤り")), nobody);
    let ends = Consent { until: Some(day("2026-10-01")), ..consent(&[Party::Company], true) };
    assert_eq!(desk.refused(&Act::Consent { consent: ends, scan: None }), refused(Refused::EndsBeforeBegin));
    assert_eq!(desk.refused(&given(&[], true)), refused(Refused::NothingConsented));
    assert_eq!(desk.refused(&Act::Reopen { why: "再発".to_owned() }), refused(Refused::NotClosed));
    desk.is_proved();
}

#[test]
fn a_paper_that_would_be_wrong_is_not_handed_out() {
    let mut case = example("c1");
    case.documents[OPINION].values.insert("current_symptoms".to_owned(), text("\u{E000}"));
    let mut desk = Desk::new(&case);
    let refusal = desk.try_on(&Disk, &hand_out(OPINION, Party::Patient));
    assert!(matches!(refusal, Err(Refusal::Problems(_))), "{refusal:?}");
    assert!(!desk.folder.path().join("case.files").exists());
    // What is only empty is told.
    let mut case = example("c1");
    case.documents[OPINION].values.remove("current_symptoms");
    let notes = Desk::new(&case).act(&hand_out(OPINION, Party::Patient)).notes;
    assert_eq!(notes, [Note::Needed { labels: vec!["現在の症状".to_owned()] }]);
}

#[test]
fn a_pdf_in_the_folder_that_is_not_ours_keeps_the_paper_back() {
    let mut desk = Desk::new(&example("c1"));
    let out = desk.folder.path().join("out");
    fs::create_dir(&out).expect("made");
    let foreign = out.join("R8-0001_主治医意見書_第1版.pdf");
    fs::write(&foreign, b"%PDF-1.7 signed").expect("written");
    let act = Act::HandOut {
        document: OPINION,
        to: Recipient { party: Party::Patient, name: String::new() },
        purpose: Purpose::ForSignature,
        marks: Vec::new(),
        with_timeline: false,
        fillable: false,
        password: None,
        decisions: Vec::new(),
        folder: Some(out.clone()),
    };
    assert_eq!(desk.refused(&act), Failure::ForeignPdf { path: foreign.clone() });
    fs::remove_file(&foreign).expect("removed");
    desk.act(&act);
    fs::remove_dir_all(&out).expect("removed");
    let gone = desk.refused(&act);
    assert_eq!(gone, Failure::File { path: out, trouble: FileTrouble::NotFound });
}

#[test]
fn the_likely_signer_is_named_by_the_case_and_one_name_on_two_lines_is_told() {
    let mut desk = Desk::new(&example("c1"));
    let form = desk.library.forms["physician_opinion"].clone();
    let name = likely_signer(desk.case(), &form, "patient");
    assert_eq!(Some(name.as_str()), desk.case().people["patient.name"].as_text());
    assert_eq!(likely_signer(desk.case(), &form, "nobody"), "");
    let named = |line: &str, name: &str| match sign(OPINION, line) {
        Act::Sign { document, revision, line, signed_on, how, scan, .. } => {
            Act::Sign { document, revision, line, signed_on, name: name.to_owned(), how, scan }
        }
        other => other,
    };
    desk.act(&hand_out(OPINION, Party::Patient));
    desk.act(&named("patient", "佐藤　花子"));
    let notes = desk.act(&named("physician", "佐藤花子")).notes;
    assert_eq!(notes, [Note::SameName { name: "佐藤花子".to_owned(), caption: "（本人署名）".to_owned() }]);
}

#[test]
fn a_scan_that_is_another_paper_is_recorded_and_told() {
    let mut desk = Desk::new(&example("c1"));
    let mut other = Desk::new(&example("c7"));
    let path = |acted: &Acted| acted.written[0].clone();
    let of_other_case = path(&other.act(&hand_out(OPINION, Party::Patient)));
    let first = path(&desk.act(&hand_out(OPINION, Party::Patient)));
    let plan = path(&desk.act(&hand_out(PLAN, Party::Patient)));
    desk.file.case.documents[OPINION].values.insert("current_symptoms".to_owned(), text("変わった。"));
    let second = path(&desk.act(&hand_out(OPINION, Party::Patient)));
    let draft = Exporter::new(&desk.library, common::today()).expect("fonts").pdf(desk.case(), OPINION, Edition::Draft);
    let draft = desk.write("draft.pdf", &draft.expect("made"));
    let mut bytes = fs::read(&second).expect("bytes");
    bytes.extend_from_slice(b"\n% noted\n");
    let noted = desk.write("noted.pdf", &bytes);
    let of = |form: &str, revision| Note::ScanOfOtherPaper { form: form.to_owned(), revision };
    let opinion = || "主治医意見書".to_owned();
    let table = [
        (of_other_case, vec![Note::ScanOfOtherCase]),
        (first, vec![of("主治医意見書", 1), Note::ScanUnsigned]),
        (plan, vec![of("職場復帰支援プラン", 1), Note::ScanUnsigned]),
        (second, vec![Note::ScanUnsigned]),
        (draft, vec![Note::ScanOfDraft { form: opinion() }]),
        (noted, vec![Note::ScanAltered]),
        (desk.write("scan.png", PNG), vec![]),
    ];
    for (scan, expected) in table {
        let acted = desk.act(&with_scan(sign(OPINION, "patient"), &scan));
        assert_eq!(acted.notes, expected, "{}", scan.display());
        let correct = Act::CorrectSignature {
            document: OPINION,
            revision: 2,
            line: "patient".to_owned(),
            why: "もう一度".to_owned(),
        };
        desk.act(&correct);
    }
    desk.is_proved();
}

#[test]
fn a_case_that_is_saved_has_a_log_from_its_beginning_and_a_copy_has_it_too() {
    let mut desk = Desk::new(&example("c1"));
    let (first, copy) = (desk.folder.path().join("first.ron"), desk.folder.path().join("copy.ron"));
    let mut file = CaseFile::unsaved(example("c1"));
    let office = desk.office(&Disk);
    assert_eq!(office.save_as(&mut file, &first, Existing::Keep), Ok(Vec::new()));
    desk.file = file;
    desk.act(&hand_out(OPINION, Party::Patient));
    let mut file = desk.file.clone();
    file.case.people.insert("patient.name".to_owned(), text("写し　花子"));
    let office = desk.office(&Disk);
    assert_eq!(office.save_as(&mut file, &copy, Existing::Keep), Ok(Vec::new()));
    desk.is_proved();
    fs::write(&copy, "of somebody else").expect("written");
    let office = desk.office(&Disk);
    assert_eq!(office.save_over(&mut file), Ok(Vec::new()));
    desk.file = file;
    desk.is_proved();
    let events: Vec<_> = log::read(&copy).expect("read").into_iter().map(|entry| entry.event).collect();
    assert!(matches!(events[..], [log::Event::Created, log::Event::HandedOut { .. }, ..]), "{events:?}");
    assert_eq!(events.len(), 5);
    assert_eq!(events[2], log::Event::Changed { fields: vec!["patient.name".to_owned()] });
    assert_eq!(events[3], log::Event::SavedAs { from: "first.ron".to_owned() });
}

/// An act, given a folder to write to and a scan.
type Make = fn(&Path, &Path) -> Act;

/// After a failure at any step, the case in its file names only files that are there, the case in
/// memory is the one in the file, and what was done can be done then.
#[test]
fn a_disk_that_fails_at_any_step_leaves_a_case_that_is_whole() {
    let scan = |desk: &Desk| desk.write("scan.png", PNG);
    let acts: [Make; 3] = [
        |out, _| Act::HandOut {
            document: OPINION,
            to: Recipient { party: Party::Patient, name: String::new() },
            purpose: Purpose::ForSignature,
            marks: vec![CopyMark::Patient],
            with_timeline: false,
            fillable: false,
            password: None,
            decisions: Vec::new(),
            folder: Some(out.to_owned()),
        },
        |_, scan| with_scan(sign(CONSULTATION, "patient"), scan),
        |_, scan| Act::Consent { consent: consent(&[Party::Company], true), scan: Some(scan.to_owned()) },
    ];
    let mut begun = Desk::new(&example("c1"));
    begun.act(&hand_out(CONSULTATION, Party::Patient));
    let bytes = fs::read_dir(begun.folder.path().join("case.files")).expect("a folder");
    let kept_files: Vec<_> = bytes.map(|entry| entry.expect("readable").path()).collect();
    for make in acts {
        for actions in 0.. {
            assert!(actions < 80, "it is never done");
            let mut desk = Desk::new(begun.case());
            fs::create_dir(desk.folder.path().join("case.files")).expect("made");
            for path in &kept_files {
                let to = desk.folder.path().join("case.files").join(path.file_name().expect("a name"));
                fs::copy(path, to).expect("copied");
            }
            let out = desk.folder.path().join("out");
            fs::create_dir(&out).expect("made");
            let act = make(&out, &scan(&desk));
            let before = desk.file.case.clone();
            let acted = desk.try_on(&full_after(actions, true), &act);
            let read = CaseFile::read(&desk.file.path).expect("whole");
            assert_eq!(read.case, desk.file.case, "after {actions}");
            assert_eq!(kept::troubles(&Disk, &read.path, &read.case), [], "after {actions}");
            match acted {
                Err(_) => {
                    assert_eq!(desk.file.case, before, "after {actions}");
                    desk.act(&act);
                    assert_eq!(kept::troubles(&Disk, &read.path, &desk.file.case), []);
                }
                Ok(acted) if acted.notes.is_empty() => break,
                Ok(acted) => assert!(acted.notes.iter().all(Note::is_failure), "{:?}", acted.notes),
            }
        }
    }
}

#[test]
fn what_happened_on_paper_survives_undo_restore_and_conflict() {
    let mut desk = Desk::new(&example("c1"));
    let untouched = Case { number: "R8-0009".to_owned(), ..desk.case().clone() };
    let mut open = OpenCase::from_file(desk.file.clone(), Access::Full, None);
    let at = open.add_document_from_last("physician_opinion".to_owned(), 1.0);
    assert_eq!(open.case().documents[at].values, open.case().documents[OPINION].values);
    open.set(
        &ryoritsu::model::check::Place { document: Some(at), field: "current_symptoms".to_owned(), cell: None },
        Some(text("二度目の意見")),
        5.0,
    );
    desk.file = open.to_save();
    let acted = desk.act(&hand_out(at, Party::Patient));
    open.record(&acted.record).expect("recorded");
    open.saved(desk.file.clone(), None);
    assert!(!open.is_changed());
    let acted = desk.act(&sign(at, "patient"));
    open.record(&acted.record).expect("recorded");
    open.saved(desk.file.clone(), None);
    assert_eq!(open.remove_document(at, 9.0), Err(Refused::HandedOut));
    let signed = |case: &Case| {
        let document = case.documents.iter().find(|document| document.id == 4).expect("it is there");
        document.revisions[0].signature("patient").is_some()
    };
    while open.undo().is_some() {
        assert!(signed(open.case()));
    }
    while open.redo().is_some() {
        assert!(signed(open.case()));
    }
    open.replace(untouched.clone(), std::collections::BTreeMap::new(), 20.0);
    assert!(signed(open.case()), "a backup from before knows nothing of it");
    assert_eq!(open.case().documents[OPINION], untouched.documents[OPINION]);
    let form = &desk.library.forms["physician_opinion"];
    open.undo();
    let document = &open.case().documents[at];
    assert!(matches!(Paper::of(open.case(), document, form), Paper::Current(_)));
    let again = open.record(&acted.record);
    assert!(matches!(again, Err(Refused::AlreadySigned { .. })), "{again:?}");
}

#[test]
fn a_document_without_revisions_is_compared_and_removed_as_before() {
    let mine = example("c1");
    let mut theirs = mine.clone();
    theirs.documents.swap(0, 2);
    assert_eq!(ryoritsu::model::compare::differences(&mine, &theirs), [], "their order tells nothing");
    theirs.documents[0].values = Values::new();
    let fields = ryoritsu::model::compare::differences(&mine, &theirs);
    assert!(fields.iter().all(|one| one.place.document == Some(PLAN)), "{fields:?}");
    let mut open = OpenCase::new(mine);
    assert_eq!(open.remove_document(OPINION, 1.0), Ok(()));
    assert_eq!(open.remove_document(9, 1.0), Err(Refused::NoDocument));
    assert_eq!(open.case().documents.len(), 2);
}
