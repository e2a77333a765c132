//! For how long the inbox keeps what was sent, after it was worked in.
//!
//! What is gone can't be counted by a new measure any more; facts stay.

use super::{fills::Fills, worker::READER};
use crate::{Actor, App, AppError};
use chrono::TimeDelta;
use laer8_domain::users::Role;
use laer8_store::Tx;

/// The name of the setting.
const DAYS: &str = "inbox_days";

/// The fewest days: what waits for a fix of its sender can be looked up so long.
pub const LEAST_KEPT_DAYS: u32 = 7;

/// The most days: ten years.
pub const MOST_KEPT_DAYS: u32 = 3_660;

impl App {
    /// Says for how many days the inbox keeps what was sent; none is for ever.
    /// Needs [`Role::Admin`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`]; [`AppError::Invalid`] for fewer than
    /// [`LEAST_KEPT_DAYS`] or more than [`MOST_KEPT_DAYS`]; [`AppError::Store`].
    pub async fn keep_events_for(&self, actor: &Actor, days: Option<u32>) -> Result<(), AppError> {
        actor.must_be(Role::Admin)?;
        if days.is_some_and(|days| !(LEAST_KEPT_DAYS..=MOST_KEPT_DAYS).contains(&days)) {
            return Err(AppError::Invalid(format!(
                "what was sent is kept for {LEAST_KEPT_DAYS} to {MOST_KEPT_DAYS} days, or for ever"
            )));
        }
        let tx = self.store.write().await?;
        let before = kept_days(&tx).await?;
        tx.put_setting(DAYS, &days.map(|days| days.to_string()).unwrap_or_default()).await?;
        let detail = serde_json::json!({ "before": { "days": before }, "after": { "days": days } });
        self.log(&tx, actor, "source.keep", "inbox".to_owned(), detail).await?;
        Ok(tx.commit().await?)
    }

    /// Throws away what the inbox need not keep any more. What is not worked in
    /// yet, and what a measure is still to be filled from, stays.
    pub(super) async fn tidy_inbox(&self, tx: &Tx) -> Result<(), AppError> {
        let Some(days) = kept_days(tx).await? else { return Ok(()) };
        let worked_in = tx.inbox_position(READER).await?;
        let position = Fills::load(tx).await?.furthest_behind().map_or(worked_in, |fill| fill.min(worked_in));
        let before = self.clock.now() - TimeDelta::days(i64::from(days));
        self.store.forget_received(position, before).await?;
        if let Some((first, _)) = self.store.first_received().await? {
            tx.forget_left_out(first).await?;
        }
        Ok(())
    }
}

/// For how many days what was sent is kept; none is for ever.
pub(super) async fn kept_days(tx: &Tx) -> Result<Option<u32>, AppError> {
    Ok(tx.setting(DAYS).await?.and_then(|days| days.parse().ok()))
}
