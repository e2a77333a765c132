//! How many customers were how healthy on a day. A cache: everything in it can be worked out again.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "health_days")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) day: Date,
    /// Empty for all segments together.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) segment: String,
    pub(crate) healthy: i32,
    pub(crate) watch: i32,
    pub(crate) at_risk: i32,
    pub(crate) not_enough_data: i32,
    pub(crate) score_sum: f64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
