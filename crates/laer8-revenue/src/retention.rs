//! How much of what was there is still there.

use crate::{
    book::{Selection, ends},
    exposure::RateTable,
    ledger::{AccountLedger, Movement},
    movements::movements_in,
};
use laer8_domain::{days::Window, ids::AccountId, money::Amount};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

/// Where the field disagrees.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RetentionOptions {
    /// Whether an account that left and came back inside the window counts in
    /// NRR with what it has at the closing (the default), or as lost.
    pub nrr_include_reactivation: bool,
}

impl Default for RetentionOptions {
    fn default() -> Self {
        Self { nrr_include_reactivation: true }
    }
}

/// Retention over a window. Amounts are MRR in the reporting currency; ratios
/// are fractions (0.95 is 95 %) and none over nothing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Retention {
    /// Which days.
    pub window: Window,
    /// MRR at the opening: what NRR and GRR are measured against.
    pub opening: Amount,
    /// MRR at the closing, new customers too.
    pub closing: Amount,
    /// Accounts that paid at the opening.
    pub opening_accounts: usize,
    /// Of those, the accounts that do not pay at the closing.
    pub lost_accounts: usize,
    /// MRR at the closing of the accounts that paid at the opening.
    pub net_retained: Amount,
    /// The same, but of no account more than it paid at the opening.
    pub gross_retained: Amount,
    /// New + expansion + reactivation.
    pub gained: Amount,
    /// Contraction + churn.
    pub attrition: Amount,
    /// Net revenue retention: `net_retained ÷ opening`.
    pub nrr: Option<f64>,
    /// Gross revenue retention: `gross_retained ÷ opening`, never above 1.
    pub grr: Option<f64>,
    /// `lost_accounts ÷ opening_accounts`.
    pub logo_churn: Option<f64>,
    /// `gained ÷ attrition`.
    pub quick_ratio: Option<f64>,
    /// `(closing − opening) ÷ opening`.
    pub net_growth: Option<f64>,
}

/// One account that paid at the opening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AccountRetention {
    /// Which.
    pub account: AccountId,
    /// Its MRR at the opening; more than nothing.
    pub opening: Amount,
    /// Its MRR at the closing.
    pub closing: Amount,
    /// Whether it left inside the window, even if it came back.
    pub left: bool,
    /// What it counts for in NRR.
    pub net_retained: Amount,
    /// What it counts for in GRR: the smaller of opening and closing.
    pub gross_retained: Amount,
}

/// The accounts behind NRR, GRR and logo churn: those that paid at the opening.
#[must_use]
pub fn retained_accounts(
    selection: &Selection<'_>,
    window: Window,
    options: RetentionOptions,
) -> Vec<AccountRetention> {
    let (first, last) = ends(window);
    let table = RateTable::new(selection, [first, last]);
    selection.ledgers().par_iter().filter_map(|ledger| retained(ledger, window, &table, options)).collect()
}

fn retained(
    ledger: &AccountLedger<'_>,
    window: Window,
    table: &RateTable<'_>,
    options: RetentionOptions,
) -> Option<AccountRetention> {
    let mut mrr = ledger.mrr_on_days(table);
    let opening = mrr.next()?;
    if !opening.is_positive() {
        return None;
    }
    let closing = mrr.next()?;
    let left = ledger.entries_in(window).iter().any(|entry| entry.movement == Movement::Churn);
    let counts = options.nrr_include_reactivation || !left;
    Some(AccountRetention {
        account: ledger.account(),
        opening,
        closing,
        left,
        net_retained: if counts { closing } else { Amount::ZERO },
        gross_retained: opening.min(closing),
    })
}

/// NRR, GRR, logo churn, quick ratio and net growth over `window`.
#[must_use]
pub fn retention(selection: &Selection<'_>, window: Window, options: RetentionOptions) -> Retention {
    let accounts = retained_accounts(selection, window, options);
    let movements = movements_in(selection, window);
    let net_retained: Amount = accounts.iter().map(|account| account.net_retained).sum();
    let gross_retained: Amount = accounts.iter().map(|account| account.gross_retained).sum();
    let lost_accounts = accounts.iter().filter(|account| account.closing.is_zero()).count();
    Retention {
        window,
        opening: movements.opening,
        closing: movements.closing,
        opening_accounts: accounts.len(),
        lost_accounts,
        net_retained,
        gross_retained,
        gained: movements.acquisition + movements.expansion.amount,
        attrition: movements.attrition,
        nrr: net_retained.ratio_to(movements.opening),
        grr: gross_retained.ratio_to(movements.opening),
        logo_churn: share(lost_accounts, accounts.len()),
        quick_ratio: movements.quick_ratio,
        net_growth: movements.net_growth,
    }
}

/// A part of a count as a fraction; none of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of accounts")]
pub(crate) fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
