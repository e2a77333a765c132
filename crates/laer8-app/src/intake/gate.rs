//! Takes events in: what is accepted is on the disk before the sender hears it.
//!
//! A wait for the disk takes as long for one request as for a thousand. So
//! requests that come while one commit is under way are written together by the
//! next (group commit). Whoever sends more than the disk takes is told to wait:
//! what waits here is bounded.

use super::IntakeError;
use crate::{App, secrets};
use chrono::{DateTime, TimeDelta, Utc};
use laer8_domain::ids::SourceId;
use laer8_intake::tracking::{self, Endpoint};
use laer8_store::{Received, Store, StoreError};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Mutex as Turn, Notify, oneshot};

/// Bytes that may wait for the disk before senders are told to come again.
const MOST_WAITING: usize = 32 * 1024 * 1024;

/// Bytes that are written at once.
const AT_ONCE: usize = 4 * 1024 * 1024;

/// Requests that are written at once.
const MOST_AT_ONCE: usize = 4_000;

/// For how long keys are known without asking the database: another server may
/// have changed one.
const KEYS_KNOWN: TimeDelta = TimeDelta::seconds(2);

/// The shortest time between two questions for a key that is not known.
const ASK_EVERY: TimeDelta = TimeDelta::milliseconds(200);

/// What waits for the disk.
#[derive(Debug, Default)]
struct Queue {
    requests: Vec<Received>,
    answers: Vec<oneshot::Sender<Result<(), IntakeError>>>,
    bytes: usize,
    /// Whether somebody is on the way to write it.
    called: bool,
}

/// The keys of the sources, as of a moment.
#[derive(Debug, Default)]
struct Keys {
    by_key: FxHashMap<String, SourceId>,
    read_at: Option<DateTime<Utc>>,
}

/// Where events come in.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gate {
    queue: Arc<Mutex<Queue>>,
    turn: Arc<Turn<()>>,
    keys: Arc<Mutex<Keys>>,
    /// Told when something was accepted.
    pub(super) arrived: Arc<Notify>,
}

impl Gate {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nobody knows the keys any more: somebody changed one.
    pub(super) fn forget_keys(&self) {
        *self.keys() = Keys::default();
    }

    /// Waits until a request is on the disk.
    async fn accept(&self, store: &Store, request: Received) -> Result<(), IntakeError> {
        let (answer, answered) = oneshot::channel();
        let is_first = {
            let mut queue = self.queue();
            if queue.bytes > MOST_WAITING {
                return Err(IntakeError::Busy { seconds: 1 });
            }
            queue.bytes += request.body.len();
            queue.requests.push(request);
            queue.answers.push(answer);
            !std::mem::replace(&mut queue.called, true)
        };
        if is_first {
            // By itself, so that nobody waits in vain when this sender hangs up.
            let (gate, store) = (self.clone(), store.clone());
            tokio::spawn(async move { gate.write(&store).await });
        }
        answered.await.unwrap_or(Err(IntakeError::Busy { seconds: 1 }))
    }

    /// Writes what waits, until nothing does.
    async fn write(&self, store: &Store) {
        let _turn = self.turn.lock().await;
        while let Some((requests, answers)) = self.next() {
            let written = store.receive(&requests).await;
            if written.is_ok() {
                self.arrived.notify_one();
            }
            for answer in answers {
                // Whoever does not listen any more sends it again.
                let _ = answer.send(written.as_ref().map(|_| ()).map_err(IntakeError::of));
            }
        }
    }

    /// What is to be written next; none when nothing waits, and then whoever
    /// comes calls again.
    #[expect(clippy::type_complexity, reason = "two lists that belong together for a moment")]
    fn next(&self) -> Option<(Vec<Received>, Vec<oneshot::Sender<Result<(), IntakeError>>>)> {
        let mut queue = self.queue();
        let mut bytes = 0;
        let fits = |request: &&Received| {
            bytes += request.body.len();
            bytes <= AT_ONCE
        };
        let count = queue.requests.iter().take_while(fits).count().clamp(1, MOST_AT_ONCE);
        let count = count.min(queue.requests.len());
        if count == 0 {
            queue.called = false;
            return None;
        }
        let requests: Vec<Received> = queue.requests.drain(..count).collect();
        let answers = queue.answers.drain(..count).collect();
        queue.bytes -= requests.iter().map(|request| request.body.len()).sum::<usize>();
        Some((requests, answers))
    }
}

impl App {
    /// Takes in a request that a product sent to `endpoint`; answers how many
    /// events it brings when they are safe. `key` is the write key that the
    /// request itself came with, where it did: else the one in its body counts.
    ///
    /// # Errors
    /// [`IntakeError`]; then nothing of it was taken. An event of a batch that
    /// can't be understood is no error: it goes to quarantine, and the others are
    /// taken.
    pub async fn take_in(
        &self,
        endpoint: Endpoint,
        key: Option<&str>,
        body: Vec<u8>,
    ) -> Result<u32, IntakeError> {
        let at = self.clock.now();
        let read = tracking::read(&body, endpoint, at, String::new)?;
        let key = key.or(read.write_key.as_deref()).ok_or(IntakeError::NoKey)?;
        let source = self.source_of(key).await?.ok_or(IntakeError::UnknownKey)?;
        let count = u32::try_from(read.events.len()).unwrap_or(u32::MAX);
        let refused = match (endpoint, read.events.first()) {
            (Endpoint::One(_), Some(Err(refused))) => Some(refused.reason),
            _ => None,
        };
        if count > 0 {
            let request = Received { source, at, endpoint: endpoint.code(), events: count, body };
            self.gate.accept(&self.store, request).await?;
            self.intake_meter().received(count);
        }
        // Kept in quarantine all the same, where whoever set the sender up sees it.
        refused.map_or(Ok(count), |reason| Err(IntakeError::Event(reason)))
    }

    /// Whose key it is.
    async fn source_of(&self, key: &str) -> Result<Option<SourceId>, IntakeError> {
        let now = self.clock.now();
        {
            let keys = self.gate.keys();
            let age = keys.read_at.map(|at| now - at);
            let found = keys.by_key.get(key).copied();
            let lasts = if found.is_some() { KEYS_KNOWN } else { ASK_EVERY };
            if age.is_some_and(|age| age < lasts) {
                return Ok(found);
            }
        }
        let sources = self.store.read().await.map_err(|error| IntakeError::of(&error))?.live_sources().await;
        let sources = sources.map_err(|error| IntakeError::of(&error))?;
        let active = sources.into_iter().filter(|source| source.active);
        let by_key: FxHashMap<String, SourceId> =
            active.map(|source| (source.write_key, source.id)).collect();
        let found = by_key.get(key).copied();
        *self.gate.keys() = Keys { by_key, read_at: Some(now) };
        Ok(found)
    }
}

/// A key by which a source is known.
pub(super) fn fresh_key() -> Result<String, crate::AppError> {
    secrets::fresh().map(|secret| secret[..32].to_owned())
}

impl IntakeError {
    /// What the sender is told of what the store says.
    pub(super) fn of(error: &StoreError) -> Self {
        match error {
            StoreError::Full => Self::Full,
            StoreError::Busy => Self::Busy { seconds: 1 },
            other => Self::Store(other.to_string()),
        }
    }
}
