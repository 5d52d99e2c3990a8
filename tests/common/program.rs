//! The built program, run in a fresh folder of its own each time.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A folder of cases, with an empty home and an empty folder of templates beside it.
pub struct Desk {
    pub root: TempDir,
}

/// What the program answered.
#[derive(Debug)]
pub struct Answer {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Self {
        let root = tempfile::tempdir().expect("the system has room for a temporary folder");
        for folder in ["cases", "templates", "home"] {
            fs::create_dir(root.path().join(folder)).expect("the temporary folder can be written to");
        }
        Self { root }
    }

    /// A desk with a built-in example as `case.ron`.
    pub fn with_example(name: &str) -> Self {
        let desk = Self::new();
        desk.done(&["new", "case.ron", "--example", name]);
        desk
    }

    /// A desk with an empty case as `case.ron`.
    pub fn with_new_case() -> Self {
        let desk = Self::new();
        desk.done(&["new", "case.ron"]);
        desk
    }

    /// A desk with this text as `case.ron`.
    pub fn with_text(text: &str) -> Self {
        let desk = Self::new();
        desk.write("case.ron", text.as_bytes());
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join("cases").join(name)
    }

    pub fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).expect("the temporary folder can be written to");
    }

    pub fn write_template(&self, name: &str, text: &str) -> PathBuf {
        let path = self.root.path().join("templates").join(name);
        fs::write(&path, text).expect("the temporary folder can be written to");
        path
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).expect("the file is there")
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).expect("the file is UTF-8")
    }

    /// Puts other words into the place of some in `case.ron`, as a person with an editor does.
    pub fn edit(&self, from: &str, to: &str) {
        let text = self.text("case.ron");
        assert!(text.contains(from), "{from} is not in the case");
        self.write("case.ron", text.replacen(from, to, 1).as_bytes());
    }

    pub fn run(&self, arguments: &[&str]) -> Answer {
        let output = Command::new(env!("CARGO_BIN_EXE_ryoritsu"))
            .args(arguments)
            .current_dir(self.root.path().join("cases"))
            .env("HOME", self.root.path().join("home"))
            .env("XDG_CONFIG_HOME", self.root.path().join("home"))
            .env("RYORITSU_TEMPLATES", self.root.path().join("templates"))
            .output()
            .expect("the program can be started");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
        Answer { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    pub fn done(&self, arguments: &[&str]) -> Answer {
        self.answers(0, arguments)
    }

    pub fn refused(&self, arguments: &[&str]) -> Answer {
        self.answers(1, arguments)
    }

    pub fn answers(&self, status: i32, arguments: &[&str]) -> Answer {
        let answer = self.run(arguments);
        assert_eq!(answer.status, status, "{arguments:?} {answer:?}");
        answer
    }

    /// `set` is refused and leaves every byte of the case.
    pub fn set_refused(&self, settings: &[&str]) -> Answer {
        let before = self.bytes("case.ron");
        let answer = self.refused(&[&["set", "case.ron"], settings].concat());
        assert_eq!(self.bytes("case.ron"), before, "{settings:?} changed the case");
        answer
    }

    pub fn set(&self, settings: &[&str]) {
        self.done(&[&["set", "case.ron"], settings].concat());
    }

    pub fn shown(&self, key: &str) -> String {
        let out = self.done(&["show", "case.ron", key]).out;
        out.strip_suffix('\n').expect("a value ends its line").to_owned()
    }

    /// The PDFs of the folder, by name.
    pub fn pdfs(&self) -> Vec<String> {
        let is_pdf = |name: &&String| Path::new(name).extension().is_some_and(|extension| extension == "pdf");
        self.snapshot().keys().filter(is_pdf).cloned().collect()
    }

    /// Every file of the folder with its bytes.
    pub fn snapshot(&self) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(self.path("").join(&folder)).expect("the folder can be read") {
                let name = folder.join(entry.expect("the folder can be read").file_name());
                let path = self.path("").join(&name);
                if path.is_dir() {
                    folders.push(name);
                } else {
                    let bytes = fs::read(&path).expect("the file can be read");
                    found.insert(name.to_string_lossy().into_owned(), bytes);
                }
            }
        }
        found
    }

    pub fn pages(&self, pdf: &str) -> usize {
        lopdf::Document::load(self.path(pdf)).expect("a PDF that can be read").get_pages().len()
    }
}

impl Answer {
    #[track_caller]
    pub fn tells(&self, words: &[&str]) -> &Self {
        for word in words {
            assert!(self.err.contains(word), "{word} is not said: {}", self.err);
        }
        self
    }
}
