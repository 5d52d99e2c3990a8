//! What every page keeps to, whatever is entered: nothing is lost, nothing overlaps, nothing
//! leaves its cell or the page.

mod common;

use std::collections::BTreeMap;

use common::{case_with, example, examples, lay_out, library, text};
use proptest::prelude::*;
use ryoritsu::fonts::FaceId;
use ryoritsu::layout::document::{Area, Document, Item, Page};
use ryoritsu::layout::page::{LEFT, PAGE};
use ryoritsu::layout::text::{Piece, Setter, Style, break_lines};
use ryoritsu::layout::{Edition, MM, Source, layout};
use ryoritsu::model::case::Case;
use ryoritsu::model::check::What;
use ryoritsu::model::form::Kind;
use ryoritsu::model::value::{Value, Values};

/// The lines of a text that is set so wide.
fn lines(text: &str, width: f32) -> Vec<String> {
    let fonts = common::fonts();
    let substitutes = BTreeMap::new();
    let atoms = Setter::new(&fonts, &substitutes).atoms(&[Piece::Text(text.to_owned(), Style::Body)]);
    let line = |range: std::ops::Range<usize>| atoms[range].iter().map(|atom| atom.text.as_str()).collect();
    break_lines(&atoms, width).into_iter().map(line).collect()
}

/// Six characters of the body to a line.
const SIX: f32 = 6.0 * 10.5;

#[test]
fn no_line_starts_with_what_may_not_start_one() {
    for forbidden in
        "、。，．」』）】〉》〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ・：；？！～〜…ヽヾゝゞ％".chars()
    {
        let text = format!("あいうえおか{forbidden}きく");
        for line in &lines(&text, SIX)[1..] {
            assert!(!line.starts_with(forbidden), "{forbidden} starts a line: {line}");
        }
    }
}

#[test]
fn no_line_ends_with_an_opening_bracket() {
    for forbidden in "（「『【〈《〔［｛".chars() {
        let text = format!("あいうえお{forbidden}かきくけ");
        for line in lines(&text, SIX) {
            assert!(!line.ends_with(forbidden), "{forbidden} ends a line: {line}");
        }
    }
}

#[test]
fn a_word_or_a_number_is_not_parted() {
    assert_eq!(lines("あいうえ2026年", SIX), ["あいうえ2026", "年"]);
    assert_eq!(lines("あいうえおtelework", SIX), ["あいうえお", "telework"]);
}

#[test]
fn a_word_longer_than_a_line_is_cut_and_whole() {
    let found = lines(&"a".repeat(30), SIX);
    assert!(found.len() > 1);
    assert_eq!(found.concat(), "a".repeat(30));
}

#[test]
fn a_line_break_that_was_typed_is_kept() {
    assert_eq!(lines("一\n\n二\r\n三", SIX), ["一", "", "二", "三"]);
}

#[test]
fn a_variation_selector_stays_with_its_character() {
    let found = lines("渡邊\u{E0108}渡邊\u{E0108}渡邊\u{E0108}渡邊\u{E0108}", SIX);
    assert!(found.iter().all(|line| !line.starts_with('\u{E0108}')), "{found:?}");
}

proptest! {
    #[test]
    fn lines_lose_nothing_and_keep_to_their_width(text in "[あ-んァ-ヶ一-龠a-z0-9、。「」（）ー～ \n]{0,200}", width in 30.0_f32..400.0) {
        let fonts = common::fonts();
        let substitutes = BTreeMap::new();
        let setter = Setter::new(&fonts, &substitutes);
        let found = lines(&text, width);
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(squeezed(&found.concat()), squeezed(&text));
        for line in &found {
            prop_assert!(setter.width(line, Style::Body) <= width + 0.1 || line.chars().count() <= 1, "{} in {}", line, width);
        }
    }
}

/// The box of ink of every item with text, by page.
fn inks(page: &Page) -> Vec<(String, Area)> {
    let ink = |item: &Item| match item {
        Item::Text(run) => {
            let area = Area { x: run.x, y: run.baseline - run.size * 0.88, width: run.width(), height: run.size };
            Some((run.text(), area))
        }
        _ => None,
    };
    page.items.iter().filter_map(ink).filter(|(text, _)| !text.trim().is_empty()).collect()
}

fn overlap(one: &Area, other: &Area) -> bool {
    let across = one.right().min(other.right()) - one.x.max(other.x);
    let down = one.bottom().min(other.bottom()) - one.y.max(other.y);
    across > 0.5 && down > 0.5
}

/// What holds for every page.
fn assert_orderly(document: &Document) {
    for page in &document.pages {
        let inks = inks(page);
        for (at, (text, area)) in inks.iter().enumerate() {
            assert!(area.x >= LEFT - 0.1, "{text} stands in the margin for the punch");
            assert!(area.right() <= PAGE.0 - 10.0 * MM, "{text} leaves the page at the right");
            assert!(area.bottom() <= PAGE.1 - 5.0 * MM && area.y >= 10.0 * MM, "{text} leaves the page");
            for (other_text, other) in &inks[at + 1..] {
                assert!(!overlap(area, other), "{text} lies over {other_text}");
            }
        }
        assert_no_rule_through_text(page, &inks);
        for item in &page.items {
            let Item::Signature { area, .. } = item else { continue };
            for (text, ink) in &inks {
                assert!(!overlap(area, ink), "{text} lies over the room to sign in");
            }
        }
    }
}

/// A rule through ink would mean that a text leaves its cell.
fn assert_no_rule_through_text(page: &Page, inks: &[(String, Area)]) {
    for item in &page.items {
        let Item::Rule { from, to, .. } = item else { continue };
        let rule = Area {
            x: from.0.min(to.0) - 0.1,
            y: from.1.min(to.1) - 0.1,
            width: (from.0 - to.0).abs() + 0.2,
            height: (from.1 - to.1).abs() + 0.2,
        };
        for (text, ink) in inks {
            let inner = Area { x: ink.x + 0.6, y: ink.y + 0.6, width: ink.width - 1.2, height: ink.height - 1.2 };
            let across = rule.right().min(inner.right()) - rule.x.max(inner.x);
            let down = rule.bottom().min(inner.bottom()) - rule.y.max(inner.y);
            assert!(across <= 0.0 || down <= 0.0, "a rule goes through {text}");
        }
    }
}

/// Everything that is read on the pages, in reading order, without white space; the margins,
/// which only decorate, are left out.
fn all_text(document: &Document) -> String {
    let read = |item: &Item| match item {
        Item::Text(run) if run.tag.is_some() => Some(run.text()),
        _ => None,
    };
    let text: String = document.pages.iter().flat_map(|page| page.items.iter().filter_map(read)).collect();
    text.split_whitespace().collect()
}

#[test]
fn every_form_lays_out_with_every_example_and_with_none() {
    for (name, example) in examples() {
        for form in library().forms.keys() {
            let mut case = example.clone();
            if case.documents_of(form).next().is_none() {
                case.add_document(form.clone());
            }
            for at in case.documents_of(form).collect::<Vec<_>>() {
                let document = lay_out(&case, at);
                assert!(document.problems.is_empty(), "{name} {form}: {:?}", document.problems);
                assert_orderly(&document);
            }
        }
    }
    for form in library().forms.keys() {
        let case = Case::new("R8-0001".to_owned(), String::new(), [form.clone()]);
        let document = lay_out(&case, 0);
        assert_orderly(&document);
        assert_eq!(document.pages.len(), 1, "an empty {form} is one page");
    }
}

#[test]
fn every_label_option_statement_and_caption_of_a_form_is_printed() {
    for form in library().forms.values() {
        let case = Case::new("R8-0001".to_owned(), String::new(), [form.key.clone()]);
        let printed = all_text(&lay_out(&case, 0));
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        assert!(printed.contains(&squeezed(&form.title)));
        for field in &form.fields {
            for option in field.options() {
                assert!(printed.contains(&squeezed(&option.label)), "{}: {}", form.key, option.label);
            }
        }
        for (statement, line) in form.signature_lines() {
            assert!(printed.contains(&squeezed(statement)), "{statement}");
            assert!(printed.contains(&squeezed(&line.caption)), "{}", line.caption);
        }
    }
}

#[test]
fn no_printed_era_is_fixed() {
    let case = Case::new("R8-0001".to_owned(), String::new(), library().forms.keys().cloned());
    let library = library();
    let fonts = common::fonts();
    for (date, era) in [("2026-11-22", "令和"), ("2019-04-30", "平成")] {
        for at in 0..case.documents.len() {
            let form = &library.forms[&case.documents[at].form];
            let today = date.parse().expect("a day");
            let source = Source { form, case: &case, at, fonts: &fonts, today, edition: Edition::Empty };
            let printed = all_text(&layout(&source));
            let other = if era == "令和" { "平成" } else { "令和" };
            assert!(printed.contains(era) && !printed.contains(other), "{}", form.key);
        }
    }
}

#[test]
fn two_thousand_characters_flow_to_a_second_page_and_nothing_is_cut() {
    let long: String = "体調を見ながら、休憩の場所と時間を確保してください。".chars().cycle().take(2000).collect();
    let case = case_with("physician_opinion", &[("other_considerations", text(&long))]);
    let document = lay_out(&case, 0);
    assert!(document.pages.len() >= 2);
    assert_orderly(&document);
    let printed = all_text(&document);
    assert!(printed.contains(&long), "every character, in its order");
    let heading: Vec<String> = inks(&document.pages[1]).into_iter().map(|(text, _)| text).collect();
    for expected in ["職場復帰について主治医の意見書", "早坂　由美子", &format!("2/{} ページ", document.pages.len())]
    {
        assert!(heading.iter().any(|text| text == expected), "{expected}: {heading:?}");
    }
}

#[test]
fn a_statement_is_never_parted_from_its_signature_lines() {
    for length in (0..3000).step_by(150) {
        let long = "あ".repeat(length);
        let case = case_with("return_to_work_plan", &[("treatment_outline", text(&long))]);
        for page in &lay_out(&case, 0).pages {
            let texts: Vec<String> = inks(page).into_iter().map(|(text, _)| text).collect();
            let has = |wanted: &str| texts.iter().any(|text| text.contains(wanted));
            let statement = has("協議した結果、上記内容の復職計画を立てました。");
            for caption in ["（本人署名）", "（会社担当者名）", "（コーディネーター）"] {
                assert_eq!(statement, has(caption), "{length}: {caption}");
            }
        }
    }
}

#[test]
fn a_label_stays_with_the_text_below_it() {
    for length in (1000..1800).step_by(20) {
        let values = [("daily_work", text(&"あ".repeat(length))), ("monthly_work", text("毎月の会議に出る。"))];
        for page in &lay_out(&case_with("workplace_consultation", &values), 0).pages {
            let has = |wanted: &str| inks(page).iter().any(|(text, _)| text == wanted);
            assert_eq!(has("毎月ある業務など"), has("毎月の会議に出る。"), "{length}");
        }
    }
}

#[test]
fn a_name_too_long_for_the_heading_has_a_line_of_its_own() {
    let name = "イブラヒモヴィッチ・アレクサンドラ・マリア・フェルナンデス";
    let mut case = case_with("continuation_opinion", &[("current_symptoms", text(&"あ".repeat(1500)))]);
    case.people.insert("patient.name".to_owned(), text(name));
    let document = lay_out(&case, 0);
    assert_orderly(&document);
    assert!(inks(&document.pages[1]).iter().any(|(text, _)| text == name));
}

#[test]
fn a_table_goes_on_under_its_heading() {
    let row = |n: usize| Values::from([("measures".to_owned(), text(&format!("{n}行目の措置")))]);
    let rows = Value::Rows((1..=40).map(row).collect());
    let document = lay_out(&case_with("return_to_work_plan", &[("periods", rows)]), 0);
    assert!(document.pages.len() > 2);
    assert_orderly(&document);
    for page in document.pages.iter().filter(|page| inks(page).iter().any(|(text, _)| text.contains("行目の措置")))
    {
        assert!(inks(page).iter().any(|(text, _)| text == "勤務時間"));
    }
    let all = (1..=40).map(|n| format!("～{n}行目の措置")).collect::<Vec<_>>().concat();
    assert!(all_text(&document).contains(&all));
}

#[test]
fn a_chosen_sex_is_circled_and_an_open_one_is_not() {
    let circles = |case: &Case| {
        let items = lay_out(case, 0).pages.into_iter().flat_map(|page| page.items);
        items.filter(|item| matches!(item, Item::Circle(_))).count()
    };
    let mut case = case_with("return_to_work_plan", &[]);
    assert_eq!(circles(&case), 1);
    case.people.remove("patient.sex");
    assert_eq!(circles(&case), 0);
}

#[test]
fn a_name_is_set_in_the_face_that_has_it() {
    for (name, expected) in
        [("𠮷田　髙子", FaceId::IpaMincho), ("渡邊\u{E0108}　一郎", FaceId::IpaMincho), ("髙橋　德郎", FaceId::Gothic)]
    {
        let mut case = example("c7");
        case.people.insert("patient.name".to_owned(), text(name));
        let document = lay_out(&case, 0);
        assert!(document.problems.is_empty(), "{name}: {:?}", document.problems);
        let runs: Vec<_> = document.pages[0]
            .items
            .iter()
            .filter_map(|item| match item {
                Item::Text(run) if run.text() == name => Some(run),
                _ => None,
            })
            .collect();
        assert_eq!(runs.len(), 1, "{name} is one run");
        assert_eq!(runs[0].face, expected);
    }
}

#[test]
fn variants_that_differ_have_different_glyphs() {
    let glyphs = |name: &str| {
        let fonts = common::fonts();
        let substitutes = BTreeMap::new();
        let atoms = Setter::new(&fonts, &substitutes).atoms(&[Piece::Text(name.to_owned(), Style::Body)]);
        atoms.iter().map(|atom| format!("{:?}", atom.ink)).collect::<Vec<_>>()
    };
    assert_ne!(glyphs("葛\u{E0100}"), glyphs("葛\u{E0101}"));
    assert_ne!(glyphs("辻\u{E0100}"), glyphs("辻\u{E0101}"));
    for name in ["髙", "﨑", "𠮷", "邉", "邊", "齋", "德", "濵", "か\u{3099}"] {
        assert!(glyphs(name)[0].contains("Glyph"), "{name}");
    }
}

#[test]
fn a_character_without_a_glyph_is_told_with_its_field_and_prints_by_its_substitute() {
    let mut case = example("c7");
    case.people.insert("patient.name".to_owned(), text("渡邊\u{E0104}　一郎"));
    let document = lay_out(&case, 0);
    assert_eq!(document.problems.len(), 1);
    assert_eq!(document.problems[0].place.field, "patient.name");
    assert_eq!(document.problems[0].what, What::MissingGlyph { character: "邊\u{E0104}".to_owned() });
    case.print_substitutes.insert("邊\u{E0104}".to_owned(), "邊".to_owned());
    let document = lay_out(&case, 0);
    assert!(document.problems.is_empty());
    assert!(all_text(&document).contains("渡邊一郎"));
}

#[test]
fn emoji_and_controls_are_told_not_printed() {
    for odd in ["😀", "\u{202E}", "\u{7}"] {
        let mut case = example("c7");
        case.people.insert("patient.name".to_owned(), text(&format!("山田{odd}")));
        assert!(!lay_out(&case, 0).problems.is_empty(), "{odd:?}");
    }
}

#[test]
fn every_field_of_a_form_has_its_place_on_the_page() {
    for (name, case) in examples() {
        let library = library();
        for at in 0..case.documents.len() {
            let form = &library.forms[&case.documents[at].form];
            let document = lay_out(&case, at);
            for field in &form.fields {
                let mut areas = document.pages.iter().flat_map(|page| &page.fields);
                assert!(areas.any(|area| area.field.key == field.key), "{name} {}: {}", form.key, field.key);
            }
        }
    }
}

/// Text as people and machines put it into a field.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[あ-んア-ヶ一-龠、。（）「」０-９ー～]{0,400}",
        "[a-zA-Z0-9 ,.:()/-]{0,300}",
        "[あ-ん一-龠\n\r\t ]{0,200}",
        "\\PC{0,120}",
        "(、|。|」){0,80}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn whatever_is_entered_the_page_stays_orderly(texts in proptest::collection::vec(any_text(), 8)) {
        let keys = ["treatment_status", "current_symptoms", "treatment_policy", "verdict_detail", "other_considerations"];
        let values: Vec<(&str, Value)> = keys.into_iter().zip(&texts).map(|(key, value)| (key, text(value))).collect();
        let mut case = case_with("physician_opinion", &values);
        case.people.insert("patient.name".to_owned(), text(&texts[5].replace('\n', "")));
        case.people.insert("patient.address".to_owned(), text(&texts[6]));
        assert_orderly(&lay_out(&case, 0));
    }

    #[test]
    fn whatever_is_entered_into_whichever_form_the_page_stays_orderly(
        texts in proptest::collection::vec(prop_oneof![any_text(), "[あ-ん]{0,1600}"], 12),
        number in "[A-Z0-9あ-ん-]{1,36}",
    ) {
        for form in library().forms.values() {
            let mut case = case_with(&form.key, &[]);
            case.number.clone_from(&number);
            for (field, entered) in form.fields.iter().zip(texts.iter().cycle()) {
                let value = match field.kind {
                    Kind::LongText => text(entered),
                    Kind::Text => text(&entered.replace(['\n', '\r'], "")),
                    _ => continue,
                };
                let values = if field.key.contains('.') { &mut case.people } else { &mut case.documents[0].values };
                values.insert(field.key.clone(), value);
            }
            assert_orderly(&lay_out(&case, 0));
        }
    }

    #[test]
    fn whatever_is_entered_the_table_stays_orderly(texts in proptest::collection::vec(any_text(), 1..8)) {
        let row = |entered: &String| Values::from([
            ("hours".to_owned(), text(entered)),
            ("measures".to_owned(), text(entered)),
            ("treatment".to_owned(), text(entered)),
        ]);
        let rows = Value::Rows(texts.iter().map(row).collect());
        let choice = Value::Choice(Values::from([("other".to_owned(), text(&texts[0]))]));
        assert_orderly(&lay_out(&case_with("return_to_work_plan", &[("periods", rows)]), 0));
        assert_orderly(&lay_out(&case_with("workplace_consultation", &[("work_pattern", choice)]), 0));
    }
}
