//! The ledger entries behind a movement, a page of them.

use crate::{
    Actor, App, AppError, AsOf, Filter, Moment, RevenueQuery,
    accounts::chosen,
    book::Book,
    reckoned::Reckoned,
    revenue::{EntryRow, entry_row, lives, window},
};
use laer8_domain::{
    days::{Day, Window},
    ids::AccountId,
    money::{Amount, Currency},
    users::Role,
};
use laer8_revenue::{
    book::Book as Ledgers,
    ledger::{AccountLedger, LedgerOptions, Movement, account_ledger},
};
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::{cmp::Ordering, sync::Arc};
use utoipa::ToSchema;

/// Entries of which movements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Moved {
    /// Of all.
    #[default]
    All,
    /// Of one.
    One(Movement),
    /// New and reactivated revenue.
    Acquisition,
    /// Contraction and churn.
    Attrition,
}

impl Moved {
    /// By its key in an address.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        match key {
            "acquisition" => Some(Self::Acquisition),
            "attrition" => Some(Self::Attrition),
            "all" => Some(Self::All),
            key => Movement::ALL.into_iter().find(|movement| movement.key() == key).map(Self::One),
        }
    }

    fn holds(self, movement: Movement) -> bool {
        match self {
            Self::One(one) => movement == one,
            Self::Acquisition => matches!(movement, Movement::New | Movement::Reactivation),
            Self::Attrition => matches!(movement, Movement::Contraction | Movement::Churn),
            Self::All => true,
        }
    }
}

/// An entry by its day and account: an account has one a day at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryPlace {
    /// The day.
    pub day: Day,
    /// The account.
    pub account: AccountId,
}

/// Where the entries of a page begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryStart {
    /// After so many others. Beyond the end, at the last page.
    Offset(usize),
    /// After this one, whether or not it is still there.
    After(EntryPlace),
}

impl Default for EntryStart {
    fn default() -> Self {
        Self::Offset(0)
    }
}

/// Which ledger entries are asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RevenueEntriesQuery {
    /// The window and the filter, as for [`App::revenue`]; what else it asks is
    /// not answered here.
    pub of: RevenueQuery,
    /// Of which movements.
    pub moved: Moved,
    /// Whether the newest come first; else the oldest.
    pub newest_first: bool,
    /// Where the page begins.
    pub start: EntryStart,
    /// How many; without it all.
    pub limit: Option<usize>,
}

/// Entries of the ledger; amounts are MRR in the reporting currency.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RevenueEntriesView {
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
    /// How many entries there are, on whichever page.
    pub found: usize,
    /// What all of them together gained.
    pub gained: Amount,
    /// What all of them together lost, without a sign.
    pub lost: Amount,
    /// How many stand before the first that is shown.
    pub offset: usize,
    /// The entries of the page.
    pub entries: Vec<EntryRow>,
    /// After which entry the next page begins; none on the last.
    #[serde(skip)]
    pub next: Option<EntryPlace>,
}

/// Of which entries a list is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ListedEntries {
    window: Window,
    moved: Moved,
    pub(crate) filter: Filter,
}

/// Entries without what is behind them, in order.
#[derive(Debug)]
pub(crate) struct EntryList {
    places: Vec<EntryPlace>,
    gained: Amount,
    lost: Amount,
}

impl App {
    /// The ledger entries behind movements of a window. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// As [`App::revenue`].
    pub async fn revenue_entries(
        &self,
        actor: &Actor,
        as_of: AsOf,
        query: &RevenueEntriesQuery,
    ) -> Result<RevenueEntriesView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        let book = &reckoned.book;
        let window = window(book, &query.of)?;
        let listed = ListedEntries { window, moved: query.moved, filter: query.of.filter.clone() };
        let list = match reckoned.answers.entries(&listed) {
            Some(kept) => kept,
            None => {
                let list = Arc::new(listed.list(&reckoned)?);
                reckoned.answers.keep_entries(&listed, &list);
                list
            }
        };
        let page = list.page(query);
        let places = list.places.iter();
        let shown: Vec<EntryPlace> = if query.newest_first {
            places.rev().skip(page.start).take(page.len()).copied().collect()
        } else {
            places.skip(page.start).take(page.len()).copied().collect()
        };
        Ok(RevenueEntriesView {
            as_of: book.moment,
            currency: book.currency,
            from: window.start,
            to: window.end,
            found: list.places.len(),
            gained: list.gained,
            lost: list.lost,
            offset: page.start,
            next: shown.last().filter(|_| page.end < list.places.len()).copied(),
            entries: rows(book, &shown)?,
        })
    }
}

impl ListedEntries {
    fn list(&self, reckoned: &Reckoned) -> Result<EntryList, AppError> {
        let book = &reckoned.book;
        let lives = lives(book);
        let ledgers = Ledgers::write(&lives, book.day(), &book.rates, LedgerOptions::default())?;
        let selection = if self.filter.conditions.is_empty() {
            ledgers.all()
        } else {
            let chosen = chosen(reckoned, &self.filter)?;
            let chosen: FxHashSet<AccountId> =
                chosen.into_iter().map(|evaluation| evaluation.account).collect();
            ledgers.select(|account| chosen.contains(&account))
        };
        let mut list = EntryList { places: Vec::new(), gained: Amount::ZERO, lost: Amount::ZERO };
        let entries = selection.ledgers().iter().flat_map(|ledger| ledger.entries_in(self.window));
        for entry in entries.filter(|entry| self.moved.holds(entry.movement)) {
            list.places.push(EntryPlace { day: entry.day, account: entry.account });
            if entry.movement.is_gain() {
                list.gained += entry.amount();
            } else {
                list.lost += entry.amount();
            }
        }
        list.places.sort_unstable();
        Ok(list)
    }
}

impl EntryList {
    /// Which entries a page shows, counted from the end that comes first.
    fn page(&self, query: &RevenueEntriesQuery) -> std::ops::Range<usize> {
        let found = self.places.len();
        let limit = query.limit.unwrap_or(usize::MAX).max(1);
        let start = match query.start {
            EntryStart::Offset(offset) => offset.min(found.saturating_sub(1) / limit * limit),
            EntryStart::After(last) if query.newest_first => {
                found - self.places.partition_point(|place| place.cmp(&last) == Ordering::Less)
            }
            EntryStart::After(last) => self.places.partition_point(|place| *place <= last),
        };
        start..start.saturating_add(limit).min(found)
    }
}

/// Entries with what is behind them. Only their accounts' ledgers are written.
fn rows(book: &Book, places: &[EntryPlace]) -> Result<Vec<EntryRow>, AppError> {
    let mut rows = Vec::with_capacity(places.len());
    for place in places {
        let Some(history) = book.history(place.account) else { continue };
        let options = LedgerOptions::default();
        let ledger: AccountLedger<'_> =
            account_ledger(history.id, &history.subscriptions, book.day(), &book.rates, options)?;
        let entry = ledger.entries().iter().find(|entry| entry.day == place.day);
        rows.extend(entry.map(|entry| entry_row(book, entry)));
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(day: u32) -> EntryPlace {
        EntryPlace { day: Day::from_ymd_opt(2026, 3, day).expect("a day"), account: AccountId(1) }
    }

    #[test]
    fn a_page_begins_after_an_entry_even_when_that_is_gone() {
        let places = [1, 3, 5, 7].map(place).into();
        let list = EntryList { places, gained: Amount::ZERO, lost: Amount::ZERO };
        let page = |newest_first, start| {
            let of = RevenueEntriesQuery { newest_first, start, limit: Some(2), ..Default::default() };
            list.page(&of)
        };
        assert_eq!(page(false, EntryStart::After(place(3))), 2..4);
        assert_eq!(page(false, EntryStart::After(place(4))), 2..4);
        assert_eq!(page(true, EntryStart::After(place(5))), 2..4, "3 and 1");
        assert_eq!(page(true, EntryStart::After(place(6))), 1..3, "5 and 3");
        assert_eq!(page(false, EntryStart::Offset(9)), 2..4, "the last page");
        assert_eq!(page(false, EntryStart::After(place(7))), 4..4);
    }
}
