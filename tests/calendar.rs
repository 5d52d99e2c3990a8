//! The calendar of what is coming up: read again by a strict little reader.

mod common;

use chrono::NaiveDate;
use common::{example, library, today};
use ryoritsu::model::case::Case;
use ryoritsu::model::closing::{Closing, Outcome};
use ryoritsu::model::failure::Failure;
use ryoritsu::model::value::Value;
use ryoritsu::report::calendar::{Options, calendar, write};
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::folder::Summary;

/// The properties of an event, and the triggers of its alarms.
type Event = (Vec<(String, String)>, Vec<String>);

fn options() -> Options {
    let made_at = today().and_hms_opt(1, 2, 3).expect("a time");
    Options { made_at, today: today(), has_names: false }
}

fn summary(case: &Case) -> Summary {
    Summary::new(case, false, &library())
}

fn named(number: &str, name: &str) -> Case {
    let mut case = Case { number: number.to_owned(), id: "00c0ffee".to_owned(), ..example("c7") };
    case.people.insert("patient.name".to_owned(), Value::Text(name.to_owned()));
    case
}

/// Reads a calendar as RFC 5545 has it, and stops at whatever is not right.
fn read(text: &str) -> Vec<Event> {
    assert!(text.ends_with("\r\n"), "the last line ends too");
    let mut lines: Vec<String> = Vec::new();
    for line in text.trim_end_matches("\r\n").split("\r\n") {
        assert!(line.len() <= 75, "{} bytes: {line}", line.len());
        assert!(!line.contains(['\r', '\n']) && !line.is_empty(), "{line:?}");
        match line.strip_prefix(' ') {
            Some(more) => lines.last_mut().expect("a line before").push_str(more),
            None => lines.push(line.to_owned()),
        }
    }
    let head = ["BEGIN:VCALENDAR", "VERSION:2.0"];
    assert_eq!(lines[..2], head.map(str::to_owned));
    assert!(lines[2].starts_with("PRODID:-//"));
    assert_eq!(lines.last().map(String::as_str), Some("END:VCALENDAR"));
    let mut events: Vec<Event> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for line in &lines {
        let (name, value) = line.split_once(':').expect("a name and a value");
        match name {
            "BEGIN" => {
                open.push(value.to_owned());
                if value == "VEVENT" {
                    assert_eq!(open, ["VCALENDAR", "VEVENT"]);
                    events.push(Event::default());
                }
            }
            "END" => assert_eq!(open.pop().as_deref(), Some(value)),
            _ => match open.last().map(String::as_str) {
                Some("VEVENT") => events.last_mut().expect("begun").0.push((name.to_owned(), unescaped(value))),
                Some("VALARM") if name == "TRIGGER" => events.last_mut().expect("begun").1.push(value.to_owned()),
                _ => {}
            },
        }
    }
    assert!(open.is_empty());
    for (properties, _) in &events {
        for needed in ["UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY"] {
            assert_eq!(properties.iter().filter(|(name, _)| name == needed).count(), 1, "{needed} in {properties:?}");
        }
    }
    events
}

fn unescaped(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value.chars();
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some('n') => text.push('\n'),
                Some(c @ ('\\' | ';' | ',')) => text.push(c),
                other => panic!("{other:?} is no escape"),
            },
            ';' | ',' => panic!("{c} is not escaped in {value}"),
            c => text.push(c),
        }
    }
    text
}

fn property<'a>(event: &'a Event, name: &str) -> &'a str {
    event.0.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
}

#[test]
fn every_day_that_matters_is_an_event_of_a_whole_day() {
    let case = summary(&named("R8-0007", "早坂　由美子"));
    let made = calendar([&case], &options());
    let events = read(&made.text);
    let days: Vec<NaiveDate> = case.follow_ups(today()).map(|one| one.on).collect();
    assert!(days.len() >= 3);
    assert_eq!((events.len(), made.events), (days.len(), days.len()));
    for (event, day) in events.iter().zip(days) {
        assert_eq!(property(event, "DTSTART;VALUE=DATE"), day.format("%Y%m%d").to_string());
        assert_eq!(property(event, "DTEND;VALUE=DATE"), (day + chrono::Days::new(1)).format("%Y%m%d").to_string());
        assert_eq!(property(event, "DTSTAMP"), "20261122T010203Z");
    }
    assert_eq!(property(&events[0], "SUMMARY"), "R8-0007 復職計画の開始");
    assert_eq!(events[0].1, ["-P7D"]);
}

#[test]
fn names_stand_in_the_titles_only_where_they_are_asked_for() {
    let case = summary(&named("R8-0007", "早坂　由美子"));
    let made = calendar([&case], &options());
    for secret in ["早坂", "ハヤサカ", case.company.as_str(), case.chart_number.as_str()] {
        assert!(!made.text.replace("\r\n ", "").contains(secret), "{secret}");
    }
    let made = calendar([&case], &Options { has_names: true, ..options() });
    assert_eq!(property(&read(&made.text)[0], "SUMMARY"), "R8-0007 復職計画の開始：早坂　由美子");
}

#[test]
fn long_and_odd_names_are_folded_and_escaped_without_cutting_a_character() {
    let odd = ["あ".repeat(200), "a,b;c\\d\nBEGIN:VEVENT".to_owned(), "𠮷".repeat(61) + "x", "葛\u{E0100}".repeat(40)];
    for name in odd {
        for shift in 0..4 {
            let case = summary(&named(&format!("R{}", "8".repeat(shift)), &name));
            let events = read(&calendar([&case], &Options { has_names: true, ..options() }).text);
            assert!(property(&events[0], "SUMMARY").ends_with(&name), "{name}");
        }
    }
    let case = summary(&named("R8\u{7}\r-1", "a"));
    assert!(property(&read(&calendar([&case], &options()).text)[0], "SUMMARY").starts_with("R8-1 "));
}

#[test]
fn an_event_keeps_its_identity_and_no_two_have_the_same() {
    let case = named("R8-0007", "a");
    let identities = |cases: &[Summary]| -> Vec<String> {
        read(&calendar(cases, &options()).text).iter().map(|event| property(event, "UID").to_owned()).collect()
    };
    let first = identities(&[summary(&case)]);
    assert_eq!(first[0], format!("00c0ffee-{}-plan@ryoritsu", case.documents[2].id));
    // Another number, another day: the same event.
    let mut moved = named("R9-0001", "b");
    let Some(Value::Rows(rows)) = moved.documents[2].values.get_mut("periods") else { panic!("rows") };
    rows[0].insert("start".to_owned(), Value::Date("2026-12-02".parse().expect("a day")));
    assert_eq!(identities(&[summary(&moved)]), first);
    // A copied file, and one that is older than identities.
    let old = Case { id: String::new(), ..named("R8-0001", "c") };
    let all = identities(&[summary(&case), summary(&case), summary(&old)]);
    let mut unique = all.clone();
    unique.sort();
    unique.dedup();
    assert_eq!((unique.len(), all.len()), (3 * first.len(), 3 * first.len()));
}

#[test]
fn cases_that_ended_have_no_events() {
    let mut case = named("R8-0007", "a");
    case.closings.push(Closing { on: today(), outcome: Outcome::Returned, note: String::new(), reopened: None });
    let made = calendar([&summary(&case)], &options());
    assert_eq!((read(&made.text).len(), made.events), (0, 0));
    assert_eq!(read(&calendar([], &options()).text).len(), 0);
}

#[test]
fn a_calendar_is_written_over_and_nothing_else_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a.ics");
    for cases in [vec![], vec![summary(&named("R8-0007", "a"))]] {
        let made = calendar(&cases, &options());
        write(&Disk, &path, &made).expect("written");
        assert_eq!(std::fs::read_to_string(&path).expect("text"), made.text);
    }
    let case = folder.path().join("case.ron");
    std::fs::write(&case, "Case(").expect("written");
    let made = calendar([], &options());
    assert_eq!(write(&Disk, &case, &made), Err(Failure::Exists { path: case.clone() }));
    assert_eq!(std::fs::read_to_string(&case).expect("text"), "Case(");
}

#[test]
fn the_command_writes_a_calendar_and_tells_what_it_cannot_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ryoritsu"));
        let output = command.current_dir(folder.path()).env("HOME", folder.path()).args(arguments).output();
        let output = output.expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let mut case = named("R8-0007", "早坂　由美子");
    let later = chrono::Local::now().date_naive() + chrono::Days::new(40);
    let row = ["start", "end"].map(|key| (key.to_owned(), Value::Date(later)));
    case.documents[2].values.insert("periods".to_owned(), Value::Rows(vec![row.into()]));
    std::fs::write(folder.path().join("a.ron"), ryoritsu::store::ron_text::write(&case).expect("text"))
        .expect("written");
    let calendar = || std::fs::read_to_string(folder.path().join("out.ics")).expect("written");
    assert_eq!(run(&["calendar", ".", "--out", "out.ics"]).0, Some(0));
    assert_eq!(read(&calendar()).len(), 2);
    assert!(!calendar().contains("早坂"));
    assert_eq!(run(&["calendar", ".", "--names", "--out", "out.ics"]).0, Some(0));
    assert!(calendar().contains("早坂"));
    std::fs::write(folder.path().join("broken.ron"), "Case(").expect("written");
    let (status, _, told) = run(&["calendar", ".", "--out", "out.ics"]);
    assert_eq!((status, told.contains("broken.ron")), (Some(1), true), "{told}");
    assert_eq!(read(&calendar()).len(), 2, "the others are there all the same");
    assert_eq!(run(&["calendar", "."]).0, Some(2));
    assert_eq!(run(&["calendar", ".", "--out", "a.ron"]).0, Some(1));
    assert_eq!(run(&["list", ".", "--names"]).0, Some(2));
    let (_, listed, _) = run(&["list", "."]);
    assert!(listed.contains("\t期日 ") && listed.trim_end().ends_with("\t復職計画の開始"), "{listed}");
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), 3, "looking leaves nothing behind");
}
