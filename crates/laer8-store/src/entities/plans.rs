//! How it is sold.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "plans")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    pub(crate) product_id: Option<i64>,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) entitles: String,
    pub(crate) upgrade_id: Option<i64>,
    pub(crate) included_uses: Option<i64>,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
