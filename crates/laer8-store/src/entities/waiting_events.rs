//! Events of somebody whose account nobody knows yet.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "waiting_events")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) source_id: i64,
    /// What the name is of: a person or an account.
    pub(crate) whose: String,
    pub(crate) name: String,
    pub(crate) event: String,
    pub(crate) received_at: DateTimeUtc,
    /// Where in the inbox it lies.
    pub(crate) position: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
