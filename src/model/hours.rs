//! Working hours as people write them: 10:00～15:00, 9時〜16時, 午前9時から午後3時半まで.

/// From when to when somebody works, in minutes after midnight. The end of a night shift lies
/// after midnight, beyond 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hours {
    /// The begin.
    pub start: u16,
    /// The end; always after the begin.
    pub end: u16,
}

/// A day, in minutes.
pub const DAY: u16 = 24 * 60;

/// Reads the working hours out of a text. What stands in brackets is a break or an exception and
/// is passed over; a text that says two different hours, or none, has none.
#[must_use]
pub fn parse(typed: &str) -> Option<Hours> {
    let tokens = tokens(&without_brackets(typed));
    let range = |three: &[Token]| match three {
        [Token::Time { minutes: start, is_clear }, Token::To, Token::Time { minutes: end, is_clear: clear }] => {
            (start != end && (*is_clear || *clear))
                .then(|| Hours { start: *start, end: if end > start { *end } else { end + DAY } })
        }
        _ => None,
    };
    let mut found = tokens.windows(3).filter_map(range).filter(|hours| hours.start < DAY);
    let first = found.next()?;
    // Hours that lie within the first ones are a break.
    let is_within = |other: Hours| first.start <= other.start && other.end <= first.end;
    found.all(is_within).then_some(first)
}

/// A part of a text that speaks of hours.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Token {
    /// A time of the day; clear where it is written as one, and not just as a number.
    Time { minutes: u16, is_clear: bool },
    /// ～
    To,
    /// Anything else.
    Other,
}

fn without_brackets(text: &str) -> Vec<char> {
    let mut depth = 0_usize;
    let mut kept = Vec::new();
    for c in text.chars().map(plain).filter(|c| !c.is_whitespace()) {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// One character for all that mean the same here.
fn plain(c: char) -> char {
    match c {
        '〜' | '～' | '~' | '−' | '－' | 'ー' | '‐' | '–' | '—' | '―' | '-' => '~',
        '【' | '［' | '〔' | '（' => '(',
        '】' | '］' | '〕' | '）' => ')',
        '！'..='｝' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

fn tokens(text: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut is_afternoon = None;
    while at < text.len() {
        let rest = &text[at..];
        let (token, length) = if rest.starts_with(&['か', 'ら']) {
            (Some(Token::To), 2)
        } else if rest.starts_with(&['午', '前']) || rest.starts_with(&['午', '後']) {
            is_afternoon = Some(rest[1] == '後');
            (None, 2)
        } else if rest[0] == '翌' {
            (None, if rest.get(1) == Some(&'日') { 2 } else { 1 })
        } else if rest[0] == '~' {
            (Some(Token::To), 1)
        } else if rest[0].is_ascii_digit() {
            let (token, length) = number(rest, is_afternoon.take());
            (Some(token), length)
        } else {
            (Some(Token::Other), 1)
        };
        // 10時から～ says it once.
        tokens.extend(token.filter(|token| *token != Token::To || tokens.last() != Some(&Token::To)));
        at += length;
    }
    tokens
}

/// Reads a time that begins with a digit: `9:30`, `9時半`, `9時30分`, or a number alone. Returns how
/// many characters it takes.
fn number(text: &[char], is_afternoon: Option<bool>) -> (Token, usize) {
    let (hour, digits) = digits(text);
    let rest = &text[digits..];
    let (minute, length, is_clear) = match rest.first() {
        Some(':') => {
            let (minute, digits) = self::digits(&rest[1..]);
            (minute.filter(|_| digits == 2), 1 + digits, true)
        }
        // 4時間 is no time of the day.
        Some('時') if rest.get(1) == Some(&'間') => (None, 2, true),
        Some('時') if rest.get(1) == Some(&'半') => (Some(30), 2, true),
        Some('時') => match self::digits(&rest[1..]) {
            (Some(minute), digits) if rest.get(1 + digits) == Some(&'分') => (Some(minute), 2 + digits, true),
            _ => (Some(0), 1, true),
        },
        Some('年' | '月' | '日' | '分' | '週' | '回' | '/' | '.' | '%') => (None, 1, false),
        _ => (Some(0), 0, false),
    };
    let hour = match (hour, is_afternoon) {
        (Some(hour @ 0..=11), Some(true)) => Some(hour + 12),
        (Some(hour), _) if hour <= 24 => Some(hour),
        _ => None,
    };
    let minutes = hour.zip(minute.filter(|minute| *minute < 60)).map(|(hour, minute)| hour * 60 + minute);
    let token = minutes
        .filter(|minutes| *minutes <= DAY)
        .map(|minutes| Token::Time { minutes, is_clear: is_clear || is_afternoon.is_some() });
    (token.unwrap_or(Token::Other), digits + length)
}

/// The number that a text begins with, and its digits; none where it is longer than a time has.
fn digits(text: &[char]) -> (Option<u16>, usize) {
    let count = text.iter().take_while(|c| c.is_ascii_digit()).count();
    let number: String = text[..count].iter().collect();
    (number.parse().ok().filter(|_| (1..=2).contains(&count)), count)
}
