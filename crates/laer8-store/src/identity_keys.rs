//! By what accounts and people may be told to be one, looked up by value.

use crate::{StoreError, Tx, entities::identity_keys, rows::IDS_IN_A_QUERY};
use laer8_domain::identity::{Key, Subject};
use rustc_hash::{FxHashMap, FxHashSet};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryResult, QuerySelect,
    Statement,
};

/// The keys of one account, or person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredKeys {
    /// Which.
    pub id: i64,
    /// By what it may be told to be one with another.
    pub keys: Vec<Key>,
}

/// Values in one look-up.
const VALUES_IN_A_QUERY: usize = 1_000;

impl Tx {
    /// Puts keys in the place of those that these had.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_keys(&self, subject: Subject, keys: &[StoredKeys]) -> Result<(), StoreError> {
        for chunk in keys.chunks(IDS_IN_A_QUERY) {
            identity_keys::Entity::delete_many()
                .filter(identity_keys::Column::Subject.eq(subject.key()))
                .filter(identity_keys::Column::SubjectId.is_in(chunk.iter().map(|of| of.id)))
                .exec(&self.db)
                .await?;
        }
        let rows = keys.iter().flat_map(|of| of.keys.iter().map(|key| (of.id, key)));
        let rows = rows.map(|(id, key)| identity_keys::ActiveModel {
            subject: Set(subject.key().to_owned()),
            rule: Set(key.rule.clone()),
            value: Set(key.value.clone()),
            subject_id: Set(id),
        });
        self.insert_all(rows.collect::<Vec<_>>()).await
    }

    /// Throws all keys away.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_keys(&self, subject: Subject) -> Result<(), StoreError> {
        identity_keys::Entity::delete_many()
            .filter(identity_keys::Column::Subject.eq(subject.key()))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// The keys that several have who are not read as one.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn open_keys(&self, subject: Subject) -> Result<Vec<Key>, StoreError> {
        let sql = "SELECT k.rule, k.value FROM identity_keys k \
                   LEFT JOIN members m ON m.subject = k.subject AND m.member_id = k.subject_id \
                   WHERE k.subject = $1 GROUP BY k.rule, k.value \
                   HAVING COUNT(DISTINCT COALESCE(m.of_id, k.subject_id)) > 1 ORDER BY k.rule, k.value";
        let backend = self.db.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, [subject.key().into()]);
        let rows = self.db.query_all_raw(statement).await?;
        let key =
            |row: &QueryResult| Ok(Key { rule: row.try_get_by_index(0)?, value: row.try_get_by_index(1)? });
        rows.iter().map(key).collect()
    }

    /// Those keys of these that others have too.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn shared_keys_of(&self, subject: Subject, ids: &[i64]) -> Result<Vec<Key>, StoreError> {
        let mut found = FxHashSet::default();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let own: Vec<(String, String)> = identity_keys::Entity::find()
                .filter(identity_keys::Column::Subject.eq(subject.key()))
                .filter(identity_keys::Column::SubjectId.is_in(chunk.iter().copied()))
                .select_only()
                .column(identity_keys::Column::Rule)
                .column(identity_keys::Column::Value)
                .distinct()
                .into_tuple()
                .all(&self.db)
                .await?;
            let own: Vec<Key> = own.into_iter().map(|(rule, value)| Key { rule, value }).collect();
            let mut holders: FxHashMap<Key, u32> = FxHashMap::default();
            for of in self.holders(subject, &own).await? {
                for key in of.keys {
                    *holders.entry(key).or_default() += 1;
                }
            }
            found.extend(holders.into_iter().filter(|(_, count)| *count > 1).map(|(key, _)| key));
        }
        let mut found: Vec<Key> = found.into_iter().collect();
        found.sort_unstable();
        Ok(found)
    }

    /// Who has any of these keys, and which of them, by id.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn holders(&self, subject: Subject, keys: &[Key]) -> Result<Vec<StoredKeys>, StoreError> {
        let mut rows = Vec::new();
        let mut sorted: Vec<&Key> = keys.iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        for of_rule in sorted.chunk_by(|a, b| a.rule == b.rule) {
            for chunk in of_rule.chunks(VALUES_IN_A_QUERY) {
                let found = identity_keys::Entity::find()
                    .filter(identity_keys::Column::Subject.eq(subject.key()))
                    .filter(identity_keys::Column::Rule.eq(of_rule[0].rule.as_str()))
                    .filter(identity_keys::Column::Value.is_in(chunk.iter().map(|key| key.value.as_str())));
                rows.extend(found.all(&self.db).await?);
            }
        }
        rows.sort_unstable_by(|a, b| {
            (a.subject_id, &a.rule, &a.value).cmp(&(b.subject_id, &b.rule, &b.value))
        });
        let groups = rows.chunk_by(|a, b| a.subject_id == b.subject_id).map(|rows| StoredKeys {
            id: rows[0].subject_id,
            keys: rows.iter().map(|row| Key { rule: row.rule.clone(), value: row.value.clone() }).collect(),
        });
        Ok(groups.collect())
    }
}
