//! The fingerprint of a document （照合番号）: it tells whether two pages say the same.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::case::{Case, Document};
use super::form::Form;
use super::value::{Value, Values};

/// The first 8 hexadecimal digits of the SHA-256 of form key, template version and the values
/// that stand on the form, shared ones included, and of what is printed instead of characters in
/// them.
#[must_use]
pub fn fingerprint(case: &Case, document: &Document, form: &Form) -> String {
    let mut hash = Sha256::new();
    let mut put = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    put(&form.key);
    put(&form.version);
    let printed = |key: &str| case.value(document, key).filter(|value| !value.is_empty());
    for field in &form.fields {
        if let Some(value) = printed(&field.key) {
            put(&field.key);
            put_value(&mut put, value);
        }
    }
    // Those of other papers, which may have been left out, make no difference here.
    let is_used =
        |character: &str| form.fields.iter().filter_map(|one| printed(&one.key)).any(|value| value.contains(character));
    for (character, substitute) in case.print_substitutes.iter().filter(|(character, _)| is_used(character)) {
        put("substitute");
        put(character);
        put(substitute);
    }
    let digest = hash.finalize();
    let first = digest.iter().take(4).fold(0_u32, |all, byte| all << 8 | u32::from(*byte));
    format!("{first:08x}")
}

/// The SHA-256 of a value, in hexadecimal digits.
#[must_use]
pub fn value_sha256(value: &Value) -> String {
    let mut hash = Sha256::new();
    let mut put = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    put_value(&mut put, value);
    hexadecimal(&hash.finalize())
}

/// Bytes as hexadecimal digits.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    let mut digits = String::new();
    for byte in bytes {
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// A value in a form that no other value has; independent of how files are written.
fn put_value(put: &mut impl FnMut(&str), value: &Value) {
    match value {
        Value::Blank => put("blank"),
        Value::Text(text) => {
            put("text");
            put(text);
        }
        Value::Number(number) => {
            put("number");
            put(&number.to_string());
        }
        Value::Date(date) => {
            put("date");
            put(&date.to_string());
        }
        Value::Tick(detail) => {
            put("tick");
            put_value(put, detail);
        }
        Value::Choice(chosen) => put_values(put, "choice", chosen),
        Value::Rows(rows) => {
            put("rows");
            for row in rows {
                put_values(put, "row", row);
            }
        }
    }
}

fn put_values(put: &mut impl FnMut(&str), sort: &str, values: &Values) {
    put(sort);
    put(&values.len().to_string());
    for (key, value) in values {
        put(key);
        put_value(put, value);
    }
}
