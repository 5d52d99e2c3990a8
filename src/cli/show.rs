//! `show`: where a case stands, or the values of some fields.

use std::path::Path;

use crate::export::Exporter;
use crate::messages;
use crate::model::entry;
use crate::model::failure::Failure;
use crate::model::process::standing;
use crate::store::case_file::CaseFile;
use crate::store::template_file::Library;

use super::Context;
use super::address::{self, Address};
use super::check::report_all;
use super::library;
use super::report::{say, tell_newer};

pub(super) fn show(context: &Context, file: &Path, keys: &[String]) -> Result<(), Failure> {
    let library = library()?;
    let case_file = CaseFile::read(file)?;
    if case_file.is_newer {
        tell_newer(file);
    }
    if keys.is_empty() {
        return overview(context, &case_file, &library);
    }
    let values: Result<Vec<String>, Failure> = keys.iter().map(|key| value(&case_file, &library, key)).collect();
    values?.iter().for_each(|value| say(value));
    Ok(())
}

fn value(case_file: &CaseFile, library: &Library, key: &str) -> Result<String, Failure> {
    let case = &case_file.case;
    Ok(match address::parse(key, case, library)? {
        Address::Number => case.number.clone(),
        Address::Substitute(character) => case.print_substitutes.get(&character).cloned().unwrap_or_default(),
        Address::Field(address) => {
            let field = address.find(library);
            address.value(case).map(|value| entry::display(field, value)).unwrap_or_default()
        }
    })
}

fn overview(context: &Context, case_file: &CaseFile, library: &Library) -> Result<(), Failure> {
    let case = &case_file.case;
    let stands = standing(case, &library.forms, context.today);
    let form = stands.document.and_then(|at| library.forms.get(&case.documents[at].form));
    say(&format!("ケース番号　　{}", case.number));
    say(&format!(
        "今の段階　　　{} {}",
        messages::step(stands.step),
        messages::step_title(&library.process, stands.step)
    ));
    say(&format!("今の番　　　　{}", messages::party(stands.turn)));
    say(&format!("次にすること　{}", messages::action(&stands.action, form.map(|form| form.short_title.as_str()))));
    say(&format!("期日　　　　　{}", messages::due(stands.due)));
    for document in &case.documents {
        let Some(form) = library.forms.get(&document.form) else { continue };
        say(&format!("{}　{}", messages::step(form.step), form.title));
        for (_, line) in form.signature_lines() {
            let absent = line
                .asked_when
                .as_ref()
                .is_some_and(|key| case.people.get(key).is_none_or(crate::model::value::Value::is_empty));
            let state = if absent { "該当者なし" } else { "署名の記録なし" };
            say(&format!("　　{}　{state}", line.caption));
        }
    }
    let problems = Exporter::new(library, context.today)?.problems(case);
    report_all(case_file, library, &problems);
    Ok(())
}
