//! What is shown of the sources that send events.

use super::fills::MeasureFill;
use chrono::{DateTime, Utc};
use laer8_domain::ids::{AccountId, SourceId};
use laer8_store::RecentEvent;
use serde::Serialize;
use utoipa::ToSchema;

/// What became of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventFate {
    /// It was taken, and counts.
    Accepted,
    /// It was taken, and waits until its account is known.
    Waits,
    /// It was taken before.
    Duplicate,
    /// It could not be understood.
    Refused,
    /// It was taken, but says of a person that they are at another account than
    /// before, which is left as it was.
    OtherAccount,
    /// It was understood, but could not be stored.
    NotStored,
}

impl EventFate {
    const ALL: [Self; 6] =
        [Self::Accepted, Self::Waits, Self::Duplicate, Self::Refused, Self::OtherAccount, Self::NotStored];

    /// The code.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Waits => "waits",
            Self::Duplicate => "duplicate",
            Self::Refused => "refused",
            Self::OtherAccount => "other_account",
            Self::NotStored => "not_stored",
        }
    }
}

/// The sources that send events.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LiveSourcesView {
    /// When this was so.
    pub now: DateTime<Utc>,
    /// The sources, by name.
    pub sources: Vec<LiveSourceView>,
    /// How many events are accepted and not worked in yet, of all sources.
    pub backlog: u64,
    /// The measures that are being filled from what came before.
    pub fills: Vec<MeasureFill>,
    /// For how many days what was sent is kept; none is for ever.
    pub kept_days: Option<u32>,
}

/// A source that sends events, and how it does.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct LiveSourceView {
    /// Which.
    pub id: SourceId,
    /// What it is called.
    pub name: String,
    /// By what it is known. Only for those who may change it.
    pub write_key: Option<String>,
    /// Whether events are taken.
    pub active: bool,
    /// Within how many minutes something should be heard of it.
    pub fresh_minutes: u32,
    /// Whether something was heard within that time.
    pub fresh: bool,
    /// Since when it is there.
    pub created_at: DateTime<Utc>,
    /// When its newest event happened.
    pub last_event_at: Option<DateTime<Utc>>,
    /// When its last event was received.
    pub last_received_at: Option<DateTime<Utc>>,
    /// How many events were taken, those that wait included.
    pub accepted: u64,
    /// How many had been taken before.
    pub duplicates: u64,
    /// How many could not be understood.
    pub refused: u64,
    /// How many wait until their account is known.
    pub waiting: u64,
    /// How many lie in quarantine.
    pub quarantined: u64,
    /// How many milliseconds passed from the receipt of its last events to
    /// scores and signals that know them, as this server saw it; none where it
    /// has not since it began.
    pub lag_ms: Option<u64>,
    /// What came in the last hour, minute by minute, the oldest first.
    pub minutes: Vec<MinuteOfIntake>,
}

/// What came in a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct MinuteOfIntake {
    /// When it began.
    pub at: DateTime<Utc>,
    /// How many events were taken.
    pub accepted: u64,
    /// How many had been taken before.
    pub duplicates: u64,
    /// How many could not be understood.
    pub refused: u64,
}

/// An event that came lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RecentEventView {
    /// Which; a later one has a higher number.
    pub id: i64,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// When it happened, where it was understood.
    pub occurred_at: Option<DateTime<Utc>>,
    /// The call; empty where it was not understood.
    pub kind: String,
    /// What it is about: an event, a page, an account.
    pub name: String,
    /// Who did it.
    pub who: String,
    /// Its id.
    pub message_id: String,
    /// What became of it.
    pub outcome: EventFate,
    /// Why it was refused, as a code; else empty.
    pub reason: String,
    /// The account that it touched.
    pub account: Option<AccountId>,
    /// What that is called.
    pub account_name: Option<String>,
    /// What was sent, as it is understood; long ones are cut.
    pub event: String,
}

/// An event in quarantine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RefusedEventView {
    /// Which; a later one has a higher number.
    pub id: i64,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Why it was refused, as a code.
    pub reason: String,
    /// Why, in words; in English.
    pub message: String,
    /// What was sent.
    pub event: String,
}

/// What came of reading events of the quarantine again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Replayed {
    /// How many were sent again. Those that are still not understood come back.
    pub events: u64,
}

pub(super) fn recent(event: RecentEvent, account_name: Option<String>) -> RecentEventView {
    let fate = EventFate::ALL.into_iter().find(|fate| fate.key() == event.outcome);
    RecentEventView {
        id: event.id,
        received_at: event.received_at,
        occurred_at: event.occurred_at,
        kind: event.kind,
        name: event.name,
        who: event.who,
        message_id: event.message_id,
        outcome: fate.unwrap_or(EventFate::NotStored),
        reason: event.detail,
        account: event.account,
        account_name,
        event: event.event,
    }
}
