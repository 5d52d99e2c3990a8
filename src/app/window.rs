//! The window of the system: how it opens, what its title says, how it closes.

use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Instant;

use chrono::NaiveDate;
use eframe::NativeOptions;
use eframe::egui::{Context, IconData, ViewportBuilder, ViewportCommand};

use crate::assets;
use crate::dialogs::native::NativeDialogs;
use crate::messages::{received, window as words};
use crate::model::failure::Failure;
use crate::store::atomic::Disk;
use crate::store::directory;
use crate::store::draft::Drafts;
use crate::store::settings::{self, PreviewZoom, Settings};
use crate::store::template_file::Library;
use crate::ui::page_side::PageZoom;

use crate::ui::dialog::Dialog;

use super::opened::Opened;
use super::{App, Setup, Then, start_failure};

/// The smallest window, in pt.
const SMALLEST: [f32; 2] = [480.0, 360.0];

/// Opens the window, at a case if one is named, and returns when it is closed.
///
/// # Errors
/// There is no screen, or nothing to draw on it with.
pub fn run(library: Library, file: Option<PathBuf>) -> Result<(), Failure> {
    let settings_path = settings::path();
    let settings = settings_path.as_deref().map(Settings::load).unwrap_or_default();
    let options = NativeOptions { viewport: viewport(&settings), ..NativeOptions::default() };
    let create = move |context: &eframe::CreationContext<'_>| {
        let wake = context.egui_ctx.clone();
        let setup = Setup {
            library,
            settings: settings_path,
            directory: directory::paths(),
            drafts: Drafts::of_user(),
            dialogs: Box::new(NativeDialogs::over(context, move || wake.request_repaint())),
            today,
            clock,
            file,
        };
        Ok(Box::new(App::new(&context.egui_ctx, setup)) as Box<dyn eframe::App>)
    };
    start_failure::run(move || eframe::run_native("ryoritsu", options, Box::new(create)))
}

/// Seconds since the window was opened, in sight or not.
fn clock(_ctx: &Context) -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed().as_secs_f64()
}

fn today() -> NaiveDate {
    chrono::Local::now().date_naive()
}

fn viewport(settings: &Settings) -> ViewportBuilder {
    let window = &settings.window;
    let mut viewport = ViewportBuilder::default()
        .with_title(words::PROGRAM)
        .with_app_id("ryoritsu")
        .with_inner_size([window.size.0, window.size.1])
        .with_min_inner_size(SMALLEST)
        .with_maximized(window.is_maximised);
    if let Some((x, y)) = window.position {
        viewport = viewport.with_position([x, y]);
    }
    match icon() {
        Some(icon) => viewport.with_icon(icon),
        None => viewport,
    }
}

fn icon() -> Option<IconData> {
    eframe::icon_data::from_png_bytes(assets::ICON).ok()
}

/// The zoom of the page, as it is remembered.
pub(super) fn page_zoom(zoom: PreviewZoom) -> PageZoom {
    match zoom {
        PreviewZoom::FitWidth => PageZoom::FitWidth,
        PreviewZoom::Factor(factor) => PageZoom::Factor(factor),
    }
}

impl App {
    /// The title, the last size, files dropped on the window, and its end: closing with unsaved
    /// changes asks first.
    pub(super) fn watch_close(&mut self, ctx: &Context) {
        self.set_title(ctx);
        self.note_size(ctx);
        let dropped = ctx.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped {
            self.dropped(&path);
        }
        let is_asked = ctx.input(|input| input.viewport().close_requested());
        if is_asked && !self.may_close {
            if self.dialog.is_none() && self.own_dialog.is_none() {
                self.leave(Then::Quit);
            }
        } else if is_asked && !self.is_ready_to_close() {
            self.question(Dialog::StillSaving, Then::Quit);
        }
        if self.is_ready_to_close() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else if is_asked {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            // The question has to be seen.
            ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
            ctx.send_viewport_cmd(ViewportCommand::Focus);
        }
    }

    fn is_ready_to_close(&self) -> bool {
        self.may_close && (self.is_forced || !self.jobs.is_writing())
    }

    fn set_title(&mut self, ctx: &Context) {
        let is_changed = self.opened.as_mut().is_some_and(Opened::is_changed);
        let name = self.opened.as_ref().map(|opened| opened.name(&self.library));
        let is_own = self.opened.as_ref().is_none_or(|opened| opened.open.is_own());
        let unsaved = if is_own { words::UNSAVED } else { received::NOT_WRITTEN };
        let title = words::title(name.as_deref(), is_changed.then_some(unsaved));
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn note_size(&mut self, ctx: &Context) {
        let (inner, outer, is_maximised) = ctx.input(|input| {
            let viewport = input.viewport();
            (viewport.inner_rect, viewport.outer_rect, viewport.maximized.unwrap_or(false))
        });
        let window = &mut self.settings.window;
        window.is_maximised = is_maximised;
        // Within egui lengths shrink with the zoom; the window is made before there is one.
        let zoom = self.settings.zoom;
        if let Some(inner) = inner.filter(|_| !is_maximised) {
            window.size = (inner.width() * zoom, inner.height() * zoom);
        }
        if let Some(outer) = outer.filter(|_| !is_maximised) {
            window.position = Some((outer.left() * zoom, outer.top() * zoom));
        }
    }

    /// Remembers how the open case is looked at.
    pub(super) fn note_view(&mut self) {
        let Some(opened) = &self.opened else { return };
        self.settings.entry_width = opened.entry_width;
        self.settings.preview_zoom = match opened.page.zoom {
            PageZoom::FitWidth => PreviewZoom::FitWidth,
            PageZoom::Factor(factor) => PreviewZoom::Factor(factor),
        };
    }

    /// Writes the settings. They are no patient's data: a failure is no reason to trouble anyone.
    pub(super) fn save_settings(&mut self) {
        self.note_view();
        if let Some(path) = &self.settings_path {
            let _ = self.settings.save(&Disk, path);
        }
    }
}
