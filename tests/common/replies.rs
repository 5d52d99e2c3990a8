//! Papers that went out in a package, and what came back.

use ryoritsu::model::case::Case;
use ryoritsu::model::disclosure::{Request, disclose};
use ryoritsu::model::form::Party;
use ryoritsu::model::package::{FORMAT, Manifest, PackageSort, PackedPaper};
use ryoritsu::model::record::Record;
use ryoritsu::model::reply::{Reply, reply};
use ryoritsu::model::revision::{Copy, Handout, KeptFile, LeftOut, Paper, Purpose, Recipient, Revision};
use ryoritsu::store::template_file::Library;

use super::{consent, example, today};

pub const CONSULTATION: usize = 1;
pub const PLAN: usize = 2;

/// A case of which papers went to somebody in a package.
pub struct Shared {
    pub library: Library,
    /// The case in the hospital.
    pub case: Case,
    /// The case as it came in the package.
    pub sent: Case,
    pub manifest: Manifest,
}

pub fn somebody(party: Party) -> Recipient {
    Recipient { party, name: "今野　智子".to_owned() }
}

/// C1 with a consent that everything may go to everybody, with the diagnosis or without it.
pub fn consented(diagnosis: bool) -> Case {
    let mut case = example("c1");
    "0123456789abcdef".clone_into(&mut case.id);
    let to = vec![Party::Company, Party::OutsideCoordinator, Party::OccupationalPhysician];
    let consent = ryoritsu::model::consent::Consent { to, diagnosis, ..consent(today()) };
    case.enter(&Record::Consent(consent)).expect("consented");
    case
}

impl Shared {
    /// These documents of C1 went to somebody.
    pub fn new(documents: &[usize], party: Party) -> Self {
        Self::of(consented(true), documents, party, "package-1")
    }

    pub fn of(mut case: Case, documents: &[usize], party: Party, id: &str) -> Self {
        let library = super::library();
        let to = somebody(party);
        let rules = library.rules();
        let request = Request { case: &case, documents, to: &to, decisions: &[], rules: &rules, today: today() };
        let disclosed = disclose(&request).expect("it may go").preview().clone();
        let sent = disclosed.case().clone();
        let mut papers = Vec::new();
        let mut packed = Vec::new();
        for (nth, at) in documents.iter().enumerate() {
            let document = &case.documents[*at];
            let form = &library.forms[&document.form];
            let mut revision = match Paper::of(&case, document, form) {
                Paper::Current(revision) => Revision { handouts: Vec::new(), ..Revision::clone(&revision) },
                _ => Revision::of(&case, document, form, Vec::new(), today()),
            };
            let (purpose, package) = (Purpose::ForGood, Some(id.to_owned()));
            let handout = Handout {
                on: today(),
                to: to.clone(),
                purpose,
                marks: Vec::new(),
                consent: None,
                package,
                told: Vec::new(),
            };
            revision.handouts = vec![handout];
            revision.copies = disclosed.left_out(nth, form).map(copy).into_iter().collect();
            packed.push(PackedPaper { document: document.id, form: document.form.clone(), revision: revision.number });
            papers.push((document.id, revision));
        }
        case.enter(&Record::Share { package: id.to_owned(), papers }).expect("shared");
        let manifest = Manifest {
            format: FORMAT,
            sort: PackageSort::Share,
            id: id.to_owned(),
            case: case.id.clone(),
            number: case.number.clone(),
            answers: None,
            from: "星見市民病院".to_owned(),
            to,
            on: today(),
            papers: packed,
            files: Vec::new(),
        };
        Self { library, case, sent, manifest }
    }

    /// What comes back when the case that was sent is filled in.
    pub fn reply(&self, fill: impl FnOnce(&mut Case)) -> Reply {
        let mut filled = self.sent.clone();
        fill(&mut filled);
        reply(&filled, &self.sent, &self.manifest, &self.library.rules(), today())
    }
}

/// A copy from which something was left out.
fn copy(left_out: LeftOut) -> Copy {
    let file = KeptFile { name: "copy.pdf".to_owned(), sha256: String::new(), size: 0 };
    Copy { mark: None, with_timeline: false, left_out: Some(left_out), file }
}

/// The passphrase of the packages of the tests.
pub const PASSPHRASE: &str = "さくら みかん たいよう";

pub fn passphrase() -> ryoritsu::model::package::Passphrase {
    ryoritsu::share::passphrase::prepared(PASSPHRASE)
}

impl Shared {
    /// The file that went out, quickly made.
    pub fn package(&self) -> Vec<u8> {
        let text = ryoritsu::store::ron_text::write(&self.sent).expect("a case can be written");
        let files = [("case.ron".to_owned(), text.into_bytes())].into();
        let package = ryoritsu::share::package::Package { manifest: self.manifest.clone(), files };
        ryoritsu::share::package::seal(&package, &passphrase(), 2).expect("sealed")
    }

    /// The file that came back, quickly made.
    pub fn sealed(&self, reply: &Reply) -> Vec<u8> {
        ryoritsu::share::reply::seal(reply, &self.manifest, "reply-1".to_owned(), &passphrase(), 2).expect("sealed")
    }
}
