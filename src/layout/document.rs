//! What laying out results in: pages of placed items, and the tree of what they mean.

use crate::fonts::FaceId;
use crate::model::check::Problem;

use super::inline::FieldRef;
use super::input::Input;

/// A laid out form.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The title, as in the template.
    pub title: String,
    /// The pages in order.
    pub pages: Vec<Page>,
    /// What the items mean: headings, tables, paragraphs.
    pub tags: Tags,
    /// Characters that cannot be printed.
    pub problems: Vec<Problem>,
    /// A word that stands across every page in hollow letters, such as 下書き.
    pub across: Option<String>,
}

/// A page of A4.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// What is drawn, in reading order.
    pub items: Vec<Item>,
    /// Where fields are, for clicks and overlays.
    pub fields: Vec<FieldArea>,
    /// What is filled in, in reading order; nothing unless fields are open.
    pub inputs: Vec<Input>,
}

/// The place of a field on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldArea {
    /// Which field.
    pub field: FieldRef,
    /// Where.
    pub area: Area,
}

/// A rectangle in pt; `y` is its upper edge.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Upper edge.
    pub y: f32,
    /// Width.
    pub width: f32,
    /// Height.
    pub height: f32,
}

/// Something drawn. `tag` is its place in the tree of meaning; none for what only decorates.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Glyphs of one face on one line.
    Text(Run),
    /// A straight line.
    Rule {
        /// From here …
        from: (f32, f32),
        /// … to here.
        to: (f32, f32),
        /// Thickness.
        thickness: f32,
    },
    /// A line along these points.
    Stroke {
        /// From one to the next.
        points: Vec<(f32, f32)>,
        /// Thickness.
        thickness: f32,
        /// Whether it has gaps.
        is_dashed: bool,
        /// The tag.
        tag: Option<TagId>,
    },
    /// A box to tick.
    TickBox {
        /// Where.
        area: Area,
        /// Whether it is ticked.
        ticked: bool,
        /// Its tag.
        tag: Option<TagId>,
    },
    /// An ellipse around a chosen option.
    Circle(Area),
    /// Room for a signature.
    Signature {
        /// Where.
        area: Area,
        /// The key of the line.
        key: String,
        /// The caption without its brackets: 本人署名.
        name: String,
        /// The statement that is signed.
        statement: String,
        /// Its tag.
        tag: TagId,
    },
}

/// Glyphs of one face on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// Left end.
    pub x: f32,
    /// The line that the characters stand on.
    pub baseline: f32,
    /// The face.
    pub face: FaceId,
    /// The size.
    pub size: f32,
    /// The glyphs from left to right.
    pub glyphs: Vec<PlacedGlyph>,
    /// The tag.
    pub tag: Option<TagId>,
}

impl Run {
    /// The width in pt.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>() * self.size
    }

    /// The text that the glyphs stand for.
    #[must_use]
    pub fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
    }
}

/// A glyph of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedGlyph {
    /// The number in the face.
    pub id: u16,
    /// The advance width, in em.
    pub advance: f32,
    /// What it stands for: a character, with its variation selector.
    pub text: String,
}

/// A node of the tree of meaning.
pub type TagId = usize;

/// What a node means.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// The whole document.
    Document,
    /// A document among others in one file.
    Part,
    /// The title.
    Heading,
    /// The heading of a part.
    Subheading,
    /// A paragraph.
    Paragraph,
    /// A part of a paragraph.
    Span,
    /// A tick box, ticked or not.
    Tick(bool),
    /// An option with a circle around it.
    Circled,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell that names a row (or a column).
    HeaderCell {
        /// How many columns it takes.
        span: usize,
        /// Whether it names the column below it.
        column: bool,
    },
    /// A cell with content.
    DataCell {
        /// How many columns it takes.
        span: usize,
    },
    /// A picture.
    Figure {
        /// What it shows, in words.
        alternative: String,
    },
    /// A signature field.
    Signature,
    /// Something that is filled in.
    Input,
}

/// The tree of meaning, as a list of nodes; the first is the root.
#[derive(Clone, Debug, PartialEq)]
pub struct Tags {
    nodes: Vec<Tag>,
}

/// A node.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// What it means.
    pub role: Role,
    /// The nodes below it, in reading order.
    pub children: Vec<TagId>,
}

impl Document {
    /// Adds the pages of another document behind the own ones.
    pub fn append(&mut self, mut other: Self) {
        let shift = self.tags.append(other.tags);
        for page in &mut other.pages {
            page.items.iter_mut().for_each(|item| item.shift_tag(shift));
            page.inputs.iter_mut().for_each(|input| input.tag += shift);
        }
        self.pages.append(&mut other.pages);
        self.problems.append(&mut other.problems);
    }
}

impl Tags {
    /// The root of every tree.
    pub const ROOT: TagId = 0;

    /// A tree with nothing but its root.
    #[must_use]
    pub fn new() -> Self {
        Self { nodes: vec![Tag { role: Role::Document, children: Vec::new() }] }
    }

    /// Adds a node after the last one below `parent`.
    pub fn add(&mut self, parent: TagId, role: Role) -> TagId {
        let id = self.nodes.len();
        self.nodes.push(Tag { role, children: Vec::new() });
        self.nodes[parent].children.push(id);
        id
    }

    /// Adds another tree behind the own one, its root below the own root. Returns by how much its
    /// nodes moved.
    fn append(&mut self, other: Self) -> usize {
        let shift = self.nodes.len();
        self.nodes[Self::ROOT].children.push(shift + Self::ROOT);
        self.nodes.extend(other.nodes.into_iter().map(|tag| Tag {
            // One file has one document: the others are parts of it.
            role: if tag.role == Role::Document { Role::Part } else { tag.role },
            children: tag.children.into_iter().map(|child| child + shift).collect(),
        }));
        shift
    }

    /// All nodes; a child comes after its parent.
    #[must_use]
    pub fn nodes(&self) -> &[Tag] {
        &self.nodes
    }
}

impl Default for Tags {
    fn default() -> Self {
        Self::new()
    }
}

impl Item {
    /// Says what it belongs to, where it can say so.
    pub(crate) fn set_tag(&mut self, to: TagId) {
        match self {
            Self::Text(run) => run.tag = Some(to),
            Self::TickBox { tag, .. } | Self::Stroke { tag, .. } => *tag = Some(to),
            Self::Signature { tag, .. } => *tag = to,
            Self::Rule { .. } | Self::Circle(_) => {}
        }
    }

    fn shift_tag(&mut self, shift: usize) {
        match self {
            Self::Text(run) => run.tag = run.tag.map(|tag| tag + shift),
            Self::TickBox { tag, .. } | Self::Stroke { tag, .. } => *tag = tag.map(|tag| tag + shift),
            Self::Signature { tag, .. } => *tag += shift,
            Self::Rule { .. } | Self::Circle(_) => {}
        }
    }

    /// Moves the item.
    pub fn shift(&mut self, dx: f32, dy: f32) {
        match self {
            Self::Text(run) => {
                run.x += dx;
                run.baseline += dy;
            }
            Self::Rule { from, to, .. } => {
                *from = (from.0 + dx, from.1 + dy);
                *to = (to.0 + dx, to.1 + dy);
            }
            Self::Stroke { points, .. } => {
                for (x, y) in points {
                    *x += dx;
                    *y += dy;
                }
            }
            Self::TickBox { area, .. } | Self::Circle(area) | Self::Signature { area, .. } => area.shift(dx, dy),
        }
    }
}

impl Area {
    /// Moves the rectangle.
    pub fn shift(&mut self, dx: f32, dy: f32) {
        self.x += dx;
        self.y += dy;
    }

    /// The right edge.
    #[must_use]
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    /// The lower edge.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }
}
