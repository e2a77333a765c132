//! Keeping what was worked out, for everybody who reads the tables.

use crate::{Actor, App, AppError, AsOf, Moment};
use laer8_domain::users::Role;
use laer8_store::Scope;
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
        let book = self.book(&tx, as_of, Scope::All).await?;
        let evaluations = book.evaluate();
        let results = evaluations.par_iter().map(|evaluation| evaluation.stored()).collect();
        tx.put_evaluations(book.day(), results).await?;
        tx.commit().await?;
        Ok(RecalculateReport { as_of: book.moment, accounts: evaluations.len() })
    }
}
