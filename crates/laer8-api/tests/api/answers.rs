//! Every answer is as it is described, and is what the use case says.

use crate::site::{TestApi, operator};
use axum::http::Method;
use laer8_app::{
    AccountsQuery, AsOf, Facets, Filter, HealthQuery, JourneyQuery, RevenueQuery, ScoreQuery, TodayQuery,
};
use laer8_domain::{days::Granularity, money::Amount};
use serde_json::{Value, json};

fn same(answer: &Value, view: &impl serde::Serialize) {
    let view = serde_json::to_value(view).expect("JSON");
    for (name, value) in view.as_object().expect("an object") {
        assert_eq!(&answer[name], value, "{name}");
    }
}

#[tokio::test]
async fn each_view_is_what_its_use_case_says() {
    let api = TestApi::demo().await;
    let (app, who, day) = (&api.app, operator(), AsOf::Newest);
    let today = app.today_list(&who, day, &TodayQuery::default()).await.expect("today");
    same(&api.read("/api/v1/today?limit=500").await, &today);
    let accounts = app.accounts(&who, day, &AccountsQuery::default()).await.expect("accounts");
    same(&api.read("/api/v1/accounts?limit=500").await, &accounts);
    let query = AccountsQuery { facets: Facets::All, limit: Some(0), ..AccountsQuery::default() };
    let all = app.accounts(&who, day, &query).await.expect("facets");
    let facets = api.read("/api/v1/accounts/facets").await;
    assert_eq!(facets["facets"], json!(all.facets));
    assert_eq!(facets["columns"], json!(all.columns));
    let overview = app.health_overview(&who, day, &Filter::default()).await.expect("the overview");
    same(&api.read("/api/v1/health/overview").await, &overview);
    let journey = app.journey(&who, day, &JourneyQuery::over(12, Filter::default())).await.expect("the loop");
    same(&api.read("/api/v1/journey").await, &journey);
    let health =
        app.health_over_time(&who, day, &HealthQuery { days: 30, segment: None }).await.expect("health");
    same(&api.read("/api/v1/health?days=30").await, &health);
    let catalog = app.catalog(&who).await.expect("the catalogue");
    same(&api.read("/api/v1/catalog").await, &catalog);
    let workspace = app.workspace(&who).await.expect("the workspace");
    same(&api.read("/api/v1/workspace").await, &workspace);
}

#[tokio::test]
async fn an_account_and_its_score_are_what_their_use_cases_say() {
    let api = TestApi::demo().await;
    let (app, who, day) = (&api.app, operator(), AsOf::Newest);
    for id in [1, 7, 23] {
        let query = ScoreQuery { account: format!("#{id}"), rows: 3, history_days: 40 };
        let account = app.account(&who, day, &query).await.expect("an account");
        let answer = api.read(&format!("/api/v1/accounts/{id}?rows=3&history_days=40")).await;
        same(&answer, &account);
        let score = api.read(&format!("/api/v1/accounts/{id}/score?rows=3&history_days=40")).await;
        same(&score, &account.score);
        let events = api.read(&format!("/api/v1/accounts/{id}/timeline?limit=500")).await;
        assert_eq!(events["events"], answer["timeline"]);
    }
}

#[tokio::test]
async fn revenue_is_what_its_use_case_says_and_its_entries_add_up() {
    let api = TestApi::demo().await;
    let query = RevenueQuery {
        months: Some(24),
        granularity: Some(Granularity::Quarter),
        by: Some("plan".to_owned()),
        cohorts: true,
        ..RevenueQuery::default()
    };
    let revenue = api.app.revenue(&operator(), AsOf::Newest, &query).await.expect("revenue");
    let path = "/api/v1/revenue?months=24&granularity=quarter&by=plan&cohorts=true";
    same(&api.read(path).await, &revenue);

    let churned = api.read("/api/v1/revenue/entries?months=24&movement=churn&limit=500").await;
    let entries = churned["entries"].as_array().expect("entries");
    let amount =
        |value: &Value| value.as_str().and_then(|text| text.parse::<Amount>().ok()).unwrap_or_default();
    let lost: Amount = entries.iter().map(|entry| amount(&entry["before"]) - amount(&entry["after"])).sum();
    assert_eq!(lost, revenue.figures.churn);
    assert!(!entries.is_empty(), "somebody left in two years");
}

#[tokio::test]
async fn a_past_day_shows_what_was_known_then() {
    let api = TestApi::demo().await;
    let now = api.read("/api/v1/accounts?limit=500").await;
    let then = api.read("/api/v1/accounts?limit=500&as_of=2025-06-30").await;
    assert_eq!(then["as_of"]["day"], "2025-06-30");
    assert_ne!(now["mrr"], then["mrr"]);
}

#[tokio::test]
async fn filters_search_and_order_do_what_they_say() {
    let api = TestApi::demo().await;
    let rows = |answer: &Value| answer["accounts"].as_array().expect("accounts").clone();
    let risky =
        api.read("/api/v1/accounts?where=band%3Dat_risk,watch&where=arr%3E%3D1&sort=score&limit=500").await;
    let scores: Vec<f64> = rows(&risky).iter().filter_map(|row| row["score"].as_f64()).collect();
    assert!(scores.is_sorted() && !scores.is_empty());
    assert!(rows(&risky).iter().all(|row| row["band"] == "at_risk" || row["band"] == "watch"));
    let all = rows(&api.read("/api/v1/accounts?sort=-name&limit=500").await);
    let name = all[0]["name"].as_str().expect("a name");
    let part = name.split(' ').next().expect("a word").to_uppercase();
    let found = api.read(&format!("/api/v1/accounts?q={part}")).await;
    assert!(rows(&found).iter().any(|row| row["name"] == name));
    assert_eq!(found["found"], rows(&found).len());
    let told = api.read("/api/v1/accounts?col=plan&col=seats&limit=3").await;
    for row in rows(&told) {
        assert!(row["fields"]["plan"].is_array() && row["fields"]["seats"].is_array(), "{row}");
    }
}

#[tokio::test]
async fn an_account_is_found_by_what_its_source_calls_it() {
    let api = TestApi::demo().await;
    let names = api.read("/api/v1/accounts/7/external-ids").await;
    let name = names[0]["id"].as_str().expect("a name");
    assert_eq!(names[0]["source"], "demo");
    let found = api.read(&format!("/api/v1/external-ids?external_id={name}")).await;
    assert_eq!(found, names);
    let path = format!("/api/v1/external-ids?external_id={name}&source=elsewhere");
    assert_eq!(api.read(&path).await, json!([]));
    assert_eq!(api.read("/api/v1/external-ids?external_id=nobody").await, json!([]));
}

#[tokio::test]
async fn a_scorecard_can_be_tried_and_nothing_changes() {
    let api = TestApi::demo().await;
    let card = api.read("/api/v1/config/scorecard/adoption").await;
    let body = card["body"].as_str().expect("a document");
    let strict = body.replacen("priority = 30", "priority = 30\nbands = { healthy = 99, watch = 98 }", 1);
    let path = "/api/v1/what-if?limit=5";
    let same = api.write(Method::POST, path, &[], json!({ "scorecards": [body] })).await.json();
    assert_eq!(same["changed"]["accounts"], 0);
    assert_eq!(same["accounts"].as_array().map(Vec::len), Some(5));
    let other = api.write(Method::POST, path, &[], json!({ "scorecards": [strict] })).await.json();
    assert_ne!(other["changed"]["accounts"], 0);
    assert!(other["accounts"][0]["name"].is_string());
    assert_eq!(api.read("/api/v1/config/scorecard/adoption").await, card);
}

#[tokio::test]
async fn whoever_calls_can_see_who_they_are() {
    let api = TestApi::empty().await;
    assert_eq!(api.read("/api/v1/me").await, json!({ "name": "operator", "role": "admin" }));
}
