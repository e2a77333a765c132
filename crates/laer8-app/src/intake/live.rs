//! Keeps everything right while events come in: works in what was accepted,
//! works out again what it touched, and tells whoever looks.

use super::meter::Meter;
use crate::{Actor, App, AppError, AsOf};
use chrono::{DateTime, Utc};
use laer8_domain::{
    ids::{AccountId, SourceId},
    users::Role,
};
use serde::Serialize;
use std::{
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::{
    sync::{Notify, broadcast, watch},
    time::timeout,
};
use utoipa::ToSchema;

/// How long until somebody looks whether another server has changed something.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// How long a failure is left alone before the same is tried again.
const AFTER_FAILURE: Duration = Duration::from_secs(1);

/// How long others may write between two goes.
const PAUSE: Duration = Duration::from_millis(5);

/// How much longer than it took to work out is rested.
const REST: u32 = 2;

/// How long is rested at most.
const MOST_REST: Duration = Duration::from_secs(10);

/// How many looks pass between two for events that need not wait any more.
const WAITING_EVERY: u32 = 40;

/// Changes that a listener may be behind before it is told that it missed some.
const BEHIND: usize = 64;

/// Accounts beyond which a change is told as one of any.
const MOST_ACCOUNTS: usize = 500;

/// That what is shown may have changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LiveChange {
    /// The state of the workspace: a later one has a higher number.
    pub generation: u64,
    /// Of which accounts; none when it may be any.
    pub accounts: Option<Vec<AccountId>>,
}

/// From whom something came, and when it was received.
type Arrived = Vec<(SourceId, DateTime<Utc>)>;

/// Those who look.
#[derive(Debug, Clone)]
pub(crate) struct Listeners {
    changes: broadcast::Sender<Arc<LiveChange>>,
    /// Whether nothing is told any more, because the program ends.
    closed: watch::Sender<bool>,
    /// When what was worked in, and is not worked out yet, was received.
    received: Arc<Mutex<Arrived>>,
    worked: Arc<Notify>,
    pub(crate) meter: Meter,
}

impl Default for Listeners {
    fn default() -> Self {
        Self {
            changes: broadcast::Sender::new(BEHIND),
            closed: watch::Sender::new(false),
            received: Arc::default(),
            worked: Arc::default(),
            meter: Meter::default(),
        }
    }
}

/// Hears of changes.
#[derive(Debug)]
pub struct Listening {
    changes: broadcast::Receiver<Arc<LiveChange>>,
    closed: watch::Receiver<bool>,
}

impl Listening {
    /// The next change; none when there will be no more. Whoever is too slow is
    /// told once that anything may have changed.
    pub async fn next(&mut self) -> Option<LiveChange> {
        let next = tokio::select! {
            _ = self.closed.wait_for(|closed| *closed) => return None,
            next = self.changes.recv() => next,
        };
        match next {
            Ok(change) => Some(LiveChange::clone(&change)),
            Err(broadcast::error::RecvError::Lagged(_)) => Some(LiveChange { generation: 0, accounts: None }),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

impl App {
    /// Hears of changes from now on. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub fn listen(&self, actor: &Actor) -> Result<Listening, AppError> {
        actor.must_be(Role::Viewer)?;
        let Listeners { changes, closed, .. } = &self.intake.listeners;
        Ok(Listening { changes: changes.subscribe(), closed: closed.subscribe() })
    }

    /// Tells nobody anything any more, so that nobody waits for more.
    pub fn stop_telling(&self) {
        self.intake.listeners.closed.send_replace(true);
    }

    /// The state of the workspace: another number each time that something
    /// changed. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn generation(&self, actor: &Actor) -> Result<u64, AppError> {
        actor.must_be(Role::Viewer)?;
        Ok(self.store.read().await?.generation().await?)
    }

    /// What is measured of live intake in this process.
    #[must_use]
    pub fn intake_meter(&self) -> &Meter {
        &self.intake.listeners.meter
    }

    /// Works in what comes in and keeps what is worked out right, until `stop`.
    /// What was begun then is finished.
    pub async fn keep_up(&self, stop: impl Future<Output = ()>) {
        // By itself: working out takes the processor for long at a time.
        let telling = tokio::spawn({
            let app = self.clone();
            async move { app.keep_telling().await }
        });
        tokio::select! {
            () = stop => {}
            () = self.keep_working() => {}
        }
        telling.abort();
    }

    async fn keep_working(&self) {
        let listeners = &self.intake.listeners;
        let mut looks = 0_u32;
        loop {
            let mut did_something = false;
            match self.work_in().await {
                Ok(Some(worked)) => {
                    listeners.meter.worked_in(&worked);
                    listeners.received.lock().unwrap_or_else(PoisonError::into_inner).extend(worked.received);
                    did_something = true;
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::error!(%error, "what came in can't be worked in; it is tried again");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
            // By turns: neither waits for the other to be done.
            match self.fill_measures().await {
                Ok(filled) => did_something |= filled.is_some(),
                Err(error) => tracing::error!(%error, "a measure can't be filled; it is tried again"),
            }
            if did_something {
                listeners.worked.notify_one();
                tokio::time::sleep(PAUSE).await;
                continue;
            }
            looks = looks.wrapping_add(1);
            if looks.is_multiple_of(WAITING_EVERY)
                && let Err(error) = self.work_in_waiting().await
            {
                tracing::error!(%error, "events that wait can't be looked through; it is tried again");
            }
            let _ = timeout(LOOK_EVERY, self.gate.arrived.notified()).await;
        }
    }

    async fn keep_telling(&self) {
        let mut told = None;
        loop {
            let began = Instant::now();
            if let Err(error) = self.tell(&mut told).await {
                tracing::error!(%error, "what changed can't be worked out; it is tried again");
                tokio::time::sleep(AFTER_FAILURE).await;
            }
            // Where working out takes long, most of the time is left to working in:
            // the next time more accounts are worked out together.
            tokio::time::sleep((began.elapsed() * REST).min(MOST_REST)).await;
            let _ = timeout(LOOK_EVERY, self.intake.listeners.worked.notified()).await;
        }
    }

    /// Works out again what changed since `told`, and tells whoever looks.
    async fn tell(&self, told: &mut Option<u64>) -> Result<(), AppError> {
        let listeners = &self.intake.listeners;
        // Taken before looking: what is worked in while we look is told next time.
        let received =
            std::mem::take(&mut *listeners.received.lock().unwrap_or_else(PoisonError::into_inner));
        let tx = self.store.read().await?;
        let generation = tx.generation().await?;
        let Some(before) = told.replace(generation) else { return Ok(()) };
        if before == generation {
            // Something may have come that says nothing of any account.
            if !received.is_empty() {
                let accounts = Some(Vec::new());
                let _ = listeners.changes.send(Arc::new(LiveChange { generation, accounts }));
            }
            return Ok(());
        }
        let accounts = tx.changed_since(before).await?.filter(|accounts| accounts.len() <= MOST_ACCOUNTS);
        // Worked out only where somebody has looked, or would: a server that
        // nobody uses stays small.
        match self.reckoned(&tx, AsOf::Newest).await {
            Ok(_) | Err(AppError::Empty) => {}
            Err(error) => {
                *told = Some(before);
                listeners.received.lock().unwrap_or_else(PoisonError::into_inner).extend(received);
                return Err(error);
            }
        }
        let now = self.clock.now();
        for (source, at) in received {
            listeners.meter.scored_after(source, now - at);
        }
        // Nobody may be listening.
        let _ = listeners.changes.send(Arc::new(LiveChange { generation, accounts }));
        Ok(())
    }
}
