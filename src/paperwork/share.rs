//! Sending documents as one encrypted file: a revision of each is fixed and kept as when it is handed
//! out; what goes is made from what its recipient may see.

use crate::export::{self, Exporter, Refusal};
use crate::messages::share as words;
use crate::model::disclosure::DisclosedCase;
use crate::model::failure::Failure;
use crate::model::note::Note;
use crate::model::package::{PackageSort, PackedPaper};
use crate::model::record::Record;
use crate::model::revision::{Copy, Handout, LeftOut, Purpose, Revision};
use crate::model::value::Key;
use crate::share::names::made_plain;
use crate::share::package::Package;
use crate::store::case_file::CaseFile;
use crate::store::kept;

use super::hand_out::{Sort, copy_name, fillable_name};
use super::{Act, Office, Prepared};

/// A document on its way into a package.
struct Paper {
    document: u32,
    revision: Revision,
    left_out: Option<LeftOut>,
    told: Vec<Key>,
    /// What it is called in the package, and beside the case.
    names: [String; 2],
    bytes: Vec<u8>,
    fillable: Option<Vec<u8>>,
}

impl Office<'_> {
    pub(super) fn share(&self, file: &CaseFile, act: &Act) -> Result<Prepared, Refusal> {
        let Act::Share { documents, to, decisions, passphrase, path, fillable } = act else {
            return Err(Failure::Inside { reason: "another act".to_owned() }.into());
        };
        self.may_pack(file, passphrase, path)?;
        let disclosed = self.disclosed(&file.case, documents, to, decisions)?;
        let mut notes = vec![Note::PassphraseApart];
        let mut papers = Vec::new();
        for at in 0..disclosed.places().len() {
            papers.push(self.paper(file, &disclosed, at, *fillable, &mut notes)?);
        }
        let package = self.package(&disclosed, &papers)?;
        let record = self.shared(file, &disclosed, papers, &package.manifest.id)?;
        self.write_package(file, &record, &package, passphrase, path)?;
        Ok(Prepared { notes, ..record.into() })
    }

    /// A document of what is disclosed, as it goes.
    fn paper(
        &self,
        file: &CaseFile,
        disclosed: &DisclosedCase,
        at: usize,
        is_fillable: bool,
        notes: &mut Vec<Note>,
    ) -> Result<Paper, Refusal> {
        let place = disclosed.places()[at];
        let (document, form) = self.document(&file.case, place)?;
        let left_out = disclosed.left_out(at, form);
        let told = disclosed.told(at, form);
        let revision = self.revision(&file.case, place, form);
        notes.extend(self.notes(&file.case, place, form));
        let sort = Sort { mark: None, with_timeline: false, left_out: left_out.as_ref() };
        let made = self.make(file, place, disclosed, &revision, &[sort], notes)?;
        let (_, bytes) = made.into_iter().next().ok_or_else(|| Failure::Inside { reason: "no PDF".to_owned() })?;
        let title = export::numbered_title(&file.case, place, &form.short_title);
        let name = |of: &str, title: &str| copy_name(of, title, revision.number, &sort);
        let names =
            [made_plain(&name(&disclosed.case().number, &title)), name(&document.id.to_string(), &form.short_title)];
        let fillable = if is_fillable { self.to_fill(disclosed, at, revision.number)? } else { None };
        Ok(Paper { document: document.id, revision, left_out, told, names, bytes, fillable })
    }

    /// The PDF in which the recipient fills in what is theirs; none where nothing on it is.
    fn to_fill(&self, disclosed: &DisclosedCase, at: usize, revision: u32) -> Result<Option<Vec<u8>>, Refusal> {
        match Exporter::new(self.library, self.now.today)?.fillable(disclosed, at, revision) {
            Err(Refusal::Failure(Failure::NothingToFill { .. })) => Ok(None),
            made => made.map(Some),
        }
    }

    fn package(&self, disclosed: &DisclosedCase, papers: &[Paper]) -> Result<Package, Failure> {
        let packed = |paper: &Paper| -> Option<PackedPaper> {
            let at = disclosed.case().document_of_id(paper.document)?;
            let form = disclosed.case().documents[at].form.clone();
            Some(PackedPaper { document: paper.document, form, revision: paper.revision.number })
        };
        let listed = papers.iter().filter_map(packed).collect();
        let manifest = self.manifest(PackageSort::Share, disclosed.case(), disclosed.to(), listed)?;
        let mut files = self.contents(disclosed.case())?;
        if papers.iter().any(|paper| paper.fillable.is_some()) {
            files.insert(words::READ_ME.to_owned(), words::read_me(true).into_bytes());
        }
        for paper in papers {
            let [name, _] = &paper.names;
            files.insert(name.clone(), paper.bytes.clone());
            files.extend(paper.fillable.as_ref().map(|bytes| (fillable_name(name), bytes.clone())));
        }
        Ok(Package { manifest, files })
    }

    /// Keeps what goes, and says what is to be recorded of it.
    fn shared(
        &self,
        file: &CaseFile,
        disclosed: &DisclosedCase,
        papers: Vec<Paper>,
        package: &str,
    ) -> Result<Record, Failure> {
        let mut recorded = Vec::new();
        for (paper, consent) in papers.into_iter().zip(disclosed.consents()) {
            let Paper { document, mut revision, left_out, told, names: [_, name], bytes, .. } = paper;
            let kept = kept::keep(self.medium, &file.path, &name, &bytes)?;
            revision.copies = vec![Copy { mark: None, with_timeline: false, left_out, file: kept }];
            revision.handouts = vec![Handout {
                on: self.now.today,
                to: disclosed.to().clone(),
                purpose: Purpose::ForSignature,
                marks: Vec::new(),
                consent: *consent,
                package: Some(package.to_owned()),
                told,
            }];
            recorded.push((document, revision));
        }
        Ok(Record::Share { package: package.to_owned(), papers: recorded })
    }
}
