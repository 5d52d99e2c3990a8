//! The command line: the library without a screen. Every command is a few lines over it.
//!
//! Results go to standard output, messages to standard error, one line each. Exit status: 0
//! done, 1 refused, 2 wrong usage.

mod address;
mod arguments;
mod check;
mod export;
mod listing;
mod new;
mod report;
mod set;
mod show;

use std::ffi::OsString;

use chrono::NaiveDate;

use arguments::{Command, parse};
use report::Report;

/// What every command works with.
pub(crate) struct Context {
    pub today: NaiveDate,
    pub report: Report,
}

/// Runs the command line; returns the exit status.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let mut context = Context { today: chrono::Local::now().date_naive(), report: Report::default() };
    let command = match parse(arguments) {
        Ok(command) => command,
        Err(wrong) => {
            eprintln!("{wrong}");
            eprintln!("{}", arguments::USAGE);
            return 2;
        }
    };
    let done = match command {
        Command::Help => {
            report::say(arguments::USAGE);
            Ok(())
        }
        Command::Version => {
            report::say(concat!("ryoritsu ", env!("CARGO_PKG_VERSION")));
            Ok(())
        }
        Command::Licenses => {
            listing::licenses();
            Ok(())
        }
        Command::Example => export::example(&mut context),
        Command::New { file, example } => new::new(&context, &file, example.as_deref()),
        Command::Examples => {
            new::list_examples();
            Ok(())
        }
        Command::Set { file, settings } => set::set(&mut context, &file, &settings),
        Command::Show { file, keys } => show::show(&mut context, &file, &keys),
        Command::Check { files } => check::check(&mut context, &files),
        Command::Forms => listing::forms(&mut context),
        Command::Pdf { files, forms, out } => export::pdf(&mut context, &files, &forms, out.as_deref()),
        Command::List { folder } => listing::list(&mut context, &folder),
    };
    if let Err(failure) = done {
        context.report.failure(&failure);
    }
    u8::from(context.report.is_refused())
}
