//! What to look at today, ranked.

use crate::{
    AccountRow, Actor, App, AppError, AsOf, Filter, Moment,
    accounts::chosen,
    evaluation::Evaluation,
    reckoned::Reckoned,
    revenue::{Figures, year_before},
};
use laer8_domain::{
    ids::AccountId,
    money::{Amount, Currency},
    users::Role,
};
use laer8_health::score::Band;
use laer8_journey::{
    ranking::{Candidate, Rank, rank},
    signals::Signal,
};
use serde::Serialize;
use utoipa::ToSchema;

/// What to look at, on a day.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TodayView {
    /// The day.
    pub as_of: Moment,
    /// What amounts are in.
    pub currency: Currency,
    /// The book at a glance.
    pub glance: Glance,
    /// What to look at, the most urgent first.
    pub items: Vec<TodayItem>,
}

/// An account to look at.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TodayItem {
    /// From 1.
    pub position: usize,
    /// The account.
    pub account: AccountRow,
    /// The signal that leads.
    pub leading: Signal,
    /// The other signals.
    pub others: Vec<Signal>,
    /// How it came to its place.
    pub rank: Rank,
}

/// The book at a glance.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Glance {
    /// How many accounts pay.
    pub customers: usize,
    /// Their annual recurring revenue.
    pub arr: Amount,
    /// Accounts and revenue by band of health.
    pub bands: Vec<BandTotal>,
    /// Growth and retention over the year before.
    pub year: Figures,
}

/// What is in a band of health.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct BandTotal {
    /// The band.
    #[schema(value_type = Band)]
    pub band: &'static str,
    /// How many customers.
    pub accounts: usize,
    /// Their annual recurring revenue.
    pub arr: Amount,
}

impl App {
    /// What to look at, among the accounts that pass `filter`. Needs
    /// [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Empty`], [`AppError::TooEarly`],
    /// [`AppError::NoRate`], [`AppError::Store`].
    pub async fn today_list(
        &self,
        actor: &Actor,
        as_of: AsOf,
        filter: &Filter,
    ) -> Result<TodayView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        let book = &reckoned.book;
        let evaluations = chosen(&reckoned, filter)?;
        let glance = glance(&reckoned, &evaluations)?;
        let candidates = evaluations
            .iter()
            .filter(|evaluation| !evaluation.signals.is_empty())
            .map(|evaluation| Candidate::new(&evaluation.journey, evaluation.signals.clone()));
        let ranked = rank(&book.configuration.signals.ranking, book.day(), candidates.collect());
        let items = ranked.into_iter().filter_map(|ranked| {
            let evaluation = reckoned.evaluation(ranked.account)?;
            Some(TodayItem {
                position: ranked.position,
                account: AccountRow::of(evaluation),
                leading: ranked.leading,
                others: ranked.others,
                rank: ranked.rank,
            })
        });
        Ok(TodayView { as_of: book.moment, currency: book.currency, glance, items: items.collect() })
    }
}

fn glance(reckoned: &Reckoned, evaluations: &[&Evaluation]) -> Result<Glance, AppError> {
    let paying = || evaluations.iter().filter(|evaluation| evaluation.journey.mrr.is_positive());
    let customers: Vec<&Evaluation> = paying().copied().collect();
    let is_whole = evaluations.len() == reckoned.evaluations.len();
    let year = if is_whole {
        reckoned.year()?
    } else {
        let chosen: rustc_hash::FxHashSet<AccountId> =
            evaluations.iter().map(|evaluation| evaluation.account).collect();
        let book = &reckoned.book;
        Figures::of(book, year_before(book.day()), |account| chosen.contains(&account))?
    };
    Ok(Glance {
        customers: paying().count(),
        arr: paying().map(|evaluation| evaluation.arr).sum(),
        bands: band_totals(&customers),
        year,
    })
}

/// How customers spread over the bands.
pub(crate) fn band_totals(customers: &[&Evaluation]) -> Vec<BandTotal> {
    let total = |band: Band| {
        let inside = || customers.iter().filter(|evaluation| evaluation.outcome.band == band);
        BandTotal {
            band: band.key(),
            accounts: inside().count(),
            arr: inside().map(|evaluation| evaluation.arr).sum(),
        }
    };
    Band::ALL.map(total).into()
}
