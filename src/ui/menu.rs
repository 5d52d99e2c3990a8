//! The menus, and what stands beside them: whether the case is saved.

use eframe::egui;
use eframe::egui::{Align, Button, Key, Layout, MenuBar, Modifiers, Popup, RichText, Ui};

use crate::messages::{command as words, received, window};

use super::{Command, look};

/// What the menu shows.
pub struct Menu<'a> {
    /// Whether a command can be given now.
    pub is_possible: &'a dyn Fn(Command) -> bool,
    /// What would be undone, as in 「氏名の変更を元に戻す」.
    pub undo: Option<String>,
    /// What would be done again.
    pub redo: Option<String>,
    /// What saving is called, where it is something else.
    pub save: Option<&'static str>,
    /// A question is open in front of everything.
    pub is_blocked: bool,
    /// The name of the case and whether it is saved; none on the start page.
    pub status: Option<(String, &'static str)>,
}

/// The menus, each with its commands; none is a line between them.
const MENUS: [(&str, &[Option<Command>]); 6] = [
    (
        words::FILE,
        &[
            Some(Command::NewCase),
            Some(Command::Open),
            Some(Command::OpenReceived),
            Some(Command::ChooseFolder),
            Some(Command::Refresh),
            None,
            Some(Command::Save),
            Some(Command::SaveAs),
            Some(Command::Backups),
            None,
            Some(Command::CloseCase),
            Some(Command::Quit),
        ],
    ),
    (words::EDIT, &[Some(Command::Undo), Some(Command::Redo), None, Some(Command::Find), Some(Command::Directory)]),
    (
        words::VIEW,
        &[
            Some(Command::NextTab),
            Some(Command::PreviousTab),
            Some(Command::Problems),
            Some(Command::NextProblem),
            None,
            Some(Command::ZoomIn),
            Some(Command::ZoomOut),
            Some(Command::ZoomReset),
            Some(Command::SwapSides),
        ],
    ),
    (
        words::PAPERWORK,
        &[
            Some(Command::HandOut),
            Some(Command::Share),
            Some(Command::TakeReply),
            None,
            Some(Command::Sign),
            Some(Command::Revisions),
            Some(Command::Consents),
            None,
            Some(Command::HandOver),
            Some(Command::EndCase),
            Some(Command::Reopen),
            Some(Command::Log),
        ],
    ),
    (
        words::OUTPUT,
        &[
            Some(Command::ExportDocument),
            Some(Command::ExportAll),
            Some(Command::ExportTogether),
            Some(Command::ExportEmpty),
            Some(Command::ExportReceived),
            None,
            Some(Command::Print),
            None,
            Some(Command::Calendar),
        ],
    ),
    (words::HELP_MENU, &[Some(Command::Help), Some(Command::Licenses)]),
];

/// Draws the menus.
pub fn menu_ui(ui: &mut Ui, menu: &Menu<'_>) -> Option<Command> {
    let mut chosen = None;
    MenuBar::new().ui(ui, |ui| {
        for (title, commands) in MENUS {
            let menu_button = ui.menu_button(title, |ui| {
                ui.set_min_width(260.0);
                for command in commands {
                    match command {
                        None => drop(ui.separator()),
                        Some(command) => chosen = item_ui(ui, menu, *command).or(chosen),
                    }
                }
            });
            let is_first = title == words::FILE && !menu.is_blocked;
            if is_first && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::F10)) {
                menu_button.response.request_focus();
                Popup::open_id(ui.ctx(), Popup::default_response_id(&menu_button.response));
            }
        }
        if let Some((name, state)) = &menu.status {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| status_ui(ui, name, state));
        }
    });
    chosen
}

fn item_ui(ui: &mut Ui, menu: &Menu<'_>, command: Command) -> Option<Command> {
    let label = match command {
        Command::Undo => menu.undo.as_deref().unwrap_or(command.label()),
        Command::Redo => menu.redo.as_deref().unwrap_or(command.label()),
        Command::Save => menu.save.unwrap_or(command.label()),
        _ => command.label(),
    };
    let mut button = Button::new(label);
    if let Some(shortcut) = command.shortcut() {
        button = button.shortcut_text(ui.ctx().format_shortcut(&shortcut));
    }
    let chosen = ui.add_enabled((menu.is_possible)(command), button).clicked();
    if chosen {
        ui.close();
    }
    chosen.then_some(command)
}

fn status_ui(ui: &mut Ui, name: &str, state: &str) {
    let is_calm = [window::SAVED, received::WRITTEN, received::NOTHING_YET].contains(&state);
    let colour = if is_calm { look::WEAK } else { look::CAUTION };
    ui.add_space(6.0);
    ui.label(RichText::new(state).size(look::SMALL).color(colour));
    ui.add(egui::Label::new(RichText::new(name).color(look::TEXT)).truncate());
}
