//! What somebody filled in in a PDF （入力用PDF） and sent back, as a reply like any other.
//!
//! Only what was changed is in it, against what stood in the file. A text that does not fit its field
//! is in it as it was typed: merging refuses and shows it.

use std::collections::BTreeMap;

use crate::layout::inline::FieldRef;
use crate::layout::input::{Part, name};
use crate::model::case::{Case, is_shared};
use crate::model::check::Rules;
use crate::model::entry::{display, parse};
use crate::model::form::{Choice, Detail, Field, Form, Kind, Party};
use crate::model::package::Passphrase;
use crate::model::reply::{MOST_ROWS, RepliedDocument, Reply, ReplyTrouble, changed, rows};
use crate::model::revision::{Edition, Revision};
use crate::model::value::{Key, Value, Values};
use crate::pdf::fillable::{Answer, AnswersTrouble, answers};
use crate::pdf::{Imprint, digest};

use super::fillable::party_key;
use super::returned::is_printed_on;
use super::{identity, whose};

/// Reads a PDF that somebody filled in; `password` opens it where it was given with one.
///
/// # Errors
/// It is none, does not open, has text in no encoding of a PDF, or is of another case or revision.
pub fn read(
    case: &Case,
    rules: &Rules<'_>,
    bytes: &[u8],
    password: Option<&Passphrase>,
) -> Result<Reply, ReplyTrouble> {
    let answers = answers(bytes, password).map_err(|trouble| match trouble {
        AnswersTrouble::Locked => ReplyTrouble::Locked,
        AnswersTrouble::WrongPassword => ReplyTrouble::WrongPassword,
        AnswersTrouble::Unreadable | AnswersTrouble::TooLarge => ReplyTrouble::NoReply,
    })?;
    let imprint = answers.imprint.ok_or(ReplyTrouble::NoReply)?;
    let party = opened_for(&imprint).ok_or(ReplyTrouble::NoReply)?;
    let (at, revision) = paper(case, &imprint)?;
    let document = &case.documents[at];
    let form = rules.forms.get(&document.form).ok_or(ReplyTrouble::NothingSent)?;
    let handout = revision.handouts.iter().rev().find(|handout| handout.to.party == party);
    let from = handout.ok_or(ReplyTrouble::NothingSent)?.to.clone();
    if answers.fields.values().any(|answer| *answer == Answer::Unreadable) {
        return Err(ReplyTrouble::Encoding);
    }
    let reading = Reading { document: document.id, answers: &answers.fields };
    let (people, values) = reading.form(form, revision);
    let replied = RepliedDocument { id: document.id, form: form.key.clone(), revision: revision.number, values };
    Ok(Reply { package: None, from, on: None, people, documents: vec![replied] })
}

/// Whose fields were open.
fn opened_for(imprint: &Imprint) -> Option<Party> {
    let key = imprint.open_to.as_ref()?;
    Party::ALL.into_iter().find(|party| party_key(*party) == *key)
}

/// The document, by its place in the case, and the revision that was filled in.
fn paper<'a>(case: &'a Case, imprint: &Imprint) -> Result<(usize, &'a Revision), ReplyTrouble> {
    if imprint.case != digest(whose(case)) {
        return Err(ReplyTrouble::OtherCase);
    }
    let is_it = |at: &usize| imprint.document == digest(&identity(case, *at));
    let at = (0..case.documents.len()).find(is_it).ok_or(ReplyTrouble::NothingSent)?;
    let Edition::Revision { number, .. } = imprint.edition else { return Err(ReplyTrouble::NothingSent) };
    let is_known = |one: &&Revision| one.number == number && is_printed_on(one, &imprint.fingerprint);
    let mut revisions = case.documents[at].revisions.iter().map(|revision| &**revision);
    Ok((at, revisions.find(is_known).ok_or(ReplyTrouble::UnknownRevision)?))
}

/// Reads the fields of a paper from the answers.
struct Reading<'a> {
    document: u32,
    answers: &'a BTreeMap<String, Answer>,
}

/// Whether something is ticked, and what it says then.
#[derive(Clone, Copy, PartialEq)]
enum Ticked<'a> {
    Off,
    On(&'a str),
}

/// What stands in a field now: none where it is empty.
type Now = Option<Value>;

impl Reading<'_> {
    /// What was changed: the shared data, and the fields of the paper.
    fn form(&self, form: &Form, revision: &Revision) -> (Values, Values) {
        let (mut people, mut values) = (Values::new(), Values::new());
        for field in &form.fields {
            let was = revision.values.get(&field.key);
            let said = match field.columns() {
                [] => self.now(field, &FieldRef::new(&field.key), was).and_then(|now| changed(now.as_ref(), was)),
                columns => self.rows(&field.key, columns, was),
            };
            let values = if is_shared(&field.key) { &mut people } else { &mut values };
            values.extend(said.map(|said| (field.key.clone(), said)));
        }
        (people, values)
    }

    fn rows(&self, key: &str, columns: &[Field], was: Option<&Value>) -> Option<Value> {
        let was = rows(was);
        let mut read: Vec<Values> = Vec::new();
        for row in 0..MOST_ROWS {
            let mut is_there = false;
            let mut cells = Values::new();
            for column in columns {
                let at = FieldRef { key: key.to_owned(), cell: Some((row, column.key.clone())) };
                let was = was.get(row).and_then(|row| row.get(&column.key));
                let Some(now) = self.now(column, &at, was) else { continue };
                is_there = true;
                cells.extend(changed(now.as_ref(), was).map(|said| (column.key.clone(), said)));
            }
            if !is_there {
                break;
            }
            read.push(cells);
        }
        let filled = read.iter().rposition(|row| !row.is_empty())?;
        read.truncate(filled + 1);
        Some(Value::Rows(read))
    }

    /// What stands in a field or cell; none where it was not open.
    fn now(&self, field: &Field, at: &FieldRef, was: Option<&Value>) -> Option<Now> {
        match &field.kind {
            Kind::Text | Kind::LongText | Kind::Date { .. } | Kind::Number => {
                let typed = self.text(&name(self.document, at, Part::Whole))?;
                Some(read_as(field, typed, was))
            }
            Kind::Tick { detail } => self.tick(*detail, at, was),
            Kind::ChooseOne { options, .. } => {
                let state = self.state(&name(self.document, at, Part::Whole))?;
                let now = self.choice(options, at, was, |option| state == Ticked::On(&option.key));
                // An option that is none is said as well, to be refused.
                Some(match state {
                    Ticked::On(state) if options.iter().all(|option| option.key != state) => {
                        Some(Value::Choice(BTreeMap::from([(state.to_owned(), Value::Blank)])))
                    }
                    _ => now,
                })
            }
            Kind::ChooseAny { options } => {
                let option = |option: &Choice| self.state(&name(self.document, at, Part::Option(&option.key)));
                options.iter().find_map(option)?;
                Some(self.choice(options, at, was, |one| matches!(option(one), Some(Ticked::On(_)))))
            }
            Kind::Shared | Kind::Table { .. } => None,
        }
    }

    fn tick(&self, detail: Detail, at: &FieldRef, was: Option<&Value>) -> Option<Now> {
        let is_on = self.state(&name(self.document, at, Part::Whole))? != Ticked::Off;
        let was = if let Some(Value::Tick(was)) = was { Some(&**was) } else { None };
        let (written, is_new) = self.detail(detail, &name(self.document, at, Part::Detail), was);
        Some((is_on || is_new).then(|| Value::Tick(Box::new(written))))
    }

    /// The chosen options. One that this template does not know was not on the page, and stays.
    fn choice(&self, options: &[Choice], at: &FieldRef, was: Option<&Value>, is_on: impl Fn(&Choice) -> bool) -> Now {
        let none = BTreeMap::new();
        let was = if let Some(Value::Choice(was)) = was { was } else { &none };
        let is_unknown = |key: &Key| options.iter().all(|option| option.key != *key);
        let unknown = was.iter().filter(|(key, _)| is_unknown(key));
        let mut chosen: BTreeMap<Key, Value> = unknown.map(|(key, value)| (key.clone(), value.clone())).collect();
        for option in options {
            let detail = name(self.document, at, Part::OptionDetail(&option.key));
            let (written, is_new) = self.detail(option.detail, &detail, was.get(&option.key));
            if is_on(option) || is_new {
                chosen.insert(option.key.clone(), written);
            }
        }
        (!chosen.is_empty()).then_some(Value::Choice(chosen))
    }

    /// What is written beside a tick or an option, and whether somebody wrote it: who does so means
    /// the tick, whether it was set or not.
    fn detail(&self, kind: Detail, name: &str, was: Option<&Value>) -> (Value, bool) {
        let (Some(field), Some(typed)) = (kind.field(""), self.text(name)) else {
            return (was.cloned().unwrap_or(Value::Blank), false);
        };
        let was = was.filter(|was| **was != Value::Blank);
        let now = read_as(&field, typed, was);
        let is_new = now.is_some() && now.as_ref() != was;
        (now.unwrap_or(Value::Blank), is_new)
    }

    fn text(&self, name: &str) -> Option<&str> {
        match self.answers.get(name)? {
            Answer::Text(typed) => Some(typed),
            Answer::State(_) | Answer::Unreadable => None,
        }
    }

    fn state(&self, name: &str) -> Option<Ticked<'_>> {
        match self.answers.get(name)? {
            Answer::State(state) => Some(state.as_deref().map_or(Ticked::Off, Ticked::On)),
            Answer::Text(_) | Answer::Unreadable => None,
        }
    }
}

/// What was typed into a field. What stands as it stood is what it was, however it would be read.
fn read_as(field: &Field, typed: &str, was: Option<&Value>) -> Now {
    let typed = in_lines(typed);
    if was.is_some_and(|was| in_lines(&display(Some(field), was)) == typed) {
        return was.cloned();
    }
    parse(field, &typed).unwrap_or(Some(Value::Text(typed)))
}

/// With line breaks in one form: viewers write each its own.
fn in_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}
