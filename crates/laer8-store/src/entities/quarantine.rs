//! A row that could not be understood, with its reason.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "quarantine")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) source_id: i64,
    pub(crate) import_id: i64,
    pub(crate) file: String,
    pub(crate) record: String,
    pub(crate) line: i32,
    pub(crate) digest: String,
    pub(crate) reason: String,
    pub(crate) message: String,
    pub(crate) delimiter: String,
    pub(crate) header: Json,
    pub(crate) cells: Json,
    pub(crate) resolved_by: Option<i64>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
