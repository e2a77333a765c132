//! How far the inbox is worked in.
//!
//! A position moves in the transaction that holds what was worked in, so that
//! each post is worked in exactly once.

use crate::{StoreError, Tx, entities::inbox_positions};
use sea_orm::{
    ActiveValue::Set,
    ConnectionTrait, DbBackend, EntityTrait, QuerySelect,
    sea_query::{LockBehavior, LockType, OnConflict},
};

impl Tx {
    /// How far `reader` has got, 0 at the beginning.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn inbox_position(&self, reader: &str) -> Result<u64, StoreError> {
        let row = inbox_positions::Entity::find_by_id(reader.to_owned()).one(&self.db).await?;
        row.map_or(Ok(0), |row| position(row.position))
    }

    /// The same, and nobody else may be `reader` until this transaction ends;
    /// none while somebody else is. Whoever dies in the middle lets go of it
    /// with the connection.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn hold_inbox_position(&self, reader: &str) -> Result<Option<u64>, StoreError> {
        // On SQLite whoever may write is alone.
        if self.db.get_database_backend() != DbBackend::Postgres {
            return self.inbox_position(reader).await.map(Some);
        }
        let row = inbox_positions::ActiveModel { reader: Set(reader.to_owned()), position: Set(0) };
        let keep = OnConflict::column(inbox_positions::Column::Reader).do_nothing().to_owned();
        let held = inbox_positions::Entity::find_by_id(reader.to_owned())
            .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
        if let Some(row) = held.clone().one(&self.db).await? {
            return position(row.position).map(Some);
        }
        inbox_positions::Entity::insert(row).on_conflict(keep).exec_without_returning(&self.db).await?;
        held.one(&self.db).await?.map(|row| position(row.position)).transpose()
    }

    /// Moves `reader` to a position.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_inbox_position(&self, reader: &str, position: u64) -> Result<(), StoreError> {
        let row = inbox_positions::ActiveModel {
            reader: Set(reader.to_owned()),
            position: Set(i64::try_from(position).unwrap_or(i64::MAX)),
        };
        let replace = OnConflict::column(inbox_positions::Column::Reader)
            .update_column(inbox_positions::Column::Position)
            .to_owned();
        inbox_positions::Entity::insert(row).on_conflict(replace).exec_without_returning(&self.db).await?;
        Ok(())
    }

    /// Every reader whose name begins with `prefix`, and how far it has got.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn inbox_readers(&self, prefix: &str) -> Result<Vec<(String, u64)>, StoreError> {
        let rows = inbox_positions::Entity::find().all(&self.db).await?;
        let of_prefix = rows.into_iter().filter(|row| row.reader.starts_with(prefix));
        of_prefix.map(|row| Ok((row.reader, position(row.position)?))).collect()
    }

    /// Forgets a reader.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_inbox_reader(&self, reader: &str) -> Result<(), StoreError> {
        inbox_positions::Entity::delete_by_id(reader.to_owned()).exec(&self.db).await?;
        Ok(())
    }
}

fn position(stored: i64) -> Result<u64, StoreError> {
    u64::try_from(stored).map_err(|_| StoreError::corrupt("inbox_positions", "a negative position"))
}
