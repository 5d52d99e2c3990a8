//! What the program carries inside of itself, so that a copied executable prints right anywhere:
//! fonts, templates, examples, licences.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// The steps of the process and who takes part in them.
pub const PROCESS: &str = include_str!("../templates/rules/process.ron");

/// The words that the cross-checks read by.
pub const TOPICS: &str = include_str!("../templates/rules/topics.ron");

/// The words that tell a diagnosis.
pub const DIAGNOSES: &str = include_str!("../templates/rules/diagnoses.ron");

/// The words that passphrases are made of, one a line.
pub const WORDS: &str = include_str!("../templates/rules/words.txt");

/// The icon of the program, 256 by 256 pixels, as PNG.
pub const ICON: &[u8] = include_bytes!("../docs/icon/icon-256.png");

/// The file name of the description of the shared data among [`TEMPLATES`].
pub const PEOPLE: &str = "people.ron";

/// The font files, in the order of [`crate::fonts::FaceId::ALL`]. Only the pages of them that
/// are used are ever read from disk.
pub const FONTS: [&[u8]; 3] = [
    include_bytes!("../fonts/BIZUDGothic-Regular.ttf"),
    include_bytes!("../fonts/BIZUDGothic-Bold.ttf"),
    include_bytes!("../fonts/ipamjm.ttf"),
];

/// The licences of the program and of what it carries: heading and text.
pub const LICENSES: [(&str, &str); 5] = [
    ("ryoritsu", include_str!("../LICENSE")),
    ("BIZ UDGothic (SIL Open Font License 1.1)", include_str!("../fonts/OFL.txt")),
    ("IPAmj Mincho (IPA Font License Agreement v1.0)", include_str!("../fonts/IPA_Font_License_Agreement_v1.0.txt")),
    ("sRGB-v4.icc (CC0 1.0)", include_str!("pdf/sRGB-v4.LICENSE.txt")),
    ("Rust crates", include_str!("../docs/third-party-licenses.txt")),
];

/// The example of that name, in any letter case: `c7`, `T-01`.
#[must_use]
pub fn example(name: &str) -> Option<&'static str> {
    EXAMPLES.iter().find(|(file, _)| example_name(file).eq_ignore_ascii_case(name)).map(|(_, text)| *text)
}

/// What an example is about, as its first line says; empty where it does not.
#[must_use]
pub fn example_about(text: &str) -> &str {
    text.lines().next().and_then(|line| line.strip_prefix("//")).map(str::trim).unwrap_or_default()
}

/// The name of an example, from that of its file.
#[must_use]
pub fn example_name(file: &str) -> &str {
    file.trim_end_matches(".ron")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_icon_is_a_picture_of_its_size() {
        let icon = eframe::icon_data::from_png_bytes(super::ICON).expect("a picture");
        assert_eq!((icon.width, icon.height), (256, 256));
    }
}
