//! The tree of tags: what each mark on the pages means, for screen readers and for reuse.

use lopdf::{Dictionary, Document as File, Object, ObjectId, dictionary};

use crate::layout::document::{Document, Item, Role, Tags};
use crate::layout::page::PAGE;

use crate::messages::page as words;

use super::draw::Marks;
use super::metadata::text;

/// What the tree needs to know of the pages: each page, its marks, its signature widgets.
pub(super) struct Pages<'a> {
    pub ids: &'a [ObjectId],
    pub marks: &'a Marks,
    /// The tag and the widget of each signature line, in their order.
    pub widgets: &'a [(usize, ObjectId, usize)],
}

/// Adds the tree of tags to the file. Returns its root.
///
/// The numbers of the tree of parents: one for each page, then one for each widget.
pub(super) fn add(file: &mut File, document: &Document, pages: &Pages<'_>) -> ObjectId {
    let root = file.new_object_id();
    let elements: Vec<ObjectId> = document.tags.nodes().iter().map(|_| file.new_object_id()).collect();
    let kids = kids(document, pages, &elements);
    let mut parents = vec![root; elements.len()];
    for (at, node) in document.tags.nodes().iter().enumerate() {
        for child in &node.children {
            parents[*child] = elements[at];
        }
    }
    for (at, kids) in kids.into_iter().enumerate() {
        let mut element = element(&document.tags.nodes()[at].role);
        element.set("P", parents[at]);
        if let Role::Circled = document.tags.nodes()[at].role {
            element.set("Alt", text(&words::chosen(&tagged_text(document, at))));
        }
        if let Role::Figure { alternative } = &document.tags.nodes()[at].role {
            element.set("Alt", text(alternative));
            element.set("A", figure_place(document, at));
        }
        // A single kid stands without a list: programs that compare the revisions of a signed
        // file look for signature fields there and nowhere else.
        match <[Object; 1]>::try_from(kids) {
            Ok([only]) => element.set("K", only),
            Err(kids) if kids.is_empty() => {}
            Err(kids) => element.set("K", kids),
        }
        file.set_object(elements[at], element);
    }
    let parent_tree = parent_tree(pages, &elements);
    let parent_tree = file.add_object(parent_tree);
    let next = pages.ids.len() + pages.widgets.len();
    file.set_object(
        root,
        dictionary! {
            "Type" => "StructTreeRoot",
            "K" => elements[Tags::ROOT],
            "ParentTree" => parent_tree,
            "ParentTreeNextKey" => i64::try_from(next).unwrap_or(i64::MAX),
        },
    );
    root
}

/// What stands below each tag: its marks on the pages, then the tags below it.
///
/// No tag has both marks and tags below it, so the order is that of reading.
fn kids(document: &Document, pages: &Pages<'_>, elements: &[ObjectId]) -> Vec<Vec<Object>> {
    let mut kids: Vec<Vec<Object>> = vec![Vec::new(); elements.len()];
    for (page, marks) in pages.ids.iter().zip(pages.marks) {
        for (number, tag) in marks.iter().enumerate() {
            let number = i64::try_from(number).unwrap_or(i64::MAX);
            kids[*tag].push(dictionary! { "Type" => "MCR", "Pg" => *page, "MCID" => number }.into());
        }
    }
    for (tag, widget, page) in pages.widgets {
        kids[*tag].push(dictionary! { "Type" => "OBJR", "Pg" => pages.ids[*page], "Obj" => *widget }.into());
    }
    for (at, node) in document.tags.nodes().iter().enumerate() {
        kids[at].extend(node.children.iter().map(|child| Object::Reference(elements[*child])));
    }
    kids
}

fn parent_tree(pages: &Pages<'_>, elements: &[ObjectId]) -> Dictionary {
    let mut numbers: Vec<Object> = Vec::new();
    let mut put = |entry: Object| {
        let key = i64::try_from(numbers.len() / 2).unwrap_or(i64::MAX);
        numbers.push(key.into());
        numbers.push(entry);
    };
    for marks in pages.marks {
        put(Object::Array(marks.iter().map(|tag| elements[*tag].into()).collect()));
    }
    for (tag, ..) in pages.widgets {
        put(elements[*tag].into());
    }
    dictionary! { "Nums" => numbers }
}

fn element(role: &Role) -> Dictionary {
    let mut element = dictionary! { "Type" => "StructElem", "S" => name(role) };
    match role {
        Role::HeaderCell { span, column } => {
            let scope = if *column { "Column" } else { "Row" };
            element.set("A", attributes(*span, Some(scope)));
        }
        Role::DataCell { span } if *span > 1 => element.set("A", attributes(*span, None)),
        Role::Tick(ticked) => {
            element.set("ActualText", text(if *ticked { "☑" } else { "☐" }));
        }
        _ => {}
    }
    element
}

fn attributes(span: usize, scope: Option<&str>) -> Dictionary {
    let mut attributes = dictionary! { "O" => "Table" };
    if span > 1 {
        attributes.set("ColSpan", i64::try_from(span).unwrap_or(1));
    }
    if let Some(scope) = scope {
        attributes.set("Scope", scope);
    }
    attributes
}

fn name(role: &Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Part => "Part",
        Role::Heading => "H1",
        Role::Subheading => "H2",
        Role::Paragraph => "P",
        Role::Span | Role::Tick(_) | Role::Circled => "Span",
        Role::Table => "Table",
        Role::Row => "TR",
        Role::HeaderCell { .. } => "TH",
        Role::DataCell { .. } => "TD",
        Role::Figure { .. } => "Figure",
        Role::Signature | Role::Input => "Form",
    }
}

/// Where a figure stands on its page, as readers want to know that lay the text out anew.
fn figure_place(document: &Document, tag: usize) -> Dictionary {
    let items = document.pages.iter().flat_map(|page| &page.items);
    let points = items.filter_map(|item| match item {
        Item::Stroke { points, tag: Some(own), .. } if *own == tag => Some(points),
        _ => None,
    });
    let none = (f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY);
    let (left, top, right, bottom) = points
        .flatten()
        .fold(none, |(left, top, right, bottom), (x, y)| (left.min(*x), top.min(*y), right.max(*x), bottom.max(*y)));
    let corners = [left, PAGE.1 - bottom, right, PAGE.1 - top].map(Object::from);
    dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => corners.to_vec() }
}

/// All text that carries a tag.
fn tagged_text(document: &Document, tag: usize) -> String {
    let items = document.pages.iter().flat_map(|page| &page.items);
    let runs = items.filter_map(|item| match item {
        Item::Text(run) if run.tag == Some(tag) => Some(run.text()),
        _ => None,
    });
    runs.collect()
}
