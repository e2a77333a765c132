//! An answer to a survey; corrections have higher revisions.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "survey_responses")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) revision: i32,
    pub(crate) account_id: i64,
    pub(crate) person_id: Option<i64>,
    pub(crate) kind: String,
    pub(crate) score: i16,
    pub(crate) comment: String,
    pub(crate) answered_on: Date,
    pub(crate) known_on: Date,
    pub(crate) source_id: i64,
    pub(crate) import_id: Option<i64>,
    pub(crate) line: i32,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
