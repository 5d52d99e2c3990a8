//! `handout`, `sign`, `consent`, `close`: what happens to the papers of a case.

use std::path::Path;

use crate::export::Refusal;
use crate::messages::{self, record as words};
use crate::model::closing::{Closing, Outcome};
use crate::model::consent::{Consent, ConsentWay};
use crate::model::failure::Failure;
use crate::model::form::Party;
use crate::model::log::Event;
use crate::model::note::Note;
use crate::model::package::Passphrase;
use crate::model::revision::{CopyMark, Purpose, Recipient, SigningWay};
use crate::paperwork::{Act, Acted, Office, likely_signer, name_of};
use crate::store::atomic::{Disk, Medium};
use crate::store::case_file::{CaseFile, real_path};
use crate::store::file_failure;
use crate::store::lock::Lock;
use crate::store::template_file::Library;

use super::address::{document_of, nearest};
use super::check::report_all;
use super::decisions::{decisions, tell_undecided};
use super::options::{Options, one_of};
use super::report::{say, tell_note};
use super::{Context, library};

/// Hands a document out.
pub(super) fn hand_out(context: &mut Context, file: &Path, options: &Options) -> Result<(), Failure> {
    let purpose = options.one_of("for", &Purpose::ALL, words::purpose_word)?.unwrap_or(Purpose::ForSignature);
    let marks = options.some_of("copy", &CopyMark::ALL, words::copy_mark)?;
    let to = recipient(options.text("to").unwrap_or_default())?;
    let (folder, with_timeline) = (options.path("out"), options.is_given("timeline"));
    let fillable = options.is_given("fillable");
    let password = options.path("password-file").map(|path| password(&path)).transpose()?;
    if let Some(folder) = &folder {
        Disk.make_folder(folder).map_err(|error| file_failure(folder, &error))?;
    }
    act(context, file, |case_file, library| {
        let document = document_of(options.text("form").unwrap_or_default(), case_file, library)?;
        let decisions = decisions(options, case_file, library)?;
        Ok(Act::HandOut { document, to, purpose, marks, with_timeline, fillable, password, decisions, folder })
    })
}

/// Records a signature, or corrects one.
pub(super) fn sign(
    context: &mut Context,
    file: &Path,
    form: &str,
    line: &str,
    options: &Options,
) -> Result<(), Failure> {
    let how = options.one_of("how", &SigningWay::ALL, words::signing_way)?.unwrap_or_default();
    let signed_on = options.day("date")?;
    let revision = options.numbers("revision")?.first().copied();
    act(context, file, |case_file, library| {
        let document = document_of(form, case_file, library)?;
        let line = line.to_owned();
        let of = &case_file.case.documents[document];
        Ok(match (options.text("correct"), signed_on) {
            (None, Some(signed_on)) => {
                let likely = || likely_signer(&case_file.case, &library.forms[&of.form], &line);
                let name = options.text("name").map_or_else(likely, str::to_owned);
                Act::Sign { document, revision, line, signed_on, name, how, scan: options.path("scan") }
            }
            (why, _) => {
                let newest = of.latest().map_or(0, |latest| latest.number);
                let why = why.unwrap_or_default().to_owned();
                Act::CorrectSignature { document, revision: revision.unwrap_or(newest), line, why }
            }
        })
    })
}

/// Records a consent or its end, or lists them.
pub(super) fn consent(context: &mut Context, file: &Path, options: &Options) -> Result<(), Failure> {
    if !options.is_any() {
        return list_consents(context, file);
    }
    let day = options.day("date")?.unwrap_or(context.now.today);
    if let Some(number) = options.numbers("withdraw")?.first() {
        let why = options.text("reason").unwrap_or_default().to_owned();
        return act(context, file, |_, _| Ok(Act::Withdraw { consent: *number, on: day, why }));
    }
    let forms = options.texts("form");
    let consent = Consent {
        number: 0,
        given_on: day,
        until: options.day("until")?,
        to: options.some_of("to", &Party::ALL, messages::party)?,
        forms: (!forms.is_empty()).then(|| forms.clone()),
        diagnosis: options.is_given("diagnosis"),
        how: options.one_of("how", &ConsentWay::ALL, words::consent_way)?.unwrap_or(ConsentWay::Written),
        scan: None,
        note: options.text("note").unwrap_or_default().to_owned(),
        withdrawn: None,
    };
    act(context, file, |_, library| {
        if let Some(key) = forms.iter().find(|key| !library.forms.contains_key(*key)) {
            let nearest = nearest(key, library.forms.keys().cloned());
            return Err(Failure::UnknownForm { key: key.clone(), nearest });
        }
        Ok(Act::Consent { consent, scan: options.path("scan") })
    })
}

fn list_consents(context: &Context, file: &Path) -> Result<(), Failure> {
    let library = library()?;
    let case_file = CaseFile::read(file)?;
    for line in consent_lines(&case_file, &library, context) {
        say(&line);
    }
    Ok(())
}

/// A line for each consent.
pub(super) fn consent_lines(case_file: &CaseFile, library: &Library, context: &Context) -> Vec<String> {
    let name = |key: &String| name_of(library, key);
    let line = |consent: &Consent| {
        let forms = consent.forms.as_ref().map(|forms| forms.iter().map(name).collect::<Vec<_>>());
        messages::state::consent(consent, forms.as_deref(), context.now.today)
    };
    case_file.case.consents.iter().map(line).collect()
}

/// Closes a case, or opens it again.
pub(super) fn close(context: &mut Context, file: &Path, options: &Options) -> Result<(), Failure> {
    if let Some(why) = options.text("reopen") {
        return act(context, file, |_, _| Ok(Act::Reopen { why: why.to_owned() }));
    }
    let outcome = one_of("--outcome", options.text("outcome").unwrap_or_default(), &Outcome::ALL, words::outcome)?;
    let on = options.day("date")?.unwrap_or(context.now.today);
    let note = options.text("note").unwrap_or_default().to_owned();
    act(context, file, |_, _| Ok(Act::Close { closing: Closing { on, outcome, note, reopened: None } }))
}

/// The password in a file, without the end of its line. It is never given as an argument, which every
/// program on the machine can see.
pub(super) fn password(path: &Path) -> Result<Passphrase, Failure> {
    let bytes = Disk.read(path).map_err(|error| file_failure(path, &error))?;
    let text = String::from_utf8(bytes).map_err(|_| Failure::Password)?;
    let line = text.trim_start_matches('\u{FEFF}').lines().next().unwrap_or_default().to_owned();
    if line.is_empty() { Err(Failure::Password) } else { Ok(Passphrase(line)) }
}

/// `patient`, `本人`, `会社担当者:佐藤`.
pub(super) fn recipient(typed: &str) -> Result<Recipient, Failure> {
    let (party, name) = typed.split_once([':', '：']).unwrap_or((typed, ""));
    let party = one_of("--to", party, &Party::ALL, messages::party)?;
    Ok(Recipient { party, name: name.trim().to_owned() })
}

/// Does something with the papers of a case, and tells what came of it.
pub(super) fn act(
    context: &mut Context,
    file: &Path,
    make: impl FnOnce(&CaseFile, &Library) -> Result<Act, Failure>,
) -> Result<(), Failure> {
    let library = library()?;
    let _lock = if file.exists() { Some(Lock::take(&real_path(file)?)?) } else { None };
    let mut case_file = CaseFile::read(file)?;
    let act = make(&case_file, &library)?;
    let office = Office { library: &library, medium: &Disk, now: context.now.clone() };
    match office.act(&mut case_file, &act) {
        Ok(acted) => {
            tell_done(context, &case_file, &library, &acted);
            Ok(())
        }
        Err(Refusal::Failure(failure)) => {
            if let Failure::Undecided { hits } = &failure {
                tell_undecided(&case_file, hits);
            }
            Err(failure)
        }
        Err(Refusal::Problems(problems)) => {
            report_all(&case_file, &library, &problems);
            Err(Failure::Problems { path: case_file.path.clone() })
        }
    }
}

fn tell_done(context: &mut Context, case_file: &CaseFile, library: &Library, acted: &Acted) {
    for path in &acted.written {
        say(&path.display().to_string());
    }
    if acted.written.is_empty() {
        let event = Event::of(&case_file.case, &acted.record);
        say(&messages::log::event(&event, &|key| name_of(library, key)));
    }
    tell_notes(context, &case_file.path, &acted.notes);
}

/// Tells what is worth telling; what was not done makes the command one that was refused.
pub(super) fn tell_notes(context: &mut Context, path: &Path, notes: &[Note]) {
    for note in notes {
        tell_note(path, note);
        context.refused |= note.is_failure();
    }
}
