//! A room uses only rooms that stand left of its own.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms from left to right; those of one group do not know each other.
const ROOMS: &[&[&str]] = &[
    &["model"],
    &["messages", "assets", "fonts"],
    &["layout"],
    &["pdf"],
    &["store"],
    &["export", "report", "session", "print", "dialogs"],
    &["share"],
    &["paperwork"],
    &["preview"],
    &["ui"],
    &["app"],
    &["cli"],
    &["main"],
];

/// What a room must not touch at all.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("model", &["std::fs", "std::io", "std::env", "chrono::Local", "chrono::Utc", "SystemTime", "Instant"]),
    ("layout", &["std::fs", "std::io", "std::env", "chrono::Local", "chrono::Utc", "lopdf", "printpdf"]),
    ("pdf", &["std::fs", "std::env", "chrono::Local", "chrono::Utc", "crate::model::case", "crate::model::form"]),
    ("share", &["std::fs", "std::env", "std::net", "chrono::Local", "chrono::Utc", "SystemTime", "Instant"]),
    ("cli", &["std::fs::write", "File::create"]),
];

fn sources() -> Vec<(String, PathBuf, String)> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the sources are here") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    collect(&source, &mut files);
    let room = |path: &Path| -> String {
        let first = path.strip_prefix(&source).expect("inside").iter().next().expect("named").to_string_lossy();
        first.trim_end_matches(".rs").to_owned()
    };
    files.into_iter().map(|path| (room(&path), path.clone(), fs::read_to_string(&path).expect("text"))).collect()
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|group| group.contains(&room))
}

/// The rooms that a line of code names.
fn named_rooms(line: &str) -> Vec<&str> {
    let name = |rest: &'_ str| rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    ["crate::", "ryoritsu::"]
        .iter()
        .flat_map(|start| line.match_indices(start).map(|(at, _)| &line[at + start.len()..]))
        .map(|rest| &rest[..name(rest)])
        .collect()
}

#[test]
fn every_room_stands_in_the_row() {
    for (room, path, _) in sources() {
        assert!(room == "lib" || rank(&room).is_some(), "{} belongs to no room", path.display());
    }
}

#[test]
fn no_room_uses_one_to_its_right() {
    for (room, path, text) in sources().iter().filter(|(room, ..)| room != "lib") {
        let own = rank(room).expect("checked above");
        for line in text.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for used in named_rooms(line).into_iter().filter(|used| used != room) {
                let Some(other) = rank(used) else { continue };
                assert!(other < own, "{}: {room} uses {used}: {line}", path.display());
            }
        }
    }
}

#[test]
fn the_pure_rooms_touch_no_disk_and_no_clock() {
    for (room, path, text) in sources() {
        let forbidden = FORBIDDEN.iter().filter(|(name, _)| *name == room).flat_map(|(_, words)| *words);
        for word in forbidden {
            assert!(!text.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn only_one_room_writes_files() {
    for (_, path, text) in sources().iter().filter(|(_, path, _)| !path.ends_with("store/atomic.rs")) {
        for word in ["fs::write", "File::create(", "fs::rename", "fs::copy"] {
            assert!(!text.contains(word), "{} has {word}", path.display());
        }
    }
}

#[test]
fn every_module_says_what_it_is() {
    for (_, path, text) in sources() {
        assert!(text.starts_with("//!"), "{} has no //! page", path.display());
    }
}

#[test]
fn no_form_stands_in_rust() {
    for (_, path, text) in sources() {
        let code: String = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        for word in ["physician_opinion", "workplace_consultation", "return_to_work_plan", "復職可", "患者氏名"]
        {
            let in_code =
                code.lines().filter(|line| !line.trim_start().starts_with("//")).any(|line| line.contains(word));
            assert!(!in_code, "{} names {word}", path.display());
        }
    }
}
