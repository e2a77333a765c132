//! What is wrong is said in one form, and says what to do.

use crate::site::{Answer, TestApi, send};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use laer8_domain::users::Role;

fn is_problem(answer: &Answer, status: u16, code: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    assert_eq!(answer.header(header::CONTENT_TYPE), "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["code"], code, "{problem}");
    assert_eq!(problem["status"], status);
    assert_eq!(problem["type"], format!("urn:laer8:problem:{code}"));
    assert!(
        problem["title"].is_string() && problem["detail"].as_str().is_some_and(|detail| detail.len() > 10)
    );
}

#[tokio::test]
async fn a_bad_parameter_is_named() {
    let api = TestApi::demo().await;
    for (query, parameter, says) in [
        ("accounts?as_of=30.6.2026", "as_of", "write it as 2026-03-31"),
        ("accounts?as_of=2026-02-30", "as_of", "is no day"),
        ("accounts?as_of=1999-01-01", "as_of", "nothing was known"),
        ("accounts?where=plan", "where", "write FACET=VALUE"),
        ("accounts?where=colour%3Dred", "where", "there are"),
        ("accounts?sort=luck", "sort", "there are arr, band"),
        ("accounts?col=luck", "col", "there are arr, band"),
        ("accounts/facets?where=luck%3D1", "where", "there are arr, band"),
        ("health/overview?where=luck%3D1", "where", "there are arr, band"),
        ("accounts?limit=0", "limit", "from 1 to 500"),
        ("accounts?limit=ten", "limit", "from 1 to 500"),
        ("accounts?limit=5&limit=6", "limit", ""),
        ("accounts?cursor=garbage", "cursor", "none of ours"),
        ("accounts?q=%00", "q", "U+0000"),
        ("accounts?owner=ana", "owner", "there are as_of, where"),
        ("workspace?as_of=today", "as_of", "there are none"),
        ("journey?months=1000", "months", "from 1 to 60"),
        ("health?days=-1", "days", "from 1 to"),
        ("revenue?granularity=fortnight", "granularity", "expected one of"),
        ("revenue?by=colour", "by", "colour"),
        ("revenue?cohorts=perhaps", "cohorts", ""),
        ("revenue/entries?movement=sideways", "movement", "expected one of"),
        ("external-ids", "external_id", "missing"),
        ("external-ids?external_id=", "external_id", "say what"),
        ("audit-log?cursor=garbage", "cursor", "none of ours"),
    ] {
        let path = format!("/api/v1/{query}");
        let answer = api.get(&path).await;
        let code = match parameter {
            "as_of" if query.contains("1999") => "too_early",
            "where" | "sort" | "col" | "by" if query.contains("colour") || query.contains("luck") => {
                "not_found"
            }
            _ => "invalid",
        };
        is_problem(&answer, 400, code);
        api.is_as_described(&Method::GET, &path, &answer);
        let problem = answer.json();
        assert_eq!(problem["parameter"], parameter, "{query}: {problem}");
        assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains(says)), "{query}: {problem}");
    }
}

#[tokio::test]
async fn a_window_that_is_none_or_is_cut_into_dust_is_refused() {
    let api = TestApi::demo().await;
    for query in ["from=2026-05-01&to=2026-05-01", "from=0001-01-01&granularity=day", "as_of=2400-01-01"] {
        is_problem(&api.get(&format!("/api/v1/revenue?{query}")).await, 400, "invalid");
    }
}

#[tokio::test]
async fn what_is_not_there_is_missing_whatever_it_is() {
    let api = TestApi::demo().await;
    for path in [
        "/api",
        "/api/v2/accounts",
        "/api/v1/nothing",
        "/api/v1/accounts/9999",
        "/api/v1/accounts/9999/score",
        "/api/v1/accounts/9999/external-ids",
        "/api/v1/accounts/99999999999999999999",
        "/api/v1/accounts/nordkap",
        "/api/v1/users/1",
        "/api/v1/users/%FF",
        "/api/v1/config/scorecard/nothing",
        "/api/v1/config/scorecard/nothing/versions",
        "/api/v1/config/sc%00recard/x/versions",
        "/api/v1/config/%FF/x",
    ] {
        is_problem(&api.get(path).await, 404, "not_found");
    }
}

#[tokio::test]
async fn a_method_or_a_body_of_another_kind_is_refused() {
    let api = TestApi::empty().await;
    let wrong = api.send(Request::delete("/api/v1/accounts"), Body::empty()).await;
    is_problem(&wrong, 405, "method_not_allowed");
    assert!(wrong.header(header::ALLOW).contains("GET"), "{:?}", wrong.headers);
    let users = || Request::post("/api/v1/users");
    let json = || users().header(header::CONTENT_TYPE, "application/json");
    is_problem(&api.send(users(), Body::from("email=a")).await, 415, "unsupported_media_type");
    is_problem(&api.send(json(), Body::from("{\"email\": ")).await, 400, "invalid");
    is_problem(&api.send(json(), Body::from("[]")).await, 400, "invalid");
    let large = format!("{{\"email\": \"{}\"}}", "a".repeat(1024 * 1024));
    is_problem(&api.send(json(), Body::from(large)).await, 413, "too_large");
    for (body, parameter) in [
        (r#"{"email": "a@b.cd", "name": "A", "role": "king"}"#, "role"),
        (r#"{"email": "a@b.cd", "name": "A", "role": "admin", "age": 7}"#, "age"),
        (r#"{"email": 7, "name": "A", "role": "admin"}"#, "email"),
    ] {
        let answer = api.send(json(), Body::from(body)).await;
        is_problem(&answer, 400, "invalid");
        assert_eq!(answer.json()["parameter"], parameter, "{}", answer.text);
    }
}

#[tokio::test]
async fn nobody_sees_anything_and_a_viewer_changes_nothing() {
    let api = TestApi::demo().await;
    let nobody = api.asked_by(None);
    for (path, item) in api.document()["paths"].as_object().expect("paths") {
        let path = path
            .replace("{kind}/{key}", "journey/journey")
            .replace("scorecards/{key}", "scorecards/adoption");
        let path: Vec<&str> =
            path.split('/').map(|part| if part.starts_with('{') { "1" } else { part }).collect();
        for method in item.as_object().expect("operations").keys() {
            let request = Request::builder().method(method.to_uppercase().as_str()).uri(path.join("/"));
            let answer = send(&nobody, request, Body::empty()).await;
            is_problem(&answer, 401, "unauthenticated");
            assert_eq!(answer.header(header::WWW_AUTHENTICATE), "Bearer");
        }
    }
    let viewer = api.asked_by(Some(Role::Viewer));
    let changes = [
        (Method::PUT, "/api/v1/config/journey/journey", r#"{"body": ""}"#),
        (Method::POST, "/api/v1/config/journey/journey/roll-back", r#"{"version": 0}"#),
        (Method::POST, "/api/v1/users", r#"{"email": "a@b.cd", "name": "A", "role": "admin"}"#),
        (Method::PATCH, "/api/v1/users/1", r#"{"active": false}"#),
        (
            Method::POST,
            "/api/v1/accounts/1/notes",
            r#"{"kind": "note", "day": "2026-06-30", "text": "Hello."}"#,
        ),
        (
            Method::PUT,
            "/api/v1/accounts/1/notes/1",
            r#"{"kind": "note", "day": "2026-06-30", "text": "Hello."}"#,
        ),
        (Method::DELETE, "/api/v1/accounts/1/notes/1", ""),
        (Method::POST, "/api/v1/accounts/1/notes/1/restore", ""),
        (Method::POST, "/api/v1/accounts/1/pulse", r#"{"pulse": 70}"#),
        (Method::PUT, "/api/v1/accounts/1/owner", r#"{"owner": "ana@example.com"}"#),
        (Method::POST, "/api/v1/users/1/invitation", ""),
        (Method::PATCH, "/api/v1/workspace", r#"{"name": "Ours"}"#),
        (Method::POST, "/api/v1/keys", r#"{"name": "crm", "role": "admin"}"#),
        (Method::DELETE, "/api/v1/keys/1", ""),
        (Method::GET, "/api/v1/keys", ""),
        (Method::GET, "/api/v1/users", ""),
        (Method::GET, "/api/v1/audit-log", ""),
    ];
    for (method, path, body) in changes {
        let request = Request::builder().method(method).uri(path);
        let request =
            request.header(header::CONTENT_TYPE, "application/json").header(header::IF_MATCH, "\"0\"");
        is_problem(&send(&viewer, request, Body::from(body)).await, 403, "forbidden");
    }
}

#[tokio::test]
async fn an_empty_workspace_says_so() {
    let api = TestApi::empty().await;
    for path in ["today", "accounts", "accounts/1", "journey", "health", "revenue", "revenue/entries"] {
        is_problem(&api.get(&format!("/api/v1/{path}")).await, 409, "empty");
    }
}

#[tokio::test]
async fn what_the_database_says_is_for_the_log() {
    let api = TestApi::demo().await;
    for entry in std::fs::read_dir(api.folder()).expect("the folder") {
        std::fs::write(entry.expect("a file").path(), "no database at all").expect("written");
    }
    let answer = api.get("/api/v1/users").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{}", answer.text);
    let text = answer.text.to_lowercase();
    assert!(!text.contains("sqlite") && !text.contains("database"), "{text}");
    assert!(text.contains("log says more"));
}

#[tokio::test]
async fn every_answer_is_kept_by_nobody() {
    let api = TestApi::demo().await;
    for path in ["/api/v1/today", "/api/v1/nothing", "/api/openapi.json", "/api/v1/accounts?limit=0"] {
        let answer = api.get(path).await;
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{path}");
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
    }
}
