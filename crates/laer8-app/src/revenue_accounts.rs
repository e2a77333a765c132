//! The accounts behind a sum of recurring revenue.

use crate::{
    Actor, App, AppError, AsOf, Moment, RevenueQuery, Start,
    accounts::chosen,
    book::Book,
    reckoned::Reckoned,
    revenue::{is_facet, keys, lives, window},
};
use laer8_domain::{
    days::{Day, Granularity, Window, shift},
    ids::AccountId,
    money::{Amount, Currency},
    users::Role,
};
use laer8_revenue::{
    book::{Book as Ledgers, Selection},
    breakdown::accounts_by_plan,
    cohorts::start_month,
    customers::{AccountEnds, account_ends},
    ledger::LedgerOptions,
};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use utoipa::ToSchema;

/// Which accounts of a window are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// Those that pay at its opening: whom NRR, GRR and logo churn are about.
    Opening,
    /// Those that pay at its closing.
    #[default]
    Closing,
    /// Those that pay at either end: whom net growth is about.
    Either,
    /// Those with whom exchange rates did something.
    Exchange,
}

impl End {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Opening, Self::Closing, Self::Either, Self::Exchange];

    /// Stable key.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Opening => "opening",
            Self::Closing => "closing",
            Self::Either => "either",
            Self::Exchange => "exchange",
        }
    }

    fn is(self, account: &AccountEnds) -> bool {
        match self {
            Self::Opening => !account.opening.is_zero(),
            Self::Closing => !account.closing.is_zero(),
            Self::Either => !account.opening.is_zero() || !account.closing.is_zero(),
            Self::Exchange => !account.exchange.is_zero(),
        }
    }
}

/// A row of a breakdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The facet, as [`RevenueQuery::by`].
    pub by: String,
    /// The key of the row; none for what has none.
    pub key: Option<String>,
}

/// The accounts behind which sum.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RevenueAccountsQuery {
    /// The window and the filter, as for [`App::revenue`]; what else it asks is
    /// not answered here.
    pub of: RevenueQuery,
    /// At which end of the window they pay.
    pub end: End,
    /// Only those that became customers in the month of this day.
    pub cohort: Option<Day>,
    /// Only those in this row of a breakdown, with what they pay for it alone at
    /// the closing.
    pub group: Option<Group>,
    /// Where the accounts of a page begin.
    pub start: Start,
    /// How many; without it all.
    pub limit: Option<usize>,
}

impl RevenueAccountsQuery {
    /// The question, whichever page of its answer is asked for.
    fn whole(&self) -> Self {
        Self { start: Start::default(), limit: None, ..self.clone() }
    }
}

/// The accounts behind a sum; amounts are MRR in the reporting currency.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RevenueAccountsView {
    /// What was known.
    pub as_of: Moment,
    /// What amounts are in.
    pub currency: Currency,
    /// The first day of the window.
    #[schema(value_type = NaiveDate)]
    pub from: Day,
    /// The first day after it.
    #[schema(value_type = NaiveDate)]
    pub to: Day,
    /// The sum of what they paid before the first day's changes.
    pub opening: Amount,
    /// Of that, what they still pay: of no account more than it paid.
    pub kept: Amount,
    /// The sum of what they pay after the last day's changes.
    pub closing: Amount,
    /// The sum of what exchange rates did.
    pub exchange: Amount,
    /// How many accounts there are, on whichever page. The sums are of them.
    pub found: usize,
    /// How many of them pay nothing at the closing.
    pub lost: usize,
    /// How many stand before the first that is shown.
    pub offset: usize,
    /// The accounts, those that pay most at the end that was asked for first.
    pub accounts: Vec<RevenueAccount>,
    /// After which account the next page begins; none on the last.
    #[serde(skip)]
    pub next: Option<AccountId>,
}

/// What an account pays at both ends of a window.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RevenueAccount {
    /// The account.
    pub account: AccountId,
    /// What it is called.
    pub name: String,
    /// What it paid before the first day's changes.
    pub opening: Amount,
    /// Of that, what it still pays; never more than it paid.
    pub kept: Amount,
    /// What it pays after the last day's changes.
    pub closing: Amount,
    /// What exchange rates did to it.
    pub exchange: Amount,
}

/// Accounts without their names, in order, and what they add up to.
#[derive(Debug)]
pub(crate) struct AccountList {
    window: Window,
    ends: Vec<AccountEnds>,
    opening: Amount,
    kept: Amount,
    closing: Amount,
    exchange: Amount,
    lost: usize,
}

impl App {
    /// The accounts behind a sum of recurring revenue. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// As [`App::revenue`]; [`AppError::NotFound`] for an account to begin
    /// after that is not among them.
    pub async fn revenue_accounts(
        &self,
        actor: &Actor,
        as_of: AsOf,
        query: &RevenueAccountsQuery,
    ) -> Result<RevenueAccountsView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        let whole = query.whole();
        let list = match reckoned.answers.accounts(&whole) {
            Some(kept) => kept,
            None => {
                let list = Arc::new(list(&reckoned, &whole)?);
                reckoned.answers.keep_accounts(&whole, &list);
                list
            }
        };
        view(&reckoned.book, &list, query)
    }
}

fn list(reckoned: &Reckoned, query: &RevenueAccountsQuery) -> Result<AccountList, AppError> {
    let book = &reckoned.book;
    let window = window(book, &query.of)?;
    let lives = lives(book);
    let ledgers = Ledgers::write(&lives, book.day(), &book.rates, LedgerOptions::default())?;
    let selection = if query.of.filter.conditions.is_empty() {
        ledgers.all()
    } else {
        let chosen = chosen(reckoned, &query.of.filter)?;
        let chosen: FxHashSet<AccountId> = chosen.into_iter().map(|evaluation| evaluation.account).collect();
        ledgers.select(|account| chosen.contains(&account))
    };
    let selection = match query.cohort.map(|day| Granularity::Month.floor(day)) {
        Some(month) => selection.filter(|ledger| start_month(ledger) == Some(month)),
        None => selection,
    };
    let mut ends = account_ends(&selection, window);
    if let Some(group) = &query.group {
        is_facet(book, &group.by)?;
        narrow(&mut ends, book, &selection, window, group);
    }
    ends.retain(|account| query.end.is(account));
    let measure = |account: &AccountEnds| match query.end {
        End::Opening => account.opening,
        End::Closing | End::Either => account.closing,
        End::Exchange => account.exchange,
    };
    ends.sort_by_key(|account| (std::cmp::Reverse(measure(account)), account.account));
    let sum = |pick: fn(&AccountEnds) -> Amount| ends.iter().map(pick).sum();
    Ok(AccountList {
        window,
        opening: sum(|it| it.opening),
        kept: sum(|it| it.kept),
        closing: sum(|it| it.closing),
        exchange: sum(|it| it.exchange),
        lost: ends.iter().filter(|it| it.closing.is_zero()).count(),
        ends,
    })
}

/// A page of a list.
fn view(
    book: &Book,
    list: &AccountList,
    query: &RevenueAccountsQuery,
) -> Result<RevenueAccountsView, AppError> {
    let found = list.ends.len();
    let limit = query.limit.unwrap_or(usize::MAX).max(1);
    let start = match query.start {
        Start::Offset(offset) => offset.min(found.saturating_sub(1) / limit * limit),
        Start::After(account) => place(list, account)? + 1,
    };
    let end = start.saturating_add(limit).min(found);
    let name = |account| book.history(account).map(|history| history.seen(book.day()).name().to_owned());
    let row = |it: &AccountEnds| RevenueAccount {
        account: it.account,
        name: name(it.account).unwrap_or_default(),
        opening: it.opening,
        kept: it.kept,
        closing: it.closing,
        exchange: it.exchange,
    };
    let shown = &list.ends[start..end];
    Ok(RevenueAccountsView {
        as_of: book.moment,
        currency: book.currency,
        from: list.window.start,
        to: list.window.end,
        opening: list.opening,
        kept: list.kept,
        closing: list.closing,
        exchange: list.exchange,
        found,
        lost: list.lost,
        offset: start,
        next: shown.last().filter(|_| end < found).map(|last| last.account),
        accounts: shown.iter().map(row).collect(),
    })
}

fn place(list: &AccountList, account: AccountId) -> Result<usize, AppError> {
    list.ends.iter().position(|ends| ends.account == account).ok_or_else(|| AppError::NotFound {
        kind: "account",
        name: format!("#{account}"),
        hint: "; begin again with the first page".to_owned(),
    })
}

/// Leaves those in a row of a breakdown, which is of the closing.
fn narrow(
    ends: &mut Vec<AccountEnds>,
    book: &Book,
    selection: &Selection<'_>,
    window: Window,
    group: &Group,
) {
    let day = shift(window.end, -1).min(book.day());
    if group.by == "plan" {
        let name = |plan| book.catalog.plan(plan).map(|plan| plan.name.clone());
        let paid = accounts_by_plan(selection, day, group.key.as_deref(), name);
        ends.retain_mut(|account| {
            account.closing = paid.get(&account.account).copied().unwrap_or_default();
            paid.contains_key(&account.account)
        });
        return;
    }
    let wanted = group.key.as_deref().unwrap_or_default();
    let keyed = keys(book, day, &group.by).filter(|(_, key)| key == wanted).map(|(account, _)| account);
    let inside: FxHashSet<AccountId> = keyed.collect();
    ends.retain(|account| inside.contains(&account.account));
}
