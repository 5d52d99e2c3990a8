//! How a field or an option stands in a line of print: wording with holes.
//!
//! `□その他（{:14}）` is a tick box, wording, and a blank 14 em wide for what is written in;
//! `{start}　～　{end}` names other fields of the form.

/// One piece of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Fixed wording.
    Text(String),
    /// `□`: a box to tick, drawn as lines.
    Box,
    /// `{}` or `{:width}`: what belongs here, at least this wide in em.
    Hole(Option<f32>),
    /// `{key}` or `{key:width}`: another field of the form, at least this wide in em.
    Field(String, Option<f32>),
}

/// Why a pattern cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PatternError {
    /// `{` without `}` or the other way round.
    Unbalanced,
    /// The width after `:` is no number from 0 to 60.
    Width(String),
}

/// Takes a pattern apart.
///
/// # Errors
/// Braces that do not match, or a width that is none.
pub fn parse(pattern: &str) -> Result<Vec<Piece>, PatternError> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '}', '□']) {
        if at > 0 {
            pieces.push(Piece::Text(rest[..at].to_owned()));
        }
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix('□') {
            pieces.push(Piece::Box);
            rest = after;
        } else {
            let inside = rest.strip_prefix('{').ok_or(PatternError::Unbalanced)?;
            let end = inside.find('}').ok_or(PatternError::Unbalanced)?;
            pieces.push(hole(&inside[..end])?);
            rest = &inside[end + 1..];
        }
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    Ok(pieces)
}

fn hole(inside: &str) -> Result<Piece, PatternError> {
    let (key, width) = match inside.split_once(':') {
        None => (inside, None),
        Some((key, width)) => {
            let number: f32 = width.parse().map_err(|_| PatternError::Width(width.to_owned()))?;
            if !(0.0..=60.0).contains(&number) {
                return Err(PatternError::Width(width.to_owned()));
            }
            (key, Some(number))
        }
    };
    Ok(if key.is_empty() { Piece::Hole(width) } else { Piece::Field(key.to_owned(), width) })
}
