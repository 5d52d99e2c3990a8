//! A thread that lays out, writes and draws the document that is looked at.
//!
//! Only the newest request counts: what was asked for meanwhile is passed over.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use chrono::NaiveDate;

use crate::export::Exporter;
use crate::layout::document::Document;
use crate::model::case::Case;
use crate::model::check::Problem;
use crate::model::failure::Failure;
use crate::store::template_file::Library;

use super::draw::{Pixels, draw};

/// What is to be drawn.
#[derive(Clone, Debug)]
pub struct Request {
    /// The forms: a case from a package brings its own.
    pub library: Arc<Library>,
    /// The case.
    pub case: Arc<Case>,
    /// Which opening of a case it is: another one is another case.
    pub opening: u64,
    /// Its revision: the same number is the same content.
    pub revision: u64,
    /// Which document of it.
    pub at: usize,
    /// Today: the era of a date that is left to be written.
    pub today: NaiveDate,
    /// The width of a page, in pixels.
    pub width: u32,
    /// The pages that are looked at, counted from 0.
    pub pages: Range<usize>,
}

impl Request {
    /// Whether another request asks for the same picture.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.is_same_document(other) && self.width == other.width && self.pages == other.pages
    }

    fn is_same_document(&self, other: &Self) -> bool {
        let key = |request: &Self| (request.opening, request.revision, request.at, request.today);
        key(self) == key(other)
    }
}

/// A drawn document.
#[derive(Debug)]
pub struct Picture {
    /// What was asked for.
    pub request: Request,
    /// The laid out document, with the places of its fields; none where its form is not known.
    pub document: Option<Document>,
    /// All problems of the case.
    pub problems: Vec<Problem>,
    /// The pages; none for one that was not asked for.
    pub pages: Vec<Option<Pixels>>,
    /// Why there is no picture.
    pub failure: Option<Failure>,
}

/// The thread. It ends when this is dropped.
pub struct Worker {
    requests: Sender<Request>,
    pictures: Receiver<Picture>,
}

impl Worker {
    /// Starts the thread; `wake` is called whenever a picture is ready.
    ///
    /// # Errors
    /// The system has no thread to give.
    pub fn start(wake: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (requests, incoming) = channel();
        let (outgoing, pictures) = channel();
        std::thread::Builder::new().name("preview".to_owned()).spawn(move || {
            let mut kept = None;
            while let Some(request) = newest(&incoming) {
                let asked = request.clone();
                let drawn = catch_unwind(AssertUnwindSafe(|| picture(request, &mut kept)));
                // The page of one content failed: that of the next one may be drawn again.
                let picture = drawn.unwrap_or_else(|_| broken(asked));
                if outgoing.send(picture).is_err() {
                    break;
                }
                wake();
            }
        })?;
        Ok(Self { requests, pictures })
    }

    /// Asks for a picture.
    pub fn request(&self, request: Request) {
        // The thread can only be gone if it panicked: then the page stays as it is.
        let _ = self.requests.send(request);
    }

    /// The newest picture that is ready.
    #[must_use]
    pub fn poll(&self) -> Option<Picture> {
        self.pictures.try_iter().last()
    }
}

fn newest(incoming: &Receiver<Request>) -> Option<Request> {
    let first = incoming.recv().ok()?;
    Some(incoming.try_iter().last().unwrap_or(first))
}

/// A written document: scrolling and zooming draw it again without writing it again.
struct Written {
    request: Request,
    document: Option<Document>,
    bytes: Vec<u8>,
    problems: Vec<Problem>,
}

fn picture(request: Request, kept: &mut Option<Written>) -> Picture {
    if !kept.as_ref().is_some_and(|written| written.request.is_same_document(&request)) {
        *kept = None;
    }
    let written = match kept.take().map_or_else(|| write(&request), Ok) {
        Ok(written) => kept.insert(written),
        Err(failure) => {
            return Picture {
                request,
                document: None,
                problems: Vec::new(),
                pages: Vec::new(),
                failure: Some(failure),
            };
        }
    };
    let drawn = match &written.document {
        Some(_) => draw(&written.bytes, request.width, &request.pages),
        None => Ok(Vec::new()),
    };
    let (pages, failure) = match drawn {
        Ok(pages) => (pages, None),
        Err(reason) => (Vec::new(), Some(Failure::Inside { reason })),
    };
    let (document, problems) = (written.document.clone(), written.problems.clone());
    Picture { request, document, problems, pages, failure }
}

fn broken(request: Request) -> Picture {
    let failure = Some(Failure::Inside { reason: "preview".to_owned() });
    Picture { request, document: None, problems: Vec::new(), pages: Vec::new(), failure }
}

fn write(request: &Request) -> Result<Written, Failure> {
    let exporter = Exporter::new(&request.library, request.today)?;
    let problems = exporter.problems(&request.case);
    let (document, bytes) = exporter.page(&request.case, request.at)?.unzip();
    Ok(Written { request: request.clone(), document, bytes: bytes.unwrap_or_default(), problems })
}
