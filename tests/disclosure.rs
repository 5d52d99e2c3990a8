//! What somebody may see of a case: every recipient, consent and form; the words that tell the
//! diagnosis; and that nothing that is held back comes through anywhere.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use common::said::said;
use common::{example, library, text, today};
use proptest::prelude::*;
use ryoritsu::export::Exporter;
use ryoritsu::model::case::Case;
use ryoritsu::model::check::{CASE_NUMBER, Place};
use ryoritsu::model::consent::{Consent, Denial};
use ryoritsu::model::disclosure::{
    Decision, Disclosure, Hit, NEUTRAL_NUMBER, Request, Why, Withheld, carry_over, disclose, left_out_name,
};
use ryoritsu::model::failure::Failure;
use ryoritsu::model::form::{Field, Kind, Meaning, Party};
use ryoritsu::model::record::Refused;
use ryoritsu::model::revision::{CopyMark, Edition, Recipient, Revision};
use ryoritsu::model::value::{Number, Value, Values};
use ryoritsu::paperwork::{Act, Now, Office};
use ryoritsu::session::OpenCase;
use ryoritsu::share::package::unseal;
use ryoritsu::share::passphrase::prepared;
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::template_file::Library;

const OPINION: &str = "physician_opinion";
const LESS: &str = "return_opinion";
const CONTINUATION: &str = "continuation_opinion";
const CONSULTATION: &str = "workplace_consultation";
const PLAN: &str = "return_to_work_plan";

fn to(party: Party) -> Recipient {
    Recipient { party, name: String::new() }
}

fn ask(case: &Case, documents: &[usize], party: Party, decisions: &[Decision]) -> Result<Disclosure, Vec<Withheld>> {
    let library = library();
    ask_with(&library, case, documents, party, decisions)
}

fn ask_with(
    library: &Library,
    case: &Case,
    documents: &[usize],
    party: Party,
    decisions: &[Decision],
) -> Result<Disclosure, Vec<Withheld>> {
    let (to, rules) = (to(party), library.rules());
    disclose(&Request { case, documents, to: &to, decisions, rules: &rules, today: today() })
}

fn at(case: &Case, form: &str) -> usize {
    case.documents_of(form).last().expect("the case has one")
}

fn of(document: usize, field: &str) -> Place {
    Place { document: Some(document), field: field.to_owned(), cell: None }
}

fn consented(case: &mut Case, diagnosis: bool, forms: Option<&[&str]>) {
    let number = u32::try_from(case.consents.len()).expect("few") + 1;
    let forms = forms.map(|forms| forms.iter().map(|form| (*form).to_owned()).collect());
    let to = vec![Party::Company, Party::OccupationalPhysician, Party::OutsideCoordinator];
    let given_on = "2026-11-01".parse().expect("a day");
    case.consents.push(Consent { number, diagnosis, forms, to, ..common::consent(given_on) });
}

/// T-06 with a document of every form.
fn every_form() -> Case {
    let mut case = example("t-06");
    case.consents.clear();
    let library = library();
    for form in [LESS, CONTINUATION] {
        carry_over(&mut case, &library.rules(), 0, form).expect("carried");
    }
    case.add_document("consent".to_owned());
    case
}

#[test]
fn who_may_have_which_form_under_which_consent() {
    #[derive(Debug, PartialEq)]
    enum Goes {
        Whole,
        Without(usize),
        Instead,
        Denied,
    }
    use Goes::{Denied, Instead, Whole, Without};
    let outside = [Party::Company, Party::OutsideCoordinator, Party::OccupationalPhysician];
    let inside = [Party::Patient, Party::Physician, Party::Coordinator];
    // The form; and to somebody outside: without consent, without the diagnosis, with it.
    let table = [
        (OPINION, Denied, Instead, Whole),
        (LESS, Denied, Whole, Whole),
        (CONTINUATION, Denied, Instead, Whole),
        (CONSULTATION, Denied, Whole, Whole),
        (PLAN, Denied, Without(4), Whole),
        ("consent", Denied, Whole, Whole),
    ];
    let library = library();
    let ask = |case: &Case, form: &str, party: Party| match ask_with(&library, case, &[at(case, form)], party, &[]) {
        Ok(disclosure) => {
            let hidden = |why| matches!(why, Why::Audience | Why::Diagnosis | Why::Decided | Why::Undecided);
            let is_on = |place: &Place| library.forms[form].field(&place.field).is_some();
            let held_back = disclosure.preview().held_back().iter();
            match held_back.filter(|one| hidden(one.why) && is_on(&one.place)).count() {
                0 => Whole,
                count => Without(count),
            }
        }
        Err(withheld) => match &withheld[..] {
            [Withheld::Denied { denial: Denial::NoConsent { ended: None }, .. }] => Denied,
            [Withheld::Instead { form, .. }] if form == LESS => Instead,
            other => panic!("{form} {party:?}: {other:?}"),
        },
    };
    for (form, without, narrow, wide) in table {
        let case = every_form();
        let [mut measures, mut all] = [case.clone(), case.clone()];
        consented(&mut measures, false, None);
        consented(&mut all, true, None);
        for party in outside {
            assert_eq!(ask(&case, form, party), without, "{form} {party:?}");
            assert_eq!(ask(&measures, form, party), narrow, "{form} {party:?}");
            assert_eq!(ask(&all, form, party), wide, "{form} {party:?}");
        }
        for party in inside {
            assert_eq!(ask(&case, form, party), Whole, "{form} {party:?}");
        }
    }
}

#[test]
fn nothing_recorded_goes_to_anybody() {
    let mut case = every_form();
    consented(&mut case, true, None);
    case.consents[0].note = "同意の覚え".to_owned();
    for party in Party::ALL {
        let disclosed = ask(&case, &[1, 2], party, &[]).expect("it may go").settled().expect("decided");
        let Case { consents, set_aside, closings, replies, hand_overs, documents, id, number, .. } = disclosed.case();
        assert!(consents.is_empty() && set_aside.is_empty() && closings.is_empty());
        assert!(replies.is_empty() && hand_overs.is_empty());
        assert!(documents.iter().all(|document| document.revisions.is_empty()));
        assert_eq!((id, number), (&case.id, &case.number));
        assert_eq!(documents.iter().map(|document| document.id).collect::<Vec<_>>(), [2, 3]);
        assert_eq!((disclosed.places(), disclosed.to()), (&[1, 2][..], &to(party)));
        for never in ["patient.chart_number", "patient.kana", "patient.diagnosis", "physician.name", "coordinators"] {
            assert!(!disclosed.case().people.contains_key(never), "{party:?} {never}");
        }
        let why = disclosed.held_back().iter().find(|one| one.place == Place::field("patient.chart_number"));
        assert_eq!(why.map(|one| one.why), Some(Why::Never));
    }
}

#[test]
fn a_form_whose_audience_has_not_even_the_patient_goes_to_nobody_else() {
    let mut library = library();
    let form = library.forms.get_mut(CONSULTATION).expect("built in");
    form.audience = vec![Party::Coordinator];
    let mut case = every_form();
    consented(&mut case, true, None);
    for party in Party::ALL {
        let answer = ask_with(&library, &case, &[1], party, &[]);
        match party {
            Party::Coordinator => assert!(answer.is_ok()),
            _ => assert!(
                matches!(&answer, Err(papers) if matches!(papers[..], [Withheld::Denied { denial: Denial::Internal, .. }])),
                "{party:?} {answer:?}"
            ),
        }
    }
}

#[test]
fn a_field_goes_only_to_its_audience() {
    let mut library = library();
    let form = library.forms.get_mut(CONSULTATION).expect("built in");
    let field = form.fields.iter_mut().find(|field| field.key == "discussion").expect("a field");
    field.audience = Some(vec![Party::Company]);
    let mut case = every_form();
    consented(&mut case, true, None);
    for party in Party::ALL {
        let disclosed = ask_with(&library, &case, &[1], party, &[]).expect("it may go").settled().expect("decided");
        let goes = disclosed.case().documents[0].values.contains_key("discussion");
        assert_eq!(goes, party == Party::Company, "{party:?}");
        let left_out = disclosed.left_out(0, &library.forms[CONSULTATION]);
        let fields = left_out.map(|left_out| left_out.fields).unwrap_or_default();
        assert_eq!(fields, if goes { Vec::new() } else { vec!["discussion".to_owned()] }, "{party:?}");
    }
}

#[test]
fn a_form_whose_own_wording_tells_the_diagnosis_goes_only_where_that_is_decided() {
    let mut library = library();
    let form = library.forms.get_mut(CONSULTATION).expect("built in");
    "白血病の方の協議書".clone_into(&mut form.title);
    let case = example("t-06");
    let whole = |goes| Decision { place: of(1, ""), goes };
    let asked = ask_with(&library, &case, &[1], Party::Company, &[]).expect("it may go");
    assert_eq!(
        asked.undecided().iter().map(|hit| (&hit.place, hit.word.as_str())).collect::<Vec<_>>(),
        [(&of(1, ""), "白血病")]
    );
    assert!(ask_with(&library, &case, &[1], Party::Company, &[whole(true)]).expect("it may go").settled().is_ok());
    let refused = ask_with(&library, &case, &[1], Party::Company, &[whole(false)]);
    assert!(
        matches!(&refused, Err(papers) if matches!(&papers[..], [Withheld::Telling { document: 1, .. }])),
        "{refused:?}"
    );
    let own = ask_with(&library, &case, &[1], Party::Patient, &[]).expect("it may go");
    assert_eq!(own.hits(), []);
}

#[test]
fn the_narrowest_consent_speaks_for_all_that_goes_together() {
    let mut case = every_form();
    consented(&mut case, true, Some(&[CONTINUATION]));
    consented(&mut case, false, Some(&[CONSULTATION]));
    let (continuation, consultation) = (at(&case, CONTINUATION), at(&case, CONSULTATION));
    let alone = ask(&case, &[continuation], Party::Company, &[]).expect("it may go");
    assert_eq!(alone.preview().case().people["patient.diagnosis"], text("急性骨髄性白血病"));
    assert_eq!(alone.preview().consents(), [Some(1)]);
    let together = ask(&case, &[consultation, continuation], Party::Company, &[]);
    assert!(matches!(&together, Err(papers) if matches!(papers[..], [Withheld::Instead { .. }])), "{together:?}");
}

#[test]
fn every_document_that_may_not_go_is_told_and_none_is_a_reason_too() {
    let mut case = every_form();
    consented(&mut case, false, Some(&[OPINION]));
    case.add_document("gone_form".to_owned());
    let gone = case.documents.len() - 1;
    let withheld = ask(&case, &[0, 2, gone, 99], Party::Company, &[]).expect_err("nothing may go");
    assert!(
        matches!(
            &withheld[..],
            [
                Withheld::Denied { document: 2, .. },
                Withheld::Unknown { form, .. },
                Withheld::Unknown { document: 99, .. },
                Withheld::Instead { document: 0, .. },
            ] if form == "gone_form"
        ),
        "{withheld:?}"
    );
    let words = ryoritsu::messages::share::withheld(&withheld).sentences();
    for word in ["「主治医意見書」", "「職場復帰支援プラン」", "「主治医意見書（様式49）」", "gone_form"]
    {
        assert!(words.contains(word), "{word}: {words}");
    }
    assert!(!words.contains(LESS), "titles, not keys: {words}");
    assert_eq!(ask(&case, &[], Party::Patient, &[]), Err(Vec::new()));
}

/// What is found in a text of the consultation record of a patient with this diagnosis.
fn found(diagnosis: &str, written: &str) -> Vec<(String, bool)> {
    let mut case = example("t-06");
    case.people.insert("patient.diagnosis".to_owned(), text(diagnosis));
    case.documents[1].values = Values::from([("discussion".to_owned(), text(written))]);
    let disclosure = ask(&case, &[1], Party::Company, &[]).expect("it may go");
    disclosure.undecided().iter().map(|hit| (hit.word.clone(), hit.is_typed)).collect()
}

#[test]
fn words_that_tell_the_diagnosis_are_found_however_they_are_written() {
    // The diagnosis as typed, a text, the word as it stands there, whether it was typed.
    let table = [
        ("急性骨髄性白血病", "急性骨髄性白血病の治療", "急性骨髄性白血病", true),
        ("急性骨髄性白血病", "白血病のため", "白血病", false),
        ("急性骨髄性白血病", "白　血\n病のため", "白　血\n病", false),
        ("急性骨髄性白血病", "はっけつびょう", "はっけつびょう", false),
        ("急性骨髄性白血病", "ハッケツビョウ", "ハッケツビョウ", false),
        ("急性骨髄性白血病", "ＡＭＬの治療", "ＡＭＬ", false),
        ("急性骨髄性白血病", "aml(M2)", "aml", false),
        ("急性骨髄性白血病", "血液内科に通院", "血液内科", false),
        ("急性骨髄性白血病", "抗がん剤の日", "抗がん剤", false),
        ("急性骨髄性白血病", "抗ｶﾞﾝ剤の日", "抗ｶﾞﾝ剤", false),
        ("急性骨髄性白血病", "悪性の病気", "悪性", false),
        ("急性骨髄性白血病", "骨髄移植を受けた", "骨髄移植", false),
        ("悪性リンパ腫", "MLの治療", "ML", false),
        ("AML", "白血病のため", "白血病", false),
        ("ALL（B細胞性）", "ALLの治療", "ALL", true),
        ("ALL（B細胞性）", "B細胞性の病気", "B細胞性", true),
        ("大腸癌・肝転移", "肝転移あり", "肝転移", true),
        ("大腸がん", "大腸の手術", "大腸", false),
        ("Ｓ状結腸がん", "S状結腸がん", "S状結腸がん", true),
        ("2型糖尿病", "インシュリンを打つ", "インシュリン", false),
        ("脳梗塞", "のうこうそくの後", "のうこうそく", false),
        ("ペースメーカー植込み後", "ペースメーカ", "ペースメーカ", false),
        ("カーニー複合", "カ－ニー複合の検査", "カ－ニー複合", true),
        ("多系統萎縮症疑い", "多系統萎縮症", "多系統萎縮症", true),
        ("青い鳥症候群の術後", "青い鳥症候群", "青い鳥症候群", true),
        // Of no group, or none typed: every word that is listed.
        ("青い鳥症候群", "白血病のため", "白血病", false),
        ("", "パーキンソン病", "パーキンソン", false),
        ("", "乳がん", "乳がん", false),
    ];
    for (diagnosis, written, word, is_typed) in table {
        assert_eq!(found(diagnosis, written), [(word.to_owned(), is_typed)], "{diagnosis}: {written}");
    }
}

#[test]
fn words_that_only_sound_alike_are_no_hits() {
    let table = [
        ("大腸がん", "がんばって働く。頑張りすぎない。ガンバル。"),
        ("大腸がん", "しゃがんで荷を持つ。かがんだ姿勢。ゆがんだ棚。"),
        ("大腸がん", "安全のスローガン、ガントチャート、オルガン、カーディガン"),
        ("急性リンパ性白血病", "smallとALLOWとallergy、オール電化"),
        ("悪性リンパ腫", "水を500 ml飲む。XML、HTML、3ml"),
        ("急性骨髄性白血病", "どなたでも。まるく収める。薬だけもらう。"),
        ("急性骨髄性白血病", "糖尿病のもと"),
        ("うつ病", "メンタルヘルス研修、リチウムイオン電池"),
        ("心筋梗塞", "AED（自動体外式除細動器）の講習"),
        ("胃がん術後", "術後の経過は順調で、右の棚を使う。"),
        ("", "3週間に1回の通院と内服を続ける。手術の後で疲れやすく、手指のしびれがある。"),
        ("", "重い物を持つ作業は避ける。時差出勤を使い、残業と出張はしない。"),
    ];
    for (diagnosis, written) in table {
        assert_eq!(found(diagnosis, written), [], "{diagnosis}: {written}");
    }
}

#[test]
fn no_example_tells_its_diagnosis_where_it_should_not_but_for_what_it_says_of_it() {
    // What somebody is to decide about in each of the built-in examples.
    let expected: [(&str, &[(usize, &str)]); 7] =
        [("c1", &[]), ("c2", &[]), ("c4", &[]), ("c7", &[]), ("t-01", &[]), ("t-02", &[]), ("t-06", &[])];
    for (name, expected) in expected {
        let mut case = example(name);
        case.consents.clear();
        consented(&mut case, false, None);
        let disclosure = ask(&case, &[1, 2], Party::Company, &[]).expect("it may go");
        let places: Vec<(usize, &str)> =
            disclosure.undecided().iter().map(|hit| (hit.place.document.unwrap_or(9), hit.word.as_str())).collect();
        assert_eq!(places, expected, "{name}");
    }
}

/// T-06 with the word 白血病 wherever something can be typed that goes to the company.
fn betraying() -> Case {
    let mut case = example("t-06");
    let detail = |word: &str| {
        Value::Choice(Values::from([("other".to_owned(), text(word)), ("telework".to_owned(), Value::Blank)]))
    };
    let consultation = &mut case.documents[1].values;
    consultation.insert("available_programmes".to_owned(), detail("白血病患者の会"));
    consultation.insert("other_work".to_owned(), Value::Tick(Box::new(text("白血病の啓発"))));
    consultation.insert("wishes".to_owned(), text("白血病とAMLは伏せたい。白血病は言わない。"));
    let Some(Value::Rows(rows)) = case.documents[2].values.get_mut("periods") else { panic!("the plan has rows") };
    rows[1].insert("measures".to_owned(), text("白血病に配慮する。"));
    case.people.insert("employer.department".to_owned(), text("白血病研究部"));
    case.people.insert("hospital.name".to_owned(), text("星見がんセンター"));
    "AML-7".clone_into(&mut case.number);
    case
}

fn cell(document: usize, field: &str, row: usize, column: &str) -> Place {
    Place { cell: Some((row, column.to_owned())), ..of(document, field) }
}

#[test]
fn every_place_is_looked_into() {
    let case = betraying();
    let disclosure = ask(&case, &[1, 2], Party::Company, &[]).expect("it may go");
    let hits: Vec<(Place, &str)> =
        disclosure.undecided().iter().map(|hit| (hit.place.clone(), hit.word.as_str())).collect();
    let expected = [
        (Place::field(CASE_NUMBER), "AML"),
        (Place::field("employer.department"), "白血病"),
        (Place::field("hospital.name"), "がん"),
        (of(1, "available_programmes"), "白血病"),
        (of(1, "other_work"), "白血病"),
        (of(1, "wishes"), "白血病"),
        (of(1, "wishes"), "AML"),
        (cell(2, "periods", 1, "measures"), "白血病"),
    ];
    assert_eq!(hits, expected);
    let names: BTreeSet<String> =
        disclosure.undecided().iter().map(|hit| ryoritsu::messages::share::place_name(&hit.place, &hit.name)).collect();
    for name in [
        "「ケース番号」",
        "「病院名」",
        "協議書の「利用できる制度」",
        "職場復帰支援プランの「復職計画」の2行目の「就業上の措置・治療への配慮など」",
    ] {
        assert!(names.contains(name), "{name}: {names:?}");
    }
    // Until it is decided nothing of it is in what would go, and it does not go.
    let preview = ron::to_string(disclosure.preview().case()).expect("RON");
    for word in ["白血病", "AML", "がん"] {
        assert!(!preview.contains(word), "{word}");
    }
    assert_eq!(disclosure.preview().case().number, NEUTRAL_NUMBER);
    assert_eq!(disclosure.clone().settled().expect_err("undecided").len(), expected.len());
}

#[test]
fn what_is_decided_goes_or_is_held_back_and_a_choice_keeps_what_it_says() {
    let case = betraying();
    let places: Vec<Place> = {
        let disclosure = ask(&case, &[1, 2], Party::Company, &[]).expect("it may go");
        disclosure.undecided().iter().map(|hit| hit.place.clone()).collect()
    };
    let decide =
        |goes: bool| -> Vec<Decision> { places.iter().map(|place| Decision { place: place.clone(), goes }).collect() };
    let told = ask(&case, &[1, 2], Party::Company, &decide(true)).expect("it may go");
    assert!(told.hits().iter().all(|hit: &Hit| hit.goes == Some(true)));
    let told = told.settled().expect("decided");
    assert_eq!(told.case().number, "AML-7");
    assert_eq!(told.case().documents[0].values["wishes"], case.documents[1].values["wishes"]);
    let held = ask(&case, &[1, 2], Party::Company, &decide(false)).expect("it may go").settled().expect("decided");
    let choice = Values::from([("other".to_owned(), Value::Blank), ("telework".to_owned(), Value::Blank)]);
    assert_eq!(held.case().documents[0].values["available_programmes"], Value::Choice(choice));
    assert_eq!(held.case().documents[0].values["other_work"], Value::Tick(Box::new(Value::Blank)));
    assert!(!held.case().documents[0].values.contains_key("wishes"));
    let decided = held.held_back().iter().filter(|one| one.why == Why::Decided).count();
    assert_eq!((decided, held.case().number.as_str()), (7, NEUTRAL_NUMBER));
    let left_out = held.left_out(1, &library().forms[PLAN]).expect("something is left out");
    assert_eq!(
        left_out.fields,
        [
            CASE_NUMBER,
            "employer.department",
            "hospital.name",
            "periods.measures",
            "periods.treatment",
            "treatment_outline"
        ]
    );
    // The whole table, and what holds back before what lets go.
    let table = [Decision { place: of(2, "periods"), goes: true }];
    let plan = ask(&case, &[2], Party::Company, &table).expect("it may go");
    assert!(plan.undecided().iter().all(|hit| hit.place.document.is_none()));
    let both = [table[0].clone(), Decision { place: cell(2, "periods", 1, "measures"), goes: false }];
    let plan = ask(&case, &[2], Party::Company, &both).expect("it may go");
    let Value::Rows(rows) = &plan.preview().case().documents[0].values["periods"] else { panic!("rows") };
    assert!(!rows[1].contains_key("measures") && rows[0].contains_key("measures"));
}

#[test]
fn more_may_be_held_back_than_has_to_be() {
    let mut case = example("t-06");
    case.consents[0].diagnosis = true;
    let held = |field: &str| Decision { place: of(1, field), goes: false };
    let decisions = [held("wishes"), held("available_programmes"), held("commute_minutes")];
    for party in [Party::Company, Party::Patient] {
        let disclosed = ask(&case, &[1], party, &decisions).expect("it may go").settled().expect("decided");
        for decision in &decisions {
            assert!(!disclosed.case().documents[0].values.contains_key(&decision.place.field));
        }
    }
}

#[test]
fn what_no_form_knows_does_not_go() {
    let mut case = example("t-06");
    let option = |key: &str| {
        Value::Choice(Values::from([(key.to_owned(), Value::Blank), ("telework".to_owned(), Value::Blank)]))
    };
    case.documents[1].values.insert("secret_field".to_owned(), text("知られない"));
    case.documents[1].values.insert("patient.secret".to_owned(), text("知られない"));
    case.documents[1].values.insert("available_programmes".to_owned(), option("secret_option"));
    case.documents[1].values.insert("pc_hours".to_owned(), Value::Tick(Box::new(text("知られない"))));
    case.documents[1].values.insert("wishes".to_owned(), Value::Tick(Box::new(text("知られない"))));
    let Some(Value::Rows(rows)) = case.documents[2].values.get_mut("periods") else { panic!("the plan has rows") };
    rows[0].insert("secret_column".to_owned(), text("知られない"));
    case.people.insert("patient.secret".to_owned(), text("知られない"));
    for party in [Party::Company, Party::Patient] {
        let disclosure = ask(&case, &[1, 2], party, &[]).expect("it may go");
        let unknown = disclosure.preview().held_back().iter().filter(|one| one.why == Why::Unknown);
        assert_eq!(unknown.count(), 7, "{:?}", disclosure.preview().held_back());
        let written = ron::to_string(disclosure.preview().case()).expect("RON");
        assert!(!written.contains("知られない") && !written.contains("secret"), "{written}");
    }
}

#[test]
fn the_chart_number_goes_nowhere_wherever_somebody_wrote_it() {
    let mut case = example("t-06");
    consented(&mut case, true, None);
    case.number = "R8-0051846".to_owned();
    case.documents[1].values.insert("discussion".to_owned(), text("患者番号は００５１８４６です"));
    case.documents[1].values.insert("daily_work".to_owned(), text("内線は10051846です"));
    for party in [Party::Patient, Party::Company] {
        let disclosure = ask(&case, &[1], party, &[]).expect("it may go");
        let disclosed = disclosure.preview();
        assert_eq!(disclosed.case().number, NEUTRAL_NUMBER, "{party:?}");
        assert!(!disclosed.case().documents[0].values.contains_key("discussion"), "{party:?}");
        assert!(disclosed.case().documents[0].values.contains_key("daily_work"), "another number");
        let never = |place: Place| disclosed.held_back().iter().any(|one| one.place == place && one.why == Why::Never);
        assert!(never(of(1, "discussion")) && never(Place::field(CASE_NUMBER)), "{party:?}");
    }
    // Too short to be told from any other number.
    case.people.insert("patient.chart_number".to_owned(), text("1846"));
    case.documents[1].values.insert("discussion".to_owned(), text("1846円"));
    let disclosure = ask(&case, &[1], Party::Patient, &[]).expect("it may go");
    assert!(disclosure.preview().case().documents[0].values.contains_key("discussion"));
}

#[test]
fn shared_data_goes_only_to_its_audience_whatever_a_form_says_of_it() {
    let mut library = library();
    let department =
        library.people.fields.iter_mut().find(|field| field.key == "employer.department").expect("shared data");
    department.audience = Some(vec![Party::Coordinator, Party::OccupationalPhysician]);
    let people = library.people.clone();
    for form in library.forms.values_mut() {
        *form = form.clone().resolve(&people);
    }
    let mut case = every_form();
    case.people.insert("employer.department".to_owned(), text("総務課"));
    consented(&mut case, true, None);
    for (party, goes) in [(Party::Company, false), (Party::OccupationalPhysician, true)] {
        let disclosure = ask_with(&library, &case, &[1], party, &[]).expect("it may go");
        assert_eq!(disclosure.preview().case().people.contains_key("employer.department"), goes, "{party:?}");
    }
}

#[test]
fn a_diagnosis_that_no_paper_has_is_held_back_because_of_the_consent() {
    let mut case = every_form();
    let key = library().people.field_meaning(Meaning::Diagnosis).expect("shared data").key.clone();
    case.people.insert(key.clone(), text("悪性リンパ腫"));
    let consultation = at(&case, CONSULTATION);
    for (tells, expected) in [(false, Why::Diagnosis), (true, Why::NotOnPaper)] {
        let mut case = case.clone();
        consented(&mut case, tells, None);
        let disclosure = ask(&case, &[consultation], Party::Company, &[]).expect("it may go");
        let held_back = disclosure.preview().held_back();
        let why =
            held_back.iter().find(|held_back| held_back.place == Place::field(&key)).map(|held_back| held_back.why);
        assert_eq!(why, Some(expected), "{tells}");
    }
}

#[test]
fn what_is_printed_instead_of_a_character_is_looked_into() {
    let mut case = example("t-06");
    case.documents[1].values = Values::from([("discussion".to_owned(), text("※病のため"))]);
    case.print_substitutes.insert("※".to_owned(), "白血".to_owned());
    let disclosure = ask(&case, &[1], Party::Company, &[]).expect("it may go");
    let words: Vec<&str> = disclosure.undecided().iter().map(|hit| hit.word.as_str()).collect();
    assert_eq!(words, ["白血病"]);
}

#[test]
fn a_diagnosis_that_was_typed_once_is_looked_for_still() {
    let mut library = library();
    let printed = Field { key: "patient.diagnosis".to_owned(), ..Field::default() };
    let form = library.forms.get_mut(OPINION).expect("built in");
    form.fields.push(printed);
    *form = form.clone().resolve(&library.people);
    let mut case = example("t-06");
    let today_typed = case.people.insert("patient.diagnosis".to_owned(), text("青い鳥症候群")).expect("typed");
    let form = &library.forms[&case.documents[0].form];
    let revision = Revision::of(&case, &case.documents[0], form, Vec::new(), today());
    case.documents[0].revisions.push(Arc::new(revision));
    case.people.insert("patient.diagnosis".to_owned(), today_typed);
    case.documents[1].values = Values::from([("discussion".to_owned(), text("青い鳥症候群の治療"))]);
    let disclosure = ask_with(&library, &case, &[1], Party::Company, &[]).expect("it may go");
    let words: Vec<(&str, bool)> = disclosure.undecided().iter().map(|hit| (hit.word.as_str(), hit.is_typed)).collect();
    assert_eq!(words, [("青い鳥症候群", true)]);
}

#[test]
fn only_the_substitutes_that_are_used_go() {
    let mut case = example("t-06");
    case.people.insert("patient.name".to_owned(), text("渡邉　真理子"));
    case.documents[2].values.insert("treatment_outline".to_owned(), text("麴塵病"));
    for (character, substitute) in [("邉", "辺"), ("麴", "麹"), ("塵", "ちり")] {
        case.print_substitutes.insert(character.to_owned(), substitute.to_owned());
    }
    let goes = |party| {
        let disclosure = ask(&case, &[2], party, &[]).expect("it may go");
        disclosure.preview().case().print_substitutes.keys().cloned().collect::<Vec<_>>()
    };
    assert_eq!(goes(Party::Company), ["邉"]);
    assert_eq!(goes(Party::Patient), ["塵", "邉", "麴"]);
}

#[test]
fn what_fits_the_other_form_is_carried_over_and_what_tells_the_diagnosis_is_not() {
    let library = library();
    let mut case = example("t-06");
    let opinion = case.documents[0].values.clone();
    let less = carry_over(&mut case, &library.rules(), 0, LESS).expect("carried");
    assert_eq!((case.documents[less].form.as_str(), case.documents[less].id), (LESS, 4));
    let values = case.documents[less].values.clone();
    assert_eq!(values.keys().collect::<Vec<_>>(), ["other_considerations", "verdict", "verdict_detail"]);
    assert!(values.iter().all(|(key, value)| opinion[key] == *value));
    // From the one with a treatment plan and days of measures.
    let continuation = case.add_document(CONTINUATION.to_owned());
    let day = Value::Date(today());
    let verdict = |key: &str| Value::Choice(Values::from([(key.to_owned(), Value::Blank)]));
    let filled = [
        ("current_symptoms", text("症状")),
        ("treatment_plan", text("予定")),
        ("accommodations", text("配慮")),
        ("measures_start", day.clone()),
        ("measures_end", day),
        ("verdict", verdict("unfit")),
    ];
    case.documents[continuation].values = filled.map(|(key, value)| (key.to_owned(), value)).into();
    let second = carry_over(&mut case, &library.rules(), continuation, LESS).expect("carried");
    let keys: Vec<&String> = case.documents[second].values.keys().collect();
    assert_eq!(keys, ["accommodations", "measures_end", "measures_start", "verdict"]);
    // An option that the other form does not have, and a value of another kind.
    case.documents[0].values.insert("verdict".to_owned(), verdict("gone"));
    case.documents[0].values.insert("verdict_detail".to_owned(), Value::Date(today()));
    let third = carry_over(&mut case, &library.rules(), 0, LESS).expect("carried");
    assert_eq!(case.documents[third].values.keys().collect::<Vec<_>>(), ["other_considerations"]);
    let failed = carry_over(&mut case, &library.rules(), 99, LESS);
    assert_eq!(failed, Err(Failure::Record { refused: Refused::NoDocument }));
    assert!(matches!(carry_over(&mut case, &library.rules(), 0, "none"), Err(Failure::UnknownForm { .. })));
    // What was carried over may go where the first one may not.
    let disclosure = ask(&case, &[less], Party::Company, &[]).expect("it may go");
    assert_eq!(disclosure.undecided(), []);
}

#[test]
fn what_is_carried_over_in_the_window_is_undone_as_one() {
    let library = library();
    let mut open = OpenCase::new(example("t-06"));
    let at = open.add_document_carried(&library.rules(), 0, &library.forms[LESS], 1.0);
    let document = &open.case().documents[at];
    assert_eq!((document.form.as_str(), document.values.len()), (LESS, 3));
    open.undo();
    assert_eq!(open.case(), &example("t-06"));
}

#[test]
fn a_field_that_means_the_same_is_carried_over_under_another_key() {
    let mut library = library();
    let form = library.forms.get_mut(LESS).expect("built in");
    for field in &mut form.fields {
        if field.meaning == Some(Meaning::Verdict) {
            "opinion".clone_into(&mut field.key);
        }
    }
    let mut case = example("t-06");
    let less = carry_over(&mut case, &library.rules(), 0, LESS).expect("carried");
    assert_eq!(case.documents[less].values["opinion"], case.documents[0].values["verdict"]);
}

#[test]
fn t_06_goes_to_the_company_without_the_diagnosis_and_without_a_note() {
    let library = library();
    let mut case = example("t-06");
    let less = carry_over(&mut case, &library.rules(), 0, LESS).expect("carried");
    let refused = ask(&case, &[0], Party::Company, &[]).expect_err("it says nothing without the diagnosis");
    assert!(matches!(&refused[..], [Withheld::Instead { instead, .. }] if instead == "主治医意見書（様式49）"));
    let disclosed = ask(&case, &[less, 1, 2], Party::Company, &[]).expect("it may go").settled().expect("no word");
    let exporter = Exporter::new(&library, today()).expect("fonts").with_timeline(true);
    let mut all = ron::to_string(disclosed.case()).expect("RON") + &ron::to_string(disclosed.drawn()).expect("RON");
    for at in 0..3 {
        let bytes = exporter.outward(&disclosed, at, Edition::Revision { number: 1, mark: None }).expect("made");
        all.push_str(&said(&bytes));
    }
    for secret in [
        "白血病",
        "骨髄",
        "寛解",
        "維持療法",
        "血液",
        "0051846",
        "ヤエガシ",
        "仕事に必要な配慮だけを伝える",
        "4月からは月末と月初",
        "入院で治療",
        "佐々木",
        "小野寺",
    ] {
        assert!(!all.contains(secret), "{secret}");
    }
    for told in ["八重樫", "在宅勤務を週3日", "残業と出張は避けること"] {
        assert!(all.contains(told), "{told}");
    }
    // The patient's own copy says all of it.
    let own = ask(&case, &[0], Party::Patient, &[]).expect("it may go").settled().expect("decided");
    let bytes =
        exporter.outward(&own, 0, Edition::Revision { number: 1, mark: Some(CopyMark::Patient) }).expect("made");
    assert!(said(&bytes).contains("急性骨髄性白血病"));
}

#[test]
fn a_whole_copy_is_the_same_to_the_byte_as_one_of_the_whole_case() {
    let library = library();
    let exporter = || Exporter::new(&library, today()).expect("fonts");
    for (name, mut case) in common::examples() {
        case.print_substitutes.insert("〇".to_owned(), "○".to_owned());
        for at in 0..case.documents.len() {
            let disclosed = ask(&case, &[at], Party::Patient, &[]).expect("it may go").settled().expect("decided");
            assert_eq!(disclosed.left_out(0, &library.forms[&case.documents[at].form]), None);
            for with_timeline in [false, true] {
                let edition = Edition::Revision { number: 2, mark: None };
                let own = exporter().with_timeline(with_timeline).outward(&disclosed, 0, edition).expect("made");
                let whole = exporter().with_timeline(with_timeline).pdf(&case, at, edition).expect("made");
                assert!(own == whole, "{name} {at} {with_timeline}");
            }
        }
    }
}

#[test]
fn the_picture_of_a_plan_shows_days_of_measures_only_to_those_who_may_have_their_paper() {
    let library = library();
    let mut case = example("t-06");
    let less = carry_over(&mut case, &library.rules(), 0, LESS).expect("carried");
    case.documents[less].values.insert("measures_start".to_owned(), Value::Date(today()));
    case.consents.clear();
    consented(&mut case, false, Some(&[PLAN]));
    let drawn = |case: &Case, party| {
        let disclosure = ask(case, &[2], party, &[]).expect("it may go");
        let drawn = disclosure.preview().drawn();
        drawn.documents[1..].iter().map(|document| document.values.clone()).collect::<Vec<_>>()
    };
    let days = Values::from([("measures_start".to_owned(), Value::Date(today()))]);
    let left_out = |case: &Case, party| {
        let disclosure = ask(case, &[2], party, &[]).expect("it may go");
        let left_out = disclosure.preview().left_out_with_picture(0, &library.forms[PLAN]);
        left_out.map(|left_out| left_out.fields).unwrap_or_default()
    };
    assert_eq!(drawn(&case, Party::Company), []);
    let missing = ["periods.treatment", "treatment_outline", "return_opinion/measures_start"];
    assert_eq!(left_out(&case, Party::Company), missing, "a copy of its own is kept");
    assert_eq!(left_out(&case, Party::Patient), Vec::<String>::new());
    assert_eq!(drawn(&case, Party::Patient), std::slice::from_ref(&days));
    consented(&mut case, false, Some(&[LESS]));
    assert_eq!(drawn(&case, Party::Company), [days]);
    assert_eq!(left_out(&case, Party::Company), missing[..2]);
}

#[test]
fn what_was_left_out_has_a_name() {
    let library = library();
    let table = [
        ("treatment_outline", (None, "治療・投薬等の状況、今後の治療予定", None)),
        ("periods.treatment", (None, "復職計画", Some("治療等の予定"))),
        ("employer.department", (None, "所属", None)),
        ("hospital.name", (None, "病院名", None)),
        ("return_opinion/measures_start", (Some("主治医意見書（様式49）"), "措置期間（開始）", None)),
        ("gone", (None, "gone", None)),
    ];
    for (key, (form, field, column)) in table {
        let name = left_out_name(key, library.forms.get(PLAN), &library.forms, &library.people);
        assert_eq!((name.form.as_deref(), name.field.as_str(), name.column.as_deref()), (form, field, column), "{key}");
    }
}

/// A value that a field takes, in which each text is one of its own.
fn filled(field: &Field, secret: bool, token: &mut impl FnMut(bool) -> String) -> Value {
    let mut detail = |kind| match kind {
        ryoritsu::model::form::Detail::Text => Value::Text(token(secret)),
        _ => Value::Blank,
    };
    match &field.kind {
        Kind::Text | Kind::LongText | Kind::Shared => Value::Text(token(secret)),
        Kind::Date { .. } => Value::Date(today()),
        Kind::Number => Value::Number(Number::new(3.0).expect("finite")),
        Kind::Tick { detail: kind } => Value::Tick(Box::new(detail(*kind))),
        Kind::ChooseOne { options, .. } => {
            Value::Choice(options.last().map(|one| (one.key.clone(), detail(one.detail))).into_iter().collect())
        }
        Kind::ChooseAny { options } => {
            Value::Choice(options.iter().map(|one| (one.key.clone(), detail(one.detail))).collect())
        }
        Kind::Table { columns } => {
            let row = columns.iter().map(|column| {
                let is_secret = secret || is_held_back(column);
                (column.key.clone(), filled(column, is_secret, token))
            });
            Value::Rows(vec![row.collect()])
        }
    }
}

fn is_held_back(field: &Field) -> bool {
    matches!(field.meaning, Some(Meaning::Diagnosis | Meaning::MayRevealDiagnosis | Meaning::ChartNumber))
        || field.audience.as_ref().is_some_and(|parties| !parties.contains(&Party::Company))
}

/// A case in which whatever is not to go has a token of its own: SECRET and a number. `betrayed` says
/// where a word that tells the diagnosis stands, `narrowed` which fields are not for the company.
fn tokens(library: &mut Library, betrayed: u64, narrowed: u64) -> (Case, Vec<usize>) {
    let goes = [LESS, CONSULTATION, PLAN];
    let mut bit = 0;
    let mut flips = |bits: u64| {
        bit += 1;
        bits >> (bit % 61) & 1 == 1
    };
    for key in goes {
        for field in &mut library.forms.get_mut(key).expect("built in").fields {
            if !field.key.contains('.') && flips(narrowed) && flips(narrowed >> 3) {
                field.audience = Some(vec![Party::Patient]);
            }
        }
    }
    let mut count = 0;
    let mut token = |secret: bool| {
        count += 1;
        let betrays = !secret && flips(betrayed);
        let word = if betrays { "白血病" } else { "" };
        if secret || betrays { format!("SECRET{count:04}{word}") } else { format!("OPEN{count:04}") }
    };
    let mut case = Case::new("R8-0001".to_owned(), "0123456789abcdef".to_owned(), []);
    for field in &library.people.fields {
        let on_paper = goes.iter().any(|form| library.forms[*form].field(&field.key).is_some());
        let is_open = on_paper || field.meaning == Some(Meaning::HospitalName);
        let value = filled(field, is_held_back(field) || !is_open, &mut token);
        case.people.insert(field.key.clone(), value);
    }
    case.people.insert("gone.field".to_owned(), Value::Text(token(true)));
    let mut documents = Vec::new();
    for form in library.forms.values() {
        let at = case.add_document(form.key.clone());
        let is_out = !goes.contains(&form.key.as_str());
        documents.extend((!is_out).then_some(at));
        for field in form.fields.iter().filter(|field| !field.key.contains('.')) {
            let value = filled(field, is_out || is_held_back(field), &mut token);
            case.documents[at].values.insert(field.key.clone(), value);
        }
        case.documents[at].values.insert("gone_field".to_owned(), Value::Text(token(true)));
    }
    case.print_substitutes.insert("鬱".to_owned(), token(true));
    consented(&mut case, false, None);
    case.consents[0].note = token(true);
    (case, documents)
}

/// Every byte of the package that goes to the company, with the PDFs unfolded; what is asked about
/// does not go.
fn packed(library: &Library, case: &Case, documents: Vec<usize>) -> String {
    let asked = ask_with(library, case, &documents, Party::Company, &[]).expect("it may go");
    let decisions = asked.undecided().iter().map(|hit| Decision { place: hit.place.clone(), goes: false }).collect();
    let (folder, mut file) = common::in_folder(case);
    let (moment, user) = ("2026-11-22T10:00:00+09:00".to_owned(), "田中".to_owned());
    let office = Office { library, medium: &Disk, now: Now { today: today(), moment, user } };
    let passphrase = prepared("かぼちゃ てがみ ひこうき さんぽ どんぐり みずうみ");
    let out = folder.path().join("out.age");
    let act = Act::Share {
        documents,
        to: to(Party::Company),
        decisions,
        passphrase: passphrase.clone(),
        path: out.clone(),
        fillable: true,
    };
    office.act(&mut file, &act).expect("shared");
    let package = unseal(&fs::read(out).expect("there"), &passphrase).expect("a package");
    let mut all = ron::to_string(&package.manifest).expect("RON");
    for (name, bytes) in &package.files {
        all.push_str(name);
        let is_pdf = bytes.starts_with(b"%PDF-");
        all.push_str(&if is_pdf { said(bytes) } else { String::from_utf8_lossy(bytes).into_owned() });
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_held_back_comes_through(betrayed: u64, narrowed: u64, number_betrays: bool) {
        let mut library = library();
        let (mut case, documents) = tokens(&mut library, betrayed, narrowed);
        if number_betrays {
            case.number = "SECRET白血病".to_owned();
        }
        let disclosure = ask_with(&library, &case, &documents, Party::Company, &[]).expect("it may go");
        let decisions: Vec<Decision> =
            disclosure.undecided().iter().map(|hit| Decision { place: hit.place.clone(), goes: false }).collect();
        let settled = ask_with(&library, &case, &documents, Party::Company, &decisions).expect("it may go");
        prop_assert_eq!(disclosure.preview().case(), settled.preview().case());
        let disclosed = settled.settled().expect("decided");
        let mut all = ron::to_string(disclosed.case()).expect("RON") + &ron::to_string(disclosed.drawn()).expect("RON");
        prop_assert!(all.contains("OPEN"));
        let exporter = Exporter::new(&library, today()).expect("fonts").with_timeline(true);
        for at in 0..documents.len() {
            let bytes = exporter.outward(&disclosed, at, Edition::Revision { number: 1, mark: None }).expect("made");
            all.push_str(&said(&bytes));
        }
        prop_assert!(!all.contains("SECRET") && !all.contains("白血病"));
    }

    #[test]
    fn nothing_that_is_held_back_is_in_the_package(betrayed: u64, narrowed: u64, number_betrays: bool) {
        let mut library = library();
        let (mut case, documents) = tokens(&mut library, betrayed, narrowed);
        if number_betrays {
            case.number = "SECRET白血病".to_owned();
        }
        for consent in &mut case.consents {
            consent.note = "SECRET".to_owned();
        }
        let all = packed(&library, &case, documents);
        prop_assert!(all.contains("OPEN"));
        prop_assert!(!all.contains("SECRET") && !all.contains("白血病"));
    }

    #[test]
    fn any_case_is_disclosed_without_a_panic_and_keeps_its_texts_to_what_forms_know(case in common::any::any_case(), at in 0_usize..5) {
        let library = library();
        let mut case = case;
        consented(&mut case, false, None);
        let form = library.forms.keys().nth(at).expect("so many forms").clone();
        for document in &mut case.documents {
            document.form.clone_from(&form);
        }
        let documents: Vec<usize> = (0..case.documents.len()).collect();
        for party in Party::ALL {
            if let Ok(disclosure) = ask_with(&library, &case, &documents, party, &[]) {
                for document in &disclosure.preview().case().documents {
                    for (key, value) in &document.values {
                        let field = library.forms[&form].field(key);
                        prop_assert!(field.is_some_and(|field| field.kind.takes(value)) || value.is_empty());
                    }
                }
            }
        }
    }
}
