//! Which events were taken already.
//!
//! Of an event's id only a digest is kept, under the day of its receipt: a day
//! is thrown away as a whole, and what comes in order of time lies together.

use crate::{StoreError, Tx, entities::message_ids, rows::Known};
use laer8_domain::days::{Day, shift};
use rustc_hash::FxHashSet;
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

/// Digests in one `IN (…)`.
const IN_A_QUERY: usize = 4_000;

/// A digest of who sent an event and which it is.
pub type MessageDigest = [u8; 16];

impl Tx {
    /// Those of `digests` that were taken on `day` or the day before.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn taken_messages(
        &self,
        day: Day,
        digests: &[MessageDigest],
    ) -> Result<FxHashSet<MessageDigest>, StoreError> {
        let mut taken = FxHashSet::default();
        for chunk in digests.chunks(IN_A_QUERY) {
            let these = || chunk.iter().map(|digest| digest.to_vec());
            // Each day by itself, so that the key is looked up and not searched.
            let on = |day: Day| {
                Condition::all()
                    .add(message_ids::Column::Day.eq(day))
                    .add(message_ids::Column::Digest.is_in(these()))
            };
            for day in [day, shift(day, -1)] {
                let found: Vec<Vec<u8>> = message_ids::Entity::find()
                    .filter(on(day))
                    .select_only()
                    .column(message_ids::Column::Digest)
                    .into_tuple()
                    .all(&self.db)
                    .await?;
                for digest in found {
                    let digest = digest.try_into();
                    taken.insert(digest.map_err(|_| StoreError::corrupt("message_ids", "a digest"))?);
                }
            }
        }
        Ok(taken)
    }

    /// Notes that events were taken on `day`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn take_messages(&self, day: Day, digests: &[MessageDigest]) -> Result<(), StoreError> {
        // In order of the key, neighbours meet in the index.
        let mut in_order = digests.to_vec();
        in_order.sort_unstable();
        let rows = in_order
            .into_iter()
            .map(move |digest| message_ids::ActiveModel { day: Set(day), digest: Set(digest.to_vec()) });
        self.insert_rows(rows, Known::LeaveOut).await?;
        Ok(())
    }

    /// Forgets what was taken before `day`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_messages(&self, day: Day) -> Result<(), StoreError> {
        message_ids::Entity::delete_many().filter(message_ids::Column::Day.lt(day)).exec(&self.db).await?;
        Ok(())
    }
}
