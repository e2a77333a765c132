//! Revenue: net growth first, movements, retention, cohorts, and what is
//! behind every figure.

use crate::{Actor, App, AppError, AsOf, Filter, Moment, accounts::chosen, book::Book};
use laer8_domain::{
    accounts::fields,
    catalog::Catalog,
    conditions::{AccountFacets, Facets},
    days::{Day, Granularity, Window, shift, shift_months},
    ids::AccountId,
    money::{Amount, Currency, Money},
    subscriptions::{SubscriptionHistory, SubscriptionVersion},
    users::Role,
};
use laer8_revenue::{
    book::{Book as Ledgers, Selection},
    breakdown::{Breakdown, breakdown},
    cohorts::{Cohort, cohorts},
    ledger::{Entry, LedgerOptions, Movement},
    movements::{PeriodMovements, movements, movements_in},
    parts::{Part, PartView},
    retention::{RetentionOptions, retention},
};
use laer8_store::Scope;
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Into how many periods a window may be cut: ten years of days.
const MOST_PERIODS: i64 = 3_700;

/// What is asked of revenue.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RevenueQuery {
    /// The first day; `months` before the end unless given.
    pub from: Option<Day>,
    /// How many months the window is long without a first day; 12 unless given.
    pub months: Option<u32>,
    /// The first day after; the day after the day shown unless given.
    pub to: Option<Day>,
    /// How long the periods of the report are; months unless given.
    pub granularity: Option<Granularity>,
    /// A facet by which to break down the revenue at the end.
    pub by: Option<String>,
    /// Whether to follow cohorts.
    pub cohorts: bool,
    /// Whose ledger entries to list: of these movements; none lists none.
    pub entries: Option<Option<Movement>>,
    /// Which accounts.
    pub filter: Filter,
}

/// The figures of a period. Amounts are monthly recurring revenue in the
/// reporting currency; ratios are fractions, none over nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Figures {
    /// The first day.
    #[schema(value_type = NaiveDate)]
    pub from: Day,
    /// The first day after.
    #[schema(value_type = NaiveDate)]
    pub to: Day,
    /// Before the first day's changes.
    pub opening: Amount,
    /// Of accounts that were never customers.
    pub new: Amount,
    /// Of customers that pay more.
    pub expansion: Amount,
    /// Of accounts that came back.
    pub reactivation: Amount,
    /// Of customers that pay less.
    pub contraction: Amount,
    /// Of customers that left.
    pub churn: Amount,
    /// What exchange rates did.
    pub exchange: Amount,
    /// After the last day's changes.
    pub closing: Amount,
    /// New and reactivated.
    pub acquisition: Amount,
    /// Contracted and churned.
    pub attrition: Amount,
    /// (closing − opening) ÷ opening.
    pub net_growth: Option<f64>,
    /// Net revenue retention.
    pub nrr: Option<f64>,
    /// Gross revenue retention.
    pub grr: Option<f64>,
    /// Customers lost ÷ customers at the beginning.
    pub logo_churn: Option<f64>,
    /// Gained ÷ lost.
    pub quick_ratio: Option<f64>,
    /// Customers before the first day's changes.
    pub opening_customers: usize,
    /// Customers after the last day's changes.
    pub closing_customers: usize,
}

/// Revenue over a window.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RevenueView {
    /// What was known.
    pub as_of: Moment,
    /// What amounts are in.
    pub currency: Currency,
    /// The whole window.
    #[serde(flatten)]
    pub figures: Figures,
    /// Its periods.
    pub periods: Vec<PeriodMovements>,
    /// The revenue at the end, by a facet.
    pub by: Option<Breakdown>,
    /// Cohorts by the month in which they became customers.
    pub cohorts: Option<Vec<Cohort>>,
    /// The entries behind the movements.
    pub entries: Option<Vec<EntryRow>>,
}

/// An entry of the ledger, with what is behind it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = LedgerEntry)]
pub struct EntryRow {
    /// The account.
    pub account: AccountId,
    /// What it is called.
    pub name: String,
    /// The day.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// What kind of change.
    pub movement: Movement,
    /// The account's MRR before.
    pub before: Amount,
    /// The account's MRR after.
    pub after: Amount,
    /// The subscription versions behind it.
    pub parts: Vec<PartView>,
    /// The same, as people say it.
    pub changes: Vec<Change>,
}

/// What changed in a subscription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SubscriptionChange)]
pub struct Change {
    /// What was paid for before; none when it begins.
    pub before: Option<Paid>,
    /// What is paid for after; none when it ends.
    pub after: Option<Paid>,
}

/// What is paid for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Paid {
    /// The plan.
    pub plan: String,
    /// Seats.
    pub seats: u32,
    /// What it is worth a month, in its own currency.
    pub mrr: Money,
}

impl App {
    /// Revenue over a window. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Empty`], [`AppError::TooEarly`],
    /// [`AppError::Invalid`] for a window that is none, [`AppError::NoRate`],
    /// [`AppError::Store`].
    pub async fn revenue(
        &self,
        actor: &Actor,
        as_of: AsOf,
        query: &RevenueQuery,
    ) -> Result<RevenueView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        // Filters may ask for health, which takes all facts; money alone does not.
        if query.filter.conditions.is_empty() && !self.is_reckoned(&tx, as_of).await? {
            let book = self.book(&tx, as_of, Scope::Revenue).await?;
            return view(&book, query, None);
        }
        let reckoned = self.reckoned(&tx, as_of).await?;
        if let Some(kept) = reckoned.answers.view(query) {
            return Ok(RevenueView::clone(&kept));
        }
        let view = if query.filter.conditions.is_empty() {
            view(&reckoned.book, query, None)?
        } else {
            let chosen = chosen(&reckoned, &query.filter)?;
            let chosen = chosen.into_iter().map(|evaluation| evaluation.account).collect();
            view(&reckoned.book, query, Some(&chosen))?
        };
        let view = Arc::new(view);
        reckoned.answers.keep_view(query, &view);
        Ok(Arc::unwrap_or_clone(view))
    }
}

/// What is asked, of these accounts or all.
fn view(
    book: &Book,
    query: &RevenueQuery,
    chosen: Option<&FxHashSet<AccountId>>,
) -> Result<RevenueView, AppError> {
    let window = window(book, query)?;
    let granularity = granularity(query, window)?;
    let is_chosen = |account: AccountId| chosen.is_none_or(|chosen| chosen.contains(&account));
    let lives = lives(book);
    let ledgers = Ledgers::write(&lives, book.day(), &book.rates, LedgerOptions::default())?;
    let selection = ledgers.select(is_chosen);
    Ok(RevenueView {
        as_of: book.moment,
        currency: book.currency,
        figures: figures(&selection, window),
        periods: movements(&selection, window, granularity),
        by: query.by.as_deref().map(|facet| by_facet(book, &selection, window, facet)).transpose()?,
        cohorts: query.cohorts.then(|| cohorts(&selection, window.end)),
        entries: query.entries.map(|movement| entry_rows(book, &selection, window, movement)),
    })
}

impl Figures {
    /// The figures of some accounts of a book.
    pub(crate) fn of(
        book: &Book,
        window: Window,
        is_chosen: impl Fn(AccountId) -> bool,
    ) -> Result<Self, AppError> {
        let lives = lives(book);
        let ledgers = Ledgers::write(&lives, book.day(), &book.rates, LedgerOptions::default())?;
        Ok(figures(&ledgers.select(is_chosen), window))
    }
}

/// The year that ends with `day`.
pub(crate) fn year_before(day: Day) -> Window {
    let end = shift(day, 1);
    Window::new(shift_months(end, -12), end)
}

/// The subscriptions of every account.
pub(crate) fn lives(book: &Book) -> Vec<(AccountId, &[SubscriptionHistory])> {
    book.histories.iter().map(|history| (history.id, history.subscriptions.as_slice())).collect()
}

pub(crate) fn window(book: &Book, query: &RevenueQuery) -> Result<Window, AppError> {
    let end = query.to.unwrap_or_else(|| shift(book.day(), 1));
    let start = query.from.unwrap_or_else(|| {
        let months = query.months.unwrap_or(12);
        shift_months(end, -i32::try_from(months).unwrap_or(i32::MAX))
    });
    if start >= end {
        return Err(AppError::Invalid(format!(
            "the window from {start} to {end} holds no day; --to is the first day after it"
        )));
    }
    Ok(Window::new(start, end))
}

/// How long the periods are, if the window is not cut into dust.
fn granularity(query: &RevenueQuery, window: Window) -> Result<Granularity, AppError> {
    let granularity = query.granularity.unwrap_or(Granularity::Month);
    let shortest = match granularity {
        Granularity::Day => 1,
        Granularity::Month => 28,
        Granularity::Quarter => 90,
        Granularity::Year => 365,
    };
    if window.len() / shortest > MOST_PERIODS {
        return Err(AppError::Invalid(format!(
            "the window from {} to {} has more than {MOST_PERIODS} periods; ask for longer periods or fewer days",
            window.start, window.end
        )));
    }
    Ok(granularity)
}

fn figures(selection: &Selection<'_>, window: Window) -> Figures {
    let period = movements_in(selection, window);
    let kept = retention(selection, window, RetentionOptions::default());
    let amount = |movement| period.line(movement).amount;
    Figures {
        from: window.start,
        to: window.end,
        opening: period.opening,
        new: amount(Movement::New),
        expansion: amount(Movement::Expansion),
        reactivation: amount(Movement::Reactivation),
        contraction: amount(Movement::Contraction),
        churn: amount(Movement::Churn),
        exchange: period.exchange,
        closing: period.closing,
        acquisition: period.acquisition,
        attrition: period.attrition,
        net_growth: period.net_growth,
        nrr: kept.nrr,
        grr: kept.grr,
        logo_churn: kept.logo_churn,
        quick_ratio: period.quick_ratio,
        opening_customers: period.opening_customers,
        closing_customers: period.closing_customers,
    }
}

fn by_facet(
    book: &Book,
    selection: &Selection<'_>,
    window: Window,
    facet: &str,
) -> Result<Breakdown, AppError> {
    let day = shift(window.end, -1).min(book.day());
    is_facet(book, facet)?;
    if facet == "plan" {
        let name = |plan| book.catalog.plan(plan).map(|plan| plan.name.clone());
        return Ok(laer8_revenue::breakdown::breakdown_by_plan(selection, day, name));
    }
    let keys = keys(book, day, facet);
    Ok(breakdown(selection, day, keys))
}

/// Refuses what nothing can be broken down by.
pub(crate) fn is_facet(book: &Book, facet: &str) -> Result<(), AppError> {
    let is_known = ["plan", "segment", "customer", "trial"].contains(&facet)
        || fields::BUILT_IN.contains(&facet)
        || book.histories.iter().any(|history| history.fields.iter().any(|fact| fact.field == facet));
    let (kind, name) = ("field or trait", facet.to_owned());
    if is_known { Ok(()) } else { Err(AppError::NotFound { kind, name, hint: String::new() }) }
}

/// What each account is under when revenue is broken down by `facet`: nothing
/// where it has none.
pub(crate) fn keys<'b>(
    book: &'b Book,
    day: Day,
    facet: &'b str,
) -> impl Iterator<Item = (AccountId, String)> + 'b {
    book.histories.iter().map(move |history| {
        let seen = history.seen(day);
        let key = if facet == "segment" {
            book.segment(seen, None).to_owned()
        } else {
            let facets = AccountFacets {
                seen,
                catalog: &book.catalog,
                rates: &book.rates,
                stage: None,
                segment: None,
            };
            facets.facet(facet).first().map(ToString::to_string).unwrap_or_default()
        };
        (history.id, key)
    })
}

/// Ledger entries with what is behind them.
pub(crate) fn entry_rows(
    book: &Book,
    selection: &Selection<'_>,
    window: Window,
    movement: Option<Movement>,
) -> Vec<EntryRow> {
    selection.entries(window, movement).into_iter().map(|entry| entry_row(book, entry)).collect()
}

/// A ledger entry with what is behind it.
pub(crate) fn entry_row(book: &Book, entry: &Entry<'_>) -> EntryRow {
    let name = book.history(entry.account).map(|history| history.seen(book.day()).name().to_owned());
    EntryRow {
        account: entry.account,
        name: name.unwrap_or_default(),
        day: entry.day,
        movement: entry.movement,
        before: entry.before,
        after: entry.after,
        parts: entry.parts.iter().map(PartView::from).collect(),
        changes: entry.parts.iter().map(|part| change(&book.catalog, part)).collect(),
    }
}

fn change(catalog: &Catalog, part: &Part<'_>) -> Change {
    let paid = |version: &SubscriptionVersion| {
        let terms = version.state.terms()?;
        let plan = catalog.plan(terms.plan).map(|plan| plan.name.clone()).unwrap_or_default();
        Some(Paid { plan, seats: terms.quantity, mrr: terms.mrr() })
    };
    Change { before: part.before.and_then(paid), after: paid(part.after) }
}
