//! `calendar`: what is coming up in the cases of a folder, for a calendar program.

use std::path::Path;

use chrono::Utc;

use crate::messages::done;
use crate::model::failure::Failure;
use crate::report::calendar::{self, Options};
use crate::store::atomic::Disk;
use crate::store::folder;

use super::report::say;
use super::{Context, library};

/// Writes the calendar. What cannot be read is told and left out.
pub(super) fn calendar(context: &mut Context, folder: &Path, out: &Path, has_names: bool) -> Result<(), Failure> {
    let library = library()?;
    let mut cases = Vec::new();
    for one in folder::peek(folder, &library)? {
        match one.what {
            Ok(case) => cases.push(case),
            Err(failure) => context.refuse(&failure),
        }
    }
    let options = Options { made_at: Utc::now().naive_utc(), today: context.now.today, has_names };
    let calendar = calendar::calendar(&cases, &options);
    calendar::write(&Disk, out, &calendar)?;
    say(&done::calendar(calendar.events, &out.display().to_string()));
    Ok(())
}
