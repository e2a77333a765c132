//! An account as lists show it.

use crate::evaluation::Evaluation;
use laer8_domain::{days::Day, ids::AccountId, money::Amount, values::Value};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An account in a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// What it is called.
    pub name: String,
    /// Who looks after it; empty where nobody does.
    pub owner: String,
    /// Its segment.
    pub segment: String,
    /// Its stage, or `prospect`, `trial`, `former`.
    #[schema(value_type = laer8_journey::accounts::Standing)]
    pub standing: &'static str,
    /// Since when it is there.
    #[schema(value_type = Option<NaiveDate>)]
    pub since: Option<Day>,
    /// By how many days that is longer than it should be.
    pub overdue_days: Option<i64>,
    /// 0 to 100; none where there is not enough data, or it is no customer.
    pub score: Option<f64>,
    /// How the score is read.
    #[schema(value_type = laer8_health::score::Band)]
    pub band: &'static str,
    /// The share of the scorecard's weight that has a value, 0 to 1.
    pub coverage: f64,
    /// Points gained in 30 days.
    pub change_30: Option<f64>,
    /// Points gained in 90 days.
    pub change_90: Option<f64>,
    /// In the reporting currency.
    pub mrr: Amount,
    /// In the reporting currency.
    pub arr: Amount,
    /// Seats paid for.
    pub seats: Option<u32>,
    /// When the next term ends; none where it can be cancelled at any moment.
    #[schema(value_type = Option<NaiveDate>)]
    pub renewal_on: Option<Day>,
    /// Potential realised, 0 to 100.
    pub potential: Option<f64>,
    /// Works as promised, 0 to 100.
    pub works: Option<f64>,
    /// The quadrant of the layer-8 matrix.
    #[schema(value_type = Option<laer8_journey::matrix::Quadrant>)]
    pub quadrant: Option<&'static str>,
    /// The signals it gives.
    #[schema(value_type = Vec<laer8_journey::signals::SignalKind>)]
    pub signals: Vec<&'static str>,
    /// What else was asked for, by the name of the column; nothing where it is
    /// unknown.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schema(value_type = BTreeMap<String, Vec<laer8_domain::values::TraitValue>>)]
    pub fields: BTreeMap<String, Vec<Value>>,
}

impl AccountRow {
    pub(crate) fn of(evaluation: &Evaluation) -> Self {
        let journey = &evaluation.journey;
        let change = |before: Option<f64>| Some(evaluation.trend.now? - before?);
        Self {
            id: evaluation.account,
            name: evaluation.name.clone(),
            owner: evaluation.owner.clone(),
            segment: evaluation.segment.clone(),
            standing: journey.standing.key(),
            since: journey.current.map(|span| span.since),
            overdue_days: journey.current.and_then(|span| span.overdue_days),
            score: evaluation.outcome.score,
            band: evaluation.outcome.band.key(),
            coverage: evaluation.outcome.coverage,
            change_30: change(evaluation.trend.days_30_ago),
            change_90: change(evaluation.trend.days_90_ago),
            mrr: journey.mrr,
            arr: evaluation.arr,
            seats: evaluation.seats,
            renewal_on: journey.next_renewal,
            potential: evaluation.potential.as_ref().map(|potential| potential.percent),
            works: evaluation.works.as_ref().map(|works| works.percent),
            quadrant: evaluation.quadrant.map(|quadrant| quadrant.key()),
            signals: evaluation.signals.iter().map(|signal| signal.kind.key()).collect(),
            fields: BTreeMap::new(),
        }
    }
}
