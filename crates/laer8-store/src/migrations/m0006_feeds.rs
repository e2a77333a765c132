//! Which kinds of facts there are since when, kept up as facts arrive, so that
//! nobody has to hold all of them to know.

use sea_orm_migration::{prelude::*, schema::*};

/// What the facts that are there already say: the name of a feed, the later of
/// the day on which one happened and the day on which it was known, and the
/// table with the condition on it. The last is of days with use, each of which
/// counts.
const SO_FAR: [(&str, &str, &str); 8] = [
    ("usage", "day", "usage_facts"),
    ("people", "day", "usage_facts WHERE people IS NOT NULL"),
    ("errors", "day", "usage_facts WHERE errors > 0"),
    ("ticket_events", "occurred_on", "ticket_events"),
    ("tickets", "occurred_on", "ticket_events WHERE kind = 'opened'"),
    ("surveys", "answered_on", "survey_responses"),
    ("notes", "occurred_on", "notes"),
    ("use", "day", "usage_facts WHERE count > 0"),
];

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_feeds"
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
        let mut feeds = Table::create();
        feeds.table("feeds").col(string("feed")).col(date("known")).col(date("newest"));
        feeds.primary_key(Index::create().col("feed").col("known"));
        manager.create_table(feeds).await?;
        for (feed, day, facts) in SO_FAR {
            let known = format!("CASE WHEN {day} > known_on THEN {day} ELSE known_on END");
            let group = if feed == "use" { format!(" GROUP BY {known}") } else { String::new() };
            let first = if feed == "use" { known.clone() } else { format!("MIN({known})") };
            manager
                .get_connection()
                .execute_unprepared(&format!(
                    "INSERT INTO feeds (feed, known, newest) SELECT * FROM \
                     (SELECT '{feed}' AS feed, {first} AS known, MAX({day}) AS newest FROM {facts}{group}) AS told \
                     WHERE known IS NOT NULL"
                ))
                .await?;
        }
        Ok(())
    }
}
