//! Dates in the Japanese calendar, in and out.

use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;
use ryoritsu::model::date::{DateError, age, era_name, format, parse, short_year};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day of this test")
}

#[test]
fn every_habit_of_typing_is_read() {
    let table = [
        ("R8.11.22", "2026-11-22"),
        ("r8.11.22", "2026-11-22"),
        ("r8/11/22", "2026-11-22"),
        ("R081122", "2026-11-22"),
        ("令和8年11月22日", "2026-11-22"),
        ("令和 8年 11月 22日", "2026-11-22"),
        ("令8.11.22", "2026-11-22"),
        ("㋿8年11月22日", "2026-11-22"),
        ("2026/11/22", "2026-11-22"),
        ("2026-11-22", "2026-11-22"),
        ("2026.11.22", "2026-11-22"),
        ("2026年11月22日", "2026-11-22"),
        ("20261122", "2026-11-22"),
        ("２０２６／１１／２２", "2026-11-22"),
        ("２０２６年１１月２２日", "2026-11-22"),
        ("Ｓ５５．４．３", "1980-04-03"),
        ("S55.4.3", "1980-04-03"),
        ("昭和55年4月3日", "1980-04-03"),
        ("昭和６４年１月７日", "1989-01-07"),
        ("平成元年1月8日", "1989-01-08"),
        ("H1.1.8", "1989-01-08"),
        ("H31.4.30", "2019-04-30"),
        ("令和元年5月1日", "2019-05-01"),
        ("R1.5.1", "2019-05-01"),
        ("大正15年12月24日", "1926-12-24"),
        ("T1.7.30", "1912-07-30"),
        ("明治45年7月29日", "1912-07-29"),
        ("M33.1.1", "1900-01-01"),
        (" 2026/1/5 ", "2026-01-05"),
        ("2024/2/29", "2024-02-29"),
    ];
    for (typed, expected) in table {
        assert_eq!(parse(typed), Ok(day(expected)), "{typed}");
    }
}

#[test]
fn what_is_no_date_is_refused_with_the_reason() {
    let table = [
        ("平成31年5月1日", DateError::OutsideEra(day("2019-05-01"))),
        ("昭和64年1月8日", DateError::OutsideEra(day("1989-01-08"))),
        ("令和元年4月30日", DateError::OutsideEra(day("2019-04-30"))),
        ("平成40年1月1日", DateError::OutsideEra(day("2028-01-01"))),
        ("2026/2/30", DateError::NoSuchDay),
        ("2026/13/1", DateError::NoSuchDay),
        ("2025/2/29", DateError::NoSuchDay),
        ("2026/0/1", DateError::NoSuchDay),
        ("R0.1.1", DateError::NoSuchYear),
        ("2026/+1/2", DateError::Unreadable),
        ("1980年元月元日", DateError::Unreadable),
        ("1872/12/31", DateError::OutOfRange),
        ("明治5年1月1日", DateError::OutOfRange),
        ("8/11/22", DateError::EraMissing),
        ("", DateError::Unreadable),
        ("令和", DateError::Unreadable),
        ("来週", DateError::Unreadable),
        ("2026/11", DateError::Unreadable),
        ("2026/11/22/1", DateError::Unreadable),
        ("202611", DateError::Unreadable),
        ("-5/1/1", DateError::Unreadable),
        ("1700/1/1", DateError::OutOfRange),
        ("9999/1/1", DateError::OutOfRange),
        ("99999/1/1", DateError::Unreadable),
    ];
    for (typed, expected) in table {
        assert_eq!(parse(typed), Err(expected), "{typed}");
    }
}

#[test]
fn eras_begin_on_their_day() {
    let table = [
        ("2019-05-01", "令和元年5月1日"),
        ("2019-04-30", "平成31年4月30日"),
        ("1989-01-08", "平成元年1月8日"),
        ("1989-01-07", "昭和64年1月7日"),
        ("1926-12-25", "昭和元年12月25日"),
        ("1926-12-24", "大正15年12月24日"),
        ("1912-07-30", "大正元年7月30日"),
        ("1912-07-29", "明治45年7月29日"),
        ("2026-11-22", "令和8年11月22日"),
    ];
    for (date, expected) in table {
        assert_eq!(format(day(date)), expected);
    }
}

#[test]
fn a_case_number_begins_with_the_year_of_the_era() {
    assert_eq!(short_year(day("2026-11-22")), "R8");
    assert_eq!(era_name(day("2026-11-22")), "令和");
}

#[test]
fn age_counts_completed_years() {
    assert_eq!(age(day("1980-04-03"), day("2026-04-02")), 45);
    assert_eq!(age(day("1980-04-03"), day("2026-04-03")), 46);
    assert_eq!(age(day("2004-02-29"), day("2025-02-28")), 20);
}

proptest! {
    #[test]
    fn what_is_printed_can_be_typed(days in 0_u64..80_000) {
        // From the first day of Meiji 6, when the solar calendar came.
        let date = day("1873-01-01") + Days::new(days);
        prop_assert_eq!(parse(&format(date)), Ok(date));
        prop_assert_eq!(parse(&date.to_string()), Ok(date));
        let plain = format!("{}/{}/{}", date.year(), date.month(), date.day());
        prop_assert_eq!(parse(&plain), Ok(date));
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(text in ".{0,30}") {
        let _ = parse(&text);
    }

    #[test]
    fn any_text_like_a_date_is_read_or_refused_without_a_panic(text in "[RHS令和平成昭元年月日０-９0-9./-]{0,14}") {
        if let Ok(date) = parse(&text) {
            prop_assert!((1873..=2200).contains(&date.year()));
        }
    }
}
