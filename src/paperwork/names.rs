//! The keys that a log names, in the words of the forms.

use crate::messages;
use crate::model::check::{CASE_NUMBER, SUBSTITUTES};
use crate::model::form::Form;
use crate::model::log::SET_ASIDE;
use crate::store::template_file::Library;

/// What a key of the log is called: `patient.name`, `opinion` (a form), `opinion#2` (a document),
/// `opinion#2/verdict` (a field of it), `opinion:patient` (a line to sign). A key that the
/// templates do not know (any more) stands for itself.
#[must_use]
pub fn name_of(library: &Library, key: &str) -> String {
    let own = match key {
        CASE_NUMBER => Some(messages::page::CASE_NUMBER),
        SUBSTITUTES => Some(messages::log::SUBSTITUTES),
        SET_ASIDE => Some(messages::log::SET_ASIDE),
        _ => None,
    };
    if let Some(own) = own {
        return own.to_owned();
    }
    if let Some((form, line)) = key.split_once(':') {
        let lines = library.forms.get(form).into_iter().flat_map(Form::signature_lines);
        return lines
            .map(|(_, one)| one)
            .find(|one| one.key == line)
            .map_or(line.to_owned(), |one| one.caption.clone());
    }
    match key.split_once('/') {
        None if key.contains('.') => field(key, |key| library.people.field(key)),
        None => document(library, key),
        Some((of, key)) => {
            let form = library.forms.get(of.split('#').next().unwrap_or(of));
            let field = field(key, |key| form.and_then(|form| form.field(key)));
            messages::log::field_of(&document(library, of), &field)
        }
    }
}

/// `opinion#2`: the short title of the form; a second document has its number.
fn document(library: &Library, key: &str) -> String {
    let (form, number) = key.split_once('#').unwrap_or((key, "1"));
    let title = library.forms.get(form).map_or(form, |form| form.short_title.as_str());
    if number == "1" { title.to_owned() } else { format!("{title}{number}") }
}

/// The label of a field, or of a column of it: `periods`, `periods.hours`.
fn field<'a>(key: &str, find: impl Fn(&str) -> Option<&'a crate::model::form::Field>) -> String {
    if let Some(field) = find(key) {
        return field.label.clone();
    }
    let column = key.rsplit_once('.').and_then(|(table, column)| Some((find(table)?, column)));
    column.map_or(key.to_owned(), |(table, key)| {
        table.column(key).map_or(table.label.clone(), |column| column.label.clone())
    })
}
