//! That two accounts, or two people, are read as one, or shall never be.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "joins")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    pub(crate) subject: String,
    pub(crate) first_id: i64,
    pub(crate) second_id: i64,
    pub(crate) rule: String,
    pub(crate) value: String,
    pub(crate) joined_at: DateTimeUtc,
    pub(crate) joined_by: String,
    pub(crate) undone_at: Option<DateTimeUtc>,
    pub(crate) undone_by: String,
    pub(crate) apart: bool,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
