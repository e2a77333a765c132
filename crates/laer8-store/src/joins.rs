//! Joins: that two accounts, or two people, are read as one; and the pairs that
//! a person has kept apart.
//!
//! A join stands between the two that were found alike. What follows from all
//! of them together is in [`crate::members`].

use crate::{Kind, StoreError, Tx, entities::joins, rows::IDS_IN_A_QUERY, rows::code};
use chrono::{DateTime, Utc};
use laer8_domain::{
    identity::{Key, Subject},
    ids::JoinId,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::ExprTrait,
};

/// A join, or what became of one.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct StoredJoin {
    /// Which; when one is made, the store hands it out.
    pub id: JoinId,
    /// Accounts or people.
    pub subject: Subject,
    /// The one with the lower id.
    pub first: i64,
    /// The other.
    pub second: i64,
    /// The rule and the value that they have in common; the value is empty for
    /// what a person joined.
    pub key: Key,
    /// When it was made.
    pub joined_at: DateTime<Utc>,
    /// Who made it, as the audit log names them.
    pub joined_by: String,
    /// When it was undone.
    pub undone_at: Option<DateTime<Utc>>,
    /// Who undid it; empty while it stands.
    pub undone_by: String,
    /// Whether a person has said that the two are not one: no rule joins them
    /// again.
    pub apart: bool,
}

/// Which joins to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct JoinsAsked {
    /// Of accounts or of people; of both when it is none.
    pub subject: Option<Subject>,
    /// Those in force, or those that were undone; both when it is none.
    pub in_force: Option<bool>,
    /// Only those made before this one.
    pub before: Option<JoinId>,
}

impl Tx {
    /// Writes joins down, in their order; their ids are given anew. The members
    /// have to be read anew afterwards: [`Tx::reread`].
    ///
    /// # Errors
    /// When the database can't.
    pub async fn insert_joins(&self, new: Vec<StoredJoin>) -> Result<Vec<JoinId>, StoreError> {
        let first = self.next_ids(Kind::Join, new.len()).await?;
        let ids: Vec<JoinId> = (first..).take(new.len()).map(JoinId).collect();
        let rows = new.into_iter().zip(&ids).map(|(join, id)| to_row(*id, join));
        self.insert_all(rows).await?;
        Ok(ids)
    }

    /// A join.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn join(&self, id: JoinId) -> Result<Option<StoredJoin>, StoreError> {
        joins::Entity::find_by_id(id.0).one(&self.db).await?.map(from_row).transpose()
    }

    /// At most `limit` joins, the latest first.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn joins(&self, asked: JoinsAsked, limit: u64) -> Result<Vec<StoredJoin>, StoreError> {
        let query = asked.query().order_by_desc(joins::Column::Id).limit(limit);
        query.all(&self.db).await?.into_iter().map(from_row).collect()
    }

    /// How many there are.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn count_joins(&self, asked: JoinsAsked) -> Result<u64, StoreError> {
        Ok(asked.query().count(&self.db).await?)
    }

    /// The joins, in force or not, that have one of these at an end, by id.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn joins_of(&self, subject: Subject, ids: &[i64]) -> Result<Vec<StoredJoin>, StoreError> {
        let mut found = Vec::new();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let first = joins::Column::FirstId.is_in(chunk.iter().copied());
            let second = joins::Column::SecondId.is_in(chunk.iter().copied());
            let query = joins::Entity::find()
                .filter(joins::Column::Subject.eq(subject.key()))
                .filter(first.or(second));
            found.extend(query.all(&self.db).await?);
        }
        found.sort_unstable_by_key(|row| row.id);
        found.dedup_by_key(|row| row.id);
        found.into_iter().map(from_row).collect()
    }

    /// Changes a join that is there. The members have to be read anew
    /// afterwards: [`Tx::reread`].
    ///
    /// # Errors
    /// When the database can't.
    pub async fn update_join(&self, join: StoredJoin) -> Result<(), StoreError> {
        joins::Entity::update(to_row(join.id, join)).exec(&self.db).await?;
        Ok(())
    }
}

impl JoinsAsked {
    fn query(self) -> sea_orm::Select<joins::Entity> {
        let mut query = joins::Entity::find();
        if let Some(subject) = self.subject {
            query = query.filter(joins::Column::Subject.eq(subject.key()));
        }
        if let Some(before) = self.before {
            query = query.filter(joins::Column::Id.lt(before.0));
        }
        match self.in_force {
            Some(true) => query.filter(joins::Column::UndoneAt.is_null()),
            Some(false) => query.filter(joins::Column::UndoneAt.is_not_null()),
            None => query,
        }
    }
}

fn to_row(id: JoinId, join: StoredJoin) -> joins::ActiveModel {
    joins::ActiveModel {
        id: Set(id.0),
        subject: Set(join.subject.key().to_owned()),
        first_id: Set(join.first),
        second_id: Set(join.second),
        rule: Set(join.key.rule),
        value: Set(join.key.value),
        joined_at: Set(join.joined_at),
        joined_by: Set(join.joined_by),
        undone_at: Set(join.undone_at),
        undone_by: Set(join.undone_by),
        apart: Set(join.apart),
    }
}

fn from_row(row: joins::Model) -> Result<StoredJoin, StoreError> {
    Ok(StoredJoin {
        id: JoinId(row.id),
        subject: code(Subject::from_key(&row.subject), "joins", &row.subject)?,
        first: row.first_id,
        second: row.second_id,
        key: Key { rule: row.rule, value: row.value },
        joined_at: row.joined_at,
        joined_by: row.joined_by,
        undone_at: row.undone_at,
        undone_by: row.undone_by,
        apart: row.apart,
    })
}
