//! What every PDF keeps to: the same bytes for the same case, text that can be read back, tags,
//! metadata without patient data, a field on every signature line.

mod common;

use std::collections::BTreeMap;

use common::{example, examples, lay_out, library, print, text};
use lopdf::{Dictionary, Document as File, Object, ObjectId};
use ryoritsu::export::Exporter;
use ryoritsu::layout::Edition;
use ryoritsu::model::case::Case;
use ryoritsu::pdf::{self, Metadata};

fn load(bytes: &[u8]) -> File {
    File::load_mem(bytes).expect("a PDF")
}

fn resolve<'a>(file: &'a File, object: &'a Object) -> &'a Object {
    match object {
        Object::Reference(id) => file.get_object(*id).expect("no reference leads nowhere"),
        _ => object,
    }
}

fn dictionary<'a>(file: &'a File, from: &'a Dictionary, key: &[u8]) -> &'a Dictionary {
    let object = resolve(file, from.get(key).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(key))));
    object.as_dict().expect("a dictionary")
}

fn array<'a>(file: &'a File, from: &'a Dictionary, key: &[u8]) -> Vec<&'a Object> {
    match from.get(key).map(|object| resolve(file, object)) {
        Ok(Object::Array(entries)) => entries.iter().map(|entry| resolve(file, entry)).collect(),
        Ok(Object::Null) | Err(_) => Vec::new(),
        Ok(only) => vec![only],
    }
}

fn string(object: &Object) -> String {
    let Object::String(bytes, _) = object else { panic!("a text") };
    match bytes.strip_prefix(&[0xFE, 0xFF]) {
        Some(bytes) => {
            let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16(&units).expect("UTF-16")
        }
        None => String::from_utf8(bytes.clone()).expect("ASCII"),
    }
}

/// Every PDF of every example, and of every empty form.
fn all() -> Vec<(String, File, Vec<u8>)> {
    let mut cases: Vec<(String, Case)> = examples().into_iter().map(|(name, case)| (name.to_owned(), case)).collect();
    for (_, case) in &mut cases {
        for form in library().forms.keys() {
            if case.documents_of(form).next().is_none() {
                case.add_document(form.clone());
            }
        }
    }
    cases.push(("empty".to_owned(), Case::new("R8-0001".to_owned(), String::new(), library().forms.keys().cloned())));
    let mut files = Vec::new();
    for (name, case) in cases {
        for at in 0..case.documents.len() {
            let bytes = print(&lay_out(&case, at));
            files.push((format!("{name} {}", case.documents[at].form), load(&bytes), bytes));
        }
    }
    files
}

#[test]
fn the_same_case_makes_the_same_bytes() {
    for at in 0..3 {
        let case = example("t-01");
        assert_eq!(print(&lay_out(&case, at)), print(&lay_out(&case, at)));
    }
}

#[test]
fn every_file_says_that_it_is_pdf_a_and_ua_in_japanese() {
    for (name, file, _) in all() {
        let catalog = file.catalog().expect("a catalog");
        assert_eq!(file.version, "1.7", "{name}");
        assert_eq!(string(catalog.get(b"Lang").expect("a language")), "ja-JP");
        assert!(dictionary(&file, catalog, b"MarkInfo").get(b"Marked").and_then(Object::as_bool).expect("marked"));
        assert!(dictionary(&file, catalog, b"ViewerPreferences").has(b"DisplayDocTitle"));
        let intent = array(&file, catalog, b"OutputIntents")[0].as_dict().expect("an output intent");
        assert_eq!(intent.get(b"S").and_then(Object::as_name).expect("its sort"), b"GTS_PDFA1");
        let profile =
            resolve(&file, intent.get(b"DestOutputProfile").expect("a profile")).as_stream().expect("a stream");
        assert_eq!(&profile.decompressed_content().unwrap_or(profile.content.clone())[36..40], b"acsp");
        let xmp = resolve(&file, catalog.get(b"Metadata").expect("XMP")).as_stream().expect("a stream");
        let xmp = String::from_utf8(xmp.content.clone()).expect("uncompressed UTF-8");
        for mark in ["<pdfaid:part>3<", "<pdfaid:conformance>B<", "<pdfuaid:part>1<", "星見市民病院"] {
            assert!(xmp.contains(mark), "{name}: {mark}");
        }
        assert!(file.trailer.has(b"ID"), "{name}");
    }
}

#[test]
fn metadata_holds_no_patient_data() {
    let mut case = example("c7");
    case.people.insert("patient.name".to_owned(), text("秘密　花子"));
    case.people.insert("patient.diagnosis".to_owned(), text("秘密の病名"));
    case.documents[1].values.remove("document_date");
    case.documents[2].values.remove("document_date");
    for at in 0..3 {
        let file = load(&exported(&case, at));
        let info = dictionary(&file, &file.trailer, b"Info");
        let title = string(info.get(b"Title").expect("a title"));
        assert!(!title.is_empty());
        let all: String = info.iter().map(|(_, value)| string(value)).collect();
        let xmp = resolve(&file, file.catalog().expect("a catalog").get(b"Metadata").expect("XMP"));
        let xmp = String::from_utf8_lossy(&xmp.as_stream().expect("a stream").content).into_owned();
        for secret in ["秘密", "花子"] {
            assert!(!all.contains(secret) && !xmp.contains(secret));
        }
        assert!(!info.has(b"CreationDate") && !xmp.contains("CreateDate"), "no date but that of the document");
    }
}

/// The PDF as the program writes it, with the metadata that it takes from the case.
fn exported(case: &Case, at: usize) -> Vec<u8> {
    let library = library();
    Exporter::new(&library, common::today()).expect("whole fonts").pdf(case, at, Edition::Draft).expect("right")
}

#[test]
fn the_date_of_the_file_is_that_of_the_document() {
    let file = load(&exported(&example("c7"), 1));
    let info = dictionary(&file, &file.trailer, b"Info");
    assert_eq!(string(info.get(b"CreationDate").expect("a date")), "D:20261118000000+09'00'");
    assert_eq!(string(info.get(b"Author").expect("an author")), "星見市民病院");
}

#[test]
fn only_the_very_bytes_of_the_same_document_are_taken_for_untouched() {
    let document = lay_out(&example("c2"), 0);
    let write = |identity: &str| {
        let metadata = Metadata {
            title: "題".to_owned(),
            author: String::new(),
            date: None,
            identity: identity.to_owned(),
            imprint: None,
        };
        pdf::write(&document, &metadata, &common::fonts()).expect("it can be written")
    };
    let bytes = write("one");
    assert!(pdf::is_untouched(&bytes, "one"));
    assert!(!pdf::is_untouched(&bytes, "other"), "it belongs to another case");
    let mut rewritten = Vec::new();
    load(&bytes).save_to(&mut rewritten).expect("saved");
    assert!(!pdf::is_untouched(&rewritten, "one"), "another program wrote it anew");
    for at in (0..bytes.len()).step_by(97) {
        let mut changed = bytes.clone();
        changed[at] ^= 1;
        assert!(!pdf::is_untouched(&changed, "one"), "changed at {at}");
    }
    assert!(!pdf::is_untouched(&[&bytes[..], b" "].concat(), "one"));
    assert!(!pdf::is_untouched(b"", "one"));
}

#[test]
fn fonts_are_truetype_subsets_embedded_and_mapped_to_text() {
    for (name, file, bytes) in all() {
        assert!(bytes.len() < 100_000, "{name}: {} bytes", bytes.len());
        let fonts: Vec<&Dictionary> = file
            .objects
            .values()
            .filter_map(|object| object.as_dict().ok())
            .filter(|font| font.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Type0"))
            .collect();
        assert!(!fonts.is_empty(), "{name}");
        for font in fonts {
            let base = font.get(b"BaseFont").and_then(Object::as_name).expect("a name");
            assert!(base[6] == b'+' && base[..6].iter().all(u8::is_ascii_uppercase), "{name}");
            assert!(font.has(b"ToUnicode"), "{name}");
            let descendant = array(&file, font, b"DescendantFonts")[0].as_dict().expect("a font");
            assert_eq!(descendant.get(b"Subtype").and_then(Object::as_name).expect("a sort"), b"CIDFontType2");
            assert!(descendant.has(b"CIDToGIDMap"), "{name}");
            assert!(dictionary(&file, descendant, b"FontDescriptor").has(b"FontFile2"), "{name}");
        }
    }
}

/// The tree of tags, one line a tag: what stands in it, indented by depth.
fn outline(file: &File, element: &Dictionary, depth: usize, lines: &mut Vec<String>) {
    let name = element.get(b"S").and_then(Object::as_name).map(|name| String::from_utf8_lossy(name).into_owned());
    lines.push(format!("{}{}", "  ".repeat(depth), name.expect("a sort")));
    for kid in array(file, element, b"K") {
        let Ok(kid) = kid.as_dict() else { continue };
        if kid.has(b"S") {
            outline(file, kid, depth + 1, lines);
        }
    }
}

#[test]
fn tags_have_a_heading_tables_and_a_form_for_every_signature() {
    for (name, file, _) in all() {
        let catalog = file.catalog().expect("a catalog");
        let root = dictionary(&file, catalog, b"StructTreeRoot");
        let mut lines = Vec::new();
        outline(&file, dictionary(&file, root, b"K"), 0, &mut lines);
        let count = |tag: &str| lines.iter().filter(|line| line.trim() == tag).count();
        assert_eq!(lines[0], "Document", "{name}");
        assert_eq!(count("H1"), 1, "{name}");
        assert!(count("Table") >= 2 && count("TR") >= 4 && count("TH") >= 4 && count("TD") >= 4, "{name}");
        let widgets = array(&file, dictionary(&file, catalog, b"AcroForm"), b"Fields").len();
        assert_eq!(count("Form"), widgets, "{name}");
    }
}

#[test]
fn the_rows_of_a_table_have_the_same_number_of_columns() {
    for (name, file, _) in all() {
        let elements = || file.objects.values().filter_map(|object| object.as_dict().ok());
        let sort = |element: &Dictionary| element.get(b"S").and_then(Object::as_name).unwrap_or_default().to_vec();
        for table in elements().filter(|element| sort(element) == b"Table") {
            let columns = |row: &Object| -> i64 {
                let row = row.as_dict().expect("a row");
                let cells = array(&file, row, b"K");
                let span = |cell: &&Object| match cell.as_dict().expect("a cell").get(b"A") {
                    Ok(attributes) => {
                        resolve(&file, attributes).as_dict().ok()?.get(b"ColSpan").and_then(Object::as_i64).ok()
                    }
                    Err(_) => None,
                };
                cells.iter().map(|cell| span(cell).unwrap_or(1)).sum()
            };
            let rows: Vec<i64> = array(&file, table, b"K").into_iter().map(columns).collect();
            assert!(rows.windows(2).all(|pair| pair[0] == pair[1]), "{name}: {rows:?}");
        }
    }
}

/// The number of marks of a page: each is in the tree of parents.
fn marks(file: &File, page: ObjectId) -> usize {
    let content = file.get_and_decode_page_content(page).expect("content");
    let is_mark = |operation: &&lopdf::content::Operation| {
        operation.operator == "BDC" && operation.operands[1].as_dict().is_ok_and(|properties| properties.has(b"MCID"))
    };
    content.operations.iter().filter(is_mark).count()
}

#[test]
fn every_mark_and_every_widget_has_a_parent_in_the_tree() {
    for (name, file, _) in all() {
        let root = dictionary(&file, file.catalog().expect("a catalog"), b"StructTreeRoot");
        let numbers = array(&file, dictionary(&file, root, b"ParentTree"), b"Nums");
        let tree: BTreeMap<i64, &Object> =
            numbers.chunks(2).map(|pair| (pair[0].as_i64().expect("a number"), pair[1])).collect();
        for page in file.get_pages().into_values() {
            let dictionary = file.get_dictionary(page).expect("a page");
            assert_eq!(dictionary.get(b"Tabs").and_then(Object::as_name).expect("an order"), b"S");
            let number = dictionary.get(b"StructParents").and_then(Object::as_i64).expect("a number");
            assert_eq!(tree[&number].as_array().expect("marks").len(), marks(&file, page), "{name}");
            for widget in array(&file, dictionary, b"Annots") {
                let number = widget.as_dict().expect("a widget").get(b"StructParent").and_then(Object::as_i64);
                assert!(tree[&number.expect("a number")].as_dict().is_ok(), "{name}");
            }
        }
    }
}

#[test]
fn everything_drawn_is_tagged_or_decoration() {
    for (name, file, _) in all() {
        for page in file.get_pages().into_values() {
            let mut depth = 0;
            for operation in file.get_and_decode_page_content(page).expect("content").operations {
                match operation.operator.as_str() {
                    "BDC" | "BMC" => depth += 1,
                    "EMC" => depth -= 1,
                    "TJ" | "Tj" | "S" | "f" | "B" => assert!(depth > 0, "{name}: {}", operation.operator),
                    _ => {}
                }
            }
            assert_eq!(depth, 0, "{name}");
        }
    }
}

#[test]
fn every_signature_line_has_an_unsigned_field_with_its_name_and_statement() {
    let case = example("c7");
    for at in 0..case.documents.len() {
        let library = library();
        let form = &library.forms[&case.documents[at].form];
        let file = load(&print(&lay_out(&case, at)));
        let fields = array(&file, dictionary(&file, file.catalog().expect("a catalog"), b"AcroForm"), b"Fields");
        let lines: Vec<_> = form.signature_lines().collect();
        assert_eq!(fields.len(), lines.len());
        for (field, (statement, line)) in fields.into_iter().zip(lines) {
            let field = field.as_dict().expect("a field");
            assert_eq!(field.get(b"FT").and_then(Object::as_name).expect("a sort"), b"Sig");
            assert!(!field.has(b"V"), "nobody has signed");
            assert_eq!(field.get(b"F").and_then(Object::as_i64).expect("flags"), 4, "it is printed");
            assert!(line.caption.contains(&string(field.get(b"T").expect("a name"))));
            assert!(string(field.get(b"TU").expect("a tooltip")).contains(statement));
        }
    }
}

/// The glyphs of a name, and the texts that spans of the page say they stand for.
fn glyphs_and_spans(name: &str) -> (Vec<u16>, Vec<String>) {
    let mut case = example("c7");
    case.people.insert("patient.name".to_owned(), text(name));
    let document = lay_out(&case, 0);
    let runs = document.pages[0].items.iter().filter_map(|item| match item {
        ryoritsu::layout::document::Item::Text(run) if run.text() == name => Some(run),
        _ => None,
    });
    let glyphs = runs.flat_map(|run| run.glyphs.iter().map(|glyph| glyph.id)).collect();
    let file = load(&print(&document));
    let operations = file.get_and_decode_page_content(file.get_pages()[&1]).expect("content").operations;
    let spans = operations.iter().filter(|operation| operation.operator == "BDC");
    let actual = spans.filter_map(|span| span.operands[1].as_dict().ok()?.get(b"ActualText").ok().map(string));
    (glyphs, actual.collect())
}

#[test]
fn a_glyph_that_stands_for_two_texts_says_which() {
    let variant = |base: char, nth: u32| format!("{base}{}", char::from_u32(0xE0100 + nth).expect("a selector"));
    let candidates = "葛辻蓮邊芦祇飴樋".chars().flat_map(|base| (0..4).map(move |nth| (base, nth)));
    let mut shared = 0;
    for (base, nth) in candidates {
        let variant = variant(base, nth);
        let (glyphs, spans) = glyphs_and_spans(&format!("{base}{variant}"));
        if glyphs.len() == 2 && glyphs[0] == glyphs[1] {
            shared += 1;
            assert_eq!(spans, [variant], "the plain one needs no span");
        } else {
            assert!(spans.is_empty(), "{base}: {spans:?}");
        }
    }
    assert!(shared > 0, "the fonts share a glyph between a character and a variant of it");
}

#[test]
fn the_author_is_escaped() {
    let document = lay_out(&example("c2"), 0);
    let metadata = Metadata {
        title: "A & B <C>".to_owned(),
        author: "病院 & 'X'".to_owned(),
        date: None,
        identity: "x".to_owned(),
        imprint: None,
    };
    let bytes = pdf::write(&document, &metadata, &common::fonts()).expect("it can be written");
    let file = load(&bytes);
    let xmp = resolve(&file, file.catalog().expect("a catalog").get(b"Metadata").expect("XMP"));
    let xmp = String::from_utf8_lossy(&xmp.as_stream().expect("a stream").content).into_owned();
    assert!(xmp.contains("A &amp; B &lt;C&gt;") && xmp.contains("病院 &amp;"));
}
