//! The open case without a window: every way to change it, and every way back.

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{example, library, text};
use proptest::prelude::*;
use ryoritsu::model::case::Case;
use ryoritsu::model::change::Change;
use ryoritsu::model::check::{CASE_NUMBER, Place, SUBSTITUTES};
use ryoritsu::model::entry::EntryError;
use ryoritsu::model::failure::Failure;
use ryoritsu::model::form::Field;
use ryoritsu::model::record::SetAside;
use ryoritsu::model::value::{Value, Values};
use ryoritsu::session::rows::RowEdit;
use ryoritsu::session::{Access, OpenCase};
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::case_file::{self, CaseFile, Existing};
use ryoritsu::store::template_file::Library;

/// The plan in the example c7.
const PLAN: usize = 2;

fn name() -> Place {
    Place::field("patient.name")
}

fn birth() -> Place {
    Place::field("patient.birth_date")
}

fn periods() -> Place {
    Place { document: Some(PLAN), field: "periods".to_owned(), cell: None }
}

fn cell(row: usize, column: &str) -> Place {
    Place { cell: Some((row, column.to_owned())), ..periods() }
}

fn detail(document: usize, field: &str, option: &str) -> Place {
    Place { document: Some(document), field: field.to_owned(), cell: Some((0, option.to_owned())) }
}

/// The field of a place, or the column of a cell.
fn field<'a>(library: &'a Library, case: &Case, place: &Place) -> &'a Field {
    let form = place.document.map(|at| &library.forms[&case.documents[at].form]);
    let field = form.map_or_else(|| library.people.field(&place.field), |form| form.field(&place.field));
    let field = field.expect("a field");
    place.cell.as_ref().map_or(field, |(_, column)| field.column(column).expect("a column"))
}

fn typed(open: &mut OpenCase, place: &Place, text: &str, now: f64) {
    let library = library();
    let field = field(&library, open.case(), place).clone();
    let _ = open.type_text(place, &field, text, now);
}

fn set_number(open: &mut OpenCase, number: &str, now: f64) -> Result<(), EntryError> {
    open.type_text(&Place::field(CASE_NUMBER), &Field::default(), number, now)
}

fn set_substitute(open: &mut OpenCase, character: &str, substitute: &str, now: f64) -> Result<(), EntryError> {
    let place = Place { cell: Some((0, character.to_owned())), ..Place::field(SUBSTITUTES) };
    open.type_text(&place, &Field::default(), substitute, now)
}

fn state(open: &OpenCase) -> (Case, BTreeMap<Place, String>) {
    (open.case().clone(), open.pending().clone())
}

fn undone(open: &mut OpenCase) -> usize {
    std::iter::from_fn(|| open.undo()).count()
}

fn name_of(open: &OpenCase) -> &str {
    open.value(&name()).and_then(Value::as_text).unwrap_or_default()
}

#[test]
fn typing_is_one_step_until_a_pause() {
    let mut open = OpenCase::new(example("c7"));
    for (at, written) in ["早", "早坂", "早坂　", "早坂　花"].into_iter().enumerate() {
        typed(&mut open, &name(), written, 0.3 * f64::from(u32::try_from(at).expect("small")));
    }
    typed(&mut open, &name(), "早坂　花子", 3.0);
    assert_eq!(open.undo(), Some(name()));
    assert_eq!(name_of(&open), "早坂　花");
    assert_eq!(open.undo(), Some(name()));
    assert_eq!(name_of(&open), "早坂　由美子");
    assert_eq!(open.undo(), None);
}

#[test]
fn typing_on_after_an_undo_is_a_step_of_its_own() {
    let mut open = OpenCase::new(example("c7"));
    typed(&mut open, &name(), "甲", 0.0);
    open.undo();
    typed(&mut open, &name(), "乙", 0.1);
    typed(&mut open, &name(), "乙丙", 0.2);
    assert_eq!(undone(&mut open), 1);
    assert_eq!(name_of(&open), "早坂　由美子");
}

#[test]
fn another_field_begins_another_step() {
    let mut open = OpenCase::new(example("c7"));
    typed(&mut open, &name(), "甲", 0.0);
    typed(&mut open, &Place::field("patient.kana"), "コウ", 0.1);
    typed(&mut open, &name(), "甲乙", 0.2);
    let places: Vec<Place> = std::iter::from_fn(|| open.undo()).collect();
    assert_eq!(places, [name(), Place::field("patient.kana"), name()]);
    assert!(!open.is_changed());
}

type Step = Box<dyn Fn(&mut OpenCase)>;

#[test]
fn every_sort_of_step_is_undone_and_done_again() {
    let mut open = OpenCase::new(example("c7"));
    let mut states = vec![state(&open)];
    let steps: Vec<Step> = vec![
        Box::new(|open| typed(open, &name(), "山田　太郎", 0.0)),
        Box::new(|open| typed(open, &Place { document: Some(0), ..Place::field("current_symptoms") }, "なし", 0.0)),
        Box::new(|open| open.edit_rows(&periods(), &RowEdit::Insert(1), 0.0)),
        Box::new(|open| open.edit_rows(&periods(), &RowEdit::FillDown(1, "hours".to_owned()), 0.0)),
        Box::new(|open| open.edit_rows(&periods(), &RowEdit::Down(0), 0.0)),
        Box::new(|open| open.edit_rows(&periods(), &RowEdit::Up(2), 0.0)),
        Box::new(|open| open.edit_rows(&periods(), &RowEdit::Remove(0), 0.0)),
        Box::new(|open| drop(set_number(open, "R8-0099", 0.0))),
        Box::new(|open| drop(set_substitute(open, "邊", "辺", 0.0))),
        Box::new(|open| assert_eq!(open.add_document("return_opinion".to_owned(), 0.0), 3)),
        Box::new(|open| open.remove_document(0, 0.0).expect("removed")),
        Box::new(|open| open.change_people(&name(), 0.0, Values::clear)),
        Box::new(|open| open.replace(example("c1"), BTreeMap::new(), 0.0)),
    ];
    for step in &steps {
        step(&mut open);
        states.push(state(&open));
    }
    for before in states.iter().rev().skip(1) {
        assert!(open.undo().is_some());
        assert_eq!(state(&open), *before);
    }
    for after in states.iter().skip(1) {
        assert!(open.redo().is_some());
        assert_eq!(state(&open), *after);
    }
    assert_eq!((open.undo().is_some(), open.redo().is_some(), open.redo()), (true, true, None));
}

#[test]
fn what_comes_after_an_undo_takes_the_way_forward_away() {
    let mut open = OpenCase::new(example("c7"));
    typed(&mut open, &name(), "甲", 0.0);
    open.undo();
    assert_eq!(open.history().next_redo(), Some((Change::Field, &name())));
    typed(&mut open, &birth(), "S55.4.3", 5.0);
    assert_eq!(open.redo(), None);
}

#[test]
fn a_date_that_is_none_waits_without_touching_the_value() {
    let mut open = OpenCase::new(example("c7"));
    let before = open.value(&birth()).cloned();
    typed(&mut open, &birth(), "S55.13.3", 0.0);
    assert_eq!(open.value(&birth()).cloned(), before);
    assert_eq!(open.pending().get(&birth()).map(String::as_str), Some("S55.13.3"));
    let library = library();
    let field = library.people.field("patient.birth_date").expect("a field");
    assert_eq!(open.text(&birth(), field), "S55.13.3");
    assert_eq!(open.to_save().case, example("c7"), "what cannot be read is not saved");
    typed(&mut open, &birth(), "S55.12.3", 5.0);
    assert!(open.pending().is_empty());
    open.undo();
    assert_eq!(open.text(&birth(), field), "S55.13.3");
    open.undo();
    assert_eq!(open.text(&birth(), field), "昭和49年6月18日");
    assert!(!open.is_changed());
}

#[test]
fn a_case_number_that_is_none_waits_too() {
    let mut open = OpenCase::new(example("c7"));
    assert!(set_number(&mut open, "", 0.0).is_err());
    assert_eq!(open.case().number, "R8-0007");
    assert!(open.pending().contains_key(&Place::field(CASE_NUMBER)) && open.is_changed());
    assert!(set_number(&mut open, "R8-0008", 0.0).is_ok());
    assert!(open.pending().is_empty());
    assert_eq!(open.case().number, "R8-0008");
}

#[test]
fn waiting_text_follows_its_row() {
    let mut open = OpenCase::new(example("c7"));
    let waits = |open: &OpenCase| -> Vec<usize> {
        open.pending().keys().filter_map(|place| Some(place.cell.as_ref()?.0)).collect()
    };
    typed(&mut open, &cell(1, "start"), "いつか", 0.0);
    let expected = [
        (RowEdit::Insert(0), vec![2]),
        (RowEdit::Insert(3), vec![2]),
        (RowEdit::Up(2), vec![1]),
        (RowEdit::Down(1), vec![2]),
        (RowEdit::Up(3), vec![3]),
        (RowEdit::Remove(0), vec![2]),
        (RowEdit::Remove(4), vec![2]),
        (RowEdit::Remove(2), vec![]),
    ];
    let mut before = state(&open);
    for (edit, rows) in expected {
        open.edit_rows(&periods(), &edit, 0.0);
        assert_eq!(waits(&open), rows, "{edit:?}");
        open.undo();
        assert_eq!(state(&open), before, "{edit:?} undone");
        open.redo();
        before = state(&open);
    }
}

#[test]
fn a_filled_cell_waits_no_more() {
    let mut open = OpenCase::new(example("c7"));
    typed(&mut open, &cell(1, "start"), "いつか", 0.0);
    typed(&mut open, &cell(1, "end"), "そのうち", 5.0);
    open.edit_rows(&periods(), &RowEdit::FillDown(1, "start".to_owned()), 9.0);
    assert_eq!(open.pending().keys().collect::<Vec<_>>(), [&cell(1, "end")]);
    assert_eq!(open.value(&cell(1, "start")), open.value(&cell(0, "start")));
}

#[test]
fn waiting_text_follows_its_document() {
    let mut open = OpenCase::new(example("c7"));
    typed(&mut open, &cell(0, "start"), "いつか", 0.0);
    open.remove_document(0, 0.0).expect("removed");
    let moved = Place { document: Some(PLAN - 1), ..cell(0, "start") };
    assert_eq!(open.pending().keys().collect::<Vec<_>>(), [&moved]);
    open.remove_document(PLAN - 1, 0.0).expect("removed");
    assert!(open.pending().is_empty());
    undone(&mut open);
    assert_eq!(state(&open), (example("c7"), BTreeMap::new()));
}

#[test]
fn something_is_written_beside_a_chosen_option_only() {
    let mut case = example("c7");
    case.documents[1].values.insert("commute_means".to_owned(), Value::Choice(Values::new()));
    let mut open = OpenCase::new(case);
    let choice = Place { document: Some(1), ..Place::field("commute_means") };
    let beside = detail(1, "commute_means", "other");
    open.set(&beside, Some(text("自転車")), 0.0);
    assert_eq!((open.value(&beside), open.revision()), (None, 0), "nobody chose it");
    open.set(&choice, Some(Value::Choice(Values::from([("other".to_owned(), Value::Blank)]))), 0.0);
    open.set(&beside, Some(text("自転車")), 5.0);
    assert_eq!(open.value(&beside), Some(&text("自転車")));
    open.set(&beside, None, 9.0);
    assert_eq!(open.value(&beside), Some(&Value::Blank));
    assert_eq!(undone(&mut open), 3);
}

#[test]
fn something_is_written_beside_a_tick() {
    let mut open = OpenCase::new(example("c7"));
    let (tick, beside) = (Place { document: Some(1), ..Place::field("pc_hours") }, detail(1, "pc_hours", ""));
    let five = open.value(&beside).cloned();
    open.set(&beside, None, 0.0);
    assert_eq!(open.value(&tick), Some(&Value::Tick(Box::new(Value::Blank))), "it stays ticked");
    open.undo();
    assert_eq!(open.value(&beside).cloned(), five);
    open.set(&tick, None, 0.0);
    open.set(&beside, five, 0.0);
    assert_eq!(open.value(&tick).and_then(Value::as_text), None);
}

#[test]
fn the_first_cell_makes_the_row_and_an_empty_table_is_none() {
    let mut case = example("c7");
    case.documents[PLAN].values.remove("periods");
    let mut open = OpenCase::new(case.clone());
    typed(&mut open, &cell(0, "hours"), "9:00～", 0.0);
    assert!(matches!(open.value(&periods()), Some(Value::Rows(rows)) if rows.len() == 1));
    typed(&mut open, &cell(0, "hours"), "", 5.0);
    open.edit_rows(&periods(), &RowEdit::Remove(0), 9.0);
    assert_eq!(undone(&mut open), 3);
    assert_eq!(open.case(), &case);
}

#[test]
fn a_case_that_may_only_be_looked_at_stays_as_it_is() {
    let failure = Failure::Locked { path: "a.ron".into(), by: "甲".to_owned() };
    let file = CaseFile::unsaved(example("c7"));
    let mut open = OpenCase::from_file(file, Access::ReadOnly(failure), None);
    for edit in all_edits() {
        apply(&mut open, &edit, 0.0);
    }
    assert_eq!(state(&open), (example("c7"), BTreeMap::new()));
    assert_eq!((open.revision(), open.undo(), open.is_changed(), open.is_editable()), (0, None, false, false));
}

#[test]
fn a_saved_case_is_unchanged_until_the_next_step() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut open = OpenCase::new(example("c7"));
    assert!(!open.is_changed(), "nobody touched it yet");
    typed(&mut open, &name(), "山田　太郎", 0.0);
    assert!(open.is_changed());
    let path = folder.path().join("a.ron");
    let mut file = open.to_save();
    file.save_as(&Disk, &path, Existing::Keep).expect("saved");
    open.saved(file, None);
    assert_eq!((open.is_changed(), open.path()), (false, Some(path.as_path())));
    assert_eq!(read(&path), *open.case());
    open.undo();
    assert!(open.is_changed(), "the file holds the new name");
    let mut file = open.to_save();
    file.save(&Disk).expect("saved");
    open.saved(file, None);
    assert_eq!(read(&path), example("c7"));
}

#[test]
fn what_was_typed_while_saving_stays_unsaved() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.ron");
    let mut open = OpenCase::new(example("c7"));
    let mut file = open.to_save();
    typed(&mut open, &name(), "山田　太郎", 0.0);
    file.save_as(&Disk, &path, Existing::Keep).expect("saved");
    open.saved(file, None);
    assert!(open.is_changed());
    assert_eq!(name_of(&open), "山田　太郎");
}

fn read(path: &Path) -> Case {
    let text = std::fs::read_to_string(path).expect("a file");
    case_file::parse(path, &text).expect("a case").0
}

/// An edit that may or may not fit the case as it is by then.
#[derive(Clone, Debug)]
enum Edit {
    Type(Place, String),
    Set(Place, Option<Value>),
    Rows(RowEdit),
    Number(String),
    Substitute(String),
    Add,
    Remove(usize),
    People(String),
    Replace(String),
}

fn apply(open: &mut OpenCase, edit: &Edit, now: f64) {
    let library = library();
    match edit {
        Edit::Type(place, text) => {
            let is_there = place.document.is_none_or(|at| open.case().documents.get(at).is_some_and(is_plan));
            if is_there {
                let field = field(&library, open.case(), place).clone();
                let _ = open.type_text(place, &field, text, now);
            }
        }
        Edit::Set(place, value) => open.set(place, value.clone(), now),
        Edit::Rows(edit) => open.edit_rows(&periods(), edit, now),
        Edit::Number(number) => drop(set_number(open, number, now)),
        Edit::Substitute(text) => drop(set_substitute(open, "邊", text, now)),
        Edit::Add => {
            open.add_document("return_to_work_plan".to_owned(), now);
        }
        Edit::Remove(at) => drop(open.remove_document(*at, now)),
        Edit::People(name) => {
            open.change_people(&Place::field("hospital.name"), now, |people| {
                people.insert("hospital.name".to_owned(), text(name));
            });
        }
        Edit::Replace(number) => {
            let case = Case { number: number.clone(), ..example("c1") };
            open.replace(case, BTreeMap::from([(birth(), "いつか".to_owned())]), now);
        }
    }
}

fn is_plan(document: &ryoritsu::model::case::Document) -> bool {
    document.form == "return_to_work_plan"
}

fn all_edits() -> Vec<Edit> {
    vec![
        Edit::Type(name(), "甲".to_owned()),
        Edit::Type(birth(), "いつか".to_owned()),
        Edit::Set(name(), None),
        Edit::Rows(RowEdit::Insert(0)),
        Edit::Rows(RowEdit::Remove(1)),
        Edit::Number("R9-1".to_owned()),
        Edit::Substitute("辺".to_owned()),
        Edit::Add,
        Edit::Remove(0),
        Edit::People("甲".to_owned()),
        Edit::Replace("R9-2".to_owned()),
    ]
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let typed = prop_oneof![Just(""), Just("甲"), Just("R8.1.1"), Just("R8.13.1"), Just("昭和49年6月18日")];
    let column = prop_oneof![Just("start"), Just("hours"), Just("measures")];
    let place = prop_oneof![
        Just(name()),
        Just(birth()),
        (0..6_usize, column.clone()).prop_map(|(row, column)| cell(row, column)),
        (0..6_usize, column.clone()).prop_map(|(row, column)| Place { document: Some(1), ..cell(row, column) }),
    ];
    let rows = prop_oneof![
        (0..6_usize).prop_map(RowEdit::Insert),
        (0..6_usize).prop_map(RowEdit::Remove),
        (0..6_usize).prop_map(RowEdit::Up),
        (0..6_usize).prop_map(RowEdit::Down),
        (0..6_usize, column).prop_map(|(row, column)| RowEdit::FillDown(row, column.to_owned())),
    ];
    prop_oneof![
        4 => (place.clone(), typed.clone()).prop_map(|(place, text)| Edit::Type(place, text.to_owned())),
        1 => (place, proptest::option::of(Just(text("乙")))).prop_map(|(place, value)| Edit::Set(place, value)),
        4 => rows.prop_map(Edit::Rows),
        1 => typed.clone().prop_map(|text| Edit::Number(text.to_owned())),
        1 => typed.clone().prop_map(|text| Edit::Substitute(text.to_owned())),
        1 => Just(Edit::Add),
        1 => (0..4_usize).prop_map(Edit::Remove),
        1 => typed.prop_map(|text| Edit::People(text.to_owned())),
        1 => Just(Edit::Replace("R9-0001".to_owned())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_are_undone_to_the_beginning_and_done_again_to_the_end(
        edits in proptest::collection::vec((any_edit(), 0.0..2.0_f64), 1..30)
    ) {
        let mut open = OpenCase::new(example("c7"));
        let mut now = 0.0;
        for (edit, pause) in &edits {
            now += pause;
            let (before, revision) = (state(&open), open.revision());
            let steps = open.history().next_undo().map(|(change, place)| (change, place.clone()));
            apply(&mut open, edit, now);
            if state(&open) == before {
                prop_assert_eq!(open.revision(), revision, "{:?} changed nothing", edit);
                let now = open.history().next_undo().map(|(change, place)| (change, place.clone()));
                prop_assert_eq!(now, steps);
            } else {
                prop_assert!(open.revision() > revision, "{:?}", edit);
            }
        }
        let end = state(&open);
        let count = undone(&mut open);
        prop_assert_eq!(state(&open), (example("c7"), BTreeMap::new()));
        prop_assert!(!open.is_changed());
        prop_assert_eq!(std::iter::from_fn(|| open.redo()).count(), count);
        prop_assert_eq!(state(&open), end);
    }
}

#[test]
fn setting_a_suggestion_aside_is_one_step_that_can_be_undone() {
    let mut open = OpenCase::new(example("c7"));
    let aside = |note: &str| SetAside { problem: "gap".to_owned(), note: note.to_owned(), on: common::today() };
    open.set_aside(aside("休みの日"), 0.0);
    open.set_aside(aside("会社の休み"), 0.1);
    assert_eq!(open.case().set_aside, [aside("会社の休み")], "the newer reason takes the place of the older one");
    open.undo();
    assert_eq!(open.case().set_aside, [aside("休みの日")]);
    open.lift("another", 0.2);
    assert_eq!(open.case().set_aside.len(), 1);
    open.lift("gap", 0.3);
    assert!(open.case().set_aside.is_empty());
    open.undo();
    assert_eq!(open.case().set_aside, [aside("休みの日")]);
}
