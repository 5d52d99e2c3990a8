//! RON text to data and back; the parser's complaints as data of our own.

use std::path::Path;

use ron::Error;
use ron::ser::PrettyConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::failure::{Expected, Failure, Position, Step, TextTrouble};
use crate::model::value::DUPLICATE_KEY;

use super::file_failure;
use super::locate::{locate, offset, position, skip_blank};

/// The largest case or template that is read, in bytes.
pub const LARGEST: u64 = 20_000_000;

/// Reads a text file of at most [`LARGEST`] bytes. A byte order mark, as Notepad writes it, is
/// passed over; `bytes` are the whole file.
///
/// # Errors
/// The file cannot be read, is too large, or is not UTF-8.
pub fn read_file(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let bytes = read_bytes(path, LARGEST)?;
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok((text.trim_start_matches('\u{FEFF}').to_owned(), bytes)),
        Err(error) => {
            let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
            let position = position(&valid, valid.len());
            Err(Failure::Text { path: path.to_owned(), position, trouble: TextTrouble::NotUtf8 })
        }
    }
}

/// Reads a file of at most so many bytes.
///
/// # Errors
/// The file cannot be read, or is too large.
pub fn read_bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    use std::io::Read;
    let failed = |error| file_failure(path, &error);
    // Asked before opening: opening a pipe would wait for somebody to write into it.
    let about = std::fs::metadata(path).map_err(failed)?;
    if !about.is_file() {
        return Err(failed(std::io::ErrorKind::IsADirectory.into()));
    }
    if about.len() > limit {
        return Err(Failure::TooLarge { path: path.to_owned(), limit });
    }
    let file = std::fs::File::open(path).map_err(failed)?;
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or_default());
    file.take(limit + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(Failure::TooLarge { path: path.to_owned(), limit });
    }
    Ok(bytes)
}

/// Reads data from RON. `tolerant` passes over fields that are not known here, as a newer
/// program may have written them; otherwise each is an error.
///
/// # Errors
/// What is wrong with the text, and where.
pub fn parse<T: DeserializeOwned>(path: &Path, text: &str, tolerant: bool) -> Result<T, Failure> {
    let failure = |position: Position, trouble: TextTrouble| Failure::Text { path: path.to_owned(), position, trouble };
    // The parser stands before the white space in front of what it did not expect.
    let at = |error: &ron::error::SpannedError| {
        let (start, end) = (&error.span.start, &error.span.end);
        let ron::error::Position { line, col: column } = if error.code == Error::Eof { *end } else { *start };
        position(text, skip_blank(text, offset(text, Position { line, column })))
    };
    let mut unknown: Option<Vec<Step>> = None;
    let mut deserializer =
        ron::Deserializer::from_str(text).map_err(|error| failure(at(&error), trouble(&error.code)))?;
    let note = |ignored: serde_ignored::Path<'_>| {
        unknown.get_or_insert_with(|| steps(&ignored));
    };
    let data = serde_ignored::deserialize(&mut deserializer, note);
    let data = data.and_then(|data| deserializer.end().map(|()| data));
    // A misspelt name is both unknown and missing: what stands there is said first.
    if let Some(path) = unknown.filter(|_| !tolerant) {
        let found = match path.last() {
            Some(Step::Name(name)) => name.clone(),
            _ => String::new(),
        };
        return Err(failure(locate(text, &path), TextTrouble::UnknownField { found }));
    }
    data.map_err(|code| {
        let error = deserializer.span_error(code);
        failure(at(&error), trouble(&error.code))
    })
}

fn steps(path: &serde_ignored::Path<'_>) -> Vec<Step> {
    use serde_ignored::Path as Ignored;
    let (parent, step) = match path {
        Ignored::Root => return Vec::new(),
        Ignored::Seq { parent, index } => (parent, Some(Step::Index(*index))),
        Ignored::Map { parent, key } => (parent, Some(Step::Name(key.clone()))),
        Ignored::Some { parent } | Ignored::NewtypeStruct { parent } | Ignored::NewtypeVariant { parent } => {
            (parent, None)
        }
    };
    let mut steps = steps(parent);
    steps.extend(step);
    steps
}

/// Writes data as RON, for people to read: four spaces, real line breaks in texts, Unix ends.
///
/// # Errors
/// Never for the data of this program; the writer's reason is kept all the same.
pub fn write<T: Serialize>(data: &T) -> Result<String, Failure> {
    let config = PrettyConfig::new().struct_names(true).escape_strings(false).new_line("\n");
    let text =
        ron::ser::to_string_pretty(data, config).map_err(|error| Failure::Inside { reason: error.to_string() })?;
    Ok(text + "\n")
}

/// The parser's complaint without its English words, and without anything of the case in it.
fn trouble(error: &Error) -> TextTrouble {
    let expected = |what| TextTrouble::Expected(what);
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match error {
        Error::Eof | Error::ExpectedStringEnd | Error::UnclosedBlockComment => TextTrouble::CutOff,
        Error::ExceededRecursionLimit => TextTrouble::TooDeep,
        Error::Utf8Error(_) => TextTrouble::NotUtf8,
        Error::NoSuchStructField { found, .. } => TextTrouble::UnknownField { found: found.clone() },
        Error::NoSuchEnumVariant { found, expected, .. } => {
            TextTrouble::UnknownWord { found: found.clone(), expected: words(expected) }
        }
        Error::ExpectedDifferentStructName { found, expected } => {
            TextTrouble::UnknownWord { found: found.clone(), expected: words(&[expected]) }
        }
        Error::MissingStructField { field, .. } => TextTrouble::MissingField { name: (*field).to_owned() },
        Error::DuplicateStructField { field, .. } => TextTrouble::DuplicateField { name: (*field).to_owned() },
        Error::ExpectedString | Error::ExpectedChar => expected(Expected::Text),
        Error::ExpectedInteger
        | Error::ExpectedFloat
        | Error::IntegerOutOfBounds
        | Error::InvalidIntegerDigit { .. } => expected(Expected::Number),
        Error::ExpectedArray | Error::ExpectedArrayEnd => expected(Expected::List),
        Error::ExpectedMap | Error::ExpectedMapEnd => expected(Expected::Map),
        Error::ExpectedStructLike
        | Error::ExpectedNamedStructLike(_)
        | Error::ExpectedStructName(_)
        | Error::ExpectedStructLikeEnd => expected(Expected::Structure),
        Error::ExpectedBoolean => expected(Expected::YesOrNo),
        Error::ExpectedComma => expected(Expected::Comma),
        Error::ExpectedMapColon => expected(Expected::Colon),
        Error::ExpectedOption => expected(Expected::Option),
        Error::TrailingCharacters => expected(Expected::End),
        Error::Message(message) if message.starts_with(DUPLICATE_KEY) => {
            TextTrouble::DuplicateField { name: message[DUPLICATE_KEY.len()..].to_owned() }
        }
        // chrono's words for a text that is no day; they hold nothing of the case.
        Error::Message(message) if message.contains("input") => expected(Expected::Day),
        Error::InvalidValueForType { expected: wanted, .. } if wanted.contains("number") => expected(Expected::Number),
        Error::InvalidValueForType { expected: wanted, .. } if wanted.contains("date") => expected(Expected::Day),
        _ => TextTrouble::Syntax,
    }
}
