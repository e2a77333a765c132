//! Support tickets: a life of dated events, folded into a state as of a day.

use crate::{days::Day, ids::TicketId, provenance::Origin};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// When there is time.
    Low,
    /// The usual.
    Medium,
    /// Work suffers.
    High,
    /// Work stands still.
    Urgent,
}

impl Priority {
    /// All priorities, from the lowest.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Urgent];

    /// The name in files and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The priority of that name; `normal` and `critical` are understood too.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        match key.to_ascii_lowercase().as_str() {
            "normal" => Some(Self::Medium),
            "critical" => Some(Self::Urgent),
            key => Self::ALL.into_iter().find(|priority| priority.key() == key),
        }
    }

    /// What an open ticket of this priority weighs: 1, 2, 4, 8.
    #[must_use]
    pub fn severity(self) -> f64 {
        match self {
            Self::Low => 1.0,
            Self::Medium => 2.0,
            Self::High => 4.0,
            Self::Urgent => 8.0,
        }
    }
}

/// Something that happened to a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum TicketEventKind {
    /// It came in, about this.
    Opened(String),
    /// It has this priority since then.
    Prioritised(Priority),
    /// Somebody answered for the first time.
    Responded,
    /// It went above the desk it came to.
    Escalated,
    /// It is done.
    Solved,
    /// It was not.
    Reopened,
    /// The customer rated how it went, 1 to 5.
    Rated(u8),
    /// The time promised for the first response or the solution went by.
    SlaBreached,
    /// The event with this revision was wrong; it counts no more from the day
    /// this is known.
    Withdrawn(u32),
}

impl TicketEventKind {
    /// Whether a ticket has at most one event of this kind, so that another
    /// with a different time or value corrects the first.
    #[must_use]
    pub fn is_unique(&self) -> bool {
        matches!(self, Self::Opened(_) | Self::Responded | Self::Escalated | Self::SlaBreached)
    }
}

/// When what happened to a ticket, and since when we know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TicketEvent {
    /// What.
    pub kind: TicketEventKind,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// The day of that in the workspace's zone.
    pub occurred_on: Day,
    /// Since when it is known.
    pub known_on: Day,
    /// Numbers the events of a ticket in the order in which they became known.
    pub revision: u32,
    /// From where.
    pub origin: Origin,
}

/// A ticket with everything that ever happened to it.
#[derive(Debug, Clone, PartialEq)]
pub struct TicketHistory {
    /// Which.
    pub id: TicketId,
    /// In order of (`occurred_at`, `revision`).
    events: Vec<TicketEvent>,
    /// Whether any event was ever withdrawn; spares the search where none was.
    has_withdrawals: bool,
}

/// A ticket as it stood on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ticket<'a> {
    /// Which.
    pub id: TicketId,
    /// What it is about; empty where nobody said.
    pub subject: &'a str,
    /// How bad it is; [`Priority::Medium`] where nobody said.
    pub priority: Priority,
    /// When it came in.
    pub opened_at: DateTime<Utc>,
    /// The day of that.
    pub opened_on: Day,
    /// When somebody first answered.
    pub responded_at: Option<DateTime<Utc>>,
    /// When it was solved, while it is.
    pub solved_at: Option<DateTime<Utc>>,
    /// The day of that.
    pub solved_on: Option<Day>,
    /// The day of the escalation, if there was one.
    pub escalated_on: Option<Day>,
    /// The rating, 1 to 5, and its day.
    pub rating: Option<(u8, Day)>,
    /// The day of the first promise that was broken.
    pub breached_on: Option<Day>,
    /// Where it came from.
    pub origin: Origin,
}

impl Ticket<'_> {
    /// Whether it still waits for a solution.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.solved_at.is_none()
    }
}

impl TicketHistory {
    /// From events in any order.
    #[must_use]
    pub fn new(id: TicketId, mut events: Vec<TicketEvent>) -> Self {
        events.sort_by_key(|event| (event.occurred_at, event.revision));
        let has_withdrawals = events.iter().any(|event| matches!(event.kind, TicketEventKind::Withdrawn(_)));
        Self { id, events, has_withdrawals }
    }

    /// Everything that ever happened to it.
    #[must_use]
    pub fn events(&self) -> &[TicketEvent] {
        &self.events
    }

    /// The ticket as it stood at the end of `day`, as far as known then; none
    /// before it was opened.
    #[must_use]
    pub fn on(&self, day: Day) -> Option<Ticket<'_>> {
        let mut ticket: Option<Ticket<'_>> = None;
        let known = || self.events.iter().filter(|event| event.occurred_on <= day && event.known_on <= day);
        let withdrawn = |revision| known().any(|event| event.kind == TicketEventKind::Withdrawn(revision));
        for event in known() {
            if self.has_withdrawals && withdrawn(event.revision) {
                continue;
            }
            let Some(ticket) = ticket.as_mut() else {
                if let TicketEventKind::Opened(subject) = &event.kind {
                    ticket = Some(Ticket {
                        id: self.id,
                        subject,
                        priority: Priority::Medium,
                        opened_at: event.occurred_at,
                        opened_on: event.occurred_on,
                        responded_at: None,
                        solved_at: None,
                        solved_on: None,
                        escalated_on: None,
                        rating: None,
                        breached_on: None,
                        origin: event.origin,
                    });
                }
                continue;
            };
            match &event.kind {
                TicketEventKind::Opened(subject) => ticket.subject = subject,
                TicketEventKind::Prioritised(priority) => ticket.priority = *priority,
                TicketEventKind::Responded => {
                    ticket.responded_at.get_or_insert(event.occurred_at);
                }
                TicketEventKind::Escalated => {
                    ticket.escalated_on.get_or_insert(event.occurred_on);
                }
                TicketEventKind::Solved => {
                    ticket.solved_at = Some(event.occurred_at);
                    ticket.solved_on = Some(event.occurred_on);
                }
                TicketEventKind::Reopened => (ticket.solved_at, ticket.solved_on) = (None, None),
                TicketEventKind::Rated(rating) => ticket.rating = Some((*rating, event.occurred_on)),
                TicketEventKind::SlaBreached => {
                    ticket.breached_on.get_or_insert(event.occurred_on);
                }
                TicketEventKind::Withdrawn(_) => {}
            }
        }
        ticket
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SourceId;

    fn event(kind: TicketEventKind, at: &str) -> TicketEvent {
        let occurred_at: DateTime<Utc> = at.parse().expect("an instant");
        let occurred_on = occurred_at.date_naive();
        let origin = Origin { source: SourceId(1), import: None, row: 0 };
        // What opens a ticket sorts before what else happens at that instant.
        let revision = u32::from(!matches!(kind, TicketEventKind::Opened(_)));
        TicketEvent { kind, occurred_at, occurred_on, known_on: occurred_on, revision, origin }
    }

    #[test]
    fn a_wrong_event_counts_until_its_withdrawal_is_known() {
        let mut withdrawal = event(TicketEventKind::Withdrawn(7), "2026-03-03T12:00:00Z");
        withdrawal.known_on = "2026-03-09".parse().expect("a day");
        let mut solved = event(TicketEventKind::Solved, "2026-03-03T12:00:00Z");
        solved.revision = 7;
        let opened = event(TicketEventKind::Opened(String::new()), "2026-03-01T09:00:00Z");
        let history = TicketHistory::new(TicketId(1), vec![opened, solved, withdrawal]);
        let is_open = |day: &str| history.on(day.parse().expect("a day")).map(|ticket| ticket.is_open());
        assert_eq!(is_open("2026-03-08"), Some(false));
        assert_eq!(is_open("2026-03-09"), Some(true));
    }

    #[test]
    fn a_ticket_is_what_its_events_say_up_to_the_day() {
        let history = TicketHistory::new(
            TicketId(1),
            vec![
                event(TicketEventKind::Prioritised(Priority::High), "2026-03-01T09:00:00Z"),
                event(TicketEventKind::Opened("export fails".into()), "2026-03-01T09:00:00Z"),
                event(TicketEventKind::Solved, "2026-03-03T12:00:00Z"),
                event(TicketEventKind::Reopened, "2026-03-05T08:00:00Z"),
            ],
        );
        let on = |day: &str| history.on(day.parse().expect("a day"));
        assert_eq!(on("2026-02-28"), None);
        assert_eq!(
            on("2026-03-02").map(|ticket| (ticket.is_open(), ticket.priority)),
            Some((true, Priority::High))
        );
        assert_eq!(on("2026-03-04").map(|ticket| ticket.is_open()), Some(false));
        assert_eq!(on("2026-03-05").map(|ticket| ticket.is_open()), Some(true));
    }
}
