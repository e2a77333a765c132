//! Accounts that are read as one, for programs.

use crate::site::{TestApi, operator};
use axum::http::{Method, StatusCode};
use laer8_domain::records::{AccountRecord, FieldRecord, Incoming, KnownWhen, Record};
use serde_json::{Value, json};

const JOINS: &str = "/api/v1/joins";

async fn told(api: &TestApi, source: &str, accounts: &[(&str, &str)]) {
    let record = |(id, domain): &(&str, &str)| Incoming {
        row: 0,
        known: KnownWhen::Happened,
        record: Record::Account(AccountRecord {
            id: (*id).to_owned(),
            fields: vec![FieldRecord {
                field: "domain".to_owned(),
                value: Some((*domain).into()),
                since: "2026-01-01".parse().expect("a day"),
                known: None,
            }],
        }),
    };
    let records: Vec<Incoming> = accounts.iter().map(record).collect();
    api.app.absorb_records(&operator(), source, records).await.expect("taken");
}

/// Accounts 1 to 3 of a crm, and 4 and 5 of billing: 1 and 4 are one, and 5 is 2
/// or 3.
async fn joined() -> TestApi {
    let api = TestApi::empty().await;
    told(&api, "crm", &[("A1", "a.test"), ("A2", "b.test"), ("A3", "b.test")]).await;
    told(&api, "billing", &[("1", "a.test"), ("2", "b.test")]).await;
    api
}

#[tokio::test]
async fn a_joined_account_answers_as_the_one_that_it_is_read_as() {
    let api = joined().await;
    let joins = api.read(JOINS).await;
    assert_eq!((&joins["total"], &joins["next"]), (&json!(1), &Value::Null));
    let join = &joins["joins"][0];
    assert_eq!(
        (&join["rule"], &join["value"], &join["apart"]),
        (&json!("domain"), &json!("a.test"), &json!(false))
    );
    assert_eq!(join["second"]["sources"], json!([{ "source": "billing", "id": "1" }]));
    for path in ["/api/v1/accounts/4", "/api/v1/accounts/4/score"] {
        let answer = api.read(path).await;
        assert_eq!(answer["account"]["id"], 1, "{path}");
    }
    let ids = api.read("/api/v1/accounts/4/external-ids").await;
    assert_eq!(ids.as_array().map(Vec::len), Some(2), "what both sources call it");
    let missing = api.get("/api/v1/accounts/77").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_join_is_undone_and_made_again() {
    let api = joined().await;
    let undone = api.write(Method::DELETE, "/api/v1/joins/1", &[], json!(null)).await;
    assert_eq!((undone.status, &undone.json()["apart"]), (StatusCode::OK, &json!(true)));
    assert_eq!(api.read("/api/v1/accounts/4").await["account"]["id"], 4);
    let twice = api.write(Method::DELETE, "/api/v1/joins/1", &[], json!(null)).await;
    assert_eq!(twice.status, StatusCode::BAD_REQUEST, "{}", twice.text);
    let pair = json!({ "subject": "account", "first": 4, "second": 1 });
    let made = api.write(Method::POST, JOINS, &[], pair).await;
    assert_eq!((made.status, &made.json()["rule"]), (StatusCode::CREATED, &json!("hand")));
    let first = api.read("/api/v1/joins?limit=1").await;
    assert_eq!((&first["joins"][0]["id"], &first["total"]), (&json!(2), &json!(2)));
    let next = first["next"].as_str().expect("a second page");
    let second = api.read(&format!("/api/v1/joins?limit=1&cursor={next}")).await;
    assert_eq!((&second["joins"][0]["id"], &second["next"]), (&json!(1), &Value::Null));
    let in_force = api.read("/api/v1/joins?state=in_force&subject=account").await;
    assert_eq!(in_force["total"], 1);
}

#[tokio::test]
async fn candidates_wait_until_somebody_decides() {
    let api = joined().await;
    let candidates = api.read("/api/v1/joins/candidates").await;
    assert_eq!((&candidates[0]["doubt"], &candidates[0]["value"]), (&json!("same_source"), &json!("b.test")));
    let apart = json!({ "subject": "account", "ids": [2, 3, 5] });
    let kept = api.write(Method::POST, "/api/v1/joins/apart", &[], apart).await;
    assert_eq!((kept.status, kept.json().as_array().map(Vec::len)), (StatusCode::CREATED, Some(3)));
    assert_eq!(api.read("/api/v1/joins/candidates").await, json!([]));
}

#[tokio::test]
async fn a_document_is_tried_before_it_is_put_in_force() {
    let api = joined().await;
    let none = json!({ "body": "schema = 1" });
    let tried = api.write(Method::POST, "/api/v1/joins/preview", &[], none.clone()).await;
    assert_eq!(tried.status, StatusCode::OK, "{}", tried.text);
    assert_eq!((&tried.json()["joined_count"], &tried.json()["parted_count"]), (&json!(0), &json!(1)));
    assert_eq!(api.read(JOINS).await["joins"][0]["undone_at"], Value::Null);
    let put =
        api.write(Method::PUT, "/api/v1/config/identity/identity", &[("If-Match", "\"0\"")], none).await;
    assert_eq!(put.status, StatusCode::OK, "{}", put.text);
    assert_ne!(api.read(JOINS).await["joins"][0]["undone_at"], Value::Null);
    let looked = api.write(Method::POST, "/api/v1/joins/look", &[], json!(null)).await;
    assert_eq!(looked.json(), json!({ "joined": 0, "parted": 0 }));
}

#[tokio::test]
async fn what_is_not_there_is_neither_joined_nor_kept_apart() {
    let api = TestApi::demo_of(5).await;
    for (path, body) in [
        ("/api/v1/joins", json!({ "subject": "account", "first": 1, "second": 999_999 })),
        ("/api/v1/joins/apart", json!({ "subject": "person", "ids": [1, 999_999] })),
    ] {
        let answer = api.write(Method::POST, path, &[], body).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.text);
    }
}
