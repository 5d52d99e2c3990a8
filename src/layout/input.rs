//! What is filled in on a page whose fields are open: where, under which name, with what in it.
//!
//! A form that goes to somebody without this program has his fields open, everything else is
//! printed. The names are for programs and stay the same from one printing to the next: by them
//! the answers find back into the case.

use crate::messages::input as words;
use crate::model::entry;
use crate::model::form::{Choice, Detail, Field, Kind};
use crate::model::value::Value;

use super::Work;
use super::document::{Area, Item, Run, TagId};
use super::inline::{FieldRef, set_runs};
use super::text::{Ink, Piece, Style, break_lines};

/// Something that is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its name, see [`name`].
    pub name: String,
    /// What it is called for people, and how it is filled in.
    pub label: String,
    /// Where.
    pub area: Area,
    /// What it is, and what is in it.
    pub sort: InputSort,
    /// Its tag.
    pub tag: TagId,
}

/// What is filled in.
#[derive(Clone, Debug, PartialEq)]
pub enum InputSort {
    /// Text is typed.
    Text {
        /// What stands there.
        value: String,
        /// Whether it has several lines.
        is_multiline: bool,
        /// Whether it stands in the middle.
        is_centred: bool,
        /// What stands there, as it is drawn.
        shown: Vec<Run>,
    },
    /// It is ticked or not. Of those with the same name only one is.
    Check {
        /// What its name says when it is ticked.
        state: String,
        /// Whether it is.
        is_on: bool,
        /// How that is drawn.
        mark: CheckMark,
    },
}

/// How it is drawn that something is ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckMark {
    /// A tick, in the box that is printed.
    Tick,
    /// An ellipse around the wording.
    Circle,
}

/// Which part of a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'a> {
    /// The field itself: its text, its tick, which of its options.
    Whole,
    /// One option of several that may be chosen.
    Option(&'a str),
    /// What is written beside a tick.
    Detail,
    /// What is written beside an option.
    OptionDetail(&'a str),
}

/// What a tick, or an option of several, says when it is ticked.
pub const ON: &str = "on";

/// The name of an input: `3/daily_work`, `3/patient:name`, `3/periods/0/start`,
/// `3/commute_means#other#detail`. The points of a name would part it in a PDF.
#[must_use]
pub fn name(document: u32, at: &FieldRef, part: Part<'_>) -> String {
    let key = at.key.replace('.', ":");
    let cell = at.cell.as_ref().map(|(row, column)| format!("/{row}/{column}")).unwrap_or_default();
    let part = match part {
        Part::Whole => String::new(),
        Part::Option(option) => format!("#{option}"),
        Part::Detail => "#detail".to_owned(),
        Part::OptionDetail(option) => format!("#{option}#detail"),
    };
    format!("{document}/{key}{cell}{part}")
}

/// An input before it has a place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seed {
    name: String,
    label: String,
    sort: InputSort,
}

/// From the edge of an input to what stands in it, in pt: where viewers begin to write.
const INSET: f32 = 2.0;
/// The highest input, in pt: what is longer is scrolled through while it is typed.
const HIGHEST: f32 = 340.0;
/// Room in a text input for some more than what stands there, in pt.
const SPARE: f32 = 8.0;
/// The height of an input of one line, in pt: what is typed in it is no larger than what is printed.
pub(crate) const LINE: f32 = 15.0;
/// The width of a day, in em.
const DAY_WIDTH: f32 = 9.5;

impl Seed {
    /// The inputs of a field that is open: what is typed.
    pub fn text(work: &Work<'_>, at: &FieldRef, field: &Field, value: Option<&Value>) -> Self {
        let value = value.filter(|value| field.kind.takes(value));
        Self::typed(work, at, (Part::Whole, label(field, at)), &field.kind, value)
    }

    /// What is written beside a tick.
    pub fn detail(work: &Work<'_>, at: &FieldRef, field: &Field, kind: Detail, value: Option<&Value>) -> Option<Self> {
        let kind = kind.field("")?.kind;
        Some(Self::typed(work, at, (Part::Detail, words::detail(&label(field, at))), &kind, value))
    }

    /// What is written beside an option.
    pub fn option_detail(
        work: &Work<'_>,
        at: &FieldRef,
        field: &Field,
        option: &Choice,
        value: Option<&Value>,
    ) -> Option<Self> {
        let kind = option.detail.field("")?.kind;
        let label = words::detail(&words::option(&label(field, at), &option.label));
        Some(Self::typed(work, at, (Part::OptionDetail(&option.key), label), &kind, value))
    }

    fn typed(
        work: &Work<'_>,
        at: &FieldRef,
        (part, label): (Part<'_>, String),
        kind: &Kind,
        value: Option<&Value>,
    ) -> Self {
        let label = match kind {
            Kind::Date { .. } => words::day(&label),
            Kind::Number => words::number(&label),
            _ => label,
        };
        let sort = InputSort::Text {
            value: value.map(|value| entry::display(None, value)).unwrap_or_default(),
            is_multiline: *kind == Kind::LongText,
            is_centred: *kind == Kind::Number,
            shown: Vec::new(),
        };
        Self { name: name(work.source.document().id, at, part), label, sort }
    }

    /// A tick.
    pub fn tick(work: &Work<'_>, at: &FieldRef, field: &Field, is_on: bool) -> Self {
        let sort = InputSort::Check { state: ON.to_owned(), is_on, mark: CheckMark::Tick };
        Self { name: name(work.source.document().id, at, Part::Whole), label: label(field, at), sort }
    }

    /// An option: of one that is chosen, the options share their name.
    pub fn option(work: &Work<'_>, at: &FieldRef, field: &Field, option: &Choice, is_on: bool) -> Self {
        let (part, state) = match field.kind {
            Kind::ChooseOne { .. } => (Part::Whole, option.key.as_str()),
            _ => (Part::Option(&option.key), ON),
        };
        let sort = InputSort::Check { state: state.to_owned(), is_on, mark: CheckMark::Tick };
        let label = words::option(&label(field, at), &option.label);
        Self { name: name(work.source.document().id, at, part), label, sort }
    }

    /// The same, ticked by an ellipse around its wording.
    pub fn circled(mut self) -> Self {
        if let InputSort::Check { mark, .. } = &mut self.sort {
            *mark = CheckMark::Circle;
        }
        self
    }

    /// The width that it asks for on a line where the template gives it this one, in pt.
    pub fn width(&self, work: &Work<'_>, given: f32) -> f32 {
        let InputSort::Text { value, is_centred, .. } = &self.sort else { return given };
        let spare = if *is_centred { 2.0 * INSET } else { SPARE };
        given.max(work.text.width(value, Style::Body) + spare)
    }

    /// The height that shows what stands in it, in pt.
    pub fn height(&self, work: &Work<'_>, width: f32) -> f32 {
        let InputSort::Text { value, is_multiline: true, .. } = &self.sort else { return LINE };
        let atoms = work.text.atoms(&[Piece::Text(value.clone(), Style::Body)]);
        let lines = u16::try_from(break_lines(&atoms, width - 2.0 * INSET).len()).unwrap_or(u16::MAX);
        (f32::from(lines) * Style::Body.leading()).min(HIGHEST)
    }

    /// Puts it into its place.
    pub fn place(self, work: &mut Work<'_>, at: &FieldRef, area: Area, tag: TagId) -> Input {
        let Self { name, label, mut sort } = self;
        if let InputSort::Text { value, is_multiline, is_centred, shown } = &mut sort {
            *shown = runs(work, at, value, &area, (*is_multiline, *is_centred));
        }
        Input { name, label, area, sort, tag }
    }
}

impl Input {
    /// Moves it.
    pub fn shift(&mut self, dx: f32, dy: f32) {
        self.area.shift(dx, dy);
        if let InputSort::Text { shown, .. } = &mut self.sort {
            for run in shown {
                run.x += dx;
                run.baseline += dy;
            }
        }
    }

    /// What stands in it, as it is drawn.
    #[must_use]
    pub fn shown(&self) -> &[Run] {
        match &self.sort {
            InputSort::Text { shown, .. } => shown,
            InputSort::Check { .. } => &[],
        }
    }
}

/// The width of a day, in pt.
pub(crate) fn day_width() -> f32 {
    DAY_WIDTH * Style::Body.size()
}

fn label(field: &Field, at: &FieldRef) -> String {
    match &at.cell {
        Some((row, _)) => words::cell(&field.label, row + 1),
        None => match &field.group {
            Some(group) => words::grouped(group, &field.label),
            None => field.label.clone(),
        },
    }
}

/// What stands in a text input: lines from its top, or one line in the middle of its height.
fn runs(
    work: &mut Work<'_>,
    at: &FieldRef,
    value: &str,
    area: &Area,
    (is_multiline, is_centred): (bool, bool),
) -> Vec<Run> {
    if value.is_empty() {
        return Vec::new();
    }
    let style = Style::Body;
    let atoms = work.text.atoms(&[Piece::Text(value.to_owned(), style)]);
    for atom in atoms.iter().filter(|atom| atom.ink == Ink::Missing) {
        work.missing(Some(at), atom.text.clone());
    }
    let leading = if is_multiline { style.leading() } else { area.height };
    let width = if is_multiline { area.width - 2.0 * INSET } else { f32::INFINITY };
    let mut items = Vec::new();
    let mut top = area.y;
    for range in break_lines(&atoms, width) {
        if top + leading > area.bottom() + 0.1 {
            break;
        }
        let line = &atoms[range];
        let used: f32 = line.iter().map(|atom| atom.width).sum();
        let before = if is_centred { (area.width - used) / 2.0 } else { INSET };
        let first = items.len();
        set_runs(line, style, area.x + before, leading, None, &mut items);
        items[first..].iter_mut().for_each(|item| item.shift(0.0, top));
        top += leading;
    }
    let run = |item| if let Item::Text(run) = item { Some(run) } else { None };
    items.into_iter().filter_map(run).collect()
}
