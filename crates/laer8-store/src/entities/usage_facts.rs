//! Usage of a feature by an account on a day. A row that corrects another has the next revision and holds the difference.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "usage_facts")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) source_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) external_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) revision: i32,
    pub(crate) account_id: i64,
    pub(crate) feature_id: i64,
    pub(crate) day: Date,
    pub(crate) known_on: Date,
    pub(crate) count: i64,
    pub(crate) seconds: i64,
    pub(crate) errors: i64,
    pub(crate) people: Option<i32>,
    pub(crate) import_id: Option<i64>,
    pub(crate) line: i32,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
