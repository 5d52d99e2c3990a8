//! The options of the commands, and reading what was given with them.

use std::ffi::OsString;
use std::path::PathBuf;

use serde::Serialize;

use chrono::NaiveDate;

use crate::model::date;
use crate::model::entry::EntryError;
use crate::model::failure::Failure;

/// Which options a command takes, and how many values each has.
const OPTIONS: &[(&str, &[(&str, usize)])] = &[
    ("new", &[("example", 1)]),
    ("pdf", &[("form", 1), ("out", 1), ("timeline", 0)]),
    (
        "handout",
        &[
            ("form", 1),
            ("to", 1),
            ("out", 1),
            ("for", 1),
            ("copy", 1),
            ("timeline", 0),
            ("fillable", 0),
            ("password-file", 1),
            ("hold-back", 1),
            ("tell", 1),
        ],
    ),
    (
        "share",
        &[("to", 1), ("out", 1), ("passphrase-file", 1), ("form", 1), ("fillable", 0), ("hold-back", 1), ("tell", 1)],
    ),
    ("handover", &[("to", 1), ("out", 1), ("passphrase-file", 1)]),
    ("open", &[("passphrase-file", 1), ("out", 1)]),
    ("sign", &[("date", 1), ("how", 1), ("scan", 1), ("name", 1), ("revision", 1), ("correct", 1)]),
    (
        "consent",
        &[
            ("to", 1),
            ("form", 1),
            ("diagnosis", 0),
            ("no-diagnosis", 0),
            ("date", 1),
            ("until", 1),
            ("how", 1),
            ("scan", 1),
            ("note", 1),
            ("withdraw", 1),
            ("reason", 1),
        ],
    ),
    ("close", &[("outcome", 1), ("date", 1), ("note", 1), ("reopen", 1)]),
    ("reply", &[("passphrase-file", 1), ("out", 1)]),
    ("merge", &[("passphrase-file", 1), ("password-file", 1), ("take", 1)]),
    ("calendar", &[("out", 1), ("names", 0)]),
    ("revisions", &[("compare", 2), ("export", 1), ("out", 1), ("old", 0)]),
];

/// The options that may be given more than once.
const REPEATED: [&str; 5] = ["form", "to", "copy", "hold-back", "tell"];

/// The option of a command: its name and how many values follow it.
pub(super) fn takes(command: &str, option: &str) -> Option<(&'static str, usize)> {
    let (_, options) = OPTIONS.iter().find(|(name, _)| *name == command)?;
    options.iter().find(|(name, _)| *name == option).copied()
}

/// The options that were given, in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Options {
    given: Vec<(&'static str, Vec<OsString>)>,
}

impl Options {
    /// Takes an option.
    ///
    /// # Errors
    /// It was given before, or is no text.
    pub fn add(&mut self, name: &'static str, values: Vec<OsString>) -> Result<(), String> {
        if self.is_given(name) && !REPEATED.contains(&name) {
            return Err(format!("オプション「--{name}」は一つだけ指定してください"));
        }
        if !["out", "scan", "passphrase-file", "password-file"].contains(&name)
            && values.iter().any(|value| value.to_str().is_none())
        {
            return Err("文字として読み取れない指定があります".to_owned());
        }
        self.given.push((name, values));
        Ok(())
    }

    /// That these were given; of `a|b` one, and not both.
    ///
    /// # Errors
    /// The first one that is missing.
    pub fn needs(&self, names: &[&str]) -> Result<(), String> {
        for names in names {
            let words = names.split('|').map(|name| format!("--{name}")).collect::<Vec<_>>().join("か");
            match names.split('|').filter(|name| self.is_given(name)).count() {
                0 => return Err(format!("{words}を指定してください")),
                1 => {}
                _ => return Err(format!("{words}の、どちらか一つだけを指定してください")),
            }
        }
        Ok(())
    }

    pub fn is_any(&self) -> bool {
        !self.given.is_empty()
    }

    pub fn is_given(&self, name: &str) -> bool {
        self.given.iter().any(|(given, _)| *given == name)
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &OsString> {
        self.given.iter().filter(move |(given, _)| *given == name).flat_map(|(_, values)| values)
    }

    pub fn text(&self, name: &str) -> Option<&str> {
        self.values(name).next()?.to_str()
    }

    pub fn texts(&self, name: &str) -> Vec<String> {
        self.values(name).filter_map(|value| value.to_str()).map(str::to_owned).collect()
    }

    pub fn path(&self, name: &str) -> Option<PathBuf> {
        self.values(name).next().map(PathBuf::from)
    }

    /// A day, typed in any habit.
    pub fn day(&self, name: &str) -> Result<Option<NaiveDate>, Failure> {
        let refuse = |trouble| Failure::Entry { key: format!("--{name}"), trouble: EntryError::Date(trouble) };
        self.text(name).map(date::parse).transpose().map_err(refuse)
    }

    /// Numbers from 1.
    pub fn numbers(&self, name: &str) -> Result<Vec<u32>, Failure> {
        let refuse = |_| Failure::Entry { key: format!("--{name}"), trouble: EntryError::Number };
        self.values(name).map(|value| value.to_str().unwrap_or_default().parse().map_err(refuse)).collect()
    }

    /// One of these, by its key in a case file or by its word.
    pub fn one_of<T: Copy + Serialize>(
        &self,
        name: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Result<Option<T>, Failure> {
        self.text(name).map(|typed| one_of(&format!("--{name}"), typed, all, word)).transpose()
    }

    /// Several of these.
    pub fn some_of<T: Copy + Serialize>(
        &self,
        name: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Result<Vec<T>, Failure> {
        self.texts(name).iter().map(|typed| one_of(&format!("--{name}"), typed, all, &word)).collect()
    }
}

/// One of these, by its key in a case file or by its word; `key` names the option.
pub(super) fn one_of<T: Copy + Serialize>(
    key: &str,
    typed: &str,
    all: &[T],
    word: impl Fn(T) -> &'static str,
) -> Result<T, Failure> {
    let is_meant = |one: &T| word(*one) == typed.trim() || ron::to_string(one).is_ok_and(|key| key == typed.trim());
    let unknown =
        || EntryError::Option { typed: typed.to_owned(), known: all.iter().map(|one| word(*one).to_owned()).collect() };
    let refuse = || Failure::Entry { key: key.to_owned(), trouble: unknown() };
    all.iter().copied().find(is_meant).ok_or_else(refuse)
}
