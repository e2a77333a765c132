//! The first schema.
//!
//! Facts carry `occurred_on` (or a day of their own), `known_on` and their
//! origin (`source_id`, `import_id`, `row`). Codes are words, so that the
//! tables read well in SQL; amounts are ten-thousandths of the major unit.
//! Ids of facts come from `id_counters`, not from the database: a killed
//! import hands out the same ids when it runs again.

use sea_orm_migration::{prelude::*, schema::*};

pub(super) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_facts"
    }
}

// The trait's signature leaves the lifetime out, and so must we.
#[expect(elided_lifetimes_in_paths, reason = "as the trait has it")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    /// On SQLite too: a program killed in the middle leaves no half a schema.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn table(name: &'static str, columns: Vec<ColumnDef>, key: &[&'static str]) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(name);
    for column in columns {
        table.col(column);
    }
    if !key.is_empty() {
        let mut primary = Index::create();
        for column in key {
            primary.col(*column);
        }
        table.primary_key(&mut primary);
    }
    table
}

fn tables() -> Vec<TableCreateStatement> {
    [
        registry_tables(),
        accounts_tables(),
        catalog_tables(),
        contracts_tables(),
        activity_tables(),
        imports_tables(),
        results_tables(),
    ]
    .concat()
}

fn registry_tables() -> Vec<TableCreateStatement> {
    vec![
        table("sources", vec![big_integer("id"), text("name")], &["id"]),
        table(
            "external_ids",
            vec![big_integer("source_id"), text("kind"), text("external_id"), big_integer("internal_id")],
            &["source_id", "kind", "external_id"],
        ),
        table("id_counters", vec![text("kind"), big_integer("next")], &["kind"]),
        table("settings", vec![text("name"), text("value")], &["name"]),
        table(
            "documents",
            vec![
                text("kind"),
                text("key"),
                integer("version"),
                text("body"),
                text("author"),
                timestamp_with_time_zone("created_at"),
            ],
            &["kind", "key", "version"],
        ),
    ]
}

fn accounts_tables() -> Vec<TableCreateStatement> {
    vec![
        table("accounts", vec![big_integer("id")], &["id"]),
        table("people", vec![big_integer("id"), big_integer("account_id")], &["id"]),
        table(
            "field_facts",
            vec![
                big_pk_auto("id"),
                big_integer("account_id"),
                big_integer_null("person_id"),
                text("field"),
                text("value_kind"),
                text_null("text_value"),
                double_null("number_value"),
                date("occurred_on"),
                date("known_on"),
                big_integer("source_id"),
                big_integer_null("import_id"),
                integer("line"),
            ],
            &[],
        ),
        table(
            "notes",
            vec![
                big_integer("id"),
                integer("revision"),
                big_integer("account_id"),
                big_integer_null("person_id"),
                text("kind"),
                date("occurred_on"),
                boolean("two_way"),
                text("author"),
                text("text"),
                small_integer_null("pulse"),
                date("known_on"),
                big_integer("source_id"),
                big_integer_null("import_id"),
                integer("line"),
            ],
            &["id", "revision"],
        ),
    ]
}

fn catalog_tables() -> Vec<TableCreateStatement> {
    vec![
        table("products", vec![big_integer("id"), text("name")], &["id"]),
        table(
            "plans",
            vec![
                big_integer("id"),
                big_integer_null("product_id"),
                text("key"),
                text("name"),
                text("entitles"),
                big_integer_null("upgrade_id"),
                big_integer_null("included_uses"),
            ],
            &["id"],
        ),
        table(
            "features",
            vec![
                big_integer("id"),
                big_integer_null("product_id"),
                text("key"),
                text("name"),
                boolean("core"),
                double_null("depth_target"),
            ],
            &["id"],
        ),
        table(
            "plan_features",
            vec![big_integer("plan_id"), big_integer("feature_id")],
            &["plan_id", "feature_id"],
        ),
        table(
            "exchange_rates",
            vec![
                text("from_currency"),
                text("to_currency"),
                date("day"),
                integer("revision"),
                big_integer("billionths"),
                date("known_on"),
                big_integer("source_id"),
                big_integer_null("import_id"),
                integer("line"),
            ],
            &["from_currency", "to_currency", "day", "revision"],
        ),
    ]
}

fn contracts_tables() -> Vec<TableCreateStatement> {
    vec![
        table("subscriptions", vec![big_integer("id"), big_integer("account_id")], &["id"]),
        table(
            "subscription_versions",
            vec![
                big_integer("subscription_id"),
                date("effective_from"),
                integer("revision"),
                big_integer("account_id"),
                date("known_on"),
                text("state"),
                big_integer_null("plan_id"),
                big_integer_null("quantity"),
                big_integer_null("price_amount"),
                text_null("currency"),
                text_null("price_per"),
                text_null("price_basis"),
                boolean_null("trial"),
                date_null("term_start"),
                integer_null("term_months"),
                boolean_null("auto_renew"),
                integer_null("notice_days"),
                date_null("captive_until"),
                big_integer("source_id"),
                big_integer_null("import_id"),
                integer("line"),
            ],
            &["subscription_id", "effective_from", "revision"],
        ),
        table(
            "churn_events",
            vec![
                big_integer("id"),
                integer("revision"),
                big_integer("account_id"),
                date("occurred_on"),
                text("reason"),
                text("comment"),
                big_integer_null("refund_amount"),
                text_null("refund_currency"),
                date("known_on"),
                big_integer("source_id"),
                big_integer_null("import_id"),
                integer("line"),
            ],
            &["id", "revision"],
        ),
    ]
}

fn activity_tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "usage_facts",
            vec![
                big_integer("source_id"),
                text("external_id"),
                integer("revision"),
                big_integer("account_id"),
                big_integer("feature_id"),
                date("day"),
                date("known_on"),
                big_integer("count"),
                big_integer("seconds"),
                big_integer("errors"),
                integer_null("people"),
                big_integer_null("import_id"),
                integer("line"),
            ],
            &["source_id", "external_id", "revision"],
        ),
        table("tickets", vec![big_integer("id"), big_integer("account_id")], &["id"]),
        table(
            "ticket_events",
            vec![
                big_integer("ticket_id"),
                text("kind"),
                integer("revision"),
                big_integer("account_id"),
                text("value"),
                timestamp_with_time_zone("occurred_at"),
                date("occurred_on"),
                date("known_on"),
                big_integer("source_id"),
                big_integer_null("import_id"),
                integer("line"),
            ],
            &["ticket_id", "revision"],
        ),
        table(
            "survey_responses",
            vec![
                big_integer("id"),
                integer("revision"),
                big_integer("account_id"),
                big_integer_null("person_id"),
                text("kind"),
                small_integer("score"),
                text("comment"),
                date("answered_on"),
                date("known_on"),
                big_integer("source_id"),
                big_integer_null("import_id"),
                integer("line"),
            ],
            &["id", "revision"],
        ),
    ]
}

fn imports_tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "import_runs",
            vec![
                big_integer("id"),
                big_integer("source_id"),
                text("fingerprint"),
                text("label"),
                timestamp_with_time_zone("started_at"),
                timestamp_with_time_zone_null("finished_at"),
            ],
            &["id"],
        ),
        table(
            "imports",
            vec![
                big_integer("id"),
                big_integer("run_id"),
                integer("position"),
                text("name"),
                text("record"),
                text("digest"),
                big_integer("rows"),
                big_integer("new"),
                big_integer("changed"),
                big_integer("unchanged"),
                big_integer("refused"),
                timestamp_with_time_zone("finished_at"),
            ],
            &["id"],
        ),
        table(
            "quarantine",
            vec![
                big_pk_auto("id"),
                big_integer("source_id"),
                big_integer("import_id"),
                text("file"),
                text("record"),
                integer("line"),
                text("digest"),
                text("reason"),
                text("message"),
                text("delimiter"),
                json("header"),
                json("cells"),
                big_integer_null("resolved_by"),
            ],
            &[],
        ),
        table("fact_spans", vec![text("family"), date("first_known"), date("last_day")], &["family"]),
        table(
            "findings",
            vec![big_integer("run_id"), text("kind"), big_integer("count"), json("examples")],
            &["run_id", "kind"],
        ),
    ]
}

fn results_tables() -> Vec<TableCreateStatement> {
    vec![
        table(
            "evaluations",
            vec![
                big_integer("account_id"),
                date("day"),
                text("standing"),
                text_null("stage"),
                text("segment"),
                text("scorecard"),
                double_null("score"),
                text("band"),
                double("coverage"),
                big_integer("mrr"),
                double_null("potential"),
                double_null("works"),
                text_null("quadrant"),
                json("signals"),
            ],
            &["account_id", "day"],
        ),
        table(
            "users",
            vec![
                big_integer("id"),
                text("email"),
                text("name"),
                text("role"),
                text_null("password"),
                boolean("active"),
            ],
            &["id"],
        ),
        table(
            "audit_log",
            vec![
                big_pk_auto("id"),
                timestamp_with_time_zone("at"),
                text("actor"),
                text("action"),
                text("subject"),
                json("detail"),
            ],
            &[],
        ),
    ]
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |name: &'static str, table: &'static str, columns: &[&'static str], unique: bool| {
        let mut index = Index::create();
        index.name(name).table(table);
        for column in columns {
            index.col(*column);
        }
        if unique {
            index.unique();
        }
        index
    };
    vec![
        index("idx_people_account_id", "people", &["account_id"], false),
        index("idx_field_facts_account_id", "field_facts", &["account_id"], false),
        index("idx_field_facts_person_id", "field_facts", &["person_id"], false),
        index("idx_subscriptions_account_id", "subscriptions", &["account_id"], false),
        index("idx_subscription_versions_account_id", "subscription_versions", &["account_id"], false),
        index("idx_usage_facts_account_id_day", "usage_facts", &["account_id", "day"], false),
        index("idx_tickets_account_id", "tickets", &["account_id"], false),
        index("idx_ticket_events_account_id", "ticket_events", &["account_id"], false),
        index("idx_survey_responses_account_id", "survey_responses", &["account_id"], false),
        index("idx_churn_events_account_id", "churn_events", &["account_id"], false),
        index("idx_notes_account_id", "notes", &["account_id"], false),
        index("idx_evaluations_day", "evaluations", &["day"], false),
        index("idx_external_ids_kind_internal_id", "external_ids", &["kind", "internal_id"], false),
        index("uq_sources_name", "sources", &["name"], true),
        index("uq_users_email", "users", &["email"], true),
        index("uq_quarantine_source_id_file_digest", "quarantine", &["source_id", "file", "digest"], true),
    ]
}
