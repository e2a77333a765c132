//! Account by account: what stands behind the sums of a window.

use crate::{
    book::{Selection, ends},
    exposure::RateTable,
    ledger::AccountLedger,
    movements::exchange_effects,
};
use laer8_domain::{days::Window, ids::AccountId, money::Amount};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The MRR of one account at both ends of a window, in the reporting currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AccountEnds {
    /// Which.
    pub account: AccountId,
    /// At the end of the day before the window.
    pub opening: Amount,
    /// The smaller of both: what counts for GRR.
    pub kept: Amount,
    /// At the end of the window's last day.
    pub closing: Amount,
    /// What exchange rates did in between; may be negative.
    pub exchange: Amount,
}

/// Every selected account that has MRR at either end of `window`, or with which
/// exchange rates did something, in order of ids. Their sums are the opening,
/// the closing and the exchange line of
/// [`movements_in`](crate::movements::movements_in).
#[must_use]
pub fn account_ends(selection: &Selection<'_>, window: Window) -> Vec<AccountEnds> {
    let (first, last) = ends(window);
    let table = RateTable::new(selection, [first, last]);
    let effects: BTreeMap<AccountId, Amount> = exchange_effects(selection, window)
        .into_iter()
        .map(|effect| (effect.account, effect.amount))
        .collect();
    let of = |ledger: &&AccountLedger<'_>| {
        let mut mrr = ledger.mrr_on_days(&table);
        let (opening, closing) = (mrr.next()?, mrr.next()?);
        let account = ledger.account();
        let exchange = effects.get(&account).copied().unwrap_or_default();
        let is_behind = !opening.is_zero() || !closing.is_zero() || !exchange.is_zero();
        is_behind.then_some(AccountEnds { account, opening, kept: opening.min(closing), closing, exchange })
    };
    selection.ledgers().par_iter().filter_map(of).collect()
}
