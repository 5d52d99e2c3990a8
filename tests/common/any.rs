//! Any case at all.

use proptest::prelude::*;
use ryoritsu::model::case::{Case, Document, FORMAT};
use ryoritsu::model::value::{Number, Value, Values};

pub fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Blank),
        ".{0,40}".prop_map(Value::Text),
        "[\"#\\\\\r\n\t\u{0}-\u{1F}渡邊\u{E0108}\u{202E}😀]{0,20}".prop_map(Value::Text),
        (-1e9..1e9_f64).prop_filter_map("finite", |n| Number::new(n).map(Value::Number)),
        (0..2000_i32).prop_filter_map("finite", |n| Number::new(f64::from(n) / 4.0).map(Value::Number)),
        (0_i64..200_000).prop_map(|days| {
            let first = chrono::NaiveDate::from_ymd_opt(1700, 1, 1).expect("a day");
            Value::Date(first + chrono::Duration::days(days))
        }),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            proptest::collection::btree_map("[a-z_.]{1,8}", inner.clone(), 0..4).prop_map(Value::Choice),
            inner.clone().prop_map(|value| Value::Tick(Box::new(value))),
            proptest::collection::vec(proptest::collection::btree_map("[a-z]{1,5}", inner, 0..3), 0..3)
                .prop_map(Value::Rows),
        ]
    })
}

pub fn any_values() -> impl Strategy<Value = Values> {
    proptest::collection::btree_map("[a-z_.]{1,12}", any_value(), 0..6)
}

pub fn any_case() -> impl Strategy<Value = Case> {
    let document = ("[a-z_]{1,12}", any_values()).prop_map(|(form, values)| Document {
        id: 0,
        form,
        values,
        revisions: Vec::new(),
    });
    let documents = proptest::collection::vec(document, 0..4);
    let substitutes = proptest::collection::btree_map(".{1,3}", ".{0,3}", 0..3);
    (".{0,20}", any_values(), substitutes, documents).prop_map(|(number, people, print_substitutes, documents)| {
        Case {
            format: FORMAT,
            number,
            id: "0123456789abcdef".to_owned(),
            people,
            print_substitutes,
            documents,
            consents: Vec::new(),
            set_aside: Vec::new(),
            closings: Vec::new(),
            replies: Vec::new(),
            hand_overs: Vec::new(),
        }
        .upgraded()
    })
}
