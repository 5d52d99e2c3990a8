//! The templates: those inside of the program, and those of the user's folders on top.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::assets;
use crate::model::check::Rules;
use crate::model::diagnoses::Diagnoses;
use crate::model::failure::{Failure, Position, TextTrouble};
use crate::model::form::{FORMAT, Form};
use crate::model::people::People;
use crate::model::process::Process;
use crate::model::template_check::{check_form, check_instead, check_people};
use crate::model::template_problem::TemplateWhat;
use crate::model::value::Key;
use crate::model::wording::Topics;

use super::atomic::{Disk, Medium};
use super::{file_failure, locate, places, ron_text};

/// The environment variable that names one more folder of templates.
pub const FOLDER_VARIABLE: &str = "RYORITSU_TEMPLATES";

/// All forms that are known.
#[derive(Clone, Debug)]
pub struct Library {
    /// The description of the shared data.
    pub people: People,
    /// The steps of the process.
    pub process: Process,
    /// The words that the cross-checks read by.
    pub topics: Topics,
    /// The words that tell a diagnosis.
    pub diagnoses: Diagnoses,
    /// The forms by key.
    pub forms: BTreeMap<Key, Form>,
    /// The file that a form came from; none for those inside of the program.
    pub sources: BTreeMap<Key, PathBuf>,
    /// What keeps files of the user's folders from being used.
    pub troubles: Vec<TemplateTrouble>,
}

/// Why a template is not used.
#[derive(Clone, Debug, PartialEq)]
pub enum TemplateTrouble {
    /// The file cannot be read.
    Unreadable(Failure),
    /// It can be read and says something wrong.
    Wrong {
        /// The file.
        path: PathBuf,
        /// Where.
        position: Position,
        /// What.
        what: TemplateWhat,
    },
}

impl Library {
    /// The templates inside of the program.
    ///
    /// # Errors
    /// Never in a released program; a test reads them all.
    pub fn built_in() -> Result<Self, Failure> {
        let text = assets::TEMPLATES.iter().find(|(name, _)| *name == assets::PEOPLE).map_or("", |(_, text)| *text);
        let people: People = ron_text::parse(Path::new(assets::PEOPLE), text, false)?;
        let process = ron_text::parse(Path::new("process.ron"), assets::PROCESS, false)?;
        let topics = ron_text::parse(Path::new("topics.ron"), assets::TOPICS, false)?;
        let diagnoses = ron_text::parse(Path::new("diagnoses.ron"), assets::DIAGNOSES, false)?;
        let (forms, sources, troubles) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
        let mut library = Self { people, process, topics, diagnoses, forms, sources, troubles };
        for (name, text) in assets::TEMPLATES.iter().filter(|(name, _)| *name != assets::PEOPLE) {
            let (form, _) = parse(Path::new(name), text, &library.people, &library.topics)?;
            library.forms.insert(form.key.clone(), form);
        }
        Ok(library)
    }

    /// The same, and the user's folders on top: a form of the same key takes the place of one
    /// inside of the program. What is wrong in a file is kept in [`Self::troubles`].
    ///
    /// # Errors
    /// As [`Self::built_in`].
    pub fn load() -> Result<Self, Failure> {
        let mut library = Self::built_in()?;
        for folder in folders() {
            library.add_folder(&folder);
        }
        Ok(library)
    }

    /// What the checks of a case go by.
    #[must_use]
    pub fn rules(&self) -> Rules<'_> {
        Rules { forms: &self.forms, people: &self.people, topics: &self.topics, diagnoses: &self.diagnoses }
    }

    /// Adds the templates of a folder. One that is not there adds none, unless it was named by
    /// [`FOLDER_VARIABLE`]: then that is told.
    pub fn add_folder(&mut self, folder: &Path) {
        let mut files = match Disk.list(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound && !is_named(folder) => return,
            Err(error) => {
                self.troubles.push(TemplateTrouble::Unreadable(file_failure(folder, &error)));
                return;
            }
            Ok(files) => files,
        };
        files.retain(|file| file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ron")));
        files.sort();
        for file in files {
            match read(&file, &self.people, &self.topics) {
                Err(failure) => self.troubles.push(TemplateTrouble::Unreadable(failure)),
                Ok((form, troubles)) if troubles.is_empty() => self.add(form, file),
                Ok((_, mut troubles)) => self.troubles.append(&mut troubles),
            }
        }
        self.drop_without_instead(folder);
    }

    /// Takes out the forms of a folder that name a wrong one to go in their place: only when all of
    /// the folder are read is it known which there are.
    fn drop_without_instead(&mut self, folder: &Path) {
        let own = self.sources.iter().filter(|(_, file)| file.parent() == Some(folder));
        let wrong: Vec<(Key, PathBuf)> = own
            .filter(|(key, _)| self.forms.get(*key).is_some_and(|form| check_instead(form, &self.forms).is_some()))
            .map(|(key, file)| (key.clone(), file.clone()))
            .collect();
        for (key, file) in wrong {
            let trouble = self.forms.get(&key).and_then(|form| self.instead_trouble(&file, form));
            self.troubles.extend(trouble);
            self.sources.remove(&key);
            self.forms.remove(&key);
            if let Some(form) = self.built_in_form(&key) {
                self.forms.insert(key, form);
            }
        }
    }

    /// What is wrong with the form that a form names to go in its place.
    #[must_use]
    pub fn instead_trouble(&self, file: &Path, form: &Form) -> Option<TemplateTrouble> {
        let problem = check_instead(form, &self.forms)?;
        let text = ron_text::read_file(file).map(|(text, _)| text).unwrap_or_default();
        let position = locate::locate(&text, &problem.path);
        Some(TemplateTrouble::Wrong { path: file.to_owned(), position, what: problem.what })
    }

    /// The form of that key inside of the program.
    fn built_in_form(&self, key: &str) -> Option<Form> {
        let templates = assets::TEMPLATES.iter().filter(|(name, _)| *name != assets::PEOPLE);
        let mut forms =
            templates.filter_map(|(name, text)| parse(Path::new(name), text, &self.people, &self.topics).ok());
        forms.find(|(form, _)| form.key == key).map(|(form, _)| form)
    }

    fn add(&mut self, form: Form, file: PathBuf) {
        let is_same_folder = |other: &PathBuf| other.parent() == file.parent();
        if self.sources.get(&form.key).is_some_and(is_same_folder) {
            let what = TemplateWhat::DuplicateKey(form.key);
            self.troubles.push(TemplateTrouble::Wrong { path: file, position: Position { line: 1, column: 1 }, what });
            return;
        }
        self.sources.insert(form.key.clone(), file);
        self.forms.insert(form.key.clone(), form);
    }
}

/// Reads a template and finds what is wrong with it.
///
/// # Errors
/// The file cannot be read, or is no template.
pub fn read(path: &Path, people: &People, topics: &Topics) -> Result<(Form, Vec<TemplateTrouble>), Failure> {
    let (text, _) = ron_text::read_file(path)?;
    parse(path, &text, people, topics)
}

/// The same from its text.
///
/// # Errors
/// What is wrong with the text, and where.
pub fn parse(
    path: &Path,
    text: &str,
    people: &People,
    topics: &Topics,
) -> Result<(Form, Vec<TemplateTrouble>), Failure> {
    let (name, format) = locate::head(text);
    if name.as_deref().is_some_and(|name| name != "Form") {
        let position = Position { line: 1, column: 1 };
        return Err(Failure::Text { path: path.to_owned(), position, trouble: TextTrouble::UnknownSort });
    }
    if format.is_some_and(|format| format > FORMAT) {
        return Err(Failure::NewerTemplate { path: path.to_owned() });
    }
    let form: Form = ron_text::parse(path, text, false)?;
    let form = form.resolve(people);
    let troubles = check_form(&form, people, topics).into_iter().map(|problem| TemplateTrouble::Wrong {
        path: path.to_owned(),
        position: locate::locate(text, &problem.path),
        what: problem.what,
    });
    let troubles = troubles.collect();
    Ok((form, troubles))
}

/// What is wrong in the description of the shared data inside of the program.
#[must_use]
pub fn people_problems(people: &People) -> usize {
    check_people(people).len()
}

/// Whether the user named this folder, and so expects it to be there.
fn is_named(folder: &Path) -> bool {
    std::env::var_os(FOLDER_VARIABLE).is_some_and(|named| Path::new(&named) == folder)
}

/// The user's folders of templates, each on top of the one before: beside the program, in the
/// user's settings, and the one of [`FOLDER_VARIABLE`].
#[must_use]
pub fn folders() -> Vec<PathBuf> {
    let program = places::beside_program("templates");
    let settings = places::settings_folder().map(|folder| folder.join("templates"));
    let named = std::env::var_os(FOLDER_VARIABLE).map(PathBuf::from);
    [program, settings, named].into_iter().flatten().collect()
}
