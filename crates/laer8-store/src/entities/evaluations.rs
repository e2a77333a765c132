//! What was worked out for an account on a day. A cache: everything in it can be worked out again.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluations")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) account_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) day: Date,
    pub(crate) standing: String,
    pub(crate) stage: Option<String>,
    pub(crate) segment: String,
    pub(crate) scorecard: String,
    pub(crate) score: Option<f64>,
    pub(crate) band: String,
    pub(crate) coverage: f64,
    pub(crate) mrr: i64,
    pub(crate) potential: Option<f64>,
    pub(crate) works: Option<f64>,
    pub(crate) quadrant: Option<String>,
    pub(crate) signals: Json,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
