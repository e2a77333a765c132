//! What was answered to requests that may be sent again.

use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0013_idempotency"
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
        let mut answers = Table::create();
        answers
            .table("kept_answers")
            .col(text("actor"))
            .col(text("key"))
            .col(text("request"))
            .col(blob("answer"))
            .col(timestamp_with_time_zone("kept_at"))
            .primary_key(Index::create().col("actor").col("key"));
        manager.create_table(answers).await?;
        let mut index = Index::create();
        index.name("idx_kept_answers_kept_at").table("kept_answers").col("kept_at");
        manager.create_index(index).await
    }
}
