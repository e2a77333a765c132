//! States of the workspace, and which account each differs in from the one
//! before.
//!
//! Another *generation* begins each time that what was worked out before no
//! longer holds. Where it is a single account's facts that changed, that is
//! written down, so that nobody has to work out the others again.

use crate::{
    Kind, StoreError, Tx,
    entities::{changes, evaluations, health_days, id_counters},
};
use laer8_domain::{days::Day, ids::AccountId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// How many changes of single accounts are remembered: beyond, working out
/// everything again is quicker.
const REMEMBERED: u64 = 1_000;

impl Tx {
    /// The state of the workspace: another number each time that what was
    /// worked out before no longer holds.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn generation(&self) -> Result<u64, StoreError> {
        let counter = id_counters::Entity::find_by_id(Kind::Generation.key()).one(&self.db).await?;
        counter.map_or(Ok(0), |counter| {
            u64::try_from(counter.next).map_err(|_| StoreError::corrupt("id_counters", "a negative number"))
        })
    }

    /// Throws away everything kept for days from `day` on, or everything,
    /// because facts have arrived that change it; another generation begins.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_evaluations(&self, day: Option<Day>) -> Result<(), StoreError> {
        let mut kept = evaluations::Entity::delete_many();
        if let Some(day) = day {
            kept = kept.filter(evaluations::Column::Day.gte(day));
        }
        kept.exec(&self.db).await?;
        self.forget_health_days(day).await?;
        self.next_ids(Kind::Generation, 1).await?;
        Ok(())
    }

    /// The same where facts of one account changed, and nothing else did; of
    /// the account as which it is read.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_evaluations_of(&self, account: AccountId, day: Day) -> Result<(), StoreError> {
        let account = self.account_read_as(account).await?;
        evaluations::Entity::delete_many()
            .filter(evaluations::Column::AccountId.eq(account.0))
            .filter(evaluations::Column::Day.gte(day))
            .exec(&self.db)
            .await?;
        self.forget_health_days(Some(day)).await?;
        let generation = self.next_ids(Kind::Generation, 1).await? + 1;
        let row = changes::ActiveModel { generation: Set(generation), account_id: Set(account.0) };
        changes::Entity::insert(row).exec_without_returning(&self.db).await?;
        let forgotten = generation.saturating_sub(i64::try_from(REMEMBERED).unwrap_or(i64::MAX));
        changes::Entity::delete_many()
            .filter(changes::Column::Generation.lt(forgotten))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    async fn forget_health_days(&self, day: Option<Day>) -> Result<(), StoreError> {
        let mut kept = health_days::Entity::delete_many();
        if let Some(day) = day {
            kept = kept.filter(health_days::Column::Day.gte(day));
        }
        kept.exec(&self.db).await?;
        Ok(())
    }

    /// The accounts in which the state now differs from that of `generation`,
    /// by id; none when it may differ anywhere.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn changed_since(&self, generation: u64) -> Result<Option<Vec<AccountId>>, StoreError> {
        let now = self.generation().await?;
        let Some(steps) = now.checked_sub(generation).filter(|steps| *steps <= REMEMBERED) else {
            return Ok(None);
        };
        let then = i64::try_from(generation).unwrap_or(i64::MAX);
        let rows = changes::Entity::find()
            .filter(changes::Column::Generation.gt(then))
            .order_by_asc(changes::Column::AccountId)
            .all(&self.db)
            .await?;
        if rows.len() as u64 != steps {
            return Ok(None);
        }
        let mut accounts: Vec<AccountId> = rows.into_iter().map(|row| AccountId(row.account_id)).collect();
        accounts.dedup();
        Ok(Some(accounts))
    }
}
