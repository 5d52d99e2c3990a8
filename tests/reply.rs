//! What comes back is made of the fields of whoever answers, and comes into the case three ways.

mod common;

use common::any::any_values;
use common::replies::{CONSULTATION, PLAN, Shared, consented, somebody};
use common::{library, text, today};
use proptest::prelude::*;
use ryoritsu::model::case::Case;
use ryoritsu::model::check::Place;
use ryoritsu::model::entry::{self, EntryError};
use ryoritsu::model::form::{Field, Party};
use ryoritsu::model::note::Note;
use ryoritsu::model::record::{Record, Refused};
use ryoritsu::model::reply::{
    Choice, Merging, Objection, Outcome, RepliedDocument, Reply, ReplyTrouble, apply, may_fill, merge, supplied_by,
};
use ryoritsu::model::revision::{Handout, Purpose, Revision};
use ryoritsu::model::value::{Number, Value, Values};

fn own(at: usize, key: &str) -> Place {
    Place { document: Some(at), ..Place::field(key) }
}

fn cell(key: &str, row: usize, column: &str) -> Place {
    Place { cell: Some((row, column.to_owned())), ..own(PLAN, key) }
}

fn number(number: f64) -> Value {
    Value::Number(Number::new(number).expect("finite"))
}

fn choice(keys: &[(&str, Value)]) -> Value {
    Value::Choice(keys.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

fn row(cells: &[(&str, Value)]) -> Values {
    cells.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
}

fn rows_of(case: &mut Case, at: usize) -> &mut Vec<Values> {
    match case.documents[at].values.get_mut("periods") {
        Some(Value::Rows(rows)) => rows,
        other => panic!("no table: {other:?}"),
    }
}

/// The plan is the only document that was sent.
fn sent_rows(case: &mut Case) -> &mut Vec<Values> {
    rows_of(case, 0)
}

fn merged(shared: &Shared, reply: &Reply) -> Merging {
    merge(&shared.case, &shared.library.rules(), reply).expect("a reply to this case")
}

fn outcome<'a>(merging: &'a Merging, place: &Place) -> Option<&'a Outcome> {
    merging.fields.iter().find(|field| field.place == *place).map(|field| &field.outcome)
}

fn taken(merging: &Merging) -> Vec<&Place> {
    let is_taken = |outcome: &Outcome| matches!(outcome, Outcome::Taken { .. });
    merging.fields.iter().filter(|field| is_taken(&field.outcome)).map(|field| &field.place).collect()
}

/// Everything of theirs is entered and recorded.
fn take(case: &Case, merging: &Merging, reply: &Reply, theirs: bool) -> Case {
    let choices: Vec<Choice> = merging.conflicts().map(|place| Choice { place: place.clone(), theirs }).collect();
    let settled = merging.settled(&choices).expect("all is chosen");
    let mut case = case.clone();
    apply(&mut case, &settled);
    case.enter(&Record::TakeReply(settled.record(reply, today()))).expect("a new reply");
    case
}

// Who fills what

#[test]
fn each_party_may_fill_what_the_template_says_is_theirs() {
    let library = library();
    let may = |form: &str, field: &str, column: Option<&str>, party: Party| {
        let field = library.forms[form].field(field).expect("a field");
        may_fill(field, column.map(|key| field.column(key).expect("a column")), party)
    };
    let form = "workplace_consultation";
    assert!(may(form, "daily_work", None, Party::Company));
    assert!(may(form, "daily_work", None, Party::Patient));
    assert!(!may(form, "discussion", None, Party::Company));
    assert!(may(form, "discussion", None, Party::OutsideCoordinator), "acts as a coordinator in a paper");
    assert!(may(form, "employer.name", None, Party::Company));
    assert!(!may(form, "employer.name", None, Party::OutsideCoordinator));
    assert!(!may(form, "patient.name", None, Party::Company));
    assert!(!may("return_to_work_plan", "periods", None, Party::Company));
    assert!(!may("return_to_work_plan", "periods", Some("hours"), Party::Company));
    assert!(may("return_to_work_plan", "periods", Some("hours"), Party::OutsideCoordinator));
    let hospital = library.people.field("physician.name").expect("a field");
    assert!(!may_fill(hospital, None, Party::OutsideCoordinator), "the hospital's own data is not theirs");
}

#[test]
fn a_column_says_itself_who_fills_it_and_else_its_table_does() {
    let column = |key: &str, by: Vec<Party>| Field { key: key.to_owned(), by, ..Field::default() };
    let columns = vec![column("hours", vec![Party::Company]), column("start", Vec::new())];
    let by = vec![Party::Coordinator];
    let kind = ryoritsu::model::form::Kind::Table { columns };
    let table = Field { key: "periods".to_owned(), by, kind, ..Field::default() };
    for (key, party, expected) in [
        ("hours", Party::Company, true),
        ("hours", Party::Coordinator, false),
        ("start", Party::Coordinator, true),
        ("start", Party::Company, false),
    ] {
        assert_eq!(may_fill(&table, table.column(key), party), expected, "{key} {party:?}");
    }
    assert!(may_fill(&table, None, Party::Company) && may_fill(&table, None, Party::Coordinator));
    assert!(!may_fill(&table, None, Party::Physician));
}

#[test]
fn a_reply_holds_only_what_its_sender_supplies_of_the_papers_that_were_sent() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let reply = shared.reply(|case| {
        case.people.insert("employer.job_title".to_owned(), text("営業部長"));
        case.people.insert("patient.name".to_owned(), text("別の名前"));
        case.documents[0].values.insert("discussion".to_owned(), text("会社が書いた"));
    });
    assert_eq!(reply.people["employer.job_title"], text("営業部長"));
    let form = &shared.library.forms["workplace_consultation"];
    for key in reply.people.keys().chain(reply.documents[0].values.keys()) {
        let field = form.field(key).expect("a field of the paper");
        assert!(field.by.contains(&Party::Company), "{key}");
    }
    assert_eq!((reply.people.len(), reply.documents.len()), (1, 1), "what was not changed is not said");
    assert_eq!(reply.documents[0].values, Values::new());
    assert!(!reply.people.contains_key("employer.contact"), "is on no paper that was sent");
    assert_eq!(merged(&shared, &reply).fields.len(), 1);
}

// Three ways

/// What was sent, what stands here now, what they say: and what comes of it.
#[test]
fn a_field_is_compared_in_its_three_states() {
    type State = Option<Value>;
    let was = || Some(text("検品"));
    let here = || Some(text("検品と出荷"));
    let there = || Some(text("梱包"));
    let none = || None;
    let cases: [(State, State, State, &str); 11] = [
        (was(), was(), was(), "nothing"),
        (was(), here(), was(), "nothing"),
        (was(), was(), there(), "taken"),
        (none(), none(), there(), "taken"),
        (was(), was(), none(), "taken"),
        (was(), there(), there(), "same"),
        (was(), none(), none(), "same"),
        (was(), here(), there(), "conflict"),
        (none(), here(), there(), "conflict"),
        (was(), none(), there(), "conflict"),
        (was(), here(), none(), "conflict"),
    ];
    for (sent, mine, theirs, expected) in cases {
        let put = |case: &mut Case, at: usize, value: &Option<Value>| match value {
            None => drop(case.documents[at].values.remove("daily_work")),
            Some(value) => drop(case.documents[at].values.insert("daily_work".to_owned(), value.clone())),
        };
        let mut case = consented(true);
        put(&mut case, CONSULTATION, &sent);
        let mut shared = Shared::of(case, &[CONSULTATION], Party::Company, "package-1");
        let reply = shared.reply(|case| put(case, 0, &theirs));
        put(&mut shared.case, CONSULTATION, &mine);
        let merging = merged(&shared, &reply);
        let expected = match expected {
            "nothing" => None,
            "taken" => Some(Outcome::Taken { base: sent.clone(), theirs: theirs.clone() }),
            "same" => Some(Outcome::Same),
            _ => Some(Outcome::Conflict { base: sent.clone(), mine: mine.clone(), theirs: theirs.clone() }),
        };
        let found = outcome(&merging, &own(CONSULTATION, "daily_work")).cloned();
        assert_eq!(found, expected, "{sent:?} {mine:?} {theirs:?}");
        assert!(merging.fields.len() <= 1);
    }
}

#[test]
fn what_is_written_beside_a_choice_is_part_of_it() {
    let mut shared = Shared::new(&[CONSULTATION], Party::Company);
    let trips = |days: f64| choice(&[("yes", number(days))]);
    let reply = shared.reply(|case| drop(case.documents[0].values.insert("business_trips".to_owned(), trips(6.0))));
    let place = own(CONSULTATION, "business_trips");
    assert_eq!(taken(&merged(&shared, &reply)), [&place]);
    shared.case.documents[CONSULTATION].values.insert("business_trips".to_owned(), choice(&[("no", Value::Blank)]));
    let conflict = Outcome::Conflict {
        base: Some(trips(4.0)),
        mine: Some(choice(&[("no", Value::Blank)])),
        theirs: Some(trips(6.0)),
    };
    assert_eq!(outcome(&merged(&shared, &reply), &place), Some(&conflict));
}

#[test]
fn line_breaks_of_another_system_are_no_change() {
    let mut case = consented(true);
    case.documents[CONSULTATION].values.insert("daily_work".to_owned(), text("検品\n梱包"));
    let shared = Shared::of(case, &[CONSULTATION], Party::Company, "package-1");
    let reply =
        shared.reply(|case| drop(case.documents[0].values.insert("daily_work".to_owned(), text("検品\r\n梱包"))));
    assert_eq!(merged(&shared, &reply).fields, []);
}

#[test]
fn what_was_held_back_is_never_touched_and_what_is_typed_in_its_place_is_asked_about() {
    let mut case = consented(false);
    let told = text("S状結腸がんの治療前は検品");
    case.documents[CONSULTATION].values.insert("daily_work".to_owned(), told.clone());
    let shared = Shared::of(case, &[CONSULTATION], Party::Company, "package-1");
    assert_eq!(shared.sent.documents[0].values.get("daily_work"), None, "undecided words are held back");
    assert_eq!(merged(&shared, &shared.reply(|_| {})).fields, []);
    let reply = shared.reply(|case| drop(case.documents[0].values.insert("daily_work".to_owned(), text("検品"))));
    let conflict = Outcome::Conflict { base: None, mine: Some(told), theirs: Some(text("検品")) };
    assert_eq!(outcome(&merged(&shared, &reply), &own(CONSULTATION, "daily_work")), Some(&conflict));
}

#[test]
fn what_was_held_back_beside_a_choice_is_never_touched() {
    let mut case = consented(false);
    let told = Value::Tick(Box::new(text("S状結腸がんの人の送迎")));
    case.documents[CONSULTATION].values.insert("other_work".to_owned(), told.clone());
    let shared = Shared::of(case, &[CONSULTATION], Party::Company, "package-1");
    let bare = Value::Tick(Box::new(Value::Blank));
    assert_eq!(shared.sent.documents[0].values["other_work"], bare, "only the tick goes");
    let mut reply = shared.reply(|_| {});
    assert_eq!(merged(&shared, &reply).fields, []);
    // A PDF that comes back says everything that stood in it.
    reply.documents[0].values.insert("other_work".to_owned(), bare);
    assert_eq!(merged(&shared, &reply).fields, []);
    let theirs = Value::Tick(Box::new(text("送迎")));
    let reply = shared.reply(|case| drop(case.documents[0].values.insert("other_work".to_owned(), theirs.clone())));
    let conflict = Outcome::Conflict { base: None, mine: Some(told), theirs: Some(theirs) };
    assert_eq!(outcome(&merged(&shared, &reply), &own(CONSULTATION, "other_work")), Some(&conflict));
}

// Tables

#[test]
fn cells_are_merged_one_by_one() {
    let mut shared = Shared::new(&[PLAN], Party::OutsideCoordinator);
    let reply = shared.reply(|case| {
        sent_rows(case)[0].insert("hours".to_owned(), text("10:00～14:00"));
        sent_rows(case)[1].insert("hours".to_owned(), text("9:00～15:00"));
    });
    rows_of(&mut shared.case, PLAN)[0].insert("measures".to_owned(), text("残業なし"));
    rows_of(&mut shared.case, PLAN)[1].insert("hours".to_owned(), text("9:30～16:00"));
    let merging = merged(&shared, &reply);
    assert_eq!(taken(&merging), [&cell("periods", 0, "hours")]);
    assert_eq!(merging.conflicts().collect::<Vec<_>>(), [&cell("periods", 1, "hours")]);
    let mut case = take(&shared.case, &merging, &reply, false);
    assert_eq!(rows_of(&mut case, PLAN)[0]["hours"], text("10:00～14:00"));
    assert_eq!(rows_of(&mut case, PLAN)[0]["measures"], text("残業なし"));
    assert_eq!(rows_of(&mut case, PLAN)[1]["hours"], text("9:30～16:00"));
}

#[test]
fn a_column_that_was_held_back_stays_as_it_is() {
    let mut shared = Shared::of(consented(false), &[PLAN], Party::OutsideCoordinator, "package-1");
    assert!(sent_rows(&mut shared.sent.clone()).iter().all(|row| !row.contains_key("treatment")));
    let before = rows_of(&mut shared.case, PLAN).clone();
    let edits: [fn(&mut Vec<Values>); 2] = [
        |rows| drop(rows[0].insert("hours".to_owned(), text("10:00～14:00"))),
        |rows| rows.push(row(&[("hours", text("9:00～17:00"))])),
    ];
    for edit in edits {
        let reply = shared.reply(|case| edit(sent_rows(case)));
        let merging = merge(&shared.case, &shared.library.rules(), &reply).expect("a reply");
        assert_eq!((taken(&merging).len(), merging.conflicts().count()), (1, 0));
        shared.case = take(&shared.case, &merging, &reply, true);
    }
    let after = rows_of(&mut shared.case, PLAN);
    assert_eq!(after.len(), before.len() + 1);
    assert_eq!(after[0]["hours"], text("10:00～14:00"));
    for (before, after) in before.iter().zip(after) {
        assert_eq!(before["treatment"], after["treatment"]);
    }
}

#[test]
fn rows_put_in_or_taken_away_beside_a_column_that_was_held_back_are_asked_about() {
    type Edit = fn(&mut Vec<Values>);
    let edits: [(Edit, bool); 4] = [
        (|rows| drop(rows.remove(0)), false),
        (|rows| rows.insert(1, Values::from([("hours".to_owned(), text("9:00"))])), false),
        (|rows| drop(rows.pop()), false),
        (|rows| rows.push(Values::from([("hours".to_owned(), text("9:00"))])), true),
    ];
    for (edit, is_taken) in edits {
        let shared = Shared::of(consented(false), &[PLAN], Party::OutsideCoordinator, "package-1");
        let reply = shared.reply(|case| edit(sent_rows(case)));
        let merging = merged(&shared, &reply);
        assert_eq!(taken(&merging).is_empty(), !is_taken);
        assert_eq!(merging.conflicts().count() == 0, is_taken);
        // Where nothing is held back, whole rows move.
        let shared = Shared::of(consented(true), &[PLAN], Party::OutsideCoordinator, "package-1");
        let merging = merged(&shared, &shared.reply(|case| edit(sent_rows(case))));
        assert_eq!(merging.conflicts().count(), 0);
    }
}

#[test]
fn rows_that_were_moved_here_are_asked_about() {
    let mut shared = Shared::new(&[PLAN], Party::OutsideCoordinator);
    let reply = shared.reply(|case| drop(sent_rows(case)[2].insert("hours".to_owned(), text("9:00～17:00"))));
    rows_of(&mut shared.case, PLAN).remove(0);
    let merging = merged(&shared, &reply);
    assert_eq!(taken(&merging), Vec::<&Place>::new());
    assert_eq!(merging.conflicts().count(), 1);
}

#[test]
fn rows_added_on_both_sides_are_asked_about() {
    let mut shared = Shared::new(&[PLAN], Party::OutsideCoordinator);
    let count = rows_of(&mut shared.case, PLAN).len();
    let reply = shared.reply(|case| sent_rows(case).push(row(&[("hours", text("9:00")), ("measures", text("なし"))])));
    let merging = merged(&shared, &reply);
    assert_eq!(taken(&merging).len(), 2);
    rows_of(&mut shared.case, PLAN).push(row(&[("hours", text("8:00"))]));
    let merging = merged(&shared, &reply);
    let conflicts: Vec<&Place> = merging.conflicts().collect();
    assert_eq!(conflicts, [&cell("periods", count, "hours"), &cell("periods", count, "measures")]);
}

// Refused

#[test]
fn what_the_sender_may_not_supply_is_refused_and_listed() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let mut reply =
        shared.reply(|case| drop(case.documents[0].values.insert("paid_leave_days".to_owned(), number(9.0))));
    reply.documents[0].values.insert("discussion".to_owned(), text("書き換え"));
    reply.documents[0].values.insert("no_such_field".to_owned(), text("知らない項目"));
    reply.documents[0].values.insert("patient.name".to_owned(), text("ここにはない"));
    reply.people.insert("patient.name".to_owned(), text("別の名前"));
    reply.people.insert("patient.chart_number".to_owned(), text("999"));
    reply.people.insert("daily_work".to_owned(), text("ここにはない"));
    let merging = merged(&shared, &reply);
    let objection = |place: &Place| match outcome(&merging, place) {
        Some(Outcome::Refused { objection, .. }) => objection.clone(),
        other => panic!("{place:?}: {other:?}"),
    };
    assert_eq!(objection(&own(CONSULTATION, "discussion")), Objection::NotTheirs);
    assert_eq!(objection(&own(CONSULTATION, "no_such_field")), Objection::NotSent);
    assert_eq!(objection(&own(CONSULTATION, "patient.name")), Objection::NotSent);
    assert_eq!(objection(&Place::field("patient.name")), Objection::NotTheirs);
    assert_eq!(objection(&Place::field("patient.chart_number")), Objection::NotSent);
    assert_eq!(objection(&Place::field("daily_work")), Objection::NotSent);
    let case = take(&shared.case, &merging, &reply, true);
    assert_eq!(case.replies[0].refused.len(), 6);
    assert_eq!(case.people, shared.case.people);
    let mut expected = shared.case.documents[CONSULTATION].values.clone();
    expected.insert("paid_leave_days".to_owned(), number(9.0));
    assert_eq!(case.documents[CONSULTATION].values, expected);
}

#[test]
fn what_a_field_does_not_take_is_refused_with_the_reason() {
    let day = |year| Value::Date(chrono::NaiveDate::from_ymd_opt(year, 1, 1).expect("a day"));
    let long = "長".repeat(20_001);
    let cases = [
        ("daily_work", day(2026), EntryError::WrongKind),
        ("daily_work", text("隠れた\u{202E}文字"), EntryError::Invisible('\u{202E}')),
        ("daily_work", text(&long), EntryError::TooLong(20_000)),
        ("paid_leave_days", number(-1.0), EntryError::Negative),
        ("paid_leave_days", number(1e9), EntryError::TooLarge),
        ("paid_leave_days", text("9"), EntryError::WrongKind),
        ("pc_hours", Value::Tick(Box::new(text("六"))), EntryError::WrongKind),
        ("other_work", Value::Tick(Box::new(text("一\n二"))), EntryError::LineBreak),
        ("business_trips", choice(&[("yes", Value::Blank), ("no", Value::Blank)]), EntryError::OnlyOne),
        ("business_trips", choice(&[("no", number(3.0))]), EntryError::NoDetail { option: "無".to_owned() }),
    ];
    for (key, value, trouble) in cases {
        let shared = Shared::new(&[CONSULTATION], Party::Company);
        let reply = shared.reply(|case| drop(case.documents[0].values.insert(key.to_owned(), value.clone())));
        let merging = merged(&shared, &reply);
        let refused = Outcome::Refused { theirs: Some(value), objection: Objection::Unfit(trouble) };
        assert_eq!(outcome(&merging, &own(CONSULTATION, key)), Some(&refused));
        assert_eq!(take(&shared.case, &merging, &reply, true).documents, shared.case.documents);
    }
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let unknown = choice(&[("sabbatical", Value::Blank)]);
    let reply = shared.reply(|case| drop(case.documents[0].values.insert("work_pattern".to_owned(), unknown)));
    let merging = merged(&shared, &reply);
    assert!(matches!(
        outcome(&merging, &own(CONSULTATION, "work_pattern")),
        Some(Outcome::Refused { objection: Objection::Unfit(EntryError::Option { typed, .. }), .. }) if typed == "sabbatical"
    ));
}

#[test]
fn a_table_takes_no_text_and_not_without_end() {
    let shared = Shared::new(&[PLAN], Party::OutsideCoordinator);
    let mut reply = shared.reply(|_| {});
    reply.documents[0].values.insert("periods".to_owned(), text("計画"));
    let wrong =
        Some(&Outcome::Refused { theirs: Some(text("計画")), objection: Objection::Unfit(EntryError::WrongKind) });
    assert_eq!(outcome(&merged(&shared, &reply), &own(PLAN, "periods")), wrong);
    let many = vec![row(&[("hours", text("9:00")), ("unknown", text("?"))]); 600];
    reply.documents[0].values.insert("periods".to_owned(), Value::Rows(many));
    let merging = merged(&shared, &reply);
    let case = take(&shared.case, &merging, &reply, true);
    assert_eq!(rows_of(&mut case.clone(), PLAN).len(), 500);
    assert!(rows_of(&mut case.clone(), PLAN).iter().all(|row| !row.contains_key("unknown")));
}

// Which case, which paper

#[test]
fn a_reply_that_answers_nothing_from_here_is_named() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let other = Shared::of(consented(true), &[CONSULTATION], Party::Company, "package-2");
    let good = shared.reply(|_| {});
    let with = |change: &dyn Fn(&mut Reply)| {
        let mut reply = good.clone();
        change(&mut reply);
        reply
    };
    let cases: [(&str, Reply, ReplyTrouble); 12] = [
        ("an unknown package", other.reply(|_| {}), ReplyTrouble::NothingSent),
        (
            "a PDF of a revision that went to nobody like this",
            with(&|reply| {
                reply.package = None;
                reply.from = somebody(Party::OccupationalPhysician);
            }),
            ReplyTrouble::NothingSent,
        ),
        ("no paper at all", with(&|reply| reply.documents.clear()), ReplyTrouble::Tampered),
        (
            "somebody who supplies more",
            with(&|reply| reply.from = somebody(Party::Coordinator)),
            ReplyTrouble::Tampered,
        ),
        (
            "somebody of another name",
            with(&|reply| "何某\u{1B}[2J".clone_into(&mut reply.from.name)),
            ReplyTrouble::Tampered,
        ),
        (
            "fields without end",
            with(&|reply| reply.documents[0].values.extend((0..5_000).map(|at| (format!("x{at}"), text("?"))))),
            ReplyTrouble::Tampered,
        ),
        (
            "a field whose name is a text",
            with(&|reply| reply.people.extend([("何か\nの文".to_owned(), text("?"))])),
            ReplyTrouble::Tampered,
        ),
        (
            "another form",
            with(&|reply| reply.documents[0].form = "return_to_work_plan".to_owned()),
            ReplyTrouble::Tampered,
        ),
        ("a paper twice", with(&|reply| reply.documents.extend(reply.documents.clone())), ReplyTrouble::Tampered),
        (
            "another paper",
            with(&|reply| {
                let (id, form) = (shared.case.documents[PLAN].id, "return_to_work_plan".to_owned());
                reply.documents.push(RepliedDocument { id, form, revision: 1, values: Values::new() });
            }),
            ReplyTrouble::UnknownRevision,
        ),
        ("a later revision", with(&|reply| reply.documents[0].revision = 2), ReplyTrouble::UnknownRevision),
        (
            "a PDF of nothing",
            with(&|reply| {
                reply.package = None;
                reply.documents.clear();
            }),
            ReplyTrouble::NothingSent,
        ),
    ];
    for (name, reply, trouble) in cases {
        assert_eq!(merge(&shared.case, &shared.library.rules(), &reply), Err(trouble), "{name}");
    }
}

#[test]
fn a_paper_that_did_not_go_in_the_package_is_no_part_of_its_answer() {
    let mut shared = Shared::new(&[CONSULTATION], Party::Company);
    let second = Shared::of(shared.case.clone(), &[PLAN], Party::Company, "package-2");
    let mut reply = shared.reply(|_| {});
    reply.documents.extend(second.reply(|_| {}).documents);
    shared.case = second.case;
    assert_eq!(merge(&shared.case, &shared.library.rules(), &reply), Err(ReplyTrouble::Tampered));
}

#[test]
fn an_older_revision_is_told_and_compared_with_what_it_said() {
    let mut shared = Shared::new(&[CONSULTATION], Party::Company);
    let key = "paid_leave_days".to_owned();
    let reply = shared.reply(|case| drop(case.documents[0].values.insert(key.clone(), number(9.0))));
    shared.case.documents[CONSULTATION].values.insert(key.clone(), number(11.0));
    let newer = Shared::of(shared.case.clone(), &[CONSULTATION], Party::Company, "package-2");
    let merging = merge(&newer.case, &newer.library.rules(), &reply).expect("a reply");
    let note = Note::RepliedToOlder { form: "協議書".to_owned(), revision: 1, newest: 2 };
    assert_eq!(merging.notes, [note]);
    let conflict = Outcome::Conflict { base: Some(number(12.0)), mine: Some(number(11.0)), theirs: Some(number(9.0)) };
    assert_eq!(outcome(&merging, &own(CONSULTATION, &key)), Some(&conflict));
}

#[test]
fn a_paper_that_is_gone_is_told_and_the_rest_is_taken() {
    let mut shared = Shared::new(&[CONSULTATION, PLAN], Party::Company);
    let reply = shared.reply(|case| {
        case.documents[0].values.insert("paid_leave_days".to_owned(), number(9.0));
    });
    shared.case.documents.remove(PLAN);
    let merging = merged(&shared, &reply);
    assert_eq!(merging.notes, [Note::RepliedToRemoved { form: "職場復帰支援プラン".to_owned() }]);
    assert_eq!(taken(&merging).len(), 1);
}

#[test]
fn what_a_later_reply_takes_back_is_told() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let fill = |days: f64, work: &str| {
        shared.reply(|case| {
            case.documents[0].values.insert("paid_leave_days".to_owned(), number(days));
            case.documents[0].values.insert("daily_work".to_owned(), text(work));
        })
    };
    let slip = fill(9.0, "検品");
    let case = take(&shared.case, &merged(&shared, &slip), &slip, true);
    let rules = shared.library.rules();
    let merging = merge(&case, &rules, &fill(12.0, "検品")).expect("a reply");
    assert_eq!(merging.notes, [Note::RepliedAsSent { labels: vec!["有給休暇日数".to_owned()] }]);
    assert_eq!(merging.fields.len(), 1, "{merging:?}");
    // What somebody here changed is no slip of theirs.
    let mut changed = case;
    changed.documents[CONSULTATION].values.insert("paid_leave_days".to_owned(), number(8.0));
    assert_eq!(merge(&changed, &rules, &fill(12.0, "検品")).expect("a reply").notes, []);
}

/// What somebody fills in.
type Fill<'a> = &'a dyn Fn(&mut Case);

#[test]
fn what_a_newer_revision_says_already_is_not_taken_back_by_an_answer_that_leaves_it() {
    let of_company = |case: &mut Case| {
        case.people.insert("employer.department".to_owned(), text("製造二課"));
        case.documents[0].values.insert("paid_leave_days".to_owned(), number(9.0));
    };
    let of_coordinator = |case: &mut Case| drop(sent_rows(case)[0].insert("hours".to_owned(), text("10:00～12:00")));
    let table: [(usize, Party, Fill<'_>, usize); 2] =
        [(CONSULTATION, Party::Company, &of_company, 2), (PLAN, Party::OutsideCoordinator, &of_coordinator, 1)];
    for (document, party, fill, count) in table {
        let shared = Shared::new(&[document], party);
        // A PDF that was filled in names no package.
        let reply = |sent: &Shared, fill: &dyn Fn(&mut Case)| Reply { package: None, ..sent.reply(fill) };
        let first = reply(&shared, fill);
        let case = take(&shared.case, &merged(&shared, &first), &first, true);
        let newer = Shared::of(case, &[document], party, "package-2");
        let notes = |reply: &Reply| merge(&newer.case, &newer.library.rules(), reply).expect("a reply").notes;
        assert_eq!(notes(&reply(&newer, &|_| {})), [], "{party:?}");
        // The paper before it says still what was there before.
        let told = notes(&reply(&shared, &|_| {}));
        let is_told = |note: &Note| matches!(note, Note::RepliedAsSent { labels } if labels.len() == count);
        assert!(told.iter().any(is_told), "{party:?}: {told:?}");
    }
}

// Choosing and taking

#[test]
fn nothing_is_settled_before_every_conflict_is_decided() {
    let mut shared = Shared::new(&[CONSULTATION], Party::Company);
    let keys = ["daily_work", "monthly_work"];
    let reply = shared.reply(|case| {
        case.documents[0].values.extend(keys.map(|key| (key.to_owned(), text("会社の記入"))));
    });
    shared.case.documents[CONSULTATION].values.extend(keys.map(|key| (key.to_owned(), text("病院の記入"))));
    let merging = merged(&shared, &reply);
    let places = keys.map(|key| own(CONSULTATION, key));
    let choose = |at: usize, theirs| Choice { place: places[at].clone(), theirs };
    assert_eq!(merging.settled(&[]), Err(places.to_vec()));
    assert_eq!(merging.settled(&[choose(0, true)]), Err(vec![places[1].clone()]));
    let settled = merging.settled(&[choose(0, true), choose(1, false)]).expect("all is chosen");
    let mut case = shared.case.clone();
    apply(&mut case, &settled);
    assert_eq!(case.documents[CONSULTATION].values["daily_work"], text("会社の記入"));
    assert_eq!(case.documents[CONSULTATION].values["monthly_work"], text("病院の記入"));
    let record = settled.record(&reply, today());
    let taken: Vec<&str> = record.taken.iter().map(|taken| taken.place.field.as_str()).collect();
    assert_eq!(taken, ["daily_work"]);
}

#[test]
fn the_same_reply_is_known_again_and_another_one_is_not() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let fill = |days: f64| {
        shared.reply(|case| drop(case.documents[0].values.insert("paid_leave_days".to_owned(), number(days))))
    };
    let reply = fill(9.0);
    let mut case = take(&shared.case, &merged(&shared, &reply), &reply, true);
    let merging = merge(&case, &shared.library.rules(), &reply).expect("a reply");
    assert!(merging.fields.iter().all(|field| field.outcome == Outcome::Same));
    let again = merging.settled(&[]).expect("nothing to choose").record(&reply, today());
    assert_eq!(case.enter(&Record::TakeReply(again)), Err(Refused::AlreadyTaken { on: today() }));
    assert_eq!(reply.sha256(), fill(9.0).sha256());
    assert_ne!(reply.sha256(), fill(8.0).sha256());
}

#[test]
fn a_field_is_theirs_as_long_as_it_says_what_came() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let fill =
        |value: Value| shared.reply(|case| drop(case.documents[0].values.insert("paid_leave_days".to_owned(), value)));
    let (place, other) = (own(CONSULTATION, "paid_leave_days"), own(CONSULTATION, "daily_work"));
    let first = fill(number(9.0));
    let mut case = take(&shared.case, &merged(&shared, &first), &first, true);
    assert_eq!(supplied_by(&shared.case, &place), None);
    assert_eq!(supplied_by(&case, &place), Some(&case.replies[0]));
    assert_eq!(supplied_by(&case, &other), None);
    case.documents[CONSULTATION].values.insert("paid_leave_days".to_owned(), number(7.0));
    assert_eq!(supplied_by(&case, &place), None);
    let second = fill(number(5.0));
    let merging = merge(&case, &shared.library.rules(), &second).expect("a reply");
    let mut case = take(&case, &merging, &second, true);
    assert_eq!(supplied_by(&case, &place), Some(&case.replies[1]));
    // What was emptied is nobody's.
    case.documents[CONSULTATION].values.remove("paid_leave_days");
    assert_eq!(supplied_by(&case, &place), None);
}

#[test]
fn replies_and_hand_overs_stay_recorded_whatever_is_undone() {
    let shared = Shared::new(&[CONSULTATION], Party::Company);
    let reply = shared.reply(|case| drop(case.documents[0].values.insert("paid_leave_days".to_owned(), number(9.0))));
    let case = take(&shared.case, &merged(&shared, &reply), &reply, true);
    let mut before = shared.case.clone();
    before.take_records(&case);
    before.take_records(&case);
    assert_eq!(before.replies, case.replies);
    assert_eq!(case.clone().without_records().replies, []);
    let hand_over = ryoritsu::model::package::HandOver {
        on: today(),
        to: somebody(Party::OutsideCoordinator),
        package: "package-9".to_owned(),
        consent: None,
    };
    let mut handed = case.clone();
    handed.enter(&Record::HandOver(hand_over)).expect("handed over");
    let mut undone = case;
    undone.take_records(&handed);
    undone.take_records(&handed);
    assert_eq!(undone.hand_overs, handed.hand_overs);
    assert_eq!(undone.without_records().hand_overs, []);
}

// Properties

/// Values for the fields of a form: what could be typed, and what never could.
fn any_filling(form: &str) -> impl Strategy<Value = Values> {
    let keys: Vec<String> = library().forms[form].fields.iter().map(|field| field.key.clone()).collect();
    let one = (0..keys.len(), any_sort_of_value());
    proptest::collection::vec(one, 0..8)
        .prop_map(move |filled| filled.into_iter().map(|(at, value)| (keys[at].clone(), value)).collect())
}

fn any_sort_of_value() -> impl Strategy<Value = Value> {
    let detail = prop_oneof![Just(Value::Blank), (0..99_u8).prop_map(|days| number(f64::from(days)))];
    let cell = prop_oneof![
        Just(Value::Blank),
        "[あ-ん0-9～:]{0,4}".prop_map(Value::Text),
        (0_i64..60).prop_map(|days| Value::Date(today() + chrono::Duration::days(days)))
    ];
    let column = prop_oneof![Just("start"), Just("hours"), Just("measures"), Just("treatment"), Just("other")];
    let row = proptest::collection::btree_map(column.prop_map(str::to_owned), cell, 0..4);
    prop_oneof![
        "[あ-ん]{0,3}".prop_map(Value::Text),
        "[あ\n\r\u{202E}]{0,4}".prop_map(Value::Text),
        (0..99_u8).prop_map(|days| number(f64::from(days))),
        detail.clone().prop_map(|detail| Value::Tick(Box::new(detail))),
        (prop_oneof![Just("yes"), Just("no"), Just("day"), Just("other")], detail)
            .prop_map(|(key, detail)| choice(&[(key, detail)])),
        proptest::collection::vec(row, 0..5).prop_map(Value::Rows),
        any_values().prop_map(Value::Choice),
    ]
}

fn spread(case: &mut Case, at: usize, filling: &Values) {
    for (key, value) in filling {
        let values =
            if ryoritsu::model::case::is_shared(key) { &mut case.people } else { &mut case.documents[at].values };
        values.insert(key.clone(), value.clone());
    }
}

/// A reply that may say anything of anybody's fields.
fn forged(shared: &Shared, filling: &Values) -> Reply {
    let mut reply = shared.reply(|case| spread(case, 0, filling));
    for (key, value) in filling {
        let is_shared = ryoritsu::model::case::is_shared(key);
        let values = if is_shared { &mut reply.people } else { &mut reply.documents[0].values };
        values.insert(key.clone(), value.clone());
    }
    reply
}

/// What of a case somebody may not supply.
fn not_theirs(case: &Case, shared: &Shared, at: usize, party: Party) -> (Values, Values, Vec<Values>) {
    let form = &shared.library.forms[&case.documents[at].form];
    let is_theirs = |key: &str| form.field(key).is_some_and(|field| may_fill(field, None, party));
    let mut people = case.people.clone();
    people.retain(|key, _| !is_theirs(key));
    let mut values = case.documents[at].values.clone();
    values.retain(|key, _| !is_theirs(key));
    let others = case.documents.iter().enumerate().filter(|(other, _)| *other != at);
    (people, values, others.map(|(_, document)| document.values.clone()).collect())
}

fn any_paper() -> impl Strategy<Value = (usize, Party, &'static str)> {
    prop_oneof![
        Just((CONSULTATION, Party::Company, "workplace_consultation")),
        Just((CONSULTATION, Party::OutsideCoordinator, "workplace_consultation")),
        Just((PLAN, Party::OutsideCoordinator, "return_to_work_plan")),
        Just((PLAN, Party::Company, "return_to_work_plan")),
    ]
}

fn any_merge() -> impl Strategy<Value = ((usize, Party, &'static str), Values, Values, bool)> {
    any_paper().prop_flat_map(|paper| (Just(paper), any_filling(paper.2), any_filling(paper.2), any::<bool>()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_not_theirs_never_changes_and_merging_twice_changes_nothing(
        ((at, party, _), mine, theirs, take_theirs) in any_merge(), diagnosis in any::<bool>()
    ) {
        let mut shared = Shared::of(consented(diagnosis), &[at], party, "package-1");
        let reply = forged(&shared, &theirs);
        spread(&mut shared.case, at, &mine);
        let before = not_theirs(&shared.case, &shared, at, party);
        let merging = merged(&shared, &reply);
        let once = take(&shared.case, &merging, &reply, take_theirs);
        prop_assert_eq!(not_theirs(&once, &shared, at, party), before);
        let again = merge(&once, &shared.library.rules(), &reply).expect("a reply");
        prop_assert_eq!(taken(&again), Vec::<&Place>::new());
        if take_theirs {
            prop_assert_eq!(again.conflicts().count(), 0);
        }
        let choices: Vec<Choice> =
            again.conflicts().map(|place| Choice { place: place.clone(), theirs: false }).collect();
        let mut twice = once.clone();
        apply(&mut twice, &again.settled(&choices).expect("all is chosen"));
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn an_unchanged_reply_changes_nothing_whatever_was_changed_here(
        ((at, party, _), mine, was, _) in any_merge(), diagnosis in any::<bool>()
    ) {
        let mut case = consented(diagnosis);
        spread(&mut case, at, &was);
        let mut shared = Shared::of(case, &[at], party, "package-1");
        let reply = shared.reply(|_| {});
        spread(&mut shared.case, at, &mine);
        let merging = merged(&shared, &reply);
        prop_assert_eq!(&merging.fields, &[]);
        let mut case = shared.case.clone();
        apply(&mut case, &merging.settled(&[]).expect("nothing to choose"));
        prop_assert_eq!(case, shared.case);
    }

    #[test]
    fn where_nothing_was_changed_here_just_theirs_is_taken(((at, party, _), theirs, ..) in any_merge()) {
        let shared = Shared::of(consented(true), &[at], party, "package-1");
        let mut filled = shared.sent.clone();
        spread(&mut filled, 0, &theirs);
        let reply = shared.reply(|case| *case = filled.clone());
        let merging = merged(&shared, &reply);
        prop_assert_eq!(merging.conflicts().count(), 0);
        let case = take(&shared.case, &merging, &reply, true);
        // Their own reply to what came of it says nothing new, but for what no field takes.
        let again = merge(&case, &shared.library.rules(), &reply).expect("a reply");
        for field in &again.fields {
            prop_assert!(matches!(field.outcome, Outcome::Same | Outcome::Refused { .. }), "{:?}", field);
        }
    }

    #[test]
    fn replies_about_different_fields_come_in_any_order(
        days in 0..99_u8, work in "[あ-ん]{1,5}", title in "[あ-ん]{1,5}"
    ) {
        let shared = Shared::new(&[CONSULTATION], Party::Company);
        let one = shared.reply(|case| {
            case.documents[0].values.insert("paid_leave_days".to_owned(), number(f64::from(days)));
        });
        let other = shared.reply(|case| {
            case.documents[0].values.insert("daily_work".to_owned(), text(&work));
            case.people.insert("employer.job_title".to_owned(), text(&title));
        });
        let both = |first: &Reply, second: &Reply| {
            let mut case = shared.case.clone();
            for reply in [first, second] {
                let merging = merge(&case, &shared.library.rules(), reply).expect("a reply");
                assert_eq!(merging.conflicts().count(), 0);
                apply(&mut case, &merging.settled(&[]).expect("nothing to choose"));
            }
            case
        };
        prop_assert_eq!(both(&one, &other), both(&other, &one));
    }

    #[test]
    fn what_can_be_typed_fits(typed in "[0-9あ-んa-z.:,]{0,6}") {
        for form in library().forms.values() {
            for field in form.fields.iter().filter(|field| field.columns().is_empty()) {
                if let Ok(Some(value)) = entry::parse(field, &typed) {
                    prop_assert_eq!(entry::fits(field, &value), Ok(()), "{} {}", field.key, typed);
                }
            }
        }
    }
}

#[test]
fn a_handout_of_another_package_does_not_count() {
    let mut shared = Shared::new(&[CONSULTATION], Party::Company);
    let reply = shared.reply(|_| {});
    let document = shared.case.documents[CONSULTATION].clone();
    let known = document.latest().expect("handed out").clone();
    let to = somebody(Party::OccupationalPhysician);
    let package = Some("package-2".to_owned());
    let handouts = vec![Handout {
        on: today(),
        to,
        purpose: Purpose::ForGood,
        marks: Vec::new(),
        consent: None,
        package,
        told: Vec::new(),
    }];
    let record = Record::HandOut { document: document.id, revision: Box::new(Revision { handouts, ..known }) };
    shared.case.enter(&record).expect("handed out");
    let other = Reply { package: Some("package-2".to_owned()), ..reply.clone() };
    assert_eq!(merge(&shared.case, &shared.library.rules(), &other), Err(ReplyTrouble::Tampered));
    assert!(merge(&shared.case, &shared.library.rules(), &reply).is_ok());
}
