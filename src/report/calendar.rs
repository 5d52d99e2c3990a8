//! What is coming up in the cases of a folder, as a calendar file (iCalendar, RFC 5545).
//!
//! The file leaves the folder of the cases, often for a calendar that others look into. So it says
//! no name unless that is asked for, and never a form or what stands in one: the case number and
//! the occasion are all.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::ErrorKind;
use std::path::Path;

use chrono::{Days, NaiveDate, NaiveDateTime};

use crate::messages::follow_up as words;
use crate::model::failure::Failure;
use crate::model::follow_up::{FollowUp, Occasion};
use crate::store::atomic::{self, Medium};
use crate::store::file_failure;
use crate::store::folder::Summary;

/// The longest line, in bytes, without its end (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// How every calendar file begins.
const BEGIN: &str = "BEGIN:VCALENDAR";

/// How a calendar file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// When it is made, in universal time.
    pub made_at: NaiveDateTime,
    /// Today.
    pub today: NaiveDate,
    /// The titles say the patients' names.
    pub has_names: bool,
}

/// A calendar file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The file.
    pub text: String,
    /// How many events stand in it.
    pub events: usize,
}

/// The calendar of what still matters in the open cases.
#[must_use]
pub fn calendar<'a>(cases: impl IntoIterator<Item = &'a Summary>, options: &Options) -> Calendar {
    let mut calendar = Writer { text: String::new(), options: *options, taken: BTreeMap::new(), events: 0 };
    calendar.line(BEGIN);
    calendar.line("VERSION:2.0");
    calendar.line(concat!("PRODID:-//ryoritsu//ryoritsu ", env!("CARGO_PKG_VERSION"), "//JA"));
    calendar.line("CALSCALE:GREGORIAN");
    for case in cases.into_iter().filter(|case| case.outcome().is_none()) {
        for day in case.follow_ups(options.today) {
            calendar.event(case, day);
        }
    }
    calendar.line("END:VCALENDAR");
    Calendar { text: calendar.text, events: calendar.events }
}

/// Writes a calendar; one that was there is written over, and nothing else.
///
/// # Errors
/// The file is there and is no calendar, or the disk refuses.
pub fn write(medium: &dyn Medium, path: &Path, calendar: &Calendar) -> Result<(), Failure> {
    match medium.read(path) {
        Ok(old) if !old.starts_with(BEGIN.as_bytes()) => Err(Failure::Exists { path: path.to_owned() }),
        Ok(_) => atomic::overwrite(medium, path, calendar.text.as_bytes()),
        Err(error) if error.kind() == ErrorKind::NotFound => atomic::create(medium, path, calendar.text.as_bytes()),
        Err(error) => Err(file_failure(path, &error)),
    }
}

/// A calendar that is being written.
struct Writer {
    text: String,
    options: Options,
    /// How often an identity was given so far: a case may have been copied, its identity with it.
    taken: BTreeMap<String, u32>,
    events: usize,
}

impl Writer {
    fn event(&mut self, case: &Summary, day: &FollowUp) {
        self.events += 1;
        let title = escaped(&title(case, day, self.options.has_names));
        let identity = self.identity(case, day);
        self.line("BEGIN:VEVENT");
        self.line(&format!("UID:{identity}"));
        self.line(&format!("DTSTAMP:{}", self.options.made_at.format("%Y%m%dT%H%M%SZ")));
        self.line(&format!("DTSTART;VALUE=DATE:{}", day.on.format("%Y%m%d")));
        if let Some(next) = day.on.checked_add_days(Days::new(1)) {
            self.line(&format!("DTEND;VALUE=DATE:{}", next.format("%Y%m%d")));
        }
        self.line(&format!("SUMMARY:{title}"));
        // Nobody is busy all day because a paper is due.
        self.line("TRANSP:TRANSPARENT");
        self.line("CLASS:PRIVATE");
        for days in day.what.reminders() {
            self.line("BEGIN:VALARM");
            self.line("ACTION:DISPLAY");
            self.line(&format!("TRIGGER:-P{days}D"));
            self.line(&format!("DESCRIPTION:{title}"));
            self.line("END:VALARM");
        }
        self.line("END:VEVENT");
    }

    /// What tells an event from every other one, the same each time: a calendar that reads the file
    /// once more moves the event instead of adding a second one.
    fn identity(&mut self, case: &Summary, day: &FollowUp) -> String {
        let of_case = if case.id.is_empty() { &case.number } else { &case.id };
        let of_case: String = of_case.chars().filter(char::is_ascii_alphanumeric).collect();
        let identity = format!("{of_case}-{}-{}", day.document.unwrap_or(0), kind(&day.what));
        let count = self.taken.entry(identity.clone()).or_insert(0);
        *count += 1;
        let again = if *count > 1 { format!("-{count}") } else { String::new() };
        format!("{identity}{again}@ryoritsu")
    }

    /// Writes a line, folded where it is long; no character is cut.
    fn line(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LONGEST {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(c);
            length += c.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// What an occasion is called in an identity: never changed, or calendars show it twice.
fn kind(what: &Occasion) -> String {
    match what {
        Occasion::PlanBegins => "plan".to_owned(),
        Occasion::Review { number } => format!("review{number}"),
        Occasion::MeasuresEnd => "measures".to_owned(),
        Occasion::ConsentEnds { number } => format!("consent{number}"),
        Occasion::SignaturesAwaited { .. } => "signatures".to_owned(),
        Occasion::RetentionLook => "retention".to_owned(),
    }
}

fn title(case: &Summary, day: &FollowUp, has_name: bool) -> String {
    let mut title = format!("{} {}", case.number, words::occasion(&day.what));
    if has_name && !case.name.is_empty() {
        let _ = write!(title, "：{}", case.name);
    }
    title
}

/// A text as a value (RFC 5545, 3.3.11); what steers a terminal or a line is gone.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}
