//! 合言葉: made up by the program or typed, shown as long as the sheet is open and kept nowhere.

use eframe::egui::{Color32, Frame, Margin, Response, RichText, Sense, Ui, vec2};

use crate::messages::{Message, giving as words};
use crate::model::package::Passphrase;
use crate::share::passphrase::{Strength, prepared, strength};
use crate::ui::look;

use super::Choice;
use super::parts::{hint_ui, named_ui, radios_ui, secret_ui};

/// The size of a passphrase that is read out, in pt.
const LARGE: f32 = 20.0;

/// A passphrase for something new.
#[derive(Default)]
pub struct NewPassphrase {
    is_own: bool,
    generated: String,
    typed: String,
    is_hidden: bool,
}

impl NewPassphrase {
    /// One that the program made up.
    #[must_use]
    pub fn new(generated: String) -> Self {
        Self { generated, ..Self::default() }
    }

    /// Takes another one that the program made up.
    pub fn set_generated(&mut self, generated: String) {
        self.generated = generated;
    }

    /// Whether something was typed that leaving the sheet would throw away.
    pub(super) fn holds_typing(&self) -> bool {
        self.is_own && !self.typed.is_empty()
    }

    /// The one that the program made up, unless another one was typed.
    #[must_use]
    pub fn made_up(&self) -> Option<&str> {
        (!self.is_own).then_some(self.generated.as_str())
    }

    /// What encrypts.
    ///
    /// # Errors
    /// There is none, or it is easily guessed.
    pub(super) fn read(&self) -> Result<Passphrase, Message> {
        if !self.is_own {
            return Ok(prepared(&self.generated));
        }
        if self.typed.trim().is_empty() {
            return Err(words::no_passphrase());
        }
        match strength(&self.typed) {
            Strength::Weak => Err(words::weak_passphrase()),
            Strength::Fair | Strength::Strong => Ok(prepared(&self.typed)),
        }
    }

    pub(super) fn ui(&mut self, ui: &mut Ui) -> Option<Choice> {
        radios_ui(ui, words::PASSPHRASE_WAY, &[false, true], &mut self.is_own, |is_own| {
            words::passphrase_way(is_own).to_owned()
        });
        let mut choice = None;
        named_ui(ui, words::PASSPHRASE, |ui| {
            if self.is_own {
                self.typed_ui(ui);
            } else {
                choice = self.generated_ui(ui);
            }
            hint_ui(ui, words::PASSPHRASE_HINT);
        });
        choice
    }

    fn generated_ui(&self, ui: &mut Ui) -> Option<Choice> {
        let mut choice = None;
        words_ui(ui, &self.generated);
        ui.horizontal(|ui| {
            copy_ui(ui, &self.generated);
            if ui.button(words::ANOTHER).clicked() {
                choice = Some(Choice::AnotherPassphrase);
            }
        });
        choice
    }

    fn typed_ui(&mut self, ui: &mut Ui) {
        secret_ui(ui, words::PASSPHRASE, &mut self.typed, &mut self.is_hidden);
        let strength = (!self.typed.trim().is_empty()).then(|| strength(&self.typed));
        if let Some(strength) = strength {
            strength_ui(ui, strength);
        }
        // What makes it harder to guess is to be known as long as it has to be.
        if strength.is_none_or(|strength| strength == Strength::Weak) {
            hint_ui(ui, words::OWN_HINT);
        }
    }
}

/// A passphrase as it is read out.
pub(super) fn words_ui(ui: &mut Ui, generated: &str) {
    Frame::new().fill(look::ACCENT_PALE).corner_radius(6.0).inner_margin(Margin::symmetric(12, 9)).show(ui, |ui| {
        ui.set_width((ui.available_width() - 12.0).max(0.0));
        ui.label(RichText::new(in_lines(generated)).size(LARGE).line_height(Some(30.0)));
    });
}

/// The button that puts it into the clipboard.
pub(super) fn copy_ui(ui: &mut Ui, generated: &str) -> Response {
    let copy = ui.button(words::COPY);
    if copy.clicked() {
        ui.ctx().copy_text(generated.to_owned());
    }
    copy
}

/// Three words to a line, so that it can be read out and followed.
fn in_lines(generated: &str) -> String {
    let words: Vec<&str> = generated.split_whitespace().collect();
    words.chunks(3).map(|line| line.join("　")).collect::<Vec<_>>().join("\n")
}

/// How hard it is to guess: a bar and a word.
fn strength_ui(ui: &mut Ui, strength: Strength) {
    let (part, colour, said): (f32, Color32, &str) = match strength {
        Strength::Weak => (0.25, look::ERROR, words::WEAK),
        Strength::Fair => (0.6, look::CAUTION, words::FAIR),
        Strength::Strong => (1.0, look::ACCENT, words::STRONG),
    };
    ui.horizontal(|ui| {
        let (bar, _) = ui.allocate_exact_size(vec2(160.0, 6.0), Sense::hover());
        ui.painter().rect_filled(bar, 3.0, look::LINE_PALE);
        let mut filled = bar;
        filled.set_width(bar.width() * part);
        ui.painter().rect_filled(filled, 3.0, colour);
        ui.label(RichText::new(said).size(look::SMALL).color(colour));
    });
}
