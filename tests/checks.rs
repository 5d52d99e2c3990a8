//! The checks across forms: for each rule what it tells and what it does not, through `check`.

mod common;

use chrono::NaiveDate;
use common::any::{any_case, any_value};
use common::{example, examples, library, text, today};
use proptest::prelude::*;
use ryoritsu::messages;
use ryoritsu::model::case::Case;
use ryoritsu::model::check::{Problem, Severity, check, set_aside};
use ryoritsu::model::consent::Consent;
use ryoritsu::model::form::Party;
use ryoritsu::model::hours;
use ryoritsu::model::record::{Record, SetAside};
use ryoritsu::model::revision::{Correction, Handout, Purpose, Recipient, Revision, Signature, SigningWay, basis};
use ryoritsu::model::value::{Number, Value, Values};
use ryoritsu::model::wording::{Reading, daily, settings, statements};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn choice(option: &str, detail: Value) -> Value {
    Value::Choice(Values::from([(option.to_owned(), detail)]))
}

/// A row of the plan: first and last day, hours, measures, treatment.
type Row<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

fn rows(rows: &[Row<'_>]) -> Value {
    let row = |(start, end, hours, measures, treatment): &Row<'_>| {
        let cells = [("hours", hours), ("measures", measures), ("treatment", treatment)];
        let mut row: Values = cells.iter().map(|(key, value)| ((*key).to_owned(), text(value))).collect();
        row.insert("start".to_owned(), Value::Date(day(start)));
        row.insert("end".to_owned(), Value::Date(day(end)));
        row
    };
    Value::Rows(rows.iter().map(row).collect())
}

/// A case of such documents, each with such values.
fn case(documents: &[(&str, &[(&str, Value)])]) -> Case {
    let mut case = example("c7");
    case.documents.clear();
    for (form, values) in documents {
        let at = case.add_document((*form).to_owned());
        case.documents[at].values = values.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    }
    case
}

/// An opinion and a plan that rests on it.
fn opinion_and_plan(opinion: &str, plan: &[Row<'_>]) -> Case {
    case(&[
        ("physician_opinion", &[("verdict_detail", text(opinion))]),
        ("return_to_work_plan", &[("periods", rows(plan))]),
    ])
}

/// The suggestions that can be set aside.
fn told(case: &Case) -> Vec<Problem> {
    let mut problems = check(case, &library().rules(), today());
    problems.retain(|problem| problem.identity(case).is_some());
    problems
}

/// The rules that tell something, by their keys.
fn rules(case: &Case) -> Vec<String> {
    let key = |problem: &Problem| {
        let identity = problem.identity(case).expect("it can be set aside");
        identity.split(':').next().unwrap_or_default().to_owned()
    };
    told(case).iter().map(key).collect()
}

/// The row that most tests are about.
const SPRING: (&str, &str) = ("2026-04-01", "2026-06-30");

#[test]
fn each_example_has_exactly_its_trap() {
    for (name, case) in examples() {
        let problems = check(&case, &library().rules(), today());
        let found: Vec<(&str, String)> = problems.iter().map(|one| (one.place.field.as_str(), words(one))).collect();
        match name {
            "c7.ron" => {
                assert!(matches!(&found[..], [("verdict_detail", words)]
                    if words.contains("入院") && words.contains("今後の治療の方針") && words.contains("通院")));
            }
            "t-02.ron" => {
                assert!(matches!(&found[..], [("periods", words)]
                    if words.contains("配送業務") && words.contains("運転業務は避けること")));
                let cell = problems[0].place.cell.as_ref().expect("a cell");
                assert_eq!((cell.0, cell.1.as_str()), (2, "measures"));
            }
            _ => assert!(found.is_empty(), "{name}: {found:?}"),
        }
    }
}

fn words(problem: &Problem) -> String {
    messages::problem(problem, "「ここ」").sentences()
}

#[test]
fn restricted_work_is_told_where_it_is_planned() {
    let table = [
        ("車の運転は不可とする。", "配送業務を行う。", true),
        ("車の運転は不可とする。", "近距離の配送（1日2件まで）を再開する。", true),
        ("車の運転は不可とする。", "運転はしない。事務所で伝票を整理する。", false),
        ("運転に支障はない。", "配送業務を行う。", false),
        ("長時間の運転は避ける。", "近距離の配送（1日2件まで）を再開する。", false),
        ("長時間の運転は避ける。", "配送業務を再開する。", true),
        ("夜勤は避ける。", "夜勤を月4回行う。", true),
        ("夜勤は避ける。", "夜勤の再開は産業医の面談で決める。", false),
        ("重い物を持つ作業は避ける。", "荷物の積み降ろしを行う。", true),
        ("重い物を持つ作業は避ける。", "荷物は軽い物に限る。", false),
        ("出張と残業は避ける。", "時差出勤。出張・残業なし。", false),
        ("出張と残業は避ける。", "出張を再開する。", true),
        ("残業を避ける。", "必要に応じて残業あり。", true),
        ("屋外での作業は避ける。", "屋外での測量に従事する。", true),
        ("暑い場所での作業は避ける。", "厨房での調理を再開する。", true),
        ("高所作業は避ける。", "脚立を使った点検を行う。", true),
        ("立ち仕事は避ける。", "店頭での立ち仕事を行う。", true),
        ("残業を避ける。", "残業の禁止", false),
        // What the row itself forbids.
        ("経過は良好である。", "運転の禁止。午後は配送業務を行う。", true),
    ];
    for (opinion, measures, is_told) in table {
        let case = opinion_and_plan(opinion, &[(SPRING.0, SPRING.1, "9:00～15:00", measures, "")]);
        let expected = if is_told { vec!["restricted"] } else { Vec::new() };
        assert_eq!(rules(&case), expected, "{opinion} / {measures}: {:?}", told(&case));
    }
}

#[test]
fn a_restriction_ends_when_it_says_so() {
    let table = [
        ("4月末まで運転は避ける。", "2026-04-01", true),
        ("4月末まで運転は避ける。", "2026-05-01", false),
        ("令和9年3月の診察までは運転業務は避けること。", "2026-05-01", true),
        ("復職後1か月は運転を控える。", "2026-04-20", true),
        ("復職後1か月は運転を控える。", "2026-05-20", false),
        ("当面は運転を控える。", "2026-06-01", true),
    ];
    for (opinion, start, is_told) in table {
        let first = ("2026-04-01", "2026-04-01", "9:00～15:00", "事務所での業務", "");
        let second = (start, "2026-06-30", "9:00～15:00", "配送業務を行う。", "");
        let case = opinion_and_plan(opinion, &[first, second]);
        assert_eq!(rules(&case).contains(&"restricted".to_owned()), is_told, "{opinion} {start}");
    }
    let opinion = [
        ("accommodations", text("運転は避ける。")),
        ("measures_start", Value::Date(day("2026-04-01"))),
        ("measures_end", Value::Date(day("2026-04-30"))),
    ];
    let plan = rows(&[
        ("2026-04-01", "2026-04-30", "9:00～15:00", "運転はしない。", ""),
        ("2026-05-01", "2026-06-30", "9:00～17:00", "配送業務を行う。", ""),
    ]);
    let case = case(&[("return_opinion", &opinion), ("return_to_work_plan", &[("periods", plan)])]);
    assert_eq!(rules(&case), Vec::<String>::new(), "the measures have ended");
}

#[test]
fn hours_in_the_night_are_night_work() {
    let night = |hours| opinion_and_plan("夜勤は避ける。", &[(SPRING.0, SPRING.1, hours, "短時間勤務", "")]);
    assert_eq!(rules(&night("22:00～翌5:00")), ["restricted"]);
    assert_eq!(rules(&night("16時から23時まで")), ["restricted"]);
    assert_eq!(rules(&night("13:00～21:00")), Vec::<String>::new());
}

#[test]
fn work_of_the_job_that_is_restricted_is_told_only_where_the_plan_is_silent() {
    let hours = |hours| Value::Tick(Box::new(Value::Number(Number::new(hours).expect("finite"))));
    let driving = ("driving_hours", hours(5.0));
    let table = [
        (driving.clone(), "運転は避ける。", Some("短時間勤務とする。"), true),
        (("daily_work", text("トラックで配送を行う。")), "運転は避ける。", Some("短時間勤務とする。"), true),
        (("business_trips", choice("yes", Value::Blank)), "出張は避ける。", Some("短時間勤務とする。"), true),
        (("work_pattern", choice("three_shift", Value::Blank)), "夜勤は避ける。", Some("短時間勤務とする。"), true),
        (("business_trips", choice("no", Value::Blank)), "出張は避ける。", Some("短時間勤務とする。"), false),
        (driving.clone(), "運転は避ける。", Some("運転はしない。"), false),
        (driving.clone(), "運転は避ける。", Some("机上業務のみとする。"), false),
        (driving.clone(), "運転に支障はない。", Some("短時間勤務とする。"), false),
        (driving, "運転は避ける。", None, false),
    ];
    for (job, opinion, measures, is_told) in table {
        let plan = measures.map(|measures| rows(&[(SPRING.0, SPRING.1, "9:00～15:00", measures, "")]));
        let plan: Vec<_> = plan.map(|rows| ("periods", rows)).into_iter().collect();
        let case = case(&[
            ("physician_opinion", &[("verdict_detail", text(opinion))]),
            ("workplace_consultation", std::slice::from_ref(&job)),
            ("return_to_work_plan", &plan),
        ]);
        let expected = if is_told { vec!["unanswered"] } else { Vec::new() };
        assert_eq!(rules(&case), expected, "{job:?} {opinion} {measures:?}");
    }
}

#[test]
fn one_treatment_is_given_in_visits_or_during_stays() {
    let both = [
        ("化学療法は外来で行う。", "入院を伴う抗がん剤治療を計画している。", true),
        ("化学療法は外来で行う。", "放射線治療は入院で行う。", false),
        ("初回は入院で、2回目からは外来で化学療法を行う。", "化学療法は外来で行う。", false),
        ("6月に入院して化学療法を行った。", "今後は外来で化学療法を行う。", false),
        ("放射線治療は通院で行う。", "放射線治療のため1か月の入院が必要である。", true),
    ];
    for (first, second, is_told) in both {
        let expected = if is_told { vec!["two_settings"] } else { Vec::new() };
        let opinion = [("treatment_policy", text(first)), ("verdict_detail", text(second))];
        let inside = case(&[("physician_opinion", &opinion)]);
        assert_eq!(rules(&inside), expected, "{first} / {second}");
        assert!(told(&inside).iter().all(|problem| problem.place.field == "verdict_detail"));
        let other_form = [("treatment_plan", text(first)), ("other_considerations", text(second))];
        assert_eq!(rules(&case(&[("continuation_opinion", &other_form)])), expected, "{first} / {second}");
        let against_plan = case(&[
            ("physician_opinion", &[("treatment_policy", text(first))]),
            ("return_to_work_plan", &[("treatment_outline", text(second))]),
        ]);
        assert_eq!(rules(&against_plan), expected, "{first} / {second}");
    }
}

#[test]
fn the_rows_of_a_plan_follow_each_other() {
    type Days<'a> = &'a [(&'a str, &'a str)];
    let table: [(Days<'_>, &[&str]); 7] = [
        (&[("2026-04-01", "2026-04-30"), ("2026-05-01", "2026-05-31")], &[]),
        // From Friday to Monday.
        (&[("2026-04-01", "2026-04-10"), ("2026-04-13", "2026-05-31")], &[]),
        (&[("2026-04-01", "2026-04-30"), ("2026-05-08", "2026-05-31")], &["rows_gap"]),
        (&[("2026-04-01", "2026-04-30"), ("2026-04-30", "2026-05-31")], &["rows_overlap"]),
        (&[("2026-05-01", "2026-05-31"), ("2026-04-01", "2026-04-30")], &["rows_backwards"]),
        (&[("2026-05-01", "2026-04-01")], &["period_reversed"]),
        (&[("2026-05-01", "2026-05-01")], &[]),
    ];
    for (days, expected) in table {
        let plan: Vec<Row<'_>> =
            days.iter().map(|(start, end)| (*start, *end, "9:00～15:00", "短時間勤務", "")).collect();
        assert_eq!(rules(&opinion_and_plan("", &plan)), expected, "{days:?}");
    }
    let appointments = opinion_and_plan("", &[]);
    assert_eq!(rules(&appointments), Vec::<String>::new());
}

#[test]
fn hours_are_read_as_they_are_typed() {
    let table: [(&str, &[(u16, u16)]); 13] = [
        ("10:00～15:00", &[(600, 900)]),
        ("１０：００～１５：００", &[(600, 900)]),
        ("9時～16時", &[(540, 960)]),
        ("9時半から16時30分まで", &[(570, 990)]),
        ("午前10時から午後3時", &[(600, 900)]),
        ("10:00-15:00", &[(600, 900)]),
        ("10:00〜15:00（月曜は13:00〜16:00）", &[(600, 900), (780, 960)]),
        ("22:00～翌7:00", &[(1320, 1860)]),
        ("22:00～7:00", &[(1320, 1860)]),
        ("15:00～9:00", &[(900, 1980)]),
        ("11:00～9:00", &[(660, 540)]),
        ("6時間", &[]),
        ("定時", &[]),
    ];
    for (typed, expected) in table {
        let read: Vec<(u16, u16)> = hours::all(typed).iter().map(|hours| (hours.start, hours.end)).collect();
        assert_eq!(read, expected, "{typed}");
    }
}

#[test]
fn hours_that_cannot_be_or_are_too_long_are_told() {
    let table: [(&str, &str, &[&str]); 9] = [
        ("", "8:30～17:30", &[]),
        ("", "8:30～18:30", &["long_hours"]),
        ("", "8:00～19:00（休憩3時間）", &[]),
        ("", "11:00～9:00", &["hours_reversed"]),
        ("", "体調による", &[]),
        ("勤務は8:30～17:30（休憩1時間）。", "8:30～17:30", &[]),
        ("勤務は8:30～17:30（休憩1時間）。", "8:00～17:30", &["long_hours"]),
        ("勤務は9:00～15:00である。", "9:00～16:00", &["long_hours"]),
        ("10:00～10:30は朝礼である。", "9:00～16:00", &[]),
    ];
    for (job, hours, expected) in table {
        let plan = rows(&[(SPRING.0, SPRING.1, hours, "時差出勤", "")]);
        let case = case(&[
            ("workplace_consultation", &[("daily_work", text(job))]),
            ("return_to_work_plan", &[("periods", plan)]),
        ]);
        assert_eq!(rules(&case), expected, "{job} / {hours}");
    }
}

#[test]
fn the_plan_covers_the_time_of_the_measures() {
    let table: [(&str, &str, &[&str]); 5] = [
        ("2026-04-01", "2026-06-30", &[]),
        ("2026-04-15", "2026-06-30", &["begins_before_measures"]),
        ("2026-04-01", "2026-09-30", &["ends_before_measures"]),
        ("2026-03-01", "2026-05-31", &[]),
        ("2026-06-30", "2026-04-01", &["period_reversed", "begins_before_measures"]),
    ];
    for (start, end, expected) in table {
        let opinion = [("measures_start", Value::Date(day(start))), ("measures_end", Value::Date(day(end)))];
        let plan = rows(&[(SPRING.0, SPRING.1, "9:00～15:00", "時差出勤", "")]);
        let case = case(&[("return_opinion", &opinion), ("return_to_work_plan", &[("periods", plan)])]);
        assert_eq!(rules(&case), expected, "{start} {end}");
    }
}

#[test]
fn a_daily_treatment_needs_time_in_the_plan() {
    let table = [
        ("", "8:30～17:30", "軽作業とする。", "平日毎日16時から放射線治療", true),
        ("", "8:30～17:30", "毎日の通院のため15時に退社する。", "平日毎日16時から放射線治療", false),
        ("", "8:30～15:00", "軽作業とする。", "平日毎日16時から放射線治療", false),
        ("", "8:30～17:30", "軽作業とする。", "月1回の通院", false),
        ("平日は毎日通院し、5月末まで放射線治療を行う予定である。", "8:30～17:30", "軽作業とする。", "", true),
        ("平日は毎日通院し、3月末まで放射線治療を行う予定である。", "8:30～17:30", "軽作業とする。", "", false),
        ("毎日1回内服し、月1回通院する。", "8:30～17:30", "軽作業とする。", "", false),
    ];
    for (opinion, hours, measures, treatment, is_told) in table {
        let case = case(&[
            ("physician_opinion", &[("treatment_policy", text(opinion))]),
            ("return_to_work_plan", &[("periods", rows(&[(SPRING.0, SPRING.1, hours, measures, treatment)]))]),
        ]);
        let expected = if is_told { vec!["no_time_for_visits"] } else { Vec::new() };
        assert_eq!(rules(&case), expected, "{opinion} {hours} {measures} {treatment}");
    }
}

#[test]
fn a_plan_does_not_begin_while_work_is_not_possible() {
    let ended = Value::Date(day("2026-03-31"));
    let table = [
        ("return_opinion", "unfit", Value::Date(day("2026-04-30")), true),
        ("return_opinion", "unfit", Value::Blank, true),
        ("return_opinion", "unfit", ended, false),
        ("return_opinion", "fit", Value::Blank, false),
        ("physician_opinion", "unfit", Value::Blank, true),
        ("continuation_opinion", "unfit", Value::Blank, true),
    ];
    for (form, option, detail, is_told) in table {
        let plan = rows(&[(SPRING.0, SPRING.1, "9:00～15:00", "時差出勤", "")]);
        let verdict = choice(option, detail.clone());
        let case = case(&[(form, &[("verdict", verdict)]), ("return_to_work_plan", &[("periods", plan)])]);
        let expected = if is_told { vec!["begins_unfit"] } else { Vec::new() };
        assert_eq!(rules(&case), expected, "{form} {option} {detail:?}");
    }
}

#[test]
fn a_worker_of_an_unlikely_age_is_asked_about_and_can_be_set_aside() {
    for (birth, is_told) in [("2019-06-01", true), ("1930-01-01", true), ("1974-06-18", false)] {
        let mut case = case(&[]);
        case.people.insert("patient.birth_date".to_owned(), Value::Date(day(birth)));
        assert_eq!(rules(&case) == ["age"], is_told, "{birth}");
    }
}

/// C2 with its opinion handed out on a day and signed so; it has no suggestion before that.
fn signed(fixed_on: &str, signatures: &[(&str, &str, &str)]) -> Case {
    let library = library();
    let mut case = example("c2");
    let (document, form) = (&case.documents[0], &library.forms["physician_opinion"]);
    let mut revision = Revision::of(&case, document, form, Vec::new(), day(fixed_on));
    revision.signatures = signatures
        .iter()
        .map(|(line, on, name)| Signature {
            line: (*line).to_owned(),
            signed_on: day(on),
            name: (*name).to_owned(),
            how: SigningWay::Handwritten,
            scan: None,
            recorded_on: day(on),
            corrected: None,
        })
        .collect();
    let record = Record::HandOut { document: document.id, revision: Box::new(revision) };
    case.enter(&record).expect("it can be recorded");
    case
}

#[test]
fn signatures_have_a_likely_day_and_name() {
    type Signatures<'a> = &'a [(&'a str, &'a str, &'a str)];
    let table: [(Signatures<'_>, &[&str]); 5] = [
        (&[("patient", "2026-06-10", "関口　達也"), ("physician", "2026-06-11", "及川　誠")], &[]),
        (&[("patient", "2026-06-09", "")], &["signed_before_paper"]),
        (&[("patient", "2027-01-01", "")], &["signed_in_future"]),
        (&[("patient", "2026-06-10", "及川　誠"), ("physician", "2026-06-11", "及川誠")], &["same_signer"]),
        (&[("patient", "2026-06-10", ""), ("physician", "2026-06-11", "")], &[]),
    ];
    for (signatures, expected) in table {
        assert_eq!(rules(&signed("2026-06-10", signatures)), expected, "{signatures:?}");
    }
    let mut corrected = signed("2026-06-10", &[("patient", "2026-06-09", "")]);
    let correction = Correction { on: today(), why: "日付の誤り".to_owned() };
    let record = Record::CorrectSignature {
        document: corrected.documents[0].id,
        revision: 1,
        line: "patient".to_owned(),
        correction,
    };
    corrected.enter(&record).expect("it can be recorded");
    assert_eq!(rules(&corrected), Vec::<String>::new(), "what is corrected counts for nothing");
}

#[test]
fn what_was_changed_since_it_was_signed_is_told_and_what_rests_on_it() {
    let library = library();
    let mut case = signed("2026-06-10", &[("physician", "2026-06-11", "")]);
    let plan = case.documents_of("return_to_work_plan").next().expect("a plan");
    let rests_on = basis(&case, &library.forms, plan);
    let (document, form) = (&case.documents[plan], &library.forms["return_to_work_plan"]);
    let revision = Revision::of(&case, document, form, rests_on, day("2026-06-12"));
    let record = Record::HandOut { document: document.id, revision: Box::new(revision) };
    case.enter(&record).expect("it can be recorded");
    assert_eq!(rules(&case), Vec::<String>::new());
    case.documents[0].values.insert("other_considerations".to_owned(), text("特になし"));
    // The record of the talks is a draft and rests on the signed opinion, too.
    assert_eq!(rules(&case), ["changed_since_signed", "rests_on_superseded", "rests_on_superseded"]);
    let places: Vec<_> = told(&case).iter().map(|problem| problem.place.document).collect();
    assert_eq!(places, [Some(0), Some(1), Some(plan)]);
}

fn consent(given_on: &str, until: Option<&str>) -> Consent {
    Consent { until: until.map(day), ..common::consent(day(given_on)) }
}

#[test]
fn handouts_outside_of_a_consent_are_told() {
    let table = [
        ("2026-06-01", None, None, &[][..]),
        ("2026-06-01", Some("2026-06-30"), None, &[]),
        ("2026-06-01", Some("2026-06-09"), None, &["handed_without_consent"]),
        ("2026-06-01", None, Some("2026-06-05"), &["handed_without_consent"]),
        ("2026-06-01", None, Some("2026-06-20"), &[]),
        ("2026-06-01", Some("2026-05-01"), None, &["handed_without_consent", "consent_reversed"]),
    ];
    for (given_on, until, withdrawn, expected) in table {
        let mut case = signed("2026-06-10", &[]);
        let withdrawal = |on| Correction { on: day(on), why: "本人の申し出".to_owned() };
        case.consents.push(Consent { withdrawn: withdrawn.map(withdrawal), ..consent(given_on, until) });
        let mut revision = Revision::clone(&case.documents[0].revisions[0]);
        revision.handouts.push(Handout {
            on: day("2026-06-10"),
            to: Recipient { party: Party::Company, name: String::new() },
            purpose: Purpose::ForGood,
            marks: Vec::new(),
            consent: Some(1),
            package: None,
            told: Vec::new(),
        });
        case.documents[0].revisions = vec![revision.into()];
        assert_eq!(rules(&case), expected, "{given_on} {until:?} {withdrawn:?}");
    }
}

#[test]
fn a_suggestion_set_aside_stays_away_until_its_text_changes() {
    let library = library();
    let mut case = example("c7");
    let identity = told(&case)[0].identity(&case).expect("it can be set aside");
    let note = SetAside { problem: identity, note: "主治医に確認済み".to_owned(), on: today() };
    case.set_aside.push(note.clone());
    assert_eq!(told(&case), []);
    let aside = set_aside(&case, &library.rules(), today());
    assert!(matches!(&aside[..], [(_, kept)] if **kept == note));
    // Another document before it does not bring it back: the identity is that of the document.
    case.documents.rotate_left(1);
    assert_eq!(told(&case), []);
    case.documents.rotate_right(1);
    case.documents[0].values.insert("treatment_policy".to_owned(), text("通院による化学療法を行う。"));
    assert_eq!(rules(&case), ["two_settings"]);
    assert!(set_aside(&case, &library.rules(), today()).is_empty());
}

#[test]
fn a_suggestion_on_days_comes_back_with_other_days_and_not_with_other_words() {
    let (first, next) = (("2026-04-01", "2026-04-30"), "2026-05-31");
    let plan = |start, end, words| {
        let rows = rows(&[(first.0, first.1, "", "", ""), (start, end, "", words, "")]);
        case(&[("return_to_work_plan", &[("periods", rows)])])
    };
    let table = [
        (("2026-04-20", next), "2026-04-25", "rows_overlap"),
        (("2026-03-01", next), "2026-03-08", "rows_backwards"),
        (("2026-05-20", "2026-05-10"), "2026-05-25", "period_reversed"),
    ];
    for ((start, end), other_start, rule) in table {
        let identity = |case: &Case| {
            let found =
                told(case).iter().map(|one| one.identity(case).expect("it can be set aside")).collect::<Vec<_>>();
            found.into_iter().find(|one| one.starts_with(rule)).unwrap_or_else(|| panic!("{rule}"))
        };
        let before = identity(&plan(start, end, "軽作業"));
        assert_eq!(identity(&plan(start, end, "事務作業")), before, "{rule}: the days are the same");
        assert_ne!(identity(&plan(other_start, end, "軽作業")), before, "{rule}: the days are other ones");
    }
}

#[test]
fn errors_and_empty_fields_cannot_be_set_aside() {
    let mut case = example("c7");
    case.number = String::new();
    case.documents[0].values.remove("current_symptoms");
    let problems = check(&case, &library().rules(), today());
    let others: Vec<_> = problems.iter().filter(|one| one.identity(&case).is_none()).collect();
    assert_eq!(others.iter().filter(|one| one.severity == Severity::Error).count(), 1);
    assert_eq!(others.len(), 2);
}

/// Texts as people write them, in any order.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "運転",
        "残業",
        "夜勤",
        "は",
        "を",
        "避ける",
        "しない",
        "可能",
        "10kg以上の",
        "まで",
        "6月末",
        "99月",
        "。",
        "、",
        "\n",
        "入院",
        "通院",
        "抗がん剤",
        "毎日",
        "から",
        "9:00",
        "～",
        "25:99",
        "翌",
        "以外",
        "禁止：",
        "𠮷",
        "邊\u{E0104}",
        "ｶﾞ",
        "次の",
    ]);
    prop::collection::vec(pieces, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_harm(text in prop_oneof![any_text(), ".{0,60}"]) {
        let topics = library().topics;
        for reading in [Reading::Opinion, Reading::Work] {
            for statement in statements(&topics, &text, reading) {
                prop_assert!(text.get(statement.range.clone()).is_some_and(|word| !word.is_empty()));
                prop_assert!(statement.snippet.chars().count() <= 22);
            }
        }
        let _ = (settings(&topics, &text), daily(&topics, &text), hours::all(&text));
    }

    #[test]
    fn any_case_of_any_form_is_checked_without_harm(mut case in any_case(), value in any_value(), words in any_text()) {
        let library = library();
        for form in library.forms.values() {
            let at = case.add_document(form.key.clone());
            for field in &form.fields {
                let row: Values = field.columns().iter().map(|column| (column.key.clone(), text(&words))).collect();
                let own = if row.is_empty() { value.clone() } else { Value::Rows(vec![row.clone(), row]) };
                let own = if field.key.len() % 2 == 0 { text(&words) } else { own };
                case.documents[at].values.insert(field.key.clone(), own);
            }
        }
        for problem in check(&case, &library.rules(), today()) {
            let _ = problem.identity(&case);
            prop_assert!(!messages::problem(&problem, "").what.is_empty());
        }
    }
}
