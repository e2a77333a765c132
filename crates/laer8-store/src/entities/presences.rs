//! That somebody of an account used a feature in a window of a measure.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "presences")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) account_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) feature_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) measure: String,
    /// The first day of the window.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) since: Date,
    /// A digest of who it was.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) who: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
