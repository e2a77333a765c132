//! Subscriptions as dated versions, and what one is worth a month.

use crate::{
    days::{Day, shift, shift_months},
    ids::{PlanId, SubscriptionId},
    money::{Amount, Currency, Money},
    provenance::Origin,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How often a price is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum BillingPeriod {
    /// Every day.
    Day,
    /// Every week.
    Week,
    /// Every month.
    Month,
    /// Every quarter.
    Quarter,
    /// Every year.
    Year,
}

impl BillingPeriod {
    /// Months are `amount × numerator ÷ denominator`, by FORMULAS: annual ÷ 12,
    /// quarterly ÷ 3, weekly × 52/12, daily × 365/12.
    #[must_use]
    pub fn per_month(self) -> (i64, i64) {
        match self {
            Self::Day => (365, 12),
            Self::Week => (52, 12),
            Self::Month => (1, 1),
            Self::Quarter => (1, 3),
            Self::Year => (1, 12),
        }
    }

    /// The name in files and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// The period of that name; the usual adjectives are understood too.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Some(match key.to_ascii_lowercase().as_str() {
            "day" | "daily" => Self::Day,
            "week" | "weekly" => Self::Week,
            "month" | "monthly" => Self::Month,
            "quarter" | "quarterly" => Self::Quarter,
            "year" | "yearly" | "annual" | "annually" => Self::Year,
            _ => return None,
        })
    }
}

/// What a price is the price of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PriceBasis {
    /// One unit: times the quantity.
    Unit,
    /// Everything in the subscription.
    Total,
}

/// A recurring price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
pub struct Price {
    /// How much, each `per`.
    pub amount: Amount,
    /// In which currency.
    pub currency: Currency,
    /// How often it is charged.
    pub per: BillingPeriod,
    /// For one unit or for all.
    pub basis: PriceBasis,
}

impl Price {
    /// The price of `quantity` units in a month, rounded once, half to even.
    #[must_use]
    pub fn monthly(&self, quantity: u32) -> Amount {
        let (numerator, denominator) = self.per.per_month();
        let units = match self.basis {
            PriceBasis::Unit => i64::from(quantity),
            PriceBasis::Total => 1,
        };
        self.amount.scaled(numerator.saturating_mul(units), denominator).unwrap_or_default()
    }
}

/// What a subscription says while it runs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Terms {
    /// What is subscribed to.
    pub plan: PlanId,
    /// Seats, members, units.
    pub quantity: u32,
    /// What it costs.
    pub price: Price,
    /// Whether it is a trial: not a customer, no recurring revenue.
    pub trial: bool,
    /// The first day of the term that these terms belong to; later terms
    /// follow on from it.
    pub term_start: Day,
    /// The length of a term in months; none when it can be cancelled at any
    /// moment.
    pub term_months: Option<u16>,
    /// Whether a term is followed by another by itself.
    pub auto_renew: bool,
    /// How many days before the end of a term notice must be given.
    pub notice_days: u16,
    /// The day until which it can't be cancelled, apart from the term.
    pub captive_until: Option<Day>,
}

impl Terms {
    /// Monthly recurring revenue: nothing for a trial.
    #[must_use]
    pub fn mrr(&self) -> Money {
        let amount = if self.trial { Amount::ZERO } else { self.price.monthly(self.quantity) };
        Money { amount, currency: self.price.currency }
    }

    /// The term in which `day` lies; none when it can be cancelled at any
    /// moment.
    #[must_use]
    pub fn term_on(&self, day: Day) -> Option<Term> {
        let months = i32::from(self.term_months.filter(|months| *months > 0)?);
        // Terms are counted from the first start, so that one that begins on
        // the 31st does not creep to the 28th after a February.
        let start_of = |number: i32| shift_months(self.term_start, months.saturating_mul(number));
        let elapsed = crate::days::days_between(self.term_start, day).max(0);
        let estimate = i32::try_from(elapsed / (i64::from(months) * 31)).unwrap_or(0);
        let mut number = estimate;
        while start_of(number + 1) <= day && start_of(number + 1) > start_of(number) {
            number += 1;
        }
        Some(Term { number: number.unsigned_abs(), start: start_of(number), end: start_of(number + 1) })
    }

    /// The last day on which notice can be given to leave at the end of the
    /// term in which `day` lies.
    #[must_use]
    pub fn notice_by(&self, day: Day) -> Option<Day> {
        self.term_on(day).map(|term| shift(term.end, -i64::from(self.notice_days)))
    }
}

/// One term of a subscription: `[start, end)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Term {
    /// 0 for the first.
    pub number: u32,
    /// Its first day.
    #[schema(value_type = NaiveDate)]
    pub start: Day,
    /// The first day of the next: the renewal date.
    #[schema(value_type = NaiveDate)]
    pub end: Day,
}

/// What holds from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SubscriptionState {
    /// It runs on these terms.
    Active(Terms),
    /// It does not run (any more).
    Ended,
}

impl SubscriptionState {
    /// The terms, while it runs.
    #[must_use]
    pub fn terms(&self) -> Option<&Terms> {
        match self {
            Self::Active(terms) => Some(terms),
            Self::Ended => None,
        }
    }
}

/// From `effective_from` on, `state` holds, until a version with a later
/// `effective_from`. Of two versions for the same day, the one known later is
/// the correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubscriptionVersion {
    /// The first day on which it holds.
    pub effective_from: Day,
    /// Since when it is known.
    pub known_on: Day,
    /// Distinguishes corrections made on one day: the later has the higher.
    pub revision: u32,
    /// What holds.
    pub state: SubscriptionState,
    /// From where.
    pub origin: Origin,
}

/// A subscription with everything ever known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionHistory {
    /// Which.
    pub id: SubscriptionId,
    /// In order of (`effective_from`, `known_on`, `revision`).
    versions: Vec<SubscriptionVersion>,
}

impl SubscriptionHistory {
    /// From versions in any order.
    #[must_use]
    pub fn new(id: SubscriptionId, mut versions: Vec<SubscriptionVersion>) -> Self {
        versions.sort_by_key(|version| (version.effective_from, version.known_on, version.revision));
        Self { id, versions }
    }

    /// Every version, corrected ones too, by day of effect.
    #[must_use]
    pub fn versions(&self) -> &[SubscriptionVersion] {
        &self.versions
    }

    /// The versions that hold as far as known on `known`: one for each day on
    /// which something changes, corrected ones left out, in order. Changes
    /// that are known but lie in the future are included.
    pub fn steps(&self, known: Day) -> impl Iterator<Item = &SubscriptionVersion> {
        let mut known_versions =
            self.versions.iter().filter(move |version| version.known_on <= known).peekable();
        std::iter::from_fn(move || {
            let mut step = known_versions.next()?;
            while let Some(correction) =
                known_versions.next_if(|next| next.effective_from == step.effective_from)
            {
                step = correction;
            }
            Some(step)
        })
    }

    /// The version that holds on `day`, as far as known on `known`; none
    /// before its start.
    #[must_use]
    pub fn version_on(&self, day: Day, known: Day) -> Option<&SubscriptionVersion> {
        self.versions.iter().rev().find(|version| version.effective_from <= day && version.known_on <= known)
    }

    /// The terms on `day`, as far as known on `known`, while it runs.
    #[must_use]
    pub fn terms_on(&self, day: Day, known: Day) -> Option<&Terms> {
        self.version_on(day, known)?.state.terms()
    }

    /// The first day of the unbroken run of days on which it is active and
    /// that includes `day`; none when it is not active on `day`.
    #[must_use]
    pub fn active_since(&self, day: Day, known: Day) -> Option<Day> {
        let mut since = None;
        for step in self.steps(known).take_while(|step| step.effective_from <= day) {
            match step.state {
                SubscriptionState::Active(_) => since = since.or(Some(step.effective_from)),
                SubscriptionState::Ended => since = None,
            }
        }
        since
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SourceId;

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    fn price(amount: &str, per: BillingPeriod, basis: PriceBasis) -> Price {
        Price { amount: amount.parse().expect("an amount"), currency: Currency::EUR, per, basis }
    }

    fn terms(start: &str, months: Option<u16>) -> Terms {
        Terms {
            plan: PlanId(1),
            quantity: 2,
            price: price("30", BillingPeriod::Month, PriceBasis::Unit),
            trial: false,
            term_start: day(start),
            term_months: months,
            auto_renew: true,
            notice_days: 30,
            captive_until: None,
        }
    }

    fn version(from: &str, known: &str, state: SubscriptionState) -> SubscriptionVersion {
        let origin = Origin { source: SourceId(1), import: None, row: 0 };
        SubscriptionVersion { effective_from: day(from), known_on: day(known), revision: 0, state, origin }
    }

    #[test]
    fn prices_become_months_as_the_formulas_say() {
        let monthly = |text, per, basis| price(text, per, basis).monthly(4).to_string();
        assert_eq!(monthly("2000", BillingPeriod::Year, PriceBasis::Total), "166.6667");
        assert_eq!(monthly("500", BillingPeriod::Year, PriceBasis::Unit), "166.6667");
        assert_eq!(monthly("30", BillingPeriod::Quarter, PriceBasis::Unit), "40.00");
        assert_eq!(monthly("12", BillingPeriod::Week, PriceBasis::Total), "52.00");
        assert_eq!(monthly("12", BillingPeriod::Day, PriceBasis::Total), "365.00");
    }

    #[test]
    fn a_trial_is_worth_nothing() {
        let trial = Terms { trial: true, ..terms("2026-01-01", None) };
        assert_eq!(trial.mrr().amount, Amount::ZERO);
    }

    #[test]
    fn terms_follow_each_other_without_creeping() {
        let monthly = terms("2026-01-31", Some(1));
        let term = monthly.term_on(day("2026-03-30")).expect("a term");
        assert_eq!((term.number, term.start, term.end), (1, day("2026-02-28"), day("2026-03-31")));
        let annual = terms("2024-02-29", Some(12));
        let term = annual.term_on(day("2027-02-28")).expect("a term");
        assert_eq!((term.number, term.start, term.end), (3, day("2027-02-28"), day("2028-02-29")));
        assert_eq!(annual.notice_by(day("2026-12-24")), Some(day("2027-01-29")));
    }

    #[test]
    fn what_can_be_cancelled_at_any_moment_has_no_term() {
        assert_eq!(terms("2026-01-01", None).term_on(day("2026-05-05")), None);
    }

    #[test]
    fn the_end_is_not_known_before_it_is_known() {
        let history = SubscriptionHistory::new(
            SubscriptionId(1),
            vec![
                version("2026-06-01", "2026-06-01", SubscriptionState::Ended),
                version("2026-01-01", "2026-01-01", SubscriptionState::Active(terms("2026-01-01", None))),
            ],
        );
        assert!(history.terms_on(day("2026-07-01"), day("2026-05-31")).is_some());
        assert!(history.terms_on(day("2026-07-01"), day("2026-06-01")).is_none());
        assert_eq!(history.active_since(day("2026-05-01"), day("2026-05-01")), Some(day("2026-01-01")));
    }

    #[test]
    fn a_correction_replaces_what_was_said_of_the_same_day() {
        let more = Terms { quantity: 5, ..terms("2026-01-01", None) };
        let history = SubscriptionHistory::new(
            SubscriptionId(1),
            vec![
                version("2026-01-01", "2026-01-01", SubscriptionState::Active(terms("2026-01-01", None))),
                version("2026-01-01", "2026-02-10", SubscriptionState::Active(more)),
            ],
        );
        let quantity = |known| history.terms_on(day("2026-01-15"), day(known)).map(|terms| terms.quantity);
        assert_eq!(quantity("2026-02-09"), Some(2));
        assert_eq!(quantity("2026-02-10"), Some(5));
        assert_eq!(history.steps(day("2026-02-10")).count(), 1);
    }
}
