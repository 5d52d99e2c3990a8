//! What comes back from outside: signed, altered, of another case, damaged, no paper at all.

mod common;

use std::fs;
use std::sync::Arc;

use common::{example, library};
use lopdf::{Document as File, Object};
use ryoritsu::export::returned::{Returned, ScanKind, recognise, scan_file, scan_kind};
use ryoritsu::export::{Exporter, old_version_copy};
use ryoritsu::layout::Edition;
use ryoritsu::messages;
use ryoritsu::model::case::Case;
use ryoritsu::model::failure::{Failure, ScanTrouble};
use ryoritsu::model::revision::{Copy, CopyMark, KeptFile, Revision, SCAN_LIMIT};
use ryoritsu::pdf::{self, InspectTrouble, inspect};
use sha2::{Digest, Sha256};

/// A handed out opinion, signed on both its lines by pyHanko with certificates made
/// for it, whose names are 署名試験1 and 署名試験2. It holds no data of anybody.
const SIGNED: &[u8] = include_bytes!("fixtures/signed.pdf");
/// How many of its first bytes were handed out.
const HANDED_OUT: usize = 35_981;

/// The case that the signed opinion is of.
fn signed_case() -> Case {
    let mut case = Case::new("T-0001".to_owned(), "signed-fixture".to_owned(), ["physician_opinion".to_owned()]);
    keep(&mut case, 0, &SIGNED[..HANDED_OUT], None);
    case
}

fn exported(case: &Case, at: usize, edition: Edition) -> Vec<u8> {
    let library = library();
    Exporter::new(&library, common::today()).expect("whole fonts").pdf(case, at, edition).expect("right")
}

/// Records these bytes as those of a copy of a new revision.
fn keep(case: &mut Case, at: usize, bytes: &[u8], mark: Option<CopyMark>) {
    let form = &library().forms[&case.documents[at].form];
    let mut revision = Revision::of(case, &case.documents[at], form, Vec::new(), common::today());
    let sha256 = pdf::hex(&Sha256::digest(bytes)).to_lowercase();
    let file = KeptFile { name: "kept.pdf".to_owned(), sha256, size: bytes.len() as u64 };
    revision.copies.push(Copy { mark, with_timeline: false, left_out: None, file });
    case.documents[at].revisions.push(Arc::new(revision));
}

/// A case with a first revision of its first document, and that revision's bytes.
fn handed_out(name: &str) -> (Case, Vec<u8>) {
    let mut case = example(name);
    name.clone_into(&mut case.id);
    let bytes = exported(&case, 0, Edition::Revision { number: 1, mark: None });
    keep(&mut case, 0, &bytes, None);
    (case, bytes)
}

/// The same pages as another program writes them.
fn saved_anew(bytes: &[u8]) -> Vec<u8> {
    let mut saved = Vec::new();
    File::load_mem(bytes).expect("a PDF").save_to(&mut saved).expect("saved");
    saved
}

#[test]
fn the_file_that_was_handed_out_is_recognised() {
    let (case, bytes) = handed_out("c2");
    assert_eq!(recognise(&case, &bytes), Returned::Exact { document: 0, revision: 1 });
}

#[test]
fn each_copy_of_each_of_many_revisions_is_recognised() {
    let (mut case, first) = handed_out("c2");
    let mut last = Vec::new();
    for number in 2..=500 {
        last = [&first[..], format!("% {number}").as_bytes()].concat();
        keep(&mut case, 0, &last, Some(CopyMark::Company));
    }
    assert_eq!(recognise(&case, &first), Returned::Exact { document: 0, revision: 1 });
    assert_eq!(recognise(&case, &last), Returned::Exact { document: 0, revision: 500 });
}

#[test]
fn a_signed_copy_tells_its_revision_and_who_signed_where_and_when() {
    let Returned::Signed { document: 0, revision: 1, signatures } = recognise(&signed_case(), SIGNED) else {
        panic!("{:?}", recognise(&signed_case(), SIGNED));
    };
    let said: Vec<(&str, &str, bool)> = signatures
        .iter()
        .map(|signature| (signature.field.as_str(), signature.signer.as_str(), signature.covers_whole_file))
        .collect();
    assert_eq!(said, [("本人署名", "署名試験1", false), ("主治医署名", "署名試験2", true)]);
    for signature in &signatures {
        let signed_at = signature.signed_at.expect("a time").to_string();
        assert!(signed_at.starts_with("2026-11-22 18:2"), "in Japan: {signed_at}");
    }
}

#[test]
fn something_added_that_is_no_signature_is_an_alteration() {
    let (case, bytes) = handed_out("c2");
    let noted = [&bytes[..], b"\n% a note\n"].concat();
    assert_eq!(recognise(&case, &noted), Returned::Altered { document: 0, revision: 1, signatures: Vec::new() });
    assert_eq!(
        recognise(&case, &saved_anew(&bytes)),
        Returned::Altered { document: 0, revision: 1, signatures: Vec::new() }
    );
}

#[test]
fn a_signed_copy_whose_beginning_was_changed_is_altered() {
    let mut changed = saved_anew(SIGNED);
    changed.extend(b"\n");
    let returned = recognise(&signed_case(), &changed);
    assert!(matches!(&returned, Returned::Altered { signatures, .. } if signatures.len() == 2), "{returned:?}");
}

#[test]
fn what_is_not_the_revision_is_told_for_what_it_is() {
    let (case, bytes) = handed_out("c2");
    let (other, _) = handed_out("c7");
    assert_eq!(recognise(&other, &bytes), Returned::OtherCase);
    assert_eq!(recognise(&case, SIGNED), Returned::OtherCase);
    let draft = exported(&case, 0, Edition::Draft);
    assert_eq!(recognise(&case, &draft), Returned::Draft { document: 0 });
    let later = exported(&case, 0, Edition::Revision { number: 2, mark: None });
    assert_eq!(recognise(&case, &later), Returned::OtherRevision { document: 0, revision: 2 });
    let mut forked = case.clone();
    forked.documents[0].values.insert("verdict_detail".to_owned(), common::text("別の内容"));
    let forked = exported(&forked, 0, Edition::Revision { number: 1, mark: None });
    assert_eq!(recognise(&case, &forked), Returned::OtherRevision { document: 0, revision: 1 });
    let mut without = case.clone();
    without.documents.remove(0);
    assert_eq!(recognise(&without, &bytes), Returned::OtherDocument);
    let old = old_version_copy(&bytes).expect("stamped");
    assert_eq!(recognise(&case, &old), Returned::OldVersion { document: 0, revision: 1 });
    for nothing in [&b""[..], b"%PDF-1.7", b"hello", &bytes[..1000]] {
        assert_eq!(recognise(&case, nothing), Returned::Unknown);
    }
}

#[test]
fn a_file_says_which_paper_it_is_and_nothing_of_the_patient() {
    let (case, bytes) = handed_out("c2");
    let imprint = inspect(&bytes).expect("a PDF").imprint.expect("ours");
    assert_eq!(imprint.edition, Edition::Revision { number: 1, mark: None });
    assert_eq!(imprint.fingerprint, case.documents[0].revisions[0].fingerprint);
    assert!(!imprint.is_old);
    let company = Edition::Revision { number: 3, mark: Some(CopyMark::Company) };
    let copy = inspect(&exported(&case, 0, company)).expect("a PDF").imprint.expect("ours");
    assert_eq!((copy.edition, &copy.case, &copy.document), (company, &imprint.case, &imprint.document));
    assert!(!copy.case.contains("c2"), "a digest stands for the identity");
}

#[test]
fn what_a_file_says_is_read_from_attributes_too() {
    let (_, bytes) = handed_out("c2");
    let mut file = File::load_mem(&bytes).expect("a PDF");
    let id = file.catalog().expect("a catalog").get(b"Metadata").and_then(Object::as_reference).expect("XMP");
    let imprint = inspect(&bytes).expect("a PDF").imprint.expect("ours");
    let packet = format!(
        "<rdf:Description xmlns:p='urn:x-ryoritsu:paper#' p:case='{}' p:document='{}' p:edition='revision' p:revision='1' p:fingerprint='{}'/>",
        imprint.case, imprint.document, imprint.fingerprint
    );
    file.get_object_mut(id).and_then(Object::as_stream_mut).expect("a stream").set_content(packet.into_bytes());
    let mut rewritten = Vec::new();
    file.save_to(&mut rewritten).expect("saved");
    assert_eq!(inspect(&rewritten).expect("a PDF").imprint, Some(imprint));
}

#[test]
fn an_old_version_says_so_is_no_original_and_takes_no_signature() {
    let (_, bytes) = handed_out("c1");
    let old = old_version_copy(&bytes).expect("stamped");
    assert_eq!(old, old_version_copy(&bytes).expect("stamped"), "the same bytes give the same copy");
    let (before, after) = (File::load_mem(&bytes).expect("a PDF"), File::load_mem(&old).expect("a PDF"));
    let first = |file: &File| file.trailer.get(b"ID").and_then(Object::as_array).expect("identities")[0].clone();
    assert_ne!(first(&before), first(&after));
    assert!(inspect(&old).expect("a PDF").imprint.expect("ours").is_old);
    for (page, original) in after.get_pages().into_values().zip(before.get_pages().into_values()) {
        let content = |file: &File, page| file.get_and_decode_page_content(page).expect("content").operations;
        let (now, then) = (content(&after, page), content(&before, original));
        assert_eq!(format!("{:?}", &now[..then.len()]), format!("{then:?}"), "what stood there stands there");
        assert!(now.len() > then.len() + 20);
        let opened = now.iter().filter(|operation| ["BDC", "BMC"].contains(&operation.operator.as_str())).count();
        assert_eq!(opened, now.iter().filter(|operation| operation.operator == "EMC").count());
    }
    let fields = after.objects.values().filter_map(|object| object.as_dict().ok());
    let fields: Vec<_> = fields.filter(|field| field.get(b"FT").and_then(Object::as_name).is_ok()).collect();
    assert_eq!(fields.len(), 2);
    assert!(fields.iter().all(|field| field.get(b"Ff").and_then(Object::as_i64).ok() == Some(1)));
}

#[test]
fn an_old_version_of_a_signed_file_has_no_signature_left_that_would_not_hold() {
    let old = old_version_copy(SIGNED).expect("stamped");
    assert!(inspect(&old).expect("a PDF").signatures.is_empty());
}

#[test]
fn only_own_pdfs_are_stamped() {
    for bytes in [&b""[..], b"%PDF-1.7\n", b"hello", PNG] {
        assert_eq!(old_version_copy(bytes), Err(Failure::NotOwnPdf));
    }
}

/// A picture of one pixel.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\x3a\x7e\x9b\x55\
    \0\0\0\x0aIDAT\x78\x9c\x63\x60\0\0\0\x02\0\x01\x48\xaf\xa4\x71\0\0\0\0IEND\xae\x42\x60\x82";
/// The parts of a picture of 1×1, without its tables.
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x01\0\x01\x01\x01\x11\0\
    \xff\xda\0\x08\x01\x01\0\0\x3f\0\x12\x34\xff\xd9";

#[test]
fn a_scan_is_told_by_what_is_in_it() {
    let (_, pdf) = handed_out("c2");
    assert_eq!(scan_kind(PNG), Ok(ScanKind::Png));
    assert_eq!(scan_kind(JPEG), Ok(ScanKind::Jpeg));
    assert_eq!(scan_kind(&pdf), Ok(ScanKind::Pdf));
    assert_eq!(scan_kind(SIGNED), Ok(ScanKind::Pdf));
}

#[test]
fn what_is_no_scan_is_refused_with_what_to_do() {
    let (_, pdf) = handed_out("c2");
    let no_size: Vec<u8> = [&JPEG[..13], &[0, 0], &JPEG[15..]].concat();
    let cases: [(&[u8], ScanTrouble); 11] = [
        (b"", ScanTrouble::Empty),
        (b"Case(format: 2)", ScanTrouble::NoPicture),
        (b"PK\x03\x04", ScanTrouble::NoPicture),
        (b"GIF89a", ScanTrouble::NoPicture),
        (&PNG[..PNG.len() - 12], ScanTrouble::Damaged),
        (&PNG[..20], ScanTrouble::Damaged),
        (&JPEG[..JPEG.len() - 2], ScanTrouble::Damaged),
        (&JPEG[..12], ScanTrouble::Damaged),
        (&no_size, ScanTrouble::Damaged),
        (&pdf[..pdf.len() / 2], ScanTrouble::Damaged),
        (ENCRYPTED, ScanTrouble::Encrypted),
    ];
    for (bytes, trouble) in cases {
        let failure = Failure::Scan { path: None, trouble };
        assert_eq!(scan_kind(bytes), Err(failure.clone()), "{:?}", &bytes[..bytes.len().min(20)]);
        let message = messages::failure(&failure);
        assert!(!message.what.is_empty() && !message.todo.is_empty());
    }
}

/// An empty page that opens with a password only, made by `qpdf --encrypt`.
const ENCRYPTED: &[u8] = include_bytes!("fixtures/encrypted.pdf");

#[test]
fn a_pdf_with_a_password_is_told_apart_from_a_damaged_one() {
    assert_eq!(inspect(ENCRYPTED), Err(InspectTrouble::Encrypted));
    assert_eq!(inspect(b"%PDF-1.7\n"), Err(InspectTrouble::Unreadable));
    // Restricted, as some scanners write it, and still opened by everybody.
    assert_eq!(scan_kind(include_bytes!("fixtures/restricted.pdf")), Ok(ScanKind::Pdf));
}

#[test]
fn the_length_of_a_scan_is_looked_at_before_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let huge = folder.path().join("huge.pdf");
    fs::File::create(&huge).expect("made").set_len(3 * SCAN_LIMIT).expect("a hole");
    assert_eq!(
        scan_file(&huge).map(|(kind, _)| kind),
        Err(Failure::Scan { path: Some(huge), trouble: ScanTrouble::TooLarge })
    );
    let gone = folder.path().join("gone.png");
    assert!(matches!(scan_file(&gone), Err(Failure::File { path, .. }) if path == gone));
    let good = folder.path().join("a picture by another name.pdf");
    fs::write(&good, PNG).expect("written");
    assert_eq!(scan_file(&good), Ok((ScanKind::Png, PNG.to_vec())));
}

#[test]
fn whatever_comes_back_stops_nothing() {
    let case = signed_case();
    let (_, pdf) = handed_out("c2");
    let mut state = 7_u64;
    let mut next = |limit: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("small") % limit
    };
    for base in [SIGNED, &pdf, PNG, JPEG, ENCRYPTED] {
        for round in 0..40 {
            let mut bytes = base.to_vec();
            for _ in 0..=round % 8 {
                let at = next(bytes.len());
                bytes[at] = u8::try_from(next(256)).expect("a byte");
            }
            bytes.truncate(if round % 3 == 0 { next(bytes.len()) } else { bytes.len() });
            let _ = (recognise(&case, &bytes), scan_kind(&bytes), old_version_copy(&bytes));
        }
    }
}
