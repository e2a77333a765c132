//! What people write about an account through the API.

use crate::site::TestApi;
use axum::http::{Method, StatusCode, header};
use serde_json::{Value, json};

const NOTES: &str = "/api/v1/accounts/7/notes";

fn call(text: &str) -> Value {
    json!({ "kind": "call", "day": "2026-06-29", "two_way": true, "text": text })
}

/// What the timeline of the account says of a text.
async fn on_timeline(api: &TestApi, text: &str) -> Vec<Value> {
    let timeline = api.read("/api/v1/accounts/7/timeline?limit=500&as_of=today").await;
    let events = timeline["events"].as_array().expect("events");
    events.iter().filter(|event| event.to_string().contains(text)).cloned().collect()
}

#[tokio::test]
async fn a_note_is_written_changed_and_taken_back() {
    let api = TestApi::demo().await;
    let written = api.write(Method::POST, NOTES, &[], call("Their budget is frozen.")).await;
    assert_eq!((written.status, written.header(header::ETAG)), (StatusCode::CREATED, "\"0\""));
    assert_eq!(on_timeline(&api, "budget is frozen").await.len(), 1);
    let path = format!("{NOTES}/{}", written.json()["note"]);

    let changed = api.write(Method::PUT, &path, &[("If-Match", "\"0\"")], call("It thawed.")).await;
    assert_eq!((changed.status, changed.header(header::ETAG)), (StatusCode::OK, "\"1\""));
    assert_eq!(on_timeline(&api, "budget is frozen").await, Vec::<Value>::new());
    assert_eq!(on_timeline(&api, "It thawed.").await.len(), 1);

    let gone = api.write(Method::DELETE, &path, &[("If-Match", "\"1\"")], Value::Null).await;
    assert_eq!((gone.status, gone.text.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_eq!(on_timeline(&api, "It thawed.").await, Vec::<Value>::new());
    let again = api.write(Method::DELETE, &path, &[("If-Match", "\"2\"")], Value::Null).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND, "it is taken back already");

    for press in ["once", "twice"] {
        let back = api.write(Method::POST, &format!("{path}/restore"), &[], Value::Null).await;
        assert_eq!((back.status, back.header(header::ETAG)), (StatusCode::OK, "\"3\""), "{press}");
    }
    assert_eq!(on_timeline(&api, "It thawed.").await.len(), 1);
}

#[tokio::test]
async fn nobody_writes_over_what_somebody_else_changed_meanwhile() {
    let api = TestApi::demo().await;
    let written = api.write(Method::POST, NOTES, &[], call("First.")).await;
    let path = format!("{NOTES}/{}", written.json()["note"]);
    for method in [Method::PUT, Method::DELETE] {
        let blind = api.write(method.clone(), &path, &[], call("Blind.")).await;
        assert_eq!(blind.status, StatusCode::PRECONDITION_REQUIRED, "{method}");
        assert_eq!(blind.json()["code"], "version_required");
    }
    let first = [("If-Match", "\"0\"")];
    assert_eq!(api.write(Method::PUT, &path, &first, call("Ana's.")).await.status, StatusCode::OK);
    for method in [Method::PUT, Method::DELETE] {
        let late = api.write(method.clone(), &path, &first, call("Late.")).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{method}");
        assert_eq!(late.json()["code"], "conflict");
    }
    assert_eq!(on_timeline(&api, "Ana's.").await.len(), 1, "what Ana wrote stands");
}

#[tokio::test]
async fn a_note_that_cannot_be_is_refused() {
    let api = TestApi::demo().await;
    for (note, status, says) in [
        (json!({ "kind": "call", "day": "2026-07-01", "text": "Soon." }), 422, "2026-06-30, or earlier"),
        (json!({ "kind": "call", "day": "2026-06-30", "text": "  " }), 422, "at least a word"),
        (json!({ "kind": "pulse", "day": "2026-06-30", "text": "Fine." }), 400, "unknown variant"),
        (json!({ "kind": "call", "day": "30.6.2026", "text": "Fine." }), 400, "day"),
        (json!({ "kind": "call", "day": "2026-06-30", "text": "Fine.", "person": 999_999 }), 404, "person"),
    ] {
        let answer = api.write(Method::POST, NOTES, &[], note).await;
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
        assert!(
            answer.json()["detail"].as_str().is_some_and(|detail| detail.contains(says)),
            "{}",
            answer.text
        );
    }
    let nowhere = api.write(Method::POST, "/api/v1/accounts/9999/notes", &[], call("Hello.")).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_pulse_and_the_owner_are_what_somebody_says() {
    let api = TestApi::demo().await;
    let set = api.write(Method::POST, "/api/v1/accounts/7/pulse", &[], json!({ "pulse": 13 })).await;
    assert_eq!(set.status, StatusCode::CREATED, "{}", set.text);
    let history = api.read("/api/v1/accounts/7?as_of=today").await;
    let pulses: Vec<&Value> =
        history["timeline"].as_array().expect("events").iter().filter(|event| event["pulse"] == 13).collect();
    assert_eq!(pulses.len(), 1, "{}", history["timeline"][0]);
    let beyond = api.write(Method::POST, "/api/v1/accounts/7/pulse", &[], json!({ "pulse": 101 })).await;
    assert_eq!((beyond.status.as_u16(), &beyond.json()["code"]), (422, &json!("invalid_edit")));

    let owner = json!({ "owner": "ana@example.com" });
    let assigned = api.write(Method::PUT, "/api/v1/accounts/7/owner", &[], owner).await;
    assert_eq!(assigned.status, StatusCode::NO_CONTENT, "{}", assigned.text);
    let owned = api.read("/api/v1/accounts?where=owner%3Dana@example.com&as_of=today").await;
    assert_eq!((&owned["found"], &owned["accounts"][0]["id"]), (&json!(1), &json!(7)));
}
