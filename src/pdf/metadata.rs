//! What the file says about itself: in the old way (Info) and in the new one (XMP), the same in
//! both, without patient data and without the clock.

use lopdf::{Dictionary, Object, StringFormat};

use super::Metadata;
use super::imprint::{self, Imprint};

/// The program, as a PDF names it.
pub(super) const PRODUCER: &str = concat!("ryoritsu ", env!("CARGO_PKG_VERSION"));

/// A text as UTF-16 with its mark, as PDF wants Japanese.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

/// The same as an object.
pub(super) fn text(text: &str) -> Object {
    Object::String(utf16(text), StringFormat::Hexadecimal)
}

/// An ASCII text as an object.
pub(super) fn ascii(text: &str) -> Object {
    Object::String(text.as_bytes().to_vec(), StringFormat::Literal)
}

/// The Info dictionary.
pub(super) fn info(metadata: &Metadata) -> Dictionary {
    let mut info = Dictionary::new();
    info.set("Title", text(&metadata.title));
    if !metadata.author.is_empty() {
        info.set("Author", text(&metadata.author));
    }
    if let Some(imprint) = &metadata.imprint {
        info.set("Keywords", text(&imprint.keywords()));
    }
    info.set("Creator", ascii("ryoritsu"));
    info.set("Producer", ascii(PRODUCER));
    if let Some(date) = metadata.date {
        info.set("CreationDate", ascii(&date.format("D:%Y%m%d000000+09'00'").to_string()));
    }
    info
}

/// The claim to PDF/A. A file whose fields are open makes none: nobody knows what a viewer puts in.
const PDF_A: &str = "<pdfaid:part>3</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n";

/// The XMP packet, with the marks of PDF/A-3b and PDF/UA-1.
pub(super) fn xmp(metadata: &Metadata) -> String {
    let title = escape(&metadata.title);
    let creator = match escape(&metadata.author) {
        author if author.is_empty() => String::new(),
        author => format!("\n<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"),
    };
    let date = metadata.date.map_or(String::new(), |date| {
        format!("\n<xmp:CreateDate>{}</xmp:CreateDate>", date.format("%Y-%m-%dT00:00:00+09:00"))
    });
    let keywords = metadata
        .imprint
        .as_ref()
        .map_or(String::new(), |imprint| format!("\n<pdf:Keywords>{}</pdf:Keywords>", escape(&imprint.keywords())));
    let paper = metadata.imprint.as_ref().map(Imprint::xmp).unwrap_or_default();
    let is_open = metadata.imprint.as_ref().is_some_and(|imprint| imprint.open_to.is_some());
    let archive = if is_open { "" } else { PDF_A };
    let (schema, declaration) = (imprint::schema(), imprint::declaration());
    format!(
        r#"<?xpacket begin="{bom}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" {declaration}>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{creator}
<dc:language><rdf:Bag><rdf:li>ja-JP</rdf:li></rdf:Bag></dc:language>
<dc:format>application/pdf</dc:format>
<xmp:CreatorTool>ryoritsu</xmp:CreatorTool>{date}
<pdf:Producer>{PRODUCER}</pdf:Producer>{keywords}
{archive}<pdfuaid:part>1</pdfuaid:part>{paper}
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version identifier</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li>
{schema}</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"#,
        bom = '\u{FEFF}',
    )
}

/// A text as XML takes it: control characters cannot stand there in any way.
fn escape(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
