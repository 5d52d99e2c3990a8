//! Any bytes as a case file: refused, or read, checked and laid out, and written so that the same
//! is read again.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use chrono::NaiveDate;
use libfuzzer_sys::fuzz_target;
use ryoritsu::export::Exporter;
use ryoritsu::store::template_file::Library;
use ryoritsu::store::{case_file, ron_text};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::built_in().expect("the templates are right"));

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok((case, is_newer)) = case_file::parse(Path::new("case.ron"), text) else { return };
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    let _ = Exporter::new(&LIBRARY, today).expect("the fonts are right").problems(&case);
    if !is_newer {
        let written = ron_text::write(&case).expect("what was read can be written");
        let (again, _) = case_file::parse(Path::new("case.ron"), &written).expect("what was written can be read");
        assert_eq!(case, again);
    }
});
