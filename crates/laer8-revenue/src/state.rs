//! What an account holds while its ledger is written.

use crate::{
    parts::{Part, Parts, same_offer},
    steps::Step,
};
use laer8_domain::{
    days::Day,
    exchange::{NoRate, Rates},
    ids::SubscriptionId,
    money::{Amount, Currency, Money},
    subscriptions::{SubscriptionHistory, SubscriptionVersion},
};

/// Monthly recurring revenue, one amount for each currency.
#[derive(Debug, Clone, Default)]
pub(crate) struct Totals(Vec<Money>);

impl Totals {
    /// One subscription's MRR becomes another.
    pub(crate) fn replace(&mut self, before: Option<Money>, after: Option<Money>) {
        if let Some(money) = before {
            self.add(Money { amount: -money.amount, ..money });
        }
        if let Some(money) = after {
            self.add(money);
        }
    }

    fn add(&mut self, money: Money) {
        if money.amount.is_zero() {
            return;
        }
        match self.0.iter_mut().find(|total| total.currency == money.currency) {
            Some(total) => total.amount += money.amount,
            None => self.0.push(money),
        }
    }

    /// Whether any currency has revenue.
    pub(crate) fn pays(&self) -> bool {
        self.revenue().next().is_some()
    }

    /// Whether any revenue is in another currency than the reporting one.
    pub(crate) fn is_foreign(&self, reporting: Currency) -> bool {
        self.revenue().any(|total| total.currency != reporting)
    }

    /// The currencies that have revenue. Credits that exceed the revenue of their
    /// currency count as nothing, as in `Seen::mrr`.
    pub(crate) fn revenue(&self) -> impl Iterator<Item = Money> {
        self.0.iter().copied().filter(|total| total.amount.is_positive())
    }

    /// In the reporting currency at the rate of `day`, rounded once for each
    /// currency.
    pub(crate) fn convert(&self, rates: &Rates, day: Day) -> Result<Amount, NoRate> {
        self.revenue().map(|total| rates.convert(total, day)).sum()
    }

    fn clear(&mut self) {
        self.0.clear();
    }
}

#[derive(Debug, Clone, Copy)]
struct Slot<'a> {
    version: &'a SubscriptionVersion,
    mrr: Option<Money>,
}

/// The version in force for each subscription of an account, and their totals.
#[derive(Debug, Default)]
pub(crate) struct State<'a> {
    slots: Vec<Option<Slot<'a>>>,
    pub(crate) totals: Totals,
}

impl<'a> State<'a> {
    /// Forgets everything; room for that many subscriptions.
    pub(crate) fn reset(&mut self, subscriptions: usize) {
        self.slots.clear();
        self.slots.resize(subscriptions, None);
        self.totals.clear();
    }

    /// Puts the steps of one day into force. Gives the parts that changed, each
    /// with what it added to the MRR in the reporting currency when put into
    /// force after those before it, so that the changes add up exactly.
    pub(crate) fn apply_day(
        &mut self,
        steps: &[Step<'a>],
        subscriptions: &[SubscriptionHistory],
        before: Amount,
        rates: &Rates,
    ) -> Result<Parts<'a>, NoRate> {
        let mut parts = Parts::default();
        let mut total = before;
        for run in steps.chunk_by(|a, b| a.subscription == b.subscription) {
            let Some(step) = run.last() else { continue };
            let previous = self.put(step);
            if same_offer(previous, step.version) {
                continue;
            }
            let now = self.totals.convert(rates, step.day)?;
            let subscription = subscriptions[step.subscription].id;
            parts.push(Part { subscription, before: previous, after: step.version, change: now - total });
            total = now;
        }
        Ok(parts)
    }

    /// Puts one step into force and gives the version that it replaces.
    pub(crate) fn put(&mut self, step: &Step<'a>) -> Option<&'a SubscriptionVersion> {
        let slot = Slot { version: step.version, mrr: step.mrr };
        let previous = self.slots[step.subscription].replace(slot);
        self.totals.replace(previous.and_then(|slot| slot.mrr), step.mrr);
        previous.map(|slot| slot.version)
    }

    /// The subscriptions that have revenue, with their versions.
    pub(crate) fn held(
        &self,
        subscriptions: &[SubscriptionHistory],
    ) -> impl Iterator<Item = (SubscriptionId, &'a SubscriptionVersion, Money)> {
        self.slots.iter().zip(subscriptions).filter_map(|(slot, history)| {
            let slot = slot.as_ref()?;
            let mrr = slot.mrr.filter(|mrr| !mrr.amount.is_zero())?;
            Some((history.id, slot.version, mrr))
        })
    }
}
