//! Where in a RON text a value stands: line and column for problems that are found only after
//! the text has been read.

use crate::model::failure::{Position, Step};

/// The name that the text begins with (`Case`, `Form`, …) and its `format`, if they are there.
#[must_use]
pub fn head(text: &str) -> (Option<String>, Option<u32>) {
    let mut scanner = Scanner { text, at: 0 };
    scanner.skip_blank();
    let name = scanner.word().map(str::to_owned);
    scanner.skip_blank();
    let format = scanner.eat('(').then(|| {
        scanner.skip_blank();
        if scanner.word() != Some("format") {
            return None;
        }
        scanner.skip_blank();
        scanner.eat(':');
        scanner.skip_blank();
        scanner.rest().split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    });
    (name, format.flatten())
}

/// Where the value on that way stands; the nearest one above it where it is not there itself.
#[must_use]
pub fn locate(text: &str, path: &[Step]) -> Position {
    let at = (0..=path.len()).rev().find_map(|length| {
        let mut scanner = Scanner { text, at: 0 };
        scanner.find(&path[..length])
    });
    position(text, at.unwrap_or(0))
}

/// Line and column of a place in the text.
#[must_use]
pub fn position(text: &str, at: usize) -> Position {
    let before = &text[..at];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    Position { line, column }
}

/// The place in the text of a line and column; the end where it has no such place.
#[must_use]
pub fn offset(text: &str, position: Position) -> usize {
    let line_start = match position.line {
        0 | 1 => 0,
        line => text.match_indices('\n').nth(line - 2).map_or(text.len(), |(at, _)| at + 1),
    };
    let column = text[line_start..].char_indices().nth(position.column.saturating_sub(1));
    column.map_or(text.len(), |(at, _)| line_start + at)
}

/// The place of the next thing that is neither white space nor a comment.
#[must_use]
pub fn skip_blank(text: &str, at: usize) -> usize {
    let mut scanner = Scanner { text, at };
    scanner.skip_blank();
    if scanner.rest().is_empty() { at } else { scanner.at }
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let is_there = self.peek() == Some(wanted);
        if is_there {
            self.at += wanted.len_utf8();
        }
        is_there
    }

    /// Over white space and comments.
    fn skip_blank(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.at += trimmed.find("*/").map_or(trimmed.len(), |end| end + 2);
            } else {
                return;
            }
        }
    }

    fn word(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.' || c == '-' || c == '+'));
        let word = &rest[..end.unwrap_or(rest.len())];
        self.at += word.len();
        (!word.is_empty()).then_some(word)
    }

    /// A text in quotation marks, without them; escapes stay as written.
    fn string(&mut self) -> Option<&'a str> {
        let rest = self.rest();
        if let Some(raw) = rest.strip_prefix('r') {
            let hashes = raw.len() - raw.trim_start_matches('#').len();
            let end = format!("\"{}", "#".repeat(hashes));
            let inside = raw[hashes..].strip_prefix('"')?;
            let length = inside.find(&end)?;
            self.at += 1 + hashes + 1 + length + end.len();
            return Some(&inside[..length]);
        }
        let inside = rest.strip_prefix('"')?;
        let mut escaped = false;
        let length = inside.find(|c: char| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        self.at += length + 2;
        Some(&inside[..length])
    }

    /// Where the entry on that way begins: its name where it has one, else the value.
    fn find(&mut self, path: &[Step]) -> Option<usize> {
        self.skip_blank();
        let Some(step) = path.first() else { return Some(self.at) };
        let named = self.peek().is_some_and(char::is_alphabetic)
            && !self.rest().starts_with("r\"")
            && !self.rest().starts_with("r#");
        if named {
            self.word();
            self.skip_blank();
        }
        let close = match self.peek()? {
            '(' => ')',
            '[' => ']',
            '{' => '}',
            _ => return None,
        };
        self.at += 1;
        for index in 0.. {
            self.skip_blank();
            if self.peek()? == close {
                return None;
            }
            let start = self.at;
            let name = self.entry_name(close);
            let is_wanted = match (step, name) {
                (Step::Name(wanted), Some(name)) => wanted == name,
                (Step::Index(wanted), None) => close == ']' && *wanted == index,
                _ => false,
            };
            let found = if is_wanted && path.len() == 1 {
                Some(start)
            } else if is_wanted {
                return self.find(&path[1..]);
            } else if name.is_none() && close == ')' {
                // `Choice({…})`: what is wrapped stands for the wrapper.
                Scanner { text: self.text, at: self.at }.find(path)
            } else {
                None
            };
            if found.is_some() {
                return found;
            }
            self.skip_value()?;
            self.skip_blank();
            self.eat(',');
            if self.at == start {
                // A bracket of another sort: the text is broken here.
                return None;
            }
        }
        None
    }

    /// The name of an entry and its colon, if it has them: `name:` or `"key":`.
    fn entry_name(&mut self, close: char) -> Option<&'a str> {
        let start = self.at;
        let name = match close {
            '}' => self.string().or_else(|| self.word()),
            ')' => self.word(),
            _ => None,
        };
        self.skip_blank();
        if name.is_some() && self.eat(':') {
            return name;
        }
        self.at = start;
        None
    }

    /// Over one value, however it is nested.
    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0;
        loop {
            self.skip_blank();
            let rest = self.rest();
            if rest.starts_with('"') || rest.starts_with("r\"") || rest.starts_with("r#") {
                self.string()?;
            } else {
                match self.peek()? {
                    '(' | '[' | '{' => depth += 1,
                    ')' | ']' | '}' | ',' if depth == 0 => return Some(()),
                    ')' | ']' | '}' => depth -= 1,
                    _ => {}
                }
                let is_word = self.word().is_some();
                if !is_word {
                    self.at += self.peek()?.len_utf8();
                }
            }
        }
    }
}
