//! From drawn pages to a finished file: tags, metadata, colours, signature fields, identity.

use std::fmt::Write as _;
use std::ops::Range;

use lopdf::{Document as File, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use crate::fonts::Fonts;
use crate::layout::document::{Area, Document, Item};
use crate::layout::page::PAGE;
use crate::messages::page as words;
use crate::model::failure::Failure;

use super::Metadata;
use super::draw::Marks;
use super::faces::Subsets;
use super::imprint::digest;
use super::metadata::{ascii, info, text, xmp};
use super::{fillable, structure};

/// The colours that black on white is meant in （sRGB, public domain）.
const SRGB: &[u8] = include_bytes!("sRGB-v4.icc");

/// Makes the drawn file PDF/A-3b and PDF/UA-1, with a field on every signature line.
pub(super) fn finish(
    mut file: File,
    document: &Document,
    marks: &Marks,
    faces: (&Subsets, &Fonts<'_>),
    metadata: &Metadata,
) -> Result<Vec<u8>, Failure> {
    "1.7".clone_into(&mut file.version);
    let pages: Vec<ObjectId> = file.get_pages().into_values().collect();
    let mut widgets = add_widgets(&mut file, document, &pages)?;
    let mut fields: Vec<Object> = widgets.iter().map(|(_, widget, _)| (*widget).into()).collect();
    let (inputs, mut form) = fillable::add(&mut file, document, &pages, faces, pages.len() + widgets.len())?;
    widgets.extend(inputs);
    if let Ok(Object::Array(open)) = form.get(b"Fields") {
        fields.extend(open.iter().cloned());
    }
    form.set("Fields", fields);
    let tree = structure::add(&mut file, document, &structure::Pages { ids: &pages, marks, widgets: &widgets });
    finish_pages(&mut file, &pages)?;
    finish_catalog(&mut file, metadata, tree)?;
    if !widgets.is_empty() {
        file.catalog_mut().map_err(fault)?.set("AcroForm", form);
    }
    let info = file.add_object(info(metadata));
    file.trailer.set("Info", info);
    file.prune_objects();
    file.renumber_objects();
    file.compress();
    identified(&mut file, metadata)
}

pub(super) fn fault(error: impl std::fmt::Display) -> Failure {
    Failure::Inside { reason: error.to_string() }
}

/// With its small objects compressed too, which PDF 1.5 and so PDF/A-3 allow.
fn bytes(file: &mut File) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    file.save_modern(&mut bytes).map_err(fault)?;
    Ok(bytes)
}

/// Writes the file with its two identities: that of the document, which all its versions share,
/// and that of these bytes, from all the others of them.
pub(super) fn identified(file: &mut File, metadata: &Metadata) -> Result<Vec<u8>, Failure> {
    let of = |bytes: Vec<u8>| Object::String(bytes, StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![of(permanent(&metadata.identity)), of(vec![0; 16])]);
    let mut bytes = bytes(file)?;
    let place = identity_place(&bytes, &metadata.identity).ok_or_else(|| fault("no place for the identity"))?;
    let digest = hex(&Sha256::digest(&bytes)[..16]);
    bytes[place].copy_from_slice(digest.as_bytes());
    Ok(bytes)
}

/// See [`super::is_untouched`].
pub(super) fn is_untouched(bytes: &[u8], identity: &str) -> bool {
    let Some(place) = identity_place(bytes, identity) else { return false };
    let mut zeroed = bytes.to_vec();
    zeroed[place.clone()].fill(b'0');
    bytes[place] == *hex(&Sha256::digest(&zeroed)[..16]).as_bytes()
}

fn permanent(identity: &str) -> Vec<u8> {
    Sha256::digest(identity)[..16].to_vec()
}

/// Where the 32 digits of the second identity stand: after the first, which names the document.
fn identity_place(bytes: &[u8], identity: &str) -> Option<Range<usize>> {
    let first = format!("<{}>", digest(identity));
    let after = bytes.windows(first.len()).rposition(|window| window == first.as_bytes())? + first.len();
    let open = after + bytes[after..].iter().position(|byte| *byte == b'<')?;
    let place = open + 1..open + 33;
    (bytes[after..open].iter().all(u8::is_ascii_whitespace) && bytes.get(place.end) == Some(&b'>')).then_some(place)
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}

fn finish_pages(file: &mut File, pages: &[ObjectId]) -> Result<(), Failure> {
    for (at, page) in pages.iter().enumerate() {
        let page = file.get_object_mut(*page).and_then(Object::as_dict_mut).map_err(fault)?;
        page.set("Tabs", "S");
        page.set("StructParents", i64::try_from(at).map_err(fault)?);
    }
    Ok(())
}

fn finish_catalog(file: &mut File, metadata: &Metadata, tree: ObjectId) -> Result<(), Failure> {
    let profile = file.add_object(Stream::new(dictionary! { "N" => 3 }, SRGB.to_vec()));
    let intent = dictionary! {
        "Type" => "OutputIntent",
        "S" => "GTS_PDFA1",
        "OutputConditionIdentifier" => ascii("sRGB"),
        "Info" => ascii("sRGB"),
        "DestOutputProfile" => profile,
    };
    let packet = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let packet = file.add_object(Stream::new(packet, xmp(metadata).into_bytes()).with_compression(false));
    let catalog = file.catalog_mut().map_err(fault)?;
    catalog.set("Lang", ascii("ja-JP"));
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageMode", "UseNone");
    catalog.set("PageLayout", "SinglePage");
    catalog.set("Metadata", packet);
    catalog.set("OutputIntents", vec![intent.into()]);
    catalog.set("StructTreeRoot", tree);
    Ok(())
}

/// An empty signature field on every signature line. Returns tag, widget and page of each.
fn add_widgets(
    file: &mut File,
    document: &Document,
    pages: &[ObjectId],
) -> Result<Vec<(usize, ObjectId, usize)>, Failure> {
    let mut widgets = Vec::new();
    for (at, page) in document.pages.iter().enumerate() {
        let mut annotations: Vec<Object> = Vec::new();
        for item in &page.items {
            let Item::Signature { area, name, statement, tag, .. } = item else { continue };
            let [left, bottom, right, top] = corners(area);
            let appearance = dictionary! {
                "Type" => "XObject",
                "Subtype" => "Form",
                "BBox" => vec![0.into(), 0.into(), (right - left).into(), (top - bottom).into()],
                "Resources" => dictionary! {},
            };
            let appearance = file.add_object(Stream::new(appearance, Vec::new()).with_compression(false));
            let number = i64::try_from(pages.len() + widgets.len()).map_err(fault)?;
            let widget = file.add_object(dictionary! {
                "Type" => "Annot",
                "Subtype" => "Widget",
                "FT" => "Sig",
                "T" => text(&unique(name, &widgets, document)),
                "TU" => text(&format!("{statement}（{name}）")),
                "Contents" => text(&words::signature_field(name)),
                "Rect" => vec![left.into(), bottom.into(), right.into(), top.into()],
                "F" => 4,
                "P" => pages[at],
                "AP" => dictionary! { "N" => appearance },
                "StructParent" => number,
            });
            widgets.push((*tag, widget, at));
            annotations.push(widget.into());
        }
        let page = file.get_object_mut(pages[at]).and_then(Object::as_dict_mut).map_err(fault)?;
        if annotations.is_empty() {
            page.remove(b"Annots");
        } else {
            page.set("Annots", annotations);
        }
    }
    Ok(widgets)
}

/// The name of a field: that of the line, numbered where the form has it twice.
fn unique(name: &str, before: &[(usize, ObjectId, usize)], document: &Document) -> String {
    let items = document.pages.iter().flat_map(|page| &page.items);
    let names = items.filter_map(|item| match item {
        Item::Signature { name, .. } => Some(name.as_str()),
        _ => None,
    });
    let same = names.take(before.len()).filter(|other| *other == name).count();
    let plain = name.replace('.', "・");
    if same == 0 { plain } else { format!("{plain} {}", same + 1) }
}

/// Left, bottom, right and top, as PDF counts.
pub(super) fn corners(area: &Area) -> [f32; 4] {
    [area.x, PAGE.1 - area.bottom(), area.right(), PAGE.1 - area.y]
}
