//! Any bytes as a package: as the encrypted file, as the container in it, and as the texts in a
//! container that is right.

#![no_main]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use ryoritsu::model::case::Case;
use ryoritsu::model::package::{Manifest, Passphrase};
use ryoritsu::model::reply::merge;
use ryoritsu::share::package::{MANIFEST, Package, unpack, unseal};
use ryoritsu::share::{received, reply};
use ryoritsu::store::template_file::Library;
use ryoritsu::store::{case_file, ron_text};

static LIBRARY: LazyLock<Library> = LazyLock::new(|| Library::built_in().expect("the templates are right"));
/// A case of which something was sent.
static CASE: LazyLock<Case> = LazyLock::new(|| {
    case_file::parse(Path::new("case.ron"), include_str!("../case.ron")).expect("the case is right").0
});

fuzz_target!(|bytes: &[u8]| {
    let Some((sort, bytes)) = bytes.split_first() else { return };
    let package = match sort % 3 {
        0 => unseal(bytes, &Passphrase("さくら".to_owned())).ok(),
        1 => unpack(bytes, bytes.len() as u64).ok(),
        _ => texts(bytes),
    };
    let Some(package) = package else { return };
    let _ = received::read(&package);
    if let Ok(read) = reply::read(&package) {
        let _ = reply::is_answer(&package.manifest, &read, &CASE);
        let _ = merge(&CASE, &LIBRARY.rules(), &read);
    }
});

/// A package of these texts, one after the other with a zero between: the manifest, then each file
/// by name and content.
fn texts(bytes: &[u8]) -> Option<Package> {
    let mut parts = bytes.split(|byte| *byte == 0);
    let manifest = std::str::from_utf8(parts.next()?).ok()?;
    let manifest: Manifest = ron_text::parse(Path::new(MANIFEST), manifest, false).ok()?;
    let mut files = BTreeMap::new();
    while let (Some(name), Some(content)) = (parts.next(), parts.next()) {
        files.insert(String::from_utf8(name.to_vec()).ok()?, content.to_vec());
    }
    Some(Package { manifest, files })
}
