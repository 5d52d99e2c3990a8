//! A place to work in, and the whole window in it, without a screen: files lie in a temporary
//! folder, questions for files are answered from a queue, the clock is moved by hand.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui::accesskit::Role;
use eframe::egui::{
    DroppedFile, Event, ImeEvent, Key, Modifiers, Ui, Vec2, ViewportCommand, ViewportEvent, ViewportId, vec2,
};
use egui_kittest::kittest::{AccessKitNode, NodeT, Queryable};
use egui_kittest::{Harness, Node};
use ryoritsu::app::{App, Setup};
use ryoritsu::dialogs::{Answer, Dialogs, Question};
use ryoritsu::model::case::Case;
use ryoritsu::model::check::Place;
use ryoritsu::model::value::Value;
use ryoritsu::session::OpenCase;
use ryoritsu::store::case_file::{self, CaseFile};
use ryoritsu::store::directory;
use ryoritsu::store::draft::Drafts;
use ryoritsu::store::settings::Settings;
use ryoritsu::store::template_file::Library;
use ryoritsu::ui::Command;
use tempfile::TempDir;

use crate::common::{library, today};

/// So long a job may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The folders of one user.
pub struct Home {
    folder: TempDir,
}

impl Home {
    /// Nothing was ever done here.
    pub fn new() -> Self {
        let home = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(home.cases()).expect("made");
        fs::create_dir(home.out()).expect("made");
        home
    }

    /// The folder of the cases is chosen already.
    pub fn settled() -> Self {
        let home = Self::new();
        let settings = Settings { last_folder: Some(home.cases()), ..Settings::default() };
        settings.save(&ryoritsu::store::atomic::Disk, &home.settings()).expect("saved");
        home
    }

    pub fn cases(&self) -> PathBuf {
        self.folder.path().join("cases")
    }

    pub fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    pub fn settings(&self) -> PathBuf {
        self.folder.path().join("settings.ron")
    }

    pub fn drafts(&self) -> PathBuf {
        self.folder.path().join("drafts")
    }

    /// Puts a case into the folder of the cases.
    pub fn put(&self, name: &str, case: &Case) -> PathBuf {
        let path = self.cases().join(name);
        case_file::create(&ryoritsu::store::atomic::Disk, &path, case).expect("written");
        path
    }

    /// The drafts that lie beside the cases and in the folder for them.
    pub fn kept_drafts(&self) -> Vec<PathBuf> {
        let files = [self.cases(), self.drafts()].into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
        let files = files.map(|entry| entry.expect("readable").path());
        files.filter(|path| path.extension().is_some_and(|extension| extension == "draft")).collect()
    }

    pub fn look(&self) -> Look<'_> {
        Look { home: self, file: None, library: library(), size: vec2(1280.0, 800.0), density: 1.0, any_glyph: false }
    }

    /// Opens the window at the start page.
    pub fn start(&self) -> Window {
        self.look().open()
    }

    /// Opens the window at a case.
    pub fn open(&self, file: &Path) -> Window {
        let mut window = self.look().at(file).open();
        window.wait("the case to be open", |window| window.app().opened().is_some());
        window
    }
}

/// How the window is opened.
pub struct Look<'a> {
    home: &'a Home,
    file: Option<PathBuf>,
    library: Library,
    size: Vec2,
    density: f32,
    any_glyph: bool,
}

impl Look<'_> {
    pub fn at(mut self, file: &Path) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    pub fn with_library(mut self, library: Library) -> Self {
        self.library = library;
        self
    }

    /// As large as this many pixels, of which so many make a point.
    pub fn with_size(mut self, pixels: Vec2, density: f32) -> Self {
        (self.size, self.density) = (pixels / density, density);
        self
    }

    /// Characters that no font has are drawn as a box; else they end the test.
    pub fn with_any_glyph(mut self) -> Self {
        self.any_glyph = true;
        self
    }

    pub fn open(self) -> Window {
        let dialogs = FakeDialogs::default();
        let (answers, asked) = (Rc::clone(&dialogs.answers), Rc::clone(&dialogs.asked));
        let setup = Setup {
            library: self.library,
            settings: Some(self.home.settings()),
            directory: directory::Paths {
                own: Some(self.home.folder.path().join("directory.ron")),
                shared: Vec::new(),
            },
            drafts: Drafts::in_folder(self.home.drafts()),
            dialogs: Box::new(dialogs),
            today,
            clock: |ctx| ctx.input(|input| input.time),
            file: self.file,
        };
        let mut builder =
            Harness::builder().with_size(self.size).with_pixels_per_point(self.density).with_step_dt(1.0 / 60.0);
        if self.any_glyph {
            builder = builder.allow_missing_glyphs();
        }
        let state = State { setup: Some(setup), app: None };
        let harness = builder.with_max_steps(30).build_ui_state(State::frame, state);
        let mut window = Window { harness, answers, asked };
        window.settle();
        window
    }
}

pub struct State {
    setup: Option<Setup>,
    app: Option<App>,
}

impl State {
    fn frame(ui: &mut Ui, state: &mut Self) {
        if let Some(setup) = state.setup.take() {
            // Its fonts are there from the next frame on.
            state.app = Some(App::new(ui.ctx(), setup));
            ui.ctx().request_repaint();
        } else if let Some(app) = &mut state.app {
            app.poll(ui.ctx());
            app.show(ui);
        }
    }
}

/// Answers in the next frame what the test said it would; what nobody foresaw is cancelled.
#[derive(Default)]
struct FakeDialogs {
    answers: Rc<RefCell<VecDeque<Answer>>>,
    asked: Rc<RefCell<Vec<Question>>>,
    is_open: bool,
}

impl Dialogs for FakeDialogs {
    fn ask(&mut self, question: Question) {
        self.asked.borrow_mut().push(question);
        self.is_open = true;
    }

    fn is_open(&self) -> bool {
        self.is_open
    }

    fn poll(&mut self) -> Option<Answer> {
        std::mem::take(&mut self.is_open).then(|| self.answers.borrow_mut().pop_front().unwrap_or(Answer::Cancelled))
    }
}

/// A file that was dropped onto the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// The open window.
pub struct Window {
    pub harness: Harness<'static, State>,
    answers: Rc<RefCell<VecDeque<Answer>>>,
    asked: Rc<RefCell<Vec<Question>>>,
}

impl Window {
    pub fn app_mut(&mut self) -> &mut App {
        self.harness.state_mut().app.as_mut().expect("the window is up")
    }

    pub fn app(&self) -> &App {
        self.harness.state().app.as_ref().expect("the window is up")
    }

    pub fn case(&self) -> &OpenCase {
        &self.app().opened().expect("a case is open").open
    }

    pub fn value(&self, place: &Place) -> Option<Value> {
        self.case().value(place).cloned()
    }

    /// The text of a shared field.
    pub fn shared(&self, key: &str) -> String {
        let value = self.value(&Place::field(key));
        value.as_ref().and_then(Value::as_text).unwrap_or_default().to_owned()
    }

    /// Draws until nothing moves any more.
    pub fn run(&mut self) {
        self.harness.run();
    }

    /// Draws until something holds, and until nothing moves any more.
    pub fn wait(&mut self, what: &str, holds: impl FnMut(&Self) -> bool) {
        self.wait_until(what, holds);
        self.run();
    }

    fn wait_until(&mut self, what: &str, mut holds: impl FnMut(&Self) -> bool) {
        let since = Instant::now();
        loop {
            self.harness.step();
            if holds(self) {
                break;
            }
            assert!(since.elapsed() < PATIENCE, "waited too long for {what}; told: {:?}", self.told());
            std::thread::sleep(Duration::from_millis(1));
        }
    }

    /// Draws until all jobs are done, and what follows from them.
    pub fn settle(&mut self) {
        self.run();
        self.wait("the jobs to be done", |window| !window.app().is_busy());
        // What was done may have begun something else.
        self.wait("the jobs to be done", |window| !window.app().is_busy());
    }

    /// Lets time go by.
    pub fn advance(&mut self, seconds: f64) {
        let now = self.harness.ctx.input(|input| input.time);
        self.harness.input_mut().time = Some(now + seconds);
        self.harness.step();
        self.harness.input_mut().time = None;
        self.settle();
    }

    /// Draws until the page shows the case as it is.
    pub fn wait_for_page(&mut self) {
        self.wait("the page", |window| {
            let Some(opened) = window.app().opened() else { return false };
            let shown = opened.page.picture().map(|picture| (picture.request.revision, picture.request.at));
            shown == opened.document().map(|at| (opened.open.revision(), at))
        });
    }

    /// The answer to the next question for a file.
    pub fn will_choose(&self, path: &Path) {
        self.answers.borrow_mut().push_back(Answer::Chosen(path.to_owned()));
    }

    pub fn will_answer(&self, answer: Answer) {
        self.answers.borrow_mut().push_back(answer);
    }

    /// The questions for files so far.
    pub fn asked(&self) -> Vec<Question> {
        self.asked.borrow().clone()
    }

    /// The messages that are shown.
    pub fn told(&self) -> Vec<String> {
        self.app().toasts().map(str::to_owned).collect()
    }

    pub fn has_told(&self, part: &str) -> bool {
        self.app().toasts().any(|text| text.contains(part))
    }

    /// Whether words stand anywhere in the window.
    pub fn shows(&self, part: &str) -> bool {
        let has = |text: Option<String>| text.is_some_and(|text| text.contains(part));
        self.harness.root().children_recursive().any(|node| {
            let node = node.accesskit_node();
            has(node.label()) || has(node.value())
        })
    }

    /// The input of this accessible name.
    #[track_caller]
    pub fn input<'a>(&'a self, name: &'a str) -> Node<'a> {
        self.query_input(name).unwrap_or_else(|| panic!("there is no input {name}"))
    }

    pub fn query_input<'a>(&'a self, name: &'a str) -> Option<Node<'a>> {
        let is_text = |role| matches!(role, Role::TextInput | Role::MultilineTextInput | Role::PasswordInput);
        self.harness.query_by(move |node| is_text(node.role()) && node.label().as_deref() == Some(name))
    }

    /// An input or an option, by its name.
    #[track_caller]
    pub fn input_or_option<'a>(&'a self, name: &'a str) -> Node<'a> {
        self.query_input(name).unwrap_or_else(|| self.clickable(name))
    }

    /// What an input shows.
    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        self.input(name).value().unwrap_or_default()
    }

    /// The name of what has the keyboard.
    pub fn focused(&self) -> Option<String> {
        let nodes = self.harness.root().children_recursive();
        let mut focused = nodes.filter(Node::is_focused);
        focused.find_map(|node| node.accesskit_node().label())
    }

    /// Gives the keyboard to an input.
    #[track_caller]
    pub fn focus(&mut self, name: &str) {
        self.input(name).focus();
        self.run();
    }

    /// Types over what an input holds.
    #[track_caller]
    pub fn enter(&mut self, name: &str, text: &str) {
        self.focus(name);
        self.keys(Modifiers::COMMAND, Key::A);
        self.type_text(text);
    }

    pub fn type_text(&mut self, text: &str) {
        self.harness.event(if text.is_empty() {
            Event::Key {
                key: Key::Delete,
                physical_key: None,
                pressed: true,
                repeat: false,
                modifiers: Modifiers::NONE,
            }
        } else {
            Event::Text(text.to_owned())
        });
        self.run();
    }

    pub fn key(&mut self, key: Key) {
        self.keys(Modifiers::NONE, key);
    }

    pub fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.run();
    }

    /// Composes characters without committing them.
    pub fn compose(&mut self, text: &str) {
        self.harness.event(Event::Ime(ImeEvent::Preedit { text: text.to_owned(), active_range_chars: None }));
        self.run();
    }

    /// Commits what was composed, as the systems do: the composition goes first.
    pub fn commit(&mut self, text: &str) {
        self.compose("");
        self.harness.event(Event::Ime(ImeEvent::Commit(text.to_owned())));
        self.run();
    }

    /// Presses a button, or anything else that can be clicked, by its name.
    #[track_caller]
    pub fn press(&mut self, name: &str) {
        self.press_only(name);
        self.settle();
    }

    /// The same while a job goes on.
    #[track_caller]
    pub fn press_only(&mut self, name: &str) {
        self.clickable(name).click_accesskit();
        self.run();
    }

    /// Presses the first button whose name has this in it.
    #[track_caller]
    pub fn press_like(&mut self, part: &str) {
        let has_part = |label: Option<String>| label.is_some_and(|label| label.contains(part));
        let is_meant = |node: &AccessKitNode<'_>| node.role() == Role::Button && has_part(node.label());
        let found = self.harness.query_all_by(is_meant).next().map(|node| node.click_accesskit());
        assert!(found.is_some(), "there is no button with {part}");
        self.settle();
    }

    /// Presses the first option, box, button or link whose name has this in it.
    #[track_caller]
    pub fn press_only_like(&mut self, part: &str) {
        let has_part = |label: Option<String>| label.is_some_and(|label| label.contains(part));
        let can_press = |role| matches!(role, Role::Button | Role::RadioButton | Role::CheckBox | Role::Link);
        let is_meant = |node: &AccessKitNode<'_>| can_press(node.role()) && has_part(node.label());
        let found = self.harness.query_all_by(is_meant).next().map(|node| node.click_accesskit());
        assert!(found.is_some(), "there is nothing to press with {part}");
        self.run();
    }

    #[track_caller]
    fn clickable<'a>(&'a self, name: &'a str) -> Node<'a> {
        let found = self.query_clickable(name);
        found.unwrap_or_else(|| panic!("there is nothing to press called {name}"))
    }

    pub fn query_clickable<'a>(&'a self, name: &'a str) -> Option<Node<'a>> {
        let can_press = |role| matches!(role, Role::Button | Role::RadioButton | Role::CheckBox | Role::Tab);
        let is_named = move |label: Option<String>| label.as_deref() == Some(name);
        self.harness.query_all_by(move |node| can_press(node.role()) && is_named(node.label())).next()
    }

    /// Gives a command by its keys.
    pub fn give(&mut self, command: Command) {
        self.give_only(command);
        self.settle();
    }

    /// The same while a job goes on.
    pub fn give_only(&mut self, command: Command) {
        let keys = command.shortcut().expect("it has a shortcut");
        self.keys(keys.modifiers, keys.logical_key);
    }

    /// Gives a command by its menu.
    #[track_caller]
    pub fn choose(&mut self, menu: &str, command: Command) {
        self.press(menu);
        let label = command.label();
        let found = {
            let is_item = move |name: Option<String>| name.is_some_and(|name| name.starts_with(label));
            let mut items = self.harness.query_all_by(move |node| node.role() == Role::Button && is_item(node.label()));
            items.next_back().map(|item| item.click_accesskit()).is_some()
        };
        assert!(found, "{label} is not in the menu");
        self.settle();
    }

    /// Asks the window to close, as its cross does. Returns whether it does.
    pub fn close(&mut self) -> bool {
        let closes = self.ask_to_close();
        if !closes {
            self.settle();
        }
        closes
    }

    /// The same while a job goes on.
    pub fn ask_to_close(&mut self) -> bool {
        let viewport = self.harness.input_mut().viewports.get_mut(&ViewportId::ROOT).expect("the window");
        viewport.events.push(ViewportEvent::Close);
        self.harness.step();
        !self.commanded(&ViewportCommand::CancelClose)
    }

    /// Draws until the window closes.
    pub fn wait_for_close(&mut self) {
        self.wait_until("the window to close", |window| window.commanded(&ViewportCommand::Close));
    }

    /// Presses a button that may end the program. Returns whether it does.
    pub fn press_to_close(&mut self, name: &str) -> bool {
        self.clickable(name).click_accesskit();
        // Not until nothing moves: the end is asked for in every frame.
        self.wait_until("the answer", |window| !window.app().is_busy() && window.query_clickable(name).is_none());
        self.harness.step();
        self.commanded(&ViewportCommand::Close)
    }

    /// The same while a job goes on: the window has to close.
    #[track_caller]
    pub fn press_only_to_close(&mut self, name: &str) {
        self.clickable(name).click_accesskit();
        self.wait_for_close();
    }

    fn commanded(&self, command: &ViewportCommand) -> bool {
        self.harness.output().viewport_output[&ViewportId::ROOT].commands.contains(command)
    }

    /// Drops a file onto the window.
    pub fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
        self.settle();
    }

    /// Goes to another program and comes back.
    pub fn look_away_and_back(&mut self) {
        self.harness.input_mut().focused = false;
        self.run();
        self.harness.input_mut().focused = true;
        self.settle();
    }
}

/// What is in a file.
pub fn saved(path: &Path) -> Case {
    CaseFile::read(path).expect("a case").case
}
