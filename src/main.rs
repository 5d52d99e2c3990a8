//! The program: hands its arguments to the library.

// A double click opens the window alone, without a console behind it.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

fn main() -> ExitCode {
    ryoritsu::cli::join_console();
    ryoritsu::cli::run(std::env::args_os().skip(1)).into()
}
