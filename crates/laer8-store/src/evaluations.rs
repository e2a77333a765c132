//! What was worked out for each account on a day. A cache: nothing is lost
//! with it.

use crate::{StoreError, Tx, entities::evaluations};
use laer8_domain::{days::Day, ids::AccountId, money::Amount};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

/// What was worked out for an account on a day. Codes are those of the crates
/// that worked it out.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredEvaluation {
    /// Which account.
    pub account: AccountId,
    /// On which day.
    pub day: Day,
    /// Prospect, trial, customer, former.
    pub standing: String,
    /// The LAER stage of a customer.
    pub stage: Option<String>,
    /// The segment.
    pub segment: String,
    /// The scorecard.
    pub scorecard: String,
    /// 0 to 100; none where there is not enough data.
    pub score: Option<f64>,
    /// The band.
    pub band: String,
    /// 0 to 1.
    pub coverage: f64,
    /// In the reporting currency.
    pub mrr: Amount,
    /// Potential realised, 0 to 1.
    pub potential: Option<f64>,
    /// Works as promised, 0 to 100.
    pub works: Option<f64>,
    /// The quadrant of the layer-8 matrix.
    pub quadrant: Option<String>,
    /// The signals, as JSON.
    pub signals: serde_json::Value,
}

impl Tx {
    /// Keeps what was worked out for a day, in place of what was kept.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn put_evaluations(&self, day: Day, results: Vec<StoredEvaluation>) -> Result<(), StoreError> {
        evaluations::Entity::delete_many().filter(evaluations::Column::Day.eq(day)).exec(&self.db).await?;
        self.insert_all(results.into_iter().map(to_row)).await
    }

    /// What is kept for a day, by account; empty when nothing is.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn evaluations(&self, day: Day) -> Result<Vec<StoredEvaluation>, StoreError> {
        let rows = evaluations::Entity::find()
            .filter(evaluations::Column::Day.eq(day))
            .order_by_asc(evaluations::Column::AccountId)
            .all(&self.db)
            .await?;
        Ok(rows.into_iter().map(from_row).collect())
    }
}

fn to_row(result: StoredEvaluation) -> evaluations::ActiveModel {
    evaluations::ActiveModel {
        account_id: Set(result.account.0),
        day: Set(result.day),
        standing: Set(result.standing),
        stage: Set(result.stage),
        segment: Set(result.segment),
        scorecard: Set(result.scorecard),
        score: Set(result.score),
        band: Set(result.band),
        coverage: Set(result.coverage),
        mrr: Set(result.mrr.ten_thousandths()),
        potential: Set(result.potential),
        works: Set(result.works),
        quadrant: Set(result.quadrant),
        signals: Set(result.signals),
    }
}

fn from_row(row: evaluations::Model) -> StoredEvaluation {
    StoredEvaluation {
        account: AccountId(row.account_id),
        day: row.day,
        standing: row.standing,
        stage: row.stage,
        segment: row.segment,
        scorecard: row.scorecard,
        score: row.score,
        band: row.band,
        coverage: row.coverage,
        mrr: Amount::from_ten_thousandths(row.mrr),
        potential: row.potential,
        works: row.works,
        quadrant: row.quadrant,
        signals: row.signals,
    }
}
