//! The window: `logic` takes in what jobs and dialogs have done, `ui` draws the views and
//! carries out what they return.
//!
//! - [`opened`]: the open case with all that is seen of it.
//! - [`jobs`]: work off the thread that draws.
//! - `files`: folders, opening, backups.
//! - `saving`: the case into its file.
//! - `drafts`: what is kept before it is saved.
//! - `hand_out`: drafts as PDFs and on paper.
//! - `paperwork`: what is recorded of the papers; `scan`, `revisions`, `log`: what is kept of it.
//! - `disclosed`: the pages of what somebody will get; `share`: papers in one encrypted file;
//!   `reply`: what comes back.
//! - `received`: what somebody sent, filled in and answered.
//! - `asking`: questions for files, and where their answers go.
//! - `commands`: what a command does.
//! - `problems`: the list of problems.
//! - `process`: what is done about the papers of the open case.
//! - `calendar`: what is coming up, for a calendar.
//! - `window`: the window of the system, its size and its end.

mod asking;
mod calendar;
mod commands;
mod disclosed;
mod drafts;
mod files;
mod hand_out;
pub mod jobs;
mod log;
pub mod opened;
pub mod paperwork;
mod problems;
mod process;
mod received;
mod reply;
mod revisions;
mod saving;
mod scan;
mod share;
pub mod start_failure;
pub mod window;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use eframe::egui;
use eframe::egui::{Context, Ui};

use crate::dialogs::{Dialogs, Question};
use crate::messages::{self, Message, window as words};
use crate::model::failure::Failure;
use crate::preview::Worker;
use crate::store::directory::{self, Directory};
use crate::store::draft::Drafts;
use crate::store::settings::Settings;
use crate::store::template_file::{Library, TemplateTrouble};
use crate::ui::Action;
use crate::ui::composition::Composition;
use crate::ui::dialog::{Dialog, Sheet};
use crate::ui::file_dialog::FileDialog;
use crate::ui::look;
use crate::ui::start::{StartPage, start_ui};
use crate::ui::toast::Toasts;

use asking::Purpose;
use jobs::{Jobs, Progress};
use opened::Opened;

/// What the window is made of. Tests put their own folders, dialogs and clock here.
pub struct Setup {
    /// The forms.
    pub library: Library,
    /// Where the settings are kept; none keeps none.
    pub settings: Option<PathBuf>,
    /// Where the hospital's own lists are.
    pub directory: directory::Paths,
    /// Where drafts are kept.
    pub drafts: Drafts,
    /// Who asks for files.
    pub dialogs: Box<dyn Dialogs>,
    /// Today.
    pub today: fn() -> NaiveDate,
    /// The time, in seconds from any moment on. It goes on while the window is out of sight, which
    /// that of egui does not.
    pub clock: fn(&Context) -> f64,
    /// A case to open at once.
    pub file: Option<PathBuf>,
}

/// What comes after the open case is saved or given up.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Then {
    /// Nothing.
    #[default]
    Stay,
    /// The start page.
    Close,
    /// The end of the program.
    Quit,
    /// Another case.
    Open(PathBuf),
    /// A draft of a case that was never saved.
    OpenDraft(PathBuf),
    /// An example.
    Example(&'static str),
    /// A new case.
    New,
    /// The shown document is printed.
    Print,
    /// Something is recorded of the papers.
    Paper(Box<Action>),
    /// What somebody sent, and was opened.
    Received,
}

/// What was asked for while the case was being saved.
#[derive(Clone, Debug, PartialEq)]
enum AfterSave {
    /// Saving once more: something was typed meanwhile.
    Save(Then),
    /// Going on to something else.
    Leave(Then),
}

/// The window.
#[expect(clippy::struct_excessive_bools, reason = "each says something else, and all combine")]
pub struct App {
    /// The forms in use: those of the open case, where it came with its own.
    library: Arc<Library>,
    /// The forms of this program and its user.
    own_library: Arc<Library>,
    settings: Settings,
    settings_path: Option<PathBuf>,
    directory: Directory,
    directory_paths: directory::Paths,
    drafts: Drafts,
    dialogs: Box<dyn Dialogs>,
    /// What the open question for a file is about, the question itself, and of which opening.
    purpose: Option<(Purpose, Question, u64)>,
    own_dialog: Option<FileDialog>,
    start: StartPage,
    opened: Option<Opened>,
    worker: Option<Worker>,
    jobs: Jobs,
    listing: Progress,
    toasts: Toasts,
    dialog: Option<Dialog>,
    /// What waits for the answer of the shown dialog.
    then: Then,
    /// Questions that wait until the shown one is answered.
    questions: VecDeque<(Dialog, Then)>,
    /// What was asked for while the case was being saved.
    after_save: Option<AfterSave>,
    /// The sheet that is being recorded just now.
    acting: Option<Box<Sheet>>,
    /// Where papers were handed out to last.
    last_hand_out: Option<PathBuf>,
    /// What is still to be noted in a log.
    to_note: Vec<jobs::ToNote>,
    /// How many saves were begun so far.
    saves: u64,
    /// The user does not want to wait for what is still being written.
    is_forced: bool,
    clock: fn(&Context) -> f64,
    /// A case that was read and waits for the answer about its draft.
    waiting: Option<Box<jobs::Read>>,
    /// What somebody sent and was opened, until it is shown or taken over.
    incoming: Option<Box<received::Unsealed>>,
    today: fn() -> NaiveDate,
    may_close: bool,
    had_focus: bool,
    /// It was told that typed text is no value.
    tells_unread: bool,
    /// How many cases were opened so far.
    openings: u64,
    title: String,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl App {
    /// Sets the window up.
    #[must_use]
    pub fn new(ctx: &Context, setup: Setup) -> Self {
        look::set(ctx);
        ctx.add_plugin(Composition::default());
        let settings = setup.settings.as_deref().map(Settings::load).unwrap_or_default();
        ctx.set_zoom_factor(settings.zoom);
        let (directory, failures) = Directory::load(&setup.directory);
        let library = Arc::new(setup.library);
        let wake: Arc<dyn Fn() + Send + Sync> = {
            let ctx = ctx.clone();
            Arc::new(move || ctx.request_repaint())
        };
        let worker = {
            let wake = wake.clone();
            Worker::start(move || wake()).ok()
        };
        let mut app = Self {
            own_library: Arc::clone(&library),
            library,
            settings,
            settings_path: setup.settings,
            directory,
            directory_paths: setup.directory,
            drafts: setup.drafts,
            dialogs: setup.dialogs,
            purpose: None,
            own_dialog: None,
            start: StartPage::default(),
            opened: None,
            worker,
            jobs: Jobs::new(wake.clone()),
            listing: Progress::default(),
            toasts: Toasts::default(),
            dialog: None,
            then: Then::Stay,
            questions: VecDeque::new(),
            after_save: None,
            acting: None,
            last_hand_out: None,
            to_note: Vec::new(),
            saves: 0,
            is_forced: false,
            clock: setup.clock,
            waiting: None,
            incoming: None,
            today: setup.today,
            may_close: false,
            had_focus: true,
            tells_unread: false,
            openings: 0,
            title: String::new(),
            wake: wake.clone(),
        };
        for failure in &failures {
            app.tell(failure);
        }
        for trouble in &app.library.troubles.clone() {
            app.tell_template(trouble);
        }
        app.start.folder.clone_from(&app.settings.last_folder);
        app.list_folder();
        if let Some(file) = setup.file {
            app.open_path(file);
        }
        app
    }

    /// The open case.
    #[must_use]
    pub fn opened(&self) -> Option<&Opened> {
        self.opened.as_ref()
    }

    /// The open case, to be changed as if by hand.
    pub fn opened_mut(&mut self) -> Option<&mut Opened> {
        self.opened.as_mut()
    }

    /// The messages that are shown.
    pub fn toasts(&self) -> impl Iterator<Item = &str> {
        self.toasts.texts()
    }

    /// Whether a job is running or a question for a file is open.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.jobs.is_busy() || self.dialogs.is_open()
    }

    /// Takes in what was done meanwhile; called before each frame.
    pub fn poll(&mut self, ctx: &Context) {
        if let Some(picture) = self.worker.as_ref().and_then(Worker::poll)
            && let Some(opened) = &mut self.opened
        {
            if let Some(failure) = &picture.failure {
                self.toasts.trouble(&messages::failure(failure));
            }
            opened.take_picture(ctx, picture);
        }
        while let Some(done) = self.jobs.poll() {
            self.take(ctx, done);
        }
        self.start.loading = self.jobs.is_running(files::LISTING).then(|| self.listing.get());
        if let Some(answer) = self.dialogs.poll() {
            self.answered(answer);
        }
        let is_read = self.opened.as_ref().is_some_and(|opened| opened.open.pending().is_empty());
        if is_read && std::mem::take(&mut self.tells_unread) {
            self.toasts.clear_troubles();
        }
        self.keep_draft(ctx);
        self.watch(ctx);
        self.watch_close(ctx);
    }

    /// Draws the window.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let mut actions = self.keys(&ctx);
        actions.extend(self.menu(ui));
        if let Some(opened) = &mut self.opened {
            actions.extend(opened.ui(ui, &self.library, &self.directory, (self.today)()));
        } else {
            actions.extend(start_ui(ui, &mut self.start, &self.library, &self.settings.recent, (self.today)()));
        }
        self.show_dialog(&ctx);
        actions.extend(self.toasts.ui(&ctx));
        for action in actions {
            self.act(&ctx, action);
        }
        self.ask_for_page();
        self.draw_disclosed();
    }

    /// Asks for the page as it has to look now, unless that is what is shown.
    fn ask_for_page(&mut self) {
        let (Some(worker), Some(opened)) = (&self.worker, &mut self.opened) else { return };
        if let Some(request) = opened.next_request(&self.library, (self.today)()) {
            worker.request(request);
        }
    }

    fn show_dialog(&mut self, ctx: &Context) {
        if let Some(dialog) = &mut self.own_dialog {
            if let Some(answer) = dialog.show(ctx) {
                self.own_dialog = None;
                self.answered(answer);
                self.resume();
            }
            return;
        }
        let Some(mut dialog) = self.dialog.take() else { return };
        let choice = crate::ui::dialog::dialog_ui(ctx, &mut dialog, &self.surroundings());
        match choice {
            None => self.dialog = Some(dialog),
            Some(choice) if choice.stays() => {
                self.dialog = Some(dialog);
                self.chosen_within(choice);
            }
            Some(choice) => {
                self.chosen(ctx, dialog, choice);
                self.next_question();
                self.resume();
            }
        }
    }

    /// Asks the user, after what is being asked already.
    fn question(&mut self, dialog: Dialog, then: Then) {
        if self.dialog.is_some() {
            self.questions.push_back((dialog, then));
        } else {
            self.dialog = Some(dialog);
            self.then = then;
        }
    }

    /// Shows what waits behind the dialog that is gone.
    fn next_question(&mut self) {
        if self.dialog.is_none()
            && let Some((dialog, then)) = self.questions.pop_front()
        {
            self.question(dialog, then);
        }
    }

    /// The case is closed: nothing that was asked about it is recorded in the next one, and its
    /// papers' folder, perhaps a company's, gets no paper of another patient.
    fn drop_dialogs(&mut self) {
        self.acting = None;
        self.last_hand_out = None;
        self.questions.retain(|(dialog, _)| !dialog.is_about_case());
        if self.dialog.as_ref().is_some_and(Dialog::is_about_case) {
            self.dialog = None;
            self.then = Then::Stay;
            self.next_question();
        }
    }

    /// A dialog is gone: typing goes on where it was.
    fn resume(&mut self) {
        if let Some(opened) = self.opened.as_mut().filter(|_| self.dialog.is_none() && self.own_dialog.is_none()) {
            opened.typing.resume();
        }
    }

    /// A job broke off: the dialog that waits for it waits no longer.
    fn broken_off(&mut self, ctx: &Context, job: &str) {
        match job {
            disclosed::DRAWING => self.not_drawn(ctx),
            reply::OPENING => self.reply_unread(),
            received::UNSEALING => self.not_unsealed(),
            _ => {}
        }
    }

    fn tell(&mut self, failure: &Failure) {
        self.toasts.trouble(&Self::message(failure));
    }

    /// A failure in words, with the file that it is about.
    fn message(failure: &Failure) -> Message {
        let mut message = messages::failure(failure);
        let path = failure.path().filter(|path| !path.as_os_str().is_empty());
        match (path, failure) {
            (Some(path), Failure::Text { position, .. }) => {
                message.what = words::in_file(path, *position, &message.what);
            }
            (Some(path), _) => message.what = format!("{}\n{}", path.display(), message.what),
            (None, _) => {}
        }
        message
    }

    fn tell_template(&mut self, trouble: &TemplateTrouble) {
        match trouble {
            TemplateTrouble::Unreadable(failure) => self.tell(failure),
            TemplateTrouble::Wrong { path, position, what } => {
                let mut message = messages::template(what);
                message.what = words::in_file(path, *position, &message.what);
                self.toasts.trouble(&message);
            }
        }
    }

    fn folder(&self) -> Option<&Path> {
        let open = self.opened.as_ref().map(|opened| &opened.open);
        let path = open.and_then(|open| open.path().or_else(|| Some(open.package()?.path.as_path())));
        let of_case = path.and_then(Path::parent);
        of_case.or(self.settings.last_folder.as_deref())
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.poll(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        look::PANEL.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.save_settings();
    }
}
