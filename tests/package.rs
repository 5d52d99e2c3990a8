//! The encrypted file: what is sealed comes back, and nothing else ever does.

mod common;

use std::collections::BTreeMap;
use std::io::Write as _;

use ryoritsu::assets;
use ryoritsu::model::form::Party;
use ryoritsu::model::package::{FORMAT, Manifest, PACKAGE_LIMIT, PackageSort, PackageTrouble, PackedFile, Passphrase};
use ryoritsu::model::revision::Recipient;
use ryoritsu::share::package::{Package, seal, unseal};
use ryoritsu::share::{archive, passphrase};
use ryoritsu::store::atomic::{fingerprint, hexadecimal};

use common::today;

/// The least work that there is: these packages keep nothing.
const LIGHT: u8 = 2;

fn key() -> Passphrase {
    passphrase::prepared("かぼちゃ てがみ ひこうき")
}

fn manifest() -> Manifest {
    Manifest {
        format: FORMAT,
        sort: PackageSort::Share,
        id: "0123456789abcdef".to_owned(),
        case: "fedcba9876543210".to_owned(),
        number: "R8-0001".to_owned(),
        answers: None,
        from: "星見市民病院".to_owned(),
        to: Recipient { party: Party::Company, name: "佐藤".to_owned() },
        on: today(),
        papers: Vec::new(),
        files: Vec::new(),
    }
}

fn package(files: &[(&str, &[u8])]) -> Package {
    let files = files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())).collect();
    Package { manifest: manifest(), files }
}

/// Encrypts anything, as another age tool would.
fn encrypted(plain: &[u8], work_factor: u8) -> Vec<u8> {
    let mut recipient = age::scrypt::Recipient::new(age::secrecy::SecretString::from(key().0));
    recipient.set_work_factor(work_factor);
    let encryptor = age::Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient)).expect("one");
    let mut writer = encryptor.wrap_output(Vec::new()).expect("in memory");
    writer.write_all(plain).expect("in memory");
    writer.finish().expect("in memory")
}

/// What is said of a container that holds anything.
fn opened(plain: &[u8]) -> PackageTrouble {
    unseal(&encrypted(plain, LIGHT), &key()).expect_err("no package")
}

#[test]
fn what_is_sealed_comes_back_to_the_byte() {
    let large = vec![7; 300_000];
    let sealed = package(&[("case.ron", b"Case()"), ("1_\u{304c}_\u{7b2c}1\u{7248}.pdf", &large), ("empty.txt", b"")]);
    let bytes = seal(&sealed, &key(), LIGHT).expect("sealed");
    let back = unseal(&bytes, &key()).expect("opened");
    assert_eq!(back.files, sealed.files);
    assert_eq!(Manifest { files: Vec::new(), ..back.manifest.clone() }, sealed.manifest);
    assert_eq!(back.manifest.files.len(), 3);
    // Opened with a space or without, composed or not: the same words.
    assert!(unseal(&bytes, &passphrase::prepared("かほ\u{309A}ちゃ")).is_err());
    assert!(unseal(&bytes, &passphrase::prepared("かほ\u{3099}ちゃてがみ\u{3000}ひこうき")).is_ok());
}

#[test]
fn the_container_is_the_same_for_the_same_files() {
    let files: &[(&str, &[u8])] = &[("manifest.ron", b"a"), ("\u{3042}.txt", b"b")];
    let container = archive::write(files).expect("written");
    assert_eq!(container, archive::write(files).expect("written"));
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&container)).expect("a zip for every program");
    let names: Vec<String> =
        (0..zip.len()).map(|at| zip.by_index(at).expect("whole").name().expect("UTF-8").into_owned()).collect();
    assert_eq!(names, ["manifest.ron", "\u{3042}.txt"]);
}

#[test]
fn a_wrong_passphrase_is_told_from_a_damaged_file() {
    let bytes = seal(&package(&[]), &key(), LIGHT).expect("sealed");
    let wrong = passphrase::prepared("かぼちゃ てがみ ひこうけ");
    assert_eq!(unseal(&bytes, &wrong), Err(PackageTrouble::WrongPassphrase));
    assert_eq!(unseal(&bytes, &Passphrase(String::new())), Err(PackageTrouble::WrongPassphrase));
}

#[test]
fn a_package_that_was_cut_off_anywhere_is_named_so() {
    let bytes = seal(&package(&[("case.ron", b"Case()")]), &key(), LIGHT).expect("sealed");
    for end in 0..bytes.len() {
        let expected = if end == 0 { PackageTrouble::NotEncrypted } else { PackageTrouble::Damaged };
        assert_eq!(unseal(&bytes[..end], &key()), Err(expected), "cut off at {end} of {}", bytes.len());
    }
    let longer = [bytes.as_slice(), b"\0"].concat();
    assert_eq!(unseal(&longer, &key()), Err(PackageTrouble::Damaged));
}

#[test]
fn a_package_in_which_a_bit_of_any_byte_was_turned_is_not_opened() {
    let bytes = seal(&package(&[("case.ron", b"Case()")]), &key(), LIGHT).expect("sealed");
    for at in 0..bytes.len() {
        let mut turned = bytes.clone();
        turned[at] ^= 1 << (at % 8);
        assert!(unseal(&turned, &key()).is_err(), "bit {} of byte {at}", at % 8);
    }
}

#[test]
fn other_files_are_named_as_what_they_are() {
    assert_eq!(unseal(b"", &key()), Err(PackageTrouble::NotEncrypted));
    assert_eq!(unseal(b"%PDF-1.7", &key()), Err(PackageTrouble::NotEncrypted));
    let for_a_key = b"age-encryption.org/v1\n-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\n\
        EmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7U\n--- Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI0\n\0\0\0";
    assert_eq!(unseal(for_a_key, &key()), Err(PackageTrouble::OtherKey));
    // A head without an end is not read to its end.
    let endless = [b"age-encryption.org/v1\n-> scrypt AAAA 2\n".as_slice(), &b"AAAA\n".repeat(1_000_000)].concat();
    assert_eq!(unseal(&endless, &key()), Err(PackageTrouble::Damaged));
    let large = vec![b'a'; usize::try_from(PACKAGE_LIMIT).expect("fits") + 1];
    assert_eq!(unseal(&large, &key()), Err(PackageTrouble::TooLarge));
}

#[test]
fn a_package_that_asks_for_more_work_than_any_is_not_tried() {
    let bytes = seal(&package(&[]), &key(), LIGHT).expect("sealed");
    let head = String::from_utf8_lossy(&bytes[..100]).into_owned();
    for work in ["18", "30", "63"] {
        let asks = head.lines().nth(1).expect("the passphrase").rsplit_once(' ').expect("the work").0.to_owned();
        let start = head.find(&asks).expect("there") + asks.len() + 1;
        let costly = [&bytes[..start], work.as_bytes(), &bytes[start + 1..]].concat();
        assert_eq!(unseal(&costly, &key()), Err(PackageTrouble::TooCostly), "2 to the {work}");
    }
}

#[test]
fn what_is_encrypted_and_no_package_is_named_so() {
    assert_eq!(opened(b""), PackageTrouble::NoPackage);
    assert_eq!(opened(b"hello"), PackageTrouble::NoPackage);
    assert_eq!(opened(&archive::write(&[]).expect("written")), PackageTrouble::NoPackage);
    assert_eq!(opened(&archive::write(&[("case.ron", b"Case()")]).expect("written")), PackageTrouble::NoPackage);
}

// ----- the container, made by hand

/// A file of a container as somebody may write it.
#[derive(Clone)]
struct Raw<'a> {
    name: &'a [u8],
    bytes: &'a [u8],
    /// What it says of its size, where that is not the size.
    says: Option<u32>,
    method: u16,
    flags: u16,
    attributes: u32,
    extra: &'a [u8],
}

impl<'a> Raw<'a> {
    fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        Self { name: name.as_bytes(), bytes, says: None, method: 0, flags: 0x800, attributes: 0, extra: b"" }
    }

    fn size(&self) -> u32 {
        self.says.unwrap_or(u32::try_from(self.bytes.len()).expect("small"))
    }

    /// What stands the same way before the file and in the directory.
    fn described(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        bytes.extend(self.flags.to_le_bytes());
        bytes.extend(self.method.to_le_bytes());
        bytes.extend([0; 8]);
        bytes.extend(self.size().to_le_bytes());
        bytes.extend(self.size().to_le_bytes());
        bytes.extend(u16::try_from(self.name.len()).expect("short").to_le_bytes());
        bytes.extend(u16::try_from(self.extra.len()).expect("short").to_le_bytes());
        bytes
    }

    fn file(&self) -> Vec<u8> {
        [b"PK\x03\x04\x0A\0", self.described().as_slice(), self.name, self.extra, self.bytes].concat()
    }

    fn entry(&self, offset: usize) -> Vec<u8> {
        let mut bytes = [b"PK\x01\x02\x0A\x03\x0A\0", self.described().as_slice(), &[0; 6]].concat();
        bytes.extend(self.attributes.to_le_bytes());
        bytes.extend(u32::try_from(offset).expect("small").to_le_bytes());
        [bytes.as_slice(), self.name, self.extra].concat()
    }
}

fn end(entries: usize, size: usize, start: usize) -> Vec<u8> {
    let entries = u16::try_from(entries).unwrap_or(u16::MAX).to_le_bytes();
    let number = |number: usize| u32::try_from(number).expect("small").to_le_bytes();
    [b"PK\x05\x06\0\0\0\0".as_slice(), &entries, &entries, &number(size), &number(start), b"\0\0"].concat()
}

fn container(files: &[Raw<'_>]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for file in files {
        directory.extend(file.entry(bytes.len()));
        bytes.extend(file.file());
    }
    let start = bytes.len();
    [bytes, directory.clone(), end(files.len(), directory.len(), start)].concat()
}

/// A manifest that names these files, as somebody who knows the format writes it.
fn manifest_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let sha256 = |bytes: &[u8]| hexadecimal(&fingerprint(bytes));
    let named = |(name, bytes): &(&str, &[u8])| PackedFile {
        name: (*name).to_owned(),
        size: bytes.len() as u64,
        sha256: sha256(bytes),
    };
    let manifest = Manifest { files: files.iter().map(named).collect(), ..manifest() };
    ryoritsu::store::ron_text::write(&manifest).expect("written").into_bytes()
}

#[test]
fn a_container_made_by_hand_is_opened_where_it_is_right() {
    let manifest = manifest_of(&[("a.txt", b"a")]);
    let bytes = container(&[Raw::new("manifest.ron", &manifest), Raw::new("a.txt", b"a")]);
    assert!(unseal(&encrypted(&bytes, LIGHT), &key()).is_ok());
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    for name in [
        "../a.txt",
        "..",
        "/etc/passwd",
        "\\\\server\\a",
        "C:\\a.txt",
        "c:a",
        "a/b",
        "a/",
        "a\\b",
        "CON",
        "nul.txt",
        "COM1.pdf",
        "a.",
        "a ",
        "a\0b",
        "a\nb",
        "a\u{7F}",
        "\u{202E}a",
        "",
        ".ssh",
    ] {
        let manifest = manifest_of(&[]);
        let bytes = container(&[Raw::new("manifest.ron", &manifest), Raw::new(name, b"a")]);
        assert_eq!(opened(&bytes), PackageTrouble::BadName, "{name:?}");
    }
    let long = "a".repeat(256);
    let no_text = Raw { name: b"\xFF\xFE.txt", ..Raw::new("", b"a") };
    for file in [Raw::new(&long, b"a"), no_text] {
        assert_eq!(opened(&container(&[Raw::new("manifest.ron", &manifest_of(&[])), file])), PackageTrouble::BadName);
    }
}

#[test]
fn names_that_some_system_takes_for_one_are_refused() {
    for (one, other) in [
        ("a.txt", "a.txt"),
        ("a.txt", "A.TXT"),
        ("が.txt", "か\u{3099}.txt"),
        ("é.txt", "E\u{301}.txt"),
        ("manifest.ron", "Manifest.ron"),
        ("manifest.ron", "manifest.ron"),
        ("ｶﾞ.txt", "ｶﾞ.TXT"),
    ] {
        let manifest = manifest_of(&[]);
        let bytes = container(&[Raw::new("manifest.ron", &manifest), Raw::new(one, b"a"), Raw::new(other, b"b")]);
        assert_eq!(opened(&bytes), PackageTrouble::SameName, "{one} and {other}");
    }
}

#[test]
fn what_is_no_plain_file_is_refused() {
    let manifest = manifest_of(&[("a.txt", b"a")]);
    let plain = Raw::new("a.txt", b"a");
    let of_unix = |mode: u32| Raw { attributes: mode << 16, ..plain.clone() };
    for (what, file) in [
        ("a link", of_unix(0o120_777)),
        ("a folder", of_unix(0o040_755)),
        ("a device", of_unix(0o020_666)),
        ("a pipe", of_unix(0o010_666)),
        ("a folder of DOS", Raw { attributes: 0x10, ..plain.clone() }),
        ("compressed", Raw { method: 8, ..plain.clone() }),
        ("encrypted", Raw { flags: 1, ..plain.clone() }),
        ("its size behind it", Raw { flags: 8, ..plain.clone() }),
        ("another name beside its own", Raw { extra: b"up\x0A\0\x01\0\0\0\0../../a", ..plain.clone() }),
    ] {
        let bytes = container(&[Raw::new("manifest.ron", &manifest), file]);
        assert_eq!(opened(&bytes), PackageTrouble::NoPackage, "{what}");
    }
}

#[test]
fn sizes_that_are_said_and_not_there_take_no_room() {
    let manifest = manifest_of(&[]);
    for (says, expected) in [
        (2_000_000_000, PackageTrouble::TooLarge),
        (u32::MAX, PackageTrouble::TooLarge),
        (90_000_000, PackageTrouble::NoPackage),
        (100, PackageTrouble::NoPackage),
    ] {
        let file = Raw { says: Some(says), ..Raw::new("a.txt", b"a") };
        assert_eq!(opened(&container(&[Raw::new("manifest.ron", &manifest), file])), expected, "{says}");
    }
    // 10 GB, as the extension for large files says it.
    let large =
        [b"\x01\0\x10\0".as_slice(), &10_000_000_000_u64.to_le_bytes(), &10_000_000_000_u64.to_le_bytes()].concat();
    let file = Raw { says: Some(u32::MAX), extra: &large, ..Raw::new("a.txt", b"a") };
    assert_ne!(opened(&container(&[Raw::new("manifest.ron", &manifest), file])), PackageTrouble::Damaged);
}

#[test]
fn a_million_files_are_not_read() {
    let manifest = manifest_of(&[]);
    let mut bytes = Raw::new("manifest.ron", &manifest).file();
    for at in 0..1_000_000 {
        bytes.extend(Raw::new(&format!("{at}"), b"").file());
    }
    assert_eq!(opened(&bytes), PackageTrouble::TooMany);
    // The directory alone: what it names is nowhere.
    let entry = Raw::new("a", b"").entry(0);
    let directory = entry.repeat(1_000_000);
    let bytes =
        [Raw::new("manifest.ron", &manifest).file(), directory.clone(), end(65_535, directory.len(), 0)].concat();
    assert_eq!(opened(&bytes), PackageTrouble::NoPackage);
}

#[test]
fn a_directory_that_says_something_else_than_the_files_is_refused() {
    let manifest = manifest_of(&[("a.txt", b"a")]);
    let files = [Raw::new("manifest.ron", &manifest), Raw::new("a.txt", b"a")];
    let right = container(&files);
    let starts: Vec<Vec<u8>> = files.iter().map(Raw::file).collect();
    let start = starts.concat().len();
    let with = |directory: &[Vec<u8>], entries: usize| {
        let directory = directory.concat();
        [starts.concat(), directory.clone(), end(entries, directory.len(), start)].concat()
    };
    let (first, second) = (files[0].entry(0), files[1].entry(starts[0].len()));
    let renamed = Raw::new("b.txt", b"a").entry(starts[0].len());
    for (what, bytes) in [
        ("one is missing", with(std::slice::from_ref(&first), 1)),
        ("one stands twice", with(&[first.clone(), second.clone(), second.clone()], 3)),
        ("in another order", with(&[second.clone(), first.clone()], 2)),
        ("by another name", with(&[first.clone(), renamed], 2)),
        ("at another place", with(&[first.clone(), files[1].entry(0)], 2)),
        ("another count", with(&[first.clone(), second.clone()], 3)),
        ("something in front", [b"#!/bin/sh\n".as_slice(), &right].concat()),
        ("something behind", [right.as_slice(), b"PK"].concat()),
        ("something between", [starts[0].as_slice(), b"xyz", &right[starts[0].len()..]].concat()),
        ("two of them", [right.clone(), right.clone()].concat()),
        ("cut off", right[..right.len() - 1].to_vec()),
    ] {
        assert_eq!(opened(&bytes), PackageTrouble::NoPackage, "{what}");
    }
}

fn opened_with(manifest: &[u8], files: &[(&str, &[u8])]) -> PackageTrouble {
    let mut raw = vec![Raw::new("manifest.ron", manifest)];
    raw.extend(files.iter().map(|(name, bytes)| Raw::new(name, bytes)));
    opened(&container(&raw))
}

#[test]
fn a_manifest_that_lies_is_caught() {
    let named = manifest_of(&[("a.txt", b"a")]);
    let name = || "a.txt".to_owned();
    assert_eq!(opened_with(&named, &[("a.txt", b"b")]), PackageTrouble::Differs { name: name() });
    assert_eq!(opened_with(&named, &[("a.txt", b"aa")]), PackageTrouble::Differs { name: name() });
    assert_eq!(opened_with(&named, &[]), PackageTrouble::Missing { name: name() });
    let two: &[(&str, &[u8])] = &[("a.txt", b"a"), ("b.txt", b"")];
    assert_eq!(opened_with(&named, two), PackageTrouble::Unnamed { name: "b.txt".to_owned() });
    let text = String::from_utf8(named).expect("text");
    let newer = text.replacen("format: 1", "format: 2", 1);
    assert_eq!(opened_with(newer.as_bytes(), &[("a.txt", b"a")]), PackageTrouble::Newer);
    for manifest in [
        String::new(),
        "Case(format: 1)".to_owned(),
        text.replacen("format: 1", "format: 0", 1),
        text.replacen("sort: share", "sort: party", 1),
        text.replacen("papers:", "papers_of:", 1),
        text.replacen("id:", "unknown: 1, id:", 1),
        format!("Package(format: 1, papers: {}", "[".repeat(100_000)),
        format!("Package(format: 1, papers: {}", "Some(".repeat(100_000)),
    ] {
        let found = opened_with(manifest.as_bytes(), &[("a.txt", b"a")]);
        assert_eq!(found, PackageTrouble::NoPackage, "{}", &manifest[..manifest.len().min(60)]);
    }
    assert_eq!(opened_with(&[0xFF; 10], &[]), PackageTrouble::NoPackage);
    assert_eq!(opened_with(&vec![b' '; 1_000_001], &[]), PackageTrouble::TooLarge);
}

#[test]
fn texts_that_would_take_all_memory_are_not_read() {
    let rows = format!("({{\"a\":[{}]}})", "{\"\":1},".repeat(200_000));
    let forms: Vec<(String, String)> = (0..10).map(|at| (format!("form_{at}.ron"), "(a:1),".repeat(40_000))).collect();
    let forms: Vec<(&str, &[u8])> = forms.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    for files in [&[("case.ron", rows.as_bytes())][..], &forms] {
        let manifest = manifest_of(files);
        assert_eq!(opened_with(&manifest, files), PackageTrouble::TooLarge);
        assert!(seal(&package(files), &key(), LIGHT).is_err());
    }
}

#[test]
fn nothing_is_sealed_that_would_not_be_opened() {
    for name in ["a/b", "..", "", "CON"] {
        assert!(seal(&package(&[(name, b"a")]), &key(), LIGHT).is_err(), "{name}");
    }
    assert!(seal(&package(&[("a", b""), ("A", b"")]), &key(), LIGHT).is_err());
    let many: BTreeMap<String, Vec<u8>> = (0..1_000).map(|at| (format!("{at}"), Vec::new())).collect();
    assert!(seal(&Package { manifest: manifest(), files: many }, &key(), LIGHT).is_err());
    let most: BTreeMap<String, Vec<u8>> = (0..999).map(|at| (format!("{at}"), Vec::new())).collect();
    let sealed = seal(&Package { manifest: manifest(), files: most }, &key(), LIGHT).expect("sealed");
    assert_eq!(unseal(&sealed, &key()).expect("opened").files.len(), 999);
}

// ----- the words of passphrases

/// A word as it may be heard or written down: without voicing marks, small kana and long vowels.
fn heard(word: &str) -> String {
    const PAIRS: [(&str, &str); 4] = [
        ("がぎぐげござじずぜぞだでどばびぶべぼぱぴぷぺぽ", "かきくけこさしすせそたてとはひふへほはひふへほ"),
        ("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ"),
        ("ぢづ", "しす"),
        ("を", "お"),
    ];
    const VOWELS: [&str; 5] =
        ["あかさたなはまやらわ", "いきしちにひみり", "うくすつぬふむゆる", "えけせてねへめれ", "おこそとのほもよろ"];
    let plain = |c: char| {
        let found = PAIRS.iter().find_map(|(from, to)| to.chars().nth(from.chars().position(|one| one == c)?));
        found.unwrap_or(c)
    };
    let mut heard = String::new();
    for c in word.chars().map(plain).filter(|c| *c != 'ー') {
        let vowel = heard.chars().last().and_then(|last| VOWELS.iter().position(|row| row.contains(last)));
        let is_long = matches!(
            (vowel, c),
            (Some(0), 'あ') | (Some(1), 'い') | (Some(2 | 4), 'う') | (Some(3), 'え' | 'い') | (Some(4), 'お')
        );
        if !is_long {
            heard.push(c);
        }
    }
    heard
}

#[test]
fn the_words_of_a_passphrase_can_be_said_and_written_down_without_mistaking_one_for_another() {
    let words: Vec<&str> = assets::WORDS.lines().collect();
    assert!(words.len() >= 1_024, "{} words", words.len());
    for word in &words {
        assert!((3..=5).contains(&word.chars().count()), "{word}");
        assert!(word.chars().all(|c| matches!(c, 'ぁ'..='ん' | 'ー')), "{word}");
    }
    let mut heard: Vec<(String, &str)> = words.iter().map(|word| (heard(word), *word)).collect();
    heard.sort();
    for pair in heard.windows(2) {
        let ((one, word), (other, next)) = (&pair[0], &pair[1]);
        assert!(!other.starts_with(one.as_str()), "{word} and {next} sound alike, or one begins the other");
    }
    let mut sorted = words.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, words, "in order, so that a new word finds its place");
}
