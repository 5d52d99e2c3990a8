//! The program: hands its arguments to the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ryoritsu::cli::run(std::env::args_os().skip(1)).into()
}
