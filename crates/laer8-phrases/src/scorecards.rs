//! Scorecards in words: what brings a cap into force, what changed from one
//! version to another, and what is wrong with one.

use crate::{condition, unit};
use laer8_health::{
    curve::CurveError,
    measures::Measure,
    names::Name,
    scorecard::{
        Trigger,
        differences::{Difference, Shift},
        faults::{Fault, FaultKind, Spot},
        lines::Trouble,
    },
    when::{ConditionFault, When},
};
use laer8_words::{Arg, Term, Words};

/// What brings a cap into force: "Silence is at least 28 days".
#[must_use]
pub fn trigger(words: Words, trigger: &Trigger) -> String {
    match trigger {
        Trigger::Measure { measure, at_least, below } => {
            let name = words.name(Term::Measure, measure.key());
            let quantity = |value: f64| words.quantity(unit(measure.properties().unit), value);
            let said = |key: &str, value: f64| {
                words.say_with(key, &[("measure", Arg::Text(&name)), ("value", Arg::Text(&quantity(value)))])
            };
            match (at_least, below) {
                (Some(least), Some(limit)) => words.say_with(
                    "setup-trigger-between",
                    &[
                        ("measure", Arg::Text(&name)),
                        ("least", Arg::Text(&quantity(*least))),
                        ("limit", Arg::Text(&quantity(*limit))),
                    ],
                ),
                (Some(least), None) => said("setup-trigger-at-least", *least),
                (None, Some(limit)) => said("setup-trigger-below", *limit),
                (None, None) => name,
            }
        }
        Trigger::Departure { departure, within_days } => words.say_with(
            "setup-trigger-left",
            &[
                ("what", Arg::Text(&words.name(Term::Departure, departure.key()))),
                ("days", Arg::Count(i64::from(*within_days))),
            ],
        ),
        Trigger::Facet(it) => condition(words, it),
    }
}

/// To which accounts something applies; none when to all.
#[must_use]
pub fn applies(words: Words, when: &When) -> Option<String> {
    if when.is_always() {
        return None;
    }
    let list = |conditions: &[laer8_domain::conditions::Condition], key: &str| {
        let said: Vec<String> = conditions.iter().map(|it| condition(words, it)).collect();
        said.join(&format!(" {} ", words.say(key)))
    };
    let parts = [list(&when.all, "setup-and"), list(&when.any, "setup-or")];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Some(parts.join(&format!("; {} ", words.say("setup-and"))))
}

/// Value and points of a curve: "0% → 0, 60% → 75".
#[must_use]
pub fn curve(words: Words, measure: Measure, pairs: &[[f64; 2]]) -> String {
    let unit = unit(measure.properties().unit);
    let pair = |[value, points]: &[f64; 2]| {
        format!("{} → {}", words.quantity(unit, *value), words.number(*points, decimals(*points)))
    };
    pairs.iter().map(pair).collect::<Vec<_>>().join(" · ")
}

/// What differs, in one line.
#[must_use]
pub fn difference(words: Words, difference: &Difference) -> String {
    let named = |name: &Name| name.in_language(words.language().key()).to_owned();
    let measured = |measure: &Measure| words.name(Term::Measure, measure.key());
    let numbers = |what: &str, shift: &Shift<f64>| {
        let number = |value: f64| words.number(value, decimals(value));
        from_to(words, what, &number(shift.before), &number(shift.after))
    };
    let plain = |key: &str, what: &str| words.say_with(key, &[("what", Arg::Text(what))]);
    let weight = |what: &str| plain("setup-weight-of", what);
    match difference {
        Difference::Name => words.say("setup-changed-name"),
        Difference::Applies => words.say("setup-changed-applies"),
        Difference::MinCoverage(shift) => from_to(
            words,
            &words.say("setup-coverage"),
            &words.percent(shift.before, 0),
            &words.percent(shift.after, 0),
        ),
        Difference::Bands(shift) => {
            let bands = |bands: &laer8_health::scorecard::Bands| {
                let number = |value| words.number(value, decimals(value));
                let (healthy, watch) = (number(bands.healthy), number(bands.watch));
                let name = |band| words.name(Term::Band, band);
                format!("{} {healthy}, {} {watch}", name("healthy"), name("watch"))
            };
            from_to(words, &words.say("setup-thresholds"), &bands(&shift.before), &bands(&shift.after))
        }
        Difference::GroupWeight(name, shift) => numbers(&weight(&named(name)), shift),
        Difference::Weight(measure, shift) => numbers(&weight(&measured(measure)), shift),
        Difference::Curve(measure, shift) => {
            let (before, after) =
                (curve(words, *measure, &shift.before), curve(words, *measure, &shift.after));
            from_to(words, &plain("setup-curve-of", &measured(measure)), &before, &after)
        }
        Difference::Missing(measure, shift) => {
            let rule = |rule: laer8_health::scorecard::MissingRule| words.name(Term::MissingRule, rule.key());
            from_to(
                words,
                &plain("setup-missing-of", &measured(measure)),
                &rule(shift.before),
                &rule(shift.after),
            )
        }
        Difference::GroupAdded(name) | Difference::CapAdded(name) => plain("setup-added", &named(name)),
        Difference::GroupGone(name) | Difference::CapGone(name) => plain("setup-taken-out", &named(name)),
        Difference::MeasureAdded(measure) => plain("setup-added", &measured(measure)),
        Difference::MeasureGone(measure) => plain("setup-taken-out", &measured(measure)),
        Difference::CapAtMost(name, shift) => numbers(&plain("setup-cap-of", &named(name)), shift),
        Difference::CapTrigger(name) => plain("setup-changed-trigger", &named(name)),
    }
}

fn from_to(words: Words, what: &str, before: &str, after: &str) -> String {
    words.say_with(
        "setup-from-to",
        &[("what", Arg::Text(what)), ("before", Arg::Text(before)), ("after", Arg::Text(after))],
    )
}

/// What is wrong with a text that shall be a scorecard, and what to do.
#[must_use]
pub fn trouble(words: Words, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Unreadable(what) => words.say_with("setup-fault-unreadable", &[("what", Arg::Text(what))]),
        Trouble::NoSchema => words.say("setup-fault-no-schema"),
        Trouble::Schema(found) => {
            words.say_with("setup-fault-schema", &[("found", Arg::Text(&found.to_string()))])
        }
        Trouble::Fault(it) => fault(words, it),
    }
}

/// One thing that is wrong with a scorecard, where, and what to do.
#[must_use]
pub fn fault(words: Words, fault: &Fault) -> String {
    let what = kind(words, &fault.kind);
    let place = match &fault.spot {
        Spot::Card => return what,
        Spot::Group { group } => words.say_with("setup-in-group", &[("group", Arg::Text(group))]),
        Spot::Item { measure, .. } => Measure::from_key(measure)
            .map_or_else(|| measure.clone(), |it| words.name(Term::Measure, it.key())),
        Spot::Cap { number, label } => {
            words.say_with("setup-in-cap", &[("number", Arg::from(*number)), ("label", Arg::Text(label))])
        }
    };
    format!("{place}: {what}")
}

fn kind(words: Words, kind: &FaultKind) -> String {
    let found = |key: &str, found: &str| words.say_with(key, &[("found", Arg::Text(found))]);
    let number = |value: f64| words.number(value, decimals(value));
    match kind {
        FaultKind::Schema(schema) => found("setup-fault-schema", &schema.to_string()),
        FaultKind::Key(key) => found("setup-fault-key", key),
        FaultKind::Name => words.say("setup-fault-name"),
        FaultKind::Condition(ConditionFault::NoFacet) => words.say("setup-fault-no-facet"),
        FaultKind::Condition(ConditionFault::TestsNothing(facet)) => {
            found("setup-fault-tests-nothing", facet)
        }
        FaultKind::Condition(ConditionFault::Limit(facet)) => found("setup-fault-limit", facet),
        FaultKind::NeverApplies => words.say("setup-fault-never-applies"),
        FaultKind::MinCoverage(coverage) => found("setup-fault-coverage", &words.percent(*coverage, 0)),
        FaultKind::Bands { healthy, watch } => words.say_with(
            "setup-fault-bands",
            &[("healthy", Arg::Text(&number(*healthy))), ("watch", Arg::Text(&number(*watch)))],
        ),
        FaultKind::NoGroups => words.say("setup-fault-no-groups"),
        FaultKind::NoItems => words.say("setup-fault-no-items"),
        FaultKind::RepeatedGroup => words.say("setup-fault-repeated-group"),
        FaultKind::Weight(weight) => found("setup-fault-weight", &number(*weight)),
        FaultKind::UnknownMeasure(measure) => found("setup-fault-measure", measure),
        FaultKind::RepeatedMeasure => words.say("setup-fault-repeated-measure"),
        FaultKind::Curve(error) => curve_fault(words, error),
        FaultKind::Missing(rule) => found("setup-fault-missing", rule),
        FaultKind::TooManyCaps(caps) => found("setup-fault-caps", &caps.to_string()),
        FaultKind::AtMost(most) => found("setup-fault-at-most", &number(*most)),
        FaultKind::Triggers(count) => found("setup-fault-triggers", &count.to_string()),
        FaultKind::Limits => words.say("setup-fault-limits"),
        FaultKind::UnknownEvent { event } => found("setup-fault-event", event),
        FaultKind::WithinDays => words.say("setup-fault-within-days"),
    }
}

fn curve_fault(words: Words, error: &CurveError) -> String {
    let pair = |key: &str, pair: usize| words.say_with(key, &[("pair", Arg::from(pair))]);
    match error {
        CurveError::Empty => words.say("setup-fault-curve-empty"),
        CurveError::NotFinite { pair: at } => pair("setup-fault-curve-number", *at),
        CurveError::NotIncreasing { pair: at, .. } => pair("setup-fault-curve-order", *at),
        CurveError::OutOfRange { pair: at, .. } => pair("setup-fault-curve-points", *at),
    }
}

/// As many decimals as a number that people typed has, two at most.
fn decimals(value: f64) -> u8 {
    let has = |factor: f64| ((value * factor).round() - value * factor).abs() < 1e-6;
    if has(1.0) { 0 } else { 1 + u8::from(!has(10.0)) }
}
