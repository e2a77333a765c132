//! What became of all events of a source.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "intake_totals")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) source_id: i64,
    pub(crate) accepted: i64,
    pub(crate) duplicates: i64,
    pub(crate) refused: i64,
    pub(crate) waited: i64,
    pub(crate) last_event_at: Option<DateTimeUtc>,
    pub(crate) last_received_at: Option<DateTimeUtc>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
