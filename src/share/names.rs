//! The names of the files in a package: what every system takes as a plain name, and nothing that
//! leads elsewhere or hides something.

use unicode_normalization::UnicodeNormalization;

/// The longest name, in bytes of UTF-8: what the file systems of today take.
const LONGEST: usize = 255;

/// What Windows keeps for devices, whatever ending follows.
const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

/// What Windows numbers: `COM1`, `LPT²`, …
const PORTS: [&str; 2] = ["COM", "LPT"];

/// Whether a name can be the name of a file on every system, in whatever folder.
#[must_use]
pub fn is_plain(name: &str) -> bool {
    let is_allowed = |c: char| !c.is_control() && !"<>:\"/\\|?*".contains(c) && !is_hidden(c);
    let is_whole = !name.is_empty() && name.len() <= LONGEST;
    // Windows drops dots and spaces at the end; a dot in front hides the file elsewhere.
    let is_visible = !name.starts_with('.') && !name.ends_with(['.', ' ', '\u{3000}']);
    is_whole && is_visible && name.chars().all(is_allowed) && !is_device(name)
}

/// A name like this one that is [plain](is_plain).
#[must_use]
pub fn made_plain(name: &str) -> String {
    let is_allowed = |c: &char| !c.is_control() && !"<>:\"/\\|?*".contains(*c) && !is_hidden(*c);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "pdf"));
    let stem: String = stem.trim_start_matches('.').chars().map(|c| if is_allowed(&c) { c } else { '-' }).collect();
    let room = LONGEST - ending.len() - 2;
    let end = (0..=stem.len().min(room)).rev().find(|end| stem.is_char_boundary(*end)).unwrap_or(0);
    let plain = format!("{}.{ending}", &stem[..end]);
    if is_device(&plain) || end == 0 { format!("_{plain}") } else { plain }
}

/// What a reader does not see, or what turns the letters after it around.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_port = |port: &&str| {
        let number = stem.strip_prefix(*port).map(|number| number.chars().collect::<Vec<_>>());
        number.is_some_and(|number| matches!(number.as_slice(), ['0'..='9' | '¹' | '²' | '³']))
    };
    DEVICES.contains(&stem.as_str()) || PORTS.iter().any(is_port)
}

/// A name as the systems compare names that see no letter case, or take a kana and its voicing mark
/// for one character: two names that are the same here are one file on some of them.
#[must_use]
pub fn compared(name: &str) -> String {
    // The letter case first and last: both change what the other one sees.
    name.nfc().collect::<String>().to_uppercase().to_lowercase().nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_names_are_taken() {
        for name in
            ["case.ron", "1_主治医意見書_第1版.pdf", "はじめにお読みください.txt", "a b.pdf", "COM10.txt", "LPTX"]
        {
            assert!(is_plain(name), "{name} is plain");
        }
        let long = "あ".repeat(86);
        for name in [
            "",
            ".",
            "..",
            "../a",
            "a/b",
            "/a",
            "\\a",
            "..\\a",
            "C:a",
            "c:\\a",
            "a:b",
            "a\0",
            "a\n",
            "a.",
            "a ",
            "a\u{3000}",
            "CON",
            "con.txt",
            "Nul .pdf",
            "COM1",
            "lpt9.ron",
            "COM¹",
            "conin$",
            ".hidden",
            "a\u{202E}fdp.exe",
            "a?",
            "a*",
            "a|b",
            "<a>",
            "a\"b",
            "\u{200B}a",
            &long,
        ] {
            assert!(!is_plain(name), "{name:?} is not plain");
        }
    }

    #[test]
    fn a_name_can_be_made_plain() {
        let long = "あ".repeat(200) + ".pdf";
        for name in ["a.pdf", "../a.pdf", "CON.pdf", ".pdf", "a\u{202E}b/c.pdf", "", &long] {
            let plain = made_plain(name);
            assert!(is_plain(&plain), "{name:?} became {plain:?}");
        }
        assert_eq!(made_plain("R8-0001_主治医意見書_第1版.pdf"), "R8-0001_主治医意見書_第1版.pdf");
    }

    #[test]
    fn names_that_some_systems_take_for_one_are_the_same() {
        assert_eq!(compared("が.PDF"), compared("か\u{3099}.pdf"));
        assert_eq!(compared("Straße"), compared("STRASSE"));
        assert_ne!(compared("か.pdf"), compared("が.pdf"));
    }
}
