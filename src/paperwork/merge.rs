//! Taking in what somebody outside filled in and sent back.

use std::path::Path;

use crate::export::filled;
use crate::model::case::Case;
use crate::model::failure::Failure;
use crate::model::package::Passphrase;
use crate::model::record::{Record, Refused};
use crate::model::reply::{Choice, Reply, merge, received};
use crate::share::passphrase::prepared;
use crate::share::reply::open;
use crate::store::case_file::CaseFile;
use crate::store::package_file;
use crate::store::template_file::Library;

use super::{Office, Prepared};

impl Office<'_> {
    /// Compares the reply with the case as it is now, whatever was shown before.
    pub(super) fn merge(&self, file: &CaseFile, reply: &Reply, choices: &[Choice]) -> Result<Prepared, Failure> {
        if let Some(known) = received(&file.case, reply) {
            return Err(Failure::Record { refused: Refused::AlreadyTaken { on: known.on } });
        }
        let refuse = |trouble| Failure::Reply { path: file.path.clone(), trouble };
        let merging = merge(&file.case, &self.library.rules(), reply).map_err(refuse)?;
        let settled = merging.settled(choices).map_err(|places| Failure::Unchosen { places })?;
        let record = Record::TakeReply(settled.record(reply, self.now.today));
        Ok(Prepared { settled: Some(settled), notes: merging.notes, ..record.into() })
    }
}

/// How every PDF begins.
const PDF: &[u8] = b"%PDF-";

/// Reads what came back to a case: a reply file, or a PDF that was filled, told by how it begins.
/// `typed` opens it: the passphrase of a file, the password of a PDF.
///
/// # Errors
/// The file cannot be read or opened, or is no reply to this case.
pub fn read_reply(case: &Case, library: &Library, path: &Path, typed: Option<&str>) -> Result<Reply, Failure> {
    let bytes = package_file::read(path)?;
    if bytes.starts_with(PDF) {
        // A password is taken to the letter, as whoever wrote the PDF did.
        let password = typed.map(|typed| Passphrase(typed.to_owned()));
        let read = filled::read(case, &library.rules(), &bytes, password.as_ref());
        return read.map_err(|trouble| Failure::Reply { path: path.to_owned(), trouble });
    }
    let passphrase: Passphrase = typed.map(prepared).unwrap_or_default();
    if passphrase.0.is_empty() {
        return Err(Failure::PassphraseNeeded { path: path.to_owned() });
    }
    open(path, &bytes, &passphrase, case)
}
