//! Which replies were taken in, and which field still says what came in one.

use super::{ReceivedReply, Reply, ReplyPlace};
use crate::model::case::Case;
use crate::model::check::Place;
use crate::model::fingerprint::value_sha256;
use crate::model::value::Value;

/// The newest reply from which a field or cell was taken as it stands now. What was changed since,
/// or is empty, is nobody's.
#[must_use]
pub fn supplied_by<'a>(case: &'a Case, place: &Place) -> Option<&'a ReceivedReply> {
    if case.replies.is_empty() {
        return None;
    }
    let document = place.document.map(|at| case.documents.get(at)).map_or(Some(None), |found| found.map(Some))?;
    let values = document.map_or(&case.people, |document| &document.values);
    let value = match (values.get(&place.field)?, &place.cell) {
        (Value::Rows(rows), Some((row, column))) => rows.get(*row)?.get(column)?,
        (_, Some(_)) => return None,
        (value, None) => value,
    };
    let (field, cell) = (place.field.clone(), place.cell.clone());
    let name = ReplyPlace { document: document.map(|document| document.id), field, cell };
    let sha256 = (!value.is_empty()).then(|| value_sha256(value))?;
    let took = |reply: &&ReceivedReply| reply.taken.iter().any(|one| one.place == name && one.sha256 == sha256);
    case.replies.iter().rev().find(took)
}

/// That this very reply was taken in already.
#[must_use]
pub fn received<'a>(case: &'a Case, reply: &Reply) -> Option<&'a ReceivedReply> {
    let sha256 = reply.sha256();
    case.replies.iter().find(|known| known.sha256 == sha256)
}
