//! What happened to papers stays recorded, whatever is undone, restored, saved over or taken over.

mod common;

use std::collections::BTreeMap;
use std::path::PathBuf;

use common::{example, library, text, today};
use ryoritsu::model::case::Case;
use ryoritsu::model::check::Place;
use ryoritsu::model::closing::{Closing, Outcome};
use ryoritsu::model::form::Party;
use ryoritsu::model::record::Record;
use ryoritsu::model::revision::{Correction, Handout, KeptFile, Purpose, Recipient, Revision, Signature, SigningWay};
use ryoritsu::paperwork::{Now, Office};
use ryoritsu::session::{Access, OpenCase};
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::case_file::{self, CaseFile};
use ryoritsu::store::draft;
use tempfile::TempDir;

const OPINION: &str = "physician_opinion";
const PLAN: &str = "return_to_work_plan";

/// A case in a file.
fn saved(case: &Case) -> (TempDir, CaseFile) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("case.ron");
    case_file::create(&Disk, &path, case).expect("created");
    let file = CaseFile::read(&path).expect("a case");
    (folder, file)
}

fn handed_out(case: &Case, at: usize) -> Record {
    let library = library();
    let document = &case.documents[at];
    let mut revision = match document.latest() {
        Some(latest) => latest.clone(),
        None => Revision::of(case, document, &library.forms[&document.form], Vec::new(), today()),
    };
    let to = Recipient { party: Party::Patient, name: String::new() };
    let purpose = Purpose::ForSignature;
    revision.handouts =
        vec![Handout { on: today(), to, purpose, marks: Vec::new(), consent: None, package: None, told: Vec::new() }];
    Record::HandOut { document: document.id, revision: Box::new(revision) }
}

fn signed(document: u32) -> Record {
    let signature = Signature {
        line: "patient".to_owned(),
        signed_on: today(),
        name: String::new(),
        how: SigningWay::Handwritten,
        scan: None,
        recorded_on: today(),
        corrected: None,
    };
    Record::Sign { document, revision: 1, signature }
}

fn corrected(document: u32) -> Record {
    let correction = Correction { on: today(), why: "行を間違えた".to_owned() };
    Record::CorrectSignature { document, revision: 1, line: "patient".to_owned(), correction }
}

fn symptoms(at: usize) -> Place {
    Place { document: Some(at), field: "current_symptoms".to_owned(), cell: None }
}

fn document(case: &Case, id: u32) -> &ryoritsu::model::case::Document {
    case.documents.iter().find(|document| document.id == id).expect("it is there")
}

fn undo_all(open: &mut OpenCase) {
    while open.undo().is_some() {}
}

#[test]
fn a_document_begun_after_another_was_removed_is_another_one() {
    for form in [OPINION, PLAN] {
        let (_folder, file) = saved(&example("c1"));
        let mut open = OpenCase::from_file(file, Access::Full, None);
        let at = open.add_document(PLAN.to_owned(), 1.0);
        let removed = open.case().documents[at].id;
        assert_eq!(open.remove_document(at, 2.0), Ok(()));
        let at = open.add_document(form.to_owned(), 3.0);
        let begun = open.case().documents[at].id;
        assert_ne!(begun, removed, "both can be there once more");
        let record = handed_out(open.case(), at);
        open.record(&record).expect("recorded");
        undo_all(&mut open);
        assert_eq!(document(open.case(), begun).revisions.len(), 1);
        open.redo();
        assert!(document(open.case(), removed).revisions.is_empty());
        assert_eq!(document(open.case(), begun).revisions.len(), 1);
    }
}

#[test]
fn a_paper_finds_its_place_where_another_document_has_its_identity() {
    let begun = example("c1");
    let mut other = begun.clone();
    let at = other.add_document(OPINION.to_owned());
    let record = handed_out(&other, at);
    other.enter(&record).expect("recorded");
    let id = other.documents[at].id;
    let mut mine = begun;
    let at = mine.add_document(PLAN.to_owned());
    mine.documents[at].values.insert("note".to_owned(), text("まだ渡していない"));
    let plan = mine.documents[at].values.clone();
    mine.take_records(&other);
    assert_eq!((document(&mine, id).form.as_str(), document(&mine, id).revisions.len()), (OPINION, 1));
    assert_eq!(mine.documents[at].values, plan);
    let mut ids: Vec<u32> = mine.documents.iter().map(|one| one.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), mine.documents.len());
    let once = mine.clone();
    mine.take_records(&other);
    assert_eq!(mine, once);
}

#[test]
fn what_is_recorded_twice_in_the_same_words_stays_twice() {
    let (_folder, file) = saved(&example("c1"));
    let mut open = OpenCase::from_file(file, Access::Full, None);
    open.set(&symptoms(0), Some(text("前より良い")), 1.0);
    let first = handed_out(open.case(), 0);
    open.record(&first).expect("recorded");
    let again = handed_out(open.case(), 0);
    for record in [again, signed(1), corrected(1), signed(1), corrected(1), signed(1)] {
        open.record(&record).expect("recorded");
    }
    let told = open.case().documents[0].revisions.clone();
    assert_eq!((told[0].handouts.len(), told[0].signatures.len()), (2, 3));
    undo_all(&mut open);
    assert_eq!(open.case().documents[0].revisions, told);
}

#[test]
fn saving_over_what_somebody_else_saved_keeps_what_they_recorded() {
    let (_folder, file) = saved(&example("c1"));
    let mut open = OpenCase::from_file(file.clone(), Access::Full, None);
    open.set(&symptoms(0), Some(text("前より良い")), 1.0);
    let mut theirs = file;
    let closing = Closing { on: today(), outcome: Outcome::Returned, note: String::new(), reopened: None };
    for record in [handed_out(&theirs.case, 0), signed(1), Record::Close(closing)] {
        theirs.case.enter(&record).expect("recorded");
    }
    theirs.save(&Disk).expect("saved");
    let mut mine = open.to_save();
    let moment = "2026-11-22T10:00:00+09:00".to_owned();
    let now = Now { today: today(), moment, user: "田中".to_owned() };
    Office { library: &library(), medium: &Disk, now }.save_over(&mut mine).expect("saved");
    let read = CaseFile::read(&mine.path).expect("a case").case;
    assert_eq!(read.value(&read.documents[0], "current_symptoms"), Some(&text("前より良い")));
    assert_eq!(read.documents[0].revisions, theirs.case.documents[0].revisions);
    assert_eq!(read.closings, theirs.case.closings);
    open.saved(mine, None);
    assert!(!open.is_changed());
    assert_eq!(*open.case(), read, "the next save does not lose it");
    undo_all(&mut open);
    assert_eq!(open.case().documents[0].revisions, theirs.case.documents[0].revisions);
}

#[test]
fn what_was_recorded_while_its_document_was_removed_comes_back_with_it() {
    let (_folder, file) = saved(&example("c1"));
    let mut open = OpenCase::from_file(file, Access::Full, None);
    let mut acting = open.to_save();
    open.remove_document(0, 1.0).expect("removed");
    acting.case.enter(&handed_out(&acting.case.clone(), 0)).expect("recorded");
    acting.save(&Disk).expect("saved");
    let before = open.revision();
    open.saved(acting, None);
    assert_eq!(document(open.case(), 1).revisions.len(), 1);
    assert_ne!(open.revision(), before, "what is shown is reckoned anew");
}

#[test]
fn one_paper_kept_under_two_names_keeps_both_where_it_is_copied() {
    let scan = |name: &str| KeptFile { name: name.to_owned(), sha256: "ab".repeat(32), size: 3 };
    let (_folder, mut file) = saved(&example("c1"));
    let record = handed_out(&file.case, 0);
    file.case.enter(&record).expect("recorded");
    for (line, name) in [("patient", "a.png"), ("physician", "b.png")] {
        let Record::Sign { document, revision, signature } = signed(1) else { panic!("a signature") };
        let signature = Signature { line: line.to_owned(), scan: Some(scan(name)), ..signature };
        file.case.enter(&Record::Sign { document, revision, signature }).expect("recorded");
    }
    let mut open = OpenCase::from_file(file.clone(), Access::Full, None);
    open.set(&symptoms(0), Some(text("前より良い")), 1.0);
    let mut copy = open.to_save();
    let renamed = ["a", "b"].map(|name| (scan(&format!("{name}.png")), scan(&format!("{name}-2.png"))));
    copy.case.rename_kept(&renamed);
    open.saved(copy.clone(), Some((Access::Full, None)));
    assert_eq!(*open.case(), copy.case);
    open.undo();
    assert_eq!(open.case().documents[0].revisions, copy.case.documents[0].revisions);
}

#[test]
fn the_papers_of_another_case_do_not_come_along_with_its_backup() {
    let mine = Case { id: "mine".to_owned(), ..example("c1") };
    let mut other = Case { id: "other".to_owned(), ..example("c7") };
    other.enter(&handed_out(&other.clone(), 0)).expect("recorded");
    let mut open = OpenCase::new(mine);
    let record = handed_out(open.case(), 1);
    open.record(&record).expect("recorded");
    let mine = open.case().clone();
    open.replace(other.clone(), BTreeMap::new(), 1.0);
    assert_eq!(open.case().people, other.people);
    let papers = |case: &Case| case.documents.iter().map(|one| one.revisions.len()).sum::<usize>();
    assert_eq!(papers(open.case()), 1, "that of this case");
    undo_all(&mut open);
    assert_eq!(*open.case(), mine);
}

#[test]
fn a_draft_of_the_first_format_comes_to_todays() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let draft = |case: &str| -> PathBuf {
        let path = folder.path().join("a.draft");
        let text = format!(
            "Draft(format: 1, saved_at: \"2026-11-22T10:15:00\", path: None, read: None, pending: [], case: {case})"
        );
        std::fs::write(&path, text).expect("written");
        path
    };
    let document = |form: &str| format!("Document(form: \"{form}\", values: {{}})");
    let case = |format: u32| {
        let documents = [document(OPINION), document(PLAN)].join(", ");
        format!("Case(format: {format}, number: \"R8-0001\", people: {{}}, documents: [{documents}])")
    };
    let read = draft::read(&draft(&case(1))).expect("a draft").case;
    assert_eq!(read.documents.iter().map(|one| one.id).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(read.format, case_file::parse(std::path::Path::new(""), &case(1)).expect("a case").0.format);
    let newer = draft::read(&draft(&case(99)));
    assert!(matches!(newer, Err(ryoritsu::model::failure::Failure::ReadOnlyFormat { .. })), "{newer:?}");
}
