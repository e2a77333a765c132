//! The people at accounts; what is known of them are field facts.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

/// A row.
#[derive(Debug, Clone, PartialEq, DeriveEntityModel, Deserialize)]
#[sea_orm(table_name = "people")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub(crate) id: i64,
    pub(crate) account_id: i64,
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub(crate) enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
