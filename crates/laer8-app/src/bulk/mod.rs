//! Records that programs send, many at once: each is made or changed by the id
//! that its source gives it.
//!
//! All rows of a request are one transaction; a row that can't be taken leaves
//! the others alone, and lies in quarantine until one of its id is. Sent twice,
//! rows change nothing. Under a key, the answer is kept in the same transaction:
//! whoever did not hear it is told it again, and nothing is done twice.
//!
//! # Since when is it known?
//! A program sends things as they happen. What happened before the day on which
//! its source first sent that kind of record is the history that it begins with,
//! and was known when it happened; what happened since is known on the day on
//! which it comes. However rows are spread over requests, they say the same.

mod body;
mod check;
mod keyed;
mod read;
mod refusal;
mod report;
mod rows;
pub mod schemas;
mod storing;

pub use body::BulkFormat;
pub use keyed::{KEY_MOST, KeyFault};
pub use report::{BulkOutcome, BulkProblem, BulkReport, BulkResult};

pub(crate) use keyed::UnderWay;

use crate::{Actor, App, AppError};
use keyed::Asked;
use laer8_domain::{provenance::OWN_SOURCE, users::Role};
use laer8_intake::mapping::RecordKind;
use laer8_store::StoreError;
use std::{sync::Arc, time::Duration};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The longest name of a source.
const SOURCE_MOST: usize = 100;

/// How many bodies may lie in memory at once.
const AT_ONCE: usize = 4;

/// How long a request waits until it may send its body.
const WAITS: Duration = Duration::from_secs(20);

/// Times that a request is tried when somebody else gives the same names ids at
/// the same moment.
const TRIES: usize = 3;

/// Records that are sent.
#[derive(Debug, Clone, Copy)]
pub struct BulkRequest<'b> {
    /// Of which source; it is made where there is none of that name.
    pub source: &'b str,
    /// Of what kind all of them are; none where each says it itself.
    pub kind: Option<RecordKind>,
    /// How the body is written.
    pub format: BulkFormat,
    /// The rows.
    pub body: &'b [u8],
    /// Whether to report only and change nothing.
    pub dry_run: bool,
    /// Whether only refused rows are answered one by one.
    pub only_refused: bool,
    /// By what the request is known when it is sent again.
    pub key: Option<&'b str>,
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkAnswer {
    /// What became of the rows.
    pub report: BulkReport,
    /// Whether it was done before, and this is the answer of then.
    pub replayed: bool,
}

/// Room for one body in memory.
#[derive(Debug)]
pub struct BulkRoom {
    _permit: OwnedSemaphorePermit,
}

/// What one process remembers of requests under way.
#[derive(Debug, Clone)]
pub(crate) struct Bulk {
    rooms: Arc<Semaphore>,
    under_way: UnderWay,
}

impl Default for Bulk {
    fn default() -> Self {
        Self { rooms: Arc::new(Semaphore::new(AT_ONCE)), under_way: UnderWay::default() }
    }
}

impl App {
    /// Room for the body of a request, before it is read: few large bodies lie
    /// in memory at once, whoever sends. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Store`] as busy when there is none
    /// for a while.
    pub async fn bulk_room(&self, actor: &Actor) -> Result<BulkRoom, AppError> {
        actor.must_be(Role::Manager)?;
        let waiting = Arc::clone(&self.bulk.rooms).acquire_owned();
        match tokio::time::timeout(WAITS, waiting).await {
            Ok(Ok(permit)) => Ok(BulkRoom { _permit: permit }),
            _ => Err(StoreError::Busy.into()),
        }
    }

    /// Makes and changes records by their external ids, all in one transaction.
    /// Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`] for the source, the key, or
    /// a body that can't be read; [`AppError::Key`]; [`AppError::Store`].
    pub async fn bulk(&self, actor: &Actor, request: &BulkRequest<'_>) -> Result<BulkAnswer, AppError> {
        actor.must_be(Role::Manager)?;
        check_source(request.source)?;
        let rows = body::rows(request.body, request.format)?;
        let asked = request.key.map(|key| Asked::new(actor, key, request)).transpose()?;
        // What is only tried is done again as often as somebody likes.
        let asked = asked.filter(|_| !request.dry_run);
        let _under_way = asked.as_ref().map(|asked| self.bulk.under_way.begin(asked)).transpose()?;
        let mut tries = 1;
        loop {
            match self.store_bulk(actor, request, &rows, asked.as_ref()).await {
                Err(AppError::Store(StoreError::Exists { .. })) if tries < TRIES => tries += 1,
                other => return other,
            }
        }
    }
}

fn check_source(name: &str) -> Result<(), AppError> {
    let is_name = !name.trim().is_empty() && name.trim() == name && name.chars().count() <= SOURCE_MOST;
    // An export makes a folder of it.
    if !is_name || name.contains(char::is_control) || name.contains(['/', '\\']) || name.starts_with('.') {
        return Err(AppError::Invalid(format!(
            "source: a name of at most {SOURCE_MOST} characters without / and \\, such as crm"
        )));
    }
    if name == OWN_SOURCE {
        return Err(AppError::Invalid(format!(
            "source: \"{OWN_SOURCE}\" is what people enter in Laer8; call yours something else"
        )));
    }
    Ok(())
}

/// PostgreSQL can't keep it, and nobody means it.
fn has_nul(value: &serde_json::Value) -> bool {
    use serde_json::Value;
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(has_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_has_a_name_that_a_folder_can_have() {
        for name in ["crm", "salesforce eu", "año"] {
            assert!(check_source(name).is_ok(), "{name}");
        }
        for name in ["", " ", " crm", "../etc", "a/b", "a\\b", "..", "a\nb", "laer8", &"x".repeat(101)] {
            assert!(check_source(name).is_err(), "{name}");
        }
    }
}
