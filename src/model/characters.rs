//! Characters as people see them: with their variation selectors and marks, and those that
//! cannot be seen at all.

/// Whether a character is a control character that no text needs, has no width, or turns the
/// direction of writing: none can be printed, and all can hide what is written.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    let turns_direction =
        matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let is_zero_width = matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}');
    (c.is_control() && !matches!(c, '\n' | '\t')) || turns_direction || is_zero_width
}

/// Whether a character only selects a variant of the one before it.
#[must_use]
pub fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}')
}

/// Whether a character is a mark on the one before it, such as a voicing mark of its own.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{3099}' | '\u{309A}' | '\u{0300}'..='\u{036F}' | '\u{200D}')
}

/// Whether a character is a kanji, the compatibility ideographs and 々 included.
#[must_use]
pub fn is_kanji(c: char) -> bool {
    matches!(
        c,
        '々' | '〆' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}'
    )
}

/// The characters of a text, each with what belongs to it.
pub fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let tail = &rest[first.len_utf8()..];
        let more = tail.find(|c| first.is_control() || !(is_selector(c) || is_mark(c))).unwrap_or(tail.len());
        let (cluster, after) = rest.split_at(first.len_utf8() + more);
        rest = after;
        Some(cluster)
    })
}
