//! The shared data of a case: the people, the workplace, the hospital. Typed once, filled in on
//! every form.
//!
//! Which shared fields there are is data as well (`templates/people.ron`); a form takes one by
//! naming its key, such as `patient.name`.

use serde::{Deserialize, Serialize};

use super::form::{Field, Meaning};

/// The description of the shared data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename = "People")]
pub struct People {
    /// The format of the file; see [`super::form::FORMAT`].
    pub format: u32,
    /// The shared fields, in the order in which they are asked for.
    pub fields: Vec<Field>,
}

impl People {
    /// The shared field of that key.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The shared field that means this.
    #[must_use]
    pub fn field_meaning(&self, meaning: Meaning) -> Option<&Field> {
        self.fields.iter().find(|field| field.meaning == Some(meaning))
    }
}
