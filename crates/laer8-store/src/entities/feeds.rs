//! Which kinds of facts there are, and since when.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "feeds")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) feed: String,
    /// On which day something was known.
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) known: Date,
    /// The newest day that it was about.
    pub(crate) newest: Date,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
