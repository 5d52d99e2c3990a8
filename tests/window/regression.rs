//! What went wrong once, and must not again.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::{Event, Key, Modifiers, PointerButton, pos2};
use ryoritsu::model::check::Place;
use ryoritsu::model::failure::{Failure, FileTrouble};
use ryoritsu::model::value::Value;
use ryoritsu::session::Access;
use ryoritsu::store::atomic::Disk;
use ryoritsu::store::case_file::CaseFile;
use ryoritsu::store::draft::{Draft, Drafts};
use ryoritsu::store::template_file::TemplateTrouble;
use ryoritsu::ui::Command;

use crate::common::{case_with, example, lay_out, library, text};
use crate::home::{Home, Window, saved};

fn name_in(path: &Path) -> Value {
    saved(path).people["patient.name"].clone()
}

/// The pages of the document that is shown, in words.
fn shown_page(window: &Window) -> String {
    let page = &window.app().opened().expect("open").page;
    format!("{:?}", page.picture().expect("drawn").document)
}

#[test]
fn the_page_of_the_case_before_is_not_shown() {
    let home = Home::settled();
    let (first, second) = (home.put("a.ron", &example("c7")), home.put("b.ron", &example("c1")));
    let mut window = home.open(&first);
    window.wait_for_page();
    assert_eq!(shown_page(&window), format!("{:?}", Some(lay_out(&example("c7"), 0))));
    window.give(Command::CloseCase);
    window.will_choose(&second);
    window.give(Command::Open);
    window.wait_for_page();
    assert_eq!(shown_page(&window), format!("{:?}", Some(lay_out(&example("c1"), 0))));
}

#[test]
fn an_outdated_draft_does_not_save_over_what_somebody_else_saved() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "山田　太郎");
    window.advance(1.0);
    drop(window);
    let mut other = CaseFile::read(&path).expect("a case");
    other.case.people.insert("employer.department".to_owned(), text("営業部"));
    other.save(&Disk).expect("saved");

    let mut window = home.look().at(&path).open();
    window.wait("the question", |window| window.shows("前回の下書きが残っています"));
    window.press("下書きの続きから始める");
    window.give(Command::Save);
    assert!(window.shows("ほかの人が、このケースを変更して保存しました"), "{:?}", window.told());
    assert!(window.shows("営業部"), "the difference is shown");
    assert_eq!(saved(&path).people["employer.department"], text("営業部"));
    assert_eq!(name_in(&path), text("早坂　由美子"));
    window.press("この画面の内容で保存する");
    assert_eq!(name_in(&path), text("山田　太郎"));
    assert!(!window.case().is_changed());
}

#[test]
fn a_locked_case_is_not_written_over_by_saving_as() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let other = home.put("other.ron", &example("c1"));
    let mut first = home.open(&path);
    let (mut looking, mut writing) = (home.open(&path), home.open(&other));
    assert!(matches!(looking.case().access(), Access::ReadOnly(Failure::Locked { .. })));
    first.enter("氏名", "山田　太郎");
    first.give(Command::Save);
    for window in [&mut looking, &mut writing] {
        window.will_choose(&path);
        window.give(Command::SaveAs);
        assert!(window.has_told("が開いているため、変更できません"), "{:?}", window.told());
        assert_eq!(saved(&path), *first.case().case());
    }
    assert_eq!(writing.case().path(), Some(other.as_path()), "it belongs where it belonged");
}

#[test]
fn unread_text_goes_with_the_tick_that_it_was_typed_beside() {
    let home = Home::settled();
    let path = home.put("case.ron", &case_with("workplace_consultation", &[]));
    let mut window = home.open(&path);
    window.give(Command::NextTab);
    window.press("車等の運転業務");
    window.enter("車等の運転業務の内容", "たくさん");
    assert_eq!(window.case().pending().len(), 1, "it is no number");
    window.give(Command::ExportDocument);
    assert!(window.has_told("読み取れない入力が1件あるため"), "{:?}", window.told());
    window.press("車等の運転業務");
    assert!(window.case().pending().is_empty());
    window.will_choose(&home.out());
    window.give(Command::ExportDocument);
    assert_eq!(fs::read_dir(home.out()).expect("a folder").count(), 1, "{:?}", window.told());
}

#[test]
fn undoing_after_saving_as_does_not_make_the_copy_the_original() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let copy = home.cases().join("copy.ron");
    let mut window = home.open(&path);
    window.enter("氏名", "山田　太郎");
    window.will_choose(&copy);
    window.give(Command::SaveAs);
    let id = window.case().case().id.clone();
    for command in [Command::Undo, Command::Redo, Command::Undo] {
        window.give(command);
        assert_eq!(window.case().case().id, id);
    }
    window.give(Command::Save);
    assert_eq!(name_in(&copy), text("早坂　由美子"));
    assert_eq!(saved(&copy).id, id);
    assert_ne!(saved(&path).id, id);
}

#[test]
fn typing_goes_on_after_the_help_in_the_middle_of_a_name() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    window.enter("氏名", "山田");
    window.key(Key::F1);
    assert!(window.shows("使い方とキー操作"));
    window.key(Key::Escape);
    window.type_text("太郎");
    assert_eq!(window.shared("patient.name"), "山田太郎");
}

#[test]
fn a_click_beside_the_new_case_or_escape_does_not_throw_it_away() {
    let home = Home::settled();
    let mut window = home.start();
    window.give(Command::NewCase);
    window.enter("氏名", "山田");
    let pos = pos2(5.0, 300.0);
    window.harness.event(Event::PointerMoved(pos));
    for pressed in [true, false] {
        let modifiers = Modifiers::NONE;
        window.harness.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
        window.run();
    }
    assert_eq!(window.text("氏名"), "山田");
    window.key(Key::Escape);
    assert_eq!(window.text("氏名"), "山田");
    window.press("キャンセル");
    assert!(window.query_input("氏名").is_none());
}

#[test]
fn a_draft_whose_case_is_gone_can_be_opened() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut file = CaseFile::read(&path).expect("a case");
    file.case.people.insert("patient.name".to_owned(), text("山田"));
    let draft = Draft::new(&file, Vec::new());
    let old = Drafts::in_folder(home.drafts()).write_here(&Disk, &draft).expect("written");
    fs::remove_file(&path).expect("removed");

    let mut window = home.start();
    assert!(window.shows("保存していないケースの下書きがあります：山田"));
    window.press("下書きの続きから始める 山田");
    assert_eq!((window.shared("patient.name").as_str(), window.case().path()), ("山田", None));
    assert!(window.case().is_changed() && window.has_told("が見つからないため"), "{:?}", window.told());
    window.give(Command::Save);
    assert_eq!(name_in(window.case().path().expect("saved")), text("山田"));
    assert!(!old.exists());
    assert_eq!(home.kept_drafts(), Vec::<PathBuf>::new());
}

#[test]
fn five_troubles_are_all_shown_and_what_was_done_beside_them() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut library = library();
    library.troubles = (1..=5)
        .map(|at| {
            let path = PathBuf::from(format!("様式{at}.ron"));
            TemplateTrouble::Unreadable(Failure::File { path, trouble: FileTrouble::NotAllowed })
        })
        .collect();
    let mut window = home.look().at(&path).with_library(library).open();
    window.wait("the case to be open", |window| window.app().opened().is_some());
    window.enter("氏名", "山田");
    window.give(Command::Save);
    for at in 1..=5 {
        assert!(window.has_told(&format!("様式{at}.ron")), "{:?}", window.told());
    }
    assert!(window.has_told("保存しました"), "{:?}", window.told());
    window.advance(10.0);
    assert_eq!(window.told().len(), 5, "what was done goes by itself, what went wrong does not");
}

#[test]
fn what_is_typed_into_a_table_that_holds_text_is_kept() {
    let home = Home::settled();
    let case = case_with("return_to_work_plan", &[("periods", text("手で書いた"))]);
    let path = home.put("case.ron", &case);
    let mut window = home.open(&path);
    window.give(Command::NextTab);
    window.enter("復職計画 1行目 勤務時間", "9時から");
    let hours = Place { document: Some(0), cell: Some((0, "hours".to_owned())), ..Place::field("periods") };
    assert_eq!(window.value(&hours), Some(text("9時から")));
    assert_eq!(window.text("復職計画 1行目 勤務時間"), "9時から");
    window.give(Command::Undo);
    assert_eq!(*window.case().case(), case, "what stood there comes back");
}

#[test]
fn a_draft_that_could_not_be_written_is_written_later() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    // For a while there is no room for it, neither beside the case nor elsewhere.
    let beside = path.with_file_name(".case.ron.draft");
    fs::create_dir_all(beside.join("full")).expect("made");
    fs::write(home.drafts(), "no folder").expect("written");
    window.enter("氏名", "山田");
    window.advance(5.0);
    window.advance(60.0);
    assert_eq!(window.told().len(), 1, "it is told once: {:?}", window.told());
    fs::remove_dir_all(&beside).expect("removed");
    fs::remove_file(home.drafts()).expect("removed");
    window.advance(60.0);
    window.advance(1.0);
    let kept = ryoritsu::store::draft::read(&beside).expect("a draft");
    assert_eq!(kept.case, *window.case().case());
}

#[test]
fn papers_in_one_file_and_empty_forms_are_written_anew_but_over_no_other() {
    let home = Home::settled();
    let path = home.put("case.ron", &example("c7"));
    let mut window = home.open(&path);
    let (together, empty) = (home.out().join("together.pdf"), home.out().join("empty.pdf"));
    let menu = "書き出し・印刷";
    for (command, path) in [(Command::ExportTogether, &together), (Command::ExportEmpty, &empty)] {
        for name in ["山田", "山田　太郎"] {
            window.enter("氏名", name);
            window.will_choose(path);
            window.choose(menu, command);
            assert!(window.has_told("PDFを書き出しました"), "{:?}", window.told());
            window.advance(10.0);
            assert_eq!(window.told(), Vec::<String>::new());
        }
    }
    let written = [&together, &empty].map(|path| fs::read(path).expect("written"));
    for (command, other) in [(Command::ExportTogether, &empty), (Command::ExportEmpty, &together)] {
        window.will_choose(other);
        window.choose(menu, command);
        assert!(window.has_told(&other.display().to_string()), "{:?}", window.told());
    }
    assert_eq!([&together, &empty].map(|path| fs::read(path).expect("there")), written);
    assert_eq!(window.told().len(), 2, "{:?}", window.told());
}

/// Saves that hang, as they do on a network drive that does not answer.
#[cfg(unix)]
mod hanging {
    use std::fs::{self, File};
    use std::io::Write;
    use std::path::{Path, PathBuf};
    use std::process::Command as Process;

    use ryoritsu::ui::Command;

    use super::name_in;
    use crate::common::{example, text};
    use crate::home::{Home, Window, saved};

    /// A file that nobody can read to its end, for a while.
    struct Hanging {
        path: PathBuf,
        bytes: Vec<u8>,
    }

    impl Hanging {
        fn begin(path: &Path) -> Self {
            let bytes = fs::read(path).expect("there");
            fs::remove_file(path).expect("removed");
            assert!(Process::new("mkfifo").arg(path).status().expect("run").success());
            Self { path: path.to_owned(), bytes }
        }

        /// Whoever reads it gets what was there, and so does whoever reads it again.
        fn end(self) {
            let mut reader = File::options().write(true).open(&self.path).expect("open");
            let whole = self.path.with_extension("whole");
            fs::write(&whole, &self.bytes).expect("written");
            fs::rename(&whole, &self.path).expect("renamed");
            reader.write_all(&self.bytes).expect("read");
        }
    }

    /// A case outside of the folder that is listed.
    fn put_outside(home: &Home) -> PathBuf {
        let path = home.out().join("a.ron");
        fs::rename(home.put("a.ron", &example("c7")), &path).expect("moved");
        path
    }

    /// A case with another name in it, whose save hangs.
    fn saving(home: &Home) -> (Window, PathBuf, Hanging) {
        let path = put_outside(home);
        let mut window = home.open(&path);
        window.enter("氏名", "山田");
        window.advance(1.0);
        let hanging = Hanging::begin(&path);
        window.give_only(Command::Save);
        assert!(window.app().is_busy() && window.shows("保存しています…"));
        (window, path, hanging)
    }

    fn draft_beside(path: &Path) -> PathBuf {
        let name = path.file_name().expect("named").to_string_lossy();
        path.with_file_name(format!(".{name}.draft"))
    }

    /// Leaves the case without waiting for its save.
    fn leave(window: &mut Window) {
        window.give_only(Command::CloseCase);
        assert!(window.app().opened().is_some(), "it waits");
        assert!(window.has_told("保存が終わるのを待っています"), "{:?}", window.told());
        window.give_only(Command::CloseCase);
        assert!(window.shows("まだ書き込みが終わっていません"));
        window.press_only("待たずに進む");
        assert!(window.app().opened().is_none());
    }

    fn open_another(window: &mut Window, path: &Path) {
        window.will_choose(path);
        window.give_only(Command::Open);
        window.wait("the other case", |window| window.app().opened().is_some());
        assert_eq!(window.case().path(), Some(path));
    }

    #[test]
    fn a_case_is_left_when_its_save_has_ended() {
        let home = Home::settled();
        let (mut window, path, hanging) = saving(&home);
        window.give_only(Command::CloseCase);
        assert!(window.app().opened().is_some());
        window.give_only(Command::CloseCase);
        window.press_only("待つ");
        assert!(window.app().opened().is_some());
        hanging.end();
        window.settle();
        assert!(window.app().opened().is_none());
        assert_eq!(name_in(&path), text("山田"));
        assert!(!draft_beside(&path).exists());
    }

    #[test]
    fn a_late_save_is_not_taken_for_that_of_another_case() {
        let home = Home::settled();
        let (mut window, first, hanging) = saving(&home);
        let second = home.put("b.ron", &example("c1"));
        leave(&mut window);
        open_another(&mut window, &second);
        hanging.end();
        window.settle();
        assert_eq!(name_in(&first), text("山田"));
        assert_eq!(window.case().path(), Some(second.as_path()));
        assert_eq!(*window.case().case(), example("c1"));
        assert!(!window.case().is_changed());
        window.enter("氏名", "鈴木");
        window.give(Command::Save);
        assert_eq!((name_in(&first), name_in(&second)), (text("山田"), text("鈴木")));
        assert!(window.app().opened().is_some(), "it was the other one that was to be left");
    }

    #[test]
    fn a_save_that_waits_for_that_of_another_case_is_not_forgotten() {
        let home = Home::settled();
        let (mut window, first, hanging) = saving(&home);
        let second = home.put("b.ron", &example("c1"));
        leave(&mut window);
        open_another(&mut window, &second);
        window.enter("氏名", "鈴木");
        window.give_only(Command::Save);
        hanging.end();
        window.settle();
        assert_eq!((name_in(&first), name_in(&second)), (text("山田"), text("鈴木")));
        assert!(window.app().opened().is_some() && !window.case().is_changed());
    }

    /// It was not counted any more, and the next save asked about a change by nobody.
    #[test]
    fn a_save_counts_although_one_to_elsewhere_failed_meanwhile() {
        let home = Home::settled();
        let (mut window, path, hanging) = saving(&home);
        let gone = home.out().join("gone").join("copy.ron");
        window.will_choose(&gone);
        window.give_only(Command::SaveAs);
        window.wait("the failure", |window| window.has_told("copy.ron"));
        hanging.end();
        window.settle();
        assert!(!window.case().is_changed(), "the first save counts");
        window.enter("氏名", "鈴木");
        window.give(Command::Save);
        assert_eq!(name_in(&path), text("鈴木"));
        assert!(!window.case().is_changed());
    }

    #[test]
    fn what_is_not_waited_for_is_still_a_draft() {
        let home = Home::settled();
        let (mut window, path, hanging) = saving(&home);
        leave(&mut window);
        assert!(draft_beside(&path).exists());
        hanging.end();
        window.settle();
        assert!(!draft_beside(&path).exists(), "by now it is saved");
    }

    #[test]
    fn a_first_save_that_is_not_waited_for_leaves_no_draft_in_the_end() {
        let home = Home::settled();
        let path = put_outside(&home);
        let mut window = home.start();
        window.give(Command::NewCase);
        window.enter("氏名", "山田");
        window.press("作成");
        window.advance(1.0);
        let hanging = Hanging::begin(&path);
        window.will_choose(&path);
        window.give_only(Command::SaveAs);
        window.wait("the save", |window| window.app().is_busy() && window.shows("保存しています…"));
        leave(&mut window);
        assert_eq!(home.kept_drafts().len(), 1);
        assert!(window.shows("保存していないケースの下書きがあります：山田"));
        hanging.end();
        window.settle();
        assert_eq!(name_in(&path), text("山田"));
        assert_eq!(home.kept_drafts(), Vec::<PathBuf>::new());
        assert!(!window.shows("保存していないケースの下書きがあります"));
    }

    #[test]
    fn saving_as_elsewhere_does_not_wait_for_a_save_that_hangs() {
        let home = Home::settled();
        let (mut window, path, hanging) = saving(&home);
        let safe = home.cases().join("safe.ron");
        window.will_choose(&safe);
        window.give_only(Command::SaveAs);
        window.wait("the copy", |window| window.case().path() == Some(safe.as_path()));
        assert_eq!(name_in(&safe), text("山田"));
        hanging.end();
        window.settle();
        assert_eq!(window.case().path(), Some(safe.as_path()), "the late one does not take it back");
        assert_eq!(saved(&safe), *window.case().case());
        assert_eq!(name_in(&path), text("山田"));
    }

    #[test]
    fn what_is_typed_during_a_save_is_saved_by_the_second_one() {
        let home = Home::settled();
        let (mut window, path, hanging) = saving(&home);
        window.type_text("太郎");
        window.give_only(Command::Save);
        hanging.end();
        window.settle();
        assert_eq!(name_in(&path), text("山田太郎"));
        let backups = ryoritsu::store::backup::list(&path).expect("listed");
        let first = ryoritsu::store::backup::read(&backups[0]).expect("a backup");
        assert_eq!(first.people["patient.name"], text("山田"), "the first one was saved too");
        assert!(!window.case().is_changed() && window.shows("保存済み"));
    }

    #[test]
    fn the_window_does_not_close_before_a_save_has_ended() {
        let home = Home::settled();
        let (mut window, path, hanging) = saving(&home);
        assert!(!window.ask_to_close());
        window.run();
        assert!(window.app().opened().is_some() && window.app().is_busy());
        hanging.end();
        window.wait_for_close();
        assert_eq!(name_in(&path), text("山田"));
    }

    #[test]
    fn leaving_a_case_without_waiting_does_not_end_the_program_without_waiting() {
        let home = Home::settled();
        let (mut window, path, hanging) = saving(&home);
        leave(&mut window);
        assert!(!window.ask_to_close());
        hanging.end();
        window.wait_for_close();
        assert_eq!(name_in(&path), text("山田"));
    }

    #[test]
    fn the_program_ends_without_waiting_when_that_is_wanted() {
        let home = Home::settled();
        let (mut window, _, hanging) = saving(&home);
        assert!(!window.ask_to_close() && !window.ask_to_close());
        window.run();
        window.press_only_to_close("待たずに進む");
        hanging.end();
    }
}
