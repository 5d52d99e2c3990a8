//! The open case with all that is seen of it: both sides, the list of problems, the words for
//! its places.

use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui::{Context, CursorIcon, Frame, Margin, Panel, Popup, Rect, RichText, Sense, Ui, UiBuilder, vec2};

use crate::messages::{self, window};
use crate::model::case::Case;
use crate::model::check::{CASE_NUMBER, Place, SUBSTITUTES, What};
use crate::model::form::{Form, Meaning};
use crate::model::value::Value;
use crate::preview::{Picture, Request};
use crate::session::{Access, OpenCase};
use crate::store::directory::Directory;
use crate::store::lock::Lock;
use crate::store::template_file::Library;
use crate::ui::entry_side::{EntrySide, entry_side_ui};
use crate::ui::field::Entry;
use crate::ui::page_side::PageSide;
use crate::ui::problem_list::ProblemList;
use crate::ui::progress::{Progress, Source, strip::strip_ui};
use crate::ui::received::{Banner, received_ui};
use crate::ui::typing::Typing;
use crate::ui::{Action, Tab, look};

/// Below this width there is room for one side only, in pt.
const NARROW: f32 = 780.0;
/// The share of the width that the entry side takes at most.
const MOST: f32 = 0.56;
/// The least width of a side, in pt.
const LEAST: f32 = 300.0;

/// The open case.
#[expect(clippy::struct_excessive_bools, reason = "each says something else, and all combine")]
pub struct Opened {
    /// The case.
    pub open: OpenCase,
    /// Which field has the keyboard.
    pub typing: Typing,
    /// The page.
    pub page: PageSide,
    /// What the entry side shows.
    pub tab: Tab,
    /// What is shown of the problems.
    pub problem_list: ProblemList,
    /// Where there is room for one side only: the page is shown.
    pub shows_page: bool,
    /// The width of the entry side, in pt.
    pub entry_width: f32,
    /// The content was begun with an older file than the one that is there.
    pub is_outdated: bool,
    /// What the draft on disk is of.
    pub draft: DraftState,
    /// Counts the cases that were opened: a page of another one is not shown.
    opening: u64,
    /// A menu or a calendar was open in the last frame.
    has_menu: bool,
    /// There is room for one side only.
    pub is_narrow: bool,
    /// The document on the page while shared data is entered.
    last_document: usize,
    asked: Option<Request>,
    /// The case as the preview got it, and of which revision.
    snapshot: Option<(u64, Arc<Case>)>,
    changed: Option<(u64, bool)>,
    /// How far the case has come, and of which revision and day.
    progress: Option<(u64, NaiveDate, Arc<Progress>)>,
    /// The step that is looked at; none for the one that the case stands at.
    step: Option<u8>,
}

/// What the draft on disk is of.
#[derive(Default)]
pub struct DraftState {
    /// There is one.
    pub exists: bool,
    /// The newest revision that was seen, and when, in seconds.
    pub seen: (u64, f64),
    /// No new try before this time, in seconds.
    pub not_before: f64,
    /// Since when there is something that is in no draft, in seconds.
    pub since: Option<f64>,
    /// The place of a case that was never saved is this program's.
    pub lock: Option<Lock>,
    /// It could not be written, and that was told.
    pub told: bool,
}

impl Opened {
    /// A case that was just opened.
    #[must_use]
    pub fn new(open: OpenCase, entry_width: f32, opening: u64) -> Self {
        // Once papers are out, what matters is who is awaited.
        let is_out = open.case().documents.iter().any(|document| document.latest().is_some());
        let tab = match open.package() {
            Some(_) => Tab::Document(0),
            None if is_out => Tab::Progress,
            None => Tab::Shared,
        };
        let mut typing = Typing::default();
        let page = match open.package() {
            Some(received) => {
                // There is but one thing to do.
                typing.focus_first();
                PageSide::filling(received.to_fill().clone())
            }
            None => PageSide::default(),
        };
        Self {
            opening,
            has_menu: false,
            is_narrow: false,
            open,
            typing,
            page,
            tab,
            problem_list: ProblemList::default(),
            shows_page: false,
            entry_width,
            is_outdated: false,
            draft: DraftState::default(),
            last_document: 0,
            asked: None,
            snapshot: None,
            changed: None,
            progress: None,
            step: None,
        }
    }

    /// Whether something would be lost by closing it now. Asked in every frame, so it is kept.
    pub fn is_changed(&mut self) -> bool {
        let revision = self.open.revision();
        match self.changed {
            Some((known, is_changed)) if known == revision => is_changed,
            _ => {
                let is_changed = self.open.is_changed();
                self.changed = Some((revision, is_changed));
                is_changed
            }
        }
    }

    /// The case was saved: whether it is changed has to be found out anew.
    pub fn forget_changed(&mut self) {
        self.changed = None;
    }

    /// The document on the page: that of the tab, in the tab of the progress that of the step.
    #[must_use]
    pub fn document(&self) -> Option<usize> {
        let count = self.open.case().documents.len();
        let shown = self.tab.document().or_else(|| self.document_of_step()).unwrap_or(self.last_document);
        Some(shown).filter(|at| *at < count).or((count > 0).then_some(0))
    }

    /// The document of the step that the tab of the progress shows.
    fn document_of_step(&self) -> Option<usize> {
        let (_, _, progress) = self.progress.as_ref().filter(|_| self.tab == Tab::Progress)?;
        progress.step(self.step.unwrap_or_else(|| progress.current_step()))?.document
    }

    /// Shows a tab; the first field gets the keyboard.
    pub fn show_tab(&mut self, tab: Tab) {
        let is_gone = tab.document().is_some_and(|at| at >= self.open.case().documents.len());
        self.tab = match (if is_gone { Tab::Shared } else { tab }, self.open.is_own()) {
            // What somebody sent is its papers, and nothing beside them.
            (Tab::Shared | Tab::Progress, false) => Tab::Document(self.last_document),
            (tab, _) => tab,
        };
        if self.tab != Tab::Progress {
            self.step = None;
            self.typing.focus_first();
        }
        if let Some(at) = self.tab.document() {
            self.last_document = at;
        }
    }

    /// How far the case has come. Asked in every frame, so it is kept.
    pub fn progress(&mut self, library: &Library, today: NaiveDate) -> Arc<Progress> {
        let revision = self.open.revision();
        match &self.progress {
            Some((known, day, progress)) if (*known, *day) == (revision, today) => Arc::clone(progress),
            _ => {
                let (forms, people, process) = (&library.forms, &library.people, &library.process);
                let source = Source { case: self.open.case(), forms, people, process, today };
                let progress = Arc::new(Progress::of(&source));
                self.progress = Some((revision, today, Arc::clone(&progress)));
                progress
            }
        }
    }

    /// Shows a step: its document, or in the tab of the progress, or where it has none, its picture.
    pub fn show_step(&mut self, step: u8, library: &Library, today: NaiveDate) {
        let document = self.progress(library, today).step(step).and_then(|step| step.document);
        self.shows_page = false;
        match document {
            Some(at) if self.tab != Tab::Progress => self.show_tab(Tab::Document(at)),
            _ => {
                self.step = Some(step);
                self.show_tab(Tab::Progress);
            }
        }
    }

    /// Goes to a field, on the tab where it is.
    pub fn go_to(&mut self, place: &Place, library: &Library) {
        if place.document.is_some() {
            self.show_tab(Tab::of(place.document));
        } else if self.open.is_own() && !self.tab_has(place, library) {
            self.tab = Tab::Shared;
        }
        self.shows_page = false;
        if !place.field.is_empty() && !self.open.is_fixed(place) {
            self.typing.focus(self.first_input(place, library));
        }
    }

    fn tab_has(&self, place: &Place, library: &Library) -> bool {
        let document = self.tab.document().and_then(|at| self.open.case().documents.get(at));
        let form = document.and_then(|document| library.forms.get(&document.form));
        form.is_some_and(|form| form.field(&place.field).is_some())
    }

    /// A table as a whole has no input: its first cell has.
    fn first_input(&self, place: &Place, library: &Library) -> Place {
        let form = place.document.and_then(|at| self.open.case().documents.get(at));
        let form = form.and_then(|document| library.forms.get(&document.form));
        let field = form.and_then(|form| form.field(&place.field)).or_else(|| library.people.field(&place.field));
        match (field.and_then(|field| field.columns().first()), &place.cell) {
            (Some(column), None) => Place { cell: Some((0, column.key.clone())), ..place.clone() },
            _ => place.clone(),
        }
    }

    /// The patient's name, or the case number.
    #[must_use]
    pub fn name(&self, library: &Library) -> String {
        let case = self.open.case();
        let name = library.people.field_meaning(Meaning::PatientName).and_then(|field| case.people.get(&field.key));
        let name = name.and_then(Value::as_text).map(str::trim).unwrap_or_default();
        if name.is_empty() { case.number.clone() } else { format!("{name}（{}）", case.number) }
    }

    /// How a place is called: the document and the field.
    #[must_use]
    pub fn place_name(&self, place: &Place, library: &Library) -> String {
        let document = place.document.and_then(|at| self.open.case().documents.get(at));
        let form = document.and_then(|document| library.forms.get(&document.form));
        let title = form.map(|form| form.short_title.as_str()).or(document.map(|document| document.form.as_str()));
        let field = match form {
            Some(form) => form.field(&place.field),
            None => library.people.field(&place.field),
        };
        let label = match (field, place.field.as_str()) {
            (Some(field), _) => field.label.as_str(),
            (None, CASE_NUMBER) => window::CASE_NUMBER,
            (None, SUBSTITUTES) => window::SUBSTITUTES,
            (None, key) => key,
        };
        let column = place.cell.as_ref().and_then(|(_, key)| field?.column(key));
        let is_detail = place.cell.is_some() && field.is_some_and(|field| field.columns().is_empty());
        let place = Place { cell: place.cell.clone().filter(|_| !is_detail), ..place.clone() };
        messages::place(&place, title, label, column.map(|column| column.label.as_str()))
    }

    /// What undoing or redoing would do; none where there is nothing.
    #[must_use]
    pub fn undo_name(&self, library: &Library, is_redo: bool) -> Option<String> {
        let history = self.open.history();
        let (change, place) = if is_redo { history.next_redo() } else { history.next_undo() }?;
        Some(messages::undo::name(change, &self.place_name(place, library), is_redo))
    }

    /// Escape closes a menu or a calendar: typing goes on where it was.
    fn resume_after_menu(&mut self, ui: &Ui) {
        let is_open = Popup::is_any_open(ui.ctx());
        let was_open = std::mem::replace(&mut self.has_menu, is_open);
        if was_open && !is_open && ui.memory(|memory| memory.focused().is_none()) {
            self.typing.resume();
        }
    }

    /// Draws both sides, or the one that there is room for.
    pub fn ui(&mut self, ui: &mut Ui, library: &Library, directory: &Directory, today: NaiveDate) -> Vec<Action> {
        let mut actions = Vec::new();
        let now = ui.input(|input| input.time);
        self.typing.begin(&mut self.open, now);
        self.resume_after_menu(ui);
        self.banner_ui(ui);
        if self.open.is_own() {
            let progress = self.progress(library, today);
            let shown = Some(self.step).filter(|_| self.tab == Tab::Progress).flatten();
            actions.extend(strip_ui(ui, &progress, shown, self.open.is_editable()));
        } else {
            actions.extend(self.received_ui(ui));
        }
        let is_narrow = ui.available_width() < NARROW;
        self.is_narrow = is_narrow;
        if is_narrow {
            actions.extend(self.sides_ui(ui));
        }
        Panel::bottom("problems").frame(Frame::new()).show(ui, |ui| {
            actions.extend(self.problems_ui(ui, library, today));
        });
        if !is_narrow {
            let most = (ui.available_width() * MOST).max(LEAST);
            let panel = Panel::left("entry")
                .resizable(false)
                .exact_size(self.entry_width.clamp(LEAST, most))
                .frame(Frame::new().fill(look::PANEL));
            let shown = panel.show(ui, |ui| {
                // What is too wide for the side is cut off, and does not push the border along.
                let room = ui.max_rect();
                let mut inside = ui.new_child(UiBuilder::new().max_rect(room));
                inside.shrink_clip_rect(room);
                ui.expand_to_include_rect(room);
                self.entry_ui(&mut inside, library, directory, today)
            });
            actions.extend(shown.inner);
            actions.extend(self.page_ui(ui, library));
            // After both sides, so that it lies on top of them.
            self.border_ui(ui, shown.response.rect, most);
        } else if self.shows_page {
            actions.extend(self.page_ui(ui, library));
        } else {
            actions.extend(self.entry_ui(ui, library, directory, today));
        }
        actions
    }

    /// The border between the sides, to be dragged. The width is remembered as it was chosen, also
    /// while a larger zoom has no room for it.
    fn border_ui(&mut self, ui: &mut Ui, side: Rect, most: f32) {
        let border = Rect::from_x_y_ranges(side.right() - 4.0..=side.right() + 4.0, side.y_range());
        let response = ui.interact(border, ui.scope_id().with("border"), Sense::DRAG);
        if response.dragged() {
            self.entry_width = (self.entry_width.min(most) + response.drag_delta().x).clamp(LEAST, most);
        }
        let is_held = response.hovered() || response.dragged();
        let colour = if is_held { look::ACCENT } else { look::LINE };
        let middle = side.right_center();
        let grip = Rect::from_center_size(middle, vec2(3.0, 36.0));
        ui.painter().rect_filled(grip, 1.5, colour);
        response.on_hover_cursor(CursorIcon::ResizeHorizontal);
    }

    /// Why the case cannot be changed, or not saved in its place.
    fn banner_ui(&self, ui: &mut Ui) {
        let (Access::ReadOnly(failure) | Access::SaveElsewhere(failure)) = self.open.access() else { return };
        let message = messages::failure(failure);
        let words = match self.open.access() {
            Access::ReadOnly(_) => format!("{}：{}", window::READ_ONLY, message.sentences()),
            _ => window::save_elsewhere(&message.what),
        };
        Panel::top("banner")
            .frame(Frame::new().fill(look::CAUTION_PALE).inner_margin(Margin::symmetric(14, 6)))
            .show(ui, |ui| drop(ui.label(RichText::new(words).color(look::CAUTION))));
    }

    /// What stands above a case that came in a package.
    fn received_ui(&mut self, ui: &mut Ui) -> Option<Action> {
        let is_changed = self.is_changed();
        let received = self.open.package()?;
        let to = messages::record::recipient(&received.manifest.to);
        let missing = self.page.problems().iter().filter(|problem| problem.what == What::Needed).count();
        received_ui(ui, &Banner { received, missing, is_changed, to })
    }

    fn sides_ui(&mut self, ui: &mut Ui) -> Option<Action> {
        Panel::top("sides").frame(Frame::new().inner_margin(Margin::symmetric(14, 4))).show(ui, |ui| {
            ui.horizontal(|ui| {
                for (title, is_page) in [(window::ENTRY, false), (window::PAGE, true)] {
                    if ui.selectable_label(self.shows_page == is_page, title).clicked() {
                        self.shows_page = is_page;
                    }
                }
            });
        });
        None
    }

    fn entry_ui(&mut self, ui: &mut Ui, library: &Library, directory: &Directory, today: NaiveDate) -> Option<Action> {
        let progress = self.progress(library, today);
        let side = EntrySide {
            forms: &library.forms,
            people: &library.people,
            tab: self.tab,
            directory,
            step: self.step.unwrap_or_else(|| progress.current_step()),
            progress: &progress,
        };
        let now = ui.input(|input| input.time);
        let forms: Vec<&Form> =
            self.open.case().documents.iter().filter_map(|document| library.forms.get(&document.form)).collect();
        // On a paper itself everything is printed.
        let is_of_paper = self.tab.document().is_some() || forms.is_empty();
        let is_printed =
            |key: &str| is_of_paper || key == CASE_NUMBER || forms.iter().any(|form| form.field(key).is_some());
        let grown = if self.tab.document().is_some() { self.page.grown() } else { Vec::new() };
        let mut entry = Entry {
            open: &mut self.open,
            typing: &mut self.typing,
            problems: self.page.problems(),
            is_printed: &is_printed,
            grown: &grown,
            today,
            now,
        };
        entry_side_ui(ui, &side, &mut entry)
    }

    fn page_ui(&mut self, ui: &mut Ui, library: &Library) -> Option<Action> {
        let document = self.document();
        let focused = self.typing.focused().cloned();
        let mut page = std::mem::take(&mut self.page);
        let may_hand_out = self.open.is_editable() && self.open.is_own() && self.open.case().closing().is_none();
        let name = |place: &Place| self.place_name(place, library);
        let action = page.ui(ui, document, focused.as_ref(), may_hand_out, &name);
        self.page = page;
        action
    }

    /// Takes over a page that was drawn, unless it is one of a case that was open before.
    pub fn take_picture(&mut self, ctx: &Context, mut picture: Picture) {
        if picture.request.opening == self.opening {
            // What others have to mend is no matter of who received it.
            picture.problems.retain(|problem| !self.open.is_fixed(&problem.place));
            self.page.take(ctx, picture);
        }
    }

    /// The request for the page as it has to look now, unless it was asked for already.
    pub fn next_request(&mut self, library: &Arc<Library>, today: NaiveDate) -> Option<Request> {
        let at = self.document()?;
        let (width, pages) = self.page.wanted().clone();
        let revision = self.open.revision();
        let case = match &self.snapshot {
            Some((known, case)) if *known == revision => Arc::clone(case),
            _ => {
                let case = Arc::new(self.open.case().clone());
                self.snapshot = Some((revision, Arc::clone(&case)));
                case
            }
        };
        // The page is out of sight: its problems are wanted all the same.
        let (library, opening, width) = (Arc::clone(library), self.opening, width.max(1));
        let request = Request { library, case, opening, revision, at, today, width, pages };
        if self.asked.as_ref().is_some_and(|asked| asked.is_same(&request)) {
            return None;
        }
        self.asked = Some(request.clone());
        Some(request)
    }
}
