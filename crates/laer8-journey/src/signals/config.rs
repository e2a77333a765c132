//! `signals.toml`: from when on each signal speaks, and how Today is ranked.

use crate::document::{Checks, DocumentError, parse};
use serde::{Deserialize, Serialize};

const DOCUMENT: &str = "signals.toml";

/// The whole document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignalsConfig {
    /// The version of the document's form.
    pub schema: u32,
    /// Not used for much longer than usual.
    pub silence: SilenceRule,
    /// The health score fell.
    pub score_drop: ScoreDropRule,
    /// Renewal is near with adoption debt.
    pub renewal_debt: RenewalDebtRule,
    /// A ticket is escalated and open.
    pub escalation: EscalationRule,
    /// Works and is not used.
    pub works_unused: WorksUnusedRule,
    /// Nearly every seat is taken.
    pub seats_full: SeatsFullRule,
    /// More is used than the plan includes.
    pub outgrown: OutgrownRule,
    /// Who spoke for us, or paid, has left.
    pub champion_lost: ChampionLostRule,
    /// A payment is overdue.
    pub payment_risk: PaymentRiskRule,
    /// How Today is ranked.
    pub ranking: RankingRule,
}

/// When an account is silent.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SilenceRule {
    /// Whether it is looked for.
    pub enabled: bool,
    /// Silence of up to so many days is never a signal.
    pub min_days: u32,
    /// Nor is silence of up to so many usual gaps between days with use.
    pub usual_gaps: f64,
    /// The usual gap is that of so many days before the last use.
    pub rhythm_days: u32,
    /// Where no account was used for longer than so many days, the feed is
    /// silent, and nobody else is.
    pub stale_feed_days: u32,
}

/// When a score has dropped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreDropRule {
    /// Whether it is looked for.
    pub enabled: bool,
    /// Points within 30 days.
    pub points_in_30_days: f64,
    /// Points within 90 days.
    pub points_in_90_days: f64,
    /// From so many points on it is critical.
    pub critical_points: f64,
}

/// When adoption debt before a renewal is a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenewalDebtRule {
    /// Whether it is looked for.
    pub enabled: bool,
    /// Only for terms of at least so many days.
    pub min_term_days: u32,
    /// Critical from so many days on before notice must be given.
    pub critical_days: u32,
}

/// When an escalation is a signal: while it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EscalationRule {
    /// Whether it is looked for.
    pub enabled: bool,
    /// Critical after so many days.
    pub critical_days: u32,
}

/// When the layer-8 gap is a signal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorksUnusedRule {
    /// Whether it is looked for.
    pub enabled: bool,
    /// Only for customers of at least so many days.
    pub min_tenure_days: u32,
    /// Below so much realised potential it is a warning, else good to know.
    pub warning_below: f64,
}

/// When seats are nearly full.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeatsFullRule {
    /// Whether it is looked for.
    pub enabled: bool,
    /// People active in so many days.
    pub days: u32,
    /// Only for accounts of at least so many seats.
    pub min_seats: u32,
    /// This share of the seats is nearly all.
    pub full_share: f64,
    /// With this share in use there is room again.
    pub roomy_share: f64,
}

/// When a plan is outgrown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutgrownRule {
    /// Whether it is looked for.
    pub enabled: bool,
    /// This share of the included uses is as good as all.
    pub full_share: f64,
    /// What the larger plan is expected to bring, as a share of what the
    /// present one costs.
    pub expected_uplift: f64,
}

/// When a lost champion is a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChampionLostRule {
    /// Whether it is looked for.
    pub enabled: bool,
    /// For so many days after they left.
    pub within_days: u32,
    /// Critical when the next renewal is at most so many days away.
    pub critical_renewal_days: u32,
}

/// When an overdue payment is a signal: while it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentRiskRule {
    /// Whether it is looked for.
    pub enabled: bool,
    /// Critical after so many days.
    pub critical_days: u32,
}

/// How Today is ranked; see [`crate::ranking`].
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankingRule {
    /// What a stake is multiplied with, by severity.
    pub severity: SeverityFactors,
    /// What money to be won is multiplied with, against money at risk.
    pub opportunity: f64,
    /// The factor of a renewal that is today.
    pub renewal_today: f64,
    /// From so many days on a renewal is far: factor 1.
    pub renewal_far_days: u32,
    /// A continuous renewal counts as one that is so many days away.
    pub continuous_days: u32,
    /// How much the other signals of an account add of their own value.
    pub others_share: f64,
}

/// What a stake is multiplied with, by severity.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeverityFactors {
    /// Good to know.
    pub info: f64,
    /// Look at it soon.
    pub warning: f64,
    /// Look at it today.
    pub critical: f64,
}

const DAYS: (f64, f64) = (0.0, 3_650.0);
const SHARE: (f64, f64) = (0.0, 1.0);
const POINTS: (f64, f64) = (0.0, 100.0);
const FACTOR: (f64, f64) = (0.0, 1_000.0);

impl SignalsConfig {
    /// Reads and checks `signals.toml`.
    ///
    /// # Errors
    /// [`DocumentError`], which says where and what.
    pub fn from_toml(text: &str) -> Result<Self, DocumentError> {
        let config: Self = parse(DOCUMENT, text)?;
        config.check()?;
        Ok(config)
    }

    /// Whether every value makes sense.
    ///
    /// # Errors
    /// The first [`DocumentError`] found.
    pub fn check(&self) -> Result<(), DocumentError> {
        let checks = Checks { document: DOCUMENT };
        checks.schema(self.schema)?;
        self.check_risks(checks)?;
        self.check_opportunities(checks)?;
        self.ranking.check(checks)
    }

    fn check_risks(&self, checks: Checks) -> Result<(), DocumentError> {
        let silence = self.silence;
        checks.within("silence.min_days", silence.min_days, (1.0, 3_650.0))?;
        checks.within("silence.usual_gaps", silence.usual_gaps, (1.0, 100.0))?;
        checks.within("silence.rhythm_days", silence.rhythm_days, (7.0, 3_650.0))?;
        checks.within("silence.stale_feed_days", silence.stale_feed_days, DAYS)?;
        let drop = self.score_drop;
        checks.within("score_drop.points_in_30_days", drop.points_in_30_days, (1.0, 100.0))?;
        checks.within("score_drop.points_in_90_days", drop.points_in_90_days, (1.0, 100.0))?;
        checks.within("score_drop.critical_points", drop.critical_points, POINTS)?;
        checks.within("renewal_debt.min_term_days", self.renewal_debt.min_term_days, DAYS)?;
        checks.within("renewal_debt.critical_days", self.renewal_debt.critical_days, DAYS)?;
        checks.within("escalation.critical_days", self.escalation.critical_days, DAYS)?;
        checks.within("works_unused.min_tenure_days", self.works_unused.min_tenure_days, DAYS)?;
        checks.within("works_unused.warning_below", self.works_unused.warning_below, POINTS)?;
        let champion = self.champion_lost;
        checks.within("champion_lost.within_days", champion.within_days, (1.0, 3_650.0))?;
        checks.within("champion_lost.critical_renewal_days", champion.critical_renewal_days, DAYS)?;
        checks.within("payment_risk.critical_days", self.payment_risk.critical_days, DAYS)
    }

    fn check_opportunities(&self, checks: Checks) -> Result<(), DocumentError> {
        let seats = self.seats_full;
        checks.within("seats_full.days", seats.days, (1.0, 366.0))?;
        checks.within("seats_full.min_seats", seats.min_seats, (1.0, 1_000_000.0))?;
        checks.within("seats_full.full_share", seats.full_share, (0.01, 10.0))?;
        checks.within("seats_full.roomy_share", seats.roomy_share, (0.01, seats.full_share))?;
        checks.within("outgrown.full_share", self.outgrown.full_share, (0.01, 10.0))?;
        checks.within("outgrown.expected_uplift", self.outgrown.expected_uplift, (0.0, 100.0))
    }
}

impl RankingRule {
    fn check(&self, checks: Checks) -> Result<(), DocumentError> {
        let SeverityFactors { info, warning, critical } = self.severity;
        checks.within("ranking.severity.info", info, FACTOR)?;
        checks.within("ranking.severity.warning", warning, FACTOR)?;
        checks.within("ranking.severity.critical", critical, FACTOR)?;
        checks.within("ranking.opportunity", self.opportunity, FACTOR)?;
        checks.within("ranking.renewal_today", self.renewal_today, (1.0, 1_000.0))?;
        checks.within("ranking.renewal_far_days", self.renewal_far_days, (1.0, 3_650.0))?;
        checks.within("ranking.continuous_days", self.continuous_days, DAYS)?;
        checks.within("ranking.others_share", self.others_share, SHARE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../../packs/b2b-saas/signals.toml");

    #[test]
    fn the_shipped_document_is_valid_and_survives_a_round_trip() {
        let config = SignalsConfig::from_toml(SHIPPED).expect("valid");
        let text = toml::to_string(&config).expect("TOML");
        assert_eq!(SignalsConfig::from_toml(&text), Ok(config));
    }

    #[test]
    fn errors_say_where_and_what() {
        let broken = |from: &str, to: &str| {
            assert!(SHIPPED.contains(from), "{from} is not in the document");
            SignalsConfig::from_toml(&SHIPPED.replacen(from, to, 1)).expect_err("refused").to_string()
        };
        assert_eq!(
            broken("min_days = 14", "min_days = 0"),
            "signals.toml: silence.min_days is 0; write a number from 1 to 3650"
        );
        assert_eq!(
            broken("roomy_share = 0.8", "roomy_share = 0.95"),
            "signals.toml: seats_full.roomy_share is 0.95; write a number from 0.01 to 0.9"
        );
        assert!(broken("[payment_risk]", "[payment]").contains("unknown field `payment`"));
    }
}
