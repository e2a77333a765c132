//! The schema of the inbox, which may lie in a file of its own.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DatabaseConnection};

/// Brings the inbox up to date.
pub(crate) async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    Migrator::up(db, None).await
}

struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(Inbox)]
    }

    fn migration_table_name() -> DynIden {
        "inbox_migrations".into_iden()
    }
}

struct Inbox;

impl MigrationName for Inbox {
    fn name(&self) -> &'static str {
        "i0001_inbox"
    }
}

// The trait's signature leaves the lifetime out, and so must we.
#[expect(elided_lifetimes_in_paths, reason = "as the trait has it")]
#[async_trait::async_trait]
impl MigrationTrait for Inbox {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut table = Table::create();
        table
            .table("inbox")
            .col(big_pk_auto("position"))
            .col(timestamp_with_time_zone("received_at"))
            .col(integer("events"))
            .col(small_integer("format"))
            .col(blob("body"));
        manager.create_table(table).await
    }
}
