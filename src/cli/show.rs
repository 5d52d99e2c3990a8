//! `show`: where a case stands, or the values of some fields.

use std::path::Path;

use crate::export::Exporter;
use crate::messages;
use crate::model::case::Case;
use crate::model::entry;
use crate::model::failure::Failure;
use crate::model::log::reply_fields;
use crate::model::process::{lines, standing};
use crate::model::reply::ReceivedReply;
use crate::model::revision::{Paper, superseded};
use crate::paperwork::name_of;
use crate::store::case_file::CaseFile;
use crate::store::folder::Summary;
use crate::store::template_file::Library;

use super::Context;
use super::address::{self, Address};
use super::check::report_all;
use super::library;
use super::paperwork::consent_lines;
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
    let stands = standing(case, &library.forms, context.now.today);
    let form = stands.document.and_then(|at| library.forms.get(&case.documents[at].form));
    say(&format!("ケース番号　　{}", case.number));
    say(&format!(
        "今の段階　　　{} {}",
        messages::step(stands.step),
        messages::step_title(&library.process, stands.step)
    ));
    say(&format!("今の番　　　　{}", messages::party(stands.turn)));
    say(&format!("次にすること　{}", messages::action(&stands.action, form.map(|form| form.short_title.as_str()))));
    say(&format!("いつから　　　{}", messages::state::since(stands.since)));
    let next = Summary::new(case, case_file.is_newer, library).next(context.now.today).cloned();
    let occasion = next.as_ref().map(|next| format!("（{}）", messages::follow_up::occasion(&next.what)));
    let due = messages::due(next.as_ref().map(|next| next.on));
    say(&format!("期日　　　　　{due}{}", occasion.unwrap_or_default()));
    for at in 0..case.documents.len() {
        document(case, library, at);
    }
    for line in consent_lines(case_file, library, context) {
        say(&line);
    }
    for line in reply_lines(case, library) {
        say(&line);
    }
    for closing in &case.closings {
        say(&messages::state::closing(closing));
    }
    let problems = Exporter::new(library, context.now.today)?.problems(case);
    report_all(case_file, library, &problems);
    Ok(())
}

/// A line for each reply that was taken in.
fn reply_lines(case: &Case, library: &Library) -> Vec<String> {
    let names = |keys: Vec<String>| keys.iter().map(|key| name_of(library, key)).collect::<Vec<_>>();
    let line = |reply: &ReceivedReply| {
        let taken = names(reply_fields(case, reply.taken.iter().map(|taken| &taken.place)));
        messages::reply::received(reply, &taken, &names(reply_fields(case, &reply.refused)))
    };
    case.replies.iter().map(line).collect()
}

/// A document: how it stands to what was handed out of it, each line to sign, and what it rests on
/// that was changed since.
fn document(case: &Case, library: &Library, at: usize) {
    let document = &case.documents[at];
    let Some(form) = library.forms.get(&document.form) else { return };
    let latest = document.latest().map(|latest| latest.number);
    let is_current = Paper::of(case, document, form).current().is_some();
    let paper = messages::state::paper(latest, is_current);
    say(&format!("{}　{}　{paper}", messages::step(form.step), form.title));
    for line in lines(case, &library.forms, at) {
        say(&format!("　　{}　{}", line.caption, messages::state::line(&line.mark, latest.unwrap_or(0))));
    }
    for (other, revision) in superseded(case, &library.forms, at) {
        let title = name_of(library, &case.documents[other].form);
        say(&format!("　　{}", messages::state::superseded(&title, revision)));
    }
}
