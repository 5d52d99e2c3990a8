//! What was filled in, read from whatever a viewer made of the file.
//!
//! Anything may come back: written anew, added to, encrypted, made to harm. Scripts are never run, nor
//! is anything looked at but the fields; what is looked at is bounded.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document as File, Error, LoadOptions, Object, ObjectId};

use crate::model::package::Passphrase;

use super::super::cross_reference::is_bounded;
use super::super::imprint::Imprint;
use super::super::inspect::xmp;

/// The largest file that is read, in bytes: three times of what this program makes.
pub const LARGEST: usize = 6_000_000;
/// The most that all that is packed in a file may unfold to, in bytes.
const UNPACKED: usize = 4_000_000;
/// The most objects that a file may have room for: each takes some hundred bytes of memory once it is
/// read, for as few as two in the file.
const OBJECTS: usize = 350_000;
/// How deep fields may stand below one another.
const DEEPEST: usize = 16;
/// The most fields and widgets that are looked at.
const MOST: usize = 10_000;

/// The longest name of a field that this program knows, in bytes, and more.
const LONGEST_NAME: usize = 1_000;

/// What was filled in, and in which paper.
#[derive(Clone, Debug, PartialEq)]
pub struct Answers {
    /// Which paper it is, if this program made it.
    pub imprint: Option<Imprint>,
    /// By the name of the field.
    pub fields: BTreeMap<String, Answer>,
}

/// What stands in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A text; empty where nothing was typed.
    Text(String),
    /// Something was typed that is in no encoding of a PDF.
    Unreadable,
    /// What the ticked one says; none where nothing is ticked.
    State(Option<String>),
}

/// Why nothing can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswersTrouble {
    /// It is no PDF, or a damaged one.
    Unreadable,
    /// It opens with a password.
    Locked,
    /// It does not open with this one.
    WrongPassword,
    /// It is larger than any that this program makes, or unfolds to more.
    TooLarge,
}

/// Reads what was filled in.
///
/// # Errors
/// The file cannot be read.
pub fn answers(bytes: &[u8], password: Option<&Passphrase>) -> Result<Answers, AnswersTrouble> {
    let file = open(bytes, password)?;
    let imprint = xmp(&file).and_then(|xmp| Imprint::read(&xmp));
    let mut walk = Walk { file: &file, seen: BTreeSet::new(), left: MOST, room: UNPACKED, fields: BTreeMap::new() };
    let fields = file.catalog().ok().and_then(|catalog| walk.entry(catalog, b"AcroForm"));
    let fields = fields.and_then(|form| walk.entry(form.as_dict().ok()?, b"Fields"));
    if let Some(fields) = fields.and_then(|fields| fields.as_array().ok()) {
        walk.all(fields, &Above::default(), 0);
    }
    Ok(Answers { imprint, fields: walk.fields })
}

/// What a file may still cost while it is read.
#[derive(Clone, Copy)]
struct Left {
    bytes: usize,
    objects: usize,
}

impl Left {
    /// What is left once these bytes are looked through for objects.
    fn less(self, content: &[u8]) -> Option<Self> {
        let bytes = self.bytes.checked_sub(content.len())?;
        Some(Self { bytes, objects: self.objects.checked_sub(beginnings(content))? })
    }
}

/// How many objects may begin in some bytes, at the most: behind white space, with a sign of their own,
/// or as a word that needs nothing around it.
fn beginnings(content: &[u8]) -> usize {
    let begins = |(at, byte): &(usize, &u8)| match byte {
        b'\t' | b'\n' | 0x0C | b'\r' | b' ' | b'[' | b'<' | b'(' | b'/' | b'+' | b'-' | b'.' | b'u' | b's' => true,
        // Fonts are full of it: it parts nothing but what can be read.
        0 => *at > 0 && content[at - 1].is_ascii_graphic(),
        _ => false,
    };
    content.iter().enumerate().filter(begins).count()
}

thread_local! {
    /// What may still be unpacked while a file is read.
    static LEFT: Cell<Option<Left>> = const { Cell::new(None) };
}

fn open(bytes: &[u8], password: Option<&Passphrase>) -> Result<File, AnswersTrouble> {
    if bytes.len() > LARGEST || !is_bounded(bytes) {
        return Err(AnswersTrouble::TooLarge);
    }
    if password.is_none() && bytes.windows(8).any(|window| window == b"/Encrypt") {
        return Err(AnswersTrouble::Locked);
    }
    let options = LoadOptions {
        password: password.map(|password| password.0.clone()),
        filter: Some(measured),
        max_decompressed_size: Some(UNPACKED),
        ..LoadOptions::default()
    };
    let left = Left { bytes: UNPACKED + bytes.len(), objects: OBJECTS }.less(bytes);
    LEFT.set(Some(left.ok_or(AnswersTrouble::TooLarge)?));
    let file = File::load_mem_with_options(bytes, options);
    if LEFT.take().is_none() {
        return Err(AnswersTrouble::TooLarge);
    }
    let is_locked = |file: &File| file.trailer.has(b"Encrypt") && file.encryption_state.is_none();
    match file {
        Err(Error::InvalidPassword | Error::Decryption(_)) => Err(AnswersTrouble::WrongPassword),
        Err(_) => Err(AnswersTrouble::Unreadable),
        Ok(file) if is_locked(&file) => Err(AnswersTrouble::Locked),
        Ok(file) if file.catalog().is_err() => Err(AnswersTrouble::Unreadable),
        Ok(file) => Ok(file),
    }
}

/// Keeps an object unless it would unfold to more than there is room for.
fn measured(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let left = LEFT.get()?;
    if let Ok(stream) = object.as_stream()
        && stream.dict.has_type(b"ObjStm")
    {
        let left = match stream.decompressed_content_with_limit(left.bytes) {
            Ok(content) => left.less(&content),
            Err(Error::Decompress(_)) => None,
            Err(_) => Some(left),
        };
        LEFT.set(left);
        left?;
    }
    // Of an object that is not packed lopdf looks only at whether it is kept; a stream never is packed.
    let kept = if object.as_stream().is_ok() { Object::Null } else { object.clone() };
    Some((id, kept))
}

/// What a field takes from those above it.
#[derive(Clone, Default)]
struct Above<'a> {
    name: String,
    sort: Option<&'a [u8]>,
    value: Option<&'a Object>,
}

struct Walk<'a> {
    file: &'a File,
    /// The fields that were gone through: a ring ends where it closes.
    seen: BTreeSet<ObjectId>,
    left: usize,
    /// How many bytes of text are still read: many fields may have one and the same.
    room: usize,
    fields: BTreeMap<String, Answer>,
}

impl<'a> Walk<'a> {
    /// An entry of a dictionary, wherever it stands.
    fn entry(&self, from: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        self.file.dereference(from.get(key).ok()?).ok().map(|(_, object)| object)
    }

    fn all(&mut self, fields: &'a [Object], above: &Above<'a>, depth: usize) {
        for field in fields {
            if let Ok(id) = field.as_reference()
                && !self.seen.insert(id)
            {
                continue;
            }
            let Some(left) = self.left.checked_sub(1) else { return };
            self.left = left;
            if let Some(field) = self.file.dereference(field).ok().and_then(|(_, field)| field.as_dict().ok()) {
                self.one(field, above, depth);
            }
        }
    }

    fn one(&mut self, field: &'a Dictionary, above: &Above<'a>, depth: usize) {
        let own = self.entry(field, b"T").and_then(|name| name.as_str().ok()).filter(|name| name.len() < LONGEST_NAME);
        let own = own.and_then(|name| decoded(name).ok());
        let name = match own {
            Some(own) if above.name.is_empty() => own,
            Some(own) => format!("{}.{own}", above.name),
            None => above.name.clone(),
        };
        let sort = self.entry(field, b"FT").and_then(|sort| sort.as_name().ok()).or(above.sort);
        let value = self.entry(field, b"V").or(above.value);
        let below = Above { name, sort, value };
        match below.sort {
            Some(b"Tx") => self.typed(&below),
            Some(b"Btn") => self.ticked(field, &below),
            _ => {}
        }
        if let Some(Ok(kids)) = self.entry(field, b"Kids").map(Object::as_array).filter(|_| depth < DEEPEST) {
            self.all(kids, &below, depth + 1);
        }
    }

    /// A text: what the field itself says, before what a widget of it may say.
    fn typed(&mut self, field: &Above<'a>) {
        if self.fields.contains_key(&field.name) {
            return;
        }
        let said = match field.value {
            None | Some(Object::Null) => Answer::Text(String::new()),
            Some(value) => self.long(value),
        };
        self.fields.insert(field.name.clone(), said);
    }

    /// A text, which may stand in a stream where it is long.
    fn long(&mut self, value: &Object) -> Answer {
        let room = self.room;
        let mut left = 0;
        let mut taken = |bytes: &[u8]| {
            left = room.checked_sub(bytes.len())?;
            decoded(bytes).ok()
        };
        let said = match value {
            Object::String(bytes, _) => taken(bytes),
            Object::Stream(stream) if stream.dict.has(b"Filter") => {
                // What is not read has cost as much as if it were.
                stream.decompressed_content_with_limit(room).map_or(None, |content| taken(&content))
            }
            Object::Stream(stream) => taken(&stream.content),
            _ => None,
        };
        self.room = left;
        said.map_or(Answer::Unreadable, Answer::Text)
    }

    /// A tick: the field says which, else the widget that looks so. Firefox leaves the field of several
    /// boxes as it stood before the last of them went out.
    fn ticked(&mut self, field: &'a Dictionary, of: &Above<'a>) {
        let on = |state: Option<&Object>| {
            let state = state.and_then(|state| state.as_name().ok())?;
            (state != b"Off" && !state.is_empty()).then(|| String::from_utf8_lossy(state).into_owned())
        };
        let state = on(of.value).or_else(|| on(self.entry(field, b"AS")));
        match self.fields.get_mut(&of.name) {
            Some(Answer::State(known)) if known.is_none() => *known = state,
            Some(_) => {}
            None => {
                self.fields.insert(of.name.clone(), Answer::State(state));
            }
        }
    }
}

/// That a text is in no encoding of a PDF.
struct Undecodable;

/// A text as PDF has it: UTF-16 or UTF-8 with their marks, else `PDFDocEncoding`. UTF-8 without its mark
/// is what it can only be; a text that looks like Japanese in another encoding (`Shift_JIS`, `EUC-JP`) is
/// not taken for one in that.
fn decoded(bytes: &[u8]) -> Result<String, Undecodable> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        if rest.is_empty() { String::from_utf16(&units).map_err(|_| Undecodable) } else { Err(Undecodable) }
    };
    if let Some(bytes) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        return utf16(bytes, u16::from_be_bytes);
    }
    if let Some(bytes) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        return utf16(bytes, u16::from_le_bytes);
    }
    let plain = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(plain)
        && !text.contains(is_control)
    {
        return Ok(text.to_owned());
    }
    if plain.len() < bytes.len() || looks_japanese(bytes) {
        return Err(Undecodable);
    }
    bytes.iter().map(|byte| document_character(*byte).ok_or(Undecodable)).collect()
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\r' | '\t')
}

/// Whether a text is likely to be Japanese in `Shift_JIS` or `EUC-JP`: two bytes that are a kanji or kana
/// there. Where the second of them is a letter by itself, one such pair behind Latin letters is none
/// （Tom’s）.
fn looks_japanese(bytes: &[u8]) -> bool {
    let mut letters = 0;
    let mut doubtful = 0;
    for pair in bytes.windows(2) {
        let is_euc = pair.iter().all(|byte| matches!(byte, 0xA1..=0xFE));
        let is_lead = matches!(pair[0], 0x81..=0x9F | 0xE0..=0xFC);
        match pair[1] {
            _ if is_euc => return true,
            0x80..=0xFC if is_lead => return true,
            0x40..=0x7E if is_lead => doubtful += 1,
            _ => {}
        }
        letters += usize::from(doubtful == 0 && pair[0].is_ascii_alphabetic());
    }
    doubtful > 1 || (doubtful == 1 && letters == 0)
}

/// A character of `PDFDocEncoding` （ISO 32000-1, annex D）.
fn document_character(byte: u8) -> Option<char> {
    const FROM_18: &str = "˘ˇˆ˙˝˛˚˜";
    const FROM_80: &str = "•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž";
    match byte {
        b'\t' | b'\n' | b'\r' => Some(char::from(byte)),
        0x18..=0x1F => FROM_18.chars().nth(usize::from(byte - 0x18)),
        0x80..=0x9E => FROM_80.chars().nth(usize::from(byte - 0x80)),
        0xA0 => Some('€'),
        0x00..=0x17 | 0x7F | 0x9F | 0xAD => None,
        _ => Some(char::from(byte)),
    }
}
