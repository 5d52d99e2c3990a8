//! `list`, `forms`, `licenses`: what there is.

use std::path::Path;

use crate::assets;
use crate::messages;
use crate::model::case::is_shared;
use crate::model::failure::Failure;
use crate::model::form::{Field, Wording};
use crate::store::folder::{self, Listed};

use super::address::nearest;
use super::report::{say, tell_failure};
use super::{Context, library};

/// The cases of a folder; broken files are listed as such.
pub(super) fn list(context: &Context, path: &Path) -> Result<(), Failure> {
    let library = library()?;
    for Listed { path, what, .. } in folder::peek(path, &library)? {
        match what {
            Err(failure) => tell_failure(&failure),
            Ok(case) => {
                let form = case.form().and_then(|form| library.forms.get(form));
                let title = form.map(|form| form.short_title.as_str());
                let words = messages::standing(&case.standing, title, &library.process);
                let due = messages::due(case.due(context.now.today));
                let what = case.next(context.now.today).map(|next| messages::follow_up::occasion(&next.what));
                let what = what.unwrap_or_default();
                say(&format!("{}\t{}\t{words}\t期日 {due}\t{what}", path.display(), case.number));
            }
        }
    }
    Ok(())
}

/// The forms that are known.
pub(super) fn forms() -> Result<(), Failure> {
    let library = library()?;
    let mut forms: Vec<_> = library.forms.values().collect();
    forms.sort_by_key(|form| (!form.in_new_case, form.step, &form.key));
    for form in forms {
        let source = library.sources.get(&form.key).map_or("標準".to_owned(), |file| file.display().to_string());
        let wording = if form.wording == Wording::Unverified { "（文言未照合）" } else { "" };
        let (key, title, version) = (&form.key, &form.title, &form.version);
        say(&format!("{key}\t{title}{wording}\t{}\t版{version}\t{source}", messages::step(form.step)));
    }
    Ok(())
}

/// The keys of the fields of a form, as `set` takes them, with their labels and options.
pub(super) fn fields(key: &str) -> Result<(), Failure> {
    let library = library()?;
    let Some(form) = library.forms.get(key) else {
        let nearest = nearest(key, library.forms.keys().cloned());
        return Err(Failure::UnknownForm { key: key.to_owned(), nearest });
    };
    for field in &form.fields {
        let prefix = if is_shared(&field.key) { String::new() } else { format!("{key}/") };
        if field.columns().is_empty() {
            say_field(&format!("{prefix}{}", field.key), field);
        }
        for column in field.columns() {
            say_field(&format!("{prefix}{}[1].{}", field.key, column.key), column);
        }
    }
    Ok(())
}

fn say_field(key: &str, field: &Field) {
    let options: Vec<&str> = field.options().iter().map(|option| option.label.as_str()).collect();
    say(&format!("{key}\t{}\t{}", field.label, options.join("、")));
}

/// The licences, in full: the IPA Font License asks that its text goes with the font.
pub(super) fn licenses() {
    for (name, text) in assets::LICENSES {
        say(&format!("==== {name} ====\n"));
        say(text.trim_start_matches('\u{FEFF}').trim_end());
        say("");
    }
}
