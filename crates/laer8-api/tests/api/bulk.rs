//! Records that programs send through the API.

use crate::site::{Answer, TestApi, send};
use axum::{
    body::Body,
    http::{HeaderName, Method, Request, header},
};
use laer8_domain::users::Role;
use serde_json::{Value, json};
use std::{
    io::Write as _,
    process::{Command, Stdio},
};

const NDJSON: &str = "application/x-ndjson";

fn accounts(names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| json!({ "id": name, "fields": { "name": name } })).collect()
}

async fn post(api: &TestApi, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
    let path = format!("/api/v1/{path}");
    let mut request = Request::post(&path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let answer = api.send(request, body.into()).await;
    api.is_as_described(&Method::POST, &path, &answer);
    answer
}

fn json_kind() -> [(&'static str, &'static str); 1] {
    [("Content-Type", "application/json")]
}

#[tokio::test]
async fn a_list_and_lines_and_what_is_packed_are_the_same_rows() {
    let api = TestApi::empty().await;
    let rows = accounts(&["A1", "A2"]);
    let made = post(&api, "bulk/account?source=crm", &json_kind(), json!(rows).to_string()).await;
    let report = made.json();
    assert_eq!((made.status.as_u16(), &report["created"], &report["rows"]), (200, &json!(2), &json!(2)));
    assert_eq!(
        report["results"][1],
        json!({ "index": 1, "line": null, "type": "account", "id": "A2", "outcome": "created", "account": 2, "problem": null })
    );
    let lines: String = rows.iter().map(|row| format!("{row}\n")).collect();
    let again =
        post(&api, "bulk/account?source=crm", &[("Content-Type", NDJSON)], lines.clone()).await.json();
    assert_eq!((&again["unchanged"], &again["results"][1]["line"]), (&json!(2), &json!(2)));
    let packed = [("Content-Type", NDJSON), ("Content-Encoding", "gzip")];
    let packed = post(&api, "bulk/account?source=crm", &packed, gzip(lines.as_bytes())).await.json();
    assert_eq!(packed["unchanged"], json!(2));
    let named = api.read("/api/v1/external-ids?external_id=A2").await;
    assert!(named.to_string().contains("\"crm\""), "{named}");
}

/// By the program of that name, which every machine has that builds this.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gzip =
        Command::new("gzip").arg("-c").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("gzip");
    gzip.stdin.take().expect("its input").write_all(bytes).expect("written");
    gzip.wait_with_output().expect("its output").stdout
}

#[tokio::test]
async fn rows_of_all_kinds_say_what_they_are() {
    let api = TestApi::empty().await;
    let rows = json!([
        { "type": "usage", "account": "A1", "feature": "Reports", "day": "2026-06-29", "count": 4 },
        { "type": "account", "id": "A1", "fields": { "name": "Nordkap" } },
        { "type": "deal", "id": "D1" },
    ]);
    let report = post(&api, "bulk?source=crm", &json_kind(), rows.to_string()).await.json();
    assert_eq!((&report["created"], &report["refused"]), (&json!(2), &json!(1)));
    assert_eq!(report["results"][2]["problem"]["field"], json!("type"));
    let only = post(&api, "bulk?source=crm&results=refused&dry_run=true", &json_kind(), rows.to_string())
        .await
        .json();
    assert_eq!((&only["unchanged"], only["results"].as_array().map(Vec::len)), (&json!(2), Some(1)));
    assert_eq!(only["dry_run"], json!(true));
}

#[tokio::test]
async fn what_is_sent_again_under_its_key_is_answered_as_before() {
    let api = TestApi::empty().await;
    let replayed = HeaderName::from_static("idempotency-replayed");
    let body = json!(accounts(&["A1"])).to_string();
    let keyed = |key: &'static str| [("Content-Type", "application/json"), ("Idempotency-Key", key)];
    let first = post(&api, "bulk/account?source=crm", &keyed("\"8e03978e\""), body.clone()).await;
    assert_eq!((first.status.as_u16(), first.header(replayed.clone())), (200, ""));
    let again = post(&api, "bulk/account?source=crm", &keyed("8e03978e"), body).await;
    assert_eq!((again.header(replayed), &again.text), ("true", &first.text));
    let other = json!(accounts(&["A2"])).to_string();
    let other = post(&api, "bulk/account?source=crm", &keyed("8e03978e"), other).await;
    assert_eq!(other.status.as_u16(), 422);
    assert_eq!(
        (&other.json()["code"], &other.json()["parameter"]),
        (&json!("key_reused"), &json!("Idempotency-Key"))
    );
    for path in ["bulk/account?source=crm", "bulk/account?source=crm&dry_run=true"] {
        let bad = post(&api, path, &keyed(""), "[]").await;
        assert_eq!(bad.status.as_u16(), 400, "{path}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_with_what_to_do() {
    let api = TestApi::empty().await;
    let list = [("Content-Type", "application/json")];
    for (path, headers, body, status, says) in [
        ("bulk/account?source=crm", &list[..], "[{\"id\": \"A1\"},\n {]", 400, "line 2 column 3"),
        ("bulk/account?source=crm", &list[..], "{}", 400, "no list of rows"),
        ("bulk/account", &list[..], "[]", 400, "source: it is missing"),
        ("bulk/account?source=..", &list[..], "[]", 400, "source"),
        ("bulk/account?source=laer8", &list[..], "[]", 400, "people enter"),
        ("bulk/account?source=crm&results=some", &list[..], "[]", 400, "results"),
        ("bulk/deal?source=crm", &list[..], "[]", 404, "churn_event"),
        ("bulk/account?source=crm", &[("Content-Type", "text/csv")][..], "id", 415, "application/x-ndjson"),
        ("bulk/account?source=crm", &[][..], "[]", 415, "application/x-ndjson"),
        (
            "bulk/account?source=crm",
            &[("Content-Type", "application/json"), ("Content-Encoding", "br")][..],
            "[]",
            415,
            "gzip",
        ),
        (
            "bulk/account?source=crm",
            &[("Content-Type", "application/json"), ("Content-Encoding", "gzip")][..],
            "[]",
            400,
            "to its end",
        ),
    ] {
        let answer = post(&api, path, headers, body).await;
        assert_eq!(answer.status.as_u16(), status, "{path}: {}", answer.text);
        let detail = answer.json()["detail"].as_str().unwrap_or_default().to_owned();
        assert!(detail.contains(says), "{path}: {detail}");
    }
    let large = vec![b' '; (32 << 20) + 1];
    let answer = post(&api, "bulk/account?source=crm", &list, large.clone()).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["code"]), (413, &json!("too_large")));
    // A small body that becomes a large one is too large as well.
    let packed = [("Content-Type", "application/json"), ("Content-Encoding", "gzip")];
    let answer = post(&api, "bulk/account?source=crm", &packed, gzip(&large)).await;
    assert_eq!(answer.status.as_u16(), 413, "{}", answer.text);
}

#[tokio::test]
async fn whoever_may_not_send_is_told_before_the_body_is_read() {
    let api = TestApi::empty().await;
    for (role, status) in [(None, 401), (Some(Role::Member), 403)] {
        let request =
            Request::post("/api/v1/bulk/account?source=crm").header(header::CONTENT_TYPE, "text/plain");
        let answer = send(&api.asked_by(role), request, Body::from("no rows")).await;
        assert_eq!(answer.status.as_u16(), status, "{role:?}");
    }
}
