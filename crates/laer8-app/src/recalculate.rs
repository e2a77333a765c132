//! Keeping what was worked out, for everybody who reads the tables.

use crate::{Actor, App, AppError, AsOf, Moment};
use laer8_domain::users::Role;
use rayon::prelude::*;
use serde::Serialize;

/// What was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct RecalculateReport {
    /// The day.
    pub as_of: Moment,
    /// How many accounts.
    pub accounts: usize,
}

impl App {
    /// Works out every account on a day and keeps the results. Needs
    /// [`Role::Member`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Empty`], [`AppError::TooEarly`],
    /// [`AppError::Store`].
    pub async fn recalculate(&self, actor: &Actor, as_of: AsOf) -> Result<RecalculateReport, AppError> {
        actor.must_be(Role::Member)?;
        let tx = self.store.write().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        let results = reckoned.evaluations.par_iter().map(|evaluation| evaluation.stored()).collect();
        tx.put_evaluations(reckoned.book.day(), results).await?;
        tx.commit().await?;
        Ok(RecalculateReport { as_of: reckoned.book.moment, accounts: reckoned.evaluations.len() })
    }
}
