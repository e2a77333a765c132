//! What became of the events of a source in one go: counted, the last of them
//! kept to look at, those that can't be understood kept in quarantine.

use chrono::{DateTime, Utc};
use laer8_domain::ids::{AccountId, SourceId};
use laer8_intake::tracking::{Event, EventKind, RefusedEvent};
use laer8_store::{IntakeCounts, RecentEvent, RefusedEventRow, Tx};

use super::views::EventFate;
use crate::AppError;

/// How many of the events of one go are kept to look at.
const SHOWN: usize = 60;

/// The most bytes of an event that are kept to look at.
const SHOWN_BYTES: usize = 4_000;

/// What became of events.
#[derive(Debug)]
pub(super) struct WhatCame {
    source: SourceId,
    counts: IntakeCounts,
    last_event_at: Option<DateTime<Utc>>,
    last_received_at: Option<DateTime<Utc>>,
    recent: Vec<RecentEvent>,
    refused: Vec<RefusedEventRow>,
    /// How many events are still to come, so that only the last are kept.
    left: usize,
}

impl WhatCame {
    pub(super) fn new(source: SourceId, events: usize) -> Self {
        Self {
            source,
            counts: IntakeCounts::default(),
            last_event_at: None,
            last_received_at: None,
            recent: Vec::new(),
            refused: Vec::new(),
            left: events,
        }
    }

    pub(super) fn counts(&self) -> IntakeCounts {
        self.counts
    }

    /// Notes what became of an event.
    pub(super) fn event(&mut self, event: &Event<'_>, fate: EventFate, account: Option<AccountId>) {
        match fate {
            EventFate::Accepted | EventFate::OtherAccount => self.counts.accepted += 1,
            EventFate::Waits => {
                self.counts.accepted += 1;
                self.counts.waited += 1;
            }
            EventFate::Duplicate => self.counts.duplicates += 1,
            EventFate::Refused | EventFate::NotStored => self.counts.refused += 1,
        }
        self.last_event_at = self.last_event_at.max(Some(event.occurred_at));
        self.last_received_at = self.last_received_at.max(Some(event.received_at));
        if self.is_shown() {
            let who = event.user_id.as_deref().or(event.anonymous_id.as_deref());
            self.recent.push(RecentEvent {
                id: 0,
                source: self.source,
                received_at: event.received_at,
                occurred_at: Some(event.occurred_at),
                kind: event.event_type().key().to_owned(),
                name: about(&event.kind).to_owned(),
                who: who.unwrap_or_default().to_owned(),
                message_id: event.message_id.to_string(),
                outcome: fate.key().to_owned(),
                detail: String::new(),
                account,
                event: cut(&serde_json::to_string(event).unwrap_or_default()),
            });
        }
    }

    /// Notes that an event was not understood.
    pub(super) fn refused(&mut self, event: &RefusedEvent<'_>, endpoint: &str, at: DateTime<Utc>) {
        self.not_taken((event.reason.key(), event.reason.to_string()), endpoint, at, event.raw);
    }

    /// Notes that an event can't be stored, whatever it says.
    pub(super) fn poisonous(&mut self, event: &Event<'_>, why: &str) {
        let raw = serde_json::to_string(event).unwrap_or_default();
        self.not_taken((EventFate::NotStored.key(), why.to_owned()), "", event.received_at, &raw);
    }

    fn not_taken(&mut self, (reason, message): (&str, String), endpoint: &str, at: DateTime<Utc>, raw: &str) {
        self.counts.refused += 1;
        self.last_received_at = self.last_received_at.max(Some(at));
        let raw = raw.replace('\0', "");
        if self.is_shown() {
            self.recent.push(RecentEvent {
                id: 0,
                source: self.source,
                received_at: at,
                occurred_at: None,
                kind: endpoint.to_owned(),
                name: String::new(),
                who: String::new(),
                message_id: String::new(),
                outcome: EventFate::Refused.key().to_owned(),
                detail: reason.to_owned(),
                account: None,
                event: cut(&raw),
            });
        }
        self.refused.push(RefusedEventRow {
            id: 0,
            source: self.source,
            received_at: at,
            reason: reason.to_owned(),
            message,
            endpoint: endpoint.to_owned(),
            event: raw,
        });
    }

    fn is_shown(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left < SHOWN
    }

    /// Keeps all that.
    pub(super) async fn keep(self, tx: &Tx) -> Result<(), AppError> {
        let Some(at) = self.last_received_at else { return Ok(()) };
        tx.count_intake(self.source, self.counts, self.last_event_at, at).await?;
        tx.keep_refused_events(self.source, self.refused).await?;
        Ok(tx.keep_recent_events(self.source, self.recent).await?)
    }
}

/// What an event is about.
fn about<'e>(kind: &'e EventKind<'_>) -> &'e str {
    match kind {
        EventKind::Track { event, .. } => event,
        EventKind::Identify { .. } => "",
        EventKind::Group { group_id, .. } => group_id,
        EventKind::Page { name, category, .. } | EventKind::Screen { name, category, .. } => {
            name.as_deref().or(category.as_deref()).unwrap_or_default()
        }
        EventKind::Alias { previous_id } => previous_id,
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().find(|(at, _)| *at >= SHOWN_BYTES) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
