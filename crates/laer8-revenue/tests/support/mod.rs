//! Short ways to write subscriptions down.

#![allow(dead_code, reason = "each test file uses some of it")]

use laer8_domain::{
    days::{Day, Window},
    exchange::Rates,
    ids::{AccountId, PlanId, SourceId, SubscriptionId},
    money::{Amount, Currency},
    provenance::Origin,
    subscriptions::{
        BillingPeriod, Price, PriceBasis, SubscriptionHistory, SubscriptionState, SubscriptionVersion, Terms,
    },
};
use laer8_revenue::{
    book::Book,
    ledger::{AccountLedger, LedgerOptions, account_ledger},
};

pub(crate) const SILVER: PlanId = PlanId(1);
pub(crate) const GOLD: PlanId = PlanId(2);

pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

pub(crate) fn window(start: &str, end: &str) -> Window {
    Window::new(day(start), day(end))
}

pub(crate) fn amount(text: &str) -> Amount {
    text.parse().expect("an amount")
}

/// So many units of a plan at a monthly price in EUR.
pub(crate) fn monthly(plan: PlanId, quantity: u32, price: &str) -> Terms {
    Terms {
        plan,
        quantity,
        price: Price {
            amount: amount(price),
            currency: Currency::EUR,
            per: BillingPeriod::Month,
            basis: PriceBasis::Unit,
        },
        trial: false,
        term_start: day("2026-01-01"),
        term_months: None,
        auto_renew: true,
        notice_days: 0,
        captive_until: None,
    }
}

/// The same in USD.
pub(crate) fn in_dollars(mut terms: Terms) -> Terms {
    terms.price.currency = Currency::USD;
    terms
}

pub(crate) fn version(from: Day, known: Day, terms: Option<Terms>) -> SubscriptionVersion {
    SubscriptionVersion {
        effective_from: from,
        known_on: known,
        revision: 0,
        state: terms.map_or(SubscriptionState::Ended, SubscriptionState::Active),
        origin: Origin { source: SourceId(1), import: None, row: 2 },
    }
}

/// Known when it happened. `None` ends it.
pub(crate) fn subscription<const N: usize>(
    id: i64,
    changes: [(&str, Option<Terms>); N],
) -> SubscriptionHistory {
    let versions = changes.map(|(from, terms)| version(day(from), day(from), terms));
    SubscriptionHistory::new(SubscriptionId(id), versions.to_vec())
}

/// Account 7, everything in EUR.
pub(crate) fn ledger<'a>(
    subscriptions: &'a [SubscriptionHistory],
    known: &str,
    grace_days: u32,
) -> AccountLedger<'a> {
    let rates = Rates::new(Currency::EUR);
    account_ledger(AccountId(7), subscriptions, day(known), &rates, LedgerOptions { grace_days })
        .expect("all in one currency")
}

/// Each entry in one line: day, movement, size.
pub(crate) fn lines(ledger: &AccountLedger<'_>) -> Vec<String> {
    let line = |entry: &laer8_revenue::ledger::Entry<'_>| {
        format!("{} {} {}", entry.day, entry.movement.key(), entry.amount())
    };
    ledger.entries().iter().map(line).collect()
}

/// Accounts 1, 2, 3, … in a book.
pub(crate) fn book<'a>(accounts: &'a [Vec<SubscriptionHistory>], known: &str, rates: &'a Rates) -> Book<'a> {
    let accounts: Vec<_> = (1..).map(AccountId).zip(accounts.iter().map(Vec::as_slice)).collect();
    Book::write(&accounts, day(known), rates, LedgerOptions::default()).expect("a rate for every day")
}
