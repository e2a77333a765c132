//! How far the tap of each source is, so that it goes on from there even where
//! nobody kept what was written out.

use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0011_singer_states"
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
        let mut states = Table::create();
        states
            .table("singer_states")
            .col(big_integer("source_id").primary_key())
            .col(text("state"))
            .col(big_integer("run_id"))
            .col(timestamp_with_time_zone("kept_at"));
        manager.create_table(states).await
    }
}
