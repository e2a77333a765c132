//! What to look at today, ranked.

use crate::{
    AccountRow, Actor, App, AppError, AsOf, Filter, Moment, Start,
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
    ranking::{Rank, RankedAccount},
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
    /// What could be lost: the accounts whose leading signal is a risk.
    pub risks: Stakes,
    /// What could be won: the accounts whose leading signal is a chance.
    pub chances: Stakes,
    /// How many accounts there are to look at, on whichever page.
    pub found: usize,
    /// What to look at, the most urgent first.
    pub items: Vec<TodayItem>,
    /// After which account the next page begins; none on the last.
    #[serde(skip)]
    pub next: Option<AccountId>,
}

/// Accounts, and the stakes of their leading signals together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Stakes {
    /// How many.
    pub accounts: usize,
    /// Annual recurring revenue at risk, or to be won.
    pub stake: Amount,
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

/// What is asked of Today.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TodayQuery {
    /// Among which accounts.
    pub filter: Filter,
    /// Where the items begin.
    pub start: Start,
    /// How many items; without it all.
    pub limit: Option<usize>,
}

impl TodayQuery {
    /// The most urgent among the accounts that pass a filter.
    #[must_use]
    pub fn first(limit: Option<usize>, filter: Filter) -> Self {
        Self { filter, start: Start::default(), limit }
    }
}

impl App {
    /// What to look at, among the accounts that pass a filter. Needs
    /// [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Empty`], [`AppError::TooEarly`],
    /// [`AppError::NotFound`] for a filter on what no account has or an account
    /// to begin after, [`AppError::NoRate`], [`AppError::Store`].
    pub async fn today_list(
        &self,
        actor: &Actor,
        as_of: AsOf,
        query: &TodayQuery,
    ) -> Result<TodayView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        let book = &reckoned.book;
        let evaluations = chosen(&reckoned, &query.filter)?;
        let of_chosen;
        let ranked = if query.filter.conditions.is_empty() {
            reckoned.ranked()
        } else {
            of_chosen = reckoned.rank(evaluations.iter().copied());
            &of_chosen
        };
        let start = match query.start {
            Start::Offset(offset) => offset.min(ranked.len()),
            Start::After(account) => after(ranked, account)?,
        };
        let end = start.saturating_add(query.limit.unwrap_or(usize::MAX)).min(ranked.len());
        let shown = &ranked[start..end];
        Ok(TodayView {
            as_of: book.moment,
            currency: book.currency,
            glance: glance(&reckoned, &evaluations)?,
            risks: Stakes::of(ranked, false),
            chances: Stakes::of(ranked, true),
            found: ranked.len(),
            next: shown.last().filter(|_| end < ranked.len()).map(|last| last.account),
            items: shown.iter().filter_map(|ranked| item(&reckoned, ranked)).collect(),
        })
    }
}

fn item(reckoned: &Reckoned, ranked: &RankedAccount) -> Option<TodayItem> {
    let RankedAccount { position, account, rank, leading, others, .. } = ranked.clone();
    let account = AccountRow::of(reckoned.evaluation(account)?);
    Some(TodayItem { position, account, leading, others, rank })
}

fn after(ranked: &[RankedAccount], account: AccountId) -> Result<usize, AppError> {
    let last = ranked.iter().position(|ranked| ranked.account == account);
    last.map(|last| last + 1).ok_or_else(|| AppError::NotFound {
        kind: "account",
        name: format!("#{account}"),
        hint: "; begin again with the first page".to_owned(),
    })
}

impl Stakes {
    /// Of those whose leading signal is a chance, or of those where it is a risk.
    fn of(ranked: &[RankedAccount], is_chance: bool) -> Self {
        let those = || ranked.iter().filter(|ranked| ranked.leading.opportunity == is_chance);
        Self { accounts: those().count(), stake: those().map(|ranked| ranked.leading.stake).sum() }
    }
}

fn glance(reckoned: &Reckoned, evaluations: &[&Evaluation]) -> Result<Glance, AppError> {
    let paying = || evaluations.iter().filter(|evaluation| evaluation.journey.mrr.is_positive());
    let customers: Vec<&Evaluation> = paying().copied().collect();
    let is_whole = evaluations.len() == reckoned.evaluations.len();
    let year = if is_whole {
        reckoned.figures(year_before(reckoned.book.day()))?
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
