//! Where a case stands, and what is worth a look in it: given values, the step, the turn, the
//! next action, the problems.

mod common;

use chrono::NaiveDate;
use common::{example, library, text, today};
use ryoritsu::model::case::Case;
use ryoritsu::model::check::{What, check};
use ryoritsu::model::closing::{Closing, Outcome};
use ryoritsu::model::consent::{Consent, ConsentWay, Denial, Permission, permission};
use ryoritsu::model::form::{Kind, Party};
use ryoritsu::model::process::{Action, LineMark, lines, standing};
use ryoritsu::model::record::{Record, Refused};
use ryoritsu::model::revision::{
    Correction, Handout, Paper, Purpose, Recipient, Revision, Signature, SigningWay, basis, superseded,
};
use ryoritsu::model::value::{Number, Value, Values};

/// C7 without some of its values, named as `document/field` or as shared data.
fn without(keys: &[&str]) -> Case {
    let mut case = example("c7");
    for key in keys {
        match key.split_once('/') {
            None => case.people.remove(*key),
            Some((form, field)) => {
                let at = case.documents_of(form).next().expect("a document of the example");
                case.documents[at].values.remove(field)
            }
        };
    }
    case
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn at(case: &Case, form: &str) -> usize {
    case.documents_of(form).last().expect("a document of it")
}

/// Hands a document out to the patient, to be signed.
fn hand_out(case: &mut Case, form: &str, on: &str) {
    let (at, forms) = (at(case, form), library().forms);
    let rests_on = basis(case, &forms, at);
    let mut revision = Revision::of(case, &case.documents[at], &forms[form], rests_on, day(on));
    if let Some(current) = Paper::of(case, &case.documents[at], &forms[form]).current() {
        revision.number = current.number;
    }
    let to = Recipient { party: Party::Patient, name: String::new() };
    let handout = Handout {
        on: day(on),
        to,
        purpose: Purpose::ForSignature,
        marks: Vec::new(),
        consent: None,
        package: None,
        told: Vec::new(),
    };
    revision.handouts.push(handout);
    let document = case.documents[at].id;
    case.enter(&Record::HandOut { document, revision: Box::new(revision) }).expect("it can be handed out");
}

fn signature(line: &str, on: &str) -> Signature {
    let (line, signed_on, recorded_on) = (line.to_owned(), day(on), day(on));
    Signature {
        line,
        signed_on,
        name: String::new(),
        how: SigningWay::Handwritten,
        scan: None,
        recorded_on,
        corrected: None,
    }
}

/// Signs a line of the newest revision.
fn sign(case: &mut Case, form: &str, line: &str, on: &str) {
    let document = &case.documents[at(case, form)];
    let (document, revision) = (document.id, document.latest().expect("handed out").number);
    case.enter(&Record::Sign { document, revision, signature: signature(line, on) }).expect("it can be signed");
}

/// What happens in a case, as a line of a table: `hand out`, `sign LINE`, `change`.
fn happen(case: &mut Case, events: &[(&str, &str, &str)]) {
    for (form, event, on) in events {
        match event.split_once(' ') {
            Some(("sign", line)) => sign(case, form, line, on),
            _ if *event == "hand out" => hand_out(case, form, on),
            _ if *event == "change" => {
                let at = at(case, form);
                let fields = library().forms[*form].fields.clone();
                let long = fields.iter().find(|field| field.kind == Kind::LongText).expect("a long text");
                case.documents[at].values.insert(long.key.clone(), text("書き直した"));
            }
            _ => panic!("{event}"),
        }
    }
}

const OPINION: &str = "physician_opinion";
const CONSULTATION: &str = "workplace_consultation";
const PLAN: &str = "return_to_work_plan";

/// The whole way of C7, whose company has an 産業医, step by step: what happens, and where the case
/// then stands.
#[test]
fn the_case_stands_at_the_first_step_that_lacks_something() {
    let sign = |captions: &[&str]| Action::Sign { captions: captions.iter().map(|one| (*one).to_owned()).collect() };
    let (patient, physician, company) = ("（本人署名）", "（主治医署名）", "（会社担当者名）");
    let (coordinator, occupational) = ("（コーディネーター）", "（産業医署名）");
    let way = [
        ((OPINION, "hand out", "2026-11-02"), 1, Party::Patient, sign(&[patient, physician]), "2026-11-02"),
        ((OPINION, "sign physician", "2026-11-04"), 1, Party::Patient, sign(&[patient]), "2026-11-04"),
        ((OPINION, "sign patient", "2026-11-05"), 2, Party::Coordinator, Action::HandOut { revision: 1 }, "2026-11-05"),
        ((CONSULTATION, "hand out", "2026-11-06"), 2, Party::Patient, sign(&[patient, company]), "2026-11-06"),
        ((CONSULTATION, "sign patient", "2026-11-07"), 2, Party::Company, sign(&[company]), "2026-11-07"),
        (
            (CONSULTATION, "sign company", "2026-11-09"),
            3,
            Party::Coordinator,
            Action::HandOut { revision: 1 },
            "2026-11-09",
        ),
        (
            (PLAN, "hand out", "2026-11-10"),
            3,
            Party::Patient,
            sign(&[patient, company, coordinator, occupational]),
            "2026-11-10",
        ),
        // Early counts: the physician endorses before the others have signed.
        (
            (PLAN, "sign physician", "2026-11-11"),
            3,
            Party::Patient,
            sign(&[patient, company, coordinator, occupational]),
            "2026-11-11",
        ),
        (
            (PLAN, "sign patient", "2026-11-12"),
            3,
            Party::Company,
            sign(&[company, coordinator, occupational]),
            "2026-11-12",
        ),
        ((PLAN, "sign coordinator", "2026-11-12"), 3, Party::Company, sign(&[company, occupational]), "2026-11-12"),
        ((PLAN, "sign company", "2026-11-13"), 3, Party::OccupationalPhysician, sign(&[occupational]), "2026-11-13"),
        ((PLAN, "sign occupational_physician", "2026-11-14"), 5, Party::Coordinator, Action::FollowUp, "2026-11-14"),
        // What was signed and then changed has to be handed out anew, also where later steps are done.
        ((OPINION, "change", ""), 1, Party::Coordinator, Action::HandOut { revision: 2 }, "2026-11-14"),
        ((OPINION, "hand out", "2026-11-20"), 1, Party::Patient, sign(&[patient, physician]), "2026-11-20"),
    ];
    let mut case = example("c7");
    for (event, step, turn, action, since) in way {
        happen(&mut case, &[event]);
        let stands = standing(&case, &library().forms, today());
        assert_eq!((stands.step, stands.turn, &stands.action), (step, turn, &action), "{event:?}");
        assert_eq!(stands.since, Some(day(since)), "{event:?}");
    }
}

#[test]
fn the_endorsement_ends_a_step_of_its_own() {
    let mut case = example("c7");
    for (form, lines) in [(OPINION, &["patient", "physician"][..]), (CONSULTATION, &["patient", "company"])] {
        hand_out(&mut case, form, "2026-11-02");
        for line in lines {
            sign(&mut case, form, line, "2026-11-02");
        }
    }
    hand_out(&mut case, PLAN, "2026-11-03");
    for line in ["patient", "company", "coordinator", "occupational_physician"] {
        sign(&mut case, PLAN, line, "2026-11-03");
    }
    let stands = standing(&case, &library().forms, today());
    assert_eq!((stands.step, stands.turn), (4, Party::Physician));
    assert_eq!(stands.action, Action::Sign { captions: vec!["（主治医署名）".to_owned()] });
}

#[test]
fn nobody_waits_for_an_occupational_physician_that_there_is_not() {
    let mut case = example("c7");
    case.people.remove("occupational_physician.name");
    hand_out(&mut case, PLAN, "2026-11-03");
    let marks = lines(&case, &library().forms, at(&case, PLAN));
    let mark = |key: &str| &marks.iter().find(|line| line.line == key).expect("such a line").mark;
    assert_eq!(*mark("occupational_physician"), LineMark::NotAsked);
    assert_eq!(*mark("company"), LineMark::Awaited { since: day("2026-11-03") });
    let corners = |step: u8| library().process.step(step).expect("a step").corners_of(&case).count();
    assert_eq!((corners(1), corners(2), corners(3), corners(4)), (3, 2, 2, 3));
}

#[test]
fn a_signature_belongs_to_the_revision_that_was_signed() {
    let mut case = example("c7");
    happen(&mut case, &[(OPINION, "hand out", "2026-11-02"), (OPINION, "sign patient", "2026-11-03")]);
    let mark = |case: &Case| lines(case, &library().forms, at(case, OPINION))[0].mark.clone();
    assert!(matches!(mark(&case), LineMark::Signed { .. }));
    let before = case.documents[0].values.clone();
    happen(&mut case, &[(OPINION, "change", "")]);
    let outdated = LineMark::Outdated { revision: 1, on: day("2026-11-03") };
    assert_eq!(mark(&case), outdated);
    // Whoever changes it back has the signed paper again.
    let changed = std::mem::replace(&mut case.documents[0].values, before);
    assert!(matches!(mark(&case), LineMark::Signed { .. }));
    case.documents[0].values = changed;
    happen(&mut case, &[(OPINION, "hand out", "2026-11-10")]);
    assert_eq!(mark(&case), LineMark::Awaited { since: day("2026-11-10") });
    assert!(case.documents[0].revisions[0].is_signed(), "the old revision keeps its signature");
}

#[test]
fn a_newer_template_leaves_a_signed_paper_what_it_is() {
    let mut case = example("c7");
    happen(&mut case, &[(OPINION, "hand out", "2026-11-02"), (OPINION, "sign patient", "2026-11-03")]);
    let mut forms = library().forms;
    forms.get_mut(OPINION).expect("the form").version = "99".to_owned();
    assert!(Paper::of(&case, &case.documents[0], &forms[OPINION]).current().is_some());
    case.people.insert("patient.address".to_owned(), text("転居先"));
    assert!(Paper::of(&case, &case.documents[0], &forms[OPINION]).current().is_none());
}

#[test]
fn what_was_handed_out_with_an_empty_field_waits_for_its_signatures() {
    let mut case = without(&["physician_opinion/current_symptoms"]);
    hand_out(&mut case, OPINION, "2026-11-02");
    let stands = standing(&case, &library().forms, today());
    assert!(matches!(stands.action, Action::Sign { .. }), "{stands:?}");
    for line in ["patient", "physician"] {
        sign(&mut case, OPINION, line, "2026-11-03");
    }
    assert_eq!(standing(&case, &library().forms, today()).step, 2);
}

#[test]
fn a_coordinator_outside_of_the_hospital_gets_a_paper_under_a_consent_only() {
    let case = example("c7");
    let form = &library().forms[OPINION];
    let to = |party| permission(&case, form, party, today()).map(|permission| permission.consent);
    assert_eq!(to(Party::Coordinator), Ok(None));
    assert_eq!(to(Party::OutsideCoordinator), Err(Denial::NoConsent { ended: None }));
}

#[test]
fn a_change_of_shared_data_is_a_change_of_every_paper_that_prints_it() {
    let mut case = example("c7");
    happen(&mut case, &[(OPINION, "hand out", "2026-11-02"), (CONSULTATION, "hand out", "2026-11-02")]);
    case.people.insert("patient.address".to_owned(), text("転居先"));
    let forms = library().forms;
    let is_current = |form: &str| Paper::of(&case, &case.documents[at(&case, form)], &forms[form]).current().is_some();
    assert!(!is_current(OPINION), "it prints the address");
    assert!(is_current(CONSULTATION), "it does not");
}

#[test]
fn what_rests_on_a_superseded_opinion_is_marked() {
    let forms = library().forms;
    let mut case = example("c7");
    let plan = at(&case, PLAN);
    assert!(superseded(&case, &forms, plan).is_empty());
    happen(&mut case, &[(OPINION, "hand out", "2026-11-02"), (OPINION, "sign patient", "2026-11-03")]);
    let draft = case.clone();
    hand_out(&mut case, PLAN, "2026-11-04");
    assert!(superseded(&case, &forms, plan).is_empty());
    for mut case in [draft, case.clone()] {
        happen(&mut case, &[(OPINION, "change", "")]);
        assert_eq!(superseded(&case, &forms, plan), [(0, 1)]);
    }
    // A second opinion that was handed out replaces the first one.
    let second = case.add_document(OPINION.to_owned());
    case.documents[second].values = case.documents[0].values.clone();
    assert!(superseded(&case, &forms, plan).is_empty(), "it is only begun");
    hand_out(&mut case, OPINION, "2026-11-10");
    assert_eq!(superseded(&case, &forms, plan), [(0, 1)]);
    // A plan that is handed out anew rests on what there is now.
    happen(&mut case, &[(PLAN, "change", ""), (PLAN, "hand out", "2026-11-11")]);
    assert!(superseded(&case, &forms, plan).is_empty());
}

#[test]
fn a_closed_case_waits_for_the_look_whether_it_is_kept() {
    let mut case = example("c7");
    let closing = |on| Closing { on: day(on), outcome: Outcome::Returned, note: String::new(), reopened: None };
    let why = |on| Correction { on: day(on), why: "再発".to_owned() };
    assert_eq!(case.enter(&Record::Reopen(why("2026-11-01"))), Err(Refused::NotClosed));
    case.enter(&Record::Close(closing("2024-02-29"))).expect("it can be closed");
    assert_eq!(case.enter(&Record::Close(closing("2026-11-01"))), Err(Refused::AlreadyClosed));
    let stands = standing(&case, &library().forms, today());
    assert_eq!(stands.action, Action::Closed { outcome: Outcome::Returned });
    assert_eq!(stands.due, Some(day("2029-02-28")), "there is no 29 February then");
    case.enter(&Record::Reopen(why("2026-11-01"))).expect("it can be opened again");
    assert_eq!(standing(&case, &library().forms, today()).action, Action::HandOut { revision: 1 });
    assert_eq!(case.closings.len(), 1, "the trace stays");
}

#[test]
fn what_cannot_have_happened_is_not_recorded() {
    let mut case = example("c7");
    let sign =
        |document, revision, line: &str| Record::Sign { document, revision, signature: signature(line, "2026-11-03") };
    let correct = |line: &str, why: &str| Record::CorrectSignature {
        document: 1,
        revision: 1,
        line: line.to_owned(),
        correction: Correction { on: day("2026-11-05"), why: why.to_owned() },
    };
    let line = |line: &str| line.to_owned();
    assert_eq!(case.enter(&sign(9, 1, "patient")), Err(Refused::NoDocument));
    assert_eq!(case.enter(&sign(1, 1, "patient")), Err(Refused::NoRevision));
    hand_out(&mut case, OPINION, "2026-11-02");
    case.enter(&sign(1, 1, "patient")).expect("it can be signed");
    assert_eq!(case.enter(&sign(1, 1, "patient")), Err(Refused::AlreadySigned { line: line("patient") }));
    assert_eq!(case.enter(&correct("physician", "誤り")), Err(Refused::NotSigned { line: line("physician") }));
    assert_eq!(case.enter(&correct("patient", "　")), Err(Refused::NoReason));
    case.enter(&correct("patient", "別の人の署名だった")).expect("it can be corrected");
    case.enter(&sign(1, 1, "patient")).expect("it can be signed again");
    assert_eq!(case.documents[0].revisions[0].signatures.len(), 2, "the trace stays");
    let stale = case.documents[0].revisions[0].as_ref().clone();
    let stale = Revision { fingerprint: "00000000".to_owned(), ..stale };
    let stale = Record::HandOut { document: 1, revision: Box::new(stale) };
    assert_eq!(case.enter(&stale), Err(Refused::WrongRevision));
}

#[test]
fn the_narrower_consent_wins_and_none_outlives_its_end() {
    let library = library();
    let consent = |diagnosis, until: Option<&str>| Consent {
        number: 0,
        given_on: day("2026-11-01"),
        until: until.map(day),
        to: vec![Party::Company],
        forms: Some(vec![OPINION.to_owned(), CONSULTATION.to_owned()]),
        diagnosis,
        how: ConsentWay::Written,
        scan: None,
        note: String::new(),
        withdrawn: None,
    };
    let mut case = example("c7");
    let tells = |case: &Case, form: &str, to, on: &str| permission(case, &library.forms[form], to, day(on));
    let ask = |case: &Case, form: &str, to, on: &str| tells(case, form, to, on).map(|permission| permission.consent);
    let denied = |ended: Option<&str>| Err(Denial::NoConsent { ended: ended.map(day) });
    assert_eq!(ask(&case, OPINION, Party::Patient, "2026-11-02"), Ok(None));
    assert_eq!(ask(&case, OPINION, Party::Company, "2026-11-02"), denied(None));
    let backwards = Record::Consent(consent(true, Some("2026-10-31")));
    assert_eq!(case.enter(&backwards), Err(Refused::EndsBeforeBegin));
    case.enter(&Record::Consent(consent(true, Some("2026-11-30")))).expect("a consent");
    assert_eq!(ask(&case, OPINION, Party::Company, "2026-10-31"), denied(None), "not yet");
    assert_eq!(ask(&case, OPINION, Party::Company, "2026-11-30"), Ok(Some(1)));
    assert_eq!(ask(&case, OPINION, Party::Company, "2026-12-01"), denied(Some("2026-11-30")));
    assert_eq!(ask(&case, PLAN, Party::Company, "2026-11-02"), denied(None));
    assert_eq!(ask(&case, OPINION, Party::OccupationalPhysician, "2026-11-02"), denied(None));
    case.enter(&Record::Consent(consent(false, None))).expect("a narrower one");
    let narrower = Ok(Permission { consent: Some(2), tells: false });
    assert_eq!(tells(&case, OPINION, Party::Company, "2026-11-02"), narrower);
    assert_eq!(ask(&case, CONSULTATION, Party::Company, "2026-11-02"), Ok(Some(2)));
    let withdraw =
        |on: &str| Record::Withdraw { consent: 2, withdrawal: Correction { on: day(on), why: String::new() } };
    assert_eq!(case.enter(&withdraw("2026-10-01")), Err(Refused::WithdrawnBeforeGiven));
    case.enter(&withdraw("2026-11-10")).expect("it can be withdrawn");
    assert_eq!(case.enter(&withdraw("2026-11-10")), Err(Refused::AlreadyWithdrawn));
    assert_eq!(ask(&case, CONSULTATION, Party::Company, "2026-11-09"), Ok(Some(2)));
    assert_eq!(ask(&case, CONSULTATION, Party::Company, "2026-11-10"), Ok(Some(1)));
    assert_eq!(case.consents.len(), 2, "nothing is deleted");
    let first = Record::Withdraw { consent: 1, withdrawal: Correction { on: day("2026-11-20"), why: String::new() } };
    case.enter(&first).expect("it can be withdrawn");
    let withdrawn = Err(Denial::Withdrawn { on: day("2026-11-20") });
    assert_eq!(ask(&case, CONSULTATION, Party::Company, "2026-11-20"), withdrawn);
}

#[test]
fn the_first_form_that_lacks_something_is_next_and_it_is_the_turn_of_who_supplies_that() {
    let signed: &[(&str, &[&str])] = &[(OPINION, &["patient", "physician"]), (CONSULTATION, &["patient", "company"])];
    let table = [
        (&["physician_opinion/verdict"][..], 1, Party::Physician, "復職に関する意見"),
        (&["physician_opinion/verdict_detail"], 1, Party::Physician, "意見の内容"),
        (&["patient.address"], 1, Party::Coordinator, "住所"),
        (&["workplace_consultation/work_pattern"], 2, Party::Company, "勤務形態"),
        (&["workplace_consultation/discussion", "return_to_work_plan/periods"], 2, Party::Coordinator, "協議した内容"),
        (&["return_to_work_plan/periods"], 3, Party::Coordinator, "復職計画"),
    ];
    for (missing, step, turn, label) in table {
        let mut case = without(missing);
        for (form, lines) in signed.iter().take(step as usize - 1) {
            hand_out(&mut case, form, "2026-11-02");
            lines.iter().for_each(|line| sign(&mut case, form, line, "2026-11-02"));
        }
        let stands = standing(&case, &library().forms, today());
        assert_eq!((stands.step, stands.turn), (step, turn), "{missing:?}");
        assert_eq!(stands.action, Action::Fill { labels: vec![label.to_owned()] });
    }
}

#[test]
fn an_untouched_form_of_a_step_is_passed_over_where_another_was_begun() {
    let mut case = example("c7");
    case.add_document("return_opinion".to_owned());
    let stands = standing(&case, &library().forms, today());
    assert_eq!((stands.step, stands.document), (1, Some(0)), "{stands:?}");
}

#[test]
fn a_detail_is_needed_only_with_the_option_that_asks_for_it() {
    let mut case = without(&["physician_opinion/verdict_detail"]);
    let fit = Value::Choice(Values::from([("fit".to_owned(), Value::Blank)]));
    case.documents[0].values.insert("verdict".to_owned(), fit);
    assert_eq!(standing(&case, &library().forms, today()).action, Action::HandOut { revision: 1 });
}

#[test]
fn a_filled_case_is_to_be_signed_before_its_plan_begins() {
    let stands = standing(&example("c7"), &library().forms, today());
    assert_eq!((stands.step, stands.turn, stands.action), (1, Party::Coordinator, Action::HandOut { revision: 1 }));
    assert_eq!(stands.due.map(|due| due.to_string()).as_deref(), Some("2026-12-01"));
    let later = "2027-01-01".parse().expect("a day");
    assert_eq!(standing(&example("c7"), &library().forms, later).due, None);
}

#[test]
fn a_case_without_documents_is_to_be_begun() {
    let case = Case::new("R8-0001".to_owned(), String::new(), []);
    assert_eq!(standing(&case, &library().forms, today()).action, Action::Begin);
}

/// Whether a problem is the one that a change makes.
type Expected = fn(&What) -> bool;

#[test]
fn every_kind_of_problem_is_found_in_its_place() {
    let library = library();
    let number = |number: f64| Value::Number(Number::new(number).expect("finite"));
    let choice = |key: &str| Value::Choice(Values::from([(key.to_owned(), Value::Blank)]));
    let table: [(&str, Value, Expected); 8] = [
        ("verdict", text("可"), |what| *what == What::WrongKind),
        (
            "verdict",
            choice("perhaps"),
            |what| matches!(what, What::UnknownOption { option, .. } if option == "perhaps"),
        ),
        ("treatment_status", text("見えない\u{202E}"), |what| matches!(what, What::Invisible { .. })),
        ("no_such_field", text("残す"), |what| *what == What::UnusedValue),
        ("current_symptoms", text(" "), |what| *what == What::Needed),
        ("current_symptoms", number(5.0), |what| *what == What::WrongKind),
        ("patient.birth_date", Value::Date("2019-06-01".parse().expect("a day")), |what| {
            *what == What::UnlikelyAge { years: 7 }
        }),
        ("patient.name", text("早坂\n由美子"), |what| *what == What::LineBreak),
    ];
    for (key, value, is_expected) in table {
        let mut case = example("c7");
        let values = if key.contains('.') { &mut case.people } else { &mut case.documents[0].values };
        values.insert(key.to_owned(), value.clone());
        let problems = check(&case, &library.rules(), today());
        let found: Vec<_> = problems.iter().filter(|problem| problem.place.field == key).collect();
        assert!(found.len() == 1 && is_expected(&found[0].what), "{key} {value:?}: {problems:?}");
    }
}
