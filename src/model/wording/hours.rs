//! Hours of work as they are typed: 「10:00～15:00」「9時～16時半」「午前10時から午後3時」.

use super::tokens::fold;

/// Minutes of a day.
const DAY: u32 = 24 * 60;
/// Hours that begin from here on and end before noon go over midnight.
const EVENING: u32 = 15 * 60;

/// From a time of the day to another one, in minutes from its midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// When they begin.
    pub start: u32,
    /// When they end; above 24 hours on the next day. Before `start` where it is typed so.
    pub end: u32,
    /// The place of the first character in the text, counted in characters.
    at: usize,
}

impl Hours {
    /// Whether they end before they begin.
    #[must_use]
    pub fn is_reversed(self) -> bool {
        self.end <= self.start
    }

    /// From the first to the last minute, breaks included.
    #[must_use]
    pub fn span(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether a minute of them lies between these full hours, such as 22 and 5.
    #[must_use]
    pub fn touch(self, (from, to): (u32, u32)) -> bool {
        let length = (to + 24 - from) % 24 * 60;
        let begins = from * 60;
        // Of the night before, of this one, and of the next.
        let touches = |night: u32| self.start + DAY < night + length && night < self.end + DAY;
        [begins, begins + DAY, begins + 2 * DAY].into_iter().any(touches)
    }
}

/// All hours of a text, in its order; what cannot be read as such is passed over.
#[must_use]
pub fn hours(text: &str) -> Vec<Hours> {
    let text = fold(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        match range(&text, at) {
            Some((hours, end)) => {
                found.push(hours);
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The hours of a text that stand right behind one of these words: the usual ones of a job.
#[must_use]
pub(super) fn hours_after(text: &str, words: &[Vec<char>]) -> Vec<Hours> {
    const FAR: usize = 8;
    let folded = fold(text);
    let is_behind = |hours: &Hours| {
        let before = &folded[hours.at.saturating_sub(FAR)..hours.at];
        super::tokens::has_any(before, words)
    };
    hours(text).into_iter().filter(is_behind).collect()
}

/// The minutes of the break that a text tells: 「休憩1時間」「休憩45分」; `word` is that for a break.
#[must_use]
pub(super) fn minutes_after(text: &str, word: &[char]) -> Option<u32> {
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

fn range(text: &[char], at: usize) -> Option<(Hours, usize)> {
    let is_inside_number = at > 0 && text[at - 1].is_ascii_digit();
    let (start, end) = clock(text, at).filter(|_| !is_inside_number)?;
    let (next, is_next_day) = separator(text, end)?;
    let (stop, end) = clock(text, next)?;
    let goes_over = is_next_day || (stop <= start && start >= EVENING && stop <= DAY / 2);
    let stop = if goes_over && stop <= start { stop + DAY } else { stop };
    Some((Hours { start, end: stop, at }, end))
}

/// What stands between two times, and whether it names the next day.
fn separator(text: &[char], at: usize) -> Option<(usize, bool)> {
    let skip = |at: usize| at + text[at.min(text.len())..].iter().take_while(|c| **c == ' ').count();
    let at = skip(at);
    let next = match text.get(at..)? {
        ['~' | '〜' | '-' | '‐' | '–' | '—' | '―' | '−' | 'ー', ..] => at + 1,
        ['か', 'ら', ..] => at + 2,
        _ => return None,
    };
    let next = skip(next);
    Some(match text.get(next..)? {
        ['翌', '日', ..] => (skip(next + 2), true),
        ['翌', ..] => (skip(next + 1), true),
        _ => (next, false),
    })
}

/// A time of the day, with the place after it.
fn clock(text: &[char], at: usize) -> Option<(u32, usize)> {
    let (shift, at) = match text.get(at..)? {
        ['午', '前', ..] => (0, at + 2),
        ['午', '後', ..] => (12, at + 2),
        _ => (0, at),
    };
    let (hour, end) = number(text, at)?;
    let (minute, end) = match text.get(end..)? {
        [':', ..] => number(text, end + 1)?,
        ['時', '間', ..] => return None,
        ['時', '半', ..] => (30, end + 2),
        ['時', ..] => match number(text, end + 1) {
            Some((minute, end)) if text.get(end) == Some(&'分') => (minute, end + 1),
            _ => (0, end + 1),
        },
        _ => return None,
    };
    let hour = if hour < 12 { hour + shift } else { hour };
    (hour <= 29 && minute < 60).then_some((hour * 60 + minute, end))
}

/// A number of one or two digits, with the place after it.
fn number(text: &[char], at: usize) -> Option<(u32, usize)> {
    let digits = text.get(at..)?.iter().map_while(|c| c.to_digit(10));
    let (count, number) = digits.take(4).fold((0, 0), |(count, number), digit| (count + 1, number * 10 + digit));
    (1..=3).contains(&count).then_some((number, at + count))
}
