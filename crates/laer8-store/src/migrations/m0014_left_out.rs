//! Which events of the inbox were not worked in, so that whoever reads it again
//! leaves them out, too.

use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0014_left_out"
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
        let mut left_out = Table::create();
        left_out
            .table("inbox_left_out")
            .col(big_integer("position"))
            .col(integer("place"))
            .primary_key(Index::create().col("position").col("place"));
        manager.create_table(left_out).await
    }
}
