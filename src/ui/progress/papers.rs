//! The documents of a case with their revisions and signatures.

use eframe::egui::{self, Align, Frame, Layout, Margin, Pos2, RichText, Sense, Stroke, Ui, vec2};

use crate::messages::{self, progress as words};
use crate::model::form::Form;
use crate::model::process::{LineMark, LineState};
use crate::model::revision::{self, superseded};

use super::{Progress, Source};
use crate::ui::{Action, Tab, look};

/// The width of the names of the lines, in pt.
const CAPTION_WIDTH: f32 = 122.0;
/// Below this width they stand above what is said of the line, in pt.
const NARROW: f32 = 420.0;

/// A document, as it is drawn.
#[derive(Clone, Debug)]
pub struct Paper {
    /// Its place in the case.
    pub at: usize,
    /// Step and title.
    pub title: String,
    /// How it stands to what was handed out of it.
    pub state: String,
    /// Something was handed out of it.
    pub is_out: bool,
    /// What was handed out says what it says now.
    pub is_current: bool,
    /// To whom it went.
    pub handouts: Vec<String>,
    /// What it rests on and says something else by now; a newer document of its form.
    pub cautions: Vec<String>,
    /// Its lines to sign.
    pub lines: Vec<Line>,
}

/// A line to sign, as it is drawn.
#[derive(Clone, Debug)]
pub struct Line {
    /// As printed, without its brackets.
    pub caption: String,
    /// How it stands.
    pub state: String,
    /// Who signed, how, on which revision.
    pub details: String,
    /// How it stands, for its colour.
    pub mark: LineMark,
    /// What may be done about it.
    pub action: Option<(&'static str, Action)>,
}

/// The documents in the order of the case.
pub(super) fn papers(source: &Source<'_>, current: &[usize], lines: &[LineState]) -> Vec<Paper> {
    let mut order: Vec<usize> = (0..source.case.documents.len()).collect();
    let step = |at: usize| source.forms.get(&source.case.documents[at].form).map_or(0, |form| form.step);
    order.sort_by_key(|at| (step(*at), *at));
    let paper = |at: usize| {
        let form = source.forms.get(&source.case.documents[at].form)?;
        Some(paper(source, form, at, current.contains(&at), lines))
    };
    order.into_iter().filter_map(paper).collect()
}

fn paper(source: &Source<'_>, form: &Form, at: usize, is_current: bool, lines: &[LineState]) -> Paper {
    let document = &source.case.documents[at];
    let paper = revision::Paper::of(source.case, document, form);
    let handouts = document
        .revisions
        .iter()
        .rev()
        .flat_map(|one| one.handouts.iter().rev().map(|handout| words::handout(one.number, handout)));
    let title_of = |at: usize| {
        let key = &source.case.documents[at].form;
        source.forms.get(key).map_or(key.as_str(), |form| form.short_title.as_str())
    };
    let is_replaced = source.case.documents_of(&document.form).any(|other| other > at);
    let old = superseded(source.case, source.forms, at);
    let cautions = old.into_iter().map(|(other, revision)| words::superseded(title_of(other), revision));
    let number = document.latest().map(|latest| latest.number);
    let own = lines.iter().filter(|line| is_current && line.document == at);
    let step = messages::step(form.step);
    let step = if form.step == 0 { "" } else { step };
    Paper {
        at,
        title: format!("{step}{}", form.short_title),
        state: words::paper(&paper),
        is_out: number.is_some(),
        is_current: paper.current().is_some(),
        handouts: handouts.collect(),
        cautions: cautions.chain(is_replaced.then(|| words::REPLACED.to_owned())).collect(),
        lines: own.map(|line| line_view(line, number)).collect(),
    }
}

fn line_view(line: &LineState, revision: Option<u32>) -> Line {
    let key = || line.line.clone();
    let correct =
        |revision| (words::CORRECT, Action::CorrectSignature { document: line.document, revision, line: key() });
    Line {
        caption: line.caption.trim_matches(['（', '）']).to_owned(),
        state: words::line(&line.mark),
        details: words::line_details(&line.mark, revision),
        mark: line.mark.clone(),
        action: match line.mark {
            LineMark::Awaited { .. } => Some((words::SIGN, Action::Sign { document: line.document, line: key() })),
            LineMark::Signed { .. } => revision.map(correct),
            LineMark::Outdated { revision, .. } => Some(correct(revision)),
            LineMark::NotAsked | LineMark::NotHandedOut => None,
        },
    }
}

/// Draws the documents.
pub(super) fn papers_ui(ui: &mut Ui, progress: &Progress, is_editable: bool) -> Option<Action> {
    if progress.papers.is_empty() {
        ui.label(RichText::new(words::NO_PAPERS).color(look::WEAK));
    }
    let mut action = None;
    for paper in &progress.papers {
        let wanted = Frame::new()
            .stroke(Stroke::new(1.0, look::LINE_PALE))
            .corner_radius(6.0)
            .inner_margin(Margin::symmetric(12, 9))
            .show(ui, |ui| {
                ui.set_width(ui.available_width());
                paper_ui(ui, paper, is_editable)
            });
        action = wanted.inner.or(action.take());
        ui.add_space(4.0);
    }
    action
}

fn paper_ui(ui: &mut Ui, paper: &Paper, is_editable: bool) -> Option<Action> {
    let mut action = heading_ui(ui, paper, is_editable);
    for caution in &paper.cautions {
        ui.label(RichText::new(caution).size(look::SMALL).line_height(Some(17.0)).color(look::CAUTION));
    }
    for handout in &paper.handouts {
        ui.label(RichText::new(handout).size(look::SMALL).line_height(Some(17.0)).color(look::WEAK));
    }
    for line in &paper.lines {
        ui.add_space(1.0);
        action = line_ui(ui, paper, line, is_editable).or(action.take());
    }
    action
}

fn heading_ui(ui: &mut Ui, paper: &Paper, is_editable: bool) -> Option<Action> {
    let mut action = None;
    let is_narrow = ui.available_width() < NARROW;
    ui.horizontal_wrapped(|ui| {
        let title = RichText::new(&paper.title).family(look::bold()).color(look::ACCENT);
        if ui.add(egui::Link::new(title)).clicked() {
            action = Some(Action::ShowTab(Tab::Document(paper.at)));
        }
        let colour = if paper.is_out && !paper.is_current { look::CAUTION } else { look::WEAK };
        ui.label(RichText::new(&paper.state).size(look::SMALL).color(colour));
        if !is_narrow {
            let buttons = |ui: &mut Ui| buttons_ui(ui, paper, is_editable);
            action = ui.with_layout(Layout::right_to_left(Align::Center), buttons).inner.or(action.take());
        }
    });
    if is_narrow {
        action = ui.horizontal(|ui| buttons_ui(ui, paper, is_editable)).inner.or(action.take());
    }
    action
}

fn buttons_ui(ui: &mut Ui, paper: &Paper, is_editable: bool) -> Option<Action> {
    look::small(ui, |ui| {
        let hand_out = is_editable && button_ui(ui, &paper.title, words::HAND_OUT);
        let revisions = paper.is_out && button_ui(ui, &paper.title, words::REVISIONS);
        match (hand_out, revisions) {
            (true, _) => Some(Action::HandOut(paper.at)),
            (_, true) => Some(Action::Revisions(paper.at)),
            _ => None,
        }
    })
}

/// A small button that stands once for each of several things.
pub(super) fn button_ui(ui: &mut Ui, of: &str, label: &str) -> bool {
    let button = ui.button(RichText::new(label).size(look::SMALL));
    button.accessible_name(words::button(of, label)).clicked()
}

fn line_ui(ui: &mut Ui, paper: &Paper, line: &Line, is_editable: bool) -> Option<Action> {
    let is_narrow = ui.available_width() < NARROW;
    let mut action = None;
    ui.horizontal_top(|ui| {
        let (mark, _) = ui.allocate_exact_size(vec2(14.0, 16.0), Sense::hover());
        mark_ui(ui, mark.center(), &line.mark);
        if !is_narrow {
            ui.allocate_ui_with_layout(vec2(CAPTION_WIDTH, 16.0), Layout::top_down(Align::Min), |ui| {
                ui.set_width(CAPTION_WIDTH);
                ui.label(&line.caption);
            });
        }
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if let Some((label, wanted)) = line.action.as_ref().filter(|_| is_editable) {
                let name = words::line_of(&paper.title, &line.caption);
                if look::small(ui, |ui| button_ui(ui, &name, label)) {
                    action = Some(wanted.clone());
                }
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| state_ui(ui, line, is_narrow));
        });
    });
    action
}

fn state_ui(ui: &mut Ui, line: &Line, is_narrow: bool) {
    ui.spacing_mut().item_spacing.y = 1.0;
    if is_narrow {
        ui.label(&line.caption);
    }
    let colour = match line.mark {
        LineMark::Outdated { .. } => look::CAUTION,
        LineMark::Awaited { .. } => look::ACCENT,
        LineMark::Signed { .. } => look::TEXT,
        LineMark::NotAsked | LineMark::NotHandedOut => look::WEAK,
    };
    ui.label(RichText::new(&line.state).color(colour));
    if !line.details.is_empty() {
        ui.label(RichText::new(&line.details).size(look::SMALL).color(look::WEAK));
    }
}

/// A tick for what is signed, a ring for what is awaited.
fn mark_ui(ui: &Ui, centre: Pos2, mark: &LineMark) {
    let painter = ui.painter();
    match mark {
        LineMark::Signed { .. } => look::tick(painter, centre, 5.0, Stroke::new(2.0, look::ACCENT)),
        LineMark::Awaited { .. } => drop(painter.circle_stroke(centre, 4.5, Stroke::new(2.0, look::ACCENT))),
        LineMark::Outdated { .. } => drop(painter.circle_stroke(centre, 4.5, Stroke::new(2.0, look::CAUTION))),
        LineMark::NotHandedOut => drop(painter.circle_stroke(centre, 4.5, Stroke::new(1.0, look::LINE))),
        LineMark::NotAsked => {
            let stroke = Stroke::new(1.0, look::LINE);
            painter.hline(centre.x - 4.0..=centre.x + 4.0, centre.y, stroke);
        }
    }
}
