//! What is kept of a book is never older than its facts.

use crate::support::{app_at, operator, unwatched};
use laer8_app::{
    AccountsQuery, App, AppError, AsOf, DemoRequest, Facets, Filter, JourneyQuery, NewNote, RevenueQuery,
    TodayQuery,
};
use laer8_domain::{conditions::Condition, feeds::Feeds, notes::NoteKind, records::Incoming};
use laer8_store::{IdRange, Scope, Store};

const NOW: &str = "2026-06-30T12:00:00Z";

laer8_testkit::on_both!(
    facts_from_another_process_are_seen_at_once,
    a_facet_that_nobody_has_is_an_error,
    an_account_that_is_worked_out_again_is_as_if_all_were,
    the_feeds_that_are_kept_are_those_that_the_facts_say,
);

fn account(id: &str) -> Incoming {
    let record = serde_json::json!({ "type": "account", "id": id, "fields": [
        { "field": "name", "value": id, "since": "2026-06-01" } ] });
    serde_json::from_value(record).expect("a record")
}

async fn facts_from_another_process_are_seen_at_once(url: String) {
    let (here, elsewhere) = (app_at(&url, NOW).await, app_at(&url, NOW).await);
    let small = DemoRequest { accounts: 8, ..DemoRequest::default() };
    here.demo(&operator(), small, &unwatched).await.expect("a company");
    let count = async || {
        let view =
            here.accounts(&operator(), AsOf::Newest, &AccountsQuery::default()).await.expect("accounts");
        view.accounts.len()
    };
    let before = count().await;
    assert_eq!(count().await, before, "kept");
    elsewhere.absorb_records(&operator(), "crm", [account("Nordkap")]).await.expect("taken");
    assert_eq!(count().await, before + 1, "the new account is there");
}

async fn a_facet_that_nobody_has_is_an_error(url: String) {
    let app = app_at(&url, NOW).await;
    app.absorb_records(&operator(), "crm", [account("Nordkap")]).await.expect("taken");
    let condition = serde_json::json!({ "facet": "colour", "is": "red" });
    let filter =
        Filter { conditions: vec![serde_json::from_value::<Condition>(condition).expect("a condition")] };
    let error = app
        .accounts(&operator(), AsOf::Newest, &AccountsQuery::of(&filter))
        .await
        .expect_err("nobody has a colour");
    assert!(matches!(error, AppError::NotFound { .. }), "{error:?}");
    assert!(error.to_string().contains("there is no field \"colour\"; there are arr, band"), "{error}");
}

/// Every view of two apps on one database, one of which has looked before.
async fn says_the_same(kept: &App, fresh: &App) {
    let all = Filter::default();
    let (who, now) = (operator(), AsOf::Newest);
    let json = |value: Result<serde_json::Value, serde_json::Error>| value.expect("as JSON");
    let table = AccountsQuery { facets: Facets::All, ..AccountsQuery::of(&all) };
    let of = async |app: &App| {
        [
            json(serde_json::to_value(app.accounts(&who, now, &table).await.expect("the table"))),
            json(serde_json::to_value(app.health_overview(&who, now, &all).await.expect("health"))),
            json(serde_json::to_value(app.revenue(&who, now, &by_plan()).await.expect("revenue"))),
            json(serde_json::to_value(
                app.accounts(&who, now, &AccountsQuery::of(&all)).await.expect("accounts"),
            )),
            json(serde_json::to_value(
                app.today_list(&who, now, &TodayQuery::default()).await.expect("today"),
            )),
            json(serde_json::to_value(
                app.journey(&who, now, &JourneyQuery::over(3, Filter::default())).await.expect("the loop"),
            )),
        ]
    };
    assert_eq!(of(kept).await, of(fresh).await);
}

fn by_plan() -> RevenueQuery {
    RevenueQuery { by: Some("plan".into()), cohorts: true, ..RevenueQuery::default() }
}

async fn an_account_that_is_worked_out_again_is_as_if_all_were(url: String) {
    let app = app_at(&url, NOW).await;
    let small = DemoRequest { accounts: 30, ..DemoRequest::default() };
    app.demo(&operator(), small, &unwatched).await.expect("a company");
    let view = app.today_list(&operator(), AsOf::Newest, &TodayQuery::default()).await.expect("today");
    for item in view.items.iter().take(6) {
        let account = item.account.id;
        app.set_pulse(&operator(), account, 15, "They are looking around.").await.expect("a pulse");
        says_the_same(&app, &app_at(&url, NOW).await).await;
        app.assign_owner(&operator(), account, "new@example.com").await.expect("an owner");
        let call = NewNote {
            kind: NoteKind::Call,
            day: view.as_of.day,
            two_way: true,
            person: None,
            text: "At last".into(),
        };
        app.add_note(&operator(), account, call).await.expect("a note");
        says_the_same(&app, &app_at(&url, NOW).await).await;
    }
    let after = app.today_list(&operator(), AsOf::Newest, &TodayQuery::default()).await.expect("today");
    let scores = |view: &laer8_app::TodayView| -> Vec<_> {
        view.items.iter().map(|item| (item.account.id, item.account.score.map(f64::to_bits))).collect()
    };
    assert_ne!(scores(&view), scores(&after), "a pulse of 15 counts");
}

async fn the_feeds_that_are_kept_are_those_that_the_facts_say(url: String) {
    let app = app_at(&url, NOW).await;
    let small = DemoRequest { accounts: 20, ..DemoRequest::default() };
    app.demo(&operator(), small, &unwatched).await.expect("a company");
    let use_of = |id: &str, day: &str, count: i64| {
        let account = serde_json::json!({ "account": "Nordkap" });
        let record = serde_json::json!({ "type": "usage", "id": id, "account": account, "feature": "export",
            "day": day, "count": count, "errors": 1, "people": 2 });
        serde_json::from_value::<Incoming>(record).expect("a record")
    };
    let first = [account("Nordkap"), use_of("u1", "2026-06-20", 4)];
    app.absorb_records(&operator(), "crm", first).await.expect("taken");
    // Some of it again, corrected, and late.
    let later = [use_of("u1", "2026-06-20", 1), use_of("u2", "2026-06-29", 4), use_of("u3", "2023-01-02", 1)];
    app.absorb_records(&operator(), "crm", later).await.expect("taken");

    let store = Store::open(&url).await.expect("a store");
    let tx = store.read().await.expect("a transaction");
    let histories = tx.histories(IdRange::all(), Scope::All).await.expect("facts");
    assert_eq!(tx.feeds().await.expect("feeds"), Feeds::of(&histories));
}
