//! The command line: the library without a screen. Every command is a few lines over it.
//!
//! Results go to standard output, messages to standard error, one line each. Exit status: 0
//! done, 1 refused, 2 wrong usage.

mod address;
mod arguments;
mod calendar;
mod carry;
mod check;
mod console;
mod decisions;
mod export;
mod listing;
mod merge;
mod new;
mod options;
mod paperwork;
mod passphrase;
mod reply;
mod report;
mod revisions;
mod set;
mod share;
mod show;

use std::ffi::OsString;
use std::path::PathBuf;

pub use console::join as join_console;

use arguments::{Command, parse};
use report::{say, tell_failure, tell_template};

use crate::app::start_failure;
use crate::model::failure::Failure;
use crate::paperwork::Now;
use crate::store::template_file::Library;

/// What every command works with.
struct Context {
    now: Now,
    /// Something was refused: the exit status says so.
    refused: bool,
}

impl Context {
    /// Tells a failure that does not hold up the rest of the command.
    fn refuse(&mut self, failure: &Failure) {
        tell_failure(failure);
        self.refused = true;
    }
}

/// All forms; what is wrong in the user's own templates is told, and they are not used.
fn library() -> Result<Library, Failure> {
    let library = Library::load()?;
    for trouble in &library.troubles {
        tell_template(trouble);
    }
    Ok(library)
}

/// Opens the window. It tells of damaged templates by itself.
fn window(file: Option<PathBuf>) -> Result<(), Failure> {
    Library::load().and_then(|library| crate::app::window::run(library, file)).inspect_err(start_failure::show)
}

/// Runs the command line; returns the exit status.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let mut context = Context { now: Now::of_machine(), refused: false };
    let command = match parse(arguments) {
        Ok(command) => command,
        Err(wrong) => {
            console::write_message(&format!("{wrong}\n{}\n", arguments::USAGE));
            return 2;
        }
    };
    let done = match command {
        Command::Help => {
            say(arguments::USAGE);
            Ok(())
        }
        Command::Version => {
            say(concat!("ryoritsu ", env!("CARGO_PKG_VERSION")));
            Ok(())
        }
        Command::Licenses => {
            listing::licenses();
            Ok(())
        }
        Command::Window { file } => window(file),
        Command::New { file, example } => new::new(&mut context, &file, example.as_deref()),
        Command::Examples => {
            new::list_examples();
            Ok(())
        }
        Command::Set { file, settings } => set::set(&mut context, &file, &settings),
        Command::Show { file, keys } => show::show(&context, &file, &keys),
        Command::Check { files } => check::check(&mut context, &files),
        Command::Forms { form: None } => listing::forms(),
        Command::Forms { form: Some(key) } => listing::fields(&key),
        Command::Pdf { files, forms, out, with_timeline } => {
            export::pdf(&mut context, &files, &forms, out.as_deref(), with_timeline)
        }
        Command::HandOut { file, options } => paperwork::hand_out(&mut context, &file, &options),
        Command::Share { file, options } => share::share(&mut context, &file, &options),
        Command::HandOver { file, options } => share::hand_over(&mut context, &file, &options),
        Command::Open { file, options } => share::open(&context, &file, &options),
        Command::Passphrase => passphrase::make(),
        Command::Carry { file, from, to } => carry::carry(&mut context, &file, &from, &to),
        Command::Sign { file, form, line, options } => paperwork::sign(&mut context, &file, &form, &line, &options),
        Command::Consent { file, options } => paperwork::consent(&mut context, &file, &options),
        Command::Close { file, options } => paperwork::close(&mut context, &file, &options),
        Command::Reply { file, settings, options } => reply::reply(&context, &file, &settings, &options),
        Command::Merge { file, reply, options } => merge::merge(&mut context, &file, &reply, &options),
        Command::Revisions { file, form, options } => revisions::revisions(&context, &file, &form, &options),
        Command::Log { file } => revisions::log(&file),
        Command::List { folder } => listing::list(&context, &folder),
        Command::Calendar { folder, out, has_names } => calendar::calendar(&mut context, &folder, &out, has_names),
    };
    if let Err(failure) = done {
        context.refuse(&failure);
    }
    u8::from(context.refused)
}
