//! Events that products send as they happen.
//!
//! They come in through the gate, which answers when they are on the disk, and
//! lie in the inbox. A worker makes facts of them, in order and exactly once:
//! how far it has got is kept in the transaction that holds the facts. So
//! accepting never waits for working out, and whatever is killed at any moment
//! loses and doubles nothing.

mod arrivals;
mod awaited;
mod conditions;
mod directory;
mod fills;
mod gate;
mod keeping;
mod live;
mod measures;
mod meter;
mod of_source;
mod pace;
mod posts;
mod replay;
mod sources;
mod views;
mod waiting;
mod what_came;
mod worker;

pub use awaited::{AwaitedView, KnownTo};
pub use fills::MeasureFill;
pub(crate) use gate::Gate;
pub use keeping::{LEAST_KEPT_DAYS, MOST_KEPT_DAYS};
pub use live::{Listening, LiveChange};
pub use meter::Meter;
pub use sources::{LiveSourceDraft, WRITE_KEY_BYTES};
pub use views::{
    EventFate, LiveSourceView, LiveSourcesView, MinuteOfIntake, RecentEventView, RefusedEventView, Replayed,
};
pub use worker::WorkedIn;

use laer8_intake::tracking::{BodyError, EventRefusal};
use std::sync::Arc;
use tokio::sync::Mutex;

/// Why nothing of a request was taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IntakeError {
    /// It came without a key.
    #[error("the request has no write key; send it as the user name of Basic auth, or as `writeKey`")]
    NoKey,
    /// Its key is nobody's, or of a source that is switched off.
    #[error("no source has this write key; look at Sources for the keys that there are")]
    UnknownKey,
    /// It can't be read.
    #[error(transparent)]
    Body(#[from] BodyError),
    /// Its only event can't be understood.
    #[error("{0}")]
    Event(EventRefusal),
    /// More comes in than the disk takes.
    #[error("too much comes in at once; send it again in {seconds} seconds")]
    Busy {
        /// How long to wait.
        seconds: u64,
    },
    /// There is no room.
    #[error("the disk of the server is full; send it again when there is room")]
    Full,
    /// The database can't.
    #[error("{0}")]
    Store(String),
}

impl IntakeError {
    /// The code, which never changes.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoKey => "no_write_key",
            Self::UnknownKey => "unknown_write_key",
            Self::Body(error) => error.key(),
            Self::Event(refusal) => refusal.key(),
            Self::Busy { .. } => "busy",
            Self::Full => "disk_full",
            Self::Store(_) => "store",
        }
    }
}

/// What the parts of the intake share in one process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Intake {
    pub(super) memory: Arc<Mutex<worker::Memory>>,
    pub(super) listeners: live::Listeners,
}
