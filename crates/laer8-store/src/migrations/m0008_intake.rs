//! What live intake needs: sources with keys, what was seen, what waits, what
//! became of events.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0008_intake"
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
        let is_sqlite = manager.get_database_backend() == DbBackend::Sqlite;
        for mut table in
            [sources(), positions(), known_as(), totals(), minutes(), waiting(), recent(), refused()]
        {
            manager.create_table(table.take()).await?;
        }
        // Many small rows that are found by their key alone: no table beside it.
        for mut table in [message_ids(), presences()] {
            if is_sqlite {
                table.extra("WITHOUT ROWID");
            }
            manager.create_table(table.take()).await?;
        }
        // Many accounts may change at once. What stood there was a memory of what
        // need not be worked out again, and can be done without.
        manager.drop_table(Table::drop().table("changes").to_owned()).await?;
        let columns = vec![big_integer("generation"), big_integer("account_id")];
        manager.create_table(table("changes", columns, ["generation", "account_id"])).await?;
        let mut key = Index::create();
        key.name("uq_live_sources_write_key").table("live_sources").col("write_key").unique();
        manager.create_index(key).await?;
        let mut by_name = Index::create();
        by_name.name("idx_waiting_events").table("waiting_events").col("source_id").col("whose").col("name");
        manager.create_index(by_name).await?;
        let mut of_source = Index::create();
        of_source.name("idx_refused_events").table("refused_events").col("source_id").col("id");
        manager.create_index(of_source).await?;
        let mut latest = Index::create();
        latest.name("idx_recent_events").table("recent_events").col("source_id").col("id");
        manager.create_index(latest).await
    }
}

fn table<const N: usize>(
    name: &'static str,
    columns: Vec<ColumnDef>,
    key: [&'static str; N],
) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name);
    for column in columns {
        table.col(column);
    }
    if N > 0 {
        let mut primary = Index::create();
        for column in key {
            primary.col(column);
        }
        table.primary_key(&mut primary);
    }
    table
}

fn sources() -> TableCreateStatement {
    let columns = vec![
        big_integer("source_id"),
        text("write_key"),
        boolean("active"),
        integer("fresh_minutes"),
        timestamp_with_time_zone("created_at"),
    ];
    table("live_sources", columns, ["source_id"])
}

fn positions() -> TableCreateStatement {
    table("inbox_positions", vec![text("reader"), big_integer("position")], ["reader"])
}

fn known_as() -> TableCreateStatement {
    table("known_as", vec![big_integer("source_id"), text("alias"), text("person")], ["source_id", "alias"])
}

fn counts() -> Vec<ColumnDef> {
    ["accepted", "duplicates", "refused", "waited"].map(big_integer).into()
}

fn totals() -> TableCreateStatement {
    let mut columns = vec![big_integer("source_id")];
    columns.extend(counts());
    columns.push(timestamp_with_time_zone_null("last_event_at"));
    columns.push(timestamp_with_time_zone_null("last_received_at"));
    table("intake_totals", columns, ["source_id"])
}

fn minutes() -> TableCreateStatement {
    let mut columns = vec![big_integer("source_id"), timestamp_with_time_zone("minute")];
    columns.extend(counts());
    table("intake_minutes", columns, ["source_id", "minute"])
}

fn message_ids() -> TableCreateStatement {
    table("message_ids", vec![date("day"), blob("digest")], ["day", "digest"])
}

fn presences() -> TableCreateStatement {
    let columns = vec![
        big_integer("account_id"),
        big_integer("feature_id"),
        text("measure"),
        date("since"),
        big_integer("who"),
    ];
    table("presences", columns, ["account_id", "feature_id", "measure", "since", "who"])
}

fn waiting() -> TableCreateStatement {
    let columns = vec![
        big_pk_auto("id"),
        big_integer("source_id"),
        text("whose"),
        text("name"),
        text("event"),
        timestamp_with_time_zone("received_at"),
        big_integer("position"),
    ];
    table("waiting_events", columns, [])
}

fn recent() -> TableCreateStatement {
    let columns = vec![
        big_pk_auto("id"),
        big_integer("source_id"),
        timestamp_with_time_zone("received_at"),
        timestamp_with_time_zone_null("occurred_at"),
        text("kind"),
        text("name"),
        text("who"),
        text("message_id"),
        text("outcome"),
        text("detail"),
        big_integer_null("account_id"),
        text("event"),
    ];
    table("recent_events", columns, [])
}

fn refused() -> TableCreateStatement {
    let columns = vec![
        big_pk_auto("id"),
        big_integer("source_id"),
        timestamp_with_time_zone("received_at"),
        text("reason"),
        text("message"),
        text("endpoint"),
        text("event"),
    ];
    table("refused_events", columns, [])
}
