//! How many customers were how healthy on a day. A cache: nothing is lost with
//! it.

use crate::{
    StoreError, Tx,
    entities::health_days,
    rows::{line, unsigned},
};
use laer8_domain::days::{Day, Window};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// How many customers of a segment were how healthy on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredHealthDay {
    /// Which day.
    pub day: Day,
    /// Which segment; none for all together.
    pub segment: Option<String>,
    /// Customers that were healthy.
    pub healthy: u32,
    /// Customers to watch.
    pub watch: u32,
    /// Customers at risk.
    pub at_risk: u32,
    /// Customers of which too little was known.
    pub not_enough_data: u32,
    /// The sum of the scores of those that had one.
    pub score_sum: f64,
}

impl Tx {
    /// Keeps the days of `window`, in place of what was kept of them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_health_days(
        &self,
        window: Window,
        days: Vec<StoredHealthDay>,
    ) -> Result<(), StoreError> {
        health_days::Entity::delete_many()
            .filter(health_days::Column::Day.gte(window.start))
            .filter(health_days::Column::Day.lt(window.end))
            .exec(&self.db)
            .await?;
        let rows = days.into_iter().map(|day| health_days::ActiveModel {
            day: Set(day.day),
            segment: Set(day.segment.unwrap_or_default()),
            healthy: Set(line(day.healthy)),
            watch: Set(line(day.watch)),
            at_risk: Set(line(day.at_risk)),
            not_enough_data: Set(line(day.not_enough_data)),
            score_sum: Set(day.score_sum),
        });
        self.insert_all(rows).await
    }

    /// What is kept of a segment, or of all together, for the days of `window`,
    /// in order.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn health_days(
        &self,
        window: Window,
        segment: Option<&str>,
    ) -> Result<Vec<StoredHealthDay>, StoreError> {
        let rows = health_days::Entity::find()
            .filter(health_days::Column::Day.gte(window.start))
            .filter(health_days::Column::Day.lt(window.end))
            .filter(health_days::Column::Segment.eq(segment.unwrap_or_default()))
            .order_by_asc(health_days::Column::Day)
            .all(&self.db)
            .await?;
        rows.into_iter().map(from_row).collect()
    }
}

fn from_row(row: health_days::Model) -> Result<StoredHealthDay, StoreError> {
    let count = |stored| unsigned(stored, "health_days");
    Ok(StoredHealthDay {
        day: row.day,
        healthy: count(row.healthy)?,
        watch: count(row.watch)?,
        at_risk: count(row.at_risk)?,
        not_enough_data: count(row.not_enough_data)?,
        score_sum: row.score_sum,
        segment: Some(row.segment).filter(|segment| !segment.is_empty()),
    })
}
