//! Who of an account used a feature, to count people once in a window.

use crate::{StoreError, Tx, entities::presences, rows::Known};
use laer8_domain::{
    days::Day,
    ids::{AccountId, FeatureId},
};
use rustc_hash::FxHashMap;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement, Value};

/// Keys in one statement.
const KEYS_IN_A_QUERY: usize = 500;

/// A window of a measure for an account and a feature.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PresenceKey {
    /// Of whom.
    pub account: AccountId,
    /// Of what.
    pub feature: FeatureId,
    /// By which measure.
    pub measure: String,
    /// The first day of the window.
    pub since: Day,
}

impl Tx {
    /// Notes who was there: a digest of somebody for each. What was noted
    /// before changes nothing.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_presences(&self, presences: &[(PresenceKey, i64)]) -> Result<(), StoreError> {
        let rows = presences.iter().map(|(key, who)| presences::ActiveModel {
            account_id: Set(key.account.0),
            feature_id: Set(key.feature.0),
            measure: Set(key.measure.clone()),
            since: Set(key.since),
            who: Set(*who),
        });
        self.insert_rows(rows, Known::LeaveOut).await?;
        Ok(())
    }

    /// Forgets who was there by a measure.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_presences(&self, measure: &str) -> Result<(), StoreError> {
        presences::Entity::delete_many()
            .filter(presences::Column::Measure.eq(measure))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// How many people were there, by key.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn present(&self, keys: &[PresenceKey]) -> Result<FxHashMap<PresenceKey, u32>, StoreError> {
        let backend = self.db.get_database_backend();
        let mut present = FxHashMap::default();
        for chunk in keys.chunks(KEYS_IN_A_QUERY) {
            let mut values: Vec<Value> = Vec::with_capacity(chunk.len() * 4);
            let mut rows = Vec::with_capacity(chunk.len());
            for key in chunk {
                let n = values.len();
                rows.push(format!("(${}, ${}, ${}, ${})", n + 1, n + 2, n + 3, n + 4));
                values.extend([
                    Value::from(key.account.0),
                    Value::from(key.feature.0),
                    Value::from(key.measure.clone()),
                    Value::from(key.since),
                ]);
            }
            let sql = format!(
                "SELECT account_id, feature_id, measure, since, COUNT(*) FROM presences \
                 WHERE (account_id, feature_id, measure, since) IN (VALUES {}) \
                 GROUP BY account_id, feature_id, measure, since",
                rows.join(", ")
            );
            for row in self.db.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await? {
                let key = PresenceKey {
                    account: AccountId(row.try_get_by_index(0)?),
                    feature: FeatureId(row.try_get_by_index(1)?),
                    measure: row.try_get_by_index(2)?,
                    since: row.try_get_by_index(3)?,
                };
                let people: i64 = row.try_get_by_index(4)?;
                present.insert(key, u32::try_from(people).unwrap_or(u32::MAX));
            }
        }
        Ok(present)
    }
}
