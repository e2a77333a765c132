//! What the loop costs.
//!
//! - `stages_of_10000_accounts_on_a_day`: where each account stands.
//! - `book_of_10000_accounts_on_a_day`: stage, usage profile, potential against
//!   all peers, works as promised, signals and rank. Each account has two years
//!   of use (about 1,000 rows), up to five tickets, one or two subscriptions.
//! - `twenty_accounts_each_of_1095_days`: the stages of twenty accounts on each
//!   of 1,095 days, by replay and by looking at each day alone.
//!
//! Run with `cargo bench -p laer8-journey`.

#![allow(missing_docs, reason = "criterion's macros write the functions")]

use criterion::{Criterion, criterion_group, criterion_main};
use laer8_domain::{
    catalog::{Catalog, Entitlement, Feature, Plan},
    days::{Day, shift},
    exchange::Rates,
    feeds::Feeds,
    history::AccountHistory,
    ids::{AccountId, FeatureId, PlanId, SourceId, SubscriptionId, TicketId},
    money::{Amount, Currency},
    provenance::Origin,
    subscriptions::{
        BillingPeriod, Price, PriceBasis, SubscriptionHistory, SubscriptionState, SubscriptionVersion, Terms,
    },
    tickets::{TicketEvent, TicketEventKind, TicketHistory},
    usage::{UsageHistory, UsageRow},
};
use laer8_journey::{
    AccountJourney, JourneyConfig, Replay, Rules, SignalsConfig, Situation, Tracked, Tracking,
    account_journey,
    potential::{Peers, UsageProfile, potential, usage_profile},
    ranking::{Candidate, RankedAccount, rank},
    signals,
    signals::ScoreTrend,
    works::works_as_promised,
};
use std::hint::black_box;

const JOURNEY: &str = include_str!("../../../packs/b2b-saas/journey.toml");
const SIGNALS: &str = include_str!("../../../packs/b2b-saas/signals.toml");
const ACCOUNTS: i64 = 10_000;
const ORIGIN: Origin = Origin { source: SourceId(1), import: None, row: 0 };

/// A multiplicative generator, so that every run measures the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn number(&mut self, limit: u64) -> i64 {
        i64::try_from(self.below(limit)).unwrap_or(0)
    }
}

fn first_day() -> Day {
    Day::from_ymd_opt(2024, 1, 1).expect("a day")
}

fn catalog() -> Catalog {
    let plan = |id: i64| Plan {
        id: PlanId(id),
        product: None,
        key: format!("plan-{id}"),
        name: format!("Plan {id}"),
        entitles: Entitlement::Only((1..=10 * id).map(FeatureId).collect()),
        upgrade: (id < 3).then_some(PlanId(id + 1)),
        included_uses: Some(2_000 * id),
    };
    let feature = |id: i64| Feature {
        id: FeatureId(id),
        product: None,
        key: format!("feature-{id}"),
        name: format!("Feature {id}"),
        core: id <= 5,
        depth_target: Some(4.0),
    };
    Catalog::new(Vec::new(), (1..=3).map(plan).collect(), (1..=30).map(feature).collect())
}

fn subscription(id: i64, plan: i64, start: Day, months: Option<u16>, seats: u32) -> SubscriptionHistory {
    let price = Price {
        amount: Amount::from_major(20),
        currency: Currency::EUR,
        per: BillingPeriod::Month,
        basis: PriceBasis::Unit,
    };
    let terms = Terms {
        plan: PlanId(plan),
        quantity: seats,
        price,
        trial: false,
        term_start: start,
        term_months: months,
        auto_renew: true,
        notice_days: 60,
        captive_until: None,
    };
    let state = SubscriptionState::Active(terms);
    let version =
        SubscriptionVersion { effective_from: start, known_on: start, revision: 0, state, origin: ORIGIN };
    SubscriptionHistory::new(SubscriptionId(id), vec![version])
}

fn ticket(id: i64, opened: Day, solved: Option<Day>) -> TicketHistory {
    let event = |kind, on: Day, revision| TicketEvent {
        kind,
        occurred_at: on.and_time(chrono::NaiveTime::MIN).and_utc(),
        occurred_on: on,
        known_on: on,
        revision,
        origin: ORIGIN,
    };
    let mut events = vec![event(TicketEventKind::Opened(String::new()), opened, 0)];
    events.extend(solved.map(|on| event(TicketEventKind::Solved, on, 1)));
    TicketHistory::new(TicketId(id), events)
}

fn account(id: i64, dice: &mut Dice, days: i64) -> AccountHistory {
    let mut history = AccountHistory::empty(AccountId(id));
    let plan = 1 + dice.number(3);
    let seats = u32::try_from(3 + dice.below(120)).unwrap_or(3);
    let months = [Some(12), Some(12), Some(1), None][usize::try_from(dice.below(4)).unwrap_or(0)];
    let start = shift(first_day(), dice.number(300));
    history.subscriptions.push(subscription(2 * id, plan, start, months, seats));
    if dice.below(4) == 0 {
        history.subscriptions.push(subscription(2 * id + 1, 1, shift(start, 120), Some(12), seats));
    }
    let (keenness, breadth) = (1 + dice.below(4), 2 + dice.below(10 * plan.unsigned_abs()));
    let mut rows = Vec::new();
    for offset in 0..days {
        let on = shift(start, offset);
        if dice.below(5) >= keenness {
            continue;
        }
        for _ in 0..=dice.below(5) {
            let people = Some(1 + u32::try_from(dice.below(u64::from(seats))).unwrap_or(0));
            let (feature, count) = (FeatureId(1 + dice.number(breadth)), 1 + dice.number(9));
            let errors = i64::from(dice.below(40) == 0);
            let known_on = shift(on, dice.number(2));
            rows.push(UsageRow { feature, day: on, count, seconds: 60, errors, people, known_on });
        }
    }
    history.usage = UsageHistory::new(rows);
    for number in 0..dice.number(6) {
        let opened = shift(start, dice.number(days.unsigned_abs()));
        let solved = (dice.below(8) > 0).then(|| shift(opened, 3));
        history.tickets.push(ticket(10 * id + number, opened, solved));
    }
    history
}

fn book_on_a_day(
    rules: &Rules<'_>,
    config: &SignalsConfig,
    book: &[AccountHistory],
    day: Day,
    tracked: Tracked,
    rates: &Rates,
) -> Vec<RankedAccount> {
    let journeys: Vec<AccountJourney> =
        book.iter().map(|history| account_journey(rules, history.seen(day), tracked, rates)).collect();
    let profiles: Vec<Option<UsageProfile>> =
        book.iter().map(|history| usage_profile(rules, history.seen(day), tracked)).collect();
    let peers = Peers::new(profiles.iter().flatten());
    let journey_config = rules.config();
    let candidates = book.iter().zip(&journeys).zip(&profiles).map(|((history, journey), profile)| {
        let seen = history.seen(day);
        let realised = profile.as_ref().and_then(|one| potential(&journey_config.potential, one, &peers));
        let works = works_as_promised(&journey_config.works, seen, tracked);
        let situation = Situation {
            seen,
            catalog: rules.catalog(),
            journey,
            potential: realised.as_ref(),
            works: works.as_ref(),
            matrix: &journey_config.matrix,
            score: ScoreTrend { now: Some(60.0), days_30_ago: Some(70.0), days_90_ago: Some(85.0) },
            arr: journey.arr(),
            tracked,
        };
        Candidate::new(journey, signals(config, &situation))
    });
    rank(&config.ranking, day, candidates.collect())
}

fn whole_book(criterion: &mut Criterion) {
    let config = JourneyConfig::from_toml(JOURNEY).expect("valid");
    let signals_config = SignalsConfig::from_toml(SIGNALS).expect("valid");
    let (catalog, rates) = (catalog(), Rates::new(Currency::EUR));
    let rules = Rules::new(&config, &catalog);
    let mut dice = Dice(8);
    let book: Vec<AccountHistory> = (0..ACCOUNTS).map(|id| account(id, &mut dice, 730)).collect();
    let tracking = Tracking::new(Feeds::of(&book));
    let day = shift(first_day(), 800);
    let tracked = tracking.on(day);

    let mut group = criterion.benchmark_group("journey");
    group.sample_size(20);
    group.bench_function("stages_of_10000_accounts_on_a_day", |bencher| {
        bencher.iter(|| {
            let journeys = book.iter().map(|one| account_journey(&rules, one.seen(day), tracked, &rates));
            black_box(journeys.filter(AccountJourney::is_overdue).count())
        });
    });
    group.bench_function("book_of_10000_accounts_on_a_day", |bencher| {
        bencher.iter(|| book_on_a_day(&rules, &signals_config, &book, day, tracked, &rates).len());
    });
    group.finish();
}

fn day_after_day(criterion: &mut Criterion) {
    let config = JourneyConfig::from_toml(JOURNEY).expect("valid");
    let (catalog, rates) = (catalog(), Rates::new(Currency::EUR));
    let rules = Rules::new(&config, &catalog);
    let mut dice = Dice(88);
    let histories: Vec<AccountHistory> = (0..20).map(|id| account(id, &mut dice, 1_095)).collect();
    let tracking = Tracking::new(Feeds::of(&histories));
    let days: Vec<(Day, Tracked)> =
        (0..1_095).map(|offset| shift(first_day(), offset)).map(|day| (day, tracking.on(day))).collect();
    let mut group = criterion.benchmark_group("twenty_accounts_each_of_1095_days");
    group.sample_size(20);
    group.bench_function("replay", |bencher| {
        bencher.iter(|| {
            for history in &histories {
                let mut replay = Replay::new(&rules, history);
                for (day, tracked) in &days {
                    black_box(replay.on(*day, *tracked, &rates));
                }
            }
        });
    });
    group.bench_function("replay_of_standings", |bencher| {
        bencher.iter(|| {
            for history in &histories {
                let mut replay = Replay::new(&rules, history);
                for (day, tracked) in &days {
                    black_box(replay.standing_on(*day, *tracked, &rates));
                }
            }
        });
    });
    group.sample_size(10);
    group.bench_function("each_day_alone", |bencher| {
        bencher.iter(|| {
            for history in &histories {
                for (day, tracked) in &days {
                    black_box(account_journey(&rules, history.seen(*day), *tracked, &rates));
                }
            }
        });
    });
    group.finish();
}

criterion_group!(journey, whole_book, day_after_day);
criterion_main!(journey);
