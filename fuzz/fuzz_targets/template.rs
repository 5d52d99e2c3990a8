//! Any bytes as a template: refused, or read and, where nothing is wrong in it, laid out.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use ryoritsu::export;
use ryoritsu::store::template_file::{self, Library};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::built_in().expect("the templates are right"));

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let parsed = template_file::parse(Path::new("form.ron"), text, &LIBRARY.people, &LIBRARY.topics);
    let Ok((form, troubles)) = parsed else { return };
    if troubles.is_empty() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
        let _ = export::form_problems(&form, today);
    }
});
