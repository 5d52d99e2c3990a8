//! The checks across forms: each rule with what it tells and what it does not, through `check`.

mod common;

use common::{examples, library, today};
use ryoritsu::model::check::check;

#[test]
fn dump() {
    let library = library();
    for (name, case) in examples() {
        for problem in check(&case, &library.rules(), today()) {
            println!(
                "{name}: {problem:?}\n   {}\n  {:?}",
                ryoritsu::messages::problem(&problem, "ここ").sentences(),
                problem.identity(&case)
            );
        }
    }
}
