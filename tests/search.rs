//! Finding people and cases, and telling two states of a case apart.

mod common;

use common::any::any_case;
use common::{example, library, text};
use proptest::prelude::*;
use ryoritsu::model::case::Case;
use ryoritsu::model::check::{CASE_NUMBER, Place, SUBSTITUTES};
use ryoritsu::model::compare::{Difference, differences};
use ryoritsu::model::search::{Person, Query, fold, matches};
use ryoritsu::model::value::{Value, Values};

#[test]
fn what_is_typed_in_another_habit_is_found() {
    for (typed, stored) in [
        ("やまだ", "ヤマダ"),
        ("ﾔﾏﾀﾞ", "やまだ"),
        ("ヤマタ\u{3099}", "やまだ"),
        ("ヤマタ゛", "やまだ"),
        ("しょうじ", "シヨウジ"),
        ("きっかわ", "キツカワ"),
        ("さくらがおか", "さくらがおか"),
        ("桜ケ丘", "桜ヶ丘"),
        ("オーノ", "おの"),
        ("ＡＢＣ商事", "abc商事"),
        ("r8ー0001", "R8-0001"),
        ("Ｒ８－０００１", "R8-0001"),
        ("ジョン・スミス", "じょん すみす"),
        ("山田太郎", "山田　太郎"),
        ("高橋", "髙橋"),
        ("渡辺", "渡邊\u{E0108}"),
        ("渡邉", "渡邊"),
        ("吉野", "𠮷野"),
        ("神田", "\u{FA19}田"),
        ("㈱星見", "(株)星見"),
    ] {
        assert_eq!(fold(typed), fold(stored), "{typed} / {stored}");
    }
    for (a, b) in [("はやし", "ばやし"), ("山田", "山本"), ("おの", "おお")] {
        assert_ne!(fold(a), fold(b), "{a} / {b}");
    }
}

#[test]
fn every_word_has_to_be_found_somewhere() {
    let texts = ["山田　花子", "ヤマダ　ハナコ", "星見製作所", "R8-0012"];
    for found in ["", "　", "山田", "やまだ 星見", "花子　12", "ほ", "ヤマダハナコ"] {
        assert_eq!(matches(found, &texts), found != "ほ", "{found}");
    }
    assert!(!matches("山田 月見", &texts));
    assert!(Query::new(" ・ ー ").is_empty());
}

fn person(name: &str, birth: Option<&str>, chart: &str) -> Case {
    let mut case = Case::new("R8-0001".to_owned(), String::new(), []);
    case.people.insert("patient.name".to_owned(), text(name));
    case.people.insert("patient.chart_number".to_owned(), text(chart));
    if let Some(day) = birth {
        case.people.insert("patient.birth_date".to_owned(), Value::Date(day.parse().expect("a day")));
    }
    case
}

#[test]
fn one_person_is_known_by_number_or_by_name_and_birthday() {
    let people = library().people;
    let day = Some("1980-04-03");
    for (a, b, expected) in [
        (person("髙橋 進", day, ""), person("高橋　進", day, ""), true),
        (person("髙橋 進", day, "12"), person("高橋進", day, "34"), true),
        (person("髙橋", None, "００１２"), person("佐藤", day, "0012"), true),
        (person("髙橋", day, ""), person("髙橋", Some("1980-04-04"), ""), false),
        (person("髙橋", None, ""), person("髙橋", day, ""), true),
        (person("", day, ""), person("", day, ""), false),
        (person("髙橋", day, "1"), person("佐藤", day, "2"), false),
    ] {
        let is_likely = Person::of(&a.people, &people).is_likely(&Person::of(&b.people, &people));
        assert_eq!(is_likely, expected, "{:?} / {:?}", a.people, b.people);
    }
}

fn rows(cells: &[(&str, &str)]) -> Value {
    let row = |(key, cell): &(&str, &str)| Values::from([((*key).to_owned(), text(cell))]);
    Value::Rows(cells.iter().map(row).collect())
}

/// What is said of a difference: document, field, cell, mine, theirs.
fn said(difference: &Difference) -> String {
    let Place { document, field, cell } = &difference.place;
    let show = |value: &Option<Value>| value.as_ref().map_or("-".to_owned(), |value| format!("{value:?}"));
    format!("{document:?} {field} {cell:?} {} {}", show(&difference.mine), show(&difference.theirs))
}

#[test]
fn differences_are_told_field_by_field() {
    let mut mine = example("c2");
    mine.documents.truncate(1);
    mine.documents[0].values = Values::from([
        ("same".to_owned(), text("x")),
        ("note".to_owned(), text("私")),
        ("rows".to_owned(), rows(&[("a", "1"), ("a", "2")])),
    ]);
    let mut theirs = mine.clone();
    assert_eq!(differences(&mine, &theirs), []);
    theirs.number = "R8-9999".to_owned();
    theirs.print_substitutes.insert("邊".to_owned(), "辺".to_owned());
    theirs.people.remove("employer.name");
    theirs.documents[0].values.insert("note".to_owned(), text("相手"));
    theirs.documents[0].values.insert("rows".to_owned(), rows(&[("a", "1"), ("a", "3"), ("b", "4")]));
    let at = theirs.add_document("another".to_owned());
    theirs.documents.swap(0, at);
    let company = format!("{:?}", mine.people["employer.name"]);
    let (own, other) = (format!("{:?}", text(&mine.number)), format!("{:?}", text("R8-9999")));
    let found = differences(&mine, &theirs);
    assert_eq!(
        found.iter().map(said).collect::<Vec<_>>(),
        [
            format!("None {CASE_NUMBER} None {own} {other}"),
            format!("None {SUBSTITUTES} Some((0, \"邊\")) - Text(\"辺\")"),
            format!("None employer.name None {company} -"),
            "Some(0) note None Text(\"私\") Text(\"相手\")".to_owned(),
            "Some(0) rows Some((1, \"a\")) Text(\"2\") Text(\"3\")".to_owned(),
            "Some(0) rows Some((2, \"b\")) - Text(\"4\")".to_owned(),
            "Some(0)  None - Blank".to_owned(),
        ]
    );
    assert_eq!(found[6].form.as_deref(), Some("another"));
    assert_eq!(found[3].form.as_deref(), Some(mine.documents[0].form.as_str()));
}

#[test]
fn rows_without_anything_in_them_are_told_as_a_whole() {
    let mine = example("c2");
    for (own, other) in [(None, Some(vec![])), (Some(vec![Values::new()]), None)] {
        let with = |rows: Option<Vec<Values>>| {
            let mut case = mine.clone();
            case.people.remove("coordinators");
            case.people.extend(rows.map(|rows| ("coordinators".to_owned(), Value::Rows(rows))));
            case
        };
        let found = differences(&with(own.clone()), &with(other.clone()));
        let [Difference { place, mine, theirs, .. }] = &found[..] else { panic!("{found:?}") };
        assert_eq!(*place, Place::field("coordinators"));
        assert_eq!((mine, theirs), (&own.map(Value::Rows), &other.map(Value::Rows)));
    }
}

/// A case with its documents in the order of their forms, and without what is not compared.
fn in_order(mut case: Case) -> Case {
    case.documents.sort_by(|a, b| a.form.cmp(&b.form));
    case
}

proptest! {
    #[test]
    fn no_difference_means_that_nothing_differs(a in any_case(), b in any_case(), at in 0_usize..4) {
        prop_assert_eq!(differences(&a, &a), []);
        prop_assert_eq!(differences(&a, &b).is_empty(), in_order(a.clone()) == in_order(b.clone()));
        // Two near relatives, which chance alone never makes.
        let mut near = a.clone();
        if let (Some(mine), Some(theirs)) = (near.documents.get_mut(at), b.documents.get(at)) {
            mine.values.extend(theirs.values.clone());
        }
        prop_assert_eq!(differences(&a, &near).is_empty(), a == near);
    }

    #[test]
    fn folding_twice_folds_no_further(typed in "\\PC{0,12}") {
        prop_assert_eq!(fold(&fold(&typed)), fold(&typed));
    }
}
