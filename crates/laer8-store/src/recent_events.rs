//! The events that came last, and what became of each: what somebody who sets a
//! source up wants to see. They are a window, not a record.

use crate::{StoreError, Tx, entities::recent_events};
use chrono::{DateTime, Utc};
use laer8_domain::ids::{AccountId, SourceId};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// How many are kept of each source.
pub const RECENT_EVENTS: u64 = 200;

/// An event that came lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentEvent {
    /// Which, in the order in which they were worked in; 0 before it is stored.
    pub id: i64,
    /// Who sent it.
    pub source: SourceId,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// When it happened; none where it was not understood.
    pub occurred_at: Option<DateTime<Utc>>,
    /// The kind of call; empty where it was not understood.
    pub kind: String,
    /// What it is about: an event, a page, an account.
    pub name: String,
    /// Who did it.
    pub who: String,
    /// Its id.
    pub message_id: String,
    /// What became of it, as a code.
    pub outcome: String,
    /// More about that, as a code; may be empty.
    pub detail: String,
    /// Which account it touched.
    pub account: Option<AccountId>,
    /// What was sent.
    pub event: String,
}

impl Tx {
    /// The events of a source that came last, the latest first; those before
    /// `before`, where one is named.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn recent_events(
        &self,
        source: SourceId,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<RecentEvent>, StoreError> {
        let mut query = recent_events::Entity::find().filter(recent_events::Column::SourceId.eq(source.0));
        if let Some(before) = before {
            query = query.filter(recent_events::Column::Id.lt(before));
        }
        let rows = query.order_by_desc(recent_events::Column::Id).limit(limit).all(&self.db).await?;
        Ok(rows.into_iter().map(from_row).collect())
    }

    /// Keeps what became of events of a source, and forgets the oldest ones.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn keep_recent_events(
        &self,
        source: SourceId,
        events: Vec<RecentEvent>,
    ) -> Result<(), StoreError> {
        let rows = events.into_iter().map(to_row);
        self.insert_all(rows).await?;
        let oldest: Option<i64> = recent_events::Entity::find()
            .filter(recent_events::Column::SourceId.eq(source.0))
            .order_by_desc(recent_events::Column::Id)
            .offset(RECENT_EVENTS)
            .limit(1)
            .select_only()
            .column(recent_events::Column::Id)
            .into_tuple()
            .one(&self.db)
            .await?;
        let Some(oldest) = oldest else { return Ok(()) };
        recent_events::Entity::delete_many()
            .filter(recent_events::Column::SourceId.eq(source.0))
            .filter(recent_events::Column::Id.lte(oldest))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

fn to_row(event: RecentEvent) -> recent_events::ActiveModel {
    recent_events::ActiveModel {
        id: NotSet,
        source_id: Set(event.source.0),
        received_at: Set(event.received_at),
        occurred_at: Set(event.occurred_at),
        kind: Set(event.kind),
        name: Set(event.name),
        who: Set(event.who),
        message_id: Set(event.message_id),
        outcome: Set(event.outcome),
        detail: Set(event.detail),
        account_id: Set(event.account.map(|account| account.0)),
        event: Set(event.event),
    }
}

fn from_row(row: recent_events::Model) -> RecentEvent {
    RecentEvent {
        id: row.id,
        source: SourceId(row.source_id),
        received_at: row.received_at,
        occurred_at: row.occurred_at,
        kind: row.kind,
        name: row.name,
        who: row.who,
        message_id: row.message_id,
        outcome: row.outcome,
        detail: row.detail,
        account: row.account_id.map(AccountId),
        event: row.event,
    }
}
