//! The inbox: what was accepted from outside and is not worked in yet, and its
//! whole history.
//!
//! Accepting must not wait for working in. On SQLite, where one transaction at a
//! time writes to a file, the inbox is a file of its own beside the database; on
//! PostgreSQL it is a table. Requests go in many at a time: one row, one commit,
//! one wait for the disk.

mod packed;

use crate::{Store, StoreError, entities::inbox};
use chrono::{DateTime, Utc};
use laer8_domain::ids::SourceId;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    TransactionTrait,
};

/// Held while rows are added on PostgreSQL: positions are handed out in the
/// order in which they become visible, so that whoever reads on from one misses
/// none. The number is "inbox".
const ADDING: i64 = 0x69_6e_62_6f_78;

/// A request that was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// From whom.
    pub source: SourceId,
    /// When, to the microsecond.
    pub at: DateTime<Utc>,
    /// Where it was sent to, as whoever accepted it writes it.
    pub endpoint: u8,
    /// How many events it brings.
    pub events: u32,
    /// What it says, as it was sent.
    pub body: Vec<u8>,
}

/// Requests that were accepted together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Their place in the inbox, from 1.
    pub position: u64,
    /// The requests, in the order in which they came.
    pub requests: Vec<Received>,
}

impl Store {
    /// Accepts requests: they are on the disk when this returns. Answers their
    /// place.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Full`] when the disk is full. Then
    /// none was accepted.
    pub async fn receive(&self, requests: &[Received]) -> Result<u64, StoreError> {
        let Some(first) = requests.first() else { return Ok(0) };
        let events = requests.iter().map(|request| i64::from(request.events)).sum::<i64>();
        let row = inbox::ActiveModel {
            position: NotSet,
            received_at: Set(first.at),
            events: Set(i32::try_from(events).unwrap_or(i32::MAX)),
            format: Set(packed::FORMAT),
            body: Set(packed::pack(requests)?),
        };
        let db = self.inbox().await?;
        let added = if db.get_database_backend() == DbBackend::Postgres {
            let tx = db.begin().await?;
            tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({ADDING})")).await?;
            let added = inbox::Entity::insert(row).exec(&tx).await?;
            tx.commit().await?;
            added
        } else {
            inbox::Entity::insert(row).exec(db).await?
        };
        position(added.last_insert_id)
    }

    /// What was accepted after `position`, in order: as many posts as bring
    /// `events` events, and at least one where there is any.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn received_after(&self, position: u64, events: u32) -> Result<Vec<Post>, StoreError> {
        let db = self.inbox().await?;
        let sizes: Vec<(i64, i32)> = inbox::Entity::find()
            .filter(inbox::Column::Position.gt(number(position)))
            .order_by_asc(inbox::Column::Position)
            .limit(u64::from(events.max(1)))
            .select_only()
            .column(inbox::Column::Position)
            .column(inbox::Column::Events)
            .into_tuple()
            .all(db)
            .await?;
        let mut sum = 0_i64;
        let fits = |(_, events_of): &&(i64, i32)| {
            let before = sum;
            sum += i64::from(*events_of);
            before == 0 || sum <= i64::from(events)
        };
        let Some((last, _)) = sizes.iter().take_while(fits).last() else { return Ok(Vec::new()) };
        let rows = inbox::Entity::find()
            .filter(inbox::Column::Position.gt(number(position)))
            .filter(inbox::Column::Position.lte(*last))
            .order_by_asc(inbox::Column::Position)
            .all(db)
            .await?;
        rows.iter().map(post).collect()
    }

    /// The place of the newest post, 0 while there is none; and how many events
    /// lie after `position`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn inbox_after(&self, position: u64) -> Result<(u64, u64), StoreError> {
        let db = self.inbox().await?;
        let newest: Option<Option<i64>> = inbox::Entity::find()
            .select_only()
            .column_as(inbox::Column::Position.max(), "newest")
            .into_tuple()
            .one(db)
            .await?;
        let newest = newest.flatten().unwrap_or(0).unsigned_abs();
        if newest <= position {
            return Ok((newest, 0));
        }
        let sizes: Vec<i32> = inbox::Entity::find()
            .filter(inbox::Column::Position.gt(number(position)))
            .select_only()
            .column(inbox::Column::Events)
            .into_tuple()
            .all(db)
            .await?;
        Ok((newest, sizes.into_iter().map(|events| u64::from(events.unsigned_abs())).sum()))
    }

    /// The oldest post that is still there: its place, and when it was received.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn first_received(&self) -> Result<Option<(u64, DateTime<Utc>)>, StoreError> {
        let first: Option<(i64, DateTime<Utc>)> = inbox::Entity::find()
            .order_by_asc(inbox::Column::Position)
            .select_only()
            .column(inbox::Column::Position)
            .column(inbox::Column::ReceivedAt)
            .into_tuple()
            .one(self.inbox().await?)
            .await?;
        first.map(|(place, at)| Ok((position(place)?, at))).transpose()
    }

    /// Throws away what was received before `at` and lies at or before
    /// `position`; answers how many posts went.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_received(&self, position: u64, at: DateTime<Utc>) -> Result<u64, StoreError> {
        let gone = inbox::Entity::delete_many()
            .filter(inbox::Column::Position.lte(number(position)))
            .filter(inbox::Column::ReceivedAt.lt(at))
            .exec(self.inbox().await?)
            .await?;
        Ok(gone.rows_affected)
    }
}

fn post(row: &inbox::Model) -> Result<Post, StoreError> {
    Ok(Post { position: position(row.position)?, requests: packed::unpack(row.format, &row.body)? })
}

fn position(stored: i64) -> Result<u64, StoreError> {
    u64::try_from(stored).map_err(|_| StoreError::corrupt("inbox", "a negative position"))
}

fn number(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}
