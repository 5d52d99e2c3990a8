//! The figures that the window is held to: from a keystroke to the new page, the time that a frame
//! takes, the list of 10,000 cases, memory.
//!
//! Runs the window without a screen; what the graphics driver adds is not in the figures.
//! `cargo bench --bench window`

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use eframe::egui::{Context, Event, Pos2, RawInput, Rect, vec2};

use ryoritsu::app::{App, Setup};
use ryoritsu::dialogs::{Answer, Dialogs, Question};
use ryoritsu::model::check::Place;
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::draft::Drafts;
use ryoritsu::store::settings::Settings;
use ryoritsu::store::template_file::Library;
use ryoritsu::store::{case_file, directory, new_case};
use ryoritsu::ui::Tab;

/// Keystrokes that are measured.
const KEYSTROKES: usize = 200;
/// Cases in the large folder.
const CASES: usize = 10_000;

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    typing(folder.path());
    many_cases(folder.path());
    memory();
}

/// Nobody asks for files here.
struct Silent;

impl Dialogs for Silent {
    fn ask(&mut self, _question: Question) {}

    fn is_open(&self) -> bool {
        false
    }

    fn poll(&mut self) -> Option<Answer> {
        None
    }
}

/// A window without a screen.
struct Window {
    ctx: Context,
    app: App,
    time: f64,
    frames: Vec<Duration>,
}

impl Window {
    fn new(folder: &Path, file: Option<&Path>) -> Self {
        let ctx = Context::default();
        let setup = Setup {
            library: Library::built_in().expect("right"),
            settings: Some(folder.join("settings.ron")),
            directory: directory::Paths::default(),
            drafts: Drafts::in_folder(folder.join("drafts")),
            dialogs: Box::new(Silent),
            today: || NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day"),
            clock: |ctx| ctx.input(|input| input.time),
            file: file.map(Path::to_owned),
        };
        let app = App::new(&ctx, setup);
        Self { ctx, app, time: 0.0, frames: Vec::new() }
    }

    /// One frame with these events, from input to triangles.
    fn frame(&mut self, events: Vec<Event>) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 720.0))),
            time: Some(self.time),
            focused: true,
            events,
            ..RawInput::default()
        };
        let start = Instant::now();
        self.app.poll(&self.ctx);
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| app.show(ui));
        let shapes = std::mem::take(&mut output.shapes);
        let triangles = self.ctx.tessellate(shapes, output.pixels_per_point);
        self.frames.push(start.elapsed());
        drop(triangles);
    }

    /// Frames until something holds.
    fn until(&mut self, what: &str, mut holds: impl FnMut(&App) -> bool) {
        let start = Instant::now();
        while !holds(&self.app) {
            assert!(start.elapsed() < Duration::from_mins(1), "waited in vain for {what}");
            std::thread::sleep(Duration::from_millis(1));
            self.frame(Vec::new());
        }
    }
}

/// From a keystroke to the page that shows it, in C7 at 1280×720.
fn typing(folder: &Path) {
    let path = folder.join("R8-0007.ron");
    let case = new_case::example("c7").expect("built in");
    case_file::create(&Disk, &path, &case).expect("written");
    let mut window = Window::new(folder, Some(&path));
    window.until("the case", |app| app.opened().is_some());
    let field = Place { document: Some(0), field: "treatment_status".to_owned(), cell: None };
    let opened = window.app.opened_mut().expect("open");
    opened.show_tab(Tab::Document(0));
    opened.typing.focus(field.clone());
    window.until("the keyboard", |app| app.opened().is_some_and(|opened| opened.typing.focused() == Some(&field)));
    window.until("the page", |app| app.opened().is_some_and(|opened| opened.page.picture().is_some()));
    let mut times = Vec::new();
    window.frames.clear();
    for _ in 0..KEYSTROKES {
        let start = Instant::now();
        window.frame(vec![Event::Text("症".to_owned())]);
        let revision = window.app.opened().expect("open").open.revision();
        window.until("the new page", |app| {
            let picture = app.opened().and_then(|opened| opened.page.picture());
            picture.is_some_and(|picture| picture.request.revision == revision)
        });
        times.push(start.elapsed());
    }
    row("keystroke to the new page, 95 %", nth(&mut times, 95), "< 100 ms");
    row("keystroke to the new page, median", nth(&mut times, 50), "");
    let mut frames = std::mem::take(&mut window.frames);
    row("frame while typing, 95 %", nth(&mut frames, 95), "< 16 ms");
    row("frame while typing, median", nth(&mut frames, 50), "");
}

/// Opens the window on the start page.
fn opened(folder: &Path, when: &str, wanted: &str) -> Window {
    let start = Instant::now();
    let mut window = Window::new(folder, None);
    window.until("the list", |app| !app.is_busy());
    window.frame(Vec::new());
    row(&format!("start page over {CASES} cases, {when}"), start.elapsed(), wanted);
    window
}

/// Makes the files of a folder an hour old.
fn settle(folder: &Path) {
    let old = std::time::SystemTime::now() - Duration::from_hours(1);
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let file = std::fs::File::options().write(true).open(entry.expect("a file").path()).expect("writable");
        file.set_modified(old).expect("set");
    }
}

/// The start page over many cases: read, searched, scrolled.
fn many_cases(folder: &Path) {
    let cases = folder.join("cases");
    std::fs::create_dir(&cases).expect("made");
    let mut case = new_case::example("c7").expect("built in");
    for number in 0..CASES {
        case.number = format!("R8-{number:05}");
        let text = ryoritsu::store::ron_text::write(&case).expect("written");
        std::fs::write(cases.join(format!("{}.ron", case.number)), text).expect("written");
    }
    let settings = Settings { last_folder: Some(cases.clone()), ..Settings::default() };
    settings.save(&Disk, &folder.join("settings.ron")).expect("written");
    drop(opened(folder, "first open", "< 3000 ms"));
    // Files that were just changed are read again every time; most are older.
    settle(&cases);
    drop(opened(folder, "first open of older files", "< 3000 ms"));
    let mut window = opened(folder, "later", "< 300 ms");
    window.frames.clear();
    window.frame(vec![Event::PointerMoved(Pos2::new(500.0, 400.0))]);
    for _ in 0..100 {
        let wheel = Event::MouseWheel {
            unit: eframe::egui::MouseWheelUnit::Point,
            delta: vec2(0.0, -300.0),
            phase: eframe::egui::TouchPhase::Move,
            source: eframe::egui::MouseWheelSource::Wheel,
            modifiers: eframe::egui::Modifiers::NONE,
        };
        window.frame(vec![wheel]);
    }
    let mut frames = std::mem::take(&mut window.frames);
    row("frame while scrolling it, 95 %", nth(&mut frames, 95), "< 16 ms");
    window.frame(vec![key(eframe::egui::Key::F, eframe::egui::Modifiers::COMMAND)]);
    window.frame(Vec::new());
    window.frames.clear();
    for letter in "はやさか0077".chars() {
        window.frame(vec![Event::Text(letter.to_string())]);
        window.frame(Vec::new());
    }
    let mut frames = std::mem::take(&mut window.frames);
    row("frame while searching it, longest", nth(&mut frames, 100), "< 16 ms");
}

fn key(key: eframe::egui::Key, modifiers: eframe::egui::Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

/// The most memory that this process had, the harness included.
fn memory() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(line) = status.lines().find(|line| line.starts_with("VmHWM")) {
        println!("memory, at most: {}", line.trim_start_matches("VmHWM:").trim());
    }
}

/// The time that so many of a hundred stay below.
fn nth(times: &mut [Duration], of_hundred: usize) -> Duration {
    times.sort();
    times[((times.len() * of_hundred).div_ceil(100)).clamp(1, times.len()) - 1]
}

fn row(name: &str, time: Duration, wanted: &str) {
    println!("{name:<58}{:>9.2} ms{wanted:>14}", time.as_secs_f64() * 1000.0);
}
