//! Recurring revenue: ledger, movements, retention, cohorts, breakdowns.
//!
//! ```text
//! subscription versions ─▶ AccountLedger (entries) ─▶ Book ─▶ Selection of accounts ─▶ figures
//! ```
//!
//! A [`book::Book`] is built once from the subscriptions of any number of
//! accounts, as known on a day. A [`book::Selection`] says which accounts a
//! figure is about. Every figure is a function of a selection, and opens: a
//! movement to its ledger entries ([`book::Selection::entries`]), an entry to
//! the subscription versions before and after ([`parts::Part`]), an amount on a
//! day to the subscriptions held ([`ledger::AccountLedger::holdings`]),
//! retention and exchange to their accounts, and any sum of a window to the
//! accounts at its ends ([`customers::account_ends`]).
//!
//! # Which side of a day
//! The MRR *on* a day is the MRR at its end, after its changes, at its exchange
//! rate: what `laer8_domain::history::Seen` of that day shows. For a window
//! `[a, b)`
//! - the **opening** is the MRR on the day before `a`,
//! - the **closing** is the MRR on the last day inside, the day before `b`,
//! - everything that happened on the days from `a` up to that last day lies
//!   between the two: opening + new + expansion + reactivation − contraction −
//!   churn + exchange = closing, exactly.
//!
//! FORMULAS' MRR(a) and MRR(b) are this opening and closing in every figure. A
//! customer that starts on day `a` is therefore new in `[a, b)`, and not yet
//! part of what NRR, GRR and logo churn are measured against.
//!
//! # Currencies
//! An account's MRR is its MRR in each currency, converted at the rate of the
//! day and rounded once per currency. Both sides of an entry are converted at
//! the rate of its day, so that a rate alone never makes a movement; what rates
//! do between entries is the exchange line.

pub mod book;
pub mod breakdown;
pub mod cohorts;
pub mod customers;
pub mod ledger;
pub mod movements;
pub mod parts;
pub mod retention;

mod exposure;
mod state;
mod steps;

use laer8_domain::money::Amount;

/// Annual recurring revenue: twelve times the monthly.
#[must_use]
pub fn arr(mrr: Amount) -> Amount {
    mrr.scaled(12, 1).unwrap_or_default()
}
