//! Small facts to store and read back.

use laer8_domain::{
    accounts::FieldFact,
    days::Day,
    ids::{FeatureId, PlanId, SourceId},
    money::Currency,
    provenance::Origin,
    subscriptions::{BillingPeriod, Price, PriceBasis, SubscriptionState, SubscriptionVersion, Terms},
    usage::UsageRow,
    values::Value,
};
use laer8_store::{Store, UsageFact};

pub(crate) async fn open(url: &str) -> Store {
    Store::open(url).await.expect("an empty database opens")
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

pub(crate) fn origin(row: u32) -> Origin {
    Origin { source: SourceId(1), import: None, row }
}

pub(crate) fn field(name: &str, value: Option<Value>, since: &str) -> FieldFact {
    FieldFact {
        field: name.to_owned(),
        value,
        occurred_on: day(since),
        known_on: day(since),
        origin: origin(2),
    }
}

pub(crate) fn terms(start: &str) -> Terms {
    Terms {
        plan: PlanId(3),
        quantity: 4,
        price: Price {
            amount: "2000".parse().expect("an amount"),
            currency: Currency::EUR,
            per: BillingPeriod::Year,
            basis: PriceBasis::Total,
        },
        trial: false,
        term_start: day(start),
        term_months: Some(12),
        auto_renew: true,
        notice_days: 30,
        captive_until: Some(day("2026-06-30")),
    }
}

pub(crate) fn version(from: &str, state: SubscriptionState) -> SubscriptionVersion {
    SubscriptionVersion {
        effective_from: day(from),
        known_on: day(from),
        revision: 0,
        state,
        origin: origin(7),
    }
}

pub(crate) fn usage(key: &str, account: i64, on: &str, count: i64) -> UsageFact {
    UsageFact {
        external_id: key.to_owned(),
        revision: 0,
        account: laer8_domain::ids::AccountId(account),
        usage: UsageRow {
            feature: FeatureId(5),
            day: day(on),
            count,
            seconds: 60 * count,
            errors: 1,
            people: Some(2),
            known_on: day(on),
        },
        import: None,
        row: 3,
    }
}
