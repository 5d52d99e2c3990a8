//! The dialogs of the system, on machines that have some and on those that have none.
#![cfg(target_os = "linux")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ryoritsu::dialogs::native::NativeDialogs;
use ryoritsu::dialogs::{Answer, Dialogs, Question};

/// Called by the tests below in a process of its own, without a desktop and with their PATH.
#[test]
#[ignore = "only a helper of the other tests"]
fn helper() {
    let woken = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&woken);
    let mut dialogs = NativeDialogs::new(move || {
        counter.fetch_add(1, Ordering::SeqCst);
    });
    let question = Question::new_file("保存", "a").of("ケース", &["ron"]).beginning_in(Path::new("/"));
    assert_eq!((dialogs.is_open(), dialogs.poll()), (false, None));
    dialogs.ask(question.clone());
    dialogs.ask(question);
    assert!(dialogs.is_open());
    let begin = Instant::now();
    let answer = loop {
        match dialogs.poll() {
            Some(answer) => break answer,
            None => assert!(begin.elapsed() < Duration::from_secs(20), "no answer"),
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(!dialogs.is_open());
    std::thread::sleep(Duration::from_millis(50));
    assert_eq!((dialogs.poll(), woken.load(Ordering::SeqCst)), (None, 1));
    println!("answer: {answer:?}.");
}

fn answer(zenity: Option<&str>) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    if let Some(line) = zenity {
        let program = folder.path().join("zenity");
        fs::write(&program, format!("#!/bin/sh\n{line}\n")).expect("written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("made a program");
    }
    let helper = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "helper", "--ignored", "--nocapture"])
        .env("PATH", folder.path())
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
        .env_remove("DISPLAY")
        .output()
        .expect("it runs");
    let text = String::from_utf8_lossy(&helper.stdout).into_owned();
    text.lines().find_map(|line| line.split_once("answer: ")).map(|(_, done)| done.to_owned()).expect(&text)
}

#[test]
fn a_machine_without_dialogs_is_told_from_a_cancelled_one() {
    assert_eq!(answer(None), format!("{:?}.", Answer::Unavailable));
    assert_eq!(answer(Some("exit 1")), format!("{:?}.", Answer::Cancelled));
}

#[test]
fn a_new_file_gets_its_extension() {
    assert_eq!(answer(Some("echo /nowhere/b")), format!("{:?}.", Answer::Chosen("/nowhere/b.ron".into())));
    assert_eq!(answer(Some("echo /nowhere/b.RON")), format!("{:?}.", Answer::Chosen("/nowhere/b.RON".into())));
}
