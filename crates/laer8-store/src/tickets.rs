//! Tickets and what happened to them.

use crate::{
    StoreError, Tx,
    entities::{ticket_events, tickets},
    rows::{IDS_IN_A_QUERY, code, line, origin, unsigned},
};
use laer8_domain::{
    ids::{AccountId, TicketId},
    tickets::{Priority, TicketEvent, TicketEventKind},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

const TABLE: &str = "ticket_events";

/// Something that happened to a ticket of an account.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredTicketEvent {
    /// Whose.
    pub account: AccountId,
    /// To which ticket.
    pub ticket: TicketId,
    /// What happened.
    pub event: TicketEvent,
}

impl Tx {
    /// Makes tickets to which nothing has happened yet.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when one is there already.
    pub async fn insert_tickets(&self, of: &[(TicketId, AccountId)]) -> Result<(), StoreError> {
        let rows =
            of.iter().map(|(id, account)| tickets::ActiveModel { id: Set(id.0), account_id: Set(account.0) });
        self.insert_all(rows).await
    }

    /// Adds events.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn insert_ticket_events(&self, events: Vec<StoredTicketEvent>) -> Result<(), StoreError> {
        self.heard(|feeds| events.iter().for_each(|stored| feeds.ticket(&stored.event)));
        let rows = events.into_iter().map(|stored| {
            let (kind, value) = columns_of(stored.event.kind);
            ticket_events::ActiveModel {
                ticket_id: Set(stored.ticket.0),
                revision: Set(line(stored.event.revision)),
                kind: Set(kind.to_owned()),
                account_id: Set(stored.account.0),
                value: Set(value),
                occurred_at: Set(stored.event.occurred_at),
                occurred_on: Set(stored.event.occurred_on),
                known_on: Set(stored.event.known_on),
                source_id: Set(stored.event.origin.source.0),
                import_id: Set(stored.event.origin.import.map(|import| import.0)),
                line: Set(line(stored.event.origin.row)),
            }
        });
        self.insert_all(rows).await
    }

    /// Everything that happened to these tickets.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn ticket_events(&self, ids: &[TicketId]) -> Result<Vec<StoredTicketEvent>, StoreError> {
        let mut events = Vec::new();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let rows = ticket_events::Entity::find()
                .filter(ticket_events::Column::TicketId.is_in(chunk.iter().map(|id| id.0)))
                .all(&self.db)
                .await?;
            for row in rows {
                events.push(from_row(row)?);
            }
        }
        Ok(events)
    }
}

pub(crate) fn from_row(row: ticket_events::Model) -> Result<StoredTicketEvent, StoreError> {
    Ok(StoredTicketEvent {
        account: AccountId(row.account_id),
        ticket: TicketId(row.ticket_id),
        event: TicketEvent {
            kind: kind_of(&row.kind, row.value)?,
            occurred_at: row.occurred_at,
            occurred_on: row.occurred_on,
            known_on: row.known_on,
            revision: unsigned(row.revision, TABLE)?,
            origin: origin(row.source_id, row.import_id, row.line),
        },
    })
}

fn columns_of(kind: TicketEventKind) -> (&'static str, String) {
    match kind {
        TicketEventKind::Opened(subject) => ("opened", subject),
        TicketEventKind::Prioritised(priority) => ("prioritised", priority.key().to_owned()),
        TicketEventKind::Responded => ("responded", String::new()),
        TicketEventKind::Escalated => ("escalated", String::new()),
        TicketEventKind::Solved => ("solved", String::new()),
        TicketEventKind::Reopened => ("reopened", String::new()),
        TicketEventKind::Rated(rating) => ("rated", rating.to_string()),
        TicketEventKind::SlaBreached => ("sla_breached", String::new()),
        TicketEventKind::Withdrawn(revision) => ("withdrawn", revision.to_string()),
    }
}

fn kind_of(kind: &str, value: String) -> Result<TicketEventKind, StoreError> {
    let found = match kind {
        "opened" => Some(TicketEventKind::Opened(value)),
        "prioritised" => Priority::from_key(&value).map(TicketEventKind::Prioritised),
        "responded" => Some(TicketEventKind::Responded),
        "escalated" => Some(TicketEventKind::Escalated),
        "solved" => Some(TicketEventKind::Solved),
        "reopened" => Some(TicketEventKind::Reopened),
        "rated" => value.parse().ok().map(TicketEventKind::Rated),
        "sla_breached" => Some(TicketEventKind::SlaBreached),
        "withdrawn" => value.parse().ok().map(TicketEventKind::Withdrawn),
        _ => None,
    };
    code(found, TABLE, kind)
}
