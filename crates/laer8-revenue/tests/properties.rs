//! What holds for any history: overlapping subscriptions, ends, restarts,
//! corrections that become known late, trials, two currencies with changing
//! rates, grace days.

#[path = "support/naive.rs"]
mod naive;
mod support;

use laer8_domain::{
    days::{Day, Granularity, Window, days_between, shift},
    exchange::Rates,
    ids::{AccountId, PlanId, SubscriptionId},
    money::{Amount, Currency},
    subscriptions::{BillingPeriod, Price, PriceBasis, SubscriptionHistory, SubscriptionVersion, Terms},
};
use laer8_revenue::{
    book::{Book, Selection},
    breakdown::{breakdown, breakdown_by_plan},
    cohorts::cohorts,
    ledger::{LedgerOptions, Movement},
    movements::{PeriodMovements, exchange_effects, movements},
    retention::{RetentionOptions, retention},
};
use naive::Days;
use proptest::{collection::vec, option::weighted, prelude::*, sample::select};
use support::{day, monthly, version};

/// All histories lie within these days.
fn span() -> Window {
    Window::new(day("2024-01-01"), day("2025-12-01"))
}

/// The day of a test: any in the span.
fn any_day() -> impl Strategy<Value = Day> {
    (0..span().len()).prop_map(|offset| shift(span().start, offset))
}

fn any_terms() -> impl Strategy<Value = Terms> {
    let periods = [BillingPeriod::Week, BillingPeriod::Month, BillingPeriod::Quarter, BillingPeriod::Year];
    let currency = prop_oneof![2 => Just(Currency::EUR), 1 => Just(Currency::USD)];
    let price =
        (prop_oneof![1 => Just(0i64), 9 => 100_000..9_999_999i64], currency, select(periods.to_vec()));
    (1..4i64, 1..4u32, price, proptest::bool::weighted(0.15)).prop_map(
        |(plan, quantity, (units, currency, per), trial)| {
            let amount = Amount::from_ten_thousandths(units);
            let price = Price { amount, currency, per, basis: PriceBasis::Unit };
            Terms { trial, price, ..monthly(PlanId(plan), quantity, "0") }
        },
    )
}

/// Effective within the span, often shortly after another so that gaps are
/// short; known on the day or up to 90 days later.
fn any_version() -> impl Strategy<Value = SubscriptionVersion> {
    let from = prop_oneof![any_day(), (0..30i64).prop_map(|offset| shift(day("2024-06-01"), offset))];
    let late = prop_oneof![2 => Just(0i64), 1 => 0..90i64];
    (from, late, weighted(0.65, any_terms()))
        .prop_map(|(from, late, terms)| version(from, shift(from, late), terms))
}

/// The subscriptions of one account.
fn any_account() -> impl Strategy<Value = Vec<SubscriptionHistory>> {
    vec(vec(any_version(), 1..6), 0..4).prop_map(|subscriptions| {
        let history = |(id, versions)| SubscriptionHistory::new(SubscriptionId(id), versions);
        (1..).zip(subscriptions).map(history).collect()
    })
}

fn any_rates() -> impl Strategy<Value = Rates> {
    vec((any_day(), 700_000_000..1_300_000_000i64), 0..12).prop_map(|changes| {
        let mut rates = Rates::new(Currency::EUR);
        rates.set(Currency::USD, day("2020-01-01"), 912_345_678);
        changes.into_iter().for_each(|(day, rate)| rates.set(Currency::USD, day, rate));
        rates
    })
}

fn any_grace() -> impl Strategy<Value = u32> {
    prop_oneof![Just(0), 1..20u32]
}

type Accounts = Vec<Vec<SubscriptionHistory>>;

fn any_book() -> impl Strategy<Value = (Accounts, Rates, u32, Day)> {
    (vec(any_account(), 1..6), any_rates(), any_grace(), any_day())
}

fn write<'a>(accounts: &'a Accounts, rates: &'a Rates, grace_days: u32, known: Day) -> Book<'a> {
    let accounts: Vec<_> = (1..).map(AccountId).zip(accounts.iter().map(Vec::as_slice)).collect();
    Book::write(&accounts, known, rates, LedgerOptions { grace_days }).expect("a rate for every day")
}

fn months(selection: &Selection<'_>) -> Vec<PeriodMovements> {
    movements(selection, span(), Granularity::Month)
}

/// Opening, closing, exchange and identity of a month against the naive way.
fn month_agrees(month: &PeriodMovements, days: &[Days], rates: &Rates) -> Result<(), TestCaseError> {
    let mrr_on = |day: Day| -> Amount { days.iter().map(|days| days.mrr(day, rates)).sum() };
    prop_assert_eq!(month.opening, mrr_on(shift(month.window.start, -1)));
    prop_assert_eq!(month.closing, mrr_on(shift(month.window.end, -1)));
    let exchange = (0..days_between(month.window.start, month.window.end))
        .map(|offset| shift(month.window.start, offset))
        .flat_map(|day| days.iter().map(move |days| days.exchange(day, rates)))
        .sum();
    prop_assert_eq!(month.exchange, exchange);
    let gained = month.new.amount + month.expansion.amount + month.reactivation.amount;
    let lost = month.contraction.amount + month.churn.amount;
    prop_assert_eq!(month.opening + gained - lost + month.exchange, month.closing);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_month_adds_up_to_the_mrr_of_the_versions((accounts, rates, grace, known) in any_book()) {
        let book = write(&accounts, &rates, grace, known);
        let naive = |account: &Vec<_>| Days::new(account, shift(span().start, -1), known, grace);
        let days: Vec<Days> = accounts.iter().map(naive).collect();
        for month in months(&book.all()) {
            month_agrees(&month, &days, &rates)?;
            prop_assert_eq!(month.opening_customers, book.all().customers_on(shift(month.window.start, -1)));
            prop_assert_eq!(month.closing_customers, book.all().customers_on(shift(month.window.end, -1)));
        }
        for (account, days) in (1..).map(AccountId).zip(&days) {
            for month in months(&book.one(account)) {
                month_agrees(&month, std::slice::from_ref(days), &rates)?;
            }
        }
    }

    #[test]
    fn the_parts_of_an_entry_add_up_to_it((accounts, rates, grace, known) in any_book()) {
        let book = write(&accounts, &rates, grace, known);
        for ledger in book.all().ledgers() {
            for entry in ledger.entries() {
                prop_assert_ne!(entry.before, entry.after);
                prop_assert_eq!(entry.parts.iter().map(|part| part.change).sum::<Amount>(), entry.change());
                let in_euros = |money: Option<laer8_domain::money::Money>| {
                    money.map_or(Amount::ZERO, |money| rates.convert(money, entry.day).expect("a rate"))
                };
                for part in &entry.parts {
                    let alone = in_euros(part.mrr_after()) - in_euros(part.mrr_before());
                    // Rounded with its currency's total, not alone.
                    prop_assert!((part.change - alone).abs() <= Amount::from_ten_thousandths(4));
                }
            }
            prop_assert!(ledger.entries().windows(2).all(|pair| pair[0].day < pair[1].day));
        }
    }

    #[test]
    fn a_figure_is_the_sum_of_its_entries((accounts, rates, grace, known) in any_book()) {
        let book = write(&accounts, &rates, grace, known);
        for month in months(&book.all()) {
            for movement in Movement::ALL {
                let entries = book.all().entries(month.window, Some(movement));
                let line = month.line(movement);
                prop_assert_eq!(line.entries, entries.len());
                prop_assert_eq!(line.amount, entries.iter().map(|entry| entry.amount()).sum());
                let mut who: Vec<_> = entries.iter().map(|entry| entry.account).collect();
                who.sort_unstable();
                who.dedup();
                prop_assert_eq!(line.accounts, who.len());
            }
            let effects = exchange_effects(&book.all(), month.window);
            prop_assert_eq!(month.exchange, effects.iter().map(|effect| effect.amount).sum());
        }
    }

    #[test]
    fn what_became_known_later_changes_nothing((accounts, rates, grace, known) in any_book()) {
        let by_then = |history: &SubscriptionHistory| {
            let versions = history.versions().iter().filter(|version| version.known_on <= known);
            SubscriptionHistory::new(history.id, versions.cloned().collect())
        };
        let earlier: Accounts =
            accounts.iter().map(|account| account.iter().map(by_then).collect()).collect();
        let (all, only) = (write(&accounts, &rates, grace, known), write(&earlier, &rates, grace, known));
        for (all, only) in all.all().ledgers().iter().zip(only.all().ledgers()) {
            prop_assert_eq!(all.entries(), only.entries());
        }
        prop_assert_eq!(months(&all.all()), months(&only.all()));
    }

    #[test]
    fn grr_is_never_above_one_nor_above_nrr(
        (accounts, rates, grace, known) in any_book(), from in any_day(), length in 0..400i64,
    ) {
        let book = write(&accounts, &rates, grace, known);
        let window = Window::new(from, shift(from, length));
        let with = RetentionOptions { nrr_include_reactivation: true };
        let without = RetentionOptions { nrr_include_reactivation: false };
        let including = retention(&book.all(), window, with);
        let excluding = retention(&book.all(), window, without);
        prop_assert_eq!(including.nrr.is_some(), including.opening.is_positive());
        if let (Some(nrr), Some(grr), Some(strict)) = (including.nrr, including.grr, excluding.nrr) {
            prop_assert!(grr <= 1.0 && grr <= nrr && strict <= nrr);
        }
        prop_assert!(including.lost_accounts <= including.opening_accounts);
    }

    #[test]
    fn grace_days_only_take_entries_away((accounts, rates, _, known) in any_book(), grace in 1..20u32) {
        let count = |grace| {
            let book = write(&accounts, &rates, grace, known);
            let ends = |movement| book.all().entries(span(), Some(movement)).len();
            (ends(Movement::Churn), ends(Movement::Reactivation))
        };
        let (strict, lenient) = (count(0), count(grace));
        prop_assert!(lenient.0 <= strict.0 && lenient.1 <= strict.1);
    }

    #[test]
    fn breakdowns_and_holdings_add_up_to_the_mrr(
        (accounts, rates, grace, known) in any_book(), on in any_day(),
    ) {
        let book = write(&accounts, &rates, grace, known);
        let all = book.all();
        let whole = laer8_revenue::arr(all.mrr_on(on));
        let keys = [(AccountId(1), "a".to_owned()), (AccountId(2), "b".to_owned()), (AccountId(3), "a".to_owned())];
        for cut in [
            breakdown(&all, on, keys),
            breakdown_by_plan(&all, on, |plan| (plan != PlanId(1)).then(|| plan.to_string())),
        ] {
            prop_assert_eq!(cut.arr, whole);
            prop_assert_eq!(cut.rows.iter().map(|row| row.arr).sum::<Amount>(), whole);
            prop_assert_eq!(cut.accounts, all.customers_on(on));
        }
    }

    #[test]
    fn a_cohort_never_keeps_more_than_all_in_gross((accounts, rates, grace, known) in any_book()) {
        let book = write(&accounts, &rates, grace, known);
        let all = cohorts(&book.all(), known);
        let started = book.all().ledgers().iter().filter(|ledger| !ledger.entries().is_empty()).count();
        prop_assert_eq!(all.iter().map(|cohort| cohort.accounts).sum::<usize>(), started);
        let in_every = |day| all.iter().flat_map(|cohort| &cohort.points).filter(move |point| point.day == day);
        for point in all.iter().flat_map(|cohort| &cohort.points) {
            prop_assert!(point.gross_mrr <= point.mrr && point.accounts <= started);
            prop_assert!(point.gross_retained.is_none_or(|share| share <= 1.0));
            let mrr: Amount = in_every(point.day).map(|point| point.mrr).sum();
            prop_assert_eq!(mrr, book.all().mrr_on(point.day), "cohorts share out the whole MRR");
        }
    }
}
