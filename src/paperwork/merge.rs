//! Taking in what somebody outside filled in and sent back.

use crate::model::failure::Failure;
use crate::model::record::{Record, Refused};
use crate::model::reply::{Choice, Reply, merge, received};
use crate::store::case_file::CaseFile;

use super::{Office, Prepared};

impl Office<'_> {
    /// Compares the reply with the case as it is now, whatever was shown before.
    pub(super) fn merge(&self, file: &CaseFile, reply: &Reply, choices: &[Choice]) -> Result<Prepared, Failure> {
        if let Some(known) = received(&file.case, reply) {
            return Err(Failure::Record { refused: Refused::AlreadyTaken { on: known.on } });
        }
        let refuse = |trouble| Failure::Reply { path: file.path.clone(), trouble };
        let merging = merge(&file.case, &self.library.rules(), reply).map_err(refuse)?;
        let settled = merging.settled(choices).map_err(|places| Failure::Unchosen { places })?;
        let record = Record::TakeReply(settled.record(reply, self.now.today));
        Ok(Prepared { settled: Some(settled), notes: merging.notes, ..record.into() })
    }
}
