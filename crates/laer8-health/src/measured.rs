//! What any scorecard may ask of an account on a day.
//!
//! Measuring needs all of an account's history; scoring what was measured
//! needs only its fields and contracts. So a book can be measured once, and
//! any number of scorecards tried on it.

use crate::{
    departures::{Departure, vacant_since},
    measures::Measure,
    subject::Subject,
    values::Values,
};
use laer8_domain::days::Day;

/// Every measure of an account on a day, and who who matters left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The values of all measures.
    pub values: Values,
    vacant: [Option<Day>; Departure::ALL.len()],
}

impl Measured {
    /// Measures an account.
    #[must_use]
    pub fn of(subject: &Subject<'_>) -> Self {
        let vacant = Departure::ALL.map(|departure| vacant_since(subject.seen(), departure));
        Self { values: subject.values(Measure::ALL), vacant }
    }

    /// Since when the role of `departure` is vacant, if it is.
    #[must_use]
    pub fn vacant_since(&self, departure: Departure) -> Option<Day> {
        self.vacant[departure as usize]
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        examples::{self, daily, day},
        scoring::{Place, Scoring},
        select::Scorecards,
        tracked::TrackedSince,
    };
    use laer8_domain::{exchange::Rates, history::AccountHistory, money::Currency, usage::UsageHistory};
    use proptest::prelude::*;

    proptest! {
        /// The sponsor left, usage is so long ago: by what was measured, the
        /// account scores as by its history.
        #[test]
        fn a_measured_account_scores_as_its_history_does(silent in 0..40_i64, left in 0..400_i64, window in 1..400_u32) {
            let today = day("2026-06-30");
            let on = |days: i64| laer8_domain::days::shift(today, -days).to_string();
            let mut account = examples::account();
            account.usage = UsageHistory::new(daily(&on(silent), 3, 1).collect());
            account.people = vec![examples::person(1, &[("2024-01-01", "role", "sponsor".into())])];
            account.people[0].fields.push(examples::field(&on(left), "left", true.into()));
            let head = "key = 'only'\npriority = 1\ndefault = true";
            let caps = format!(
                "\n[[caps]]\nlabel = {{ en = 'gone', es = 'se fue' }}\nat_most = 40\nevent = 'sponsor_left'\nwithin_days = {window}\n\
                 [[caps]]\nlabel = {{ en = 'quiet', es = 'silencio' }}\nat_most = 20\nmeasure = 'silence'\nat_least = 30\n"
            );
            let text = examples::card_text(head, "[[5, 100], [25, 0]]") + &caps;
            let card = crate::scorecard::Scorecard::from_toml(&text).expect("a scorecard");
            let cards = Scorecards::new(vec![card]).expect("one default");
            let (catalog, rates) = (examples::catalog(), Rates::new(Currency::EUR));
            let tracked = TrackedSince::of(std::slice::from_ref(&account));
            let scoring = Scoring { cards: &cards, catalog: &catalog, rates: &rates, tracked };
            let measured = scoring.measured(account.seen(today));
            let slim = AccountHistory { usage: UsageHistory::default(), people: vec![], ..account.clone() };
            let quick = scoring.score_measured(slim.seen(today), Place::default(), &measured);
            prop_assert_eq!(quick, scoring.score(account.seen(today), Place::default()));
        }
    }
}
