//! Today: which account to look at first.
//!
//! The value of a signal is its stake × a factor for its severity × a factor
//! for how near the renewal is × a factor for money to be won rather than lost.
//! An account is worth its most valuable signal, and a share of the others, since
//! they mostly speak of the same money. Factors are in `signals.toml`.

use crate::{
    accounts::AccountJourney,
    signals::{RankingRule, Severity, Signal},
};
use laer8_domain::{
    days::{Day, days_between},
    ids::AccountId,
    money::Amount,
};
use serde::Serialize;
use std::cmp::Ordering;
use utoipa::ToSchema;

/// An account with its signals, to be ranked.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Which account.
    pub account: AccountId,
    /// The next day on which a subscription with a term could end.
    pub next_renewal: Option<Day>,
    /// Whether any can be cancelled at any moment.
    pub continuous: bool,
    /// Its signals.
    pub signals: Vec<Signal>,
}

impl Candidate {
    /// From where the account stands, and its signals.
    #[must_use]
    pub fn new(journey: &AccountJourney, signals: Vec<Signal>) -> Self {
        let AccountJourney { account, next_renewal, continuous, .. } = *journey;
        Self { account, next_renewal, continuous, signals }
    }
}

/// How the value of an account came about.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Rank {
    /// `stake × severity × nearness × opportunity + others`, in major units of
    /// the reporting currency; only for comparing.
    pub value: f64,
    /// The stake of the leading signal.
    pub stake: Amount,
    /// The factor of its severity.
    pub severity: f64,
    /// The factor of the next renewal.
    pub nearness: f64,
    /// Days to the next renewal, or what a continuous one counts as.
    pub renewal_in_days: Option<i64>,
    /// The factor of an opportunity; 1 for a risk.
    pub opportunity: f64,
    /// What the other signals add.
    pub others: f64,
}

/// An account on Today's list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RankedAccount {
    /// 1 for the first.
    pub position: usize,
    /// Which account.
    pub account: AccountId,
    /// How its value came about.
    pub rank: Rank,
    /// The most valuable signal.
    pub leading: Signal,
    /// The others, by value.
    pub others: Vec<Signal>,
    /// When its next renewal is.
    pub next_renewal: Option<Day>,
}

/// Today's list: the accounts with signals, the most valuable first. Of two with
/// the same value the more severe comes first, then the sooner renewal, then the
/// lower id.
#[must_use]
pub fn rank(rule: &RankingRule, day: Day, candidates: Vec<Candidate>) -> Vec<RankedAccount> {
    let mut ranked: Vec<RankedAccount> =
        candidates.into_iter().filter_map(|candidate| rank_one(rule, day, candidate)).collect();
    ranked.sort_by(order);
    for (index, account) in ranked.iter_mut().enumerate() {
        account.position = index + 1;
    }
    ranked
}

fn order(a: &RankedAccount, b: &RankedAccount) -> Ordering {
    let renewal = |account: &RankedAccount| account.next_renewal.unwrap_or(Day::MAX);
    b.rank
        .value
        .total_cmp(&a.rank.value)
        .then(b.leading.severity.cmp(&a.leading.severity))
        .then(renewal(a).cmp(&renewal(b)))
        .then(a.account.cmp(&b.account))
}

fn rank_one(rule: &RankingRule, day: Day, candidate: Candidate) -> Option<RankedAccount> {
    let renewal_in_days = renewal_in_days(rule, day, &candidate);
    let nearness = nearness(rule, renewal_in_days);
    let mut signals: Vec<(f64, Signal)> =
        candidate.signals.into_iter().map(|signal| (value(rule, nearness, &signal), signal)).collect();
    signals.sort_by(|(a_value, a), (b_value, b)| {
        b_value.total_cmp(a_value).then(b.severity.cmp(&a.severity)).then(a.kind.cmp(&b.kind))
    });
    let mut signals = signals.into_iter();
    let (own, leading) = signals.next()?;
    let (values, others): (Vec<f64>, Vec<Signal>) = signals.unzip();
    let of_others = rule.others_share * values.iter().sum::<f64>();
    let rank = Rank {
        value: own + of_others,
        stake: leading.stake,
        severity: severity(rule, leading.severity),
        nearness,
        renewal_in_days,
        opportunity: opportunity(rule, &leading),
        others: of_others,
    };
    let Candidate { account, next_renewal, .. } = candidate;
    Some(RankedAccount { position: 0, account, rank, leading, others, next_renewal })
}

fn value(rule: &RankingRule, nearness: f64, signal: &Signal) -> f64 {
    signal.stake.to_f64() * severity(rule, signal.severity) * nearness * opportunity(rule, signal)
}

fn severity(rule: &RankingRule, severity: Severity) -> f64 {
    match severity {
        Severity::Info => rule.severity.info,
        Severity::Warning => rule.severity.warning,
        Severity::Critical => rule.severity.critical,
    }
}

fn opportunity(rule: &RankingRule, signal: &Signal) -> f64 {
    if signal.opportunity { rule.opportunity } else { 1.0 }
}

fn renewal_in_days(rule: &RankingRule, day: Day, candidate: &Candidate) -> Option<i64> {
    let fixed = candidate.next_renewal.map(|renewal| days_between(day, renewal).max(0));
    let continuous = candidate.continuous.then_some(i64::from(rule.continuous_days));
    [fixed, continuous].into_iter().flatten().min()
}

/// From `renewal_today` on the day straight down to 1 at `renewal_far_days`.
#[expect(clippy::cast_precision_loss, reason = "a count of days")]
fn nearness(rule: &RankingRule, renewal_in_days: Option<i64>) -> f64 {
    let Some(days) = renewal_in_days else { return 1.0 };
    let left = (days as f64 / f64::from(rule.renewal_far_days)).clamp(0.0, 1.0);
    1.0 + (rule.renewal_today - 1.0) * (1.0 - left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        examples::{day, shipped_signals},
        signals::{Evidence, NextStep, SignalKind},
    };

    fn risk(stake: i64, severity: Severity) -> Signal {
        Signal {
            kind: SignalKind::PaymentRisk,
            severity,
            since: None,
            evidence: Evidence::PaymentRisk { overdue_since: day("2026-01-01"), days: 0 },
            stake: Amount::from_major(stake),
            opportunity: false,
            next_step: NextStep::SettlePayment,
        }
    }

    fn candidate(account: i64, renewal: Option<&str>, signals: Vec<Signal>) -> Candidate {
        Candidate { account: AccountId(account), next_renewal: renewal.map(day), continuous: false, signals }
    }

    fn ranked(candidates: Vec<Candidate>) -> Vec<RankedAccount> {
        rank(&shipped_signals().ranking, day("2026-01-01"), candidates)
    }

    fn accounts(candidates: Vec<Candidate>) -> Vec<i64> {
        ranked(candidates).into_iter().map(|account| account.account.0).collect()
    }

    #[test]
    fn more_money_comes_first_and_severity_and_a_near_renewal_outweigh_some_of_it() {
        let warning = || vec![risk(1_000, Severity::Warning)];
        let order = accounts(vec![
            candidate(1, None, warning()),
            candidate(2, None, vec![risk(1_500, Severity::Warning)]),
            candidate(3, None, vec![risk(800, Severity::Critical)]),
            candidate(4, Some("2026-01-02"), warning()),
            candidate(5, None, vec![]),
        ]);
        assert_eq!(order, [4, 3, 2, 1]);
    }

    #[test]
    fn the_value_is_the_product_of_what_is_shown() {
        let mut chance = risk(500, Severity::Info);
        chance.opportunity = true;
        let signals = vec![chance, risk(1_000, Severity::Critical)];
        let list = ranked(vec![candidate(1, Some("2026-04-01"), signals)]);
        let Rank { value, stake, severity, nearness, opportunity, others, renewal_in_days } = list[0].rank;
        assert_eq!((stake, renewal_in_days), (Amount::from_major(1_000), Some(90)));
        assert!((nearness - 2.0).abs() < 1e-9, "half way between 3 today and 1 in 180 days");
        assert!((others - 0.1 * 500.0 * 1.0 * 2.0 * 0.5).abs() < 1e-9);
        assert!((value - (stake.to_f64() * severity * nearness * opportunity + others)).abs() < 1e-9);
        assert_eq!(list[0].others.len(), 1);
    }

    #[test]
    fn ties_are_broken_by_severity_renewal_and_id() {
        let same = |severity| vec![risk(0, severity)];
        let order = accounts(vec![
            candidate(4, None, same(Severity::Info)),
            candidate(3, None, same(Severity::Info)),
            candidate(2, Some("2026-09-01"), same(Severity::Info)),
            candidate(1, None, same(Severity::Critical)),
        ]);
        assert_eq!(order, [1, 2, 3, 4]);
    }
}
