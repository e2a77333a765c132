//! The rows behind the use of a feature in its last week.

use crate::{
    Actor, App, AppError, AsOf,
    health::known_history,
    sources::{RowBudget, SourceRow, Sources},
};
use laer8_domain::{
    days::{Day, Window, shift},
    ids::{AccountId, FeatureId},
    users::Role,
};
use laer8_health::measures::evidence::Rows;
use serde::Serialize;

/// The use of a feature in the week that ends with the day of the view.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeatureRowsView {
    /// What the feature is called.
    pub name: String,
    /// The first day of the week.
    pub from: Day,
    /// The first day after it.
    pub to: Day,
    /// Uses in it.
    pub uses: i64,
    /// How many rows there are; their uses add up to `uses`.
    pub row_count: u64,
    /// Some of them, the newest first.
    pub rows: Vec<SourceRow>,
}

impl App {
    /// The rows behind the last of [`FeatureUse::weeks`](crate::FeatureUse), at
    /// most `rows` of them. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Empty`], [`AppError::TooEarly`];
    /// [`AppError::NotFound`] for the account and the feature;
    /// [`AppError::Store`].
    pub async fn feature_rows(
        &self,
        actor: &Actor,
        as_of: AsOf,
        account: AccountId,
        feature: FeatureId,
        rows: u64,
    ) -> Result<FeatureRowsView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        let book = &reckoned.book;
        let history = known_history(&tx, &reckoned, &format!("#{account}")).await?;
        let found = book.catalog.features().find(|other| other.id == feature);
        let missing =
            || AppError::NotFound { kind: "feature", name: format!("#{feature}"), hint: String::new() };
        let name = found.ok_or_else(missing)?.name.clone();
        let end = shift(book.day(), 1);
        let window = Window::new(shift(end, -7), end);
        let uses = history.seen(book.day()).usage().feature_totals(feature, window).count;
        let behind = [Rows::Usage { features: Some(vec![feature]), window, baseline: None }];
        let sources = Sources::load(&tx, book).await?;
        let budget = RowBudget { rows, known: book.day() };
        let (row_count, rows) = sources.behind(&tx, &history, &behind, budget).await?;
        Ok(FeatureRowsView { name, from: window.start, to: window.end, uses, row_count, rows })
    }
}
