//! The ledger of one account: each change of its MRR on a day is one entry.
//!
//! # Grace days
//! With grace days, a gap without revenue that is no longer than that many days
//! is neither churn nor reactivation. The account keeps its MRR through the gap,
//! in the ledger and in every figure, and all that changed is netted into one
//! entry on the day it pays again: an expansion or a contraction if it returns
//! with more or less, no entry if it returns with the same. A gap that is still
//! open on the day of the view counts as bridged until it is longer than the
//! grace; then the churn is entered on the day on which the revenue ended. A gap
//! is counted in days on which nothing is paid: one that ends on the 1st and
//! starts on the 4th leaves a gap of three.

use crate::{
    exposure::{Exposure, RateTable},
    parts::{Parts, version},
    state::{State, Totals},
    steps::{self, Step},
};
use laer8_domain::{
    days::{Day, Window},
    exchange::{NoRate, Rates},
    ids::{AccountId, SubscriptionId},
    money::{Amount, Money},
    subscriptions::{SubscriptionHistory, SubscriptionVersion},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a change of an account's MRR is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Movement {
    /// From nothing, for the first time.
    New,
    /// From something to more.
    Expansion,
    /// From nothing, a customer earlier.
    Reactivation,
    /// From something to less.
    Contraction,
    /// From something to nothing.
    Churn,
}

impl Movement {
    /// All of them, in the order of a waterfall.
    pub const ALL: [Self; 5] =
        [Self::New, Self::Expansion, Self::Reactivation, Self::Contraction, Self::Churn];

    /// The name in files, the API and translations.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Expansion => "expansion",
            Self::Reactivation => "reactivation",
            Self::Contraction => "contraction",
            Self::Churn => "churn",
        }
    }

    /// Whether it adds revenue.
    #[must_use]
    pub fn is_gain(self) -> bool {
        matches!(self, Self::New | Self::Expansion | Self::Reactivation)
    }

    /// What the step from `before` to `after` is, for an account that has or
    /// has not been a customer earlier; none when they are equal.
    #[must_use]
    pub fn between(before: Amount, after: Amount, customer_earlier: bool) -> Option<Self> {
        if before == after {
            return None;
        }
        Some(match (before.is_positive(), after.is_positive()) {
            (true, false) => Self::Churn,
            (false, _) if customer_earlier => Self::Reactivation,
            (false, _) => Self::New,
            (true, true) if after > before => Self::Expansion,
            (true, true) => Self::Contraction,
        })
    }
}

/// How the ledger is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LedgerOptions {
    /// A gap of at most this many days is neither churn nor reactivation. 0 by
    /// default.
    pub grace_days: u32,
}

/// One change of an account's MRR. Amounts are in the reporting currency at the
/// rate of the day, on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry<'a> {
    /// Whose.
    pub account: AccountId,
    /// When.
    pub day: Day,
    /// What it is called.
    pub movement: Movement,
    /// The account's MRR before the day's changes.
    pub before: Amount,
    /// The account's MRR after them; never equal to `before`.
    pub after: Amount,
    /// What changed, by subscription; the changes add up to `after − before`.
    pub parts: Parts<'a>,
}

impl Entry<'_> {
    /// How much it adds to the MRR; negative for a contraction and churn.
    #[must_use]
    pub fn change(&self) -> Amount {
        self.after - self.before
    }

    /// How large it is, without its sign.
    #[must_use]
    pub fn amount(&self) -> Amount {
        self.change().abs()
    }
}

/// A subscription behind an account's MRR on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Holding<'a> {
    /// Which.
    pub subscription: SubscriptionId,
    /// Its MRR in its own currency.
    pub mrr: Money,
    /// Its share of the account's MRR in the reporting currency; the shares add
    /// up exactly.
    pub amount: Amount,
    /// The version in force; in a gap that is bridged, the one before the gap.
    #[serde(serialize_with = "version")]
    pub version: &'a SubscriptionVersion,
}

/// The ledger of one account, as known on a day.
#[derive(Debug, Clone)]
pub struct AccountLedger<'a> {
    account: AccountId,
    known: Day,
    options: LedgerOptions,
    subscriptions: &'a [SubscriptionHistory],
    entries: Vec<Entry<'a>>,
    exposure: Exposure,
}

/// Room to work in, used again from account to account.
#[derive(Debug, Default)]
pub(crate) struct Scratch<'a> {
    steps: Vec<Step<'a>>,
    state: State<'a>,
}

/// Writes the ledger of an account from its subscriptions, as known on `known`:
/// versions that became known later, or take effect later, are left out.
///
/// # Errors
/// [`NoRate`] when an amount has no exchange rate on a day on which the
/// account's revenue changes.
pub fn account_ledger<'a>(
    account: AccountId,
    subscriptions: &'a [SubscriptionHistory],
    known: Day,
    rates: &Rates,
    options: LedgerOptions,
) -> Result<AccountLedger<'a>, NoRate> {
    write_ledger(&mut Scratch::default(), account, subscriptions, known, rates, options)
}

pub(crate) fn write_ledger<'a>(
    scratch: &mut Scratch<'a>,
    account: AccountId,
    subscriptions: &'a [SubscriptionHistory],
    known: Day,
    rates: &Rates,
    options: LedgerOptions,
) -> Result<AccountLedger<'a>, NoRate> {
    let Scratch { steps, state } = scratch;
    steps::collect(steps, subscriptions, known, options);
    state.reset(subscriptions.len());
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let mut exposure = Exposure::default();
    for today in steps.chunk_by(|a, b| a.day == b.day) {
        let day = today[0].day;
        let before = state.totals.convert(rates, day)?;
        let parts = state.apply_day(today, subscriptions, before, rates)?;
        if parts.is_empty() {
            continue;
        }
        exposure.record(day, &state.totals, rates.reporting());
        let after = before + parts.iter().map(|part| part.change).sum();
        if let Some(movement) = Movement::between(before, after, !entries.is_empty()) {
            if entries.is_empty() {
                entries.reserve_exact(steps.len());
            }
            entries.push(Entry { account, day, movement, before, after, parts });
        }
    }
    Ok(AccountLedger { account, known, options, subscriptions, entries, exposure })
}

impl<'a> AccountLedger<'a> {
    /// Whose.
    #[must_use]
    pub fn account(&self) -> AccountId {
        self.account
    }

    /// Every entry, in order of days; at most one for a day.
    #[must_use]
    pub fn entries(&self) -> &[Entry<'a>] {
        &self.entries
    }

    /// The entries of the days in `window`.
    #[must_use]
    pub fn entries_in(&self, window: Window) -> &[Entry<'a>] {
        let start = self.entries.partition_point(|entry| entry.day < window.start);
        let rest = &self.entries[start..];
        &rest[..rest.partition_point(|entry| entry.day < window.end)]
    }

    /// Whether any of its revenue was ever in another currency than the
    /// reporting one.
    #[must_use]
    pub fn is_exposed(&self) -> bool {
        !self.exposure.is_empty()
    }

    pub(crate) fn exposure(&self) -> &Exposure {
        &self.exposure
    }

    /// MRR at the end of `day`; after the day of the view, as on that day.
    /// `rates` must be those that the ledger was written with.
    pub(crate) fn mrr_on(&self, day: Day, rates: &Rates) -> Amount {
        let day = day.min(self.known);
        if let Some(held) = self.exposure.on(day) {
            let converted: Result<Amount, NoRate> = held.map(|money| rates.convert(money, day)).sum();
            return converted.expect("the ledger was written with a rate on an earlier day");
        }
        let entries = self.entries.partition_point(|entry| entry.day <= day);
        self.entries[..entries].last().map_or(Amount::ZERO, |last| last.after)
    }

    /// MRR at the end of each day of `table`, in one walk.
    pub(crate) fn mrr_on_days(&self, table: &RateTable<'_>) -> impl Iterator<Item = Amount> {
        let mut entries = self.entries.iter().peekable();
        let mut said = Amount::ZERO;
        let mut run = 0..0;
        table.days().iter().enumerate().map(move |(index, day)| {
            self.exposure.advance(&mut run, *day);
            if !run.is_empty() {
                return self.exposure.convert(run.clone(), table, index);
            }
            while let Some(entry) = entries.next_if(|entry| entry.day <= *day) {
                said = entry.after;
            }
            said
        })
    }

    /// The subscriptions behind the account's MRR at the end of `day`.
    ///
    /// # Errors
    /// [`NoRate`] when `rates` is not what the ledger was written with and lacks
    /// one.
    pub fn holdings(&self, day: Day, rates: &Rates) -> Result<Vec<Holding<'a>>, NoRate> {
        let day = day.min(self.known);
        let mut steps = Vec::new();
        steps::collect(&mut steps, self.subscriptions, self.known, self.options);
        let mut state = State::default();
        state.reset(self.subscriptions.len());
        for step in steps.iter().filter(|step| step.day <= day) {
            state.put(step);
        }
        let mut totals = Totals::default();
        let mut so_far = Amount::ZERO;
        let mut holdings = Vec::new();
        for (subscription, version, mrr) in state.held(self.subscriptions) {
            totals.replace(None, Some(mrr));
            let now = totals.convert(rates, day)?;
            holdings.push(Holding { subscription, mrr, amount: now - so_far, version });
            so_far = now;
        }
        Ok(holdings)
    }
}
