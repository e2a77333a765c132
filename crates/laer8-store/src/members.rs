//! As part of which account, or person, another is read.
//!
//! All that are joined, also through others, are read as the one of them with
//! the lowest id: the one that came first, so that its address stays. That is
//! worked out when a join changes, not each time somebody reads.

use crate::{
    IdRange, StoreError, Tx,
    entities::{joins, members},
    rows::IDS_IN_A_QUERY,
};
use laer8_domain::{identity::Subject, ids::AccountId};
use rustc_hash::{FxHashMap, FxHashSet};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::ExprTrait};

impl Tx {
    /// Works out anew as what these, and whatever is joined to them, are read.
    /// What was joined to one of them before must be among them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn reread(&self, subject: Subject, seeds: &[i64]) -> Result<(), StoreError> {
        let mut parents: FxHashMap<i64, i64> = FxHashMap::default();
        let mut met: FxHashSet<i64> = seeds.iter().copied().collect();
        let mut frontier: Vec<i64> = met.iter().copied().collect();
        while !frontier.is_empty() {
            let mut next = Vec::new();
            for (first, second) in self.pairs_in_force(subject, &frontier).await? {
                next.extend([first, second].into_iter().filter(|id| met.insert(*id)));
                let (first, second) = (root(&parents, first), root(&parents, second));
                if first != second {
                    let (low, high) = if first < second { (first, second) } else { (second, first) };
                    parents.insert(high, low);
                }
            }
            frontier = next;
        }
        let mut ids: Vec<i64> = met.into_iter().collect();
        ids.sort_unstable();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            members::Entity::delete_many()
                .filter(members::Column::Subject.eq(subject.key()))
                .filter(members::Column::MemberId.is_in(chunk.iter().copied()))
                .exec(&self.db)
                .await?;
        }
        let rows = ids.into_iter().filter_map(|id| {
            let of = root(&parents, id);
            (of != id).then(|| members::ActiveModel {
                subject: Set(subject.key().to_owned()),
                member_id: Set(id),
                of_id: Set(of),
            })
        });
        self.insert_all(rows.collect::<Vec<_>>()).await
    }

    async fn pairs_in_force(&self, subject: Subject, ids: &[i64]) -> Result<Vec<(i64, i64)>, StoreError> {
        let mut pairs = Vec::new();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let first = joins::Column::FirstId.is_in(chunk.iter().copied());
            let second = joins::Column::SecondId.is_in(chunk.iter().copied());
            let found: Vec<(i64, i64)> = joins::Entity::find()
                .filter(joins::Column::Subject.eq(subject.key()))
                .filter(joins::Column::UndoneAt.is_null())
                .filter(first.or(second))
                .select_only()
                .column(joins::Column::FirstId)
                .column(joins::Column::SecondId)
                .into_tuple()
                .all(&self.db)
                .await?;
            pairs.extend(found);
        }
        Ok(pairs)
    }

    /// As what each of these is read, where that is another.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn read_as(&self, subject: Subject, ids: &[i64]) -> Result<FxHashMap<i64, i64>, StoreError> {
        let mut found = FxHashMap::default();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let rows = members::Entity::find()
                .filter(members::Column::Subject.eq(subject.key()))
                .filter(members::Column::MemberId.is_in(chunk.iter().copied()))
                .all(&self.db)
                .await?;
            found.extend(rows.into_iter().map(|row| (row.member_id, row.of_id)));
        }
        Ok(found)
    }

    /// The account as which an account is read: itself mostly.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn account_read_as(&self, account: AccountId) -> Result<AccountId, StoreError> {
        let of = self.read_as(Subject::Account, &[account.0]).await?;
        Ok(of.get(&account.0).map_or(account, |of| AccountId(*of)))
    }

    /// Those that are read as one of these, and these themselves, by id. These
    /// are not read as others.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn members_of(&self, subject: Subject, ids: &[i64]) -> Result<Vec<(i64, i64)>, StoreError> {
        let mut found: Vec<(i64, i64)> = ids.iter().map(|id| (*id, *id)).collect();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let rows = members::Entity::find()
                .filter(members::Column::Subject.eq(subject.key()))
                .filter(members::Column::OfId.is_in(chunk.iter().copied()))
                .all(&self.db)
                .await?;
            found.extend(rows.into_iter().map(|row| (row.member_id, row.of_id)));
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The accounts that are read as another where either is in `range`.
    pub(crate) async fn members_in(&self, range: IdRange) -> Result<FxHashMap<i64, i64>, StoreError> {
        let ends = (range.first.0, range.last.0);
        let member = members::Column::MemberId.between(ends.0, ends.1);
        let of = members::Column::OfId.between(ends.0, ends.1);
        let rows = members::Entity::find()
            .filter(members::Column::Subject.eq(Subject::Account.key()))
            .filter(member.or(of))
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(|row| (row.member_id, row.of_id)).collect())
    }
}

/// The lowest id of those that are one with `id`.
fn root(parents: &FxHashMap<i64, i64>, id: i64) -> i64 {
    let mut root = id;
    while let Some(parent) = parents.get(&root) {
        root = *parent;
    }
    root
}
