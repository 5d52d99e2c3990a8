//! A form that is filled in with any PDF viewer: what is open, what stands there, and that it is read
//! back, whatever a viewer makes of the file.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::program::Desk;
use common::replies::somebody;
use common::{consent, example, library, text, today};
use lopdf::{Dictionary, Document as File, Object, ObjectId, Stream, StringFormat, dictionary};
use proptest::prelude::*;
use ryoritsu::export::{Exporter, Refusal, filled};
use ryoritsu::fonts::FaceId;
use ryoritsu::layout::document::{Document, Item, Run};
use ryoritsu::layout::{Edition, Source, layout, layout_open};
use ryoritsu::model::case::Case;
use ryoritsu::model::disclosure::{DisclosedCase, Request, disclose};
use ryoritsu::model::failure::Failure;
use ryoritsu::model::form::Party;
use ryoritsu::model::package::Passphrase;
use ryoritsu::model::record::Record;
use ryoritsu::model::reply::{Objection, Outcome, Reply, ReplyTrouble, merge};
use ryoritsu::model::revision::{Copy, Handout, KeptFile, Purpose, Revision};
use ryoritsu::model::value::{Number, Value};
use ryoritsu::pdf;
use ryoritsu::pdf::fillable::{Answer, AnswersTrouble, LARGEST, answers};
use ryoritsu::store::template_file::Library;

const CONSULTATION: &str = "workplace_consultation";
const PLAN: &str = "return_to_work_plan";

/// A paper that went out to be filled in.
struct Given {
    library: Library,
    case: Case,
    bytes: Vec<u8>,
}

fn consented(mut case: Case) -> Case {
    "0123456789abcdef".clone_into(&mut case.id);
    for document in &mut case.documents {
        document.revisions.clear();
    }
    case.consents.clear();
    let consent = ryoritsu::model::consent::Consent { to: Party::ALL.to_vec(), diagnosis: true, ..consent(today()) };
    case.enter(&Record::Consent(consent)).expect("consented");
    case
}

fn disclosed(library: &Library, case: &Case, at: usize, to: Party) -> Option<DisclosedCase> {
    let (to, rules) = (somebody(to), library.rules());
    let request = Request { case, documents: &[at], to: &to, decisions: &[], rules: &rules, today: today() };
    Some(disclose(&request).ok()?.preview().clone())
}

/// The paper at a place of a case, if it may go to somebody and something on it is theirs.
fn given(mut case: Case, at: usize, to: Party) -> Option<Given> {
    let library = library();
    let disclosed = disclosed(&library, &case, at, to)?;
    let exporter = Exporter::new(&library, today()).expect("fonts");
    let bytes = match exporter.fillable(&disclosed, 0, 1) {
        Ok(bytes) => bytes,
        Err(Refusal::Failure(Failure::NothingToFill { .. })) => return None,
        Err(refusal) => panic!("{refusal:?}"),
    };
    let (document, form) = (&case.documents[at], &library.forms[&case.documents[at].form]);
    let mut revision = Revision::of(&case, document, form, Vec::new(), today());
    let purpose = Purpose::ForSignature;
    let handout = Handout {
        on: today(),
        to: somebody(to),
        purpose,
        marks: Vec::new(),
        consent: None,
        package: None,
        told: Vec::new(),
    };
    revision.handouts = vec![handout];
    let file = KeptFile { name: "copy.pdf".to_owned(), sha256: String::new(), size: 0 };
    let left_out = disclosed.left_out(0, form);
    revision.copies = vec![Copy { mark: None, with_timeline: false, left_out, file }];
    let record = Record::HandOut { document: document.id, revision: Box::new(revision) };
    case.enter(&record).expect("handed out");
    Some(Given { library, case, bytes })
}

/// A document of C1 for somebody.
fn of_c1(form: &str, to: Party) -> Given {
    let case = consented(example("c1"));
    let at = case.documents_of(form).next().expect("it is there");
    given(case, at, to).expect("it may go, and something on it is theirs")
}

impl Given {
    fn read(&self, bytes: &[u8]) -> Result<Reply, ReplyTrouble> {
        filled::read(&self.case, &self.library.rules(), bytes, None)
    }

    /// The reply to the file with other contents in these fields.
    fn filled(&self, values: &[(&str, Object)]) -> Reply {
        self.read(&with(&self.bytes, values)).expect("a filled form")
    }
}

fn fields(file: &File) -> BTreeMap<String, ObjectId> {
    let form = file.catalog().expect("a catalog").get(b"AcroForm").and_then(Object::as_dict).expect("a form");
    let all = form.get(b"Fields").and_then(Object::as_array).expect("fields");
    let named = all.iter().map(|field| {
        let id = field.as_reference().expect("a field by itself");
        let Ok(Object::String(name, _)) = file.get_dictionary(id).expect("a field").get(b"T") else { panic!("named") };
        let units: Vec<u16> = name[2..].chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
        (String::from_utf16(&units).expect("UTF-16"), id)
    });
    named.collect()
}

/// The file written anew with other contents in some fields, as another program would.
fn with(bytes: &[u8], values: &[(&str, Object)]) -> Vec<u8> {
    let mut file = File::load_mem(bytes).expect("a PDF");
    let fields = fields(&file);
    for (name, value) in values {
        let id = fields.get(*name).unwrap_or_else(|| panic!("{name} among {:?}", fields.keys()));
        let field = file.get_object_mut(*id).and_then(Object::as_dict_mut).expect("a field");
        if value.as_name().is_ok() && field.has(b"AS") {
            field.set("AS", value.clone());
        }
        field.set("V", value.clone());
    }
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("written");
    bytes
}

fn utf16(text: &str) -> Object {
    let bytes = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    Object::String(bytes, StringFormat::Hexadecimal)
}

fn bytes(bytes: &[u8]) -> Object {
    Object::String(bytes.to_vec(), StringFormat::Hexadecimal)
}

fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

fn number(number: f64) -> Value {
    Value::Number(Number::new(number).expect("finite"))
}

fn choice(keys: &[(&str, Value)]) -> Value {
    Value::Choice(keys.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect())
}

#[test]
fn what_nobody_touched_comes_back_as_it_was() {
    let mut made = BTreeSet::new();
    for (file, case) in common::examples() {
        let mut case = consented(case);
        if file.starts_with("c1") {
            for form in library().forms.keys() {
                if case.documents_of(form).next().is_none() {
                    case.add_document(form.clone());
                }
            }
        }
        let parties: &[Party] = if file.starts_with("c1") { &Party::ALL } else { &[Party::Company, Party::Patient] };
        for (at, to) in (0..case.documents.len()).flat_map(|at| parties.iter().map(move |to| (at, *to))) {
            let form = case.documents[at].form.clone();
            let Some(given) = given(case.clone(), at, to) else { continue };
            let reply = given.read(&given.bytes).expect("a filled form");
            assert!(reply.people.is_empty() && reply.documents[0].values.is_empty(), "{file} {form} {to:?}: {reply:?}");
            assert_eq!((reply.from, reply.package), (somebody(to), None));
            let merging = merge(&given.case, &given.library.rules(), &given.read(&given.bytes).expect("read"));
            assert!(merging.expect("a reply").fields.is_empty());
            made.insert((form, to));
        }
    }
    for expected in [(CONSULTATION, Party::Company), (CONSULTATION, Party::Patient), (PLAN, Party::OutsideCoordinator)]
    {
        assert!(made.contains(&(expected.0.to_owned(), expected.1)), "{expected:?} among {made:?}");
    }
}

#[test]
fn what_stands_in_the_open_fields_is_what_stands_in_the_case() {
    let given = of_c1(CONSULTATION, Party::Company);
    let read = answers(&given.bytes, None).expect("a PDF");
    let text_of = |name: &str| match &read.fields[name] {
        Answer::Text(text) => text.clone(),
        other => panic!("{name}: {other:?}"),
    };
    let state_of = |name: &str| match &read.fields[name] {
        Answer::State(state) => state.clone(),
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(text_of("2/employer:name"), "みずのは情報サービス株式会社");
    assert_eq!(text_of("2/pc_hours#detail"), "4");
    assert_eq!(state_of("2/pc_hours"), Some("on".to_owned()));
    assert_eq!(state_of("2/physical_hours"), None);
    assert_eq!(state_of("2/business_trips"), Some("yes".to_owned()));
    assert_eq!(state_of("2/work_pattern"), Some("day".to_owned()));
    assert_eq!(state_of("2/available_programmes#other"), Some("on".to_owned()));
    assert!(read.fields.keys().all(|name| !name.contains("symptoms") && !name.contains("discussion")), "not theirs");
}

#[test]
fn an_open_field_is_not_printed_and_everything_else_is() {
    let case = consented(example("c1"));
    let (library, fonts) = (library(), common::fonts());
    let at = case.documents_of(CONSULTATION).next().expect("there");
    let form = &library.forms[CONSULTATION];
    let edition = Edition::Draft;
    let source = Source { form, case: &case, at, fonts: &fonts, today: today(), edition, timeline: None };
    let printed = |document: &Document| -> String {
        let items = document.pages.iter().flat_map(|page| &page.items);
        items.filter_map(|item| if let Item::Text(run) = item { Some(run.text()) } else { None }).collect()
    };
    let all = printed(&layout(&source));
    let open = layout_open(&source, &|at| at.key == "daily_work");
    let inputs: Vec<_> = open.pages.iter().flat_map(|page| &page.inputs).collect();
    assert_eq!(inputs.len(), 1);
    assert_eq!(all.replace(&inputs[0].shown().iter().map(Run::text).collect::<String>(), ""), printed(&open));
    assert!(
        inputs[0].shown().iter().all(|run| run.baseline < inputs[0].area.bottom() && run.baseline > inputs[0].area.y)
    );
}

#[test]
fn empty_rows_of_a_table_are_open_and_read_back() {
    let mut case = consented(example("c1"));
    let at = case.documents_of(PLAN).next().expect("there");
    case.documents[at].values.remove("periods");
    let given = given(case, at, Party::OutsideCoordinator).expect("theirs");
    let id = given.case.documents[at].id;
    let cell = |row: usize, column: &str| format!("{id}/periods/{row}/{column}");
    let reply = given.filled(&[
        (&cell(1, "start"), utf16("R8.4.6")),
        (&cell(1, "hours"), utf16("10:00～15:00")),
        (&cell(2, "measures"), utf16("短時間勤務\r残業の禁止")),
    ]);
    let Some(Value::Rows(rows)) = reply.documents[0].values.get("periods") else { panic!("rows: {reply:?}") };
    assert_eq!(rows.len(), 3);
    assert!(rows[0].is_empty());
    assert_eq!(rows[1]["start"].as_date().map(|day| day.to_string()).as_deref(), Some("2026-04-06"));
    assert_eq!(rows[1]["hours"], text("10:00～15:00"));
    assert_eq!(rows[2]["measures"], text("短時間勤務\n残業の禁止"));
}

#[test]
fn what_was_filled_in_is_what_is_read() {
    let given = of_c1(CONSULTATION, Party::Company);
    let long = "一行目　髙﨑𠮷\n二行目①㈱\n葛\u{E0100}城市";
    let reply = given.filled(&[
        ("2/employer:name", utf16("髙﨑製作所")),
        ("2/employer:job_title", utf16("")),
        ("2/daily_work", utf16(long)),
        ("2/pc_hours", name("Off")),
        // Written beside the tick, which was forgotten.
        ("2/physical_hours#detail", utf16("２．５")),
        ("2/standing_hours", name("on")),
        ("2/work_pattern", name("other")),
        ("2/work_pattern#other#detail", utf16("変則勤務")),
        ("2/available_programmes#telework", name("on")),
        ("2/available_programmes#hourly_leave", name("Off")),
        ("2/paid_leave_days", utf16("７")),
    ]);
    assert_eq!(reply.people["employer.name"], text("髙﨑製作所"));
    assert_eq!(reply.people["employer.job_title"], Value::Blank);
    let values = &reply.documents[0].values;
    assert_eq!(values["daily_work"], text(long));
    assert_eq!(values["pc_hours"], Value::Blank, "the tick went out, though what stands beside it is there");
    assert_eq!(values["physical_hours"], Value::Tick(Box::new(number(2.5))));
    assert_eq!(values["standing_hours"], Value::Tick(Box::new(Value::Blank)));
    assert_eq!(values["work_pattern"], choice(&[("other", text("変則勤務"))]));
    assert_eq!(values["paid_leave_days"], number(7.0));
    let Value::Choice(programmes) = &values["available_programmes"] else { panic!("a choice") };
    assert!(programmes.contains_key("telework") && !programmes.contains_key("hourly_leave"));
    assert_eq!(programmes["other"], text("保健師による健康相談"), "what nobody touched stays beside it");
    assert_eq!(values.len(), 7, "and nothing else: {values:?}");
    let merging = merge(&given.case, &given.library.rules(), &reply).expect("a reply");
    assert!(merging.fields.iter().all(|field| matches!(field.outcome, Outcome::Taken { .. })), "{merging:?}");
}

#[test]
fn what_does_not_fit_its_field_is_refused_and_shown() {
    let given = of_c1(CONSULTATION, Party::Company);
    let reply = given.filled(&[
        ("2/paid_leave_days", utf16("十二日くらい")),
        ("2/pc_hours#detail", utf16("たくさん")),
        ("2/business_trips#yes#detail", utf16("3")),
        ("2/business_trips", name("no")),
    ]);
    let merging = merge(&given.case, &given.library.rules(), &reply).expect("a reply");
    let refused: Vec<&str> = merging
        .fields
        .iter()
        .map(|field| match &field.outcome {
            Outcome::Refused { objection: Objection::Unfit(_), .. } => field.place.field.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(refused, ["business_trips", "paid_leave_days", "pc_hours"]);
}

#[test]
fn a_text_is_read_in_every_encoding_that_a_pdf_has() {
    let given = of_c1(CONSULTATION, Party::Company);
    let little: Vec<u8> = [0xFF, 0xFE].into_iter().chain("髙﨑".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let utf8 = [&[0xEF, 0xBB, 0xBF], "髙﨑".as_bytes()].concat();
    for (written, expected) in [
        (utf16("髙﨑").as_str().expect("text").to_vec(), Some("髙﨑")),
        (little, Some("髙﨑")),
        (utf8, Some("髙﨑")),
        ("髙﨑".as_bytes().to_vec(), Some("髙﨑")),
        (b"ABC Ltd.".to_vec(), Some("ABC Ltd.")),
        (b"caf\xE9 \x80 Tom\x90s".to_vec(), Some("café • Tom’s")),
        // 高崎 in Shift_JIS and in EUC-JP; ｶﾅ in Shift_JIS; UTF-16 that breaks off; half of a pair.
        (b"\x8D\x82\x8D\xE8".to_vec(), None),
        (b"\xB9\xE2\xBA\xEA".to_vec(), None),
        (b"\x83A".to_vec(), None),
        (b"ABC \x83A\x83C".to_vec(), None),
        (b"\xFE\xFF\x9A".to_vec(), None),
        (b"\xFE\xFF\xD8\x42".to_vec(), None),
        (b"\x00\x01\x02".to_vec(), None),
    ] {
        let reply = given.read(&with(&given.bytes, &[("2/employer:name", bytes(&written))]));
        match expected {
            Some(expected) => assert_eq!(reply.expect("read").people["employer.name"], text(expected), "{written:?}"),
            None => assert_eq!(reply, Err(ReplyTrouble::Encoding), "{written:?}"),
        }
    }
}

#[test]
fn a_choice_is_what_looks_chosen_where_a_viewer_left_the_field_as_off() {
    let given = of_c1(CONSULTATION, Party::Company);
    let mut file = File::load_mem(&given.bytes).expect("a PDF");
    let field = fields(&file)["2/work_pattern"];
    let kids = file.get_dictionary(field).and_then(|field| field.get(b"Kids")).and_then(Object::as_array).cloned();
    for (nth, kid) in kids.expect("boxes").iter().enumerate() {
        let kid = file.get_object_mut(kid.as_reference().expect("a box")).and_then(Object::as_dict_mut).expect("a box");
        kid.set("AS", name(if nth == 2 { "three_shift" } else { "Off" }));
    }
    file.get_object_mut(field).and_then(Object::as_dict_mut).expect("a field").set("V", name("Off"));
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("written");
    let reply = given.read(&bytes).expect("read");
    assert_eq!(reply.documents[0].values["work_pattern"], choice(&[("three_shift", Value::Blank)]));
}

#[test]
fn what_is_added_to_the_file_is_read() {
    let given = of_c1(CONSULTATION, Party::Company);
    let before = File::load_mem(&given.bytes).expect("a PDF");
    let field = fields(&before)["2/employer:name"];
    let mut added = lopdf::IncrementalDocument::create_from(given.bytes.clone(), before);
    added.opt_clone_object_to_new_document(field).expect("cloned");
    let changed = added.new_document.get_object_mut(field).and_then(Object::as_dict_mut).expect("a field");
    changed.set("V", utf16("追記株式会社"));
    let mut bytes = Vec::new();
    added.save_to(&mut bytes).expect("written");
    assert!(bytes.starts_with(&given.bytes));
    assert_eq!(given.read(&bytes).expect("read").people["employer.name"], text("追記株式会社"));
}

#[test]
fn a_file_of_another_case_or_revision_is_named_as_such() {
    let given = of_c1(CONSULTATION, Party::Company);
    let mut other = given.case.clone();
    other.id = "another".to_owned();
    let rules = given.library.rules();
    assert_eq!(filled::read(&other, &rules, &given.bytes, None), Err(ReplyTrouble::OtherCase));
    let mut unknown = given.case.clone();
    unknown.documents.iter_mut().for_each(|document| document.revisions.clear());
    assert_eq!(filled::read(&unknown, &rules, &given.bytes, None), Err(ReplyTrouble::UnknownRevision));
    let mut unsent = given.case.clone();
    for document in &mut unsent.documents {
        for revision in &mut document.revisions {
            std::sync::Arc::make_mut(revision).handouts.clear();
        }
    }
    assert_eq!(filled::read(&unsent, &rules, &given.bytes, None), Err(ReplyTrouble::NothingSent));
    let printed = common::print(&common::lay_out(&given.case, 1));
    assert_eq!(given.read(&printed), Err(ReplyTrouble::NoReply));
    assert_eq!(given.read(b"no PDF"), Err(ReplyTrouble::NoReply));
}

#[test]
fn the_same_paper_makes_the_same_bytes() {
    assert_eq!(of_c1(CONSULTATION, Party::Company).bytes, of_c1(CONSULTATION, Party::Company).bytes);
}

#[test]
fn every_field_is_named_tagged_and_has_an_appearance() {
    let given = of_c1(CONSULTATION, Party::Company);
    let file = File::load_mem(&given.bytes).expect("a PDF");
    let mut places = BTreeSet::new();
    let mut count = 0;
    for page in file.get_pages().into_values() {
        for widget in file.get_page_annotations(page).expect("fields") {
            count += 1;
            let has = |key: &[u8]| widget.has(key);
            assert!(has(b"TU") && has(b"AP") && has(b"StructParent"), "{widget:?}");
            assert!(places.insert(widget.get(b"StructParent").and_then(Object::as_i64).expect("a number")));
        }
    }
    assert!(count > 30);
    let catalog = file.catalog().expect("a catalog");
    let form = catalog.get(b"AcroForm").and_then(Object::as_dict).expect("a form");
    assert!(!form.has(b"NeedAppearances"));
    let xmp = catalog.get(b"Metadata").and_then(Object::as_reference).and_then(|id| file.get_object(id)).expect("XMP");
    let xmp = String::from_utf8(xmp.as_stream().expect("a stream").content.clone()).expect("UTF-8");
    assert!(!xmp.contains("<pdfaid:part>") && xmp.contains("<pdfuaid:part>1<"), "no claim to PDF/A");
    assert!(xmp.contains("<ryoritsu:open>company<"));
}

#[test]
fn a_rare_name_in_an_open_field_is_shown_in_its_own_shape() {
    let mut case = consented(example("c1"));
    case.people.insert("employer.name".to_owned(), text("𠮷野屋商店"));
    let at = case.documents_of(CONSULTATION).next().expect("there");
    let given = given(case, at, Party::Company).expect("theirs");
    let file = File::load_mem(&given.bytes).expect("a PDF");
    let field = file.get_dictionary(fields(&file)["2/employer:name"]).expect("a field");
    let normal = field.get(b"AP").and_then(Object::as_dict).and_then(|looks| looks.get(b"N"));
    let normal = normal.and_then(Object::as_reference).and_then(|id| file.get_object(id)).expect("an appearance");
    let normal = normal.as_stream().expect("a stream");
    let content = normal.decompressed_content().expect("content");
    assert!(String::from_utf8_lossy(&content).contains("/RYORAC"), "IPAmj Mincho: {:?}", FaceId::IpaMincho);
    // Nothing printed on the page needs the face: what stands in the field alone has brought it along.
    let resources = file.get_dict_in_dict(&normal.dict, b"Resources").expect("resources");
    let fonts = file.get_dict_in_dict(resources, b"Font").expect("fonts");
    assert!(fonts.has(b"RYORAC"), "{fonts:?}");
    assert_eq!(file.get_pages().len(), 1);
    assert!(given.read(&given.bytes).expect("read").people.is_empty());
}

#[test]
fn what_was_held_back_is_not_open() {
    let mut case = consented(example("c1"));
    case.consents[0].diagnosis = false;
    let at = case.documents_of(PLAN).next().expect("there");
    let given = given(case, at, Party::OutsideCoordinator).expect("theirs");
    let read = answers(&given.bytes, None).expect("a PDF");
    assert!(read.fields.keys().any(|name| name.ends_with("/measures")));
    for held in ["treatment_outline", "/treatment"] {
        assert!(read.fields.keys().all(|name| !name.ends_with(held)), "{held}");
    }
}

/// A file of this program with other fields.
fn with_fields(given: &Given, change: impl FnOnce(&mut File, &mut Dictionary)) -> Vec<u8> {
    let mut file = File::load_mem(&given.bytes).expect("a PDF");
    let mut form =
        file.catalog().and_then(|catalog| catalog.get(b"AcroForm")).and_then(Object::as_dict).expect("form").clone();
    change(&mut file, &mut form);
    file.catalog_mut().expect("a catalog").set("AcroForm", form);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("written");
    bytes
}

#[test]
fn fields_that_never_end_do() {
    let given = of_c1(CONSULTATION, Party::Company);
    let ring = with_fields(&given, |file, form| {
        let (one, other) = (file.new_object_id(), file.new_object_id());
        file.set_object(one, dictionary! { "T" => utf16("a"), "Kids" => vec![other.into(), one.into()] });
        file.set_object(other, dictionary! { "T" => utf16("b"), "FT" => "Tx", "Kids" => vec![one.into(), one.into()] });
        form.set("Fields", vec![one.into(), other.into()]);
    });
    assert_eq!(answers(&ring, None).expect("read").fields.len(), 1);
    let deep = with_fields(&given, |file, form| {
        let mut below: Object = file.add_object(dictionary! { "T" => utf16("x"), "FT" => "Tx" }).into();
        for _ in 0..5_000 {
            below = file.add_object(dictionary! { "T" => utf16("x"), "Kids" => vec![below] }).into();
        }
        form.set("Fields", vec![below]);
    });
    assert!(answers(&deep, None).expect("read").fields.is_empty());
    let many = with_fields(&given, |file, form| {
        let value = file.add_object(utf16(&"あ".repeat(500_000)));
        let field =
            |nth: usize| Object::from(dictionary! { "T" => utf16(&nth.to_string()), "FT" => "Tx", "V" => value });
        form.set("Fields", (0..12_000).map(field).collect::<Vec<_>>());
    });
    let read = answers(&many, None).expect("read").fields;
    assert!(read.len() <= 10_000);
    assert!(read.values().filter(|answer| **answer != Answer::Unreadable).count() < 5, "one text, said very often");
}

#[test]
fn scripts_and_enclosures_are_left_alone() {
    let given = of_c1(CONSULTATION, Party::Company);
    let bytes = with_fields(&given, |file, form| {
        let script = dictionary! { "S" => "JavaScript", "JS" => utf16("app.alert(1)") };
        file.catalog_mut().expect("a catalog").set("OpenAction", script.clone());
        form.set("XFA", vec![utf16("template"), utf16("<xdp:xdp/>")]);
        let id = fields(file)["2/employer:name"];
        let field = file.get_object_mut(id).and_then(Object::as_dict_mut).expect("a field");
        field.set("AA", dictionary! { "C" => script });
        field.set("V", utf16("スクリプト付き"));
        let enclosed = file.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, vec![0; 100]));
        file.catalog_mut().expect("a catalog").set("AF", vec![enclosed.into()]);
    });
    assert_eq!(given.read(&bytes).expect("read").people["employer.name"], text("スクリプト付き"));
}

#[test]
fn a_field_of_another_sort_than_ours_says_nothing() {
    let given = of_c1(CONSULTATION, Party::Company);
    for value in [Object::Integer(5), Object::Null, Object::Array(vec![Object::Null]), dictionary! { "A" => 1 }.into()]
    {
        let read = given.read(&with(&given.bytes, &[("2/employer:name", value.clone())]));
        assert!(matches!(read, Ok(_) | Err(ReplyTrouble::Encoding)), "{value:?}: {read:?}");
    }
    let reply = given.filled(&[("2/work_pattern", name("no_such_option"))]);
    let merging = merge(&given.case, &given.library.rules(), &reply).expect("a reply");
    assert!(matches!(merging.fields[0].outcome, Outcome::Refused { .. }));
}

#[test]
fn a_file_that_is_too_large_or_unfolds_to_too_much_is_refused() {
    let given = of_c1(CONSULTATION, Party::Company);
    let mut large = given.bytes.clone();
    large.resize(LARGEST + 1, b' ');
    assert_eq!(answers(&large, None), Err(AnswersTrouble::TooLarge));
    for many in ["[]", "1 ", "<<>>", "null", "-1", "()", "false", "1\0"] {
        let bytes = with_fields(&given, |file, _| {
            file.add_object(Stream::new(dictionary! {}, many.repeat(2_400_000 / many.len()).into_bytes()));
        });
        assert_eq!(answers(&bytes, None), Err(AnswersTrouble::TooLarge), "{many}");
    }
    let mut file = File::load_mem(&given.bytes).expect("a PDF");
    for _ in 0..3 {
        let content = [b"1 0 ".as_slice(), &b" ".repeat(2_000_000)].concat();
        let mut stream = Stream::new(dictionary! { "Type" => "ObjStx", "N" => 1, "First" => 4 }, content);
        stream.compress().expect("packed");
        file.add_object(stream);
    }
    let mut bomb = Vec::new();
    file.save_to(&mut bomb).expect("written");
    // The library would not write packed objects of ours.
    let places: Vec<usize> = (0..bomb.len() - 6).filter(|at| &bomb[*at..at + 6] == b"ObjStx").collect();
    assert_eq!(places.len(), 3);
    for at in places {
        bomb[at + 5] = b'm';
    }
    assert_eq!(answers(&bomb, None), Err(AnswersTrouble::TooLarge));
}

#[test]
fn a_table_of_objects_that_says_to_have_no_end_is_not_read() {
    let given = of_c1(CONSULTATION, Party::Company);
    for width in ["/W [0 0 0]", "/#57[ 0 0 %\n 0 ]"] {
        let mut bytes = given.bytes.clone();
        let start = bytes.len();
        let table = format!(
            "9999 0 obj\n<< /Type /XRef {width} /Index [0 20000000] /Size 20000000 /Length 0 >>\n\
             stream\n\nendstream\nendobj\nstartxref\n{start}\n%%EOF\n"
        );
        bytes.extend(table.as_bytes());
        assert_eq!(answers(&bytes, None), Err(AnswersTrouble::TooLarge), "{width}");
        assert_eq!(pdf::inspect(&bytes), Err(pdf::InspectTrouble::Unreadable), "{width}");
    }
}

#[test]
fn a_locked_file_opens_with_its_password_alone() {
    let given = of_c1(CONSULTATION, Party::Company);
    let password = Passphrase("ひみつ 合図2026".to_owned());
    let locked = pdf::locked(&given.bytes, &password, &[7; 32]).expect("locked");
    let rules = given.library.rules();
    let read = |password: Option<&Passphrase>| filled::read(&given.case, &rules, &locked, password);
    assert!(read(Some(&password)).expect("it opens").people.is_empty());
    assert_eq!(read(None), Err(ReplyTrouble::Locked));
    assert_eq!(read(Some(&Passphrase("ひみつ".to_owned()))), Err(ReplyTrouble::WrongPassword));
    assert_eq!(read(Some(&Passphrase(String::new()))), Err(ReplyTrouble::WrongPassword));
    for word in ["復職", "ryoritsu", "みずのは", "星見市民病院", "0123456789abcdef"] {
        let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for wanted in [word.as_bytes(), &utf16, pdf::hex(&utf16).as_bytes()] {
            assert!(!locked.windows(wanted.len()).any(|window| window == wanted), "{word}");
        }
    }
    // The identity of the open file is made of all its bytes: who guesses them could prove it.
    let identity =
        |bytes: &[u8]| File::load_mem(bytes).expect("a PDF").trailer.get(b"ID").expect("an identity").clone();
    let identity = identity(&given.bytes).as_array().expect("a pair")[1].as_str().expect("bytes").to_vec();
    for wanted in [identity.clone(), pdf::hex(&identity).into_bytes(), pdf::hex(&identity).to_lowercase().into_bytes()]
    {
        assert!(!locked.windows(wanted.len()).any(|window| window == wanted));
    }
    let filled = pdf::locked(&with(&given.bytes, &[("2/employer:name", utf16("施錠商会"))]), &password, &[8; 32]);
    let reply = filled::read(&given.case, &rules, &filled.expect("locked"), Some(&password)).expect("it opens");
    assert_eq!(reply.people["employer.name"], text("施錠商会"));
}

#[test]
fn a_password_that_is_none_is_refused() {
    let given = of_c1(CONSULTATION, Party::Company);
    for password in ["", "\u{7}", "合\u{200E}図\u{FFFE}"] {
        let locked = pdf::locked(&given.bytes, &Passphrase(password.to_owned()), &[7; 32]);
        assert_eq!(locked, Err(Failure::Password), "{password:?}");
    }
}

#[test]
fn handing_out_writes_the_file_to_be_filled_in_and_keeps_the_printed_one() {
    let desk = Desk::with_example("c1");
    desk.write("password.txt", "ひみつ 合図\n".as_bytes());
    desk.done(&["consent", "case.ron", "--to", "会社担当者", "--no-diagnosis", "--date", "2026-01-05"]);
    let out = desk.done(&[
        "handout",
        "case.ron",
        "--form",
        CONSULTATION,
        "--to",
        "会社担当者",
        "--out",
        "out",
        "--fillable",
        "--copy",
        "会社控",
    ]);
    assert!(out.out.contains("_入力用.pdf") && out.out.contains("_会社控.pdf"), "{}", out.out);
    let folder = |name: &str| -> BTreeMap<String, Vec<u8>> {
        let files = std::fs::read_dir(desk.path(name)).expect("a folder").map(|entry| entry.expect("a file").path());
        let read = |path: std::path::PathBuf| {
            let name = path.file_name().expect("named").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("readable"))
        };
        files.map(read).collect()
    };
    let given = folder("out");
    assert_eq!(given.len(), 2);
    let (_, fillable) = given.iter().find(|(name, _)| name.ends_with("_入力用.pdf")).expect("written");
    assert!(answers(fillable, None).expect("a PDF").fields.len() > 20);
    for bytes in folder("case.files").values() {
        assert!(answers(bytes, None).expect("a PDF").fields.is_empty(), "what is kept is printed");
    }
    desk.done(&[
        "handout",
        "case.ron",
        "--form",
        CONSULTATION,
        "--to",
        "会社担当者",
        "--out",
        "locked",
        "--fillable",
        "--password-file",
        "password.txt",
    ]);
    for bytes in folder("locked").values() {
        assert_eq!(answers(bytes, None), Err(AnswersTrouble::Locked));
        assert!(answers(bytes, Some(&Passphrase("ひみつ 合図".to_owned()))).is_ok());
    }
    desk.write("returned.pdf", &with(fillable, &[("2/employer:name", utf16("髙﨑製作所"))]));
    desk.done(&["merge", "case.ron", "returned.pdf"]);
    assert!(desk.done(&["show", "case.ron", "employer.name"]).out.contains("髙﨑製作所"));
    let nothing = desk.run(&["handout", "case.ron", "--form", PLAN, "--to", "本人", "--out", "out", "--fillable"]);
    assert!(nothing.status == 0 || nothing.err.contains("記入する欄がありません"), "{nothing:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_file_is_read_or_refused(cut in 0.0f64..1.0, flips in prop::collection::vec((0.0f64..1.0, any::<u8>()), 0..20)) {
        thread_local! {
            static BYTES: Vec<u8> = of_c1(CONSULTATION, Party::Company).bytes;
        }
        let mut bytes = BYTES.with(Clone::clone);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "any place will do")]
        let place = |share: f64, length: usize| (share * length as f64) as usize;
        for (at, byte) in flips {
            let at = place(at, bytes.len());
            bytes[at] ^= byte;
        }
        let _ = answers(&bytes, None);
        bytes.truncate(place(cut, bytes.len()));
        let _ = answers(&bytes, None);
    }
}
