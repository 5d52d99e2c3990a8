//! Working hours as people write them: 10:00～15:00, 9時〜16時半, 午前10時から午後3時, 22:00～翌7:00.

use super::wording::{fold, has_any};

/// A day, in minutes.
pub const DAY: u16 = 24 * 60;
/// Hours that begin from here on and end before noon go over midnight.
const EVENING: u16 = 15 * 60;

/// From a time of the day to another one, in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours {
    /// When they begin.
    pub start: u16,
    /// When they end; beyond 24 hours on the next day. Before `start` where it is typed so.
    pub end: u16,
}

impl Hours {
    /// Whether they end before they begin.
    #[must_use]
    pub fn is_reversed(self) -> bool {
        self.end <= self.start
    }

    /// From the first to the last minute, breaks included.
    #[must_use]
    pub fn span(self) -> u16 {
        self.end.saturating_sub(self.start)
    }

    /// Whether a minute of them lies between these full hours, such as 22 and 5.
    #[must_use]
    pub fn touch(self, (from, to): (u8, u8)) -> bool {
        let (from, to) = (u16::from(from % 24), u16::from(to));
        let length = (to + 24 - from) % 24 * 60;
        let begins = from * 60;
        // Of the night before, of this one, and of the next.
        let touches = |night: u16| self.start + DAY < night + length && night < self.end + DAY;
        [begins, begins + DAY, begins + 2 * DAY].into_iter().any(touches)
    }

    fn contain(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The one range of working hours that a text says. What stands in brackets is a break or an
/// exception and is passed over, as are hours within the first ones; a text that says two
/// different ranges, one that ends before it begins, or none, has none.
#[must_use]
pub fn parse(text: &str) -> Option<Hours> {
    let mut found = ranges(&without_brackets(fold(text))).into_iter().map(|(_, hours)| hours);
    let first = found.next().filter(|hours| !hours.is_reversed())?;
    found.all(|other| first.contain(other)).then_some(first)
}

/// All hours of a text, in its order; what cannot be read as such is passed over.
#[must_use]
pub fn all(text: &str) -> Vec<Hours> {
    ranges(&fold(text)).into_iter().map(|(_, hours)| hours).collect()
}

/// The hours of a text that stand right behind one of these words: the usual ones of a job.
#[must_use]
pub(super) fn all_after(text: &str, words: &[Vec<char>]) -> Vec<Hours> {
    const FAR: usize = 8;
    let text = fold(text);
    let is_behind = |at: usize| has_any(&text[at.saturating_sub(FAR)..at], words);
    ranges(&text).into_iter().filter(|(at, _)| is_behind(*at)).map(|(_, hours)| hours).collect()
}

/// The minutes of the break that a text tells: 「休憩1時間」「休憩45分」; `word` is that for a break.
#[must_use]
pub(super) fn minutes_after(text: &str, word: &[char]) -> Option<u16> {
    let text = fold(text);
    let at = text.windows(word.len()).position(|window| window == word)? + word.len();
    let (number, end) = number(&text, at)?;
    match text.get(end..) {
        Some(['時', '間', '半', ..]) => Some(number * 60 + 30),
        Some(['時', '間', ..]) => Some(number * 60),
        Some(['分', ..]) => Some(number),
        _ => None,
    }
}

fn without_brackets(text: Vec<char>) -> Vec<char> {
    let mut depth = 0_usize;
    let mut kept = Vec::new();
    for c in text {
        match c {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// All hours of a folded text, each with the place of its first character.
fn ranges(text: &[char]) -> Vec<(usize, Hours)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match range(text, at) {
            Some((hours, end)) => {
                found.push((at, hours));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn range(text: &[char], at: usize) -> Option<(Hours, usize)> {
    if is_within_number(&text[..at]) {
        return None;
    }
    let start = clock(text, at)?;
    let (next, is_next_day) = separator(text, start.end)?;
    let stop = clock(text, next)?;
    // 9～16時 says it once; 9～16 may be anything.
    let is_clear = stop.is_clear || start.is_clear && ends_word(text, stop.end);
    if !is_clear || start.minutes >= DAY {
        return None;
    }
    let (start, end) = (start.minutes, stop.minutes);
    let goes_over = end <= start && (is_next_day || start >= EVENING && end <= DAY / 2);
    let hours = Hours { start, end: if goes_over { end + DAY } else { end } };
    Some((hours, stop.end))
}

/// Whether what comes after this is the rest of a number, of a date or of a time.
fn is_within_number(before: &[char]) -> bool {
    match before {
        [.., digit, ':' | '/' | '.'] | [.., digit] => digit.is_ascii_digit(),
        [] => false,
    }
}

/// Whether a bare number that ends here counts nothing, as it does in 9時～3回.
fn ends_word(text: &[char], at: usize) -> bool {
    text.get(at).is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '/' | '.' | '%'))
}

/// The place after what is blank.
fn skip(text: &[char], at: usize) -> usize {
    at + text[at.min(text.len())..].iter().take_while(|c| c.is_whitespace()).count()
}

/// What stands between two times, and whether it names the next day.
fn separator(text: &[char], at: usize) -> Option<(usize, bool)> {
    let at = skip(text, at);
    let is_dash = |at: usize| text.get(at).is_some_and(|c| "~〜-‐–—―−ー".contains(*c));
    let next = match text.get(at..)? {
        // 10時から～ says it twice.
        ['か', 'ら', ..] => at + 2 + usize::from(is_dash(at + 2)),
        _ if is_dash(at) => at + 1,
        _ => return None,
    };
    let next = skip(text, next);
    Some(match text.get(next..)? {
        ['翌', '日', ..] => (skip(text, next + 2), true),
        ['翌', ..] => (skip(text, next + 1), true),
        _ => (next, false),
    })
}

/// A time of the day in a text.
struct Clock {
    minutes: u16,
    /// It is written as one, and not just as a number.
    is_clear: bool,
    /// The place after it.
    end: usize,
}

fn clock(text: &[char], at: usize) -> Option<Clock> {
    let (shift, at) = match text.get(at..)? {
        ['午', '前', ..] => (Some(0), skip(text, at + 2)),
        ['午', '後', ..] => (Some(12), skip(text, at + 2)),
        _ => (None, at),
    };
    let (hour, digits_end) = number(text, at)?;
    let end = skip(text, digits_end);
    let (minute, end) = match text.get(end..)? {
        [':', ..] => number(text, end + 1)?,
        ['時', '間', ..] => return None,
        ['時', '半', ..] => (30, end + 2),
        ['時', ..] => match number(text, end + 1) {
            Some((minute, end)) if text.get(end) == Some(&'分') => (minute, end + 1),
            _ => (0, end + 1),
        },
        _ => (0, digits_end),
    };
    let hour = if hour < 12 { hour + shift.unwrap_or(0) } else { hour };
    let is_clear = shift.is_some() || end != digits_end;
    (hour <= 29 && minute < 60).then(|| Clock { minutes: hour * 60 + minute, is_clear, end })
}

/// A number of at most three digits, with the place after it.
fn number(text: &[char], at: usize) -> Option<(u16, usize)> {
    let digits = text.get(at..)?.iter().map_while(|c| c.to_digit(10)).filter_map(|digit| u16::try_from(digit).ok());
    let (count, number) = digits.take(4).fold((0, 0), |(count, number), digit| (count + 1, number * 10 + digit));
    (1..=3).contains(&count).then_some((number, at + count))
}
