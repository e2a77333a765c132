//! Events of somebody whose account nobody knows yet. They wait until it is.

use crate::{StoreError, Tx, entities::waiting_events, rows::IDS_IN_A_QUERY, rows::code};
use chrono::{DateTime, Utc};
use laer8_domain::ids::SourceId;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};

/// What the count of them is called in a query.
const EVENTS: &str = "events";

/// What an event waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whose {
    /// That somebody says at which account a person is.
    Person,
    /// That somebody tells of an account.
    Account,
}

impl Whose {
    const ALL: [Self; 2] = [Self::Person, Self::Account];

    /// The name in the database.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Account => "account",
        }
    }

    fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|whose| whose.key() == key)
    }
}

/// An event that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingEvent {
    /// Which; 0 before it is stored.
    pub id: i64,
    /// Who sent it.
    pub source: SourceId,
    /// What it waits for.
    pub whose: Whose,
    /// What the source calls that.
    pub name: String,
    /// The event, so that it can be read again.
    pub event: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Where in the inbox it lies.
    pub position: u64,
}

/// Whom or what events wait for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// A person, or an account.
    pub whose: Whose,
    /// What the source calls it.
    pub name: String,
    /// How many events wait.
    pub events: u64,
    /// When the first of them was received.
    pub since: DateTime<Utc>,
}

impl Tx {
    /// Whom or what events of a source wait for, those of most events first, at
    /// most `limit`.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn awaited(&self, source: SourceId, limit: u64) -> Result<Vec<Awaited>, StoreError> {
        let rows: Vec<(String, String, i64, DateTime<Utc>)> = waiting_events::Entity::find()
            .filter(waiting_events::Column::SourceId.eq(source.0))
            .select_only()
            .column(waiting_events::Column::Whose)
            .column(waiting_events::Column::Name)
            .column_as(waiting_events::Column::Id.count(), EVENTS)
            .column_as(waiting_events::Column::ReceivedAt.min(), "since")
            .group_by(waiting_events::Column::Whose)
            .group_by(waiting_events::Column::Name)
            .order_by_desc(Expr::col(EVENTS))
            .order_by_asc(waiting_events::Column::Name)
            .limit(limit)
            .into_tuple()
            .all(&self.db)
            .await?;
        let awaited = |(whose, name, events, since): (String, String, i64, DateTime<Utc>)| {
            let whose = code(Whose::from_key(&whose), "waiting_events", &whose)?;
            Ok(Awaited { whose, name, events: events.unsigned_abs(), since })
        };
        rows.into_iter().map(awaited).collect()
    }

    /// Lets events wait.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn let_wait(&self, events: Vec<WaitingEvent>) -> Result<(), StoreError> {
        let rows = events.into_iter().map(|event| waiting_events::ActiveModel {
            id: NotSet,
            source_id: Set(event.source.0),
            whose: Set(event.whose.key().to_owned()),
            name: Set(event.name),
            event: Set(event.event),
            received_at: Set(event.received_at),
            position: Set(i64::try_from(event.position).unwrap_or(i64::MAX)),
        });
        self.insert_all(rows).await
    }

    /// The names that events of a source wait for, at most `limit`, in order,
    /// after `after`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn waited_for(
        &self,
        source: SourceId,
        whose: Whose,
        after: Option<&str>,
        limit: u64,
    ) -> Result<Vec<String>, StoreError> {
        let mut query = waiting_events::Entity::find()
            .filter(waiting_events::Column::SourceId.eq(source.0))
            .filter(waiting_events::Column::Whose.eq(whose.key()));
        if let Some(after) = after {
            query = query.filter(waiting_events::Column::Name.gt(after));
        }
        Ok(query
            .select_only()
            .column(waiting_events::Column::Name)
            .distinct()
            .order_by_asc(waiting_events::Column::Name)
            .limit(limit)
            .into_tuple()
            .all(&self.db)
            .await?)
    }

    /// Lets go of the events of a source that wait for one of these, in the
    /// order in which they came, at most `limit`.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn stop_waiting(
        &self,
        source: SourceId,
        whose: Whose,
        names: &[&str],
        limit: u64,
    ) -> Result<Vec<WaitingEvent>, StoreError> {
        let mut found = Vec::new();
        for chunk in names.chunks(IDS_IN_A_QUERY) {
            let left = limit.saturating_sub(found.len() as u64);
            if left == 0 {
                break;
            }
            let rows = waiting_events::Entity::find()
                .filter(waiting_events::Column::SourceId.eq(source.0))
                .filter(waiting_events::Column::Whose.eq(whose.key()))
                .filter(waiting_events::Column::Name.is_in(chunk.iter().copied()))
                .order_by_asc(waiting_events::Column::Id)
                .limit(left)
                .all(&self.db)
                .await?;
            for row in rows {
                found.push(from_row(row)?);
            }
        }
        let ids: Vec<i64> = found.iter().map(|event| event.id).collect();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            waiting_events::Entity::delete_many()
                .filter(waiting_events::Column::Id.is_in(chunk.iter().copied()))
                .exec(&self.db)
                .await?;
        }
        found.sort_by_key(|event| event.id);
        Ok(found)
    }

    /// The events of posts after `after`, up to `until`, that still wait.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn waiting_of_posts(&self, after: u64, until: u64) -> Result<Vec<WaitingEvent>, StoreError> {
        let number = |position: u64| i64::try_from(position).unwrap_or(i64::MAX);
        let rows = waiting_events::Entity::find()
            .filter(waiting_events::Column::Position.gt(number(after)))
            .filter(waiting_events::Column::Position.lte(number(until)))
            .all(&self.db)
            .await?;
        rows.into_iter().map(from_row).collect()
    }

    /// How many events of a source wait.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn waiting(&self, source: SourceId) -> Result<u64, StoreError> {
        Ok(waiting_events::Entity::find()
            .filter(waiting_events::Column::SourceId.eq(source.0))
            .count(&self.db)
            .await?)
    }

    /// Forgets events that have waited since before `at`; answers how many.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_waiting(&self, at: DateTime<Utc>) -> Result<u64, StoreError> {
        let gone = waiting_events::Entity::delete_many()
            .filter(waiting_events::Column::ReceivedAt.lt(at))
            .exec(&self.db)
            .await?;
        Ok(gone.rows_affected)
    }
}

fn from_row(row: waiting_events::Model) -> Result<WaitingEvent, StoreError> {
    let whose = Whose::from_key(&row.whose);
    Ok(WaitingEvent {
        id: row.id,
        source: SourceId(row.source_id),
        whose: code(whose, "waiting_events", &row.whose)?,
        name: row.name,
        event: row.event,
        received_at: row.received_at,
        position: row.position.unsigned_abs(),
    })
}
