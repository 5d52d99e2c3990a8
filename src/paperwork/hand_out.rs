//! Handing a document out: a revision is fixed, its PDFs are made, kept, and written to where they
//! are wanted.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::export::{self, Exporter, Refusal, safe_file_name};
use crate::messages::record as words;
use crate::model::case::Case;
use crate::model::check::missing;
use crate::model::disclosure::DisclosedCase;
use crate::model::failure::{Failure, FileTrouble};
use crate::model::form::Form;
use crate::model::note::Note;
use crate::model::record::Record;
use crate::model::revision::{Copy, CopyMark, Edition, Handout, LeftOut, Paper, Purpose, Revision, basis, superseded};
use crate::pdf;
use crate::store::atomic::overwrite;
use crate::store::case_file::CaseFile;
use crate::store::{file_failure, kept};

use super::{Act, Office, Prepared};

/// A PDF that is handed out.
pub(super) struct Paperwork {
    /// What it is called in the folder that was asked for.
    name: String,
    /// Where it is kept.
    kept: PathBuf,
    bytes: Vec<u8>,
}

/// What tells a PDF of a revision from the others of it.
#[derive(Clone, Copy)]
pub(super) struct Sort<'a> {
    pub(super) mark: Option<CopyMark>,
    pub(super) with_timeline: bool,
    pub(super) left_out: Option<&'a LeftOut>,
}

impl<'a> Sort<'a> {
    pub(super) fn of(copy: &'a Copy) -> Self {
        Self { mark: copy.mark, with_timeline: copy.with_timeline, left_out: copy.left_out.as_ref() }
    }

    fn is_of(&self, copy: &Copy) -> bool {
        (self.mark, self.with_timeline, self.left_out) == (copy.mark, copy.with_timeline, copy.left_out.as_ref())
    }
}

/// A PDF before it is given.
struct Given<'a> {
    name: String,
    /// Whether it is the one to sign, and nobody's copy.
    is_original: bool,
    bytes: &'a [u8],
}

/// The PDF for a mark.
pub(super) type Made = (Option<CopyMark>, Vec<u8>);

impl Office<'_> {
    pub(super) fn hand_out(&self, file: &CaseFile, act: &Act) -> Result<Prepared, Refusal> {
        let Act::HandOut { document: at, to, purpose, marks, with_timeline, fillable, decisions, folder, .. } = act
        else {
            return Err(Failure::Inside { reason: "another act".to_owned() }.into());
        };
        let case = &file.case;
        let (document, form) = self.document(case, *at)?;
        let disclosed = self.disclosed(case, &[*at], to, decisions)?;
        let mut revision = self.revision(case, *at, form);
        let mut notes = self.notes(case, *at, form);
        let mut marks = marks.clone();
        marks.sort_unstable();
        marks.dedup();
        // All PDFs are made before anything is written: what is wrong on one keeps all back.
        let with_timeline = *with_timeline && form.has_timeline();
        let left_out =
            if with_timeline { disclosed.left_out_with_picture(0, form) } else { disclosed.left_out(0, form) };
        let wanted = wanted(*purpose, &marks, *fillable);
        let sort = |mark| Sort { mark, with_timeline, left_out: left_out.as_ref() };
        let sorts: Vec<Sort<'_>> = wanted.into_iter().map(sort).collect();
        let made = self.make(file, *at, &disclosed, &revision, &sorts, &mut notes)?;
        let title = export::numbered_title(case, *at, &form.short_title);
        let named = |of: &str, title: &str, mark| copy_name(of, title, revision.number, &sort(mark));
        let mut given = Vec::new();
        for (mark, bytes) in &made {
            let name = named(&disclosed.case().number, &title, *mark);
            let paper = Given { name, is_original: mark.is_none(), bytes };
            given.push(self.given(act, &disclosed, revision.number, paper)?);
        }
        if let Some(folder) = folder {
            for (name, bytes) in &given {
                self.may_write(folder, name, &export::identity(case, *at), bytes)?;
            }
        }
        let mut papers = Vec::new();
        let mut copies = Vec::new();
        for ((mark, bytes), (name, given)) in made.into_iter().zip(given) {
            let kept =
                kept::keep(self.medium, &file.path, &named(&document.id.to_string(), &form.short_title, mark), &bytes)?;
            papers.push(Paperwork { name, kept: kept::path(&file.path, &kept), bytes: given });
            copies.push(Copy { mark, with_timeline, left_out: left_out.clone(), file: kept });
        }
        revision.copies = copies;
        let consent = disclosed.consents().first().copied().flatten();
        let (on, told) = (self.now.today, disclosed.told(0, form));
        let to = to.clone();
        revision.handouts = vec![Handout { on, to, purpose: *purpose, marks, consent, package: None, told }];
        let record = Record::HandOut { document: document.id, revision: Box::new(revision) };
        Ok(Prepared { notes, papers, ..record.into() })
    }

    /// What is given of a PDF, and its name: the printed pages, or those to be filled in, or either
    /// of them under a password.
    fn given(
        &self,
        act: &Act,
        disclosed: &DisclosedCase,
        revision: u32,
        paper: Given<'_>,
    ) -> Result<(String, Vec<u8>), Refusal> {
        let Act::HandOut { fillable, password, .. } = act else { return Ok((paper.name, paper.bytes.to_vec())) };
        let (name, bytes) = if *fillable && paper.is_original {
            let exporter = Exporter::new(self.library, self.now.today)?;
            (fillable_name(&paper.name), exporter.fillable(disclosed, 0, revision)?)
        } else {
            (paper.name, paper.bytes.to_vec())
        };
        match password {
            None => Ok((name, bytes)),
            Some(password) => Ok((name, pdf::locked(&bytes, password, &random_key()?)?)),
        }
    }

    /// The PDFs of these sorts: the bytes that were handed out before, where they are kept, else
    /// made now from what is disclosed.
    pub(super) fn make(
        &self,
        file: &CaseFile,
        at: usize,
        disclosed: &DisclosedCase,
        revision: &Revision,
        sorts: &[Sort<'_>],
        notes: &mut Vec<Note>,
    ) -> Result<Vec<Made>, Refusal> {
        let exporter = Exporter::new(self.library, self.now.today)?;
        let place = disclosed.places().iter().position(|place| *place == at);
        let place = place.ok_or_else(|| Failure::Inside { reason: "a paper that does not go".to_owned() })?;
        let with_timeline = sorts.iter().any(|sort| sort.with_timeline);
        let exporter = exporter.with_timeline(with_timeline);
        // The revision keeps all values, what is left out included: they have to be right.
        let problems = exporter.faults(&file.case, at);
        if !problems.is_empty() {
            return Err(Refusal::Problems(problems));
        }
        let mut made = Vec::new();
        for sort in sorts {
            let known = revision.newest_copies().find(|copy| sort.is_of(copy));
            let bytes = match known.map(|copy| kept::read(self.medium, &file.path, &copy.file)) {
                Some(Ok(bytes)) => bytes,
                missing => {
                    notes.extend(missing.and_then(Result::err).map(Note::CopyMadeAnew));
                    exporter.outward(
                        disclosed,
                        place,
                        Edition::Revision { number: revision.number, mark: sort.mark },
                    )?
                }
            };
            made.push((sort.mark, bytes));
        }
        Ok(made)
    }

    /// The newest revision where it says what the document says, else the next one.
    pub(super) fn revision(&self, case: &Case, at: usize, form: &Form) -> Revision {
        let document = &case.documents[at];
        match Paper::of(case, document, form) {
            Paper::Current(revision) => Revision::clone(&revision),
            Paper::Draft | Paper::Changed(_) => {
                let rests_on = basis(case, &self.library.forms, at);
                Revision::of(case, document, form, rests_on, self.now.today)
            }
        }
    }

    pub(super) fn notes(&self, case: &Case, at: usize, form: &Form) -> Vec<Note> {
        let labels: Vec<String> = missing(case, &case.documents[at], form).map(|field| field.label.clone()).collect();
        let needed = (!labels.is_empty()).then_some(Note::Needed { labels });
        let older = superseded(case, &self.library.forms, at).into_iter().map(|(other, revision)| {
            let form = self.library.forms.get(&case.documents[other].form);
            Note::RestsOnOlder { form: form.map_or(String::new(), |form| form.short_title.clone()), revision }
        });
        needed.into_iter().chain(older).collect()
    }

    /// Whether a PDF may be written there: over the very same one, or over an earlier draft of the
    /// same document, at most.
    fn may_write(&self, folder: &Path, name: &str, identity: &str, bytes: &[u8]) -> Result<(), Failure> {
        if !folder.is_dir() {
            let trouble = if folder.exists() { FileTrouble::WrongSort } else { FileTrouble::NotFound };
            return Err(Failure::File { path: folder.to_owned(), trouble });
        }
        let path = folder.join(name);
        match self.medium.read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(file_failure(&path, &error)),
            Ok(old) if old == bytes || pdf::is_untouched(&old, identity) => Ok(()),
            Ok(_) => Err(Failure::ForeignPdf { path }),
        }
    }

    /// Writes the PDFs of an act to where they are wanted. It is recorded by now: what cannot be
    /// written is told.
    pub(super) fn write_papers(
        &self,
        file: &CaseFile,
        act: &Act,
        papers: Vec<Paperwork>,
        notes: &mut Vec<Note>,
    ) -> Vec<PathBuf> {
        let Act::HandOut { document, folder, .. } = act else { return Vec::new() };
        let Some(folder) = folder else { return papers.into_iter().map(|paper| paper.kept).collect() };
        let identity = export::identity(&file.case, *document);
        let mut written = Vec::new();
        for paper in papers {
            let path = folder.join(&paper.name);
            let done = self
                .may_write(folder, &paper.name, &identity, &paper.bytes)
                .and_then(|()| overwrite(self.medium, &path, &paper.bytes));
            match done {
                Ok(()) => written.push(path),
                Err(failure) => {
                    notes.push(Note::NotWritten(failure));
                    written.push(paper.kept);
                }
            }
        }
        written
    }
}

/// The PDFs that go along: the one to sign, or to fill in, and each copy; for good, the copies alone.
fn wanted(purpose: Purpose, marks: &[CopyMark], fillable: bool) -> Vec<Option<CopyMark>> {
    let original = (purpose == Purpose::ForSignature || marks.is_empty() || fillable).then_some(None);
    original.into_iter().chain(marks.iter().copied().map(Some)).collect()
}

/// `1_職場復帰支援プラン_第1版_図付き_抜粋_本人控.pdf`
pub(super) fn copy_name(of: &str, form: &str, revision: u32, sort: &Sort<'_>) -> String {
    let part = |is_there: bool, word: &str| if is_there { format!("_{word}") } else { String::new() };
    let timeline = part(sort.with_timeline, words::WITH_TIMELINE);
    let left_out = part(sort.left_out.is_some(), words::LEFT_OUT);
    let mark = sort.mark.map(|mark| part(true, words::copy_mark(mark))).unwrap_or_default();
    let (of, form, revision) = (safe_file_name(of), safe_file_name(form), words::revision(revision));
    format!("{of}_{form}_{revision}{timeline}{left_out}{mark}.pdf")
}

/// `R8-0001_協議書_第1版_入力用.pdf`
#[must_use]
pub(super) fn fillable_name(name: &str) -> String {
    format!("{}_{}.pdf", name.trim_end_matches(".pdf"), words::FILLABLE)
}

/// What a PDF is encrypted with.
fn random_key() -> Result<[u8; 32], Failure> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| Failure::Inside { reason: error.to_string() })?;
    Ok(key)
}
