//! Words that name a disease or betray it, as `templates/rules/diagnoses.ron` tells them: looked for
//! in whatever goes to somebody who is not to know the diagnosis.
//!
//! No list is whole. What is found is shown to whoever hands a paper out, who decides; what is not
//! found proves nothing.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::value::Key;

/// The diseases with their words.
#[derive(Clone, Debug, Deserialize)]
pub struct Diagnoses {
    #[serde(rename = "format")]
    _format: u32,
    /// The diseases, each with its words.
    pub groups: Vec<Group>,
    /// What stands beside the name of a disease and does not tell it: 術後, 疑い.
    pub modifiers: Vec<String>,
}

/// Diseases that are told by the same words.
#[derive(Clone, Debug, Deserialize)]
pub struct Group {
    /// Unique among the groups, such as `leukaemia`.
    pub key: Key,
    /// What it is called.
    pub label: String,
    /// The groups whose words tell these diseases too.
    #[serde(default)]
    pub also: Vec<Key>,
    /// The words.
    pub words: Vec<String>,
    /// Words that have one of these in them and mean something else: がんばる.
    #[serde(default)]
    pub except: Vec<String>,
}

impl Diagnoses {
    /// The groups of these keys, with those whose words tell their diseases too.
    #[must_use]
    pub fn with_others(&self, keys: &BTreeSet<&str>) -> Vec<&Group> {
        let own = |group: &&Group| keys.contains(group.key.as_str());
        let others = self.groups.iter().filter(own).flat_map(|group| group.also.iter().map(String::as_str));
        let all: BTreeSet<&str> = keys.iter().copied().chain(others).collect();
        self.groups.iter().filter(|group| all.contains(group.key.as_str())).collect()
    }
}
