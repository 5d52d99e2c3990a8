//! How far a case has come, as the window shows it: the steps, whose turn it is, signatures,
//! consents, the plan, suggestions set aside.

use chrono::NaiveDate;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Ui, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use ryoritsu::messages::progress as words;
use ryoritsu::model::case::Case;
use ryoritsu::model::check::{Place, Severity, check};
use ryoritsu::model::closing::{Closing, Outcome};
use ryoritsu::model::consent::{Consent, ConsentWay};
use ryoritsu::model::form::Party;
use ryoritsu::model::record::{Record, SetAside};
use ryoritsu::model::revision::{Correction, Handout, Purpose, Recipient, Revision, Signature, SigningWay, basis};

use ryoritsu::model::value::Value;
use ryoritsu::ui::problem_list::{ProblemList, Problems, Row, problem_list_ui};
use ryoritsu::ui::{Action, Command, Tab, look};

use crate::common::{case_with, example, library, text, today};
use crate::home::{Home, Window};

fn day(day: &str) -> NaiveDate {
    day.parse().expect("a day")
}

/// Hands a document out to be signed.
fn hand_out(case: &mut Case, at: usize, to: Party, on: &str) {
    let forms = library().forms;
    let document = &case.documents[at];
    let mut revision = Revision::of(case, document, &forms[&document.form], basis(case, &forms, at), day(on));
    let to = Recipient { party: to, name: String::new() };
    let handout = Handout {
        on: day(on),
        to,
        purpose: Purpose::ForSignature,
        marks: Vec::new(),
        consent: None,
        package: None,
        told: Vec::new(),
    };
    revision.handouts.push(handout);
    let record = Record::HandOut { document: document.id, revision: Box::new(revision) };
    case.enter(&record).expect("handed out");
}

fn sign(case: &mut Case, at: usize, line: &str, name: &str, on: &str) {
    let signature = Signature {
        line: line.to_owned(),
        signed_on: day(on),
        name: name.to_owned(),
        how: SigningWay::Handwritten,
        scan: None,
        recorded_on: day(on),
        corrected: None,
    };
    let (document, revision) = (case.documents[at].id, case.documents[at].latest().expect("out").number);
    case.enter(&Record::Sign { document, revision, signature }).expect("signed");
}

fn consent(case: &mut Case, diagnosis: bool) {
    let consent = Consent {
        number: 0,
        given_on: day("2026-03-02"),
        until: None,
        to: vec![Party::Company, Party::OccupationalPhysician],
        forms: None,
        diagnosis,
        how: ConsentWay::Written,
        scan: None,
        note: String::new(),
        withdrawn: None,
    };
    case.enter(&Record::Consent(consent)).expect("recorded");
}

/// C1 after so many of the things that happen to its papers.
fn c1(steps: usize) -> Case {
    let mut case = example("c1").upgraded();
    let done: [&dyn Fn(&mut Case); 8] = [
        &|case| hand_out(case, 0, Party::Physician, "2026-03-02"),
        &|case| sign(case, 0, "patient", "佐久間　浩二", "2026-03-04"),
        &|case| sign(case, 0, "physician", "及川　誠", "2026-03-05"),
        &|case| hand_out(case, 1, Party::Company, "2026-03-09"),
        &|case| {
            sign(case, 1, "patient", "佐久間　浩二", "2026-03-10");
            sign(case, 1, "company", "今野　智子", "2026-03-12");
        },
        &|case| hand_out(case, 2, Party::Company, "2026-03-16"),
        &|case| {
            for line in ["patient", "company", "coordinator", "occupational_physician"] {
                sign(case, 2, line, "", "2026-03-18");
            }
        },
        &|case| sign(case, 2, "physician", "及川　誠", "2026-03-24"),
    ];
    consent(&mut case, false);
    for act in done.iter().take(steps) {
        act(&mut case);
    }
    case
}

fn open(home: &Home, case: &Case) -> Window {
    let path = home.put("case.ron", case);
    home.open(&path)
}

/// C1 at its end.
fn closed() -> Case {
    let mut case = c1(8);
    let closing = Closing { on: day("2026-10-01"), outcome: Outcome::Returned, note: String::new(), reopened: None };
    case.enter(&Record::Close(closing)).expect("closed");
    case
}

/// The names of the steps, as a screen reader has them.
fn steps(window: &Window) -> Vec<String> {
    let is_step = |label: &String| "①②③④⑤".contains(label.chars().next().unwrap_or('-')) && label.contains(' ');
    let buttons = window.harness.query_all_by(|node| node.role() == Role::Button);
    buttons.filter_map(|node| node.accesskit_node().label()).filter(is_step).collect()
}

/// What the picture says to a screen reader.
fn picture(window: &Window) -> String {
    let images = window.harness.query_all_by(|node| node.role() == Role::Image);
    let words = images.filter_map(|node| node.accesskit_node().label());
    words.into_iter().find(|words| words.contains("患者（本人）")).expect("the picture of the step")
}

#[test]
fn the_strip_says_how_far_the_case_has_come_and_what_is_next() {
    let (done, now, later) = ("済み", "今ここ", "これから");
    let table: [(Case, [&str; 5], &str, &str, &str); 8] = [
        (
            Case::new("R8-0001".to_owned(), String::new(), []),
            [now, later, later, later, later],
            "この段階の書類を作ってください",
            "両立支援コーディネーターの番です",
            "主治医意見書を作る",
        ),
        (
            case_with("physician_opinion", &[]),
            [now, later, later, later, later],
            "主治医意見書の「",
            "主治医の番です",
            "入力する",
        ),
        (
            c1(0),
            [now, later, later, later, later],
            "主治医意見書を渡して、署名をお願いしてください",
            "両立支援コーディネーターの番です",
            "渡す…",
        ),
        (
            c1(2),
            [now, later, later, later, later],
            "署名（主治医署名）",
            "主治医の番です（令和8年3月4日から）",
            "署名を記録…",
        ),
        (c1(4), [done, now, later, later, later], "・会社担当者名）", "本人の番です", "署名を記録…"),
        (c1(7), [done, done, done, now, later], "職場復帰支援プランへの署名", "主治医の番です", "署名を記録…"),
        (c1(8), [done, done, done, done, now], "様子を確かめてください", "両立支援コーディネーターの番です", ""),
        (
            closed(),
            [done; 5],
            "このケースは終了しています（復職）",
            "保管期間の見直しは令和13年10月1日です",
            "ケースを再開…",
        ),
    ];
    let titles: Vec<String> = library().process.steps.iter().map(|step| step.title.clone()).collect();
    for (case, marks, next, turn, button) in table {
        let home = Home::settled();
        let window = open(&home, &case);
        let expected = marks.iter().zip(&titles).zip("①②③④⑤".chars());
        let expected: Vec<String> =
            expected.map(|((mark, title), number)| format!("{number} {title} {mark}")).collect();
        assert_eq!(steps(&window), expected, "{next}");
        assert!(window.shows(next), "{next}");
        assert!(window.shows(turn), "{next}: {turn}");
        let name = format!("次にすること：{button}");
        assert_eq!(window.query_clickable(&name).is_some(), !button.is_empty(), "{next}: {button}");
    }
}

#[test]
fn the_button_of_the_strip_goes_to_the_first_empty_field_or_begins_the_paper() {
    let home = Home::settled();
    let mut case = example("c7");
    case.documents[0].values.remove("current_symptoms");
    let mut window = open(&home, &case);
    window.press("次にすること：入力する");
    assert_eq!(window.focused().as_deref(), Some("現在の症状"));

    let home = Home::settled();
    let mut window = open(&home, &Case::new("R8-0002".to_owned(), String::new(), []));
    window.press("次にすること：主治医意見書を作る");
    assert_eq!(window.case().case().documents[0].form, "physician_opinion");
    assert_eq!(window.app().opened().expect("open").tab, Tab::Document(0));
}

#[test]
fn a_case_with_papers_out_begins_at_its_progress_and_another_where_one_types() {
    for (case, tab) in [(c1(0), Tab::Shared), (c1(1), Tab::Progress)] {
        let home = Home::settled();
        let window = open(&home, &case);
        assert_eq!(window.app().opened().expect("open").tab, tab);
    }
}

#[test]
fn a_step_shows_its_paper_or_in_the_tab_of_the_progress_its_picture() {
    let home = Home::settled();
    let mut window = open(&home, &c1(2));
    window.press("② 職場との協議 これから");
    assert_eq!(window.app().opened().expect("open").tab, Tab::Progress);
    assert!(picture(&window).starts_with("② 職場との協議"));
    window.press("共通の項目");
    window.press("② 職場との協議 これから");
    assert_eq!(window.app().opened().expect("open").tab, Tab::Document(1));
    window.press("④ 主治医の支持 これから");
    assert_eq!(window.app().opened().expect("open").tab, Tab::Document(2), "it is signed on the plan");
    window.press("⑤ アフターフォロー これから");
    assert_eq!(window.app().opened().expect("open").tab, Tab::Progress, "it has no paper");
    assert!(picture(&window).starts_with("⑤ アフターフォロー"));
    window.press("共通の項目");
    window.press("進み具合");
    assert!(picture(&window).starts_with("① 主治医の意見"), "it begins again where the case stands");
    assert!(!window.case().is_changed());
}

#[test]
fn the_picture_tells_in_words_who_takes_part_and_who_is_awaited() {
    let patient = "患者（本人）　佐久間　浩二";
    let table: [(usize, &[&str], &str); 6] = [
        (
            1,
            &[
                "① 主治医の意見、患者（本人）　佐久間　浩二　署名待ち R8.3.2から、主治医　及川　誠　署名待ち R8.3.2から",
                "病院のコーディネーター",
                "人事担当　今野　智子",
            ],
            "今は患者（本人）と病院のコーディネーターのやりとりです",
        ),
        (
            2,
            &["患者（本人）　佐久間　浩二　R8.3.4 署名済み", "主治医　及川　誠　署名待ち R8.3.2から"],
            "今は主治医と病院のコーディネーターのやりとりです",
        ),
        (
            3,
            &[patient, "会社・支援機関のコーディネーター　今の番です", "産業医　大友　正樹"],
            "今は会社・支援機関のコーディネーターと患者（本人）のやりとりです",
        ),
        (
            6,
            &["両方のコーディネーター　署名待ち R8.3.16から", "産業医　大友　正樹　署名待ち R8.3.16から"],
            "今は患者（本人）と両方のコーディネーターのやりとりです",
        ),
        (
            7,
            &["④ 主治医の支持", "主治医　及川　誠　署名待ち R8.3.16から"],
            "今は主治医と病院のコーディネーターのやりとりです",
        ),
        (
            8,
            &["⑤ アフターフォロー", "両方のコーディネーター　今の番です", "産業医　大友　正樹"],
            "今は両方のコーディネーターと患者（本人）のやりとりです",
        ),
    ];
    for (happened, parts, pair) in table {
        let home = Home::settled();
        let window = open(&home, &c1(happened));
        let words = picture(&window);
        for part in parts.iter().chain([&pair]) {
            assert!(words.contains(part), "{happened}: {part} in {words}");
        }
    }
}

#[test]
fn a_party_that_the_case_does_not_have_is_not_in_the_picture() {
    let home = Home::settled();
    let mut case = c1(4);
    case.people.remove("occupational_physician.name");
    let window = open(&home, &case);
    assert!(!picture(&window).contains("産業医"));
    assert!(window.shows("該当する方がいないため、署名は要りません"));
}

#[test]
fn papers_show_their_signatures_and_what_can_be_done_about_them() {
    let home = Home::settled();
    let window = open(&home, &c1(2));
    for words in [
        "第1版：令和8年3月2日に、主治医へ（署名用）",
        "署名済み",
        "令和8年3月4日・佐久間　浩二・署名・第1版",
        "署名を待っています",
        "下書き（まだ渡していません）",
        "まだ渡していません",
        "同意1　会社担当者・産業医に、すべての書類（病名を含まない）",
        "令和8年3月2日から（書面）、撤回されるまで",
    ] {
        assert!(window.shows(words), "{words}");
    }
    for button in [
        "①主治医意見書本人署名：訂正…",
        "①主治医意見書主治医署名：署名を記録…",
        "①主治医意見書：版の一覧…",
        "①主治医意見書：渡す…",
        "②協議書：渡す…",
        "同意1：撤回…",
        "同意を記録…",
        "ケースを終了…",
        "操作の記録…",
    ] {
        assert!(window.query_clickable(button).is_some(), "{button}");
    }
    assert!(window.query_clickable("②協議書：版の一覧…").is_none(), "nothing was handed out of it");
}

#[test]
fn what_was_changed_after_it_was_signed_is_marked_and_so_is_what_rests_on_it() {
    let home = Home::settled();
    let mut case = c1(7);
    case.documents[0].values.insert("current_symptoms".to_owned(), text("変わりました。"));
    let window = open(&home, &case);
    for words in [
        "第1版を渡したあとに変更があります",
        "第1版への署名（その後、書類が変更されています）",
        "主治医意見書の第1版をもとにしていますが、その内容はその後変わっています",
        "主治医意見書が変更されています。第2版として渡し、署名をお願いしてください",
    ] {
        assert!(window.shows(words), "{words}");
    }
    assert!(picture(&window).contains("旧版への署名"));
}

#[test]
fn a_withdrawn_consent_says_so_and_cannot_be_withdrawn_again() {
    let home = Home::settled();
    let mut case = c1(2);
    let withdrawal = Correction { on: day("2026-03-20"), why: "本人の希望".to_owned() };
    case.enter(&Record::Withdraw { consent: 1, withdrawal }).expect("withdrawn");
    let window = open(&home, &case);
    assert!(window.shows("令和8年3月20日に撤回（本人の希望）"));
    assert!(window.query_clickable("同意1：撤回…").is_none());
}

#[test]
fn a_closed_case_can_be_opened_again_and_says_how_it_ended() {
    let home = Home::settled();
    let mut case = closed();
    let window = open(&home, &case);
    assert!(window.shows("令和8年10月1日に終了：復職"));
    assert!(window.query_clickable("ケースを終了…").is_none());
    drop(window);
    let why = Correction { on: day("2026-10-05"), why: "記録の追加".to_owned() };
    case.enter(&Record::Reopen(why)).expect("opened again");
    let window = open(&Home::settled(), &case);
    assert!(window.shows("令和8年10月1日に終了：復職（令和8年10月5日に再開：記録の追加）"));
    assert!(window.query_clickable("ケースを終了…").is_some());
}

#[test]
fn the_plan_is_told_in_words() {
    let home = Home::settled();
    let window = open(&home, &c1(8));
    assert!(window.shows("令和8年4月6日～令和8年4月19日　10:00～15:00"));
    assert!(window.shows("令和8年9月30日：様子を確かめる日"));
}

#[test]
fn treatments_and_periods_that_cannot_be_drawn_are_told_with_the_plan() {
    let home = Home::settled();
    let mut case = example("c7").upgraded();
    let Some(Value::Rows(rows)) = case.documents[2].values.get_mut("periods") else { panic!("a plan") };
    let backwards = [("start", "2027-11-01"), ("end", "2027-10-01")];
    rows.push(backwards.map(|(key, on)| (key.to_owned(), Value::Date(day(on)))).into());
    let mut window = open(&home, &case);
    window.press("進み具合");
    assert!(window.shows("令和8年12月1日～令和9年9月30日　入院"), "one bar over all periods");
    assert!(window.shows("計画の5行目は図にできません（終わりが始まりより前です）"));
}

#[test]
fn the_view_follows_what_is_typed() {
    let home = Home::settled();
    let mut window = open(&home, &c1(3));
    window.press("①主治医意見書");
    window.enter("現在の症状", "別の症状");
    assert!(window.shows("主治医意見書が変更されています"));
    window.give(Command::Undo);
    assert!(!window.shows("主治医意見書が変更されています"));
}

#[test]
fn the_bar_and_the_tab_have_room_in_every_size() {
    for (size, density) in [
        (vec2(640.0, 480.0), 1.0),
        (vec2(640.0, 720.0), 1.0),
        (vec2(1280.0, 720.0), 1.0),
        (vec2(1280.0, 720.0), 1.25),
        (vec2(1280.0, 720.0), 1.5),
    ] {
        for case in [c1(0), c1(1), c1(6), closed()] {
            let home = Home::settled();
            let path = home.put("case.ron", &case);
            let mut window = home.look().at(&path).with_size(size, density).open();
            window.wait("the case", |window| window.app().opened().is_some());
            let screen = window.harness.ctx.content_rect();
            let name = steps(&window).into_iter().find(|step| step.contains("今ここ"));
            let button = window.harness.query_all_by(|node| {
                node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("次にすること："))
            });
            let mut places: Vec<_> = button.map(|node| node.rect()).collect();
            assert_eq!(places.len(), 1);
            places.extend(name.and_then(|name| window.query_clickable(&name).map(|node| node.rect())));
            for place in places {
                assert!(screen.contains_rect(place), "{size:?} at {density}: {place:?}");
            }
            window.press("進み具合");
            let opened = window.app().opened().expect("open");
            let side = if opened.is_narrow { screen.width() } else { opened.entry_width.min(screen.width() * 0.56) };
            for node in window.harness.query_all_by(|node| node.role() == Role::Image) {
                let place = node.rect();
                assert!(place.right() <= side, "{size:?} at {density}: {place:?} of {side}");
            }
        }
    }
}

fn aside(problem: &str) -> SetAside {
    SetAside { problem: problem.to_owned(), note: "主治医に確認済み".to_owned(), on: day("2026-11-20") }
}

#[test]
fn a_closed_case_hands_nothing_out_and_can_be_reopened() {
    let home = Home::settled();
    let mut window = open(&home, &closed());
    window.press("進み具合");
    assert!(!window.shows("渡す…"), "it is reopened first");
    assert!(window.query_clickable("次にすること：ケースを再開…").is_some());
}

#[test]
fn what_was_set_aside_is_listed_and_taken_back() {
    let home = Home::settled();
    let mut case = c1(2);
    case.set_aside.push(aside("gap of the plan"));
    let mut window = open(&home, &case);
    window.press("「今回は対応しない」とした確認 1件");
    assert!(window.shows("令和8年11月20日に「今回は対応しない」としました：主治医に確認済み"));
    window.press_like("確認事項に戻す");
    assert!(window.case().case().set_aside.is_empty());
    assert!(!window.shows("「今回は対応しない」とした確認"));
    window.give(Command::Undo);
    assert_eq!(window.case().case().set_aside, [aside("gap of the plan")]);
}

#[test]
fn what_was_set_aside_says_what_it_is_about() {
    let home = Home::settled();
    let library = library();
    let mut case = example("c7");
    let found = check(&case, &library.rules(), today());
    let problem = found.iter().find_map(|problem| problem.identity(&case)).expect("the contradiction of C7");
    case.set_aside.push(aside(&problem));
    let mut window = open(&home, &case);
    window.press("「今回は対応しない」とした確認 1件");
    assert!(window.shows("入院"), "the suggestion itself is there");
    assert!(window.shows("主治医に確認済み"));
}

/// The list alone, with one suggestion that can be set aside and one that cannot.
fn list(ui: &mut Ui, state: &mut (ProblemList, Vec<Action>, bool)) {
    if !std::mem::replace(&mut state.2, true) {
        look::set(ui.ctx());
        ui.ctx().add_plugin(ryoritsu::ui::composition::Composition::default());
        ui.ctx().request_repaint();
        return;
    }
    let row = |text: &str, identity: Option<&str>| Row {
        severity: Severity::Suggestion,
        text: text.to_owned(),
        place: Place::field("patient.name"),
        can_forget: false,
        identity: identity.map(str::to_owned),
    };
    let rows = || vec![row("計画に空いた日があります。", Some("gap")), row("氏名が未入力です。", None)];
    let problems = Problems {
        severities: &[Severity::Suggestion, Severity::Suggestion],
        rows: &rows,
        aside_count: 0,
        aside: &Vec::new,
        is_editable: true,
    };
    state.1.extend(problem_list_ui(ui, &problems, &mut state.0));
}

#[test]
fn a_suggestion_is_set_aside_with_a_reason_and_never_without() {
    let list_state = ProblemList { is_open: true, ..ProblemList::default() };
    let mut harness =
        Harness::builder().with_size(vec2(900.0, 300.0)).build_ui_state(list, (list_state, Vec::new(), false));
    harness.run();
    let offered = harness.query_all_by(|node| node.label().is_some_and(|label| label.ends_with(words::SET_ASIDE)));
    assert_eq!(offered.count(), 1, "only what has an identity can be set aside");
    harness.get_by_label("計画に空いた日があります。：今回は対応しない…").click_accesskit();
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.state().1.is_empty(), "no reason yet");
    harness.get_by_role_and_label(Role::TextInput, "今回は対応しない理由（短く）").focus();
    harness.run();
    harness.event(eframe::egui::Event::Text("会社が休みの日".to_owned()));
    harness.run();
    harness.key_press(Key::Enter);
    harness.run();
    let wanted = Action::SetAside { problem: "gap".to_owned(), note: "会社が休みの日".to_owned() };
    assert_eq!(harness.state().1, [wanted]);
    assert!(harness.query_by_label("今回は対応しない理由（短く）").is_none());
}
