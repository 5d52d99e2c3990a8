//! Every form and every example, field by field.

use ryoritsu::messages::window as words;
use ryoritsu::model::case::{Case, is_shared};
use ryoritsu::model::check::Place;
use ryoritsu::model::form::{Detail, Field, Kind};
use ryoritsu::ui::{Command, Tab};

use crate::common::{examples, library};
use crate::home::{Home, Window};

#[test]
fn every_tab_of_every_example_can_be_drawn_and_read() {
    for (name, case) in examples() {
        let home = Home::settled();
        let path = home.put("case.ron", &case);
        let mut window = home.open(&path);
        let documents = (0..case.documents.len()).map(Tab::Document);
        for tab in [Tab::Shared].into_iter().chain(documents).chain([Tab::Progress, Tab::Shared]) {
            window.wait_for_page();
            let shown = window.app().opened().expect("open").tab;
            assert_eq!(shown, tab, "{name}");
            window.give(Command::NextTab);
        }
        assert!(!window.case().is_changed(), "{name}: looking changes nothing");
        assert_eq!(window.told(), Vec::<String>::new(), "{name}");
    }
}

/// An empty case with one document of this form.
fn empty(form: &str) -> Case {
    Case::new("R8-0001".to_owned(), "0123456789abcdef".to_owned(), [form.to_owned()])
}

/// Something to be typed into a field of this kind.
fn sample(kind: &Kind) -> &'static str {
    match kind {
        Kind::Number => "7",
        Kind::Date { .. } => "R8.5.1",
        _ => "試し",
    }
}

fn of_detail(detail: Detail) -> &'static str {
    match detail {
        Detail::Number => "7",
        Detail::Date => "R8.5.1",
        _ => "試し",
    }
}

/// Does something with the window that has to change this place, and be a step of its own.
fn changes(window: &mut Window, place: &Place, change: impl FnOnce(&mut Window)) {
    let before = window.value(place);
    change(window);
    assert_ne!(window.value(place), before, "{place:?} takes what is entered");
    let history = window.case().history();
    assert_eq!(history.next_undo().map(|(_, place)| place), Some(place), "it can be taken back");
}

/// Fills a field by the names that a screen reader has for it.
fn fill(window: &mut Window, place: &Place, field: &Field) {
    let label = field.label.as_str();
    match &field.kind {
        Kind::ChooseOne { options, .. } | Kind::ChooseAny { options } => {
            for option in options {
                let name = words::option(label, &option.label);
                changes(window, place, |window| window.press(&name));
                fill_detail(window, place, &option.key, &name, option.detail);
            }
        }
        Kind::Tick { detail } => {
            changes(window, place, |window| window.press(label));
            fill_detail(window, place, "", label, *detail);
        }
        Kind::Table { columns } => {
            for column in columns.iter().filter(|column| column.options().is_empty()) {
                let cell = Place { cell: Some((0, column.key.clone())), ..place.clone() };
                let name = words::cell(label, 0, &column.label);
                changes(window, &cell, |window| window.enter(&name, sample(&column.kind)));
            }
        }
        kind => changes(window, place, |window| window.enter(label, sample(kind))),
    }
}

fn fill_detail(window: &mut Window, place: &Place, option: &str, name: &str, detail: Detail) {
    if detail == Detail::Nothing {
        return;
    }
    let beside = Place { cell: Some((0, option.to_owned())), ..place.clone() };
    let name = words::detail(name);
    changes(window, &beside, |window| window.enter(&name, of_detail(detail)));
}

/// Fills all fields of a tab, and takes all of it back.
fn fill_all(window: &mut Window, document: Option<usize>, fields: &[Field]) {
    let begun = window.case().case().clone();
    let written = |window: &mut Window, field: &Field| {
        let document = document.filter(|_| !is_shared(&field.key));
        fill(window, &Place { document, ..Place::field(&field.key) }, field);
    };
    for field in fields {
        written(window, field);
    }
    while window.case().history().next_undo().is_some() {
        let before = window.case().revision();
        window.give(Command::Undo);
        assert!(window.case().revision() > before);
    }
    assert_eq!(*window.case().case(), begun);
}

#[test]
fn every_shared_field_is_filled_by_its_name() {
    let home = Home::settled();
    let mut window = home.open(&home.put("case.ron", &empty("return_opinion")));
    fill_all(&mut window, None, &library().people.fields);
}

fn form_is_filled(form: &str) {
    let home = Home::settled();
    let mut window = home.open(&home.put("case.ron", &empty(form)));
    window.give(Command::NextTab);
    fill_all(&mut window, Some(0), &library().forms[form].fields);
}

#[test]
fn every_field_of_the_physicians_opinion_is_filled_by_its_name() {
    form_is_filled("physician_opinion");
}

#[test]
fn every_field_of_the_consultation_is_filled_by_its_name() {
    form_is_filled("workplace_consultation");
}

#[test]
fn every_field_of_the_plan_is_filled_by_its_name() {
    form_is_filled("return_to_work_plan");
}

#[test]
fn every_field_of_the_other_forms_is_filled_by_its_name() {
    let known = ["physician_opinion", "workplace_consultation", "return_to_work_plan"];
    for form in library().forms.keys().filter(|form| !known.contains(&form.as_str())) {
        form_is_filled(form);
    }
}

#[test]
fn a_stock_sentence_is_added_as_a_line_of_its_own() {
    let home = Home::settled();
    let mut window = home.open(&home.put("case.ron", &empty("continuation_opinion")));
    window.give(Command::NextTab);
    let library = library();
    let field = library.forms["continuation_opinion"].field("current_symptoms").expect("a field");
    for sentence in &field.stock[..2] {
        window.press(&words::option(&field.label, words::STOCK));
        window.press(sentence);
    }
    assert_eq!(window.text(&field.label), field.stock[..2].join("\n"));
    window.give(Command::Undo);
    window.give(Command::Undo);
    assert_eq!(window.text(&field.label), "");
}
