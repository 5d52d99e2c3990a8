//! A copy of a kept PDF that says of itself that it was replaced: 旧版 across every page, in its
//! title and in its metadata, and no field left to sign in.

use lopdf::{Document as File, Object, Stream, dictionary};
use sha2::{Digest, Sha256};

use crate::fonts::Fonts;
use crate::messages::page as words;
use crate::model::failure::Failure;

use super::finish::{fault, hex, identified};
use super::imprint::Imprint;
use super::inspect::{day, open, text, xmp};
use super::{Metadata, across, metadata};

/// Makes the copy from the bytes of a PDF of this program.
///
/// It has an identity of its own, so that it never counts as the original, and the same bytes
/// give the same copy.
///
/// # Errors
/// The bytes are no PDF of this program.
pub fn old_version(bytes: &[u8], fonts: &Fonts<'_>) -> Result<Vec<u8>, Failure> {
    let mut file = open(bytes).map_err(|_| Failure::NotOwnPdf)?;
    let imprint = xmp(&file).and_then(|xmp| Imprint::read(&xmp)).ok_or(Failure::NotOwnPdf)?;
    let identity = format!("old/{}", hex(&Sha256::digest(bytes)));
    let metadata = old_metadata(&file, imprint, identity);
    across::stamp(&mut file, words::OLD_VERSION, fonts)?;
    close_fields(&mut file);
    describe(&mut file, &metadata)?;
    file.prune_objects();
    file.renumber_objects();
    file.compress();
    identified(&mut file, &metadata)
}

/// What the file said of itself, and that it was replaced.
fn old_metadata(file: &File, imprint: Imprint, identity: String) -> Metadata {
    let info = file.trailer.get(b"Info").ok().and_then(|info| file.dereference(info).ok());
    let info = info.and_then(|(_, info)| info.as_dict().ok());
    let said = |key: &[u8]| info.and_then(|info| info.get(key).ok()).and_then(text);
    Metadata {
        title: words::old_title(&said(b"Title").unwrap_or_default()),
        author: said(b"Author").unwrap_or_default(),
        date: said(b"CreationDate").and_then(|written| day(&written)),
        identity,
        imprint: Some(Imprint { is_old: true, ..imprint }),
    }
}

/// Nobody signs what was replaced: the fields are locked. A signature that was there says nothing
/// of these pages, and goes.
fn close_fields(file: &mut File) {
    for object in file.objects.values_mut() {
        let Ok(field) = object.as_dict_mut() else { continue };
        if field.get(b"FT").and_then(Object::as_name).ok() == Some(b"Sig") {
            field.remove(b"V");
            field.set("Ff", 1);
        }
    }
}

/// Replaces what the file says of itself.
fn describe(file: &mut File, metadata: &Metadata) -> Result<(), Failure> {
    let packet = dictionary! { "Type" => "Metadata", "Subtype" => "XML" };
    let packet = Stream::new(packet, metadata::xmp(metadata).into_bytes()).with_compression(false);
    let packet = file.add_object(packet);
    let info = file.add_object(metadata::info(metadata));
    file.trailer.set("Info", info);
    // What a signing program added is of the signatures that went.
    let catalog = file.catalog_mut().map_err(fault)?;
    catalog.set("Metadata", packet);
    catalog.remove(b"DSS");
    catalog.remove(b"Perms");
    Ok(())
}
