//! A value that was entered into one field, as it is kept in the case file.
//!
//! Values know nothing of the field they belong to: a value outlives the template that asked for
//! it. Whether value and field fit is said by [`crate::model::check`].

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use chrono::NaiveDate;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The name of a field, an option or a column in a template, such as `verdict`.
pub type Key = String;

/// What was entered, by field key. Sorted, so that files stay stable in a diff.
pub type Values = BTreeMap<Key, Value>;

/// What was entered into one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Chosen or ticked, with nothing more to say.
    Blank,
    /// Text exactly as typed; never normalised.
    Text(String),
    /// A number such as hours or days.
    Number(Number),
    /// A day, written as `2026-11-22`.
    Date(NaiveDate),
    /// The chosen options, each with what was written beside it.
    Choice(#[serde(deserialize_with = "unique")] BTreeMap<Key, Value>),
    /// A ticked box with what was written beside it.
    Tick(Box<Value>),
    /// The rows of a table.
    Rows(#[serde(deserialize_with = "unique_rows")] Vec<Values>),
}

/// How the error for a key that stands twice begins; the key follows.
pub const DUPLICATE_KEY: &str = "duplicate key ";

/// Reads a map in which no key stands twice: the second would silently take the place of the
/// first.
///
/// # Errors
/// A key stands twice.
pub fn unique<'de, D: Deserializer<'de>, V: Deserialize<'de>>(deserializer: D) -> Result<BTreeMap<Key, V>, D::Error> {
    struct UniqueVisitor<V>(PhantomData<V>);
    impl<'de, V: Deserialize<'de>> Visitor<'de> for UniqueVisitor<V> {
        type Value = BTreeMap<Key, V>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a map")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some(key) = access.next_key::<Key>()? {
                if map.contains_key(&key) {
                    return Err(A::Error::custom(format_args!("{DUPLICATE_KEY}{key}")));
                }
                let value = access.next_value()?;
                map.insert(key, value);
            }
            Ok(map)
        }
    }
    deserializer.deserialize_map(UniqueVisitor(PhantomData))
}

/// Reads a list of such maps.
///
/// # Errors
/// A key stands twice in one of them.
pub fn unique_rows<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Values>, D::Error> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Row(#[serde(deserialize_with = "unique")] Values);
    Ok(Vec::<Row>::deserialize(deserializer)?.into_iter().map(|row| row.0).collect())
}

impl Value {
    /// Whether there is nothing to print: an empty text, no option, no filled row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Blank => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Date(_) | Self::Tick(_) => false,
            Self::Choice(chosen) => chosen.is_empty(),
            Self::Rows(rows) => rows.iter().all(|row| row.values().all(Self::is_empty)),
        }
    }

    /// Whether a text stands anywhere in it, to the letter.
    #[must_use]
    pub fn contains(&self, text: &str) -> bool {
        match self {
            Self::Text(typed) => typed.contains(text),
            Self::Tick(detail) => detail.contains(text),
            Self::Choice(chosen) => chosen.values().any(|detail| detail.contains(text)),
            Self::Rows(rows) => rows.iter().flat_map(BTreeMap::values).any(|cell| cell.contains(text)),
            Self::Blank | Self::Number(_) | Self::Date(_) => false,
        }
    }

    /// The text, if this is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The day, if this is one.
    #[must_use]
    pub fn as_date(&self) -> Option<NaiveDate> {
        match self {
            Self::Date(date) => Some(*date),
            _ => None,
        }
    }
}

/// A finite number; whole numbers are written without a decimal point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number(f64);

impl Number {
    /// Takes a number unless it is infinite or not a number at all.
    #[must_use]
    pub fn new(number: f64) -> Option<Self> {
        number.is_finite().then_some(Self(number))
    }

    /// The number itself.
    #[must_use]
    pub fn get(self) -> f64 {
        self.0
    }

    /// The whole number that this is, where it is one that a file can hold as such.
    #[expect(clippy::cast_possible_truncation, reason = "the bound keeps it exact")]
    fn whole(self) -> Option<i64> {
        (self.0.fract() == 0.0 && self.0.abs() < f64::from(i32::MAX)).then_some(self.0 as i64)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberVisitor;
        impl Visitor<'_> for NumberVisitor {
            type Value = Number;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number")
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Number, E> {
                Number::new(number).ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
                let small = i32::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))?;
                Ok(Number(f64::from(small)))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Number, E> {
                let small = u32::try_from(number).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))?;
                Ok(Number(f64::from(small)))
            }
        }
        deserializer.deserialize_any(NumberVisitor)
    }
}
