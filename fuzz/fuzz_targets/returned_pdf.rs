//! Any bytes as a PDF that comes back: filled in, signed, or as a scan.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use ryoritsu::export::filled;
use ryoritsu::export::returned::{recognise, scan_kind};
use ryoritsu::model::case::Case;
use ryoritsu::model::package::Passphrase;
use ryoritsu::model::reply::merge;
use ryoritsu::store::case_file;
use ryoritsu::store::template_file::Library;

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::built_in().expect("the templates are right"));
/// A case of which a PDF to be filled in was handed out.
static CASE: LazyLock<Case> = LazyLock::new(|| {
    case_file::parse(Path::new("case.ron"), include_str!("../case.ron")).expect("the case is right").0
});

fuzz_target!(|bytes: &[u8]| {
    let _ = scan_kind(bytes);
    let _ = recognise(&CASE, bytes);
    let password = Passphrase("さくら".to_owned());
    for password in [None, Some(&password)] {
        if let Ok(read) = filled::read(&CASE, &LIBRARY.rules(), bytes, password) {
            let _ = merge(&CASE, &LIBRARY.rules(), &read);
        }
    }
});
