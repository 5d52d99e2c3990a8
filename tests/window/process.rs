//! How far a case has come, as the window shows it: the steps, whose turn it is, signatures,
//! consents, the plan, suggestions set aside.

use chrono::NaiveDate;
use ryoritsu::model::case::Case;
use ryoritsu::model::closing::{Closing, Outcome};
use ryoritsu::model::consent::{Consent, ConsentWay};
use ryoritsu::model::form::Party;
use ryoritsu::model::record::Record;
use ryoritsu::model::revision::{Correction, Handout, Purpose, Recipient, Revision, Signature, SigningWay, basis};

use crate::common::{example, library, text};
use crate::home::{Home, Window};

fn day(day: &str) -> NaiveDate {
    day.parse().expect("a day")
}

/// Hands a document out to be signed.
fn hand_out(case: &mut Case, at: usize, to: Party, on: &str) {
    let forms = library().forms;
    let document = &case.documents[at];
    let mut revision = Revision::of(case, document, &forms[&document.form], basis(case, &forms, at), day(on));
    let to = Recipient { party: to, name: String::new() };
    let handout = Handout { on: day(on), to, purpose: Purpose::ForSignature, marks: Vec::new(), consent: None };
    revision.handouts.push(handout);
    let record = Record::HandOut { document: document.id, revision: Box::new(revision) };
    case.enter(&record).expect("handed out");
}

fn sign(case: &mut Case, at: usize, line: &str, name: &str, on: &str) {
    let signature = Signature {
        line: line.to_owned(),
        signed_on: day(on),
        name: name.to_owned(),
        how: SigningWay::Handwritten,
        scan: None,
        recorded_on: day(on),
        corrected: None,
    };
    let (document, revision) = (case.documents[at].id, case.documents[at].latest().expect("out").number);
    case.enter(&Record::Sign { document, revision, signature }).expect("signed");
}

fn consent(case: &mut Case, diagnosis: bool) {
    let consent = Consent {
        number: 0,
        given_on: day("2026-03-02"),
        until: None,
        to: vec![Party::Company, Party::OccupationalPhysician],
        forms: None,
        diagnosis,
        how: ConsentWay::Written,
        scan: None,
        note: String::new(),
        withdrawn: None,
    };
    case.enter(&Record::Consent(consent)).expect("recorded");
}

/// C1 with the opinion signed, and with the plan signed by all but the physician, and so on.
fn c1(steps: usize) -> Case {
    let mut case = example("c1").upgraded();
    let done: [&dyn Fn(&mut Case); 8] = [
        &|case| hand_out(case, 0, Party::Physician, "2026-03-02"),
        &|case| sign(case, 0, "patient", "佐久間　浩二", "2026-03-04"),
        &|case| sign(case, 0, "physician", "及川　誠", "2026-03-05"),
        &|case| hand_out(case, 1, Party::Company, "2026-03-09"),
        &|case| {
            sign(case, 1, "patient", "佐久間　浩二", "2026-03-10");
            sign(case, 1, "company", "今野　智子", "2026-03-12");
        },
        &|case| hand_out(case, 2, Party::Company, "2026-03-16"),
        &|case| {
            for line in ["patient", "company", "coordinator", "occupational_physician"] {
                sign(case, 2, line, "", "2026-03-18");
            }
        },
        &|case| sign(case, 2, "physician", "及川　誠", "2026-03-24"),
    ];
    consent(&mut case, false);
    for act in done.iter().take(steps) {
        act(&mut case);
    }
    case
}

fn open(home: &Home, case: &Case) -> Window {
    let path = home.put("case.ron", case);
    home.open(&path)
}

#[test]
#[ignore = "writes cases to look at"]
fn dump() {
    let folder = std::path::PathBuf::from("/tmp/window-cases");
    std::fs::create_dir_all(&folder).unwrap();
    let put = |name: &str, case: &Case| {
        let path = folder.join(name);
        let _ = std::fs::remove_file(&path);
        ryoritsu::store::case_file::create(&ryoritsu::store::atomic::Disk, &path, case).unwrap();
    };
    for steps in 0..=8 {
        put(&format!("c1-{steps}.ron"), &c1(steps));
    }
    let mut case = c1(7);
    case.documents[0].values.insert("current_symptoms".into(), text("変わりました。"));
    put("changed.ron", &case);
    let mut case = c1(8);
    case.enter(&Record::Close(Closing {
        on: day("2026-10-01"),
        outcome: Outcome::Returned,
        note: String::new(),
        reopened: None,
    }))
    .unwrap();
    put("closed.ron", &case);
}
