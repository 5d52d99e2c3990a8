//! Every crate that the program links is named in the licences that it carries.

use std::collections::BTreeSet;
use std::process::Command;

/// The systems that the program is offered for.
const TARGETS: [&str; 2] = ["x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc"];

/// The crates of a target as `name version`, without build scripts, macros, and what they use; none
/// where cargo has not fetched them all: nobody needs the crates of the other system to test.
fn linked(target: &str) -> Option<BTreeSet<String>> {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["tree", "--offline", "--locked", "--edges", "normal,no-proc-macro", "--prefix", "none"])
        .args(["--format", "{p}", "--target", target])
        .output()
        .expect("cargo runs this test");
    let text = String::from_utf8(output.stdout).expect("names of crates");
    let crates = text.lines().filter_map(|line| {
        let (name, rest) = line.split_once(" v")?;
        Some(format!("{name} {}", rest.split(' ').next()?))
    });
    output.status.success().then(|| crates.filter(|name| !name.starts_with("ryoritsu ")).collect())
}

/// The crates that a text of licences names.
fn named(text: &str) -> BTreeSet<&str> {
    text.lines().filter(|line| !line.starts_with(' ')).flat_map(|line| line.split(", ")).collect()
}

#[test]
fn every_linked_crate_is_named_in_the_licences() {
    let (_, text) = ryoritsu::assets::LICENSES
        .into_iter()
        .find(|(heading, _)| heading.starts_with("Rust"))
        .expect("the licences of the crates");
    let named = named(text);
    let host = if cfg!(windows) { "x86_64-pc-windows-msvc" } else { "x86_64-unknown-linux-gnu" };
    for target in TARGETS {
        let Some(linked) = linked(target) else {
            assert!(target != host || cfg!(not(target_arch = "x86_64")), "cargo cannot tell the crates of {target}");
            continue;
        };
        assert!(linked.len() > 100, "the crates of {target}: {linked:?}");
        let missing: Vec<_> = linked.iter().filter(|name| !named.contains(name.as_str())).collect();
        assert!(missing.is_empty(), "not in the licences, write them anew with docs/licenses.py: {missing:?}");
    }
}

#[test]
fn the_licences_hold_the_texts_that_have_to_go_with_a_program() {
    let all: String = ryoritsu::assets::LICENSES.iter().map(|(_, text)| *text).collect();
    for part in [
        "Permission is hereby granted, free of charge, to any person obtaining",
        "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION",
        "UNICODE LICENSE V3",
        "Boost Software License",
        "Redistributions in binary form must reproduce",
        "SIL OPEN FONT LICENSE",
        "IPA Font License",
    ] {
        assert!(all.contains(part), "{part}");
    }
}
