//! Printing and viewing, with programs of the system that the tests put there.
#![cfg(target_os = "linux")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use ryoritsu::print::{print, reveal, view};

/// Called by the tests below in a process of its own, whose PATH has their programs alone.
#[test]
#[ignore = "only a helper of the other tests"]
fn helper() {
    let path = std::env::var_os("PRINT_PATH").expect("given by the test");
    let done = match std::env::var("PRINT_HOW").expect("given by the test").as_str() {
        "print" => format!("{:?}", print(Path::new(&path))),
        "view" => format!("{:?}", view(Path::new(&path))),
        _ => format!("{:?}", reveal(Path::new(&path))),
    };
    println!("done: {done}.");
}

/// A folder with a PDF and programs; each is a line of shell.
fn machine(programs: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("a b.pdf"), "%PDF").expect("written");
    fs::create_dir(folder.path().join("bin")).expect("made");
    for (name, line) in programs {
        let program = folder.path().join("bin").join(name);
        fs::write(&program, format!("#!/bin/sh\n{line}\n")).expect("written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("made a program");
    }
    folder
}

fn done(machine: &tempfile::TempDir, how: &str, name: &str) -> String {
    let helper = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "helper", "--ignored", "--nocapture"])
        .env("PATH", machine.path().join("bin"))
        .env("PRINT_PATH", machine.path().join(name))
        .env("PRINT_HOW", how)
        .env("PRINT_LOG", machine.path().join("log"))
        .output()
        .expect("it runs");
    let text = String::from_utf8_lossy(&helper.stdout).into_owned();
    text.lines().find_map(|line| line.split_once("done: ")).map(|(_, done)| done.to_owned()).expect(&text)
}

fn log(machine: &tempfile::TempDir) -> String {
    fs::read_to_string(machine.path().join("log")).unwrap_or_default()
}

const PRINTER: (&str, &str) = ("lpstat", "echo 'system default destination: office'");
const LP: (&str, &str) = ("lp", "echo \"lp $*\" >> \"$PRINT_LOG\"");
const VIEWER: (&str, &str) = ("xdg-open", "echo \"view $*\" >> \"$PRINT_LOG\"");

#[test]
fn the_usual_printer_gets_the_file() {
    let machine = machine(&[PRINTER, LP, VIEWER]);
    assert_eq!(done(&machine, "print", "a b.pdf"), "Ok(Sent).");
    assert_eq!(log(&machine), format!("lp {}\n", machine.path().join("a b.pdf").display()));
}

#[test]
fn without_a_usual_printer_nothing_is_printed() {
    let machine = machine(&[("lpstat", "echo 'no system default destination'"), LP, VIEWER]);
    assert!(done(&machine, "print", "a b.pdf").starts_with("Err(NoPrinter"));
    assert_eq!(log(&machine), "");
}

#[test]
fn a_printer_that_refuses_is_told_with_its_number() {
    let machine = machine(&[PRINTER, ("lp", "exit 4"), VIEWER]);
    let done = done(&machine, "print", "a b.pdf");
    assert!(done.starts_with("Err(PrintCommand") && done.contains("code: Some(4)"), "{done}");
}

#[test]
fn without_a_print_command_the_viewer_opens() {
    let machine = machine(&[VIEWER]);
    assert_eq!(done(&machine, "print", "a b.pdf"), "Ok(OpenedViewer).");
    assert_eq!(log(&machine), format!("view {}\n", machine.path().join("a b.pdf").display()));
}

#[test]
fn a_missing_viewer_is_told() {
    let none = machine(&[]);
    assert!(done(&none, "view", "a b.pdf").starts_with("Err(NoViewer"));
    assert!(done(&none, "print", "a b.pdf").starts_with("Err(NoViewer"));
    assert!(done(&none, "reveal", "bin").starts_with("Err(NoFileManager"));
    let refusing = machine(&[("xdg-open", "exit 3")]);
    assert!(done(&refusing, "view", "a b.pdf").starts_with("Err(NoViewer"));
}

#[test]
fn a_viewer_that_stays_open_is_not_waited_for() {
    let machine = machine(&[("xdg-open", "exec /bin/sleep 20")]);
    let before = std::time::Instant::now();
    assert_eq!(done(&machine, "view", "a b.pdf"), "Ok(()).");
    assert!(before.elapsed().as_secs() < 10);
}

#[test]
fn a_file_that_is_gone_is_told_before_any_program_starts() {
    let machine = machine(&[PRINTER, LP, VIEWER]);
    assert!(done(&machine, "print", "gone.pdf").contains("NotFound"));
    assert_eq!(log(&machine), "");
}
