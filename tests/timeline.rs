//! The plan over the months: hours as people type them, rows as they come, and its picture.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use common::{case_with, example, fonts, library, text};
use lopdf::{Document as File, Object};
use ryoritsu::export::Exporter;
use ryoritsu::layout::document::{Document, Item, Role};
use ryoritsu::layout::{Edition, Source, layout};
use ryoritsu::model::case::Case;
use ryoritsu::model::hours::{self, Hours};
use ryoritsu::model::timeline::{Care, Timeline, timeline};
use ryoritsu::model::value::{Value, Values};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A case with a plan of these rows: first day, last day, hours, treatment; nothing where empty.
fn plan(rows: &[[&str; 4]]) -> Case {
    let row = |row: &[&str; 4]| {
        let entered = ["start", "end", "hours", "treatment"].into_iter().zip(row).filter(|(_, text)| !text.is_empty());
        let value = |(key, entered): (&str, &&str)| {
            let value = if key == "start" || key == "end" { Value::Date(day(entered)) } else { text(entered) };
            (key.to_owned(), value)
        };
        entered.map(value).collect::<Values>()
    };
    case_with("return_to_work_plan", &[("periods", Value::Rows(rows.iter().map(row).collect()))])
}

fn of(case: &Case) -> Timeline {
    timeline(case, &library().forms, common::today()).expect("a plan")
}

#[test]
fn hours_are_read_as_people_type_them() {
    let table = [
        ("10:00～15:00", 600, 900),
        ("10:00〜15:00", 600, 900),
        ("10:00~15:00", 600, 900),
        ("10:00-15:00", 600, 900),
        ("１０：００～１５：００", 600, 900),
        ("１０：００－１５：００", 600, 900),
        ("9時～16時", 540, 960),
        ("9時〜16時", 540, 960),
        ("９時から１６時まで", 540, 960),
        ("9～16時", 540, 960),
        ("9時半～16時半", 570, 990),
        ("9時30分～16時15分", 570, 975),
        ("午前9時～午後3時", 540, 900),
        ("午前9時から午後3時半まで", 540, 930),
        ("9:30 ～ 16:30", 570, 990),
        ("9:30～\n16:30", 570, 990),
        ("時差出勤 10:00～15:00", 600, 900),
        ("10:00～15:00（休憩60分）", 600, 900),
        ("10:00～15:00（月曜は13:00～16:00）", 600, 900),
        ("8:30～17:30、うち休憩12:00～13:00", 510, 1050),
        ("1日5時間 10:00～15:00", 600, 900),
        ("22:00～翌7:00", 1320, 1860),
        ("22:00～7:00", 1320, 1860),
        ("17:00～24:00", 1020, 1440),
        ("0:00～8:00", 0, 480),
        ("勤務時間：9:30～16:30", 570, 990),
        ("10時から～15時", 600, 900),
        ("9 時 ～ 16 時", 540, 960),
        ("10時～15", 600, 900),
    ];
    for (typed, start, end) in table {
        assert_eq!(hours::parse(typed), Some(Hours { start, end }), "{typed}");
    }
}

#[test]
fn what_says_no_hours_or_two_has_none() {
    let table = [
        "",
        "短時間勤務",
        "1日4時間",
        "4時間～6時間",
        "定時",
        "9～16",
        "10:00から",
        "～15:00",
        "4月6日～4月19日",
        "4/6～4/19",
        "週3日～5日",
        "25:00～26:00",
        "10:75～15:00",
        "9:00～9:00",
        "16:00～13:00",
        "9時～3回",
        "9:00～12:00、13:00～17:00",
        "月水金 9:00～12:00、火木 13:00～17:00",
        "（10:00～15:00）",
        "99999999999999999999:00～15:00",
    ];
    for typed in table {
        assert_eq!(hours::parse(typed), None, "{typed}");
    }
}

#[test]
fn the_newest_plan_with_anything_in_it_counts() {
    let mut case = plan(&[["2026-12-01", "2026-12-31", "", ""]]);
    case.add_document("return_to_work_plan".to_owned());
    assert_eq!(of(&case).document, 0, "the newer one is empty");
    let newer = plan(&[["2027-01-01", "2027-01-31", "", ""]]).documents.remove(0);
    case.documents[1].values = newer.values;
    assert_eq!(of(&case).document, 1);
    assert_eq!(timeline(&case_with("physician_opinion", &[]), &library().forms, common::today()), None);
    assert_eq!(timeline(&case, &BTreeMap::new(), common::today()), None);
}

#[test]
fn a_row_keeps_what_was_written_whatever_it_is() {
    let rows = [
        ["2026-12-01", "2026-12-31", "10:00～15:00", ""],
        ["", "", "", ""],
        ["", "", "短時間", ""],
        ["2027-02-01", "2027-01-01", "", ""],
        ["2027-03-01", "", "", ""],
        ["", "2027-04-01", "", ""],
    ];
    let timeline = of(&plan(&rows));
    let bars: Vec<_> = timeline.bars.iter().map(|bar| (bar.row, bar.days(), bar.is_backwards())).collect();
    let expected = [
        (0, Some((day("2026-12-01"), day("2026-12-31"))), false),
        (2, None, false),
        (3, None, true),
        (4, Some((day("2027-03-01"), day("2027-03-01"))), false),
        (5, None, false),
    ];
    assert_eq!(bars, expected);
    assert_eq!(timeline.bars[1].written, "短時間");
    assert_eq!(timeline.span(), Some((day("2026-12-01"), day("2027-04-01"))));
    assert_eq!(of(&plan(&[["", "", "短時間", ""]])).span(), None);
}

#[test]
fn treatments_are_told_apart_and_what_is_over_is_none() {
    let table: [(&str, &[Care]); 14] = [
        ("4月16日（木）通院で点滴", &[Care::Visit]),
        ("毎月の外来", &[Care::Visit]),
        ("毎週月曜の午前に放射線治療。12月8日～11日に入院", &[Care::Admission]),
        ("月に3～5日程度の入院（9月に治療終了の予定）", &[Care::Admission]),
        ("通院と、月1回の入院", &[Care::Visit, Care::Admission]),
        ("平日毎日16時から放射線治療", &[Care::Other]),
        ("7月上旬に内服終了。7月16日（木）通院で検査", &[Care::Visit]),
        ("通院の予定なし（次の検査は10月中旬）", &[]),
        ("放射線治療は終了。通院の予定なし", &[]),
        ("入院の予定はない", &[]),
        ("入院はありません。通院は月1回", &[Care::Visit]),
        ("内服を続ける", &[Care::Other]),
        ("特になし", &[]),
        ("", &[]),
    ];
    for (written, expected) in table {
        let case = plan(&[["2026-12-01", "2026-12-31", "", written]]);
        assert_eq!(of(&case).bars[0].care, expected, "{written}");
    }
}

#[test]
fn measures_come_from_every_opinion_that_says_a_day() {
    let mut case = plan(&[["2026-12-01", "2026-12-31", "", ""]]);
    for (start, end) in [(Some("2026-12-01"), Some("2027-02-28")), (None, None), (Some("2027-03-01"), None)] {
        let at = case.add_document("continuation_opinion".to_owned());
        for (key, entered) in [("measures_start", start), ("measures_end", end)] {
            let value = entered.map(|entered| (key.to_owned(), Value::Date(day(entered))));
            case.documents[at].values.extend(value);
        }
    }
    let measures: Vec<_> = of(&case).measures.into_iter().map(|one| (one.document, one.start, one.end)).collect();
    let expected = [(1, Some(day("2026-12-01")), Some(day("2027-02-28"))), (3, Some(day("2027-03-01")), None)];
    assert_eq!(measures, expected);
}

#[test]
fn somebody_follows_up_when_a_period_ends_once_a_day() {
    let rows = [
        ["2026-12-01", "2026-12-31", "", ""],
        ["2026-11-01", "2026-11-30", "", ""],
        ["2026-12-15", "2026-12-31", "", ""],
        ["2027-02-01", "2027-01-01", "", ""],
        ["2027-03-01", "", "", ""],
    ];
    let expected = [day("2026-11-30"), day("2026-12-31")];
    assert_eq!(of(&plan(&rows)).follow_ups, BTreeSet::from(expected));
}

/// The plan laid out with its picture.
fn pictured(case: &Case, at: usize, edition: Edition, today: NaiveDate) -> Document {
    let (library, fonts) = (library(), fonts());
    let form = &library.forms[&case.documents[at].form];
    let timeline = ryoritsu::model::timeline::timeline_of(case, &library.forms, at, today);
    layout(&Source { form, case, at, fonts: &fonts, today, edition, timeline: timeline.as_ref() })
}

/// What the figure says in words; none where there is no figure.
fn alternative(document: &Document) -> Option<String> {
    document.tags.nodes().iter().find_map(|node| match &node.role {
        Role::Figure { alternative } => Some(alternative.clone()),
        _ => None,
    })
}

fn all_text(document: &Document) -> Vec<String> {
    let items = document.pages.iter().flat_map(|page| &page.items);
    let text = |item: &Item| if let Item::Text(run) = item { Some(run.text()) } else { None };
    items.filter_map(text).collect()
}

/// Plans that are drawn in tests: those of the examples, and worse ones.
fn plans() -> Vec<(String, Case, usize)> {
    let mut plans: Vec<(String, Case, usize)> = common::examples()
        .into_iter()
        .map(|(name, case)| {
            let at = case.documents_of("return_to_work_plan").last().expect("a plan");
            (name.to_owned(), case, at)
        })
        .collect();
    let start = day("2026-01-05");
    let sixty: Vec<[String; 4]> = (0..60)
        .map(|n| {
            let first = start + Days::new(n * 14);
            let hours = format!("{}:00～{}:30", 10 - n % 3, 14 + n % 5);
            [first.to_string(), (first + Days::new(13)).to_string(), hours, "通院".to_owned()]
        })
        .collect();
    let sixty: Vec<[&str; 4]> = sixty.iter().map(|row| row.each_ref().map(String::as_str)).collect();
    plans.push(("sixty rows".to_owned(), plan(&sixty), 0));
    let odd: [(&str, &[[&str; 4]]); 5] = [
        ("a day", &[["2026-12-01", "2026-12-01", "9:00～9:30", "入院"]]),
        ("one on another", &[["2026-12-01", "2026-12-20", "9:00～17:00", "通院"]; 5]),
        (
            "a night",
            &[["2026-12-01", "2027-01-20", "22:00～7:00", ""], ["2027-01-21", "2027-02-20", "9:00～17:00", ""]],
        ),
        ("no hours", &[["2026-12-01", "2026-12-20", "短時間", "通院、入院"], ["", "", "9時", ""]]),
        ("two hundred years", &[["1990-12-31", "2199-12-31", "9:00～17:00", "通院"]]),
    ];
    plans.extend(odd.into_iter().map(|(name, rows)| (name.to_owned(), plan(rows), 0)));
    plans
}

#[test]
fn the_picture_stands_on_the_paper_and_no_text_lies_on_another() {
    for (name, case, at) in plans() {
        let document = pictured(&case, at, Edition::Draft, common::today());
        assert!(document.problems.is_empty(), "{name}: {:?}", document.problems);
        assert!(alternative(&document).is_some(), "{name}");
        for page in &document.pages {
            let runs = page.items.iter().filter_map(|item| if let Item::Text(run) = item { Some(run) } else { None });
            let inks: Vec<_> = runs
                .filter(|run| !run.text().trim().is_empty())
                .map(|run| (run.x, run.baseline - run.size * 0.88, run.x + run.width(), run.baseline, run.text()))
                .collect();
            for (nth, one) in inks.iter().enumerate() {
                assert!(one.0 >= 62.0 && one.2 <= 546.0 && one.1 > 28.0, "{name}: {one:?} leaves the page");
                for other in &inks[nth + 1..] {
                    let across = one.2.min(other.2) - one.0.max(other.0);
                    let down = one.3.min(other.3) - one.1.max(other.1);
                    assert!(across <= 0.5 || down <= 0.5, "{name}: {one:?} lies on {other:?}");
                }
            }
            for item in &page.items {
                let Item::Stroke { points, .. } = item else { continue };
                for (x, y) in points {
                    assert!((62.0..=546.0).contains(x) && (40.0..800.0).contains(y), "{name}: {x} {y}");
                }
            }
        }
    }
}

#[test]
fn the_picture_is_black_lines_and_readable_text() {
    for (name, case, at) in plans() {
        for item in pictured(&case, at, Edition::Draft, common::today()).pages.iter().flat_map(|page| &page.items) {
            match item {
                Item::Stroke { thickness, .. } => assert!(*thickness >= 0.25, "{name}: a fax loses it"),
                Item::Text(run) if run.tag.is_some() => assert!(run.size >= 9.0, "{name}: {}", run.text()),
                _ => {}
            }
        }
    }
}

#[test]
fn only_a_stay_in_hospital_is_hatched() {
    let is_slanting = |item: &&Item| {
        let Item::Stroke { points, .. } = item else { return false };
        matches!(points[..], [from, to] if (from.0 - to.0).abs() > 0.1 && (from.1 - to.1).abs() > 0.1)
    };
    for (treatment, is_hatched) in [("", false), ("通院", false), ("入院", true)] {
        let case = plan(&[["2026-12-01", "2026-12-20", "9:00～17:00", treatment]]);
        let document = pictured(&case, 0, Edition::Draft, common::today());
        let slanting: Vec<&Item> = document.pages.iter().flat_map(|page| &page.items).filter(is_slanting).collect();
        assert_eq!(!slanting.is_empty(), is_hatched, "{treatment}");
        let reaches: Vec<f32> = slanting
            .iter()
            .flat_map(|item| if let Item::Stroke { points, .. } = item { points.as_slice() } else { &[] })
            .map(|(_, y)| *y)
            .collect();
        let height =
            reaches.iter().fold(f32::MIN, |one, y| one.max(*y)) - reaches.iter().fold(f32::MAX, |one, y| one.min(*y));
        assert!(!is_hatched || height < 25.0, "only the bar of the treatment is: {height}");
    }
}

#[test]
fn the_picture_says_in_words_what_it_shows() {
    let alternative = alternative(&pictured(&example("c1"), 2, Edition::Draft, common::today())).expect("a figure");
    for part in
        ["1：令和8年4月6日～令和8年4月19日、10:00～15:00、通院", "5：令和8年8月3日", "確かめる日：令和8年4月19日"]
    {
        assert!(alternative.contains(part), "{alternative}");
    }
}

#[test]
fn today_is_shown_on_what_is_looked_at_and_not_on_what_is_handed_out() {
    let case = example("c1");
    let says_today = |edition: Edition, today: &str| {
        all_text(&pictured(&case, 2, edition, day(today))).iter().any(|text| text.starts_with("今日"))
    };
    assert!(says_today(Edition::Draft, "2026-05-25"));
    assert!(!says_today(Edition::Revision { number: 1, mark: None }, "2026-05-25"));
    assert!(!says_today(Edition::Draft, "2030-05-25"), "outside of the plan");
}

#[test]
fn rows_that_cannot_be_drawn_are_told_below_the_picture() {
    let rows = [
        ["2026-12-01", "2026-12-31", "10:00～15:00", ""],
        ["2027-02-01", "2027-01-01", "9時〜16時", ""],
        ["", "", "9時〜16時", ""],
    ];
    let texts = all_text(&pictured(&plan(&rows), 0, Edition::Draft, common::today())).concat();
    for part in ["（終わりが始まりより前です）", "（始まりの日がありません）"] {
        assert!(texts.contains(part), "{part}");
    }
}

#[test]
fn there_is_no_picture_where_there_is_nothing_to_draw_or_nobody_wants_one() {
    let nothing = plan(&[["", "", "9時〜16時", ""]]);
    assert_eq!(alternative(&pictured(&nothing, 0, Edition::Draft, common::today())), None);
    let case = example("c1");
    let library = library();
    let pages = |with: bool| {
        let exporter = Exporter::new(&library, common::today()).expect("whole fonts").with_timeline(with);
        let bytes = exporter.pdf(&case, 2, Edition::Draft).expect("right");
        File::load_mem(&bytes).expect("a PDF").get_pages().len()
    };
    assert_eq!(pages(true), pages(false) + 1);
}

#[test]
fn the_figure_is_tagged_with_its_words_and_its_place() {
    let library = library();
    let exporter = Exporter::new(&library, common::today()).expect("whole fonts").with_timeline(true);
    let bytes = exporter.pdf(&example("c7"), 2, Edition::Revision { number: 1, mark: None }).expect("right");
    let file = File::load_mem(&bytes).expect("a PDF");
    let elements = file.objects.values().filter_map(|object| object.as_dict().ok());
    let sort = |name: &'static [u8]| {
        move |element: &&lopdf::Dictionary| element.get(b"S").and_then(Object::as_name).ok() == Some(name)
    };
    assert_eq!(elements.clone().filter(sort(b"H2")).count(), 1);
    let figures: Vec<_> = elements.filter(sort(b"Figure")).collect();
    assert_eq!(figures.len(), 1);
    assert!(figures[0].has(b"Alt") && figures[0].has(b"K"));
    let place = figures[0].get(b"A").and_then(Object::as_dict).and_then(|place| place.get(b"BBox")).expect("a place");
    let corners: Vec<f32> = place.as_array().expect("corners").iter().filter_map(|one| one.as_float().ok()).collect();
    assert!(corners[0] > 60.0 && corners[2] < 550.0 && corners[1] < corners[3], "{corners:?}");
}
