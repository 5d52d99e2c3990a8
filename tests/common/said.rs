//! What a PDF says.

use lopdf::{Document as File, Object};

/// Everything that a PDF says: its bytes, each stream unpacked, and each text as a person reads it.
pub fn said(bytes: &[u8]) -> String {
    let file = File::load_mem(bytes).expect("a PDF");
    let mut all = String::from_utf8_lossy(bytes).into_owned();
    for object in file.objects.values() {
        if let Object::Stream(stream) = object {
            let content = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
            all.push_str(&String::from_utf8_lossy(&content));
            all.push('\n');
        }
        strings(object, &mut all);
    }
    strings(&Object::Dictionary(file.trailer.clone()), &mut all);
    let pages: Vec<u32> = file.get_pages().keys().copied().collect();
    all.push_str(&plain(&file.extract_text(&pages).expect("text")));
    all
}

fn strings(object: &Object, all: &mut String) {
    match object {
        Object::String(bytes, _) => {
            all.push_str(
                &lopdf::decode_text_string(object).unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned()),
            );
            all.push('\n');
        }
        Object::Array(items) => items.iter().for_each(|item| strings(item, all)),
        Object::Dictionary(entries) => entries.iter().for_each(|(_, item)| strings(item, all)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, item)| strings(item, all)),
        _ => {}
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
