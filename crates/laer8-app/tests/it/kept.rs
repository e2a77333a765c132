//! What is kept of a book is never older than its facts.

use crate::support::{app_at, operator, unwatched};
use laer8_app::{AppError, AsOf, DemoRequest, Filter};
use laer8_domain::{conditions::Condition, records::Incoming};

const NOW: &str = "2026-06-30T12:00:00Z";

laer8_testkit::on_both!(facts_from_another_process_are_seen_at_once, a_facet_that_nobody_has_is_an_error);

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
        let view = here.accounts(&operator(), AsOf::Newest, &Filter::default()).await.expect("accounts");
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
    let error = app.accounts(&operator(), AsOf::Newest, &filter).await.expect_err("nobody has a colour");
    assert!(matches!(error, AppError::NotFound { .. }), "{error:?}");
    assert!(error.to_string().contains("there is no field \"colour\"; there are arr, band"), "{error}");
}
