//! Signals: what needs somebody, why, what it is worth, and what to do.
//!
//! A signal is a pure function of an account on a day. It is not opened and
//! closed; it is there on every day on which its cause is, and so ends by
//! itself. Only customers have signals.
//!
//! `stake` is never negative. Where `opportunity` is false it is the annual
//! recurring revenue at risk, where it is true the annual recurring revenue that
//! could be won.

mod champion_lost;
mod config;
mod escalation;
mod evidence;
mod outgrown;
mod payment_risk;
mod renewal_debt;
mod score_drop;
mod seats_full;
mod silence;
mod works_unused;

pub use config::*;
pub use evidence::{Evidence, NextStep};

use crate::{
    accounts::AccountJourney, config::MatrixRule, potential::Potential, tracking::Tracked, works::Works,
};
use laer8_domain::{
    catalog::Catalog,
    days::{Day, days_between},
    history::Seen,
    money::Amount,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignalKind {
    /// Not used for much longer than usual.
    Silence,
    /// The health score fell.
    ScoreDrop,
    /// Renewal is near and adoption is not where it should be.
    RenewalDebt,
    /// A ticket went above its desk and is still open.
    Escalation,
    /// It works, and they don't use it.
    WorksUnused,
    /// Nearly every seat is taken.
    SeatsFull,
    /// They use more than the plan includes.
    Outgrown,
    /// Who spoke for us, or paid, has left.
    ChampionLost,
    /// A payment failed or is overdue.
    PaymentRisk,
}

impl SignalKind {
    /// All signals.
    pub const ALL: [Self; 9] = [
        Self::Silence,
        Self::ScoreDrop,
        Self::RenewalDebt,
        Self::Escalation,
        Self::WorksUnused,
        Self::SeatsFull,
        Self::Outgrown,
        Self::ChampionLost,
        Self::PaymentRisk,
    ];

    /// The name in documents and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Silence => "silence",
            Self::ScoreDrop => "score_drop",
            Self::RenewalDebt => "renewal_debt",
            Self::Escalation => "escalation",
            Self::WorksUnused => "works_unused",
            Self::SeatsFull => "seats_full",
            Self::Outgrown => "outgrown",
            Self::ChampionLost => "champion_lost",
            Self::PaymentRisk => "payment_risk",
        }
    }
}

/// How bad, or how promising.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Look at it soon.
    Warning,
    /// Look at it today.
    Critical,
}

impl Severity {
    /// Critical if `critical`, else a warning.
    fn critical_if(critical: bool) -> Self {
        if critical { Self::Critical } else { Self::Warning }
    }
}

/// Something about an account that needs somebody.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Signal {
    /// Which.
    pub kind: SignalKind,
    /// How bad, or how promising.
    pub severity: Severity,
    /// The first day of its cause, where one can be told.
    #[schema(value_type = Option<NaiveDate>)]
    pub since: Option<Day>,
    /// The numbers and facts behind it.
    pub evidence: Evidence,
    /// Annual recurring revenue at risk, or to be won; in the reporting
    /// currency, never negative.
    pub stake: Amount,
    /// Whether the stake is to be won.
    pub opportunity: bool,
    /// What to do about it.
    pub next_step: NextStep,
}

/// The health score on the day and before; none where there was not enough data.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ScoreTrend {
    /// On the day, 0 to 100.
    pub now: Option<f64>,
    /// 30 days earlier.
    pub days_30_ago: Option<f64>,
    /// 90 days earlier.
    pub days_90_ago: Option<f64>,
}

/// All that signals look at, as of one day.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The account on the day.
    pub seen: Seen<'a>,
    /// What is sold.
    pub catalog: &'a Catalog,
    /// Where it stands on the day.
    pub journey: &'a AccountJourney,
    /// How much of its potential it realises.
    pub potential: Option<&'a Potential>,
    /// Whether it works as promised.
    pub works: Option<&'a Works>,
    /// Where the two are crossed.
    pub matrix: &'a MatrixRule,
    /// Its health score.
    pub score: ScoreTrend,
    /// Its ARR in the reporting currency.
    pub arr: Amount,
    /// What the workspace tracks by that day.
    pub tracked: Tracked,
}

impl Situation<'_> {
    fn day(&self) -> Day {
        self.seen.day()
    }

    /// Whether the next renewal is at most `days` away.
    fn renews_within(&self, days: u32) -> bool {
        let near = |renewal| days_between(self.day(), renewal) <= i64::from(days);
        self.journey.next_renewal.is_some_and(near)
    }
}

/// The signals of a customer, in the order of [`SignalKind::ALL`]. None for what
/// is no customer.
#[must_use]
pub fn signals(config: &SignalsConfig, situation: &Situation<'_>) -> Vec<Signal> {
    if situation.journey.standing.stage().is_none() {
        return Vec::new();
    }
    [
        silence::detect(&config.silence, situation),
        score_drop::detect(&config.score_drop, situation),
        renewal_debt::detect(&config.renewal_debt, situation),
        escalation::detect(&config.escalation, situation),
        works_unused::detect(&config.works_unused, situation),
        seats_full::detect(&config.seats_full, situation),
        outgrown::detect(&config.outgrown, situation),
        champion_lost::detect(&config.champion_lost, situation),
        payment_risk::detect(&config.payment_risk, situation),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Adds what [`signals`] can't tell before it is known how much of its potential
/// the account realises: what others use has to be known for that, so it comes
/// last where a book is worked out account by account.
pub fn add_signal_of_potential(config: &SignalsConfig, situation: &Situation<'_>, signals: &mut Vec<Signal>) {
    if situation.journey.standing.stage().is_none() {
        return;
    }
    if let Some(signal) = works_unused::detect(&config.works_unused, situation) {
        let place = signals.partition_point(|other| other.kind < signal.kind);
        signals.insert(place, signal);
    }
}

/// A share of an amount, for stakes: rounded to the ten-thousandth.
fn share_of(amount: Amount, share: f64) -> Amount {
    const PARTS: i64 = 1_000_000;
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "`as` saturates")]
    let parts = (share.clamp(0.0, 1_000.0) * PARTS as f64).round() as i64;
    amount.scaled(parts, PARTS).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Stage, examples::Example};

    fn written(value: impl Serialize) -> String {
        let json = serde_json::to_value(value).expect("JSON");
        json.as_str().expect("a text").to_owned()
    }

    #[test]
    fn what_is_serialised_is_the_key() {
        for kind in SignalKind::ALL {
            assert_eq!(written(kind), kind.key());
        }
        for step in NextStep::ALL {
            assert_eq!(written(step), step.key());
        }
        for stage in Stage::ALL {
            assert_eq!(written(stage), stage.key());
        }
    }

    #[test]
    fn who_is_no_customer_has_no_signals() {
        let mut example = Example::customer();
        example.person(1, "champion", "2026-01-10");
        example.leaves(1, "2026-03-01");
        example.ends(1, "2026-04-01", "2026-04-01");
        assert!(example.signal(SignalKind::ChampionLost, "2026-03-31").is_some());
        assert_eq!(example.signal(SignalKind::ChampionLost, "2026-04-01"), None);
    }

    #[test]
    fn a_signal_is_written_with_its_numbers() {
        let signal = Example::customer().signal(SignalKind::Silence, "2026-01-20");
        insta::assert_json_snapshot!(signal);
    }
}
