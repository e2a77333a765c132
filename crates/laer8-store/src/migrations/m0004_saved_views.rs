//! Ways of looking at the accounts that people keep.

use sea_orm_migration::{prelude::*, schema::*};

const TABLE: &str = "saved_views";

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_saved_views"
    }
}

// The trait's signature leaves the lifetime out, and so must we.
#[expect(elided_lifetimes_in_paths, reason = "as the trait has it")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table(TABLE)
            .col(big_integer("id"))
            .col(text("owner"))
            .col(text("name"))
            .col(boolean("shared"))
            .col(boolean("opens"))
            .col(text("query"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone("updated_at"))
            .primary_key(Index::create().col("id"));
        manager.create_table(table).await?;
        let mut index = Index::create();
        index.name("uq_saved_views_owner_name").table(TABLE).col("owner").col("name").unique();
        manager.create_index(index).await
    }
}
