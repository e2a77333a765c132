//! What became of the events of each source: in all, and by the minute.

use crate::{
    StoreError, Tx,
    entities::{intake_minutes, intake_totals},
};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use laer8_domain::ids::SourceId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IdenStatic, QueryFilter, QueryOrder,
    sea_query::{Alias, Expr, ExprTrait, OnConflict},
};

/// How many events became what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IntakeCounts {
    /// Taken.
    pub accepted: u64,
    /// Taken before.
    pub duplicates: u64,
    /// Not understood.
    pub refused: u64,
    /// Of those accepted, those that had to wait for an account.
    pub waited: u64,
}

/// What became of all events of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct IntakeTotals {
    /// How many became what.
    pub counts: IntakeCounts,
    /// When the newest happened.
    pub last_event_at: Option<DateTime<Utc>>,
    /// When the last was received.
    pub last_received_at: Option<DateTime<Utc>>,
}

impl Tx {
    /// Adds to what became of the events of a source; `at` is when the last of
    /// them was received.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn count_intake(
        &self,
        source: SourceId,
        counts: IntakeCounts,
        event_at: Option<DateTime<Utc>>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let before = self.intake_totals(source).await?;
        let totals = intake_totals::ActiveModel {
            source_id: Set(source.0),
            accepted: Set(number(before.counts.accepted + counts.accepted)),
            duplicates: Set(number(before.counts.duplicates + counts.duplicates)),
            refused: Set(number(before.counts.refused + counts.refused)),
            waited: Set(number(before.counts.waited + counts.waited)),
            last_event_at: Set(later(before.last_event_at, event_at)),
            last_received_at: Set(later(before.last_received_at, Some(at))),
        };
        use intake_totals::Column as Total;
        let replace = OnConflict::column(Total::SourceId)
            .update_columns([
                Total::Accepted,
                Total::Duplicates,
                Total::Refused,
                Total::Waited,
                Total::LastEventAt,
                Total::LastReceivedAt,
            ])
            .to_owned();
        intake_totals::Entity::insert(totals).on_conflict(replace).exec_without_returning(&self.db).await?;

        use intake_minutes::Column as Minute;
        let minute = at.duration_trunc(TimeDelta::minutes(1)).unwrap_or(at);
        let row = intake_minutes::ActiveModel {
            source_id: Set(source.0),
            minute: Set(minute),
            accepted: Set(number(counts.accepted)),
            duplicates: Set(number(counts.duplicates)),
            refused: Set(number(counts.refused)),
            waited: Set(number(counts.waited)),
        };
        let added = |column: Minute| {
            let stored = Expr::col((intake_minutes::Entity, column));
            (column, stored.add(Expr::col((Alias::new("excluded"), Alias::new(column.as_str())))))
        };
        let add = OnConflict::columns([Minute::SourceId, Minute::Minute])
            .values([Minute::Accepted, Minute::Duplicates, Minute::Refused, Minute::Waited].map(added))
            .to_owned();
        intake_minutes::Entity::insert(row).on_conflict(add).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// What became of all events of a source.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn intake_totals(&self, source: SourceId) -> Result<IntakeTotals, StoreError> {
        let row = intake_totals::Entity::find_by_id(source.0).one(&self.db).await?;
        Ok(row.map_or_else(IntakeTotals::default, |row| IntakeTotals {
            counts: counts([row.accepted, row.duplicates, row.refused, row.waited]),
            last_event_at: row.last_event_at,
            last_received_at: row.last_received_at,
        }))
    }

    /// What became of the events of a source by the minute, since `from`; minutes
    /// without events are left out.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn intake_minutes(
        &self,
        source: SourceId,
        from: DateTime<Utc>,
    ) -> Result<Vec<(DateTime<Utc>, IntakeCounts)>, StoreError> {
        let rows = intake_minutes::Entity::find()
            .filter(intake_minutes::Column::SourceId.eq(source.0))
            .filter(intake_minutes::Column::Minute.gte(from))
            .order_by_asc(intake_minutes::Column::Minute)
            .all(&self.db)
            .await?;
        let minute = |row: intake_minutes::Model| {
            (row.minute, counts([row.accepted, row.duplicates, row.refused, row.waited]))
        };
        Ok(rows.into_iter().map(minute).collect())
    }

    /// Forgets the minutes before `at`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_intake_minutes(&self, at: DateTime<Utc>) -> Result<(), StoreError> {
        intake_minutes::Entity::delete_many()
            .filter(intake_minutes::Column::Minute.lt(at))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

fn later(one: Option<DateTime<Utc>>, other: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    Ord::max(one, other)
}

fn counts([accepted, duplicates, refused, waited]: [i64; 4]) -> IntakeCounts {
    IntakeCounts {
        accepted: accepted.unsigned_abs(),
        duplicates: duplicates.unsigned_abs(),
        refused: refused.unsigned_abs(),
        waited: waited.unsigned_abs(),
    }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
