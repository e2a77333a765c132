//! Churn events: the news that a customer leaves, and why. They explain; the
//! ledger counts.

use crate::{days::Day, ids::ChurnEventId, money::Money, provenance::Origin};
use serde::{Deserialize, Serialize};

/// A customer said, or somebody noted, that it is leaving.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChurnEvent {
    /// Which.
    pub id: ChurnEventId,
    /// The day it happened.
    pub occurred_on: Day,
    /// Why, as a code of the source.
    pub reason: String,
    /// Why, in words.
    pub comment: String,
    /// What was paid back.
    pub refund: Option<Money>,
    /// Since when it is known.
    pub known_on: Day,
    /// Corrections of one event have higher revisions.
    pub revision: u32,
    /// From where.
    pub origin: Origin,
}
