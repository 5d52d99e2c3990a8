//! What a command does, and when it can be given.

use std::path::Path;

use eframe::egui::{Context, Key, Modifiers, Ui};

use crate::dialogs::Question;
use crate::messages::{command as words, done, received, window};
use crate::model::failure::Failure;
use crate::model::value::Values;
use crate::print;
use crate::session::{Access, Received};
use crate::store::atomic::Disk;
use crate::store::directory::{self, Directory};
use crate::store::settings::{ZOOM, ZOOM_STEP};
use crate::ui::composition::Composition;
use crate::ui::dialog::{Choice, Dialog};
use crate::ui::menu::{Menu, menu_ui};
use crate::ui::{Action, Command, Tab};

use super::jobs::Done;
use super::opened::Opened;
use super::{App, Purpose, Then};

impl App {
    /// Whether a command can be given now.
    pub(super) fn is_possible(&self, command: Command) -> bool {
        let open = self.opened.as_ref();
        if let Some(received) = open.and_then(|opened| opened.open.package())
            && !is_for_received(command, received)
        {
            return false;
        }
        match command {
            Command::NewCase
            | Command::Open
            | Command::OpenReceived
            | Command::ChooseFolder
            | Command::Quit
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::ZoomReset
            | Command::Directory
            | Command::Help
            | Command::Licenses => true,
            Command::Find => open.is_none(),
            Command::ExportReceived => open.is_some_and(|opened| !opened.open.is_own()),
            // A calendar with some cases left out would look as if nothing were due in them.
            Command::Calendar => {
                let is_read = self.start.loading.is_none() && self.start.is_complete();
                open.is_none() && is_read && !self.start.listed().is_empty()
            }
            Command::Refresh => open.is_none() && self.start.folder.is_some(),
            Command::Save => open.is_some_and(|opened| !matches!(opened.open.access(), Access::ReadOnly(_))),
            Command::Backups => open.is_some_and(|opened| opened.open.path().is_some() && opened.open.is_editable()),
            Command::Undo => open.is_some_and(|opened| opened.open.history().next_undo().is_some()),
            Command::Redo => open.is_some_and(|opened| opened.open.history().next_redo().is_some()),
            Command::SaveAs
            | Command::CloseCase
            | Command::ExportDocument
            | Command::ExportAll
            | Command::ExportTogether
            | Command::ExportEmpty
            | Command::Print
            | Command::NextTab
            | Command::PreviousTab
            | Command::NextProblem
            | Command::Problems
            | Command::Consents
            | Command::Log => open.is_some(),
            // A closed case is reopened first.
            Command::HandOut | Command::Share | Command::Sign => open.is_some_and(|one| {
                one.open.is_editable() && one.open.case().closing().is_none() && one.document().is_some()
            }),
            Command::Revisions => open.is_some_and(|opened| opened.document().is_some()),
            Command::TakeReply | Command::HandOver | Command::EndCase => {
                open.is_some_and(|one| one.open.is_editable() && one.open.case().closing().is_none())
            }
            Command::Reopen => open.is_some_and(|one| one.open.is_editable() && one.open.case().closing().is_some()),
            Command::SwapSides => open.is_some_and(|opened| opened.is_narrow),
        }
    }

    /// The menus.
    pub(super) fn menu(&mut self, ui: &mut Ui) -> Option<Action> {
        let is_saving = self.is_saving();
        let status = self.opened.as_mut().map(|opened| {
            if let Some(has_reply) = opened.open.package().map(|received| received.reply.is_some()) {
                return (opened.name(&self.library), received::state(has_reply, opened.is_changed()));
            }
            let is_unsaved = opened.open.path().is_none() || opened.is_changed();
            let state = match (opened.open.is_editable(), is_unsaved) {
                _ if is_saving => window::SAVING,
                (false, _) => window::READ_ONLY,
                (true, true) => window::UNSAVED,
                (true, false) => window::SAVED,
            };
            (opened.name(&self.library), state)
        });
        let name = |is_redo| self.opened.as_ref()?.undo_name(&self.library, is_redo);
        let menu = Menu {
            is_possible: &|command| self.is_possible(command),
            undo: name(false),
            redo: name(true),
            save: self.opened.as_ref().filter(|opened| !opened.open.is_own()).map(|_| received::WRITE_REPLY_COMMAND),
            is_blocked: self.dialog.is_some() || self.own_dialog.is_some(),
            status,
        };
        let mut chosen = None;
        eframe::egui::Panel::top("menu").show(ui, |ui| chosen = menu_ui(ui, &menu));
        chosen.map(Action::from)
    }

    /// The commands and moves that were given by keys. Nothing of this happens while characters
    /// are being composed or a question is open.
    pub(super) fn keys(&mut self, ctx: &Context) -> Vec<Action> {
        if Composition::is_active(ctx) || self.dialog.is_some() || self.own_dialog.is_some() || self.dialogs.is_open() {
            return Vec::new();
        }
        let mut actions = Vec::new();
        let shortcuts = || {
            let all = Command::ALL.into_iter();
            all.flat_map(|command| [command.shortcut(), command.other_shortcut()].map(|keys| (command, keys)))
        };
        // egui takes Ctrl+Shift+S for Ctrl+S as well: what asks for Shift comes first.
        for has_shift in [true, false] {
            for (command, keys) in shortcuts().filter_map(|(command, keys)| Some((command, keys?))) {
                let is_possible = self.is_possible(command);
                // With nothing to undo an input must not begin to undo by itself.
                let is_ours = is_possible || matches!(command, Command::Undo | Command::Redo);
                let is_given = keys.modifiers.shift == has_shift
                    && is_ours
                    && ctx.input_mut(|input| input.consume_shortcut(&keys));
                if is_given && is_possible {
                    actions.push(Action::Run(command));
                }
            }
        }
        if let Some(opened) = &mut self.opened {
            move_keys(ctx, opened);
        }
        actions
    }

    /// Does what a view says that the user wants.
    pub(super) fn act(&mut self, ctx: &Context, action: Action) {
        let now = ctx.input(|input| input.time);
        match action {
            Action::Run(command) => self.run(ctx, command),
            Action::OpenFile(path) => self.open_path(path),
            Action::OpenExample(name) => self.leave(Then::Example(name)),
            Action::OpenDraft(path) => self.leave(Then::OpenDraft(path)),
            Action::DiscardDraft(path) => self.question(Dialog::DiscardDraft(path), Then::Stay),
            Action::Reveal(folder) => {
                self.jobs.start("showing", move || Done::Revealed(print::reveal(&folder)));
            }
            Action::Forget(place) => self.with_open(|opened| opened.open.forget_pending(&place, now)),
            Action::Search(search) => self.start.set_search(search),
            Action::CancelListing => self.listing.cancel(),
            Action::AddEntry(keys) => self.add_entry(&keys),
            Action::GoTo(place) => {
                let library = std::sync::Arc::clone(&self.library);
                self.with_open(|opened| opened.go_to(&place, &library));
            }
            Action::ShowTab(tab) => self.with_open(|opened| opened.show_tab(tab)),
            Action::AddDocument(form) => self.with_open(|opened| {
                let at = opened.open.add_document(form, now);
                opened.show_tab(Tab::Document(at));
            }),
            Action::AddFromLast(form) => self.with_open(|opened| {
                let at = opened.open.add_document_from_last(form, now);
                opened.show_tab(Tab::Document(at));
            }),
            Action::AddInstead { document, form } => self.add_instead(document, &form, now),
            Action::RemoveDocument(at) => self.ask_remove(at, now),
            Action::Revisions(document) => self.question(Dialog::Revisions(document), Then::Stay),
            Action::Log => self.read_log(),
            Action::HandOut(_)
            | Action::Share(_)
            | Action::TakeReply
            | Action::HandOver
            | Action::Sign { .. }
            | Action::CorrectSignature { .. }
            | Action::Consent
            | Action::Withdraw(_)
            | Action::EndCase
            | Action::Reopen => self.open_sheet(action),
            action @ (Action::ShowStep(_) | Action::SetAside { .. } | Action::Lift(_)) => {
                self.act_on_process(action, now);
            }
            Action::TakeEntry(values) => self.with_open(|opened| {
                let first = values.keys().next().cloned().unwrap_or_default();
                let place = crate::model::check::Place::field(&first);
                opened.open.change_people(&place, now, |people| directory::apply(&values, people));
            }),
        }
    }

    pub(super) fn with_open(&mut self, act: impl FnOnce(&mut Opened)) {
        if let Some(opened) = &mut self.opened {
            act(opened);
        }
    }

    /// Does something with the shown document.
    fn of_document(&mut self, action: impl FnOnce(usize) -> Action) {
        match self.opened.as_ref().and_then(Opened::document).map(action) {
            Some(Action::Revisions(document)) => self.question(Dialog::Revisions(document), Then::Stay),
            Some(action) => self.open_sheet(action),
            None => self.toasts.done(done::NO_DOCUMENT),
        }
    }

    fn run(&mut self, ctx: &Context, command: Command) {
        match command {
            Command::NewCase => self.leave(Then::New),
            Command::Open => {
                let mut question = Question::file(words::OPEN).of(received::CASES_AND_FILES, &["ron", "age"]);
                if let Some(folder) = self.folder() {
                    question = question.beginning_in(folder);
                }
                self.ask(Purpose::OpenCase, question);
            }
            Command::OpenReceived => self.ask_received(),
            Command::ExportReceived => self.ask_received_pdfs(),
            Command::ChooseFolder => self.ask(Purpose::ChooseFolder, Question::folder(words::CHOOSE_FOLDER)),
            Command::Refresh => self.list_folder(),
            Command::Save => self.save(Then::Stay),
            Command::SaveAs => self.ask_where(Then::Stay),
            Command::Backups => self.list_backups(),
            Command::CloseCase => self.leave(Then::Close),
            Command::Quit => self.leave(Then::Quit),
            Command::ExportDocument => self.ask_export(false),
            Command::ExportAll => self.ask_export(true),
            Command::ExportTogether => self.ask_export_together(),
            Command::ExportEmpty => self.ask_export_empty(),
            Command::Print => self.print(),
            Command::Calendar => self.question(Dialog::Calendar, Then::Stay),
            Command::Undo | Command::Redo => self.step_back(command == Command::Redo),
            Command::Find => self.start.wants_search = true,
            Command::NextTab | Command::PreviousTab => self.next_tab(command == Command::NextTab),
            Command::NextProblem => self.next_problem(),
            Command::Problems => self.with_open(|opened| opened.problem_list.is_open = !opened.problem_list.is_open),
            Command::ZoomIn => self.zoom(ctx, self.settings.zoom + ZOOM_STEP),
            Command::ZoomOut => self.zoom(ctx, self.settings.zoom - ZOOM_STEP),
            Command::ZoomReset => self.zoom(ctx, ZOOM.0),
            Command::SwapSides => self.with_open(|opened| opened.shows_page = !opened.shows_page),
            Command::HandOut => self.of_document(Action::HandOut),
            Command::Share => self.of_document(Action::Share),
            Command::TakeReply => self.open_sheet(Action::TakeReply),
            Command::HandOver => self.open_sheet(Action::HandOver),
            Command::Sign => self.of_document(|document| Action::Sign { document, line: String::new() }),
            Command::Revisions => self.of_document(Action::Revisions),
            Command::Consents => self.question(Dialog::Consents, Then::Stay),
            Command::EndCase => self.open_sheet(Action::EndCase),
            Command::Reopen => self.open_sheet(Action::Reopen),
            Command::Log => self.read_log(),
            Command::Directory => self.question(Dialog::Directory, Then::Stay),
            Command::Help => self.question(Dialog::Help, Then::Stay),
            Command::Licenses => self.question(Dialog::Licenses, Then::Stay),
        }
    }

    fn step_back(&mut self, is_redo: bool) {
        let library = std::sync::Arc::clone(&self.library);
        self.with_open(|opened| {
            let place = if is_redo { opened.open.redo() } else { opened.open.undo() };
            match place {
                // A whole document came or went: its tab may be gone.
                Some(place) if place.field.is_empty() => {
                    opened.show_tab(place.document.map_or(opened.tab, Tab::Document));
                }
                Some(place) => opened.go_to(&place, &library),
                None => {}
            }
        });
    }

    fn next_tab(&mut self, forward: bool) {
        self.with_open(|opened| {
            let count = opened.open.case().documents.len();
            let mut next = opened.tab.next(count, forward);
            // What somebody sent is its papers, and nothing beside them.
            while !opened.open.is_own() && next.document().is_none() && count > 0 {
                next = next.next(count, forward);
            }
            opened.show_tab(next);
        });
    }

    fn next_problem(&mut self) {
        let library = std::sync::Arc::clone(&self.library);
        self.with_open(|opened| {
            let places: Vec<_> = opened.problems().map(|problem| problem.place.clone()).collect();
            let at = opened.typing.focused().and_then(|focused| places.iter().position(|place| place == focused));
            let next = at.map_or(0, |at| (at + 1) % places.len().max(1));
            if let Some(place) = places.get(next) {
                opened.go_to(place, &library);
            }
        });
    }

    fn zoom(&mut self, ctx: &Context, zoom: f32) {
        self.settings.zoom = (zoom.clamp(ZOOM.0, ZOOM.1) * 10.0).round() / 10.0;
        ctx.set_zoom_factor(self.settings.zoom);
        self.save_settings();
    }

    fn ask_remove(&mut self, at: usize, now: f64) {
        let Some(opened) = &mut self.opened else { return };
        let Some(document) = opened.open.case().documents.get(at) else { return };
        if !document.has_content() || !document.revisions.is_empty() {
            self.remove(at, now);
            return;
        }
        let title = self.library.forms.get(&document.form).map_or(document.form.clone(), |form| form.title.clone());
        self.question(Dialog::RemoveDocument { at, title }, Then::Stay);
    }

    /// Removes a document, unless it was handed out.
    fn remove(&mut self, at: usize, now: f64) {
        let Some(opened) = &mut self.opened else { return };
        match opened.open.remove_document(at, now) {
            Ok(()) => opened.show_tab(Tab::Shared),
            Err(refused) => self.tell(&Failure::Record { refused }),
        }
    }

    fn add_entry(&mut self, keys: &[String]) {
        let Some(opened) = &self.opened else { return };
        let people = &opened.open.case().people;
        let entry: Values = keys.iter().filter_map(|key| Some((key.clone(), people.get(key)?.clone()))).collect();
        if !self.directory.add(Values::clone(&entry)) {
            self.toasts.done(window::DIRECTORY_KNOWN);
            return;
        }
        self.save_directory(|directory| directory.add(entry), window::DIRECTORY_ADDED);
    }

    /// Saves the hospital's own list. Where somebody else changed it, theirs is read and changed
    /// once more; what could not be saved is not shown as if it were.
    fn save_directory(&mut self, change: impl FnOnce(&mut Directory) -> bool, done: &str) {
        let mut saved = self.directory.save(&Disk);
        if saved.is_err() {
            (self.directory, _) = Directory::load(&self.directory_paths);
        }
        if matches!(saved, Err(Failure::ChangedByOther { .. })) {
            change(&mut self.directory);
            saved = self.directory.save(&Disk);
        }
        match saved {
            Ok(()) => self.toasts.done(done),
            Err(failure) => self.tell(&failure),
        }
    }

    /// Does what was chosen in a dialog, which is closed by now.
    pub(super) fn chosen(&mut self, ctx: &Context, dialog: Dialog, choice: Choice) {
        let now = ctx.input(|input| input.time);
        let then = std::mem::take(&mut self.then);
        match (dialog, choice) {
            (Dialog::NewCase(new), Choice::CreateCase) => self.create_case(new),
            (_, Choice::OpenExisting(path)) => self.open_file(path),
            (_, Choice::Save) => self.save(then),
            (Dialog::StillSaving, Choice::Discard) => {
                self.is_forced = then == Then::Quit;
                self.keep_behind();
                self.close();
                self.go_on(then);
            }
            (Dialog::IsReply(path, passphrase), Choice::TakeReply) => self.take_reply(path, passphrase),
            (Dialog::ContinueReply(_), Choice::Restore) => self.show_received(true),
            (Dialog::ContinueReply(_), Choice::Discard) => self.show_received(false),
            (Dialog::Draft { .. }, Choice::Discard) => self.open_waiting(false, now),
            (Dialog::Draft { .. }, Choice::Restore) => self.open_waiting(true, now),
            // Neither yes nor no: the case stays closed and the draft where it is.
            (Dialog::Draft { .. }, _) => self.waiting = None,
            (_, Choice::Discard) => {
                self.close();
                self.go_on(then);
            }
            (Dialog::Sheet(sheet), Choice::Record) => self.record(sheet),
            (dialog, Choice::Open(action)) => {
                self.questions.push_front((dialog, then));
                self.open_sheet(*action);
            }
            // Whatever waits behind was about what is done otherwise now.
            (_, Choice::Leave(action)) => self.act(ctx, *action),
            (dialog @ Dialog::Revisions(_), Choice::Compare { document, revisions }) => {
                self.questions.push_front((dialog, then));
                self.compare_revisions(document, revisions);
            }
            (_, Choice::SaveOver) => self.save_over(then),
            (_, Choice::TakeTheirs) => self.take_theirs(now),
            (_, Choice::SaveAs) => self.ask_where(then),
            (Dialog::Backups(backups), Choice::RestoreBackup(at)) => {
                if let Some(backup) = backups.get(at) {
                    self.restore(backup, now);
                }
            }
            (_, Choice::RemoveDocument(at)) => self.remove(at, now),
            (_, Choice::DiscardDraft(path)) => self.discard_draft(&path),
            (_, Choice::WriteCalendar { has_names }) => self.ask_calendar(has_names),
            (_, Choice::RemoveEntry(values)) => {
                self.directory.remove(&values);
                self.save_directory(|directory| directory.remove(&values), window::DIRECTORY_REMOVED);
                self.question(Dialog::Directory, Then::Stay);
            }
            // What was opened is not shown after all, and not kept.
            _ if then == Then::Received => self.incoming = None,
            _ => {}
        }
    }

    /// Does what was chosen in a dialog that stays open.
    pub(super) fn chosen_within(&mut self, choice: Choice) {
        match choice {
            Choice::AskScan => self.ask_scan(),
            Choice::AskFolder => self.ask_hand_out_folder(),
            Choice::AskFile => self.ask_share_file(),
            Choice::ReadReply => self.read_reply(),
            Choice::AnotherPassphrase => self.another_passphrase(),
            Choice::View(name) => self.view_kept(&name),
            Choice::WriteAgain { document, revision } => self.ask_again(document, revision, false),
            Choice::PrintAgain { document, revision } => self.print_again(document, revision),
            Choice::WriteOld { document, revision } => self.ask_again(document, revision, true),
            Choice::WriteLog => self.ask_log_file(),
            Choice::Unseal => self.unseal(),
            _ => {}
        }
    }

    /// Files that were dropped on the window: the first one is opened.
    pub(super) fn dropped(&mut self, path: &Path) {
        if self.dialog.is_none() && self.own_dialog.is_none() {
            self.open_path(path.to_owned());
        }
    }
}

/// Whether a command makes sense for papers that somebody sent: they are looked at, filled in and
/// answered, and nothing is recorded of them here.
fn is_for_received(command: Command, received: &Received) -> bool {
    match command {
        Command::SaveAs
        | Command::Backups
        | Command::ExportEmpty
        | Command::Print
        | Command::HandOut
        | Command::Share
        | Command::TakeReply
        | Command::HandOver
        | Command::Sign
        | Command::Revisions
        | Command::Consents
        | Command::EndCase
        | Command::Reopen
        | Command::Log
        | Command::Directory => false,
        Command::Save => !received.to_fill().is_empty(),
        _ => true,
    }
}

/// Enter goes to the next field, as in Japanese business software; in long text it breaks the
/// line, and Ctrl+Enter goes on.
fn move_keys(ctx: &Context, opened: &mut Opened) {
    if opened.typing.focused().is_none() || eframe::egui::Popup::is_any_open(ctx) {
        return;
    }
    if Composition::takes_enter(ctx) {
        return;
    }
    let pressed = |modifiers, key| ctx.input_mut(|input| input.consume_key(modifiers, key));
    if opened.typing.takes_line_breaks() {
        if pressed(Modifiers::COMMAND, Key::Enter) {
            opened.typing.move_on(true);
        }
    } else if pressed(Modifiers::SHIFT, Key::Enter) {
        opened.typing.move_on(false);
    } else if pressed(Modifiers::NONE, Key::Enter) || pressed(Modifiers::COMMAND, Key::Enter) {
        opened.typing.move_on(true);
    }
}
