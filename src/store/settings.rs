//! What the window remembers from one day to the next.
//!
//! Settings forgive: what cannot be read or makes no sense becomes what it was on the first day.
//! Nothing of a case is in them but the names of files.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::failure::Failure;

use super::atomic::{self, Medium};
use super::case_file::real_path;
use super::{file_failure, places, ron_text};

/// How many recent cases are remembered.
pub const RECENT: usize = 10;

/// The smallest and the largest zoom of the whole window.
pub const ZOOM: (f32, f32) = (1.0, 2.0);

/// By how much one step changes the zoom of the whole window.
pub const ZOOM_STEP: f32 = 0.1;

/// The smallest and the largest zoom of the preview.
pub const PREVIEW_ZOOM: (f32, f32) = (0.25, 4.0);

/// The narrowest and the widest entry side, in pt.
const ENTRY_WIDTH: (f32, f32) = (240.0, 2000.0);

/// The smallest and the largest side of a window, in pt.
const WINDOW_SIDE: (f32, f32) = (320.0, 16_000.0);

/// The farthest that a window lies from the corner of the first screen, in pt.
const FARTHEST: f32 = 32_000.0;

/// What the window remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The folder of cases that was shown last.
    pub last_folder: Option<PathBuf>,
    /// The cases opened last, the newest first.
    pub recent: Vec<PathBuf>,
    /// The zoom of the whole window, within [`ZOOM`].
    pub zoom: f32,
    /// Where the window was.
    pub window: Window,
    /// How large the preview shows a page.
    pub preview_zoom: PreviewZoom,
    /// The width of the entry side, in pt.
    pub entry_width: f32,
}

/// Where a window was, in pt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Window {
    /// Its upper left corner; none where the system does not tell.
    pub position: Option<(f32, f32)>,
    /// Width and height.
    pub size: (f32, f32),
    /// Whether it filled the screen.
    pub is_maximised: bool,
}

/// How large the preview shows a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum PreviewZoom {
    /// As wide as there is room.
    #[default]
    FitWidth,
    /// So many times its size on paper.
    Factor(f32),
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            last_folder: None,
            recent: Vec::new(),
            zoom: ZOOM.0,
            window: Window::default(),
            preview_zoom: PreviewZoom::default(),
            entry_width: 560.0,
        }
    }
}

impl Default for Window {
    fn default() -> Self {
        Self { position: None, size: (1280.0, 800.0), is_maximised: false }
    }
}

/// The file of the settings; none where the system names no place for it.
#[must_use]
pub fn path() -> Option<PathBuf> {
    Some(places::settings_folder()?.join("settings.ron"))
}

impl Settings {
    /// Reads the settings; whatever is wrong with them, there are some.
    #[must_use]
    pub fn load(path: &Path) -> Self {
        let text = ron_text::read_file(path).map(|(text, _)| text);
        let read: Result<Self, Failure> = text.and_then(|text| ron_text::parse(path, &text, true));
        read.unwrap_or_default().forgiven()
    }

    /// Writes the settings.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn save(&self, medium: &dyn Medium, path: &Path) -> Result<(), Failure> {
        let folder = path.parent().unwrap_or(Path::new(""));
        medium.make_folder(folder).map_err(|error| file_failure(folder, &error))?;
        let text = ron_text::write(&self.clone().forgiven())?;
        atomic::overwrite(medium, &real_path(path)?, text.as_bytes())
    }

    /// Puts a case at the head of the recent ones.
    pub fn note_recent(&mut self, path: &Path) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.forget_recent(&path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT);
    }

    /// Takes a case that is not there any more from the recent ones.
    pub fn forget_recent(&mut self, path: &Path) {
        self.recent.retain(|other| other != path);
    }

    /// The same with what makes no sense as it was on the first day.
    fn forgiven(mut self) -> Self {
        let first = Self::default();
        self.zoom = within(self.zoom, ZOOM).map_or(first.zoom, to_step);
        self.entry_width = within(self.entry_width, ENTRY_WIDTH).unwrap_or(first.entry_width);
        if let PreviewZoom::Factor(factor) = self.preview_zoom
            && within(factor, PREVIEW_ZOOM).is_none()
        {
            self.preview_zoom = first.preview_zoom;
        }
        let (width, height) = self.window.size;
        if within(width, WINDOW_SIDE).and(within(height, WINDOW_SIDE)).is_none() {
            self.window.size = first.window.size;
        }
        self.window.position =
            self.window.position.filter(|(x, y)| [x, y].iter().all(|at| within(**at, (-FARTHEST, FARTHEST)).is_some()));
        // A name that is no text cannot be written; one that is relative leads elsewhere tomorrow.
        let is_kept = |path: &PathBuf| path.is_absolute() && path.to_str().is_some();
        self.recent.retain(is_kept);
        self.recent.truncate(RECENT);
        self.last_folder = self.last_folder.filter(is_kept);
        self
    }
}

/// The number if it lies between these two; one that is no number lies nowhere.
fn within(number: f32, (least, most): (f32, f32)) -> Option<f32> {
    (least..=most).contains(&number).then_some(number)
}

/// The zoom as a whole number of steps.
fn to_step(zoom: f32) -> f32 {
    (zoom / ZOOM_STEP).round() / (1.0 / ZOOM_STEP).round()
}
