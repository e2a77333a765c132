//! What a currency was worth from a day on; corrections have higher revisions.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "exchange_rates")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) from_currency: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) to_currency: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) day: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) revision: i32,
    pub(crate) billionths: i64,
    pub(crate) known_on: Date,
    pub(crate) source_id: i64,
    pub(crate) import_id: Option<i64>,
    pub(crate) line: i32,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
