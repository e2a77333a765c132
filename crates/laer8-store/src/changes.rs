//! States of the workspace, and which account each differs in from the one
//! before.
//!
//! Another *generation* begins each time that what was worked out before no
//! longer holds. Where only some accounts' facts changed, it is written down
//! which, so that nobody has to work out the others again.

use crate::{
    Kind, StoreError, Tx,
    entities::{changes, evaluations, health_days, id_counters},
    rows::IDS_IN_A_QUERY,
};
use laer8_domain::{days::Day, identity::Subject, ids::AccountId};
use rustc_hash::FxHashSet;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// How many states back it is remembered which accounts changed: who looks
/// more seldom works everything out again.
const REMEMBERED: u64 = 500;

/// Accounts beyond which it is not written down which changed: working out
/// everything again is quicker.
const MOST_ACCOUNTS: usize = 5_000;

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

    /// The same where facts of these accounts (at least one) changed, and
    /// nothing else did; of the accounts as which they are read.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_evaluations_of(&self, accounts: &[AccountId], day: Day) -> Result<(), StoreError> {
        if accounts.len() > MOST_ACCOUNTS {
            return self.forget_evaluations(Some(day)).await;
        }
        let told: Vec<i64> = accounts.iter().map(|account| account.0).collect();
        let read_as = self.read_as(Subject::Account, &told).await?;
        let mut accounts: Vec<AccountId> =
            told.iter().map(|id| AccountId(read_as.get(id).copied().unwrap_or(*id))).collect();
        accounts.sort_unstable();
        accounts.dedup();
        for chunk in accounts.chunks(IDS_IN_A_QUERY) {
            evaluations::Entity::delete_many()
                .filter(evaluations::Column::AccountId.is_in(chunk.iter().map(|account| account.0)))
                .filter(evaluations::Column::Day.gte(day))
                .exec(&self.db)
                .await?;
        }
        self.forget_health_days(Some(day)).await?;
        let generation = self.next_ids(Kind::Generation, 1).await? + 1;
        let rows = accounts
            .iter()
            .map(|account| changes::ActiveModel { generation: Set(generation), account_id: Set(account.0) });
        self.insert_all(rows).await?;
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
        // A state of which nothing is written down may differ anywhere.
        let told: FxHashSet<i64> = rows.iter().map(|row| row.generation).collect();
        if told.len() as u64 != steps {
            return Ok(None);
        }
        let mut accounts: Vec<AccountId> = rows.into_iter().map(|row| AccountId(row.account_id)).collect();
        accounts.dedup();
        Ok(Some(accounts))
    }
}
