//! The PDFs of a case: what keeps one from being written, what it is called and says about
//! itself. A PDF is never written over one that was signed or changed since, nor over one of
//! another case.

mod fillable;
pub mod filled;
pub mod returned;

use std::collections::BTreeSet;
use std::fs::canonicalize;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::assets;
use crate::fonts::Fonts;
use crate::layout::document::Document;
use crate::layout::{self, Edition, Source};
use crate::messages::page as words;
use crate::model::case::Case;
use crate::model::check::{Place, Problem, What, check, faults};
use crate::model::disclosure::DisclosedCase;
use crate::model::failure::Failure;
use crate::model::fingerprint::fingerprint;
use crate::model::form::{Form, Meaning};
use crate::model::people::People;
use crate::model::timeline::{Timeline, timeline_of};
use crate::model::value::Value;
use crate::pdf::{self, Imprint, Metadata, digest};
use crate::store::atomic::{Disk, Medium, overwrite};
use crate::store::file_failure;
use crate::store::template_file::Library;

/// Why a PDF was not written.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The page would be wrong.
    Problems(Vec<Problem>),
    /// It could not be made or written.
    Failure(Failure),
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// Writes the PDFs of cases.
pub struct Exporter<'a> {
    library: &'a Library,
    fonts: Fonts<'static>,
    today: NaiveDate,
    has_timeline: bool,
    /// The files written so far: none is written twice.
    written: BTreeSet<PathBuf>,
}

impl<'a> Exporter<'a> {
    /// Prints with these forms, and with the era of today where a date is left to be written.
    ///
    /// # Errors
    /// A font of the program is damaged.
    pub fn new(library: &'a Library, today: NaiveDate) -> Result<Self, Failure> {
        Ok(Self { library, fonts: Fonts::new(assets::FONTS)?, today, has_timeline: false, written: BTreeSet::new() })
    }

    /// With the picture of a plan as one more page, where the form has one.
    #[must_use]
    pub fn with_timeline(mut self, has_timeline: bool) -> Self {
        self.has_timeline = has_timeline;
        self
    }

    /// The plan of one document over the months, where it is to be printed.
    fn timeline(&self, case: &Case, at: usize) -> Option<Timeline> {
        self.has_timeline.then(|| timeline_of(case, &self.library.forms, at, self.today)).flatten()
    }

    /// All problems of a case, those of its pages included, the graver ones first.
    #[must_use]
    pub fn problems(&self, case: &Case) -> Vec<Problem> {
        let mut problems = check(case, &self.library.rules(), self.today);
        for at in 0..case.documents.len() {
            if let Some(source) = self.source(case, at, Edition::Draft) {
                problems.extend(layout::layout(&source).problems);
            }
        }
        problems.sort();
        problems.dedup();
        // What is still empty is many lines in a case that is being filled: it comes last.
        problems.sort_by_key(|problem| problem.what == What::Needed);
        problems
    }

    /// The bytes of the PDF of one document. A draft says so across every page.
    ///
    /// # Errors
    /// The problems that would make the page wrong: those of the document, of the shared data
    /// and of the case itself.
    pub fn pdf(&self, case: &Case, at: usize, edition: Edition) -> Result<Vec<u8>, Refusal> {
        let (document, metadata) = self.document(case, case, at, edition)?;
        Ok(pdf::write(&document, &metadata, &self.fonts)?)
    }

    /// The bytes of the PDF of one document as its recipient sees it; `at` is its place in what is
    /// disclosed. Every PDF that leaves the hospital is made here.
    ///
    /// # Errors
    /// As [`Self::pdf`]; the places of the problems are those of the whole case.
    pub fn outward(&self, disclosed: &DisclosedCase, at: usize, edition: Edition) -> Result<Vec<u8>, Refusal> {
        let made = self.document(disclosed.case(), disclosed.drawn(), at, edition);
        let (document, metadata) = made.map_err(|refusal| in_whole_case(refusal, disclosed))?;
        Ok(pdf::write(&document, &metadata, &self.fonts)?)
    }

    /// What would make the pages of one document wrong and can be seen without laying it out: in the
    /// document, in the shared data and in the case itself.
    #[must_use]
    pub fn faults(&self, case: &Case, at: usize) -> Vec<Problem> {
        let concerns = |place: &Place| place.document.is_none_or(|document| document == at);
        let mut problems = faults(case, &self.library.rules());
        problems.retain(|problem| concerns(&problem.place));
        problems
    }

    /// One document laid out, unless something would be wrong on its pages. Its picture of a plan
    /// is drawn from `drawn`, where the document has the same place.
    fn document(
        &self,
        case: &Case,
        drawn: &Case,
        at: usize,
        edition: Edition,
    ) -> Result<(Document, Metadata), Refusal> {
        let mut problems = self.faults(case, at);
        let timeline = self.timeline(drawn, at);
        let Some(source) = self.source(case, at, edition) else {
            return Err(Refusal::Problems(problems));
        };
        let source = Source { timeline: timeline.as_ref(), ..source };
        let mut document = layout::layout(&source);
        problems.extend(document.problems.iter().cloned());
        problems.sort();
        problems.dedup();
        if !problems.is_empty() {
            return Err(Refusal::Problems(problems));
        }
        if edition == Edition::Draft {
            document.across = Some(words::DRAFT.to_owned());
        }
        let metadata = metadata(&source, &self.library.people);
        Ok((document, metadata))
    }

    /// One document as it stands, whatever is wrong with it, for looking at: laid out and as a
    /// PDF, a draft without the word across it. None where there is no such document or form.
    ///
    /// # Errors
    /// The PDF cannot be made.
    pub fn page(&self, case: &Case, at: usize) -> Result<Option<(Document, Vec<u8>)>, Failure> {
        let timeline = self.timeline(case, at);
        let Some(source) = self.source(case, at, Edition::Draft) else { return Ok(None) };
        let source = Source { timeline: timeline.as_ref(), ..source };
        let document = layout::layout(&source);
        let bytes = pdf::write(&document, &metadata(&source, &self.library.people), &self.fonts)?;
        Ok(Some((document, bytes)))
    }

    /// Writes a draft of one document into a folder. Returns its path.
    ///
    /// # Errors
    /// As [`Self::pdf`]; a PDF of that name is there that is not an earlier one of this very
    /// document; or the disk refuses.
    pub fn write(&mut self, case: &Case, at: usize, folder: &Path) -> Result<PathBuf, Refusal> {
        let bytes = self.pdf(case, at, Edition::Draft)?;
        let form = self.form(case, at).map_or("", |form| &form.short_title);
        let path = folder.join(file_name(case, at, form));
        if path.exists() && self.is_written(&path) {
            return Err(Failure::SameName { path }.into());
        }
        put(&path, &bytes, &identity(case, at))?;
        self.written.extend(canonicalize(&path));
        Ok(path)
    }

    /// Writes drafts of all documents of a case into one PDF.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn write_together(&self, case: &Case, path: &Path) -> Result<(), Refusal> {
        let mut together: Option<(Document, Metadata)> = None;
        for at in 0..case.documents.len() {
            let (document, metadata) = self.document(case, case, at, Edition::Draft)?;
            match &mut together {
                Some((all, _)) => all.append(document),
                None => together = Some((document, metadata)),
            }
        }
        let Some((document, mut metadata)) = together else {
            return Err(Failure::NoDocuments { path: path.to_owned() }.into());
        };
        metadata.title.clone_from(&case.number);
        metadata.identity = format!("{}/together", whose(case));
        metadata.imprint = None;
        self.put(&document, &metadata, path)
    }

    /// Writes an empty form, to be filled by hand.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn write_empty(&self, form: &str, path: &Path) -> Result<(), Refusal> {
        let case = Case::new(String::new(), String::new(), [form.to_owned()]);
        let Some(source) = self.source(&case, 0, Edition::Empty) else {
            return Err(Failure::UnknownForm { key: form.to_owned(), nearest: Vec::new() }.into());
        };
        let document = layout::layout(&source);
        if !document.problems.is_empty() {
            return Err(Refusal::Problems(document.problems));
        }
        let mut metadata = metadata(&source, &self.library.people);
        metadata.identity = format!("empty/{form}");
        metadata.imprint = None;
        self.put(&document, &metadata, path)
    }

    /// Writes a PDF to where the user said.
    fn put(&self, document: &Document, metadata: &Metadata, path: &Path) -> Result<(), Refusal> {
        let bytes = pdf::write(document, metadata, &self.fonts)?;
        Ok(put(path, &bytes, &metadata.identity)?)
    }

    fn is_written(&self, path: &Path) -> bool {
        canonicalize(path).is_ok_and(|path| self.written.contains(&path))
    }

    fn form(&self, case: &Case, at: usize) -> Option<&Form> {
        self.library.forms.get(&case.documents.get(at)?.form)
    }

    fn source<'s>(&'s self, case: &'s Case, at: usize, edition: Edition) -> Option<Source<'s>> {
        let form = self.form(case, at)?;
        Some(Source { form, case, at, fonts: &self.fonts, today: self.today, edition, timeline: None })
    }
}

/// The problems of what is disclosed, with their places in the whole case.
fn in_whole_case(refusal: Refusal, disclosed: &DisclosedCase) -> Refusal {
    let Refusal::Problems(mut problems) = refusal else { return refusal };
    for problem in &mut problems {
        problem.place.document = problem.place.document.and_then(|at| disclosed.places().get(at).copied());
    }
    Refusal::Problems(problems)
}

/// Writes a PDF, over an earlier one of the same identity at most: one that was signed, changed
/// or is another is left alone.
fn put(path: &Path, bytes: &[u8], identity: &str) -> Result<(), Failure> {
    match Disk.read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(file_failure(path, &error)),
        Ok(old) if !pdf::is_untouched(&old, identity) => {
            return Err(Failure::ForeignPdf { path: path.to_owned() });
        }
        Ok(_) => {}
    }
    overwrite(&Disk, path, bytes)
}

/// A copy of the PDF of a revision with 旧版 across every page: it prints what was handed out and is
/// never taken for it.
///
/// # Errors
/// The bytes are no PDF of this program, or a font of it is damaged.
pub fn old_version_copy(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    pdf::old_version(bytes, &Fonts::new(assets::FONTS)?)
}

/// The characters that an empty form could not print, as problems of it.
///
/// # Errors
/// A font of the program is damaged.
pub fn form_problems(form: &Form, today: NaiveDate) -> Result<Vec<What>, Failure> {
    let case = Case::new(String::new(), String::new(), [form.key.clone()]);
    let fonts = Fonts::new(assets::FONTS)?;
    let document = layout::layout(&Source {
        form,
        case: &case,
        at: 0,
        fonts: &fonts,
        today,
        edition: Edition::Empty,
        timeline: None,
    });
    Ok(document.problems.into_iter().map(|problem| problem.what).collect())
}

/// What the PDF says about itself: the form, the hospital, the day of the document.
#[must_use]
pub fn metadata(source: &Source<'_>, people: &People) -> Metadata {
    let value = |key: &str| source.case.value(source.document(), key);
    let hospital = people.field_meaning(Meaning::HospitalName).and_then(|field| source.case.people.get(&field.key));
    let day = source.form.field_meaning(Meaning::DocumentDate).and_then(|field| value(&field.key));
    Metadata {
        title: source.form.title.clone(),
        author: hospital.and_then(Value::as_text).unwrap_or_default().to_owned(),
        date: day.and_then(Value::as_date),
        identity: paper_identity(source),
        imprint: Some(imprint(source)),
    }
}

/// What stays the same for all drafts of a document; every copy of every revision is a file of
/// its own, so that a draft is never written over one.
fn paper_identity(source: &Source<'_>) -> String {
    let document = identity(source.case, source.at);
    match source.edition {
        Edition::Draft | Edition::Empty => document,
        Edition::Revision { number, mark: None } => format!("{document}/{number}"),
        Edition::Revision { number, mark: Some(mark) } => format!("{document}/{number}/{mark:?}"),
    }
}

fn imprint(source: &Source<'_>) -> Imprint {
    Imprint {
        case: digest(whose(source.case)),
        document: digest(&identity(source.case, source.at)),
        edition: source.edition,
        is_old: false,
        fingerprint: fingerprint(source.case, source.document(), source.form),
        open_to: None,
    }
}

/// What stays the same for one document of one case, however it is changed. The case number
/// stands in for a case that was written by hand and has no identity.
#[must_use]
pub fn identity(case: &Case, at: usize) -> String {
    format!("{}/{}/{}", whose(case), case.documents[at].form, case.documents[at].id)
}

fn whose(case: &Case) -> &str {
    if case.id.is_empty() { &case.number } else { &case.id }
}

/// Which document of its form it is, counted from 1.
fn nth(case: &Case, at: usize) -> usize {
    case.documents_of(&case.documents[at].form).take_while(|other| *other < at).count() + 1
}

/// `R8-0007_主治医意見書.pdf`; the second document of a form has `_2`.
fn file_name(case: &Case, at: usize, short_title: &str) -> String {
    format!("{}_{}.pdf", safe_file_name(&case.number), safe_file_name(&numbered_title(case, at, short_title)))
}

/// The short title of a document as it stands in file names: the second one of a form has `_2`.
#[must_use]
pub fn numbered_title(case: &Case, at: usize, short_title: &str) -> String {
    match nth(case, at) {
        1 => short_title.to_owned(),
        nth => format!("{short_title}_{nth}"),
    }
}

/// A part of a file name that every system takes, and that hides nothing.
#[must_use]
pub fn safe_file_name(text: &str) -> String {
    let is_safe = |c: char| !c.is_control() && !"<>:\"/\\|?*".contains(c);
    let text: String = text.trim().chars().map(|c| if is_safe(c) { c } else { '-' }).collect();
    text.trim_matches('.').to_owned()
}
