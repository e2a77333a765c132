//! How long revenue takes on one million subscription versions.
//!
//! Shape: 200,000 accounts with five versions each over five years. Every
//! second account has two subscriptions (three versions and two), the others
//! one. The first version starts it, later ones change quantity or plan, one in
//! eight ends it and the next starts again. Every fifth account pays in USD, at
//! a rate that changes every month, reported in EUR. Everything is known when
//! it happens. The same every time: all choices come from a counter's hash.
//!
//! Measured: writing the ledgers of all accounts (`ledger`), all 60 monthly
//! movements from them (`monthly movements`), and both together with freeing
//! what they built (`ledger and monthly movements`, the goal: under 500 ms on
//! two cores). Not measured: reading the versions from anywhere.

#![allow(missing_docs)]

use criterion::{Criterion, criterion_group, criterion_main};
use laer8_domain::{
    days::{Day, Granularity, Window, shift, shift_months},
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
    cohorts::cohorts,
    ledger::LedgerOptions,
    movements::movements,
    retention::{RetentionOptions, retention},
};
use std::hint::black_box;

const ACCOUNTS: u64 = 200_000;
const YEARS: i32 = 5;

fn start() -> Day {
    Day::from_ymd_opt(2020, 1, 1).expect("a day")
}

/// A number that looks random and is always the same (SplitMix64).
fn pick(seed: u64, below: u64) -> u64 {
    let mut z = seed.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z ^ (z >> 31)) % below
}

fn small(seed: u64, below: u64) -> u32 {
    u32::try_from(pick(seed, below)).expect("a small number")
}

fn version(seed: u64, first: bool, from: Day, currency: Currency, row: u32) -> SubscriptionVersion {
    let plan = pick(seed ^ 1, 4) + 1;
    let per = if pick(seed ^ 2, 2) == 0 { BillingPeriod::Year } else { BillingPeriod::Month };
    let major = 120 * i64::try_from(plan).expect("a small number");
    let terms = Terms {
        plan: PlanId(i64::try_from(plan).expect("a small number")),
        quantity: small(seed ^ 3, 50) + 1,
        price: Price { amount: Amount::from_major(major), currency, per, basis: PriceBasis::Unit },
        trial: false,
        term_start: from,
        term_months: Some(12),
        auto_renew: true,
        notice_days: 30,
        captive_until: None,
    };
    let ends = !first && pick(seed ^ 4, 8) == 0;
    SubscriptionVersion {
        effective_from: from,
        known_on: from,
        revision: 0,
        state: if ends { SubscriptionState::Ended } else { SubscriptionState::Active(terms) },
        origin: Origin { source: SourceId(1), import: None, row },
    }
}

fn subscription(id: u64, versions: u32, currency: Currency) -> SubscriptionHistory {
    let mut day = shift(start(), i64::from(small(id, 700)));
    let mut history = Vec::new();
    for number in 0..versions {
        history.push(version(id * 8 + u64::from(number), number == 0, day, currency, number));
        day = shift(day, i64::from(small(id * 8 + u64::from(number), 360)) + 1);
    }
    SubscriptionHistory::new(SubscriptionId(i64::try_from(id).expect("a small number")), history)
}

fn histories() -> Vec<Vec<SubscriptionHistory>> {
    let account = |account: u64| {
        let currency = if account.is_multiple_of(5) { Currency::USD } else { Currency::EUR };
        match account % 2 {
            0 => vec![subscription(account * 2, 5, currency)],
            _ => {
                vec![subscription(account * 2, 3, currency), subscription(account * 2 + 1, 2, currency)]
            }
        }
    };
    (0..ACCOUNTS).map(account).collect()
}

fn rates() -> Rates {
    let mut rates = Rates::new(Currency::EUR);
    for month in 0..YEARS * 12 {
        let wave = i64::from(small(u64::from(month.unsigned_abs()), 80)) - 40;
        rates.set(Currency::USD, shift_months(start(), month), 900_000_000 + wave * 1_000_000);
    }
    rates
}

fn revenue(criterion: &mut Criterion) {
    let histories = histories();
    let accounts: Vec<(AccountId, &[SubscriptionHistory])> =
        (0..).map(AccountId).zip(histories.iter().map(Vec::as_slice)).collect();
    let rates = rates();
    let end = shift_months(start(), YEARS * 12);
    let window = Window::new(start(), end);
    let write =
        || Book::write(&accounts, end, &rates, LedgerOptions::default()).expect("rates for every day");

    let mut group = criterion.benchmark_group("1,000,000 subscription versions");
    group.sample_size(20);
    group.bench_function("ledger", |bencher| bencher.iter_with_large_drop(write));
    let book = write();
    let all = book.all();
    group.bench_function("monthly movements", |bencher| {
        bencher.iter(|| movements(black_box(&all), window, Granularity::Month));
    });
    group.bench_function("ledger and monthly movements", |bencher| {
        bencher.iter(|| movements(&write().all(), window, Granularity::Month));
    });
    group.bench_function("ledger with seven grace days", |bencher| {
        let options = LedgerOptions { grace_days: 7 };
        bencher.iter_with_large_drop(|| Book::write(&accounts, end, &rates, options));
    });
    group.bench_function("retention of a year", |bencher| {
        let year = Window::new(shift_months(end, -12), end);
        bencher.iter(|| retention(black_box(&all), year, RetentionOptions::default()));
    });
    group.bench_function("cohorts of five years", |bencher| {
        bencher.iter(|| cohorts(black_box(&all), end));
    });
    group.finish();
}

criterion_group!(benches, revenue);
criterion_main!(benches);
