//! Which kinds of facts the workspace keeps, and since when.
//!
//! A transaction collects what its facts say and writes it down as it ends, so
//! that no fact can be stored without it.

use crate::{
    StoreError, Tx,
    entities::feeds,
    rows::{code, rows_in_a_statement},
};
use laer8_domain::feeds::{Feed, Feeds};
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};
use std::sync::PoisonError;

/// The name of days with use, each of which has a row.
const USE: &str = "use";

impl Tx {
    /// Which kinds of facts the workspace keeps, and since when.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn feeds(&self) -> Result<Feeds, StoreError> {
        let mut known = self.stored_feeds().await?;
        known.merge(&self.heard(|feeds| feeds.clone()));
        Ok(known)
    }

    /// What the facts of this transaction say that is not written down yet.
    pub(crate) fn heard<T>(&self, ask: impl FnOnce(&mut Feeds) -> T) -> T {
        ask(&mut self.feeds.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn stored_feeds(&self) -> Result<Feeds, StoreError> {
        let mut known = Feeds::default();
        for row in feeds::Entity::find().all(&self.db).await? {
            if row.feed == USE {
                known.used(row.known, row.newest);
                continue;
            }
            let feed = Feed::ALL.into_iter().find(|feed| feed.key() == row.feed);
            known.heard(code(feed, "feeds", &row.feed)?, row.known);
        }
        Ok(known)
    }

    /// Writes down what the facts of this transaction say that was not known.
    pub(crate) async fn put_feeds(&self) -> Result<(), StoreError> {
        let heard = self.heard(std::mem::take);
        if heard.is_empty() {
            return Ok(());
        }
        let stored = self.stored_feeds().await?;
        let row = |feed: &str, known, newest| feeds::ActiveModel {
            feed: Set(feed.to_owned()),
            known: Set(known),
            newest: Set(newest),
        };
        let first = Feed::ALL.into_iter().filter_map(|feed| {
            let since = heard.since(feed)?;
            stored.since(feed).is_none_or(|before| since < before).then(|| row(feed.key(), since, since))
        });
        let newer = heard
            .newest_use()
            .iter()
            .filter(|(known, day)| stored.newest_use().get(known).is_none_or(|before| *day > before));
        let used = newer.map(|(known, day)| row(USE, *known, *day));
        let rows: Vec<feeds::ActiveModel> = first.chain(used).collect();
        let replace = OnConflict::columns([feeds::Column::Feed, feeds::Column::Known])
            .update_column(feeds::Column::Newest)
            .to_owned();
        for rows in rows.chunks(rows_in_a_statement(3)) {
            let insert = feeds::Entity::insert_many(rows.iter().cloned()).on_conflict(replace.clone());
            insert.exec_without_returning(&self.db).await?;
        }
        Ok(())
    }
}
