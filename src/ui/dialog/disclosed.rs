//! What of the chosen papers goes to somebody, as the sheets show it on which papers are given away:
//! the pages, what is held back and why, and the words that may tell the diagnosis.
//!
//! Worked out anew only when something else is chosen; the pages are drawn off the thread that draws
//! the window.

use std::collections::BTreeMap;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{FontId, Frame, Link, Margin, RichText, Stroke, Ui};

use crate::messages::{Message, giving as words, share, window};
use crate::model::check::Place;
use crate::model::consent::Denial;
use crate::model::disclosure::{Decision, DisclosedCase, Disclosure, Hit, PlaceName, Request, Why, Withheld, disclose};
use crate::model::form::Party;
use crate::model::revision::{CopyMark, Recipient};
use crate::ui::{Action, look};

use super::page_view::{PageView, Wanted};
use super::parts::{hint_ui, notice_ui, prose};
use super::{Choice, Surroundings};

/// The reasons in the order in which they are told: what is decided here first.
const REASONS: [Why; 6] = [Why::Diagnosis, Why::Decided, Why::Audience, Why::Never, Why::NotOnPaper, Why::Unknown];

/// What goes, with what was decided.
#[derive(Default)]
pub struct Disclosed {
    /// The pages of what goes.
    pub pages: PageView,
    decisions: Vec<Decision>,
    known: Option<Known>,
    /// Counts what was worked out so far.
    count: u64,
}

/// What was asked last, and what came of it.
struct Known {
    asked: Asked,
    outcome: Result<Disclosure, Vec<Withheld>>,
    hits: Vec<HitView>,
    held_back: Vec<Group>,
}

#[derive(PartialEq)]
struct Asked {
    case: u64,
    documents: Vec<usize>,
    to: Party,
    decisions: Vec<Decision>,
    printed: Printed,
}

/// How the pages are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// Whose copy they say that they are.
    pub mark: Option<CopyMark>,
    /// The plan over the months goes along.
    pub with_timeline: bool,
}

/// The words in one field that may tell the diagnosis.
struct HitView {
    place: Place,
    label: String,
    /// What stands there, in pieces; those that are told as `true` are the words.
    pieces: Vec<(String, bool)>,
}

/// What is held back for one reason: for each document the labels of its fields.
struct Group {
    why: &'static str,
    fields: Vec<(String, Vec<String>)>,
}

impl Disclosed {
    /// Works out what goes, unless it is known.
    pub(super) fn update(&mut self, around: &Surroundings<'_>, documents: &[usize], to: Party, printed: Printed) {
        let Some(case) = around.case else { return };
        if self.known.as_ref().is_some_and(|known| known.asked.to != to) {
            // What one may read is not decided for another.
            self.decisions.clear();
        }
        let asked = Asked {
            case: around.revision,
            documents: documents.to_vec(),
            to,
            decisions: self.decisions.clone(),
            printed,
        };
        if self.known.as_ref().is_some_and(|known| known.asked == asked) {
            return;
        }
        let (rules, today) = (&around.rules, around.today);
        let to = Recipient { party: to, name: String::new() };
        let request = Request { case, documents, to: &to, decisions: &self.decisions, rules, today };
        let outcome = disclose(&request);
        let hits = outcome.as_ref().map(|outcome| hits(around, outcome.hits())).unwrap_or_default();
        let held_back = outcome.as_ref().map(|outcome| groups(around, outcome.preview())).unwrap_or_default();
        self.count += 1;
        let has_pages = outcome.is_ok() && !documents.is_empty();
        self.pages.set_content(if has_pages { self.count } else { 0 });
        self.known = Some(Known { asked, outcome, hits, held_back });
    }

    /// What was decided about the words.
    pub(super) fn decisions(&self) -> Vec<Decision> {
        let hits = self.known.as_ref().map_or(&[][..], |known| &known.hits);
        let is_asked = |decision: &&Decision| hits.iter().any(|hit| hit.place == decision.place);
        self.decisions.iter().filter(is_asked).cloned().collect()
    }

    /// Whether something was decided that leaving the sheet would throw away.
    pub(super) fn holds_decisions(&self) -> bool {
        !self.decisions.is_empty()
    }

    /// Everything is to be decided anew.
    pub(super) fn forget_decisions(&mut self) {
        self.decisions.clear();
    }

    /// What is drawn next, if anything is still to be drawn.
    #[must_use]
    pub fn to_draw(&self) -> Option<(Wanted, DisclosedCase, Printed)> {
        let wanted = self.pages.wanted()?;
        let known = self.known.as_ref()?;
        Some((wanted, known.outcome.as_ref().ok()?.preview().clone(), known.asked.printed))
    }

    /// Why nothing goes yet; none where it may.
    pub(super) fn trouble(&self) -> Option<Message> {
        match &self.known.as_ref()?.outcome {
            Err(withheld) => Some(share::withheld(withheld)),
            Ok(_) if self.undecided() > 0 => Some(words::undecided(self.undecided())),
            // Nobody gives away what was not to be seen.
            Ok(_) if !self.pages.is_shown() => Some(words::unseen()),
            Ok(_) => None,
        }
    }

    /// Whether it may go once all is decided.
    pub(super) fn is_allowed(&self) -> bool {
        self.known.as_ref().is_some_and(|known| known.outcome.is_ok())
    }

    /// The consents that it goes under.
    pub(super) fn consents(&self) -> Vec<u32> {
        let disclosure = self.known.as_ref().and_then(|known| known.outcome.as_ref().ok());
        let consents = disclosure.map_or(&[][..], |one| one.preview().consents());
        let mut consents: Vec<u32> = consents.iter().copied().flatten().collect();
        consents.sort_unstable();
        consents.dedup();
        consents
    }

    /// How many fields are still to be decided.
    fn undecided(&self) -> usize {
        let Some(known) = &self.known else { return 0 };
        known.hits.iter().filter(|hit| self.decision(&hit.place).is_none()).count()
    }

    fn decision(&self, place: &Place) -> Option<bool> {
        self.decisions.iter().find(|decision| decision.place == *place).map(|decision| decision.goes)
    }

    fn decide(&mut self, place: &Place, goes: bool) {
        self.decisions.retain(|decision| decision.place != *place);
        self.decisions.push(Decision { place: place.clone(), goes });
    }

    /// The words to decide about.
    pub(super) fn hits_ui(&mut self, ui: &mut Ui) -> Option<Choice> {
        let known = self.known.take()?;
        let mut choice = None;
        if !known.hits.is_empty() {
            heading_ui(ui, words::HITS);
            hint_ui(ui, words::HITS_HINT);
            ui.add_space(2.0);
        }
        for hit in &known.hits {
            choice = self.hit_ui(ui, hit).or(choice.take());
        }
        self.known = Some(known);
        choice
    }

    /// What is held back, and why.
    pub(super) fn held_back_ui(&self, ui: &mut Ui) {
        if let Some(known) = self.known.as_ref().filter(|known| known.outcome.is_ok()) {
            heading_ui(ui, words::HELD_BACK);
            held_back_ui(ui, &known.held_back);
        }
    }

    fn hit_ui(&mut self, ui: &mut Ui, hit: &HitView) -> Option<Choice> {
        let mut choice = None;
        let decision = self.decision(&hit.place);
        let colour = if decision.is_none() { look::CAUTION } else { look::LINE_PALE };
        let frame = Frame::new().stroke(Stroke::new(1.0, colour)).corner_radius(6.0);
        frame.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(prose(&hit.label).family(look::bold()));
            ui.label(excerpt(&hit.pieces));
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 14.0;
                for (label, goes) in [(words::GOES, true), (words::GOES_NOT, false)] {
                    let radio = ui.radio(decision == Some(goes), label);
                    if radio.accessible_name(window::option(&words::hit(&hit.label), label)).clicked() {
                        self.decide(&hit.place, goes);
                    }
                }
                let link = ui.add(Link::new(words::REWRITE));
                if link.accessible_name(window::option(&hit.label, words::REWRITE)).clicked() {
                    choice = Some(Choice::Leave(Box::new(Action::GoTo(hit.place.clone()))));
                }
            });
        });
        ui.add_space(4.0);
        choice
    }

    /// Why it may not go, with what helps.
    pub(super) fn refusal_ui(&self, ui: &mut Ui) -> Option<Choice> {
        let Some(Known { outcome: Err(withheld), .. }) = &self.known else { return None };
        let mut choice = None;
        notice_ui(ui, look::ERROR_PALE, |ui| {
            let mut needs_consent = false;
            for one in withheld {
                ui.label(prose(&share::withheld(std::slice::from_ref(one)).sentences()).color(look::ERROR));
                match one {
                    Withheld::Denied { denial, .. } => needs_consent |= *denial != Denial::Internal,
                    Withheld::Instead { document, form, instead, .. } => {
                        if ui.button(words::make_instead(instead)).clicked() {
                            let (document, form) = (*document, form.clone());
                            choice = Some(Choice::Leave(Box::new(Action::AddInstead { document, form })));
                        }
                    }
                    Withheld::Telling { .. } | Withheld::Unknown { .. } => {}
                }
            }
            if needs_consent && ui.button(crate::messages::sheets::RECORD_CONSENT).clicked() {
                choice = Some(Choice::Open(Box::new(Action::Consent)));
            }
        });
        choice
    }
}

/// The heading of a part of a sheet.
pub(super) fn heading_ui(ui: &mut Ui, words: &str) {
    ui.add_space(10.0);
    ui.label(RichText::new(words).family(look::bold()).color(look::ACCENT));
    ui.add_space(1.0);
}

fn held_back_ui(ui: &mut Ui, groups: &[Group]) {
    if groups.is_empty() {
        ui.label(prose(words::NOTHING_HELD_BACK).color(look::WEAK));
    }
    for group in groups {
        Frame::new().fill(look::QUIET_PALE).corner_radius(6.0).inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 3.0;
            ui.label(group.why);
            for (document, labels) in &group.fields {
                hint_ui(ui, &format!("{document}：{}", labels.join("、")));
            }
        });
        ui.add_space(2.0);
    }
}

/// The words of each place, with the sentences in which they stand.
fn hits(around: &Surroundings<'_>, hits: &[Hit]) -> Vec<HitView> {
    let mut places: Vec<&Hit> = Vec::new();
    for hit in hits {
        if !places.iter().any(|known| known.place == hit.place) {
            places.push(hit);
        }
    }
    let view = |hit: &Hit| {
        let words: Vec<&str> = hits.iter().filter(|one| one.place == hit.place).map(|one| &*one.word).collect();
        let text = around.text_at(&hit.place);
        let (place, label) = (hit.place.clone(), share::place_name(&hit.place, &hit.name));
        HitView { place, label, pieces: pieces(&sentences_with(&text, &words), &words) }
    };
    places.into_iter().map(view).collect()
}

/// The sentences in which one of the words stands; all of them where none is found to the letter.
fn sentences_with(text: &str, words: &[&str]) -> String {
    let found: Vec<&str> = text
        .split_inclusive(['。', '\n'])
        .filter(|sentence| words.iter().any(|word| sentence.contains(word)))
        .map(str::trim)
        .collect();
    if found.is_empty() { text.to_owned() } else { found.join(" … ") }
}

/// A text in pieces, the words told apart from what stands between them.
fn pieces(text: &str, words: &[&str]) -> Vec<(String, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    let next = |rest: &str| {
        let found =
            words.iter().filter(|word| !word.is_empty()).filter_map(|word| Some((rest.find(word)?, word.len())));
        found.min_by_key(|(at, length)| (*at, usize::MAX - length))
    };
    while let Some((at, length)) = next(rest) {
        let (before, found) = rest.split_at(at);
        let (word, after) = found.split_at(length);
        pieces.extend([(before.to_owned(), false), (word.to_owned(), true)]);
        rest = after;
    }
    pieces.push((rest.to_owned(), false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

fn excerpt(pieces: &[(String, bool)]) -> LayoutJob {
    let mut job = LayoutJob::default();
    let plain = TextFormat {
        font_id: FontId::proportional(look::BODY),
        color: look::TEXT,
        line_height: Some(20.0),
        ..TextFormat::default()
    };
    let word = TextFormat {
        font_id: FontId::new(look::BODY, look::bold()),
        background: look::CAUTION_PALE,
        color: look::CAUTION,
        ..plain.clone()
    };
    for (piece, is_word) in pieces {
        job.append(piece, 0.0, if *is_word { word.clone() } else { plain.clone() });
    }
    job
}

/// What is held back, by reason and document. What is empty is not missed.
fn groups(around: &Surroundings<'_>, disclosed: &DisclosedCase) -> Vec<Group> {
    let titles = around.titles();
    let of = |why: Why| {
        let mut fields: BTreeMap<Option<usize>, Vec<String>> = BTreeMap::new();
        for held in disclosed.held_back().iter().filter(|held| held.why == why) {
            let labels = fields.entry(held.place.document).or_default();
            let label = label(&held.name);
            if !labels.contains(&label) && around.is_filled(&held.place) {
                labels.push(label);
            }
        }
        fields.retain(|_, labels| !labels.is_empty());
        let title = |document: Option<usize>| {
            let of_document = document.and_then(|at| titles.get(at).cloned());
            of_document.unwrap_or_else(|| window::SHARED.to_owned())
        };
        let fields: Vec<_> = fields.into_iter().map(|(document, labels)| (title(document), labels)).collect();
        (!fields.is_empty()).then(|| Group { why: share::why(why), fields })
    };
    REASONS.into_iter().filter_map(of).collect()
}

/// A field without its document; a column of a table with it.
fn label(name: &PlaceName) -> String {
    name.column.as_ref().map_or_else(|| name.field.clone(), |column| words::column(&name.field, column))
}
