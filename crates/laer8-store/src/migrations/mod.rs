//! The schema, step by step; one set for both databases.
//!
//! A step that has shipped is never changed.

use sea_orm_migration::prelude::*;

pub(crate) mod inbox;
mod m0001_facts;
mod m0002_usage_by_account;
mod m0003_sign_in;
mod m0004_saved_views;
mod m0005_changes;
mod m0006_feeds;
mod m0007_health_days;
mod m0008_intake;
mod m0010_joins;
mod m0011_singer_states;
mod m0012_uploads;
mod m0013_idempotency;
mod m0014_left_out;

pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_facts::Migration),
            Box::new(m0002_usage_by_account::Migration),
            Box::new(m0003_sign_in::Migration),
            Box::new(m0004_saved_views::Migration),
            Box::new(m0005_changes::Migration),
            Box::new(m0006_feeds::Migration),
            Box::new(m0007_health_days::Migration),
            Box::new(m0008_intake::Migration),
            Box::new(m0010_joins::Migration),
            Box::new(m0011_singer_states::Migration),
            Box::new(m0012_uploads::Migration),
            Box::new(m0013_idempotency::Migration),
            Box::new(m0014_left_out::Migration),
        ]
    }
}
