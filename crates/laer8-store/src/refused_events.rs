//! Events that were not understood: the quarantine of live sources.

use crate::{StoreError, Tx, entities::refused_events, rows::IDS_IN_A_QUERY};
use chrono::{DateTime, Utc};
use laer8_domain::ids::SourceId;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// How many are kept of each source: a sender that is broken sends the same
/// mistake for days, and the inbox holds all that it sent.
pub const REFUSED_EVENTS: u64 = 10_000;

/// An event that was not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedEventRow {
    /// Which, in the order in which they came; 0 before it is stored.
    pub id: i64,
    /// Who sent it.
    pub source: SourceId,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Why it was refused, as a code.
    pub reason: String,
    /// Why, in words.
    pub message: String,
    /// The call that it came with; empty for a batch.
    pub endpoint: String,
    /// What was sent.
    pub event: String,
}

impl Tx {
    /// Keeps events of a source that were not understood, and forgets the
    /// oldest.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn keep_refused_events(
        &self,
        source: SourceId,
        events: Vec<RefusedEventRow>,
    ) -> Result<(), StoreError> {
        if events.is_empty() {
            return Ok(());
        }
        let rows = events.into_iter().map(|event| refused_events::ActiveModel {
            id: NotSet,
            source_id: Set(event.source.0),
            received_at: Set(event.received_at),
            reason: Set(event.reason),
            message: Set(event.message),
            endpoint: Set(event.endpoint),
            event: Set(event.event),
        });
        self.insert_all(rows).await?;
        let oldest: Option<i64> = refused_events::Entity::find()
            .filter(refused_events::Column::SourceId.eq(source.0))
            .order_by_desc(refused_events::Column::Id)
            .offset(REFUSED_EVENTS)
            .limit(1)
            .select_only()
            .column(refused_events::Column::Id)
            .into_tuple()
            .one(&self.db)
            .await?;
        let Some(oldest) = oldest else { return Ok(()) };
        refused_events::Entity::delete_many()
            .filter(refused_events::Column::SourceId.eq(source.0))
            .filter(refused_events::Column::Id.lte(oldest))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// The events of a source that were not understood, the latest first, those
    /// before `before` where one is named.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn refused_events(
        &self,
        source: SourceId,
        before: Option<i64>,
        limit: u64,
    ) -> Result<Vec<RefusedEventRow>, StoreError> {
        let mut query = refused_events::Entity::find().filter(refused_events::Column::SourceId.eq(source.0));
        if let Some(before) = before {
            query = query.filter(refused_events::Column::Id.lt(before));
        }
        let rows = query.order_by_desc(refused_events::Column::Id).limit(limit).all(&self.db).await?;
        let row = |row: refused_events::Model| RefusedEventRow {
            id: row.id,
            source: SourceId(row.source_id),
            received_at: row.received_at,
            reason: row.reason,
            message: row.message,
            endpoint: row.endpoint,
            event: row.event,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// How many events of a source lie in quarantine.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn refused_events_count(&self, source: SourceId) -> Result<u64, StoreError> {
        Ok(refused_events::Entity::find()
            .filter(refused_events::Column::SourceId.eq(source.0))
            .count(&self.db)
            .await?)
    }

    /// Lets events out of the quarantine.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_refused_events(&self, ids: &[i64]) -> Result<(), StoreError> {
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            refused_events::Entity::delete_many()
                .filter(refused_events::Column::Id.is_in(chunk.iter().copied()))
                .exec(&self.db)
                .await?;
        }
        Ok(())
    }
}
