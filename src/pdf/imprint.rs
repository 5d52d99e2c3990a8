//! What a PDF says of which paper it is, so that it can be told when it comes back: in XMP, under
//! a namespace of the program's own. Only digests of identities are written; they tell papers apart
//! and say nothing of the patient.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::messages::page as words;
use crate::model::revision::{CopyMark, Edition};

use super::finish::hex;

/// The namespace of the program's own properties.
const NAMESPACE: &str = "urn:x-ryoritsu:paper#";

/// The properties: name, type, what it says. PDF/A asks for them to be described in the file.
const PROPERTIES: [(&str, &str, &str); 6] = [
    ("case", "Text", "Digest of the identity of the case"),
    ("document", "Text", "Digest of the identity of the document in the case"),
    ("edition", "Text", "draft, empty, revision, or old for a revision that was replaced"),
    ("revision", "Integer", "Number of the revision"),
    ("copy", "Text", "Whose copy it is: patient, company or hospital"),
    ("fingerprint", "Text", "Fingerprint of the content, as in the footer"),
];

/// Whose fields are open. Only files that make no claim to PDF/A have it, so it is not described.
const OPEN: &str = "open";

/// Which paper a PDF is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Imprint {
    /// The [`digest`] of the identity of the case.
    pub case: String,
    /// The [`digest`] of the identity of the document.
    pub document: String,
    /// What its pages are for.
    pub edition: Edition,
    /// Whether it is a copy that says of itself that it was replaced （旧版）.
    pub is_old: bool,
    /// The fingerprint （照合番号）; empty where the file holds several documents.
    pub fingerprint: String,
    /// Whose fields are open to be filled in; none where all is printed.
    pub open_to: Option<String>,
}

/// 32 hexadecimal digits that stand for an identity without telling it.
#[must_use]
pub fn digest(identity: &str) -> String {
    hex(&Sha256::digest(identity)[..16])
}

impl Imprint {
    /// What the properties of the file show of it to people.
    pub(super) fn keywords(&self) -> String {
        words::keywords(self.edition, self.is_old, &self.fingerprint)
    }

    /// The properties for XMP.
    pub(super) fn xmp(&self) -> String {
        let (edition, number, mark) = match self.edition {
            Edition::Draft => ("draft", None, None),
            Edition::Empty => ("empty", None, None),
            Edition::Revision { number, mark } if self.is_old => ("old", Some(number), mark),
            Edition::Revision { number, mark } => ("revision", Some(number), mark),
        };
        let values = [
            Some(self.case.clone()),
            Some(self.document.clone()),
            Some(edition.to_owned()),
            number.map(|number| number.to_string()),
            mark.map(|mark| copy_name(mark).to_owned()),
            Some(self.fingerprint.clone()),
        ];
        let mut text = String::new();
        for ((name, ..), value) in PROPERTIES.iter().zip(values) {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                let _ = write!(text, "\n<ryoritsu:{name}>{value}</ryoritsu:{name}>");
            }
        }
        if let Some(party) = &self.open_to {
            let _ = write!(text, "\n<ryoritsu:{OPEN}>{party}</ryoritsu:{OPEN}>");
        }
        text
    }

    /// Reads the properties from XMP, in whichever of its ways of writing another program put
    /// them. None where they are not there or not all of them make sense.
    pub(super) fn read(xmp: &str) -> Option<Self> {
        let end = xmp.find(&format!("=\"{NAMESPACE}\"")).or_else(|| xmp.find(&format!("='{NAMESPACE}'")))?;
        let prefix = xmp[..end].rsplit(':').next()?;
        let value = |name: &str| property(xmp, &format!("{prefix}:{name}"));
        let number = || value("revision")?.parse().ok();
        let mark = match value("copy") {
            Some(name) => Some(CopyMark::ALL.into_iter().find(|mark| copy_name(*mark) == name)?),
            None => None,
        };
        let (edition, is_old) = match value("edition")? {
            "draft" => (Edition::Draft, false),
            "empty" => (Edition::Empty, false),
            "revision" => (Edition::Revision { number: number()?, mark }, false),
            "old" => (Edition::Revision { number: number()?, mark }, true),
            _ => return None,
        };
        let fingerprint = value("fingerprint").unwrap_or_default().to_owned();
        Some(Self {
            case: value("case")?.to_owned(),
            document: value("document")?.to_owned(),
            edition,
            is_old,
            fingerprint,
            open_to: value(OPEN).map(str::to_owned),
        })
    }
}

/// The description of the properties that PDF/A wants for every namespace that it does not know.
pub(super) fn schema() -> String {
    let property = |(name, sort, about): &(&str, &str, &str)| {
        format!(
            "<rdf:li rdf:parseType=\"Resource\">\n<pdfaProperty:name>{name}</pdfaProperty:name>\n\
             <pdfaProperty:valueType>{sort}</pdfaProperty:valueType>\n\
             <pdfaProperty:category>internal</pdfaProperty:category>\n\
             <pdfaProperty:description>{about}</pdfaProperty:description>\n</rdf:li>"
        )
    };
    let properties: Vec<String> = PROPERTIES.iter().map(property).collect();
    format!(
        "<rdf:li rdf:parseType=\"Resource\">\n<pdfaSchema:schema>Paper of a ryoritsu case</pdfaSchema:schema>\n\
         <pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>\n\
         <pdfaSchema:prefix>ryoritsu</pdfaSchema:prefix>\n\
         <pdfaSchema:property><rdf:Seq>{}</rdf:Seq></pdfaSchema:property>\n</rdf:li>",
        properties.concat()
    )
}

/// How the namespace is declared where the properties stand.
pub(super) fn declaration() -> String {
    format!("xmlns:ryoritsu=\"{NAMESPACE}\"")
}

/// The value of a property that is written as an element or as an attribute.
fn property<'a>(xmp: &'a str, name: &str) -> Option<&'a str> {
    let element = |xmp: &'a str| {
        let (_, rest) = xmp.split_once(&format!("<{name}>"))?;
        rest.split_once('<').map(|(value, _)| value)
    };
    let attribute = |quote: char| {
        let (_, rest) = xmp.split_once(&format!(" {name}={quote}"))?;
        rest.split_once(quote).map(|(value, _)| value)
    };
    element(xmp).or_else(|| attribute('"')).or_else(|| attribute('\'')).map(str::trim)
}

fn copy_name(mark: CopyMark) -> &'static str {
    match mark {
        CopyMark::Patient => "patient",
        CopyMark::Company => "company",
        CopyMark::Hospital => "hospital",
    }
}
