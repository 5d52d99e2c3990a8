//! Lists the templates and examples for `src/assets.rs`, so that a new one is a new file and no
//! Rust; and gives the Windows program its icon, version and manifest.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The icon of the Windows program.
const ICON: &str = "docs/icon/icon.ico";

/// How Windows is to treat the program.
const MANIFEST: &str = "docs/icon/windows.manifest";

fn main() {
    let templates = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("templates");
    let examples = templates.join("examples");
    for folder in [&templates, &examples] {
        println!("cargo::rerun-if-changed={}", folder.display());
    }
    let mut code = String::new();
    list(&mut code, "TEMPLATES", "The templates: file name and content.", &templates);
    list(&mut code, "EXAMPLES", "The example cases: file name and content.", &examples);
    let out = PathBuf::from(env::var("OUT_DIR").expect("set by cargo")).join("embedded.rs");
    fs::write(out, code).expect("the build folder can be written");
    // What is built for, not what is built on: `cfg!` would tell of the latter.
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "windows") {
        describe_to_windows();
    }
}

/// What the Explorer shows of the program, and how Windows is to treat it.
fn describe_to_windows() {
    const JAPANESE: u16 = 0x0411;
    for file in [ICON, MANIFEST] {
        println!("cargo::rerun-if-changed={file}");
    }
    let mut resource = winresource::WindowsResource::new();
    resource
        .set_language(JAPANESE)
        .set_icon(ICON)
        .set_manifest_file(MANIFEST)
        .set("ProductName", "両立（ryoritsu）")
        .set("FileDescription", "両立（ryoritsu） 治療と仕事の両立支援の書類作成")
        .set("InternalName", "ryoritsu")
        .set("OriginalFilename", "ryoritsu.exe")
        .set("LegalCopyright", "MIT License");
    resource.compile().expect("the resource compiler works");
}

fn list(code: &mut String, name: &str, about: &str, folder: &Path) {
    let entries = fs::read_dir(folder).expect("the folder is part of the source");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "ron"));
    files.sort();
    writeln!(code, "/// {about}\npub const {name}: &[(&str, &str)] = &[").expect("in memory");
    for file in files {
        let stem = file.file_name().expect("a file").to_string_lossy().into_owned();
        writeln!(code, "    ({stem:?}, include_str!({:?})),", file.to_string_lossy()).expect("in memory");
    }
    code.push_str("];\n");
}
