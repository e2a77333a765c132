//! How fast scores are.
//!
//! - `score 100,000 accounts`: from values to scores by the scorecard
//!   `adoption`, which has 15 measures; on one core and on all.
//! - `replay 1,095 days`: one account with about 1,500 usage rows of eight
//!   features, 30 tickets, 100 notes, 36 survey responses and six people,
//!   measured and scored as of each day of three years.
//!
//! Run with `cargo bench -p laer8-health`.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use laer8_domain::{
    accounts::FieldFact,
    catalog::{Catalog, Entitlement, Feature, Plan},
    days::{Day, Window, days_between, shift},
    exchange::Rates,
    history::AccountHistory,
    identity::precedence::Precedence,
    ids::{
        AccountId, FeatureId, NoteId, PersonId, PlanId, SourceId, SubscriptionId, SurveyResponseId, TicketId,
    },
    money::{Amount, Currency},
    notes::{Note, NoteKind},
    people::PersonHistory,
    provenance::Origin,
    subscriptions::{
        BillingPeriod, Price, PriceBasis, SubscriptionHistory, SubscriptionState, SubscriptionVersion, Terms,
    },
    surveys::{SurveyKind, SurveyResponse},
    tickets::{Priority, TicketEvent, TicketEventKind, TicketHistory},
    usage::{UsageHistory, UsageRow},
    values::Value,
};
use laer8_health::{
    measures::Measure,
    score::{Circumstances, score_values},
    scorecard::Scorecard,
    scoring::{Place, Scoring},
    select::Scorecards,
    tracked::TrackedSince,
    values::Values,
};
use rayon::prelude::*;
use std::hint::black_box;

const CARDS: [&str; 5] = [
    include_str!("../../../packs/b2b-saas/scorecards/onboarding.toml"),
    include_str!("../../../packs/b2b-saas/scorecards/adoption.toml"),
    include_str!("../../../packs/b2b-saas/scorecards/growth.toml"),
    include_str!("../../../packs/b2b-saas/scorecards/renewal.toml"),
    include_str!("../../../packs/b2b-saas/scorecards/enterprise_renewal.toml"),
];
const ORIGIN: Origin = Origin { source: SourceId(1), import: None, row: 0 };
const DAYS: i64 = 1_095;

fn start() -> Day {
    "2023-01-01".parse().expect("a day")
}

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn day(&mut self) -> Day {
        shift(start(), i64::try_from(self.below(DAYS.unsigned_abs())).expect("small"))
    }

    fn id(&mut self, limit: u64) -> i64 {
        i64::try_from(self.below(limit)).expect("small")
    }
}

#[expect(clippy::cast_precision_loss, reason = "numbers below a thousand")]
fn values(numbers: &mut Numbers) -> Values {
    let mut value = || (numbers.below(10) > 0).then(|| numbers.below(1_000) as f64 / 20.0);
    Measure::ALL.into_iter().map(|measure| (measure, value())).collect()
}

fn bulk(criterion: &mut Criterion) {
    let card = Scorecard::from_toml(CARDS[1]).expect("a scorecard");
    assert_eq!(card.groups().iter().map(|group| group.items.len()).sum::<usize>(), 15);
    let mut numbers = Numbers(8);
    let accounts: Vec<Values> = (0..100_000).map(|_| values(&mut numbers)).collect();
    let score = |values: &Values| score_values(&card, values, Circumstances::NONE);
    let mut group = criterion.benchmark_group("score 100,000 accounts");
    group.throughput(Throughput::Elements(100_000)).sample_size(20);
    group.bench_function("one core", |bencher| {
        bencher.iter(|| black_box(&accounts).iter().map(score).collect::<Vec<_>>());
    });
    group.bench_function("all cores", |bencher| {
        bencher.iter(|| black_box(&accounts).par_iter().map(score).collect::<Vec<_>>());
    });
    group.finish();
}

fn catalog() -> Catalog {
    let feature = |id| Feature {
        id: FeatureId(id),
        product: None,
        key: format!("feature-{id}"),
        name: format!("Feature {id}"),
        core: id < 3,
        depth_target: Some(5.0),
    };
    let plan = Plan {
        id: PlanId(1),
        product: None,
        key: "pro".into(),
        name: "Pro".into(),
        entitles: Entitlement::All,
        upgrade: None,
        included_uses: None,
    };
    Catalog::new(vec![], vec![plan], (0..8).map(feature).collect())
}

fn account() -> AccountHistory {
    let mut numbers = Numbers(8);
    let mut account = AccountHistory::empty(AccountId(1));
    account.subscriptions = vec![subscription()];
    account.usage = UsageHistory::new((0..1_500).map(|_| usage(&mut numbers)).collect());
    account.tickets = (0..30).map(|id| ticket(id, numbers.day())).collect();
    account.notes = (0..100).map(|id| note(id, numbers.day())).collect();
    account.surveys = (0..36).map(|id| survey(id, &mut numbers)).collect();
    account.people = (0..6).map(person).collect();
    account
}

fn subscription() -> SubscriptionHistory {
    let version = |number: i64| {
        let effective_from = shift(start(), number * 180);
        let price = Price {
            amount: Amount::from_major(30),
            currency: Currency::EUR,
            per: BillingPeriod::Month,
            basis: PriceBasis::Unit,
        };
        let terms = Terms {
            plan: PlanId(1),
            quantity: 10,
            price,
            trial: false,
            term_start: start(),
            term_months: Some(12),
            auto_renew: true,
            notice_days: 30,
            captive_until: None,
        };
        let state = SubscriptionState::Active(terms);
        SubscriptionVersion { effective_from, known_on: effective_from, revision: 0, state, origin: ORIGIN }
    };
    SubscriptionHistory::new(SubscriptionId(1), (0..6).map(version).collect())
}

fn usage(numbers: &mut Numbers) -> UsageRow {
    let day = numbers.day();
    UsageRow {
        feature: FeatureId(numbers.id(8)),
        day,
        count: 1 + numbers.id(40),
        seconds: 60,
        errors: numbers.id(2),
        people: Some(1 + u32::try_from(numbers.below(10)).expect("small")),
        known_on: shift(day, numbers.id(3)),
    }
}

fn ticket(id: i64, opened: Day) -> TicketHistory {
    let event = |kind, days, revision| {
        let day = shift(opened, days);
        let occurred_at = day.and_hms_opt(9, 0, 0).expect("nine o'clock").and_utc();
        TicketEvent { kind, occurred_at, occurred_on: day, known_on: day, revision, origin: ORIGIN }
    };
    let events = vec![
        event(TicketEventKind::Opened("export fails".into()), 0, 0),
        event(TicketEventKind::Prioritised(Priority::High), 0, 1),
        event(TicketEventKind::Responded, 1, 0),
        event(TicketEventKind::Solved, 3, 0),
        event(TicketEventKind::Rated(4), 4, 0),
    ];
    TicketHistory::new(TicketId(id), events)
}

fn note(id: i64, day: Day) -> Note {
    Note {
        id: NoteId(id),
        kind: if id % 5 == 0 { NoteKind::Pulse } else { NoteKind::Call },
        occurred_on: day,
        two_way: id % 3 == 0,
        person: None,
        author: "ana".into(),
        text: String::new(),
        pulse: (id % 5 == 0).then_some(60),
        known_on: day,
        revision: 0,
        origin: ORIGIN,
    }
}

fn survey(id: i64, numbers: &mut Numbers) -> SurveyResponse {
    let day = numbers.day();
    SurveyResponse {
        id: SurveyResponseId(id),
        kind: if id % 2 == 0 { SurveyKind::Nps } else { SurveyKind::Csat },
        person: None,
        score: 4,
        comment: String::new(),
        answered_on: day,
        known_on: day,
        revision: 0,
        origin: ORIGIN,
    }
}

fn person(id: i64) -> PersonHistory {
    let role = ["champion", "sponsor", "user"][usize::try_from(id % 3).expect("small")];
    let field = |name: &str, value: &str| FieldFact {
        field: name.into(),
        value: Some(Value::Text(value.into())),
        occurred_on: start(),
        known_on: start(),
        origin: ORIGIN,
    };
    PersonHistory {
        id: PersonId(id),
        fields: vec![field("name", "Ana"), field("title", "CTO"), field("role", role)],
        precedence: Precedence::default(),
    }
}

fn replay(criterion: &mut Criterion) {
    let cards = CARDS.map(|text| Scorecard::from_toml(text).expect("a scorecard"));
    let cards = Scorecards::new(cards.into()).expect("one default");
    let (catalog, rates, account) = (catalog(), Rates::new(Currency::EUR), account());
    let tracked = TrackedSince::of([&account]);
    let scoring = Scoring { cards: &cards, catalog: &catalog, rates: &rates, tracked };
    let window = Window::new(start(), shift(start(), DAYS));
    // Through the year, as its terms go.
    let stages = ["land", "adopt", "expand", "renew"];
    let place = |day: Day| {
        let quarter = days_between(start(), day) % 365 / 92;
        let stage = stages[usize::try_from(quarter).expect("small")];
        Some(Place { stage: Some(stage), segment: Some("small") })
    };
    let mut group = criterion.benchmark_group("replay 1,095 days");
    group.throughput(Throughput::Elements(DAYS.unsigned_abs()));
    group.bench_function("one account", |bencher| {
        bencher.iter(|| scoring.replay(black_box(&account), window, |seen| place(seen.day())));
    });
    group.finish();

    let mut group = criterion.benchmark_group("values of 1,095 days");
    for measure in Measure::ALL {
        group.bench_function(measure.key(), |bencher| {
            let on = |days| scoring.subject(account.seen(shift(start(), days))).value(measure);
            bencher.iter(|| (0..DAYS).filter_map(|days| on(days).ok()).sum::<f64>());
        });
    }
    group.finish();
}

criterion_group!(benches, bulk, replay);
criterion_main!(benches);
