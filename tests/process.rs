//! Where a case stands, and what is worth a look in it: given values, the step, the turn, the
//! next action, the problems.

mod common;

use common::{example, library, text, today};
use ryoritsu::model::case::Case;
use ryoritsu::model::check::{What, check};
use ryoritsu::model::form::Party;
use ryoritsu::model::process::{Action, standing};
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

#[test]
fn the_first_form_that_lacks_something_is_next_and_it_is_the_turn_of_who_supplies_that() {
    let table = [
        (&["physician_opinion/verdict"][..], 1, Party::Physician, "復職に関する意見"),
        (&["physician_opinion/verdict_detail"], 1, Party::Physician, "意見の内容"),
        (&["patient.address"], 1, Party::Coordinator, "住所"),
        (&["workplace_consultation/work_pattern"], 2, Party::Company, "勤務形態"),
        (&["workplace_consultation/discussion", "return_to_work_plan/periods"], 2, Party::Coordinator, "協議した内容"),
        (&["return_to_work_plan/periods"], 3, Party::Coordinator, "復職計画"),
    ];
    for (missing, step, turn, label) in table {
        let stands = standing(&without(missing), &library().forms, today());
        assert_eq!((stands.step, stands.turn), (step, turn), "{missing:?}");
        assert_eq!(stands.action, Action::Fill { labels: vec![label.to_owned()] });
    }
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
