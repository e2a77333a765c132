//! Requests that were accepted, many in a row.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "inbox")]
pub(crate) struct Model {
    #[sea_orm(primary_key)]
    pub(crate) position: i64,
    /// When the first of them came.
    pub(crate) received_at: DateTimeUtc,
    /// How many events they bring, about; to read so many at a time.
    pub(crate) events: i32,
    /// How `body` is written.
    pub(crate) format: i16,
    pub(crate) body: Vec<u8>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
