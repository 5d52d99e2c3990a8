//! Every form and every example, field by field.

use crate::common::examples;
use crate::home::Home;

#[test]
fn every_tab_of_every_example_can_be_drawn_and_read() {
    for (name, case) in examples() {
        let home = Home::settled();
        let path = home.put("case.ron", &case);
        let mut window = home.open(&path);
        for at in 0..=case.documents.len() {
            window.wait_for_page();
            let shown = window.app().opened().expect("open").tab;
            assert_eq!(shown, at.checked_sub(1), "{name}");
            window.give(ryoritsu::ui::Command::NextTab);
        }
        assert!(!window.case().is_changed(), "{name}: looking changes nothing");
        assert_eq!(window.told(), Vec::<String>::new(), "{name}");
    }
}
