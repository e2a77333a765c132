//! Which events of the inbox were not worked in. Who reads the inbox again, to
//! count something else, leaves them out as well.

use crate::{StoreError, Tx, entities::inbox_left_out, rows::Known};
use rustc_hash::FxHashSet;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// An event of the inbox: its post, and its place there, from 0.
pub type InboxPlace = (u64, usize);

impl Tx {
    /// Notes that events were not worked in.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn leave_out(&self, places: &[InboxPlace]) -> Result<(), StoreError> {
        let rows = places.iter().map(|(position, place)| inbox_left_out::ActiveModel {
            position: Set(number(*position)),
            place: Set(i32::try_from(*place).unwrap_or(i32::MAX)),
        });
        self.insert_rows(rows, Known::LeaveOut).await?;
        Ok(())
    }

    /// Those of the posts after `after`, up to `until`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn left_out(&self, after: u64, until: u64) -> Result<FxHashSet<InboxPlace>, StoreError> {
        let rows = inbox_left_out::Entity::find()
            .filter(inbox_left_out::Column::Position.gt(number(after)))
            .filter(inbox_left_out::Column::Position.lte(number(until)))
            .all(&self.db)
            .await?;
        let place = |row: inbox_left_out::Model| {
            (row.position.unsigned_abs(), usize::try_from(row.place).unwrap_or_default())
        };
        Ok(rows.into_iter().map(place).collect())
    }

    /// Forgets those of the posts before `position`, which are gone.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_left_out(&self, position: u64) -> Result<(), StoreError> {
        inbox_left_out::Entity::delete_many()
            .filter(inbox_left_out::Column::Position.lt(number(position)))
            .exec(&self.db)
            .await?;
        Ok(())
    }
}

fn number(position: u64) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}
