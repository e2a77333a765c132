//! What is worked out for an account on a day.

use laer8_domain::{ids::AccountId, money::Amount};
use laer8_health::score::Outcome;
use laer8_journey::{
    accounts::AccountJourney,
    matrix::Quadrant,
    potential::Potential,
    signals::{ScoreTrend, Signal},
    works::Works,
};
use laer8_store::StoredEvaluation;

/// What is worked out for an account on a day.
#[derive(Debug, Clone)]
pub(crate) struct Evaluation {
    pub(crate) account: AccountId,
    pub(crate) name: String,
    pub(crate) owner: String,
    pub(crate) segment: String,
    pub(crate) scorecard: String,
    pub(crate) outcome: Outcome,
    pub(crate) trend: ScoreTrend,
    /// In the reporting currency.
    pub(crate) arr: Amount,
    pub(crate) seats: Option<u32>,
    pub(crate) potential: Option<Potential>,
    pub(crate) works: Option<Works>,
    pub(crate) quadrant: Option<Quadrant>,
    pub(crate) signals: Vec<Signal>,
    pub(crate) journey: AccountJourney,
}

impl Evaluation {
    /// As it is kept.
    pub(crate) fn stored(&self) -> StoredEvaluation {
        let stage = self.journey.standing.stage();
        let standing = if stage.is_some() { "customer" } else { self.journey.standing.key() };
        StoredEvaluation {
            account: self.account,
            day: self.journey.day,
            standing: standing.to_owned(),
            stage: stage.map(|stage| stage.key().to_owned()),
            segment: self.segment.clone(),
            scorecard: self.scorecard.clone(),
            score: self.outcome.score,
            band: self.outcome.band.key().to_owned(),
            coverage: self.outcome.coverage,
            mrr: self.journey.mrr,
            potential: self.potential.as_ref().map(|potential| potential.percent),
            works: self.works.as_ref().map(|works| works.percent),
            quadrant: self.quadrant.map(|quadrant| quadrant.key().to_owned()),
            signals: serde_json::to_value(&self.signals).unwrap_or_default(),
        }
    }
}
