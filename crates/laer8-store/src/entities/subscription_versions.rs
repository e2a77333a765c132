//! What a subscription says from a day on.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "subscription_versions")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) subscription_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) effective_from: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) revision: i32,
    pub(crate) account_id: i64,
    pub(crate) known_on: Date,
    pub(crate) state: String,
    pub(crate) plan_id: Option<i64>,
    pub(crate) quantity: Option<i64>,
    pub(crate) price_amount: Option<i64>,
    pub(crate) currency: Option<String>,
    pub(crate) price_per: Option<String>,
    pub(crate) price_basis: Option<String>,
    pub(crate) trial: Option<bool>,
    pub(crate) term_start: Option<Date>,
    pub(crate) term_months: Option<i32>,
    pub(crate) auto_renew: Option<bool>,
    pub(crate) notice_days: Option<i32>,
    pub(crate) captive_until: Option<Date>,
    pub(crate) source_id: i64,
    pub(crate) import_id: Option<i64>,
    pub(crate) line: i32,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
