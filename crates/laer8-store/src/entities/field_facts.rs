//! A field of an account or a person got a value.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "field_facts")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) account_id: i64,
    pub(crate) person_id: Option<i64>,
    pub(crate) field: String,
    pub(crate) value_kind: String,
    pub(crate) text_value: Option<String>,
    pub(crate) number_value: Option<f64>,
    pub(crate) occurred_on: Date,
    pub(crate) known_on: Date,
    pub(crate) source_id: i64,
    pub(crate) import_id: Option<i64>,
    pub(crate) line: i32,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
