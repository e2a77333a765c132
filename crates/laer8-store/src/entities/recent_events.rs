//! Events that came lately, and what became of them.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "recent_events")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) id: i64,
    pub(crate) source_id: i64,
    pub(crate) received_at: DateTimeUtc,
    pub(crate) occurred_at: Option<DateTimeUtc>,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) who: String,
    pub(crate) message_id: String,
    pub(crate) outcome: String,
    pub(crate) detail: String,
    pub(crate) account_id: Option<i64>,
    pub(crate) event: String,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
