//! What a PDF says that came from outside: which paper it is, and who signed it digitally.
//!
//! Nothing is proved here: whether a signature is genuine is told by the program that people open
//! signed PDFs with. What is read is read with limits, as anything may come back.

use chrono::{Duration, NaiveDate, NaiveDateTime};
use lopdf::{Dictionary, Document as File, Error, LoadOptions, Object};

use super::certificate;
use super::cross_reference::is_bounded;
use super::imprint::Imprint;

/// The most that a stream of a PDF from outside may grow to when it is read, in bytes.
const UNPACKED_LIMIT: usize = 100_000_000;
/// How deep fields may stand below one another.
const DEEPEST: usize = 16;
/// The most fields that are looked at.
const MOST_FIELDS: usize = 10_000;
/// From UTC to the time in Japan, in minutes.
const JAPAN: i64 = 9 * 60;

/// What a PDF says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspection {
    /// How many pages it has.
    pub pages: usize,
    /// Which paper it is, if this program made it.
    pub imprint: Option<Imprint>,
    /// The digital signatures, in the order of their fields.
    pub signatures: Vec<DigitalSignature>,
}

/// A digital signature as the file tells it; it is not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigitalSignature {
    /// The name of the field that it is in: 本人署名.
    pub field: String,
    /// Who signed, by the certificate or, where that has no name, by the file; may be empty.
    pub signer: String,
    /// When, by the clock of the signer, as the time in Japan.
    pub signed_at: Option<NaiveDateTime>,
    /// Whether it covers the file up to its end: nothing was added after it.
    pub covers_whole_file: bool,
}

/// Why a PDF cannot be looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InspectTrouble {
    /// It is no PDF, or a damaged one.
    Unreadable,
    /// It opens with a password only.
    Encrypted,
}

/// Looks into a PDF.
///
/// # Errors
/// It is damaged, or opens with a password only.
pub fn inspect(bytes: &[u8]) -> Result<Inspection, InspectTrouble> {
    let file = open(bytes)?;
    let imprint = xmp(&file).and_then(|xmp| Imprint::read(&xmp));
    let mut signatures = Vec::new();
    let fields = file.catalog().ok().and_then(|catalog| entry(&file, catalog, b"AcroForm"));
    if let Some(fields) = fields.and_then(|form| entry(&file, form.as_dict().ok()?, b"Fields")) {
        let mut walk = Walk { file: &file, length: bytes.len(), seen: 0, signatures: &mut signatures };
        walk.fields(fields, "", 0);
    }
    Ok(Inspection { pages: file.get_pages().len(), imprint, signatures })
}

/// Opens a PDF from outside.
pub(super) fn open(bytes: &[u8]) -> Result<File, InspectTrouble> {
    if !is_bounded(bytes) {
        return Err(InspectTrouble::Unreadable);
    }
    let options = LoadOptions { max_decompressed_size: Some(UNPACKED_LIMIT), ..LoadOptions::default() };
    match File::load_mem_with_options(bytes, options) {
        Err(Error::InvalidPassword | Error::Decryption(_)) => Err(InspectTrouble::Encrypted),
        Err(_) => Err(InspectTrouble::Unreadable),
        Ok(file) if file.trailer.has(b"Encrypt") && file.encryption_state.is_none() => Err(InspectTrouble::Encrypted),
        Ok(file) if file.get_pages().is_empty() => Err(InspectTrouble::Unreadable),
        Ok(file) => Ok(file),
    }
}

/// The XMP packet of the file.
pub(super) fn xmp(file: &File) -> Option<String> {
    let stream = entry(file, file.catalog().ok()?, b"Metadata")?.as_stream().ok()?;
    let content = match stream.filters() {
        Ok(filters) if !filters.is_empty() => stream.decompressed_content_with_limit(UNPACKED_LIMIT).ok()?,
        _ => stream.content.clone(),
    };
    String::from_utf8(content).ok()
}

/// An entry of a dictionary, wherever it stands.
fn entry<'a>(file: &'a File, from: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    file.dereference(from.get(key).ok()?).ok().map(|(_, object)| object)
}

/// The characters of a text object.
pub(super) fn text(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    if let Some(bytes) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        return String::from_utf16(&units).ok();
    }
    let plain = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    Some(String::from_utf8(plain.to_vec()).unwrap_or_else(|_| plain.iter().map(|byte| char::from(*byte)).collect()))
}

struct Walk<'a> {
    file: &'a File,
    /// The length of the file, in bytes.
    length: usize,
    seen: usize,
    signatures: &'a mut Vec<DigitalSignature>,
}

impl Walk<'_> {
    /// Goes through fields and those below them; a ring of fields ends at [`DEEPEST`].
    fn fields(&mut self, fields: &Object, above: &str, depth: usize) {
        let Ok(fields) = fields.as_array() else { return };
        for field in fields {
            self.seen += 1;
            let field = self.file.dereference(field).ok().and_then(|(_, field)| field.as_dict().ok());
            let Some(field) = field.filter(|_| self.seen <= MOST_FIELDS) else { continue };
            let own = entry(self.file, field, b"T").and_then(text).unwrap_or_default();
            let name = [above, &own].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".");
            let value = entry(self.file, field, b"V").and_then(|value| value.as_dict().ok());
            if let Some(value) = value.filter(|value| value.has(b"ByteRange")) {
                self.signatures.push(self.signature(&name, value));
            }
            if let Some(kids) = entry(self.file, field, b"Kids").filter(|_| depth < DEEPEST) {
                self.fields(kids, &name, depth + 1);
            }
        }
    }

    fn signature(&self, field: &str, value: &Dictionary) -> DigitalSignature {
        let contents = entry(self.file, value, b"Contents").and_then(|contents| contents.as_str().ok());
        let named = || entry(self.file, value, b"Name").and_then(text);
        let range = entry(self.file, value, b"ByteRange").and_then(|range| range.as_array().ok());
        let range: Vec<i64> = range.into_iter().flatten().filter_map(|number| number.as_i64().ok()).collect();
        let covers_whole_file = match range.as_slice() {
            [0, _, start, length] => {
                let end = start.checked_add(*length).and_then(|end| usize::try_from(end).ok());
                end == Some(self.length)
            }
            _ => false,
        };
        DigitalSignature {
            field: field.to_owned(),
            signer: contents.and_then(certificate::signer).or_else(named).unwrap_or_default(),
            signed_at: entry(self.file, value, b"M").and_then(text).and_then(|written| moment(&written)),
            covers_whole_file,
        }
    }
}

/// Reads `D:20261122101500+09'00'` as the time in Japan. A time without a zone is taken as it
/// stands; one that is left out in part is none.
fn moment(written: &str) -> Option<NaiveDateTime> {
    let written = written.strip_prefix("D:").unwrap_or(written);
    let (digits, zone) = written.split_at_checked(14)?;
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    let day = NaiveDate::from_ymd_opt(i32::try_from(number(0, 4)?).ok()?, number(4, 6)?, number(6, 8)?)?;
    let time = day.and_hms_opt(number(8, 10)?, number(10, 12)?, number(12, 14)?)?;
    let Some(sign) = zone.chars().next() else { return Some(time) };
    let number = |part: &str| part.parse::<u16>().ok().map(i64::from);
    let parts: Vec<i64> = zone[sign.len_utf8()..].split('\'').filter_map(number).collect();
    let ahead = parts.first().unwrap_or(&0) * 60 + parts.get(1).unwrap_or(&0);
    let ahead = match sign {
        'Z' => 0,
        '+' => ahead,
        '-' => -ahead,
        _ => return None,
    };
    time.checked_add_signed(Duration::try_minutes(JAPAN.checked_sub(ahead)?)?)
}

/// Reads `D:20261122000000+09'00'` as its day.
pub(super) fn day(written: &str) -> Option<NaiveDate> {
    moment(written).map(|moment| moment.date())
}
