//! The backups of the case.

use eframe::egui::{ScrollArea, Ui};

use crate::messages::{questions as texts, window};
use crate::store::backup::Backup;

use super::Choice;
use super::parts::{answers_ui, title_ui};

pub(super) fn backups_ui(ui: &mut Ui, backups: &[Backup]) -> Option<Choice> {
    title_ui(ui, texts::BACKUPS);
    let mut choice = None;
    if backups.is_empty() {
        ui.label(texts::NO_BACKUPS);
    } else {
        ui.label(texts::BACKUPS_DETAIL);
        ui.add_space(8.0);
        ScrollArea::vertical().max_height(300.0).show(ui, |ui| {
            for (at, backup) in backups.iter().enumerate() {
                ui.horizontal(|ui| {
                    let name = texts::backup(backup.changed);
                    if ui
                        .button(texts::BACKUP_RESTORE)
                        .accessible_name(format!("{name} {}", texts::BACKUP_RESTORE))
                        .clicked()
                    {
                        choice = Some(Choice::RestoreBackup(at));
                    }
                    ui.label(name);
                });
            }
        });
    }
    ui.add_space(14.0);
    choice.or(answers_ui(ui, &[(window::CLOSE, Choice::Cancel)]))
}
