//! `reply`: the fields of whoever was sent a package, filled and written as a reply. All settings or
//! none.

use std::path::{Path, PathBuf};

use crate::export::safe_file_name;
use crate::messages;
use crate::model::case::is_shared;
use crate::model::failure::Failure;
use crate::model::form::{Field, Form};
use crate::model::reply::{may_fill, reply as made};
use crate::share::package::{WORK_FACTOR, unseal};
use crate::share::received::{self, Received};
use crate::share::reply::seal;
use crate::store::atomic::{self, Disk};
use crate::store::new_case::fresh_id;
use crate::store::package_file;

use super::address::{Address, FieldAddress, nearest};
use super::options::Options;
use super::report::say;
use super::set::apply;
use super::{Context, passphrase};

pub(super) fn reply(context: &Context, file: &Path, settings: &[String], options: &Options) -> Result<(), Failure> {
    let in_package = |trouble| Failure::Package { path: file.to_owned(), trouble };
    let passphrase = passphrase::read(&options.path("passphrase-file").unwrap_or_default())?;
    let package = unseal(&package_file::read(file)?, &passphrase).map_err(in_package)?;
    let received = received::read(&package).map_err(in_package)?;
    let mut filled = received.case.clone();
    for setting in settings {
        apply(&mut filled, &received.library, setting, |key, address| is_theirs(file, &received, key, address))?;
    }
    let Received { manifest, case, library } = &received;
    let reply = made(&filled, case, manifest, &library.rules(), context.now.today);
    let bytes = seal(&reply, manifest, fresh_id()?, &passphrase, WORK_FACTOR)?;
    let path = in_folder(options.path("out").unwrap_or_default(), &manifest.number);
    atomic::create(&Disk, &path, &bytes)?;
    say(&path.display().to_string());
    Ok(())
}

/// A folder gets a file of the usual name.
fn in_folder(path: PathBuf, number: &str) -> PathBuf {
    if path.is_dir() { path.join(messages::received::reply_name(&safe_file_name(number))) } else { path }
}

/// That a field of a paper that was sent is filled, and one of theirs.
fn is_theirs(file: &Path, received: &Received, key: &str, address: &Address) -> Result<(), Failure> {
    let party = received.manifest.to.party;
    let fields = fields_sent(received);
    let (field, column) = match address {
        Address::Field(address) if is_new(received, address) => {
            let known = received.case.documents.iter().map(|document| document.form.clone()).collect();
            let key = address.document.as_ref().map(|(form, _)| form.clone()).unwrap_or_default();
            return Err(Failure::NotInCase { path: file.to_owned(), key, known });
        }
        Address::Field(address) => (sent(&fields, address), address.cell.as_ref().map(|(_, column)| column)),
        Address::Number | Address::Substitute(_) => (None, None),
    };
    let is_theirs = field.is_some_and(|field| {
        let column = column.and_then(|column| field.column(column));
        may_fill(field, column, party)
    });
    if is_theirs {
        return Ok(());
    }
    let theirs = fields.iter().flat_map(|(form, field)| keys(form, field, |column| may_fill(field, column, party)));
    Err(Failure::NotTheirs { key: key.to_owned(), party, nearest: nearest(key, theirs) })
}

/// Whether a document or a row of one would be begun that nobody sent.
fn is_new(received: &Received, address: &FieldAddress) -> bool {
    address.document.as_ref().is_some_and(|(_, at)| *at >= received.case.documents.len())
}

/// The fields of the papers that were sent, each with its form.
fn fields_sent(received: &Received) -> Vec<(&Form, &Field)> {
    let forms = received.case.documents.iter().filter_map(|document| received.library.forms.get(&document.form));
    forms.flat_map(|form| form.fields.iter().map(move |field| (form, field))).collect()
}

/// The field as it is on a paper that was sent.
fn sent<'a>(fields: &[(&Form, &'a Field)], address: &FieldAddress) -> Option<&'a Field> {
    let is_it = |(form, field): &&(&Form, &Field)| {
        let is_of_form = address.document.as_ref().map_or(is_shared(&field.key), |(key, _)| form.key == *key);
        is_of_form && field.key == address.field
    };
    fields.iter().find(is_it).map(|(_, field)| *field)
}

/// The keys by which a field is named, as far as it may be filled.
fn keys(form: &Form, field: &Field, may: impl Fn(Option<&Field>) -> bool) -> Vec<String> {
    let own = if is_shared(&field.key) { field.key.clone() } else { format!("{}/{}", form.key, field.key) };
    if field.columns().is_empty() {
        return may(None).then_some(own).into_iter().collect();
    }
    let columns = field.columns().iter().filter(|column| may(Some(column)));
    columns.map(|column| format!("{own}[1].{}", column.key)).collect()
}
