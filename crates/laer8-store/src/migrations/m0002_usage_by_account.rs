//! Usage of an account is read from the index alone.
//!
//! Rows of usage lie in the order in which they arrived; going from an index
//! to each of them was most of the time that it takes to read a large book.

use sea_orm_migration::prelude::*;

const BEFORE: &str = "idx_usage_facts_account_id_day";
const TABLE: &str = "usage_facts";
const COLUMNS: [&str; 8] =
    ["account_id", "day", "known_on", "feature_id", "count", "seconds", "errors", "people"];

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_usage_by_account"
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
        manager.drop_index(Index::drop().name(BEFORE).table(TABLE).to_owned()).await?;
        let mut index = Index::create();
        index.name("idx_usage_facts_by_account").table(TABLE);
        for column in COLUMNS {
            index.col(column);
        }
        manager.create_index(index).await
    }
}
