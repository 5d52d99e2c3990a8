//! What the tests share: the built-in forms and examples, and a fixed today.

#![allow(dead_code, reason = "each test file uses a part of this")]

pub mod any;
pub mod disk;
pub mod program;
pub mod replies;
pub mod said;

use std::path::Path;

use chrono::NaiveDate;
use ryoritsu::assets;
use ryoritsu::fonts::Fonts;
use ryoritsu::layout::document::Document;
use ryoritsu::layout::{Edition, Source, layout};
use ryoritsu::model::case::Case;
use ryoritsu::model::consent::{Consent, ConsentWay};
use ryoritsu::model::form::Party;
use ryoritsu::model::value::Value;
use ryoritsu::pdf::{self, Metadata};
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::case_file::{self, CaseFile};
use ryoritsu::store::template_file::Library;
use tempfile::TempDir;

/// The smallest picture: one pixel.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1F\x15\xC4\x89\
    \0\0\0\rIDATx\xDAcd\xF8\xCFP\x0F\0\x03\x86\x01\x80Z4}k\0\0\0\0IEND\xAEB`\x82";

pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day")
}

pub fn fonts() -> Fonts<'static> {
    Fonts::new(assets::FONTS).expect("the built-in fonts are whole")
}

pub fn library() -> Library {
    Library::built_in().expect("the built-in templates are right")
}

pub fn example(name: &str) -> Case {
    let text = assets::example(name).expect("a built-in example");
    case_file::parse(Path::new(name), text).expect("the built-in examples are right").0
}

/// A case as `case.ron` in a folder of its own, which is gone with what is returned.
pub fn in_folder(case: &Case) -> (TempDir, CaseFile) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("case.ron");
    case_file::create(&Disk, &path, case).expect("created");
    let file = CaseFile::read(&path).expect("a case");
    (folder, file)
}

pub fn examples() -> Vec<(&'static str, Case)> {
    assets::EXAMPLES.iter().map(|(file, _)| (*file, example(assets::example_name(file)))).collect()
}

/// A case with the people of an example and one document of a form.
pub fn case_with(form: &str, values: &[(&str, Value)]) -> Case {
    let mut case = example("c7");
    case.documents.clear();
    let at = case.add_document(form.to_owned());
    case.documents[at].values.extend(values.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
    case
}

pub fn lay_out(case: &Case, at: usize) -> Document {
    let library = library();
    let fonts = fonts();
    let form = &library.forms[&case.documents[at].form];
    layout(&Source { form, case, at, fonts: &fonts, today: today(), edition: Edition::Draft, timeline: None })
}

pub fn print(document: &Document) -> Vec<u8> {
    let metadata = Metadata {
        title: document.title.clone(),
        author: "星見市民病院".to_owned(),
        date: None,
        identity: "test".to_owned(),
        imprint: None,
    };
    pdf::write(document, &metadata, &fonts()).expect("it can be written")
}

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A written consent that all papers may go to the company, without the diagnosis.
pub fn consent(given_on: NaiveDate) -> Consent {
    Consent {
        number: 1,
        given_on,
        until: None,
        to: vec![Party::Company],
        forms: None,
        diagnosis: false,
        how: ConsentWay::Written,
        scan: None,
        note: String::new(),
        withdrawn: None,
    }
}
