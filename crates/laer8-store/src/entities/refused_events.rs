//! Events that were not understood, to look at and to read again.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "refused_events")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) source_id: i64,
    pub(crate) received_at: DateTimeUtc,
    pub(crate) reason: String,
    pub(crate) message: String,
    /// The call that it came with; empty for a batch.
    pub(crate) endpoint: String,
    pub(crate) event: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
