//! Signing in: sessions, invitations and API keys.
//!
//! Of every secret only its SHA-256 digest is kept: who reads the table can't
//! use what is in it.

use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_sign_in"
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
        let mut sessions = Table::create();
        sessions
            .table("sessions")
            .col(text("digest").primary_key())
            .col(big_integer("user_id"))
            .col(timestamp_with_time_zone("began_at"))
            .col(timestamp_with_time_zone("seen_at"))
            .col(text("agent"));
        manager.create_table(sessions).await?;
        let mut invitations = Table::create();
        invitations
            .table("invitations")
            .col(text("digest").primary_key())
            .col(big_integer("user_id"))
            .col(timestamp_with_time_zone("expires_at"));
        manager.create_table(invitations).await?;
        let mut keys = Table::create();
        keys.table("api_keys")
            .col(big_integer("id").primary_key())
            .col(text("digest").unique_key())
            .col(text("name"))
            .col(text("role"))
            .col(text("author"))
            .col(timestamp_with_time_zone("created_at"))
            .col(timestamp_with_time_zone_null("used_at"));
        manager.create_table(keys).await?;
        let mut by_user = Index::create();
        by_user.name("idx_sessions_user_id").table("sessions").col("user_id");
        manager.create_index(by_user).await
    }
}
