//! Small accounts and scorecards for tests.

use crate::scorecard::Scorecard;
use laer8_domain::{
    accounts::FieldFact,
    catalog::{Catalog, Entitlement, Feature, Plan},
    days::{Day, shift},
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
    usage::UsageRow,
    values::Value,
};

pub(crate) const ORIGIN: Origin = Origin { source: SourceId(1), import: None, row: 0 };

pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

pub(crate) fn account() -> AccountHistory {
    AccountHistory::empty(AccountId(1))
}

/// Plan 1 entitles to features 1 to 4; 1 and 2 are core with a target of 10
/// uses a seat. Of plan 2 nobody said.
pub(crate) fn catalog() -> Catalog {
    let feature = |id| Feature {
        id: FeatureId(id),
        product: None,
        key: format!("feature-{id}"),
        name: format!("Feature {id}"),
        core: id <= 2,
        depth_target: (id <= 2).then_some(10.0),
    };
    let plan = |id, entitles| Plan {
        id: PlanId(id),
        product: None,
        key: format!("plan-{id}"),
        name: format!("Plan {id}"),
        entitles,
        upgrade: None,
        included_uses: None,
    };
    let entitled = Entitlement::Only((1..=4).map(FeatureId).collect());
    let plans = vec![plan(1, entitled), plan(2, Entitlement::Unknown)];
    Catalog::new(vec![], plans, (1..=5).map(feature).collect())
}

/// `uses` of a feature on a day, known on that day.
pub(crate) fn usage(feature: i64, on: Day, uses: i64) -> UsageRow {
    UsageRow {
        feature: FeatureId(feature),
        day: on,
        count: uses,
        seconds: 0,
        errors: 0,
        people: None,
        known_on: on,
    }
}

/// The same use of feature 1 on each of `days` days that end with `last`.
pub(crate) fn daily(last: &str, days: i64, uses: i64) -> impl Iterator<Item = UsageRow> {
    let last = day(last);
    (0..days).map(move |back| usage(1, shift(last, -back), uses))
}

pub(crate) fn terms(plan: i64, seats: u32, start: &str, months: Option<u16>) -> Terms {
    Terms {
        plan: PlanId(plan),
        quantity: seats,
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
        notice_days: 30,
        captive_until: None,
    }
}

/// A subscription that runs from `start` on.
pub(crate) fn subscription(
    id: i64,
    plan: i64,
    seats: u32,
    start: &str,
    months: Option<u16>,
) -> SubscriptionHistory {
    let state = SubscriptionState::Active(terms(plan, seats, start, months));
    let version = SubscriptionVersion {
        effective_from: day(start),
        known_on: day(start),
        revision: 0,
        state,
        origin: ORIGIN,
    };
    SubscriptionHistory::new(SubscriptionId(id), vec![version])
}

/// A ticket with what happened when: `opened`, `solved`, `escalated`, a
/// priority, or a rating from `1` to `5`.
pub(crate) fn ticket(id: i64, events: &[(&str, &str)]) -> TicketHistory {
    let event = |(number, (kind, at)): (usize, &(&str, &str))| {
        let occurred_at: chrono::DateTime<chrono::Utc> = at.parse().expect("an instant");
        let occurred_on = occurred_at.date_naive();
        let kind = match *kind {
            "opened" => TicketEventKind::Opened("does not load".into()),
            "solved" => TicketEventKind::Solved,
            "escalated" => TicketEventKind::Escalated,
            other => match Priority::from_key(other) {
                Some(priority) => TicketEventKind::Prioritised(priority),
                None => TicketEventKind::Rated(other.parse().expect("a rating")),
            },
        };
        let revision = u32::try_from(number).expect("few events");
        TicketEvent { kind, occurred_at, occurred_on, known_on: occurred_on, revision, origin: ORIGIN }
    };
    TicketHistory::new(TicketId(id), events.iter().enumerate().map(event).collect())
}

pub(crate) fn survey(id: i64, kind: SurveyKind, on: &str, score: u8) -> SurveyResponse {
    SurveyResponse {
        id: SurveyResponseId(id),
        kind,
        person: None,
        score,
        comment: String::new(),
        answered_on: day(on),
        known_on: day(on),
        revision: 0,
        origin: ORIGIN,
    }
}

pub(crate) fn note(id: i64, on: &str, two_way: bool) -> Note {
    Note {
        id: NoteId(id),
        kind: NoteKind::Call,
        occurred_on: day(on),
        two_way,
        person: None,
        author: "ana".into(),
        text: String::new(),
        pulse: None,
        known_on: day(on),
        revision: 0,
        origin: ORIGIN,
    }
}

pub(crate) fn pulse(id: i64, on: &str, judgement: u8) -> Note {
    Note { kind: NoteKind::Pulse, pulse: Some(judgement), ..note(id, on, false) }
}

pub(crate) fn field(since: &str, name: &str, value: Value) -> FieldFact {
    FieldFact {
        field: name.into(),
        value: Some(value),
        occurred_on: day(since),
        known_on: day(since),
        origin: ORIGIN,
    }
}

pub(crate) fn person(id: i64, fields: &[(&str, &str, Value)]) -> PersonHistory {
    let fields = fields.iter().map(|(since, name, value)| field(since, name, value.clone())).collect();
    PersonHistory { id: PersonId(id), fields, precedence: Precedence::default() }
}

/// A scorecard of one measure, `silence`. `head` gives key, priority, and when
/// it applies.
pub(crate) fn card(head: &str, curve: &str) -> Scorecard {
    Scorecard::from_toml(&card_text(head, curve)).expect("a scorecard")
}

/// The same as TOML.
pub(crate) fn card_text(head: &str, curve: &str) -> String {
    format!(
        "schema = 1\nname = {{ en = 'A card', es = 'Una tarjeta' }}\n{head}\n
        [[groups]]\nkey = 'usage'\nname = {{ en = 'Usage', es = 'Uso' }}\nweight = 1\n
        items = [{{ measure = 'silence', weight = 1, curve = {curve} }}]"
    )
}
