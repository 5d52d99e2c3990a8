//! What a package says about itself. A package is one encrypted file that leaves the hospital or
//! comes back; [`crate::share`] writes and reads it.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::failure::{Position, TextTrouble};
use super::revision::Recipient;
use super::value::Key;

/// The newest package format that this program reads.
pub const FORMAT: u32 = 1;

/// The largest package, in bytes: a case with the scans of a hundred signed pages has room in it,
/// and it can be held in memory as a whole.
pub const PACKAGE_LIMIT: u64 = 100_000_000;

/// What a package is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackageSort {
    /// Papers for somebody outside, who may answer.
    Share,
    /// The answer to such a package.
    Reply,
    /// A whole case, for another coordinator to go on with.
    HandOver,
}

/// What a package says about itself, in its `manifest.ron`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "Package")]
pub struct Manifest {
    /// The format of the package; always first.
    pub format: u32,
    /// What it is for.
    pub sort: PackageSort,
    /// What tells it from every other package: given once, at random.
    pub id: String,
    /// The identity of the case.
    pub case: String,
    /// The case number.
    pub number: String,
    /// The package that it answers, by its identity; none but in a reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    /// Who made it: the hospital, or in a reply whoever answers.
    pub from: String,
    /// For whom.
    pub to: Recipient,
    /// The day on which it was made.
    pub on: NaiveDate,
    /// The papers in it.
    pub papers: Vec<PackedPaper>,
    /// Every other file in it.
    pub files: Vec<PackedFile>,
}

/// A paper in a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedPaper {
    /// The identity of the document in its case.
    pub document: u32,
    /// The key of its form.
    pub form: Key,
    /// The number of the revision.
    pub revision: u32,
}

/// A file in a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedFile {
    /// Its name: no folder, and nothing that a system would not take.
    pub name: String,
    /// Its size, in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
}

/// That a whole case was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The day.
    pub on: NaiveDate,
    /// To whom.
    pub to: Recipient,
    /// The package, by its identity.
    pub package: String,
    /// The consent that it went under, by its number; none within the hospital.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<u32>,
}

/// A passphrase. It is never written anywhere, nor shown by a fault.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Passphrase(pub String);

impl fmt::Debug for Passphrase {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Passphrase(…)")
    }
}

/// Why a passphrase is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassphraseTrouble {
    /// There is none.
    Empty,
    /// Somebody who tries finds it out.
    Weak,
}

/// What is wrong with a package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackageTrouble {
    /// It is no file in the `age` format.
    NotEncrypted,
    /// It is encrypted for a key, not with a passphrase.
    OtherKey,
    /// It asks for more work or memory than this program gives to a passphrase.
    TooCostly,
    /// The passphrase is a wrong one.
    WrongPassphrase,
    /// It was cut off or altered on its way.
    Damaged,
    /// What was encrypted is no package of this program.
    NoPackage,
    /// It is of a newer format.
    Newer,
    /// A file in it has a name that would leave the folder, or that a system does not take.
    BadName,
    /// Two files in it have the same name.
    SameName,
    /// It has more files than any package has.
    TooMany,
    /// It is larger than [`PACKAGE_LIMIT`], or says so.
    TooLarge,
    /// A file in it is not what the manifest says.
    Differs {
        /// Its name.
        name: String,
    },
    /// A file that the manifest names is not in it.
    Missing {
        /// Its name.
        name: String,
    },
    /// A file is in it that the manifest does not name.
    Unnamed {
        /// Its name.
        name: String,
    },
    /// A file in it cannot be read as what it should be.
    Text {
        /// Its name.
        name: String,
        /// Where.
        position: Position,
        /// What is wrong there.
        trouble: TextTrouble,
    },
    /// A file in it can be read and says something wrong.
    Wrong {
        /// Its name.
        name: String,
    },
    /// It is for something else: to open, to merge, to take over.
    OtherSort {
        /// What it is for.
        found: PackageSort,
    },
}
