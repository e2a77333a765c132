//! The book: the ledgers of a set of accounts, and selections from it.

use crate::{
    exposure::currencies,
    ledger::{AccountLedger, Entry, LedgerOptions, Movement, Scratch, write_ledger},
};
use laer8_domain::{
    days::{Day, Window, shift},
    exchange::{NoRate, Rates},
    ids::AccountId,
    money::{Amount, Currency},
    subscriptions::SubscriptionHistory,
};
use rayon::prelude::*;

/// The ledgers of any number of accounts, as known on one day and converted at
/// one set of rates.
#[derive(Debug, Clone)]
pub struct Book<'a> {
    known: Day,
    rates: &'a Rates,
    /// Held by any account at any time, the reporting one aside.
    currencies: Vec<Currency>,
    /// In order of account ids.
    ledgers: Vec<AccountLedger<'a>>,
}

impl<'a> Book<'a> {
    /// Writes the ledger of every account, on all cores. `accounts` are in any
    /// order, each once.
    ///
    /// # Errors
    /// [`NoRate`] of the first account that needs a rate that is not there.
    pub fn write(
        accounts: &[(AccountId, &'a [SubscriptionHistory])],
        known: Day,
        rates: &'a Rates,
        options: LedgerOptions,
    ) -> Result<Self, NoRate> {
        let written: Vec<Result<AccountLedger<'a>, NoRate>> = accounts
            .par_iter()
            .map_init(Scratch::default, |scratch, (account, subscriptions)| {
                write_ledger(scratch, *account, subscriptions, known, rates, options)
            })
            .collect();
        let mut ledgers = written.into_iter().collect::<Result<Vec<_>, _>>()?;
        ledgers.sort_by_key(AccountLedger::account);
        debug_assert!(ledgers.windows(2).all(|pair| pair[0].account() != pair[1].account()));
        let currencies = currencies(&ledgers, rates.reporting());
        Ok(Self { known, rates, currencies, ledgers })
    }

    /// The ledger of one account.
    #[must_use]
    pub fn ledger(&self, account: AccountId) -> Option<&AccountLedger<'a>> {
        let index = self.ledgers.binary_search_by_key(&account, AccountLedger::account).ok()?;
        Some(&self.ledgers[index])
    }

    /// Every account.
    #[must_use]
    pub fn all(&self) -> Selection<'_> {
        self.select(|_| true)
    }

    /// The accounts for which `chosen` says yes.
    #[must_use]
    pub fn select(&self, chosen: impl Fn(AccountId) -> bool) -> Selection<'_> {
        let ledgers = self.ledgers.iter().filter(|ledger| chosen(ledger.account())).collect();
        Selection { known: self.known, rates: self.rates, currencies: &self.currencies, ledgers }
    }

    /// One account; nothing is selected when it is not in the book.
    #[must_use]
    pub fn one(&self, account: AccountId) -> Selection<'_> {
        let ledgers = self.ledger(account).into_iter().collect();
        Selection { known: self.known, rates: self.rates, currencies: &self.currencies, ledgers }
    }
}

/// The accounts that a figure is about.
#[derive(Debug, Clone)]
pub struct Selection<'a> {
    known: Day,
    rates: &'a Rates,
    currencies: &'a [Currency],
    ledgers: Vec<&'a AccountLedger<'a>>,
}

impl<'a> Selection<'a> {
    /// Their ledgers, in order of account ids.
    #[must_use]
    pub fn ledgers(&self) -> &[&'a AccountLedger<'a>] {
        &self.ledgers
    }

    /// The day of the view: nothing known later, and nothing that took effect
    /// later, is in the book.
    #[must_use]
    pub fn known(&self) -> Day {
        self.known
    }

    /// The exchange rates in use.
    #[must_use]
    pub fn rates(&self) -> &'a Rates {
        self.rates
    }

    pub(crate) fn currencies(&self) -> &'a [Currency] {
        self.currencies
    }

    /// Of these accounts, those for which `chosen` says yes.
    #[must_use]
    pub fn filter(&self, chosen: impl Fn(&AccountLedger<'_>) -> bool) -> Self {
        let ledgers = self.ledgers.iter().copied().filter(|ledger| chosen(ledger)).collect();
        Self { ledgers, ..*self }
    }

    /// MRR of all at the end of `day`, in the reporting currency. After the day
    /// of the view it stays as it was on that day.
    #[must_use]
    pub fn mrr_on(&self, day: Day) -> Amount {
        self.ledgers.par_iter().map(|ledger| ledger.mrr_on(day, self.rates)).sum()
    }

    /// How many have MRR at the end of `day`.
    #[must_use]
    pub fn customers_on(&self, day: Day) -> usize {
        self.ledgers.par_iter().filter(|ledger| ledger.mrr_on(day, self.rates).is_positive()).count()
    }

    /// The entries of `window`, of one movement or of all, in order of day and
    /// account: what stands behind a figure.
    #[must_use]
    pub fn entries(&self, window: Window, movement: Option<Movement>) -> Vec<&'a Entry<'a>> {
        let mut entries: Vec<&Entry<'_>> = self
            .ledgers
            .iter()
            .flat_map(|ledger| ledger.entries_in(window))
            .filter(|entry| movement.is_none_or(|movement| entry.movement == movement))
            .collect();
        entries.sort_by_key(|entry| (entry.day, entry.account));
        entries
    }
}

/// The two days at whose ends a window's opening and closing are taken: the day
/// before its start, and its last day. For an empty window they are the same.
pub(crate) fn ends(window: Window) -> (Day, Day) {
    (shift(window.start, -1), shift(window.end.max(window.start), -1))
}
