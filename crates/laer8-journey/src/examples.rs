//! Small accounts for tests, said in a few words.

pub(crate) mod random;

use crate::{
    accounts::{AccountJourney, account_journey},
    config::JourneyConfig,
    potential::{Peers, potential, usage_profile},
    rules::Rules,
    signals::{ScoreTrend, Signal, SignalKind, SignalsConfig, Situation, signals},
    tracking::Tracked,
    works::works_as_promised,
};
use laer8_domain::{
    accounts::FieldFact,
    catalog::{Catalog, Entitlement, Feature, Plan},
    days::{Day, shift},
    exchange::Rates,
    history::AccountHistory,
    identity::precedence::Precedence,
    ids::{AccountId, FeatureId, PersonId, PlanId, SourceId, SubscriptionId, TicketId},
    money::{Amount, Currency},
    people::{PersonHistory, fields},
    provenance::Origin,
    subscriptions::{
        BillingPeriod, Price, PriceBasis, SubscriptionHistory, SubscriptionState, SubscriptionVersion, Terms,
    },
    tickets::{Priority, TicketEvent, TicketEventKind, TicketHistory},
    usage::{UsageHistory, UsageRow},
    values::Value,
};
use std::collections::BTreeMap;

pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

pub(crate) fn shipped_config() -> JourneyConfig {
    JourneyConfig::from_toml(include_str!("../../../packs/b2b-saas/journey.toml")).expect("valid")
}

pub(crate) fn shipped_signals() -> SignalsConfig {
    SignalsConfig::from_toml(include_str!("../../../packs/b2b-saas/signals.toml")).expect("valid")
}

pub(crate) fn euros() -> Rates {
    Rates::new(Currency::EUR)
}

pub(crate) fn everything_tracked() -> Tracked {
    Tracked { usage: true, people: true, errors: true, tickets: true, last_usage_day: None }
}

/// Plan 1 entitles to features 1 to 4, of which 1 and 2 are core, and includes
/// 1,000 uses; plan 2 is the next larger and entitles to all five; of plan 3
/// nobody said what it entitles to; plan 4 entitles to feature 5.
pub(crate) fn catalog() -> Catalog {
    let plan = |id, entitles, upgrade: Option<i64>, included_uses| Plan {
        id: PlanId(id),
        product: None,
        key: format!("plan-{id}"),
        name: format!("Plan {id}"),
        entitles,
        upgrade: upgrade.map(PlanId),
        included_uses,
    };
    let feature = |id| Feature {
        id: FeatureId(id),
        product: None,
        key: format!("feature-{id}"),
        name: format!("Feature {id}"),
        core: id <= 2,
        depth_target: None,
    };
    let first_four = (1..=4).map(FeatureId).collect();
    let plans = vec![
        plan(1, Entitlement::Only(first_four), Some(2), Some(1_000)),
        plan(2, Entitlement::All, None, None),
        plan(3, Entitlement::Unknown, None, None),
        plan(4, Entitlement::Only(vec![FeatureId(5)]), None, None),
    ];
    Catalog::new(Vec::new(), plans, (1..=5).map(feature).collect())
}

/// Ten seats of plan 1 at 10 € a month each, without notice.
pub(crate) fn terms(start: &str, months: Option<u16>) -> Terms {
    Terms {
        plan: PlanId(1),
        quantity: 10,
        price: Price {
            amount: Amount::from_major(10),
            currency: Currency::EUR,
            per: BillingPeriod::Month,
            basis: PriceBasis::Unit,
        },
        trial: false,
        term_start: day(start),
        term_months: months,
        auto_renew: true,
        notice_days: 0,
        captive_until: None,
    }
}

const ORIGIN: Origin = Origin { source: SourceId(1), import: None, row: 0 };

#[derive(Debug, Clone, Default)]
pub(crate) struct Example {
    usage: Vec<UsageRow>,
    versions: BTreeMap<i64, Vec<SubscriptionVersion>>,
    tickets: BTreeMap<i64, Vec<TicketEvent>>,
    people: BTreeMap<i64, Vec<FieldFact>>,
    fields: Vec<FieldFact>,
}

impl Example {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Annual since 1 January 2026: ten seats, 100 € a month.
    pub(crate) fn customer() -> Self {
        let mut example = Self::new();
        example.subscribe(1, "2026-01-01", Some(12), 10, "10");
        example
    }

    pub(crate) fn subscribe(&mut self, id: i64, start: &str, months: Option<u16>, seats: u32, price: &str) {
        self.resubscribe(id, start, start, months, seats, price);
    }

    /// From a day on, other terms.
    pub(crate) fn resubscribe(
        &mut self,
        id: i64,
        from: &str,
        term_start: &str,
        months: Option<u16>,
        seats: u32,
        price: &str,
    ) {
        let mut terms = terms(term_start, months);
        terms.quantity = seats;
        terms.price.amount = price.parse().expect("an amount");
        self.terms_from(id, from, from, terms);
    }

    pub(crate) fn terms_from(&mut self, id: i64, from: &str, known: &str, terms: Terms) {
        self.version(id, from, known, SubscriptionState::Active(terms));
    }

    pub(crate) fn ends(&mut self, id: i64, on: &str, known: &str) {
        self.version(id, on, known, SubscriptionState::Ended);
    }

    fn version(&mut self, id: i64, from: &str, known: &str, state: SubscriptionState) {
        let versions = self.versions.entry(id).or_default();
        let revision = u32::try_from(versions.len()).expect("few");
        let (effective_from, known_on) = (day(from), day(known));
        versions.push(SubscriptionVersion { effective_from, known_on, revision, state, origin: ORIGIN });
    }

    pub(crate) fn row(&mut self, row: UsageRow) {
        self.usage.push(row);
    }

    fn use_of(&mut self, feature: i64, on: Day, count: i64, people: Option<u32>) {
        let feature = FeatureId(feature);
        self.row(UsageRow { feature, day: on, count, seconds: 0, errors: 0, people, known_on: on });
    }

    /// One use of each of the features.
    pub(crate) fn use_on(&mut self, on: &str, features: &[i64], people: Option<u32>) {
        for feature in features {
            self.use_of(*feature, day(on), 1, people);
        }
    }

    /// One use of each of the features, nobody counts people.
    pub(crate) fn use_after(&mut self, start: &str, offset: i64, features: &[i64]) {
        for feature in features {
            self.use_of(*feature, shift(day(start), offset), 1, None);
        }
    }

    /// Twenty uses of each of the features.
    pub(crate) fn busy_after(&mut self, start: &str, offset: i64, features: &[i64], people: u32) {
        for feature in features {
            self.use_of(*feature, shift(day(start), offset), 20, Some(people));
        }
    }

    pub(crate) fn count_on(&mut self, on: &str, feature: i64, count: i64) {
        self.use_of(feature, day(on), count, None);
    }

    pub(crate) fn errors_on(&mut self, on: &str, feature: i64, count: i64, errors: i64) {
        let (feature, on) = (FeatureId(feature), day(on));
        self.row(UsageRow { feature, day: on, count, seconds: 0, errors, people: None, known_on: on });
    }

    pub(crate) fn late_use(&mut self, on: &str, known: &str, feature: i64) {
        let (feature, on, known_on) = (FeatureId(feature), day(on), day(known));
        self.row(UsageRow { feature, day: on, count: 1, seconds: 0, errors: 0, people: None, known_on });
    }

    fn ticket_event(&mut self, id: i64, on: &str, kind: TicketEventKind) {
        let occurred_on = day(on);
        let events = self.tickets.entry(id).or_default();
        let revision = u32::try_from(events.len()).expect("few");
        let occurred_at = occurred_on.and_time(chrono::NaiveTime::MIN).and_utc();
        let known_on = occurred_on;
        events.push(TicketEvent { kind, occurred_at, occurred_on, known_on, revision, origin: ORIGIN });
    }

    pub(crate) fn ticket(&mut self, id: i64, priority: Priority, opened: &str, solved: Option<&str>) {
        self.ticket_event(id, opened, TicketEventKind::Opened("help".to_owned()));
        self.ticket_event(id, opened, TicketEventKind::Prioritised(priority));
        if let Some(solved) = solved {
            self.ticket_event(id, solved, TicketEventKind::Solved);
        }
    }

    pub(crate) fn breach(&mut self, id: i64, on: &str) {
        self.ticket_event(id, on, TicketEventKind::SlaBreached);
    }

    pub(crate) fn escalate(&mut self, id: i64, on: &str) {
        self.ticket_event(id, on, TicketEventKind::Escalated);
    }

    pub(crate) fn field(&mut self, field: &str, value: Value, since: &str) {
        self.fields.push(fact(field, value, since));
    }

    pub(crate) fn person(&mut self, id: i64, role: &str, since: &str) {
        self.people.entry(id).or_default().push(fact(fields::ROLE, role.into(), since));
    }

    pub(crate) fn leaves(&mut self, id: i64, on: &str) {
        self.people.entry(id).or_default().push(fact(fields::LEFT, true.into(), on));
    }

    pub(crate) fn history(&self) -> AccountHistory {
        let mut history = AccountHistory::empty(AccountId(1));
        history.usage = UsageHistory::new(self.usage.clone());
        history.fields.clone_from(&self.fields);
        let subscriptions = self.versions.clone().into_iter();
        history.subscriptions = subscriptions
            .map(|(id, versions)| SubscriptionHistory::new(SubscriptionId(id), versions))
            .collect();
        let tickets = self.tickets.clone().into_iter();
        history.tickets = tickets.map(|(id, events)| TicketHistory::new(TicketId(id), events)).collect();
        let people = self.people.clone().into_iter();
        history.people = people
            .map(|(id, fields)| PersonHistory { id: PersonId(id), fields, precedence: Precedence::default() })
            .collect();
        history
    }

    pub(crate) fn journey(&self, on: &str) -> AccountJourney {
        self.journey_with(on, everything_tracked())
    }

    pub(crate) fn journey_with(&self, on: &str, tracked: Tracked) -> AccountJourney {
        let (config, catalog, history) = (shipped_config(), catalog(), self.history());
        account_journey(&Rules::new(&config, &catalog), history.seen(day(on)), tracked, &euros())
    }

    /// ARR of 2026-01-01.
    pub(crate) fn arr(&self) -> Amount {
        self.journey("2026-01-01").arr()
    }

    pub(crate) fn signal(&self, kind: SignalKind, on: &str) -> Option<Signal> {
        let tracked = Tracked { last_usage_day: Some(day(on)), ..everything_tracked() };
        self.signal_with(kind, on, tracked)
    }

    pub(crate) fn signal_with(&self, kind: SignalKind, on: &str, tracked: Tracked) -> Option<Signal> {
        let all = self.signals(on, tracked, ScoreTrend::default());
        all.into_iter().find(|signal| signal.kind == kind)
    }

    pub(crate) fn signal_with_score(&self, kind: SignalKind, on: &str, score: ScoreTrend) -> Option<Signal> {
        let all = self.signals(on, everything_tracked(), score);
        all.into_iter().find(|signal| signal.kind == kind)
    }

    pub(crate) fn signals(&self, on: &str, tracked: Tracked, score: ScoreTrend) -> Vec<Signal> {
        let (config, catalog, history) = (shipped_config(), catalog(), self.history());
        let (rules, seen) = (Rules::new(&config, &catalog), history.seen(day(on)));
        let journey = account_journey(&rules, seen, tracked, &euros());
        let profile = usage_profile(&rules, seen, tracked);
        let realised = profile.and_then(|profile| potential(&config.potential, &profile, &Peers::default()));
        let works = works_as_promised(&config.works, seen, tracked);
        let situation = Situation {
            seen,
            catalog: &catalog,
            journey: &journey,
            potential: realised.as_ref(),
            works: works.as_ref(),
            matrix: &config.matrix,
            score,
            arr: journey.arr(),
            tracked,
        };
        signals(&shipped_signals(), &situation)
    }
}

fn fact(field: &str, value: Value, since: &str) -> FieldFact {
    let (occurred_on, known_on) = (day(since), day(since));
    FieldFact { field: field.to_owned(), value: Some(value), occurred_on, known_on, origin: ORIGIN }
}
