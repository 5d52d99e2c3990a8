//! Who takes part in a step: the patient in the middle, the others around, and between whom it is
//! now. A screen reader gets the same in words.

use std::sync::Arc;

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    Align, Color32, FontId, Galley, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use crate::messages::{self, progress as words};
use crate::model::form::{Meaning, Party};
use crate::model::process::{Action, LineMark, LineState, Standing, Step};
use crate::model::value::Value;

use super::{Source, party_label};
use crate::ui::look;

/// The widest that the picture becomes, in pt.
const WIDEST: f32 = 600.0;
/// The widest that a party becomes, in pt.
const NODE: f32 = 236.0;
/// The room between parties, in pt.
const GAP: f32 = 16.0;
/// The room between two rows of parties, in pt.
const ROW_GAP: f32 = 44.0;
/// The room within a party, in pt.
const INSIDE: Vec2 = vec2(12.0, 9.0);
/// The room between the words of a party, in pt.
const LINE_GAP: f32 = 4.0;
/// The mark of a party stands left of its words, in pt.
const MARK: f32 = 16.0;

/// Who takes part in a step.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The patient, then the others in their order.
    pub nodes: Vec<Node>,
    /// The two that it is between now, by their place in the nodes.
    pub pair: Option<(usize, usize)>,
    /// All of it in words.
    pub words: String,
}

/// A party of a step.
#[derive(Clone, Debug)]
pub struct Node {
    /// Who.
    party: Party,
    /// What they are called in this step.
    label: String,
    /// Their name; empty where it is not known.
    name: String,
    /// What is to be said of their signature, and of their turn.
    state: String,
    /// They have signed all that they sign in this step.
    is_signed: bool,
    /// Something of theirs is waited for.
    is_awaited: bool,
}

impl Node {
    /// Whether a mark stands before what is said of it.
    fn has_mark(&self) -> bool {
        self.is_signed || self.is_awaited
    }
}

impl Picture {
    /// The picture of a step.
    #[must_use]
    pub fn of(source: &Source<'_>, step: &Step, lines: &[LineState], standing: &Standing) -> Self {
        let is_now = step.number == standing.step.max(1) && !matches!(standing.action, Action::Closed { .. });
        let turn = Some(standing.turn).filter(|_| is_now);
        let own: Vec<&LineState> = lines.iter().filter(|line| line.step == step.number).collect();
        let patient = node(source, Party::Patient, party_label(Party::Patient), &own, turn);
        let corners = step.corners_of(source.case);
        let corners = corners.map(|corner| node(source, corner.party, &corner.label, &own, turn));
        let nodes: Vec<Node> = std::iter::once(patient).chain(corners).collect();
        let pair = turn.and_then(|turn| pair(&nodes, turn, &own));
        let mut parts = vec![format!("{} {}", messages::step(step.number), step.title)];
        parts.extend(nodes.iter().map(|node| words::node(&node.label, &node.name, &node.state)));
        parts.extend(pair.map(|(one, other)| words::pair(&nodes[one].label, &nodes[other].label)));
        Self { words: parts.join("、"), nodes, pair }
    }
}

fn node(source: &Source<'_>, party: Party, label: &str, lines: &[&LineState], turn: Option<Party>) -> Node {
    let own: Vec<&LineMark> = lines.iter().filter(|line| line.party == party).map(|line| &line.mark).collect();
    let shown = own.iter().find(|mark| !mark.is_done()).or(own.last());
    let is_turn = turn == Some(party);
    let signed_name = own.iter().find_map(|mark| match mark {
        LineMark::Signed { name, .. } if !name.is_empty() => Some(name.clone()),
        _ => None,
    });
    let state = match shown {
        Some(mark) => words::node_line(mark),
        None if is_turn => words::TURN.to_owned(),
        None => String::new(),
    };
    Node {
        party,
        label: label.to_owned(),
        name: signed_name.or_else(|| likely_name(source, party)).unwrap_or_default(),
        state,
        is_signed: own.iter().any(|mark| matches!(mark, LineMark::Signed { .. }))
            && own.iter().all(|mark| mark.is_done()),
        is_awaited: is_turn || own.iter().any(|mark| matches!(mark, LineMark::Awaited { .. })),
    }
}

/// The name of a party, as the shared data has it.
fn likely_name(source: &Source<'_>, party: Party) -> Option<String> {
    let of_forms = || {
        let lines = source.forms.values().flat_map(crate::model::form::Form::signature_lines);
        lines.filter(|(_, line)| line.by == party).find_map(|(_, line)| line.signer.clone())
    };
    let of_patient = || source.people.field_meaning(Meaning::PatientName).map(|field| field.key.clone());
    let key = if party == Party::Patient { of_patient() } else { of_forms() }?;
    let name = source.case.people.get(&key).and_then(Value::as_text)?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

/// Between whom it is: whose turn it is, and who gives or gets the paper.
fn pair(nodes: &[Node], turn: Party, lines: &[&LineState]) -> Option<(usize, usize)> {
    let place = |party: Party| nodes.iter().position(|node| node.party == party);
    let signs_next = lines.iter().find(|line| !line.mark.is_done()).map(|line| line.party);
    let other = match turn {
        Party::Coordinator => signs_next.filter(|next| *next != turn).unwrap_or(Party::Patient),
        _ => Party::Coordinator,
    };
    let other = place(other).or_else(|| place(Party::Patient))?;
    let turn = place(turn)?;
    (turn != other).then_some((turn, other))
}

/// A party with its words laid out.
struct Laid<'a> {
    node: &'a Node,
    words: Vec<Arc<Galley>>,
}

impl Laid<'_> {
    fn height(&self) -> f32 {
        let lines: f32 = self.words.iter().map(|line| line.size().y + LINE_GAP).sum();
        lines - LINE_GAP + 2.0 * INSIDE.y
    }

    fn width(&self) -> f32 {
        let mark = if self.node.has_mark() { MARK } else { 0.0 };
        let is_state = |at: usize| at + 1 == self.words.len() && !self.node.state.is_empty();
        let width = |(at, line): (usize, &Arc<Galley>)| line.size().x + if is_state(at) { mark } else { 0.0 };
        self.words.iter().enumerate().map(width).fold(0.0, f32::max) + 2.0 * INSIDE.x
    }
}

/// Draws the picture.
pub fn triangle_ui(ui: &mut Ui, picture: &Picture) -> Response {
    let width = ui.available_width().min(WIDEST);
    let most = ((width - GAP) / 2.0).min(NODE);
    let laid: Vec<Laid<'_>> = picture.nodes.iter().map(|node| lay_out(ui, node, most)).collect();
    // Those around are as wide as the widest, so that they stand in order; the patient leaves room
    // for the edges.
    let node_width = laid[1..].iter().map(Laid::width).fold(0.0, f32::max).min(most);
    let patient_width = laid[0].width().min(most);
    let height = laid.iter().map(Laid::height).fold(0.0, f32::max);
    let places = places(picture.nodes.len() - 1, vec2(width, height), node_width);
    let whole = places.iter().fold(0.0_f32, |bottom, place| bottom.max(place.y + height / 2.0));
    let (area, response) = ui.allocate_exact_size(vec2(width, whole), Sense::hover());
    let centres: Vec<Pos2> = places.iter().map(|place| area.min + place.to_vec2()).collect();
    if ui.is_rect_visible(area) {
        edges_ui(ui, &centres, picture.pair);
        for (laid, centre) in laid.iter().zip(&centres) {
            let is_in_pair = picture.pair.is_some_and(|(one, other)| {
                [one, other].iter().any(|at| std::ptr::eq(&raw const picture.nodes[*at], laid.node))
            });
            let width = if laid.node.party == Party::Patient { patient_width } else { node_width };
            node_ui(ui, laid, Rect::from_center_size(*centre, vec2(width, height)), is_in_pair);
        }
    }
    response.widget_info(|| WidgetInfo::labeled(eframe::egui::Role::Image, true, &picture.words));
    response
}

/// The centres of patient and others, with the first row at the top.
fn places(others: usize, node: Vec2, node_width: f32) -> Vec<Pos2> {
    let (width, height) = (node.x, node.y);
    let (left, middle, right) = (node_width / 2.0, width / 2.0, width - node_width / 2.0);
    let row = |at: f32| height / 2.0 + at * (height + ROW_GAP);
    match others {
        0 => vec![pos2(middle, row(0.0))],
        1 => vec![pos2(middle, row(0.0)), pos2(middle, row(1.0))],
        2 => vec![pos2(middle, row(0.0)), pos2(left, row(1.0)), pos2(right, row(1.0))],
        3 => {
            let corners = [pos2(middle, row(0.0)), pos2(left, row(2.0)), pos2(right, row(2.0))];
            std::iter::once(pos2(middle, row(1.0))).chain(corners).collect()
        }
        others => {
            let around = (0..others).map(|at| {
                let is_right = at % 2 == 1;
                let line = if at < 2 { 0.0 } else { 2.0 * f32::from(u8::try_from(at / 2).unwrap_or(u8::MAX)) };
                pos2(if is_right { right } else { left }, row(line))
            });
            std::iter::once(pos2(middle, row(1.0))).chain(around).collect()
        }
    }
}

/// The order in which the corners are joined to a ring.
fn ring(others: usize) -> Vec<usize> {
    match others {
        4 => vec![1, 2, 4, 3],
        others => (1..=others).collect(),
    }
}

fn edges_ui(ui: &Ui, centres: &[Pos2], pair: Option<(usize, usize)>) {
    let painter = ui.painter();
    let ring = ring(centres.len() - 1);
    let around = ring.iter().zip(ring.iter().cycle().skip(1)).filter(|(one, other)| one != other);
    for (one, other) in around {
        painter.line_segment([centres[*one], centres[*other]], Stroke::new(1.0, look::LINE));
    }
    for corner in &centres[1..] {
        painter.line_segment([centres[0], *corner], Stroke::new(1.0, look::LINE));
    }
    if let Some((one, other)) = pair {
        painter.line_segment([centres[one], centres[other]], Stroke::new(4.0, look::ACCENT));
    }
}

fn lay_out<'a>(ui: &Ui, node: &'a Node, width: f32) -> Laid<'a> {
    let width = width - 2.0 * INSIDE.x;
    let text = |text: &str, font: FontId, colour: Color32, width: f32| {
        (!text.is_empty()).then(|| {
            let mut job = LayoutJob::simple(text.to_owned(), font, colour, width);
            job.halign = Align::Center;
            ui.painter().layout_job(job)
        })
    };
    let state_colour = if node.is_awaited { look::ACCENT } else { look::WEAK };
    let words = [
        text(&node.label, FontId::new(look::SMALL + 1.0, look::bold()), look::TEXT, width),
        text(&node.name, FontId::proportional(look::SMALL + 1.0), look::TEXT, width),
        text(&node.state, FontId::proportional(look::SMALL), state_colour, width - MARK),
    ];
    Laid { node, words: words.into_iter().flatten().collect() }
}

fn node_ui(ui: &Ui, laid: &Laid<'_>, place: Rect, is_in_pair: bool) {
    let painter = ui.painter();
    let node = laid.node;
    let stroke = match (node.is_awaited, is_in_pair) {
        (true, _) => Stroke::new(2.0, look::ACCENT),
        (false, true) => Stroke::new(1.5, look::ACCENT),
        (false, false) => Stroke::new(1.0, look::LINE),
    };
    let fill = if node.is_awaited { look::ACCENT_PALE } else { Color32::WHITE };
    painter.rect(place, 8.0, fill, stroke, StrokeKind::Inside);
    let mut top = place.center().y - laid.height() / 2.0 + INSIDE.y;
    for (at, line) in laid.words.iter().enumerate() {
        let is_state = at + 1 == laid.words.len() && !node.state.is_empty();
        let has_mark = is_state && node.has_mark();
        let middle = place.center().x + if has_mark { MARK / 2.0 } else { 0.0 };
        let left = middle - line.size().x / 2.0;
        painter.galley(pos2(middle, top), Arc::clone(line), look::TEXT);
        if has_mark {
            let centre = pos2(left - MARK / 2.0 - 2.0, top + line.size().y / 2.0 + 1.0);
            let stroke = Stroke::new(2.0, look::ACCENT);
            if node.is_signed {
                look::tick(painter, centre, 5.0, stroke);
            } else {
                painter.circle_filled(centre, 3.5, look::ACCENT);
            }
        }
        top += line.size().y + LINE_GAP;
    }
}
