//! Everything that has a key has a name, in both languages.
//!
//! The keys come from the crates that define them, so that a new one can't be
//! forgotten. Where a set has no list there, it is written here.

use crate::catalogue::messages;
use laer8_domain::{accounts, notes::NoteKind, people, surveys::SurveyKind, tickets::Priority};
use laer8_health::{departures::Departure, measures::Measure, score::Band, scorecard::MissingRule};
use laer8_intake::{
    mapping::{RecordKind, targets::targets},
    remark::Remark,
};
use laer8_journey::{
    matrix::Quadrant,
    signals::{NextStep, SignalKind},
    stages::Stage,
};
use laer8_revenue::ledger::Movement;
use laer8_words::{Language, Term};
use std::collections::BTreeSet;

/// The keys of a set, and whether each needs a sentence that explains it.
fn keys(term: Term) -> (Vec<&'static str>, bool) {
    match term {
        Term::Measure => {
            let mut keys: Vec<&str> = Measure::ALL.map(Measure::key).to_vec();
            keys.extend(["works_as_promised", "potential_realised"]);
            (keys, true)
        }
        Term::Missing => (
            vec![
                "not_tracked",
                "never_recorded",
                "too_young",
                "too_few",
                "expired",
                "seats_unknown",
                "people_not_counted",
                "entitlement_unknown",
                "no_target",
                "not_a_customer",
                "no_term",
            ],
            false,
        ),
        Term::MissingRule => {
            (vec![MissingRule::Skip.key(), MissingRule::Neutral.key(), MissingRule::Worst.key()], false)
        }
        Term::Figure => (
            vec![
                "uses",
                "usual_uses",
                "errors",
                "people",
                "seats",
                "features_used",
                "features_entitled",
                "tickets",
                "responses",
                "promoters",
                "detractors",
                "stated_pulse",
            ],
            false,
        ),
        Term::Band => (Band::ALL.map(Band::key).to_vec(), true),
        Term::Departure => (Departure::ALL.map(Departure::key).to_vec(), false),
        Term::Stage => (Stage::ALL.map(Stage::key).to_vec(), true),
        Term::Standing => {
            let stages = Stage::ALL.map(Stage::key).into_iter();
            (stages.chain(["prospect", "trial", "former"]).collect(), false)
        }
        Term::Quadrant => (Quadrant::ALL.map(Quadrant::key).to_vec(), true),
        Term::Movement => (Movement::ALL.map(Movement::key).into_iter().chain(["exchange"]).collect(), true),
        Term::Signal => (SignalKind::ALL.map(SignalKind::key).to_vec(), true),
        Term::NextStep => (NextStep::ALL.map(NextStep::key).to_vec(), false),
        Term::Record => (RecordKind::ALL.map(RecordKind::key).to_vec(), false),
        Term::Finding => {
            let remarks = Remark::ALL.map(Remark::key).into_iter();
            (remarks.chain(["churned_but_paying", "duplicate_id"]).collect(), true)
        }
        Term::Field => (accounts::fields::BUILT_IN.to_vec(), false),
        Term::Target => {
            let fields = RecordKind::ALL.into_iter().flat_map(targets).map(|target| target.name);
            (fields.chain(["dates", "decimal"]).collect(), false)
        }
        Term::PersonField => (people::fields::BUILT_IN.to_vec(), false),
        other => keys_written_here(other),
    }
}

/// Sets that are listed nowhere else.
fn keys_written_here(term: Term) -> (Vec<&'static str>, bool) {
    match term {
        Term::Criterion => (
            vec!["active_days", "features_used", "breadth", "core_breadth", "people_active", "seats_used"],
            false,
        ),
        Term::WorksPart => (vec!["tickets", "breaches", "errors"], false),
        Term::PotentialPart => (vec!["features", "seats", "depth"], false),
        Term::Benchmark => (vec!["plan_and_size", "plan", "fixed_target"], false),
        Term::Flow => (vec!["entered", "moved", "left"], false),
        Term::Metric => (
            vec![
                "mrr",
                "arr",
                "nrr",
                "grr",
                "logo_churn",
                "net_growth",
                "quick_ratio",
                "opening",
                "closing",
                "acquisition",
                "attrition",
                "customers",
            ],
            true,
        ),
        Term::Severity => (vec!["info", "warning", "critical"], false),
        Term::Segment => (vec!["enterprise", "mid_market", "small"], false),
        Term::Refusal => (
            vec![
                "wrong_field_count",
                "unclosed_quote",
                "bad_encoding",
                "missing",
                "no_account",
                "not_a_date",
                "not_a_number",
                "not_whole",
                "out_of_range",
                "too_precise",
                "too_large",
                "not_a_flag",
                "not_a_currency",
                "unknown_word",
            ],
            true,
        ),
        Term::Choice => {
            let periods = ["day", "week", "month", "quarter", "year", "unit", "total"];
            let priorities = Priority::ALL.map(Priority::key).into_iter();
            let surveys = SurveyKind::ALL.map(SurveyKind::key).into_iter();
            let notes = NoteKind::ALL.map(NoteKind::key).into_iter();
            let roles = people::Role::ALL.map(people::Role::key).into_iter();
            (periods.into_iter().chain(priorities).chain(surveys).chain(notes).chain(roles).collect(), false)
        }
        Term::Family => (vec!["usage", "tickets", "surveys", "notes", "subscriptions"], false),
        listed => panic!("the keys of {listed:?} are listed above"),
    }
}

#[test]
fn everything_with_a_key_has_a_name() {
    for language in Language::ALL {
        let messages = messages(language);
        for term in Term::ALL {
            let (keys, needs_about) = keys(term);
            for key in keys {
                let id = term.id(key);
                assert!(messages.contains_key(&id), "{language:?} has no {id}");
                let about = format!("{id}.about");
                assert!(!needs_about || messages.contains_key(&about), "{language:?} has no {about}");
            }
        }
    }
}

/// What the reason of each signal tells: the figures of its evidence.
#[test]
fn every_signal_gives_its_reason_in_figures() {
    let arguments = |kind: SignalKind| -> &'static [&'static str] {
        match kind {
            SignalKind::Silence => &["days", "usual"],
            SignalKind::ScoreDrop => &["days", "points", "score"],
            SignalKind::RenewalDebt => &["days", "unmet"],
            SignalKind::Escalation => &["days", "tickets"],
            SignalKind::WorksUnused => &["percent"],
            SignalKind::SeatsFull => &["seats", "used"],
            SignalKind::Outgrown => &["included", "month", "uses"],
            SignalKind::ChampionLost => &["day", "name", "role"],
            SignalKind::PaymentRisk => &["days"],
        }
    };
    let messages = messages(Language::En);
    for kind in SignalKind::ALL {
        let id = format!("{}.reason", Term::Signal.id(kind.key()));
        let named: BTreeSet<&str> = messages[&id].arguments.iter().map(String::as_str).collect();
        assert_eq!(named, arguments(kind).iter().copied().collect(), "{id}");
    }
}
