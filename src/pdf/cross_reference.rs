//! A look at the tables of objects (cross-reference streams) of a PDF from outside, before the library
//! reads them: it makes as many entries as a table says to have, and gives each the room that it says to
//! take. Where an entry takes no bytes, a line of text says four thousand million of them.

/// The fewest bytes of an entry: what it is, where it stands, and which one of that number.
const NARROWEST: i64 = 3;
/// The most bytes of a part of an entry. The name is that of widths of characters too, which come with
/// the numbers of the characters and go up to 65,535.
const WIDEST: i64 = 100_000;

/// Whether no table has more entries than bytes. It is looked for in all of the file: what is a table
/// depends on where somebody says that one stands.
pub(super) fn is_bounded(bytes: &[u8]) -> bool {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| &bytes[at + 1..]);
    starts.into_iter().all(|after| match name(after) {
        Some((b'W', after)) => is_width(&numbers(after, 3)),
        Some((b'I', after)) => numbers(after, usize::MAX).iter().all(|number| u32::try_from(*number).is_ok()),
        _ => true,
    })
}

fn is_width(parts: &[i64]) -> bool {
    let &[sort, place, generation] = parts else { return true };
    let is_wide = parts.iter().any(|part| *part > WIDEST);
    !is_wide && sort.saturating_add(place).saturating_add(generation) >= NARROWEST
}

/// The first letter of the name that stands here, if it is `W` or `Index`, and what follows it. Any
/// letter of a name may be written by its number (`#57`).
fn name(mut rest: &[u8]) -> Option<(u8, &[u8])> {
    let mut name = Vec::new();
    while name.len() <= b"Index".len() {
        match rest {
            [b'#', high, low, after @ ..] => {
                name.push(u8::from_str_radix(std::str::from_utf8(&[*high, *low]).ok()?, 16).ok()?);
                rest = after;
            }
            [letter, after @ ..] if letter.is_ascii_alphabetic() => {
                name.push(*letter);
                rest = after;
            }
            _ => break,
        }
    }
    matches!(name.as_slice(), b"W" | b"Index").then(|| (name[0], rest))
}

/// The whole numbers at the beginning of the list that stands here, so many at most; one that is too
/// large for any is the largest.
fn numbers(rest: &[u8], most: usize) -> Vec<i64> {
    let Some(mut rest) = after_blank(rest).strip_prefix(b"[") else { return Vec::new() };
    let mut numbers = Vec::new();
    while numbers.len() < most {
        rest = after_blank(rest);
        let sign = usize::from(matches!(rest.first(), Some(b'+' | b'-')));
        let digits = rest[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let (number, after) = rest.split_at(sign + digits);
        if digits == 0 {
            break;
        }
        let number = std::str::from_utf8(number).unwrap_or_default();
        numbers.push(number.parse().unwrap_or(i64::MAX));
        rest = after;
    }
    numbers
}

/// What follows white space and comments.
fn after_blank(mut rest: &[u8]) -> &[u8] {
    loop {
        rest = match rest {
            [b' ' | b'\t' | b'\r' | b'\n' | b'\0' | b'\x0C', after @ ..] => after,
            [b'%', comment @ ..] => {
                let end = comment.iter().position(|byte| matches!(byte, b'\r' | b'\n')).unwrap_or(comment.len());
                &comment[end..]
            }
            _ => return rest,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::is_bounded;

    #[test]
    fn a_table_whose_entries_take_no_bytes_is_found_however_it_is_written() {
        for table in [
            "/W [0 0 0]",
            "/W[0 0 0]",
            "/#57 [0 0 0]",
            "/W % widths\n [ 0\t0\r0 ]",
            "/W [+0 -0 0]",
            "/W [1 0 0]",
            "/W [1 2 1] /W [0 0 1]",
            "/W [99999999999 1 1]",
            "/W [1 9223372036854775808 1]",
            "/Index [9223372036854775807 2] /W [1 2 1]",
            "/#49ndex [-1 2]",
        ] {
            assert!(!is_bounded(table.as_bytes()), "{table}");
        }
    }

    #[test]
    fn tables_and_widths_of_characters_as_they_are_written_are_let_through() {
        for table in [
            "/W [1 2 1] /Index [0 12 40 2]",
            "/W [1 3 0]",
            "/W [1 [500 600] 12 65535 1000]",
            "/W [0 [0]]",
            "/W 1",
            "/Wx [0 0 0]",
            "/Width [0 0 0]",
            "/W",
            "/",
            "/#5",
        ] {
            assert!(is_bounded(table.as_bytes()), "{table}");
        }
    }
}
