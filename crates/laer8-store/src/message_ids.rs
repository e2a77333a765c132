//! Which events were taken already.
//!
//! Of an event's id only a digest is kept, under the day of its receipt: a day
//! is thrown away as a whole, and what comes in order of time lies together.

use crate::{StoreError, Tx, entities::message_ids};
use laer8_domain::days::{Day, shift};
use rustc_hash::FxHashSet;
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, Statement, Value};
use std::fmt::Write as _;

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
        let backend = self.db.get_database_backend();
        // Each digest is looked up by the key, on each of the two days.
        let sql = match backend {
            DbBackend::Postgres => {
                "SELECT digest FROM message_ids WHERE day IN ($1, $2) AND digest IN \
                 (SELECT decode(one, 'hex') FROM unnest(string_to_array($3, ',')) AS one)"
            }
            _ => {
                "SELECT taken.digest FROM json_each('[\"' || replace($3, ',', '\",\"') || '\"]') AS one \
                 CROSS JOIN message_ids AS taken ON taken.day IN ($1, $2) AND taken.digest = unhex(one.value)"
            }
        };
        let values: [Value; 3] = [day.into(), shift(day, -1).into(), strung(digests.iter()).into()];
        let rows = self.db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        let digest = |row: sea_orm::QueryResult| {
            let digest: Vec<u8> = row.try_get_by_index(0)?;
            digest.try_into().map_err(|_| StoreError::corrupt("message_ids", "a digest"))
        };
        rows.into_iter().map(digest).collect()
    }

    /// Notes that events were taken on `day`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn take_messages(&self, day: Day, mut digests: Vec<MessageDigest>) -> Result<(), StoreError> {
        if digests.is_empty() {
            return Ok(());
        }
        // In order of the key, neighbours meet in the index.
        digests.sort_unstable();
        let backend = self.db.get_database_backend();
        let sql = match backend {
            DbBackend::Postgres => {
                "INSERT INTO message_ids (day, digest) SELECT $1, decode(one, 'hex') \
                 FROM unnest(string_to_array($2, ',')) AS one ON CONFLICT DO NOTHING"
            }
            _ => {
                "INSERT OR IGNORE INTO message_ids (day, digest) SELECT $1, unhex(value) \
                 FROM json_each('[\"' || replace($2, ',', '\",\"') || '\"]')"
            }
        };
        let values: [Value; 2] = [day.into(), strung(digests.iter()).into()];
        self.db.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
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

/// Digests as one text, in hexadecimal, with commas between them: however many
/// there are, they are one value.
fn strung<'d>(digests: impl ExactSizeIterator<Item = &'d MessageDigest>) -> String {
    let mut text = String::with_capacity(digests.len() * 33);
    for digest in digests {
        if !text.is_empty() {
            text.push(',');
        }
        // A text takes everything.
        let _ = write!(text, "{:032x}", u128::from_be_bytes(*digest));
    }
    text
}
