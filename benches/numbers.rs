//! The figures that the program is held to, as medians on this machine.
//!
//! `cargo bench` prints a table. Whole processes are measured as a user starts them; for a
//! comparison the same three pages are compiled with `typst` (the Python package) from the same
//! font files, where that is installed: `pip install typst`.

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use ryoritsu::assets;
use ryoritsu::fonts::Fonts;
use ryoritsu::layout::{Edition, Source, layout};
use ryoritsu::model::case::Case;
use ryoritsu::model::search::Query;
use ryoritsu::pdf::{self, Metadata};
use ryoritsu::store::folder::summaries;
use ryoritsu::store::template_file::Library;
use ryoritsu::store::{case_file, ron_text};

fn main() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    println!("{:<58}{:>12}{:>14}", "", "median", "wanted");
    inside();
    let own = process(folder);
    batch(folder);
    list();
    typst(folder, own);
}

/// The median of so many runs, after two that warm up.
fn median(runs: usize, mut run: impl FnMut()) -> Duration {
    run();
    run();
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

fn row(name: &str, time: Duration, wanted: &str) {
    println!("{name:<58}{:>9.2} ms{wanted:>14}", time.as_secs_f64() * 1000.0);
}

fn example(name: &str) -> Case {
    case_file::parse(Path::new(name), assets::example(name).expect("built in")).expect("right").0
}

/// Layout and PDF inside of one process, for every form of C7 and of T-01.
fn inside() {
    let library = Library::built_in().expect("right");
    let fonts = Fonts::new(assets::FONTS).expect("whole");
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).expect("a day");
    for name in ["c7", "t-01"] {
        let case = example(name);
        for at in 0..case.documents.len() {
            let form = &library.forms[&case.documents[at].form];
            let source = Source { form, case: &case, at, fonts: &fonts, today, edition: Edition::Draft };
            let time = median(50, || drop(black_box(layout(&source))));
            row(&format!("layout of {name}, {}", form.key), time, "< 2 ms");
            let document = layout(&source);
            let metadata = Metadata {
                title: form.title.clone(),
                author: String::new(),
                date: None,
                identity: String::new(),
                imprint: None,
            };
            let time = median(20, || drop(black_box(pdf::write(&document, &metadata, &fonts))));
            row(&format!("PDF of {name}, {}", form.key), time, "");
        }
    }
    row("the built-in templates read", median(20, || drop(black_box(Library::built_in()))), "");
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ryoritsu"));
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn run(command: &mut Command) {
    assert!(command.status().expect("it starts").success());
}

/// `ryoritsu pdf` as a whole process: time, memory, size. Returns the time for C7.
fn process(folder: &Path) -> Duration {
    let mut first = Duration::ZERO;
    for (name, wanted) in [("c7", "< 80 ms"), ("t-01", "< 230 ms")] {
        let case = folder.join(format!("{name}.ron"));
        std::fs::write(&case, assets::example(name).expect("built in")).expect("written");
        let out = folder.join(name);
        let time = median(30, || run(program().arg("pdf").arg(&case).arg("--out").arg(&out)));
        row(&format!("process: ryoritsu pdf, three forms of {name}"), time, wanted);
        let files = std::fs::read_dir(&out).expect("printed");
        let bytes: u64 = files.map(|file| file.expect("a file").metadata().expect("its size").len()).sum();
        println!("{:<58}{:>9} KB{:>14}", format!("size of the three PDFs of {name}"), bytes / 1000, "< 200 KB");
        memory(&case, &out, name);
        if name == "c7" {
            first = time;
        }
    }
    first
}

/// The largest memory of the process, where GNU time is installed.
fn memory(case: &Path, out: &Path, name: &str) {
    let mut time = Command::new("/usr/bin/time");
    time.args(["-f", "%M", env!("CARGO_BIN_EXE_ryoritsu"), "pdf"]).arg(case).arg("--out").arg(out);
    let Ok(output) = time.stdout(Stdio::null()).output() else { return };
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    if let Ok(kilobytes) = text.trim().parse::<u64>() {
        println!("{:<58}{:>9} MB{:>14}", format!("memory of the process, {name}"), kilobytes / 1000, "< 100 MB");
    }
}

/// A thousand cases in one call.
fn batch(folder: &Path) {
    let mut case = example("c7");
    let files: Vec<_> = (0..1000)
        .map(|n| {
            case.number = format!("R8-{n:04}");
            let file = folder.join(format!("batch-{n:04}.ron"));
            std::fs::write(&file, ron_text::write(&case).expect("written")).expect("written");
            file
        })
        .collect();
    let start = Instant::now();
    run(program().arg("pdf").args(files).arg("--out").arg(folder.join("batch")));
    row("1,000 cases in one call, for each form", start.elapsed() / 3000, "< 25 ms");
}

/// The list of a folder of ten thousand cases, and a search in it.
fn list() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut case = example("c7");
    for n in 0..10_000 {
        case.number = format!("R8-{n:04}");
        let file = folder.path().join(format!("{n:05}.ron"));
        std::fs::write(file, ron_text::write(&case).expect("written")).expect("written");
    }
    let people = Library::built_in().expect("right").people;
    let read = || summaries(folder.path(), &people, &|_, _| {}, &|| false).expect("readable");
    row("10,000 cases listed", median(5, || drop(black_box(read()))), "< 3000 ms");
    let found: Vec<String> = read().into_iter().map(|one| one.what.expect("a case").folded).collect();
    let search = || {
        let query = Query::new("ヤマダ 9999");
        found.iter().filter(|text| query.is_in(&[text.as_str()])).count()
    };
    row("a search in them", median(20, || _ = black_box(search())), "< 16 ms");
}

/// The process that compiles an equal three-page document with typst.
fn typst(folder: &Path, own: Duration) {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let source = folder.join("equal.typ");
    std::fs::write(&source, equal_document()).expect("written");
    let script = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)";
    let mut compile = Command::new("python3");
    compile.args(["-c", script]).arg(&source).arg(folder.join("equal.pdf")).arg(&fonts);
    compile.stdout(Stdio::null()).stderr(Stdio::null());
    if !compile.status().is_ok_and(|status| status.success()) {
        println!("typst is not installed: no comparison");
        return;
    }
    let other = median(10, || run(&mut compile));
    row("process: typst, an equal document of three pages", other, "");
    println!("{:<58}{:>10.0} %{:>14}", "ours, of that", own.as_secs_f64() / other.as_secs_f64() * 100.0, "< 50 %");
}

/// The texts of C7's three forms in tables, one form a page.
fn equal_document() -> String {
    let quoted = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let library = Library::built_in().expect("right");
    let case = example("c7");
    let mut source =
        "#set page(paper: \"a4\")\n#set text(font: (\"BIZ UDGothic\", \"IPAmjMincho\"), lang: \"ja\", size: 10.5pt)\n"
            .to_owned();
    for document in &case.documents {
        let form = &library.forms[&document.form];
        let _ = write!(
            source,
            "#align(center, text(16pt, weight: \"bold\", \"{}\"))\n#table(columns: (36mm, 1fr),\n",
            quoted(&form.title)
        );
        for field in &form.fields {
            let value = case.value(document, &field.key);
            let value = value.map(|value| ryoritsu::model::entry::display(Some(field), value)).unwrap_or_default();
            let _ = writeln!(source, "[#\"{}\"], [#\"{}\"],", quoted(&field.label), quoted(&value));
        }
        source += ")\n";
        for (statement, line) in form.signature_lines() {
            let _ =
                writeln!(source, "#\"{}\" \\ #\"{}\" #line(length: 60mm)", quoted(statement), quoted(&line.caption));
        }
        source += "#pagebreak(weak: true)\n";
    }
    source
}
