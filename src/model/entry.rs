//! Typed text to value and back: what a field takes, in any habit of typing.
//!
//! Used wherever a value is entered, so that the command line refuses what the window refuses.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::characters::{clusters, is_invisible};
use super::date::{self, DateError};
use super::form::{Choice, Detail, Field, Kind};
use super::value::{Number, Value};

/// The longest text that a field takes, in characters.
pub const LONGEST: usize = 20_000;

/// Why typed text does not fit a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryError {
    /// A date that is none.
    Date(DateError),
    /// Not a number.
    Number,
    /// A number below zero.
    Negative,
    /// No such option.
    Option {
        /// As typed.
        typed: String,
        /// The labels of the options.
        known: Vec<String>,
    },
    /// More than one option where one is to be chosen.
    OnlyOne,
    /// Something was written beside an option or a tick that takes nothing.
    NoDetail {
        /// The option's label; empty for a tick.
        option: String,
    },
    /// Nothing where something has to stand.
    Empty,
    /// A line break in a field of one line.
    LineBreak,
    /// A character that cannot be seen and does not belong into text.
    Invisible(char),
    /// Longer than so many characters.
    TooLong(usize),
    /// A substitute is given for more or less than one character.
    NotOneCharacter,
    /// A number above [`LARGEST_NUMBER`].
    TooLarge,
    /// A table is filled cell by cell.
    WholeTable,
    /// A value of another sort than the field takes.
    WrongKind,
}

/// Reads what was typed into a field. `None` empties the field.
///
/// A choice is typed as keys or labels joined by `,`, each with `:` and what stands beside it:
/// `car,other:自転車`. CRLF becomes a line break; nothing else is changed.
///
/// # Errors
/// Says why the text does not fit the field.
pub fn parse(field: &Field, typed: &str) -> Result<Option<Value>, EntryError> {
    let text = clean(typed)?;
    if let Kind::Table { .. } = field.kind {
        return Err(EntryError::WholeTable);
    }
    if text.trim().is_empty() {
        return Ok(None);
    }
    let value = match &field.kind {
        Kind::Shared | Kind::Text => one_line(&text)?,
        Kind::LongText => Value::Text(text),
        Kind::Date { .. } => Value::Date(date::parse(&text).map_err(EntryError::Date)?),
        Kind::Number => number(&text)?,
        Kind::ChooseOne { .. } | Kind::ChooseAny { .. } => match choice(field, &text)? {
            Value::Choice(chosen) if chosen.is_empty() => return Ok(None),
            chosen => chosen,
        },
        Kind::Tick { detail } => match tick(*detail, &text)? {
            Some(detail) => Value::Tick(Box::new(detail)),
            None => return Ok(None),
        },
        Kind::Table { .. } => return Err(EntryError::WholeTable),
    };
    Ok(Some(value))
}

/// Whether a value that was not typed here could have been: what comes from outside is refused for
/// what would be refused at the keyboard.
///
/// # Errors
/// Says why the value does not fit the field.
pub fn fits(field: &Field, value: &Value) -> Result<(), EntryError> {
    match (&field.kind, value) {
        (Kind::Text, Value::Text(text)) => one_line(&clean(text)?).map(drop),
        (Kind::LongText, Value::Text(text)) => clean(text).map(drop),
        (Kind::Date { .. }, Value::Date(day)) => in_years(*day),
        (Kind::Number, Value::Number(number)) => in_range(*number),
        (Kind::ChooseOne { .. }, Value::Choice(chosen)) if chosen.len() > 1 => Err(EntryError::OnlyOne),
        (Kind::ChooseOne { .. } | Kind::ChooseAny { .. }, Value::Choice(chosen)) => {
            chosen.iter().try_for_each(|(key, written)| option_fits(field, key, written))
        }
        (Kind::Tick { detail }, Value::Tick(written)) => detail_fits(*detail, written, ""),
        (Kind::Table { .. }, Value::Rows(_)) => Err(EntryError::WholeTable),
        // As it was typed, because it could not be read: for that reason.
        (Kind::Date { .. } | Kind::Number, Value::Text(text)) => parse(field, text).and(Err(EntryError::WrongKind)),
        _ => Err(EntryError::WrongKind),
    }
}

fn option_fits(field: &Field, key: &str, written: &Value) -> Result<(), EntryError> {
    let option = field.options().iter().find(|option| option.key == key);
    let option = option.ok_or_else(|| unknown_option(field, key))?;
    detail_fits(option.detail, written, &option.label)
}

fn detail_fits(kind: Detail, written: &Value, option: &str) -> Result<(), EntryError> {
    match (kind, written) {
        (_, Value::Blank) => Ok(()),
        (Detail::Nothing, _) => Err(EntryError::NoDetail { option: option.to_owned() }),
        (Detail::Text, Value::Text(text)) => one_line(&clean(text)?).map(drop),
        (Detail::Number, Value::Number(number)) => in_range(*number),
        (Detail::Date, Value::Date(day)) => in_years(*day),
        _ => Err(EntryError::WrongKind),
    }
}

fn unknown_option(field: &Field, typed: &str) -> EntryError {
    let known = field.options().iter().map(|option| option.label.clone()).collect();
    EntryError::Option { typed: typed.to_owned(), known }
}

fn in_years(day: NaiveDate) -> Result<(), EntryError> {
    if date::is_in_range(day) { Ok(()) } else { Err(EntryError::Date(DateError::OutOfRange)) }
}

fn in_range(number: Number) -> Result<(), EntryError> {
    match number.get() {
        below if below < 0.0 => Err(EntryError::Negative),
        above if above > LARGEST_NUMBER => Err(EntryError::TooLarge),
        _ => Ok(()),
    }
}

/// The longest case number, in characters: it stands whole in the footer and in file names.
pub const LONGEST_CASE_NUMBER: usize = 36;
/// The longest substitute for a character, in characters.
pub const LONGEST_SUBSTITUTE: usize = 20;
/// The largest number that a field takes: hours, days and minutes are far below it.
pub const LARGEST_NUMBER: f64 = 1_000_000.0;

/// Reads a case number: short, on one line, and never empty.
///
/// # Errors
/// Says why the text cannot be a case number.
pub fn parse_case_number(typed: &str) -> Result<String, EntryError> {
    short_line(typed.trim(), LONGEST_CASE_NUMBER)
}

/// Reads what is printed instead of a character: short, on one line, and never empty.
///
/// # Errors
/// Says why the text cannot be that, or why the character is none.
pub fn parse_substitute(character: &str, typed: &str) -> Result<String, EntryError> {
    if clusters(character).count() != 1 || character.chars().any(is_invisible) {
        return Err(EntryError::NotOneCharacter);
    }
    short_line(typed, LONGEST_SUBSTITUTE)
}

fn short_line(typed: &str, longest: usize) -> Result<String, EntryError> {
    let text = clean(typed)?;
    one_line(&text)?;
    match text.chars().count() {
        0 => Err(EntryError::Empty),
        count if count > longest => Err(EntryError::TooLong(longest)),
        _ => Ok(text),
    }
}

/// Line breaks in one form, and nothing in the text that cannot be seen.
fn clean(typed: &str) -> Result<String, EntryError> {
    let text = typed.replace("\r\n", "\n").replace('\r', "\n");
    if text.chars().count() > LONGEST {
        return Err(EntryError::TooLong(LONGEST));
    }
    match text.chars().find(|c| is_invisible(*c)) {
        Some(found) => Err(EntryError::Invisible(found)),
        None => Ok(text),
    }
}

fn one_line(text: &str) -> Result<Value, EntryError> {
    if text.contains('\n') {
        return Err(EntryError::LineBreak);
    }
    Ok(Value::Text(text.to_owned()))
}

/// A number in half-width or full-width digits.
fn number(text: &str) -> Result<Value, EntryError> {
    let plain: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '．' => '.',
            '－' | '−' => '-',
            _ => c,
        })
        .collect();
    let is_plain = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-'));
    let number = plain.parse().ok().filter(|_| is_plain).and_then(Number::new).ok_or(EntryError::Number)?;
    in_range(number)?;
    Ok(Value::Number(number))
}

fn choice(field: &Field, text: &str) -> Result<Value, EntryError> {
    let mut chosen = BTreeMap::new();
    for typed in choice_parts(field, text) {
        let (name, written) = split_detail(&typed);
        let option = option_named(field, name).ok_or_else(|| unknown_option(field, name))?;
        let value = match written {
            None => Value::Blank,
            Some(_) if option.detail == Detail::Nothing => {
                return Err(EntryError::NoDetail { option: option.label.clone() });
            }
            Some(written) => detail(option.detail, written)?,
        };
        chosen.insert(option.key.clone(), value);
    }
    if matches!(field.kind, Kind::ChooseOne { .. }) && chosen.len() > 1 {
        return Err(EntryError::OnlyOne);
    }
    Ok(Value::Choice(chosen))
}

/// The typed options; a comma inside of what is written beside one does not part it.
fn choice_parts(field: &Field, text: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for piece in text.split_inclusive([',', '、', '，']) {
        let is_option = option_named(field, split_detail(trim_comma(piece)).0).is_some();
        match parts.last_mut() {
            Some(last) if !is_option && split_detail(last).1.is_some() => last.push_str(piece),
            _ => parts.push(piece.to_owned()),
        }
    }
    parts.iter().map(|part| trim_comma(part).to_owned()).filter(|part| !part.is_empty()).collect()
}

fn trim_comma(piece: &str) -> &str {
    piece.trim().trim_end_matches([',', '、', '，']).trim()
}

/// The name of an option, and what is written beside it after a colon.
fn split_detail(typed: &str) -> (&str, Option<&str>) {
    match typed.split_once([':', '：']) {
        Some((name, written)) => (name.trim(), Some(written.trim()).filter(|written| !written.is_empty())),
        None => (typed.trim(), None),
    }
}

fn option_named<'a>(field: &'a Field, name: &str) -> Option<&'a Choice> {
    field.options().iter().find(|option| option.key == name || option.label == name)
}

/// What a tick takes: `true` ticks it and says no more, `false` unticks it, all else ticks it
/// and is what is written beside it.
fn tick(kind: Detail, text: &str) -> Result<Option<Value>, EntryError> {
    match text.trim() {
        "true" | "はい" if kind != Detail::Text => Ok(Some(Value::Blank)),
        "false" | "いいえ" if kind != Detail::Text => Ok(None),
        _ if kind == Detail::Nothing => Err(EntryError::NoDetail { option: String::new() }),
        written => detail(kind, written).map(Some),
    }
}

fn detail(kind: Detail, written: &str) -> Result<Value, EntryError> {
    match kind {
        Detail::Nothing => Ok(Value::Blank),
        Detail::Text => one_line(written),
        Detail::Number => number(written),
        Detail::Date => date::parse(written).map(Value::Date).map_err(EntryError::Date),
    }
}

/// A value as a person reads it: text as stored, dates with their era, choices by their label.
///
/// What the field does not know (an option that its template has no more) is shown by its key.
#[must_use]
pub fn display(field: Option<&Field>, value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Date(day) => date::format(*day),
        Value::Tick(detail) => with_detail("✓", detail),
        Value::Choice(chosen) => {
            let label = |key: &str| {
                let option = field.and_then(|field| field.options().iter().find(|option| option.key == key));
                option.map_or_else(|| key.to_owned(), |option| option.label.clone())
            };
            let order = |key: &str| field.and_then(|field| field.options().iter().position(|option| option.key == key));
            let mut chosen: Vec<_> = chosen.iter().collect();
            chosen.sort_by_key(|(key, _)| order(key).unwrap_or(usize::MAX));
            let words: Vec<String> = chosen.iter().map(|(key, detail)| with_detail(&label(key), detail)).collect();
            words.join("、")
        }
        Value::Rows(rows) => {
            let row_text = |row: &super::value::Values| {
                let cell = |(key, value): (&String, &Value)| display(field.and_then(|field| field.column(key)), value);
                row.iter().map(cell).collect::<Vec<_>>().join(" ／ ")
            };
            rows.iter().map(row_text).collect::<Vec<_>>().join("\n")
        }
    }
}

fn with_detail(label: &str, detail: &Value) -> String {
    match display(None, detail) {
        written if written.is_empty() => label.to_owned(),
        written => format!("{label}（{written}）"),
    }
}
