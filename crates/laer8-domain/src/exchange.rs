//! Dated exchange rates.

use crate::{
    days::Day,
    money::{Amount, Currency, Money},
};
use std::collections::BTreeMap;

/// A rate is kept as an exact count of billionths.
const RATE_SCALE: i64 = 1_000_000_000;

/// How much of the reporting currency one unit of another was worth, day by
/// day. Between two days the earlier holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates {
    reporting: Currency,
    rates: BTreeMap<(Currency, Day), i64>,
}

/// There is no rate for a currency on or before a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no exchange rate from {from} to {to} on or before {day}; import one, or report in {from}")]
pub struct NoRate {
    /// The currency of the amount.
    pub from: Currency,
    /// The reporting currency.
    pub to: Currency,
    /// The day.
    pub day: Day,
}

impl Rates {
    /// No rates yet: only amounts in `reporting` can be reported.
    #[must_use]
    pub fn new(reporting: Currency) -> Self {
        Self { reporting, rates: BTreeMap::new() }
    }

    /// The currency that everything is reported in.
    #[must_use]
    pub fn reporting(&self) -> Currency {
        self.reporting
    }

    /// From `day` on, one unit of `from` is `billionths` of a reporting unit.
    pub fn set(&mut self, from: Currency, day: Day, billionths: i64) {
        self.rates.insert((from, day), billionths);
    }

    /// The days on which the rate of a currency changes, in `(after, until]`.
    pub fn changes(&self, from: Currency, after: Day, until: Day) -> impl Iterator<Item = Day> {
        self.rates
            .range((from, after)..=(from, until))
            .map(|((_, day), _)| *day)
            .filter(move |day| *day > after)
    }

    /// `money` in the reporting currency at the rate of `day`, rounded half to
    /// even.
    ///
    /// # Errors
    /// [`NoRate`] when no rate is known on or before `day`.
    pub fn convert(&self, money: Money, day: Day) -> Result<Amount, NoRate> {
        if money.currency == self.reporting || money.amount.is_zero() {
            return Ok(money.amount);
        }
        let first = Day::MIN;
        let rate = self
            .rates
            .range((money.currency, first)..=(money.currency, day))
            .next_back()
            .map(|(_, billionths)| *billionths)
            .ok_or(NoRate { from: money.currency, to: self.reporting, day })?;
        Ok(money.amount.scaled(rate, RATE_SCALE).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_of_the_day_holds_until_the_next() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        let mut rates = Rates::new(Currency::EUR);
        rates.set(Currency::USD, day("2026-01-01"), 900_000_000);
        rates.set(Currency::USD, day("2026-02-01"), 950_000_000);
        let dollars = Money { amount: Amount::from_major(100), currency: Currency::USD };
        let on = |text| rates.convert(dollars, day(text)).map(|amount| amount.to_string());
        assert_eq!(on("2026-01-31"), Ok("90.00".to_owned()));
        assert_eq!(on("2026-02-01"), Ok("95.00".to_owned()));
        assert!(on("2025-12-31").is_err());
    }
}
