//! Recurring revenue in the plainest way: day by day, straight from the
//! versions. Slow, and nothing in common with the ledger.

use laer8_domain::{
    days::{Day, days_between, shift},
    exchange::Rates,
    money::{Amount, Money},
    subscriptions::SubscriptionHistory,
};

/// What an account pays in each currency on one day.
fn paid(subscriptions: &[SubscriptionHistory], day: Day, known: Day) -> Vec<Money> {
    let mut totals: Vec<Money> = Vec::new();
    for terms in subscriptions.iter().filter_map(|history| history.terms_on(day, known)) {
        let mrr = terms.mrr();
        match totals.iter_mut().find(|total| total.currency == mrr.currency) {
            Some(total) => total.amount += mrr.amount,
            None => totals.push(mrr),
        }
    }
    totals.retain(|total| total.amount.is_positive());
    totals
}

/// What an account pays at the end of each day from `first` to `known`.
pub(crate) struct Days {
    first: Day,
    paid: Vec<Vec<Money>>,
}

impl Days {
    /// Gaps of at most `grace` days are filled with what was paid before them,
    /// also one that is still open. Nothing may be paid before `first`.
    pub(crate) fn new(subscriptions: &[SubscriptionHistory], first: Day, known: Day, grace: u32) -> Self {
        let days = days_between(first, known);
        let mut paid: Vec<_> =
            (0..=days).map(|offset| paid(subscriptions, shift(first, offset), known)).collect();
        let mut index = 1;
        while index < paid.len() {
            let gap = paid[index..].iter().take_while(|totals| totals.is_empty()).count();
            if gap > 0 && gap <= grace as usize && !paid[index - 1].is_empty() {
                let before = paid[index - 1].clone();
                paid[index..index + gap].fill(before);
            }
            index += gap.max(1);
        }
        Self { first, paid }
    }

    fn totals(&self, day: Day) -> &[Money] {
        let offset = days_between(self.first, day);
        let Ok(index) = usize::try_from(offset) else { return &[] };
        &self.paid[index.min(self.paid.len() - 1)]
    }

    fn last(&self) -> Day {
        shift(self.first, i64::try_from(self.paid.len()).expect("a few years") - 1)
    }

    /// MRR at the end of `day`.
    pub(crate) fn mrr(&self, day: Day, rates: &Rates) -> Amount {
        self.totals(day)
            .iter()
            .map(|total| rates.convert(*total, day.min(self.last())).expect("a rate"))
            .sum()
    }

    /// What rates did on `day`: what was held the evening before, at the rate
    /// of the day, less the same at the rate of the day before.
    pub(crate) fn exchange(&self, day: Day, rates: &Rates) -> Amount {
        if day > self.last() {
            return Amount::ZERO;
        }
        let evening = shift(day, -1);
        let at = |rate_day| -> Amount {
            self.totals(evening).iter().map(|total| rates.convert(*total, rate_day).expect("a rate")).sum()
        };
        at(day) - at(evening)
    }
}
