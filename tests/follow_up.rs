//! What is coming up in a case: given values, revisions, consents and an end, the days to keep in
//! view.

mod common;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use common::{case_with, example, library, text};
use ryoritsu::model::case::Case;
use ryoritsu::model::closing::{Closing, Outcome};
use ryoritsu::model::consent::Consent;
use ryoritsu::model::follow_up::{Occasion, Urgency, days, follow_ups};
use ryoritsu::model::form::{Field, Form, Kind, Meaning, Party};
use ryoritsu::model::revision::{Correction, Handout, Purpose, Recipient, Revision, Signature, SigningWay};
use ryoritsu::model::value::{Key, Value, Values};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A case with a plan of such rows, each from a day to a day.
fn planned(rows: &[(&str, &str)]) -> Case {
    let date = |text: &str| Value::Date(day(text));
    let row = |(start, end): &(&str, &str)| {
        let ends = [("start", start), ("end", end)].into_iter().filter(|(_, text)| !text.is_empty());
        ends.map(|(key, text)| (key.to_owned(), date(text))).collect()
    };
    case_with("return_to_work_plan", &[("periods", Value::Rows(rows.iter().map(row).collect()))])
}

/// Hands the document out for signature on a day.
fn hand_out(case: &mut Case, at: usize, on: &str) {
    let library = library();
    let document = &case.documents[at];
    let mut revision = Revision::of(case, document, &library.forms[&document.form], Vec::new(), day(on));
    let to = Recipient { party: Party::Patient, name: String::new() };
    let (purpose, marks) = (Purpose::ForSignature, Vec::new());
    revision.handouts.push(Handout { on: day(on), to, purpose, marks, consent: None, package: None, told: Vec::new() });
    case.documents[at].revisions.push(Arc::new(revision));
}

fn sign(case: &mut Case, at: usize, line: &str, on: &str) {
    let revision = Arc::make_mut(case.documents[at].revisions.last_mut().expect("handed out"));
    revision.signatures.push(Signature {
        line: line.to_owned(),
        signed_on: day(on),
        name: String::new(),
        how: SigningWay::Handwritten,
        scan: None,
        recorded_on: day(on),
        corrected: None,
    });
}

fn consent(number: u32, until: Option<&str>) -> Consent {
    Consent { number, until: until.map(day), ..common::consent(day("2026-11-01")) }
}

/// What is shown on a day, as `day what`.
fn shown(case: &Case, today: &str) -> Vec<String> {
    shown_with(case, &library().forms, today)
}

fn shown_with(case: &Case, forms: &BTreeMap<Key, Form>, today: &str) -> Vec<String> {
    let word = |what: &Occasion| match what {
        Occasion::PlanBegins => "begins".to_owned(),
        Occasion::Review { number } => format!("review {number}"),
        Occasion::MeasuresEnd => "measures".to_owned(),
        Occasion::ConsentEnds { number } => format!("consent {number}"),
        Occasion::SignaturesAwaited { parties } => format!("signatures {parties:?}"),
        Occasion::RetentionLook => "retention".to_owned(),
    };
    follow_ups(case, forms, day(today)).iter().map(|one| format!("{} {}", one.on, word(&one.what))).collect()
}

#[test]
fn a_plan_is_reviewed_at_the_end_of_each_of_its_periods() {
    let rows = [("2026-12-01", "2026-12-31"), ("2027-01-01", "2027-01-10"), ("2027-01-11", "2027-03-31")];
    let table: [(&str, &[&str]); 7] = [
        ("2026-11-22", &["2026-12-01 begins", "2026-12-31 review 1", "2027-01-10 review 2", "2027-03-31 review 3"]),
        ("2026-12-01", &["2026-12-01 begins", "2026-12-31 review 1", "2027-01-10 review 2", "2027-03-31 review 3"]),
        ("2026-12-02", &["2026-12-31 review 1", "2027-01-10 review 2", "2027-03-31 review 3"]),
        // The next review takes the place of one that passed, and so do two weeks.
        ("2027-01-10", &["2026-12-31 review 1", "2027-01-10 review 2", "2027-03-31 review 3"]),
        ("2027-01-11", &["2027-01-10 review 2", "2027-03-31 review 3"]),
        ("2027-01-25", &["2027-03-31 review 3"]),
        // Nothing comes after the last one by itself.
        ("2028-01-01", &["2027-03-31 review 3"]),
    ];
    for (today, expected) in table {
        assert_eq!(shown(&planned(&rows), today), expected, "{today}");
    }
}

#[test]
fn rows_without_days_and_days_that_stand_twice_are_no_more_reviews() {
    let rows = [("2026-12-01", "2026-12-31"), ("", ""), ("2026-12-15", "2026-12-31"), ("2027-01-01", "")];
    assert_eq!(shown(&planned(&rows), "2026-11-22"), ["2026-12-01 begins", "2026-12-31 review 1"]);
    assert_eq!(shown(&planned(&[]), "2026-11-22"), [""; 0]);
    let mut odd = planned(&rows);
    odd.documents[0].values.insert("periods".to_owned(), text("soon"));
    assert_eq!(shown(&odd, "2026-11-22"), [""; 0]);
}

#[test]
fn a_review_took_place_where_the_plan_was_handed_out_since() {
    let mut case = planned(&[("2026-12-01", "2026-12-31"), ("2027-01-01", "2027-03-31")]);
    hand_out(&mut case, 0, "2026-12-31");
    for line in ["patient", "company", "coordinator", "occupational_physician", "physician"] {
        sign(&mut case, 0, line, "2026-12-31");
    }
    assert_eq!(shown(&case, "2027-01-02"), ["2027-03-31 review 2"]);
    hand_out(&mut case, 0, "2027-04-02");
    assert_eq!(
        shown(&case, "2027-04-03"),
        ["2027-04-16 signatures [Patient, Company, Coordinator, OccupationalPhysician]"]
    );
}

#[test]
fn a_newer_plan_takes_the_place_of_the_older_one_once_it_has_rows() {
    let mut case = planned(&[("2026-12-01", "2026-12-31")]);
    let newer = case.add_document("return_to_work_plan".to_owned());
    assert_eq!(shown(&case, "2026-12-10"), ["2026-12-31 review 1"]);
    let rows = planned(&[("2027-01-01", "2027-02-28")]).documents[0].values["periods"].clone();
    case.documents[newer].values.insert("periods".to_owned(), rows);
    assert_eq!(shown(&case, "2026-12-10"), ["2027-01-01 begins", "2027-02-28 review 1"]);
}

#[test]
fn a_template_may_name_the_day_of_the_review() {
    let review = |key: &str| Field {
        key: key.to_owned(),
        kind: Kind::Date { blank: ryoritsu::model::form::DateBlank::Nothing },
        meaning: Some(Meaning::ReviewDate),
        ..Field::default()
    };
    let mut forms = library().forms;
    let form = forms.get_mut("return_to_work_plan").expect("there");
    form.fields.push(review("next_meeting"));
    for field in &mut form.fields {
        if let Kind::Table { columns } = &mut field.kind {
            columns.push(review("review"));
        }
    }
    let mut case = planned(&[("2026-12-01", "2026-12-31"), ("2027-01-01", "2027-03-31")]);
    let values = &mut case.documents[0].values;
    values.insert("next_meeting".to_owned(), Value::Date(day("2027-02-15")));
    let Some(Value::Rows(rows)) = values.get_mut("periods") else { panic!("rows") };
    rows[0].insert("review".to_owned(), Value::Date(day("2026-12-20")));
    assert_eq!(
        shown_with(&case, &forms, "2026-12-05"),
        ["2026-12-20 review 1", "2027-02-15 review 2", "2027-03-31 review 3"]
    );
}

#[test]
fn the_measures_of_the_newest_opinion_end() {
    let end = |text: &str| Values::from([("measures_end".to_owned(), Value::Date(day(text)))]);
    let mut case = case_with("return_opinion", &[]);
    assert_eq!(shown(&case, "2026-12-01"), [""; 0]);
    case.documents[0].values.extend(end("2026-12-31"));
    assert_eq!(shown(&case, "2026-12-01"), ["2026-12-31 measures"]);
    assert_eq!(shown(&case, "2027-06-01"), ["2026-12-31 measures"], "until something is done");
    let newer = case.add_document("continuation_opinion".to_owned());
    assert_eq!(shown(&case, "2026-12-01"), ["2026-12-31 measures"], "nothing stands in the newer one yet");
    case.documents[newer].values.extend(end("2027-03-31"));
    assert_eq!(shown(&case, "2026-12-01"), ["2027-03-31 measures"]);
    let last = case.add_document("physician_opinion".to_owned());
    hand_out(&mut case, last, "2027-03-01");
    assert!(!shown(&case, "2027-04-01").iter().any(|one| one.ends_with("measures")), "a later opinion has no end");
}

#[test]
fn measures_are_reminded_of_30_14_and_7_days_before() {
    assert_eq!(Occasion::MeasuresEnd.reminders(), [30, 14, 7]);
    let end = day("2026-12-31");
    let table = [
        ("2026-11-30", Urgency::Later),
        ("2026-12-01", Urgency::Month),
        ("2026-12-16", Urgency::Month),
        ("2026-12-17", Urgency::Fortnight),
        ("2026-12-23", Urgency::Fortnight),
        ("2026-12-24", Urgency::Week),
        ("2026-12-30", Urgency::Week),
        ("2026-12-31", Urgency::Due),
        ("2027-01-01", Urgency::Due),
    ];
    for (today, expected) in table {
        assert_eq!(Urgency::of(end, day(today)), expected, "{today}");
    }
}

#[test]
fn a_consent_runs_out_unless_it_was_withdrawn_or_another_one_holds_on() {
    let withdrawn = Consent {
        withdrawn: Some(Correction { on: day("2026-12-01"), why: "本人の希望".to_owned() }),
        ..consent(1, Some("2026-12-31"))
    };
    let narrow = Consent { forms: Some(vec!["physician_opinion".to_owned()]), ..consent(2, None) };
    let with_diagnosis = Consent { diagnosis: true, ..consent(1, Some("2026-12-31")) };
    let to_other = Consent { to: vec![Party::OccupationalPhysician], ..consent(2, None) };
    let table: [(Vec<Consent>, &[&str]); 8] = [
        (vec![consent(1, None)], &[]),
        (vec![consent(1, Some("2026-12-31"))], &["2026-12-31 consent 1"]),
        (vec![withdrawn], &[]),
        (vec![consent(1, Some("2026-12-31")), consent(2, None)], &[]),
        (vec![consent(1, Some("2026-12-31")), consent(2, Some("2027-12-31"))], &["2027-12-31 consent 2"]),
        (vec![consent(1, Some("2026-12-31")), narrow], &["2026-12-31 consent 1"]),
        (vec![with_diagnosis, consent(2, None)], &["2026-12-31 consent 1"]),
        (vec![consent(1, Some("2026-12-31")), to_other], &["2026-12-31 consent 1"]),
    ];
    for (n, (consents, expected)) in table.into_iter().enumerate() {
        let case = Case { consents, ..case_with("physician_opinion", &[]) };
        assert_eq!(shown(&case, "2026-12-15"), expected, "{n}");
    }
    let case = Case { consents: vec![consent(1, Some("2026-12-31"))], ..case_with("physician_opinion", &[]) };
    assert_eq!(shown(&case, "2027-01-14"), ["2026-12-31 consent 1"]);
    assert_eq!(shown(&case, "2027-01-15"), [""; 0], "whoever renews none wants none");
}

#[test]
fn a_signature_is_asked_after_two_weeks_after_the_paper_went_out() {
    let mut case = case_with("physician_opinion", &[]);
    assert_eq!(shown(&case, "2026-12-01"), [""; 0]);
    hand_out(&mut case, 0, "2026-12-01");
    assert_eq!(shown(&case, "2026-12-01"), ["2026-12-15 signatures [Patient, Physician]"]);
    sign(&mut case, 0, "patient", "2026-12-10");
    assert_eq!(shown(&case, "2026-12-10"), ["2026-12-24 signatures [Physician]"]);
    sign(&mut case, 0, "physician", "2026-12-11");
    assert_eq!(shown(&case, "2026-12-11"), [""; 0]);
    // What was changed since is to be handed out anew: nobody has that paper.
    case.documents[0].values.insert("other_considerations".to_owned(), text("なし"));
    assert_eq!(shown(&case, "2026-12-11"), [""; 0]);
}

#[test]
fn the_last_step_of_a_plan_waits_for_the_signatures_before_it() {
    let mut case = planned(&[]);
    hand_out(&mut case, 0, "2026-12-01");
    let awaited = shown(&case, "2026-12-01");
    assert!(!awaited[0].contains("Physician,"), "{awaited:?}");
    for line in ["patient", "company", "coordinator", "occupational_physician"] {
        sign(&mut case, 0, line, "2026-12-20");
    }
    assert_eq!(shown(&case, "2026-12-20"), ["2027-01-03 signatures [Physician]"]);
}

#[test]
fn a_closed_case_has_only_the_look_whether_it_still_has_to_be_kept() {
    let mut case = planned(&[("2026-12-01", "2026-12-31")]);
    case.consents.push(consent(1, Some("2026-12-31")));
    hand_out(&mut case, 0, "2026-12-01");
    let closing = Closing { on: day("2027-02-28"), outcome: Outcome::Returned, note: String::new(), reopened: None };
    case.closings.push(closing);
    assert_eq!(shown(&case, "2027-03-01"), ["2032-02-28 retention"]);
    assert_eq!(shown(&case, "2040-01-01"), ["2032-02-28 retention"], "a reminder stays until somebody looks");
    case.closings[0].reopened = Some(Correction { on: day("2027-03-02"), why: "再発".to_owned() });
    assert!(shown(&case, "2027-03-02").len() > 1);
}

#[test]
fn the_days_are_the_same_whatever_day_it_is() {
    let forms = library().forms;
    for name in ["c1", "c2", "c4", "c7"] {
        let case = example(name);
        let all = days(&case, &forms);
        assert!(all.is_sorted());
        for today in ["1900-01-01", "2026-11-22", "2027-01-15", "2199-12-31"].map(day) {
            let expected: Vec<_> = all.iter().filter(|one| one.matters(today)).cloned().collect();
            assert_eq!(follow_ups(&case, &forms, today), expected, "{name} on {today}");
        }
    }
    assert_eq!(shown(&example("c7"), "2026-11-22")[0], "2026-12-01 begins");
}
