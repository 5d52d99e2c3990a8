//! What a template says wrongly although it can be read: as data, all of it, with the way to
//! each place.

use std::collections::{BTreeMap, BTreeSet};

use super::case::is_shared;
use super::characters::is_invisible;
use super::failure::Step;
use super::form::{
    Block, Cell, Choice, Content, Field, Form, Kind, Mark, Meaning, Needed, TEXT_HEIGHT, TEXT_WIDTH, TableColumn,
};
use super::pattern::{self, PatternError, Piece};
use super::people::People;
use super::template_problem::{TemplateProblem, TemplateWhat};
use super::value::Key;
use super::wording::Topics;

/// Finds what is wrong in a form. `people` describes the shared data.
#[must_use]
pub fn check_form(form: &Form, people: &People, topics: &Topics) -> Vec<TemplateProblem> {
    let mut check = Check { form, problems: Vec::new(), shown: BTreeSet::new() };
    check.head();
    check.fields(people);
    check.topics(topics);
    check.blocks(people);
    // A misspelt key also leaves its field off the page: the cause alone is told.
    let has_cause = check.problems.iter().any(|problem| matches!(problem.what, TemplateWhat::UnknownField(_)));
    if !has_cause {
        check.unshown();
    }
    check.problems
}

/// Whether the form that is to go where the diagnosis may not be told is one of these, and tells no
/// diagnosis itself.
#[must_use]
pub fn check_instead(form: &Form, forms: &BTreeMap<Key, Form>) -> Option<TemplateProblem> {
    let named = form.without_diagnosis.as_ref()?;
    let is_telling = |form: &Form| form.fields.iter().any(Field::tells_diagnosis);
    let what = match forms.get(named) {
        None => {
            let known = forms.values().filter(|form| !is_telling(form)).map(|form| form.key.clone());
            TemplateWhat::UnknownInstead { form: named.clone(), known: known.collect() }
        }
        Some(_) if *named == form.key => TemplateWhat::TellingInstead(named.clone()),
        Some(other) if is_telling(other) => TemplateWhat::TellingInstead(named.clone()),
        Some(_) => return None,
    };
    Some(TemplateProblem { path: vec!["without_diagnosis".into()], what })
}

/// Finds what is wrong in the description of the shared data.
#[must_use]
pub fn check_people(people: &People) -> Vec<TemplateProblem> {
    let mut problems = Vec::new();
    check_fields(&people.fields, &["fields".into()], &mut problems);
    problems
}

/// The longest title, in characters: it stands on one line in the heading of further pages.
const LONGEST_TITLE: usize = 40;
/// The longest label, in characters: the cell that it stands in is never parted.
const LONGEST_LABEL: usize = 200;
/// The longest statement, in characters: it is never parted from its signature lines.
const LONGEST_STATEMENT: usize = 400;
/// The longest caption of a signature line, in characters: beside it there is room to sign.
const LONGEST_CAPTION: usize = 16;
/// The longest note, in characters.
const LONGEST_NOTE: usize = 1000;
/// The longest heading of a column, in characters.
const LONGEST_COLUMN: usize = 40;
/// The most rows of a table on an empty form.
const MOST_ROWS: usize = 60;
/// The most signature lines below one statement: more have no room on a page.
const MOST_LINES: usize = 12;

struct Check<'a> {
    form: &'a Form,
    problems: Vec<TemplateProblem>,
    shown: BTreeSet<&'a str>,
}

impl<'a> Check<'a> {
    fn report(&mut self, path: &[Step], what: TemplateWhat) {
        self.problems.push(TemplateProblem { path: path.to_vec(), what });
    }

    /// A text that is printed: not too long, and nothing in it that cannot be seen.
    fn text(&mut self, text: &str, longest: usize, path: &[Step]) {
        if text.chars().count() > longest {
            self.report(path, TemplateWhat::TooLong(longest));
        }
        if let Some(found) = text.chars().find(|c| is_invisible(*c)) {
            self.report(path, TemplateWhat::Invisible(found));
        }
    }

    fn head(&mut self) {
        let texts = [
            ("key", &self.form.key),
            ("version", &self.form.version),
            ("title", &self.form.title),
            ("short_title", &self.form.short_title),
        ];
        for (name, text) in texts {
            if text.trim().is_empty() {
                self.report(&[name.into()], TemplateWhat::Empty);
            }
            self.text(text, LONGEST_TITLE, &[name.into()]);
        }
        if self.form.step > 4 {
            self.report(&["step".into()], TemplateWhat::BadStep(self.form.step));
        }
        if !is_plain_key(&self.form.key) {
            self.report(&["key".into()], TemplateWhat::BadKey(self.form.key.clone()));
        }
    }

    fn fields(&mut self, people: &People) {
        check_fields(&self.form.fields, &["fields".into()], &mut self.problems);
        for (at, field) in self.form.fields.iter().enumerate() {
            let path = ["fields".into(), at.into(), "key".into()];
            match people.field(&field.key) {
                None if is_shared(&field.key) => {
                    self.report(&path, TemplateWhat::UnknownShared(field.key.clone()));
                }
                Some(shared) if is_shared(&field.key) && field.kind != shared.kind => {
                    self.report(&path, TemplateWhat::SharedKind(field.key.clone()));
                }
                _ => {}
            }
            self.text(&field.label, LONGEST_LABEL, &["fields".into(), at.into(), "label".into()]);
            for option in field.options() {
                self.text(&option.label, LONGEST_LABEL, &["fields".into(), at.into(), "kind".into()]);
            }
            if !is_shared(&field.key) && people.field(&field.key).is_some() {
                self.report(&path, TemplateWhat::TakenKey(field.key.clone()));
            }
            if let Needed::When { field: other, option } = &field.needed {
                let path = ["fields".into(), at.into(), "needed".into()];
                match self.known(other, &path) {
                    Some(other) if other.options().iter().all(|known| known.key != *option) => {
                        self.report(&path, TemplateWhat::UnknownOption(option.clone()));
                    }
                    _ => {}
                }
            }
        }
    }

    /// The sorts of work that fields, columns and options name.
    fn topics(&mut self, topics: &Topics) {
        let form = self.form;
        for (at, field) in form.fields.iter().enumerate() {
            let path: Vec<Step> = vec!["fields".into(), at.into()];
            let options = field.options().iter().filter_map(|option| option.topic.as_ref());
            let columns = field.columns().iter().filter_map(|column| column.topic.as_ref());
            let named = field.topic.iter().map(|topic| ("topic", topic));
            for (name, topic) in named.chain(options.chain(columns).map(|topic| ("kind", topic))) {
                if topics.topic(topic).is_none() {
                    let known = topics.keys().cloned().collect();
                    let what = TemplateWhat::UnknownTopic { topic: topic.clone(), known };
                    self.report(&[&path[..], &[name.into()]].concat(), what);
                }
            }
        }
    }

    fn blocks(&mut self, people: &People) {
        let form = self.form;
        let mut signatures = BTreeSet::new();
        for (at, block) in form.page.iter().enumerate() {
            let path: Vec<Step> = vec!["page".into(), at.into()];
            match block {
                Block::Title => {}
                Block::Caption(text) | Block::Note(text) => self.text(text, LONGEST_NOTE, &path),
                Block::Gap(height) => self.length(*height, &path),
                Block::DateLine(key) => {
                    if let Some(field) = self.show(key, &path)
                        && !matches!(field.kind, Kind::Date { .. })
                    {
                        self.report(&path, TemplateWhat::WrongKind(key.clone()));
                    }
                }
                Block::Grid { columns, rows } => {
                    self.widths(columns.iter().copied(), &[&path[..], &["columns".into()]].concat());
                    for (row_at, row) in rows.iter().enumerate() {
                        let path = [&path[..], &["rows".into(), row_at.into()]].concat();
                        self.length(row.height, &[&path[..], &["height".into()]].concat());
                        self.cells(&row.cells, columns.len(), &[&path[..], &["cells".into()]].concat());
                    }
                }
                Block::Table { field, columns, height, rows } => {
                    if *rows > MOST_ROWS {
                        self.report(&[&path[..], &["rows".into()]].concat(), TemplateWhat::TooManyRows(*rows));
                    }
                    self.length(*height, &[&path[..], &["height".into()]].concat());
                    self.widths(columns.iter().map(|column| column.width), &[&path[..], &["columns".into()]].concat());
                    self.table(field, columns, &path);
                }
                Block::Timeline { field, title } => {
                    self.text(title, LONGEST_TITLE, &path);
                    if self.known(field, &path).is_some_and(|field| field.meaning != Some(Meaning::PlanRows)) {
                        self.report(&path, TemplateWhat::WrongKind(field.clone()));
                    }
                }
                Block::Statement { text, lines, .. } => {
                    self.text(text, LONGEST_STATEMENT, &path);
                    if lines.len() > MOST_LINES {
                        self.report(&path, TemplateWhat::TooManyRows(lines.len()));
                    }
                    for (line_at, line) in lines.iter().enumerate() {
                        let path = [&path[..], &["lines".into(), line_at.into(), "key".into()]].concat();
                        if let Some(key) = line.asked_when.as_ref().filter(|key| people.field(key).is_none()) {
                            self.report(&path, TemplateWhat::UnknownShared(key.clone()));
                        }
                        self.text(&line.caption, LONGEST_CAPTION, &path);
                        if !is_plain_key(&line.key) {
                            self.report(&path, TemplateWhat::BadKey(line.key.clone()));
                        } else if !signatures.insert(&line.key) {
                            self.report(&path, TemplateWhat::DuplicateKey(line.key.clone()));
                        }
                    }
                }
            }
        }
    }

    fn cells(&mut self, cells: &'a [Cell], columns: usize, path: &[Step]) {
        let mut spans = 0;
        for (at, cell) in cells.iter().enumerate() {
            let path = [path, &[at.into()]].concat();
            let span = match cell {
                Cell::Heading { text, span } => {
                    self.text(text, LONGEST_LABEL, &path);
                    *span
                }
                Cell::Label { field, span } => {
                    self.known(field, &[&path[..], &["field".into()]].concat());
                    *span
                }
                Cell::Value { field, span } => {
                    self.show(field, &[&path[..], &["field".into()]].concat());
                    *span
                }
                Cell::Stack { items, span } => {
                    for (item_at, item) in items.iter().enumerate() {
                        self.content(item, &[&path[..], &["items".into(), item_at.into()]].concat());
                    }
                    *span
                }
            };
            spans = usize::saturating_add(spans, span);
            if span == 0 {
                self.report(&path, TemplateWhat::Spans { spans, columns });
            }
        }
        if spans != columns {
            self.report(path, TemplateWhat::Spans { spans, columns });
        }
    }

    fn content(&mut self, content: &'a Content, path: &[Step]) {
        match content {
            Content::Rule => {}
            Content::Text(text) | Content::Small(text) => self.text(text, LONGEST_NOTE, path),
            Content::Label(key) => {
                self.known(key, path);
            }
            Content::Value { field, height } => {
                self.show(field, path);
                self.length(*height, path);
            }
            Content::Choices { fields, columns } => {
                if columns.is_empty() || columns.iter().any(|share| !(0.1..=1000.0).contains(share)) {
                    self.report(path, TemplateWhat::BadColumns);
                }
                for key in fields {
                    if let Some(field) = self.show(key, path)
                        && !matches!(field.kind, Kind::Tick { .. } | Kind::ChooseOne { .. } | Kind::ChooseAny { .. })
                    {
                        self.report(path, TemplateWhat::WrongKind(key.clone()));
                    }
                }
            }
            Content::Line(line) => match pattern::parse(line) {
                Err(error) => self.report(path, TemplateWhat::Pattern(error)),
                Ok(pieces) => {
                    for piece in pieces {
                        if let Piece::Field(key, _) = piece {
                            self.show(&key, path);
                        }
                    }
                }
            },
        }
    }

    fn table(&mut self, key: &'a str, columns: &[TableColumn], path: &[Step]) {
        let Some(field) = self.show(key, path) else { return };
        if !matches!(field.kind, Kind::Table { .. }) {
            self.report(path, TemplateWhat::WrongKind(key.to_owned()));
            return;
        }
        let mut shown = BTreeSet::new();
        for (at, column) in columns.iter().enumerate() {
            self.text(
                &column.heading,
                LONGEST_COLUMN,
                &[path, &["columns".into(), at.into(), "heading".into()]].concat(),
            );
            let path = [path, &["columns".into(), at.into(), "content".into()]].concat();
            match pattern::parse(&column.content) {
                Err(error) => self.report(&path, TemplateWhat::Pattern(error)),
                Ok(pieces) => {
                    for piece in pieces {
                        let Piece::Field(key, _) = piece else { continue };
                        if field.column(&key).is_none() {
                            self.report(&path, TemplateWhat::UnknownField(key));
                        } else {
                            shown.insert(key);
                        }
                    }
                }
            }
        }
        for column in field.columns().iter().filter(|column| !shown.contains(&column.key)) {
            self.report(path, TemplateWhat::NotOnPage(column.key.clone()));
        }
    }

    /// The field of that key, reported where there is none.
    fn known(&mut self, key: &str, path: &[Step]) -> Option<&'a Field> {
        let field = self.form.field(key);
        if field.is_none() {
            self.report(path, TemplateWhat::UnknownField(key.to_owned()));
        }
        field
    }

    /// The same, for a place that shows what was entered.
    fn show(&mut self, key: &str, path: &[Step]) -> Option<&'a Field> {
        let field = self.known(key, path);
        self.shown.extend(field.map(|field| field.key.as_str()));
        field
    }

    fn unshown(&mut self) {
        for (at, field) in self.form.fields.iter().enumerate() {
            if !self.shown.contains(field.key.as_str()) {
                let path = ["fields".into(), at.into(), "key".into()];
                self.report(&path, TemplateWhat::NotOnPage(field.key.clone()));
            }
        }
    }

    fn widths(&mut self, widths: impl Iterator<Item = f32>, path: &[Step]) {
        let mut sum = 0.0;
        for width in widths {
            if !(5.0..=1000.0).contains(&width) {
                self.report(path, TemplateWhat::BadLength(width));
            }
            sum += width;
        }
        if sum > TEXT_WIDTH + 0.01 {
            self.report(path, TemplateWhat::TooWide { width: sum, limit: TEXT_WIDTH });
        }
    }

    fn length(&mut self, length: f32, path: &[Step]) {
        if !(0.0..=TEXT_HEIGHT - 40.0).contains(&length) {
            self.report(path, TemplateWhat::BadLength(length));
        }
    }
}

fn is_plain_key(key: &str) -> bool {
    let starts_well = key.starts_with(|c: char| c.is_ascii_lowercase());
    starts_well && key.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn check_fields(fields: &[Field], path: &[Step], problems: &mut Vec<TemplateProblem>) {
    let mut keys = BTreeSet::new();
    for (at, field) in fields.iter().enumerate() {
        let path = [path, &[at.into()]].concat();
        let mut report = |name: &str, what: TemplateWhat| {
            problems.push(TemplateProblem { path: [&path[..], &[name.into()]].concat(), what });
        };
        if !field.key.split('.').all(is_plain_key) {
            report("key", TemplateWhat::BadKey(field.key.clone()));
        }
        if !keys.insert(&field.key) {
            report("key", TemplateWhat::DuplicateKey(field.key.clone()));
        }
        if !is_shared(&field.key) && field.kind == Kind::Shared {
            report("key", TemplateWhat::NoKind(field.key.clone()));
        }
        match field.print.as_deref().map(pattern::parse) {
            Some(Err(error)) => report("print", TemplateWhat::Pattern(error)),
            Some(Ok(pieces)) => check_print(field, &pieces).into_iter().for_each(|what| report("print", what)),
            None if pattern::parse(&field.label).is_ok_and(|pieces| pieces.iter().all(is_wording)) => {}
            None => report("label", TemplateWhat::Pattern(PatternError::Unbalanced)),
        }
        check_kind(field, &path, problems);
    }
}

fn is_wording(piece: &Piece) -> bool {
    matches!(piece, Piece::Text(_) | Piece::Box)
}

/// In the pattern of a choice every option stands exactly once, and nothing else is named.
fn check_print(field: &Field, pieces: &[Piece]) -> Vec<TemplateWhat> {
    let named: Vec<&Key> = pieces
        .iter()
        .filter_map(|piece| match piece {
            Piece::Field(key, _) => Some(key),
            _ => None,
        })
        .collect();
    let is_option = |key: &Key| field.options().iter().any(|option| option.key == *key);
    let unknown = named.iter().filter(|key| !is_option(key)).map(|key| TemplateWhat::UnknownOption((*key).clone()));
    let missing = field.options().iter().filter(|option| named.iter().filter(|key| **key == &option.key).count() != 1);
    unknown.chain(missing.map(|option| TemplateWhat::NotOnPage(option.key.clone()))).collect()
}

fn check_kind(field: &Field, path: &[Step], problems: &mut Vec<TemplateProblem>) {
    let path = [path, &["kind".into()]].concat();
    let mut report = |what: TemplateWhat| problems.push(TemplateProblem { path: path.clone(), what });
    match &field.kind {
        Kind::ChooseOne { options, .. } | Kind::ChooseAny { options } => {
            if options.is_empty() {
                report(TemplateWhat::NothingToChoose);
            }
            check_options(options).into_iter().for_each(report);
        }
        Kind::Table { columns } => {
            if columns.is_empty() {
                report(TemplateWhat::NothingToChoose);
            }
            for column in columns.iter().filter(|column| matches!(column.kind, Kind::Shared | Kind::Table { .. })) {
                report(TemplateWhat::WrongKind(column.key.clone()));
            }
            for column in columns.iter().filter(|column| column.needed != Needed::Never) {
                report(TemplateWhat::NoEffect(column.key.clone()));
            }
            check_fields(columns, &[&path[..], &["columns".into()]].concat(), problems);
        }
        _ => {}
    }
}

fn check_options(options: &[Choice]) -> Vec<TemplateWhat> {
    let mut keys = BTreeSet::new();
    let mut found = Vec::new();
    for option in options {
        if !is_plain_key(&option.key) {
            found.push(TemplateWhat::BadKey(option.key.clone()));
        }
        if !keys.insert(&option.key) {
            found.push(TemplateWhat::DuplicateKey(option.key.clone()));
        }
        if let Err(error) = pattern::parse(&option.pattern(Mark::Box)) {
            found.push(TemplateWhat::Pattern(error));
        }
    }
    found
}
