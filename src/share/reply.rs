//! The answer to a package, as a package of its own: written by whoever was sent one, read where it
//! was made.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::model::case::Case;
use crate::model::failure::Failure;
use crate::model::form::Party;
use crate::model::package::{FORMAT, Manifest, PackageSort, PackageTrouble, PackedPaper, Passphrase};
use crate::model::reply::{RepliedDocument, Reply, ReplyTrouble};
use crate::model::revision::Recipient;
use crate::model::value::Key;
use crate::store::ron_text;

use super::package::{self, Package, unseal};
use super::received;

/// The reply in a package.
pub const REPLY: &str = "reply.ron";

/// The bytes of the file to be sent back; `answered` is the package that is answered, `id` what
/// tells this one from every other.
///
/// # Errors
/// It is too large.
pub fn seal(
    reply: &Reply,
    answered: &Manifest,
    id: String,
    passphrase: &Passphrase,
    work_factor: u8,
) -> Result<Vec<u8>, Failure> {
    package::seal(&packed(reply, answered, id)?, passphrase, work_factor)
}

/// A reply as a package.
fn packed(reply: &Reply, answered: &Manifest, id: String) -> Result<Package, Failure> {
    let manifest = Manifest {
        format: FORMAT,
        sort: PackageSort::Reply,
        id,
        case: answered.case.clone(),
        number: answered.number.clone(),
        answers: reply.package.clone(),
        from: reply.from.name.clone(),
        to: Recipient { party: Party::Coordinator, name: answered.from.clone() },
        on: reply.on.unwrap_or(answered.on),
        papers: reply.documents.iter().map(paper).collect(),
        files: Vec::new(),
    };
    let files = BTreeMap::from([(REPLY.to_owned(), ron_text::write(reply)?.into_bytes())]);
    Ok(Package { manifest, files })
}

fn paper(document: &RepliedDocument) -> PackedPaper {
    PackedPaper { document: document.id, form: document.form.clone(), revision: document.revision }
}

/// Opens the file that came back; `path` is what it is called.
///
/// # Errors
/// What is wrong with the file, or that it is no reply to this case.
pub fn open(path: &Path, bytes: &[u8], passphrase: &Passphrase, case: &Case) -> Result<Reply, Failure> {
    let in_file = |trouble| Failure::Package { path: path.to_owned(), trouble };
    let package = unseal(bytes, passphrase).map_err(in_file)?;
    let reply = read(&package).map_err(in_file)?;
    is_answer(&package.manifest, &reply, case).map_err(|trouble| Failure::Reply { path: path.to_owned(), trouble })?;
    Ok(reply)
}

/// Reads the reply in a package.
///
/// # Errors
/// The package is for something else, or its reply cannot be read.
pub fn read(package: &Package) -> Result<Reply, PackageTrouble> {
    match package.manifest.sort {
        PackageSort::Reply => {}
        found => return Err(PackageTrouble::OtherSort { found }),
    }
    let text = received::text(package, REPLY)?;
    ron_text::parse(Path::new(REPLY), text, false).map_err(|failure| received::unreadable(REPLY, &failure))
}

/// Whether a reply is one to this case, and says what its package says.
///
/// # Errors
/// Why it is not.
pub fn is_answer(manifest: &Manifest, reply: &Reply, case: &Case) -> Result<(), ReplyTrouble> {
    // A case that was written by hand has no identity: then the package alone tells.
    if !case.id.is_empty() && manifest.case != case.id {
        return Err(ReplyTrouble::OtherCase);
    }
    let said: BTreeSet<(u32, Key, u32)> = manifest.papers.iter().map(key).collect();
    let filled: BTreeSet<(u32, Key, u32)> = reply.documents.iter().map(|document| key(&paper(document))).collect();
    let answers = reply.package.is_some() && manifest.answers == reply.package;
    if answers && said == filled { Ok(()) } else { Err(ReplyTrouble::Tampered) }
}

fn key(paper: &PackedPaper) -> (u32, Key, u32) {
    (paper.document, paper.form.clone(), paper.revision)
}
