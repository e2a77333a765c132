//! The accounts of the book: the list, and finding one by what people call it.
//!
//! A list is chosen, counted and sorted on a [`sheet::Sheet`], where every
//! column is numbers; only the accounts of the page that is shown become rows.

mod cells;
mod columns;
mod facets;
mod find;
mod rows;
pub(crate) mod sheet;

pub use columns::{Column, Sort};
pub use facets::{ColumnKind, Facet, FacetKind, FacetValue, Facets};
pub(crate) use find::{called, find};
pub use rows::AccountRow;

use crate::{Actor, App, AppError, AsOf, Moment, evaluation::Evaluation, reckoned::Reckoned};
use laer8_domain::{
    accounts::fields,
    conditions::Condition,
    ids::AccountId,
    money::{Amount, Currency},
    users::Role,
    values::Value,
};
use serde::Serialize;
use std::cmp::Ordering;
use utoipa::ToSchema;

/// Which accounts a view is about: those for which every condition holds.
///
/// A condition is on a [`Column`], by its name: something that is worked out,
/// or a field or trait.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// The conditions; of none, every account passes.
    pub conditions: Vec<Condition>,
}

impl Filter {
    /// Also that somebody looks after the account.
    #[must_use]
    pub fn owned_by(mut self, owner: &str) -> Self {
        self.conditions.push(Condition { is: vec![Value::from(owner)], ..Condition::on(fields::OWNER) });
        self
    }
}

/// Which accounts are asked for, in which order, and what of them. Without
/// more, all accounts, those with most revenue first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AccountsQuery {
    /// What must hold of them.
    pub filter: Filter,
    /// What their name must contain, without regard to case; empty for any.
    pub search: String,
    /// Their order.
    pub sort: Sort,
    /// Where the rows begin.
    pub start: Start,
    /// How many rows; without it all.
    pub limit: Option<usize>,
    /// What [`AccountRow::fields`] shall hold of each.
    pub columns: Vec<Column>,
    /// What shall be told of what can be asked.
    pub facets: Facets,
}

impl AccountsQuery {
    /// All accounts that pass a filter.
    #[must_use]
    pub fn of(filter: &Filter) -> Self {
        Self { filter: filter.clone(), ..Self::default() }
    }
}

/// Where the rows of a page begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// After so many others. Beyond the end, at the last page.
    Offset(usize),
    /// After an account, wherever it stands by now. So nothing is read twice
    /// or left out when others come or go between two pages.
    After(AccountId),
}

impl Default for Start {
    fn default() -> Self {
        Self::Offset(0)
    }
}

/// The accounts of the book on a day.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AccountsView {
    /// The day.
    pub as_of: Moment,
    /// What amounts are in.
    pub currency: Currency,
    /// The accounts of the page, in the order asked for.
    pub accounts: Vec<AccountRow>,
    /// Monthly recurring revenue of all that pass, on whichever page.
    pub mrr: Amount,
    /// How many of them pay.
    pub customers: usize,
    /// How many pass the filter and the search.
    pub found: usize,
    /// Their annual recurring revenue.
    pub arr: Amount,
    /// The seats of those of which they are known.
    pub seats: u64,
    /// The mean score of those that have one.
    pub mean_score: Option<f64>,
    /// How many of them stand before the first row.
    pub offset: usize,
    /// After which account the next page begins; none on the last.
    #[serde(skip)]
    pub next: Option<AccountId>,
    /// How many have which value; only what was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
    /// Everything that can be asked for, shown and sorted by, and how it is
    /// asked for; only where facets are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<ColumnKind>,
}

impl App {
    /// The accounts that are asked for. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Empty`], [`AppError::TooEarly`],
    /// [`AppError::NotFound`] for a column that no account has or an account
    /// to begin after, [`AppError::Store`].
    pub async fn accounts(
        &self,
        actor: &Actor,
        as_of: AsOf,
        query: &AccountsQuery,
    ) -> Result<AccountsView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        let sheet = reckoned.sheet();
        let passing = sheet.passing(&query.filter.conditions, &query.search)?;
        let facets = sheet.facets(&query.facets, &passing)?;
        let columns = if query.facets == Facets::None { Vec::new() } else { sheet.kinds() };
        let rows = passing.rows();
        let totals = Totals::of(&reckoned, &rows)?;
        let found = rows.len();
        let page = Page::of(&reckoned, query, rows)?;
        let accounts: Vec<AccountRow> =
            page.rows.iter().map(|row| page_row(&reckoned, query, *row)).collect::<Result<_, _>>()?;
        let is_last = page.offset + accounts.len() >= found;
        Ok(AccountsView {
            as_of: reckoned.book.moment,
            currency: reckoned.book.currency,
            next: accounts.last().filter(|_| !is_last).map(|row| row.id),
            accounts,
            mrr: totals.mrr,
            customers: totals.customers,
            found,
            arr: totals.arr,
            seats: totals.seats,
            mean_score: totals.mean_score,
            offset: page.offset,
            facets,
            columns,
        })
    }
}

fn page_row(reckoned: &Reckoned, query: &AccountsQuery, row: u32) -> Result<AccountRow, AppError> {
    let position = row as usize;
    let mut shown = AccountRow::of(&reckoned.evaluations[position]);
    for column in &query.columns {
        let values = reckoned.sheet().column(column)?.values(position);
        shown.fields.insert(column.key().to_owned(), values);
    }
    Ok(shown)
}

/// What all that passes adds up to.
struct Totals {
    mrr: Amount,
    arr: Amount,
    customers: usize,
    seats: u64,
    mean_score: Option<f64>,
}

impl Totals {
    fn of(reckoned: &Reckoned, rows: &[u32]) -> Result<Self, AppError> {
        let sheet = reckoned.sheet();
        let (seats, scores) = (sheet.column(&Column::Seats)?, sheet.column(&Column::Score)?);
        let mut totals =
            Self { mrr: Amount::default(), arr: Amount::default(), customers: 0, seats: 0, mean_score: None };
        let (mut sum, mut scored) = (0.0, 0_u32);
        for row in rows.iter().map(|row| *row as usize) {
            let mrr = sheet.mrr[row];
            totals.mrr += mrr;
            totals.arr += sheet.arr[row];
            totals.customers += usize::from(mrr.is_positive());
            totals.seats += seats.number(row).map_or(0, whole);
            if let Some(score) = scores.number(row) {
                sum += score;
                scored += 1;
            }
        }
        totals.mean_score = (scored > 0).then(|| sum / f64::from(scored));
        Ok(totals)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "seats were whole, and none is negative"
)]
fn whole(seats: f64) -> u64 {
    seats as u64
}

/// The rows of a page, in order.
struct Page {
    offset: usize,
    rows: Vec<u32>,
}

impl Page {
    fn of(reckoned: &Reckoned, query: &AccountsQuery, mut rows: Vec<u32>) -> Result<Self, AppError> {
        let sheet = reckoned.sheet();
        let (by, names) = (sheet.column(&query.sort.by)?, sheet.column(&Column::Name)?);
        let order = |a: u32, b: u32| -> Ordering {
            let (a, b) = (a as usize, b as usize);
            by.order(a, b, query.sort.descending)
                .then_with(|| sheet.mrr[b].cmp(&sheet.mrr[a]))
                .then_with(|| names.order(a, b, false))
                // Accounts stand in the order of their ids.
                .then_with(|| a.cmp(&b))
        };
        let found = rows.len();
        let limit = query.limit.unwrap_or(usize::MAX).max(1);
        let skipped = match query.start {
            Start::Offset(offset) => offset.min(found.saturating_sub(1) / limit * limit),
            Start::After(account) => {
                let last = position(reckoned, account)?;
                rows.retain(|row| order(*row, last).is_gt());
                0
            }
        };
        let offset = found - rows.len() + skipped;
        let end = skipped.saturating_add(limit);
        if end < rows.len() {
            rows.select_nth_unstable_by(end, |a, b| order(*a, *b));
            rows.truncate(end);
        }
        rows.sort_unstable_by(|a, b| order(*a, *b));
        Ok(Self { offset, rows: rows.split_off(skipped.min(rows.len())) })
    }
}

fn position(reckoned: &Reckoned, account: AccountId) -> Result<u32, AppError> {
    let found = reckoned.evaluations.binary_search_by_key(&account, |evaluation| evaluation.account);
    found.ok().and_then(|position| u32::try_from(position).ok()).ok_or_else(|| AppError::NotFound {
        kind: "account",
        name: format!("#{account}"),
        hint: "; begin again with the first page".to_owned(),
    })
}

/// The accounts that pass a filter, by id.
pub(crate) fn chosen<'r>(reckoned: &'r Reckoned, filter: &Filter) -> Result<Vec<&'r Evaluation>, AppError> {
    if filter.conditions.is_empty() {
        return Ok(reckoned.evaluations.iter().map(AsRef::as_ref).collect());
    }
    let rows = reckoned.sheet().passing(&filter.conditions, "")?.rows();
    Ok(rows.into_iter().map(|row| reckoned.evaluations[row as usize].as_ref()).collect())
}
