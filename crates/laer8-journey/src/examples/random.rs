//! Random lives of an account, for properties.

use super::{Example, day, shipped_config, terms};
use crate::config::JourneyConfig;
use laer8_domain::{
    days::shift,
    ids::{FeatureId, PlanId},
    subscriptions::Terms,
    usage::UsageRow,
};
use proptest::prelude::*;

/// The first day of everything.
pub(crate) const FIRST: &str = "2026-01-01";

/// One thing that happens: on a day, known so many days later.
#[derive(Debug, Clone)]
pub(crate) enum Happens {
    /// Use: feature, count (negative corrects), people, days until known.
    Use(i64, i64, Option<u32>, i64),
    /// Other terms: subscription, plan, seats, months, days until known.
    Terms(i64, i64, u32, Option<u16>, i64),
    /// A subscription ends.
    Ends(i64, i64),
}

pub(crate) fn happens() -> impl Strategy<Value = Happens> {
    let lag = prop_oneof![6 => Just(0i64), 2 => 1i64..8, 1 => 8i64..60];
    let count = prop_oneof![8 => 1i64..5, 1 => -3i64..0];
    let people = prop_oneof![1 => Just(None), 3 => (1u32..12).prop_map(Some)];
    let months = prop_oneof![Just(None), Just(Some(1)), Just(Some(6)), Just(Some(12))];
    prop_oneof![
        40 => (1i64..6, count, people, lag.clone()).prop_map(|(a, b, c, d)| Happens::Use(a, b, c, d)),
        1 => (1i64..3, 1i64..5, 1u32..15, months, lag.clone()).prop_map(|(a, b, c, d, e)| Happens::Terms(a, b, c, d, e)),
        1 => (1i64..3, lag).prop_map(|(a, b)| Happens::Ends(a, b)),
    ]
}

/// The account as far as `kept` lets through: (occurred, known) in days.
pub(crate) fn example(events: &[(i64, Happens)], kept: impl Fn(i64, i64) -> bool) -> Example {
    let mut example = Example::new();
    example.subscribe(1, FIRST, Some(6), 5, "10");
    let text = |offset: i64| shift(day(FIRST), offset).to_string();
    for (on, happens) in events {
        let lag = match happens {
            Happens::Use(.., lag) | Happens::Terms(.., lag) | Happens::Ends(_, lag) => *lag,
        };
        if !kept(*on, on + lag) {
            continue;
        }
        let known = text(on + lag);
        match happens {
            Happens::Use(feature, count, people, _) => example.row(UsageRow {
                feature: FeatureId(*feature),
                day: shift(day(FIRST), *on),
                count: *count,
                seconds: 0,
                errors: 0,
                people: *people,
                known_on: day(&known),
            }),
            Happens::Terms(id, plan, seats, months, _) => {
                let base = terms(&text(*on), *months);
                let terms = Terms { plan: PlanId(*plan), quantity: *seats, ..base };
                example.terms_from(*id, &text(*on), &known, terms);
            }
            Happens::Ends(id, _) => example.ends(*id, &text(*on), &known),
        }
    }
    example
}

/// Easier criteria than the shipped ones, so that random use reaches them now
/// and then.
pub(crate) fn easy_config() -> JourneyConfig {
    let mut config = shipped_config();
    for criterion in config.activation.iter_mut().chain(&mut config.adoption) {
        criterion.at_least *= 0.5;
        criterion.days /= 2;
    }
    config
}
