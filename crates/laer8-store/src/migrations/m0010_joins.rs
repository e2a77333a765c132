//! Which accounts and people are read as one.

use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_joins"
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
        let mut joins = Table::create();
        joins
            .table("joins")
            .col(big_integer("id").primary_key())
            .col(text("subject"))
            .col(big_integer("first_id"))
            .col(big_integer("second_id"))
            .col(text("rule"))
            .col(text("value"))
            .col(timestamp_with_time_zone("joined_at"))
            .col(text("joined_by"))
            .col(timestamp_with_time_zone_null("undone_at"))
            .col(text("undone_by"))
            .col(boolean("apart"));
        manager.create_table(joins).await?;
        let mut members = Table::create();
        members
            .table("members")
            .col(text("subject"))
            .col(big_integer("member_id"))
            .col(big_integer("of_id"))
            .primary_key(Index::create().col("subject").col("member_id"));
        manager.create_table(members).await?;
        let mut keys = Table::create();
        keys.table("identity_keys")
            .col(text("subject"))
            .col(text("rule"))
            .col(text("value"))
            .col(big_integer("subject_id"))
            .primary_key(Index::create().col("subject").col("rule").col("value").col("subject_id"));
        manager.create_table(keys).await?;
        for (name, table, column) in [
            ("idx_joins_first", "joins", "first_id"),
            ("idx_joins_second", "joins", "second_id"),
            ("idx_members_of", "members", "of_id"),
            ("idx_identity_keys_subject", "identity_keys", "subject_id"),
        ] {
            let mut index = Index::create();
            index.name(name).table(table).col("subject").col(column);
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
