//! The inputs of a page whose fields are open, as fields that any PDF viewer fills in （入力用PDF）,
//! and reading back what was typed.
//!
//! What was measured in viewers, and decided by it:
//! - `font`: `PDFium` writes kanji with the font of the file only where that is named like a font of
//!   symbols.
//! - Options of which one is chosen are check boxes of one name, not radio buttons: in every viewer
//!   one goes out when another is ticked, and the last one can be taken back.
//! - Every input has its appearance, so that nothing is asked of a viewer (no `NeedAppearances`): a
//!   rare name is shown in its own shape until somebody writes into it.
//! - The size of what is typed is left to the viewer: it shrinks what is longer than its place, so that
//!   nothing is missing on a sheet that is printed and signed. A single line stands in a place no higher
//!   than it, so that none gets larger than what is printed.
//! - What people type is shown with whatever their viewer puts in: such a file makes no claim to
//!   PDF/A. Tags, language and title are as in every other.

mod answers;
mod appearance;
mod font;

use lopdf::{Dictionary, Document as File, Object, ObjectId, dictionary};

use crate::fonts::Fonts;
use crate::layout::document::{Document, TagId};
use crate::layout::input::{Input, InputSort};
use crate::layout::page::PAGE;
use crate::model::failure::Failure;

use super::faces::Subsets;
use super::finish::{corners, fault};
use super::metadata::text;

pub use answers::{Answer, Answers, AnswersTrouble, LARGEST, answers};

/// `Ff` of a text that has several lines, and of one whose spelling is not checked: no viewer
/// knows Japanese.
const MULTILINE: i64 = 1 << 12;
const NOT_SPELLED: i64 = 1 << 22;

/// A widget in the file: its tag, its object, its page.
pub(super) type Widget = (TagId, ObjectId, usize);

/// Adds the inputs of the document as fields: to the pages, before what is annotated there, and
/// to the form of the file. The numbers of their places in the tree of parents go on from `number`.
///
/// Returns their widgets and the entries of the form.
pub(super) fn add(
    file: &mut File,
    document: &Document,
    pages: &[ObjectId],
    (subsets, fonts): (&Subsets, &Fonts<'_>),
    number: usize,
) -> Result<(Vec<Widget>, Dictionary), Failure> {
    let inputs = document.pages.iter().enumerate().flat_map(|(at, page)| page.inputs.iter().map(move |one| (at, one)));
    let inputs: Vec<(usize, &Input)> = inputs.collect();
    if inputs.is_empty() {
        return Ok((Vec::new(), Dictionary::new()));
    }
    let font = font::add(file, inputs.iter().map(|(_, input)| *input), fonts)?;
    let mut widgets = Vec::new();
    let mut named: Vec<Named<'_>> = Vec::new();
    for (at, input) in inputs {
        let mut widget = widget(file, input, (pages[at], font), subsets)?;
        widget.set("StructParent", i64::try_from(number + widgets.len()).map_err(fault)?);
        let id = file.new_object_id();
        widgets.push((input.tag, id, at));
        match named.iter_mut().find(|named| named.inputs[0].name == input.name) {
            Some(named) => {
                named.inputs.push(input);
                named.widgets.push((id, widget));
            }
            None => named.push(Named { inputs: vec![input], widgets: vec![(id, widget)] }),
        }
    }
    annotate(file, pages, &widgets)?;
    let fields: Vec<Object> = named.into_iter().map(|named| field(file, named).into()).collect();
    let resources = dictionary! { "Font" => dictionary! { font::NAME => font } };
    Ok((widgets, dictionary! { "Fields" => fields, "DR" => resources, "DA" => appearance::default() }))
}

/// The inputs of one name, with their widgets: one field.
struct Named<'a> {
    inputs: Vec<&'a Input>,
    widgets: Vec<(ObjectId, Dictionary)>,
}

/// One field: a single widget is the field itself, several stand below it.
fn field(file: &mut File, Named { inputs, mut widgets }: Named<'_>) -> ObjectId {
    let first = inputs[0];
    let mut field = dictionary! { "T" => text(&first.name), "TU" => text(&first.label) };
    match &first.sort {
        InputSort::Text { value, is_multiline, is_centred, .. } => {
            field.set("FT", "Tx");
            field.set("Ff", NOT_SPELLED + if *is_multiline { MULTILINE } else { 0 });
            field.set("DA", appearance::default());
            field.set("Q", i64::from(*is_centred));
            if !value.is_empty() {
                field.set("V", text(value));
            }
        }
        InputSort::Check { .. } => {
            field.set("FT", "Btn");
            field.set("V", Object::Name(chosen(&inputs).unwrap_or("Off").as_bytes().to_vec()));
        }
    }
    if widgets.len() == 1
        && let Some((id, mut widget)) = widgets.pop()
    {
        field.into_iter().for_each(|(key, value)| widget.set(key, value));
        file.set_object(id, widget);
        return id;
    }
    let id = file.new_object_id();
    let kids: Vec<Object> = widgets.iter().map(|(kid, _)| (*kid).into()).collect();
    field.set("Kids", kids);
    for (kid, mut widget) in widgets {
        widget.set("Parent", id);
        file.set_object(kid, widget);
    }
    file.set_object(id, field);
    id
}

/// What the ticked one of several says.
fn chosen<'a>(inputs: &[&'a Input]) -> Option<&'a str> {
    inputs.iter().find_map(|input| match &input.sort {
        InputSort::Check { state, is_on: true, .. } => Some(state.as_str()),
        _ => None,
    })
}

/// The widget of an input, with how it looks.
fn widget(
    file: &mut File,
    input: &Input,
    (page, font): (ObjectId, ObjectId),
    subsets: &Subsets,
) -> Result<Dictionary, Failure> {
    let looks = appearance::of(file, input, (page, font), subsets)?;
    let corners = corners(&looks.area).map(Object::from);
    let mut widget = dictionary! {
        "Type" => "Annot",
        "Subtype" => "Widget",
        "Rect" => corners.to_vec(),
        "F" => 4,
        "P" => page,
        "TU" => text(&input.label),
        "AP" => dictionary! { "N" => looks.normal },
    };
    if let InputSort::Check { state, is_on, .. } = &input.sort {
        let state = if *is_on { state.as_str() } else { "Off" };
        widget.set("AS", Object::Name(state.as_bytes().to_vec()));
        // Viewers that draw it by themselves take the tick （4） of the font of symbols.
        widget.set("MK", dictionary! { "CA" => super::metadata::ascii("4") });
    }
    Ok(widget)
}

/// Puts the widgets on their pages: before the lines to sign on, which stand below them.
fn annotate(file: &mut File, pages: &[ObjectId], widgets: &[Widget]) -> Result<(), Failure> {
    for (at, page) in pages.iter().enumerate() {
        let own = widgets.iter().filter(|(_, _, on)| *on == at).map(|(_, id, _)| Object::from(*id));
        let page = file.get_object_mut(*page).and_then(Object::as_dict_mut).map_err(fault)?;
        let mut all: Vec<Object> = own.collect();
        if let Ok(Object::Array(before)) = page.get(b"Annots") {
            all.extend(before.iter().cloned());
        }
        if !all.is_empty() {
            page.set("Annots", all);
        }
    }
    Ok(())
}

/// How far a point is from the lower edge of the page.
fn up(y: f32) -> f32 {
    PAGE.1 - y
}
