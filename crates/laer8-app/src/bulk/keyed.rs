//! Requests that are known by a key, so that they can be sent again.
//!
//! The key is of whoever sends. It stands for one request: the same under it is
//! answered as before, something else is refused.

use super::BulkRequest;
use crate::{Actor, AppError};
use sha2::{Digest as _, Sha256};
use std::{
    collections::HashSet,
    fmt::Write as _,
    sync::{Arc, Mutex, PoisonError},
};

/// The most characters of a key.
pub const KEY_MOST: usize = 255;

/// What is wrong with the key of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// It was used for something else.
    #[error(
        "this Idempotency-Key was used for another request; send what is new under a new key, and the same again only as it was"
    )]
    Reused,
    /// The request that has it is not answered yet.
    #[error("a request with this Idempotency-Key is under way; send it again when you have waited a little")]
    UnderWay,
}

/// What is asked under which key, by whom.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Asked {
    pub(super) actor: String,
    pub(super) key: String,
    /// A digest of what is asked.
    pub(super) request: String,
}

impl Asked {
    pub(super) fn new(actor: &Actor, key: &str, request: &BulkRequest<'_>) -> Result<Self, AppError> {
        let is_key =
            !key.is_empty() && key.len() <= KEY_MOST && key.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if !is_key {
            return Err(AppError::Invalid(format!(
                "Idempotency-Key: send 1 to {KEY_MOST} plain characters, such as a UUID"
            )));
        }
        Ok(Self { actor: actor.name.clone(), key: key.to_owned(), request: digest(request) })
    }
}

/// A digest of everything that is asked, but of the key.
fn digest(request: &BulkRequest<'_>) -> String {
    let BulkRequest { source, kind, format, body, dry_run, only_refused, key: _ } = request;
    let head = format!("{source:?} {kind:?} {format:?} {dry_run} {only_refused}\n");
    let mut text = String::with_capacity(64);
    for byte in Sha256::new().chain_update(head).chain_update(body).finalize() {
        let _ = write!(text, "{byte:02x}"); // a text takes everything
    }
    text
}

/// The keyed requests that this process is at.
#[derive(Debug, Clone, Default)]
pub(crate) struct UnderWay(Arc<Mutex<HashSet<(String, String)>>>);

/// One of them, until it is dropped.
#[derive(Debug)]
pub(super) struct Begun {
    of: UnderWay,
    this: (String, String),
}

impl UnderWay {
    /// Begins a request, unless one with its key is under way.
    pub(super) fn begin(&self, asked: &Asked) -> Result<Begun, AppError> {
        let this = (asked.actor.clone(), asked.key.clone());
        let is_first = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(this.clone());
        if is_first { Ok(Begun { of: self.clone(), this }) } else { Err(KeyFault::UnderWay.into()) }
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.of.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.this);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::BulkFormat;

    fn request(body: &[u8]) -> BulkRequest<'_> {
        BulkRequest {
            source: "crm",
            kind: None,
            format: BulkFormat::Json,
            body,
            dry_run: false,
            only_refused: false,
            key: None,
        }
    }

    fn asked(key: &str) -> Result<Asked, AppError> {
        Asked::new(&Actor::operator(), key, &request(b"[]"))
    }

    #[test]
    fn a_key_is_a_plain_text() {
        assert!(asked("8e03978e-40d5-43dd-bc93-6894a57f9324").is_ok());
        for key in ["", "año", "a\nb", &"x".repeat(256)] {
            assert!(matches!(asked(key), Err(AppError::Invalid(_))), "{key}");
        }
    }

    #[test]
    fn another_body_or_another_source_is_another_request() {
        let first = digest(&request(b"[]"));
        assert_eq!(first, digest(&BulkRequest { key: Some("k"), ..request(b"[]") }));
        assert_ne!(first, digest(&request(b"[ ]")));
        assert_ne!(first, digest(&BulkRequest { source: "shop", ..request(b"[]") }));
    }

    #[test]
    fn one_request_is_under_way_under_a_key_until_it_ends() {
        let under_way = UnderWay::default();
        let (one, other) = (asked("one").expect("a key"), asked("other").expect("another"));
        let begun = under_way.begin(&one).expect("begun");
        assert!(matches!(under_way.begin(&one), Err(AppError::Key(KeyFault::UnderWay))));
        assert!(under_way.begin(&other).is_ok());
        drop(begun);
        assert!(under_way.begin(&one).is_ok());
    }
}
