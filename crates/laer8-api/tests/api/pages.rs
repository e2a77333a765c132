//! Long answers come a page at a time, and nothing falls between two pages.

use crate::site::TestApi;
use axum::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeSet;

/// All rows of a list, page by page.
async fn walk(api: &TestApi, path: &str, rows: &str) -> Vec<Value> {
    let mut all = Vec::new();
    let mut cursor = None::<String>;
    for _ in 0..1000 {
        let sign = if path.contains('?') { '&' } else { '?' };
        let page = match &cursor {
            None => api.read(path).await,
            Some(cursor) => api.read(&format!("{path}{sign}cursor={cursor}")).await,
        };
        let found = page[rows].as_array().expect("rows");
        all.extend(found.iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = Some(next.to_owned()),
            None => return all,
        }
        assert!(!found.is_empty(), "a page with a next has rows");
    }
    panic!("{path} never ends");
}

#[tokio::test]
async fn the_pages_hold_every_account_exactly_once_in_the_order_of_the_whole() {
    let api = TestApi::demo().await;
    for sort in ["-mrr", "name", "score", "-renewal_on"] {
        let whole = api.read(&format!("/api/v1/accounts?sort={sort}&limit=500")).await;
        assert_eq!(whole["next"], Value::Null);
        for limit in [1, 7, 40] {
            let path = format!("/api/v1/accounts?sort={sort}&limit={limit}");
            let rows = walk(&api, &path, "accounts").await;
            assert_eq!(Some(&rows), whole["accounts"].as_array(), "{path}");
            let ids: BTreeSet<i64> = rows.iter().filter_map(|row| row["id"].as_i64()).collect();
            assert_eq!(ids.len(), 40, "{path}");
        }
    }
}

#[tokio::test]
async fn so_do_the_pages_of_the_other_lists() {
    let api = TestApi::demo().await;
    for (path, rows) in [
        ("/api/v1/today?", "items"),
        ("/api/v1/revenue/entries?months=36&", "entries"),
        ("/api/v1/revenue/accounts?end=either&", "accounts"),
        ("/api/v1/journey/moves?kind=moved&", "accounts"),
        ("/api/v1/accounts/7/timeline?", "events"),
    ] {
        let whole = api.read(&format!("{path}limit=500")).await;
        let walked = walk(&api, &format!("{path}limit=1"), rows).await;
        assert_eq!(Some(&walked), whole[rows].as_array(), "{path}");
        assert!(walked.len() > 1, "{path} has several pages");
    }
}

#[tokio::test]
async fn a_cursor_goes_with_its_question() {
    let api = TestApi::demo().await;
    let page = api.read("/api/v1/accounts?limit=5&sort=name").await;
    let cursor = page["next"].as_str().expect("a next page");
    let other = api.get(&format!("/api/v1/accounts?limit=5&sort=score&cursor={cursor}")).await;
    assert_eq!(other.status, StatusCode::BAD_REQUEST);
    assert_eq!(other.json()["parameter"], "cursor");
    let larger = api.read(&format!("/api/v1/accounts?limit=10&sort=name&cursor={cursor}")).await;
    assert_eq!(larger["accounts"].as_array().map(Vec::len), Some(10), "pages may grow");
}

#[tokio::test]
async fn what_begins_or_is_mended_between_two_pages_moves_nothing() {
    let api = TestApi::empty().await;
    api.imported().await;
    api.imported().await;
    let runs = api.read("/api/v1/imports?limit=1").await;
    let rows = api.read("/api/v1/quarantine?limit=1").await;
    let whole = api.read("/api/v1/quarantine").await;
    api.imported().await;
    let next = runs["next"].as_str().expect("more runs");
    let second = api.read(&format!("/api/v1/imports?limit=1&cursor={next}")).await;
    assert_eq!((&second["all"], &second["offset"]), (&Value::from(3), &Value::from(2)));
    assert_ne!(second["runs"][0]["id"], runs["runs"][0]["id"], "no run twice");
    let next = rows["next"].as_str().expect("more rows");
    let second = api.read(&format!("/api/v1/quarantine?limit=1&cursor={next}")).await;
    assert_eq!(second["rows"][0], whole["rows"][1]);
}
