//! How many customers were how healthy on each day, so that nobody works out a
//! year again to see how health went.

use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_health_days"
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
        let mut days = Table::create();
        days.table("health_days").col(date("day")).col(string("segment"));
        for count in ["healthy", "watch", "at_risk", "not_enough_data"] {
            days.col(integer(count));
        }
        days.col(double("score_sum")).primary_key(Index::create().col("day").col("segment"));
        manager.create_table(days).await
    }
}
